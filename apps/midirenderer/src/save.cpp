// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <toccata/plugins/preset_file.hpp>

#include "launch.hpp"
#include "shared_memory.hpp"
#include "verbs.hpp"

namespace toccata::midirenderer {

using cli::cannot;

Outcome<void> save(const SaveOptions& options, const Call& call) {
  Launch launching;
  launching.job = {Job::Task::Save, options.plugin.path.string(), options.plugin.name};
  launching.job.parameters = options.parameters;
  launching.timeout_s = call.timeout_s;
  std::optional<SharedMemory> base;
  if (options.base) {
    const auto preset = plugins::read_preset_file(*options.base);
    if (!preset) return cannot(preset.error());
    auto memory = SharedMemory::make(ByteView(preset->bytes));
    if (!memory) return cannot(memory.error());
    base.emplace(*std::move(memory));
    launching.job.preset = base->descriptor();
    launching.preset_path = options.base->string();
  }
  const auto out = SharedMemory::make(std::size_t{0});
  if (!out) return cannot(out.error());
  launching.job.out = out->descriptor();
  TOCCATA_TRY(const auto temporary, TemporaryFolder::make());
  TOCCATA_TRY(Json done, launch(std::move(launching), *temporary));
  const auto state = SharedMemory::open(::dup(out->descriptor()));
  if (!state) return cannot(fmt::format("{}: gave no state", options.plugin.path.string()));
  const auto preset = plugins::read_preset(state->bytes());
  if (!preset)
    return cannot(fmt::format("{}: the state it gave is no preset: {}",
                              options.plugin.path.string(), describe(preset.error())));
  done.add("class_id", preset->class_id.text());
  done.add("out", options.out.string());
  const std::string line =
      call.is_json ? to_text(done, JsonLayout::Compact)
                   : fmt::format("{} -> {}", options.plugin.path.string(), options.out.string());
  return write_and_tell(options.out, state->bytes(), line);
}

}  // namespace toccata::midirenderer
