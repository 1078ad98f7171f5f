// SPDX-License-Identifier: MIT
#include "item.hpp"

#include "tonic.hpp"
#include "units.hpp"

#include <algorithm>
#include <unordered_map>

namespace toccata::prompt {
namespace {

class Matcher {
 public:
  explicit Matcher(const std::vector<Token>& tokens) : tokens_(tokens) {
    words_.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i)
      words_.push_back(is_cut(i) ? std::string_view(tokens[i].text) : corrected(i));
  }

  std::vector<Item> run() {
    std::vector<Item> items;
    for (std::size_t at = 0; at < tokens_.size();) {
      items.push_back(item_at(at));
      at = static_cast<std::size_t>(items.back().last) + 1;
    }
    return items;
  }

 private:
  bool is_apostrophe(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::Sign && tokens_[i].text == "'";
  }
  bool touches_next(std::size_t i) const {
    return i + 1 < tokens_.size() && tokens_[i].end == tokens_[i + 1].begin;
  }
  /// Half of a word with an apostrophe ("sama'i") is none to correct; after "l'" or "qu'" a word
  /// begins.
  bool is_cut(std::size_t i) const {
    const bool goes_on = is_apostrophe(i + 1) && touches_next(i) && touches_next(i + 1);
    const bool went_on =
        i >= 2 && is_apostrophe(i - 1) && touches_next(i - 2) && touches_next(i - 1);
    return goes_on || (went_on && tokens_[i - 2].text.size() > 2);
  }

  /// "ré", "F #", "si bémol".
  bool is_note_before(std::size_t i) const {
    if (i == 0) return false;
    const auto* meaning = vocabulary_.find(tokens_[i - 1].text);
    const bool is_accidental =
        tokens_[i - 1].text == "#" || (meaning != nullptr && meaning->kind == Kind::Accidental);
    const std::size_t note = is_accidental ? i - 1 : i;
    return note > 0 && is_note_word(tokens_[note - 1].text);
  }

  std::string_view corrected(std::size_t i) {
    const Token& token = tokens_[i];
    if (token.kind != TokenKind::Word) return token.text;
    if (is_note_before(i))
      return vocabulary_.corrected(token.text, Vocabulary::Behind::Note).value_or(token.text);
    const auto [found, is_new] = corrections_.try_emplace(token.text, token.text);
    if (is_new)
      if (const auto meant = vocabulary_.corrected(token.text)) found->second = *meant;
    return found->second;
  }

  /// The next token of a phrase: over an apostrophe or a dash that ties two words, or the point of
  /// "b.p.m.".
  std::size_t next_word(std::size_t at) const {
    const std::size_t next = at + 1;
    if (next >= tokens_.size() || tokens_[next].kind != TokenKind::Sign) return next;
    const auto& sign = tokens_[next].text;
    const bool is_point =
        sign == "." && tokens_[at].text.size() == 1 && touches_next(at) && touches_next(next);
    return sign == "'" || sign == "-" || is_point ? next + 1 : next;
  }

  static bool is_wordlike(const Token& token) {
    return token.kind == TokenKind::Word || token.kind == TokenKind::Number;
  }

  Item item_at(std::size_t at) const {
    const auto& token = tokens_[at];
    const int index = static_cast<int>(at);
    Item item{.id = {}, .text = words_[at], .value = token.value, .first = index, .last = index};
    if (token.kind == TokenKind::Sign || token.kind == TokenKind::Stray) item.kind = Kind::Sign;
    if (token.kind == TokenKind::Number) item.kind = Kind::Number;
    if (is_wordlike(token)) match_longest(item);
    return item;
  }

  void match_longest(Item& item) const {
    const int longest = vocabulary_.longest_from(item.text);
    std::string phrase(item.text);
    std::size_t at = static_cast<std::size_t>(item.first);
    for (int words = 1; words <= longest; ++words) {
      if (const auto* meaning = vocabulary_.find(phrase)) {
        item.kind = meaning->kind;
        item.id = meaning->id;
        item.value = meaning->value;
        item.last = static_cast<int>(at);
      }
      at = next_word(at);
      if (at >= tokens_.size() || !is_wordlike(tokens_[at])) return;
      phrase += ' ';
      phrase += words_[at];
    }
  }

  const Vocabulary& vocabulary_ = Vocabulary::get();
  const std::vector<Token>& tokens_;
  std::vector<std::string_view> words_;
  std::unordered_map<std::string_view, std::string_view> corrections_;
};

/// Puts number words together: "cent vingt-six", "two hundred and ten".
class NumberReader {
 public:
  explicit NumberReader(std::vector<Item>& items) : items_(items) {}

  std::vector<Item> run() {
    std::vector<Item> out;
    out.reserve(items_.size());
    for (std::size_t at = 0; at < items_.size();) {
      Item item = items_[at];
      if (item.kind == Kind::Digits || is_scaled_number(at)) {
        const std::size_t end = read(at);
        item.kind = Kind::Number;
        item.value = total_ + group_;
        item.last = items_[end - 1].last;
        at = end;
      } else {
        ++at;
      }
      out.push_back(item);
    }
    return out;
  }

 private:
  const Item* item(std::size_t at) const { return at < items_.size() ? &items_[at] : nullptr; }
  bool is_digits(std::size_t at, std::string_view id) const {
    const auto* found = item(at);
    return found != nullptr && found->kind == Kind::Digits && found->id == id;
  }
  /// "10 million".
  bool is_scaled_number(std::size_t at) const {
    return items_[at].kind == Kind::Number &&
           (is_digits(at + 1, "large") || is_digits(at + 1, "dozen"));
  }

  /// Reads from `at` and gives the item after the number.
  std::size_t read(std::size_t at) {
    total_ = 0;
    group_ = items_[at].value;
    std::string_view last = items_[at].kind == Kind::Number ? "figures" : items_[at].id;
    if (last == "large") fold_group(1);
    std::size_t next = at + 1;
    while (true) {
      const std::size_t word = continuation(next, last);
      if (word == 0) return next;
      take(items_[word]);
      last = items_[word].kind == Kind::Article ? "unit" : items_[word].id;
      next = word + 1;
    }
  }

  void fold_group(double magnitude) {
    total_ += group_ * magnitude;
    group_ = 0;
  }

  void take(const Item& word) {
    if (word.id == "hundred" || word.id == "dozen") {
      group_ *= word.value;
    } else if (word.id == "large") {
      fold_group(word.value);
    } else {
      group_ += word.value;
    }
  }

  /// The number word that goes on from the last one, over a dash or "and"; 0 for none.
  std::size_t continuation(std::size_t at, std::string_view last) const {
    const auto* next = item(at);
    const auto pass_dash = [&] {
      if (next != nullptr && next->kind == Kind::Sign && next->text == "-") next = item(++at);
    };
    pass_dash();
    const bool is_joined = next != nullptr && (next->text == "et" || next->text == "and");
    if (is_joined) {
      next = item(++at);
      pass_dash();  // "vingt-et-un"
    }
    if (next == nullptr) return 0;
    if (next->kind == Kind::Article)
      return next->text[0] == 'u' && may_add_one(last, is_joined, at + 1) ? at : 0;
    if (next->kind != Kind::Digits || !may_follow(*next, last, is_joined)) return 0;
    return at;
  }

  /// "Vingt et un", "quatre-vingt-un", "cent un bpm"; in "tempo cent, une valse" and "quatre-vingt
  /// une valse" it's an article.
  bool may_add_one(std::string_view last, bool is_joined, std::size_t after) const {
    if (last == "ten" && tens() != 80) return is_joined;
    if (is_joined || (last != "ten" && last != "hundred" && last != "large")) return false;
    const auto* next = item(after);
    return next == nullptr || next->kind == Kind::Unit || next->kind == Kind::Sign;
  }
  double tens() const {
    return group_ - 100 * static_cast<double>(static_cast<long>(group_ / 100));
  }

  bool may_follow(const Item& next, std::string_view last, bool is_joined) const {
    const auto id = next.id;
    if (id == "large") return !is_joined && last != "zero" && last != "half" && last != "odd";
    if (id == "dozen") return !is_joined && (last == "unit" || last == "figures");
    if (id == "hundred") return !is_joined && last == "unit" && group_ < 10;
    if (last == "hundred" || last == "large") return id == "unit" || id == "teen" || id == "ten";
    if (last != "ten") return false;
    const bool takes_teens = tens() == 60 || tens() == 80;
    if (is_joined) return next.value == 1 || (takes_teens && next.value == 11);
    return id == "unit" || (id == "teen" && takes_teens);
  }

  std::vector<Item>& items_;
  double total_ = 0, group_ = 0;
};

/// "Vibes" are a vibraphone among players ("marimba and vibes", "with vibes"), else a mood.
void settle_vibes(std::vector<Item>& items) {
  const auto kind_at = [&](std::size_t i) { return i < items.size() ? items[i].kind : Kind::End; };
  const auto is_player = [&](std::size_t i) {
    const Kind kind = kind_at(i);
    return kind == Kind::Instrument || kind == Kind::Generic || kind == Kind::Drums;
  };
  const auto joins = [&](std::size_t i) {
    return kind_at(i) == Kind::And || (kind_at(i) == Kind::Sign && items[i].text == ",");
  };
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].text != "vibes" || items[i].kind != Kind::Noun) continue;
    const bool is_listed = i >= 2 && joins(i - 1) && is_player(i - 2);
    const bool begins = i == 0 || joins(i - 1) || kind_at(i - 1) == Kind::Place;
    const bool leads = (joins(i + 1) && is_player(i + 2)) || kind_at(i + 1) == Kind::Solo;
    const bool is_with = i > 0 && (items[i - 1].text == "with" || items[i - 1].text == "avec") &&
                         kind_at(i + 1) != Kind::Function;
    if (!is_listed && !(begins && leads) && !is_with) continue;
    items[i].kind = Kind::Instrument;
    items[i].id = "vibraphone";
  }
}

/// "One twenty bpm" is 120: a unit, then tens, where a tempo is told.
void join_spoken_hundreds(std::vector<Item>& items, const std::vector<Token>& tokens) {
  const auto is_in_words = [&](const Item& item, double least, double most) {
    return item.kind == Kind::Number && item.value >= least && item.value <= most &&
           tokens[static_cast<std::size_t>(item.first)].kind == TokenKind::Word;
  };
  const auto over_dash = [&](std::size_t i) {
    return i < items.size() && items[i].kind == Kind::Sign && items[i].text == "-" ? i + 1 : i;
  };
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    const std::size_t tens = over_dash(i + 1);
    if (tens >= items.size() || !is_in_words(items[i], 1, 3) || !is_in_words(items[tens], 10, 99))
      continue;
    const std::size_t next = over_dash(tens + 1);
    const bool has_unit = next < items.size() && items[next].kind == Kind::Unit;
    const bool is_led = i > 0 && (items[i - 1].text == "at" || items[i - 1].id == "tempo");
    if (has_unit ? items[next].id != "bpm" : !is_led) continue;
    items[i].value = 100 * items[i].value + items[tens].value;
    items[i].last = items[tens].last;
    const auto after = items.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    items.erase(after, after + static_cast<std::ptrdiff_t>(tens - i));
  }
}

}  // namespace

std::vector<Item> make_items(const std::vector<Token>& tokens) {
  auto matched = Matcher(tokens).run();
  auto items = NumberReader(matched).run();
  settle_units(items, tokens);
  settle_vibes(items);
  join_spoken_hundreds(items, tokens);
  return items;
}

}  // namespace toccata::prompt
