// SPDX-License-Identifier: MIT
// A signal to a file, with errors in sound's words.
#pragma once

#include <filesystem>

#include <toccata/audio/encode.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::render {

inline Result<void, sound::Error> write_sound(audio::StereoView signal, audio::SampleRate rate,
                                              const audio::EncodeSettings& settings,
                                              const std::filesystem::path& out) {
  const auto bytes = audio::encode(signal, rate, settings);
  if (!bytes)
    return Unexpected{
        sound::Error{sound::Fault::Output, out.string() + ": " + describe(bytes.error())}};
  if (const auto written = write_file(out, *bytes); !written)
    return Unexpected{sound::Error{sound::Fault::Output, describe(written.error())}};
  return {};
}

}  // namespace toccata::render
