// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/render/room_send.hpp>
#include <toccata/render_fluidsynth/backend.hpp>
#include <toccata/sound_font/midi_tuning.hpp>
#include <toccata/sound_font/synth.hpp>

namespace toccata::render {
namespace {

using sound_font::Heard;
using sound_font::kSynthBlock;
using sound_font::MidiTuning;
using sound_font::Retuned;
using sound_font::Synth;
static_assert(kBlockFrames % kSynthBlock == 0);

constexpr int kChorusController = 93;

/// One synthesiser on one font, for one part. The room is the mix's.
class FluidRenderer : public Renderer {
 public:
  FluidRenderer(Synth synth, bool has_chorus) : synth_(std::move(synth)), has_chorus_(has_chorus) {
    synth_.tune_by([this](int channel, int key) { return cents(channel, key); });
  }

  void render(std::span<const Message> messages, audio::StereoSpan out,
              std::span<float> send) override {
    std::size_t at = 0;
    for (const Message& message : messages) {
      const std::size_t border =
          std::min((message.frame + kSynthBlock / 2) / kSynthBlock * kSynthBlock, out.frames());
      if (border > at) sound(out.part(at, border - at), send.subspan(at, border - at));
      at = std::max(at, border);
      play(message);
    }
    if (at < out.frames()) sound(out.part(at, out.frames() - at), send.subspan(at));
  }

  bool is_sounding() const override { return synth_.is_sounding(); }

 private:
  void play(const Message& message) {
    if (message.kind() == 0xF0) {
      if (message.sysex != nullptr) play_sysex(*message.sysex);
      return;
    }
    room_.hear(message);
    const Heard heard = tuning_.hear(message.status, message.data1, message.data2);
    if (!heard.is_taken) synth_.play(message.status, message.data1, message.data2);
    if (heard.retuned == Retuned::AllNotes) synth_.retune();
  }

  void play_sysex(const Bytes& content) {
    const Heard heard = tuning_.hear_sysex(content);
    if (!heard.is_taken) synth_.play_sysex(content);
    if (heard.retuned == Retuned::AllNotes) synth_.retune();
    if (!sound_font::is_reset(content)) return;
    synth_.reset();
    tuning_.reset();
  }

  /// Kits can be bent but have no scale, as in the instrument.
  double cents(int channel, int key) const {
    const auto index = static_cast<std::size_t>(channel);
    return synth_.plays_kit(channel) ? tuning_.channel_cents(index)
                                     : tuning_.cents(index, static_cast<std::size_t>(key));
  }

  void sound(audio::StereoSpan out, std::span<float> send) {
    if (!has_chorus_ && !synth_.is_sounding()) return;  // a part rests for much of a piece
    synth_.add_sound(out.left, out.right);
    room_.add(out, send);
  }

  Synth synth_;
  bool has_chorus_;
  MidiTuning tuning_;
  RoomSend room_;
};

bool asks_for_chorus(const SongPart& part) {
  return std::any_of(part.messages.begin(), part.messages.end(), [](const Message& message) {
    return message.kind() == 0xB0 && message.data1 == kChorusController && message.data2 > 0;
  });
}

class FluidBackend : public Backend {
 public:
  /// The first synthesiser keeps the font's samples loaded for all the others.
  FluidBackend(std::filesystem::path font, double rate_hz, Synth first)
      : font_(std::move(font)), rate_hz_(rate_hz), first_(std::move(first)) {}

  Result<std::unique_ptr<Renderer>, sound::Error> make_renderer(const SongPart& part) override {
    auto synth = Synth::open(font_, {.rate_hz = rate_hz_});
    if (!synth)
      return Unexpected{sound::Error{synth.error().fault,
                                     "part '" + part.name + "': " + describe(synth.error())}};
    const bool has_chorus = asks_for_chorus(part);
    if (has_chorus) synth->turn_chorus_on();
    return std::unique_ptr<Renderer>(
        std::make_unique<FluidRenderer>(*std::move(synth), has_chorus));
  }
  std::string name() const override { return sound_font::synth_name(); }
  std::filesystem::path sounds() const override { return font_; }

 private:
  std::filesystem::path font_;
  double rate_hz_;
  Synth first_;
};

}  // namespace

Result<std::unique_ptr<Backend>, sound::Error> make_fluidsynth_backend(
    const std::filesystem::path& sound_font, audio::SampleRate rate) {
  const double rate_hz = rate.hertz();
  TOCCATA_TRY(Synth first, Synth::open(sound_font, {.rate_hz = rate_hz}));
  return std::unique_ptr<Backend>(
      std::make_unique<FluidBackend>(sound_font, rate_hz, std::move(first)));
}

}  // namespace toccata::render
