// SPDX-License-Identifier: MIT
#include <cmath>

#include <doctest/doctest.h>
#include <png.h>
#include <toccata/report/report.hpp>

using namespace toccata;
using namespace toccata::report;

namespace {

constexpr auto kRate = audio::SampleRate::literal(44100);

/// A tone that rises from 100 Hz to 10 kHz in ten seconds.
audio::Stereo sweep() {
  audio::Stereo made(10 * 44100);
  double phase = 0;
  for (std::size_t i = 0; i < made.frames(); ++i) {
    phase += 2 * M_PI * 100 * std::pow(100.0, static_cast<double>(i) / 441000) / 44100;
    made.left[i] = made.right[i] = static_cast<float>(0.5 * std::sin(phase));
  }
  return made;
}

sound::Report figures() {
  sound::Report made{.loudness_lufs = -14.02, .loudness_range_lu = 5.5, .true_peak_dbtp = -1.1};
  made.parts = {
      {"Melody", -19.5}, {"A <part> & \"friends\"", -25.25}, {"Silent one", std::nullopt}};
  for (const double hertz : {31.5, 125.0, 1000.0}) made.spectrum.push_back({hertz, -10});
  made.backend = "FluidSynth 2.3.1";
  return made;
}

Bytes report_as(const char* path, const char* title = "Étude in C") {
  const audio::Stereo sound = sweep();
  const sound::Report told = figures();
  return make_report({title, sound.view(), kRate, told}, path);
}

struct Pixels {
  int width, height;
  std::vector<std::uint8_t> rgb;
  int at(int x, int y, int part) const {
    return rgb[static_cast<std::size_t>((y * width + x) * 3 + part)];
  }
};

Pixels decoded(const Bytes& png) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  REQUIRE(png_image_begin_read_from_memory(&image, png.data(), png.size()) != 0);
  image.format = PNG_FORMAT_RGB;
  Pixels pixels{static_cast<int>(image.width), static_cast<int>(image.height),
                std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
  REQUIRE(png_image_finish_read(&image, nullptr, pixels.rgb.data(), 0, nullptr) != 0);
  return pixels;
}

}  // namespace

TEST_CASE("report: JSON has the figures, a part without a loudness null") {
  const auto json = parse_json(as_text(report_as("a.json")));
  REQUIRE(json);
  CHECK(json->find("loudness_lufs")->number() == -14.02);
  CHECK(json->find("loudness_range_lu")->number() == 5.5);
  CHECK(json->find("true_peak_dbtp")->number() == -1.1);
  CHECK(json->find("target_missed_by_lu")->number() == 0);
  const auto& parts = *json->find("parts")->array();
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].find("name")->text() != nullptr);
  CHECK(parts[1].find("loudness_lufs")->number() == -25.25);
  CHECK(parts[2].find("loudness_lufs")->is_null());
  CHECK(json->find("spectrum")->array()->size() == 3);
}

TEST_CASE("report: a PNG that a reader reads; a sweep climbs through its spectrogram") {
  const Pixels page = decoded(report_as("a.png"));
  REQUIRE(page.width == 1600);
  double before = 1e9;
  for (int x = 160; x < 1100; x += 90) {
    int brightest = 0, row = 0;
    for (int y = 570; y < 960; ++y)
      if (const int bright = page.at(x, y, 0) + page.at(x, y, 1) + page.at(x, y, 2);
          bright > brightest) {
        brightest = bright;
        row = y;
      }
    CHECK(row < before);
    // 100 Hz to 10 kHz over a thousand columns from 110 on, of 30 Hz to 20 kHz over 390 rows.
    const double hertz = 100 * std::pow(100.0, (x - 110) / 1000.0);
    CHECK(std::abs(row - (960 - 390 * std::log(hertz / 30) / std::log(20000 / 30.0))) < 6);
    before = row;
  }
}

TEST_CASE("report: an SVG is well formed whatever parts and titles are called") {
  const Bytes bytes = report_as("a.svg", "<b>\x01 \xff &amp");
  const std::string_view svg = as_text(bytes);
  CHECK(svg.starts_with("<svg "));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(svg.find("A &lt;part&gt; &amp; ") != std::string_view::npos);
  CHECK(svg.find("&lt;b&gt;? ? &amp;amp") != std::string_view::npos);
  CHECK(svg.find("data:image/png;base64,iVBORw0KGgo") != std::string_view::npos);
}

TEST_CASE("report: the same bytes each time") {
  for (const char* path : {"a.json", "a.svg", "a.png"}) CHECK(report_as(path) == report_as(path));
}

TEST_CASE("report: a sound of one frame, of many parts and of a long title is drawn too") {
  audio::Stereo click(1);
  click.left[0] = 2;
  sound::Report told = figures();
  for (int i = 0; i < 250; ++i) told.parts.push_back({std::string(300, 'x'), -20});
  const std::string title(5000, 'W');
  for (const char* path : {"a.svg", "a.png"})
    CHECK(make_report({title, click.view(), kRate, told}, path).size() > 1000);
}
