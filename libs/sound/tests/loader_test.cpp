// SPDX-License-Identifier: MIT
#include <array>
#include <fstream>

#include <doctest/doctest.h>
#include <toccata/sound/loader.hpp>
#include <unistd.h>

using namespace toccata;
using namespace toccata::sound;

namespace {
std::filesystem::path scratch() {
  const auto folder =
      std::filesystem::temp_directory_path() / ("toccata-sound-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  return folder;
}
}  // namespace

TEST_CASE("module: one that is missing is an error that says what to install") {
  const std::array places = {scratch() / "none.so"};
  const auto module = Module::load(places);
  REQUIRE_FALSE(module);
  CHECK(module.error().fault == Fault::ModuleMissing);
  CHECK(describe(module.error()).find("./toccata setup sound") != std::string::npos);
}

TEST_CASE("module: a file that is none is an error, not a crash") {
  const std::array places = {scratch() / "broken.so"};
  std::ofstream(places[0]) << "this is no library";
  const auto module = Module::load(places);
  REQUIRE_FALSE(module);
  CHECK(module.error().fault == Fault::ModuleMissing);
  CHECK(describe(module.error()).find("broken.so") != std::string::npos);
}

TEST_CASE("render_midi: the wrong call and the missing folder are refused before loading") {
  auto report = render_midi({}, scratch() / "a.xyz", {});
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == Fault::BadSettings);
  report = render_midi({}, scratch() / "no-such-folder" / "a.wav", {});
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == Fault::Output);
  std::filesystem::create_directories(scratch() / "folder.wav");
  report = render_midi({}, scratch() / "folder.wav", {});
  REQUIRE_FALSE(report);
  CHECK(describe(report.error()).find("is a folder") != std::string::npos);
}
