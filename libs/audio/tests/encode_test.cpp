// SPDX-License-Identifier: MIT
#include "tones.hpp"

#include <cstring>
#include <limits>
#include <string_view>

#include <doctest/doctest.h>
#include <toccata/audio/encode.hpp>

using namespace toccata;
using namespace toccata::audio;

namespace {

/// Little-endian numbers of a RIFF file, read apart from the library.
std::uint32_t number(const Bytes& bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size; i-- > 0;) value = value << 8 | bytes.at(at + static_cast<std::size_t>(i));
  return value;
}

/// Where a chunk's content begins.
std::optional<std::size_t> find_chunk(const Bytes& bytes, std::string_view name) {
  for (std::size_t at = 12; at + 8 <= bytes.size(); at += 8 + number(bytes, at + 4, 4))
    if (as_text(ByteView(bytes).subspan(at, 4)) == name) return at + 8;
  return std::nullopt;
}

Stereo tone(std::size_t frames, double size) {
  Stereo signal(frames);
  test::add_tone(signal.span(), 440, size);
  return signal;
}

}  // namespace

TEST_CASE("WAV: header fields and sizes are those of the format, at each rate and depth") {
  const Stereo signal = tone(1000, 0.5);
  for (const int hertz : {44100, 48000, 88200, 96000})
    for (const auto format : {SampleFormat::Pcm16, SampleFormat::Pcm24, SampleFormat::Float32}) {
      const auto rate = *SampleRate::from_hertz(hertz);
      const auto bytes = encode(signal.view(), rate, {.format = format});
      REQUIRE(bytes);
      const std::uint32_t width = format == SampleFormat::Pcm16   ? 2
                                  : format == SampleFormat::Pcm24 ? 3
                                                                  : 4;
      CHECK(as_text(ByteView(*bytes).first(4)) == "RIFF");
      CHECK(number(*bytes, 4, 4) == bytes->size() - 8);
      CHECK(as_text(ByteView(*bytes).subspan(8, 4)) == "WAVE");
      const auto fmt = find_chunk(*bytes, "fmt "), data = find_chunk(*bytes, "data");
      REQUIRE((fmt && data));
      CHECK(number(*bytes, *fmt, 2) == (format == SampleFormat::Float32 ? 3 : 1));
      CHECK(number(*bytes, *fmt + 2, 2) == 2);
      CHECK(number(*bytes, *fmt + 4, 4) == static_cast<std::uint32_t>(hertz));
      CHECK(number(*bytes, *fmt + 8, 4) == static_cast<std::uint32_t>(hertz) * 2 * width);
      CHECK(number(*bytes, *fmt + 12, 2) == 2 * width);
      CHECK(number(*bytes, *fmt + 14, 2) == 8 * width);
      CHECK(number(*bytes, *data - 4, 4) == 1000 * 2 * width);
      CHECK_FALSE(find_chunk(*bytes, "PEAK"));
    }
}

TEST_CASE("WAV: title, software and comment stand in LIST INFO") {
  const auto bytes = encode(tone(10, 0.5).view(), SampleRate::literal(44100),
                            {.title = "A tune", .software = "Toccata", .comment = "toccata {}"});
  REQUIRE(bytes);
  const auto list = find_chunk(*bytes, "LIST");
  REQUIRE(list);
  const auto text = as_text(ByteView(*bytes).subspan(*list));
  CHECK(text.starts_with("INFO"));
  CHECK(text.find("A tune") != text.npos);
  CHECK(text.find("Toccata") != text.npos);
  CHECK(text.find("toccata {}") != text.npos);
}

TEST_CASE("WAV: the same signal and seed give the same bytes, another seed another dither") {
  const Stereo signal = tone(5000, 0.3);
  const auto rate = SampleRate::literal(44100);
  const auto one = encode(signal.view(), rate, {}), two = encode(signal.view(), rate, {});
  const auto other = encode(signal.view(), rate, {.dither_seed = 2});
  CHECK(*one == *two);
  CHECK(*one != *other);
}

TEST_CASE("WAV: 32-bit float keeps every sample as it is") {
  const Stereo signal = tone(100, 1.7);
  const auto bytes =
      encode(signal.view(), SampleRate::literal(48000), {.format = SampleFormat::Float32});
  const std::size_t data = *find_chunk(*bytes, "data");
  for (std::size_t i = 0; i < 100; ++i) {
    float left;
    std::memcpy(&left, bytes->data() + data + 8 * i, 4);
    REQUIRE(left == signal.left[i]);
  }
}

TEST_CASE("dither: the mean of a level under the last bit is kept, as noise of that bit") {
  Stereo signal(200000);
  const double level = 0.3 / 32768;
  std::fill(signal.left.begin(), signal.left.end(), static_cast<float>(level));
  const auto bytes = encode(signal.view(), SampleRate::literal(44100), {});
  const std::size_t data = *find_chunk(*bytes, "data");
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < signal.frames(); ++i) {
    const auto sample = static_cast<std::int16_t>(number(*bytes, data + 4 * i, 2));
    REQUIRE(std::abs(sample) <= 2);
    sum += sample;
    squares += sample * sample;
  }
  CHECK(sum / 200000 == doctest::Approx(0.3).epsilon(0.03));
  // Triangular dither's variance (1/6) and the rounding's (1/12): 1/4, whatever the signal.
  CHECK(squares / 200000 - 0.09 == doctest::Approx(0.25).epsilon(0.03));
}

TEST_CASE("WAV: over full scale is cut off and never wraps round") {
  Stereo signal(4);
  signal.left = {1.5F, -1.5F, 1.0F, -1.0F};
  const auto bytes = encode(signal.view(), SampleRate::literal(44100), {});
  const std::size_t data = *find_chunk(*bytes, "data");
  CHECK(static_cast<std::int16_t>(number(*bytes, data, 2)) == 32767);
  CHECK(static_cast<std::int16_t>(number(*bytes, data + 4, 2)) == -32768);
  CHECK(static_cast<std::int16_t>(number(*bytes, data + 8, 2)) > 32760);
  CHECK(static_cast<std::int16_t>(number(*bytes, data + 12, 2)) < -32760);
}

TEST_CASE("encode: a NaN is refused, naming its frame") {
  Stereo signal = tone(50, 0.5);
  signal.left[20] = std::numeric_limits<float>::quiet_NaN();
  const auto bytes = encode(signal.view(), SampleRate::literal(44100), {});
  REQUIRE_FALSE(bytes);
  CHECK(bytes.error().kind == EncodeError::Kind::NotFinite);
  CHECK(describe(bytes.error()) == "not a number at frame 20");
}

TEST_CASE("decode: what is lossless is the same again, what is lossy nearly; no file is an error") {
  Stereo signal(test::kRate.frames(1));
  test::add_tone(signal.span(), 440, 0.5);
  for (const Container container :
       {Container::Wav, Container::Flac, Container::Ogg, Container::Mp3}) {
    const auto bytes =
        encode(signal.view(), test::kRate, {.container = container, .format = SampleFormat::Pcm24});
    const auto heard = decode(*bytes);
    REQUIRE(heard);
    CHECK(heard->frames() >= signal.frames());
    const double peak = inspect(heard->view()).peak;
    CHECK(std::abs(db_of_factor(peak / 0.5)) < (is_lossy(container) ? 1.0 : 1e-4));
  }
  CHECK_FALSE(decode(as_bytes("no sound")));
}

TEST_CASE("encode: FLAC, Ogg and MP3 have their marks; FLAC as float does not exist") {
  const Stereo signal = tone(48000, 0.5);
  const auto rate = SampleRate::literal(48000);
  const auto flac = encode(signal.view(), rate, {.container = Container::Flac});
  REQUIRE(flac);
  CHECK(as_text(ByteView(*flac).first(4)) == "fLaC");
  const auto ogg = encode(signal.view(), rate, {.container = Container::Ogg});
  REQUIRE(ogg);
  CHECK(as_text(ByteView(*ogg).first(4)) == "OggS");
  const auto mp3 = encode(signal.view(), rate, {.container = Container::Mp3});
  REQUIRE(mp3);
  CHECK(mp3->size() > 5000);
  CHECK_FALSE(
      encode(signal.view(), rate, {.container = Container::Flac, .format = SampleFormat::Float32}));
}

TEST_CASE("encode: no frames make a valid, empty file") {
  const auto bytes = encode(Stereo(0).view(), SampleRate::literal(44100), {});
  REQUIRE(bytes);
  CHECK(number(*bytes, *find_chunk(*bytes, "data") - 4, 4) == 0);
}
