// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <toccata/render_juce/schedule.hpp>
#include <toccata/render_juce/warm_up.hpp>

namespace toccata::render_juce {
namespace {

using Clock = std::chrono::steady_clock;
using render::Message;

constexpr std::size_t kMostProbes = 32;
constexpr float kHeard = 1e-5F;  ///< -100 dB below full scale
constexpr double kNoteSeconds = 0.1, kLongNoteSeconds = 0.4;
constexpr double kMostTailSeconds = 1;    ///< between two probes
constexpr double kMostDrainSeconds = 10;  ///< after all
constexpr int kPauseMilliseconds = 100;   ///< of wall time between two rounds
constexpr int kSettleMilliseconds = 50, kPauses = 5;
constexpr double kStableSeconds = 2;  ///< of wall time without a change
constexpr float kSame = 1.26F;        ///< 2 dB: samplers take turns among recordings

double seconds_since(Clock::time_point when) {
  return std::chrono::duration<double>(Clock::now() - when).count();
}

/// Plays single messages with the transport at rest.
class Prober {
 public:
  Prober(Host& host, Plugin& plugin, const render::Stream& stream, const WarmUpSettings& settings)
      : host_(host), plugin_(plugin), stream_(stream), settings_(settings), room_(settings.block) {}

  /// Samplers that load once they are played are given a moment before the first note.
  void set_up() {
    Schedule schedule(stream_, settings_.block, plugin_.keeps_order());
    int pauses = 0;
    for (auto messages = schedule.next_set_up(); !messages.empty() || pauses < kPauses;
         messages = schedule.next_set_up(), ++pauses) {
      host_.run_on_sound_thread([&] { run(messages, settings_.block); });
      host_.pump(kSettleMilliseconds / kPauses);
    }
  }

  /// The peak of each probe; 0 where nothing is heard.
  std::vector<float> round(std::span<const Probe> probes, double note_seconds) {
    std::vector<float> peaks;
    for (const Probe& probe : probes)
      host_.run_on_sound_thread([&] { peaks.push_back(peak_of(probe, note_seconds)); });
    return peaks;
  }

  void drain() {
    host_.run_on_sound_thread([&] {
      std::vector<Message> messages;
      for (std::uint8_t channel = 0; channel < 16; ++channel)
        for (const std::uint8_t control : {std::uint8_t{123}, std::uint8_t{64}})
          messages.push_back({0, static_cast<std::uint8_t>(0xB0 | channel), control, 0});
      run(messages, settings_.block);
      wait_silent(kMostDrainSeconds);
    });
  }

 private:
  float run(std::vector<Message> messages, std::size_t frames) {
    float peak = 0;
    while (frames > 0) {
      const std::size_t count = std::min(frames, room_.frames());
      const auto block = room_.span().part(0, count);
      plugin_.process(messages, stream_.position_at(0), false, block);
      messages.clear();
      frames -= count;
      for (std::size_t i = 0; i < count; ++i)
        peak = std::max({peak, std::abs(block.left[i]), std::abs(block.right[i])});
    }
    return peak;
  }
  float wait_silent(double most_seconds) {
    const std::size_t piece = std::max<std::size_t>(settings_.rate.frames(0.02), 1);
    float peak = 1;
    for (double passed = 0; passed < most_seconds && peak > kHeard; passed += 0.02)
      peak = run({}, piece);
    return peak;
  }
  float peak_of(const Probe& probe, double note_seconds) {
    const float before = wait_silent(kMostTailSeconds);
    const auto channel = static_cast<std::uint8_t>(probe.channel);
    const auto status = [&](int kind) { return static_cast<std::uint8_t>(kind | channel); };
    const auto pitch = static_cast<std::uint8_t>(probe.pitch);
    if (probe.program >= 0)
      run({{0, status(0xC0), static_cast<std::uint8_t>(probe.program), 0}}, settings_.block);
    const std::size_t frames = plugin_.latency_frames() + settings_.rate.frames(note_seconds);
    const float peak =
        run({{0, status(0x90), pitch, static_cast<std::uint8_t>(probe.velocity)}}, frames);
    run({{0, status(0x80), pitch, 0}}, settings_.block);
    return peak > kHeard && peak > 1.1F * before ? peak : 0;
  }

  Host& host_;
  Plugin& plugin_;
  const render::Stream& stream_;
  const WarmUpSettings& settings_;
  audio::Stereo room_;
};

bool is_same(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
    return (x == 0) == (y == 0) && x <= kSame * y && y <= kSame * x;
  });
}
bool any_heard(const std::vector<float>& peaks) {
  return std::any_of(peaks.begin(), peaks.end(), [](float peak) { return peak > 0; });
}
bool all_heard(const std::vector<float>& peaks) {
  return std::all_of(peaks.begin(), peaks.end(), [](float peak) { return peak > 0; });
}

}  // namespace

std::vector<Probe> probes_of(const render::Stream& stream) {
  struct Used {
    std::array<Probe, 3> probes;  ///< first, lowest, highest
  };
  std::array<int, 16> programs;
  programs.fill(-1);
  std::map<std::pair<int, int>, Used> used;
  std::vector<Probe> probes;
  for (const Message& message : stream.messages) {
    if (message.sysex != nullptr) continue;
    const int channel = message.channel();
    if (message.kind() == 0xC0) programs[static_cast<std::size_t>(channel)] = message.data1;
    if (message.kind() != 0x90 || message.data2 == 0) continue;
    const int program = programs[static_cast<std::size_t>(channel)];
    const Probe probe{channel, message.data1, message.data2, program};
    if (probes.empty()) probes.push_back(probe);
    auto& [first, lowest, highest] =
        used.try_emplace({channel, program}, Used{{probe, probe, probe}}).first->second.probes;
    if (probe.pitch < lowest.pitch) lowest = probe;
    if (probe.pitch > highest.pitch) highest = probe;
  }
  for (const auto& [key, value] : used)
    for (const Probe& probe : value.probes) {
      const bool is_there = std::any_of(probes.begin(), probes.end(), [&](const Probe& other) {
        return other.channel == probe.channel && other.program == probe.program &&
               other.pitch == probe.pitch;
      });
      if (!is_there && probes.size() < kMostProbes) probes.push_back(probe);
    }
  return probes;
}

WarmUp warm_up(Host& host, Plugin& plugin, const render::Stream& stream,
               std::span<const Probe> probes, const WarmUpSettings& settings) {
  Prober prober(host, plugin, stream, settings);
  prober.set_up();
  const auto begun = Clock::now();
  const auto is_ready = [&](const std::vector<float>& peaks) {
    return settings.is_one_enough ? any_heard(peaks) : all_heard(peaks);
  };
  const std::vector<float> first = prober.round(probes, kNoteSeconds);
  std::vector<float> last = first, compared = first;
  auto changed = begun;
  bool is_first_long = true;
  while (!is_ready(last) && Clock::now() < settings.deadline) {
    if (any_heard(last) && seconds_since(changed) > kStableSeconds) break;
    host.pump(kPauseMilliseconds);
    settings.on_wait();
    last = prober.round(probes, kLongNoteSeconds);
    if (is_first_long) compared = last;  // longer notes may be louder: the first of them counts
    if (!is_first_long && !is_same(last, compared)) {
      changed = Clock::now();
      compared = last;
    }
    is_first_long = false;
  }
  const double waited = seconds_since(begun);
  prober.drain();
  if (!any_heard(last)) return {Readiness::Silent, waited, false};
  const bool is_as_at_first = std::equal(first.begin(), first.end(), last.begin(),
                                         [](float a, float b) { return (a > 0) == (b > 0); });
  return {is_as_at_first ? Readiness::AtOnce : Readiness::Waited, waited, last.front() > 0};
}

}  // namespace toccata::render_juce
