// SPDX-License-Identifier: MIT
// The verbs: a new piece, bars filled in, bars added. Each is one filling of a region.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/compose/composer.hpp>

namespace toccata {

/// A new piece from settled wishes: written music with keys, sections, chords and provenance.
/// Cost: about a millisecond for 16 bars.
Result<Score, ComposeError> compose(const Settings& settings, Progress* progress = nullptr,
                                    const std::stop_token& stop = {});
/// The same by a plan that make_plan made from these settings.
Result<Score, ComposeError> compose(const Settings& settings, const Plan& plan,
                                    Progress* progress = nullptr, const std::stop_token& stop = {});

/// The bars [first, end) of some parts written anew to fit what surrounds them; all else stays.
struct FillAsk {
  Bar first;
  Bar end;                    ///< exclusive
  std::vector<PartId> parts;  ///< not empty
  std::uint64_t seed = 0;
};
/// A part that sounds in them rests in one bar of four at most.
/// Errors: bars outside the score, a score without bars or with over 100,000, unknown parts.
Result<Score, ComposeError> fill_bars(const Score& score, const FillAsk& ask,
                                      Progress* progress = nullptr);

/// That many bars more after the last one, in every part.
/// Errors: a score without notes, bars out of range.
Result<Score, ComposeError> continue_score(const Score& score, int bars, std::uint64_t seed,
                                           Progress* progress = nullptr);

}  // namespace toccata
