// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <optional>

#include <toccata/learn/note_context.hpp>
#include <toccata/timeline/meter.hpp>

namespace toccata::learn {
namespace {

/// The file's meters; none where it states none or has no ticks a quarter.
std::optional<MeterMap> find_meters(const midi::File& file) {
  if (file.division.is_smpte()) return std::nullopt;
  std::vector<MeterChange> changes;
  for (const midi::Track& track : file.tracks)
    for (const midi::Event& event : track.events()) {
      if (!event.is_meta(midi::meta::kMeter)) continue;
      const ByteView bytes = track.payload(event);
      if (bytes.size() < 2 || bytes[1] > 7) continue;
      if (const auto meter = Meter::make(bytes[0], 1 << bytes[1]))
        changes.push_back({event.at, *meter});
    }
  if (changes.empty()) return std::nullopt;
  std::ranges::stable_sort(changes, {}, &MeterChange::at);
  return MeterMap(file.division.ppq(), std::move(changes));
}

/// Whether onsets lie near sixteenths more often than one in two. By chance it is one in three, as
/// a 24th of a quarter on both sides of each counts as near.
bool keeps_to_grid(std::span<const NoteRow> rows, Ppq ppq) {
  constexpr double kSixteenths = 4, kNear = kSixteenths / 24;
  const auto near = std::ranges::count_if(rows, [&](const NoteRow& row) {
    const double place = static_cast<double>(row.onset) * kSixteenths / ppq.ticks();
    return std::abs(place - std::round(place)) <= kNear;
  });
  return 2 * near > static_cast<std::ptrdiff_t>(rows.size());
}

/// Deviation over mean of the steps between onsets, which are in order and differ; NaN for fewer
/// than three steps.
float unevenness_of(std::span<const std::int64_t> onsets) {
  if (onsets.size() < 4) return kUnknown;
  const auto steps = static_cast<double>(onsets.size() - 1);
  const double mean = static_cast<double>(onsets.back() - onsets.front()) / steps;
  double squares = 0;
  for (std::size_t i = 1; i < onsets.size(); ++i) {
    const double off = static_cast<double>(onsets[i] - onsets[i - 1]) - mean;
    squares += off * off;
  }
  return static_cast<float>(std::sqrt(squares / steps) / mean);
}

}  // namespace

std::vector<NoteContext> note_contexts(const midi::File& file, std::span<const NoteRow> rows) {
  constexpr std::ptrdiff_t kReach = 6;
  std::vector<NoteContext> contexts(rows.size());
  std::vector<std::int64_t> onsets;
  for (const NoteRow& row : rows) onsets.push_back(row.onset);
  std::ranges::sort(onsets);
  onsets.erase(std::unique(onsets.begin(), onsets.end()), onsets.end());
  auto meters = find_meters(file);
  if (meters && !keeps_to_grid(rows, meters->ppq())) meters.reset();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) contexts[i].previous_velocity = rows[i - 1].velocity;
    if (meters)
      contexts[i].beat_weight = static_cast<float>(meters->weight_at(Tick(rows[i].onset)));
    const auto place = std::ranges::lower_bound(onsets, rows[i].onset);
    const auto before = std::min(kReach, place - onsets.begin());
    const auto after = std::min(kReach + 1, onsets.end() - place);
    contexts[i].unevenness = unevenness_of(std::span(place - before, place + after));
  }
  return contexts;
}

}  // namespace toccata::learn
