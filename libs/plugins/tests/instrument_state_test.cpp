// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/plugins/instrument_state.hpp>

using namespace toccata;
using namespace toccata::plugins;

namespace {

InstrumentState a_state() {
  return {{{"channels", ""}, {"scale", "Rast\n1\n2/1\n"}, {"sound_font", "/fonts/a b.sf2"}},
          {{"program", "42"}, {"gain", "-3.5"}}};
}

}  // namespace

TEST_CASE("instrument state: what is written is read again, empty texts too") {
  const auto read = read_instrument_state(write_instrument_state(a_state()));
  REQUIRE(read);
  CHECK(read->texts == a_state().texts);
  CHECK(read->parameters == a_state().parameters);
}

TEST_CASE("instrument state: a text is replaced where it stands, or added") {
  InstrumentState state = a_state();
  state.set_text("scale", "x");
  state.set_text("new", "y");
  CHECK(state.texts[1].second == "x");
  CHECK(state.texts.back().first == "new");
}

TEST_CASE("instrument state: no part of it is taken for the whole, nor anything else") {
  const Bytes whole = write_instrument_state(a_state());
  for (std::size_t size = 0; size + 1 < whole.size(); ++size)
    CHECK_FALSE(read_instrument_state(ByteView(whole).first(size)));
  CHECK_FALSE(read_instrument_state(as_bytes("a state of another plug-in")));
}
