// SPDX-License-Identifier: MIT
#include "json_node.hpp"
#include "score_json_parts.hpp"

#include <algorithm>

namespace toccata {
namespace {

using namespace detail;

Read<TempoChange> read_tempo(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"at", "micros_per_quarter"}));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(const auto micros,
              node.member("micros_per_quarter").whole({Tempo::kFastest, Tempo::kSlowest}));
  const auto tempo = Tempo::from_micros_per_quarter(static_cast<std::int32_t>(micros));
  return TempoChange{Tick(at), *tempo};
}

Read<MeterChange> read_meter(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"at", "meter"}));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(const Meter meter, node.member("meter").parsed(parse_meter));
  return MeterChange{Tick(at), meter};
}

Read<KeyMark> read_key(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"at", "key", "maqam"}));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(const Key key, node.member("key").parsed(parse_key));
  TOCCATA_TRY(std::string maqam, node.member("maqam").text_or_empty());
  return KeyMark{Tick(at), key, std::move(maqam)};
}

Read<Section> read_section(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"at", "label"}));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(std::string label, node.member("label").text());
  return Section{Tick(at), std::move(label)};
}

/// [degree, semitones].
Read<ChordTone> read_chord_tone(const Node& node) {
  TOCCATA_TRY(const auto size, node.array_size());
  if (size != 2) return node.fail(Fault::OutOfRange, "another count", "[degree, semitones]");
  TOCCATA_TRY(const auto degree, node.item(0).whole({1, 13}));
  TOCCATA_TRY(const auto semitones, node.item(1).whole({0, 21}));
  return ChordTone{static_cast<int>(degree), static_cast<int>(semitones)};
}

Read<Chord> read_spelled_chord(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"root", "tones", "bass"}));
  TOCCATA_TRY(const NoteName root, node.member("root").parsed(parse_note_name));
  TOCCATA_TRY(const auto tones, node.member("tones").items<ChordTone>(read_chord_tone));
  if (tones.size() > kMostTonesRead)
    return node.member("tones").fail(Fault::OutOfRange, "too many tones", "12 at most");
  Chord chord{root, ChordTones(tones.begin(), tones.end()), {}};
  const bool rises = std::ranges::adjacent_find(chord.tones, std::ranges::greater_equal(),
                                                &ChordTone::semitones) == chord.tones.end();
  if (chord.tones.empty() || chord.tones[0] != ChordTone{1, 0} || !rises)
    return node.member("tones").fail(Fault::Contradiction, "other tones",
                                     "[1, 0] first, then rising semitones");
  if (const Node bass = node.member("bass"); bass.exists()) {
    TOCCATA_TRY(chord.bass, bass.parsed(parse_note_name));
  }
  return chord;
}

Read<ChordMark> read_chord(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"at", "chord"}));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  const Node chord = node.member("chord");
  if (chord.exists() && chord.json().object() != nullptr) {
    TOCCATA_TRY(Chord spelled, read_spelled_chord(chord));
    return ChordMark{Tick(at), std::move(spelled)};
  }
  TOCCATA_TRY(Chord parsed, chord.parsed(parse_chord));
  return ChordMark{Tick(at), std::move(parsed)};
}

Read<Bytes> read_bytes(const Node& node) {
  TOCCATA_TRY(const std::string text, node.text());
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  Bytes bytes;
  bool sound = text.size() % 2 == 0;
  for (std::size_t i = 0; sound && i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    sound = high >= 0 && low >= 0;
    bytes.push_back(static_cast<std::uint8_t>((high & 15) << 4 | (low & 15)));
  }
  if (!sound)
    return node.fail(Fault::OutOfRange, "another text", "pairs of the digits 0-9 and a-f");
  return bytes;
}

Read<CarriedEvent> read_carried(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"track", "at", "bytes"}));
  TOCCATA_TRY(const auto track, node.member("track").whole(kTrackRange));
  TOCCATA_TRY(const auto at, node.member("at").whole(kTickRange));
  TOCCATA_TRY(Bytes bytes, read_bytes(node.member("bytes")));
  return CarriedEvent{static_cast<int>(track), Tick(at), std::move(bytes)};
}

/// A number, or a string of digits where it is over 2^63 - 1.
Read<std::uint64_t> read_seed(const Node& node) {
  if (!node.exists() || node.json().text() == nullptr) {
    TOCCATA_TRY(const auto seed, node.whole({0, INT64_MAX}));
    return static_cast<std::uint64_t>(seed);
  }
  if (const auto seed = node.json().whole()) return *seed;
  return node.fail(Fault::OutOfRange, node.json().text()->substr(0, 30), "0..2^64-1");
}

Read<std::string> read_text(const Node& node) { return node.text(); }

Read<Provenance> read_provenance(const Node& node) {
  TOCCATA_CHECK(node.expect_members({"version", "verb", "engine", "seed", "brief", "weights"}));
  Provenance provenance;
  TOCCATA_TRY(provenance.version, node.member("version").text());
  TOCCATA_TRY(provenance.verb, node.member("verb").text());
  TOCCATA_TRY(provenance.engine, node.member("engine").text());
  TOCCATA_TRY(provenance.seed, read_seed(node.member("seed")));
  TOCCATA_TRY(provenance.brief, node.member("brief").text_or_empty());
  TOCCATA_TRY(provenance.weights, node.member("weights").items<std::string>(read_text));
  return provenance;
}

template <class MarkAtTick>
std::vector<MarkAtTick> by_tick(std::vector<MarkAtTick> marks) {
  std::ranges::stable_sort(marks, {}, &MarkAtTick::at);
  return marks;
}

Read<TempoMap> read_tempo_map(const Node& node, Ppq ppq) {
  TOCCATA_TRY(auto changes, node.items<TempoChange>(read_tempo));
  return TempoMap(ppq, std::move(changes));
}

Read<void> read_conductor(const Node& root, Score& score) {
  TOCCATA_TRY(const auto ticks, root.member("ppq").whole({Ppq::kLowest, Ppq::kHighest}));
  const Ppq ppq = *Ppq::from_number(static_cast<int>(ticks));
  TOCCATA_TRY(score.tempo, read_tempo_map(root.member("tempo"), ppq));
  TOCCATA_TRY(auto meters, root.member("meter").items<MeterChange>(read_meter));
  bool pickup = false;
  if (const Node flag = root.member("pickup"); flag.exists()) {
    TOCCATA_TRY(pickup, flag.boolean());
  }
  score.meter = MeterMap(ppq, std::move(meters),
                         pickup ? MeterMap::Pickup::FirstBar : MeterMap::Pickup::None);
  TOCCATA_TRY(score.title, root.member("title").text_or_empty());
  TOCCATA_TRY(auto keys, root.member("keys").items<KeyMark>(read_key));
  TOCCATA_TRY(auto sections, root.member("sections").items<Section>(read_section));
  TOCCATA_TRY(auto chords, root.member("chords").items<ChordMark>(read_chord));
  score.keys = by_tick(std::move(keys));
  score.sections = by_tick(std::move(sections));
  score.chords = by_tick(std::move(chords));
  return {};
}

/// Where the bar ends in which the last note ends, within what a file can say.
Tick end_of_notes(const Score& score) {
  Tick last;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) last = std::max(last, note.end());
  if (last == Tick(0)) return last;
  const Tick bar_end = score.meter.end_of(score.meter.bar_at(last - Duration(1)));
  return std::min(bar_end, Tick(kLastJsonTick));
}

Read<Performance> read_performance(const Node& node, const Score& score) {
  TOCCATA_CHECK(node.expect_members({"tempo", "notes", "controls"}));
  Performance performance{{}, {}, score.tempo};
  if (const Node tempo = node.member("tempo"); tempo.exists()) {
    TOCCATA_TRY(performance.tempo, read_tempo_map(tempo, score.ppq()));
  }
  TOCCATA_TRY(performance.notes, node.member("notes").items<PlayedNote>(read_played));
  std::ranges::stable_sort(performance.notes, {}, &PlayedNote::note);
  const auto twice = std::ranges::adjacent_find(performance.notes, {}, &PlayedNote::note);
  if (twice != performance.notes.end())
    return node.member("notes").fail(Fault::Contradiction,
                                     "note " + std::to_string(twice->note.number()) + " twice",
                                     "one entry a note");
  TOCCATA_TRY(auto controls, node.member("controls").items<ControlEvent>(read_control));
  performance.controls = by_tick(std::move(controls));
  return performance;
}

Read<void> expect_format(const Node& root) {
  if (root.json().object() == nullptr)
    return root.fail(Fault::WrongKind, root.json().kind(), "an object");
  const Node format = root.member("format");
  TOCCATA_TRY(const std::string found, format.text());
  if (found != kScoreFormat)
    return format.fail(Fault::OtherFormat, json_quoted(found.substr(0, 60)),
                       json_quoted(kScoreFormat));
  return root.expect_members({"format", "ppq", "end", "title", "tempo", "meter", "pickup", "keys",
                              "sections", "chords", "parts", "performance", "carried",
                              "provenance"});
}

}  // namespace

std::string describe(const ScoreJsonError& error) {
  const std::string where = error.path.empty() ? "" : error.path + ": ";
  const std::string allowed = error.allowed.empty() ? "" : ", only " + error.allowed;
  using Kind = ScoreJsonError::Fault;
  switch (error.fault) {
    case Kind::NotJson: return "not JSON: " + error.found;
    case Kind::OtherFormat: return where + error.found + " cannot be read" + allowed;
    case Kind::Missing:
      return where + "missing" + (error.allowed.empty() ? "" : "; needed is " + error.allowed);
    case Kind::Unknown:
      return where + "no member \"" + error.found + "\" is known; allowed are " + error.allowed;
    case Kind::WrongKind: return where + "found " + error.found + ", needed is " + error.allowed;
    case Kind::OutOfRange:
      return where + error.found + (allowed.empty() ? "" : " is not allowed" + allowed);
    case Kind::Contradiction: return where + error.found + allowed;
  }
  return where;
}

Result<ScoreDocument, ScoreJsonError> score_from_json(const Json& json) {
  const Node root(json);
  TOCCATA_CHECK(expect_format(root));
  ScoreDocument document;
  Score& score = document.score;
  TOCCATA_CHECK(read_conductor(root, score));
  TOCCATA_TRY(score.parts, read_parts(root.member("parts")));
  const Node end = root.member("end");
  TOCCATA_TRY(const auto ticks, end.whole_or(kTickRange, end_of_notes(score).ticks()));
  score.end = Tick(ticks);
  if (const Node performance = root.member("performance"); performance.exists()) {
    TOCCATA_TRY(document.performance, read_performance(performance, score));
  }
  TOCCATA_TRY(score.carried, root.member("carried").items<CarriedEvent>(read_carried));
  TOCCATA_TRY(score.provenance, root.member("provenance").items<Provenance>(read_provenance));
  if (auto broken = validate(score)) return root.fail(Fault::Contradiction, *broken, {});
  return document;
}

Result<ScoreDocument, ScoreJsonError> read_score_json(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return Unexpected{ScoreJsonError{Fault::NotJson, {}, describe(json.error()), {}}};
  return score_from_json(*json);
}

}  // namespace toccata
