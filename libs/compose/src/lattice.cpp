// SPDX-License-Identifier: MIT
#include "lattice.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <toccata/base/elementary.hpp>
#include <toccata/base/sample_path.hpp>

namespace toccata {
namespace {

/// How melodies move into the note that closes a phrase: by step in 85 % of 401 songs of the Essen
/// collection, by a fourth or more in 2 %.
constexpr double kClosesRepeated = 0.15, kClosesByThird = 0.12, kClosesByLeap = 0.004;
/// How much less lines that close a phrase keep to its contour.
constexpr double kFreerClose = 2;
/// A strong note that is foreign to its chord moves on by step; this is left to other ways.
constexpr double kUnresolved = 0.06;

/// How welcome an interval is, by size in semitones, before style: melodies of every tradition move
/// mostly by step, and leaps get rarer as they grow (Huron 2006, Sweet Anticipation, ch. 5).
constexpr std::array<double, 13> kIntervals{1.0, 1.6, 2.0,  0.9,  0.7,  0.55, 0.05,
                                            0.4, 0.1, 0.12, 0.03, 0.01, 0.12};

/// How often the degrees of major and of minor sound in sung melodies, in percent, by semitones
/// above the tonic (Aarden 2003, Dynamic Melodic Expectancy, from the Essen folk songs; as tabled
/// at humdrum's keycor).
constexpr std::array<double, 12> kMajorHierarchy{17.77, 0.15,  14.93, 0.16, 19.80, 11.36,
                                                 0.29,  22.06, 0.15,  8.15, 0.23,  4.95};
constexpr std::array<double, 12> kMinorHierarchy{18.26, 0.74,  14.05, 16.86, 0.70, 14.44,
                                                 0.70,  18.62, 4.57,  1.93,  7.38, 1.76};

/// What a key is heard by: its stable degrees sound more. Degrees that the table's mode lacks (of
/// other scales) weigh as its rarest do.
double tonal_weight(int semitones_above_tonic, bool minor) {
  const auto at = static_cast<std::size_t>(semitones_above_tonic);
  const double percent = std::max((minor ? kMinorHierarchy : kMajorHierarchy)[at], 4.5);
  return 0.35 + 0.65 * percent / 12;
}

double near(double distance, double width) {
  const double ratio = distance / width;
  return 1 / (1 + ratio * ratio * ratio * ratio);
}

}  // namespace

IntervalLeans draw_interval_leans(Rng rng) {
  IntervalLeans leans{};
  for (double& lean : leans) lean = exact_exp2(2 * rng.uniform() - 1);
  return leans;
}

Lattice::Lattice(const Settings& settings, const Key& melody_key, PitchRange range,
                 const LineManner& manner)
    : settings_(settings), melody_key_(melody_key), manner_(manner) {
  const PitchClass tonic = settings.key.tonic.pitch_class();
  if (settings.maqam != nullptr) {
    const int low_tonic = tonic.number() + 12;
    for (int degree = 0; degree < 70; ++degree) {
      const TunedPitch tuned =
          tuned_degree(*settings.maqam, Intonation::QuarterTone, degree, low_tonic);
      if (tuned.number < range.lowest.number() || tuned.number > range.highest.number()) continue;
      pitches_.push_back({tuned.number, tuned.detune, tuned.number + tuned.detune.value() / 100,
                          degree % settings.maqam->size()});
    }
  } else {
    for (int n = range.lowest.number(); n <= range.highest.number(); ++n)
      pitches_.push_back({n, Cents(), static_cast<double>(n)});
  }
  const bool minor = settings.key.scale.is_minor();
  for (const LinePitch& pitch : pitches_) {
    const int above = semitones_up(tonic, PitchClass::folded(pitch.number));
    const bool tuned = pitch.detune != Cents();
    in_scale_.push_back(settings.maqam != nullptr ||
                        melody_key_.contains(PitchClass::folded(pitch.number)));
    const bool tuned_tonic = settings.maqam != nullptr && is_neutral(*settings.maqam, 0);
    is_tonic_.push_back(above == 0 && tuned == tuned_tonic);
    const bool third =
        settings.maqam != nullptr ? tuned && (above == 3 || above == 4) : above == (minor ? 3 : 4);
    const bool is_fifth =
        settings.maqam != nullptr ? pitch.degree == settings.maqam->ghammaz : above == 7;
    in_tonic_triad_.push_back(above == 0 || is_fifth || third);
    // A maqam is heard by its tonic and by its neutral degrees.
    home_.push_back(settings.maqam == nullptr         ? tonal_weight(above, minor)
                    : is_tonic_.back()                ? 1.5
                    : in_tonic_triad_.back() || tuned ? 1.2
                                                      : 1.0);
  }
  middle_ = pitches_.empty() ? 60 : (pitches_.front().height + pitches_.back().height) / 2;
  moves_.reserve(pitches_.size() * pitches_.size());
  moves_off_chord_.reserve(moves_.capacity());
  closing_moves_.reserve(moves_.capacity());
  for (const LinePitch& to : pitches_)
    for (const LinePitch& from : pitches_) {
      const double size = std::abs(to.height - from.height);
      moves_.push_back(move_weight(size));
      moves_off_chord_.push_back(size > 2.6 ? moves_.back() * 0.25 : moves_.back());
      closing_moves_.push_back(closing_weight(size));
    }
}

double Lattice::move_weight(double semitones) const {
  // Between two keys (maqam) the larger size decides: three quarter-tones are a step.
  const auto size = static_cast<std::size_t>(std::ceil(semitones - 0.01));
  if (size >= kIntervals.size()) return 0;
  if (size == 0) return manner_.leans[size] * manner_.repeat * 4;
  return manner_.leans[size] * kIntervals[size] * (semitones > 2.6 ? manner_.leap / 0.3 : 1.0);
}

double Lattice::closing_weight(double semitones) {
  if (semitones > 12.6) return 0;
  if (semitones < 0.3) return kClosesRepeated;
  return semitones < 2.6 ? 1 : semitones < 4.6 ? kClosesByThird : kClosesByLeap;
}

Lattice::Harmony Lattice::weigh(const Chord& chord) const {
  Harmony harmony;
  harmony.reserve(pitches_.size());
  std::array<bool, 12> is_tone{};
  for (const ChordTone& tone : chord.tones)
    is_tone[static_cast<std::size_t>((chord.root_class() + tone.semitones).number())] = true;
  const double loose = 1 - manner_.strong_chord_tones;
  for (std::size_t i = 0; i < pitches_.size(); ++i) {
    const auto pc = static_cast<std::size_t>(PitchClass::folded(pitches_[i].number).number());
    const bool tone = is_tone[pc] && (pitches_[i].detune == Cents() || is_tonic_[i]);
    const bool above_tone = is_tone[(pc + 11) % 12], below_tone = is_tone[(pc + 1) % 12];
    const bool clashes = settings_.maqam == nullptr && (above_tone || below_tone);
    const bool key_tone = settings_.maqam != nullptr || in_scale_[i];
    // A chord tone beside a scale tone that it alters (a leading tone in minor) pushes that one
    // away.
    const bool altered =
        clashes && ((above_tone && !in_scale_at(pc + 11)) || (below_tone && !in_scale_at(pc + 1)));
    double strong = tone       ? (key_tone ? 1.0 : 0.8)
                    : key_tone ? loose * (above_tone ? 0.25 : 0.7)
                               : 0;
    double weak = tone ? (key_tone ? 0.9 : 0.5) : key_tone ? 0.7 : 0;
    if (altered && !tone) {
      strong *= 0.02;
      weak *= 0.04;
    }
    strong *= home_[i];
    weak *= home_[i];
    harmony.push_back({strong, weak, tone});
  }
  return harmony;
}

bool Lattice::in_scale_at(std::size_t pitch_class) const {
  return settings_.key.contains(PitchClass::folded(static_cast<int>(pitch_class % 12)));
}

double Lattice::end_weight(const LineNote& note, const Harmony& harmony, std::size_t pitch) const {
  switch (note.end) {
    case LineNote::End::None: return 1;
    case LineNote::End::Chord: return harmony[pitch].is_chord_tone ? 1 : 0.02;
    case LineNote::End::Tonic:
      // Over a last chord without the tonic (the user's own) another tone of its triad closes.
      if (!harmony[pitch].is_chord_tone && settings_.maqam == nullptr)
        return is_tonic_[pitch] ? 0.001 : 0;
      return is_tonic_[pitch] ? 1 : in_tonic_triad_[pitch] ? 0.02 : 0;
    case LineNote::End::TonicTriad: return is_tonic_[pitch] ? 1 : in_tonic_triad_[pitch] ? 0.4 : 0;
    case LineNote::End::Rest:
      if (pitches_[pitch].degree == pitches_[nearest(*note.target)].degree) return 1;
      return in_tonic_triad_[pitch] ? 0.25 : 0.05;
  }
  return 1;
}

Lattice::Harmonies Lattice::weigh(std::span<const LineNote> notes, const Plan& plan) const {
  Harmonies harmonies;
  std::vector<const Chord*> chords;
  for (const LineNote& note : notes) {
    const Chord* chord = &plan.chord_at(note.onset).chord;
    const auto known = std::ranges::find(chords, chord);
    harmonies.of_note.push_back(static_cast<std::size_t>(known - chords.begin()));
    if (known != chords.end()) continue;
    chords.push_back(chord);
    harmonies.different.push_back(weigh(*chord));
  }
  return harmonies;
}

double Lattice::weight_of(const Drawing& drawing, std::size_t note, std::size_t pitch) const {
  const LineNote& line_note = drawing.notes[note];
  const Harmony& harmony = drawing.harmonies[note];
  const double height = pitches_[pitch].height;
  double value = line_note.strong ? harmony[pitch].strong : harmony[pitch].weak;
  if (value == 0) return 0;
  const bool closes = drawing.notes.back().end != LineNote::End::None;
  const double width = manner_.contour_width * (closes ? kFreerClose : 1);
  if (!line_note.exact) value *= near(height - line_note.contour, width);
  if (line_note.target && line_note.end != LineNote::End::Rest) {
    const double away = height - *line_note.target;
    value *= line_note.exact ? 1e-6 + near(away, 0.25) : 0.02 + near(away, 0.8);
  }
  value *= end_weight(line_note, harmony, pitch);
  if (note > 0 || drawing.past.empty()) return value;
  const double size = std::abs(height - drawing.past.back().height);
  return value * (line_note.end != LineNote::End::None ? closing_weight(size) : move_weight(size));
}

std::vector<std::size_t> Lattice::draw(std::span<const LineNote> notes, const Plan& plan,
                                       std::span<const PastNote> past, const Vocabulary& vocabulary,
                                       Rng& caller) const {
  Rng rng(caller.next());  // what the caller draws next does not depend on how many notes there are
  if (notes.empty() || pitches_.empty()) return {};
  const std::size_t states = pitches_.size();
  Drawing drawing{notes, past, {}, vocabulary, weigh(notes, plan)};
  for (const PastNote& note : past.last(std::min(past.size(), Vocabulary::kRun)))
    drawing.past_numbers.push_back(pitches_[nearest(note.height)].number);
  const auto weight = [&](std::size_t t, std::size_t s) { return weight_of(drawing, t, s); };
  const auto move = [&](std::size_t t, std::size_t from, std::size_t to) {
    const bool on_chord = drawing.harmonies[t + 1][to].is_chord_tone;
    const auto& moves = notes[t + 1].end != LineNote::End::None ? closing_moves_
                        : on_chord                              ? moves_
                                                                : moves_off_chord_;
    return moves[to * states + from];
  };
  const auto revise = [&](const std::vector<std::size_t>& path, std::vector<double>& odds) {
    avoid_foreign_runs(drawing, path, odds);
    prefer_resolution(drawing, path, odds);
  };
  const PathSampler sampler(notes.size(), states, weight, move);
  // A line that was drawn into a corner is drawn again.
  constexpr std::uint64_t kMostTries = 4;
  std::vector<std::size_t> best;
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (std::uint64_t attempt = 0; attempt < kMostTries && fewest > 0; ++attempt) {
    Rng own = rng.fork(attempt);
    auto path = sampler.draw(own, revise);
    const std::size_t foreign = foreign_runs(drawing, path);
    if (foreign >= fewest) continue;
    fewest = foreign;
    best = std::move(path);
  }
  return best;
}

std::optional<Lattice::Unfinished> Lattice::unfinished_run(
    const Drawing& drawing, std::span<const std::size_t> path) const {
  const auto& [notes, past, past_numbers, vocabulary, harmonies] = drawing;
  const std::size_t at = path.size();
  // What imitates exactly says again what was said.
  if (notes[at].exact && notes[at].target) return std::nullopt;
  if (past.size() + at < Vocabulary::kRun) return std::nullopt;
  std::array<Tick, Vocabulary::kRun + 1> onsets;
  std::array<int, Vocabulary::kRun> numbers{};
  for (std::size_t back = 1; back <= Vocabulary::kRun; ++back) {
    const std::size_t i = Vocabulary::kRun - back;
    const bool drawn = back <= at;
    onsets[i] = drawn ? notes[at - back].onset : past[past.size() + at - back].onset;
    numbers[i] =
        drawn ? pitches_[path[at - back]].number : past_numbers[past_numbers.size() + at - back];
  }
  onsets.back() = notes[at].onset;
  const auto beginning = vocabulary.begin_run(onsets, numbers);
  if (!beginning) return std::nullopt;
  return Unfinished{*beginning, numbers.back()};
}

void Lattice::avoid_foreign_runs(const Drawing& drawing, std::span<const std::size_t> path,
                                 std::span<double> odds) const {
  constexpr double kForeign = 0.004;
  // How a phrase closes is no choice: another line is sought instead.
  if (drawing.notes[path.size()].end != LineNote::End::None) return;
  const auto run = unfinished_run(drawing, path);
  if (!run) return;
  for (std::size_t s = 0; s < odds.size(); ++s)
    if (odds[s] > 0 && !drawing.vocabulary.keeps(run->beginning, pitches_[s].number - run->last))
      odds[s] *= kForeign;
}

void Lattice::prefer_resolution(const Drawing& drawing, std::span<const std::size_t> path,
                                std::span<double> odds) const {
  if (path.empty()) return;
  const std::size_t last = path.size() - 1;
  if (!drawing.notes[last].strong || drawing.harmonies[last][path.back()].is_chord_tone) return;
  for (std::size_t s = 0; s < odds.size(); ++s)
    if (!is_step(path.back(), s)) odds[s] *= kUnresolved;
}

std::size_t Lattice::foreign_runs(const Drawing& drawing, std::span<const std::size_t> path) const {
  std::size_t count = 0;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const auto run = unfinished_run(drawing, path.first(at));
    if (!run) continue;
    const int interval = pitches_[path[at]].number - run->last;
    if (!drawing.vocabulary.keeps(run->beginning, interval)) ++count;
  }
  return count;
}

bool Lattice::is_step(std::size_t from, std::size_t to) const {
  const double size = std::abs(pitches_[to].height - pitches_[from].height);
  return 0.3 < size && size < 2.6;
}

std::size_t Lattice::nearest(double height) const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < pitches_.size(); ++i)
    if (std::abs(pitches_[i].height - height) < std::abs(pitches_[best].height - height)) best = i;
  return best;
}

double Lattice::moved_by_steps(double height, int steps) const {
  std::size_t at = nearest(height);
  const int direction = steps < 0 ? -1 : 1;
  for (int left = std::abs(steps); left > 0;) {
    if ((direction < 0 && at == 0) || (direction > 0 && at + 1 == pitches_.size())) break;
    at = direction < 0 ? at - 1 : at + 1;
    if (in_scale_[at]) --left;
  }
  return pitches_[at].height;
}

}  // namespace toccata
