// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <toccata/base/rng.hpp>

using toccata::file_hash;
using toccata::Rng;

TEST_CASE("Rng: the sequence of a seed is the one first released") {
  Rng rng(42);
  CHECK(rng.next() == 0xd0764d4f4476689fULL);
  CHECK(rng.next() == 0x519e4174576f3791ULL);
}

TEST_CASE("Rng: a fork depends on seed and label, not on how much was drawn") {
  Rng a(7), b(7);
  b.next();
  CHECK(a.fork("melody").next() == b.fork("melody").next());
  CHECK(a.fork("melody").next() != a.fork("bass").next());
  CHECK(a.fork(0).next() != a.fork(1).next());
  CHECK(Rng(8).fork("melody").next() != a.fork("melody").next());
}

TEST_CASE("Rng: between and below reach both ends and nothing beyond") {
  Rng rng(1);
  std::array<int, 5> seen{};
  for (int i = 0; i < 5000; ++i) ++seen.at(static_cast<std::size_t>(rng.between(-2, 2) + 2));
  for (int count : seen) CHECK(count > 850);
}

TEST_CASE(
    "Rng: below takes the first number that favours none, for counts that many are refused for") {
  const std::size_t count = (std::size_t{1} << 63) + 1;  // numbers under 2^63 - 1 are refused
  Rng rng(3), plain(3);
  for (int i = 0; i < 200; ++i) {
    std::uint64_t drawn = plain.next();
    while (drawn < (std::uint64_t{1} << 63) - 1) drawn = plain.next();
    CHECK(rng.below(count) == drawn % count);
  }
}

TEST_CASE("Rng: weights are obeyed, zero and negative ones never drawn") {
  Rng rng(3);
  const std::array<double, 4> weights{1, 0, 3, -5};
  std::array<int, 4> seen{};
  for (int i = 0; i < 8000; ++i) ++seen[rng.weighted(weights)];
  CHECK(seen[1] == 0);
  CHECK(seen[3] == 0);
  CHECK(seen[2] > 5700);
  CHECK(seen[2] < 6300);
}

TEST_CASE("Rng: normal has mean 0 and deviation 1") {
  Rng rng(5);
  double sum = 0, squares = 0, fourths = 0, products = 0, before = 0;
  for (int i = 0; i < 20000; ++i) {
    const double x = rng.normal();
    sum += x;
    squares += x * x;
    fourths += x * x * x * x;
    products += x * before;
    before = x;
  }
  CHECK(std::abs(sum / 20000) < 0.03);
  CHECK(squares / 20000 == doctest::Approx(1).epsilon(0.05));
  CHECK(fourths / 20000 == doctest::Approx(2.9).epsilon(0.05));  // of twelve uniforms
  CHECK(std::abs(products / 20000) < 0.03);
}

TEST_CASE("Rng: normal takes four words") {
  Rng drawn(7), counted(7);
  const double x = drawn.normal();
  for (int i = 0; i < 4; ++i) counted.next();
  CHECK(drawn.next() == counted.next());
  CHECK(std::abs(x) <= 6);
}

TEST_CASE("file_hash: any byte changed, moved or added gives another number, always the same") {
  std::string bytes;
  for (int i = 0; i < 37; ++i) bytes.push_back(static_cast<char>(i * 7 + 1));
  const std::uint64_t whole = file_hash(bytes);
  CHECK(whole == 406351447303317404u);  // stable over versions
  std::set<std::uint64_t> seen{whole, file_hash("")};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string other = bytes;
    other[i] = static_cast<char>(other[i] ^ 0x80);
    CHECK(seen.insert(file_hash(other)).second);
    other = bytes;
    other.insert(i, 1, '\0');
    CHECK(seen.insert(file_hash(other)).second);
  }
  CHECK(seen.insert(file_hash(bytes + '\0')).second);
  // The highest bits of two words do not cancel each other.
  std::string two(16, '\0');
  const std::uint64_t none = file_hash(two);
  two[7] = two[15] = static_cast<char>(0x80);
  CHECK(file_hash(two) != none);
}
