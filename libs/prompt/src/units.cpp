// SPDX-License-Identifier: MIT
#include "units.hpp"

#include "reading.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

void become(Item& item, Kind kind, std::string_view id, double value) {
  item.kind = kind;
  item.id = id;
  item.value = value;
}

/// Items i to last become one, which has the kind of item i; drop_merged takes the others out.
void merge(std::vector<Item>& items, std::size_t i, std::size_t last) {
  items[i].last = items[last].last;
  for (std::size_t j = i + 1; j <= last; ++j) items[j].first = -1;
}
void drop_merged(std::vector<Item>& items) {
  std::erase_if(items, [](const Item& item) { return item.first < 0; });
}

bool touch(const std::vector<Token>& tokens, const Item& one, const Item& other) {
  return tokens[static_cast<std::size_t>(one.last)].end ==
         tokens[static_cast<std::size_t>(other.first)].begin;
}

/// "min" is a minute after a number and minor elsewhere; so is "m" in "1h 30m".
void settle_minutes(std::vector<Item>& items, const std::vector<Token>& tokens) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (items[i - 1].kind != Kind::Number) continue;
    const bool is_after_hours = i >= 2 && items[i - 2].id == "hours" && items[i].text == "m" &&
                                touch(tokens, items[i - 1], items[i]);
    if (items[i].text == "min" || is_after_hours) become(items[i], Kind::Unit, "minutes", 60);
  }
}

/// "Beats/minute", "bpm/min", "temps/mesure".
void join_rates(std::vector<Item>& items) {
  constexpr std::string_view kBeats[] = {"beat",  "beats",  "battement", "battements", "bpm",
                                         "temps", "noires", "quarters",  "pulsations"};
  constexpr std::string_view kMinutes[] = {"minute", "min", "mn"};
  constexpr std::string_view kBars[] = {"bar", "measure", "mesure"};
  for (std::size_t i = 1; i + 2 < items.size(); ++i) {
    if (!is_one_of(items[i].text, kBeats) || items[i].first != items[i].last) continue;
    if (items[i + 1].kind != Kind::Sign || items[i + 1].text != "/") continue;
    const bool is_tempo = is_one_of(items[i + 2].text, kMinutes);
    if (!is_tempo && !is_one_of(items[i + 2].text, kBars)) continue;
    become(items[i], Kind::Unit, is_tempo ? "bpm" : "beats", 1);
    merge(items, i, i + 2);
    i += 2;
  }
  drop_merged(items);
}

/// "A couple of minutes", "a couple bars": two of them.
void settle_couples(std::vector<Item>& items) {
  for (std::size_t i = 1; i + 1 < items.size(); ++i) {
    if (items[i].text != "couple") continue;
    const bool has_of =
        (items[i + 1].text == "of" || items[i + 1].text == "de") && i + 2 < items.size();
    if (items[has_of ? i + 2 : i + 1].kind != Kind::Unit) continue;
    become(items[i], Kind::Number, "couple", 2);
    if (has_of) merge(items, i, i + 1);
  }
  drop_merged(items);
}

/// "A 2D game", "en 3D": neither a number nor a note.
void settle_dimensions(std::vector<Item>& items, const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    const bool is_count =
        items[i].kind == Kind::Number && (items[i].value == 2 || items[i].value == 3);
    const std::size_t letter = items[i + 1].text == "-" ? i + 2 : i + 1;
    if (!is_count || letter >= items.size()) continue;
    const bool is_d = items[letter].text == "d" && items[letter].first == items[letter].last;
    if (!is_d || !touch(tokens, items[i], items[i + 1])) continue;
    if (!touch(tokens, items[letter - 1], items[letter])) continue;
    become(items[i], Kind::Idiom, "dimensions", 0);
    merge(items, i, letter);
    i = letter;
  }
  drop_merged(items);
}

/// "Three-four waltz time": two words for one meter, of which the second names the dance as well.
void settle_waltz_time(std::vector<Item>& items) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    const bool is_named = items[i].kind == Kind::Meter && items[i].text == "waltz";
    const bool has_fraction = i >= 3 && items[i - 1].kind == Kind::Number &&
                              items[i - 2].text == "/" && items[i - 3].kind == Kind::Number;
    if (is_named && (items[i - 1].kind == Kind::Meter || has_fraction))
      become(items[i], Kind::Genre, "waltz", 0);
  }
}

}  // namespace

void settle_units(std::vector<Item>& items, const std::vector<Token>& tokens) {
  settle_minutes(items, tokens);
  join_rates(items);
  settle_couples(items);
  settle_dimensions(items, tokens);
  settle_waltz_time(items);
}

}  // namespace toccata::prompt
