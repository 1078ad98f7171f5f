// SPDX-License-Identifier: MIT
#include "cuts.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace toccata::cli {
namespace {

midi::File with_header_of(const midi::File& file) {
  midi::File made = file;
  made.tracks.clear();
  return made;
}

/// Notes that sound, by channel and key: how often each was struck.
using Sounding = std::array<std::array<int, 128>, 16>;

/// An event with all that it holds, but for where its payload lies.
using Shown = std::tuple<std::int64_t, int, int, int, Bytes>;

/// How the text begins that tells what wrote the notes.
constexpr std::string_view kProvenance = "toccata {";

std::vector<Shown> shown(const midi::Track& track) {
  std::vector<Shown> events;
  for (const midi::Event& event : track.events()) {
    const ByteView payload = track.payload(event);
    events.emplace_back(event.at.ticks(), event.status, event.data1, event.data2,
                        Bytes(payload.begin(), payload.end()));
  }
  return events;
}

/// A bit for each channel that the file has a message on.
unsigned channels_of(const midi::File& file) {
  unsigned channels = 0;
  for (const midi::Track& track : file.tracks)
    for (const midi::Event& event : track.events())
      if (event.is_channel_message()) channels |= 1U << event.channel();
  return channels;
}

/// Whether events may be added: within a span on some channels, and where it ends the ends of notes
/// that were added there.
class Additions {
 public:
  /// `channels`: a bit for each that may gain messages.
  Additions(Span span, unsigned channels) : span_(span), channels_(channels) {}

  bool may_hold(const Shown& shown) {
    const auto& [at, status, data1, data2, payload] = shown;
    const midi::Event event{Tick(at), 0, static_cast<std::uint8_t>(status),
                            static_cast<std::uint8_t>(data1), static_cast<std::uint8_t>(data2)};
    const bool is_within = span_.onset <= event.at && event.at < span_.end;
    if (event.is_meta(midi::meta::kText))
      return is_within && as_text(payload).starts_with(kProvenance);
    if (!event.is_channel_message() || (channels_ >> event.channel() & 1) == 0) return false;
    int& sounding = sounding_[static_cast<std::size_t>(event.channel())][event.data1];
    if (event.is_note_off()) return event.at <= span_.end && sounding-- > 0;
    if (event.is_note_on() && is_within) ++sounding;
    return is_within;
  }

 private:
  Span span_;
  unsigned channels_;
  Sounding sounding_{};  ///< of the notes added
};

/// True when the events of `after` are those of `before` in order, and some that may be added.
bool only_adds(const midi::Track& before, const midi::Track& after, Additions additions) {
  const auto kept = shown(before);
  auto next = kept.begin();
  for (const Shown& event : shown(after)) {
    if (next != kept.end() && *next == event) ++next;
    else if (!additions.may_hold(event)) return false;
  }
  return next == kept.end();
}

/// Onset, duration, pitch and tuning of the notes that begin outside the span, over all parts.
std::vector<std::tuple<Tick, Duration, int, double>> tuned_notes(const midi::File& file,
                                                                 Span span) {
  std::vector<std::tuple<Tick, Duration, int, double>> notes;
  for (const Part& part : midi::to_score(file).score.parts)
    for (const Note& note : part.notes)
      if (note.onset < span.onset || note.onset >= span.end)
        notes.emplace_back(note.onset, note.duration, note.pitch.number(), note.detune.value());
  std::ranges::sort(notes);
  return notes;
}

}  // namespace

midi::File without_notes(const midi::File& file, const midi::Import& content,
                         std::span<const Note> notes) {
  std::vector<std::vector<bool>> hidden;
  for (const midi::Track& track : file.tracks) hidden.emplace_back(track.events().size());
  for (const Note& note : notes) {
    const midi::NoteLink& link = content.links.notes[note.id.number() - 1];
    hidden[link.track][link.on] = true;
    if (link.off) hidden[link.track][*link.off] = true;
  }
  midi::File made = with_header_of(file);
  for (std::size_t t = 0; t < file.tracks.size(); ++t) {
    midi::Track track;
    const auto events = file.tracks[t].events();
    for (std::size_t i = 0; i < events.size(); ++i)
      if (!hidden[t][i]) track.add_copy(events[i], file.tracks[t]);
    track.set_end(file.tracks[t].end());
    made.tracks.push_back(std::move(track));
  }
  return made;
}

midi::File hidden_from(const midi::File& file, Tick end) {
  midi::File made = with_header_of(file);
  for (const midi::Track& whole : file.tracks) {
    midi::Track track;
    Sounding sounding{};
    for (const midi::Event& event : whole.events()) {
      if (event.at >= end) break;
      track.add_copy(event, whole);
      if (!event.is_channel_message()) continue;
      int& count = sounding[static_cast<std::size_t>(event.channel())][event.data1];
      if (event.is_note_on()) ++count;
      else if (event.is_note_off() && count > 0) --count;
    }
    for (std::uint8_t channel = 0; channel < 16; ++channel)
      for (std::uint8_t key = 0; key < 128; ++key)
        for (int count = sounding[channel][key]; count > 0; --count)
          track.add(end, midi::status::kNoteOff | channel, key, 64);
    track.set_end(std::max(std::min(whole.end(), end), track.end()));
    made.tracks.push_back(std::move(track));
  }
  return made;
}

bool is_same_outside(const midi::File& before, const midi::File& after, Span span,
                     std::optional<FilePlace> place) {
  if (before.format != after.format || before.division != after.division ||
      before.tracks.size() != after.tracks.size())
    return false;
  const unsigned unused = ~channels_of(before);  // tuned notes may need one to themselves
  const unsigned channels = place ? 1U << place->channel.number() | unused : ~0U;
  for (std::size_t t = 0; t < before.tracks.size(); ++t) {
    const bool is_edited = !place || place->track == static_cast<int>(t);
    if (!only_adds(before.tracks[t], after.tracks[t], {span, is_edited ? channels : 0U}))
      return false;
  }
  return tuned_notes(before, span) == tuned_notes(after, span);
}

}  // namespace toccata::cli
