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
inline constexpr std::array<MarkName, 8> kMarkNames = {{
    {Mark::Staccato, "staccato"},
    {Mark::Tenuto, "tenuto"},
    {Mark::Accent, "accent"},
    {Mark::Fermata, "fermata"},
    {Mark::SlurBegin, "slur-begin"},
    {Mark::SlurEnd, "slur-end"},
    {Mark::Ghost, "ghost"},
    {Mark::Ornament, "ornament"},
}};

}  // namespace toccata::detail
