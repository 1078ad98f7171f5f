// SPDX-License-Identifier: MIT
#include "stems.hpp"

#include <toccata/audio/level.hpp>
#include <toccata/audio/loudness.hpp>
#include <toccata/audio/master.hpp>
#include <toccata/audio/spectrum.hpp>
#include <toccata/render/mix.hpp>
#include <toccata/render/render.hpp>
#include <toccata/report/report.hpp>

namespace toccata::render {
namespace {

audio::EncodeSettings encoding(const sound::Settings& settings, const std::filesystem::path& out) {
  using audio::Container;
  const auto extension = out.extension();
  audio::EncodeSettings encode;
  encode.container = extension == ".flac"  ? Container::Flac
                     : extension == ".ogg" ? Container::Ogg
                     : extension == ".mp3" ? Container::Mp3
                                           : Container::Wav;
  encode.format = settings.depth == sound::Depth::Pcm16   ? audio::SampleFormat::Pcm16
                  : settings.depth == sound::Depth::Pcm24 ? audio::SampleFormat::Pcm24
                                                          : audio::SampleFormat::Float32;
  encode.title = settings.title;
  encode.software = "Toccata";
  encode.comment = settings.comment;
  return encode;
}

sound::Error error_of(const audio::SignalFault& fault, const Backend& backend) {
  if (fault.kind == audio::SignalFault::Kind::NotFinite)
    return {sound::Fault::NotFinite, "the mix is " + describe(fault)};
  return {sound::Fault::Silent,
          "the result is " + describe(fault) + " (sounds: " + backend.sounds().string() + ")"};
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

sound::Report report_of(const audio::Mastered& done, const Backend& backend, double seconds) {
  sound::Report report;
  if (done.loudness) {
    report.loudness_lufs = done.loudness->integrated_lufs;
    report.loudness_range_lu = done.loudness->range_lu;
  }
  report.true_peak_dbtp = done.true_peak_dbtp;
  report.target_missed_by_lu = done.target_missed_by_lu;
  report.gain_db = done.gain_db;
  report.reduction_db = done.reduction_db;
  report.seconds = seconds;
  report.backend = backend.name();
  report.sound_font = backend.sounds();
  return report;
}

Result<void, sound::Error> write_reports(const audio::Stereo& sound, audio::SampleRate rate,
                                         const sound::Settings& settings, sound::Report& report,
                                         MadeFiles& made) {
  if (settings.reports.empty()) return {};
  for (const audio::ThirdOctave& band : audio::third_octaves(sound.view(), rate))
    report.spectrum.push_back({band.hertz, band.level_db});
  report.reports = settings.reports;
  const std::string& title = settings.title.empty() ? settings.report_title : settings.title;
  const report::Subject subject{title, sound.view(), rate, report};
  for (const auto& path : settings.reports)
    TOCCATA_CHECK(made.add(path, report::make_report(subject, path)));
  return {};
}

/// The file's bytes, and what the report says of it. What is heard of a lossy file has peaks of its
/// own: it is measured as it will be heard, and turned down until they keep to the ceiling too.
Result<Bytes, sound::Error> finished(audio::Stereo& sound, audio::SampleRate rate,
                                     const sound::Settings& settings,
                                     const std::filesystem::path& out, sound::Report& report) {
  constexpr int kMostRounds = 6;
  const audio::EncodeSettings encode = encoding(settings, out);
  for (int round = 1;; ++round) {
    TOCCATA_TRY(Bytes bytes, encoded(sound.view(), rate, encode, out));
    if (!audio::is_lossy(encode.container)) return bytes;
    const auto heard = audio::decode(bytes);
    if (!heard)
      return Unexpected{
          sound::Error{sound::Fault::Output, out.string() + ": " + describe(heard.error())}};
    report.true_peak_dbtp = audio::db_of_factor(audio::true_peak(heard->view(), settings.threads));
    const double over_db = report.true_peak_dbtp - settings.true_peak_dbtp;
    if (over_db <= 0 || round == kMostRounds) {
      if (const auto loudness = audio::measure_loudness(heard->view(), rate)) {
        report.loudness_lufs = loudness->integrated_lufs;
        report.loudness_range_lu = loudness->range_lu;
        report.target_missed_by_lu =
            audio::missed_by_lu(settings.loudness_lufs, loudness->integrated_lufs);
      }
      return bytes;
    }
    constexpr double kMarginDb = 0.05;  // as less goes in, a little else comes out
    const auto factor = static_cast<float>(audio::factor_of_db(-over_db - kMarginDb));
    for (const std::span<float> channel : {sound.span().left, sound.span().right})
      for (float& sample : channel) sample *= factor;
    report.gain_db -= over_db + kMarginDb;
  }
}

/// What is written beside the sound itself.
Result<void, sound::Error> write_beside(const Mix& mix, const audio::Stereo& sound,
                                        audio::SampleRate rate, const sound::Settings& settings,
                                        std::span<const std::filesystem::path> stems,
                                        sound::Report& report, MadeFiles& made) {
  if (!stems.empty()) {
    TOCCATA_CHECK(made.add_folder(settings.stems));
    TOCCATA_CHECK(write_stems(mix, rate, stems, settings.threads, made));
    report.stems.assign(stems.begin(), stems.end());
  }
  return write_reports(sound, rate, settings, report, made);
}

}  // namespace

Result<sound::Report, sound::Error> render_to_file(const midi::File& file, Backend& backend,
                                                   const sound::Settings& settings,
                                                   const std::filesystem::path& out) {
  TOCCATA_CHECK(sound::check(settings, out));
  const auto rate = *audio::SampleRate::from_hertz(settings.rate_hz);
  TOCCATA_TRY(const Song song, make_song(file, rate));
  TOCCATA_TRY(const auto stems, stem_places(song, settings, out));
  TOCCATA_TRY(Mix mix, Mix::make(song, backend, settings, folder_of(out)));
  audio::Stereo sound = std::move(mix.sound());
  const auto done = audio::master(sound.span(), rate,
                                  {.loudness_lufs = settings.loudness_lufs,
                                   .true_peak_dbtp = settings.true_peak_dbtp,
                                   .threads = settings.threads});
  if (!done) return Unexpected{error_of(done.error(), backend)};
  auto report = report_of(*done, backend, static_cast<double>(sound.frames()) / settings.rate_hz);
  report.parts = mix.part_reports();
  report.bus_reduction_db = mix.bus_reduction_db();
  TOCCATA_TRY(const Bytes bytes, finished(sound, rate, settings, out, report));
  MadeFiles made(settings);
  TOCCATA_CHECK(write_beside(mix, sound, rate, settings, stems, report, made));
  TOCCATA_CHECK(made.add(out, bytes));
  TOCCATA_CHECK(made.place());
  return report;
}

}  // namespace toccata::render
