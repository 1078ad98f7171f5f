// SPDX-License-Identifier: MIT
#include <toccata/learn/aligned.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include <toccata/base/csv.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/text/musicxml.hpp>

#include "layouts.hpp"
#include "pedal.hpp"
#include "pop909.hpp"
#include "score_match.hpp"

namespace toccata::learn {
namespace {

constexpr auto kNotPlayed = std::numeric_limits<double>::quiet_NaN();

Unexpected<DataError> fail(std::string where, std::string what) {
  return Unexpected{DataError{std::move(where), std::move(what)}};
}

/// A performance's notes by onset and pitch, as the alignments count them.
struct PlayedMidi {
  struct Heard {
    Tick onset;
    Tick end;
    int pitch;
    int velocity;
  };
  std::vector<Heard> notes;
  std::vector<PedalChange> pedal;
  TempoMap tempo{kComposedPpq};
};

Result<PlayedMidi, DataError> read_played(const FileTree& tree, const std::string& file) {
  TOCCATA_TRY(const Bytes bytes, tree.read(file));
  const auto read = midi::read_midi(bytes);
  if (!read) return fail(file, describe(read.error()));
  const midi::Import import = midi::to_score(read->file);
  PlayedMidi played;
  played.tempo = import.score.tempo;
  for (const Part& part : import.score.parts)
    for (const Note& note : part.notes) {
      const PlayedNote* how = find_played(import.performance, note.id);
      const Velocity velocity = how == nullptr ? kPlainVelocity : how->velocity;
      played.notes.push_back({note.onset, note.end(), note.pitch.number(), velocity.number()});
    }
  std::ranges::stable_sort(played.notes, [](const auto& a, const auto& b) {
    return std::pair(a.onset, a.pitch) < std::pair(b.onset, b.pitch);
  });
  for (const ControlEvent& event : import.performance.controls)
    if (event.controller.number() == kSustainController)
      played.pedal.push_back({played.tempo.seconds_at(event.at).value(), event.value.number()});
  return played;
}

/// Where each note of the file, in each pass of its repeats, stands in the playing order.
using Places = std::unordered_map<std::string, std::size_t>;

Places places_of(const PlayingOrder& order, const musicxml::ReadScore& read) {
  std::unordered_map<std::uint32_t, std::size_t> by_id;
  for (std::size_t place = 0; place < order.notes().size(); ++place)
    by_id.emplace(order.notes()[place].note->id.number(), place);
  Places places;
  for (const musicxml::SourceNote& source : read.sources) {
    const auto place = by_id.find(source.note.number());
    if (place == by_id.end() || source.xml_id.empty()) continue;
    places.emplace(source.xml_id + "-" + std::to_string(source.pass), place->second);
  }
  return places;
}

Result<AlignedPerformance, DataError> read_performance(const FileTree& tree,
                                                       const AlignedEntry::Played& entry,
                                                       const PlayingOrder& order,
                                                       const Places& places) {
  TOCCATA_TRY(PlayedMidi played, read_played(tree, entry.file));
  TOCCATA_TRY(const Bytes bytes, tree.read(entry.alignment));
  std::string text(as_text(bytes));
  std::ranges::replace(text, '\t', ',');
  auto rows = CsvReader::open(text);
  if (!rows) return fail(entry.alignment, describe(rows.error()));
  const auto id_column = rows->find_column("xml_id"), index_column = rows->find_column("perf_idx");
  if (!id_column || !index_column)
    return fail(entry.alignment, "its first row must name xml_id and perf_idx");
  const std::size_t count = order.notes().size();
  AlignedPerformance out{entry.file,
                         {std::vector(count, kNotPlayed), std::vector(count, kNotPlayed), {}},
                         std::vector(count, std::numeric_limits<float>::quiet_NaN()),
                         std::move(played.pedal),
                         0,
                         0};
  std::size_t aligned = 0;
  for (;;) {
    const auto fields = rows->next();
    if (!fields) return fail(entry.alignment, describe(fields.error()));
    if (*fields == nullptr) break;
    const std::string_view number = (**fields)[*index_column], id = (**fields)[*id_column];
    if (id == "insertion") ++out.insertions;
    if (id == "insertion" || number == "deletion") continue;
    std::size_t index = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), index);
    if (parsed.ec != std::errc() || parsed.ptr != number.data() + number.size() ||
        index >= played.notes.size())
      return fail(entry.alignment, "line " + std::to_string(rows->line()) + ": perf_idx \"" +
                                       std::string(number) + "\", but there are " +
                                       std::to_string(played.notes.size()) + " notes");
    ++aligned;
    const auto place = places.find(std::string(id));
    const PlayedMidi::Heard& heard = played.notes[index];
    // A tied note has a row for each of its notes: the first that was struck is the one.
    if (place == places.end() || out.velocities[place->second] == out.velocities[place->second] ||
        order.notes()[place->second].note->pitch.number() != heard.pitch)
      continue;
    out.times.onset[place->second] = played.tempo.seconds_at(heard.onset).value();
    out.times.end[place->second] = played.tempo.seconds_at(heard.end).value();
    out.velocities[place->second] = static_cast<float>(heard.velocity);
    ++out.played;
  }
  // Rows of tied notes name a note twice, so that not all can be found.
  if (out.played == 0 || 2 * out.played < aligned)
    return fail(entry.alignment,
                fmt::format("{} of its {} rows are found in the score, at least half "
                            "must be",
                            out.played, aligned));
  return out;
}

/// A performance of the page as one of the notes that were found on it.
AlignedPerformance moved(const AlignedPerformance& page,
                         const std::vector<std::optional<std::size_t>>& sources) {
  AlignedPerformance out{page.file, {}, {}, page.pedal, 0, page.insertions};
  for (const auto& source : sources) {
    out.times.onset.push_back(source ? page.times.onset[*source] : kNotPlayed);
    out.times.end.push_back(source ? page.times.end[*source] : kNotPlayed);
    out.velocities.push_back(source ? page.velocities[*source]
                                    : std::numeric_limits<float>::quiet_NaN());
    if (!std::isnan(out.velocities.back())) ++out.played;
  }
  return out;
}

/// The score of a piece as MIDI, and where each of its notes stands on the page.
struct MidiScore {
  AlignedPiece piece;
  ScoreMatch on_page;
};

/// Nothing where it cannot be read or is not the same music.
std::optional<MidiScore> match_midi_score(const FileTree& tree, const AlignedEntry& entry,
                                          const AlignedPiece& page) {
  if (entry.midi_file.empty() || !tree.has(entry.midi_file)) return std::nullopt;
  const auto bytes = tree.read(entry.midi_file);
  if (!bytes) return std::nullopt;
  const auto read = midi::read_midi(*bytes);
  if (!read) return std::nullopt;
  midi::Import import = midi::to_score(read->file);
  AlignedPiece piece{page.composition, page.split, entry.midi_file, nullptr, nullptr, nullptr, {}};
  piece.score = std::make_unique<const Score>(std::move(import.score));
  piece.written = std::make_unique<const Performance>(std::move(import.performance));
  piece.order = std::make_unique<const PlayingOrder>(*piece.score);
  ScoreMatch on_page = match_scores(*piece.order, *page.order);
  const std::size_t found = on_page.found;
  if (5 * found < 4 * on_page.places.size() || found == 0) return std::nullopt;
  return MidiScore{std::move(piece), std::move(on_page)};
}

/// The times of a table of beats: the first of its columns. Errors: not numbers, or not rising.
Result<std::vector<double>, DataError> read_beats(const FileTree& tree, const std::string& file) {
  TOCCATA_TRY(const Bytes bytes, tree.read(file));
  constexpr double kLongest = 1e6;  // seconds: eleven days
  std::vector<double> beats;
  std::string_view text = as_text(bytes);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty() || line == "\r") continue;
    double seconds = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), seconds);
    const bool rises = beats.empty() || seconds > beats.back();
    if (parsed.ec != std::errc() || !(std::abs(seconds) <= kLongest) || !rises)
      return fail(file, fmt::format("beat {}: \"{}\", but a time in seconds after the one before "
                                    "is needed",
                                    beats.size() + 1, line.substr(0, 40)));
    beats.push_back(seconds);
  }
  return beats;
}

/// Where the beats of a score lie that are marked in its MIDI file, in its quarters. Empty where
/// they are not or cannot be read.
std::vector<double> marked_quarters(const FileTree& tree, const AlignedEntry& entry,
                                    const Score& midi, std::vector<DataError>& faults) {
  if (entry.score_beats.empty() || !tree.has(entry.score_beats)) return {};
  auto beats = read_beats(tree, entry.score_beats);
  if (!beats) {
    faults.push_back(beats.error());
    return {};
  }
  for (double& beat : *beats)
    beat = static_cast<double>(midi.tempo.tick_at(Seconds(beat)).ticks()) /
           static_cast<double>(midi.ppq().ticks());
  return *std::move(beats);
}

/// Gives performances the beats that were marked in them, where they are as many as those of the
/// score. Where quarters go back, as the other edition counts some twice, the later ones count.
void add_marked_beats(const FileTree& tree, const AlignedEntry& entry,
                      const std::vector<double>& quarters, AlignedPiece& piece,
                      std::vector<DataError>& faults) {
  if (quarters.empty()) return;
  for (AlignedPerformance& performance : piece.performances) {
    const auto found =
        std::ranges::find(entry.performances, performance.file, &AlignedEntry::Played::file);
    if (found->beats.empty() || !tree.has(found->beats)) continue;
    const auto seconds = read_beats(tree, found->beats);
    if (!seconds) faults.push_back(seconds.error());
    if (!seconds || seconds->size() != quarters.size()) continue;
    auto& beats = performance.times.beats;
    for (std::size_t i = 0; i < quarters.size(); ++i) {
      while (!beats.empty() && beats.back().quarter >= quarters[i]) beats.pop_back();
      beats.push_back({quarters[i], (*seconds)[i]});
    }
  }
}

}  // namespace

Result<std::vector<AlignedEntry>, DataError> find_aligned(const FileTree& tree) {
  const auto table = find_table(tree, [](std::string_view name) { return name == "metadata.csv"; });
  if (!table && is_mostly_pop909(tree)) return find_pop909_songs(tree);
  if (!table)
    return fail(tree.root().string(), "holds no metadata.csv, nor songs as POP909 has them");
  TOCCATA_TRY(auto entries, read_asap_scores(tree, *table));
  std::erase_if(entries, [&](AlignedEntry& entry) {
    std::erase_if(entry.performances, [&](const AlignedEntry::Played& performance) {
      return !tree.has(performance.file) || !tree.has(performance.alignment);
    });
    return entry.performances.empty() || !tree.has(entry.score_file);
  });
  return entries;
}

Result<AlignedPiece, DataError> read_aligned(const FileTree& tree, const AlignedEntry& entry,
                                             std::vector<DataError>& faults) {
  if (!entry.beats_file.empty()) return read_pop909_song(tree, entry);
  TOCCATA_TRY(const Bytes bytes, tree.read(entry.score_file));
  musicxml::ReadOptions options;
  options.repair = musicxml::Repair::Lenient;
  options.cues = musicxml::Cues::Sounding;  // as those who aligned them read them
  auto read = musicxml::read_musicxml(bytes, options);
  if (!read) return fail(entry.score_file, describe(read.error()));
  AlignedPiece piece{entry.composition, entry.split, entry.score_file, nullptr, nullptr,
                     nullptr,           {}};
  piece.score = std::make_unique<const Score>(read->score);
  piece.order = std::make_unique<const PlayingOrder>(*piece.score);
  const Places places = places_of(*piece.order, *read);
  for (const AlignedEntry::Played& performance : entry.performances) {
    auto aligned = read_performance(tree, performance, *piece.order, places);
    if (aligned) piece.performances.push_back(*std::move(aligned));
    else faults.push_back(aligned.error());
  }
  if (entry.score_beats.empty()) return piece;
  if (const auto midi = match_midi_score(tree, entry, piece)) {
    auto quarters = marked_quarters(tree, entry, *midi->piece.score, faults);
    for (double& quarter : quarters) quarter = midi->on_page.moved(quarter);
    add_marked_beats(tree, entry, quarters, piece, faults);
  }
  return piece;
}

std::optional<AlignedPiece> read_midi_score(const FileTree& tree, const AlignedEntry& entry,
                                            const AlignedPiece& page) {
  auto midi = match_midi_score(tree, entry, page);
  if (!midi) return std::nullopt;
  for (const AlignedPerformance& performance : page.performances)
    midi->piece.performances.push_back(moved(performance, midi->on_page.places));
  std::vector<DataError> told_before;
  const auto quarters = marked_quarters(tree, entry, *midi->piece.score, told_before);
  add_marked_beats(tree, entry, quarters, midi->piece, told_before);
  return std::move(midi->piece);
}

}  // namespace toccata::learn
