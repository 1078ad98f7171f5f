// SPDX-License-Identifier: MIT
// What both the writer and the reader of toccata.score/1 have to call the same.
#pragma once

#include <array>
#include <string_view>

#include <toccata/score/score.hpp>

namespace toccata::detail {

struct MarkName {
  Mark mark;
  std::string_view name;
};
inline constexpr std::array<MarkName, 18> kMarkNames = {{
    {Mark::Staccato, "staccato"},
    {Mark::Tenuto, "tenuto"},
    {Mark::Accent, "accent"},
    {Mark::Fermata, "fermata"},
    {Mark::SlurBegin, "slur-begin"},
    {Mark::SlurEnd, "slur-end"},
    {Mark::Ghost, "ghost"},
    {Mark::Ornament, "ornament"},
    {Mark::Staccatissimo, "staccatissimo"},
    {Mark::Marcato, "marcato"},
    {Mark::Trill, "trill"},
    {Mark::Mordent, "mordent"},
    {Mark::InvertedMordent, "inverted-mordent"},
    {Mark::Turn, "turn"},
    {Mark::InvertedTurn, "inverted-turn"},
    {Mark::Tremolo, "tremolo"},
    {Mark::Arpeggio, "arpeggio"},
    {Mark::Breath, "breath"},
}};

}  // namespace toccata::detail
