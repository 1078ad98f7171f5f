// SPDX-License-Identifier: MIT
// How it is to be played: tempo in words, loudness, density, note lengths.
#include "figures.hpp"
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace toccata::prompt {
namespace {

/// A word that points one way on a scale, and how far.
struct Pull {
  std::string_view way;  ///< "slow", "loud" ...
  double value;
  Degree degree;
  Extent extent;
};

/// "short, bouncy notes", "notes vives et courtes": an adjective that means notes over others.
std::string_view length_of_notes(const Reading& reading, int i) {
  constexpr std::string_view kShort[] = {"short", "courtes"}, kLong[] = {"long", "longues"};
  const auto& text = reading.item(i).text;
  const bool is_short = std::ranges::find(kShort, text) != std::end(kShort);
  const bool is_long = std::ranges::find(kLong, text) != std::end(kLong);
  if (!(is_short || is_long) || reading.item(i).is_used) return {};
  const auto is_passed = [&](int j) {
    return reading.is(j, Kind::Unknown) || reading.is(j, Kind::Mood) ||
           reading.is(j, Kind::Tempo) || reading.is(j, Kind::Dynamics) ||
           reading.is(j, Kind::Density) || reading.is(j, Kind::Degree) ||
           reading.is(j, Kind::And) || reading.is_sign(j, ",");
  };
  constexpr int kFarthest = 5;
  for (const int step : {1, -1}) {
    int j = i + step;
    while (is_passed(j) && std::abs(j - i) < kFarthest) j += step;
    if (reading.is_word(j, "notes") && !reading.item(j).is_used) return is_short ? "short" : "long";
  }
  return {};
}

/// "fast but not too fast" says one thing: fairly fast.
std::vector<Pull> pulls_of(Reading& reading, Kind kind) {
  std::vector<Pull> pulls;
  for (int i = 0; i < reading.size(); ++i) {
    const auto& item = reading.item(i);
    const auto of_notes =
        kind == Kind::NoteLength ? length_of_notes(reading, i) : std::string_view();
    if (!reading.is_free(i, kind) && of_notes.empty()) continue;
    Pull pull{of_notes.empty() ? item.id : of_notes, item.value, degree_of(reading, i),
              with_degree(reading, i)};
    reading.use(i);
    const bool is_same_way = !pulls.empty() && pulls.back().way == pull.way;
    if (is_same_way && pull.degree == Degree::NotToo && pulls.back().degree != Degree::NotToo) {
      pulls.back().degree = Degree::Slight;
      pulls.back().extent.last = i;
    } else {
      pulls.push_back(pull);
    }
  }
  return pulls;
}

/// The one wish, or a contradiction when two words point different ways ("slow" and "fast"). Words
/// that are refused or not too much so ("slow, not too slow") yield to others, and where both ways
/// are ("neither slow nor fast") the middle is meant.
std::optional<Pull> one_pull(Reading& reading, const std::vector<Pull>& pulls, double middle,
                             std::string_view field, std::string_view plural) {
  const auto is_declined = [](const Pull& pull) {
    return pull.degree == Degree::Refused || pull.degree == Degree::NotToo;
  };
  if (pulls.empty()) return std::nullopt;
  const auto wanted = std::ranges::find_if_not(pulls, is_declined);
  const Pull& first = wanted == pulls.end() ? pulls.front() : *wanted;
  for (const auto& pull : pulls) {
    if (pull.way == first.way) continue;
    if (wanted == pulls.end())
      return Pull{"medium", middle, Degree::Plain, {first.extent.first, pull.extent.last}};
    if (is_declined(pull)) continue;
    reading.contradict(field, plural, first.extent, pull.extent);
    return std::nullopt;
  }
  return first;
}

/// Quarters per minute of "slow" and "fast" by degree: refused, not too, slightly, plain, very,
/// extremely. Other words keep their ratio to the plain one.
constexpr double kModerate = 104;
constexpr double kSlow[] = {104, 88, 76, 66, 50, 40};
constexpr double kFast[] = {92, 116, 128, 144, 176, 200};

double bpm_of(const Pull& pull) {
  const auto degree = static_cast<std::size_t>(pull.degree);
  if (pull.way == "medium") return pull.value;
  const auto& scale = pull.way == "slow" ? kSlow : kFast;
  constexpr auto kPlain = static_cast<std::size_t>(Degree::Plain);
  if (degree < kPlain && pull.degree != Degree::Slight) return scale[degree];
  const double bpm = std::floor(pull.value * scale[degree] / scale[kPlain] + 0.5);
  return std::clamp(bpm, kSlowestBpm, kFastestBpm);
}

void read_tempo_words(Reading& reading) {
  const auto pulls = pulls_of(reading, Kind::Tempo);
  if (pulls.empty()) return;
  if (reading.brief.tempo_bpm) {
    reading.explain_because("tempo", number_text(*reading.brief.tempo_bpm),
                            "a number wins over " + reading.quote(pulls.front().extent));
    return;
  }
  const auto pull = one_pull(reading, pulls, kModerate, "tempo", "two tempos");
  if (!pull) return;
  reading.brief.tempo_bpm = bpm_of(*pull);
  reading.explain("tempo", number_text(*reading.brief.tempo_bpm), pull->extent);
}

/// A step of the ladder pp, p, mp, mf, f, ff.
Dynamics dynamics_of(const Pull& pull) {
  const bool is_loud = pull.way == "loud";
  const int out = is_loud ? 1 : -1;
  const int plain = static_cast<int>(pull.value);
  int step = plain;
  if (pull.degree == Degree::Refused) step = is_loud ? 1 : 3;
  if (pull.degree == Degree::NotToo || pull.degree == Degree::Slight) step = is_loud ? 3 : 2;
  if (pull.degree == Degree::Very || pull.degree == Degree::Extreme) step = plain + out;
  return static_cast<Dynamics>(std::clamp(step, 0, 5));
}

void read_dynamics(Reading& reading) {
  const auto pulls = pulls_of(reading, Kind::Dynamics);
  const auto pull = one_pull(reading, pulls, static_cast<double>(Dynamics::MezzoForte), "dynamics",
                             "two loudnesses");
  if (!pull) return;
  reading.brief.dynamics = dynamics_of(*pull);
  reading.explain("dynamics", std::string(name_of(*reading.brief.dynamics)), pull->extent);
}

double density_of(const Pull& pull) {
  const double away = pull.value - 0.5;
  switch (pull.degree) {
    case Degree::Refused: return in_hundredths(0.5 - away / 2);
    case Degree::NotToo: return in_hundredths(0.5 - away * 0.2);
    case Degree::Slight: return in_hundredths(0.5 + away * 0.5);
    case Degree::Very:
    case Degree::Extreme: return in_hundredths(std::clamp(0.5 + away * 1.4, 0.05, 0.95));
    default: return pull.value;
  }
}

/// How dense a word is beside "density" that means other things elsewhere: as "sparse" and "dense".
std::optional<Pull> level_at(const Reading& reading, int i) {
  struct Level {
    std::string_view word, way;
    double value;
  };
  constexpr Level kLevels[] = {
      {"high", "busy", 0.8},      {"low", "sparse", 0.2},       {"medium", "medium", 0.5},
      {"elevee", "busy", 0.8},    {"faible", "sparse", 0.2},    {"moyenne", "medium", 0.5},
      {"haute", "busy", 0.8},     {"basse", "sparse", 0.2},     {"moderate", "medium", 0.5},
      {"forte", "busy", 0.8},     {"reduite", "sparse", 0.2},   {"moderee", "medium", 0.5},
      {"grande", "busy", 0.8},    {"fort", "busy", 0.8},        {"average", "medium", 0.5},
      {"important", "busy", 0.8}, {"minimum", "sparse", 0.2},   {"normal", "medium", 0.5},
      {"maximum", "busy", 0.8},   {"minimale", "sparse", 0.05}, {"maximale", "busy", 0.95}};
  const auto found = std::ranges::find(kLevels, reading.item(i).text, &Level::word);
  if (reading.item(i).is_used || found == std::end(kLevels)) return std::nullopt;
  return Pull{found->way, found->value, degree_of(reading, i), with_degree(reading, i)};
}

/// "High density", "density: very low", "la densité est faible".
std::vector<Pull> density_levels(Reading& reading) {
  std::vector<Pull> pulls;
  for (int cue = 0; cue < reading.size(); ++cue) {
    if (!reading.is_free(cue, Kind::Cue) || reading.item(cue).id != "density") continue;
    int word = cue + 1;
    while (word < cue + 5 && (reading.is_sign(word, ":") || reading.is_sign(word, "=") ||
                              reading.is(word, Kind::Degree) || reading.is_word(word, "is") ||
                              reading.is_word(word, "est")))
      ++word;
    const int before = reading.is_sign(cue - 1, "-") ? cue - 2 : cue - 1;
    auto pull = level_at(reading, word);
    if (!pull) pull = level_at(reading, before);
    if (!pull) continue;
    pull->extent = {std::min(cue, pull->extent.first), std::max(cue, pull->extent.last)};
    reading.use(pull->extent);
    pulls.push_back(*pull);
  }
  return pulls;
}

void read_density(Reading& reading) {
  auto pulls = density_levels(reading);
  std::ranges::copy(pulls_of(reading, Kind::Density), std::back_inserter(pulls));
  if (pulls.empty() || reading.brief.density) return;
  const auto pull = one_pull(reading, pulls, 0.5, "density", "two densities");
  if (!pull) return;
  reading.brief.density = density_of(*pull);
  reading.explain("density", number_text(*reading.brief.density), pull->extent);
}

void read_note_lengths(Reading& reading) {
  const auto pulls = pulls_of(reading, Kind::NoteLength);
  const auto pull = one_pull(reading, pulls, 0, "note_lengths", "two note lengths");
  if (!pull) return;
  const bool is_mixed =
      pull->way == "mixed" || pull->way == "medium" || pull->degree == Degree::NotToo;
  const bool is_long = (pull->way == "long") == (pull->degree != Degree::Refused);
  reading.brief.note_lengths = is_long ? NoteLengths::Long : NoteLengths::Short;
  if (is_mixed) reading.brief.note_lengths = NoteLengths::Mixed;
  reading.explain("note_lengths", std::string(name_of(*reading.brief.note_lengths)), pull->extent);
}

}  // namespace

void read_manner(Reading& reading) {
  read_density(reading);  // before "forte" and "medium" are taken for others
  read_tempo_words(reading);
  read_dynamics(reading);
  read_note_lengths(reading);
}

}  // namespace toccata::prompt
