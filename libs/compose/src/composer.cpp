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

}  // namespace

std::string describe(const ComposeError& error) { return error.what; }

const Composer* find_composer(std::string_view name) {
  for (const auto engine : kEngines)
    if (engine().abilities().name == name) return &engine();
  return nullptr;
}

std::vector<std::string_view> composer_names() {
  std::vector<std::string_view> names;
  for (const auto engine : kEngines) names.push_back(engine().abilities().name);
  return names;
}

Result<Score, ComposeError> fill(const Composer& composer, const Task& task, const Rng& rng,
                                 Progress* progress, std::stop_token stop) {
  if (const std::string lack = lacking(composer.abilities(), task); !lack.empty())
    return Unexpected{
        ComposeError{ComposeError::Fault::Unable,
                     "engine " + std::string(composer.abilities().name) + " " + lack}};
  TOCCATA_TRY(const auto take, composer.begin(task, rng));
  Draft whole;
  const Tick end = task.score.end;
  for (;;) {
    if (stop.stop_requested())
      return Unexpected{
          ComposeError{ComposeError::Fault::Stopped, "stopped before the piece was written"}};
    TOCCATA_TRY(auto draft, take->next());
    if (!draft) break;
    Tick reached;
    for (PartDraft& part : draft->parts) {
      if (!part.notes.empty()) reached = std::max(reached, part.notes.back().onset);
      whole.parts.push_back(std::move(part));
    }
    for (ChordMark& chord : draft->chords) whole.chords.push_back(std::move(chord));
    if (progress != nullptr && end > Tick(0))
      progress->report(static_cast<double>(reached.ticks()) / static_cast<double>(end.ticks()));
  }
  auto spliced = splice(task.score, task.region, whole);
  if (!spliced)
    return Unexpected{ComposeError{ComposeError::Fault::Splice, describe(spliced.error())}};
  return *std::move(spliced);
}

}  // namespace toccata
