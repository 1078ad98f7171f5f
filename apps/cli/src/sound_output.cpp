// SPDX-License-Identifier: MIT
#include "sound_output.hpp"

#include "instrument_options.hpp"
#include "outputs.hpp"
#include "rigs.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <toccata/sound/loader.hpp>

namespace toccata::cli {
namespace {

constexpr OptionSpec kRows[] = {
    {"--sound-font", "FILE", Takes::OneValue,
     "for sound: the .sf2 to play with (default: the first that is found)"},
    {"--rate", "HZ", Takes::OneValue, "for sound: 44100, 48000, 88200 or 96000 (default: 44100)"},
    {"--bits", "N", Takes::OneValue, "for sound: 16, 24 or 32f (default: 16)"},
    {"--loudness", "LUFS", Takes::OneValue,
     "for sound: integrated loudness, -60 to 0 (default: -14)"},
    {"--true-peak", "DB", Takes::OneValue, "for sound: the ceiling, -30 to 0 dBTP (default: -1)"},
    {"--tail", "S", Takes::OneValue,
     "for sound: seconds after the last note, 0 to 600 (default: until it has died)"},
    {"--block", "N", Takes::OneValue,
     "for sound: frames that a plug-in is asked for at once, 16 to 8192 (default: 512)"},
    {"--timeout", "S", Takes::OneValue,
     "for sound: seconds that a plug-in may take to sound, 0.1 to 86400 (default: 60)"},
    kRigOption,
    {"--stems", "DIR", Takes::OneValue,
     "for sound: writes each part, unmastered, as a WAV of its name into DIR, and mix.wav, their "
     "sum"},
    {"--report", "FILE", Takes::Repeated,
     "for sound: loudness, range, peak, spectrum and parts as .json, with pictures as .svg or "
     ".png; "
     "may be repeated"},
};

constexpr int kRatesHz[] = {44100, 48000, 88200, 96000};

Outcome<sound::Settings> settings_of(const Arguments& arguments) {
  sound::Settings settings;
  if (const auto text = arguments.text("--rate")) {
    const auto rate = std::ranges::find(kRatesHz, *text, [](int hz) { return std::to_string(hz); });
    if (rate == std::end(kRatesHz))
      return wrong_call(
          fmt::format("--rate \"{}\": allowed are 44100, 48000, 88200 and 96000", *text));
    settings.rate_hz = *rate;
  }
  if (const auto bits = arguments.text("--bits")) {
    const auto depth = sound::find_depth(*bits);
    if (!depth) return wrong_call(fmt::format("--bits \"{}\": allowed are 16, 24 and 32f", *bits));
    settings.depth = *depth;
  }
  TOCCATA_TRY(const auto loudness, arguments.real("--loudness", -60, 0));
  TOCCATA_TRY(const auto peak, arguments.real("--true-peak", -30, 0));
  TOCCATA_TRY(settings.tail_s, arguments.real("--tail", 0, 600));
  settings.loudness_lufs = loudness.value_or(settings.loudness_lufs);
  settings.true_peak_dbtp = peak.value_or(settings.true_peak_dbtp);
  TOCCATA_TRY(const auto block, arguments.whole("--block", 16, 8192));
  settings.block_frames = static_cast<int>(block.value_or(settings.block_frames));
  settings.sound_font = arguments.text("--sound-font").value_or("");
  std::error_code ignored;
  if (arguments.has("--sound-font") && !std::filesystem::exists(settings.sound_font, ignored))
    return cannot(fmt::format("--sound-font \"{}\": no such file", settings.sound_font.string()));
  TOCCATA_TRY(const auto timeout, arguments.real("--timeout", 0.1, 86400));
  settings.plugin_timeout_s = timeout.value_or(settings.plugin_timeout_s);
  TOCCATA_TRY(settings.instruments, instruments_of(arguments));
  return settings;
}

Outcome<void> check_report(const std::filesystem::path& path) {
  const auto ending = path.extension();
  if (ending != ".json" && ending != ".svg" && ending != ".png")
    return wrong_call(
        fmt::format("--report \"{}\": allowed are .json, .svg and .png", path.string()));
  return check_place("--report", path);
}

/// What the rendering makes besides its sound, and where all of it waits for the commit.
void add_files(const Arguments& arguments, sound::Settings& settings, StagedFiles& files) {
  for (const std::string& path : arguments.texts("--report")) settings.reports.emplace_back(path);
  for (const char* option : {"--output", "--report"})
    for (const std::string& path : arguments.texts(option)) settings.taken.emplace_back(path);
  settings.take_file = staging(files);
  const auto folder = arguments.text("--stems");
  if (!folder) return;
  settings.stems = *folder;
  files.add_folder(*folder);
}

}  // namespace

const std::span<const OptionSpec> kSoundOptions = kRows;

Outcome<void> check_sound_options(const Arguments& arguments) {
  TOCCATA_CHECK(settings_of(arguments));
  return check_rig(arguments);
}

Outcome<void> check_beside_sound(const Arguments& arguments, std::size_t sounds) {
  for (const char* option : {"--stems", "--report"})
    if (arguments.has(option) && sounds != 1)
      return wrong_call(
          fmt::format("{}: tells of one sound file, and -o names {}: allowed is one "
                      "of .wav, .flac, .ogg and .mp3",
                      option, sounds));
  for (const OptionSpec& option : kRows)
    if (arguments.has(option.names) && sounds == 0)
      return wrong_call(
          fmt::format("{}: says how sound is made, and -o names none: allowed beside "
                      ".wav, .flac, .ogg and .mp3",
                      option.names));
  std::vector<std::string> named = arguments.texts("--output");
  for (const std::string& path : arguments.texts("--report")) {
    TOCCATA_CHECK(check_report(path));
    for (const std::string& other : named)
      if (is_same_place(path, other))
        return wrong_call(fmt::format("--report \"{}\": the same file is named twice", path));
    named.push_back(path);
  }
  if (const auto folder = arguments.text("--stems"))
    TOCCATA_CHECK(check_folder("--stems", *folder));
  return {};
}

std::function<Result<void, sound::Error>(const std::filesystem::path&, ByteView)> staging(
    StagedFiles& files) {
  return
      [&files](const std::filesystem::path& place, ByteView content) -> Result<void, sound::Error> {
        auto staged = files.stage(place, content);
        if (staged) return {};
        return Unexpected{sound::Error{sound::Fault::Output, std::move(staged).error().what}};
      };
}

Outcome<std::vector<std::string>> render_sound(ByteView midi, const Piece& piece,
                                               const Arguments& arguments,
                                               const std::filesystem::path& out,
                                               StagedFiles& files) {
  const Score& score = piece.score;
  TOCCATA_TRY(sound::Settings settings, settings_of(arguments));
  TOCCATA_TRY(const auto rig, rig_of(arguments, score));
  bool fell_back = false;
  if (rig) {
    TOCCATA_TRY(fell_back, apply_rig(*rig, score, arguments, settings));
  }
  settings.title = score.title;
  settings.report_title = out.filename().string();
  add_files(arguments, settings, files);
  if (!score.provenance.empty()) settings.comment = to_text(score.provenance.back());
  const auto report = sound::render_midi(midi, out, settings);
  if (report) {
    std::vector<std::string> notes;
    if (rig) notes = rig_notes(*rig, *report, fell_back);
    if (report->loudness_lufs && report->target_missed_by_lu > 0)
      notes.push_back(fmt::format(
          "{}: {:.1f} LUFS, {:.1f} LU less than asked for, as true peaks stay under {} dBTP",
          out.string(), *report->loudness_lufs, report->target_missed_by_lu,
          settings.true_peak_dbtp));
    return notes;
  }
  using sound::Fault;
  const Fault fault = report.error().fault;
  const bool is_of_music =
      fault == Fault::Silent || fault == Fault::TooLong || fault == Fault::BadMidi;
  std::string what = describe(report.error());
  if (is_of_music && !piece.from.empty()) what = piece.from + ": " + what;
  const bool wrong = fault == Fault::BadSettings;
  return Unexpected{Failure{wrong ? Status::WrongCall : Status::Failed, std::move(what)}};
}

}  // namespace toccata::cli
