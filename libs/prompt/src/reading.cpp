// SPDX-License-Identifier: MIT
#include "reading.hpp"

#include <algorithm>
#include <iterator>

#include <toccata/plan/fold.hpp>

namespace toccata::prompt {

Reading::Reading(std::string_view sentence)
    : sentence_(sentence), tokens_(tokenise(sentence)), items_(make_items(tokens_)) {}

const Item& Reading::item(int i) const {
  static const Item kEnd{.kind = Kind::End, .id = {}, .text = {}};
  return i < 0 || i >= size() ? kEnd : items_[static_cast<std::size_t>(i)];
}

const Token& Reading::token_of(int i, int token) const {
  static const Token kNone{.kind = TokenKind::Sign, .text = {}, .begin = 0, .end = 0};
  return is(i, Kind::End) ? kNone : tokens_[static_cast<std::size_t>(token)];
}

bool Reading::touches_next(int i) const {
  return i >= 0 && i + 1 < size() && last_token(i).end == first_token(i + 1).begin;
}

bool Reading::is_pause(int i) const {
  if (is(i, Kind::End)) return true;
  return is(i, Kind::Sign) && item(i).text != "-" && item(i).text != "'" && item(i).text != "\"";
}

bool Reading::is_content(int i) const {
  switch (item(i).kind) {
    case Kind::End:
    case Kind::Sign:
    case Kind::Number:
    case Kind::Article:
    case Kind::Function:
    case Kind::Place:
    case Kind::But:
    case Kind::And:
    case Kind::Or:
    case Kind::Negator:
    case Kind::Hedge:
    case Kind::Only:
    case Kind::Parts:
    case Kind::Share: return false;
    default: return true;
  }
}

void Reading::use(Extent extent) {
  for (int i = std::max(0, extent.first); i <= extent.last && i < size(); ++i)
    items_[static_cast<std::size_t>(i)].is_used = true;
}

void Reading::leave_unmet(Extent extent) {
  use(extent);
  unmet_.emplace(extent.first, extent.last);
}

std::optional<Extent> Reading::unmet_at(int i) const {
  const auto found = unmet_.find(i);
  if (found == unmet_.end()) return std::nullopt;
  return Extent{found->first, found->second};
}

bool Reading::is_unmet(int i) const {
  const auto after = unmet_.upper_bound(i);
  return after != unmet_.begin() && std::prev(after)->second >= i;
}

std::string one_line(std::string_view text, std::size_t longest) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_utf8(text, at);
    if (out.size() + next.bytes > longest) return out + "...";
    const bool is_space = next.code <= 0x20 || (next.code >= 0x7F && next.code <= 0xA0);
    if (!next.is_valid) {
      out += '?';
    } else if (is_space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += text.substr(at, next.bytes);
    }
    at += next.bytes;
  }
  return out;
}

std::string Reading::quote(Extent extent) const {
  constexpr std::size_t kLongest = 60;
  const std::size_t begin = first_token(extent.first).begin;
  const std::size_t end = last_token(extent.last).end;
  return '"' + one_line(sentence_.substr(begin, end - begin), kLongest) + '"';
}

void Reading::explain(std::string_view field, std::string value, Extent extent) {
  explain_because(field, std::move(value), quote(extent));
}
void Reading::explain_because(std::string_view field, std::string value, std::string because) {
  reasons.push_back({std::string(field), std::move(value), std::move(because)});
}

void Reading::fail(PromptFault fault, std::string_view field, std::string what) {
  if (!error) error = PromptError{fault, std::string(field), std::move(what)};
}

void Reading::contradict(std::string_view field, std::string_view plural, Extent one,
                         Extent other) {
  fail(PromptFault::Contradiction, field,
       std::string(plural) + " are asked for: " + quote(one) + " and " + quote(other));
}

int Reading::item_of_token(int token) const {
  const auto after = std::ranges::upper_bound(items_, token, {}, &Item::first);
  return static_cast<int>(after - items_.begin()) - 1;
}

}  // namespace toccata::prompt
