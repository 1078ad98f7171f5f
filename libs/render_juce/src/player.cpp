// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include <toccata/render_juce/player.hpp>
#include <toccata/render_juce/schedule.hpp>

namespace toccata::render_juce {
namespace {

constexpr float kDied = 1e-5F;        ///< -100 dB below full scale
constexpr double kSilentSeconds = 1;  ///< so long no sound, and it has died
constexpr double kFadeSeconds = 1;    ///< of a tail that did not die
constexpr double kCutFadeSeconds = 0.01;
constexpr std::size_t kTurn = 2048;  ///< frames between two looks at the message loop
constexpr std::size_t kSetUpBlock = 64, kSetUpBlocks = 16;

/// Takes what the plug-in gives, leaves off the latency and watches for the last sound.
class Recorder {
 public:
  Recorder(audio::StereoSpan out, std::size_t skip) : out_(out), skip_(skip) {}

  std::size_t frames() const { return written_; }
  bool is_full() const { return written_ == out_.frames(); }
  std::size_t last_sound() const { return last_sound_; }  ///< one past the last audible frame

  void add(audio::StereoView block) {
    const std::size_t skipped = std::min(skip_, block.frames());
    skip_ -= skipped;
    const std::size_t count = std::min(block.frames() - skipped, out_.frames() - written_);
    std::copy_n(block.left.begin() + skipped, count, out_.left.begin() + written_);
    std::copy_n(block.right.begin() + skipped, count, out_.right.begin() + written_);
    const auto is_heard = [](float sample) { return !(std::abs(sample) < kDied); };  // NaN is
    for (std::size_t i = written_; i < written_ + count; ++i)
      if (is_heard(out_.left[i]) || is_heard(out_.right[i])) last_sound_ = i + 1;
    written_ += count;
  }

 private:
  audio::StereoSpan out_;
  std::size_t skip_, written_ = 0, last_sound_ = 0;
};

/// Long enough for everything to have arrived, and the same at every block size and speed.
void play_set_up(Host& host, Plugin& plugin, Schedule& schedule, const render::Position& start,
                 audio::Stereo& room, double settle_s) {
  const int pause_ms = static_cast<int>(std::ceil(1000 * settle_s / kSetUpBlocks));
  std::size_t blocks = 0;
  for (auto messages = schedule.next_set_up(); !messages.empty() || blocks < kSetUpBlocks;
       messages = schedule.next_set_up(), ++blocks) {
    host.run_on_sound_thread([&] {
      for (std::size_t left = kSetUpBlock; left > 0;) {
        const std::size_t count = std::min(left, room.frames());
        plugin.process(messages, start, false, room.span().part(0, count));
        messages.clear();
        left -= count;
      }
    });
    host.pump(pause_ms);
  }
}

}  // namespace

std::size_t most_frames(const render::Stream& stream, const PlaySettings& settings) {
  return stream.end_frame + stream.rate.frames(settings.tail_s.value_or(kMostTailSeconds));
}

Played play(Host& host, Plugin& plugin, const render::Stream& stream, const PlaySettings& settings,
            audio::StereoSpan out, const std::function<void(double)>& on_progress) {
  Schedule schedule(stream, settings.block, plugin.keeps_order());
  audio::Stereo room(settings.block);
  play_set_up(host, plugin, schedule, stream.position_at(0), room, settings.settle_s);
  const std::size_t latency = plugin.latency_frames();
  Recorder recorder(out, latency);
  const std::size_t silent = stream.rate.frames(kSilentSeconds);
  const auto has_died = [&] {
    return !settings.tail_s &&
           recorder.frames() >= std::max(stream.end_frame, recorder.last_sound()) + silent;
  };
  const std::function<void()> turn = [&] {
    for (std::size_t done = 0; done < kTurn && !recorder.is_full();) {
      auto step = schedule.next(kTurn - done);
      const auto block = room.span().part(0, step.frames);
      plugin.process(step.messages, stream.position_at(step.frame), true, block);
      recorder.add(block);
      done += step.frames;
    }
  };
  while (!recorder.is_full() && !has_died()) {
    host.run_on_sound_thread(turn);
    host.pump(0);
    on_progress(static_cast<double>(recorder.frames()) / static_cast<double>(out.frames()));
  }
  const bool is_dead = has_died();
  const std::size_t frames =
      is_dead ? std::max(stream.end_frame, recorder.last_sound()) : recorder.frames();
  if (!is_dead)
    audio::fade_out(out.part(0, frames),
                    stream.rate.frames(settings.tail_s ? kCutFadeSeconds : kFadeSeconds));
  return {frames, latency};
}

}  // namespace toccata::render_juce
