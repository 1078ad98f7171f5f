// SPDX-License-Identifier: MIT
// A backend that answers each note with a decaying tone, and can be told to misbehave.
#pragma once

#include <cmath>
#include <limits>

#include <toccata/render/renderer.hpp>

namespace toccata::render::test {

struct FakeSound {
  float level = 0.2F;         ///< of each note's tone
  std::size_t frames = 4410;  ///< that a note sounds
  float send = 0;             ///< to the room
  bool gives_nan = false;     ///< at the first note
};

class FakeRenderer : public Renderer {
 public:
  explicit FakeRenderer(FakeSound sound) : sound_(sound) {}
  void render(std::span<const Message> messages, audio::StereoSpan out,
              std::span<float> send) override {
    std::size_t next = 0;
    for (std::size_t i = 0; i < out.frames(); ++i) {
      for (; next < messages.size() && messages[next].frame <= i; ++next)
        if (messages[next].kind() == 0x90 && messages[next].data2 > 0) left_ = sound_.frames;
      if (left_ == 0) continue;
      --left_;
      float sample = sound_.level * std::sin(static_cast<float>(phase_++) * 0.1F);
      if (sound_.gives_nan) sample = std::numeric_limits<float>::quiet_NaN();
      out.left[i] += sample;
      out.right[i] += sample;
      send[i] += sound_.send * sample;
    }
  }
  bool is_sounding() const override { return left_ > 0; }

 private:
  FakeSound sound_;
  std::size_t left_ = 0;
  unsigned phase_ = 0;
};

class FakeBackend : public Backend {
 public:
  explicit FakeBackend(FakeSound sound = {}) : sound_(sound) {}
  Result<std::unique_ptr<Renderer>, sound::Error> make_renderer(const SongPart& part) override {
    if (part.name == "Broken")
      return Unexpected{sound::Error{sound::Fault::Backend, "part 'Broken' has no instrument"}};
    return std::unique_ptr<Renderer>(std::make_unique<FakeRenderer>(sound_));
  }
  std::string name() const override { return "fake"; }
  std::filesystem::path sounds() const override { return "fake.sf2"; }

 private:
  FakeSound sound_;
};

/// A track of one name with quarter notes, one behind the other, on one channel.
inline midi::Track make_track(std::string_view name, int channel, int quarters) {
  midi::Track track;
  track.add_meta(Tick(0), midi::meta::kTrackName, as_bytes(name));
  const auto on = static_cast<std::uint8_t>(midi::status::kNoteOn | channel);
  for (int i = 0; i < quarters; ++i) {
    track.add(Tick(480 * i), on, 60, 80);
    track.add(Tick(480 * i + 400), on, 60, 0);
  }
  return track;
}

}  // namespace toccata::render::test
