// SPDX-License-Identifier: MIT
#include "writing.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>
#include <toccata/analysis/distinct.hpp>
#include <toccata/perform/performer.hpp>

#include "batch.hpp"
#include "list_option.hpp"
#include "models.hpp"

namespace toccata::cli {
namespace {

constexpr std::size_t kAhead = 32;  ///< pieces for each core, written before any is chosen

/// A piece that may be chosen.
struct Candidate {
  Written piece;
  StepRuns melody;
};

StepRuns melody_runs(const Score& score) {
  const auto found = std::ranges::find(score.parts, Role::Melody, &Part::role);
  return distinct_runs(found == score.parts.end() ? std::span<const Note>() : found->notes,
                       score.ppq());
}

/// Chooses among pieces in the order of their seeds.
class Chooser {
 public:
  explicit Chooser(const Settings& settings) : melodies_(settings.genre.melody.alike) {}

  /// Keeps the melody of one that it takes.
  bool takes(StepRuns& melody) {
    const bool is_distinct = melodies_.is_distinct(melody);
    if (!is_distinct && in_a_row_ < kMostPassedOver) {
      ++in_a_row_, ++selection_.passed_over;
      return false;
    }
    if (!is_distinct) ++selection_.alike;
    in_a_row_ = 0;
    melodies_.add(std::move(melody));
    return true;
  }
  const Selection& selection() const { return selection_; }

 private:
  DistinctMelodies melodies_;
  Selection selection_;
  std::size_t in_a_row_ = 0;  ///< seeds passed over since the last piece
};

/// Pieces of the brief under `count` seeds from `first` on.
Outcome<std::vector<Candidate>> write_some(const Brief& brief, std::uint64_t first,
                                           std::size_t count) {
  std::vector<std::optional<Candidate>> made(count);
  TOCCATA_CHECK(run_all(count, [&](std::size_t index) -> Outcome<void> {
    Brief own = brief;
    own.seed = first + index;
    TOCCATA_TRY(Settled settled, settled_of(own));
    TOCCATA_TRY(Written piece, write_piece(std::move(settled)));
    StepRuns melody = melody_runs(piece.score);
    made[index] = Candidate{std::move(piece), std::move(melody)};
    return {};
  }));
  std::vector<Candidate> pieces;
  pieces.reserve(count);
  for (auto& piece : made) pieces.push_back(*std::move(piece));
  return pieces;
}

}  // namespace

Outcome<Settled> settled_of(const Brief& brief) {
  auto settled = settle(brief, 0);
  if (!settled) return wrong_call(settled.error());
  const Settings& settings = settled->settings;
  if (find_composer(settings.engine) == nullptr)
    return wrong_call(fmt::format("engine \"{}\": unknown, allowed are {}", settings.engine,
                                  joined(composer_names())));
  // Shipped weights are read later.
  if (!has_weights(settings.performance))
    TOCCATA_CHECK(performer_named(settings.performance, kComposing));
  return *std::move(settled);
}

Outcome<Written> write_piece(Settled settled, Progress* progress) {
  auto plan = make_plan(settled.settings);
  if (!plan) return wrong_call(plan.error());
  auto score = compose(settled.settings, *plan, progress);
  if (!score) return cannot("compose: " + describe(score.error()));
  return Written{std::move(settled), *std::move(plan), *std::move(score)};
}

Outcome<Selection> write_set(
    const Brief& brief, std::size_t count,
    const std::function<Outcome<void>(std::size_t index, Written piece)>& take) {
  std::optional<Chooser> chooser;
  const std::size_t most = kAhead * std::max(std::thread::hardware_concurrency(), 1U);
  std::uint64_t seed = brief.seed.value_or(0);
  for (std::size_t taken = 0; taken < count;) {
    TOCCATA_TRY(auto pieces, write_some(brief, seed, std::min(count - taken, most)));
    seed += pieces.size();
    if (!chooser) chooser.emplace(pieces.front().piece.settled.settings);
    std::vector<Written> chosen;
    for (auto& [piece, melody] : pieces)
      if (chooser->takes(melody)) chosen.push_back(std::move(piece));
    TOCCATA_CHECK(run_all(chosen.size(), [&](std::size_t index) {
      return take(taken + index, std::move(chosen[index]));
    }));
    taken += chosen.size();
  }
  return chooser ? chooser->selection() : Selection{};
}

}  // namespace toccata::cli
