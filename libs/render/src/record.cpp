// SPDX-License-Identifier: MIT
#include "record.hpp"

#include "strip.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include <toccata/audio/loudness.hpp>
#include <toccata/audio/parallel.hpp>
#include <toccata/render/mix.hpp>

namespace toccata::render {
namespace {

using audio::StereoSpan;
using sound::Error;
using sound::Fault;

/// Above this size tapes go to the disk.
constexpr std::size_t kMostMemory = std::size_t{1} << 30;
/// How far the balance may move a part: further, and what is heard is its noise.
constexpr double kMostTrimDb = 30;

/// What lies in a block of a tape.
struct Block {
  StereoSpan sound;
  std::span<float> send;
  float highest() const {
    float found = 0;
    for (std::size_t i = 0; i < send.size(); ++i)
      found =
          std::max({found, std::abs(sound.left[i]), std::abs(sound.right[i]), std::abs(send[i])});
    return found;
  }
  bool is_finite() const {
    float sum = 0;
    for (std::size_t i = 0; i < send.size(); ++i)
      sum += std::abs(sound.left[i]) + std::abs(sound.right[i]) + std::abs(send[i]);
    return std::isfinite(sum);
  }
};

Block block_of(const Recorded& part, std::size_t first) {
  const std::size_t count = std::min(kBlockFrames, part.tape.frames() - first);
  return {part.tape.sound().part(first, count), part.tape.send().subspan(first, count)};
}

/// Frames of a tape: whole blocks, to the end of the longest tail.
std::size_t tape_frames(const Song& song, const sound::Settings& settings) {
  const double tail = settings.tail_s.value_or(kMostTailSeconds);
  const std::size_t most = song.end_frame + song.rate.frames(tail);
  return (most + kBlockFrames - 1) / kBlockFrames * kBlockFrames;
}

/// A part on its way onto its tape.
class Player {
 public:
  Player(const SongPart& part, std::size_t end_frame, Recorded& into)
      : part_(part), end_frame_(end_frame), into_(into) {}

  /// Plays some more. Gives whether the part has died, or its tape is full.
  Result<bool, Error> play(Backend& backend, std::size_t blocks) {
    if (!renderer_) {
      TOCCATA_TRY(renderer_, backend.make_renderer(part_));
    }
    bool is_done = false;
    for (; blocks > 0 && !is_done; --blocks) {
      TOCCATA_TRY(is_done, play_block());
    }
    return is_done;
  }
  std::size_t frames() const { return into_.frames; }
  void put_away() { renderer_.reset(); }

 private:
  Result<bool, Error> play_block() {
    const std::size_t first = into_.frames;
    messages_.clear();
    for (; next_ < part_.messages.size() && part_.messages[next_].frame < first + kBlockFrames;
         ++next_) {
      messages_.push_back(part_.messages[next_]);
      messages_.back().frame -= first;
    }
    const Block block = block_of(into_, first);
    renderer_->render(messages_, block.sound, block.send);
    if (!block.is_finite())
      return Unexpected{
          Error{Fault::NotFinite, "part '" + part_.name + "' gave a sample that is no number"}};
    into_.frames = first + kBlockFrames;
    const bool has_died =
        first >= end_frame_ && !renderer_->is_sounding() && block.highest() < kDied;
    return has_died || into_.frames == into_.tape.frames();
  }

  const SongPart& part_;
  std::size_t end_frame_;
  Recorded& into_;
  std::unique_ptr<Renderer> renderer_;
  std::size_t next_ = 0;  ///< index of the next message
  std::vector<Message> messages_;
};

void multiply(const Recorded& part, float factor) {
  for (const std::span<float> channel :
       {part.tape.sound().left, part.tape.sound().right, part.tape.send()})
    for (float& sample : channel.first(part.frames)) sample *= factor;
}

/// The equaliser and the compressor, which hears the part itself and turns its send down with it.
void shape(const Recorded& part, audio::SampleRate rate, const sound::PartMix& mix,
           double& reduction_db) {
  audio::Equaliser equaliser(rate, bands_of(mix.eq));
  std::optional<audio::Compressor> compressor;
  if (mix.compressor) compressor.emplace(rate, compressor_of(*mix.compressor));
  std::vector<float> factors(kBlockFrames);
  for (std::size_t first = 0; first < part.frames; first += kBlockFrames) {
    const Block block = block_of(part, first);
    equaliser.process(block.sound, block.send);
    if (!compressor) continue;
    compressor->gains(block.sound, factors);
    for (const std::span<float> channel : {block.sound.left, block.sound.right, block.send})
      for (std::size_t i = 0; i < channel.size(); ++i) channel[i] *= factors[i];
  }
  if (compressor) reduction_db = compressor->most_reduction_db();
}

std::optional<double> loudness_of(const Recorded& part, audio::SampleRate rate) {
  const auto lufs = audio::integrated_loudness(part.tape.sound().part(0, part.frames), {}, rate);
  return lufs && *lufs > -70 ? lufs : std::nullopt;
}

/// Level, tone and dynamics. A part with a level is measured before and after.
void finish(Recorded& part, audio::SampleRate rate, const sound::PartMix& mix, bool is_told) {
  const bool is_shaped = !mix.eq.empty() || mix.compressor.has_value();
  if (mix.level_lu || (is_told && !is_shaped)) part.loudness_lufs = loudness_of(part, rate);
  const bool is_levelled = mix.level_lu && part.loudness_lufs;
  if (is_levelled) {
    part.gain_db = std::clamp(sound::kPartLevel - *part.loudness_lufs, -kMostTrimDb, kMostTrimDb);
    multiply(part, static_cast<float>(audio::factor_of_db(part.gain_db)));
    *part.loudness_lufs += part.gain_db;
  }
  if (is_shaped) {
    shape(part, rate, mix, part.reduction_db);
    if (mix.level_lu || is_told) part.loudness_lufs = loudness_of(part, rate);
  }
  part.fader_db = mix.gain_db;
  if (is_levelled && part.loudness_lufs)
    part.fader_db += sound::kPartLevel + *mix.level_lu - *part.loudness_lufs;
  part.gain_db += part.fader_db;
  if (part.loudness_lufs) *part.loudness_lufs += part.fader_db;
}

/// All parts, a stretch at a time: whoever is free takes the part that is least far. So all end
/// nearly together, whichever of them is the heaviest, and no core is left alone with it.
class Session {
 public:
  Session(const Song& song, Backend& backend, const sound::Settings& settings,
          std::vector<Recorded>& parts)
      : song_(song), backend_(backend), settings_(settings), parts_(parts) {
    for (std::size_t i = 0; i < parts.size(); ++i)
      desks_.push_back({Player(song.parts[i], song.end_frame, parts[i]), State::Waiting, {}});
  }

  /// What one thread does until nothing is left to take.
  void work() {
    while (const auto index = take()) {
      Desk& desk = desks_[*index];
      auto played = desk.player.play(backend_, kStretchBlocks);
      const bool is_done = !played || *played;
      if (!played) desk.error = std::move(played).error();
      else if (is_done)
        finish(parts_[*index], song_.rate, find_mix(settings_.parts, parts_[*index].part),
               !settings_.reports.empty());
      if (is_done) desk.player.put_away();
      const std::lock_guard lock(guard_);
      desk.state = is_done ? State::Done : State::Waiting;
    }
  }
  std::optional<Error> first_error() const {
    for (const Desk& desk : desks_)
      if (desk.error) return desk.error;
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kStretchBlocks = 16;
  enum class State : std::uint8_t { Waiting, Taken, Done };
  struct Desk {
    Player player;
    State state;
    std::optional<Error> error;
  };

  std::optional<std::size_t> take() {
    const std::lock_guard lock(guard_);
    std::optional<std::size_t> least;
    for (std::size_t i = 0; i < desks_.size(); ++i)
      if (desks_[i].state == State::Waiting &&
          (!least || desks_[i].player.frames() < desks_[*least].player.frames()))
        least = i;
    if (least) desks_[*least].state = State::Taken;
    return least;
  }

  const Song& song_;
  Backend& backend_;
  const sound::Settings& settings_;
  std::vector<Recorded>& parts_;
  std::vector<Desk> desks_;
  std::mutex guard_;
};

Result<std::vector<Recorded>, Error> make_tapes(const Song& song, const sound::Settings& settings,
                                                const std::filesystem::path& folder) {
  const std::size_t frames = tape_frames(song, settings);
  const std::size_t size = song.parts.size() * frames * Tape::kChannels * sizeof(float);
  std::vector<Recorded> parts;
  parts.reserve(song.parts.size());
  for (const SongPart& part : song.parts) {
    auto tape = Tape::make(frames, size > kMostMemory ? folder : std::filesystem::path());
    if (!tape)
      return Unexpected{Error{Fault::Output, "no room for the sound of " +
                                                 std::to_string(song.parts.size()) + " parts (" +
                                                 std::to_string(size >> 20) + " MiB, " +
                                                 folder.string() + "): " + tape.error()}};
    parts.push_back(Recorded{part.name, *std::move(tape)});
  }
  return parts;
}

}  // namespace

Result<std::vector<Recorded>, Error> record_parts(const Song& song, Backend& backend,
                                                  const sound::Settings& settings,
                                                  const std::filesystem::path& folder) {
  TOCCATA_TRY(auto parts, make_tapes(song, settings, folder));
  Session session(song, backend, settings, parts);
  audio::for_each_index(parts.size(), settings.threads, [&](std::size_t) { session.work(); });
  if (auto error = session.first_error()) return Unexpected{*std::move(error)};
  return parts;
}

}  // namespace toccata::render
