// SPDX-License-Identifier: MIT
// What bends and tuning messages mean for the notes under them.
#pragma once

#include "bends.hpp"
#include "scan.hpp"

#include <toccata/score/score.hpp>

namespace toccata::midi {

/// From here on a channel stands at this bend.
struct BendPoint {
  Tick at;
  int bend;
  double range_cents;
  double cents() const { return from_bend(bend, range_cents).value(); }
};
/// Whether points are told that change nothing: a bend put in before one ends there.
enum class Redundant : std::uint8_t { Drop, Keep };
/// The points at which the bend of a channel changes, given its bends and registered parameters in
/// order; the first at tick 0, of each tick the last only.
std::vector<BendPoint> bend_points(const File& file, const FileScan& scan,
                                   std::span<const EventRef> events, double range_cents,
                                   Redundant redundant);

/// How a note is tuned.
struct Tuning {
  Cents detune;
  std::optional<Glide> glide;
};

/// How the notes of a file are tuned, as far as that can be told note by note.
struct FileTuning {
  std::vector<std::vector<Tuning>> notes;  ///< for each track and note; empty: all in tune
  std::vector<std::uint16_t> understood;   ///< per track, a bit for each channel: no bends are left
  std::vector<std::uint16_t> detuned;      ///< per track, a bit for each channel with tuned notes
  std::vector<bool> has_zone;              ///< per track: it declares an MPE zone
  std::uint16_t foreign = 0;  ///< a bit for each channel that sets parameters we do not read
};

FileTuning read_tuning(const File& file, const FileScan& scan);

/// Whether an event has been understood as tuning, so that it need not be kept.
bool is_understood(const FileTuning& tuning, std::uint32_t track, const Event& event);

}  // namespace toccata::midi
