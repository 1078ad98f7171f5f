// SPDX-License-Identifier: MIT
#include "conductor_in.hpp"

#include <algorithm>
#include <array>

#include <toccata/base/utf8.hpp>
#include <toccata/midi/export.hpp>

namespace toccata::midi {
namespace {

/// Bars are counted up to here (over 600 hours of quarters at 480 a quarter).
constexpr Tick kFarthestBar{1 << 30};

Key key_of(ByteView payload) {
  constexpr std::array kByFifths{Step::F, Step::C, Step::G, Step::D, Step::A, Step::E, Step::B};
  const bool is_minor = payload[1] != 0;
  const int fifths = static_cast<std::int8_t>(payload[0]) + (is_minor ? 4 : 1);  // from F on
  const int letter = ((fifths % 7) + 7) % 7;
  const NoteName tonic{kByFifths[static_cast<std::size_t>(letter)], (fifths - letter) / 7};
  return {tonic, *Scale::find(is_minor ? "minor" : "major")};
}

class ConductorReader {
 public:
  ConductorReader(Score& score, const File& file, std::vector<EventRef>& rest)
      : score_(score), file_(file), rest_(rest) {}

  void add(EventRef ref, Tick at) {
    const Event& event = event_of(file_, ref);
    if (!add(event.data1, payload_of(file_, ref), at)) rest_.push_back(ref);
  }
  void finish(const Resolution& resolution);

 private:
  bool add(std::uint8_t type, ByteView payload, Tick at);
  bool add_tempo(ByteView payload, Tick at);
  bool add_meter(ByteView payload, Tick at);
  bool add_text(std::string_view text, Tick at);
  bool add_key_text(std::string_view text, Tick at);
  void set_key(KeyMark mark);
  MeterMap::Pickup pickup(Ppq ppq) const;

  Score& score_;
  const File& file_;
  std::vector<EventRef>& rest_;
  std::vector<TempoChange> tempi_;
  std::vector<MeterChange> meters_;
};

bool ConductorReader::add(std::uint8_t type, ByteView payload, Tick at) {
  switch (type) {
    case meta::kTempo: return add_tempo(payload, at);
    case meta::kMeter: return add_meter(payload, at);
    case meta::kKey: set_key({at, key_of(payload), {}}); return true;
    case meta::kMarker: {
      const Section section{at, as_utf8(as_text(payload))};
      if (score_.sections.empty() || score_.sections.back() != section)
        score_.sections.push_back(section);
      return true;
    }
    default: return add_text(as_text(payload), at);
  }
}

bool ConductorReader::add_tempo(ByteView payload, Tick at) {
  if (file_.division.is_smpte()) return true;  // film time knows no tempo
  const auto tempo = find_tempo(payload);
  if (tempo) tempi_.push_back({at, *tempo});
  return tempo.has_value();
}

bool ConductorReader::add_meter(ByteView payload, Tick at) {
  if (payload[1] > 7 || at > kFarthestBar) return false;
  const auto meter = Meter::make(payload[0], 1 << payload[1]);
  if (!meter) return false;
  if (!meters_.empty() && meters_.back().at == at) meters_.pop_back();
  meters_.push_back({at, *meter});
  return true;
}

void ConductorReader::set_key(KeyMark mark) {
  auto& keys = score_.keys;
  if (!keys.empty() && keys.back().at == mark.at) keys.pop_back();
  keys.push_back(std::move(mark));
}

bool ConductorReader::add_key_text(std::string_view text, Tick at) {
  constexpr std::string_view kMaqam = "; maqam ";
  const std::size_t maqam = text.find(kMaqam);
  const auto key = parse_key(text.substr(0, maqam));
  if (!key) return false;
  const bool has_maqam = maqam != std::string_view::npos;
  set_key({at, *key, std::string(has_maqam ? text.substr(maqam + kMaqam.size()) : "")});
  return true;
}

bool ConductorReader::add_text(std::string_view text, Tick at) {
  if (text.starts_with(kKeyPrefix)) return add_key_text(text.substr(kKeyPrefix.size()), at);
  if (text.starts_with(kChordPrefix)) {
    const auto chord = parse_chord(text.substr(kChordPrefix.size()));
    if (chord) score_.chords.push_back({at, *chord});
    return chord.has_value();
  }
  auto provenance = parse_provenance(text);
  if (provenance) score_.provenance.push_back(std::move(*provenance));
  return provenance.has_value();
}

/// A first bar that is shorter than the second one and has a meter of its own.
MeterMap::Pickup ConductorReader::pickup(Ppq ppq) const {
  if (meters_.size() < 2 || meters_[0].at != Tick(0)) return MeterMap::Pickup::None;
  const Duration first = meters_[0].meter.bar(ppq), second = meters_[1].meter.bar(ppq);
  const bool is_pickup = first < second && meters_[1].at == Tick(0) + first;
  return is_pickup ? MeterMap::Pickup::FirstBar : MeterMap::Pickup::None;
}

void ConductorReader::finish(const Resolution& resolution) {
  if (resolution.tempo) tempi_ = {{Tick(0), *resolution.tempo}};
  score_.tempo = TempoMap(resolution.ppq, std::move(tempi_));
  const auto first = pickup(resolution.ppq);
  score_.meter = MeterMap(resolution.ppq, std::move(meters_), first);
}

}  // namespace

Resolution resolution_of(Division division) {
  if (!division.is_smpte()) return {division.ppq(), std::nullopt};
  const bool is_drop_frame = division.frames() == 29;  // 30,000 frames in 1,001 seconds
  const int ticks_a_second = (is_drop_frame ? 30 : division.frames()) * division.ticks_per_frame();
  const bool is_even = ticks_a_second % 2 == 0;
  const int micros = (is_even ? 500'000 : 1'000'000) / 1000 * (is_drop_frame ? 1001 : 1000);
  return {*Ppq::from_number(is_even ? ticks_a_second / 2 : ticks_a_second),
          *Tempo::from_micros_per_quarter(micros)};
}

void read_conductor(Score& score, const File& file, const FileScan& scan,
                    std::vector<EventRef>& rest) {
  ConductorReader reader(score, file, rest);
  for (EventRef ref : scan.conductor) reader.add(ref, tick_of(file, scan, ref));
  reader.finish(resolution_of(file.division));
}

Tick end_of_bars(const MeterMap& meter, const Extent& extent) {
  const Tick last_end = extent.last_end;
  if (last_end > kFarthestBar) return last_end;
  const Tick end = meter.end_of(meter.bar_at(extent.last_onset));
  if (last_end <= end) return end;
  if (const auto told = extent.conductor_end; told && *told >= end && *told < last_end)
    if (meter.onset_of(meter.bar_at(*told)) == *told) return *told;
  const Bar last = meter.bar_at(last_end - Duration(1));
  const Duration bar = meter.end_of(last) - meter.onset_of(last);
  const bool is_tail = (last_end - meter.onset_of(last)) * 4 <= bar;
  return is_tail ? meter.onset_of(last) : meter.end_of(last);
}

}  // namespace toccata::midi
