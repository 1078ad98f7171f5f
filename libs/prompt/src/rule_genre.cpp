// SPDX-License-Identifier: MIT
// Genres and mixes: "jazz", "jazz mixed with arabic", "60 % jazz, 40 % blues", "with a touch of".
#include "dance.hpp"
#include "figures.hpp"
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

/// Of two, what the one has that there is to be more of: twice the other's.
constexpr double kMoreOfTwo = 0.67;

struct Wish {
  std::string genre;
  double weight;
  bool is_weighed;
  Extent extent;
};

/// "60 % jazz", "60% de jazz", "2/3 jazz", "jazz 60 %", "jazz: 0.6"; the items it takes, or
/// nothing.
struct Weight {
  double value;
  Extent extent;
};
bool is_percent(const Reading& reading, int i) {
  return reading.is_sign(i, "%") || reading.is(i, Kind::Unit, "percent");
}
std::optional<Weight> weight_near(const Reading& reading, int i) {
  int before = i - 1;
  while (reading.is(before, Kind::Function) || reading.is(before, Kind::Noun) ||
         reading.is_sign(before, "'"))
    --before;
  if (is_percent(reading, before) && reading.is_free(before - 1, Kind::Number))
    return Weight{reading.item(before - 1).value / 100, {before - 1, i}};
  const bool is_fraction = reading.is_free(before, Kind::Number) &&
                           reading.is_sign(before - 1, "/") &&
                           reading.is_free(before - 2, Kind::Number);
  if (is_fraction && !reading.is_sign(before - 3, "/")) {
    const double part = reading.item(before - 2).value / reading.item(before).value;
    if (part > 0 && part < 1) return Weight{in_hundredths(part), {before - 2, i}};
  }
  const int after = reading.is_sign(i + 1, ":") ? i + 2 : i + 1;
  if (!reading.is_free(after, Kind::Number)) return std::nullopt;
  // "jazz 60 %, blues 40 %": the number belongs to the genre before it.
  if (is_percent(reading, after + 1) && !reading.is(after + 2, Kind::Genre))
    return Weight{reading.item(after).value / 100, {i, after + 1}};
  const bool is_tied = after == i + 2 && reading.touches_next(i) && reading.touches_next(i + 1);
  if (is_tied && !reading.is(reading.over_dash(after + 1), Kind::Unit))
    return Weight{reading.item(after).value, {i, after}};
  return std::nullopt;
}

/// Where "more" stands in "more rock than jazz" and "plus" in "plus de jazz que de rock".
std::optional<int> more_before(const Reading& reading, int i) {
  constexpr std::string_view kMore[] = {"more", "plus", "davantage"},
                             kThan[] = {"than", "que", "qu"};
  const auto is_little = [&](int j) {
    return reading.is(j, Kind::Function) || reading.is(j, Kind::Article) || reading.is_sign(j, "'");
  };
  int more = i - 1;
  while (is_little(more) && !is_one_of(reading.item(more).text, kMore)) --more;
  if (!is_one_of(reading.item(more).text, kMore)) return std::nullopt;
  if (!is_one_of(reading.item(i + 1).text, kThan)) return std::nullopt;
  int other = i + 2;
  while (is_little(other)) ++other;
  return reading.is(other, Kind::Genre) ? std::optional(more) : std::nullopt;
}

Wish wish_at(const Reading& reading, int i) {
  Wish wish{std::string(reading.item(i).id), 1, false, {i, i}};
  if (const auto weight = weight_near(reading, i)) {
    wish.weight = weight->value;
    wish.is_weighed = true;
    wish.extent = weight->extent;
    return wish;
  }
  if (const auto more = more_before(reading, i)) {
    wish.weight = kMoreOfTwo;
    wish.is_weighed = true;
    wish.extent.first = *more;
    return wish;
  }
  int before = i - 1;
  while (reading.is(before, Kind::Function) || reading.is(before, Kind::Noun)) --before;
  if (reading.is(before, Kind::Share)) {
    wish.weight = reading.item(before).value;
    wish.is_weighed = true;
    wish.extent.first = before;
  }
  return wish;
}

/// "jazz waltz", "valse jazz": the dance is only its meter.
bool is_dance_of_another(const Reading& reading, int i) {
  if (!meter_of_dance(reading, i)) return false;
  const auto is_other = [&](int j) {
    return reading.is(j, Kind::Genre) && reading.item(j).id != reading.item(i).id &&
           !meter_of_dance(reading, j);
  };
  return is_other(i - 1) || is_other(i + 1);
}

/// Set where a dance is said and no meter is.
void set_meter_of_dance(Reading& reading, int i) {
  const auto meter = meter_of_dance(reading, i);
  if (reading.brief.meter || !meter) return;
  reading.brief.meter = meter;
  reading.explain("meter", to_string(*meter), Extent{i, i});
}

std::vector<Wish> wishes_of(Reading& reading) {
  std::vector<Wish> wishes;
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Genre) || is_refused(reading, i)) continue;
    auto wish = wish_at(reading, i);
    reading.use(wish.extent);
    set_meter_of_dance(reading, i);
    if (is_dance_of_another(reading, i)) continue;
    const auto known = std::ranges::find(wishes, wish.genre, &Wish::genre);
    if (known == wishes.end()) wishes.push_back(std::move(wish));
    else if (wish.is_weighed && !known->is_weighed) *known = std::move(wish);
  }
  return wishes;
}

/// What the genres with a share leave over goes to those without one.
void share_out(std::vector<Wish>& wishes) {
  double said = 0;
  int open = 0;
  for (const auto& wish : wishes) {
    said += wish.is_weighed ? wish.weight : 0;
    open += wish.is_weighed ? 0 : 1;
  }
  if (said == 0) return;
  const double rest = open > 0 && said < 1 ? (1 - said) / open : 1;
  for (auto& wish : wishes)
    if (!wish.is_weighed) wish.weight = in_hundredths(rest);
}

/// "classical guitar" and "jazz guitar" name a genre where nothing else does.
void read_genre_of_instrument(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    std::string_view genre;
    const bool is_played = reading.is(i, Kind::Instrument) || reading.is(i, Kind::Ensemble);
    const auto text = reading.item(i).text;
    const auto last = reading.last_token(i).text;
    if (text == "jazz" || last == "jazz") genre = "jazz";
    if (text == "classical" || last == "classique" || last == "classiques") genre = "classical";
    if (reading.is(i, Kind::Ensemble, "big band")) genre = "jazz";
    if (reading.is(i, Kind::Ensemble, "takht")) genre = "arabic";
    if (reading.is_word(i, "maqam") && reading.is(i, Kind::Noun)) genre = "arabic";
    if (genre.empty() || (!is_played && genre != "arabic") || is_refused(reading, i)) continue;
    reading.brief.genres = {{std::string(genre), 1}};
    return reading.explain("genre", std::string(genre), Extent{i, i});
  }
}

}  // namespace

void read_genre(Reading& reading) {
  auto wishes = wishes_of(reading);
  if (wishes.empty()) return read_genre_of_instrument(reading);
  if (wishes.size() == 1) wishes.front().weight = 1;
  share_out(wishes);
  if (wishes.size() == 1) wishes.front().weight = 1;
  for (const auto& wish : wishes) {
    if (!(wish.weight > 0 && wish.weight <= 1000))
      return refuse_range(reading, "genre", wish.extent, 0.01, 1000);
    reading.brief.genres.push_back({wish.genre, wish.weight});
    reading.explain("genre", wish.genre, wish.extent);
  }
}

}  // namespace toccata::prompt
