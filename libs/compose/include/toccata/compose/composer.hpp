// SPDX-License-Identifier: MIT
// What every composer has in common: a task, abilities, and drafts for a region.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/plan/plan.hpp>
#include <toccata/score/performance.hpp>
#include <toccata/score/region.hpp>

namespace toccata {

/// What is to be written and what is known about it.
struct Task {
  const Score& score;  ///< with room made for the region
  Region region;
  const Settings& settings;
  const Plan& plan;  ///< of the whole score's bars
};

/// What a composer can do, asked before any note is written.
struct Abilities {
  std::string_view name;    ///< "rules"
  bool can_fill = false;    ///< writes between and after notes that stay
  bool uses_maqam = false;  ///< knows degrees between the keys of a piano
};

struct ComposeError {
  enum class Fault : std::uint8_t { Unable, Unknown, BadSettings, Splice, Stopped } fault;
  std::string what;
};
std::string describe(const ComposeError& error);

/// One writing in progress. Streaming is the primitive: each call gives a further stretch.
class Take {
 public:
  virtual ~Take() = default;
  /// The next stretch of the region, or nothing when it is written.
  virtual Result<std::optional<Draft>, ComposeError> next() = 0;
};

/// An engine. Stateless: the same task and generator give the same drafts.
class Composer {
 public:
  virtual ~Composer() = default;
  virtual const Abilities& abilities() const = 0;
  /// Errors: Unable, naming what the task asks that this engine cannot do.
  virtual Result<std::unique_ptr<Take>, ComposeError> begin(const Task& task,
                                                            const Rng& rng) const = 0;
};

/// Engines by name: "rules", "walk". Null when unknown.
const Composer* find_composer(std::string_view name);
std::vector<std::string_view> composer_names();

/// Told how far a long job is; called from the working thread.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void report(double share_done) = 0;
};

/// Writes a task's region: the loop over a Take, spliced as a whole at the end.
/// Errors: what the composer's abilities lack, its own, or Stopped.
Result<Score, ComposeError> fill(const Composer& composer, const Task& task, const Rng& rng,
                                 Progress* progress = nullptr, const std::stop_token& stop = {});

}  // namespace toccata
