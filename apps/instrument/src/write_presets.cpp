// SPDX-License-Identifier: MIT
// write_presets FOLDER: writes FOLDER/**/*.vstpreset as FOLDER/presets.json has them.
#include "preset_table.hpp"

#include <cstdio>
#include <filesystem>

#include <toccata/base/file.hpp>

namespace {

int told(const std::string& what) {
  std::fprintf(stderr, "write_presets: %s\n", what.c_str());
  return 1;
}

}  // namespace

int main(int count, char** words) {
  using namespace toccata;
  if (count != 2) return told("the folder is missing") + 1;
  const std::filesystem::path folder = words[1];
  const auto table = read_file(folder / "presets.json");
  if (!table) return told(describe(table.error()));
  const auto presets = instrument::make_presets(as_text(*table));
  if (!presets) return told((folder / "presets.json").string() + ": " + presets.error());
  for (const auto& preset : *presets) {
    const auto path = folder / (preset.file + ".vstpreset");
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    if (const auto written = write_file(path, preset.content); !written)
      return told(describe(written.error()));
  }
  return 0;
}
