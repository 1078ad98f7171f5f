// SPDX-License-Identifier: MIT
#include <toccata/perform/phrases.hpp>

#include <algorithm>

namespace toccata {
namespace {

constexpr int kShortestBars = 2, kLongestBars = 8, kUsualBars = 4;

/// The median time from one onset of a melody to the next.
Duration usual_step(const std::vector<Note>& notes, Duration otherwise) {
  std::vector<Duration> steps;
  for (std::size_t i = 1; i < notes.size(); ++i)
    if (notes[i].onset > notes[i - 1].onset) steps.push_back(notes[i].onset - notes[i - 1].onset);
  if (steps.empty()) return otherwise;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

/// Onsets of a melody before which it rests or after a long note.
std::vector<Tick> find_breaths(const Score& score) {
  std::vector<Tick> breaths;
  const auto melody = find_melody(score);
  if (!melody) return breaths;
  const auto& notes = find_part(score, *melody)->notes;
  const Duration quarter = score.ppq().quarter();
  const Duration step = usual_step(notes, quarter);
  Tick sounding_until;
  for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
    sounding_until = std::max(sounding_until, notes[i].end());
    const Duration wait = notes[i + 1].onset - notes[i].onset;
    const bool rests = notes[i + 1].onset - sounding_until >= quarter;
    const bool was_long = wait >= 3 * step && wait >= 2 * quarter;
    if (rests || was_long) breaths.push_back(notes[i + 1].onset);
  }
  return breaths;
}

/// Adds a phrase, cut into pieces of usual length where it is too long.
void add_phrase(std::vector<Phrase>& phrases, const MeterMap& meter, Tick onset, Tick end) {
  for (;;) {
    const Bar first = meter.bar_at(onset);
    if (meter.bar_at(end - Duration(1)) - first < kLongestBars) break;
    const Tick cut = meter.onset_of(first + kUsualBars);
    phrases.push_back({onset, cut});
    onset = cut;
  }
  phrases.push_back({onset, end});
}

}  // namespace

std::vector<Phrase> find_phrases(const Score& score) {
  const MeterMap& meter = score.meter;
  Tick end = std::max(score.end, Tick(1));
  for (const Part& part : score.parts)
    if (!part.notes.empty()) end = std::max(end, part.notes.back().onset + Duration(1));
  // A section's begin divides always, a breath only where a phrase has had its time.
  std::vector<std::pair<Tick, bool>> cuts;
  for (const Section& section : score.sections) cuts.emplace_back(section.at, true);
  for (const Tick breath : find_breaths(score)) cuts.emplace_back(breath, false);
  std::ranges::stable_sort(cuts, {}, &std::pair<Tick, bool>::first);
  std::vector<Phrase> phrases;
  Tick onset;
  for (const auto& [cut, must] : cuts) {
    if (cut <= onset || cut >= end) continue;
    const Tick earliest = onset + meter.meter_at(onset).bar(score.ppq()) * (kShortestBars - 1);
    if (!must && cut <= earliest) continue;
    add_phrase(phrases, meter, onset, cut);
    onset = cut;
  }
  add_phrase(phrases, meter, onset, end);
  return phrases;
}

const Phrase& phrase_at(const std::vector<Phrase>& phrases, Tick at) {
  const auto after = std::ranges::upper_bound(phrases, at, {}, &Phrase::onset);
  return after == phrases.begin() ? phrases.front() : *(after - 1);
}

}  // namespace toccata
