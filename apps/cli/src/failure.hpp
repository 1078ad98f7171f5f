// SPDX-License-Identifier: MIT
// How a verb fails: one line for the user and an exit status.
#pragma once

#include <string>

#include <toccata/base/result.hpp>

namespace toccata::cli {

enum class Status : int { Done = 0, Failed = 1, WrongCall = 2 };

struct Failure {
  Status status;
  std::string what;  ///< what, where and what was allowed
};

inline Unexpected<Failure> wrong_call(std::string what) {
  return Unexpected{Failure{Status::WrongCall, std::move(what)}};
}
inline Unexpected<Failure> cannot(std::string what) {
  return Unexpected{Failure{Status::Failed, std::move(what)}};
}

template <class T>
using Outcome = Result<T, Failure>;

/// One line of at most 600 bytes that stays valid UTF-8: line breaks and other control characters
/// become spaces, and a long middle is left out.
std::string one_line(std::string_view text);

}  // namespace toccata::cli
