// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/midi/file.hpp>

namespace toccata::midi {

std::optional<Division> Division::from_word(std::uint16_t word) {
  const Division division(word);
  if (!division.is_smpte()) return word == 0 ? std::nullopt : std::optional(division);
  constexpr std::array kFrameRates{24, 25, 29, 30};
  const bool known = std::ranges::find(kFrameRates, division.frames()) != kFrameRates.end();
  return known && division.ticks_per_frame() > 0 ? std::optional(division) : std::nullopt;
}

Ppq Division::ppq() const { return Ppq::from_number(word_).value_or(kComposedPpq); }

void Track::add_with_payload(Tick at, std::uint8_t status, std::uint8_t type, ByteView bytes) {
  events_.push_back({at, static_cast<std::uint32_t>(pool_.size()), status, type, 0});
  if (end_ < at) end_ = at;
  append_u32(pool_, static_cast<std::uint32_t>(bytes.size()));
  pool_.insert(pool_.end(), bytes.begin(), bytes.end());
}

void Track::add_copy_with_payload(const Event& event, const Track& from, Tick at) {
  if (&from == this) {
    const Event own = event;
    const Bytes bytes(payload(own).begin(), payload(own).end());
    add_with_payload(at, own.status, own.data1, bytes);
  } else {
    add_with_payload(at, event.status, event.data1, from.payload(event));
  }
}

bool operator==(const Track& a, const Track& b) {
  if (a.end_ != b.end_) return false;
  return std::ranges::equal(a.events_, b.events_, [&](const Event& x, const Event& y) {
    return x.at == y.at && x.status == y.status && x.data1 == y.data1 && x.data2 == y.data2 &&
           std::ranges::equal(a.payload(x), b.payload(y));
  });
}

std::optional<Tempo> find_tempo(ByteView payload) {
  if (payload.size() != 3) return std::nullopt;
  const auto tempo =
      Tempo::from_micros_per_quarter(payload[0] << 16 | payload[1] << 8 | payload[2]);
  return tempo ? std::optional(*tempo) : std::nullopt;
}

std::size_t count_notes(const File& file) {
  std::size_t count = 0;
  for (const Track& track : file.tracks)
    count += static_cast<std::size_t>(std::ranges::count_if(
        track.events(), [](const Event& e) { return e.is_channel_message() && e.is_note_on(); }));
  return count;
}

}  // namespace toccata::midi
