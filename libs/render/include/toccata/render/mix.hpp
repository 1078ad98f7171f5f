// SPDX-License-Identifier: MIT
// Parts rendered and put together in one room.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include <toccata/render/renderer.hpp>

namespace toccata::render {

/// A part's place in the mix as factors.
struct Place {
  float left = 1, right = 1;  ///< of its sound
  float send = 1;             ///< of what the part itself sends to the room
  float added_send = 0;       ///< of its sound to the room
};
/// Equal power: 1 on both sides in the middle, +3 dB on one side at the ends.
Place place_of(const sound::PartMix& mix);
/// The settings of the part of that name, letters' case not regarded, else those of kOtherParts,
/// else the defaults.
sound::PartMix find_mix(std::span<const sound::PartMix> parts, std::string_view name);

/// All parts of a song, played once and kept, and how they sound together before mastering.
///
/// A part goes through level, equaliser, compressor, gain and pan; what it sends, through the same
/// and the room. All together go through the bus: equaliser, then a gain that its compressor finds
/// from the whole.
class Mix {
 public:
  /// It lasts to the song's end and the tail; without a tail asked for, until it has died away, at
  /// most 10 s, then it is faded. Much sound waits on the disk, in `folder`. The bytes do not
  /// depend on the number of threads.
  /// Errors: what the backend says; NotFinite, naming the part; Output where there is no room.
  static Result<Mix, sound::Error> make(const Song& song, Backend& backend,
                                        const sound::Settings& settings,
                                        const std::filesystem::path& folder);
  Mix(Mix&&) noexcept;
  Mix& operator=(Mix&&) noexcept;
  ~Mix();

  std::size_t parts() const;
  const std::string& name_of(std::size_t part) const;
  /// The whole. It may be taken away: stems do not need it.
  audio::Stereo& sound();
  /// What a part adds to the whole, its share of the room included, through the bus with the gains
  /// that the whole was given: the stems' sum is the whole, but for the rounding of floats.
  /// Threads: several at once.
  audio::Stereo stem(std::size_t part) const;
  /// What became of each part, and the most that the bus's compressor took.
  std::vector<sound::PartReport> part_reports() const;
  double bus_reduction_db() const;

 private:
  struct State;
  explicit Mix(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace toccata::render
