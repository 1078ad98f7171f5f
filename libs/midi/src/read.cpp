// SPDX-License-Identifier: MIT
#include "track_reader.hpp"

#include <algorithm>

#include <toccata/midi/read.hpp>

namespace toccata::midi {
namespace {

constexpr std::size_t kLargestLeadIn = 1 << 16;  ///< where a header is looked for, leniently
constexpr std::uint32_t kMostTracks = 0xFFFF;    ///< that a header can say

struct Header {
  std::uint32_t size;
  std::uint16_t format;
  std::uint16_t tracks;
  std::uint16_t division;
};

/// What a RIFF file of type RMID wraps, or the bytes as they are (RP-29 of the MMA).
struct Wrapped {
  std::size_t begin;
  ByteView bytes;  ///< of the whole input up to the wrapped file's end
};
Wrapped unwrap(ByteView bytes) {
  const bool is_riff = bytes.size() >= 20 && as_text(bytes.first(4)) == "RIFF" &&
                       as_text(bytes.subspan(8, 8)) == "RMIDdata";
  if (!is_riff) return {0, bytes};
  std::size_t size = 0;  // little-endian
  for (std::size_t i = 0; i < 4; ++i) size |= static_cast<std::size_t>(bytes[16 + i]) << (8 * i);
  return {20, bytes.first(20 + std::min(size, bytes.size() - 20))};
}

class FileReader {
 public:
  FileReader(Wrapped input, Repair repair)
      : bytes_(input.bytes),
        begin_(input.begin),
        reader_(input.bytes),
        log_(repair, read_.repairs) {}

  Result<ReadFile, ReadError> read() {
    const bool done = find_header() && read_header() && read_chunks() && check_tracks();
    if (!done) return Unexpected{*(fatal_ ? fatal_ : log_.error())};
    return std::move(read_);
  }

 private:
  bool find_header();
  bool read_header();
  bool read_chunks();
  bool read_track(std::uint32_t size);
  bool read_other(ByteView type, std::uint32_t size);
  bool check_tracks();
  bool fail(Fault fault, std::size_t offset) {
    fatal_ = ReadError{fault, offset, std::nullopt};
    return false;
  }
  bool tolerate(Fault fault, std::size_t offset, std::uint32_t found) {
    return log_.tolerate({fault, offset, std::nullopt, found});
  }

  ByteView bytes_;
  std::size_t begin_;
  ByteReader reader_;
  ReadFile read_;
  FaultLog log_;
  std::optional<ReadError> fatal_;
  std::size_t tracks_claimed_ = 0;
};

bool FileReader::find_header() {
  const std::string_view text = as_text(bytes_);
  if (text.substr(begin_, 4) == "MThd") {
    reader_.seek(begin_ + 4);
    return true;
  }
  const std::size_t at = text.substr(0, begin_ + kLargestLeadIn).find("MThd", begin_);
  if (!log_.is_lenient() || at == std::string_view::npos) return fail(Fault::NotMidi, begin_);
  reader_.seek(at + 4);
  return tolerate(Fault::LeadingBytes, begin_, static_cast<std::uint32_t>(at - begin_));
}

bool FileReader::read_header() {
  const std::size_t at = reader_.offset() - 4;
  const auto size = reader_.u32();
  if (!size || *size < 6 || reader_.left() < *size) return fail(Fault::TruncatedHeader, at);
  const auto format = *reader_.u16(), tracks = *reader_.u16(), word = *reader_.u16();
  const ByteView rest = *reader_.take(*size - 6);
  File& file = read_.file;
  file.header_rest.assign(rest.begin(), rest.end());
  tracks_claimed_ = tracks;
  if (format > 2 && !tolerate(Fault::UnknownFormat, at + 8, format)) return false;
  file.format = format > 2 ? Format::Simultaneous : static_cast<Format>(format);
  const auto division = Division::from_word(word);
  if (!division && !tolerate(Fault::BadDivision, at + 12, word)) return false;
  file.division = division.value_or(Division(kComposedPpq));
  return true;
}

bool FileReader::read_chunks() {
  while (!reader_.at_end()) {
    const std::size_t at = reader_.offset();
    const auto type = reader_.take(4);
    const auto size = reader_.u32();
    const bool is_track = type && size && as_text(*type) == "MTrk";
    if (!is_track && (!size || *size > reader_.left())) {  // no chunk: bytes that trail
      reader_.seek(at);
      const ByteView rest = *reader_.take(reader_.left());
      read_.file.trailing.assign(rest.begin(), rest.end());
      return true;
    }
    if (is_track ? !read_track(*size) : !read_other(*type, *size)) return false;
  }
  return true;
}

bool FileReader::read_track(std::uint32_t size) {
  const std::size_t begin = reader_.offset();
  auto& tracks = read_.file.tracks;
  const int index = static_cast<int>(tracks.size());
  if (tracks.size() >= kMostTracks) {
    reader_.seek(begin + std::min<std::size_t>(size, reader_.left()));
    return tolerate(Fault::TooManyTracks, begin - 8, kMostTracks + 1);
  }
  TrackReader track(bytes_, {begin, begin + size, index}, log_);
  if (!track.read()) return false;
  tracks.push_back(track.take());
  reader_.seek(track.offset());
  return true;
}

bool FileReader::read_other(ByteView type, std::uint32_t size) {
  OtherChunk chunk{read_.file.tracks.size(), {}, {}};
  std::ranges::copy(type, chunk.type.begin());
  const ByteView content = *reader_.take(size);
  chunk.content.assign(content.begin(), content.end());
  read_.file.other_chunks.push_back(std::move(chunk));
  return true;
}

bool FileReader::check_tracks() {
  File& file = read_.file;
  const std::size_t found = file.tracks.size();
  const auto number = static_cast<std::uint32_t>(found);
  const bool is_crowded = file.format == Format::SingleTrack && found > 1;
  if (found < tracks_claimed_ && !tolerate(Fault::TooFewTracks, begin_ + 10, number)) return false;
  if (found <= tracks_claimed_ && !is_crowded) return true;
  if (!tolerate(Fault::TooManyTracks, begin_ + 10, number)) return false;
  if (is_crowded) file.format = Format::Simultaneous;
  return true;
}

}  // namespace

Result<ReadFile, ReadError> read_midi(ByteView bytes, Repair repair) {
  return FileReader(unwrap(bytes), repair).read();
}

}  // namespace toccata::midi
