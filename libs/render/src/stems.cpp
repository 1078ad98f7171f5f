// SPDX-License-Identifier: MIT
#include "stems.hpp"

#include "write.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include <toccata/audio/parallel.hpp>

namespace toccata::render {
namespace {

/// Files that are taken away again unless all of them could be written.
class Written {
 public:
  explicit Written(std::filesystem::path folder) : folder_(std::move(folder)) {
    made_folder_ = std::filesystem::create_directory(folder_, failed_);
  }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;
  ~Written() {
    if (is_kept_) return;
    std::error_code ignored;
    for (const auto& file : files_) std::filesystem::remove(file, ignored);
    if (made_folder_) std::filesystem::remove(folder_, ignored);
  }

  Result<void, sound::Error> add(audio::StereoView signal, audio::SampleRate rate,
                                 const std::string& name) {
    if (failed_)
      return Unexpected{
          sound::Error{sound::Fault::Output, folder_.string() + ": " + failed_.message()}};
    const auto path = folder_ / (name + ".wav");
    audio::EncodeSettings settings{.format = audio::SampleFormat::Float32};
    settings.software = "Toccata";
    TOCCATA_CHECK(write_sound(signal, rate, settings, path));
    files_.push_back(path);
    return {};
  }
  std::vector<std::filesystem::path> keep() {
    is_kept_ = true;
    return files_;
  }

 private:
  std::filesystem::path folder_;
  std::error_code failed_;
  bool made_folder_ = false;
  bool is_kept_ = false;
  std::vector<std::filesystem::path> files_;
};

void add(audio::StereoView from, audio::Stereo& to) {
  for (std::size_t i = 0; i < from.frames(); ++i) {
    to.left[i] += from.left[i];
    to.right[i] += from.right[i];
  }
}

}  // namespace

std::string file_name_of(std::string_view part) {
  std::string name;
  for (const char c : part) {
    const bool is_bad = static_cast<unsigned char>(c) < 32 || c == 127 || c == '/' || c == '\\';
    name += is_bad ? '_' : c;
  }
  if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
  if (name.size() > 200) name.resize(200);
  return name;
}

Result<std::vector<std::filesystem::path>, sound::Error> write_stems(
    const Mix& mix, audio::SampleRate rate, const sound::Settings& settings) {
  Written written(settings.stems);
  audio::Stereo sum;
  std::set<std::string> names = {"mix"};
  // A few at a time: each is as long as the whole.
  constexpr std::size_t kAtOnce = 4;
  for (std::size_t first = 0; first < mix.parts(); first += kAtOnce) {
    std::vector<audio::Stereo> stems(std::min(kAtOnce, mix.parts() - first));
    audio::for_each_index(stems.size(), settings.threads,
                          [&](std::size_t i) { stems[i] = mix.stem(first + i); });
    for (std::size_t i = 0; i < stems.size(); ++i) {
      std::string name = file_name_of(mix.name_of(first + i));
      while (!names.insert(name).second) name += "_";
      TOCCATA_CHECK(written.add(stems[i].view(), rate, name));
      sum.resize(stems[i].frames());
      add(stems[i].view(), sum);
    }
  }
  TOCCATA_CHECK(written.add(sum.view(), rate, "mix"));
  return written.keep();
}

}  // namespace toccata::render
