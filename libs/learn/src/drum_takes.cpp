// SPDX-License-Identifier: MIT
#include <toccata/learn/drum_takes.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <toccata/learn/quantise.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>

#include "layouts.hpp"

namespace toccata::learn {
namespace {

Unexpected<DataError> fail(const std::string& where, std::string what) {
  return Unexpected{DataError{where, std::move(what)}};
}

std::optional<int> whole(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Places of a bar of "6-8"; nothing of what is no such signature.
std::optional<std::int64_t> bar_length_of(const std::string& signature) {
  constexpr int kMostBeats = 32;
  const auto dash = signature.find('-');
  if (dash == std::string::npos) return std::nullopt;
  const auto beats = whole(std::string_view(signature).substr(0, dash));
  const auto unit = whole(std::string_view(signature).substr(dash + 1));
  const bool is_known = beats && unit && *beats >= 1 && *beats <= kMostBeats &&
                        (*unit == 2 || *unit == 4 || *unit == 8 || *unit == 16);
  if (!is_known) return std::nullopt;
  return std::int64_t{*beats} * DrumPattern::kPlaces * 4 / *unit;
}

struct Heard {
  std::vector<Struck> strokes;  ///< by time
  std::size_t others = 0;
  double bpm = 0;
};

Result<Heard, DataError> listen(const FileTree& tree, const std::string& file) {
  TOCCATA_TRY(const Bytes bytes, tree.read(file));
  const auto read = midi::read_midi(bytes);
  if (!read) return fail(file, describe(read.error()));
  const midi::Import import = midi::to_score(read->file);
  Heard heard;
  heard.bpm = import.score.tempo.tempo_at(Tick(0)).bpm();
  const double quarter = static_cast<double>(import.score.ppq().ticks());
  for (const Part& part : import.score.parts)
    for (const Note& note : part.notes) {
      const auto drum = find_drum(note.pitch);
      if (!drum || !part.instrument.is_drums) {
        ++heard.others;
        continue;
      }
      const PlayedNote* played = find_played(import.performance, note.id);
      const Velocity velocity = played == nullptr ? kPlainVelocity : played->velocity;
      heard.strokes.push_back(
          {static_cast<double>(note.onset.ticks()) / quarter, *drum, velocity.number()});
    }
  std::ranges::stable_sort(heard.strokes, {}, &Struck::at);
  return heard;
}

/// Of strokes of one drum on one place the loudest, sorted by place and drum.
std::vector<std::size_t> kept_of(const std::vector<Struck>& strokes,
                                 const std::vector<std::int64_t>& places) {
  std::map<std::pair<std::int64_t, Drum>, std::size_t> kept;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    const auto [found, is_new] = kept.emplace(std::pair(places[i], strokes[i].drum), i);
    if (!is_new && strokes[i].velocity > strokes[found->second].velocity) found->second = i;
  }
  std::vector<std::size_t> indices;
  for (const auto& [key, index] : kept) indices.push_back(index);
  return indices;
}

void fill_pattern(DrumTake& take, const Heard& heard) {
  const double seconds = 60 / heard.bpm;
  const Quantised grid = quantise(heard.strokes, seconds);
  double sum = 0;
  for (const std::size_t i : kept_of(heard.strokes, grid.places)) {
    const std::int64_t place = std::max<std::int64_t>(grid.places[i], 0);
    const std::int64_t bar = place / take.pattern.bar_length;
    take.pattern.hits.push_back(
        {place, bar, place % take.pattern.bar_length, heard.strokes[i].drum});
    take.velocities.push_back(static_cast<float>(heard.strokes[i].velocity));
    take.lateness.push_back(static_cast<float>(1000 * seconds * grid.lateness[i]));
    sum += take.lateness.back();
    take.pattern.bars = std::max(take.pattern.bars, bar + 1);
  }
  const auto mean = static_cast<float>(sum / static_cast<double>(take.lateness.size()));
  for (float& late : take.lateness) late -= mean;
  take.left_out = heard.others + heard.strokes.size() - take.pattern.hits.size();
}

}  // namespace

std::vector<const DrumTake*> DrumSet::of(std::optional<Split> split) const {
  std::vector<const DrumTake*> found;
  for (const DrumTake& take : takes)
    if (!split || take.entry.split == split) found.push_back(&take);
  return found;
}

bool is_groove(const FileTree& tree) { return find_takes(tree).has_value(); }

Result<std::vector<DrumEntry>, DataError> find_takes(const FileTree& tree) {
  const auto table = find_table(tree, [](std::string_view name) { return name == "info.csv"; });
  if (!table) return fail(tree.root().string(), "holds no info.csv");
  return read_groove_takes(tree, *table);
}

Result<DrumTake, DataError> read_take(const FileTree& tree, const DrumEntry& entry) {
  DrumTake take{entry, {}, {}, {}, 0};
  const auto style = find_drum_style(entry.style.substr(0, entry.style.find('/')));
  if (!style) return fail(entry.file, "style \"" + entry.style + "\" is none of Groove's");
  const auto bar_length = bar_length_of(entry.time_signature);
  if (!bar_length)
    return fail(entry.file, "time signature \"" + entry.time_signature +
                                "\", but one like 4-4 or 6-8 is needed");
  TOCCATA_TRY(const Heard heard, listen(tree, entry.file));
  if (heard.strokes.empty()) return fail(entry.file, "no stroke of a drum kit on channel 10");
  take.pattern.style = *style;
  take.pattern.bar_length = *bar_length;
  take.pattern.is_fill = entry.beat_type == "fill";
  take.pattern.bpm = heard.bpm;
  fill_pattern(take, heard);
  return take;
}

DrumSet read_takes(const FileTree& tree, std::span<const DrumEntry> entries,
                   const Running& running) {
  DrumSet set;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (running.stop.stop_requested()) break;
    auto take = read_take(tree, entries[i]);
    if (take) set.takes.push_back(*std::move(take));
    else set.faults.push_back(take.error());
    if (running.progress) running.progress(i + 1, entries.size());
  }
  return set;
}

SplitCheck check_split(const DrumSet& set, Split held) {
  std::set<std::string> drummers, sessions;
  std::set<std::vector<std::pair<std::int64_t, Drum>>> patterns;
  const auto strokes_of = [](const DrumTake& take) {
    std::vector<std::pair<std::int64_t, Drum>> strokes;
    for (const PatternHit& hit : take.pattern.hits) strokes.emplace_back(hit.place, hit.drum);
    return strokes;
  };
  for (const DrumTake* take : set.of(Split::Train)) {
    drummers.insert(take->entry.drummer);
    sessions.insert(take->entry.session);
    patterns.insert(strokes_of(*take));
  }
  SplitCheck check;
  for (const DrumTake* take : set.of(held)) {
    ++check.held;
    check.known_drummer += drummers.contains(take->entry.drummer) ? 1 : 0;
    check.known_session += sessions.contains(take->entry.session) ? 1 : 0;
    check.known_pattern += patterns.contains(strokes_of(*take)) ? 1 : 0;
  }
  return check;
}

}  // namespace toccata::learn
