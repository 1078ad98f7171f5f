// SPDX-License-Identifier: MIT
#include "written_marks.hpp"

#include <algorithm>

namespace toccata {
namespace {

using Kind = Marking::Kind;

/// About the step from mf to f: what a hairpin without an end is worth.
constexpr double kHairpinStep = 14;
/// A level this soon after a hairpin is where it leads. Units: quarters.
constexpr double kLeadsTo = 2;
/// What holds where a hairpin comes before any level: mezzo-forte.
constexpr double kUsualLevel = 80;

constexpr std::array kShaping{Kind::Dynamic, Kind::Crescendo, Kind::Diminuendo};

}  // namespace

WrittenMarks::WrittenMarks(const PlayingOrder& order, std::optional<std::uint32_t> part, int staff,
                           Kinds kinds) {
  const auto& parts = order.score().parts;
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    if (part && *part != i) continue;
    for (const Marking& marking : parts[i].markings) {
      if (std::ranges::find(kinds, marking.kind) == kinds.end()) continue;
      if (staff != 0 && marking.staff != 0 && marking.staff != staff) continue;
      Said said{order.quarters(marking.at), order.quarters(marking.end), marking.kind, {}};
      if (marking.loudness) said.level = marking.loudness->number();
      said_.push_back(said);
    }
  }
  // Of what stands at one point, a level comes first: a hairpin begins from it.
  std::ranges::stable_sort(said_, [](const Said& a, const Said& b) {
    return std::pair(a.at, !a.level) < std::pair(b.at, !b.level);
  });
  for (const Said& said : said_)
    reach_.push_back(reach_.empty() ? said.end : std::max(reach_.back(), said.end));
}

const WrittenMarks::Said* WrittenMarks::last(double quarter, std::size_t back) const {
  const auto after = static_cast<std::size_t>(
      std::ranges::upper_bound(said_, quarter, {}, &Said::at) - said_.begin());
  return after > back ? &said_[after - 1 - back] : nullptr;
}

const WrittenMarks::Said* WrittenMarks::next(double quarter) const {
  const auto after = std::ranges::upper_bound(said_, quarter, {}, &Said::at);
  return after == said_.end() ? nullptr : &*after;
}

const WrittenMarks::Said* WrittenMarks::around(double quarter) const {
  auto i = static_cast<std::size_t>(std::ranges::upper_bound(said_, quarter, {}, &Said::at) -
                                    said_.begin());
  for (; i > 0 && reach_[i - 1] > quarter; --i)
    if (said_[i - 1].end > quarter) return &said_[i - 1];
  return nullptr;
}

WrittenLevel::WrittenLevel(const PlayingOrder& order, std::uint32_t part, int staff) {
  const WrittenMarks marks(order, part, staff, kShaping);
  std::vector<WrittenMarks::Said> levels;
  std::ranges::copy_if(marks.all(), std::back_inserter(levels),
                       [](const WrittenMarks::Said& said) { return said.level.has_value(); });
  double level = kUsualLevel;
  for (const WrittenMarks::Said& said : marks.all()) {
    if (said.level) {
      level = *said.level;
      knots_.push_back({said.at, said.at, level, level});
      continue;
    }
    const double step = said.kind == Kind::Crescendo ? kHairpinStep : -kHairpinStep;
    double to = std::clamp<double>(level + step, Velocity::kLowest, Velocity::kHighest);
    const auto next = std::ranges::upper_bound(levels, said.at, {}, &WrittenMarks::Said::at);
    if (next != levels.end() && next->at <= said.end + kLeadsTo) to = *next->level;
    knots_.push_back({said.at, said.end, level, to});
    level = to;
  }
}

std::optional<double> WrittenLevel::at(double quarter) const {
  const auto after = std::ranges::upper_bound(knots_, quarter, {}, &Knot::at);
  if (after == knots_.begin()) return std::nullopt;
  const Knot& knot = *(after - 1);
  if (quarter >= knot.end) return knot.to;
  return knot.from + (knot.to - knot.from) * (quarter - knot.at) / (knot.end - knot.at);
}

}  // namespace toccata
