// SPDX-License-Identifier: MIT
#include <toccata/learn/note_wise.hpp>

#include <algorithm>
#include <cstdlib>

namespace toccata::learn {
namespace {

struct Struck {
  Tick at;
  std::uint8_t velocity;
};

/// Adds a track's notes as they end; of notes of one key the first to begin is the first to end.
void add_notes(const midi::Track& track, std::int32_t file, std::vector<NoteRow>& rows) {
  std::array<std::vector<Struck>, std::size_t{16} * 128> held;
  for (const midi::Event& event : track.events()) {
    if (!event.is_channel_message()) continue;
    auto& key = held[static_cast<std::size_t>(event.channel()) * 128 + event.data1];
    if (event.is_note_on()) {
      key.push_back({event.at, event.data2});
    } else if (event.is_note_off() && !key.empty()) {
      const Struck struck = key.front();
      key.erase(key.begin());
      const std::int64_t duration = (event.at - struck.at).ticks();
      if (duration <= 0 || struck.velocity < kSoftestUsed) continue;
      NoteRow& row = rows.emplace_back();
      row.pitch = event.data1;
      row.velocity = struck.velocity;
      row.duration = static_cast<std::int32_t>(std::min<std::int64_t>(duration, INT32_MAX));
      row.file = file;
      row.onset = struck.at.ticks();
    }
  }
}

}  // namespace

std::array<float, 7> features_of(const NoteRow& row) {
  return {static_cast<float>(row.pitch),      static_cast<float>(row.pitch_interval),
          static_cast<float>(row.prev_pitch), static_cast<float>(row.next_pitch),
          static_cast<float>(row.seq_pos),    static_cast<float>(row.local_density),
          static_cast<float>(row.duration)};
}

void set_neighbours(std::span<NoteRow> rows) {
  constexpr std::size_t kReach = 6;
  const std::size_t count = rows.size();
  for (std::size_t i = 0; i < count; ++i) {
    NoteRow& row = rows[i];
    row.prev_pitch = rows[i == 0 ? 0 : i - 1].pitch;
    row.next_pitch = rows[i + 1 == count ? i : i + 1].pitch;
    row.pitch_interval = static_cast<std::uint8_t>(std::abs(row.pitch - row.prev_pitch));
    if (count > 1) row.seq_pos = static_cast<double>(i) / static_cast<double>(count - 1);
    const std::size_t first = i - std::min(i, kReach), last = std::min(i + kReach, count - 1);
    row.local_density = static_cast<std::uint8_t>(last - first + 1);
  }
}

std::vector<NoteRow> note_wise_rows(const midi::File& file, std::int32_t file_number) {
  std::vector<NoteRow> rows;
  for (const midi::Track& track : file.tracks) add_notes(track, file_number, rows);
  set_neighbours(rows);
  return rows;
}

}  // namespace toccata::learn
