// SPDX-License-Identifier: MIT
// What every performer has in common: it makes a Performance of a score, stretch by stretch.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/plan/plan.hpp>
#include <toccata/score/performance.hpp>

namespace toccata {

/// A score to be played and what is known about it. All of it must outlive the PerformTake.
struct PerformTask {
  const Score& score;
  const Settings* settings = nullptr;  ///< genre, dynamics and seats; null: a file of the user's
  const Plan* plan = nullptr;          ///< how full each section is; null where unknown
  /// How the score's file came, where its velocities stand for written dynamics; null where not.
  const Performance* written = nullptr;
};

/// One playing in progress.
class PerformTake {
 public:
  virtual ~PerformTake() = default;
  /// The notes that begin in the next `bars` bars, with the controllers and tempo changes there;
  /// nothing after the last bar. Stretches of any length add up to the same performance.
  /// Range: bars at least 1.
  virtual std::optional<Performance> next(int bars) = 0;
};

/// A take of a performance that is worked out at once. Range: of that score, which must outlive it.
std::unique_ptr<PerformTake> make_whole_take(const Score& score, Performance whole);

/// A way of playing. Stateless: the same task and generator give the same performance. It can
/// change no pitch, as a Performance holds none; notes of a part keep their order, each begins in
/// the bar where it is written, and of two of one key the second begins 20 ms after the first, or
/// half as far as they are written apart where that is less, so that the first is heard.
class Performer {
 public:
  virtual ~Performer() = default;
  virtual std::string_view name() const = 0;
  virtual std::unique_ptr<PerformTake> begin(const PerformTask& task, const Rng& rng) const = 0;
};

/// Performers by name; null when unknown.
///
/// none   The written music: no shift, the written lengths, velocity 80, the score's tempo.
/// sine   Velocities of a wave: int(70 + 40 sin(2 pi i / n)) for note i of a part's n, 20 more on
///        whole and half quarters, at most 127; else as written.
/// curve  Phrases, accents, groove, swing, easing at the end, pedal: what a player would do by
///        rule; what plays where no weights are.
const Performer* find_performer(std::string_view name);
std::vector<std::string_view> performer_names();
inline constexpr std::string_view kDefaultPerformer = "curve";

/// The whole score: a PerformTake in one stretch.
Performance perform(const Performer& performer, const PerformTask& task, const Rng& rng);

/// How notes that were added to a user's music are played so that they do not stand out: loud
/// as the part is around them, with its spread (by rule, see curve; per instrument of a kit), on
/// the grid they are written on. Gives entries for `added` alone, to be merged into `performance`.
/// Range: `added` sorted. Cost: O(notes).
Performance perform_like(const Score& score, const Performance& performance,
                         const std::vector<NoteId>& added, const Rng& rng);

}  // namespace toccata
