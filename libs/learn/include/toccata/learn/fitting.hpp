// SPDX-License-Identifier: MIT
// What all fits share: threads, progress, cancelling, and why there is no result.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace toccata::learn {

/// How a fit is run. Nothing in it changes what comes out.
struct Running {
  unsigned threads = 0;  ///< 0: one for each core
  std::stop_token stop;  ///< asked between trees
  /// Told how many trees of how many are done; called by one thread at a time, in rising order.
  std::function<void(std::size_t done, std::size_t all)> progress;
};

/// Why a fit has no result.
struct FitError {
  enum class Fault : std::uint8_t {
    NoRows,     ///< nothing to learn from
    TooLarge,   ///< more rows, features or nodes than are handled
    Mismatch,   ///< as many targets as rows, and the same features on both sides, are needed
    NotFinite,  ///< a target, or an infinite feature
    Option,     ///< an option out of its range
    Cancelled   ///< by the stop token
  } fault;
  std::string what;  ///< what was found and what is allowed
};
/// "depth 0 is not in 1..64".
inline std::string describe(const FitError& error) { return error.what; }

}  // namespace toccata::learn
