// SPDX-License-Identifier: MIT
// Small MusicXML documents, and notes as short texts.
#pragma once

#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <toccata/text/musicxml.hpp>

namespace toccata::musicxml_fixture {

inline std::string divisions(int number) {
  return "<attributes><divisions>" + std::to_string(number) + "</divisions></attributes>";
}

/// pitch("F4", "1") is F sharp 4.
inline std::string pitch(std::string_view name, std::string_view alter = {}) {
  std::string text = "<pitch><step>" + std::string(name.substr(0, 1)) + "</step>";
  if (!alter.empty()) text += "<alter>" + std::string(alter) + "</alter>";
  return text + "<octave>" + std::string(name.substr(1)) + "</octave></pitch>";
}

/// `before` stands before the pitch, `after` behind the duration.
inline std::string note(std::string_view name, int duration, const std::string& after = {},
                        const std::string& before = {}, const std::string& id = {},
                        std::string_view alter = {}) {
  return "<note" + (id.empty() ? "" : " id=\"" + id + "\"") + ">" + before + pitch(name, alter) +
         "<duration>" + std::to_string(duration) + "</duration>" + after + "</note>\n";
}
inline std::string grace(std::string_view name, const std::string& before = {}) {
  return "<note><grace/>" + before + pitch(name) + "</note>\n";
}
inline std::string unpitched(const std::string& instrument) {
  return "<note><unpitched/><duration>1</duration><instrument id=\"" + instrument + "\"/></note>\n";
}
inline std::string tie(const std::string& type) { return "<tie type=\"" + type + "\"/>"; }

inline std::string measure(const std::string& body, int number = 1,
                           const std::string& attributes = {}) {
  return "<measure number=\"" + std::to_string(number) + "\"" + attributes + ">\n" + body +
         "</measure>\n";
}
inline std::string document(const std::string& head, const std::string& parts) {
  return "<?xml version=\"1.0\"?>\n<score-partwise>" + head +
         "<part-list><score-part "
         "id=\"P1\"><part-name>Piano</part-name></score-part></part-list>\n" +
         parts + "</score-partwise>\n";
}
inline std::string one_part(const std::string& measures) {
  return document("", "<part id=\"P1\">\n" + measures + "</part>");
}

inline musicxml::ReadScore read_all(std::string_view text,
                                    const musicxml::ReadOptions& options = {}) {
  auto read = musicxml::read_musicxml(as_bytes(text), options);
  if (!read) FAIL(describe(read.error()));
  if (const auto broken = validate(read->score)) FAIL(*broken);
  return *std::move(read);
}
inline Score read_ok(std::string_view text) { return read_all(text).score; }
/// The error's text, or "" where there is none.
inline std::string refusal(std::string_view text) {
  const auto read = musicxml::read_musicxml(as_bytes(text));
  return read ? "" : describe(read.error());
}

/// "C4@0+480 E4@480+480": names by the spelling.
inline std::string shown(const std::vector<Note>& notes) {
  std::string text;
  for (const Note& one : notes)
    text += (text.empty() ? "" : " ") + (one.spelling ? to_string(*one.spelling) : "?") + "@" +
            std::to_string(one.onset.ticks()) + "+" + std::to_string(one.duration.ticks());
  return text;
}

}  // namespace toccata::musicxml_fixture
