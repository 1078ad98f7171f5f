// SPDX-License-Identifier: MIT
#include <fstream>
#include <string>
#include <string_view>

#include <toccata/plugins/kind.hpp>

namespace toccata::plugins {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostRead = std::size_t{64} << 20;

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

/// Modules for Linux, Windows and macOS begin so.
bool is_module(std::string_view head) {
  return begins(head, "\177ELF") || begins(head, "MZ") || begins(head, "\xCF\xFA\xED\xFE") ||
         begins(head, "\xCA\xFE\xBA\xBE");
}

/// By the function that a host calls first, whose name stands in the module's table of symbols.
PathKind kind_of_module(std::ifstream& in) {
  constexpr std::string_view kVst3 = "GetPluginFactory", kClap = "clap_entry";
  constexpr std::size_t kPiece = std::size_t{1} << 20, kOverlap = 32;
  std::string piece, last;
  std::size_t read = 0;
  bool is_clap = false;
  while (in && read < kMostRead) {
    piece.resize(kPiece);
    in.read(piece.data(), static_cast<std::streamsize>(kPiece));
    piece.resize(static_cast<std::size_t>(in.gcount()));
    read += piece.size();
    const std::string seen = last + piece;
    if (seen.find(std::string(kVst3) + '\0') != std::string::npos) return PathKind::Vst3;
    is_clap = is_clap || seen.find(std::string(kClap) + '\0') != std::string::npos;
    last = seen.size() > kOverlap ? seen.substr(seen.size() - kOverlap) : seen;
  }
  return is_clap ? PathKind::Clap : PathKind::Other;
}

PathKind kind_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  char head[12] = {};
  in.read(head, sizeof head);
  const std::string_view start(head, static_cast<std::size_t>(in.gcount()));
  if (begins(start, "VST3")) return PathKind::Preset;
  if (begins(start, "MThd")) return PathKind::Midi;
  if (begins(start, "RIFF") && start.size() == sizeof head) {
    if (start.substr(8) == "RMID") return PathKind::Midi;
    if (start.substr(8) == "sfbk") return PathKind::SoundFont;
  }
  if (!is_module(start)) return PathKind::Other;
  in.clear();
  in.seekg(0);
  return kind_of_module(in);
}

/// A VST3 bundle holds Contents/<system>/<module>, one folder a system.
PathKind kind_of_folder(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_regular_file(path / "manifest.ttl", ignored)) return PathKind::Lv2;
  for (const auto& system : fs::directory_iterator(path / "Contents", ignored)) {
    std::error_code unreadable;
    for (const auto& module : fs::directory_iterator(system.path(), unreadable))
      if (module.is_regular_file(unreadable) && kind_of_file(module.path()) == PathKind::Vst3)
        return PathKind::Vst3;
  }
  return PathKind::Other;
}

}  // namespace

const char* describe(PathKind kind) {
  switch (kind) {
    case PathKind::Missing: return "not there";
    case PathKind::Vst3: return "a VST3 plug-in";
    case PathKind::Lv2: return "an LV2 plug-in";
    case PathKind::Clap: return "a CLAP plug-in";
    case PathKind::Preset: return "a preset";
    case PathKind::Midi: return "a MIDI file";
    case PathKind::SoundFont: return "a sound font";
    case PathKind::Other: break;
  }
  return "another kind of file";
}

PathKind find_kind(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return kind_of_folder(path);
  if (fs::is_regular_file(path, ignored)) return kind_of_file(path);
  return fs::exists(path, ignored) ? PathKind::Other : PathKind::Missing;
}

}  // namespace toccata::plugins
