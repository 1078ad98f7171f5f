// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>

#include <toccata/score/expression.hpp>
#include <toccata/score/marking.hpp>

namespace toccata {
namespace {

using Kind = Marking::Kind;

constexpr std::array<std::string_view, 9> kKindNames = {"dynamic",    "stress", "crescendo",
                                                        "diminuendo", "slower", "faster",
                                                        "a-tempo",    "pedal",  "words"};

struct Level {
  std::string_view mark;
  Velocity loudness;
};
constexpr std::array kLevels = {
    Level{"pppppp", Velocity::literal(1)},  Level{"ppppp", Velocity::literal(5)},
    Level{"pppp", Velocity::literal(10)},   Level{"ppp", Velocity::literal(16)},
    Level{"pp", Velocity::literal(33)},     Level{"p", Velocity::literal(49)},
    Level{"mp", Velocity::literal(64)},     Level{"mf", Velocity::literal(80)},
    Level{"f", Velocity::literal(96)},      Level{"ff", Velocity::literal(112)},
    Level{"fff", Velocity::literal(126)},   Level{"ffff", Velocity::literal(127)},
    Level{"fffff", Velocity::literal(127)}, Level{"ffffff", Velocity::literal(127)},
    Level{"fp", Velocity::literal(96)},     Level{"ffp", Velocity::literal(112)},
    Level{"sf", Velocity::literal(112)},    Level{"sfz", Velocity::literal(112)},
    Level{"sffz", Velocity::literal(126)},  Level{"sff", Velocity::literal(126)},
    Level{"sfffz", Velocity::literal(127)}, Level{"fz", Velocity::literal(112)},
    Level{"rf", Velocity::literal(112)},    Level{"rfz", Velocity::literal(112)},
    Level{"sfp", Velocity::literal(112)},   Level{"sfpp", Velocity::literal(112)},
    Level{"sfzp", Velocity::literal(112)}};

bool concerns(const Marking& marking, std::uint8_t staff) {
  return staff == 0 || marking.staff == 0 || marking.staff == staff;
}

/// Markings are looked through from the last that begins at or before the tick.
template <class Wanted>
const Marking* last_before(const Part& part, Tick at, Wanted wanted) {
  const auto after =
      std::ranges::upper_bound(part.markings, at, {}, [](const Marking& d) { return d.at; });
  for (auto place = after; place != part.markings.begin();)
    if (wanted(*--place)) return &*place;
  return nullptr;
}

}  // namespace

bool is_stretch(Kind kind) {
  return kind == Kind::Crescendo || kind == Kind::Diminuendo || kind == Kind::Slower ||
         kind == Kind::Faster || kind == Kind::Pedal;
}

bool is_level(Kind kind) { return kind == Kind::Dynamic || kind == Kind::Stress; }

std::string_view name_of(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::optional<Kind> find_marking_kind(std::string_view name) {
  const auto found = std::ranges::find(kKindNames, name);
  if (found == kKindNames.end()) return std::nullopt;
  return static_cast<Kind>(found - kKindNames.begin());
}

std::optional<Velocity> find_loudness(std::string_view mark) {
  const auto found = std::ranges::find(kLevels, mark, &Level::mark);
  if (found == kLevels.end()) return std::nullopt;
  return found->loudness;
}

const Marking* dynamic_at(const Part& part, Tick at, std::uint8_t staff) {
  return last_before(part, at, [&](const Marking& marking) {
    return marking.kind == Kind::Dynamic && concerns(marking, staff);
  });
}

const Marking* hairpin_at(const Part& part, Tick at, std::uint8_t staff) {
  return last_before(part, at, [&](const Marking& marking) {
    const bool grows = marking.kind == Kind::Crescendo || marking.kind == Kind::Diminuendo;
    return grows && at < marking.end && concerns(marking, staff);
  });
}

const Marking* pace_at(const Score& score, Tick at) {
  const Marking* latest = nullptr;
  for (const Part& part : score.parts) {
    const Marking* found = last_before(part, at, [&](const Marking& marking) {
      const bool bends = marking.kind == Kind::Slower || marking.kind == Kind::Faster;
      return bends && at < marking.end;
    });
    if (found != nullptr && (latest == nullptr || latest->at < found->at)) latest = found;
  }
  return latest;
}

bool is_pedal_down(const Part& part, Tick at) {
  return last_before(part, at, [&](const Marking& marking) {
           return marking.kind == Kind::Pedal && at < marking.end;
         }) != nullptr;
}

std::vector<bool> slurred_notes(const Part& part) {
  std::vector<bool> slurred(part.notes.size());
  std::map<std::uint8_t, int> open;  // slurs that have begun, by voice
  for (std::size_t first = 0, end = 0; first < part.notes.size(); first = end) {
    const Tick onset = part.notes[first].onset;
    // Notes that begin together lie under one another's slurs, whatever their order.
    for (end = first; end < part.notes.size() && part.notes[end].onset == onset; ++end)
      if (part.notes[end].marks.has(Mark::SlurBegin)) ++open[part.notes[end].voice];
    for (std::size_t i = first; i < end; ++i) slurred[i] = open[part.notes[i].voice] > 0;
    for (std::size_t i = first; i < end; ++i) {
      int& depth = open[part.notes[i].voice];
      if (part.notes[i].marks.has(Mark::SlurEnd) && depth > 0) --depth;
    }
  }
  return slurred;
}

}  // namespace toccata
