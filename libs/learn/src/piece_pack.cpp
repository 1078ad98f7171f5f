// SPDX-License-Identifier: MIT
#include <toccata/learn/piece_pack.hpp>

#include <cmath>
#include <limits>
#include <mutex>
#include <optional>

#include <fmt/format.h>

#include <toccata/base/json.hpp>
#include <toccata/text/score_json.hpp>

#include "packed_bytes.hpp"
#include "workers.hpp"

namespace toccata::learn {
namespace {

constexpr double kPerSecond = 1e6;
constexpr std::int64_t kLatest = std::int64_t{1} << 40;  ///< microseconds: twelve days

std::int64_t whole_of(double seconds) {
  return static_cast<std::int64_t>(std::floor(seconds * kPerSecond + 0.5));
}

void append_sized(Bytes& out, std::string_view text) {
  append_u32(out, static_cast<std::uint32_t>(text.size()));
  append_text(out, text);
}

/// Velocities, then onsets, then lengths: like beside like is what compresses.
void append_performance(Bytes& out, const AlignedPerformance& played) {
  for (const float velocity : played.velocities)
    out.push_back(static_cast<std::uint8_t>(std::isnan(velocity) ? 0 : velocity));
  std::int64_t before = 0;
  const auto append_next = [&](double seconds) {
    append_whole(out, whole_of(seconds) - before);
    before = whole_of(seconds);
  };
  for (const double onset : played.times.onset)
    if (!std::isnan(onset)) append_next(onset);
  for (std::size_t i = 0; i < played.times.onset.size(); ++i)
    if (!std::isnan(played.times.onset[i]))
      append_whole(out, whole_of(played.times.end[i]) - whole_of(played.times.onset[i]));
  before = 0;
  for (const PlayedBeat& beat : played.times.beats) append_next(beat.quarter);
  before = 0;
  for (const PlayedBeat& beat : played.times.beats) append_next(beat.seconds);
  before = 0;
  for (const PedalChange& change : played.pedal) append_next(change.at);
  for (const PedalChange& change : played.pedal)
    out.push_back(static_cast<std::uint8_t>(change.value));
}

Bytes bytes_of(const PreparedSet::Piece& entry) {
  const AlignedPiece& piece = entry.prepared->piece;
  Json head;
  head.add("form", entry.form == Form::Page ? "page" : "midi");
  head.add("composition", piece.composition);
  if (piece.split) head.add("split", std::string(name_of(*piece.split)));
  head.add("score", piece.score_file);
  Json performances = Json::Array{};
  for (const AlignedPerformance& played : piece.performances)
    performances.push(Json::Object{{"file", played.file},
                                   {"insertions", static_cast<std::int64_t>(played.insertions)},
                                   {"beats", static_cast<std::int64_t>(played.times.beats.size())},
                                   {"pedal", static_cast<std::int64_t>(played.pedal.size())}});
  head.add("performances", std::move(performances));
  ScoreDocument document{*piece.score, {}};
  if (piece.written) document.performance = *piece.written;
  Bytes out;
  append_sized(out, to_text(head, JsonLayout::Compact));
  append_sized(out, write_score_json(document));
  for (const AlignedPerformance& played : piece.performances) append_performance(out, played);
  return out;
}

/// Walks over the bytes of one piece.
class Walk {
 public:
  using Fault = std::string;

  explicit Walk(ByteView bytes) : reader_(bytes) {}

  Result<PreparedSet::Piece, Fault> read() {
    TOCCATA_TRY(const std::string_view head_text, take_text());
    const auto head = parse_json(head_text);
    if (!head || head->object() == nullptr) return fail("has no heading");
    TOCCATA_TRY(AlignedPiece piece, read_score(*head));
    const std::string form = text_in(*head, "form");
    if (form != "page" && form != "midi") return fail("has neither form, page nor midi");
    const Json* performances = head->find("performances");
    if (performances == nullptr || performances->array() == nullptr)
      return fail("names no performances");
    for (const Json& entry : *performances->array()) {
      TOCCATA_TRY(AlignedPerformance played, read_performance(entry, *piece.order));
      piece.performances.push_back(std::move(played));
    }
    if (!reader_.at_end()) return fail("goes on beyond its end");
    return PreparedSet::Piece{form == "page" ? Form::Page : Form::Midi,
                              std::make_unique<const PreparedPiece>(std::move(piece))};
  }

 private:
  static Unexpected<Fault> fail(std::string what) { return Unexpected{std::move(what)}; }

  static std::string text_in(const Json& json, std::string_view name) {
    const Json* value = json.find(name);
    return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
  }

  Result<std::string_view, Fault> take_text() {
    const auto size = reader_.u32();
    const auto bytes = size ? reader_.take(*size) : std::nullopt;
    if (!bytes) return fail("ends too early");
    return as_text(*bytes);
  }

  Result<AlignedPiece, Fault> read_score(const Json& head) {
    TOCCATA_TRY(const std::string_view text, take_text());
    auto document = read_score_json(text);
    if (!document) return fail("its score: " + describe(document.error()));
    AlignedPiece piece{text_in(head, "composition"),
                       find_split(text_in(head, "split")),
                       text_in(head, "score"),
                       nullptr,
                       nullptr,
                       nullptr,
                       {}};
    piece.score = std::make_unique<const Score>(std::move(document->score));
    if (document->performance)
      piece.written = std::make_unique<const Performance>(*std::move(document->performance));
    piece.order = std::make_unique<const PlayingOrder>(*piece.score);
    return piece;
  }

  Result<AlignedPerformance, Fault> read_performance(const Json& entry, const PlayingOrder& order) {
    const auto count_in = [&](const char* name) -> std::size_t {
      const Json* value = entry.find(name);
      const auto* number = value == nullptr ? nullptr : value->integer();
      return number == nullptr || *number < 0 ? 0 : static_cast<std::size_t>(*number);
    };
    constexpr double kNotPlayed = std::numeric_limits<double>::quiet_NaN();
    const std::size_t count = order.notes().size(), changes = count_in("pedal");
    const std::size_t beats = count_in("beats");
    const auto velocities = reader_.take(count);
    if (!velocities || changes > reader_.left() || beats > reader_.left())
      return fail("a performance ends too early");
    AlignedPerformance played{text_in(entry, "file"),
                              {std::vector(count, kNotPlayed), std::vector(count, kNotPlayed), {}},
                              std::vector(count, std::numeric_limits<float>::quiet_NaN()),
                              {},
                              0,
                              count_in("insertions")};
    for (std::size_t i = 0; i < count; ++i) {
      if ((*velocities)[i] == 0) continue;
      if ((*velocities)[i] > 127) return fail("a velocity over 127");
      played.velocities[i] = static_cast<float>((*velocities)[i]);
      ++played.played;
    }
    TOCCATA_CHECK(read_times(played));
    TOCCATA_CHECK(read_beats(played, beats));
    TOCCATA_CHECK(read_pedal(played, changes));
    return played;
  }

  /// A point of time, told from the one before.
  Result<double, Fault> take_next(std::int64_t& before) {
    const auto step = take_whole(reader_);
    if (!step || *step > kLatest || *step < -kLatest || before + *step > kLatest ||
        before + *step < -kLatest)
      return fail("a point of time is missing or too far off");
    before += *step;
    return static_cast<double>(before) / kPerSecond;
  }

  Result<void, Fault> read_times(AlignedPerformance& played) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < played.velocities.size(); ++i) {
      if (std::isnan(played.velocities[i])) continue;
      TOCCATA_TRY(played.times.onset[i], take_next(before));
    }
    for (std::size_t i = 0; i < played.velocities.size(); ++i) {
      if (std::isnan(played.velocities[i])) continue;
      std::int64_t at = whole_of(played.times.onset[i]);
      TOCCATA_TRY(played.times.end[i], take_next(at));
    }
    return {};
  }

  Result<void, Fault> read_beats(AlignedPerformance& played, std::size_t count) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < count; ++i) {
      TOCCATA_TRY(const double quarter, take_next(before));
      played.times.beats.push_back({quarter, 0});
    }
    before = 0;
    for (PlayedBeat& beat : played.times.beats) {
      TOCCATA_TRY(beat.seconds, take_next(before));
    }
    return {};
  }

  Result<void, Fault> read_pedal(AlignedPerformance& played, std::size_t changes) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < changes; ++i) {
      TOCCATA_TRY(const double at, take_next(before));
      played.pedal.push_back({at, 0});
    }
    for (PedalChange& change : played.pedal) {
      const auto value = reader_.u8();
      if (!value || *value > 127) return fail("a pedal's value is missing or over 127");
      change.value = *value;
    }
    return {};
  }

  ByteReader reader_;
};

/// A file's parts, borrowed from it.
struct Parts {
  PackedFrom from;
  struct Packed {
    ByteView bytes;
    std::size_t size;
  };
  std::vector<Packed> pieces;
};

/// Unpacked; an hour of dense music with a hundred performances has a tenth of it.
constexpr std::size_t kMostPieceBytes = std::size_t{64} << 20;

Result<Parts, std::string> split(ByteView bytes) {
  ByteReader reader(bytes);
  const auto format = reader.take(kPiecePackFormat.size());
  if (!format || as_text(*format) != kPiecePackFormat)
    return Unexpected{std::string("is no pack of pieces of this version")};
  Parts parts;
  for (std::string* text : {&parts.from.data, &parts.from.licence}) {
    const auto size = reader.u32();
    const auto content = size ? reader.take(*size) : std::nullopt;
    if (!content) return Unexpected{std::string("ends within its heading")};
    *text = as_text(*content);
  }
  const auto count = reader.u32();
  for (std::uint32_t i = 0; count && i < *count; ++i) {
    const auto size = reader.u32(), whole = reader.u32();
    const auto content = size && whole ? reader.take(*size) : std::nullopt;
    if (!content) return Unexpected{fmt::format("ends within its piece {} of {}", i + 1, *count)};
    if (*whole > kMostPieceBytes)
      return Unexpected{
          fmt::format("its piece {} is too large: {} bytes are claimed, at most {} allowed", i + 1,
                      *whole, kMostPieceBytes)};
    parts.pieces.push_back({*content, *whole});
  }
  if (!count || !reader.at_end())
    return Unexpected{std::string("is longer or shorter than it says")};
  return parts;
}

/// Calls work(i) for each i on all cores, and tells how far it is.
template <class Work>
void for_each_piece(std::size_t count, const Running& running, const Work& work) {
  Workers workers(running.threads);
  std::mutex telling;
  std::size_t done = 0;
  workers.run(count, [&](std::size_t i, std::size_t) {
    if (running.stop.stop_requested()) return;
    work(i);
    const std::lock_guard lock(telling);
    if (running.progress) running.progress(++done, count);
  });
}

}  // namespace

Bytes pack_pieces(const PreparedSet& set, const PackedFrom& from, const Running& running) {
  std::vector<Bytes> packed(set.pieces.size());
  std::vector<std::size_t> sizes(set.pieces.size());
  for_each_piece(packed.size(), running, [&](std::size_t i) {
    const Bytes bytes = bytes_of(set.pieces[i]);
    sizes[i] = bytes.size();
    packed[i] = compressed(bytes);
  });
  Bytes out;
  append_text(out, kPiecePackFormat);
  append_sized(out, from.data);
  append_sized(out, from.licence);
  append_u32(out, static_cast<std::uint32_t>(packed.size()));
  for (std::size_t i = 0; i < packed.size(); ++i) {
    append_u32(out, static_cast<std::uint32_t>(packed[i].size()));
    append_u32(out, static_cast<std::uint32_t>(sizes[i]));
    out.insert(out.end(), packed[i].begin(), packed[i].end());
  }
  return out;
}

Result<PiecePack, DataError> unpack_pieces(ByteView bytes, const std::string& name,
                                           const Running& running) {
  auto parts = split(bytes);
  if (!parts) return Unexpected{DataError{name, parts.error()}};
  std::vector<std::optional<Result<PreparedSet::Piece, std::string>>> read(parts->pieces.size());
  for_each_piece(read.size(), running, [&](std::size_t i) {
    const auto content = decompressed(parts->pieces[i].bytes, parts->pieces[i].size);
    if (content) read[i].emplace(Walk(*content).read());
    else read[i].emplace(Unexpected{content.error()});
  });
  PiecePack pack{std::move(parts->from), {}};
  for (std::size_t i = 0; i < read.size(); ++i) {
    if (!read[i]) return Unexpected{DataError{name, "reading was broken off"}};
    if (!*read[i])
      return Unexpected{DataError{name, fmt::format("its piece {} {}", i + 1, read[i]->error())}};
    pack.set.pieces.push_back(*std::move(*read[i]));
  }
  return pack;
}

}  // namespace toccata::learn
