// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/analysis/measures.hpp>
#include <toccata/analysis/phrases.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata {
namespace {

/// Hits among what counted; nothing when nothing did.
struct Tally {
  double hits = 0, counted = 0;
  void add(bool hit) {
    counted += 1;
    hits += hit;
  }
  std::optional<double> share() const {
    return counted > 0 ? std::optional(hits / counted) : std::nullopt;
  }
};

Histogram as_shares(Histogram counts) {
  double total = 0;
  for (double count : counts) total += count;
  for (double& count : counts) count = total > 0 ? count / total : 0;
  return counts;
}

/// Which sixteenths of a bar have an onset; an onset nearest the next bar line counts as its last.
std::vector<bool> onset_pattern(std::span<const Note> notes, const MeterMap& meters, Bar bar) {
  const Tick onset = meters.onset_of(bar);
  std::vector<bool> pattern(static_cast<std::size_t>(sixteenths_of(meters.meter_at(onset))));
  for (const Note& note : notes_within(notes, {onset, meters.end_of(bar)})) {
    const Rational sixteenth((note.onset - onset).ticks() * 4, meters.ppq().ticks());
    const auto at = static_cast<std::size_t>(sixteenth.nearest());
    pattern[std::min(at, pattern.size() - 1)] = true;
  }
  return pattern;
}

double likeness(const std::vector<bool>& a, const std::vector<bool>& b) {
  double differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differing += a[i] != b[i];
  return 1 - differing / static_cast<double>(a.size());
}

}  // namespace

std::optional<double> in_key_share(std::span<const Note> notes, const Key& key) {
  Tally tally;
  for (const Note& note : notes) tally.add(key.contains(note.pitch.pitch_class()));
  return tally.share();
}

std::optional<double> in_key_share(const Score& score) {
  Tally tally;
  for (const Part& part : score.parts) {
    if (part.instrument.is_drums) continue;
    for (const Note& note : part.notes)
      if (const KeyMark* mark = key_at(score, note.onset))
        tally.add(mark->key.contains(note.pitch.pitch_class()));
  }
  return tally.share();
}

std::optional<double> chord_tone_share(std::span<const Note> notes, const Score& score,
                                       double strong) {
  Tally tally;
  for (const Note& note : notes) {
    const ChordMark* mark = chord_at(score, note.onset);
    if (mark != nullptr && score.meter.weight_at(note.onset) >= strong)
      tally.add(mark->chord.contains(note.pitch.pitch_class()));
  }
  return tally.share();
}

std::optional<double> notes_per_bar(std::span<const Note> notes, const MeterMap& meters,
                                    BarRange bars) {
  bars = clipped(bars, meters);
  if (bars.size() == 0) return std::nullopt;
  return static_cast<double>(notes_within(notes, span_of(bars, meters)).size()) / bars.size();
}

std::optional<PitchRange> pitch_range(std::span<const Note> notes) {
  if (notes.empty()) return std::nullopt;
  const auto [lowest, highest] = std::ranges::minmax(notes, {}, &Note::pitch);
  return PitchRange{lowest.pitch, highest.pitch};
}

std::optional<double> pitch_class_entropy(std::span<const Note> notes) {
  if (notes.empty()) return std::nullopt;
  double bits = 0;
  for (double share : pitch_class_histogram(notes))
    if (share > 0) bits -= share * exact_log2(share);
  return std::max(bits, 0.0);
}

std::optional<double> groove_consistency(std::span<const Note> notes, const MeterMap& meters,
                                         BarRange bars) {
  bars = clipped(bars, meters);
  double sum = 0;
  int pairs = 0;
  std::vector<bool> before;
  for (Bar bar = bars.first; bar < bars.end; bar = bar + 1) {
    auto pattern = onset_pattern(notes, meters, bar);
    if (bar > bars.first && meters.meter_of(bar) == meters.meter_of(bar + -1)) {
      sum += likeness(before, pattern);
      ++pairs;
    }
    before = std::move(pattern);
  }
  return pairs > 0 ? std::optional(sum / pairs) : std::nullopt;
}

std::optional<double> syncopation_share(std::span<const Note> line, const MeterMap& meters) {
  Tally tally;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i].onset == line[i + 1].onset) continue;
    const double weight = meters.weight_at(line[i].onset);
    // A stronger position lies on the grid of eighths of a quarter, or it is not stronger.
    const Duration step = std::max(meters.ppq().nearest(Rational(1, 8)), Duration(1));
    const Bar bar = meters.bar_at(line[i].onset);
    const Tick bar_line = meters.onset_of(bar);
    Tick at = bar_line + step * ((line[i].onset - bar_line) / step + 1);
    bool is_passed = false;
    for (; !is_passed && at < std::min(line[i + 1].onset, meters.end_of(bar)); at += step)
      is_passed = meters.weight_at(at) > weight;
    tally.add(is_passed || (weight < 1 && line[i + 1].onset > meters.end_of(bar)));
  }
  return tally.share();
}

std::optional<double> silence_share(std::span<const Note> notes, const MeterMap& meters,
                                    BarRange bars) {
  const Span span = span_of(clipped(bars, meters), meters);
  if (span.duration() <= Duration(0)) return std::nullopt;
  Duration sounding;
  Tick covered = span.onset;
  for (const Note& note : notes) {
    const Tick from = std::max(note.onset, covered), to = std::min(note.end(), span.end);
    if (to <= from) continue;
    sounding += to - from;
    covered = to;
  }
  return 1 - static_cast<double>(sounding.ticks()) / static_cast<double>(span.duration().ticks());
}

Histogram pitch_class_histogram(std::span<const Note> notes) {
  Histogram counts(12);
  for (const Note& note : notes)
    counts[static_cast<std::size_t>(note.pitch.pitch_class().number())] += 1;
  return as_shares(std::move(counts));
}

Histogram note_value_histogram(std::span<const Note> notes, Ppq ppq) {
  // A value reaches up to sqrt(2) times its length: squares are compared.
  Histogram counts(6);
  const double quarter = ppq.ticks();
  for (const Note& note : notes) {
    const double quarters = static_cast<double>(note.duration.ticks()) / quarter;
    std::size_t entry = 0;
    for (double value = 0.125; entry < 5 && quarters * quarters >= 2 * value * value; value *= 2)
      ++entry;
    counts[entry] += 1;
  }
  return as_shares(std::move(counts));
}

Histogram step_value_histogram(std::span<const Note> line, Ppq ppq) {
  std::vector<Note> steps;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i].onset == line[i + 1].onset) continue;
    steps.push_back(line[i]);
    steps.back().duration = line[i + 1].onset - line[i].onset;
  }
  return note_value_histogram(steps, ppq);
}

Histogram interval_histogram(std::span<const Note> line) {
  const IntervalShares shares = interval_shares(line);
  return {shares.begin(), shares.end()};
}

Histogram onset_histogram(std::span<const Note> notes, const MeterMap& meters, const Meter& meter) {
  return onset_grid(notes, meters, meter).shares;
}

double overlapped_area(const Histogram& a, const Histogram& b) {
  if (a.size() != b.size()) return 0;
  double area = 0;
  for (std::size_t i = 0; i < a.size(); ++i) area += std::min(a[i], b[i]);
  return area;
}

}  // namespace toccata
