// SPDX-License-Identifier: MIT
// Where each key sounds by the parameters: a scale, the pitch of A.
#pragma once

#include "handover.hpp"
#include "parameters.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <toccata/theory/scala.hpp>

namespace toccata::instrument {

/// Realtime: cents and set_reference. Threads: set_scale from one thread, the rest from the audio
/// thread.
class Tuning {
 public:
  /// An empty text is equal temperament. Errors: as parse_scala.
  Result<void, ScalaError> set_scale(std::string_view text);
  /// True where a new scale has been set since the last time.
  bool take_scale() { return scales_.take(); }
  /// What of the scale is used, and the pitch of A4 in hertz.
  void set_reference(int tonic, ScalaKeys keys, double a4_hz);

  /// Cents of the scale above a key's pitch in equal temperament.
  double scale_cents(std::size_t key) const;
  /// Cents of A4 above 440 Hz.
  double reference_cents() const { return reference_cents_; }

 private:
  /// A scale on each tonic, in both ways to lay it on keys; so that the audio thread only looks up.
  struct Scales {
    std::array<std::array<std::array<double, 128>, 12>, 2> cents{};
  };

  Handover<Scales> scales_;
  std::size_t tonic_ = 0, keys_ = 0;
  double reference_cents_ = 0;
};

}  // namespace toccata::instrument
