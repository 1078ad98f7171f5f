// SPDX-License-Identifier: MIT
#include "parallel.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/audio/reverb.hpp>
#include <toccata/base/elementary.hpp>
#include <toccata/render/mix.hpp>

namespace toccata::render {
namespace {

using audio::Stereo;
using audio::StereoSpan;
using audio::StereoView;

constexpr double kMostTailSeconds = 10;
constexpr double kFadeSeconds = 1;        ///< of a tail that did not die
constexpr double kCutFadeSeconds = 0.01;  ///< of a tail that is cut where it was asked to be
constexpr float kDied = 1e-5F;            ///< -100 dB below full scale

/// One part's instrument with what is still to be played.
struct Player {
  const SongPart& part;
  std::unique_ptr<Renderer> renderer;
  Place place;
  std::size_t next = 0;  ///< index of the next message
  Stereo sound{kBlockFrames};
  std::vector<float> send = std::vector<float>(kBlockFrames);
  bool is_finite = true;

  void play(std::size_t first) {
    std::vector<Message> messages;
    for (; next < part.messages.size() && part.messages[next].frame < first + kBlockFrames;
         ++next) {
      messages.push_back(part.messages[next]);
      messages.back().frame -= first;
    }
    std::fill(sound.left.begin(), sound.left.end(), 0.0F);
    std::fill(sound.right.begin(), sound.right.end(), 0.0F);
    std::fill(send.begin(), send.end(), 0.0F);
    renderer->render(messages, sound.span(), send);
    float sum = 0;
    for (std::size_t i = 0; i < kBlockFrames; ++i)
      sum += std::abs(sound.left[i]) + std::abs(sound.right[i]) + std::abs(send[i]);
    is_finite = std::isfinite(sum);
  }
};

void add_to_mix(const Player& player, StereoSpan out, std::span<float> send) {
  const Place& place = player.place;
  for (std::size_t i = 0; i < kBlockFrames; ++i) {
    const float left = player.sound.left[i], right = player.sound.right[i];
    out.left[i] += place.left * left;
    out.right[i] += place.right * right;
    send[i] += place.send * player.send[i] + place.added_send * 0.5F * (left + right);
  }
}

bool has_died(StereoView block) {
  const auto is_low = [](float sample) { return std::abs(sample) < kDied; };
  return std::all_of(block.left.begin(), block.left.end(), is_low) &&
         std::all_of(block.right.begin(), block.right.end(), is_low);
}

/// The mix as it grows, block by block.
class Mixer {
 public:
  Mixer(const Song& song, const sound::Settings& settings)
      : song_(song), settings_(settings), room_(song.rate, {}) {}

  Result<void, sound::Error> add_player(const SongPart& part, Backend& backend) {
    TOCCATA_TRY(auto renderer, backend.make_renderer(part));
    const auto mix = find_mix(settings_.parts, part.name);
    players_.push_back(std::make_unique<Player>(Player{part, std::move(renderer), place_of(mix)}));
    return {};
  }

  Result<Stereo, sound::Error> run() {
    const double most_tail = settings_.tail_s.value_or(kMostTailSeconds);
    const std::size_t most = song_.end_frame + song_.rate.frames(most_tail);
    out_.left.reserve(most + kBlockFrames);
    out_.right.reserve(most + kBlockFrames);
    bool is_dead = false;
    while (out_.frames() < most && !is_dead) {
      TOCCATA_CHECK(add_block());
      const auto last = out_.view().part(out_.frames() - kBlockFrames, kBlockFrames);
      is_dead = !settings_.tail_s && out_.frames() >= song_.end_frame + kBlockFrames &&
                !is_sounding() && has_died(last);
    }
    finish(most, is_dead);
    return std::move(out_);
  }

 private:
  Result<void, sound::Error> add_block() {
    const std::size_t first = out_.frames();
    for_each_index(players_.size(), settings_.threads,
                   [&](std::size_t i) { players_[i]->play(first); });
    out_.resize(first + kBlockFrames);
    const StereoSpan block = out_.span().part(first, kBlockFrames);
    std::vector<float> send(kBlockFrames);
    for (const auto& player : players_) {
      if (!player->is_finite)
        return Unexpected{
            sound::Error{sound::Fault::NotFinite,
                         "part '" + player->part.name + "' gave a sample that is no number"}};
      add_to_mix(*player, block, send);
    }
    room_.process(send, block);
    return {};
  }

  bool is_sounding() const {
    return std::any_of(players_.begin(), players_.end(),
                       [](const auto& player) { return player->renderer->is_sounding(); });
  }

  /// Takes off what was rendered past the end, or past the last sound.
  void finish(std::size_t most, bool is_dead) {
    if (is_dead) {
      std::size_t end = out_.frames();
      while (end > song_.end_frame && std::abs(out_.left[end - 1]) < kDied &&
             std::abs(out_.right[end - 1]) < kDied)
        --end;
      out_.resize(end);
    } else {
      out_.resize(most);
    }
    const bool is_cut = settings_.tail_s.has_value() || is_dead;
    audio::fade_out(out_.span(), song_.rate.frames(is_cut ? kCutFadeSeconds : kFadeSeconds));
  }

  const Song& song_;
  const sound::Settings& settings_;
  audio::Reverb room_;
  std::vector<std::unique_ptr<Player>> players_;
  Stereo out_;
};

}  // namespace

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
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  for (const auto& mix : parts)
    if (std::equal(mix.part.begin(), mix.part.end(), name.begin(), name.end(),
                   [&](char a, char b) { return lower(a) == lower(b); }))
      return mix;
  return {};
}

Result<Stereo, sound::Error> mix_parts(const Song& song, std::span<const std::size_t> chosen,
                                       Backend& backend, const sound::Settings& settings) {
  Mixer mixer(song, settings);
  for (const std::size_t index : chosen)
    TOCCATA_CHECK(mixer.add_player(song.parts[index], backend));
  return mixer.run();
}

}  // namespace toccata::render
