// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <toccata/learn/network_material.hpp>
#include <toccata/learn/piece_pack.hpp>
#include <toccata/learn/target_series.hpp>
#include <toccata/learn/variation.hpp>
#include <toccata/perform/past.hpp>

#include "aligned_pieces.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

NetworkTask task_named(std::string_view name) {
  const auto task = find_network_task(name);
  REQUIRE(task.has_value());
  return *task;
}

PreparedSet set_of(std::size_t pieces) {
  PreparedSet set;
  for (std::size_t i = 0; i < pieces; ++i) {
    AlignedPiece piece = aligned_piece("piece " + std::to_string(i), i + 1);
    for (AlignedPerformance& played : piece.performances)
      played.times.beats = {{0, 0.25}, {1.5, 1.125}};
    set.pieces.push_back({i % 2 == 0 ? Form::Page : Form::Midi,
                          std::make_unique<const PreparedPiece>(std::move(piece))});
  }
  return set;
}

const PackedFrom kFrom{"a set", "CC0"};

std::string refusal(const Bytes& bytes) {
  const auto read = unpack_pieces(bytes, "a.pack");
  REQUIRE(!read.has_value());
  return describe(read.error());
}

}  // namespace

TEST_CASE("network_tasks: each is found by its name, and its columns are those of trees") {
  for (const NetworkTask& task : network_tasks()) {
    CHECK(find_network_task(name_of(task)) == task);
    auto columns = piece_columns(task);
    const auto timing = timing_columns(task);
    columns.insert(columns.end(), timing.begin(), timing.end());
    CHECK(columns == columns_of(task.targets.front(), task.inputs));
  }
  CHECK(player_name(task_named("network.score_marks_timing"), Target::NoteVelocity) ==
        "player.velocity.autoregressive_teacher");
  CHECK(player_name(task_named("network.score_marks"), Target::BeatSlowness) ==
        "player.beat_slowness.score_marks");
}

TEST_CASE("gather_material: rows are those of the learners of trees") {
  const PreparedPiece piece(aligned_piece("a", 2));
  const PreparedPiece* pieces[] = {&piece};
  const auto task = task_named("network.score_marks_timing");
  const Material material = gather_material(pieces, task, 100, Rng(1));
  const auto rows = expression_rows(pieces, Target::NoteVelocity, Inputs::History);
  REQUIRE(material.sequences.size() == 2);
  std::size_t row = 0;
  for (const Sequence& sequence : material.sequences)
    for (std::size_t place = 0; place < sequence.rows; ++place) {
      const std::size_t played = sequence.played_row + place;
      const float target = material.targets_of(played)[0];
      if (std::isnan(target)) continue;
      CHECK(target == rows.targets[row]);
      const auto number = [&](std::size_t column) {
        if (column < material.piece_columns)
          return material.pieces[(sequence.piece_row + place) * material.piece_columns + column];
        const std::size_t first = played * material.played_columns();
        return material.played[first + column - material.piece_columns];
      };
      for (std::size_t c = 0; c < rows.table.names().size(); ++c) {
        const float expected = rows.table.column(c)[row], found = number(c);
        const bool same = expected == found || (std::isnan(expected) && std::isnan(found));
        CHECK_MESSAGE(same, rows.table.names()[c]);
      }
      ++row;
    }
  CHECK(row == rows.targets.size());
}

TEST_CASE("gather_material: the past of a beat is told to its note, and to those that lead there") {
  const PreparedPiece piece(aligned_piece("a", 1));
  const PreparedPiece* pieces[] = {&piece};
  const auto task = task_named("network.score_marks");
  const Material material = gather_material(pieces, task, 1, Rng(1));
  const TargetSeries series =
      target_series(*piece.piece.order, piece.piece.performances[0], Target::BeatSlowness);
  const std::size_t before = past_names(Target::NoteVelocity).size();  // the velocities' player's
  Past past(*piece.piece.order, Target::BeatSlowness, series.places);
  std::vector<float> told(past_names(Target::BeatSlowness).size());
  past.add(series.values[0]);
  for (std::size_t element = 1; element < series.places.size(); ++element) {
    past.tell(told);
    const std::size_t last = series.places[element];
    for (std::size_t place = series.places[element - 1] + 1; place <= last; ++place) {
      const float* found = &material.played[place * material.played_columns() + before];
      for (std::size_t c = 0; c < told.size(); ++c) {
        const bool same = found[c] == told[c] || (std::isnan(found[c]) && std::isnan(told[c]));
        CHECK_MESSAGE(same, past_names(Target::BeatSlowness)[c]);
      }
    }
    past.add(series.values[element]);
  }
  for (std::size_t place = series.places.back() + 1; place < material.sequences[0].rows; ++place)
    CHECK(std::isnan(material.played[place * material.played_columns() + before]));
}

TEST_CASE("gather_material: performances beyond the most are drawn, and a piece weighs the same") {
  const PreparedPiece few(aligned_piece("few", 2)), many(aligned_piece("many", 9));
  const PreparedPiece* pieces[] = {&few, &many};
  const auto task = task_named("network.score");
  std::set<float> firsts;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Material material = gather_material(pieces, task, 4, Rng(seed));
    REQUIRE(material.sequences.size() == 6);
    double weights[2] = {0, 0};
    for (const Sequence& sequence : material.sequences) weights[sequence.piece] += sequence.weight;
    CHECK(weights[0] == doctest::Approx(1));
    CHECK(weights[1] == doctest::Approx(1));
    firsts.insert(material.targets_of(material.sequences[2].played_row)[0]);
  }
  CHECK(firsts.size() > 3);
}

TEST_CASE("gather_material: any number of threads gives the same") {
  const PreparedPiece one(aligned_piece("one", 3)), two(aligned_piece("two", 2));
  const PreparedPiece* pieces[] = {&one, &two};
  const auto task = task_named("network.score_marks_timing");
  const auto with = [&](unsigned threads) {
    Running running;
    running.threads = threads;
    return gather_material(pieces, task, 2, Rng(3), running);
  };
  const Material alone = with(1), together = with(4);
  const auto bytes = [](const std::vector<float>& values) {
    return Bytes(reinterpret_cast<const std::uint8_t*>(values.data()),
                 reinterpret_cast<const std::uint8_t*>(values.data() + values.size()));
  };
  CHECK(bytes(alone.played) == bytes(together.played));
  CHECK(bytes(alone.pieces) == bytes(together.pieces));
}

TEST_CASE("draw_windows: they lie within their sequences, the ends of which are always seen") {
  const PreparedPiece piece(aligned_piece("a", 3));
  const PreparedPiece* pieces[] = {&piece};
  const Material material = gather_material(pieces, task_named("network.score"), 9, Rng(1));
  for (const std::size_t length : {1U, 10U, 63U, 64U, 100U}) {
    const auto windows = draw_windows(material, length, Rng(length));
    for (const Sequence& sequence : material.sequences) {
      std::size_t count = 0;
      bool begins = false, ends = false;
      for (const Window& window : windows) {
        if (window.played_row < sequence.played_row ||
            window.played_row >= sequence.played_row + sequence.rows)
          continue;
        ++count;
        CHECK(window.rows == std::min<std::size_t>(length, sequence.rows));
        CHECK(window.played_row + window.rows <= sequence.played_row + sequence.rows);
        CHECK(window.piece_row - sequence.piece_row == window.played_row - sequence.played_row);
        begins |= window.played_row == sequence.played_row;
        ends |= window.played_row + window.rows == sequence.played_row + sequence.rows;
      }
      CHECK(count == (sequence.rows + length - 1) / length);
      CHECK(begins == (count > 1 || length >= sequence.rows));
      CHECK(ends);
    }
  }
}

TEST_CASE("standard_of: what is missing does not count, and a constant column has no scale") {
  const float nothing = std::nanf("");
  const std::vector<float> table{1, 5, 9, 3, 5, nothing, 5, 5, 11};
  const Standard standard = standard_of(table, 3, 0, 3);
  CHECK(standard.mean == std::vector<float>{3, 5, 10});
  CHECK(standard.scale[0] == doctest::Approx(1 / std::sqrt(8.0 / 3)));
  CHECK(standard.scale[1] == 0);
  CHECK(standard.scale[2] == 1);
}

TEST_CASE("varied: a transposed piece differs in its pitches, and not in its intervals") {
  const PreparedPiece piece(aligned_piece("a", 1));
  const auto moved = varied(piece, {.semitones = 3});
  const auto column = [](const PreparedPiece& of, std::string_view name) {
    const auto& names = of.score.names();
    const auto at = std::ranges::find(names, name);
    REQUIRE(at != names.end());
    return of.score.column(static_cast<std::size_t>(at - names.begin()));
  };
  const auto before = column(piece, "pitch"), after = column(*moved, "pitch");
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(after[i] == before[i] + 3);
  CHECK(std::ranges::equal(column(piece, "metric_weight"), column(*moved, "metric_weight")));
  CHECK(moved->piece.performances[0].velocities == piece.piece.performances[0].velocities);
}

TEST_CASE("varied: stretched times leave slowness as it was, inverted velocities keep their mean") {
  const PreparedPiece piece(aligned_piece("a", 1));
  const auto slow = varied(piece, {.stretch = 1.25});
  const auto series = [](const PreparedPiece& of) {
    return target_series(*of.piece.order, of.piece.performances[0], Target::BeatSlowness).values;
  };
  const auto before = series(piece), after = series(*slow);
  REQUIRE(before.size() == after.size());
  for (std::size_t i = 0; i < before.size(); ++i)
    if (!std::isnan(before[i])) CHECK(after[i] == doctest::Approx(before[i]).epsilon(1e-4));
  CHECK(slow->piece.performances[0].times.onset[9] ==
        doctest::Approx(1.25 * piece.piece.performances[0].times.onset[9]));
  const auto inverted = varied(piece, {.inverted = true});
  const auto& soft = inverted->piece.performances[0].velocities;
  const auto& loud = piece.piece.performances[0].velocities;
  const double twice_the_mean = soft[0] + loud[0];
  for (std::size_t i = 1; i < loud.size(); ++i)
    CHECK(soft[i] + loud[i] == doctest::Approx(twice_the_mean));
}

TEST_CASE("pack_pieces: what is read is what was packed") {
  const PreparedSet set = set_of(3);
  const Bytes bytes = pack_pieces(set, kFrom);
  const auto read = unpack_pieces(bytes, "a.pack");
  REQUIRE(read.has_value());
  CHECK(read->from == kFrom);
  REQUIRE(read->set.pieces.size() == 3);
  CHECK(pack_pieces(read->set, kFrom) == bytes);
  for (std::size_t i = 0; i < 3; ++i) {
    const AlignedPiece& before = set.pieces[i].prepared->piece;
    const AlignedPiece& after = read->set.pieces[i].prepared->piece;
    CHECK(read->set.pieces[i].form == set.pieces[i].form);
    CHECK(*after.score == *before.score);
    CHECK(after.composition == before.composition);
    CHECK(after.split == before.split);
    REQUIRE(after.performances.size() == before.performances.size());
    for (std::size_t p = 0; p < before.performances.size(); ++p) {
      const auto& [old, now] = std::pair(before.performances[p], after.performances[p]);
      CHECK(now.played == old.played);
      REQUIRE(now.times.beats.size() == 2);
      CHECK(now.times.beats[1].quarter == 1.5);
      CHECK(now.times.beats[1].seconds == 1.125);
      for (std::size_t n = 0; n < old.velocities.size(); ++n) {
        CHECK(std::isnan(now.velocities[n]) == std::isnan(old.velocities[n]));
        if (std::isnan(old.velocities[n])) continue;
        CHECK(now.velocities[n] == old.velocities[n]);
        CHECK(std::abs(now.times.onset[n] - old.times.onset[n]) < 1e-6);
        CHECK(std::abs(now.times.end[n] - old.times.end[n]) < 2e-6);
      }
    }
  }
}

TEST_CASE("unpack_pieces: a file that is cut, lengthened or changed is refused with the reason") {
  const Bytes bytes = pack_pieces(set_of(2), kFrom);
  for (std::size_t size = 0; size < bytes.size(); size += 97)
    CHECK(refusal(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)))
              .starts_with("a.pack"));
  Bytes longer = bytes;
  longer.push_back(0);
  CHECK(refusal(longer).find("longer or shorter") != std::string::npos);
  for (std::size_t at = 60; at < bytes.size(); at += 131) {
    Bytes changed = bytes;
    changed[at] ^= 0x55;
    CHECK(!unpack_pieces(changed, "a.pack").has_value());
  }
  CHECK(refusal(Bytes(100, 7)).find("no pack") != std::string::npos);
}

TEST_CASE("unpack_pieces: a piece that claims to be huge is refused before room is made for it") {
  Bytes bytes;
  append_text(bytes, kPiecePackFormat);
  append_u32(bytes, 0);
  append_u32(bytes, 0);
  append_u32(bytes, 1);
  append_u32(bytes, 4);
  append_u32(bytes, 0xFFFFFFFF);
  append_u32(bytes, 0);
  CHECK(refusal(bytes).find("too large") != std::string::npos);
}
