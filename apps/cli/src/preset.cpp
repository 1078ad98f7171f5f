// SPDX-License-Identifier: MIT
// preset: .vstpreset files shown, and saved from a plug-in.
#include <algorithm>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/instrument_state.hpp>
#include <toccata/plugins/kind.hpp>
#include <toccata/plugins/plugin_place.hpp>
#include <toccata/plugins/preset_file.hpp>
#include <toccata/plugins/renderer_program.hpp>
#include <toccata/theory/scala.hpp>

#include "say.hpp"
#include "staged.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;
using plugins::Preset;

constexpr std::size_t kLargestText = std::size_t{1} << 20;  ///< of a Scala file
constexpr double kTimeout = 60, kMostTimeout = 86400;
constexpr double kSpare = 5;  ///< so that MidiRenderer ends by itself
constexpr const char* kExtension = ".vstpreset";
/// What our own instrument keeps besides parameters, and a value may be read from a file ("@F").
constexpr std::string_view kOwnTexts[] = {"scale", "sound_font"};

Outcome<Preset> read(const std::string& path) {
  auto file = plugins::read_preset_file(path);
  if (!file) return cannot(std::move(file).error());
  return std::move(file->preset);
}

Json json_of(const std::string& path, const Preset& preset) {
  Json json;
  json.add("file", path);
  json.add("class_id", preset.class_id.text());
  Json::Array chunks;
  for (const auto& chunk : preset.chunks) {
    Json one;
    one.add("id", chunk.id);
    one.add("size", static_cast<std::int64_t>(chunk.content.size()));
    chunks.push_back(std::move(one));
  }
  json.add("chunks", std::move(chunks));
  if (const auto state = plugins::instrument_state_of(preset)) {
    Json members(Json::Object{});
    for (const auto* entries : {&state->texts, &state->parameters})
      for (const auto& [name, value] : *entries) members.add(name, value);
    json.add("state", std::move(members));
  }
  return json;
}

std::string text_of(const std::string& path, const Preset& preset) {
  std::string text = fmt::format("{}\nclass id  {}\n", path, preset.class_id.text());
  for (const auto& chunk : preset.chunks)
    text += fmt::format("{:<8}  {} bytes\n", chunk.id, chunk.content.size());
  if (const auto state = plugins::instrument_state_of(preset))
    for (const auto* entries : {&state->texts, &state->parameters})
      for (const auto& [name, value] : *entries)
        if (!value.empty()) text += fmt::format("  {:<16}  {}\n", name, one_line(value));
  return text;
}

Outcome<void> show(const Arguments& arguments, const std::string& path) {
  for (const char* option : {"--output", "--param", "--timeout"})
    if (arguments.has(option)) return wrong_call(fmt::format("{}: preset show takes none", option));
  TOCCATA_TRY(const Preset preset, read(path));
  if (arguments.has("--json")) return say(to_text(json_of(path, preset)) + "\n");
  return say(text_of(path, preset));
}

/// What --param asks for: some of our own instrument's is no parameter of a plug-in at all.
struct Wishes {
  std::vector<std::string> parameters;
  std::vector<plugins::InstrumentState::Entry> texts;
};

Outcome<std::string> value_of(const std::string& text) {
  if (text.empty() || text.front() != '@') return text;
  const auto bytes = read_file(text.substr(1), kLargestText);
  if (!bytes) return cannot("--param: " + describe(bytes.error()));
  return std::string(as_text(*bytes));
}

/// What the instrument could not use is refused now rather than silent later; empty: its default.
Outcome<void> check_text(const std::string& name, const std::string& value) {
  if (value.empty()) return {};
  if (name == "scale") {
    if (const auto scale = parse_scala(value); !scale)
      return cannot(
          fmt::format("--param scale: no Scala file's text (scale=@FILE.scl reads one): {}",
                      describe(scale.error())));
    return {};
  }
  const auto kind = plugins::find_kind(value);
  if (kind == plugins::PathKind::SoundFont) return {};
  return cannot(fmt::format("--param sound_font: {} is {}; allowed is a sound font", value,
                            plugins::describe(kind)));
}

Outcome<Wishes> wishes_of(const Arguments& arguments) {
  Wishes wishes;
  for (const std::string& text : arguments.texts("--param")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return wrong_call(fmt::format("--param \"{}\": allowed is NAME=VALUE", text));
    const std::string name = text.substr(0, equals);
    if (std::find(std::begin(kOwnTexts), std::end(kOwnTexts), name) == std::end(kOwnTexts)) {
      wishes.parameters.push_back(text);
      continue;
    }
    TOCCATA_TRY(std::string value, value_of(text.substr(equals + 1)));
    const auto is_special = [](char c) { return c == '\0' || c == '\xFE' || c == '\xFF'; };
    if (std::any_of(value.begin(), value.end(), is_special))
      return wrong_call(fmt::format("--param {}: its value is no text", name));
    TOCCATA_CHECK(check_text(name, value));
    wishes.texts.emplace_back(name, std::move(value));
  }
  return wishes;
}

/// Puts texts into the state that MidiRenderer has saved.
Outcome<void> add_texts(const Wishes& wishes, const fs::path& saved, const std::string& plugin) {
  if (wishes.texts.empty()) return {};
  TOCCATA_TRY(Preset preset, read(saved.string()));
  auto state = plugins::instrument_state_of(preset);
  if (!state)
    return cannot(fmt::format("{}: --param {} is for Toccata's own instrument only", plugin,
                              wishes.texts.front().first));
  for (const auto& [name, value] : wishes.texts) state->set_text(name, value);
  for (auto& chunk : preset.chunks)
    if (chunk.id == plugins::kComponentChunk)
      chunk.content = plugins::write_instrument_state(*state);
  if (const auto written = write_file(saved, plugins::write_preset(preset)); !written)
    return cannot(describe(written.error()));
  return {};
}

Outcome<fs::path> target_of(const Arguments& arguments) {
  const auto path = arguments.text("--output");
  if (!path) return wrong_call("preset save: -o FILE.vstpreset is missing");
  if (fs::path(*path).extension() != kExtension)
    return wrong_call(fmt::format("-o \"{}\": the extension of a preset is {}", *path, kExtension));
  const fs::path folder = fs::path(*path).has_parent_path() ? fs::path(*path).parent_path() : ".";
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored))
    return cannot(fmt::format("{}: the folder it should be in does not exist", *path));
  return fs::path(*path);
}

Outcome<void> save(const Arguments& arguments, const std::string& plugin) {
  TOCCATA_TRY(const fs::path target, target_of(arguments));
  TOCCATA_TRY(const Wishes wishes, wishes_of(arguments));
  TOCCATA_TRY(const auto timeout, arguments.real("--timeout", 0.1, kMostTimeout));
  const double limit_s = timeout.value_or(kTimeout);
  const auto place = plugins::parse_plugin_place(plugin);
  if (const auto kind = plugins::find_kind(place.path); !place.is_uri && !plugins::is_plugin(kind))
    return cannot(fmt::format("{}: is {}; allowed is a plug-in", place.path.string(),
                              plugins::describe(kind)));
  const auto program = plugins::find_renderer();
  if (!program) return cannot(describe(program.error()));
  StagedFiles files;
  TOCCATA_TRY(const fs::path beside, files.reserve(target));
  std::vector<std::string> words = {"save", plugin, beside.string()};
  for (const std::string& parameter : wishes.parameters) {
    words.emplace_back("--param");
    words.push_back(parameter);
  }
  for (const std::string& word :
       {std::string("--json"), std::string("--timeout"), fmt::format("{}", limit_s)})
    words.push_back(word);
  const auto saved =
      plugins::run_renderer(*program, std::move(words), 1.5 * limit_s + kSpare, [](double) {});
  if (!saved) {
    const bool is_wrong = saved.error().fault == plugins::RunFault::WrongCall;
    return Unexpected{
        Failure{is_wrong ? Status::WrongCall : Status::Failed, describe(saved.error())}};
  }
  TOCCATA_CHECK(add_texts(wishes, beside, plugin));
  return files.commit([&] { return say(fmt::format("{} -> {}\n", plugin, target.string())); });
}

Outcome<void> run(const Arguments& arguments) {
  const auto& words = arguments.positionals();
  const bool is_show = words.front() == "show";
  if (!is_show && words.front() != "save")
    return wrong_call(fmt::format("preset \"{}\": allowed are show and save", words.front()));
  if (words.size() != 2)
    return wrong_call(is_show ? "preset show: one FILE.vstpreset is to be named"
                              : "preset save: one plug-in is to be named");
  return is_show ? show(arguments, words[1]) : save(arguments, words[1]);
}

constexpr OptionSpec kOptions[] = {
    {"--json", "", Takes::Nothing, "show: one JSON value"},
    {"-o,--output", "FILE", Takes::OneValue, "save: where to write, .vstpreset"},
    {"--param", "NAME=VALUE", Takes::Repeated,
     "save: a parameter of the plug-in, by its name, as the plug-in shows it, or 0% to 100% of its "
     "range; of Toccata's own instrument also "
     "sound_font=PATH and scale=@FILE.scl; may be repeated"},
    {"--timeout", "S", Takes::OneValue, "save: how long the plug-in may take, 0.1 to 86400 (60)"},
};

}  // namespace

Verb preset_verb() {
  return {"preset",
          "Shows what a .vstpreset holds (show FILE), or saves one from a plug-in (save PLUGIN).",
          {"ACTION FILE", "show and a .vstpreset, or save and a plug-in",
           PositionalSpec::Count::OneOrMore},
          kOptions,
          "toccata preset save Toccata.vst3 -o cello.vstpreset --param Program=42",
          run};
}

}  // namespace toccata::cli
