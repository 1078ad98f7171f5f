// SPDX-License-Identifier: MIT
// toccata-train: what `toccata train ... --learner network` becomes.
#include "network_options.hpp"
#include "network_run.hpp"
#include "say.hpp"

namespace toccata::cli {
namespace {

Outcome<void> train(const Arguments& arguments) {
  if (const std::string& what = arguments.positionals().front(); what != "expression")
    return wrong_call("train \"" + what + "\": unknown, allowed is expression");
  return train_networks(arguments);
}

Outcome<void> run(int count, const char* const* words) {
  const Verb verbs[] = {{"train",
                         "Trains networks of expression from scores with aligned performances.",
                         {"WHAT", "expression: how loud, when and how long notes are played",
                          PositionalSpec::Count::One},
                         network_options(),
                         "toccata train expression --learner network --data asap -o run",
                         train}};
  TOCCATA_TRY(const Parsed parsed, parse_command_line(verbs, count, words));
  if (!parsed.call) return say(parsed.show);
  return parsed.call->verb->run(parsed.call->arguments);
}

}  // namespace
}  // namespace toccata::cli

int main(int count, char** words) {
  using namespace toccata::cli;
  return run_program([&] { return run(count, words); },
                     [](const Failure& failure) { return tell("toccata", failure); });
}
