// SPDX-License-Identifier: MIT
// The reader of chord suffixes: one pass over the text, quality first, then figure, then modifiers.
#include "chord_grammar.hpp"

#include "text.hpp"

namespace toccata::detail {
namespace {

enum class Quality : std::uint8_t { None, Major, Minor, Diminished, HalfDiminished, Augmented };

constexpr int kHighestTone = 22;  // a raised thirteenth

class SuffixReader {
 public:
  SuffixReader(std::string_view text, Third third) : cursor_(text), third_(third) {
    tones_.put(1, 0);
  }

  Result<ChordTones, std::string> read() {
    read_quality();
    put_triad();
    read_figure();
    while (!cursor_.at_end() || in_brackets_) {
      const auto before = cursor_.rest();
      if (!read_modifier())
        return Unexpected{before.empty() ? std::string("a bracket that is not closed")
                                         : quoted(before)};
    }
    if (tones_.size() > kMostTonesRead)
      return Unexpected{"a chord of " + std::to_string(tones_.size()) + " tones, more than 12,"};
    return tones_.sorted();
  }

 private:
  bool sees_digit() const { return cursor_.peek() >= '0' && cursor_.peek() <= '9'; }

  /// M or maj, where a figure makes it a major seventh; a triangle means one by itself.
  bool take_major() {
    if (cursor_.take_any({"^", "\u0394", "\u2206", "\u25B3"})) {
      triangle_ = true;
      return true;
    }
    if (cursor_.take_any({"major", "maj", "Maj", "MAJ"})) return true;
    // "ma7" but not "madd9"
    for (const std::string_view two : {"ma", "Ma"})
      if (cursor_.sees(two) && cursor_.rest().size() > 2 && cursor_.rest()[2] >= '0' &&
          cursor_.rest()[2] <= '9')
        return cursor_.take(two);
    return !cursor_.sees("Min") && !cursor_.sees("Mi") && cursor_.take("M");
  }

  void read_quality() {
    if (third_ == Third::Minor) quality_ = Quality::Minor;
    if (cursor_.take_any({"\u00F8", "\u00D8", "h", "%"})) {
      quality_ = Quality::HalfDiminished;
    } else if (!cursor_.sees("omit") && cursor_.take_any({"dim", "Dim", "o", "\u00B0", "\u00BA"})) {
      quality_ = Quality::Diminished;
      major_seventh_ = take_major();
    } else if (quality_ == Quality::None && !cursor_.sees("+5") &&
               cursor_.take_any({"aug", "Aug", "+"})) {
      quality_ = Quality::Augmented;
      major_seventh_ = take_major();
    } else if (take_major()) {
      if (quality_ == Quality::None) quality_ = Quality::Major;
      major_seventh_ = true;
    } else if (cursor_.take_any({"minor", "min", "Min", "mi", "Mi", "m", "-", "\u2212"})) {
      quality_ = Quality::Minor;
      major_seventh_ = take_major();
    } else {
      cursor_.take("dom");
    }
  }

  void put_triad() {
    const bool minor_third = quality_ == Quality::Minor || quality_ == Quality::Diminished ||
                             quality_ == Quality::HalfDiminished;
    tones_.put(3, minor_third ? 3 : 4);
    const bool flat_fifth = quality_ == Quality::Diminished || quality_ == Quality::HalfDiminished;
    tones_.put(5, flat_fifth ? 6 : quality_ == Quality::Augmented ? 8 : 7);
    if (quality_ == Quality::HalfDiminished) tones_.put(7, 10);
    if (triangle_) tones_.put(7, 11);
  }

  int seventh() const {
    if (major_seventh_) return 11;
    return quality_ == Quality::Diminished ? 9 : 10;
  }

  /// Seventh, and what thirds are stacked above it. The eleventh is left out of a thirteenth chord
  /// with a major third, with which it clashes.
  void put_stack(int highest) {
    tones_.put(7, seventh());
    if (highest >= 9) tones_.put(9, 14);
    if (highest == 11 || (highest == 13 && tones_.has(3, 3))) tones_.put(11, 17);
    if (highest == 13) tones_.put(13, 21);
  }

  void read_figure() {
    const bool plain = quality_ == Quality::None;
    if (cursor_.take_any({"6/9", "69"})) {
      tones_.put(6, 9);
      tones_.put(9, 14);
    } else if (cursor_.take("13")) {
      put_stack(13);
    } else if (cursor_.take("11")) {
      put_stack(11);
    } else if (cursor_.take("9")) {
      put_stack(9);
    } else if (cursor_.take("7")) {
      put_stack(7);
    } else if (cursor_.take("6")) {
      tones_.put(6, 9);
    } else if (plain && cursor_.take("5")) {
      tones_.drop(3);
    } else if (plain && cursor_.take("4")) {
      suspend(4);
    } else if (plain && cursor_.take("2")) {
      tones_.put(2, 2);
    }
  }

  bool read_modifier() {
    if (in_brackets_ ? cursor_.take_any({")", "]"}) : cursor_.take_any({"(", "["})) {
      in_brackets_ = !in_brackets_;
      return true;
    }
    if (in_brackets_ && cursor_.take_any({",", " "})) return true;
    if (cursor_.take("sus")) return read_suspension();
    if (cursor_.take("alt")) return make_altered();
    if (cursor_.take("add")) return read_added();
    if (cursor_.take_any({"omit", "no"})) return read_omission();
    if (cursor_.take("aug")) return alter(5, 8);
    if (in_brackets_ && sees_digit()) return read_added();
    if (cursor_.peek() == '+' || cursor_.peek() == '-') return read_signed();
    if (const auto sign = cursor_.take_accidental()) return read_altered(*sign);
    return read_major_seventh();
  }

  bool alter(int degree, int semitones) {
    tones_.alter(degree, semitones);
    return true;
  }

  void suspend(int degree) {
    tones_.drop(3);
    tones_.put(degree, natural_tone(degree));
  }

  bool read_suspension() {
    if (cursor_.take_any({"24", "2/4"})) {
      suspend(2);
      suspend(4);
    } else {
      suspend(cursor_.take("2") ? 2 : 4);
      cursor_.take("4");
    }
    return true;
  }

  /// The altered scale above a major third and a minor seventh; its fifths are b13 and #11.
  bool make_altered() {
    if (!tones_.has(3, 4) || tones_.has(7, 11)) return false;
    tones_.drop(5);
    tones_.drop(9);
    tones_.put(7, 10);
    for (const ChordTone tone : {ChordTone{9, 13}, {9, 15}, {11, 18}, {13, 20}})
      tones_.put(tone.degree, tone.semitones);
    return true;
  }

  /// Exactly the tone that is named, whatever else is there.
  bool read_added() {
    if (const auto before = cursor_; take_major()) {
      if (cursor_.take("7")) {
        tones_.put(7, 11);
        return true;
      }
      cursor_ = before;
    }
    const int sign = cursor_.take_accidentals();
    const auto degree = cursor_.take_number();
    if (!degree || natural_tone(*degree) == 0) return false;
    // "add7" and "addb7" are both the minor seventh that a plain 7 is.
    const int lowered = *degree == 7 && sign < 0 ? sign + 1 : sign;
    const int semitones = natural_tone(*degree) + lowered;
    if (semitones < 1 || semitones > kHighestTone) return false;
    tones_.put(*degree, semitones);
    return true;
  }

  bool read_omission() {
    const auto degree = cursor_.take_number();
    if (!degree || natural_tone(*degree) == 0) return false;
    tones_.drop(*degree);
    return true;
  }

  /// "+" alone is an augmented fifth; "+9" and "-9" are older forms of #9 and b9.
  bool read_signed() {
    const bool sharp = cursor_.take("+");
    if (!sharp) cursor_.take("-");
    if (sees_digit()) return read_altered(sharp ? 1 : -1);
    return sharp && alter(5, 8);
  }

  bool read_altered(int sign) {
    const auto number = cursor_.take_number();
    if (!number || (sign != 1 && sign != -1)) return false;
    // 2, 4 and 6 with a sign are the ninth, eleventh and thirteenth.
    const int degree = *number <= 6 && *number % 2 == 0 ? *number + 7 : *number;
    const int semitones = natural_tone(degree) + sign;
    if (degree != 5 && degree != 9 && degree != 11 && degree != 13) return false;
    return alter(degree, semitones);
  }

  /// "m(maj7)", "dim7M7".
  bool read_major_seventh() {
    if (!take_major()) return false;
    major_seventh_ = true;
    tones_.drop(7);
    for (const int highest : {13, 11, 9, 7})
      if (cursor_.take(std::to_string(highest))) {
        put_stack(highest);
        return true;
      }
    return false;
  }

  Cursor cursor_;
  Third third_;
  Quality quality_ = Quality::None;
  bool major_seventh_ = false;
  bool triangle_ = false;
  bool in_brackets_ = false;
  ToneSet tones_;
};

}  // namespace

Result<ChordTones, std::string> parse_suffix(std::string_view suffix, Third third) {
  return SuffixReader(suffix, third).read();
}

std::size_t slash_bass_at(std::string_view text) {
  const auto slash = text.rfind('/');
  if (slash == std::string_view::npos || slash + 1 == text.size()) return std::string_view::npos;
  const char letter = text[slash + 1];
  return letter >= 'A' && letter <= 'G' ? slash : std::string_view::npos;
}

}  // namespace toccata::detail
