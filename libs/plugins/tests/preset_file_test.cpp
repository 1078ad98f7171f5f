// SPDX-License-Identifier: MIT
#include "scratch.hpp"

#include <string>

#include <doctest/doctest.h>
#include <toccata/plugins/instrument_state.hpp>
#include <toccata/plugins/preset_file.hpp>

using namespace toccata;
using namespace toccata::plugins;

namespace {

std::string preset_with_font(const Scratch& scratch, const std::string& font) {
  InstrumentState state;
  state.set_text("sound_font", font);
  const Preset preset{instrument_class_id(), {{"Comp", write_instrument_state(state)}}};
  return scratch.file("a.vstpreset", as_text(write_preset(preset)));
}

}  // namespace

TEST_CASE("preset file: what cannot be played says which file, and why") {
  const Scratch scratch;
  CHECK(read_preset_file(scratch.folder / "no.vstpreset").error() ==
        (scratch.folder / "no.vstpreset").string() + ": no such file");
  scratch.file("b.vstpreset", "VST3");
  CHECK(read_preset_file(scratch.folder / "b.vstpreset").error().find("b.vstpreset: ") !=
        std::string::npos);
  const std::string gone = preset_with_font(scratch, "/nowhere/x.sf2");
  CHECK(read_preset_file(gone));
  CHECK(read_playable_preset(gone).error() ==
        gone + ": its sound font, /nowhere/x.sf2, is not there");
  scratch.file("junk.sf2", "junk");
  CHECK(read_playable_preset(preset_with_font(scratch, scratch.folder / "junk.sf2")).error() ==
        gone + ": its sound font, " + (scratch.folder / "junk.sf2").string() +
            ", is another kind of file");
  scratch.file("good.sf2", "RIFF....sfbk");
  for (const std::string& font : {std::string(), (scratch.folder / "good.sf2").string()}) {
    const auto read = read_playable_preset(preset_with_font(scratch, font));
    REQUIRE(read);
    CHECK(write_preset(read->preset) == read->bytes);
  }
}
