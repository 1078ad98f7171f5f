// SPDX-License-Identifier: MIT
// Instruments and drums, asked for and refused; the genre says which guitar, bass or sax is meant.
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

struct GenericChoice {
  std::string_view generic, genre, instrument;
};
/// Where the genre isn't in the list, the row without one holds.
constexpr GenericChoice kChoices[] = {{"guitar", "rock", "overdriven guitar"},
                                      {"guitar", "jazz", "jazz guitar"},
                                      {"guitar", "blues", "electric guitar"},
                                      {"guitar", "funk", "electric guitar"},
                                      {"guitar", "reggae", "electric guitar"},
                                      {"guitar", "electronic", "electric guitar"},
                                      {"guitar", "lofi", "electric guitar"},
                                      {"guitar", "folk", "steel guitar"},
                                      {"guitar", "", "nylon guitar"},
                                      {"bass", "jazz", "double bass"},
                                      {"bass", "classical", "double bass"},
                                      {"bass", "bossa", "double bass"},
                                      {"bass", "waltz", "double bass"},
                                      {"bass", "folk", "double bass"},
                                      {"bass", "arabic", "double bass"},
                                      {"bass", "cinematic", "double bass"},
                                      {"bass", "electronic", "synth bass"},
                                      {"bass", "chiptune", "synth bass"},
                                      {"bass", "", "electric bass"},
                                      {"sax", "jazz", "tenor sax"},
                                      {"sax", "blues", "tenor sax"},
                                      {"sax", "funk", "tenor sax"},
                                      {"sax", "rock", "tenor sax"},
                                      {"sax", "", "alto sax"},
                                      {"synth", "chiptune", "square lead"},
                                      {"synth", "cinematic", "pad"},
                                      {"synth", "", "lead synth"},
                                      {"organ", "classical", "church organ"},
                                      {"organ", "", "organ"}};

struct EnsembleMember {
  std::string_view ensemble, instrument;
};
constexpr EnsembleMember kEnsembles[] = {
    {"orchestra", "strings"},     {"orchestra", "flute"},
    {"orchestra", "horn"},        {"orchestra", "trumpet"},
    {"string quartet", "violin"}, {"string quartet", "viola"},
    {"string quartet", "cello"},  {"string trio", "violin"},
    {"string trio", "viola"},     {"string trio", "cello"},
    {"wind quintet", "flute"},    {"wind quintet", "oboe"},
    {"wind quintet", "clarinet"}, {"wind quintet", "horn"},
    {"wind quintet", "bassoon"},  {"jazz trio", "piano"},
    {"jazz trio", "double bass"}, {"jazz quartet", "tenor sax"},
    {"jazz quartet", "piano"},    {"jazz quartet", "double bass"},
    {"big band", "trumpet"},      {"big band", "brass"},
    {"big band", "tenor sax"},    {"big band", "piano"},
    {"big band", "double bass"},  {"takht", "oud"},
    {"takht", "qanun"},           {"takht", "nay"},
    {"takht", "violin"},          {"takht", "riqq"}};

std::string_view resolved(const Reading& reading, std::string_view generic) {
  const auto& genres = reading.brief.genres;
  const std::string_view genre = genres.empty() ? std::string_view() : genres.front().genre;
  std::string_view fallback;
  for (const auto& choice : kChoices) {
    if (choice.generic != generic) continue;
    if (choice.genre.empty()) fallback = choice.instrument;
    if (!choice.genre.empty() && choice.genre == genre) return choice.instrument;
  }
  return fallback;
}

std::vector<std::string_view> members_of(const Reading& reading, int i) {
  const auto& item = reading.item(i);
  if (item.kind == Kind::Instrument) return {item.id};
  if (item.kind == Kind::Generic) return {resolved(reading, item.id)};
  std::vector<std::string_view> members;
  for (const auto& member : kEnsembles)
    if (member.ensemble == item.id) members.push_back(member.instrument);
  return members;
}

bool has(const std::vector<std::string>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

void ask(Reading& reading, int i) {
  for (const auto id : members_of(reading, i)) {
    if (has(reading.brief.instruments, id)) continue;
    reading.brief.instruments.emplace_back(id);
    reading.explain("instruments", std::string(id), Extent{i, i});
  }
}

/// A kind that is refused by its general name goes with all of that name.
void refuse(Reading& reading, int i) {
  const auto extent = with_degree(reading, i);
  if (reading.is(i, Kind::Generic, "bass")) {
    auto& parts = reading.brief.without_parts;
    if (std::ranges::find(parts, Role::Bass) == parts.end()) parts.push_back(Role::Bass);
    return reading.explain("without_parts", "bass", extent);
  }
  const auto add = [&](std::string_view id) {
    if (has(reading.brief.without_instruments, id)) return;
    reading.brief.without_instruments.emplace_back(id);
    reading.explain("without_instruments", std::string(id), extent);
  };
  if (!reading.is(i, Kind::Generic)) {
    for (const auto id : members_of(reading, i)) add(id);
    return;
  }
  for (const auto& choice : kChoices)
    if (choice.generic == reading.item(i).id) add(choice.instrument);
}

struct DrumWishes {
  std::optional<Extent> asked, refused;
};

void read_drums(Reading& reading, DrumWishes& wishes) {
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Drums)) continue;
    reading.use(i);
    // "drums: no"
    const bool is_answered = (reading.is_sign(i + 1, ":") || reading.is_sign(i + 1, "=")) &&
                             reading.is(i + 2, Kind::Negator) && reading.is_pause(i + 3);
    const bool is_refusal = is_answered || reading.is(i, Kind::Drums, "refused") ||
                            is_refused(reading, i) || reading.is_word(i + 1, "free") ||
                            reading.is_word(i + 1, "off");
    (is_refusal ? wishes.refused : wishes.asked) = with_degree(reading, i);
  }
}

/// "solo piano", "piano seul", "only piano and cello": nobody keeps time beside them. In "with a
/// guitar solo" the solo is a section.
std::optional<int> solo_beside(const Reading& reading, int i) {
  const auto is_solo = [&](int j) {
    return reading.is_free(j, Kind::Solo) || reading.is_free(j, Kind::Only);
  };
  int before = i - 1;
  while (reading.is(before, Kind::Function) || reading.is(before, Kind::Article) ||
         reading.is_word(before, "for") || reading.is_word(before, "pour"))
    --before;
  const bool is_of = reading.is(before, Kind::Solo) && before < i - 1;
  if (is_solo(before) && !is_of) return before;
  const bool is_a_solo = reading.is(i - 1, Kind::Article) && reading.is(i + 1, Kind::Solo, "solo");
  if (is_solo(i + 1) && !is_a_solo) return i + 1;
  return std::nullopt;
}

void read_solo(Reading& reading, int i) {
  const auto solo = solo_beside(reading, i);
  if (!solo) return;
  const Extent extent{std::min(i, *solo), std::max(i, *solo)};
  reading.use(*solo);
  if (reading.brief.drums) return;
  reading.brief.drums = false;
  reading.explain("drums", "false", extent);
}

void settle_drums(Reading& reading, const DrumWishes& wishes) {
  if (wishes.asked && wishes.refused)
    return reading.fail(PromptFault::Contradiction, "drums",
                        "drums are both asked for and refused: " + reading.quote(*wishes.asked) +
                            " and " + reading.quote(*wishes.refused));
  const auto& extent = wishes.refused ? wishes.refused : wishes.asked;
  if (!extent) return;
  reading.brief.drums = wishes.asked.has_value();
  reading.explain("drums", wishes.asked ? "true" : "false", *extent);
}

void check_refusals(Reading& reading) {
  auto& brief = reading.brief;
  for (const auto& id : brief.instruments)
    if (has(brief.without_instruments, id))
      reading.fail(PromptFault::Contradiction, "instruments",
                   "the " + id + " is both asked for and refused");
}

}  // namespace

void read_instruments(Reading& reading) {
  DrumWishes drums;
  read_drums(reading, drums);
  settle_drums(reading, drums);
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_played = reading.is_free(i, Kind::Instrument) ||
                           reading.is_free(i, Kind::Generic) || reading.is_free(i, Kind::Ensemble);
    if (!is_played) continue;
    reading.use(i);
    if (is_refused(reading, i)) {
      refuse(reading, i);
    } else {
      ask(reading, i);
      read_solo(reading, i);
    }
  }
  check_refusals(reading);
}

}  // namespace toccata::prompt
