// SPDX-License-Identifier: MIT
// Songs of POP909: MIDI with beats, keys and chords in seconds.
#include "labelled_pieces.hpp"

#include <algorithm>
#include <array>

#include <toccata/base/file.hpp>
#include <toccata/midi/read.hpp>

namespace toccata::corpus {
namespace {

using detail::lines_of;
using detail::split;

/// Seconds to ticks, one quarter from each annotated beat to the next.
class BeatClock {
 public:
  explicit BeatClock(const std::filesystem::path& path) {
    for (const std::string& line : lines_of(path)) {
      const auto fields = split(line, ' ');
      if (fields.size() < 3) continue;
      if (std::atof(fields[2].c_str()) == 1.0)
        bar_lines_.push_back({Tick(0) + beat_count() * kComposedPpq.quarter(), kCommonTime});
      beats_.push_back(std::atof(fields[0].c_str()));
    }
  }
  bool is_usable() const { return beats_.size() > 8 && !bar_lines_.empty(); }
  const std::vector<MeterChange>& bar_lines() const { return bar_lines_; }
  /// Times before the first beat are 0; after the last one the last beat's length goes on.
  Tick at(double seconds) const {
    const auto after = std::ranges::upper_bound(beats_, seconds);
    if (after == beats_.begin()) return Tick(0);
    const auto beat = std::min<std::ptrdiff_t>(after - beats_.begin() - 1, beat_count() - 2);
    const auto i = static_cast<std::size_t>(beat);
    const double place = static_cast<double>(beat) +
                         (seconds - beats_[i]) / std::max(beats_[i + 1] - beats_[i], 1e-3);
    return Tick(static_cast<std::int64_t>(place * kComposedPpq.ticks() + 0.5));
  }

 private:
  std::ptrdiff_t beat_count() const { return static_cast<std::ptrdiff_t>(beats_.size()); }
  std::vector<double> beats_;
  std::vector<MeterChange> bar_lines_;
};

TempoMap tempo_of(const midi::File& file) {
  std::vector<TempoChange> changes;
  for (const midi::Track& track : file.tracks)
    for (const midi::Event& event : track.events())
      if (event.is_meta(midi::meta::kTempo))
        if (const auto tempo = midi::find_tempo(track.payload(event)))
          changes.push_back({event.at, *tempo});
  return {file.division.ppq(), std::move(changes)};
}

void read_track(const midi::Track& track, const TempoMap& tempo, const BeatClock& clock,
                std::vector<Note>& notes) {
  std::array<std::optional<Tick>, 128> open;
  for (const midi::Event& event : track.events()) {
    if (!event.is_channel_message()) continue;
    auto& onset = open[event.data1 & 127];
    if (event.is_note_on() && !onset) {
      onset = event.at;
    } else if (event.is_note_off() && onset) {
      const Tick from = clock.at(tempo.seconds_at(*onset).value());
      const Tick to = clock.at(tempo.seconds_at(event.at).value());
      if (to > from)
        notes.push_back({{}, from, to - from, *Pitch::from_number(event.data1), {}, {}, {}, {}});
      onset.reset();
    }
  }
}

std::optional<Quality> quality_of(const std::string& harte) {
  const std::string kind = harte.substr(0, harte.find('/'));
  if (kind.starts_with("maj") || kind == "7" || kind == "9") return Quality::Major;
  if (kind.starts_with("min")) return Quality::Minor;
  if (kind.starts_with("dim") || kind == "hdim7") return Quality::Diminished;
  if (kind.starts_with("aug")) return Quality::Augmented;
  if (kind.starts_with("sus")) return Quality::Suspended;
  return std::nullopt;
}

void read_chords(const std::filesystem::path& path, const BeatClock& clock, Piece& piece) {
  for (const std::string& line : lines_of(path)) {
    const auto fields = split(line, '\t');
    if (fields.size() < 3) continue;
    const auto colon = fields[2].find(':');
    const auto root = detail::parse_pitch_class(fields[2]);
    if (colon == std::string::npos || !root) continue;
    if (const auto quality = quality_of(fields[2].substr(colon + 1)))
      piece.chords.push_back(
          {{clock.at(std::atof(fields[0].c_str())), clock.at(std::atof(fields[1].c_str()))},
           {*root, *quality}});
  }
}

void read_key(const std::filesystem::path& path, Piece& piece) {
  const auto lines = lines_of(path);
  if (lines.size() != 1) return;
  const auto fields = split(lines[0], '\t');
  if (fields.size() < 3) return;
  if (const auto tonic = detail::parse_pitch_class(fields[2]))
    piece.key = PlainKey{*tonic, fields[2].ends_with(":min")};
}

}  // namespace

std::vector<Piece> read_pop909(const std::filesystem::path& data) {
  std::vector<Piece> pieces;
  for (const auto& path : detail::files_of(data / "pop909", ".mid")) {
    const auto content = read_file(path);
    if (!content) continue;
    const auto read = midi::read_midi(*content);
    if (!read) continue;
    const auto folder = path.parent_path();
    const BeatClock clock(folder / "beat_midi.txt");
    if (!clock.is_usable()) continue;
    Piece piece;
    piece.name = path.stem().string();
    std::vector<Note> notes;
    const TempoMap tempo = tempo_of(read->file);
    for (const midi::Track& track : read->file.tracks) read_track(track, tempo, clock, notes);
    piece.score = detail::make_score(kComposedPpq, std::move(notes), clock.bar_lines());
    read_chords(folder / "chord_midi.txt", clock, piece);
    read_key(folder / "key_audio.txt", piece);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace toccata::corpus
