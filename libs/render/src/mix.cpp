// SPDX-License-Identifier: MIT
#include "record.hpp"
#include "strip.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/audio/loudness.hpp>
#include <toccata/audio/parallel.hpp>
#include <toccata/audio/reverb.hpp>
#include <toccata/base/elementary.hpp>
#include <toccata/render/mix.hpp>

namespace toccata::render {
namespace {

using audio::Stereo;
using audio::StereoSpan;

constexpr double kFadeSeconds = 1;        ///< of a tail that did not die
constexpr double kCutFadeSeconds = 0.01;  ///< of a tail that is cut where it was asked to be

/// Adds a block of a part to the mix and to what goes into the room.
void add_block(const Recorded& part, const Place& place, std::size_t first, StereoSpan out,
               std::span<float> send) {
  const StereoSpan sound = part.tape.sound().part(first, out.frames());
  const std::span<float> own_send = part.tape.send().subspan(first, out.frames());
  for (std::size_t i = 0; i < out.frames(); ++i) {
    const float left = sound.left[i], right = sound.right[i];
    out.left[i] += place.left * left;
    out.right[i] += place.right * right;
    send[i] += place.send * own_send[i] + place.added_send * 0.5F * (left + right);
  }
}

float highest(StereoSpan block) {
  float found = 0;
  for (std::size_t i = 0; i < block.frames(); ++i)
    found = std::max({found, std::abs(block.left[i]), std::abs(block.right[i])});
  return found;
}

/// Where the sound ends, and how it is faded there.
struct End {
  std::size_t frames, fade;
};

void cut(Stereo& sound, const End& end) {
  sound.resize(end.frames);
  audio::fade_out(sound.span(), end.fade);
}

}  // namespace

struct Mix::State {
  audio::SampleRate rate;
  sound::Settings settings;
  std::size_t song_end;
  std::vector<Recorded> parts;
  std::vector<Place> places{};
  std::size_t rendered = 0;  ///< frames before the end was looked for
  End end{0, 0};
  Stereo sound{};
  double bus_trim_db = 0, bus_reduction_db = 0;
  std::vector<float> bus_gains{};  ///< one a frame; none where the bus has no compressor

  /// Parts in their order, before the room and the bus.
  Stereo sum(std::span<const std::size_t> chosen, std::vector<float>& send, int threads) const {
    std::size_t longest = (song_end + kBlockFrames - 1) / kBlockFrames * kBlockFrames;
    for (const Recorded& part : parts) longest = std::max(longest, part.frames);
    Stereo out(longest);
    send.assign(longest, 0.0F);
    audio::for_each_index(longest / kBlockFrames, threads, [&](std::size_t block) {
      const std::size_t first = block * kBlockFrames;
      for (const std::size_t index : chosen)
        if (first < parts[index].frames)
          add_block(parts[index], places[index], first, out.span().part(first, kBlockFrames),
                    std::span(send).subspan(first, kBlockFrames));
    });
    return out;
  }

  /// Adds the room, which may sound for longer than the parts do: block by block until it has died,
  /// to `most` frames or a little more.
  void add_room(Stereo& out, std::vector<float>& send, std::size_t most) const {
    audio::Reverb room(rate, {});
    room.process(send, out.span());
    send.assign(kBlockFrames, 0.0F);
    while (out.frames() < most && highest(last_block(out)) >= kDied) {
      out.resize(out.frames() + kBlockFrames);
      room.process(send, last_block(out));
    }
  }
  static StereoSpan last_block(Stereo& out) {
    return out.span().part(out.frames() - kBlockFrames, kBlockFrames);
  }

  std::size_t most_frames() const {
    return song_end + rate.frames(settings.tail_s.value_or(kMostTailSeconds));
  }

  /// What was rendered past the end, or past the last sound, is no part of it.
  End find_end(const Stereo& out) const {
    const std::size_t most = most_frames(), cut_fade = rate.frames(kCutFadeSeconds);
    if (settings.tail_s) return {most, cut_fade};
    if (out.frames() > most) return {most, rate.frames(kFadeSeconds)};
    std::size_t last = out.frames();
    while (last > song_end && std::abs(out.left[last - 1]) < kDied &&
           std::abs(out.right[last - 1]) < kDied)
      --last;
    return {last, cut_fade};
  }

  void put_through_bus() {
    audio::Equaliser(rate, bands_of(settings.bus.eq)).process(sound.span());
    if (!settings.bus.compressor) return;
    if (const auto lufs = audio::integrated_loudness(sound.view(), {}, rate, settings.threads))
      bus_trim_db = sound::kBusLevel - *lufs;
    const auto trim = static_cast<float>(audio::factor_of_db(bus_trim_db));
    for (const std::span<float> channel : {sound.span().left, sound.span().right})
      for (float& sample : channel) sample *= trim;
    audio::Compressor compressor(rate, compressor_of(*settings.bus.compressor));
    bus_gains.resize(sound.frames());
    compressor.gains(sound.view(), bus_gains);
    for (std::size_t i = 0; i < bus_gains.size(); ++i) {
      sound.left[i] *= bus_gains[i];
      sound.right[i] *= bus_gains[i];
      bus_gains[i] *= trim;  // so that it is all that a stem needs
    }
    bus_reduction_db = compressor.most_reduction_db();
  }

  void mix_all() {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      all.push_back(i);
      sound::PartMix own = find_mix(settings.parts, parts[i].part);
      own.gain_db = parts[i].fader_db;
      places.push_back(place_of(own));
    }
    std::vector<float> send;
    sound = sum(all, send, settings.threads);
    add_room(sound, send, most_frames());
    rendered = sound.frames();
    end = find_end(sound);
    cut(sound, end);
    put_through_bus();
  }
};

Mix::Mix(std::unique_ptr<State> state) : state_(std::move(state)) {}
Mix::Mix(Mix&&) noexcept = default;
Mix& Mix::operator=(Mix&&) noexcept = default;
Mix::~Mix() = default;

Result<Mix, sound::Error> Mix::make(const Song& song, Backend& backend,
                                    const sound::Settings& settings,
                                    const std::filesystem::path& folder) {
  TOCCATA_TRY(auto parts, record_parts(song, backend, settings, folder));
  auto state =
      std::make_unique<State>(State{song.rate, settings, song.end_frame, std::move(parts)});
  state->mix_all();
  return Mix(std::move(state));
}

std::size_t Mix::parts() const { return state_->parts.size(); }
const std::string& Mix::name_of(std::size_t part) const { return state_->parts[part].part; }
Stereo& Mix::sound() { return state_->sound; }
double Mix::bus_reduction_db() const { return state_->bus_reduction_db; }

Stereo Mix::stem(std::size_t part) const {
  const State& state = *state_;
  std::vector<float> send;
  Stereo stem = state.sum(std::span(&part, 1), send, 1);
  stem.resize(state.rendered);
  send.resize(state.rendered);
  audio::Reverb(state.rate, {}).process(send, stem.span());
  cut(stem, state.end);
  audio::Equaliser(state.rate, bands_of(state.settings.bus.eq)).process(stem.span());
  for (std::size_t i = 0; i < state.bus_gains.size(); ++i) {
    stem.left[i] *= state.bus_gains[i];
    stem.right[i] *= state.bus_gains[i];
  }
  return stem;
}

std::vector<sound::PartReport> Mix::part_reports() const {
  std::vector<sound::PartReport> reports;
  for (const Recorded& part : state_->parts)
    reports.push_back({part.part, part.loudness_lufs, part.gain_db, part.reduction_db});
  return reports;
}

Place place_of(const sound::PartMix& mix) {
  const double gain = audio::factor_of_db(mix.gain_db);
  const double angle = (mix.pan + 1) * kPi / 4;
  const double root2 = std::sqrt(2.0);
  const bool is_middle = mix.pan == 0;
  return {static_cast<float>(gain * (is_middle ? 1 : root2 * exact_cos(angle))),
          static_cast<float>(gain * (is_middle ? 1 : root2 * exact_sin(angle))),
          static_cast<float>(gain), static_cast<float>(gain * mix.reverb_send)};
}

sound::PartMix find_mix(std::span<const sound::PartMix> parts, std::string_view name) {
  const auto find = [&](std::string_view wanted) {
    return std::find_if(parts.begin(), parts.end(), [&](const sound::PartMix& mix) {
      return sound::same_name(mix.part, wanted);
    });
  };
  if (const auto own = find(name); own != parts.end()) return *own;
  const auto others = find(sound::kOtherParts);
  return others != parts.end() ? *others : sound::PartMix{};
}

}  // namespace toccata::render
