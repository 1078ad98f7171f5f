// SPDX-License-Identifier: MIT
#include "token.hpp"

#include <charconv>
#include <limits>

#include <toccata/plan/fold.hpp>

namespace toccata::prompt {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Spaces of all widths, control characters and the invisible signs of bidirectional text.
bool is_space(char32_t code) {
  return code <= 0x20 || code == 0x7F || (code >= 0x80 && code <= 0xA0) || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200F) || (code >= 0x2028 && code <= 0x202F) ||
         code == 0x205F || code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

/// The value of a quarter, a half or three quarters in one character; 0 of others.
double vulgar_fraction(char32_t code) {
  return code == 0xBC ? 0.25 : code == 0xBD ? 0.5 : code == 0xBE ? 0.75 : 0;
}

struct KnownSign {
  char32_t code;
  std::string_view text;
  bool is_word = false;
};
constexpr KnownSign kSigns[] = {{0x2010, "-"},
                                {0x2011, "-"},
                                {0x2012, "-"},
                                {0x2013, "-"},
                                {0x2014, "-"},
                                {0x2212, "-"},
                                {0x266D, "flat"},
                                {0x266F, "#"},
                                {0x2032, "'"},
                                {0xB4, "'"},
                                {0x2033, "\""},
                                {0x201C, "\""},
                                {0x201D, "\""},
                                {0xAB, "\""},
                                {0xBB, "\""},
                                {0x26, "and", true},
                                {0x2026, "."},
                                {0xB7, "-"},
                                {0x2022, ","},
                                {0x3001, ","},
                                {0x3002, "."},
                                {0x2669, "noire", true},
                                {0x266A, "croche", true},
                                {0x2044, "/"},
                                {0xD7, "x"}};

class Tokeniser {
 public:
  explicit Tokeniser(std::string_view sentence) : sentence_(sentence) {}

  std::vector<Token> run() {
    while (at_ < sentence_.size()) step();
    if (!capitals_mean_something())
      for (auto& token : tokens_) token.is_capital = false;
    return std::move(tokens_);
  }

 private:
  void step() {
    const auto next = decode_utf8(sentence_, at_);
    if (!next.is_valid) return add(TokenKind::Stray, "?", next.bytes);
    if (is_space(next.code)) {
      at_ += next.bytes;
      return;
    }
    if (next.code == '\'' || folded_char(next.code) == "'")
      return add(TokenKind::Sign, "'", next.bytes);
    if (is_digit(static_cast<char>(next.code)) && next.code < 0x80) return take_number();
    if (const double part = vulgar_fraction(next.code); part > 0) {
      add(TokenKind::Number, part == 0.5 ? "0.5" : part < 0.5 ? "0.25" : "0.75", next.bytes);
      tokens_.back().value = part;
      return;
    }
    if (folded_char(next.code).data() != nullptr || is_other_letter(next.code)) return take_word();
    take_sign(next);
  }

  void take_sign(const Utf8Char& next) {
    for (const auto& sign : kSigns)
      if (sign.code == next.code)
        return add(sign.is_word ? TokenKind::Word : TokenKind::Sign, std::string(sign.text),
                   next.bytes);
    if (next.code >= 0x80) return add(TokenKind::Stray, "?", next.bytes);
    const char c = static_cast<char>(next.code);
    const char after = at_ + 1 < sentence_.size() ? sentence_[at_ + 1] : ' ';
    if (c == '-' && is_digit(after) && may_be_minus()) {
      is_negative_ = true;
      ++at_;
      return take_number();
    }
    add(TokenKind::Sign, std::string(1, c), 1);
  }

  /// A dash before a number is a minus after a space, a sign or nothing, but not in "110 -120".
  bool may_be_minus() const {
    if (tokens_.empty()) return true;
    const auto& last = tokens_.back();
    if (last.kind == TokenKind::Number) return false;
    return last.end < at_ || (last.kind == TokenKind::Sign && last.text != "-");
  }

  /// Letters of other scripts: words that are kept as they are typed.
  static bool is_other_letter(char32_t code) {
    return (code >= 0x180 && code < 0x250) || (code >= 0x370 && code < 0x2000) ||
           (code >= 0x2C00 && code < 0x2E00) || (code >= 0x3040 && code < 0xD800) ||
           (code >= 0xF900 && code < 0xFE00) || (code >= 0x20000 && code < 0x30000);
  }

  void take_word() {
    const std::size_t begin = at_;
    Token token{.kind = TokenKind::Word, .text = {}, .begin = begin, .end = begin};
    for (; at_ < sentence_.size();) {
      const auto next = decode_utf8(sentence_, at_);
      if (!next.is_valid || (next.code < 0x80 && is_digit(static_cast<char>(next.code)))) break;
      const auto letters = folded_char(next.code);
      const bool is_known = letters.data() != nullptr && letters != "'";
      if (!is_known && !is_other_letter(next.code)) break;
      if (at_ == begin) token.is_capital = next.code >= 'A' && next.code <= 'Z';
      token.has_accent = token.has_accent || next.code >= 0x80;
      count_case(next.code);
      token.text += is_known ? letters : sentence_.substr(at_, next.bytes);
      at_ += next.bytes;
    }
    take_without(token);
    token.end = at_;
    // Letters by themselves are names of notes and sections, whatever the sentence's manner.
    if (token.text.size() > 1) ++words_;
    if (token.text.size() > 1 && token.is_capital) ++capitalised_;
    tokens_.push_back(std::move(token));
  }

  /// "w/o" is short for "without".
  void take_without(Token& token) {
    const char after = char_at(at_ + 2);
    if (token.text != "w" || char_at(at_) != '/' || (char_at(at_ + 1) | 0x20) != 'o') return;
    if ((after | 0x20) >= 'a' && (after | 0x20) <= 'z') return;
    token.text = "without";
    at_ += 2;
  }

  void count_case(char32_t code) {
    if (code >= 'a' && code <= 'z') ++lower_;
    if (code >= 'A' && code <= 'Z') ++upper_;
  }

  /// Not in a sentence that is all capitals, nor in one where most words begin with one.
  bool capitals_mean_something() const {
    if (lower_ == 0) return upper_ <= 6;
    return words_ < 4 || 5 * capitalised_ <= 3 * words_;
  }

  std::size_t digits_at(std::size_t at) const {
    std::size_t end = at;
    while (end < sentence_.size() && is_digit(sentence_[end])) ++end;
    return end - at;
  }
  char char_at(std::size_t at) const { return at < sentence_.size() ? sentence_[at] : ' '; }

  void take_number() {
    const std::size_t begin = at_;
    std::string digits = take_digits();
    take_thousands(digits);
    take_fraction(digits);
    take_vulgar_fraction(digits);
    take_exponent(digits);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc()) value = std::numeric_limits<double>::infinity();
    if (is_negative_) value = -value;
    tokens_.push_back({.kind = TokenKind::Number,
                       .text = std::move(digits),
                       .value = value,
                       .begin = begin - (is_negative_ ? 1 : 0),
                       .end = at_});
    is_negative_ = false;
  }

  std::string take_digits() {
    const std::size_t count = digits_at(at_);
    at_ += count;
    return std::string(sentence_.substr(at_ - count, count));
  }

  /// "10,000", "1'000" is a time, "10 000", "10.000": groups of three after one to three digits.
  void take_thousands(std::string& digits) {
    if (digits.size() > 3 || digits.front() == '0') return;
    while ((char_at(at_) == ',' && digits_at(at_ + 1) == 3) ||
           ((char_at(at_) == ' ' || char_at(at_) == '.') && digits_at(at_ + 1) == 3 &&
            sentence_.substr(at_ + 1, 3) == "000")) {
      ++at_;
      digits += take_digits();
    }
  }

  /// "92.5" and "92,5".
  void take_fraction(std::string& digits) {
    const char point = char_at(at_);
    if ((point != '.' && point != ',') || digits_at(at_ + 1) == 0) return;
    ++at_;
    digits += '.' + take_digits();
  }

  /// "1½" and "1 ½".
  void take_vulgar_fraction(std::string& digits) {
    const std::size_t at = char_at(at_) == ' ' ? at_ + 1 : at_;
    if (at >= sentence_.size() || digits.find('.') != std::string::npos) return;
    const auto next = decode_utf8(sentence_, at);
    const double part = next.is_valid ? vulgar_fraction(next.code) : 0;
    if (part == 0) return;
    digits += part == 0.5 ? ".5" : part < 0.5 ? ".25" : ".75";
    at_ = at + next.bytes;
  }

  /// "1e9" and "10^9".
  void take_exponent(std::string& digits) {
    const char mark = char_at(at_);
    const bool is_power = mark == '^' && digits == "10";
    if ((!is_power && mark != 'e' && mark != 'E') || digits_at(at_ + 1) == 0) return;
    ++at_;
    const std::string exponent = take_digits();
    digits = (is_power ? "1" : digits) + "e" + exponent;
  }

  void add(TokenKind kind, std::string text, std::size_t bytes) {
    tokens_.push_back({.kind = kind, .text = std::move(text), .begin = at_, .end = at_ + bytes});
    at_ += bytes;
  }

  std::string_view sentence_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t lower_ = 0, upper_ = 0, words_ = 0, capitalised_ = 0;
  bool is_negative_ = false;
};

}  // namespace

std::vector<Token> tokenise(std::string_view sentence) { return Tokeniser(sentence).run(); }

}  // namespace toccata::prompt
