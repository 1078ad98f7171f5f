// SPDX-License-Identifier: MIT
// The one-byte numbers of MIDI and the ids of notes and parts, each a type of its own.
#pragma once

#include <compare>
#include <cstdint>

#include <toccata/base/result.hpp>

namespace toccata {

/// A whole number in [Lowest, Highest] that mixes with no other kind.
template <class Tag, int Lowest, int Highest>
class Bounded {
 public:
  static constexpr int kLowest = Lowest, kHighest = Highest;
  /// For numbers from outside.
  static Result<Bounded, RangeError> from_number(int number) {
    if (number < Lowest || number > Highest) return Unexpected{RangeError{number, Lowest, Highest}};
    return Bounded(number);
  }
  /// The nearest value: for computed loudness and the like, where the ends are meant to hold.
  static constexpr Bounded clamped(int number) {
    return Bounded(number < Lowest ? Lowest : number > Highest ? Highest : number);
  }
  /// For literals: a number out of range does not compile.
  static consteval Bounded literal(int number) {
    if (number < Lowest || number > Highest) throw "number out of range";
    return Bounded(number);
  }
  constexpr int number() const { return number_; }
  friend constexpr auto operator<=>(Bounded, Bounded) = default;

 private:
  explicit constexpr Bounded(int number) : number_(static_cast<std::uint8_t>(number)) {}
  std::uint8_t number_;
};

/// How hard a note is struck. 0 would be a note-off, so it is no velocity.
using Velocity = Bounded<struct VelocityTag, 1, 127>;
using Channel = Bounded<struct ChannelTag, 0, 15>;   ///< printed 1..16
using Program = Bounded<struct ProgramTag, 0, 127>;  ///< printed 1..128; General MIDI
using Controller = Bounded<struct ControllerTag, 0, 127>;
using ControlValue = Bounded<struct ControlValueTag, 0, 127>;

inline constexpr Channel kDrumChannel = Channel::literal(9);

/// Identifies a note within its score, through every edit.
class NoteId {
 public:
  constexpr NoteId() = default;  ///< no note yet: splice gives one
  explicit constexpr NoteId(std::uint32_t number) : number_(number) {}
  constexpr std::uint32_t number() const { return number_; }
  friend constexpr auto operator<=>(NoteId, NoteId) = default;

 private:
  std::uint32_t number_ = 0;
};

/// Identifies a part within its score.
class PartId {
 public:
  constexpr PartId() = default;
  explicit constexpr PartId(std::uint16_t number) : number_(number) {}
  constexpr std::uint16_t number() const { return number_; }
  friend constexpr auto operator<=>(PartId, PartId) = default;

 private:
  std::uint16_t number_ = 0;
};

}  // namespace toccata
