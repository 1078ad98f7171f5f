// SPDX-License-Identifier: MIT
#include "obedience.hpp"

#include "batch.hpp"
#include "controls.hpp"

namespace toccata::cli {
namespace {

/// One brief and what became of it.
struct Trial {
  Ask ask;
  std::vector<Fault> faults;         ///< one a control; of those not asked for none
  std::vector<Fault> chance_faults;  ///< those of a piece made for another brief, if there is one
  Fault refusal;
};

bool is_asked(const Control& control, const Brief& brief) {
  return control.is_asked != nullptr && control.is_asked(brief);
}

std::vector<Fault> faults_of(const Brief& brief, const Heard& heard) {
  std::vector<Fault> faults;
  for (const Control& control : controls())
    faults.push_back(is_asked(control, brief) ? control.check(brief, heard) : std::nullopt);
  return faults;
}

/// Every second piece is asked for in French.
Trial tried(const Rng& rng, std::size_t index) {
  const Rng own = rng.fork(index);
  Rng words = own.fork("words");
  const auto language = index % 2 == 0 ? Language::English : Language::French;
  Trial trial{ask_for(draw_brief(own), language, words), {}, {}, {}};
  if (const auto other = hear(ask_for(draw_brief(own.fork("other")), language, words)))
    trial.chance_faults = faults_of(trial.ask.brief, *other);
  const auto heard = hear(trial.ask);
  if (!heard) {
    trial.refusal = heard.error();
    return trial;
  }
  trial.faults = faults_of(trial.ask.brief, *heard);
  return trial;
}

double chance_of(std::size_t index, const std::vector<Trial>& trials) {
  std::size_t asked = 0, passed = 0;
  for (const Trial& trial : trials) {
    if (trial.chance_faults.empty() || !is_asked(controls()[index], trial.ask.brief)) continue;
    ++asked;
    if (!trial.chance_faults[index]) ++passed;
  }
  return asked == 0 ? 0 : static_cast<double>(passed) / static_cast<double>(asked);
}

Tally tally_of(std::size_t index, const std::vector<Trial>& trials, std::vector<Miss>& misses) {
  const Control& control = controls()[index];
  Tally row{control.name, control.about};
  row.by_chance = chance_of(index, trials);
  for (const Trial& trial : trials) {
    if (!is_asked(control, trial.ask.brief)) continue;
    ++row.asked;
    if (trial.refusal) {
      ++row.refused;
    } else if (trial.faults[index]) {
      misses.push_back({control.name, *trial.faults[index], to_json(trial.ask)});
    } else {
      ++row.obtained;
    }
  }
  return row;
}

}  // namespace

Outcome<Report> evaluate_obedience(std::size_t count, std::uint64_t seed) {
  const Rng rng(seed);
  std::vector<Trial> trials(count);
  TOCCATA_CHECK(run_all(count, [&](std::size_t index) -> Outcome<void> {
    trials[index] = tried(rng, index);
    return {};
  }));
  Report report{"Asked for and obtained", count, seed, {}, {}, {}};
  for (std::size_t i = 0; i < controls().size(); ++i)
    if (controls()[i].check != nullptr) report.rows.push_back(tally_of(i, trials, report.misses));
  for (const Trial& trial : trials)
    if (trial.refusal) report.refusals.push_back({"piece", *trial.refusal, to_json(trial.ask)});
  return report;
}

}  // namespace toccata::cli
