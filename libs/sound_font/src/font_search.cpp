// SPDX-License-Identifier: MIT
#include <array>

#include <toccata/sound_font/font.hpp>

namespace toccata::sound_font {
namespace {

constexpr std::array kNames = {"FluidR3_GM",        "MuseScore_General_Full",
                               "MuseScore_General", "MuseScore_General_Lite",
                               "TimGM6mb",          "default-GM"};
constexpr std::array kFolders = {"/usr/share/sounds/sf2", "/usr/share/sounds/sf3",
                                 "/usr/share/soundfonts", "/usr/local/share/soundfonts"};

std::filesystem::path find_in(const std::filesystem::path& folder) {
  for (const char* name : kNames)
    for (const char* extension : {".sf2", ".sf3"}) {
      std::error_code ignored;
      auto path = folder / (std::string(name) + extension);
      if (std::filesystem::is_regular_file(path, ignored)) return path;
    }
  return {};
}

}  // namespace

Result<std::filesystem::path, sound::Error> find_sound_font(
    const std::filesystem::path& asked, std::span<const std::filesystem::path> folders) {
  using sound::Fault;
  std::error_code ignored;
  if (!asked.empty()) {
    if (std::filesystem::is_regular_file(asked, ignored)) return asked;
    return Unexpected{sound::Error{Fault::FontMissing, asked.string() + ": no such sound font"}};
  }
  std::vector<std::filesystem::path> places(folders.begin(), folders.end());
  places.insert(places.end(), kFolders.begin(), kFolders.end());
  std::string looked;
  for (const auto& place : places) {
    if (auto found = find_in(place); !found.empty()) return found;
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return Unexpected{sound::Error{Fault::FontMissing,
                                 "no sound font in " + looked +
                                     "; install timgm6mb-soundfont, run ./toccata setup sound, or "
                                     "name one with --sound-font"}};
}

}  // namespace toccata::sound_font
