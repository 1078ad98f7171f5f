// SPDX-License-Identifier: MIT
#include <algorithm>
#include <numeric>

#include "musicxml/conductor.hpp"
#include "musicxml/flow.hpp"
#include "musicxml/players.hpp"
#include "musicxml/source.hpp"

namespace toccata::musicxml {
namespace {

using namespace detail;

/// Elements and attributes take memory of their own; a text cannot hold more than these.
Check check_markup(std::string_view text, Reading& reading) {
  constexpr std::ptrdiff_t kMostMarkup = 24'000'000;
  const auto markup = std::ranges::count(text, '<') + std::ranges::count(text, '=');
  if (markup > kMostMarkup)
    return reading.refuse(Fault::TooLarge, {}, std::to_string(markup) + " tags and attributes");
  return {};
}

Read<pugi::xml_node> parse(pugi::xml_document& document, std::string_view text, Reading& reading) {
  TOCCATA_CHECK(check_markup(text, reading));
  const auto result = document.load_buffer(text.data(), text.size());
  pugi::xml_node root;
  for (pugi::xml_node node : document.children())
    if (node.type() == pugi::node_element && !root) root = node;
  const std::string_view name = root.name();
  if (name != "score-partwise" && name != "score-timewise")
    return reading.refuse(Fault::NotMusicXml, root, name);
  if (!result) TOCCATA_CHECK(reading.fault(Fault::BadXml, root, result.description()));
  return root;
}

bool cues_sound(pugi::xml_node root, Cues cues) {
  if (cues != Cues::ByProgram) return cues == Cues::Sounding;
  const auto encoding = root.child("identification").child("encoding");
  return text_of(encoding.child("software")).starts_with("MuseScore");
}

std::vector<int> written_order(std::size_t bars) {
  std::vector<int> order(bars);
  std::iota(order.begin(), order.end(), 0);
  return order;
}

Role role_of(const Instrument& instrument) {
  return instrument.is_drums ? Role::Drums : Role::Other;
}

Read<ReadScore> assembled(const WrittenScore& written, Repeats repeats, Reading& reading) {
  std::vector<int> order = written_order(written.bars.size());
  if (repeats == Repeats::Expand) {
    TOCCATA_TRY(order, played_order(written.bars, reading));
  }
  TOCCATA_TRY(const Grid grid, make_grid(written, order, reading));
  ReadScore read;
  conduct(written, grid, read.score);
  NoteId last;
  for (const WrittenPart& from : written.parts) {
    Part part;
    part.id = PartId(static_cast<std::uint16_t>(read.score.parts.size() + 1));
    part.name = from.name;
    part.instrument = from.instrument;
    part.role = role_of(from.instrument);
    part.notes = play_notes(from, grid, last, read.sources);
    part.markings = play_markings(from, grid, read.score.tempo);
    read.score.parts.push_back(std::move(part));
  }
  return read;
}

}  // namespace

Result<ReadScore, ReadError> read_musicxml(ByteView bytes, const ReadOptions& options) {
  TOCCATA_TRY(SourceText source, source_text(bytes, options.repair));
  Reading reading(options.repair, source.utf8);
  pugi::xml_document document;
  TOCCATA_TRY(const pugi::xml_node root, parse(document, source.utf8, reading));
  reading.cues_sound = cues_sound(root, options.cues);
  TOCCATA_TRY(const WrittenScore written, read_written(root, reading));
  constexpr std::size_t kMostParts = 65'000;
  if (written.parts.size() > kMostParts)
    return reading.refuse(Fault::TooLong, root, std::to_string(written.parts.size()) + " parts");
  TOCCATA_TRY(ReadScore read, assembled(written, options.repeats, reading));
  read.repairs = std::move(source.repairs);
  for (ReadError& repaired : reading.take_repairs()) read.repairs.push_back(std::move(repaired));
  return read;
}

}  // namespace toccata::musicxml
