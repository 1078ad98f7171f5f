// SPDX-License-Identifier: MIT
#include "excerpt.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <toccata/analysis/phrases.hpp>
#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>

#include "batch.hpp"

namespace toccata::cli {
namespace {

constexpr std::size_t kFewestNotes = 8;  ///< of a melody or a take

/// The lowest note of each onset.
std::vector<Note> bass_line(std::span<const Note> notes) {
  std::vector<Note> line;
  for (const Note& note : notes)
    if (line.empty() || line.back().onset != note.onset) line.push_back(note);
  return line;
}

Part part_of(Role role, std::vector<Note> notes) {
  sort_notes(notes);
  return {PartId(static_cast<std::uint16_t>(static_cast<int>(role) + 1)),
          std::string(name_of(role)),
          role,
          {Program::literal(0), role == Role::Drums},
          std::move(notes),
          {}};
}

/// All notes of the parts for which `wanted` holds.
template <class Wanted>
std::vector<Note> merged(const Score& score, const Wanted& wanted) {
  std::vector<Note> notes;
  for (const Part& part : score.parts)
    if (wanted(part)) notes.insert(notes.end(), part.notes.begin(), part.notes.end());
  return notes;
}

using Parts = std::vector<Part>;

Parts two_tracks(const Score& score) {
  std::vector<const Part*> hands;
  for (const Part& part : score.parts)
    if (!part.notes.empty()) hands.push_back(&part);
  if (hands.empty()) return {};
  Parts parts{part_of(Role::Melody, hands[0]->notes)};
  if (hands.size() < 2) return parts;
  parts.push_back(part_of(Role::Chords, hands[1]->notes));
  parts.push_back(part_of(Role::Bass, bass_line(hands[1]->notes)));
  return parts;
}

Parts pop_tracks(const Score& score) {
  const auto named = [&](std::string_view name) {
    return merged(score, [&](const Part& part) { return part.name == name; });
  };
  const auto piano = named("PIANO");
  return {part_of(Role::Melody, named("MELODY")), part_of(Role::Chords, piano),
          part_of(Role::Bass, bass_line(piano))};
}

double mean_pitch(const Part& part) {
  double sum = 0;
  for (const Note& note : part.notes) sum += note.pitch.number();
  return sum / static_cast<double>(std::max<std::size_t>(part.notes.size(), 1));
}

/// The part that sings: named so, else the highest of those with two notes or more a bar.
const Part* singing(const Score& score) {
  const Part* best = nullptr;
  const auto enough = static_cast<std::size_t>(std::max(2 * score.bar_count(), 16));
  for (const Part& part : score.parts) {
    if (part.role == Role::Melody) return &part;
    if (part.role != Role::Other && part.role != Role::Counter) continue;
    if (part.notes.size() < std::min<std::size_t>(enough, 200)) continue;
    if (best == nullptr || mean_pitch(part) > mean_pitch(*best)) best = &part;
  }
  return best;
}

Parts by_role(const Score& score) {
  Parts parts;
  if (const Part* melody = singing(score)) parts.push_back(part_of(Role::Melody, melody->notes));
  parts.push_back(part_of(Role::Chords, merged(score, [](const Part& part) {
                            return part.role == Role::Chords || part.role == Role::Pad;
                          })));
  for (const Role role : {Role::Bass, Role::Drums})
    parts.push_back(
        part_of(role, merged(score, [&](const Part& part) { return part.role == role; })));
  return parts;
}

Parts parts_of(Layout layout, const Score& score) {
  const auto all = [](const Part& /*part*/) { return true; };
  Parts parts;
  switch (layout) {
    case Layout::TwoTracks: parts = two_tracks(score); break;
    case Layout::ByRole: parts = by_role(score); break;
    case Layout::PopTracks: parts = pop_tracks(score); break;
    case Layout::MelodyAlone: parts = {part_of(Role::Melody, merged(score, all))}; break;
    case Layout::DrumTake: parts = {part_of(Role::Drums, merged(score, all))}; break;
  }
  std::erase_if(parts, [](const Part& part) { return part.notes.empty(); });
  return parts;
}

/// The onset of the first bar that sounds, in what counts.
Tick first_onset(const Parts& parts) {
  const Part* lead = &parts.front();
  for (const Part& part : parts)
    if (part.role == Role::Melody) lead = &part;
  return lead->notes.front().onset;
}

/// The bars from `first` on that last `quarters`, moved to the start.
std::optional<Score> cut(const Score& score, Parts parts, Bar first, Rational quarters) {
  const Tick start = score.meter.onset_of(first);
  const Duration length = score.ppq().nearest(quarters);
  Tick end = start;
  for (Bar bar = first; end < start + length && end < score.end; bar = bar + 1)
    end = score.meter.end_of(bar);
  if ((end - start) * 2 < length) return std::nullopt;
  Score made;
  made.tempo = TempoMap(score.ppq());
  std::vector<MeterChange> meters{{Tick(0), score.meter.meter_at(start)}};
  for (const MeterChange& change : score.meter.changes())
    if (start < change.at && change.at < end)
      meters.push_back({Tick((change.at - start).ticks()), change.meter});
  made.meter = MeterMap(score.ppq(), std::move(meters));
  made.end = Tick((end - start).ticks());
  for (Part& part : parts) {
    std::erase_if(part.notes,
                  [&](const Note& note) { return note.onset < start || note.onset >= end; });
    for (Note& note : part.notes) note.onset = Tick((note.onset - start).ticks());
  }
  made.parts = std::move(parts);
  return made;
}

/// The first two bar lines and the beats between them, from lines of seconds, beat and bar flag.
struct BarLines {
  double first_seconds = 0;
  int beats = 4;
};
std::optional<BarLines> bar_lines(const std::filesystem::path& path) {
  const auto bytes = read_file(path);
  if (!bytes) return std::nullopt;
  std::optional<BarLines> lines;
  std::string_view rest = as_text(*bytes);
  for (int beat = 0, first = 0; !rest.empty(); ++beat) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    double seconds = 0;
    std::from_chars(line.data(), line.data() + line.size(), seconds);
    const auto flag = line.find_last_of(' ');
    if (flag == std::string_view::npos || line.substr(flag + 1, 1) != "1") continue;
    if (lines) {
      lines->beats = beat - first;
      break;
    }
    lines = BarLines{seconds, 4};
    first = beat;
  }
  return lines;
}

/// The score with the bar lines that the beats beside it tell; the file's own meter tells none.
Score with_bar_lines(Score score, const BarLines& lines) {
  const auto meter = Meter::make(std::clamp(lines.beats, 2, 12), 4);
  const Duration bar = (meter ? *meter : kCommonTime).bar(score.ppq());
  const Tick first = score.tempo.tick_at(Seconds(std::max(lines.first_seconds, 0.0)));
  const Duration shift = bar - (first - Tick(0)) % bar;
  for (Part& part : score.parts)
    for (Note& note : part.notes) note.onset += shift;
  score.end += shift;
  score.meter = MeterMap(score.ppq(), {{Tick(0), meter ? *meter : kCommonTime}});
  return score;
}

std::optional<Score> read_score(const Family& family, const FamilyFile& file) {
  const auto bytes = read_file(file.path);
  if (!bytes) return std::nullopt;
  const auto read = midi::read_midi(*bytes, midi::Repair::Lenient);
  if (!read) return std::nullopt;
  Score score = midi::to_score(read->file).score;
  if (family.layout != Layout::PopTracks) return score;
  const auto lines = bar_lines(file.path.parent_path() / "beat_midi.txt");
  return lines ? with_bar_lines(std::move(score), *lines) : std::move(score);
}

}  // namespace

std::span<const Note> notes_of(const Excerpt& excerpt, Role role) {
  const auto found = std::ranges::find(excerpt.score.parts, role, &Part::role);
  return found == excerpt.score.parts.end() ? std::span<const Note>() : found->notes;
}

std::vector<Note> melody_of(const Excerpt& excerpt) {
  return melody_line(notes_of(excerpt, Role::Melody));
}

std::optional<Excerpt> read_excerpt(const Family& family, const FamilyFile& file,
                                    Rational quarters) {
  const auto score = read_score(family, file);
  if (!score) return std::nullopt;
  Parts parts = parts_of(family.layout, *score);
  if (parts.empty()) return std::nullopt;
  const Bar first = std::max(score->meter.bar_at(first_onset(parts)), Bar(0));
  auto made = cut(*score, std::move(parts), first, quarters);
  if (!made || made->parts.front().notes.size() < kFewestNotes) return std::nullopt;
  return Excerpt{file.path.filename().string(), *std::move(made)};
}

std::vector<Excerpt> draw_excerpts(const Family& family, const std::filesystem::path& data,
                                   Rational quarters, std::size_t count, std::uint64_t seed) {
  auto files = files_of(family, data);
  Rng rng = Rng(seed).fork(family.id);
  for (std::size_t i = files.size(); i > 1; --i) std::swap(files[i - 1], files[rng.below(i)]);
  std::set<std::string> works;
  std::erase_if(files, [&](const FamilyFile& file) { return !works.insert(file.work).second; });
  std::vector<std::pair<std::filesystem::path, Excerpt>> found;
  for (std::size_t from = 0; from < files.size() && found.size() < count;) {
    const std::size_t next = std::min(count - found.size(), files.size() - from);
    std::vector<std::optional<Excerpt>> read(next);
    // Jobs never fail: what can't be read is left out.
    if (!run_all(next, [&](std::size_t i) -> Outcome<void> {
          read[i] = read_excerpt(family, files[from + i], quarters);
          return {};
        }))
      return {};
    for (std::size_t i = 0; i < next; ++i)
      if (read[i]) found.emplace_back(files[from + i].path, *std::move(read[i]));
    from += next;
  }
  std::ranges::sort(found, {}, [](const auto& entry) { return entry.first; });
  std::vector<Excerpt> excerpts;
  excerpts.reserve(found.size());
  for (auto& [path, excerpt] : found) excerpts.push_back(std::move(excerpt));
  return excerpts;
}

}  // namespace toccata::cli
