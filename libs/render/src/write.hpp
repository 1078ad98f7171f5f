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

/// The files that a rendering makes: handed over, or put in their places together at the end.
class MadeFiles {
 public:
  explicit MadeFiles(const sound::Settings& settings) : take_file_(settings.take_file) {}
  MadeFiles(const MadeFiles&) = delete;
  MadeFiles& operator=(const MadeFiles&) = delete;
  /// A folder that was made here goes again unless there is something in it.
  ~MadeFiles() {
    files_.clear();  // those with names lie in the folder
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove(folder_, ignored);
  }

  /// Makes a folder unless it is there, for files of one's own. Errors: Output.
  Result<void, sound::Error> add_folder(const std::filesystem::path& folder) {
    if (take_file_) return {};
    std::error_code error;
    if (std::filesystem::create_directory(folder, error)) folder_ = folder;
    if (error)
      return Unexpected{
          sound::Error{sound::Fault::Output, folder.string() + ": " + error.message()}};
    return {};
  }
  /// Errors: Output.
  Result<void, sound::Error> add(const std::filesystem::path& place, ByteView content) {
    if (take_file_) return take_file_(place, content);
    if (is_written_through(place)) return told(write_file(place, content));
    auto file = PendingFile::create(place);
    if (!file) return told(Unexpected{std::move(file).error()});
    TOCCATA_CHECK(told(file->append(content)));
    files_.push_back(*std::move(file));
    return {};
  }
  /// Errors: Output.
  Result<void, sound::Error> place() {
    for (PendingFile& file : files_) TOCCATA_CHECK(told(file.place()));
    return {};
  }

 private:
  static Result<void, sound::Error> told(Result<void, FileError> done) {
    if (done) return {};
    return Unexpected{sound::Error{sound::Fault::Output, describe(done.error())}};
  }

  decltype(sound::Settings::take_file) take_file_;
  std::filesystem::path folder_;  ///< made here
  std::vector<PendingFile> files_;
};

}  // namespace toccata::render
