// SPDX-License-Identifier: MIT
// A report of a finished sound: figures as JSON, figures and pictures as SVG or PNG.
#pragma once

#include <filesystem>
#include <string>

#include <toccata/audio/signal.hpp>
#include <toccata/base/bytes.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::report {

struct Subject {
  std::string title;
  audio::StereoView sound;
  audio::SampleRate rate;
  const sound::Report& figures;  ///< with its spectrum filled
};

/// The bytes of a report of the kind that the extension names: .json, .svg or .png.
///
/// The picture shows waveform, spectrogram, thirds of an octave and the parts' loudness. Its
/// letters are drawn from a table in the library, so it is the same on each machine. Source of the
/// letters: DejaVu Sans. Range: one of the three extensions.
Bytes make_report(const Subject& subject, const std::filesystem::path& path);

}  // namespace toccata::report
