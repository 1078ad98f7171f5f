// SPDX-License-Identifier: MIT
#include "roles.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace toccata::midi {
namespace {

struct Word {
  std::string_view word;
  Role role;
};
constexpr std::array kWords{
    Word{"bass", Role::Bass},    Word{"melody", Role::Melody},  Word{"lead", Role::Melody},
    Word{"solo", Role::Melody},  Word{"theme", Role::Melody},   Word{"voice", Role::Melody},
    Word{"vocal", Role::Melody}, Word{"chord", Role::Chords},   Word{"comp", Role::Chords},
    Word{"pad", Role::Pad},      Word{"counter", Role::Counter}};
constexpr int kFirstBass = 32, kLastBass = 39;  // programs of General MIDI

}  // namespace

Role guess_role(std::string_view name, const Instrument& instrument) {
  if (instrument.is_drums) return Role::Drums;
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const Word& w : kWords)
    if (lower.find(w.word) != std::string::npos) return w.role;
  const int program = instrument.program.number();
  return program >= kFirstBass && program <= kLastBass ? Role::Bass : Role::Other;
}

}  // namespace toccata::midi
