// SPDX-License-Identifier: MIT
// What happens when plug-ins do wrong: one line that names the plug-in, no file, nothing left over.
#include "renderer.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <toccata/base/json.hpp>

using namespace toccata;
using namespace toccata::test;

namespace {

struct Case {
  const char* behaviour;
  const char* said;
  double most_seconds;
};

bool is_one_line(const std::string& text) {
  return text.size() > 15 && text.size() < 600 && text.find('\n') == text.size() - 1;
}

}  // namespace

TEST_CASE("MidiRenderer: what a bad plug-in does is said in one line, within the time limit") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60, 64}));
  constexpr double kLimit = 3, kAtOnce = 2, kSpare = 1;
  for (const Case& one :
       std::initializer_list<Case>{{"CrashAtLoad", "crashed while it was loaded", kAtOnce},
                                   {"CrashPlaying", "crashed while it played", kAtOnce},
                                   {"EndsProcess", "ended the process", kAtOnce},
                                   {"NotANumber", "no number", kAtOnce},
                                   {"TooLoud", "over +24", kAtOnce},
                                   {"Hot", "--gain -4.0", kAtOnce},
                                   {"HangAtLoad", "hung while it was loaded", kLimit + kSpare},
                                   {"HangPlaying", "hung while it played", kLimit + kSpare},
                                   {"StartsChild", "hung while notes were tried", kLimit + kSpare},
                                   {"Effect", "takes no notes", kAtOnce},
                                   {"Silent", "stayed silent", kLimit + kSpare},
                                   {"Denormal", "stayed silent", kLimit + kSpare}}) {
    CAPTURE(one.behaviour);
    const Ended ended = run_renderer(
        folder, {midi, "-", plugin(one.behaviour), folder / "out.wav", "--timeout", "3"});
    CHECK(ended.status == 1);
    CHECK(is_one_line(ended.error));
    CHECK(ended.error.find(one.said) != std::string::npos);
    CHECK(ended.error.find(std::string(one.behaviour) + ".vst3") != std::string::npos);
    CHECK(ended.seconds < one.most_seconds);
    CHECK(folder.outputs().empty());
    CHECK(count_left() == 0);
    MESSAGE(ended.error);
  }
}

TEST_CASE("MidiRenderer: a plug-in that needs time or the message loop is waited for") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60, 64}));
  const std::string out = folder / "out.wav";
  REQUIRE(run_renderer(folder, {midi, "-", plugin("Sine"), out}).status == 0);
  const std::string right = bytes_of(out);
  for (const char* behaviour : {"Late", "NeedsLoop"}) {
    const Ended ended = run_renderer(folder, {midi, "-", plugin(behaviour), out});
    CHECK_MESSAGE(ended.status == 0, ended.error);
    CHECK_MESSAGE(bytes_of(out) == right, behaviour);
  }
}

TEST_CASE("MidiRenderer: what would clip is kept whole by --gain or floating point") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::string out = folder / "out.wav";
  CHECK(run_renderer(folder, {midi, "-", plugin("Hot"), out, "--gain", "-4.0"}).status == 0);
  CHECK(run_renderer(folder, {midi, "-", plugin("Hot"), out, "--bits", "32f"}).status == 0);
  const Wav wav = read_wav(out);
  CHECK(*std::max_element(wav.left.begin(), wav.left.end()) > 1.5F);
}

TEST_CASE("MidiRenderer: killed in the middle it leaves neither processes nor a file") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  // The shell's own child is killed while the plug-in hangs, one that has a child of its own too.
  for (const char* behaviour : {"HangPlaying", "StartsChild"}) {
    run_renderer(folder, {midi, "-", plugin(behaviour), folder / "out.wav"},
                 "timeout --signal=KILL 1");
    for (int i = 0; i < 100 && count_left() > 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(count_left() == 0);
    CHECK(folder.outputs().empty());
  }
}

TEST_CASE("MidiRenderer: killed at any moment it leaves no temporary folder") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::filesystem::path temporary = folder / "tmp";
  std::filesystem::create_directory(temporary);
  for (const char* seconds : {"0.005", "0.01", "0.02", "0.03", "0.05", "0.1", "0.2", "0.4"}) {
    CAPTURE(seconds);
    run_renderer(folder, {midi, "-", plugin("HangPlaying"), folder / "out.wav"},
                 "TMPDIR='" + temporary.string() + "' timeout --signal=KILL " + seconds);
    for (int i = 0; i < 100 && count_left() > 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(count_left() == 0);
    CHECK(std::filesystem::is_empty(temporary));
  }
}

TEST_CASE("MidiRenderer: without a folder for temporary files nothing is touched") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const std::filesystem::path own = folder / "own.mid";
  std::filesystem::copy_file(midi, own);
  const Ended ended = run_renderer(folder, {midi, "-", plugin("Sine"), folder / "out.wav"},
                                   "TMPDIR='" + own.string() + "'");
  CHECK(ended.status == 1);
  CHECK(is_one_line(ended.error));
  CHECK(ended.error.find("own.mid") != std::string::npos);
  CHECK(std::filesystem::exists(own));
  CHECK(folder.outputs().empty());
}

TEST_CASE("MidiRenderer: a full disk is an error and leaves no file") {
  const Folder folder;
  const auto midi = write_midi_file(folder, "a.mid", quarters({60}));
  const Ended ended = run_renderer(folder, {midi, "-", plugin("Sine"), folder / "out.wav"},
                                   "ulimit -f 8;");  // of 512 bytes
  CHECK(ended.status == 1);
  CHECK(is_one_line(ended.error));
  CHECK(folder.outputs().empty());
}

TEST_CASE("MidiRenderer scan: a plug-in that crashes or hangs hides none of the others") {
  const Folder folder;
  for (const char* behaviour : {"CrashAtLoad", "HangAtLoad", "Mono", "Sine"})
    std::filesystem::create_directory_symlink(plugin(behaviour),
                                              folder / (std::string(behaviour) + ".vst3"));
  const Ended ended = run_renderer(folder, {"scan", folder.path(), "--json", "--timeout", "2"});
  CHECK(ended.status == 0);
  CHECK(std::count(ended.out.begin(), ended.out.end(), '\n') == 8);
  CHECK(ended.out.find("{\"event\":\"trying\",\"plugin\":") == 0);
  CHECK(ended.out.find("\"name\":\"Sine\"") != std::string::npos);
  CHECK(ended.out.find("\"name\":\"Mono\"") != std::string::npos);
  CHECK(ended.out.find("\"class_id\":\"546F63636174615465737431") != std::string::npos);
  CHECK(ended.out.find("\"sounds\":true") != std::string::npos);
  CHECK(ended.out.find("crashed while it was loaded") != std::string::npos);
  CHECK(ended.out.find("hung while it was loaded") != std::string::npos);
  CHECK(count_left() == 0);
}

TEST_CASE("MidiRenderer scan: every instrument of a bundle is tried and told by its name") {
  const Folder folder;
  std::filesystem::create_directory_symlink(plugin("Pair"), folder / "Pair.vst3");
  const Ended ended = run_renderer(folder, {"scan", folder.path(), "--json"});
  CHECK(ended.status == 0);
  for (const char* name :
       {"Pair.vst3\",\"name\":\"Pair\"", "Pair.vst3#Second\",\"name\":\"Second\""})
    CHECK_MESSAGE(ended.out.find(name) != std::string::npos, ended.out);
  CHECK(ended.out.find("\"others\":[\"Second\"]") != std::string::npos);
  CHECK(run_renderer(folder, {"scan", folder / "Pair.vst3", "--json"}).out == ended.out);
}

TEST_CASE("MidiRenderer: a module the system cannot load is refused with the system's reason") {
  const Folder folder;
  const auto contents = std::filesystem::path(plugin("Mono")) / "Contents";
  const auto system = std::filesystem::directory_iterator(contents)->path().filename();
  const auto inside = folder / "Broken.vst3" / "Contents" / system;
  std::filesystem::create_directories(inside);
  using namespace std::string_literals;
  std::ofstream(inside / "Broken.so") << "\177ELF"s + std::string(60, '\0') + "GetPluginFactory\0"s;
  const Ended ended = run_renderer(folder, {"check", folder / "Broken.vst3"});
  CHECK(ended.status == 1);
  CHECK(is_one_line(ended.error));
  CHECK_MESSAGE(ended.error.find("cannot be loaded: ") != std::string::npos, ended.error);
  CHECK_MESSAGE(ended.error.find("ELF") != std::string::npos, ended.error);
}

TEST_CASE("MidiRenderer scan: bundles that bear other names than their modules stay apart") {
  const Folder folder;
  const std::filesystem::path temporary = folder / "tmp";
  for (const char* name : {"tmp", "plugins", "plugins/a", "plugins/b"})
    std::filesystem::create_directory(folder / name);
  // Both are called Sine.vst3 where JUCE is given them.
  std::filesystem::create_directory_symlink(plugin("Sine"), folder / "plugins/a/One.vst3");
  const auto inside = std::filesystem::path(plugin("Mono")) / "Contents";
  const auto module = std::filesystem::directory_iterator(inside)->path();
  const auto made = folder / "plugins/b/Two.vst3/Contents" / module.filename();
  std::filesystem::create_directories(made);
  std::filesystem::create_symlink(module / "Mono.so", made / "Sine.so");
  const Ended ended = run_renderer(folder, {"scan", folder / "plugins", "--json"},
                                   "TMPDIR='" + temporary.string() + "'");
  CHECK_MESSAGE(ended.status == 0, ended.error);
  CHECK(ended.out.find("\"name\":\"Sine\"") < ended.out.find("\"name\":\"Mono\""));
  CHECK(ended.out.find("\"name\":\"Mono\"") != std::string::npos);
  CHECK(std::filesystem::is_empty(temporary));
}
