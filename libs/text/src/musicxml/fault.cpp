// SPDX-License-Identifier: MIT
#include <array>

#include <toccata/text/musicxml.hpp>

namespace toccata::musicxml {
namespace {

struct Words {
  std::string_view fault;    ///< before what was found
  std::string_view allowed;  ///< behind it
  std::string_view repair;
};

// In the order of Fault.
constexpr std::array<Words, 22> kWords{{
    {"neither a MusicXML score nor an archive of one", "score-partwise and score-timewise", ""},
    {"a damaged archive", "zip archives, stored or deflated", ""},
    {"no score is named in META-INF/container.xml", "a rootfile of the archive",
     "the first XML file was taken"},
    {"too much text", "128 MiB and 24 million tags and attributes", ""},
    {"not well-formed XML", "well-formed XML", "what stands before the fault was read"},
    {"a score without measures", "at least one part with a measure", ""},
    {"a part that the part-list does not have", "parts of the part-list", "the part was added"},
    {"the part-list names a part that is missing", "parts that follow", "the part was left out"},
    {"another number of measures than the first part has", "as many as there",
     "empty measures were added"},
    {"no divisions to count in", "numbers over 0", "one division a quarter was taken"},
    {"a duration", "numbers over 0, up to 100000 quarters", "its looks were taken, or none"},
    {"a pitch", "a step A to G, alterations -6 to 6, sounding 0 to 127", "the note was left out"},
    {"a chord's note without a first one", "a note before it", "it was taken for a first one"},
    {"something before its measure", "from the measure's beginning on",
     "its beginning was taken, and the next forwards are as much shorter"},
    {"a time signature", "1 to 255 beats of a power of two", "it was passed over"},
    {"a key", "fifths from -11 to 11", "it was passed over"},
    {"a transposition", "whole semitones, up to 60", "it was passed over"},
    {"a tempo", "3.6 to 60000000 quarters a minute", "it was passed over"},
    {"a repeat", "whole numbers over 0, at bar lines", "two times, or none, were taken"},
    {"a jump with nowhere to go", "a segno or coda", "it was passed over"},
    {"times too fine for one grid", "up to 32767 ticks a quarter", "they were rounded"},
    {"a score too long", "100000 bars and 2 million events", ""},
}};

const Words& words_of(Fault fault) { return kWords[static_cast<std::size_t>(fault)]; }

std::string place_of(const ReadError& error) {
  std::string place;
  const auto add = [&](std::string_view what, const std::string& which) {
    if (!which.empty()) place += (place.empty() ? "" : ", ") + std::string(what) + " " + which;
  };
  add("part", error.part);
  add("measure", error.measure);
  if (error.line > 0) add("line", std::to_string(error.line));
  return place.empty() ? place : place + ": ";
}

std::string fault_text(const ReadError& error) {
  const std::string found = error.found.empty() ? "" : " (\"" + error.found + "\")";
  return place_of(error) + std::string(words_of(error.fault).fault) + found;
}

}  // namespace

std::string describe(const ReadError& error) {
  return fault_text(error) + "; allowed: " + std::string(words_of(error.fault).allowed);
}

std::string describe_repair(const ReadError& repaired) {
  return fault_text(repaired) + "; " + std::string(words_of(repaired.fault).repair);
}

}  // namespace toccata::musicxml
