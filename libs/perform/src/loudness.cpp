// SPDX-License-Identifier: MIT
#include "loudness.hpp"

#include "breath.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace toccata {
namespace {

// Parncutt and McPherson 2002 and the KTH rules (Friberg, Bresin and Sundberg 2006) name these
// shapings; the sizes are ours, in steps of velocity, and keep a part's spread near that of
// recorded playing (10 to 15).
constexpr double kSoftStart = 4;  // after a breath
constexpr double kPhrase = 10, kEnergy = 22, kClimax = 5, kLong = 3, kRise = 0.7, kSpread = 2.5;

/// By role: how loud beside the others, and how much the meter shows.
struct Balance {
  double level;
  double accent;
};
Balance balance_of(Role role) {
  switch (role) {
    case Role::Melody: return {7, 9};
    case Role::Chords: return {-10, 7};
    case Role::Bass: return {-1, 8};
    case Role::Pad: return {-15, 2};
    case Role::Counter: return {-3, 8};
    case Role::Drums: return {0, 10};
    case Role::Other: return {-2, 8};
  }
  return {0, 8};
}

double energy_of(const PerformTask& task, Bar bar) {
  if (task.plan == nullptr || task.plan->sections.empty()) return 0.5;
  const auto& sections = task.plan->sections;
  const auto after = std::ranges::upper_bound(sections, bar, {}, &SectionPlan::first);
  return (after == sections.begin() ? sections.front() : *(after - 1)).energy_at(bar);
}

/// What is worked out once a bar, along a part.
template <class Work>
class OncePerBar {
 public:
  explicit OncePerBar(Work work) : work_(work) {}
  double of(Bar bar) {
    if (!is_known_ || bar_ != bar) value_ = work_(bar);
    is_known_ = true;
    bar_ = bar;
    return value_;
  }

 private:
  Work work_;
  bool is_known_ = false;
  Bar bar_;
  double value_ = 0;
};

double of_marks(const Note& note, double velocity) {
  if (note.marks.has(Mark::Accent)) velocity += 14;
  if (note.marks.has(Mark::Staccato)) velocity += 2;
  if (note.marks.has(Mark::Ornament)) velocity -= 8;
  return note.marks.has(Mark::Ghost) ? velocity * 0.5 : velocity;
}

/// The rise and fall of a phrase: loudest a little after its middle.
double arc(double u) {
  const double peak = 0.6;
  const double away = u < peak ? (peak - u) / peak : (u - peak) / (1 - peak);
  return 1 - away * away - 0.6;
}

/// What is highest in each phrase, and the phrase's mean pitch, along a part.
class Line {
 public:
  Line(const Part& part, const std::vector<Phrase>& phrases) {
    std::vector<int> counts(phrases.size());
    means_.resize(phrases.size());
    tops_.resize(phrases.size());
    PhraseCursor phrase(phrases);
    for (const Note& note : part.notes) {
      const std::size_t i = phrase.at(note.onset);
      means_[i] += note.pitch.number();
      tops_[i] = std::max(tops_[i], note.pitch.number());
      ++counts[i];
    }
    for (std::size_t i = 0; i < means_.size(); ++i) means_[i] /= std::max(counts[i], 1);
  }
  double rise_of(const Note& note, std::size_t phrase) const {
    return std::clamp(note.pitch.number() - means_[phrase], -9.0, 9.0);
  }
  bool is_top(const Note& note, std::size_t phrase) const {
    return note.pitch.number() == tops_[phrase];
  }

 private:
  std::vector<double> means_;
  std::vector<int> tops_;
};

std::vector<double> shape_line(const PerformTask& task, const Part& part,
                               const std::vector<Phrase>& phrases, Rng& rng) {
  MeterCursor meter(task.score.meter);
  PhraseCursor phrase_cursor(phrases);
  const Balance balance = balance_of(part.role);
  const bool leads = part.role == Role::Melody || part.role == Role::Counter;
  const double level = mean_velocity(task) + balance.level;
  const Line line(part, phrases);
  std::vector<double> velocities;
  velocities.reserve(part.notes.size());
  const auto breaths = find_breaths(task, part, phrases);
  OncePerBar energy([&](Bar bar) { return kEnergy * (energy_of(task, bar) - 0.5); });
  double drift = 0;  // deviations of one moment carry on to the next
  for (const Note& note : part.notes) {
    const auto place = velocities.size();
    const std::size_t phrase = phrase_cursor.at(note.onset);
    meter.go(note.onset);
    drift = 0.4 * drift + kSpread * rng.normal();
    double velocity = level + drift + energy.of(meter.bar());
    velocity += kPhrase * arc(phrases[phrase].share_at(note.onset));
    velocity += balance.accent * (meter.weight() - 0.45);
    if (leads) {
      velocity += kRise * line.rise_of(note, phrase) + (line.is_top(note, phrase) ? kClimax : 0);
      if (note.duration > task.score.ppq().quarter()) velocity += kLong;
    }
    if (place > 0 && breaths[place - 1]) velocity -= kSoftStart;
    velocities.push_back(of_marks(note, velocity));
  }
  return velocities;
}

/// What the groove adds to a drum's usual loudness.
double groove(DrumKind kind, double weight, bool backbeat) {
  switch (kind) {
    case DrumKind::Kick: return weight == 1 ? 6 : weight < 0.25 ? -8 : 0;
    case DrumKind::Snare: return backbeat ? 8 : -10;
    case DrumKind::Hat: return weight >= 0.5 ? 6 : weight >= 0.25 ? -4 : -14;
    case DrumKind::Crash: return 4;
    case DrumKind::Other: return 12 * (weight - 0.5);
  }
  return 0;
}

double usual_velocity(const PerformTask& task, Pitch key) {
  if (task.settings != nullptr)
    for (const DrumVoice& voice : task.settings->genre.drums.voices)
      if (voice.key == key.number()) return voice.velocity;
  return 82;
}

std::vector<double> shape_kit(const PerformTask& task, const Part& part, Rng& rng) {
  MeterCursor meter(task.score.meter);
  OncePerBar loudness([&](Bar bar) { return loudness_of_bar(task, bar); });
  std::vector<double> velocities;
  velocities.reserve(part.notes.size());
  for (const Note& note : part.notes) {
    meter.go(note.onset);
    double velocity = usual_velocity(task, note.pitch) * loudness.of(meter.bar());
    velocity += groove(drum_kind(note.pitch), meter.weight(), is_backbeat(meter));
    velocities.push_back(of_marks(note, velocity + kSpread * rng.normal()));
  }
  return velocities;
}

}  // namespace

double mean_velocity(const PerformTask& task) {
  const auto dynamics = task.settings != nullptr ? task.settings->dynamics : Dynamics::MezzoForte;
  constexpr std::array<double, 6> kMeans{38, 51, 64, 77, 90, 103};
  const double arousal = task.settings != nullptr ? task.settings->arousal : 0;
  return kMeans[static_cast<std::size_t>(dynamics)] + 4 * std::clamp(arousal, -1.0, 1.0);
}

double loudness_of_bar(const PerformTask& task, Bar bar) {
  constexpr double kUsualMean = 77;
  return (mean_velocity(task) + kEnergy * (energy_of(task, bar) - 0.5)) / kUsualMean;
}

int rounded_velocity(double velocity) {
  constexpr double kKnee = 108;
  if (velocity > kKnee) velocity = kKnee + (velocity - kKnee) * 0.4;
  return static_cast<int>(std::floor(velocity + 0.5));
}

std::vector<double> shape_loudness(const PerformTask& task, const Part& part,
                                   const std::vector<Phrase>& phrases, Rng rng) {
  if (part.instrument.is_drums) return shape_kit(task, part, rng);
  return shape_line(task, part, phrases, rng);
}

bool is_backbeat(const MeterCursor& place) {
  const BarBeat at = place.bar_beat();
  const bool even = place.meter().beat_count() % 2 == 0;
  return even && at.beat % 2 == 1 && at.into_beat == Duration(0);
}

DrumKind drum_kind(Pitch key) {
  switch (key.number()) {
    case 35:
    case 36: return DrumKind::Kick;
    case 37:
    case 38:
    case 39:
    case 40: return DrumKind::Snare;
    case 42:
    case 44:
    case 46:
    case 51:
    case 53:
    case 59:
    case 69:
    case 70:
    case 82: return DrumKind::Hat;
    case 49:
    case 52:
    case 55:
    case 57: return DrumKind::Crash;
    default: return DrumKind::Other;
  }
}

}  // namespace toccata
