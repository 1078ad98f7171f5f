// SPDX-License-Identifier: MIT
// Laws of MIDI files made from drawn scores.
#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include <doctest/doctest.h>
#include <toccata/midi/read.hpp>
#include <toccata/midi/update.hpp>
#include <toccata/midi/write.hpp>

#include "random_score.hpp"

using namespace toccata;

namespace {

constexpr std::uint64_t kSeeds = 400;

/// A note as it is heard.
struct Heard {
  Tick on;
  int pitch;
  double detune;
  friend auto operator<=>(const Heard&, const Heard&) = default;
};

std::vector<Heard> heard_notes(const Score& score, const Performance& performance) {
  std::vector<Heard> heard;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      const PlayedNote* played = find_played(performance, note.id);
      const Duration shift = played != nullptr ? played->shift : Duration(0);
      const double detune = part.instrument.is_drums ? 0 : note.detune.value();
      heard.push_back({std::max(note.onset + shift, Tick(0)), note.pitch.number(), detune});
    }
  std::ranges::sort(heard);
  return heard;
}

/// The same notes at the same ticks, tuned within a cent.
void check_alike(const std::vector<Heard>& a, const std::vector<Heard>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].on == b[i].on);
    CHECK(a[i].pitch == b[i].pitch);
    CHECK(std::fabs(a[i].detune - b[i].detune) < 1);
  }
}

/// Counts the bends that change while more than one note sounds on their channel.
int shared_bends(const midi::File& file) {
  std::vector<midi::Event> events;
  for (const midi::Track& track : file.tracks)
    events.insert(events.end(), track.events().begin(), track.events().end());
  std::ranges::stable_sort(events, {}, &midi::Event::at);
  std::array<int, 16> sounding{};
  int shared = 0;
  for (const midi::Event& event : events) {
    if (!event.is_channel_message()) continue;
    int& here = sounding[static_cast<std::size_t>(event.channel())];
    if (event.is_note_on()) ++here;
    if (event.is_note_off()) --here;
    if (event.kind() == midi::status::kPitchBend && here > 1) ++shared;
  }
  return shared;
}

}  // namespace

TEST_CASE("from_score: what is written is read back, heard alike, and no bend touches two notes") {
  int written = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    const Score score = property::random_score(rng);
    const Performance performance = property::random_performance(score, rng);
    const auto file = midi::from_score(score, performance);
    if (!file) continue;
    ++written;
    const auto again = midi::read_midi(midi::write_midi(*file));
    REQUIRE(again);
    REQUIRE(again->file == *file);
    CHECK(shared_bends(*file) == 0);
    const midi::Import back = midi::to_score(*file);
    CHECK_FALSE(validate(back.score));
    check_alike(heard_notes(score, performance), heard_notes(back.score, back.performance));
  }
  CHECK(written > static_cast<int>(kSeeds) / 2);
}

TEST_CASE("update: notes outside the edited stretch keep their events, new ones are heard") {
  int edited = 0;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    const Score score = property::random_score(rng);
    const auto file = midi::from_score(score, property::random_performance(score, rng));
    if (!file) continue;
    const midi::Import before = midi::to_score(*file);
    const auto same = midi::update(*file, before, before.score, before.performance);
    REQUIRE(same);
    REQUIRE(*same == *file);
    if (before.score.parts.empty()) continue;
    Score after = before.score;
    Part& part = after.parts[rng.below(after.parts.size())];
    const Tick from = after.meter.onset_of(Bar(1)), to = after.meter.onset_of(Bar(3));
    std::erase_if(part.notes, [&](const Note& n) { return n.onset >= from && n.onset < to; });
    std::uint32_t id = last_note_id(before.score).number();
    for (int i = 0; i < 6; ++i) {
      Note note;
      note.id = NoteId(++id);
      note.onset = from + Duration(rng.between(0, static_cast<int>((to - from).ticks()) - 1));
      note.duration = after.ppq().quarter();
      note.pitch = *Pitch::from_number(rng.between(40, 80));
      if (!part.instrument.is_drums && rng.chance(0.5)) note.detune = Cents(rng.between(-50, 50));
      part.notes.push_back(note);
    }
    sort_notes(part.notes);
    const Performance performance = pruned(before.performance, after);
    const auto result = midi::update(*file, before, after, performance);
    if (!result) continue;
    ++edited;
    CHECK(midi::read_midi(midi::write_midi(*result))->file == *result);
    const midi::Import back = midi::to_score(*result);
    check_alike(heard_notes(after, performance), heard_notes(back.score, back.performance));
  }
  CHECK(edited > static_cast<int>(kSeeds) / 3);
}
