// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <toccata/base/inplace_vector.hpp>

using namespace toccata;

using Few = InplaceVector<int, 4>;

TEST_CASE("inplace_vector: holds what was added, in order, and copies are their own") {
  Few few{1, 2};
  CHECK(few.size() == 2);
  CHECK(Few().empty());
  CHECK(Few::capacity() == 4);
  const Few copy = few;
  few.push_back(3);
  CHECK(few == Few{1, 2, 3});
  CHECK(copy == Few{1, 2});
  CHECK(few != Few{1, 2, 4});
  CHECK(few.front() == 1);
  CHECK(few.back() == 3);
}

TEST_CASE("inplace_vector: inserts before and erases what is pointed to") {
  Few few{1, 2, 4};
  few.insert(few.begin() + 2, 3);
  CHECK(few == Few{1, 2, 3, 4});
  few.erase(few.begin());
  CHECK(few == Few{2, 3, 4});
  few.insert(few.begin(), 1);
  CHECK(few == Few{1, 2, 3, 4});
  erase_if(few, [](int item) { return item % 2 == 0; });
  CHECK(few == Few{1, 3});
  few.erase(few.begin(), few.end());
  CHECK(few.empty());
  few.insert(few.end(), 7);
  CHECK(few == Few{7});
}
