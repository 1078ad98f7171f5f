// SPDX-License-Identifier: MIT
// Scores rendered on the tiny font, and what an ear would tell of them.
#pragma once

#include "tiny_font.hpp"

#include <array>
#include <cmath>
#include <complex>

#include <doctest/doctest.h>
#include <toccata/midi/export.hpp>
#include <toccata/render/mix.hpp>
#include <toccata/render_fluidsynth/backend.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::render::test {

using sound_font::test::scratch_folder;
using sound_font::test::tiny_font;
using sound_font::test::write_tiny_font;

inline constexpr auto kRate = audio::SampleRate::literal(44100);

/// One part on a program of the font.
inline Score one_part(std::vector<Note> notes, int program = 0) {
  Score score;
  score.tempo = TempoMap(kComposedPpq, {{Tick(0), kDefaultTempo}});
  score.end = Tick(480 * 16);
  Part part;
  part.id = PartId(1);
  part.name = "Tune";
  part.instrument.program = *Program::from_number(program);
  std::uint32_t id = 0;
  for (Note& note : notes) note.id = NoteId(++id);
  part.notes = std::move(notes);
  score.parts.push_back(std::move(part));
  return score;
}

inline Note note_at(std::int64_t tick, int pitch, double cents = 0, std::int64_t ticks = 480) {
  Note note;
  note.onset = Tick(tick);
  note.duration = Duration(ticks);
  note.pitch = *Pitch::from_number(pitch);
  note.detune = Cents(cents);
  return note;
}

inline midi::File file_of(const Score& score) {
  auto file = midi::from_score(score, make_plain_performance(score));
  REQUIRE(file);
  return *std::move(file);
}

/// The mix of all parts, not mastered.
inline audio::Stereo heard(const midi::File& file, const std::filesystem::path& font,
                           const sound::Settings& settings = {}) {
  const auto song = make_song(file, kRate);
  REQUIRE(song);
  const auto backend = make_fluidsynth_backend(font, kRate);
  REQUIRE(backend);
  auto mix = Mix::make(*song, **backend, settings, std::filesystem::temp_directory_path());
  REQUIRE(mix);
  return std::move(mix->sound());
}
inline audio::Stereo heard(const Score& score, const sound::Settings& settings = {}) {
  return heard(file_of(score), write_tiny_font(), settings);
}

/// The file with a controller set on every channel at the start.
inline midi::File with_control(midi::File file, std::uint8_t controller, std::uint8_t value) {
  midi::Track first;
  for (std::uint8_t channel = 0; channel < 16; ++channel)
    first.add(Tick(0), static_cast<std::uint8_t>(midi::status::kControl | channel), controller,
              value);
  file.tracks.push_back(std::move(first));
  return file;
}
/// Without the room.
inline audio::Stereo heard_dry(const midi::File& file) {
  return heard(with_control(file, 91, 0), write_tiny_font());
}

/// The bin of a Fourier transform at any frequency, under a Hann window.
inline std::complex<double> bin(std::span<const float> samples, double hertz) {
  std::complex<double> sum;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double at = static_cast<double>(i) / static_cast<double>(samples.size());
    const double window = 0.5 - 0.5 * std::cos(2 * M_PI * at);
    sum += window * static_cast<double>(samples[i]) *
           std::polar(1.0, -2 * M_PI * hertz * static_cast<double>(i) / kRate.hertz());
  }
  return sum;
}

/// The frequency of the strongest bin within a tone of `near`, by golden section on a window of
/// the sound from `seconds` on.
inline double hertz_heard(const audio::Stereo& sound, double seconds, double length, double near) {
  const auto window = std::span(sound.left).subspan(kRate.frames(seconds), kRate.frames(length));
  double best = near, highest = 0;
  for (double cents = -100; cents <= 100; cents += 5) {
    const double hertz = near * std::exp2(cents / 1200);
    if (const double level = std::abs(bin(window, hertz)); level > highest)
      highest = level, best = hertz;
  }
  double low = best * std::exp2(-5.0 / 1200), high = best * std::exp2(5.0 / 1200);
  while (high / low > 1.00001) {
    const double a = low + 0.382 * (high - low), b = low + 0.618 * (high - low);
    (std::abs(bin(window, a)) > std::abs(bin(window, b)) ? high : low) =
        std::abs(bin(window, a)) > std::abs(bin(window, b)) ? b : a;
  }
  return (low + high) / 2;
}

inline double cents_off(double hertz, double expected) {
  return 1200 * std::log2(hertz / expected);
}
inline double hertz_of(double number) { return 440 * std::exp2((number - 69) / 12); }

}  // namespace toccata::render::test
