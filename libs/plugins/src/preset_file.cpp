// SPDX-License-Identifier: MIT
#include <toccata/base/file.hpp>
#include <toccata/plugins/instrument_state.hpp>
#include <toccata/plugins/kind.hpp>
#include <toccata/plugins/preset_file.hpp>

namespace toccata::plugins {

Result<PresetFile, std::string> read_preset_file(const std::filesystem::path& path) {
  constexpr std::size_t kLargest = std::size_t{256} << 20;
  auto bytes = read_file(path, kLargest);
  if (!bytes) return Unexpected{describe(bytes.error())};
  auto preset = read_preset(*bytes);
  if (!preset) return Unexpected{path.string() + ": " + describe(preset.error())};
  return PresetFile{*std::move(bytes), *std::move(preset)};
}

Result<PresetFile, std::string> read_playable_preset(const std::filesystem::path& path) {
  TOCCATA_TRY(PresetFile file, read_preset_file(path));
  const auto state = instrument_state_of(file.preset);
  if (!state) return file;
  for (const auto& [name, value] : state->texts) {
    if (name != "sound_font" || value.empty()) continue;
    if (const PathKind kind = find_kind(value); kind != PathKind::SoundFont)
      return Unexpected{path.string() + ": its sound font, " + value + ", is " + describe(kind)};
  }
  return file;
}

}  // namespace toccata::plugins
