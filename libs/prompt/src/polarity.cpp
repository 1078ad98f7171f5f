// SPDX-License-Identifier: MIT
#include "polarity.hpp"

#include "polarity_looks.hpp"

namespace toccata::prompt {
namespace {

Found look(const Reading& reading, int i) {
  const auto before = look_before(reading, i);
  if (before.degree != Degree::Plain) return before;
  auto behind = look_behind(reading, i);
  behind.first = before.first;
  return behind;
}

}  // namespace

Degree degree_of(const Reading& reading, int i) { return look(reading, i).degree; }

bool is_lessened(const Reading& reading, int i) {
  const auto found = look(reading, i);
  return found.degree == Degree::NotToo && reading.is(found.first, Kind::Hedge);
}

Extent with_degree(const Reading& reading, int i) {
  const auto found = look(reading, i);
  return {found.first, found.last};
}

std::optional<int> refusal_before(const Reading& reading, int i) {
  constexpr int kMostLinks = 6;
  for (int j = i - 1; j >= i - kMostLinks; --j) {
    if (reading.is(j, Kind::Negator)) return j;
    if (reading.is(j, Kind::Or) && reading.is_unmet(j - 1)) return j;
    // In "no melody in 3/4" only the melody is refused.
    if (reading.is(j, Kind::Noun) && reading.is(j - 1, Kind::Negator)) return std::nullopt;
    const bool is_link = reading.is(j, Kind::Function) || reading.is(j, Kind::Article) ||
                         reading.is(j, Kind::Noun) || reading.is(j, Kind::Cue) ||
                         reading.is_sign(j, "'") || reading.is_word(j, "in") ||
                         reading.is_word(j, "en") ||
                         (reading.is(j, Kind::Place) && is_refused_place(reading, j));
    if (!is_link) return std::nullopt;
  }
  return std::nullopt;
}

bool leave_refused_number(Reading& reading, Extent number) {
  const auto refusal = refusal_before(reading, number.first);
  // "dont 8 mesures"; what stands behind a minus is out of range.
  if (!refusal || reading.is_word(*refusal, "dont") || reading.is_word(*refusal, "minus"))
    return false;
  if (reading.is_word(*refusal - 1, "why") || reading.is_word(*refusal - 1, "pourquoi"))
    return false;
  reading.leave_unmet({*refusal, number.last});
  return true;
}

void read_refusals(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (family_of(reading.item(i).kind) == 0) continue;
    const auto found = look(reading, i);
    const Extent extent{found.first, found.last};
    if (found.is_waived) {
      reading.leave_unmet(extent);
    } else if (found.degree == Degree::Refused) {
      for (int j = extent.first; j <= extent.last; ++j)
        if (reading.is(j, Kind::Denial) || reading.is(j, Kind::Number)) reading.use(j);
    }
  }
}

}  // namespace toccata::prompt
