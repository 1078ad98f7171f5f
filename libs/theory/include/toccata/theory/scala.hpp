// SPDX-License-Identifier: MIT
// Scala scale files (.scl): a tuning as a list of degrees, and what it makes of a keyboard.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/result.hpp>

namespace toccata {

/// Degrees in cents above the first, which is not written in the file. The last is the period,
/// after which they repeat.
struct ScalaScale {
  std::string description;
  std::vector<double> cents;

  double period() const { return cents.back(); }
};

enum class ScalaFault : std::uint8_t {
  CutOff,   ///< fewer lines than the file says, or no count of notes at all
  Count,    ///< no whole number, none, or over kMostScalaNotes
  Degree,   ///< neither cents nor a ratio, or not positive
  TooMuch,  ///< over 10,000 cents off
  Period,   ///< the last degree is not above the first
};
struct ScalaError {
  ScalaFault fault;
  int line;  ///< counted from 1
  std::string what;
};
/// "line 5: 'x/3' is neither cents (with a point) nor a ratio".
std::string describe(const ScalaError& error);

inline constexpr int kMostScalaNotes = 1024;

/// Reads a scale. Comments, blank lines before the degrees and text after a degree are passed over.
/// Errors: see ScalaFault. Cost: O(length).
/// Source: www.huygens-fokker.org/scala/scl_format.html.
Result<ScalaScale, ScalaError> parse_scala(std::string_view text);

enum class ScalaKeys : std::uint8_t {
  OneADegree,  ///< each key one degree further, as Scala has it without a keyboard mapping
  Nearest,     ///< each degree on the key of the piano next to it (between two: the upper one);
               ///< keys without a degree keep their pitch. For scales of up to 12 notes an octave.
};

/// Cents by which each key lies above its pitch in equal temperament when degree 0 stands on
/// `tonic`, which keeps its pitch. Range: tonic 0 to 127.
std::array<double, 128> key_cents(const ScalaScale& scale, int tonic, ScalaKeys keys);

}  // namespace toccata
