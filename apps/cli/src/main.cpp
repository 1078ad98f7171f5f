// SPDX-License-Identifier: MIT
// toccata: one program with verbs. docs/cli.md says what scripts may rely on.
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include "say.hpp"
#include "train/other_program.hpp"
#include "verbs.hpp"

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

/// Networks need rooms of some megabytes, one after the other. Those that are free again are kept
/// for the next one: asking the system for each page anew took a tenth of a performance's time.
void keep_freed_memory() {
#if defined(M_MMAP_THRESHOLD) && defined(M_TRIM_THRESHOLD)
  constexpr int kRoom = 32 << 20, kKept = 512 << 20;
  mallopt(M_MMAP_THRESHOLD, kRoom);
  mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

}  // namespace
}  // namespace toccata::cli

int main(int count, char** words) {
  using namespace toccata::cli;
  keep_freed_memory();
  return run_program([&] { return run(count, words); },
                     [](const Failure& failure) { return tell("toccata", failure); });
}
