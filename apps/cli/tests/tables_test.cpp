// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>

#include "music_tables.hpp"

using namespace toccata;
using namespace toccata::cli;

namespace {

/// Eighths of a melody from the pitches, eight to a bar.
std::vector<Note> line(const std::vector<int>& pitches) {
  std::vector<Note> notes;
  for (std::size_t i = 0; i < pitches.size(); ++i)
    notes.push_back({NoteId(static_cast<std::uint32_t>(i + 1)),
                     Tick(240 * static_cast<std::int64_t>(i)),
                     Duration(240),
                     *Pitch::from_number(pitches[i]),
                     {},
                     {},
                     {},
                     {}});
  return notes;
}

/// Two bars a section.
Excerpt piece(const std::vector<std::vector<int>>& sections,
              const std::vector<std::string>& labels = {}) {
  Excerpt excerpt{"piece", {}};
  std::vector<int> pitches;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (!labels.empty())
      excerpt.score.sections.push_back(
          {Tick(static_cast<std::int64_t>(pitches.size()) * 240), labels[i]});
    pitches.insert(pitches.end(), sections[i].begin(), sections[i].end());
  }
  excerpt.score.end = Tick(static_cast<std::int64_t>(pitches.size()) * 240);
  excerpt.score.parts = {{PartId(1), "Melody", Role::Melody, {}, line(pitches), {}}};
  return excerpt;
}

const std::vector<int> kA{60, 62, 64, 65, 67, 65, 64, 62, 60, 64, 67, 72, 71, 69, 67, 65};
const std::vector<int> kB{72, 72, 69, 70, 74, 70, 69, 65, 67, 63, 60, 58, 61, 66, 59, 70};
const std::vector<int> kC{55, 62, 57, 65, 59, 66, 62, 68, 63, 71, 64, 72, 66, 74, 69, 77};

Json at(const Table& table, std::size_t row, std::string_view key) {
  const auto found = std::ranges::find(table.columns, key, &Column::key);
  REQUIRE(found != table.columns.end());
  return table.rows.at(row)[static_cast<std::size_t>(found - table.columns.begin())];
}
double number_at(const Table& table, std::size_t row, std::string_view key) {
  return at(table, row, key).number().value();
}
bool flag_at(const Table& table, std::size_t row, std::string_view key) {
  return *at(table, row, key).boolean();
}

Sample sample_of(std::vector<Excerpt> ours, const std::vector<Excerpt>& real) {
  Sample sample{"folk", 4, std::move(ours), {}};
  sample.real[0] = {"nottingham", &real};
  return sample;
}

Table returns_of(const std::vector<std::vector<int>>& sections,
                 const std::vector<std::string>& labels) {
  return returns_table(std::vector{ReturnsSample{"folk", "usual", {piece(sections, labels)}}});
}

}  // namespace

TEST_CASE("uniqueness: the most alike pair is told, and judged by real pairs") {
  const std::vector<Excerpt> far{piece({kA}), piece({kB}), piece({kC})};
  const std::vector<Excerpt> near{piece({kA, kB}), piece({kA, kC}), piece({kB, kC})};
  const Table good = uniqueness_table(std::vector{sample_of(far, near)});
  CHECK(number_at(good, 0, "pairs") == 3);
  CHECK(number_at(good, 0, "max") == 0);
  CHECK(number_at(good, 0, "real_max") > 0.3);
  CHECK(flag_at(good, 0, "holds"));
  const Table bad = uniqueness_table(std::vector{sample_of(near, far)});
  CHECK(number_at(bad, 0, "above") == 3);
  CHECK_FALSE(flag_at(bad, 0, "holds"));
  CHECK(at(bad, 1, "holds").is_null());
}

TEST_CASE("equal_bars: a bar of another piece counts, in any key for the second figure") {
  std::vector<int> high = kA;
  for (int& pitch : high) pitch += 5;
  Excerpt in_c = piece({kA, kB}), in_f = piece({high, kC});
  in_c.score.keys = {{Tick(0), *parse_key("C major"), ""}};
  in_f.score.keys = {{Tick(0), *parse_key("F major"), ""}};
  const std::vector<Excerpt> real{piece({kA}), piece({kA}), piece({kB})};
  const Table table = equal_bars_table(std::vector{sample_of({in_c, in_f}, real)});
  CHECK(number_at(table, 0, "exact") == 0);
  CHECK(number_at(table, 0, "in_key") == 0.5);
  CHECK(flag_at(table, 0, "holds"));
  const Table copies =
      equal_bars_table(std::vector{sample_of({piece({kA, kB}), piece({kA, kC})}, real)});
  CHECK(number_at(copies, 0, "exact") == 0.5);
  CHECK_FALSE(flag_at(copies, 0, "holds"));
}

TEST_CASE("returns: a section that comes back is recognised, one that does not is not") {
  const Table back = returns_of({kA, kB, kA}, {"A", "B", "A'"});
  CHECK(number_at(back, 0, "pieces") == 1);
  CHECK(number_at(back, 0, "return_median") == 1);
  CHECK(number_at(back, 0, "contrast_p95") == 0);
  CHECK(flag_at(back, 0, "holds"));
  const Table lost = returns_of({kA, kB, kC}, {"A", "B", "A"});
  CHECK(number_at(lost, 0, "recognised") == 0);
  CHECK_FALSE(flag_at(lost, 0, "holds"));
  const Table same = returns_of({kA, kA, kA}, {"A", "B", "A"});
  CHECK(number_at(same, 0, "closest") == 0);
}

TEST_CASE("returns: without a return or without a contrast there is nothing to judge") {
  CHECK(returns_of({kA, kB, kC}, {"A", "B", "C"}).rows.empty());
  CHECK(returns_of({kA, kA}, {"A", "A"}).rows.empty());
  CHECK(returns_of({kA, kB, kA}, {"Intro", "A", "Outro"}).rows.empty());
}

TEST_CASE("texture: melodies among real ones lie inside, slower and wider ones outside") {
  const std::vector<Excerpt> real{piece({kA, kB}), piece({kB, kA}), piece({kA, kA}),
                                  piece({kA, kB, kA})};
  const auto inside = [&](const Excerpt& ours, std::string_view measure) {
    const Table table = texture_table(std::vector{sample_of({ours, ours}, real)});
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      if (*at(table, row, "measure").text() == measure) return number_at(table, row, "inside");
    return -1.0;
  };
  CHECK(inside(piece({kA, kB}), "range in semitones") == 1);
  CHECK(inside(piece({kC, kA}), "mean interval") == 0);
  Excerpt slow = piece({kA, kB});
  for (Note& note : slow.score.parts[0].notes) note.onset = Tick(2 * note.onset.ticks());
  slow.score.end = Tick(2 * slow.score.end.ticks());
  CHECK(inside(piece({kA, kB}), "notes a quarter") == 1);
  CHECK(inside(slow, "notes a quarter") == 0);
}

TEST_CASE("tables: text shows what JSON keeps") {
  const Table table{"t",
                    "Title",
                    "About.",
                    {{"name", "name"}, {"share", "share", Show::Percent}, {"holds", "holds"}},
                    {{"one", 0.123456, true}, {"two", Json(), false}}};
  CHECK(to_text(table).find("| one  | 12.3 % | yes   |") != std::string::npos);
  CHECK(to_text(table).find("| two  | -      | NO    |") != std::string::npos);
  CHECK(*to_json(table).array()->at(0).find("share")->number() == 0.123456);
  CHECK(held_in(table).held == 1);
  CHECK(held_in(table).rows == 2);
}
