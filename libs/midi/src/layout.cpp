// SPDX-License-Identifier: MIT
#include "part_tracks.hpp"

#include <algorithm>
#include <numeric>

namespace toccata::midi {
namespace {

constexpr int kChannels = 16;
/// Members of the two zones of MPE; channel 9 is left to drums.
constexpr std::size_t kLowerMembers = 7, kUpperMembers = 5;

using Planned = Result<void, WriteError>;

std::vector<int> melodic_channels() {
  std::vector<int> channels(kChannels);
  std::iota(channels.begin(), channels.end(), 0);
  std::erase(channels, kDrumChannel.number());
  return channels;
}

/// A quarter: long enough for most sounds to die away before their channel is bent anew.
Duration usual_tail(const Score& score) { return score.ppq().quarter(); }

std::optional<int> wish_of(const Part& part) {
  if (!part.place) return std::nullopt;
  return part.place->channel.number();
}

void collect(Layout& layout, const Score& score, const Performance& performance) {
  for (std::size_t i = 0; i < score.parts.size(); ++i) {
    auto notes = sounding_notes(score, performance, i);
    cut_at_repeats(notes);
    if (score.parts[i].instrument.is_drums) layout.drums.push_back(std::move(notes));
    else layout.voices.push_back({{i}, std::move(notes), wish_of(score.parts[i]), {}});
  }
}

Planned set_all_bends(Layout& layout, const Score& score, Microtones microtones) {
  if (microtones == Microtones::Mts) return {};
  layout.bend_range = microtones == Microtones::Mpe ? kWidestBendRange : kUsualBendRange;
  for (const Voices& v : layout.voices) {
    const auto range = bend_range_for(farthest_bend(v.notes));
    if (!range)
      return Unexpected{
          WriteError{WriteError::Fault::BendTooWide, score.parts[v.parts.front()].name}};
    layout.bend_range = std::max(layout.bend_range, *range);
  }
  for (Voices& v : layout.voices) set_bends(v.notes, layout.bend_range);
  return {};
}

/// Parts of one program become one set of voices.
std::vector<Voices> shared_by_program(std::vector<Voices> voices, const Score& score) {
  std::vector<Voices> shared;
  const auto program_of = [&](const Voices& v) {
    return score.parts[v.parts.front()].instrument.program;
  };
  for (Voices& v : voices) {
    const auto same = std::ranges::find(shared, program_of(v), program_of);
    if (same == shared.end()) {
      shared.push_back(std::move(v));
      continue;
    }
    same->parts.insert(same->parts.end(), v.parts.begin(), v.parts.end());
    same->notes.insert(same->notes.end(), v.notes.begin(), v.notes.end());
  }
  for (Voices& v : shared) {
    sort_by_onset(v.notes);
    cut_at_repeats(v.notes);
  }
  return shared;
}

Planned plan_rotation(Layout& layout, const Score& score) {
  const auto channels = melodic_channels();
  if (plan_channels(layout.voices, channels, usual_tail(score))) return {};
  layout.voices = shared_by_program(std::move(layout.voices), score);
  const auto planned = plan_channels(layout.voices, channels, usual_tail(score));
  if (planned) return {};
  return Unexpected{WriteError{WriteError::Fault::TooManyChannels, {}, planned.error()}};
}

Planned plan_zones(Layout& layout, const Score& score) {
  if (layout.voices.size() > 2)
    return Unexpected{
        WriteError{WriteError::Fault::TooManyParts, {}, static_cast<int>(layout.voices.size())}};
  for (std::size_t zone = 0; zone < layout.voices.size(); ++zone) {
    Voices& v = layout.voices[zone];
    const std::size_t members = zone == 0 ? kLowerMembers : kUpperMembers;
    const auto slots =
        assign_slots(v.notes, Duration(0), Sharing::OneNote, static_cast<int>(members));
    if (!slots)
      return Unexpected{WriteError{WriteError::Fault::TooManyVoices, score.parts[v.parts[0]].name,
                                   static_cast<int>(members)}};
    for (std::size_t i = 0; i < members; ++i)
      v.channels.push_back(static_cast<int>(zone == 0 ? 1 + i : 14 - i));
  }
  return {};
}

}  // namespace

Result<Layout, WriteError> plan_layout(const Score& score, const Performance& performance,
                                       Microtones microtones) {
  Layout layout;
  collect(layout, score, performance);
  TOCCATA_CHECK(set_all_bends(layout, score, microtones));
  TOCCATA_CHECK(microtones == Microtones::Mpe ? plan_zones(layout, score)
                                              : plan_rotation(layout, score));
  return layout;
}

std::string describe(const WriteError& error) {
  const std::string where = error.part.empty() ? "" : "part \"" + error.part + "\": ";
  const std::string count = std::to_string(error.needed);
  switch (error.fault) {
    case WriteError::Fault::TooManyChannels:
      return "at least " + count +
             " MIDI channels are needed, more than can be had (15, and one for drums); use fewer "
             "parts, or parts of one instrument";
    case WriteError::Fault::TooManyVoices:
      return where + "more than " + count + " notes at once, which are all that MPE leaves it";
    case WriteError::Fault::TooManyParts:
      return count + " parts, but MPE has room for two (and drums)";
    case WriteError::Fault::BendTooWide: return where + "a note bends farther than 48 semitones";
    case WriteError::Fault::TuningConflict:
      return where + "one key sounds in two tunings at once, which tuning messages cannot say";
    case WriteError::Fault::NewSequence:
      return where + "a part cannot join a file of format 2, whose tracks are pieces of their own";
  }
  return where;
}

}  // namespace toccata::midi
