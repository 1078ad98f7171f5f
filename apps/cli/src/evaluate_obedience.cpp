// SPDX-License-Identifier: MIT
#include "evaluate_obedience.hpp"

#include "batch.hpp"
#include "evaluate_controls.hpp"

namespace toccata::cli {
namespace {

/// One brief and what became of it.
struct Trial {
  Ask ask;
  std::vector<Fault> faults;  ///< one a control; of those not asked for none
  Fault refusal;
};

bool is_asked(const Control& control, const Brief& brief) {
  return control.is_asked != nullptr && control.is_asked(brief);
}

/// Every second piece is asked for in French.
Trial tried(const Rng& rng, std::size_t index) {
  const Rng own = rng.fork(index);
  Rng words = own.fork("words");
  const auto language = index % 2 == 0 ? Language::English : Language::French;
  Trial trial{ask_for(draw_brief(own), language, words), {}, {}};
  const auto heard = hear(trial.ask);
  if (!heard) {
    trial.refusal = heard.error();
    return trial;
  }
  for (const Control& control : controls())
    trial.faults.push_back(is_asked(control, trial.ask.brief)
                               ? control.check(trial.ask.brief, *heard)
                               : std::nullopt);
  return trial;
}

Tally tally_of(std::size_t index, const std::vector<Trial>& trials, std::vector<Miss>& misses) {
  const Control& control = controls()[index];
  Tally row{control.name, control.about};
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
    if (controls()[i].check != nullptr)
      report.rows.push_back(tally_of(i, trials, report.misses));
  for (const Trial& trial : trials)
    if (trial.refusal) report.refusals.push_back({"piece", *trial.refusal, to_json(trial.ask)});
  return report;
}

}  // namespace toccata::cli
