// SPDX-License-Identifier: MIT
// toccata: one program with verbs. docs/cli.md says what scripts may rely on.
#include "say.hpp"
#include "train/other_program.hpp"
#include "verbs.hpp"

#include <toccata/base/memory.hpp>

namespace toccata::cli {
namespace {

Outcome<void> run(int count, const char* const* words) {
  // It has options of its own.
  if (asks_for_networks(count, words)) return become_trainer(count, words);
  const Verb verbs[] = {compose_verb(), fill_verb(),    continue_verb(), convert_verb(),
                        info_verb(),    render_verb(),  perform_verb(),  evaluate_verb(),
                        train_verb(),   predict_verb(), preset_verb(),   plugins_verb()};
  TOCCATA_TRY(const Parsed parsed, parse_command_line(verbs, count, words));
  if (!parsed.call) return say(parsed.show);
  return parsed.call->verb->run(parsed.call->arguments);
}

}  // namespace
}  // namespace toccata::cli

int main(int count, char** words) {
  using namespace toccata::cli;
  toccata::keep_freed_memory();
  return run_program([&] { return run(count, words); },
                     [](const Failure& failure) { return tell("toccata", failure); });
}
