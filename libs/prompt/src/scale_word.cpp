// SPDX-License-Identifier: MIT
#include "scale_word.hpp"

#include "tonic.hpp"

#include <algorithm>
#include <cstdlib>

namespace toccata::prompt {
namespace {

/// Nouns that are played or heard; "a minor part" and "a major work" are something else.
constexpr std::string_view kMusic[] = {
    "air",       "airs",     "ambiance", "ambiances", "atmosphere", "background", "boucle",
    "chanson",   "chansons", "duo",      "gamme",     "gammes",     "groove",     "harmonies",
    "humeur",    "jingle",   "loop",     "melodie",   "melodies",   "melody",     "mode",
    "modes",     "mood",     "moods",    "morceau",   "morceaux",   "motif",      "music",
    "musique",   "musiques", "phrase",   "phrases",   "piece",      "pieces",     "quartet",
    "quatuor",   "scale",    "scales",   "song",      "songs",      "theme",      "themes",
    "tonalites", "track",    "tracks",   "trio",      "tune",       "tunes",      "vibe",
    "vibes"};

bool is_ballad(const Reading& reading, int i) {
  return reading.is(i, Kind::Tempo) && reading.item(i).text.starts_with("ballad");
}

bool names_music(const Reading& reading, int i) {
  constexpr std::string_view kPictures[] = {"film", "movie", "trailer"};
  const auto& item = reading.item(i);
  switch (item.kind) {
    case Kind::Genre: return !is_one_of(item.text, kPictures);
    case Kind::Noun: return is_one_of(item.text, kMusic);
    case Kind::Cue: return item.id == "key";
    case Kind::Tempo: return is_ballad(reading, i);
    case Kind::Instrument:
    case Kind::Generic:
    case Kind::Ensemble:
    case Kind::Maqam:
    case Kind::Parts:
    case Kind::Role:
    case Kind::Form:
    case Kind::Section: return true;
    default: return false;
  }
}

bool is_adjective(const Reading& reading, int i) {
  switch (reading.item(i).kind) {
    case Kind::Mood:
    case Kind::Tempo:
    case Kind::Dynamics:
    case Kind::Density:
    case Kind::NoteLength:
    case Kind::Scale: return !is_ballad(reading, i);
    default: return false;
  }
}

/// Nothing before it makes it a part of something else: "make it minor", "in minor", "sad, minor".
bool may_begin_after(const Reading& reading, int i) {
  constexpr std::string_view kVerbs[] = {"it", "is", "be", "est", "soit", "sound", "sounding"};
  switch (reading.item(i).kind) {
    case Kind::Unknown:
    case Kind::Idiom:
    case Kind::Noun:
    case Kind::Article: return false;
    case Kind::Place: return reading.is_word(i, "in") || reading.is_word(i, "en");
    case Kind::Function: return is_one_of(reading.item(i).text, kVerbs);
    default: return true;
  }
}

/// It is the last word of what it belongs to: "minor with strings", not "mineur de charbon".
bool may_end_before(const Reading& reading, int i) {
  constexpr std::string_view kLinks[] = {"of", "de", "du", "des", "d"};
  switch (reading.item(i).kind) {
    case Kind::Unknown:
    case Kind::Idiom:
    case Kind::Noun: return false;
    case Kind::Function: return !is_one_of(reading.item(i).text, kLinks);
    default: return true;
  }
}

/// "mineur de ré", "minor D": the tonic behind it was taken before.
bool leads_to_tonic(const Reading& reading, int i) {
  const int link = reading.over_dash(i + 1);
  const int note = is_one_of(reading.item(link).text, {"de", "of", "on", "sur"}) ? link + 1 : link;
  return reading.item(note).is_used && spelled_note(reading, note).has_value();
}

}  // namespace

int past_adjectives(const Reading& reading, int i, int step) {
  const auto is_passed = [&](int j) {
    const bool is_join = reading.is(j, Kind::And) && is_adjective(reading, j + step);
    return is_adjective(reading, j) || is_join || reading.is(j, Kind::Degree) ||
           reading.is_sign(j, "-");
  };
  constexpr int kFarthest = 10;
  int j = i + step;
  while (is_passed(j) && std::abs(j - i) < kFarthest) j += step;
  return j;
}

bool means_a_scale(const Reading& reading, int i) {
  constexpr std::string_view kEnglish[] = {"major", "minor", "maj", "min"};
  constexpr std::string_view kFrench[] = {"majeur", "majeure", "majeurs",
                                          "mineur", "mineure", "mineurs"};
  const auto& item = reading.item(i);
  const bool is_french = is_one_of(item.text, kFrench);
  if (item.first != item.last || !(is_french || is_one_of(item.text, kEnglish))) return true;
  if (names_music(reading, past_adjectives(reading, i, 1))) return true;
  const int next = reading.over_dash(i + 1);
  const bool may_end = may_end_before(reading, next);
  if (leads_to_tonic(reading, i)) return true;
  // A French adjective may have others behind it.
  if (names_music(reading, past_adjectives(reading, i, -1))) return may_end || is_french;
  const bool is_least = item.text == "min" && reading.is(next, Kind::Number);
  return may_end && !is_least && may_begin_after(reading, i - 1);
}

}  // namespace toccata::prompt
