// SPDX-License-Identifier: MIT
#include "heard_key.hpp"

#include <array>

namespace toccata::plan_detail {
namespace {

/// The tonics of both modes on each pitch class, as keys are signed: with six flats or sharps at
/// most.
struct Tonics {
  NoteName major, minor;
};
constexpr std::array<Tonics, 12> kTonics{{{{Step::C, 0}, {Step::C, 0}},
                                          {{Step::D, -1}, {Step::C, 1}},
                                          {{Step::D, 0}, {Step::D, 0}},
                                          {{Step::E, -1}, {Step::E, -1}},
                                          {{Step::E, 0}, {Step::E, 0}},
                                          {{Step::F, 0}, {Step::F, 0}},
                                          {{Step::F, 1}, {Step::F, 1}},
                                          {{Step::G, 0}, {Step::G, 0}},
                                          {{Step::A, -1}, {Step::G, 1}},
                                          {{Step::A, 0}, {Step::A, 0}},
                                          {{Step::B, -1}, {Step::B, -1}},
                                          {{Step::B, 0}, {Step::B, 0}}}};

/// How much speaks for a key, in tones of a chord that lie in it.
constexpr double kForeignTone = -0.5, kBegins = 2.1, kEnds = 2, kCloses = 1, kResolves = 4;

/// A chord's tones in a key. What presses on as a seventh says nothing: it may be V's own or a
/// blues'.
double fit_of(const Chord& chord, const Key& key) {
  double fit = 0;
  for (const ChordTone tone : chord.tones) {
    if (chord.is_dominant() && tone.degree == 7) continue;
    fit += key.contains(chord.root_class() + tone.semitones) ? 1 : kForeignTone;
  }
  return fit;
}

bool is_tonic(const Chord& chord, const Key& key) {
  return chord.root_class() == key.tonic.pitch_class() && chord.is_minor() == key.scale.is_minor();
}

bool is_fifth_degree(const Chord& chord, const Key& key) {
  return chord.root_class() == key.tonic.pitch_class() + 7 && !chord.is_minor();
}

/// What comes round and round: its last chord leads to its first.
double fit_of(const std::vector<Chord>& round, const Key& key) {
  double fit = 0;
  for (std::size_t i = 0; i < round.size(); ++i) {
    const Chord &here = round[i], &next = round[(i + 1) % round.size()];
    fit += fit_of(here, key);
    const bool leads = is_fifth_degree(here, key) && is_tonic(next, key);
    if (leads && here.is_dominant() && !next.is_dominant()) fit += kResolves;
    if (leads && i + 2 == round.size()) fit += kCloses;
  }
  return fit + (is_tonic(round.front(), key) ? kBegins : 0.0) +
         (is_tonic(round.back(), key) ? kEnds : 0.0);
}

}  // namespace

Key heard_key(const std::vector<std::vector<Chord>>& bars) {
  std::vector<Chord> round;
  for (const auto& bar : bars) round.insert(round.end(), bar.begin(), bar.end());
  const Scale major = *Scale::find("major"), minor = *Scale::find("minor");
  Key best{kTonics.front().major, major};
  double best_fit = fit_of(round, best);
  for (const Tonics& tonics : kTonics)
    for (const Key& key : {Key{tonics.major, major}, Key{tonics.minor, minor}}) {
      const double fit = fit_of(round, key);
      if (fit <= best_fit) continue;
      best_fit = fit;
      best = key;
    }
  return best;
}

}  // namespace toccata::plan_detail
