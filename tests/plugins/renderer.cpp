// SPDX-License-Identifier: MIT
#include "renderer.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include <sys/wait.h>
#include <toccata/base/file.hpp>
#include <toccata/midi/write.hpp>

namespace toccata::test {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "toccata-plugins-XXXXXX").string();
  if (::mkdtemp(name.data()) != nullptr) path_ = name;
}
Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}
std::vector<std::string> Folder::outputs() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const std::string name = entry.path().filename().string();
    if (name != "said" && name != "error" && entry.path().extension() != ".mid" &&
        entry.path().extension() != ".vstpreset")
      names.push_back(name);
  }
  return names;
}

std::string plugin(const std::string& behaviour) {
  return std::string(TOCCATA_TEST_PLUGINS) + "/" + behaviour + ".vst3";
}

Ended run_renderer(const Folder& folder, const std::vector<std::string>& arguments,
                   const std::string& before) {
  std::string command = before + " '" TOCCATA_RENDERER "'";
  for (const std::string& argument : arguments) command += " '" + argument + "'";
  command += " >'" + (folder / "said").string() + "' 2>'" + (folder / "error").string() + "'";
  const auto begun = std::chrono::steady_clock::now();
  const int status = std::system(command.c_str());
  Ended ended;
  ended.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  ended.out = bytes_of(folder / "said");
  ended.error = bytes_of(folder / "error");
  return ended;
}

int count_left() {
  int left = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string words = bytes_of(entry.path() / "cmdline");
    std::error_code error;
    const bool is_ours = fs::read_symlink(entry.path() / "exe", error) == TOCCATA_RENDERER;
    const std::string child("sleep\0987", 9);
    left += is_ours || words.substr(0, child.size()) == child ? 1 : 0;
  }
  return left;
}

std::string write_midi_file(const Folder& folder, const std::string& name, std::vector<At> messages,
                            int end_tick) {
  midi::File file;
  file.tracks.resize(1);
  for (const At& one : messages)
    file.tracks[0].add(Tick(one.tick), one.status, one.data1, one.data2);
  if (end_tick > 0) file.tracks[0].set_end(Tick(end_tick));
  const auto path = folder / name;
  const Bytes bytes = midi::write_midi(file);
  return write_file(path, bytes) ? path.string() : "";
}

std::vector<At> quarters(std::initializer_list<int> pitches) {
  std::vector<At> messages;
  int tick = 0;
  for (const int pitch : pitches) {
    const auto key = static_cast<std::uint8_t>(pitch);
    messages.push_back({tick, 0x90, key, 100});
    messages.push_back({tick += 480, 0x80, key, 0});
  }
  return messages;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Wav read_wav(const fs::path& path) {
  const std::string bytes = bytes_of(path);
  const auto number = [&](std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    if (at + size <= bytes.size()) std::memcpy(&value, bytes.data() + at, size);
    return value;
  };
  Wav wav;
  std::size_t data = 0, size = 0;
  for (std::size_t at = 12; at + 8 <= bytes.size();
       at += 8 + number(at + 4, 4) + number(at + 4, 4) % 2) {
    if (bytes.compare(at, 4, "fmt ") == 0 && number(at + 10, 2) == 2) {
      wav.rate = static_cast<int>(number(at + 12, 4));
      wav.bits = static_cast<int>(number(at + 22, 2));
    }
    if (bytes.compare(at, 4, "data") == 0) {
      data = at + 8;
      size = std::min<std::size_t>(number(at + 4, 4), bytes.size() - data);
    }
  }
  const std::size_t width = static_cast<std::size_t>(wav.bits) / 8;
  for (std::size_t at = data; width > 0 && at + 2 * width <= data + size; at += 2 * width)
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const std::uint32_t raw = number(at + side * width, width) << (32 - wav.bits);
      float value = static_cast<float>(static_cast<std::int32_t>(raw)) / 2147483648.0F;
      if (wav.bits == 32) std::memcpy(&value, &raw, sizeof value);
      (side == 0 ? wav.left : wav.right).push_back(value);
    }
  return wav;
}

double hertz_between(const Wav& wav, std::size_t from, std::size_t to) {
  double first = -1, last = -1;
  int count = 0;
  for (std::size_t i = from + 1; i < std::min(to, wav.left.size()); ++i) {
    const double a = wav.left[i - 1], b = wav.left[i];
    if (a >= 0 || b < 0) continue;
    last = static_cast<double>(i - 1) + a / (a - b);
    if (first < 0) first = last;
    else ++count;
  }
  return count == 0 ? 0 : count * wav.rate / (last - first);
}

double cents_between(double hertz, double other) { return 1200 * std::log2(hertz / other); }
double hertz_of(double pitch) { return 440 * std::exp2((pitch - 69) / 12); }

}  // namespace toccata::test
