// SPDX-License-Identifier: MIT
// Instruments, asked for and refused; the genre says which guitar, bass or sax is meant.
#include "only_word.hpp"
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>
#include <optional>

#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>

namespace toccata::prompt {
namespace {

struct GenericChoice {
  std::string_view generic, instrument;
};
/// What is meant where the genre does not say (Genre::generic).
constexpr GenericChoice kChoices[] = {
    {"guitar", "nylon guitar"}, {"acoustic guitar", "steel guitar"},
    {"bass", "electric bass"},  {"sax", "alto sax"},
    {"synth", "lead synth"},    {"organ", "organ"}};

struct EnsembleMember {
  std::string_view ensemble, instrument;
};
constexpr EnsembleMember kEnsembles[] = {{"orchestra", "strings"},
                                         {"orchestra", "flute"},
                                         {"orchestra", "horn"},
                                         {"orchestra", "trumpet"},
                                         {"brass quartet", "trumpet"},
                                         {"brass quartet", "horn"},
                                         {"brass quartet", "trombone"},
                                         {"brass quartet", "tuba"},
                                         {"brass quintet", "trumpet"},
                                         {"brass quintet", "trumpet"},
                                         {"brass quintet", "horn"},
                                         {"brass quintet", "trombone"},
                                         {"brass quintet", "tuba"},
                                         {"piano trio", "violin"},
                                         {"piano trio", "cello"},
                                         {"piano trio", "piano"},
                                         {"piano quartet", "violin"},
                                         {"piano quartet", "viola"},
                                         {"piano quartet", "cello"},
                                         {"piano quartet", "piano"},
                                         {"sax quartet", "soprano sax"},
                                         {"sax quartet", "alto sax"},
                                         {"sax quartet", "tenor sax"},
                                         {"sax quartet", "baritone sax"},
                                         {"string quartet", "violin"},
                                         {"string quartet", "violin"},
                                         {"string quartet", "viola"},
                                         {"string quartet", "cello"},
                                         {"string trio", "violin"},
                                         {"string trio", "viola"},
                                         {"string trio", "cello"},
                                         {"wind quintet", "flute"},
                                         {"wind quintet", "oboe"},
                                         {"wind quintet", "clarinet"},
                                         {"wind quintet", "horn"},
                                         {"wind quintet", "bassoon"},
                                         {"jazz trio", "piano"},
                                         {"jazz trio", "double bass"},
                                         {"jazz trio", "drums"},
                                         {"jazz quartet", "tenor sax"},
                                         {"jazz quartet", "piano"},
                                         {"jazz quartet", "double bass"},
                                         {"jazz quartet", "drums"},
                                         {"big band", "trumpet"},
                                         {"big band", "brass"},
                                         {"big band", "tenor sax"},
                                         {"big band", "piano"},
                                         {"big band", "double bass"},
                                         {"big band", "drums"},
                                         {"takht", "oud"},
                                         {"takht", "qanun"},
                                         {"takht", "nay"},
                                         {"takht", "violin"},
                                         {"takht", "riqq"}};

std::string_view resolved(const Reading& reading, std::string_view generic) {
  const auto& genres = reading.brief.genres;
  const Genre* genre = genres.empty() ? nullptr : Genre::find(genres.front().genre);
  if (genre != nullptr) {
    const auto own = std::ranges::find(genre->generic, generic, &GenericInstrument::name);
    if (own != genre->generic.end()) return own->instrument;
  }
  const auto usual = std::ranges::find(kChoices, generic, &GenericChoice::generic);
  return usual == std::end(kChoices) ? std::string_view() : usual->instrument;
}

/// Every instrument that a generic word covers, in whatever genre: who refuses guitars refuses all.
std::vector<std::string_view> all_of(std::string_view generic) {
  std::vector<std::string_view> ids;
  const auto is_usual = [&](std::string_view id) {
    return std::ranges::any_of(kChoices, [&](const GenericChoice& choice) {
      return choice.generic == generic && choice.instrument == id;
    });
  };
  const auto is_meant = [&](std::string_view id) {
    if (is_usual(id)) return true;
    const std::string spaced = " " + std::string(id) + " ";
    if (spaced.find(" " + std::string(generic) + " ") != std::string::npos) return true;
    const auto names_it = [&](const GenericInstrument& own) {
      return own.name == generic && own.instrument == id;
    };
    return std::ranges::any_of(Genre::names(), [&](std::string_view genre) {
      return std::ranges::any_of(Genre::find(genre)->generic, names_it);
    });
  };
  for (const auto& info : InstrumentInfo::all())
    if (is_meant(info.id)) ids.push_back(info.id);
  return ids;
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

/// "Bass: cello", "bass on bassoon", "la basse au basson", "basse jouée par un tuba".
bool names_role(const Reading& reading, int i) {
  if (!reading.is(i, Kind::Generic, "bass")) return false;
  constexpr std::string_view kLinks[] = {"on",        "au",        "a la",    "played by",
                                         "played on", "jouee par", "jouee au"};
  if (!reading.is_sign(i + 1, ":") && !is_one_of(reading.item(i + 1).text, kLinks)) return false;
  int player = i + 2;
  while (reading.is(player, Kind::Article) || reading.is_word(player, "the")) ++player;
  return reading.is(player, Kind::Instrument);
}

bool plays_along(const Reading& reading, int i) {
  int before = i - 1;
  while (reading.is(before, Kind::Article) || reading.is(before, Kind::Function)) --before;
  return (reading.is_word(before, "for") || reading.is_word(before, "pour")) &&
         reading.is(before - 1, Kind::Parts, "no melody");
}

bool has(const std::vector<std::string>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool is_sung(std::string_view id) {
  const auto* info = InstrumentInfo::find(id);
  return info != nullptr && info->family == "voice";
}

/// "for three voices", "à deux voix": lines of music, whose number no brief can say.
bool counts_voices(const Reading& reading, int i) {
  const bool is_voices = reading.is_word(i, "voices") || reading.is_word(i, "voix");
  return is_voices && reading.is(i - 1, Kind::Number) && reading.item(i - 1).value > 1;
}

std::optional<int> a_cappella_in(const Reading& reading) {
  for (int i = 0; i < reading.size(); ++i)
    if (reading.is(i, Kind::Parts, "voice")) return i;
  return std::nullopt;
}

bool is_with(const Reading& reading, int i) {
  return reading.is_word(i, "with") || reading.is_word(i, "avec") || reading.is_word(i, "plus");
}

/// Nobody else plays beside those who are asked for.
void ask_alone(Reading& reading, Extent extent) {
  if (reading.brief.alone) return;
  reading.brief.alone = true;
  reading.explain("alone", "true", extent);
}

/// An ensemble by its name is whole, but for "with a string quartet", where it joins others, and
/// "orchestral", which says how it sounds.
void ask_whole(Reading& reading, int i) {
  if (reading.item(i).value > 0) return;
  const int before = reading.is(i - 1, Kind::Article) ? i - 2 : i - 1;
  if (!is_with(reading, before)) ask_alone(reading, {i, i});
}

void ask(Reading& reading, int i) {
  // "A cappella" asks for a voice, "a cappella choir" for that one.
  const bool is_a_cappella = reading.brief.instruments == std::vector<std::string>{"voice"};
  if (is_a_cappella && reading.brief.parts == std::vector{Role::Melody} &&
      is_sung(reading.item(i).id)) {
    reading.brief.instruments.clear();
    std::erase_if(reading.reasons, [](const Reason& reason) {
      return reason.field == "instruments" && reason.value == "voice";
    });
  }
  if (const auto alone = a_cappella_in(reading); alone && !is_sung(reading.item(i).id))
    return reading.contradict("instruments", "no accompaniment and an instrument", {*alone, *alone},
                              {i, i});
  if (reading.is(i, Kind::Ensemble)) ask_whole(reading, i);
  // Of its members an ensemble may have two alike.
  const auto known = reading.brief.instruments;
  for (const auto id : members_of(reading, i)) {
    if (has(known, id)) continue;
    // Who wants no drums has the ensemble without its kit.
    if (reading.is(i, Kind::Ensemble) && id == "drums" && reading.brief.drums == false) continue;
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
  for (const auto id : all_of(reading.item(i).id)) add(id);
}

/// "Guitar, bass and drums only".
void read_only_list(Reading& reading) {
  if (reading.brief.instruments.empty()) return;
  for (int i = 0; i < reading.size(); ++i) {
    const bool ends_list = reading.is(i - 1, Kind::Instrument) ||
                           reading.is(i - 1, Kind::Generic) || reading.is(i - 1, Kind::Drums);
    const bool leads_on = reading.is(i + 1, Kind::Instrument) || reading.is(i + 1, Kind::Generic) ||
                          reading.is(i + 1, Kind::Ensemble);
    if (!ends_list || leads_on || !reading.is_free(i, Kind::Only)) continue;
    reading.use(i);
    ask_alone(reading, {i - 1, i});
  }
}

int player_count(const Reading& reading) {
  return static_cast<int>(std::ranges::count_if(reading.brief.instruments, [](const auto& id) {
    const auto* info = InstrumentInfo::find(id);
    return info != nullptr && !info->instrument.is_drums;
  }));
}

/// "A trio for clarinet, cello and piano": those three. Where their names do not make up the number
/// it is a wish that no brief can say.
void read_groups(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Group)) continue;
    if (player_count(reading) != static_cast<int>(reading.item(i).value)) continue;
    reading.use(i);
    ask_alone(reading, {i, i});
  }
}

/// "solo piano", "piano seul", "only piano and cello", "a flute, nothing else": nobody plays beside
/// them. In "with a guitar solo" the solo is a section.
std::optional<int> solo_beside(const Reading& reading, int i) {
  const auto is_solo = [&](int j) {
    return reading.is_free(j, Kind::Solo) || leaves_others_out(reading, j);
  };
  int before = i - 1;
  constexpr std::string_view kFor[] = {"for", "pour", "au", "a la", "on"};
  while (!is_solo(before) &&
         (reading.is(before, Kind::Function) || reading.is(before, Kind::Article) ||
          is_one_of(reading.item(before).text, kFor)))
    --before;
  // "A solo for piano" is one, "seul le piano" leaves the others out.
  const bool is_of = reading.is(before, Kind::Solo, "solo") && before < i - 1;
  if (is_solo(before) && !is_of) return before;
  const bool is_a_solo = reading.is(i - 1, Kind::Article) && reading.is(i + 1, Kind::Solo, "solo");
  if (is_solo(i + 1) && !is_a_solo) return i + 1;
  if (reading.is_sign(i + 1, ",") && reading.is_free(i + 2, Kind::Solo) &&
      reading.is(i + 2, Kind::Solo, "alone"))
    return i + 2;
  return std::nullopt;
}

void read_solo(Reading& reading, int i) {
  const auto solo = solo_beside(reading, i);
  if (!solo) return;
  const Extent extent{std::min(i, *solo), std::max(i, *solo)};
  reading.use(*solo);
  ask_alone(reading, extent);
  if (reading.brief.drums) return;
  reading.brief.drums = false;
  reading.explain("drums", "false", extent);
}

void check_refusals(Reading& reading) {
  auto& brief = reading.brief;
  for (const auto& id : brief.instruments)
    if (has(brief.without_instruments, id))
      reading.fail(PromptFault::Contradiction, "instruments",
                   "the " + id + " is both asked for and refused");
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_of_strings = reading.is(i, Kind::Ensemble) &&
                               reading.item(i).id.starts_with("string ") && !is_refused(reading, i);
    if (is_of_strings && has(brief.without_instruments, "strings"))
      reading.fail(PromptFault::Contradiction, "instruments",
                   "strings are both asked for and refused: " + reading.quote({i, i}));
  }
}

}  // namespace

void read_instruments(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    const bool is_played = reading.is_free(i, Kind::Instrument) ||
                           reading.is_free(i, Kind::Generic) || reading.is_free(i, Kind::Ensemble);
    if (!is_played) continue;
    if (counts_voices(reading, i)) {
      reading.leave_unmet({i - 1, i});
      continue;
    }
    if (is_lessened(reading, i)) {
      reading.leave_unmet(with_degree(reading, i));
      continue;
    }
    reading.use(i);
    // "Bass: cello" names who plays it; in "backing track for a singer" the user does.
    if (names_role(reading, i) || plays_along(reading, i)) continue;
    if (is_refused(reading, i)) {
      refuse(reading, i);
    } else {
      ask(reading, i);
      read_solo(reading, i);
    }
  }
  read_only_list(reading);
  read_groups(reading);
  check_refusals(reading);
}

}  // namespace toccata::prompt
