// SPDX-License-Identifier: MIT
#include "pop909.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>

#include "layouts.hpp"

namespace toccata::learn {
namespace {

constexpr std::string_view kBeatsFile = "beat_midi.txt";
constexpr std::size_t kFewestBeats = 8;
constexpr int kMostBeatsOfBar = 16, kGrid = 12;  // places of a beat: sixteenths and thirds
constexpr int kSixteenth = kGrid / 4, kThird = kGrid / 3;
constexpr auto kNotPlayed = std::numeric_limits<double>::quiet_NaN();

bool is_midi(std::string_view name) { return name.ends_with(".mid") || name.ends_with(".midi"); }

Unexpected<DataError> fail(std::string where, std::string what) {
  return Unexpected{DataError{std::move(where), std::move(what)}};
}

/// Where the beats are: their seconds, and which of them begin bars.
struct Beats {
  std::vector<double> at;
  std::vector<std::size_t> bar_lines;

  /// A place in beats from the first one; before it and after the last, its neighbours' lengths go
  /// on.
  double place_of(double seconds) const {
    const auto after = std::ranges::upper_bound(at, seconds) - at.begin();
    const auto i = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(after - 1, 0, last() - 1));
    return static_cast<double>(i) + (seconds - at[i]) / (at[i + 1] - at[i]);
  }
  std::ptrdiff_t last() const { return std::ssize(at) - 1; }
};

/// Lines of three numbers: seconds, one that is not used, and 1 where a bar begins.
Result<Beats, DataError> read_beats(const FileTree& tree, const std::string& file) {
  TOCCATA_TRY(const Bytes bytes, tree.read(file));
  std::string_view text = as_text(bytes);
  Beats beats;
  for (std::size_t line = 1; !text.empty(); ++line) {
    std::string_view words = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(words.size() + 1, text.size()));
    std::array<double, 3> numbers{};
    std::size_t found = 0;
    while (found < numbers.size()) {
      words.remove_prefix(std::min(words.find_first_not_of(" \t\r"), words.size()));
      const auto [end, error] =
          std::from_chars(words.data(), words.data() + words.size(), numbers[found]);
      if (error != std::errc()) break;
      words.remove_prefix(static_cast<std::size_t>(end - words.data()));
      ++found;
    }
    if (found == 0 && words.empty()) continue;
    constexpr double kLatest = 1e6, kClosest = 1e-3;  // seconds
    const bool is_later = beats.at.empty() || numbers[0] - beats.at.back() >= kClosest;
    if (found != numbers.size() || !(std::abs(numbers[0]) <= kLatest) || !is_later)
      return fail(file, fmt::format("line {}: must be seconds, a thousandth or more after those "
                                    "before, and two numbers more",
                                    line));
    if (numbers[2] == 1) beats.bar_lines.push_back(beats.at.size());
    beats.at.push_back(numbers[0]);
  }
  if (beats.at.size() < kFewestBeats || beats.bar_lines.empty())
    return fail(file, fmt::format("{} beats and {} bar lines, but at least {} and 1 are needed",
                                  beats.at.size(), beats.bar_lines.size(), kFewestBeats));
  return beats;
}

/// A note as it was played.
struct Heard {
  std::size_t part;
  double onset, end;  ///< in seconds
  double place;       ///< of the onset, in beats
  Pitch pitch;
  Velocity velocity;
};

std::vector<Heard> notes_of(const midi::Import& import, const Beats& beats) {
  std::vector<Heard> notes;
  for (std::size_t part = 0; part < import.score.parts.size(); ++part) {
    if (import.score.parts[part].instrument.is_drums) continue;
    for (const Note& note : import.score.parts[part].notes) {
      const double onset = import.score.tempo.seconds_at(note.onset).value();
      const PlayedNote* played = find_played(import.performance, note.id);
      notes.push_back({part, onset, import.score.tempo.seconds_at(note.end()).value(),
                       beats.place_of(onset), note.pitch,
                       played == nullptr ? kPlainVelocity : played->velocity});
    }
  }
  return notes;
}

std::int64_t nearest(double place, int step) {
  return static_cast<std::int64_t>(std::floor(place * kGrid / step + 0.5)) * step;
}
double squared_error(double place, int step) {
  const double off = place - static_cast<double>(nearest(place, step)) / kGrid;
  return off * off;
}

/// The beats whose onsets lie nearer to thirds than to sixteenths.
std::set<std::int64_t> beats_in_thirds(const std::vector<Heard>& notes) {
  std::map<std::int64_t, std::pair<double, double>> errors;
  for (const Heard& note : notes) {
    auto& [sixteenths, thirds] = errors[static_cast<std::int64_t>(std::floor(note.place))];
    sixteenths += squared_error(note.place, kSixteenth);
    thirds += squared_error(note.place, kThird);
  }
  std::set<std::int64_t> beats;
  for (const auto& [beat, error] : errors)
    if (error.second < error.first) beats.insert(beat);
  return beats;
}

/// A score being made from what was played.
class Written {
 public:
  Written(const midi::Import& import, const Beats& beats) : import_(import), beats_(beats) {
    heard_ = notes_of(import, beats);
    thirds_ = beats_in_thirds(heard_);
    // The first bar line that nothing comes before is the start.
    std::int64_t earliest = static_cast<std::int64_t>(beats.bar_lines.front()) * kGrid;
    for (const Heard& note : heard_) earliest = std::min(earliest, on_grid(note.place));
    first_beat_ = static_cast<std::int64_t>(beats.bar_lines.front());
    constexpr std::int64_t kBar = std::int64_t{kUsualBar} * kGrid;
    if (const std::int64_t before = first_beat_ * kGrid - earliest; before > 0)
      first_beat_ -= (before + kBar - 1) / kBar * kUsualBar;
  }

  AlignedPiece piece(const AlignedEntry& entry) {
    auto score = std::make_unique<Score>();
    score->tempo = tempo();
    score->meter = meter();
    add_notes(*score);
    AlignedPiece piece{entry.composition, entry.split, entry.score_file, nullptr, nullptr,
                       nullptr,           {}};
    piece.score = std::move(score);
    piece.order = std::make_unique<const PlayingOrder>(*piece.score);
    piece.performances.push_back(performance(*piece.order, entry.score_file));
    return piece;
  }

 private:
  static constexpr int kUsualBar = 4;

  std::int64_t on_grid(double place) const {
    const bool thirds = thirds_.contains(static_cast<std::int64_t>(std::floor(place)));
    return nearest(place, thirds ? kThird : kSixteenth);
  }
  Tick tick_of_beat(std::int64_t beat) const {
    return Tick((beat - first_beat_) * kComposedPpq.ticks());
  }
  Tick tick_of(std::int64_t grid) const {
    return Tick((grid - first_beat_ * kGrid) * kComposedPpq.ticks() / kGrid);
  }

  TempoMap tempo() const {
    std::vector<TempoChange> changes;
    for (std::size_t beat = 0; beat + 1 < beats_.at.size(); ++beat) {
      const Tick at = tick_of_beat(static_cast<std::int64_t>(beat));
      const double micros = (beats_.at[beat + 1] - beats_.at[beat]) * 1e6;
      const auto tempo = Tempo::from_micros_per_quarter(static_cast<std::int32_t>(
          std::clamp(std::floor(micros + 0.5), 1.0, static_cast<double>(Tempo::kSlowest))));
      const double before =
          changes.empty() ? 0 : static_cast<double>(changes.back().tempo.micros_per_quarter());
      constexpr double kSame = 0.01;  // what annotations of a steady tempo differ by
      if (std::abs(micros - before) > kSame * before)
        changes.push_back({std::max(changes.empty() ? Tick(0) : at, Tick(0)), *tempo});
    }
    return {kComposedPpq, std::move(changes)};
  }

  /// Common time up to the first bar line, and where bar lines are as far apart as its bars.
  MeterMap meter() const {
    std::vector<MeterChange> changes{{Tick(0), kCommonTime}};
    for (std::size_t i = 0; i < beats_.bar_lines.size(); ++i) {
      const std::size_t from = beats_.bar_lines[i];
      const std::size_t to =
          i + 1 < beats_.bar_lines.size() ? beats_.bar_lines[i + 1] : from + kUsualBar;
      const int pulses = static_cast<int>(std::min<std::size_t>(to - from, kMostBeatsOfBar));
      const Tick at = tick_of_beat(static_cast<std::int64_t>(from));
      const Meter meter = *Meter::make(pulses, 4);
      const MeterChange& before = changes.back();
      const Duration into = at - before.at;
      const bool is_bar_line = into.ticks() % before.meter.bar(kComposedPpq).ticks() == 0;
      if (meter != before.meter || !is_bar_line) changes.push_back({at, meter});
    }
    return {kComposedPpq, std::move(changes)};
  }

  void add_notes(Score& score) {
    std::uint32_t id = 0;
    for (std::size_t p = 0; p < import_.score.parts.size(); ++p) {
      if (import_.score.parts[p].instrument.is_drums) continue;
      Part part = import_.score.parts[p];
      part.notes.clear();
      std::set<std::pair<Tick, int>> taken;
      for (const Heard& heard : heard_) {
        if (heard.part != p) continue;
        const std::int64_t from = on_grid(heard.place);
        const std::int64_t to = std::max(on_grid(beats_.place_of(heard.end)), from + kSixteenth);
        if (!taken.emplace(tick_of(from), heard.pitch.number()).second) {
          ++insertions_;
          continue;
        }
        Note note;
        note.id = NoteId(++id);
        note.onset = tick_of(from);
        note.duration = tick_of(to) - note.onset;
        note.pitch = heard.pitch;
        score.end = std::max(score.end, note.end());
        part.notes.push_back(note);
        sources_.push_back(&heard);
      }
      sort_notes(part.notes);
      score.parts.push_back(std::move(part));
    }
    if (score.end > Tick(0))
      score.end = score.meter.end_of(score.meter.bar_at(score.end - Duration(1)));
  }

  AlignedPerformance performance(const PlayingOrder& order, const std::string& file) const {
    const std::size_t count = order.notes().size();
    AlignedPerformance out{file,
                           {std::vector(count, kNotPlayed), std::vector(count, kNotPlayed)},
                           std::vector(count, std::numeric_limits<float>::quiet_NaN()),
                           {},
                           count,
                           insertions_};
    for (std::size_t place = 0; place < count; ++place) {
      const Heard& heard = *sources_[order.notes()[place].note->id.number() - 1];
      out.times.onset[place] = heard.onset;
      out.times.end[place] = heard.end;
      out.velocities[place] = static_cast<float>(heard.velocity.number());
    }
    constexpr int kSustain = 64;
    for (const ControlEvent& event : import_.performance.controls)
      if (event.controller.number() == kSustain)
        out.pedal.push_back(
            {import_.score.tempo.seconds_at(event.at).value(), event.value.number()});
    return out;
  }

  const midi::Import& import_;
  const Beats& beats_;
  std::vector<Heard> heard_;
  std::set<std::int64_t> thirds_;
  std::int64_t first_beat_ = 0;
  std::vector<const Heard*> sources_;  ///< of note n at n - 1
  std::size_t insertions_ = 0;
};

}  // namespace

bool is_pop909_file(std::string_view name) {
  if (!name.ends_with(".mid") || name.size() < 11) return false;
  const std::string_view stem = name.substr(name.size() - 7, 3);
  const std::string_view folder = name.substr(name.size() - 11, 3);
  const bool digits = std::ranges::all_of(stem, [](char c) { return c >= '0' && c <= '9'; });
  return digits && stem == folder && name[name.size() - 8] == '/';
}

bool is_mostly_pop909(const FileTree& tree) {
  const auto midis = std::ranges::count_if(tree.names(), is_midi);
  return midis > 0 && 2 * std::ranges::count_if(tree.names(), is_pop909_file) >= midis;
}

std::vector<AlignedEntry> find_pop909_songs(const FileTree& tree) {
  const auto sides = pop909_splits();
  std::vector<AlignedEntry> entries;
  for (const std::string& name : tree.names()) {
    if (!is_pop909_file(name)) continue;
    const std::string beats = name.substr(0, name.rfind('/') + 1) + std::string(kBeatsFile);
    if (!tree.has(beats)) continue;
    const std::string song = name.substr(name.size() - 7, 3);
    const auto side = sides.find(song);
    AlignedEntry entry{song, {}, name, {}, beats, {}, {}};
    if (side != sides.end()) entry.split = side->second;
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<AlignedPiece, DataError> read_pop909_song(const FileTree& tree, const AlignedEntry& entry) {
  TOCCATA_TRY(const Beats beats, read_beats(tree, entry.beats_file));
  TOCCATA_TRY(const Bytes bytes, tree.read(entry.score_file));
  const auto read = midi::read_midi(bytes);
  if (!read) return fail(entry.score_file, describe(read.error()));
  const midi::Import import = midi::to_score(read->file);
  return Written(import, beats).piece(entry);
}

}  // namespace toccata::learn
