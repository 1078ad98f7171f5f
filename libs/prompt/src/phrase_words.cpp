// SPDX-License-Identifier: MIT
#include "phrase_words.hpp"

#include <algorithm>

#include <toccata/plan/genre.hpp>

namespace toccata::prompt {
namespace {

constexpr Saying kMoods[] = {
    {"joyful", "joyful/happy", "joyeux/gai"},
    {"playful", "playful", "ludique/enjoué"},
    {"festive", "festive", "festif"},
    {"triumphant", "triumphant/heroic", "triomphant/héroïque"},
    {"energetic", "energetic", "énergique"},
    {"epic", "epic", "épique"},
    {"hopeful", "hopeful/optimistic", "optimiste"},
    {"romantic", "romantic", "romantique"},
    {"tender", "tender/gentle", "tendre"},
    {"dreamy", "dreamy", "rêveur"},
    {"calm", "calm/peaceful", "calme/paisible"},
    {"solemn", "solemn", "solennel"},
    {"nostalgic", "nostalgic", "nostalgique"},
    {"mysterious", "mysterious", "mystérieux"},
    {"melancholic", "melancholic", "mélancolique"},
    {"sad", "sad", "triste"},
    {"dark", "dark", "sombre"},
    {"dramatic", "dramatic", "dramatique"},
    {"tense", "tense/anxious", "tendu/angoissant"},
    {"angry", "angry/furious", "furieux"},
};

constexpr Saying kScales[] = {
    {"major", "major", "majeur"},
    {"minor", "minor", "mineur"},
    {"harmonic minor", "harmonic minor", "mineur harmonique"},
    {"melodic minor", "melodic minor", "mineur mélodique"},
    {"dorian", "dorian", "dorien"},
    {"phrygian", "phrygian", "phrygien"},
    {"lydian", "lydian", "lydien"},
    {"mixolydian", "mixolydian", "mixolydien"},
    {"locrian", "locrian", "locrien"},
    {"major pentatonic", "major pentatonic", "majeur pentatonique"},
    {"minor pentatonic", "minor pentatonic", "mineur pentatonique"},
    {"blues", "blues scale", "gamme de blues"},
    {"major blues", "major blues scale", "major blues scale"},
    {"whole tone", "whole tone", "gamme par tons"},
    {"chromatic", "chromatic", "chromatique"},
};

constexpr Saying kForms[] = {
    {"aaba", "AABA form/form: AABA", "forme AABA"},
    {"aba", "ABA form/ternary form", "forme ABA/forme ternaire"},
    {"rondo", "rondo form/rondo", "forme rondo/rondo"},
    {"verse-chorus", "verse-chorus form/verses and choruses",
     "forme couplet-refrain/couplets et refrains"},
    {"12-bar", "12-bar form/twelve-bar form", "12-bar form"},
};

constexpr Saying kDynamics[] = {
    {"pp", "pianissimo/very soft", "pianissimo/très doux"},
    {"p", "soft/quiet", "doux"},
    {"mp", "mezzo piano", "mezzo piano"},
    {"mf", "mezzo forte", "mezzo forte"},
    {"f", "loud/forte", "fort/forte"},
    {"ff", "fortissimo/very loud", "fortissimo/très fort"},
};

constexpr Saying kNoteLengths[] = {
    {"short", "staccato/short notes", "staccato/notes courtes"},
    {"mixed", "mixed note lengths", "notes de longueurs variées"},
    {"long", "legato/long notes", "legato/notes longues"},
};

constexpr Saying kRoles[] = {
    {"melody", "melody", "mélodie"},
    {"chords", "chords", "accords"},
    {"bass", "bass", "basse"},
    {"drums", "drums", "batterie"},
};

std::span<const Saying> sayings(SayingOf kind) {
  switch (kind) {
    case SayingOf::Mood: return kMoods;
    case SayingOf::Scale: return kScales;
    case SayingOf::Form: return kForms;
    case SayingOf::Dynamics: return kDynamics;
    case SayingOf::NoteLengths: return kNoteLengths;
    default: return kRoles;
  }
}

std::vector<std::string_view> split_ways(std::string_view text) {
  std::vector<std::string_view> ways;
  while (true) {
    const auto slash = text.find('/');
    ways.push_back(text.substr(0, slash));
    if (slash == std::string_view::npos) return ways;
    text.remove_prefix(slash + 1);
  }
}

}  // namespace

std::vector<std::string_view> Saying::ways(Language language) const {
  return split_ways(language == Language::English ? english : french);
}

std::vector<std::string_view> ways_to_say(SayingOf kind, std::string_view id, Language language) {
  if (kind == SayingOf::Genre) {
    const Genre* genre = Genre::find(id);
    if (genre == nullptr) return {id};
    return split_ways(language == Language::English ? genre->said_in_english
                                                    : genre->said_in_french);
  }
  const auto rows = sayings(kind);
  const auto saying = std::ranges::find(rows, id, &Saying::id);
  return saying == rows.end() ? std::vector{id} : saying->ways(language);
}

std::string tonic_text(NoteName tonic, Language language) {
  constexpr std::string_view kEnglish[] = {"C", "D", "E", "F", "G", "A", "B"};
  constexpr std::string_view kFrench[] = {"do", "ré", "mi", "fa", "sol", "la", "si"};
  constexpr std::string_view kSharps[] = {" double flat", " flat", "", " sharp", " double sharp"};
  constexpr std::string_view kDieses[] = {" double bémol", " bémol", "", " dièse", " double dièse"};
  const bool is_english = language == Language::English;
  const auto step = static_cast<std::size_t>(tonic.step);
  const auto accidental = static_cast<std::size_t>(std::clamp(tonic.alteration, -2, 2) + 2);
  return std::string(is_english ? kEnglish[step] : kFrench[step]) +
         std::string(is_english ? kSharps[accidental] : kDieses[accidental]);
}

}  // namespace toccata::prompt
