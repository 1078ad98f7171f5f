// SPDX-License-Identifier: MIT
// The .vstpreset container: which plug-in a preset is for, and the chunks with its state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata::plugins {

/// Which plug-in something belongs to: the class id of a VST3 component, 32 hexadecimal digits.
class ClassId {
 public:
  /// Nothing for a text that is not 32 hexadecimal digits; small letters become large ones.
  static std::optional<ClassId> parse(std::string_view text);

  const std::string& text() const { return text_; }
  friend bool operator==(const ClassId&, const ClassId&) = default;

 private:
  explicit ClassId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// The chunks that the format knows, by their ids.
inline constexpr std::string_view kComponentChunk = "Comp";   ///< the state of what makes the sound
inline constexpr std::string_view kControllerChunk = "Cont";  ///< of what shows it
inline constexpr std::string_view kProgramChunk = "Prog";
inline constexpr std::string_view kInfoChunk = "Info";  ///< XML

struct PresetChunk {
  std::string id;  ///< four bytes
  Bytes content;
};

struct Preset {
  ClassId class_id;
  std::vector<PresetChunk> chunks;  ///< as they lie in the file

  /// The content of the chunk of that id, or null.
  const Bytes* find(std::string_view id) const;
};

enum class PresetFault : std::uint8_t {
  NoPreset,   ///< does not begin as such a file does
  CutOff,     ///< the header or the list of chunks reaches past the end
  Version,    ///< another one than 1
  ClassId,    ///< no 32 hexadecimal digits
  List,       ///< no list where the header says, or over kMostChunks in it
  Chunk,      ///< outside the file, over another one or the list, or there twice
  NoContent,  ///< neither a component's state nor a program's
};
/// Why bytes are no preset, and where.
struct PresetError {
  PresetFault fault;
  std::uint64_t byte_offset;
  std::string what;
};
/// "byte 68: the chunk 'Comp' reaches to byte 900 of 214".
std::string describe(const PresetError& error);

/// What other readers take too.
inline constexpr std::size_t kMostChunks = 128;

/// Reads a preset; every offset, size and count is checked before anything is copied.
/// Errors: see PresetFault. Cost: O(size).
/// Source: Steinberg's VST3 SDK, public.sdk/source/vst/vstpresetfile.h.
Result<Preset, PresetError> read_preset(ByteView bytes);

/// Writes the bytes that the VST3 SDK writes for these chunks: one after another, the list last.
/// Range: up to kMostChunks chunks, each id four bytes and there once.
Bytes write_preset(const Preset& preset);

/// What the info chunk says of a preset.
struct PresetInfo {
  std::string name{}, plugin{}, vendor{};
  std::string category{};  ///< "Piano|Acoustic Piano"
};
/// The info chunk's XML, as the SDK lays it out.
Bytes write_preset_info(const PresetInfo& info);

}  // namespace toccata::plugins
