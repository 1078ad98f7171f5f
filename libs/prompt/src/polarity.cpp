// SPDX-License-Identifier: MIT
#include "polarity.hpp"

#include <optional>

namespace toccata::prompt {
namespace {

/// Wishes of one family share a refusal: "no piano or drums".
int family_of(Kind kind) {
  switch (kind) {
    case Kind::Instrument:
    case Kind::Generic:
    case Kind::Ensemble:
    case Kind::Drums:
    case Kind::Role: return 1;
    case Kind::Genre: return 2;
    case Kind::Mood: return 3;
    case Kind::Tempo:
    case Kind::Dynamics:
    case Kind::Density:
    case Kind::NoteLength: return 4;
    case Kind::Scale:
    case Kind::Maqam: return 5;
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
      return reading.is_sign(i, "'") || reading.is_sign(i, "-") || reading.is_sign(i, "\"");
    default: return false;
  }
}

/// In "no piano, guitar or drums" the comma goes on because "or" follows.
bool list_ends_in_or(const Reading& reading, int i) {
  constexpr int kLongestList = 16;
  for (int j = i + 1; j < i + kLongestList; ++j) {
    if (reading.is(j, Kind::Or) || reading.is_word(j, "ni")) return is_kin(reading, i, j + 1);
    if (!is_kin(reading, i, j) && !reading.is_sign(j, ",") && !is_transparent(reading, j))
      return false;
  }
  return false;
}

struct Found {
  Degree degree = Degree::Plain;
  int from;  ///< first item that bears on it
};

class BackwardLook {
 public:
  BackwardLook(const Reading& reading, int i) : reading_(reading), at_(i), found_{.from = i} {}

  Found run() {
    constexpr int kFarthest = 20;
    for (int j = at_ - 1; j >= at_ - kFarthest && step(j); --j) continue;
    return found_;
  }

 private:
  /// False where nothing farther back bears on the word.
  bool step(int j) {
    if (is_transparent(reading_, j)) return true;
    switch (reading_.item(j).kind) {
      case Kind::Degree: return take_degree(j);
      case Kind::Hedge: return settle(is_joined_ ? Degree::Plain : Degree::NotToo, j);
      case Kind::Negator:
        return settle(has_degree_ && !is_joined_ ? Degree::NotToo : Degree::Refused, j);
      case Kind::Or: is_in_or_ = true; return join(j);
      case Kind::And: return join(j);
      case Kind::Sign:
        return reading_.is_sign(j, ",") && (is_in_or_ || list_ends_in_or(reading_, at_)) && join(j);
      case Kind::Place:
        return family_of(reading_.item(at_).kind) == 5 &&
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
      found_.from = j;
    }
    return true;
  }

  bool join(int j) {
    int before = j - 1;
    while (is_transparent(reading_, before) && before > j - 4) --before;
    is_joined_ = is_kin(reading_, before, at_);
    return is_joined_;
  }

  bool settle(Degree degree, int j) {
    if (degree != Degree::Plain) {
      found_.degree = degree;
      found_.from = j;
    }
    return false;
  }

  const Reading& reading_;
  int at_;
  Found found_;
  bool is_joined_ = false, is_in_or_ = false, has_degree_ = false;
};

/// "fast but not too much": the hedge's last item, where it is about nothing after it.
std::optional<int> hedge_after(const Reading& reading, int i) {
  int j = i + 1;
  if (reading.is_sign(j, ",")) ++j;
  if (reading.is(j, Kind::But)) ++j;
  if (!reading.is(j, Kind::Hedge)) return std::nullopt;
  if (family_of(reading.item(j + 1).kind) != 0) return std::nullopt;
  return j;
}

}  // namespace

Degree degree_of(const Reading& reading, int i) {
  const auto found = BackwardLook(reading, i).run();
  if (found.degree == Degree::Plain && hedge_after(reading, i)) return Degree::Slight;
  return found.degree;
}

Extent with_degree(const Reading& reading, int i) {
  const auto found = BackwardLook(reading, i).run();
  const auto hedge = found.degree == Degree::Plain ? hedge_after(reading, i) : std::nullopt;
  return {found.from, hedge.value_or(i)};
}

}  // namespace toccata::prompt
