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

WrittenMarks::WrittenMarks(const PlayingOrder& order, std::uint32_t part, int staff, Kinds kinds) {
  for (const Marking& direction : order.score().parts[part].markings) {
    if (std::ranges::find(kinds, direction.kind) == kinds.end()) continue;
    if (staff != 0 && direction.staff != 0 && direction.staff != staff) continue;
    Said said{order.quarters(direction.at), order.quarters(direction.end), direction.kind, {}};
    if (direction.loudness) said.level = direction.loudness->number();
    said_.push_back(said);
  }
  std::ranges::stable_sort(said_, {}, &Said::at);
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

WrittenLevel::WrittenLevel(const PlayingOrder& order, std::uint32_t part, int staff) {
  const WrittenMarks marks(order, part, staff, kShaping);
  const auto said = marks.all();
  std::optional<double> level;
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (said[i].level) {
      level = said[i].level;
      knots_.push_back({said[i].at, said[i].at, *level, *level});
      continue;
    }
    const double from = level.value_or(kUsualLevel);
    double to = from + (said[i].kind == Kind::Crescendo ? kHairpinStep : -kHairpinStep);
    for (std::size_t j = i + 1; j < said.size() && said[j].at <= said[i].end + kLeadsTo; ++j)
      if (said[j].level) {
        to = *said[j].level;
        break;
      }
    knots_.push_back({said[i].at, said[i].end, from, to});
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
