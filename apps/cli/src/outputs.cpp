// SPDX-License-Identifier: MIT
#include "outputs.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <toccata/midi/export.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/text/interchange.hpp>
#include <toccata/text/svg.hpp>
#include <unistd.h>

#include "say.hpp"
#include "sound_output.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormats = ".mid, .json, .svg, .wav, .flac, .ogg, .mp3";

struct Ending {
  std::string_view ending;
  Format format;
};
constexpr Ending kEndings[] = {
    {".mid", Format::Midi},  {".midi", Format::Midi}, {".json", Format::Json},
    {".svg", Format::Svg},   {".wav", Format::Sound}, {".flac", Format::Sound},
    {".ogg", Format::Sound}, {".mp3", Format::Sound},
};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

Outcome<Format> format_of(const fs::path& path) {
  const std::string ending = lower(path.extension().string());
  const auto known = std::ranges::find(kEndings, ending, &Ending::ending);
  if (known != std::end(kEndings)) return known->format;
  if (ending == ".musicxml" || ending == ".mxl" || ending == ".xml")
    return wrong_call(fmt::format("-o \"{}\": MusicXML cannot be written yet, allowed are {}",
                                  path.string(), kFormats));
  return wrong_call(fmt::format("-o \"{}\": {}, allowed are {} and - for stdout", path.string(),
                                ending.empty() ? "no extension" : "unknown extension", kFormats));
}

Outcome<Target> stdout_target(const Arguments& arguments) {
  const std::string name = arguments.text("--to").value_or("mid");
  if (name == "mid") return Target{"-", Format::Midi};
  if (name == "json") return Target{"-", Format::Json};
  if (name == "svg") return Target{"-", Format::Svg};
  return wrong_call(fmt::format("--to \"{}\": allowed are mid, json and svg", name));
}

Outcome<void> check_apart(const std::vector<Target>& targets,
                          const std::vector<std::string>& inputs) {
  std::error_code ignored;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const fs::path& path = targets[i].path;
    for (std::size_t j = 0; j < i; ++j)
      if (is_same_place(targets[j].path, path))
        return wrong_call(fmt::format("-o \"{}\": the same file is named twice", path.string()));
    for (const std::string& input : inputs)
      if (path != "-" && fs::equivalent(input, path, ignored))
        return wrong_call(
            fmt::format("-o \"{}\": this is the input, which is never changed; name another file",
                        path.string()));
  }
  return {};
}

Outcome<Bytes> midi_bytes(const Piece& piece) {
  if (piece.midi) return midi::write_midi(*piece.midi);
  const auto file = midi::from_score(piece.score, piece.performance);
  if (!file) return cannot("MIDI: " + describe(file.error()));
  return midi::write_midi(*file);
}

/// The layouts of JSON by the names of --json-layout; the first one is the default.
struct JsonLayoutName {
  std::string_view name;
  std::string (*write)(const ScoreDocument&);
};
constexpr JsonLayoutName kJsonLayouts[] = {{"toccata", write_score_json},
                                           {"note-sequence", write_note_sequence},
                                           {"tone", write_tone_json}};

Outcome<const JsonLayoutName*> json_layout(const Arguments& arguments) {
  const auto asked = arguments.text("--json-layout");
  if (!asked) return &kJsonLayouts[0];
  const auto known = std::ranges::find(kJsonLayouts, *asked, &JsonLayoutName::name);
  if (known != std::end(kJsonLayouts)) return known;
  return wrong_call(
      fmt::format("--json-layout \"{}\": allowed are toccata, note-sequence and tone", *asked));
}

Outcome<Bytes> text_bytes(const Piece& piece, Format format, const Arguments& arguments) {
  const ScoreDocument document{piece.score, piece.performance};
  TOCCATA_TRY(const auto* layout, json_layout(arguments));
  Bytes bytes;
  append_text(bytes, format == Format::Json ? layout->write(document) : write_svg(document));
  return bytes;
}

}  // namespace

Outcome<void> check_place(const char* option, const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    return cannot(fmt::format("{} \"{}\": is a folder, not a file that could be written", option,
                              path.string()));
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (fs::is_directory(folder, ignored)) return {};
  const bool is_file = fs::exists(folder, ignored);
  return cannot(
      fmt::format("{} \"{}\": {}", option, path.string(),
                  is_file ? fmt::format("\"{}\" is a file, not a folder", folder.string())
                          : fmt::format("the folder \"{}\" does not exist", folder.string())));
}

Outcome<void> check_folder(const char* option, const fs::path& given) {
  const fs::path folder = given.has_filename() ? given : given.parent_path();  // "new/" is "new"
  std::error_code ignored;
  if (folder.empty()) return wrong_call(fmt::format("{} \"\": a folder's name is needed", option));
  if (!fs::is_directory(folder, ignored)) {
    if (fs::exists(folder, ignored))
      return cannot(
          fmt::format("{} \"{}\": is a file, where a folder is needed", option, folder.string()));
    TOCCATA_CHECK(check_place(option, folder));
  }
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  const fs::path& written = fs::is_directory(folder, ignored) ? folder : parent;
  if (::access(written.c_str(), W_OK | X_OK) == 0) return {};
  return cannot(fmt::format("{} \"{}\": the folder \"{}\" may not be written in", option,
                            given.string(), written.string()));
}

Outcome<Target> target_for(const fs::path& path) {
  TOCCATA_TRY(const Format format, format_of(path));
  TOCCATA_CHECK(check_place("-o", path));
  return Target{path, format};
}

Outcome<std::vector<Target>> targets_of(const Arguments& arguments, Needed needed,
                                        const std::vector<std::string>& inputs) {
  TOCCATA_CHECK(json_layout(arguments));
  std::vector<Target> targets;
  for (const std::string& path : arguments.texts("--output")) {
    if (path.empty()) return wrong_call("-o \"\": a file name or - is needed");
    TOCCATA_TRY(Target target, path == "-" ? stdout_target(arguments) : target_for(path));
    targets.push_back(std::move(target));
  }
  if (targets.empty() && needed == Needed::Yes)
    return wrong_call("no output: -o FILE is needed, with one of " + std::string(kFormats));
  if (arguments.has("--to") && !to_stdout(targets))
    return wrong_call("--to: it says what -o - writes, and -o - is not there");
  TOCCATA_CHECK(check_apart(targets, inputs));
  const auto sounds = std::ranges::count(targets, Format::Sound, &Target::format);
  TOCCATA_CHECK(check_beside_sound(arguments, static_cast<std::size_t>(sounds)));
  return targets;
}

void add_new(std::vector<std::string>& notes, const std::vector<std::string>& more) {
  for (const std::string& note : more)
    if (std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
}

std::string lines_of(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += note + "\n";
  return text;
}

Outcome<std::vector<std::string>> stage_all(const Piece& piece, const std::vector<Target>& targets,
                                            const Arguments& arguments, StagedFiles& files) {
  std::vector<std::string> notes;
  for (const Target& target : targets) {
    if (target.format == Format::Midi) {
      TOCCATA_TRY(Bytes bytes, midi_bytes(piece));
      TOCCATA_CHECK(files.stage(target.path, bytes));
    } else if (target.format == Format::Sound) {
      TOCCATA_TRY(const Bytes midi, midi_bytes(piece));
      TOCCATA_TRY(const auto more, render_sound(midi, piece, arguments, target.path, files));
      add_new(notes, more);
    } else {
      TOCCATA_TRY(Bytes bytes, text_bytes(piece, target.format, arguments));
      TOCCATA_CHECK(files.stage(target.path, bytes));
    }
  }
  return notes;
}

}  // namespace toccata::cli
