// SPDX-License-Identifier: MIT
// What a host may set: the parameters in the order in which hosts know them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace toccata::instrument {

/// New ones go to the end: hosts remember automation by number.
enum class Parameter : std::uint8_t {
  Bypass,
  Program,
  Bank,
  Kit,
  ProgramChanges,
  Gain,
  Reverb,
  RoomSize,
  Damping,
  Chorus,
  Brightness,
  Attack,
  Release,
  Touch,
  Tuning,
  Tonic,
  ScaleKeys,
  Status,
};
inline constexpr std::size_t kParameterCount = 18;

/// Values of Parameter::Kit: which channels play drum kits.
enum class KitChannels : std::uint8_t { Tenth, All, None };
/// Values of Parameter::Status, which only the instrument sets.
enum class Status : std::uint8_t { NotLoaded, Playing, NoFont, FontDamaged, Rate };

struct ParameterInfo {
  const char* symbol;  ///< what a state and a preset call it; never changed
  const char* name;
  const char* unit;
  float lowest, highest, usual;
  enum class Steps : std::uint8_t { None, Whole, Switch } steps;
  std::span<const char* const> choices;  ///< names of whole values from the lowest on
};

const ParameterInfo& info_of(Parameter parameter);

/// The value as it is held: in its range, whole where it has steps. What is no number becomes the
/// usual value.
float held_value(Parameter parameter, float value);

}  // namespace toccata::instrument
