// SPDX-License-Identifier: MIT
#include "track_reader.hpp"

#include <algorithm>

namespace toccata::midi {
namespace {

/// Payload sizes that are laid down; none for types of free length.
std::optional<std::size_t> fixed_size(std::uint8_t type) {
  switch (type) {
    case meta::kChannelPrefix:
    case meta::kPort: return 1;
    case meta::kEndOfTrack: return 0;
    case meta::kTempo: return 3;
    case meta::kSmpteOffset: return 5;
    case meta::kMeter: return 4;
    case meta::kKey: return 2;
    default: return std::nullopt;
  }
}

bool is_key(ByteView payload) {
  const int sharps = static_cast<std::int8_t>(payload[0]);
  return sharps >= -7 && sharps <= 7 && payload[1] <= 1;
}

/// Hours with the frame rate in bits 5 and 6, minutes, seconds, frames, hundredths of a frame.
bool is_film_time(ByteView payload) {
  return (payload[0] & 0x80) == 0 && (payload[0] & 0x1F) < 24 && payload[1] < 60 &&
         payload[2] < 60 && payload[3] < 30 && payload[4] < 100;
}

bool has_sound_value(std::uint8_t type, ByteView payload) {
  if (type == meta::kKey) return is_key(payload);
  if (type == meta::kSmpteOffset) return is_film_time(payload);
  return true;
}

/// Data bytes of the system messages that a file may not hold.
std::size_t data_bytes_of_system(std::uint8_t status) {
  if (status == 0xF2) return 2;
  return status == 0xF1 || status == 0xF3 ? 1 : 0;
}

}  // namespace

bool is_chunk_border(ByteView file, std::size_t offset) {
  if (offset >= file.size()) return true;
  ByteReader reader(file.subspan(offset));
  const auto type = reader.take(4);
  const auto size = reader.u32();
  if (!type || !size) return false;
  if (as_text(*type) == "MTrk") return true;
  const bool is_name =
      std::ranges::all_of(*type, [](std::uint8_t b) { return b >= ' ' && b < 127; });
  return is_name && *size <= reader.left();
}

bool TrackReader::read() {
  if (limit_ > file_.size()) {
    if (!tolerate(Fault::TrackTooLong, span_.begin - 4)) return false;
    limit_ = file_.size();
  }
  track_.reserve((limit_ - at_) / 4);
  Step step = Step::Next;
  while (step == Step::Next) {
    read_plain_messages();
    step = read_event();
  }
  return step == Step::End && finish();
}

bool TrackReader::extend() {
  if (!log_.is_lenient() || is_chunk_border(file_, limit_)) return false;
  log_.tolerate({Fault::TrackTooShort, span_.begin - 4, span_.track});
  limit_ = file_.size();
  return true;
}

bool TrackReader::has_more(Fault fault, std::size_t fault_at) {
  if (at_ < limit_ || extend()) return true;
  const bool is_cut = fault == Fault::TruncatedEvent && limit_ < file_.size();
  stop_ = tolerate(is_cut ? Fault::TrackTooShort : fault, fault_at) ? Step::End : Step::Failed;
  return false;
}

std::optional<std::uint32_t> TrackReader::read_number() {
  std::uint32_t value = 0;
  const std::size_t begin = at_;
  for (int i = 0; i < 4; ++i) {
    if (at_ >= limit_ && !has_more(Fault::TruncatedEvent, begin)) return std::nullopt;
    const std::uint8_t byte = file_[at_++];
    value = value << 7 | (byte & 0x7F);
    if ((byte & 0x80) == 0) return value;
  }
  if (tolerate(Fault::LongNumber, begin)) return value;
  stop_ = Step::Failed;
  return std::nullopt;
}

std::optional<std::uint8_t> TrackReader::read_data_byte() {
  if (at_ >= limit_ && !has_more(Fault::TruncatedEvent, at_)) return std::nullopt;
  const std::uint8_t byte = file_[at_++];
  if (byte < 0x80) return byte;
  if (tolerate(Fault::DataByteTooLarge, at_ - 1, byte)) return std::uint8_t{127};
  stop_ = Step::Failed;
  return std::nullopt;
}

void TrackReader::read_plain_messages() {
  constexpr std::size_t kLongest = 5;  // two bytes of delta time, status, two data bytes
  std::size_t at = at_;
  std::int64_t now = now_.ticks();
  std::uint8_t running = running_;
  for (; limit_ - at >= kLongest; at_ = at) {
    // Branches on what alternates from event to event would be mispredicted: these are selections.
    const std::uint8_t first = file_[at], second = file_[at + 1];
    const bool is_long = (first & 0x80) != 0;
    if (is_long && (second & 0x80) != 0) break;
    const std::uint32_t delta = is_long ? (first & 0x7Fu) << 7 | second : first;
    at += is_long ? 2 : 1;
    const std::uint8_t byte = file_[at];
    const bool has_status = (byte & 0x80) != 0;
    const std::uint8_t status = has_status ? byte : running;
    at += has_status ? 1 : 0;
    if (status < status::kNoteOff || status >= status::kSysEx) break;
    const bool has_one = (status & 0xE0) == 0xC0;  // program or channel pressure
    const std::uint8_t data1 = file_[at], data2 = has_one ? std::uint8_t{0} : file_[at + 1];
    if (((data1 | data2) & 0x80) != 0) break;
    at += has_one ? 1 : 2;
    now += delta;
    running = status;
    track_.add(Tick(now), status, data1, data2);
  }
  now_ = Tick(now);
  running_ = running;
}

TrackReader::Step TrackReader::read_event() {
  if (at_ >= limit_ && !has_more(Fault::MissingEndOfTrack, at_)) return stop_;
  const auto delta = read_number();
  if (!delta) return stop_;
  const Tick at = now_ + Duration(*delta);
  if (at_ >= limit_ && !has_more(Fault::TruncatedEvent, at_)) return stop_;
  now_ = at;
  const std::uint8_t byte = file_[at_];
  if (byte < 0x80) return running_ != 0 ? read_channel_message(running_) : read_orphan(at_);
  ++at_;
  if (byte < status::kSysEx) return read_channel_message(byte);
  if (byte == status::kMeta || byte == status::kSysEx || byte == status::kEscape)
    return read_payload_event(byte);
  return skip_illegal(at_ - 1, byte);
}

TrackReader::Step TrackReader::read_channel_message(std::uint8_t status) {
  running_ = status;
  const bool has_one = (status & 0xE0) == 0xC0;  // program or channel pressure
  const std::size_t size = has_one ? 1 : 2;
  if (limit_ - at_ >= size) {
    const std::uint8_t data1 = file_[at_], data2 = has_one ? std::uint8_t{0} : file_[at_ + 1];
    if ((data1 | data2) < 0x80) {
      at_ += size;
      track_.add(now_, status, data1, data2);
      return Step::Next;
    }
  }
  const auto data1 = read_data_byte();
  if (!data1) return stop_;
  const auto data2 = has_one ? std::optional<std::uint8_t>{std::uint8_t{0}} : read_data_byte();
  if (!data2) return stop_;
  track_.add(now_, status, *data1, *data2);
  return Step::Next;
}

TrackReader::Step TrackReader::read_orphan(std::size_t event_at) {
  if (!tolerate(Fault::OrphanRunningStatus, event_at, file_[event_at])) return Step::Failed;
  while (at_ < limit_ && file_[at_] < 0x80) ++at_;
  if (at_ >= limit_) return Step::Next;
  const std::uint8_t byte = file_[at_++];  // what follows belongs to the delta time read already
  if (byte < status::kSysEx) return read_channel_message(byte);
  if (byte == status::kMeta || byte == status::kSysEx || byte == status::kEscape)
    return read_payload_event(byte);
  return skip_illegal(at_ - 1, byte);
}

TrackReader::Step TrackReader::skip_illegal(std::size_t event_at, std::uint8_t status) {
  if (!tolerate(Fault::StatusNotAllowed, event_at, status)) return Step::Failed;
  at_ = std::min(limit_, at_ + data_bytes_of_system(status));
  return Step::Next;
}

TrackReader::Step TrackReader::read_payload_event(std::uint8_t status) {
  const std::size_t event_at = at_ - 1;
  std::uint8_t type = 0;
  if (status == status::kMeta) {
    if (at_ >= limit_ && !has_more(Fault::TruncatedEvent, event_at)) return stop_;
    type = file_[at_++];
  }
  const auto size = read_number();
  if (!size) return stop_;
  if (*size > limit_ - at_ && (!extend() || *size > limit_ - at_)) {
    const bool is_cut = limit_ < file_.size();
    const Fault fault = is_cut ? Fault::TrackTooShort : Fault::TruncatedEvent;
    if (!tolerate(fault, event_at, *size)) return Step::Failed;
    at_ = limit_;
    return Step::End;
  }
  const ByteView payload = file_.subspan(at_, *size);
  at_ += *size;
  if (status == status::kMeta) return read_meta(event_at, type, payload);
  track_.add_sysex(now_, status, payload);
  return Step::Next;
}

TrackReader::Step TrackReader::read_meta(std::size_t event_at, std::uint8_t type,
                                         ByteView payload) {
  if (type >= 0x80) return tolerate(Fault::BadMetaType, event_at, type) ? Step::Next : Step::Failed;
  const auto size = fixed_size(type);
  if (size && payload.size() != *size) {
    if (!tolerate(Fault::BadMetaLength, event_at, type)) return Step::Failed;
    return type == meta::kEndOfTrack ? Step::End : Step::Next;
  }
  if (type == meta::kEndOfTrack) return Step::End;
  if (!has_sound_value(type, payload))
    return tolerate(Fault::BadMetaValue, event_at, type) ? Step::Next : Step::Failed;
  track_.add_meta(now_, type, payload);
  return Step::Next;
}

bool TrackReader::finish() {
  track_.set_end(now_);
  if (at_ >= span_.claimed_end || at_ >= file_.size()) return true;
  if (!tolerate(Fault::BytesAfterEndOfTrack, at_)) return false;
  // A claimed end that is a border is believed; else the next track begins where this one ended.
  if (is_chunk_border(file_, span_.claimed_end) || !is_chunk_border(file_, at_))
    at_ = std::min(span_.claimed_end, file_.size());
  return true;
}

}  // namespace toccata::midi
