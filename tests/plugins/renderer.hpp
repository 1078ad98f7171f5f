// SPDX-License-Identifier: MIT
// MidiRenderer run as users run it, and what it wrote measured.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include <toccata/midi/file.hpp>

namespace toccata::test {

/// A folder of its own, removed with what is in it.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  /// Names of all there is, but for those of the inputs.
  std::vector<std::string> outputs() const;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Ended {
  int status = -1;
  std::string out, error;
  double seconds = 0;
};
/// Runs the program in a shell; `before` stands in front of it ("ulimit -f 8;").
Ended run_renderer(const Folder& folder, const std::vector<std::string>& arguments,
                   const std::string& before = "");
std::string plugin(const std::string& behaviour);
/// Processes of MidiRenderer or of what a test plug-in started that live now.
int count_left();

/// A note or another message at a time in ticks of a 480th quarter; a quarter lasts half a second.
struct At {
  int tick;
  std::uint8_t status, data1, data2;
};
std::string write_midi_file(const Folder& folder, const std::string& name, std::vector<At> messages,
                            int end_tick = 0);
/// Quarters of one pitch after another.
std::vector<At> quarters(std::initializer_list<int> pitches);

struct Wav {
  int rate = 0, bits = 0;
  std::vector<float> left, right;
};
/// An empty one for what is no WAV of two channels.
Wav read_wav(const std::filesystem::path& path);
std::string bytes_of(const std::filesystem::path& path);
/// Of a steady tone between two frames, by its zero crossings.
double hertz_between(const Wav& wav, std::size_t from, std::size_t to);
double cents_between(double hertz, double other);
double hertz_of(double pitch);

}  // namespace toccata::test
