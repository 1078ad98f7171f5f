// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

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

}  // namespace toccata
