// SPDX-License-Identifier: MIT
// What may be asked of a rendering, what comes back, and why there may be none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/base/json.hpp>
#include <toccata/base/result.hpp>
#include <toccata/sound/mix.hpp>

namespace toccata::sound {

enum class Depth : std::uint8_t { Pcm16, Pcm24, Float32 };
/// "16", "24" or "32f". Nothing for any other text.
std::optional<Depth> find_depth(std::string_view name);

/// What plays a part: a plug-in, or a sound font of its own.
struct Instrument {
  std::string part{};  ///< its track's name, letters' case not regarded; empty: all others
  std::filesystem::path plugin{};
  std::filesystem::path preset{};      ///< of the plug-in; empty: as it is when it is loaded
  std::filesystem::path sound_font{};  ///< where there is no plug-in
  bool is_optional = false;            ///< passed over, no error, where the music lacks the part
};

enum class Fault : std::uint8_t {
  BadSettings,    ///< a value out of its range, an unknown extension: the call was wrong
  ModuleMissing,  ///< not built, not installed, or a library that it needs is not
  ModuleUnlike,   ///< of another version
  FontMissing,
  FontDamaged,
  BadMidi,
  TooLong,
  Silent,      ///< nothing to be heard: no note, no instrument, or everything too soft
  NotFinite,   ///< a part gave what is no number
  Backend,     ///< what makes the sound failed
  NoRenderer,  ///< MidiRenderer, which plays plug-ins, is not built
  Plugin,      ///< a plug-in or its preset: not there, not one, damaged, crashed, silent ...
  Output,      ///< the file could not be written
};
struct Error {
  Fault fault;
  std::string text;  ///< one line: what, where, what was allowed
};
inline const std::string& describe(const Error& error) { return error.text; }

struct Settings {
  int rate_hz = 44100;             ///< 44100, 48000, 88200 or 96000
  Depth depth = Depth::Pcm16;      ///< of .wav and .flac
  double loudness_lufs = -14;      ///< Range: -60 to 0
  double true_peak_dbtp = -1;      ///< Range: -30 to 0
  std::optional<double> tail_s{};  ///< after the last event; none: until it has died, at most 10 s.
                                   ///< Range: 0 to 600
  std::filesystem::path sound_font{};                 ///< empty: the first that is found
  std::vector<std::filesystem::path> font_folders{};  ///< looked into before the usual ones
  std::vector<Instrument> instruments{};              ///< what is not named plays the sound font
  std::filesystem::path midi_renderer{};  ///< the program that loads plug-ins; empty: looked for
  std::vector<PartMix> parts{};           ///< what is not named stands at the defaults
  BusMix bus{};
  double plugin_timeout_s = 60;   ///< for a plug-in to sound. Range: 0.1 to 86400
  int block_frames = 512;         ///< in which plug-ins are asked for sound. Range: 16 to 8192
  std::filesystem::path stems{};  ///< a folder for one file a part; empty: none
  std::vector<std::filesystem::path> taken{};  ///< places of other files, which no stem may have
  /// Takes each file as soon as it is made, for a caller that puts it in its place itself. Called
  /// on the thread that renders; empty: all are put there at the end.
  std::function<Result<void, Error>(const std::filesystem::path& place, ByteView content)>
      take_file{};
  std::vector<std::filesystem::path> reports{};  ///< .json, .svg or .png: what it is like
  std::string title{}, comment{};                ///< metadata; the comment holds provenance
  std::string report_title{};                    ///< of reports, where there is no title
  int threads = 0;  ///< 0: one a core. The bytes are the same with any number
};

/// What became of one part.
struct PartReport {
  std::string part;
  std::optional<double> loudness_lufs{};  ///< before bus and master; none for a silent part
  double gain_db = 0;                     ///< that the balance gave it
  double reduction_db = 0;                ///< the most that its compressor took
};
/// A band of a spectrum, a third of an octave wide.
struct BandLevel {
  double hertz;     ///< its middle
  double level_db;  ///< its power beside all bands'
};

/// What was written.
struct Report {
  std::optional<double> loudness_lufs{};  ///< none for a sound under 0.4 s
  std::optional<double> loudness_range_lu{};
  double true_peak_dbtp = 0;
  double target_missed_by_lu = 0;  ///< below the loudness asked for, where the peak limit won
  double seconds = 0;              ///< of the file
  double gain_db = 0;              ///< that the master gave
  double reduction_db = 0;         ///< the most that the limiter took
  std::string backend{};           ///< "FluidSynth 2.3.1"
  std::filesystem::path sound_font{};
  std::vector<std::filesystem::path> stems{};  ///< their places
  std::vector<std::filesystem::path> reports{};
  std::vector<PartReport> parts{};
  double bus_reduction_db = 0;        ///< the most that the bus's compressor took
  std::vector<BandLevel> spectrum{};  ///< of the finished sound; filled where a report is asked for
};
Json to_json(const Report& report);

/// Errors: BadSettings, naming the value and its range; an extension that is no sound file's.
Result<void, Error> check(const Settings& settings, const std::filesystem::path& out);

}  // namespace toccata::sound
