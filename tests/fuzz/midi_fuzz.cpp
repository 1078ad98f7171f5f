// SPDX-License-Identifier: MIT
// Any bytes as a MIDI file: refused with a place, or read so that writing and reading give the same
// file; its score is valid, is written as a fresh file, and goes back into the old one unchanged.
#include <cstdlib>
#include <utility>

#include <toccata/midi/read.hpp>
#include <toccata/midi/update.hpp>
#include <toccata/midi/write.hpp>

using namespace toccata;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

midi::File reread(const midi::File& file) {
  auto again = midi::read_midi(midi::write_midi(file));
  require(again.has_value());
  return std::move(again->file);
}

/// Every other note taken out, the others a little louder.
void check_update(const midi::File& file, const midi::Import& import) {
  const auto same = midi::update(file, import, import.score, import.performance);
  require(same && *same == file);
  Score fewer = import.score;
  for (Part& part : fewer.parts)
    std::erase_if(part.notes, [](const Note& note) { return note.id.number() % 2 == 0; });
  Performance louder = pruned(import.performance, fewer);
  for (PlayedNote& played : louder.notes)
    played.velocity = Velocity::clamped(played.velocity.number() + 1);
  const auto edited = midi::update(file, import, fewer, louder);
  if (!edited) require(!describe(edited.error()).empty());
  else require(midi::read_midi(midi::write_midi(*edited)).has_value());
}

void check_score(const midi::File& file) {
  const midi::Import import = midi::to_score(file);
  require(!validate(import.score));
  for (const auto microtones :
       {midi::Microtones::ChannelRotation, midi::Microtones::Mts, midi::Microtones::Mpe}) {
    const auto fresh = midi::from_score(import.score, import.performance, {microtones});
    if (!fresh) require(!describe(fresh.error()).empty());
    else require(!validate(midi::to_score(*fresh).score));
  }
  check_update(file, import);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto strict = midi::read_midi(bytes);
  const auto lenient = midi::read_midi(bytes, midi::Repair::Lenient);
  if (strict) {
    require(lenient && lenient->repairs.empty() && lenient->file == strict->file);
  } else {
    require(!describe(strict.error()).empty());
  }
  if (!lenient) return 0;
  for (const auto& repair : lenient->repairs) require(!describe_repair(repair).empty());
  const midi::File again = reread(lenient->file);
  require(reread(again) == again);
  // Where repair left events out, a gap may have become too long for a file, and is bridged.
  if (strict) require(again == lenient->file);
  check_score(lenient->file);
  return 0;
}
