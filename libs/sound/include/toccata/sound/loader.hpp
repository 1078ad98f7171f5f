// SPDX-License-Identifier: MIT
// Sound for a program that starts without it: the module is loaded at the first rendering.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include <toccata/sound/module.hpp>

namespace toccata::sound {

/// Where the module may be: beside the program, then in ../lib/toccata/ from there.
std::vector<std::filesystem::path> module_places();

/// The sound module, loaded. It stays loaded until the program ends.
class Module {
 public:
  /// From the first place where there is one.
  /// Errors: ModuleMissing, naming the package that lacks; ModuleUnlike.
  static Result<Module, Error> load(std::span<const std::filesystem::path> places);

  /// Errors: see Fault. After one, no file is there that was not, and none is changed.
  Result<Report, Error> run(const Job& job) const;

 private:
  explicit Module(RenderFunction render) : render_(render) {}
  RenderFunction render_;
};

/// Renders a Standard MIDI File to a sound file (.wav .flac .ogg .mp3). The settings and the output
/// folder are checked before anything is loaded.
Result<Report, Error> render_midi(ByteView midi, const std::filesystem::path& out,
                                  const Settings& settings);

}  // namespace toccata::sound
