// SPDX-License-Identifier: MIT
// Exact fractions, for note values before they are laid on a grid of ticks.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include <toccata/base/result.hpp>

namespace toccata {

/// A fraction in lowest terms with a positive denominator.
///
/// Range: numerator and denominator of every result must fit 64 bits; note values (denominators in
/// the thousands) are far inside. Sums are reduced before they are made, so that they stay there.
class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : numerator_(whole) {}
  /// Range: denominator not 0 (a broken contract otherwise).
  constexpr Rational(std::int64_t numerator, std::int64_t denominator);

  constexpr std::int64_t numerator() const { return numerator_; }
  constexpr std::int64_t denominator() const { return denominator_; }
  constexpr double to_double() const {
    return static_cast<double>(numerator_) / static_cast<double>(denominator_);
  }
  /// The greatest whole number not above this one, for negative values too.
  constexpr std::int64_t floor() const;
  /// The nearest whole number; halves go up.
  constexpr std::int64_t nearest() const { return (*this + Rational(1, 2)).floor(); }

  friend constexpr Rational operator+(Rational a, Rational b);
  friend constexpr Rational operator-(Rational a) { return {-a.numerator_, a.denominator_}; }
  friend constexpr Rational operator-(Rational a, Rational b) { return a + -b; }
  friend constexpr Rational operator*(Rational a, Rational b);
  /// Range: b not 0.
  friend constexpr Rational operator/(Rational a, Rational b) {
    return a * Rational(b.denominator_, b.numerator_);
  }
  friend constexpr bool operator==(Rational, Rational) = default;
  friend constexpr std::strong_ordering operator<=>(Rational a, Rational b);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

/// "3/8", or "2" when whole.
std::string to_string(Rational value);

// Implementation detail below this line.

namespace detail {
constexpr std::int64_t gcd(std::int64_t a, std::int64_t b) {
  while (b != 0) {
    const std::int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}
}  // namespace detail

constexpr Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t common = detail::gcd(numerator, denominator);
  const std::int64_t sign = denominator < 0 ? -1 : 1;
  numerator_ = common == 0 ? 0 : sign * numerator / common;
  denominator_ = common == 0 ? 1 : sign * denominator / common;
}

constexpr std::int64_t Rational::floor() const {
  const std::int64_t quotient = numerator_ / denominator_;
  return numerator_ % denominator_ < 0 ? quotient - 1 : quotient;
}

constexpr Rational operator+(Rational a, Rational b) {
  const std::int64_t common = detail::gcd(a.denominator_, b.denominator_);
  const std::int64_t scale_a = b.denominator_ / common;
  return {a.numerator_ * scale_a + b.numerator_ * (a.denominator_ / common),
          a.denominator_ * scale_a};
}

constexpr Rational operator*(Rational a, Rational b) {
  const Rational left(a.numerator_, b.denominator_), right(b.numerator_, a.denominator_);
  Rational product;
  product.numerator_ = left.numerator_ * right.numerator_;
  product.denominator_ = left.denominator_ * right.denominator_;
  return product;
}

constexpr std::strong_ordering operator<=>(Rational a, Rational b) {
  return (a - b).numerator_ <=> std::int64_t{0};
}

}  // namespace toccata
