// SPDX-License-Identifier: MIT
#include <filesystem>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/instrument_state.hpp>
#include <toccata/plugins/preset_file.hpp>
#include <unistd.h>

using namespace toccata;
using namespace toccata::plugins;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("toccata-presets-" + std::to_string(::getpid()));
  Folder() { fs::create_directory(path); }
  ~Folder() { fs::remove_all(path); }
  std::string with_font(const std::string& font) const {
    InstrumentState state;
    state.set_text("sound_font", font);
    const Preset preset{instrument_class_id(), {{"Comp", write_instrument_state(state)}}};
    REQUIRE(write_file(path / "a.vstpreset", write_preset(preset)));
    return path / "a.vstpreset";
  }
};

}  // namespace

TEST_CASE("preset file: what cannot be played says which file, and why") {
  const Folder folder;
  CHECK(read_preset_file(folder.path / "no.vstpreset").error() ==
        (folder.path / "no.vstpreset").string() + ": no such file");
  REQUIRE(write_file(folder.path / "b.vstpreset", as_bytes("VST3")));
  CHECK(read_preset_file(folder.path / "b.vstpreset").error().find("b.vstpreset: ") !=
        std::string::npos);
  const std::string gone = folder.with_font("/nowhere/x.sf2");
  CHECK(read_preset_file(gone));
  CHECK(read_playable_preset(gone).error() ==
        gone + ": its sound font, /nowhere/x.sf2, is not there");
  REQUIRE(write_file(folder.path / "junk.sf2", as_bytes("junk")));
  CHECK(read_playable_preset(folder.with_font(folder.path / "junk.sf2")).error() ==
        gone + ": its sound font, " + (folder.path / "junk.sf2").string() +
            ", is another kind of file");
  REQUIRE(write_file(folder.path / "good.sf2", as_bytes("RIFF....sfbk")));
  for (const std::string& font : {std::string(), (folder.path / "good.sf2").string()}) {
    const auto read = read_playable_preset(folder.with_font(font));
    REQUIRE(read);
    CHECK(write_preset(read->preset) == read->bytes);
  }
}
