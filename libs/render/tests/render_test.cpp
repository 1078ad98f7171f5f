// SPDX-License-Identifier: MIT
#include "fake_backend.hpp"

#include <cstring>
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <toccata/audio/encode.hpp>
#include <toccata/audio/level.hpp>
#include <toccata/base/file.hpp>
#include <toccata/render/render.hpp>
#include <unistd.h>

using namespace toccata;
using namespace toccata::render;
using namespace toccata::render::test;
namespace fs = std::filesystem;

namespace {

/// An empty folder for one test.
fs::path fresh_folder() {
  static int number = 0;
  const auto folder = fs::temp_directory_path() / ("toccata-render-" + std::to_string(::getpid()) +
                                                   "-" + std::to_string(++number));
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

midi::File piece() {
  midi::File file;
  file.tracks = {make_track("Melody", 0, 8), make_track("Bass/Low", 1, 8)};
  return file;
}

std::vector<float> floats_of(const fs::path& wav) {
  const Bytes bytes = *read_file(wav);
  std::vector<float> samples;
  const auto data = as_text(bytes).find("data") + 8;
  samples.resize((bytes.size() - data) / 4);
  std::memcpy(samples.data(), bytes.data() + data, samples.size() * 4);
  return samples;
}

bool is_empty_folder(const fs::path& folder) {
  return fs::directory_iterator(folder) == fs::directory_iterator();
}

}  // namespace

TEST_CASE("render: as loud as asked, under the peak, and the report says so") {
  const auto out = fresh_folder() / "a.wav";
  FakeBackend backend({.frames = 40000});
  const auto report = render_to_file(piece(), backend, {.loudness_lufs = -16}, out);
  REQUIRE(report);
  CHECK(*report->loudness_lufs == doctest::Approx(-16).epsilon(0.01));
  CHECK(report->true_peak_dbtp <= -1);
  CHECK(report->target_missed_by_lu == 0);
  CHECK(report->seconds == doctest::Approx(4.4).epsilon(0.05));
  CHECK(fs::file_size(out) == doctest::Approx(report->seconds * 44100 * 4).epsilon(0.01));
}

TEST_CASE("render: twice gives the same bytes, with stems too") {
  const auto folder = fresh_folder();
  FakeBackend backend({.send = 0.2F});
  REQUIRE(render_to_file(piece(), backend, {}, folder / "a.wav"));
  REQUIRE(render_to_file(piece(), backend, {.stems = folder / "stems", .threads = 3},
                         folder / "b.wav"));
  CHECK(*read_file(folder / "a.wav") == *read_file(folder / "b.wav"));
}

TEST_CASE("stems: one file a part, named after its track, and their sum") {
  const auto folder = fresh_folder();
  FakeBackend backend({.send = 0.2F});
  const auto report = render_to_file(piece(), backend, {.stems = folder / "s"}, folder / "a.wav");
  REQUIRE(report);
  REQUIRE(report->stems.size() == 3);
  CHECK(report->stems[0].filename() == "Melody.wav");
  CHECK(report->stems[1].filename() == "Bass_Low.wav");
  const auto melody = floats_of(folder / "s" / "Melody.wav");
  const auto bass = floats_of(folder / "s" / "Bass_Low.wav");
  const auto mix = floats_of(folder / "s" / "mix.wav");
  REQUIRE(melody.size() == mix.size());
  REQUIRE(bass.size() == mix.size());
  for (std::size_t i = 0; i < mix.size(); ++i) REQUIRE(mix[i] == melody[i] + bass[i]);
}

TEST_CASE("render: silence is an error that names the sounds, and leaves no file") {
  const auto folder = fresh_folder();
  FakeBackend backend({.level = 0});
  const auto report = render_to_file(piece(), backend, {.stems = folder / "s"}, folder / "a.wav");
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == sound::Fault::Silent);
  CHECK(describe(report.error()) == "the result is silent: nothing sounds (sounds: fake.sf2)");
  CHECK(is_empty_folder(folder));
}

TEST_CASE("render: a NaN is an error and leaves no file") {
  const auto folder = fresh_folder();
  FakeBackend backend({.gives_nan = true});
  const auto report = render_to_file(piece(), backend, {}, folder / "a.wav");
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == sound::Fault::NotFinite);
  CHECK(is_empty_folder(folder));
}

TEST_CASE("render: a target that cannot be written leaves neither it nor stems") {
  const auto folder = fresh_folder();
  fs::create_directories(folder / "a.wav");
  FakeBackend backend;
  const auto report = render_to_file(piece(), backend, {.stems = folder / "s"}, folder / "a.wav");
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == sound::Fault::Output);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) CHECK(entry.is_directory());
}

TEST_CASE("render: an existing file stays as it was when rendering fails") {
  const auto out = fresh_folder() / "a.wav";
  std::ofstream(out) << "mine";
  FakeBackend backend({.level = 0});
  REQUIRE_FALSE(render_to_file(piece(), backend, {}, out));
  CHECK(as_text(*read_file(out)) == "mine");
}

TEST_CASE("render: stems and reports replace what is there, and change nothing where one fails") {
  for (const char* report : {"none/r.json", "r.json"}) {
    const auto folder = fresh_folder();
    for (const char* name : {"mix.wav", "r.json"}) std::ofstream(folder / name) << "mine";
    FakeBackend backend;
    const bool is_done =
        render_to_file(piece(), backend, {.stems = folder, .reports = {folder / report}},
                       folder / "a.wav")
            .has_value();
    CHECK(is_done == (std::string(report) == "r.json"));
    for (const char* name : {"mix.wav", "r.json"})
      CHECK((as_text(*read_file(folder / name)) == "mine") == !is_done);
    CHECK(fs::exists(folder / "a.wav") == is_done);
  }
}

TEST_CASE("render: a caller may take the files, under their own names, and nothing is written") {
  const auto folder = fresh_folder();
  std::vector<std::string> names;
  sound::Settings settings{.stems = folder / "s", .reports = {folder / "r.svg"}};
  settings.take_file = [&](const fs::path& place, ByteView content) -> Result<void, sound::Error> {
    CHECK(content.size() > 500);
    names.push_back(place.filename().string());
    return {};
  };
  FakeBackend backend;
  REQUIRE(render_to_file(piece(), backend, settings, folder / "a.flac"));
  CHECK(names ==
        std::vector<std::string>{"Melody.wav", "Bass_Low.wav", "mix.wav", "r.svg", "a.flac"});
  CHECK(is_empty_folder(folder));
}

TEST_CASE("stems: none takes the place of another file") {
  const auto folder = fresh_folder();
  FakeBackend backend;
  const auto report = render_to_file(
      piece(), backend, {.stems = folder, .taken = {folder / "." / "mix.wav"}}, folder / "a.wav");
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == sound::Fault::BadSettings);
}

TEST_CASE("render: a full disk is an error that leaves no file") {
  const auto link = fresh_folder() / "full.wav";
  if (!fs::exists("/dev/full")) return;
  fs::create_symlink("/dev/full", link);
  FakeBackend backend;
  const auto report = render_to_file(piece(), backend, {}, link);
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == sound::Fault::Output);
}

TEST_CASE("render: each kind of file by its extension") {
  const auto folder = fresh_folder();
  FakeBackend backend({.frames = 20000});
  for (const char* name : {"a.wav", "a.flac", "a.ogg", "a.mp3"}) {
    REQUIRE(render_to_file(piece(), backend, {}, folder / name));
    CHECK(fs::file_size(folder / name) > 5000);
  }
}

TEST_CASE(
    "render: what is heard of a lossy file keeps to the ceiling too, and is what is told of") {
  const auto folder = fresh_folder();
  for (const char* name : {"a.ogg", "a.mp3"}) {
    CAPTURE(name);
    FakeBackend backend({.frames = 100000});
    const auto report =
        render_to_file(piece(), backend, {.loudness_lufs = 0, .true_peak_dbtp = 0}, folder / name);
    REQUIRE(report);
    const auto heard = audio::decode(*read_file(folder / name));
    REQUIRE(heard);
    const double peak = audio::db_of_factor(audio::true_peak(heard->view()));
    CHECK(peak <= 0);
    CHECK(report->true_peak_dbtp == doctest::Approx(peak));
  }
}

TEST_CASE("report: one file a kind, with bands and parts; the sound stays the same without") {
  const auto folder = fresh_folder();
  FakeBackend backend({.frames = 20000, .send = 0.2F});
  const sound::Settings settings{
      .reports = {folder / "r.json", folder / "r.svg", folder / "r.png"}};
  const auto report = render_to_file(piece(), backend, settings, folder / "a.wav");
  REQUIRE(report);
  REQUIRE(render_to_file(piece(), backend, {}, folder / "b.wav"));
  CHECK(*read_file(folder / "a.wav") == *read_file(folder / "b.wav"));
  CHECK(report->spectrum.size() == 31);
  CHECK(report->parts.size() == 2);
  CHECK(report->parts[1].loudness_lufs.has_value());
  for (const auto& path : settings.reports) CHECK(fs::file_size(path) > 500);
}

TEST_CASE("report: where it cannot be written, nothing is left") {
  const auto folder = fresh_folder();
  FakeBackend backend;
  const sound::Settings settings{.stems = folder / "s",
                                 .reports = {folder / "r.json", folder / "none" / "r.png"}};
  const auto report = render_to_file(piece(), backend, settings, folder / "a.wav");
  REQUIRE_FALSE(report);
  CHECK(report.error().fault == sound::Fault::Output);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) CHECK(entry.is_directory());
}
