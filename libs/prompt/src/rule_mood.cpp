// SPDX-License-Identifier: MIT
// Moods: the first is the piece's, its figures are the mean of all; "not sad" is a little joyful.
#include "figures.hpp"
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/plan/mood.hpp>

namespace toccata::prompt {
namespace {

struct Feeling {
  double valence, arousal;
};

/// How far a mood goes by its degree.
double strength_of(Degree degree) {
  switch (degree) {
    case Degree::Extreme: return 1.5;
    case Degree::Very: return 1.3;
    case Degree::Slight: return 0.6;
    case Degree::NotToo: return 0.3;
    default: return 1;
  }
}

/// The opposite, half as far and only in the figure that makes the mood.
Feeling opposite(const Mood& mood) {
  const bool is_by_valence = std::abs(mood.valence) >= std::abs(mood.arousal);
  return {is_by_valence ? -mood.valence / 2 : 0, is_by_valence ? 0 : -mood.arousal / 2};
}

double bounded(double figure) { return in_hundredths(std::clamp(figure, -1.0, 1.0)); }

struct Moods {
  std::string first, last;
  std::vector<Feeling> wanted, refused;
};

/// In "dynamique : mf" the word names the field.
bool names_dynamics(const Reading& reading, int i) {
  const int value = reading.is_sign(i + 1, ":") || reading.is_sign(i + 1, "=") ? i + 2 : i + 1;
  return reading.is_word(i, "dynamique") && reading.is(value, Kind::Dynamics);
}

Moods moods_of(Reading& reading) {
  Moods moods;
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Mood)) continue;
    if (names_dynamics(reading, i)) {
      reading.use(i);
      continue;
    }
    const auto* mood = Mood::find(reading.item(i).id);
    const auto degree = degree_of(reading, i);
    const auto extent = with_degree(reading, i);
    reading.use(i);
    if (degree == Degree::Refused) {
      moods.refused.push_back(opposite(*mood));
      reading.explain("mood", "not " + std::string(mood->id), extent);
      continue;
    }
    // "sad but not too sad" is a little sad.
    const bool is_softened = degree == Degree::NotToo && moods.last == mood->id;
    if (is_softened) moods.wanted.pop_back();
    const double strength = strength_of(is_softened ? Degree::Slight : degree);
    moods.wanted.push_back({mood->valence * strength, mood->arousal * strength});
    moods.last = mood->id;
    if (moods.first.empty()) moods.first = mood->id;
    reading.explain("mood", std::string(mood->id), extent);
  }
  return moods;
}

Feeling mean(const std::vector<Feeling>& feelings) {
  Feeling sum{0, 0};
  for (const auto& feeling : feelings) {
    sum.valence += feeling.valence;
    sum.arousal += feeling.arousal;
  }
  const auto count = static_cast<double>(feelings.size());
  return {bounded(sum.valence / count), bounded(sum.arousal / count)};
}

}  // namespace

void read_mood(Reading& reading) {
  const auto moods = moods_of(reading);
  auto& brief = reading.brief;
  if (!moods.wanted.empty()) {
    const auto feeling = mean(moods.wanted);
    brief.mood = moods.first;
    // Figures that were given as numbers stand.
    if (!brief.valence) brief.valence = feeling.valence;
    if (!brief.arousal) brief.arousal = feeling.arousal;
  } else if (!moods.refused.empty()) {
    const auto feeling = mean(moods.refused);
    if (!brief.valence && feeling.valence != 0) brief.valence = feeling.valence;
    if (!brief.arousal && feeling.arousal != 0) brief.arousal = feeling.arousal;
  }
}

}  // namespace toccata::prompt
