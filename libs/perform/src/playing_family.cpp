// SPDX-License-Identifier: MIT
#include <toccata/perform/playing_family.hpp>

#include <array>

#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/base/json.hpp>

namespace toccata {
namespace embedded {
std::span<const File> playing();
}  // namespace embedded

namespace {

// The file is ours and tested whole, so a member that is missing is a broken contract.

bool flag(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  return found != nullptr && *found->boolean();
}
double number(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  return found == nullptr ? 0 : *found->number();
}

/// The families and which one each program has, made when first asked for.
struct Families {
  std::vector<PlayingFamily> families;
  std::array<std::size_t, Program::kHighest + 1> of_program{};
  PlayingFamily of_drums{.name = "drums"};

  Families() {
    const auto json = parse_json(embedded::playing().front().text);
    TOCCATA_ASSERT(json.has_value());
    for (const Json& item : *json->find("families")->array()) {
      for (const Json& program : *item.find("programs")->array())
        of_program[static_cast<std::size_t>(*program.integer())] = families.size();
      families.push_back({*item.find("name")->text(), flag(item, "pedal"), flag(item, "line"),
                          flag(item, "breathes"), flag(item, "rings"), number(item, "overlap_ms"),
                          number(item, "strum_ms")});
    }
  }
};

}  // namespace

const PlayingFamily& playing_family(const Instrument& instrument) {
  static const Families kFamilies;
  if (instrument.is_drums) return kFamilies.of_drums;
  const auto program = static_cast<std::size_t>(instrument.program.number());
  return kFamilies.families[kFamilies.of_program[program]];
}

bool is_single_line(const Score& score, const Part& part) {
  const PlayingFamily& family = playing_family(part.instrument);
  if (!family.is_line) return false;
  const Duration slack = score.ppq().quarter() / 8;
  std::size_t meeting = 0;
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    std::size_t next = i + 1;
    if (!family.breathes)  // a player of strings may stop two
      while (next < part.notes.size() && part.notes[next].onset == part.notes[i].onset) ++next;
    if (next < part.notes.size() && part.notes[i].end() > part.notes[next].onset + slack) ++meeting;
  }
  return 10 * meeting <= part.notes.size();
}

}  // namespace toccata
