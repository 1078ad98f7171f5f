// SPDX-License-Identifier: MIT
#include "same_music.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <toccata/base/rng.hpp>
#include <toccata/perform/targets.hpp>
#include <toccata/timeline/meter_cursor.hpp>

namespace toccata {
namespace {

/// How far the same music goes: chords or notes of a line from an element on. With two or six
/// chords instead of three, the same notes brought an eighth less on the validation pieces.
constexpr std::size_t kNotes = 3, kShape = 3, kRhythm = 4;

/// The music from an element on, as numbers that are equal where it is the same.
class Sameness {
 public:
  explicit Sameness(const PlayingOrder& order) : order_(order), meter_(order.score().meter) {}

  /// One number for each kind.
  std::vector<std::uint64_t> of_chord(std::size_t chord) {
    go(chord);
    return {notes_, shape_of_top(chord), rhythm_of_chords(chord), place()};
  }
  std::vector<std::uint64_t> of_note(std::size_t note) {
    go(order_.notes()[note].chord);
    return {note_in_chord(note), shape_of_line(note), rhythm_of_line(note), place_of_line(note),
            length(note)};
  }

 private:
  const PlacedNote& at(std::size_t note) const { return order_.notes()[note]; }
  std::int64_t pitch(std::size_t note) const { return at(note).note->pitch.number(); }
  std::int64_t ticks(std::size_t note) const { return at(note).note->duration.ticks(); }
  std::size_t end(std::size_t chord, std::size_t reach) const {
    return std::min(order_.chords().size(), chord + reach);
  }

  /// What the notes of a chord have in common is found once.
  void go(std::size_t chord) {
    if (chord_ == chord) return;
    chord_ = chord;
    meter_.go(order_.chords()[chord].onset);
    bar_beat_ = meter_.bar_beat();
    notes_ = notes(chord);
  }

  void put_wait(std::size_t chord) {
    const auto chords = order_.chords();
    const bool is_last = chord + 1 >= chords.size();
    said_.push_back(is_last ? -1 : (chords[chord + 1].onset - chords[chord].onset).ticks());
  }
  void put_place() { said_.insert(said_.end(), {bar_beat_.beat, bar_beat_.into_beat.ticks()}); }
  /// The lengths of notes of a line and the times between them, with the steps or without.
  void put_line(std::size_t note, std::size_t reach, bool with_steps) {
    said_.push_back(ticks(note));
    for (std::size_t i = 0; i < reach && at(note).next != note; ++i) {
      const std::size_t next = at(note).next;
      if (with_steps) said_.push_back(pitch(next) - pitch(note));
      said_.insert(said_.end(),
                   {(at(next).note->onset - at(note).note->onset).ticks(), ticks(next)});
      note = next;
    }
  }
  std::uint64_t take() {
    const std::uint64_t hash = file_hash(
        {reinterpret_cast<const char*>(said_.data()), said_.size() * sizeof(said_.front())});
    said_.clear();
    return hash;
  }

  std::uint64_t notes(std::size_t chord) {
    for (std::size_t c = chord; c < end(chord, kNotes); ++c) {
      const PlacedChord& here = order_.chords()[c];
      said_.push_back(here.size());
      for (std::size_t note = here.first; note < here.end; ++note) said_.push_back(pitch(note));
      put_wait(c);
    }
    return take();
  }
  std::uint64_t shape_of_top(std::size_t chord) {
    for (std::size_t c = chord; c < end(chord, kShape); ++c) {
      if (c + 1 < order_.chords().size())
        said_.push_back(pitch(place_of_chord(order_, c + 1)) - pitch(place_of_chord(order_, c)));
      put_wait(c);
    }
    return take();
  }
  std::uint64_t rhythm_of_chords(std::size_t chord) {
    put_place();
    for (std::size_t c = chord; c < end(chord, kRhythm); ++c) put_wait(c);
    return take();
  }
  std::uint64_t place() {
    put_place();
    return take();
  }

  std::uint64_t note_in_chord(std::size_t note) {
    said_.insert(said_.end(), {static_cast<std::int64_t>(notes_), pitch(note), ticks(note)});
    return take();
  }
  std::uint64_t shape_of_line(std::size_t note) {
    put_line(note, kShape, true);
    return take();
  }
  std::uint64_t rhythm_of_line(std::size_t note) {
    put_place();
    put_line(note, kRhythm, false);
    return take();
  }
  std::uint64_t place_of_line(std::size_t note) {
    put_place();
    said_.insert(said_.end(), {at(note).line, ticks(note)});
    return take();
  }
  std::uint64_t length(std::size_t note) {
    said_.insert(said_.end(), {at(note).line, ticks(note)});
    return take();
  }

  const PlayingOrder& order_;
  MeterCursor meter_;
  std::optional<std::size_t> chord_;
  BarBeat bar_beat_{};
  std::uint64_t notes_ = 0;
  std::vector<std::int64_t> said_;
};

}  // namespace

const std::vector<const char*>& kinds_of_sameness(Elements elements) {
  static const std::vector kOfChords{"notes", "shape", "rhythm", "place"};
  static const std::vector kOfNotes{"notes", "shape", "rhythm", "place", "length"};
  return elements == Elements::Notes ? kOfNotes : kOfChords;
}

std::vector<std::vector<std::uint32_t>> same_music(const PlayingOrder& order, Elements elements,
                                                   std::span<const std::size_t> places) {
  const std::size_t kinds = kinds_of_sameness(elements).size();
  Sameness sameness(order);
  std::vector<std::unordered_map<std::uint64_t, std::uint32_t>> groups(kinds);
  std::vector<std::vector<std::uint32_t>> numbers(kinds);
  for (auto& of_kind : numbers) of_kind.reserve(places.size());
  for (const std::size_t place : places) {
    const auto music = elements == Elements::Notes ? sameness.of_note(place)
                                                   : sameness.of_chord(order.notes()[place].chord);
    for (std::size_t k = 0; k < kinds; ++k) {
      const auto number = static_cast<std::uint32_t>(groups[k].size());
      numbers[k].push_back(groups[k].try_emplace(music[k], number).first->second);
    }
  }
  return numbers;
}

}  // namespace toccata
