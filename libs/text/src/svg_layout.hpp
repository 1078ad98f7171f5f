// SPDX-License-Identifier: MIT
// Where everything of a picture stands: rows of bars, heights of pitches, lanes of drums.
#pragma once

#include "svg_canvas.hpp"

#include <optional>
#include <vector>

#include <toccata/text/svg.hpp>

namespace toccata::detail {

/// A row of bars.
struct PictureRow {
  Bar first, end;  ///< end exclusive
  Tick onset, stop;
};

/// Units: px. Each row has, from its top: section labels, chord symbols, bar numbers, the roll, the
/// drums' lanes and a gap.
struct Layout {
  double width = 1200, left = 70, right = 24;
  double header = 0;                ///< title, facts and legend
  double labels = 0, numbers = 15;  ///< heights of a row's strips; labels: sections and chords
  double semitone = 6, lane = 10, gap = 26;
  double px_per_tick = 0;
  int lowest = 60, highest = 59;  ///< pitches of the roll; none when highest < lowest
  std::vector<int> drums;         ///< keys with a lane, the lowest lane first
  std::vector<PictureRow> rows;
  int bars_left_out = 0;
  bool has_sections = false, has_chords = false;

  double roll_height() const { return semitone * (highest - lowest + 1); }
  double drums_height() const {
    return drums.empty() ? 0 : 6 + lane * static_cast<double>(drums.size());
  }
  double row_height() const { return labels + numbers + roll_height() + drums_height() + gap; }
  double row_top(std::size_t row) const { return header + row_height() * static_cast<double>(row); }
  double roll_top(std::size_t row) const { return row_top(row) + labels + numbers; }
  double drums_top(std::size_t row) const { return roll_top(row) + roll_height() + 6; }
  double row_bottom(std::size_t row) const { return row_top(row) + row_height() - gap; }
  double height() const { return row_top(rows.size()) + (bars_left_out > 0 ? 30 : 8); }
  /// Where a tick of a row stands; ticks beyond it are brought to its ends.
  double x_of(Tick at, const PictureRow& row) const;
  /// The middle of a pitch, which may lie between keys.
  double y_of(double number, std::size_t row) const {
    return roll_top(row) + (highest - number + 0.5) * semitone;
  }
  std::optional<double> lane_top(int drum, std::size_t row) const;
};

Layout lay_out(const Score& score, const SvgOptions& options);

/// "Kick", "Closed hat" ...; the number for keys that General MIDI does not name.
std::string drum_name(int key);

}  // namespace toccata::detail
