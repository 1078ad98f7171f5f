// SPDX-License-Identifier: MIT
#include "inputs.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/text/interchange.hpp>
#include <toccata/text/musicxml.hpp>

namespace toccata::cli {
namespace {

bool is_midi(ByteView bytes) {
  const std::string_view text =
      as_text(bytes.subspan(0, std::min<std::size_t>(bytes.size(), 4096)));
  return text.starts_with("RIFF") || text.find("MThd") != std::string_view::npos;
}

bool is_json(ByteView bytes) {
  const auto first = std::ranges::find_if_not(
      bytes, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return first != bytes.end() && (*first == '{' || *first == '[');
}

Outcome<Music> music_of_midi(const std::string& name, ByteView bytes, midi::Repair repair) {
  auto read = midi::read_midi(bytes, repair);
  if (!read) return cannot(fmt::format("{}: {}", name, describe(read.error())));
  Music music{name, "midi", midi::to_score(read->file), {}, {}};
  music.file = std::move(read->file);
  for (const midi::ReadError& repaired : read->repairs)
    music.repairs.push_back(describe_repair(repaired));
  return music;
}

Outcome<Music> music_of_json(const std::string& name, ByteView bytes) {
  auto read = read_any_json(as_text(bytes));
  if (!read) return cannot(fmt::format("{}: {}", name, describe(read.error())));
  Performance performance =
      read->performance ? *std::move(read->performance) : make_plain_performance(read->score);
  return Music{name, "json", {std::move(read->score), std::move(performance), {}}, {}, {}};
}

Outcome<Music> music_of_musicxml(const std::string& name, ByteView bytes, midi::Repair repair) {
  musicxml::ReadOptions options;
  if (repair == midi::Repair::Lenient) options.repair = musicxml::Repair::Lenient;
  auto read = musicxml::read_musicxml(bytes, options);
  if (!read) return cannot(fmt::format("{}: {}", name, describe(read.error())));
  Performance performance = make_plain_performance(read->score);
  Music music{name, "musicxml", {std::move(read->score), std::move(performance), {}}, {}, {}};
  for (const musicxml::ReadError& repaired : read->repairs)
    music.repairs.push_back(describe_repair(repaired));
  return music;
}

}  // namespace

Outcome<Music> read_music(const std::string& name, midi::Repair repair) {
  const auto bytes = read_file(name == "-" ? "/dev/stdin" : name);
  if (!bytes) return cannot(describe(bytes.error()));
  if (musicxml::looks_like_musicxml(*bytes)) return music_of_musicxml(name, *bytes, repair);
  if (is_midi(*bytes)) return music_of_midi(name, *bytes, repair);
  if (is_json(*bytes)) return music_of_json(name, *bytes);
  return cannot(
      fmt::format("{}: {}: allowed are Standard MIDI Files, MusicXML and JSON (toccata.score/1, "
                  "NoteSequence, @tonejs/midi)",
                  name, bytes->empty() ? "the file is empty" : "neither MIDI, MusicXML nor JSON"));
}

}  // namespace toccata::cli
