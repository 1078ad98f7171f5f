// SPDX-License-Identifier: MIT
#include "tiny_font.hpp"

#include <cmath>
#include <initializer_list>
#include <string_view>

#include <toccata/base/file.hpp>
#include <unistd.h>

namespace toccata::sound_font::test {
namespace {

// One cycle of 64 samples sounds as A4 at this rate: 64 * 440.
constexpr std::uint32_t kCycle = 64, kCycles = 40, kRate = 28160;

void add(Bytes& out, std::uint32_t value, int size) {
  for (int i = 0; i < size; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
void add_name(Bytes& out, std::string_view name) {
  for (std::size_t i = 0; i < 20; ++i)
    out.push_back(i < name.size() ? static_cast<std::uint8_t>(name[i]) : 0);
}

Bytes chunk(std::string_view name, const Bytes& content) {
  Bytes out(name.begin(), name.end());
  add(out, static_cast<std::uint32_t>(content.size()), 4);
  out.insert(out.end(), content.begin(), content.end());
  if (content.size() % 2 != 0) out.push_back(0);
  return out;
}
Bytes list(std::string_view name, std::string_view kind, std::initializer_list<Bytes> chunks) {
  Bytes content(kind.begin(), kind.end());
  for (const Bytes& one : chunks) content.insert(content.end(), one.begin(), one.end());
  return chunk(name, content);
}

/// Pairs of 16-bit numbers: bags (generator, modulator) and generators (operator, amount).
Bytes pairs(std::initializer_list<std::pair<int, int>> values) {
  Bytes out;
  for (const auto& [a, b] : values) {
    add(out, static_cast<std::uint32_t>(a), 2);
    add(out, static_cast<std::uint32_t>(b), 2);
  }
  return out;
}

void add_preset(Bytes& out, std::string_view name, int program, int bank, int bag) {
  add_name(out, name);
  add(out, static_cast<std::uint32_t>(program), 2);
  add(out, static_cast<std::uint32_t>(bank), 2);
  add(out, static_cast<std::uint32_t>(bag), 2);
  out.insert(out.end(), 12, 0);
}
void add_instrument(Bytes& out, std::string_view name, int bag) {
  add_name(out, name);
  add(out, static_cast<std::uint32_t>(bag), 2);
}

Bytes samples() {
  Bytes out;
  for (std::uint32_t i = 0; i < kCycle * kCycles; ++i) {
    const double sample = 16000 * std::cos(2 * M_PI * i / kCycle);
    add(out, static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(sample))), 2);
  }
  out.insert(out.end(), 2 * 46, 0);  // the format asks for 46 empty samples behind
  return out;
}

Bytes sample_headers() {
  Bytes out;
  add_name(out, "sine");
  for (const std::uint32_t value : {0U, kCycle * kCycles, kCycle * 8, kCycle * 32, kRate})
    add(out, value, 4);
  add(out, 69, 1);  // A4
  add(out, 0, 1);
  add(out, 0, 2);
  add(out, 1, 2);  // mono
  add_name(out, "EOS");
  out.insert(out.end(), 26, 0);
  return out;
}

Bytes presets() {
  Bytes out;
  add_preset(out, "Sine", 0, 0, 0);
  add_preset(out, "Bell", 1, 0, 1);
  add_preset(out, "Kit", 0, 128, 2);
  add_preset(out, "EOP", 0, 0, 3);
  return out;
}
Bytes instruments() {
  Bytes out;
  add_instrument(out, "Sine", 0);
  add_instrument(out, "Bell", 1);
  add_instrument(out, "EOI", 2);
  return out;
}

}  // namespace

Bytes tiny_font() {
  constexpr int kRelease = 38, kInstrument = 41, kSample = 53, kModes = 54;
  const Bytes nothing(10, 0);
  const Bytes tables = list(
      "LIST", "pdta",
      {chunk("phdr", presets()), chunk("pbag", pairs({{0, 0}, {1, 0}, {2, 0}, {3, 0}})),
       chunk("pmod", nothing),
       chunk("pgen", pairs({{kInstrument, 0}, {kInstrument, 1}, {kInstrument, 0}, {0, 0}})),
       chunk("inst", instruments()), chunk("ibag", pairs({{0, 0}, {2, 0}, {5, 0}})),
       chunk("imod", nothing),
       chunk(
           "igen",
           pairs({{kModes, 1}, {kSample, 0}, {kRelease, 1902}, {kModes, 1}, {kSample, 0}, {0, 0}})),
       chunk("shdr", sample_headers())});
  const Bytes info =
      list("LIST", "INFO",
           {chunk("ifil", pairs({{2, 1}})), chunk("isng", {'E', 'M', 'U', '8', '0', '0', '0', 0}),
            chunk("INAM", {'t', 'i', 'n', 'y', 0, 0})});
  return list("RIFF", "sfbk", {info, list("LIST", "sdta", {chunk("smpl", samples())}), tables});
}

std::filesystem::path scratch_folder() {
  const auto folder =
      std::filesystem::temp_directory_path() / ("toccata-fluidsynth-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  return folder;
}

std::filesystem::path write_tiny_font() {
  const auto path = scratch_folder() / "tiny.sf2";
  if (!write_file(path, tiny_font())) return {};
  return path;
}

}  // namespace toccata::sound_font::test
