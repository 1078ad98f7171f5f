// SPDX-License-Identifier: MIT
// The JSON layouts of other programs: Magenta's NoteSequence and @tonejs/midi.
#pragma once

#include <string>
#include <string_view>

#include <toccata/text/score_json.hpp>

namespace toccata {

/// A NoteSequence in proto3's JSON layout, times in seconds as played. It holds notes with
/// velocities, tempo, meter, keys, chord symbols, section marks (as numbers), controls and parts'
/// names; detune, glides, marks and spelling are left out.
///
/// Source: note_seq/protobuf/music.proto (Magenta).
std::string write_note_sequence(const ScoreDocument& document);
/// The layout of @tonejs/midi, times in ticks and seconds as played. It holds what NoteSequence
/// does, sections as markers, no chord symbols.
///
/// Source: @tonejs/midi 2.0, MidiJSON.
std::string write_tone_json(const ScoreDocument& document);

/// What these layouts hold, as a score with a performance of its velocities. Times in seconds go to
/// the nearest tick of the tempo; quantised sequences to their steps. Members that the layout has
/// and we do not need are passed over.
///
/// Errors: see ScoreJsonError.
Result<ScoreDocument, ScoreJsonError> note_sequence_from_json(const Json& json);
Result<ScoreDocument, ScoreJsonError> tone_from_json(const Json& json);

/// Which layout a JSON value has, by its members.
enum class JsonShape : std::uint8_t { Toccata, NoteSequence, Tone };
std::optional<JsonShape> find_shape(const Json& json);
/// Reads any of the three. Errors: see ScoreJsonError; OtherFormat for any other shape.
Result<ScoreDocument, ScoreJsonError> read_any_json(std::string_view text);

}  // namespace toccata
