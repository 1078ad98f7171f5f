// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>

#include <toccata/analysis/bar_shapes.hpp>
#include <toccata/analysis/key.hpp>
#include <toccata/analysis/statistics.hpp>

#include "music_tables.hpp"

namespace toccata::cli {
namespace {

constexpr double kMostEqualMelodyBars = 0.05;

/// What is compared: a part, or chords and bass together, as one hand or piano has both.
struct Compared {
  const char* name;
  std::vector<Role> roles;
  std::size_t family;  ///< index into Sample::real
};
const std::vector<Compared>& compared_parts() {
  static const std::vector<Compared> kParts{{"melody", {Role::Melody}, 0},
                                            {"chords", {Role::Chords}, 1},
                                            {"bass", {Role::Bass}, 2},
                                            {"chords and bass", {Role::Chords, Role::Bass}, 1},
                                            {"drums", {Role::Drums}, 3}};
  return kParts;
}

/// Kits name the same stroke by several keys: each goes to the plainest of its kind.
Pitch plainest(Pitch key) {
  static constexpr std::array<std::array<int, 2>, 20> kSame{
      {{35, 36}, {37, 38}, {40, 38}, {22, 42}, {44, 42}, {26, 46}, {59, 51},
       {53, 51}, {52, 49}, {55, 49}, {57, 49}, {41, 45}, {43, 45}, {47, 45},
       {48, 45}, {50, 45}, {58, 45}, {54, 42}, {70, 42}, {69, 42}}};
  for (const auto& [from, to] : kSame)
    if (key.number() == from) return *Pitch::from_number(to);
  return key;
}

std::vector<Note> notes_of(const Excerpt& excerpt, const Compared& part) {
  std::vector<Note> notes;
  for (const Role role : part.roles) {
    const auto own = cli::notes_of(excerpt, role);
    notes.insert(notes.end(), own.begin(), own.end());
  }
  if (part.roles[0] == Role::Drums)
    for (Note& note : notes) note.pitch = plainest(note.pitch);
  sort_notes(notes);
  return notes;
}

/// Two ways for bars to be equal.
enum class Alike : std::uint8_t {
  Sounding,      ///< onsets, pitches and durations
  OnsetsInAKey,  ///< onsets, and pitches from the tonic: durations of played files are nobody's
                 ///< choice
};

BarShapeOptions options_of(const Compared& part, Alike alike, const Score& score) {
  BarShapeOptions options;
  if (part.roles[0] == Role::Drums) return {.per_quarter = 4, .durations = false};
  if (part.roles[0] == Role::Melody) options.fewest_onsets = 2;
  if (alike == Alike::Sounding) return options;
  options.durations = false;
  if (!score.keys.empty()) options.tonic = score.keys[0].key.tonic.pitch_class();
  else if (const auto key = estimate_key(score, bars_of(score)))
    options.tonic = key->key.tonic.pitch_class();
  return options;
}

/// The mean over pieces of the share of a piece's bars that stand in another piece too. Nothing
/// with fewer than two pieces.
std::optional<double> equal_share(std::span<const Excerpt> excerpts, const Compared& part,
                                  Alike alike) {
  std::vector<std::vector<std::uint64_t>> pieces;
  std::map<std::uint64_t, int> holders;  // pieces that have a bar
  for (const Excerpt& excerpt : excerpts) {
    auto shapes = bar_shapes(notes_of(excerpt, part), excerpt.score.meter,
                             options_of(part, alike, excerpt.score));
    if (shapes.empty()) continue;
    pieces.push_back(shapes);
    std::ranges::sort(shapes);
    shapes.erase(std::unique(shapes.begin(), shapes.end()), shapes.end());
    for (const std::uint64_t shape : shapes) ++holders[shape];
  }
  std::vector<double> shares;
  for (const auto& piece : pieces) {
    const auto shared =
        std::ranges::count_if(piece, [&](std::uint64_t shape) { return holders.at(shape) > 1; });
    shares.push_back(static_cast<double>(shared) / static_cast<double>(piece.size()));
  }
  return shares.size() < 2 ? std::nullopt : mean_of(shares);
}

Json shown(std::optional<double> value) { return value ? Json(*value) : Json(); }

std::span<const Excerpt> first_of(std::span<const Excerpt> excerpts, std::size_t count) {
  return excerpts.first(std::min(count, excerpts.size()));
}

std::vector<Excerpt> with_part(std::span<const Excerpt> excerpts, const Compared& part) {
  std::vector<Excerpt> found;
  for (const Excerpt& excerpt : excerpts)
    if (!notes_of(excerpt, part).empty()) found.push_back(excerpt);
  return found;
}

void add_row(const Sample& sample, const Compared& part, Table& table) {
  const auto ours = with_part(sample.ours, part);
  if (ours.empty()) return;
  std::vector<Excerpt> real;
  const RealPieces& family = sample.real[part.family];
  if (family.excerpts != nullptr) real = with_part(*family.excerpts, part);
  // The more pieces, the more bars are equal by chance: as many of ours as there are of real ones.
  const std::size_t count = real.size() < 2 ? ours.size() : std::min(ours.size(), real.size());
  const auto exact = equal_share(ours, part, Alike::Sounding);
  const auto compared = equal_share(first_of(ours, count), part, Alike::OnsetsInAKey);
  const auto real_exact = equal_share(first_of(real, count), part, Alike::Sounding);
  const auto real_compared = equal_share(first_of(real, count), part, Alike::OnsetsInAKey);
  Json holds;
  if (part.roles[0] == Role::Melody && exact) holds = Json(*exact < kMostEqualMelodyBars);
  else if (compared && real_compared) holds = Json(*compared <= *real_compared);
  table.rows.push_back({sample.genre, sample.bars, part.name,
                        static_cast<std::int64_t>(ours.size()), shown(exact),
                        sample.name_of_real(part.family), static_cast<std::int64_t>(count),
                        shown(compared), shown(real_compared), shown(real_exact), holds});
}

}  // namespace

Table equal_bars_table(std::span<const Sample> samples) {
  Table table{"equal_bars",
              "Bars that stand in another piece",
              "Share of a piece's bars with notes that stand note for note in another piece of the "
              "genre, mean over pieces. As it sounds: equal in onset, pitch and duration, to 1/12 "
              "quarter; in the key: in onset and in pitch from the tonic, as durations of played "
              "files are nobody's choice, and among as many pieces of ours as there are real ones. "
              "Melodies: bars with two onsets or more. Drums: onsets to a sixteenth, keys of one "
              "kind of stroke alike. A melody holds under 5 % as it sounds; another part when its "
              "share in the key is at most that of real pieces.",
              {{"genre", "genre"},
               {"bars", "bars"},
               {"part", "part"},
               {"pieces", "pieces"},
               {"exact", "as it sounds", Show::Percent},
               {"family", "real pieces"},
               {"compared", "compared"},
               {"in_key", "ours in the key", Show::Percent},
               {"real_in_key", "real in the key", Show::Percent},
               {"real_exact", "real as it sounds", Show::Percent},
               {"holds", "holds"}},
              {}};
  for (const Sample& sample : samples)
    for (const Compared& part : compared_parts()) add_row(sample, part, table);
  return table;
}

}  // namespace toccata::cli
