// SPDX-License-Identifier: MIT
#include "programs.hpp"

#include <doctest/doctest.h>

using namespace toccata::instrument;

TEST_CASE("programs: the parameters' on all channels but the drummer's") {
  Programs programs;
  programs.set_base(42, 3, KitChannels::Tenth);
  CHECK(programs.program_of(0) == Program{3, 42});
  CHECK(programs.program_of(9) == Program{128, 0});
  programs.set_base(40, 0, KitChannels::All);
  CHECK(programs.program_of(0) == Program{128, 40});
  programs.set_base(40, 0, KitChannels::None);
  CHECK(programs.program_of(9) == Program{0, 40});
}

TEST_CASE("programs: what is received counts on its channel until the parameters change") {
  Programs programs;
  programs.set_base(1, 0, KitChannels::Tenth);
  programs.receive_bank(2, 8);
  programs.receive_program(2, 30);
  programs.receive_program(9, 25);
  CHECK(programs.program_of(2) == Program{8, 30});
  CHECK(programs.program_of(9) == Program{128, 25});
  CHECK(programs.program_of(3) == Program{0, 1});
  programs.set_base(5, 0, KitChannels::Tenth);
  CHECK(programs.program_of(2) == Program{0, 5});
}

TEST_CASE(
    "programs: what is saved restores the same, whichever comes first, it or the parameters") {
  Programs programs;
  programs.set_base(7, 1, KitChannels::None);
  CHECK(programs.saved().empty());
  programs.receive_program(15, 127);
  Programs early, late;
  REQUIRE(early.restore(programs.saved()));
  early.set_base(0, 0, KitChannels::Tenth);
  early.set_base(7, 1, KitChannels::None);
  late.set_base(7, 1, KitChannels::None);
  REQUIRE(late.restore(programs.saved()));
  for (const Programs* one : {&early, &late}) {
    CHECK(one->program_of(15) == Program{0, 127});
    CHECK(one->saved() == programs.saved());
  }
  for (const char* bad : {"x", "1 2", "1 16 0", "1 0 99999", "99999 0 1", "1 0 -1"})
    CHECK_FALSE(late.restore(bad));
  CHECK(late.saved() == programs.saved());
}
