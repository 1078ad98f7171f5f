// SPDX-License-Identifier: MIT
#include "musicxml/tables.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace toccata::musicxml::detail {
namespace {

constexpr Marks marks_of(std::initializer_list<Mark> list) {
  Marks marks;
  for (Mark mark : list) marks.add(mark);
  return marks;
}

struct MarkElement {
  std::string_view name;
  Marks marks;
};
constexpr std::array kMarkElements{
    MarkElement{"staccato", marks_of({Mark::Staccato})},
    MarkElement{"tenuto", marks_of({Mark::Tenuto})},
    MarkElement{"detached-legato", marks_of({Mark::Staccato, Mark::Tenuto})},
    MarkElement{"staccatissimo", marks_of({Mark::Staccatissimo})},
    MarkElement{"spiccato", marks_of({Mark::Staccatissimo})},
    MarkElement{"accent", marks_of({Mark::Accent})},
    MarkElement{"strong-accent", marks_of({Mark::Marcato})},
    MarkElement{"breath-mark", marks_of({Mark::Breath})},
    MarkElement{"caesura", marks_of({Mark::Breath})},
    MarkElement{"trill-mark", marks_of({Mark::Trill})},
    MarkElement{"shake", marks_of({Mark::Trill})},
    MarkElement{"mordent", marks_of({Mark::Mordent})},
    MarkElement{"inverted-mordent", marks_of({Mark::InvertedMordent})},
    MarkElement{"turn", marks_of({Mark::Turn})},
    MarkElement{"delayed-turn", marks_of({Mark::Turn})},
    MarkElement{"vertical-turn", marks_of({Mark::Turn})},
    MarkElement{"inverted-turn", marks_of({Mark::InvertedTurn})},
    MarkElement{"delayed-inverted-turn", marks_of({Mark::InvertedTurn})},
    MarkElement{"inverted-vertical-turn", marks_of({Mark::InvertedTurn})},
    MarkElement{"tremolo", marks_of({Mark::Tremolo})},
};

struct TypeLength {
  std::string_view name;
  Rational quarters;
};
constexpr std::array kTypes{
    TypeLength{"maxima", 32},      TypeLength{"long", 16},        TypeLength{"breve", 8},
    TypeLength{"whole", 4},        TypeLength{"half", 2},         TypeLength{"quarter", 1},
    TypeLength{"eighth", {1, 2}},  TypeLength{"16th", {1, 4}},    TypeLength{"32nd", {1, 8}},
    TypeLength{"64th", {1, 16}},   TypeLength{"128th", {1, 32}},  TypeLength{"256th", {1, 64}},
    TypeLength{"512th", {1, 128}}, TypeLength{"1024th", {1, 256}}};

struct WordKind {
  std::string_view stem;
  Marking::Kind kind;
};
using Kind = Marking::Kind;
// The first stem that begins one of the words wins.
constexpr std::array kWordKinds{
    WordKind{"decresc", Kind::Diminuendo}, WordKind{"cresc", Kind::Crescendo},
    WordKind{"dim", Kind::Diminuendo},     WordKind{"calando", Kind::Diminuendo},
    WordKind{"morendo", Kind::Diminuendo}, WordKind{"perdendo", Kind::Diminuendo},
    WordKind{"smorz", Kind::Diminuendo},   WordKind{"rit", Kind::Slower},
    WordKind{"rall", Kind::Slower},        WordKind{"allarg", Kind::Slower},
    WordKind{"slent", Kind::Slower},       WordKind{"accel", Kind::Faster},
    WordKind{"string", Kind::Faster},      WordKind{"affret", Kind::Faster}};

struct KindSuffix {
  std::string_view kind, suffix;
};
constexpr std::array kSuffixes{KindSuffix{"major", ""},
                               KindSuffix{"minor", "m"},
                               KindSuffix{"augmented", "aug"},
                               KindSuffix{"diminished", "dim"},
                               KindSuffix{"dominant", "7"},
                               KindSuffix{"major-seventh", "maj7"},
                               KindSuffix{"minor-seventh", "m7"},
                               KindSuffix{"diminished-seventh", "dim7"},
                               KindSuffix{"augmented-seventh", "7#5"},
                               KindSuffix{"half-diminished", "m7b5"},
                               KindSuffix{"major-minor", "mMaj7"},
                               KindSuffix{"major-sixth", "6"},
                               KindSuffix{"minor-sixth", "m6"},
                               KindSuffix{"dominant-ninth", "9"},
                               KindSuffix{"major-ninth", "maj9"},
                               KindSuffix{"minor-ninth", "m9"},
                               KindSuffix{"dominant-11th", "11"},
                               KindSuffix{"major-11th", "maj11"},
                               KindSuffix{"minor-11th", "m11"},
                               KindSuffix{"dominant-13th", "13"},
                               KindSuffix{"major-13th", "maj13"},
                               KindSuffix{"minor-13th", "m13"},
                               KindSuffix{"suspended-second", "sus2"},
                               KindSuffix{"suspended-fourth", "sus4"},
                               KindSuffix{"power", "5"}};

/// Modes of the staff and how many fifths their tonic lies above that of the major key.
struct Mode {
  std::string_view name;
  int fifths;
};
constexpr std::array kModes{Mode{"major", 0},      Mode{"minor", 3},    Mode{"ionian", 0},
                            Mode{"dorian", 2},     Mode{"phrygian", 4}, Mode{"lydian", -1},
                            Mode{"mixolydian", 1}, Mode{"aeolian", 3},  Mode{"locrian", 5}};

template <class Table, class Member>
auto find_row(const Table& table, std::string_view name, Member member) {
  const auto found = std::ranges::find(table, name, member);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

Marks marks_of_element(std::string_view name) {
  const auto* row = find_row(kMarkElements, name, &MarkElement::name);
  return row == nullptr ? Marks() : row->marks;
}

std::optional<Rational> quarters_of_type(std::string_view type) {
  const auto* row = find_row(kTypes, type, &TypeLength::name);
  return row == nullptr ? std::nullopt : std::optional(row->quarters);
}

std::optional<Step> find_step(std::string_view letter) {
  constexpr std::string_view kLetters = "CDEFGAB";
  const auto place = letter.size() == 1 ? kLetters.find(letter[0]) : std::string_view::npos;
  if (place == std::string_view::npos) return std::nullopt;
  return static_cast<Step>(place);
}

Kind kind_of_words(std::string_view words) {
  std::string lower(words);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const char* back : {"a tempo", "tempo i", "tempo primo", "tempo 1"})
    if (lower.starts_with(back)) return Kind::ATempo;
  for (const auto& [stem, kind] : kWordKinds)
    for (auto at = lower.find(stem); at != std::string::npos; at = lower.find(stem, at + 1))
      if (at == 0 || std::isalpha(static_cast<unsigned char>(lower[at - 1])) == 0) return kind;
  return Kind::Words;
}

std::optional<std::string_view> suffix_of_kind(std::string_view kind) {
  const auto* row = find_row(kSuffixes, kind, &KindSuffix::kind);
  return row == nullptr ? std::nullopt : std::optional(row->suffix);
}

std::optional<Key> key_of_signature(int fifths, std::string_view mode) {
  const auto* row = find_row(kModes, mode.empty() ? "major" : mode, &Mode::name);
  if (row == nullptr) return std::nullopt;
  const auto scale = Scale::find(row->name);
  if (!scale) return std::nullopt;
  // Letters on the line of fifths: F C G D A E B, from one flat's worth below C.
  constexpr std::array kLine{Step::F, Step::C, Step::G, Step::D, Step::A, Step::E, Step::B};
  const int place = fifths + row->fifths + 1;
  const int turns = place >= 0 ? place / 7 : (place - 6) / 7;
  return Key{{kLine[static_cast<std::size_t>(place - 7 * turns)], turns}, *scale};
}

}  // namespace toccata::musicxml::detail
