// SPDX-License-Identifier: MIT
#include <charconv>
#include <cmath>
#include <optional>

#include <toccata/base/elementary.hpp>
#include <toccata/theory/scala.hpp>

namespace toccata {
namespace {

constexpr double kMostCents = 10000;
constexpr std::size_t kMostShown = 40;

/// The lines of a file that are no comments, with their numbers.
class ContentLines {
 public:
  explicit ContentLines(std::string_view text) : text_(text) {}

  std::optional<std::string_view> next() {
    while (at_ < text_.size() && !is_over_) {
      const std::size_t end = text_.find('\n', at_);
      std::string_view line = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
      is_over_ = end == std::string_view::npos;
      at_ = end + 1;
      ++number_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line.empty() || line.front() != '!') return line;
    }
    return std::nullopt;
  }
  int number() const { return number_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  int number_ = 0;
  bool is_over_ = false;
};

/// The first word of a line; what follows it is a remark.
std::string_view first_word(std::string_view line) {
  constexpr std::string_view kSpace = " \t";
  const std::size_t from = line.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_first_of(kSpace, from) - from);
}

std::string shown(std::string_view word) {
  std::string text;
  for (const char c : word.substr(0, kMostShown)) text += c >= 32 && c < 127 ? c : '?';
  return "'" + text + "'";
}

template <class Number>
std::optional<Number> parse_number(std::string_view word) {
  Number number{};
  const char* end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, number);
  if (word.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return number;
}

/// Digits with a point, as "701.955", "-5." and ".5".
std::optional<double> parse_cents(std::string_view word) {
  const bool is_negative = !word.empty() && word.front() == '-';
  if (is_negative) word.remove_prefix(1);
  double whole = 0, part = 0, place = 1;
  bool has_point = false, has_digit = false;
  for (const char c : word) {
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (c < '0' || c > '9' || whole > 1e9) return std::nullopt;
    has_digit = true;
    if (!has_point) {
      whole = 10 * whole + (c - '0');
    } else if (place < 1e15) {
      place *= 10;
      part = 10 * part + (c - '0');
    }
  }
  if (!has_digit) return std::nullopt;
  return (is_negative ? -1 : 1) * (whole + part / place);
}

/// Cents of "3/2", or of "2" for 2/1.
std::optional<double> parse_ratio(std::string_view word) {
  const std::size_t slash = word.find('/');
  const auto above = parse_number<std::uint64_t>(word.substr(0, slash));
  const auto below = slash == std::string_view::npos
                         ? std::optional<std::uint64_t>(1)
                         : parse_number<std::uint64_t>(word.substr(slash + 1));
  if (!above || !below || *above == 0 || *below == 0) return std::nullopt;
  return 1200 * (exact_log2(static_cast<double>(*above)) - exact_log2(static_cast<double>(*below)));
}

Unexpected<ScalaError> fail(ScalaFault fault, int line, std::string what) {
  return Unexpected{ScalaError{fault, line, std::move(what)}};
}

Result<double, ScalaError> parse_degree(std::string_view line, int number) {
  const std::string_view word = first_word(line);
  const bool is_cents = word.find('.') != std::string_view::npos;
  const auto cents = is_cents ? parse_cents(word) : parse_ratio(word);
  if (!cents)
    return fail(ScalaFault::Degree, number,
                shown(word) + " is neither cents (with a point) nor a positive ratio (3/2)");
  if (std::abs(*cents) > kMostCents)
    return fail(ScalaFault::TooMuch, number, shown(word) + " is over 10000 cents off");
  return *cents;
}

}  // namespace

std::string describe(const ScalaError& error) {
  return "line " + std::to_string(error.line) + ": " + error.what;
}

Result<ScalaScale, ScalaError> parse_scala(std::string_view text) {
  ContentLines lines(text);
  const auto description = lines.next();
  const auto count_line = lines.next();
  if (!description || !count_line)
    return fail(ScalaFault::CutOff, lines.number(),
                "a scale has a line that describes it and one with the number of its notes");
  const auto count = parse_number<int>(first_word(*count_line));
  if (!count || *count < 1 || *count > kMostScalaNotes)
    return fail(ScalaFault::Count, lines.number(),
                shown(first_word(*count_line)) + " is no number of notes from 1 to " +
                    std::to_string(kMostScalaNotes));
  ScalaScale scale{std::string(*description), {}};
  while (static_cast<int>(scale.cents.size()) < *count) {
    const auto line = lines.next();
    if (!line)
      return fail(ScalaFault::CutOff, lines.number(),
                  "ends after " + std::to_string(scale.cents.size()) + " of " +
                      std::to_string(*count) + " notes");
    if (scale.cents.empty() && first_word(*line).empty()) continue;
    TOCCATA_TRY(const double cents, parse_degree(*line, lines.number()));
    scale.cents.push_back(cents);
  }
  if (scale.period() <= 0)
    return fail(ScalaFault::Period, lines.number(),
                "the last degree, after which the scale repeats, is not above the first");
  return scale;
}

namespace {

/// Degree `index` of a scale that goes on in both directions.
double degree_cents(const ScalaScale& scale, int index) {
  const int size = static_cast<int>(scale.cents.size());
  const int period = index >= 0 ? index / size : -((size - 1 - index) / size);
  const int within = index - period * size;
  const double above = within == 0 ? 0 : scale.cents[static_cast<std::size_t>(within - 1)];
  return period * scale.period() + above;
}

}  // namespace

std::array<double, 128> key_cents(const ScalaScale& scale, int tonic, ScalaKeys keys) {
  std::array<double, 128> cents{};
  if (keys == ScalaKeys::OneADegree) {
    for (int key = 0; key < 128; ++key)
      cents[static_cast<std::size_t>(key)] =
          degree_cents(scale, key - tonic) - 100.0 * (key - tonic);
    return cents;
  }
  // A period is over 0, so that enough of them pass every key; where two degrees meet on one key
  // the lower one, which comes first, keeps it.
  std::array<bool, 128> is_taken{};
  const int size = static_cast<int>(scale.cents.size());
  const int periods = static_cast<int>(std::min(12800 / scale.period() + 1, 12800.0));
  for (int index = -periods * size; index <= periods * size; ++index) {
    const double at = degree_cents(scale, index);
    const int key = tonic + static_cast<int>(std::floor(at / 100 + 0.5));
    if (key < 0 || key > 127 || is_taken[static_cast<std::size_t>(key)]) continue;
    is_taken[static_cast<std::size_t>(key)] = true;
    cents[static_cast<std::size_t>(key)] = at - 100.0 * (key - tonic);
  }
  return cents;
}

}  // namespace toccata
