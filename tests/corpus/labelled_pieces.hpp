// SPDX-License-Identifier: MIT
// Pieces with keys and chords that people wrote down, read from the corpora that TOCCATA_DATA
// names.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <toccata/analysis/bars.hpp>

namespace toccata::corpus {

/// A key without its spelling.
struct PlainKey {
  PitchClass tonic;
  bool minor;
  friend bool operator==(const PlainKey&, const PlainKey&) = default;
};

/// A chord as far as estimates are compared with it.
enum class Quality : std::uint8_t { Major, Minor, Diminished, Augmented, Suspended };
struct PlainChord {
  PitchClass root;
  Quality quality;
  friend bool operator==(const PlainChord&, const PlainChord&) = default;
};

template <class Label>
struct Labelled {
  Span span;
  Label label;
};

struct Piece {
  std::string name;
  Score score;
  std::optional<PlainKey> key;  ///< of the whole piece
  std::vector<Labelled<PlainKey>> local_keys;
  std::vector<Labelled<PlainChord>> chords;
};

/// The corpora's folder, or nothing: then corpus tests say that they are skipped.
std::optional<std::filesystem::path> data_folder();

/// dcml-mozart-sonatas: piano sonatas with global keys, local keys and chords (DCML standard).
std::vector<Piece> read_mozart(const std::filesystem::path& data);
/// bach-370-chorales: four voices with the key of each chorale; those in church modes have none.
std::vector<Piece> read_chorales(const std::filesystem::path& data);
/// pop909: piano arrangements with keys (of songs that keep one) and chords, laid on the
/// annotated beats and downbeats.
std::vector<Piece> read_pop909(const std::filesystem::path& data);

/// Helpers of the readers.
namespace detail {
/// Files of a folder with this extension, sorted by name.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder,
                                            const std::string& extension);
std::vector<std::string> lines_of(const std::filesystem::path& path);
std::vector<std::string> split(const std::string& text, char separator);
/// "C#", "Bb", "b-": the letter and its accidentals.
std::optional<PitchClass> parse_pitch_class(const std::string& text);
/// A piece of one part that ends with its last note, with a bar line at each change.
Score make_score(Ppq ppq, std::vector<Note> notes, std::vector<MeterChange> bar_lines);
}  // namespace detail

}  // namespace toccata::corpus
