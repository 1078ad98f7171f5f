// SPDX-License-Identifier: MIT
// Any bytes as MusicXML: refused with words, or read to a valid score whose notes all have a
// source, that is JSON and back without loss. What is read strictly is read leniently to the same.
#include <algorithm>
#include <cstdlib>

#include <toccata/text/musicxml.hpp>
#include <toccata/text/score_json.hpp>

using namespace toccata;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const musicxml::ReadScore& read) {
  require(!validate(read.score));
  std::size_t notes = 0;
  for (const Part& part : read.score.parts) notes += part.notes.size();
  require(read.sources.size() >= notes);
  require(std::ranges::is_sorted(read.sources, {}, &musicxml::SourceNote::note));
  const NoteId last = last_note_id(read.score);
  for (const auto& source : read.sources) require(source.pass >= 1 && source.note <= last);
  for (const auto& repair : read.repairs) require(!describe_repair(repair).empty());
  constexpr std::size_t kMostNotes = 2'000;  // repeats make many of few bytes; JSON takes its time
  if (notes > kMostNotes) return;
  const auto again = read_score_json(write_score_json({read.score, {}}));
  require(again.has_value());
  require(again->score.parts.size() == read.score.parts.size());
  for (std::size_t i = 0; i < read.score.parts.size(); ++i)
    require(again->score.parts[i].notes == read.score.parts[i].notes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto strict = musicxml::read_musicxml(bytes);
  musicxml::ReadOptions options;
  options.repair = musicxml::Repair::Lenient;
  const auto lenient = musicxml::read_musicxml(bytes, options);
  if (strict) {
    require(lenient && lenient->repairs.empty() && lenient->score == strict->score);
  } else {
    require(!describe(strict.error()).empty());
  }
  if (lenient) check(*lenient);
  return 0;
}
