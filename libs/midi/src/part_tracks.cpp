// SPDX-License-Identifier: MIT
#include "part_tracks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace toccata::midi {
namespace {

std::uint8_t with_channel(std::uint8_t kind, int channel) {
  return static_cast<std::uint8_t>(kind | channel);
}

/// The bend that stands on each slot, as far as it has been written.
class BendWriter {
 public:
  explicit BendWriter(const Voices& voices) : voices_(voices), now_(voices.channels.size(), 0) {}

  void prepare(TrackBuilder& track, const SoundingNote& note) {
    if (!note.bend_from) return set(track, note, note.on, note.bend);
    for (const BendStep& step : bends_of(note)) set(track, note, note.on + step.after, step.bend);
  }

 private:
  void set(TrackBuilder& track, const SoundingNote& note, Tick at, int bend) {
    const auto slot = static_cast<std::size_t>(note.slot);
    if (now_[slot] == bend) return;
    now_[slot] = bend;
    track.bend(at, voices_.channels[slot], bend);
  }
  const Voices& voices_;
  std::vector<int> now_;
};

/// What one key of a tuning program sounds as.
struct Retuned {
  Cents detune;
  Tick sounding_until;
};

/// A single-note tuning change (MMA RP-020), in real time.
Bytes tuning_message(int program, int key, Cents detune) {
  constexpr double kUnits = 16384;  // to the semitone
  const double semitones = key + detune.value() / 100.0;
  auto units = static_cast<std::int64_t>(std::floor(semitones * kUnits + 0.5));
  units = std::clamp<std::int64_t>(units, 0, 128 * 16384 - 2);
  return {0x7F,
          0x7F,
          0x08,
          0x02,
          static_cast<std::uint8_t>(program),
          1,
          static_cast<std::uint8_t>(key),
          static_cast<std::uint8_t>(units >> 14),
          static_cast<std::uint8_t>(units >> 7 & 0x7F),
          static_cast<std::uint8_t>(units & 0x7F),
          0xF7};
}

}  // namespace

std::vector<BendStep> bends_of(const SoundingNote& note) {
  const Duration within = note.off - note.on - Duration(1);
  if (!note.bend_from || within < Duration(1)) return {{Duration(0), note.bend}};
  const Duration over = std::clamp(note.note->glide->over, Duration(1), within);
  return glide_steps(*note.bend_from, note.bend, over);
}

void add_note(TrackBuilder& track, const SoundingNote& note, int channel) {
  track.message(note.on, Rank::NoteOn, with_channel(status::kNoteOn, channel), note.pitch,
                note.velocity);
  track.message(note.off, Rank::NoteOff, with_channel(status::kNoteOff, channel), note.pitch,
                note.release);
}

void add_bent_notes(std::vector<TrackBuilder>& tracks, const Voices& voices) {
  BendWriter bends(voices);
  for (const SoundingNote& note : voices.notes) {
    bends.prepare(tracks[note.part], note);
    add_note(tracks[note.part], note, voices.channels[static_cast<std::size_t>(note.slot)]);
  }
}

Result<void, WriteError> add_retuned_notes(std::vector<TrackBuilder>& tracks, const Voices& voices,
                                           const Score& score) {
  std::array<Retuned, 128> keys{};
  const int channel = voices.channels.front();
  for (const SoundingNote& note : voices.notes) {
    Retuned& key = keys[note.pitch];
    if (key.detune != note.note->detune) {
      if (key.sounding_until > note.on)
        return Unexpected{
            WriteError{WriteError::Fault::TuningConflict, score.parts[note.part].name}};
      key.detune = note.note->detune;
      tracks[note.part].sysex(note.on, tuning_message(channel, note.pitch, key.detune));
    }
    key.sounding_until = std::max(key.sounding_until, note.off);
    add_note(tracks[note.part], note, channel);
  }
  return {};
}

}  // namespace toccata::midi
