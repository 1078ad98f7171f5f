// SPDX-License-Identifier: MIT
#include <algorithm>
#include <tuple>

#include <toccata/analysis/phrases.hpp>

namespace toccata {
namespace {

/// How strongly each step of a line differs from its neighbours, scaled to [0, 1].
std::vector<double> boundary_strengths(const std::vector<double>& steps) {
  const auto change = [](double a, double b) {
    return a + b > 0 ? std::max(a - b, b - a) / (a + b) : 0.0;
  };
  std::vector<double> strengths(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double before = i > 0 ? change(steps[i - 1], steps[i]) : 0;
    const double after = i + 1 < steps.size() ? change(steps[i], steps[i + 1]) : 0;
    strengths[i] = steps[i] * (before + after);
  }
  const double most = strengths.empty() ? 0 : *std::ranges::max_element(strengths);
  for (double& strength : strengths) strength = most > 0 ? strength / most : 0;
  return strengths;
}

/// The Local Boundary Detection Model's strength between each note and the next.
std::vector<double> line_boundaries(std::span<const Note> line) {
  std::vector<double> pitches, onsets, rests;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const int semitones = line[i].pitch - line[i - 1].pitch;
    pitches.push_back(std::max(semitones, -semitones));
    onsets.push_back(static_cast<double>((line[i].onset - line[i - 1].onset).ticks()));
    const Duration rest = std::max(line[i].onset - line[i - 1].end(), Duration(0));
    rests.push_back(static_cast<double>(rest.ticks()));
  }
  const auto by_pitch = boundary_strengths(pitches), by_onset = boundary_strengths(onsets),
             by_rest = boundary_strengths(rests);
  std::vector<double> strengths(pitches.size());
  for (std::size_t i = 0; i < strengths.size(); ++i)
    strengths[i] = 0.25 * by_pitch[i] + 0.5 * by_onset[i] + 0.25 * by_rest[i];
  return strengths;
}

bool is_peak(const std::vector<double>& strengths, std::size_t i) {
  return (i == 0 || strengths[i] >= strengths[i - 1]) &&
         (i + 1 == strengths.size() || strengths[i] > strengths[i + 1]);
}

/// A note of a bar, as far as repeats look at it.
struct BarNote {
  Duration into_bar;
  Duration duration;
  int pitch;
  friend auto operator<=>(const BarNote&, const BarNote&) = default;
};
struct BarPrint {
  Bar bar;
  std::vector<BarNote> notes;  ///< pitches absolute, from the first note, or all 0
};

std::vector<BarNote> notes_of_bar(std::span<const Note> notes, const MeterMap& meters, Bar bar) {
  const Tick onset = meters.onset_of(bar);
  std::vector<BarNote> found;
  for (const Note& note : notes_within(notes, {onset, meters.end_of(bar)}))
    found.push_back({note.onset - onset, note.duration, note.pitch.number()});
  return found;
}

/// Moves pitches so that equal prints mean a repeat of this kind.
std::vector<BarNote> normalised(std::vector<BarNote> notes, Repeat kind) {
  if (notes.empty() || kind == Repeat::Exact) return notes;
  const int first = notes.front().pitch;
  for (BarNote& note : notes) note.pitch = kind == Repeat::Rhythm ? 0 : note.pitch - first;
  std::ranges::sort(notes);
  return notes;
}

/// For each bar, the index of the first bar with an equal print.
std::vector<std::size_t> first_equals(const std::vector<BarPrint>& bars, Repeat kind) {
  std::vector<std::pair<std::vector<BarNote>, std::size_t>> prints;
  for (std::size_t i = 0; i < bars.size(); ++i)
    prints.emplace_back(normalised(bars[i].notes, kind), i);
  std::ranges::sort(prints);
  std::vector<std::size_t> first(bars.size());
  std::size_t leader = 0;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    if (i == 0 || prints[i].first != prints[i - 1].first) leader = prints[i].second;
    first[prints[i].second] = leader;
  }
  return first;
}

}  // namespace

std::vector<Note> melody_line(std::span<const Note> notes) {
  std::vector<Note> line;
  for (const Note& note : notes) {
    if (!line.empty() && line.back().onset == note.onset)
      line.back() = line.back().pitch < note.pitch ? note : line.back();
    else line.push_back(note);
  }
  return line;
}

IntervalShares interval_shares(std::span<const Note> line) {
  IntervalShares shares{};
  for (std::size_t i = 1; i < line.size(); ++i)
    shares[static_cast<std::size_t>(12 + std::clamp(line[i].pitch - line[i - 1].pitch, -12, 12))] +=
        1;
  for (double& share : shares) share /= line.size() > 1 ? static_cast<double>(line.size() - 1) : 1;
  return shares;
}

Polyphony polyphony_of(std::span<const Note> notes) {
  std::vector<std::pair<Tick, int>> edges;  // ends sort before onsets at a tick
  int onsets = 0, chords = 0;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    edges.emplace_back(notes[i].onset, 1);
    edges.emplace_back(notes[i].end(), -1);
    const bool first = i == 0 || notes[i - 1].onset != notes[i].onset;
    onsets += first;
    chords += first && i + 1 < notes.size() && notes[i + 1].onset == notes[i].onset;
  }
  std::ranges::sort(edges);
  Polyphony polyphony;
  double sounding = 0, summed = 0;
  Tick at;
  int now = 0;
  for (const auto& [tick, step] : edges) {
    const auto ticks = static_cast<double>((tick - at).ticks());
    sounding += now > 0 ? ticks : 0;
    summed += now * ticks;
    at = tick;
    now += step;
    polyphony.most = std::max(polyphony.most, now);
  }
  polyphony.mean = sounding > 0 ? summed / sounding : 0;
  polyphony.chord_share = onsets > 0 ? static_cast<double>(chords) / onsets : 0;
  return polyphony;
}

std::vector<LinePhrase> find_phrases(std::span<const Note> line, const PhraseOptions& options) {
  if (line.empty()) return {};
  const auto strengths = line_boundaries(line);
  const auto fewest = static_cast<std::size_t>(std::clamp(options.fewest_notes, 1, 64));
  std::vector<LinePhrase> phrases;
  std::size_t first = 0;
  for (std::size_t i = 0; i < strengths.size(); ++i) {
    const bool enough = i + 1 - first >= fewest && line.size() - (i + 1) >= fewest;
    if (!enough || strengths[i] < options.threshold || !is_peak(strengths, i)) continue;
    phrases.push_back({first, i + 1});
    first = i + 1;
  }
  phrases.push_back({first, line.size()});
  return phrases;
}

std::vector<BarRepeat> find_repeats(std::span<const Note> notes, const MeterMap& meters,
                                    BarRange bars) {
  bars = clipped(bars, meters);
  std::vector<BarPrint> prints;
  for (Bar bar = bars.first; bar < bars.end; bar = bar + 1)
    if (auto found = notes_of_bar(notes, meters, bar); !found.empty())
      prints.push_back({bar, std::move(found)});
  std::vector<std::optional<BarRepeat>> closest(prints.size());
  for (Repeat kind : {Repeat::Exact, Repeat::Transposed, Repeat::Rhythm}) {
    const auto first = first_equals(prints, kind);
    for (std::size_t i = 0; i < prints.size(); ++i) {
      if (closest[i] || first[i] == i) continue;
      const BarPrint& earlier = prints[first[i]];
      const int moved = prints[i].notes.front().pitch - earlier.notes.front().pitch;
      closest[i] =
          BarRepeat{prints[i].bar, earlier.bar, kind, kind == Repeat::Transposed ? moved : 0};
    }
  }
  std::vector<BarRepeat> repeats;
  for (const auto& repeat : closest)
    if (repeat) repeats.push_back(*repeat);
  return repeats;
}

double bar_likeness(std::span<const Note> notes, const MeterMap& meters, Bar a, Bar b) {
  const auto keys_of = [&](Bar bar) {
    std::vector<std::pair<Duration, int>> keys;
    for (const BarNote& note : notes_of_bar(notes, meters, bar))
      keys.emplace_back(note.into_bar, note.pitch);
    std::ranges::sort(keys);
    return keys;
  };
  const auto first = keys_of(a), second = keys_of(b);
  if (first.empty() && second.empty()) return 1;
  std::vector<std::pair<Duration, int>> common;
  std::ranges::set_intersection(first, second, std::back_inserter(common));
  const auto shared = static_cast<double>(common.size());
  return shared / (static_cast<double>(first.size() + second.size()) - shared);
}

}  // namespace toccata
