// SPDX-License-Identifier: MIT
// Files of a rendering, with errors in sound's words.
#pragma once

#include <filesystem>
#include <vector>

#include <toccata/audio/encode.hpp>
#include <toccata/base/file.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::render {

inline Result<Bytes, sound::Error> encoded(audio::StereoView signal, audio::SampleRate rate,
                                           const audio::EncodeSettings& settings,
                                           const std::filesystem::path& out) {
  auto bytes = audio::encode(signal, rate, settings);
  if (!bytes)
    return Unexpected{
        sound::Error{sound::Fault::Output, out.string() + ": " + describe(bytes.error())}};
  return *std::move(bytes);
}

/// Files that were not there before, and are taken away again unless the rendering ends well.
class NewFiles {
 public:
  NewFiles() = default;
  NewFiles(const NewFiles&) = delete;
  NewFiles& operator=(const NewFiles&) = delete;
  ~NewFiles() {
    std::error_code ignored;
    for (auto file = files_.rbegin(); file != files_.rend(); ++file)
      std::filesystem::remove(*file, ignored);
  }

  /// Makes a folder unless it is there. Errors: Output.
  Result<void, sound::Error> add_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::create_directory(folder, error)) files_.push_back(folder);
    if (error)
      return Unexpected{
          sound::Error{sound::Fault::Output, folder.string() + ": " + error.message()}};
    return {};
  }
  /// Errors: Output, also where there is a file of that name.
  Result<void, sound::Error> add(const std::filesystem::path& path, ByteView content) {
    if (const auto written = write_new_file(path, content); !written)
      return Unexpected{sound::Error{sound::Fault::Output, describe(written.error())}};
    files_.push_back(path);
    return {};
  }
  void keep() { files_.clear(); }

 private:
  std::vector<std::filesystem::path> files_;
};

}  // namespace toccata::render
