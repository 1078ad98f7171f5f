// SPDX-License-Identifier: MIT
#include "player.hpp"
#include "preset_table.hpp"
#include "source_dir.hpp"

#include <filesystem>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/instrument_state.hpp>
#include <toccata/sound_font/font.hpp>

using namespace toccata;
using namespace toccata::instrument;
namespace fs = std::filesystem;

namespace {

const fs::path kFolder = test::source_dir() / "presets";

std::vector<PresetFile> listed() {
  const auto table = read_file(kFolder / "presets.json");
  REQUIRE(table);
  auto presets = make_presets(as_text(*table));
  if (!presets) FAIL(presets.error());
  return *std::move(presets);
}

plugins::InstrumentState state_of(const Bytes& file) {
  const auto preset = plugins::read_preset(file);
  REQUIRE(preset);
  CHECK(preset->class_id == plugins::instrument_class_id());
  const Bytes* chunk = preset->find(plugins::kComponentChunk);
  REQUIRE(chunk != nullptr);
  const auto state = plugins::read_instrument_state(*chunk);
  REQUIRE(state);
  return *state;
}

/// Half a second of a short figure, played on a new instrument with these parameters.
std::vector<float> played(const std::map<std::string, float>& parameters) {
  Player player;
  for (std::size_t i = 0; i < kParameterCount; ++i)
    if (const auto found = parameters.find(info_of(static_cast<Parameter>(i)).symbol);
        found != parameters.end())
      player.set_parameter(static_cast<Parameter>(i), found->second);
  player.activate(44100);
  std::vector<float> left(22050), right(22050);
  const std::uint8_t program[] = {0xC0, 100}, first[] = {0x90, 38, 100}, second[] = {0x90, 50, 90};
  const Event events[] = {{0, 2, program}, {0, 3, first}, {9000, 3, second}};
  player.process(events, left, right);
  return left;
}

std::map<std::string, float> parameters_of(const PresetFile& file) {
  std::map<std::string, float> parameters;
  for (const auto& [name, value] : state_of(file.content).parameters)
    parameters[name] = std::stof(value);
  return parameters;
}

}  // namespace

TEST_CASE("presets: the files are those that the table asks for, and no others") {
  std::set<fs::path> expected;
  for (const PresetFile& preset : listed()) {
    const fs::path path = kFolder / (preset.file + ".vstpreset");
    expected.insert(path);
    const auto content = read_file(path);
    REQUIRE_MESSAGE(content, "run write_presets: " << path.string());
    CHECK(*content == preset.content);
  }
  for (const auto& entry : fs::recursive_directory_iterator(kFolder))
    if (entry.path().extension() == ".vstpreset") CHECK(expected.count(entry.path()) == 1);
  CHECK(expected.size() == 24);
}

TEST_CASE("presets: each sounds, as its program does and as no other one of them") {
  if (!sound_font::find_sound_font({}, {})) return;
  std::map<std::vector<float>, std::string> sounds;
  for (const PresetFile& preset : listed()) {
    const auto parameters = parameters_of(preset);
    const auto sound = played(parameters);
    CHECK_MESSAGE(*std::max_element(sound.begin(), sound.end()) > 1e-3F, preset.file);
    const auto known = sounds.emplace(sound, preset.file);
    // A small font plays several kits with one set of samples.
    const bool is_kit = parameters.at("kit") == 1;
    if (!is_kit) CHECK_MESSAGE(known.second, preset.file << " sounds as " << known.first->second);
    if (is_kit)
      CHECK(sound ==
            played(
                {{"program", parameters.at("program")}, {"kit", 1.0F}, {"program_changes", 0.0F}}));
  }
}

TEST_CASE("presets: a table that is wrong is refused with the reason") {
  CHECK_FALSE(make_presets("[{"));
  CHECK_FALSE(make_presets("{}"));
  CHECK_FALSE(make_presets(R"([{"file":"a","parameters":{"program":128}}])"));
  CHECK_FALSE(make_presets(R"([{"file":"a","parameters":{"no_such":1}}])"));
}
