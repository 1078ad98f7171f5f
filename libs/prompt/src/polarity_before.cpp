// SPDX-License-Identifier: MIT
#include "polarity_looks.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

/// In "no piano, guitar, and drums" the last comma says that all is one list.
bool is_oxford_and(const Reading& reading, int i) {
  return reading.is(i, Kind::And) && reading.is_sign(i - 1, ",");
}

/// In "no piano, guitar or drums" the comma goes on because "or" follows, and so it does before ",
/// and".
bool list_is_closed(const Reading& reading, int i) {
  constexpr int kLongestList = 16;
  for (int j = i + 1; j < i + kLongestList; ++j) {
    if (reading.is(j, Kind::Or) || reading.is(j, Kind::Negator, "nor") ||
        is_oxford_and(reading, j)) {
      int last = j + 1;
      while (is_transparent(reading, last) && last < j + 4) ++last;
      return is_kin(reading, i, last);
    }
    if (!is_kin(reading, i, j) && !reading.is_sign(j, ",") && !is_transparent(reading, j))
      return false;
  }
  return false;
}

bool is_article(std::string_view word) {
  constexpr std::string_view kArticles[] = {"a", "an", "some", "un", "une", "du", "des"};
  return std::ranges::find(kArticles, word) != std::end(kArticles);
}
/// "a piano", "de la basse".
bool begins_with_article(const Reading& reading, int i) {
  const bool is_partitive =
      reading.is_word(i, "de") && (reading.is_word(i + 1, "la") || reading.is_word(i + 1, "l"));
  return is_partitive || is_article(reading.first_token(i).text);
}
/// "not a", "pas de la": what stands before a noun.
bool ends_with_article(const Reading& reading, int i) {
  if (reading.is_sign(i, "'")) --i;
  const bool is_partitive = (reading.is_word(i, "la") || reading.is_word(i, "l")) &&
                            reading.last_token(i - 1).text == "de";
  return is_partitive || is_article(reading.last_token(i).text);
}

class BackwardLook {
 public:
  BackwardLook(const Reading& reading, int i)
      : reading_(reading), at_(i), found_{.first = i, .last = i} {}

  Found run() {
    for (int j = at_ - 1; j >= at_ - kFarthest && step(j); --j) continue;
    return found_;
  }

 private:
  /// False where nothing farther back bears on the word.
  bool step(int j) {
    if (is_transparent(reading_, j)) return true;
    switch (reading_.item(j).kind) {
      case Kind::Degree: return take_degree(j);
      case Kind::Hedge:
        if (ending_without(reading_, j - 2) == j) return false;  // "drum-less ballad"
        return settle(is_joined_ ? Degree::Plain : Degree::NotToo, j);
      case Kind::Negator: return refuse(j);
      case Kind::Number: return is_none(j) && settle(Degree::Refused, j);
      case Kind::Or: is_in_list_ = true; return join(j);
      case Kind::And: is_in_list_ = is_in_list_ || is_third(j); return join(j);
      case Kind::Sign:
        if (is_tied_slash(j)) is_in_list_ = true;
        if (is_tied_slash(j)) return join(j);
        return reading_.is_sign(j, ",") && (is_in_list_ || list_is_closed(reading_, at_)) &&
               join(j);
      case Kind::Place:
        if (is_refused_place(reading_, j)) return true;
        return family_of(reading_.item(at_).kind) == kModesFamily &&
               (reading_.is_word(j, "in") || reading_.is_word(j, "en"));
      default: return is_kin(reading_, j, at_) && (is_joined_ || j == at_ - 1);
    }
  }

  bool take_degree(int j) {
    if (is_joined_) return true;
    const auto id = reading_.item(j).id;
    has_degree_ = id != "slightly";
    if (found_.degree == Degree::Plain) {
      if (id == "very") found_.degree = Degree::Very;
      if (id == "extremely") found_.degree = Degree::Extreme;
      if (id == "slightly") found_.degree = Degree::Slight;
      found_.first = j;
    }
    return true;
  }

  /// "drums/bass", but "no drums / piano" are two wishes.
  bool is_tied_slash(int j) const {
    return reading_.is_sign(j, "/") && reading_.touches_next(j - 1) && reading_.touches_next(j);
  }

  /// The "and" before the last of three: "no piano, guitar, and drums".
  bool is_third(int j) const {
    if (!is_oxford_and(reading_, j)) return false;
    int before = j - 2;
    while (is_transparent(reading_, before) && before > j - 5) --before;
    return is_kin(reading_, before, at_) && reading_.is_sign(before - 1, ",");
  }

  bool join(int j) {
    const bool follows_comma =
        is_in_list_ && !reading_.is(j, Kind::Sign) && reading_.is_sign(j - 1, ",");
    int before = follows_comma ? j - 2 : j - 1;
    while (is_transparent(reading_, before) && before > j - 4) --before;
    // "No drums and a piano": after a bare noun, one with an article is a new wish.
    const bool is_new = !reading_.is(j, Kind::Or) && begins_with_article(reading_, j + 1) &&
                        !ends_with_article(reading_, before - 1);
    is_joined_ = !is_new && is_kin(reading_, before, at_);
    return is_joined_;
  }

  /// "zero percussion", but not "seed 0".
  bool is_none(int j) const {
    return j == at_ - 1 && family_of(reading_.item(at_).kind) == kPartsFamily &&
           reading_.item(j).value == 0 && !reading_.is(j - 1, Kind::Cue);
  }

  bool refuse(int j) {
    // In "drums: no bass: yes" the word answers what stands before it.
    if (is_field(reading_, j - 2) && is_field(reading_, at_)) return false;
    if (is_undone(j)) return false;
    const bool is_part = family_of(reading_.item(at_).kind) == kPartsFamily;
    found_.is_waived = reading_.is(j, Kind::Negator, "waived") && !is_part;
    return settle(has_degree_ && !is_joined_ ? Degree::NotToo : Degree::Refused, j);
  }

  /// "Not without", "n'enlève pas", "no percussion except": two refusals undo each other.
  bool is_undone(int j) const {
    if (left_out(reading_, at_)) return true;  // "don't leave the drums out"
    const auto id = reading_.item(j).id;
    int before = j - 1;
    while (before > j - kFarthest && is_transparent(reading_, before)) --before;
    if (id == "except" && is_kin(reading_, before, at_)) {
      if (is_nested_) return false;  // one exception: no sentence can make this run deep
      BackwardLook general(reading_, before);
      general.is_nested_ = true;
      return general.run().degree == Degree::Refused;
    }
    if (id == "without" || id == "except")
      return reading_.is(before, Kind::Negator, "") ||
             reading_.is(before, Kind::Negator, "nothing");
    return reading_.is_word(j, "pas") && reading_.is(before, Kind::Negator, "without") &&
           !reading_.is_word(before, "sans");
  }

  bool settle(Degree degree, int j) {
    if (degree != Degree::Plain) {
      found_.degree = degree;
      found_.first = j;
    }
    return false;
  }

  const Reading& reading_;
  int at_;
  Found found_;
  bool is_joined_ = false, is_in_list_ = false, has_degree_ = false, is_nested_ = false;
};

}  // namespace

int family_of(Kind kind) {
  switch (kind) {
    case Kind::Instrument:
    case Kind::Generic:
    case Kind::Ensemble:
    case Kind::Drums:
    case Kind::Role: return kPartsFamily;
    case Kind::Genre: return 2;
    case Kind::Mood: return 3;
    case Kind::Tempo:
    case Kind::Dynamics:
    case Kind::Density:
    case Kind::NoteLength: return 4;
    case Kind::Scale:
    case Kind::Maqam: return kModesFamily;
    default: return 0;
  }
}
bool is_kin(const Reading& reading, int i, int j) {
  const int family = family_of(reading.item(i).kind);
  return family != 0 && family == family_of(reading.item(j).kind);
}

bool is_transparent(const Reading& reading, int i) {
  switch (reading.item(i).kind) {
    case Kind::Function:
    case Kind::Article:
    case Kind::Noun:
    case Kind::Share: return true;
    case Kind::Sign:
      // A dash between spaces parts what stands on either side.
      if (reading.is_sign(i, "-")) return reading.touches_next(i - 1) || reading.touches_next(i);
      return reading.is_sign(i, "'") || reading.is_sign(i, "\"");
    default: return false;
  }
}

int before_verbs(const Reading& reading, int i) {
  int j = i - 1;
  while (j > i - kFarthest && (reading.is(j, Kind::Function) || reading.is_sign(j, "'"))) --j;
  return j;
}

bool is_refused_place(const Reading& reading, int i) {
  const int before = before_verbs(reading, i);
  return reading.is(before, Kind::Negator) && !reading.is(before, Kind::Negator, "without");
}

Found look_before(const Reading& reading, int i) { return BackwardLook(reading, i).run(); }

}  // namespace toccata::prompt
