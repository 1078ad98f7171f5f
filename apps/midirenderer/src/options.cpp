// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.hpp"

#include <algorithm>
#include <array>

#include <CLI/CLI.hpp>
#include <arguments.hpp>
#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/kind.hpp>

namespace toccata::midirenderer {
namespace {

namespace fs = std::filesystem;
using cli::Arguments;
using cli::cannot;
using cli::wrong_call;
using plugins::PathKind;
using plugins::PluginPlace;

constexpr const char* kHelp =
    R"(MidiRenderer plays a MIDI file with a VST3 or LV2 instrument, offline, into a WAV file.

Usage: MidiRenderer FILE.mid PRESET.vstpreset|- PLUGIN OUT.wav [OPTIONS]
       MidiRenderer scan DIR... [--timeout S] [--json]
       MidiRenderer check PLUGIN [--timeout S] [--json]
       MidiRenderer save PLUGIN OUT.vstpreset [--preset BASE] [--param NAME=VALUE]...

  PRESET      a .vstpreset, or - for none; preset and plug-in may stand the other way round
  PLUGIN      a .vst3 or .lv2 bundle; BUNDLE#NAME names one of several in it; or an LV2 URI
  --rate HZ   44100, 48000, 88200 or 96000 (default: 44100)
  --bits N    16, 24 or 32f (default: 16); 16 and 24 are refused where they would clip
  --block N   frames the plug-in is asked for at once, 1 to 8192 (default: 512)
  --tail S    seconds after the file's last event, 0 to 600 (default: until the sound has died,
              at most 10)
  --gain DB   -60 to 24 (default: 0)
  --timeout S 0.1 to 86400: so long a plug-in may take to sound, or go without a sign of life
              (default: 60)
  --param NAME=VALUE  as the plug-in shows it, or 0% to 100% of its range; may be given again
  --json      progress and result as JSON, a line each
  --version, --help

Example: MidiRenderer tune.mid soft.vstpreset /usr/lib/vst3/Piano.vst3 tune.wav --bits 24
)";

constexpr const char* kVersion = TOCCATA_VERSION
    "\n"
    "MidiRenderer is free software under the GNU General Public License, version 3 or later\n"
    "(GPL-3.0-or-later), without any warranty; its text is in MidiRenderer.LICENSE beside it.\n";

/// Options by name, with whether they may come again.
struct Row {
  const char* name;
  bool takes_value, is_repeated;
};
constexpr Row kRows[] = {
    {"--rate", true, false},   {"--bits", true, false},    {"--block", true, false},
    {"--tail", true, false},   {"--gain", true, false},    {"--timeout", true, false},
    {"--preset", true, false}, {"--param", true, true},    {"--json", false, false},
    {"--help", false, false},  {"--version", false, false}};

Outcome<Arguments> parse_words(std::vector<std::string> words) {
  CLI::App app;
  app.set_help_flag();
  std::array<std::vector<std::string>, std::size(kRows)> values;
  std::array<CLI::Option*, std::size(kRows)> options{};
  std::vector<std::string> positionals;
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    options[i] = kRows[i].takes_value ? app.add_option(kRows[i].name, values[i])
                                            ->expected(1)
                                            ->allow_extra_args(false)
                                            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                                      : app.add_flag(kRows[i].name);
  app.add_option("files", positionals)->expected(0, 1 << 20);
  try {
    std::ranges::reverse(words);  // the library takes them from the end
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return wrong_call(fmt::format("{} (see MidiRenderer --help)", error.what()));
  }
  Arguments arguments;
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if (options[i]->count() == 0) continue;
    if (values[i].size() > 1 && !kRows[i].is_repeated)
      return wrong_call(fmt::format("{} is given twice (\"{}\" and \"{}\"), allowed is once",
                                    kRows[i].name, values[i][0], values[i][1]));
    arguments.add(kRows[i].name, std::move(values[i]));
  }
  arguments.add_positionals(std::move(positionals));
  return arguments;
}

Outcome<void> refuse_others(const Arguments& arguments, std::string_view verb,
                            std::initializer_list<std::string_view> allowed) {
  for (const Row& row : kRows) {
    const bool is_allowed = std::ranges::find(allowed, row.name) != allowed.end() ||
                            std::string_view(row.name) == "--json" ||
                            std::string_view(row.name) == "--timeout";
    if (arguments.has(row.name) && !is_allowed)
      return wrong_call(
          fmt::format("{}: {} is not taken here (see MidiRenderer --help)", verb, row.name));
  }
  return {};
}

/// Preset and plug-in, whichever way round they were given.
Outcome<void> sort_out(const std::string& second, const std::string& third,
                       RenderOptions& options) {
  const auto is_plugin = [](const std::string& text) {
    return plugins::is_plugin(plugins::find_kind(plugins::parse_plugin_place(text).path));
  };
  const auto ends_as_plugin = [](const std::string& text) {
    const auto extension = plugins::parse_plugin_place(text).path.extension();
    return extension == ".vst3" || extension == ".lv2";
  };
  const bool is_swapped = third == "-" || (second != "-" && !is_plugin(third) &&
                                           (is_plugin(second) || ends_as_plugin(second)));
  const std::string& preset = is_swapped ? third : second;
  options.plugin = plugins::parse_plugin_place(is_swapped ? second : third);
  TOCCATA_CHECK(check_place(options.plugin));
  if (preset == "-") return {};
  const PathKind kind = plugins::find_kind(preset);
  if (kind == PathKind::Missing)
    return cannot(fmt::format("{}: no such file (a preset was expected)", preset));
  if (plugins::is_plugin(kind))
    return wrong_call(fmt::format("{}: is {}, and so is {}; one of the two must be a preset or -",
                                  preset, plugins::describe(kind), options.plugin.path.string()));
  options.preset = preset;
  return {};
}

Outcome<RenderOptions> render_options(const Arguments& arguments) {
  TOCCATA_CHECK(
      refuse_others(arguments, "render", {"--rate", "--bits", "--block", "--tail", "--gain"}));
  const auto& files = arguments.positionals();
  if (files.size() != 4)
    return wrong_call(
        fmt::format("four files are needed, {} given: FILE.mid PRESET.vstpreset|- PLUGIN OUT.wav",
                    files.size()));
  RenderOptions options;
  options.midi = files[0];
  options.out = files[3];
  TOCCATA_TRY(const auto rate, arguments.whole("--rate", 44100, 96000));
  options.rate_hz = static_cast<int>(rate.value_or(options.rate_hz));
  if (!audio::SampleRate::from_hertz(options.rate_hz))
    return wrong_call(
        fmt::format("--rate \"{}\": allowed are 44100, 48000, 88200 and 96000", options.rate_hz));
  if (const auto bits = arguments.text("--bits")) {
    const auto depth = sound::find_depth(*bits);
    if (!depth) return wrong_call(fmt::format("--bits \"{}\": allowed are 16, 24 and 32f", *bits));
    options.depth = *depth;
  }
  TOCCATA_TRY(const auto block, arguments.whole("--block", 1, 8192));
  options.block = static_cast<std::size_t>(block.value_or(512));
  TOCCATA_TRY(options.tail_s, arguments.real("--tail", 0, 600));
  TOCCATA_TRY(const auto gain, arguments.real("--gain", -60, 24));
  options.gain_db = gain.value_or(0);
  if (options.out.extension() != ".wav" && !is_written_through(options.out))
    return wrong_call(fmt::format("{}: what is written ends in .wav", files[3]));
  TOCCATA_CHECK(sort_out(files[1], files[2], options));
  return options;
}

Outcome<SaveOptions> save_options(const Arguments& arguments) {
  TOCCATA_CHECK(refuse_others(arguments, "save", {"--preset", "--param"}));
  const auto& files = arguments.positionals();
  if (files.size() != 3)
    return wrong_call("save: PLUGIN and OUT.vstpreset are needed (see MidiRenderer --help)");
  SaveOptions options{plugins::parse_plugin_place(files[1]), files[2], {}, {}};
  if (options.out.extension() != ".vstpreset" && !is_written_through(options.out))
    return wrong_call(fmt::format("{}: what is written ends in .vstpreset", files[2]));
  if (const auto base = arguments.text("--preset")) options.base = *base;
  for (const std::string& given : arguments.texts("--param")) {
    const auto equals = given.find('=');
    if (equals == std::string::npos || equals == 0)
      return wrong_call(fmt::format("--param \"{}\": NAME=VALUE is expected", given));
    options.parameters.emplace_back(given.substr(0, equals), given.substr(equals + 1));
  }
  TOCCATA_CHECK(check_place(options.plugin));
  return options;
}

}  // namespace

Outcome<void> check_place(const PluginPlace& place) {
  const PathKind kind = plugins::find_kind(place.path);
  const std::string path = place.path.string();
  if (kind == PathKind::Vst3 || kind == PathKind::Lv2 || place.is_uri) return {};
  if (kind == PathKind::Missing) return cannot(fmt::format("{}: no such plug-in", path));
  return cannot(
      fmt::format("{}: is {}; a VST3 or LV2 plug-in was expected", path, plugins::describe(kind)));
}

Outcome<Call> parse_call(const std::vector<std::string>& words) {
  TOCCATA_TRY(const Arguments arguments, parse_words(words));
  Call call;
  if (arguments.has("--help")) call.show = kHelp;
  if (arguments.has("--version")) call.show = kVersion;
  if (!call.show.empty()) return call;
  call.is_json = arguments.has("--json");
  TOCCATA_TRY(const auto timeout, arguments.real("--timeout", 0.1, 86400));
  call.timeout_s = timeout.value_or(call.timeout_s);
  const auto& files = arguments.positionals();
  const std::string verb = files.empty() ? "" : files[0];
  if (verb == "scan") {
    TOCCATA_CHECK(refuse_others(arguments, verb, {}));
    if (files.size() < 2) return wrong_call("scan: a folder is needed (MidiRenderer scan DIR...)");
    call.scan = ScanOptions{{files.begin() + 1, files.end()}};
  } else if (verb == "check") {
    TOCCATA_CHECK(refuse_others(arguments, verb, {}));
    if (files.size() != 2) return wrong_call("check: one PLUGIN is needed");
    call.check = CheckOptions{plugins::parse_plugin_place(files[1])};
    TOCCATA_CHECK(check_place(call.check->plugin));
  } else if (verb == "save") {
    TOCCATA_TRY(call.save, save_options(arguments));
  } else {
    TOCCATA_TRY(call.render, render_options(arguments));
  }
  return call;
}

}  // namespace toccata::midirenderer
