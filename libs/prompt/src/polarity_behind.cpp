// SPDX-License-Identifier: MIT
#include "polarity_looks.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

bool is_definite_article(const Reading& reading, int i) {
  constexpr std::string_view kArticles[] = {"the", "le", "la", "les", "l", "'"};
  return std::ranges::find(kArticles, reading.item(i).text) != std::end(kArticles);
}

/// "fast but not too much": the hedge's last item, where it is about nothing after it.
std::optional<int> hedge_after(const Reading& reading, int i) {
  int j = i + 1;
  if (reading.is_sign(j, ",")) ++j;
  if (reading.is(j, Kind::But)) ++j;
  if (!reading.is(j, Kind::Hedge)) return std::nullopt;
  if (family_of(reading.item(j + 1).kind) != 0) return std::nullopt;
  return j;
}

/// A refusal behind its word: "drums: no", "the drums should not play", "bass is forbidden".
class ForwardLook {
 public:
  ForwardLook(const Reading& reading, int i) : reading_(reading), at_(i) {}

  /// The last item of it.
  std::optional<int> run() {
    if (const auto half = ending_without(reading_, at_)) return half;
    if (const auto out = left_out(reading_, at_)) {
      const bool is_kept = reading_.is(before_verbs(reading_, out->first), Kind::Negator);
      return is_kept ? std::nullopt : std::optional(out->last);
    }
    int last = after_verbs(end_of_list());
    const bool is_not = reading_.is(last, Kind::Negator, "") || is_none(last);
    const int next = is_not ? after_verbs(last) : last;
    if (reading_.is(next, Kind::Denial)) {
      is_waived_ = reading_.is(next, Kind::Denial, "waived");
      const bool is_undone = is_not && !is_waived_;  // "is not forbidden"
      return !is_undone && is_end(next + 1, next) ? std::optional(next) : std::nullopt;
    }
    return is_not && is_end(next, last) ? std::optional(next - 1) : std::nullopt;
  }
  bool is_waived() const { return is_waived_; }

 private:
  /// "drums: 0", but "jazz:0.5+blues:0" are shares.
  bool is_none(int i) const {
    return i == at_ + 2 && is_field(reading_, at_) && reading_.is(i, Kind::Number) &&
           reading_.item(i).value == 0 && family_of(reading_.item(at_).kind) == kPartsFamily;
  }
  int after_verbs(int i) const {
    int j = i + 1;
    while (j < i + kFarthest && (is_verb(j) || is_link(j))) ++j;
    return j;
  }
  bool is_verb(int i) const {
    return reading_.is(i, Kind::Function) || reading_.is_word(i, "plays");
  }
  /// In "drums and bass are not needed" the last one's verb is that of all.
  int end_of_list() const {
    int before = at_ - 1, end = at_;
    while (is_definite_article(reading_, before)) --before;
    if (!reading_.is_pause(before)) return at_;
    while (end < at_ + kFarthest) {
      int next = end + 2;
      while (is_definite_article(reading_, next)) ++next;
      const bool is_list = reading_.is(end + 1, Kind::And) || reading_.is(end + 1, Kind::Or);
      if (!is_list || !is_kin(reading_, at_, next)) break;
      end = next;
    }
    return is_verb(end + 1) ? end : at_;
  }
  bool is_link(int i) const {
    const bool is_apart = !reading_.touches_next(i - 1) && !reading_.touches_next(i);
    return reading_.is_sign(i, ":") || reading_.is_sign(i, "=") || reading_.is_sign(i, "(") ||
           reading_.is_sign(i, "'") || (reading_.is_sign(i, "-") && is_apart) ||  // "drums - none"
           (reading_.is_sign(i, "?") && reading_.is(i + 1, Kind::Negator, ""));   // "drums? no"
  }
  /// Nothing more is refused: in "a piano not too loud" and "drums no bass" something is.
  bool is_end(int i, int refusal) const {
    if (reading_.is(refusal, Kind::Denial, "exchanged")) return true;
    const bool is_numero = reading_.is_sign(i, ".") && reading_.is(i + 1, Kind::Number);
    if (is_numero && !is_field(reading_, at_)) return false;  // "Symphony No. 5"
    if (is_field(reading_, i)) return true;
    const bool goes_on = reading_.is(i, Kind::Place) || is_kin(reading_, i, at_);
    if (goes_on) return reading_.is(refusal, Kind::Denial);  // "drums off piano on"
    if (reading_.is(i, Kind::And) || reading_.is(i, Kind::But)) return true;
    return reading_.is_pause(i) && !reading_.is_sign(i, "?");
  }

  const Reading& reading_;
  int at_;
  bool is_waived_ = false;
};

}  // namespace

bool is_field(const Reading& reading, int i) {
  return reading.is_sign(i + 1, ":") || reading.is_sign(i + 1, "=");
}

std::optional<int> ending_without(const Reading& reading, int i) {
  const int j = reading.over_dash(i + 1);
  const bool is_tied = j > i + 1 && reading.touches_next(i) && reading.touches_next(i + 1);
  if (reading.is_word(j, "free") || (is_tied && reading.is_word(j, "less"))) return j;
  return std::nullopt;
}

std::optional<Extent> left_out(const Reading& reading, int i) {
  const auto is_listed = [&](int j) {
    return is_kin(reading, i, j) || is_definite_article(reading, j) || reading.is(j, Kind::And) ||
           reading.is_sign(j, ",");
  };
  int first = i, last = i;
  while (first > i - kFarthest && is_listed(first)) --first;
  while (last < i + kFarthest && is_listed(last)) ++last;
  constexpr std::string_view kVerbs[] = {"leave", "leaving", "leaves", "keep"};
  const bool is_left = is_one_of(reading.item(first).text, kVerbs);
  const bool is_away = reading.is_word(last, "out") || reading.is_word(last, "aside");
  return is_left && is_away ? std::optional(Extent{first, last}) : std::nullopt;
}

Found look_behind(const Reading& reading, int i) {
  ForwardLook forward(reading, i);
  if (const auto last = forward.run()) return {Degree::Refused, i, *last, forward.is_waived()};
  if (const auto hedge = hedge_after(reading, i)) return {Degree::Slight, i, *hedge};
  return {Degree::Plain, i, i};
}

}  // namespace toccata::prompt
