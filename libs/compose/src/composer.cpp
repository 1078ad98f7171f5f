// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include <toccata/compose/composer.hpp>

#include "engines.hpp"

namespace toccata {
namespace {

constexpr std::array<const Composer& (*)(), 2> kEngines{rules_composer, walk_composer};

/// What the task asks for and the engine cannot do; empty where it can do it all.
std::string lacking(const Abilities& abilities, const Task& task) {
  const auto has_notes = [](const Part& part) { return !part.notes.empty(); };
  if (!abilities.can_fill && std::ranges::any_of(task.score.parts, has_notes))
    return "writes whole pieces only, not between notes that stay";
  if (!abilities.uses_maqam && task.settings.maqam != nullptr)
    return "knows no maqam, only scales of the piano's keys";
  return {};
}

/// How much of a region drafts have reached: by sections in all parts, or part by part.
class Reached {
 public:
  explicit Reached(const Task& task) : task_(task), by_cell_(task.region.cells.size(), 0.0) {}

  void add(const PartDraft& part) {
    if (part.notes.empty()) return;
    const Tick last = part.notes.back().onset;
    for (std::size_t i = 0; i < by_cell_.size(); ++i) {
      const Cell& cell = task_.region.cells[i];
      if (cell.part != part.part) continue;
      const Tick begin = task_.score.meter.onset_of(cell.first);
      const Duration length = task_.score.meter.onset_of(cell.end) - begin;
      if (length <= Duration(0)) continue;
      const auto share =
          static_cast<double>((last - begin).ticks() + 1) / static_cast<double>(length.ticks());
      by_cell_[i] = std::clamp(share, by_cell_[i], 1.0);
    }
  }
  double share() const {
    double sum = 0;
    for (const double share : by_cell_) sum += share;
    return by_cell_.empty() ? 0 : sum / static_cast<double>(by_cell_.size());
  }

 private:
  const Task& task_;
  std::vector<double> by_cell_;
};

}  // namespace

std::string describe(const ComposeError& error) { return error.what; }

const Composer* find_composer(std::string_view name) {
  for (const auto engine : kEngines)
    if (engine().abilities().name == name) return &engine();
  return nullptr;
}

std::vector<std::string_view> composer_names() {
  std::vector<std::string_view> names;
  names.reserve(kEngines.size());
  for (const auto engine : kEngines) names.push_back(engine().abilities().name);
  return names;
}

Result<Score, ComposeError> fill(const Composer& composer, const Task& task, const Rng& rng,
                                 Progress* progress, const std::stop_token& stop) {
  if (const std::string lack = lacking(composer.abilities(), task); !lack.empty())
    return Unexpected{
        ComposeError{ComposeError::Fault::Unable,
                     "engine " + std::string(composer.abilities().name) + " " + lack}};
  TOCCATA_TRY(const auto take, composer.begin(task, rng));
  Draft whole;
  Reached reached(task);
  for (;;) {
    if (stop.stop_requested())
      return Unexpected{
          ComposeError{ComposeError::Fault::Stopped, "stopped before the piece was written"}};
    TOCCATA_TRY(auto draft, take->next());
    if (!draft) break;
    for (PartDraft& part : draft->parts) {
      reached.add(part);
      whole.parts.push_back(std::move(part));
    }
    for (ChordMark& chord : draft->chords) whole.chords.push_back(std::move(chord));
    if (progress != nullptr) progress->report(reached.share());
  }
  auto spliced = splice(task.score, task.region, whole);
  if (!spliced)
    return Unexpected{ComposeError{ComposeError::Fault::Splice, describe(spliced.error())}};
  return *std::move(spliced);
}

}  // namespace toccata
