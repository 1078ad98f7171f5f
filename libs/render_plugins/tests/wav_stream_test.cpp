// SPDX-License-Identifier: MIT
#include "wav_stream.hpp"

#include <doctest/doctest.h>
#include <toccata/audio/encode.hpp>
#include <toccata/base/file.hpp>
#include <unistd.h>

using namespace toccata;
using namespace toccata::render;
namespace fs = std::filesystem;

namespace {

constexpr auto kRate = audio::SampleRate::literal(48000);

struct Written {
  fs::path path =
      fs::temp_directory_path() / ("toccata-wav-" + std::to_string(::getpid()) + ".wav");
  explicit Written(ByteView content) { REQUIRE(write_file(path, content)); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;
  ~Written() { fs::remove(path); }
};

audio::Stereo a_sound() {
  audio::Stereo sound(1000);
  for (std::size_t i = 0; i < sound.frames(); ++i) {
    sound.left[i] = 0.001F * static_cast<float>(i);
    sound.right[i] = -2.0F * sound.left[i];
  }
  return sound;
}

Bytes encoded(audio::SampleFormat format, audio::SampleRate rate = kRate) {
  audio::EncodeSettings settings{.format = format};
  settings.title = "odd";  // a chunk of its own
  auto bytes = audio::encode(a_sound().view(), rate, settings);
  REQUIRE(bytes);
  return *std::move(bytes);
}

}  // namespace

TEST_CASE("wav stream: floats come out as they went in, whatever the size of the pieces") {
  const Written file(encoded(audio::SampleFormat::Float32));
  for (const std::size_t piece : {1, 7, 999, 1000, 4096}) {
    auto stream = WavStream::open(file.path, kRate);
    REQUIRE(stream);
    audio::Stereo heard(8192);
    for (std::size_t at = 0; at + piece <= heard.frames() && stream->frames_left() > 0; at += piece)
      stream->add_next(heard.span().part(at, piece));
    CHECK(stream->frames_left() == 0);
    heard.resize(1000);
    CHECK(heard.left == a_sound().left);
    CHECK(heard.right == a_sound().right);
  }
}

TEST_CASE("wav stream: what is something else is refused, cut off anywhere it never crashes") {
  CHECK_FALSE(WavStream::open("/nowhere.wav", kRate));
  CHECK_FALSE(WavStream::open(Written(encoded(audio::SampleFormat::Pcm16)).path, kRate));
  CHECK_FALSE(WavStream::open(
      Written(encoded(audio::SampleFormat::Float32, audio::SampleRate::literal(44100))).path,
      kRate));
  const Bytes whole = encoded(audio::SampleFormat::Float32);
  for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 997) {
    const Written cut(ByteView(whole).first(size));
    auto stream = WavStream::open(cut.path, kRate);
    if (!stream) continue;
    audio::Stereo heard(2000);
    stream->add_next(heard.span());
    CHECK(stream->frames_left() == 0);
  }
}
