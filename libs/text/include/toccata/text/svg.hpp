// SPDX-License-Identifier: MIT
// A score as a picture: a piano roll in rows of bars, for reports and quick looks.
#pragma once

#include <string>

#include <toccata/text/score_json.hpp>

namespace toccata {

struct SvgOptions {
  int width_px = 1200;   ///< [400, 8000]; what lies outside is brought to the nearer end
  int bars_per_row = 0;  ///< [0, 64]; 0 chooses by the piece's length
};

/// What a picture holds at most; what is left out is said at its foot.
inline constexpr int kMostPictureBars = 1'000;
inline constexpr int kMostPictureNotes = 60'000;

/// A complete SVG document, dark on light. Each row shows bar numbers, section labels, chord
/// symbols, the pitched parts on one roll and a lane for each drum that is played. Notes stand at
/// the height they sound, detuned ones between the keys, with a line for a glide. Louder notes are
/// darker where a performance says how loud they are.
///
/// The same document gives the same bytes; names and labels are escaped. Size: at most about 8 MB.
/// Cost: O(notes log notes).
std::string write_svg(const ScoreDocument& document, const SvgOptions& options = {});

}  // namespace toccata
