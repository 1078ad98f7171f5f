// SPDX-License-Identifier: MIT
#include "conductor.hpp"

#include <algorithm>
#include <bit>

#include <toccata/midi/export.hpp>

namespace toccata::midi {
namespace {

constexpr int kClocksPerWhole = 96;  // MIDI clocks: 24 to the quarter

void add_tempi(TrackBuilder& track, const TempoMap& tempo) {
  const auto changes = tempo.changes();
  if (changes.empty() || changes.front().at > Tick(0))
    track.meta(Tick(0), Rank::Control, meta::kTempo, tempo_payload(kDefaultTempo));
  for (const TempoChange& change : changes)
    track.meta(change.at, Rank::Control, meta::kTempo, tempo_payload(change.tempo));
}

void add_meters(TrackBuilder& track, const MeterMap& meter) {
  const auto changes = meter.changes();
  if (changes.empty() || changes.front().at > Tick(0))
    track.meta(Tick(0), Rank::Program, meta::kMeter, meter_payload(kCommonTime));
  for (const MeterChange& change : changes)
    track.meta(change.at, Rank::Program, meta::kMeter, meter_payload(change.meter));
}

/// Naming a chord is a search; a piece has many marks of few chords.
class ChordNames {
 public:
  const std::string& operator()(const Chord& chord) {
    for (const auto& [known, name] : names_)
      if (*known == chord) return name;
    names_.emplace_back(&chord, to_string(chord));
    return names_.back().second;
  }

 private:
  std::vector<std::pair<const Chord*, std::string>> names_;
};

void add_marks(TrackBuilder& track, const Score& score) {
  for (const KeyMark& mark : score.keys) {
    track.meta(mark.at, Rank::Program, meta::kKey, key_payload(mark.key));
    if (const std::string text = key_text(mark); !text.empty())
      track.text(mark.at, Rank::Program, meta::kText, text);
  }
  for (const Section& section : score.sections)
    track.text(section.at, Rank::Control, meta::kMarker, section.label);
  ChordNames names;
  for (const ChordMark& mark : score.chords)
    track.text(mark.at, Rank::Control, meta::kText, std::string(kChordPrefix) + names(mark.chord));
}

}  // namespace

Bytes tempo_payload(Tempo tempo) {
  const std::int32_t micros = tempo.micros_per_quarter();
  return {static_cast<std::uint8_t>(micros >> 16), static_cast<std::uint8_t>(micros >> 8 & 0xFF),
          static_cast<std::uint8_t>(micros & 0xFF)};
}

Bytes meter_payload(const Meter& meter) {
  const auto unit = static_cast<unsigned>(meter.unit());
  const int clocks = meter.pulses_of_beat(0) * kClocksPerWhole / meter.unit();
  return {static_cast<std::uint8_t>(meter.pulses()),
          static_cast<std::uint8_t>(std::countr_zero(unit)),
          static_cast<std::uint8_t>(std::clamp(clocks, 1, 255)), 8};
}

Bytes key_payload(const Key& key) {
  const int fifths = std::clamp(key.fifths(), -7, 7);
  return {static_cast<std::uint8_t>(static_cast<std::int8_t>(fifths)),
          static_cast<std::uint8_t>(key.scale.is_minor() ? 1 : 0)};
}

std::string key_text(const KeyMark& mark) {
  const std::string_view scale = mark.key.scale.id();
  if (mark.maqam.empty() && (scale == "major" || scale == "minor")) return {};
  std::string text = std::string(kKeyPrefix) + to_string(mark.key);
  if (!mark.maqam.empty()) text += "; maqam " + mark.maqam;
  return text;
}

void add_conductor(TrackBuilder& track, const Score& score, const Performance& performance) {
  if (!score.title.empty()) track.text(Tick(0), Rank::Name, meta::kTrackName, score.title);
  for (const Provenance& provenance : score.provenance)
    track.text(Tick(0), Rank::Text, meta::kText, to_text(provenance));
  add_meters(track, score.meter);
  add_tempi(track, performance.tempo);
  add_marks(track, score);
}

}  // namespace toccata::midi
