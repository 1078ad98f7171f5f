// SPDX-License-Identifier: MIT
#include "harmony_words.hpp"

#include <algorithm>
#include <numeric>

#include <toccata/base/elementary.hpp>
#include <toccata/base/sample_path.hpp>

namespace toccata {
namespace {

Scale scale_named(std::string_view id) { return *Scale::find(id); }

/// Scales whose chords are not simply those of major or minor.
bool has_chords_of_its_own(const Key& key) {
  const auto id = key.scale.id();
  return key.scale.size() == 7 && id != "major" && id != "minor" && id != "harmonic minor" &&
         id != "melodic minor";
}

bool sounds_minor(const Key& key) {
  // A blues scale has a minor third, but its chords are major.
  return key.scale.is_minor() && key.scale.id() != "blues";
}

/// The degree whose chord tells a mode from major and minor, and which stands in where another has
/// a diminished one: bII is phrygian, II lydian, IV dorian, bVII mixolydian.
int telling_degree(const Scale& scale) {
  const auto id = scale.id();
  return id == "phrygian" || id == "lydian" || id == "locrian" ? 1 : id == "mixolydian" ? 6 : 3;
}

/// Whole tones and the two octatonic scales (Messiaen's first and second mode).
bool divides_octave(const Scale& scale) {
  const auto id = scale.id();
  return id == "whole tone" || id.starts_with("octatonic");
}

/// The triad on a key of the scale that the scale holds: a major third before a minor one, a
/// perfect fifth before another.
Chord triad_within(const Key& key, PitchClass root) {
  const auto holds = [&](int semitones) { return key.contains(root + semitones); };
  const int third = holds(4) ? 4 : 3;
  const int fifth = holds(7) ? 7 : third == 4 && holds(8) ? 8 : 6;
  return {spell(Pitch::folded_into_range(60 + root.number()), key).name,
          {{1, 0}, {3, third}, {5, fifth}},
          {}};
}

/// What presses on: dominant sevenths and diminished chords, but not half-diminished ones.
bool is_tense(const Chord& chord) {
  return chord.is_dominant() || (chord.semitones_of(5) == 6 && chord.semitones_of(7) != 10);
}

/// A six-four chord: itself on the way to its dominant.
bool stands_on_fifth(const Chord& chord) {
  const auto fifth = chord.semitones_of(5);
  return chord.bass && fifth && chord.bass->pitch_class() == chord.root_class() + *fifth;
}

}  // namespace

Chord drone_on(const Maqam& maqam, NoteName tonic, int degree) {
  const auto above = [&](int wanted) {
    return maqam.quarter_tones[static_cast<std::size_t>(wanted % maqam.size())] +
           24 * (wanted / maqam.size());
  };
  const NoteName root = spelled_degree(maqam, degree, {tonic, 4}).name;
  constexpr int kFifth = 14;
  if (above(degree + 4) - above(degree) != kFifth) return {root, {{1, 0}}, {}};
  return {root, {{1, 0}, {5, 7}}, {}};
}

HarmonyWords::HarmonyWords(const Settings& settings)
    : key_{settings.key.tonic, scale_named(sounds_minor(settings.key) ? "minor" : "major")},
      sounding_(settings.key),
      is_minor_(sounds_minor(settings.key)),
      is_symmetric_(settings.maqam == nullptr && divides_octave(settings.key.scale)),
      maqam_(settings.maqam),
      minor_weight_(exact_exp2(settings.genre.valence - settings.valence)),
      is_coloured_(settings.genre.chords.ninths),
      style_(&settings.genre.harmony) {
  if (settings.form.name == "12-bar") {
    const Genre* blues = Genre::find("blues");
    schemes_ = !settings.genre.harmony.schemes.empty() ? &settings.genre.harmony.schemes
               : blues != nullptr                      ? &blues->harmony.schemes
                                                       : nullptr;
  }
  const HarmonyMode& mode = is_minor_ ? settings.genre.harmony.minor : settings.genre.harmony.major;
  if (is_symmetric_) learn_symmetric();
  else if (is_modal() || mode.states.empty()) learn_modal(settings);
  else learn_mode(mode);
  for (const Chord& chord : states_) tense_.push_back(is_tense(chord));
}

Chord HarmonyWords::chord_of(const RomanNumeral& numeral) const {
  const Chord chord = numeral.in(key_);
  if (!has_chords_of_its_own(sounding_)) return chord;
  const auto degree = key_.degree_of(chord.root_class());
  const auto classes = chord.pitch_classes();
  const auto is_foreign = [&](PitchClass tone) { return !sounding_.contains(tone); };
  if (!degree && std::ranges::any_of(classes, is_foreign))
    return chord_on_degree(sounding_, telling_degree(sounding_.scale), 3);
  if (!degree) return chord;
  const int tones = chord.semitones_of(7) ? 4 : 3;
  const Chord own = chord_on_degree(sounding_, *degree, tones);
  if (own.semitones_of(5) == 7 || *degree == 0) return own;
  return chord_on_degree(sounding_, telling_degree(sounding_.scale), tones);
}

std::vector<Chord> HarmonyWords::chords_of(const std::vector<RomanNumeral>& numerals) const {
  std::vector<Chord> chords;
  chords.reserve(numerals.size());
  for (const RomanNumeral& numeral : numerals) chords.push_back(chord_of(numeral));
  return chords;
}

void HarmonyWords::learn_mode(const HarmonyMode& mode) {
  states_ = chords_of(mode.states);
  moves_ = mode.moves;
  for (const auto& close : mode.authentic)
    authentic_.push_back({chords_of(close.chords), close.weight});
  for (const auto& close : mode.half) half_.push_back({chords_of(close.chords), close.weight});
}

void HarmonyWords::learn_symmetric() {
  constexpr double kHome = 3;  // how much oftener than the others the tonic's triad comes
  for (const int semitones : sounding_.scale.semitones())
    states_.push_back(triad_within(sounding_, sounding_.tonic.pitch_class() + semitones));
  for (std::size_t from = 0; from < states_.size(); ++from)
    for (std::size_t to = 0; to < states_.size(); ++to)
      moves_.push_back(from == to ? 0.2 : to == 0 ? kHome : 1);
  for (std::size_t state = 1; state < states_.size(); ++state) {
    authentic_.push_back({{states_[state], states_[0]}});
    half_.push_back({{states_[0], states_[state]}});
  }
}

void HarmonyWords::learn_modal(const Settings& settings) {
  const NoteName tonic = settings.key.tonic;
  std::vector<double> weights;
  const auto add = [&](Chord chord, double weight) {
    states_.push_back(std::move(chord));
    weights.push_back(weight);
  };
  if (maqam_ == nullptr) {
    add(final_tonic(), 4);
    add(chord_on_degree(key_, 3, 3), 2);
    add(chord_on_degree(key_, 4, 3), 3);
  } else {
    add(drone_on(*maqam_, tonic, 0), 5);
    for (const int degree : {maqam_->ghammaz, 3, 6}) {
      const Chord drone = drone_on(*maqam_, tonic, degree);
      const bool known =
          std::ranges::any_of(states_, [&](const Chord& c) { return c.root == drone.root; });
      // What sounds another way downwards rubs as a drone.
      const bool moves = is_lowered_descending(*maqam_, degree);
      if (!is_neutral(*maqam_, degree) && !moves && !known) add(drone, degree == 6 ? 1 : 3);
    }
  }
  for (std::size_t from = 0; from < states_.size(); ++from)
    for (std::size_t to = 0; to < states_.size(); ++to)
      moves_.push_back(from == to ? 0.5 * weights[to] : weights[to]);
  const Chord other = states_[std::min<std::size_t>(1, states_.size() - 1)];
  authentic_ = {{{other, states_[0]}}};
  half_ = {{{states_[0], other}}};
}

/// How well a chord follows another: the share of its table, or a little where there is none.
double HarmonyWords::follows(const std::optional<Chord>& before, const Chord& chord) const {
  constexpr double kUnheard = 0.02, kUnknown = 0.2;
  if (!before) return 1;
  const auto from = std::ranges::find(states_, *before), to = std::ranges::find(states_, chord);
  // A six-four over the bass that has sounded already tells nothing new.
  if (stands_on_fifth(chord) && *chord.bass == before->root) return 0;
  if (from == states_.end()) return 1;
  if (to == states_.end()) return is_tense(*before) ? kUnheard : kUnknown;
  const auto row =
      moves_.begin() + (from - states_.begin()) * static_cast<std::ptrdiff_t>(states_.size());
  const double all = std::accumulate(row, row + static_cast<std::ptrdiff_t>(states_.size()), 0.0);
  return kUnheard + (all > 0 ? row[to - states_.begin()] / all : 0);
}

std::vector<Chord> HarmonyWords::chain(const std::vector<bool>& weak, const ChainEnds& ends,
                                       Rng& rng) const {
  constexpr double kUntonic = 0.004;   // odds of another chord than the tonic at the beginning
  constexpr double kDisplaced = 0.35;  // of tension before the middle of a bar, or rest after it
  const std::size_t states = states_.size(), count = weak.size();
  const bool has_rest = !tense_.front();  // where the tonic has a seventh, all chords press on
  const auto is_split = [&](std::size_t step) {
    return weak[step] || (step + 1 < count && weak[step + 1]);
  };
  const auto weight = [&](std::size_t step, std::size_t state) {
    const Chord& chord = states_[state];
    double value = 1;
    if (step == 0 && ends.begins && state > 0) value = kUntonic;
    if (step == 0 && !ends.begins) value = follows(ends.before, chord);
    if (state > 0 && chord.is_minor()) value *= minor_weight_;
    const bool is_placed = tense_[state] == weak[step];
    if (state > 0 && has_rest && is_split(step) && !is_placed) value *= kDisplaced;
    if (step + 1 == count && ends.after) value *= follows(chord, *ends.after);
    return value;
  };
  const auto move = [&](std::size_t, std::size_t from, std::size_t to) {
    return moves_[from * states + to];
  };
  std::vector<Chord> chords;
  for (const std::size_t state : sample_path(count, states, weight, move, rng))
    chords.push_back(states_[state]);
  return chords;
}

std::vector<Chord> HarmonyWords::cadence(Cadence cadence, const std::optional<Chord>& before,
                                         Rng& rng) const {
  if (cadence == Cadence::Open) return {};
  const auto& closes = cadence == Cadence::Half ? half_ : authentic_;
  if (closes.empty())
    return cadence == Cadence::Half ? std::vector<Chord>() : std::vector{final_tonic()};
  std::vector<double> weights;
  weights.reserve(closes.size());
  for (const Close& close : closes)
    weights.push_back(close.weight * follows(before, close.chords.front()));
  return closes[rng.weighted(weights)].chords;
}

Chord HarmonyWords::final_tonic() const {
  if (maqam_ != nullptr)
    return states_.empty() ? Chord{key_.tonic, {{1, 0}, {5, 7}}, {}} : states_[0];
  if (is_symmetric_) return triad_within(sounding_, sounding_.tonic.pitch_class());
  return chord_on_degree(has_chords_of_its_own(sounding_) ? sounding_ : key_, 0, 3);
}

Chord HarmonyWords::closing(Rng& rng) const {
  Chord tonic = final_tonic();
  if (!is_coloured_ || is_modal()) return tonic;
  const bool adds_seventh = rng.chance(0.5) && !tonic.is_minor();
  // Modes keep to their own notes; minor has the sixth of its melodic scale.
  const auto holds = [&](int semitones) {
    return !has_chords_of_its_own(sounding_) || sounding_.contains(tonic.root_class() + semitones);
  };
  if (adds_seventh && holds(11)) tonic.tones.push_back({7, 11});
  if (adds_seventh || !holds(9)) return tonic;
  tonic.tones.push_back({6, 9});
  if (!tonic.is_minor() && holds(14)) tonic.tones.push_back({9, 14});
  return tonic;
}

std::vector<Chord> HarmonyWords::approach_to(const Chord& chord, Rng& rng) const {
  const auto& approaches = chord.is_minor() ? style_->minor.approaches : style_->major.approaches;
  if (approaches.empty() || is_modal() || has_chords_of_its_own(sounding_) ||
      chord.semitones_of(5) == 6 || stands_on_fifth(chord))
    return {};
  std::vector<double> weights;
  weights.reserve(approaches.size());
  for (const WeightedChords& approach : approaches) weights.push_back(approach.weight);
  const Key tonicised{chord.root, scale_named(chord.is_minor() ? "minor" : "major")};
  std::vector<Chord> chords;
  for (const RomanNumeral& numeral : approaches[rng.weighted(weights)].chords)
    chords.push_back(numeral.in(tonicised));
  return chords;
}

bool HarmonyWords::hangs(const Chord& chord, const Chord& next) const {
  // Dominants, what stands for them, and the twos before them press on.
  const bool presses = is_tense(chord) || chord.semitones_of(7) == 10;
  if (schemes_ != nullptr || is_modal() || !presses) return false;
  const auto from = std::ranges::find(states_, chord), to = std::ranges::find(states_, next);
  const auto third = chord.semitones_of(3);
  const bool is_foreign =
      third && chord.is_dominant() && !key_.contains(chord.root_class() + *third);
  if (from != states_.end() && !is_foreign) return false;
  if (from != states_.end() && to != states_.end()) {
    const auto row = static_cast<std::size_t>(from - states_.begin()) * states_.size();
    if (moves_[row + static_cast<std::size_t>(to - states_.begin())] > 0) return false;
  }
  const int up = semitones_up(chord.root_class(), next.root_class());
  return up != 0 && up != 1 && up != 2 && up != 5 && up != 11;
}

const ChordScheme* HarmonyWords::scheme_for(const Settings& settings, int bars,
                                            const Rng& piece) const {
  if (schemes_ == nullptr || is_modal() || settings.form.name != "12-bar") return nullptr;
  const std::string_view mode = is_minor_ ? "minor" : "major";
  std::vector<const ChordScheme*> fitting;
  for (const ChordScheme& scheme : *schemes_)
    if (scheme.mode == mode && scheme.bars == bars) fitting.push_back(&scheme);
  if (fitting.empty()) return nullptr;
  Rng rng = piece.fork("scheme");
  return rng.pick(fitting);
}

std::vector<std::vector<Chord>> HarmonyWords::bars_of(const ChordScheme& scheme) const {
  std::vector<std::vector<Chord>> bars;
  for (const auto& bar : scheme.chords) bars.push_back(chords_of(bar));
  return bars;
}

}  // namespace toccata
