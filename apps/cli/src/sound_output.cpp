// SPDX-License-Identifier: MIT
#include "sound_output.hpp"

#include "instrument_options.hpp"

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
};

Outcome<sound::Settings> settings_of(const Arguments& arguments) {
  sound::Settings settings;
  TOCCATA_TRY(const auto rate, arguments.whole("--rate", 44100, 96000));
  settings.rate_hz = static_cast<int>(rate.value_or(settings.rate_hz));
  if (rate && *rate != 44100 && *rate != 48000 && *rate != 88200 && *rate != 96000)
    return wrong_call(
        fmt::format("--rate \"{}\": allowed are 44100, 48000, 88200 and 96000", *rate));
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
  settings.sound_font = arguments.text("--sound-font").value_or("");
  TOCCATA_TRY(settings.instruments, instruments_of(arguments));
  return settings;
}

}  // namespace

const std::span<const OptionSpec> kSoundOptions = kRows;

Outcome<void> check_sound_options(const Arguments& arguments) {
  TOCCATA_CHECK(settings_of(arguments));
  return {};
}

Outcome<void> render_sound(ByteView midi, const Score& score, const Arguments& arguments,
                           const std::filesystem::path& out) {
  TOCCATA_TRY(sound::Settings settings, settings_of(arguments));
  settings.title = score.title;
  if (!score.provenance.empty()) settings.comment = to_text(score.provenance.back());
  const auto report = sound::render_midi(midi, out, settings);
  if (report) return {};
  const bool wrong = report.error().fault == sound::Fault::BadSettings;
  return Unexpected{Failure{wrong ? Status::WrongCall : Status::Failed, describe(report.error())}};
}

}  // namespace toccata::cli
