// SPDX-License-Identifier: MIT
// What all readers of a MusicXML document share: its text, the place they are at, and its faults.
#pragma once

#include <pugixml.hpp>
#include <toccata/text/musicxml.hpp>

namespace toccata::musicxml::detail {

template <class T>
using Read = Result<T, ReadError>;
using Check = Read<void>;

/// One reading of one document. The text has to outlive it.
class Reading {
 public:
  Reading(Repair repair, std::string_view text) : repair_(repair), text_(text) {}

  /// Where the next faults are.
  void enter(std::string_view part, std::string_view measure) {
    part_ = part;
    measure_ = measure;
  }
  /// Takes note of a fault: an error, or nothing where it is to be repaired.
  Check fault(Fault fault, pugi::xml_node at, std::string_view found);
  /// A fault that is never repaired.
  Unexpected<ReadError> refuse(Fault fault, pugi::xml_node at, std::string_view found);
  std::vector<ReadError> take_repairs() { return std::move(repairs_); }

  bool cues_sound = false;

 private:
  int line_of(pugi::xml_node node);
  Repair repair_;
  std::string_view text_;
  std::vector<std::size_t> line_breaks_;  ///< found when the first line is asked for
  std::string part_, measure_;
  std::vector<ReadError> repairs_;
};

// Text and numbers of elements; an absent one is an empty text and no number.
std::string_view text_of(pugi::xml_node node);
std::optional<int> whole_of(std::string_view text);
/// A decimal such as "-0.5", exact. Range: up to nine digits before the point; of those behind it,
/// six count.
std::optional<Rational> decimal_of(std::string_view text);
/// Whether an attribute says "yes".
bool says_yes(pugi::xml_attribute attribute);

}  // namespace toccata::musicxml::detail
