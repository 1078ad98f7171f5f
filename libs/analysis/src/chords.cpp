// SPDX-License-Identifier: MIT
#include "chord_templates.hpp"

#include <algorithm>

#include <toccata/analysis/chords.hpp>
#include <toccata/analysis/key.hpp>

namespace toccata {
namespace {

using detail::ChordTemplate;
using detail::kChordTemplates;
using detail::kChordWeights;

/// Chords by number: template * 12 + root.
struct Vocabulary {
  std::size_t templates;
  std::size_t size() const { return templates * 12; }
  static const ChordTemplate& shape_of(std::size_t chord) { return kChordTemplates[chord / 12]; }
  static std::size_t root_of(std::size_t chord) { return chord % 12; }
};

double sum_of(const PitchClassWeights& weights) {
  double sum = 0;
  for (double weight : weights) sum += weight;
  return sum;
}

/// The weights over their sum, which is over 0.
PitchClassWeights shares_of(PitchClassWeights weights) {
  const double sum = sum_of(weights);
  for (double& weight : weights) weight = sum > 0 ? weight / sum : 0;
  return weights;
}

/// A slice as the fit sees it: all shares.
struct Heard {
  PitchClassWeights tones;
  PitchClassWeights bass;
  bool silent;
};

/// Each pitch class counts for how long it sounds and how often it begins.
Heard heard_in(const Sonority& sonority) {
  if (sonority.is_silent()) return {{}, {}, true};
  const auto sounding = shares_of(sonority.sounding), begun = shares_of(sonority.begun);
  PitchClassWeights tones{};
  for (std::size_t i = 0; i < 12; ++i) tones[i] = sounding[i] + kChordWeights.begun * begun[i];
  return {shares_of(tones), shares_of(sonority.lowest), false};
}

double missing_cost(const ChordTone& tone) {
  if (tone.degree == 1) return kChordWeights.root_missing;
  return tone.degree == 3 ? kChordWeights.third_missing : kChordWeights.other_missing;
}

double in_key_share(const ChordTemplate& shape, std::size_t root, const std::optional<Key>& key) {
  if (!key) return 0;
  double inside = 0;
  for (const ChordTone& tone : shape.span())
    inside += key->contains(PitchClass::folded(static_cast<int>(root) + tone.semitones));
  return inside / static_cast<double>(shape.size);
}

/// How well a chord explains a slice.
double fit_of(const ChordTemplate& shape, std::size_t root, const Heard& heard) {
  double inside = 0, missing = 0, bass = 0;
  for (const ChordTone& tone : shape.span()) {
    const std::size_t at = (root + static_cast<std::size_t>(tone.semitones)) % 12;
    inside += heard.tones[at];
    if (heard.tones[at] < 0.01) missing += missing_cost(tone);
    bass += heard.bass[at] *
            (tone.degree == 1 ? kChordWeights.root_in_bass : kChordWeights.tone_in_bass);
  }
  return inside - kChordWeights.against * (1 - inside) + bass - missing - shape.cost;
}

/// The key of the mark in force at the first slice, else of the passage; nothing in silence.
std::optional<Key> key_of(const Score& score, BarRange bars, Tick at) {
  if (const KeyMark* mark = key_at(score, at)) return mark->key;
  const auto estimate = estimate_key(score, bars);
  return estimate ? std::optional(estimate->key) : std::nullopt;
}

std::vector<double> prior_of(const Vocabulary& vocabulary, const std::optional<Key>& key) {
  std::vector<double> prior(vocabulary.size());
  for (std::size_t chord = 0; chord < prior.size(); ++chord)
    prior[chord] = kChordWeights.in_key *
                   in_key_share(Vocabulary::shape_of(chord), Vocabulary::root_of(chord), key);
  return prior;
}

/// The fits of all chords to a slice; 0 in silence.
std::vector<double> fits_of(const Heard& heard, const std::vector<double>& prior) {
  std::vector<double> fits(prior.size());
  if (heard.silent) return fits;
  for (std::size_t chord = 0; chord < fits.size(); ++chord)
    fits[chord] =
        prior[chord] + fit_of(Vocabulary::shape_of(chord), Vocabulary::root_of(chord), heard);
  return fits;
}

/// The path of chords with the highest sum of fits less the cost of its changes.
class PathFinder {
 public:
  PathFinder(std::size_t chords, double change_cost) : total_(chords), change_cost_(change_cost) {}

  void add(const std::vector<double>& fits) {
    const std::size_t leader = best();
    const double changed = total_[leader] - (from_.empty() ? 0 : change_cost_);
    auto& step = from_.emplace_back();
    for (std::size_t chord = 0; chord < total_.size(); ++chord) {
      step[chord] = static_cast<std::uint8_t>(total_[chord] >= changed ? chord : leader);
      total_[chord] = std::max(total_[chord], changed) + fits[chord];
    }
  }
  std::vector<std::size_t> path() const {
    std::vector<std::size_t> path(from_.size());
    std::size_t chord = best();
    for (std::size_t slice = from_.size(); slice-- > 0; chord = from_[slice][chord])
      path[slice] = chord;
    return path;
  }

 private:
  std::size_t best() const {
    return static_cast<std::size_t>(std::ranges::max_element(total_) - total_.begin());
  }
  std::vector<double> total_;
  double change_cost_;
  std::vector<std::array<std::uint8_t, kChordTemplates.size() * 12>> from_;
};

NoteName spelled_root(PitchClass root, const std::optional<Key>& key) {
  static const Key kCMajor{{Step::C, 0}, *Scale::find("major")};
  return spell(Pitch::folded_into_range(60 + root.number()), key.value_or(kCMajor)).name;
}

/// The tone of the chord, other than its root, that is lowest most of the time.
std::optional<PitchClass> bass_of(const ChordTemplate& shape, std::size_t root,
                                  const PitchClassWeights& bass) {
  for (const ChordTone& tone : shape.span().subspan(1)) {
    const std::size_t at = (root + static_cast<std::size_t>(tone.semitones)) % 12;
    if (bass[at] >= 0.6) return PitchClass::folded(static_cast<int>(at));
  }
  return std::nullopt;
}

Chord make_chord(std::size_t chord, const Heard& heard, const std::optional<Key>& key,
                 Inversions inversions) {
  const ChordTemplate& shape = Vocabulary::shape_of(chord);
  const std::size_t root = Vocabulary::root_of(chord);
  Chord made{spelled_root(PitchClass::folded(static_cast<int>(root)), key),
             {shape.span().begin(), shape.span().end()},
             {}};
  if (inversions == Inversions::Mark)
    if (const auto bass = bass_of(shape, root, heard.bass)) made.bass = spelled_root(*bass, key);
  return made;
}

double share_within(const Chord& chord, const PitchClassWeights& sounding) {
  const double sum = sum_of(sounding);
  double inside = 0;
  for (PitchClass tone : chord.pitch_classes())
    inside += sounding[static_cast<std::size_t>(tone.number())];
  return sum > 0 ? std::min(1.0, inside / sum) : 0;
}

/// Joins equal neighbours; a silent slice lengthens the chord before it.
class Joiner {
 public:
  void add(const Span& span, const Chord& chord, const Sonority& sonority) {
    if (spans_.empty() || spans_.back().chord != chord) {
      spans_.push_back({span, chord, 0});
      sounding_ = {};
    }
    spans_.back().span.end = span.end;
    for (std::size_t i = 0; i < 12; ++i) sounding_[i] += sonority.sounding[i];
    spans_.back().fit = share_within(spans_.back().chord, sounding_);
  }
  void add_silence(const Span& span) {
    if (!spans_.empty()) spans_.back().span.end = span.end;
  }
  std::vector<EstimatedChord> take() { return std::move(spans_); }

 private:
  std::vector<EstimatedChord> spans_;
  PitchClassWeights sounding_{};
};

}  // namespace

std::vector<EstimatedChord> estimate_chords(const Score& score, BarRange bars,
                                            const ChordOptions& options) {
  bars = clipped(bars, score.meter);
  const auto slices = slices_of(bars, score.meter, options.slice);
  const auto sonorities = sonorities_of(score, slices);
  if (std::ranges::all_of(sonorities, &Sonority::is_silent)) return {};
  const auto key = key_of(score, bars, slices.front().onset);
  const Vocabulary vocabulary{
      options.vocabulary == ChordVocabulary::Triads ? detail::kTriadCount : kChordTemplates.size()};
  const auto prior = prior_of(vocabulary, key);
  PathFinder finder(vocabulary.size(), options.change_cost);
  for (const Sonority& sonority : sonorities) finder.add(fits_of(heard_in(sonority), prior));
  const auto path = finder.path();
  Joiner joiner;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const Heard heard = heard_in(sonorities[i]);
    if (heard.silent) joiner.add_silence(slices[i]);
    else joiner.add(slices[i], make_chord(path[i], heard, key, options.inversions), sonorities[i]);
  }
  return joiner.take();
}

std::vector<ChordMark> to_marks(std::span<const EstimatedChord> spans) {
  std::vector<ChordMark> marks;
  for (const EstimatedChord& span : spans) marks.push_back({span.span.onset, span.chord});
  return marks;
}

}  // namespace toccata
