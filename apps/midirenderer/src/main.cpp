// SPDX-License-Identifier: GPL-3.0-or-later
// MidiRenderer: MIDI files played by plug-ins. It loads none in its first process: it starts itself
// again for that. docs/plugins.md says what programs that run it may rely on.
#include <algorithm>
#include <csignal>
#include <cstdio>

#include <toccata/base/file.hpp>

#include "job.hpp"
#include "verbs.hpp"
#include "worker.hpp"

namespace toccata::midirenderer {
namespace {

Outcome<void> run(const Call& call) {
  if (!call.show.empty()) {
    std::fputs(call.show.c_str(), stdout);
    return {};
  }
  if (call.scan) return scan(*call.scan, call);
  if (call.check) return check(*call.check, call);
  if (call.save) return save(*call.save, call);
  return render(*call.render, call);
}

int told(const Failure& failure, bool is_json) {
  const std::string line = cli::one_line(failure.what);
  if (is_json)
    (void)print(
        to_text(Json(Json::Object{{"event", "error"}, {"text", line}}), JsonLayout::Compact));
  return cli::tell("MidiRenderer", failure);
}

/// Whether events are asked for, also where the rest of the call is not understood.
bool is_json(const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), "--json") != words.end();
}

}  // namespace

Outcome<void> print(const std::string& line) {
  const std::string whole = line + "\n";
  if (std::fwrite(whole.data(), 1, whole.size(), stdout) != whole.size() ||
      std::fflush(stdout) != 0)
    return cli::cannot("standard output could not be written to");
  return {};
}

Outcome<void> write_and_tell(const std::filesystem::path& out, ByteView content,
                             const std::string& line) {
  const auto failed = [](const FileError& error) { return cli::cannot(describe(error)); };
  if (is_written_through(out)) {
    if (const auto written = write_file(out, content); !written) return failed(written.error());
    return print(line);
  }
  auto file = PendingFile::create(out);
  if (!file) return failed(file.error());
  if (const auto done = file->append(content); !done) return failed(done.error());
  TOCCATA_CHECK(print(line));
  if (const auto placed = file->place(); !placed) return failed(placed.error());
  return {};
}

}  // namespace toccata::midirenderer

int main(int count, char** arguments) {
  using namespace toccata;
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 2 && words[0] == midirenderer::kWorker) midirenderer::work(words[1]);
  std::signal(SIGPIPE, SIG_IGN);
  return cli::run_program(
      [&]() -> cli::Outcome<void> {
        TOCCATA_TRY(const midirenderer::Call call, midirenderer::parse_call(words));
        return midirenderer::run(call);
      },
      // JSON also where the rest of the call is not understood.
      [&](const cli::Failure& failure) {
        return midirenderer::told(failure, midirenderer::is_json(words));
      });
}
