// SPDX-License-Identifier: MIT
// A vector of few elements that stand in the object itself: copies allocate nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include <toccata/base/assert.hpp>

namespace toccata {

/// Up to N elements; the member names are those of C++26's std::inplace_vector.
///
/// Adding to a full one is a broken contract: what comes from outside is counted first.
template <class T, std::size_t N>
requires std::is_trivially_copyable_v<T>
class InplaceVector {
 public:
  using value_type = T;
  using size_type = std::size_t;
  using iterator = T*;
  using const_iterator = const T*;

  constexpr InplaceVector() = default;
  constexpr InplaceVector(std::initializer_list<T> items)
      : InplaceVector(items.begin(), items.end()) {}
  template <class Iterator>
  constexpr InplaceVector(Iterator begin, Iterator end) {
    for (; begin != end; ++begin) push_back(*begin);
  }

  static constexpr std::size_t capacity() { return N; }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T* begin() { return items_.data(); }
  constexpr T* end() { return items_.data() + size_; }
  constexpr const T* begin() const { return items_.data(); }
  constexpr const T* end() const { return items_.data() + size_; }
  constexpr T& operator[](std::size_t i) { return items_[i]; }
  constexpr const T& operator[](std::size_t i) const { return items_[i]; }
  constexpr T& front() { return items_[0]; }
  constexpr const T& front() const { return items_[0]; }
  constexpr T& back() { return items_[size_ - 1]; }
  constexpr const T& back() const { return items_[size_ - 1]; }

  constexpr void push_back(const T& item) {
    TOCCATA_ASSERT(size_ < N);
    items_[size_++] = item;
  }
  constexpr void insert(const_iterator before, const T& item) {
    const auto place = before - begin();
    push_back(item);
    std::rotate(begin() + place, end() - 1, end());
  }
  constexpr void erase(const_iterator first, const_iterator last) {
    T* const to = begin() + (first - begin());
    size_ = static_cast<std::size_t>(std::copy(last, std::as_const(*this).end(), to) - begin());
  }
  constexpr void erase(const_iterator item) { erase(item, item + 1); }

  friend constexpr bool operator==(const InplaceVector& a, const InplaceVector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::array<T, N> items_{};
  std::size_t size_ = 0;
};

template <class T, std::size_t N, class Predicate>
constexpr void erase_if(InplaceVector<T, N>& items, Predicate predicate) {
  items.erase(std::remove_if(items.begin(), items.end(), predicate), items.end());
}

}  // namespace toccata
