// SPDX-License-Identifier: MIT
// A value or the reason why there is none: how every library reports what comes from outside.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace toccata {

/// Wraps an error so that it converts to any Result with that error type.
template <class E>
struct Unexpected {
  E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

/// Holds a T or an E; the member names are those of C++23's std::expected.
///
/// Calling value() or operator* on an error is a broken contract, not a way to test.
template <class T, class E>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  template <std::convertible_to<E> F>
  Result(Unexpected<F> unexpected)
      : state_(std::in_place_index<1>, E(std::move(unexpected.error))) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }
  T value_or(T fallback) const& { return has_value() ? **this : std::move(fallback); }

 private:
  std::variant<T, E> state_;
};

/// A success without a value, or an E.
template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Result() = default;
  template <std::convertible_to<E> F>
  Result(Unexpected<F> unexpected) : error_(E(std::move(unexpected.error))) {}

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const E& error() const& { return *error_; }
  E&& error() && { return *std::move(error_); }

 private:
  std::optional<E> error_;
};

/// A number that lay outside what was allowed.
struct RangeError {
  std::int64_t found;
  std::int64_t lowest;
  std::int64_t highest;
  friend bool operator==(const RangeError&, const RangeError&) = default;
};
/// "300 is not in 0..127".
std::string describe(const RangeError& error);

}  // namespace toccata

#define TOCCATA_CONCAT_INNER(a, b) a##b
#define TOCCATA_CONCAT(a, b) TOCCATA_CONCAT_INNER(a, b)
/// Declares `declaration` as the value of `expression`, or returns its error from this function.
#define TOCCATA_TRY(declaration, expression)                                                 \
  auto TOCCATA_CONCAT(toccata_try_, __LINE__) = (expression);                                \
  if (!TOCCATA_CONCAT(toccata_try_, __LINE__))                                               \
    return ::toccata::Unexpected{std::move(TOCCATA_CONCAT(toccata_try_, __LINE__)).error()}; \
  declaration = *std::move(TOCCATA_CONCAT(toccata_try_, __LINE__))
/// Returns the error of `expression` from this function, if it has one.
#define TOCCATA_CHECK(expression)                                                       \
  if (auto toccata_check = (expression); !toccata_check) return ::toccata::Unexpected { \
      std::move(toccata_check).error()                                                  \
    }
