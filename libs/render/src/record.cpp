// SPDX-License-Identifier: MIT
#include "record.hpp"

#include "strip.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

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

/// Plays a part onto its tape until it has died.
Result<void, Error> play(const SongPart& part, Renderer& renderer, std::size_t end_frame,
                         Recorded& into) {
  std::vector<Message> messages;
  auto next = part.messages.begin();
  for (std::size_t first = 0; first < into.tape.frames(); first += kBlockFrames) {
    messages.clear();
    for (; next != part.messages.end() && next->frame < first + kBlockFrames; ++next) {
      messages.push_back(*next);
      messages.back().frame -= first;
    }
    const Block block = block_of(into, first);
    renderer.render(messages, block.sound, block.send);
    if (!block.is_finite())
      return Unexpected{
          Error{Fault::NotFinite, "part '" + part.name + "' gave a sample that is no number"}};
    into.frames = first + kBlockFrames;
    if (first >= end_frame && !renderer.is_sounding() && block.highest() < kDied) break;
  }
  return {};
}

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

Result<void, Error> record(const Song& song, std::size_t index, Backend& backend,
                           const sound::Settings& settings, Recorded& into) {
  const SongPart& part = song.parts[index];
  TOCCATA_TRY(const auto renderer, backend.make_renderer(part));
  TOCCATA_CHECK(play(part, *renderer, song.end_frame, into));
  finish(into, song.rate, find_mix(settings.parts, part.name), !settings.reports.empty());
  return {};
}

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
  // The longest work first, so that no core is left alone with it at the end.
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return song.parts[a].messages.size() > song.parts[b].messages.size();
  });
  std::vector<std::optional<Error>> errors(parts.size());
  audio::for_each_index(parts.size(), settings.threads, [&](std::size_t i) {
    const std::size_t index = order[i];
    if (auto done = record(song, index, backend, settings, parts[index]); !done)
      errors[index] = std::move(done).error();
  });
  for (auto& error : errors)
    if (error) return Unexpected{*std::move(error)};
  return parts;
}

}  // namespace toccata::render
