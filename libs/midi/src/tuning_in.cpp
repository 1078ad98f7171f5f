// SPDX-License-Identifier: MIT
#include "tuning_in.hpp"

#include "bends.hpp"

#include <algorithm>

namespace toccata::midi {
namespace {

constexpr double kUsualRangeCents = 100.0 * kUsualBendRange;
constexpr double kMpeRangeCents = 100.0 * kWidestBendRange;

/// Follows the registered parameters of one channel.
class ParameterState {
 public:
  explicit ParameterState(double range_cents) : range_cents_(range_cents) {}

  /// True when the bend or its range may have changed.
  bool follow(const Event& event) {
    if (event.kind() == status::kPitchBend) {
      bend_ = event.bend();
      return true;
    }
    switch (event.data1) {
      case controller::kRpn: select(event.data2, fine_, true); return false;
      case controller::kRpnFine: select(coarse_, event.data2, true); return false;
      case controller::kNrpn:
      case controller::kNrpnFine: is_registered_ = false; return false;
      case controller::kDataEntry: return enter(event.data2 * 100.0, event.data2);
      case controller::kDataEntryFine:
        if (is_selected(rpn::kBendRange)) range_cents_ = coarse_cents_ + event.data2;
        return is_selected(rpn::kBendRange);
      default: return false;
    }
  }
  BendPoint point(Tick at) const { return {at, bend_, range_cents_}; }
  int tuning_program() const { return tuning_program_; }
  bool has_zone() const { return has_zone_; }
  /// Whether a parameter has been set that this library does not read.
  bool has_foreign() const { return has_foreign_; }

 private:
  void select(int coarse, int fine, bool is_registered) {
    coarse_ = coarse;
    fine_ = fine;
    is_registered_ = is_registered;
  }
  bool is_selected(int number) const { return is_registered_ && coarse_ == 0 && fine_ == number; }
  bool enter(double cents, int value) {
    if (is_selected(rpn::kTuningProgram)) tuning_program_ = value;
    if (is_selected(rpn::kMpeZone) && value > 0) has_zone_ = true;
    const bool is_known = is_selected(rpn::kBendRange) || is_selected(rpn::kTuningProgram) ||
                          is_selected(rpn::kMpeZone);
    has_foreign_ = has_foreign_ || !is_known;
    if (!is_selected(rpn::kBendRange)) return false;
    range_cents_ = coarse_cents_ = cents;
    return true;
  }

  int bend_ = 0;
  double range_cents_;
  double coarse_cents_ = kUsualRangeCents;
  int coarse_ = rpn::kNone, fine_ = rpn::kNone;
  bool is_registered_ = false;
  int tuning_program_ = 0;
  bool has_zone_ = false;
  bool has_foreign_ = false;
};

struct NoteRef {
  std::uint32_t track;
  std::uint32_t note;
};

/// What happens on one channel: of the whole file, or of one track where tracks are pieces.
struct ChannelView {
  std::vector<NoteRef> notes;  ///< by onset
  std::vector<EventRef> events;
};

class TuningReader {
 public:
  TuningReader(const File& file, const FileScan& scan) : file_(file), scan_(scan) {
    tuning_.notes.resize(file.tracks.size());
    tuning_.understood.resize(file.tracks.size());
    tuning_.detuned.resize(file.tracks.size());
    tuning_.has_zone.resize(file.tracks.size());
  }
  FileTuning run();

 private:
  void read_channels(std::optional<std::uint32_t> track);
  void read_channel(int channel, const ChannelView& view, bool has_zones);
  bool tune(const ChannelView& view, const std::vector<BendPoint>& points);
  bool tune_held(const ChannelView& view, std::size_t first, std::span<const BendPoint> inside,
                 const BendPoint& before);
  void retune(const ChannelView& view);
  void mark(int channel, const ChannelView& view, bool is_understood);
  const RawNote& raw(NoteRef ref) const { return scan_.tracks[ref.track].notes[ref.note]; }
  Tuning& tuning_of(NoteRef ref);
  ChannelView view_of(int channel, std::optional<std::uint32_t> track) const;
  bool survey(std::optional<std::uint32_t> track);

  const File& file_;
  const FileScan& scan_;
  FileTuning tuning_;
};

Tuning& TuningReader::tuning_of(NoteRef ref) {
  auto& notes = tuning_.notes[ref.track];
  if (notes.empty()) notes.resize(scan_.tracks[ref.track].notes.size());
  return notes[ref.note];
}

ChannelView TuningReader::view_of(int channel, std::optional<std::uint32_t> track) const {
  ChannelView view;
  for (std::uint32_t t = 0; t < scan_.tracks.size(); ++t) {
    if (track && t != *track) continue;
    const auto& notes = scan_.tracks[t].notes;
    for (std::uint32_t n = 0; n < notes.size(); ++n)
      if (notes[n].channel == channel) view.notes.push_back({t, n});
  }
  std::ranges::stable_sort(view.notes, {}, [&](NoteRef ref) { return raw(ref).on; });
  for (EventRef ref : scan_.tuning)
    if ((!track || ref.track == *track) && event_of(file_, ref).channel() == channel)
      view.events.push_back(ref);
  return view;
}

/// Whether bends that change under a note are a glide as the writer of this library writes one.
bool is_glide(std::span<const BendPoint> inside, const BendPoint& before, Tick onset) {
  const Duration over = inside.back().at - onset;
  std::vector<BendStep> steps = glide_steps(before.bend, inside.back().bend, over);
  std::vector<BendStep> changes;
  int now = before.bend;
  for (const BendStep& step : steps) {
    if (step.bend != now) changes.push_back(step);
    now = step.bend;
  }
  return std::ranges::equal(changes, inside, [&](const BendStep& step, const BendPoint& point) {
    return onset + step.after == point.at && step.bend == point.bend &&
           point.range_cents == before.range_cents;
  });
}

/// Tunes a note that bends change under; false when they are no glide that only this note is under.
bool TuningReader::tune_held(const ChannelView& view, std::size_t first,
                             std::span<const BendPoint> inside, const BendPoint& before) {
  const RawNote& note = raw(view.notes[first]);
  const bool is_alone =
      first + 1 == view.notes.size() || raw(view.notes[first + 1]).on >= inside.back().at;
  if (!is_alone || !is_glide(inside, before, note.on)) return false;
  const Cents arrived(inside.back().cents());
  tuning_of(view.notes[first]) = {
      arrived, Glide{Cents(before.cents()) - arrived, inside.back().at - note.on}};
  return true;
}

/// False when a bend changes under a note and is no glide.
bool TuningReader::tune(const ChannelView& view, const std::vector<BendPoint>& points) {
  auto point = points.begin();  // in force at the onset
  Tick sounding_until;
  for (std::size_t i = 0; i < view.notes.size(); ++i) {
    const RawNote& note = raw(view.notes[i]);
    while (point + 1 != points.end() && (point + 1)->at <= note.on) ++point;
    auto after = point + 1;
    while (after != points.end() && after->at < note.off) ++after;
    const bool others_sound = after != point + 1 && sounding_until > (point + 1)->at;
    sounding_until = std::max(sounding_until, note.off);
    if (after == point + 1) {
      if (point->cents() != 0) tuning_of(view.notes[i]).detune = Cents(point->cents());
      continue;
    }
    if (others_sound || !tune_held(view, i, {point + 1, after}, *point)) return false;
    point = after - 1;
  }
  return true;
}

/// Single-note tuning: [device, 8, 2, program, count, {key, key', fraction high, low} ...].
void TuningReader::retune(const ChannelView& view) {
  ParameterState state(kUsualRangeCents);
  std::vector<double> cents(std::size_t{128} * 128, 0.0);  // of each program and key
  auto message = scan_.retunings.begin();
  auto event = view.events.begin();
  for (NoteRef ref : view.notes) {
    const RawNote& note = raw(ref);
    for (; event != view.events.end() && tick_of(file_, scan_, *event) <= note.on; ++event)
      state.follow(event_of(file_, *event));
    for (; message != scan_.retunings.end() && tick_of(file_, scan_, *message) <= note.on;
         ++message) {
      const ByteView bytes = payload_of(file_, *message);
      for (std::size_t i = 6; i + 4 < bytes.size(); i += 4) {
        const double semitones = bytes[i + 1] + (bytes[i + 2] * 128 + bytes[i + 3]) / 16384.0;
        cents[std::size_t{128} * (bytes[4] & 0x7F) + (bytes[i] & 0x7F)] =
            100.0 * (semitones - bytes[i]);
      }
    }
    const double detune =
        cents[std::size_t{128} * static_cast<std::size_t>(state.tuning_program()) + note.pitch];
    if (detune == 0) continue;
    Tuning& tuning = tuning_of(ref);
    tuning.detune = tuning.detune + Cents(detune);
  }
}

void TuningReader::mark(int channel, const ChannelView& view, bool is_understood) {
  const auto bit = static_cast<std::uint16_t>(1 << channel);
  if (!is_understood) {
    for (NoteRef ref : view.notes)
      if (!tuning_.notes[ref.track].empty()) tuning_of(ref) = {};
    return;
  }
  for (EventRef ref : view.events) tuning_.understood[ref.track] |= bit;
  for (NoteRef ref : view.notes) {
    tuning_.understood[ref.track] |= bit;
    if (tuning_.notes[ref.track].empty()) continue;
    const Tuning& tuning = tuning_of(ref);
    if (tuning.detune != Cents() || tuning.glide) tuning_.detuned[ref.track] |= bit;
  }
}

void TuningReader::read_channel(int channel, const ChannelView& view, bool has_zones) {
  if (view.notes.empty()) return;
  const bool is_member = has_zones && channel != 0 && channel != 15;
  const bool understood =
      tune(view, bend_points(file_, scan_, view.events,
                             is_member ? kMpeRangeCents : kUsualRangeCents, Redundant::Drop));
  if (understood && !scan_.retunings.empty()) retune(view);
  mark(channel, view, understood);
}

/// Notes which channels set parameters that are none of ours. True when one declares a zone.
bool TuningReader::survey(std::optional<std::uint32_t> track) {
  std::vector<ParameterState> states(16, ParameterState(kUsualRangeCents));
  bool any = false;
  for (EventRef ref : scan_.tuning) {
    if (track && ref.track != *track) continue;
    const Event& event = event_of(file_, ref);
    ParameterState& state = states[static_cast<std::size_t>(event.channel())];
    const bool had = state.has_zone();
    state.follow(event);
    if (state.has_foreign()) tuning_.foreign |= static_cast<std::uint16_t>(1 << event.channel());
    if (state.has_zone() == had) continue;
    tuning_.has_zone[ref.track] = any = true;
  }
  return any;
}

void TuningReader::read_channels(std::optional<std::uint32_t> track) {
  const bool has_zones = survey(track);
  for (int channel = 0; channel < 16; ++channel)
    if (channel != kDrumChannel.number()) read_channel(channel, view_of(channel, track), has_zones);
}

FileTuning TuningReader::run() {
  if (scan_.tuning.empty() && scan_.retunings.empty()) return std::move(tuning_);
  if (file_.format != Format::Sequential) {
    read_channels(std::nullopt);
  } else {
    for (std::uint32_t t = 0; t < file_.tracks.size(); ++t) read_channels(t);
  }
  return std::move(tuning_);
}

}  // namespace

std::vector<BendPoint> bend_points(const File& file, const FileScan& scan,
                                   std::span<const EventRef> events, double range_cents,
                                   Redundant redundant) {
  ParameterState state(range_cents);
  std::vector<BendPoint> points{state.point(Tick(0))};
  for (EventRef ref : events) {
    if (!state.follow(event_of(file, ref))) continue;
    const BendPoint point = state.point(tick_of(file, scan, ref));
    if (points.back().at == point.at) points.pop_back();
    const bool changes = points.empty() || points.back().cents() != point.cents();
    if (changes || redundant == Redundant::Keep) points.push_back(point);
  }
  return points;
}

FileTuning read_tuning(const File& file, const FileScan& scan) {
  return TuningReader(file, scan).run();
}

bool is_understood(const FileTuning& tuning, std::uint32_t track, const Event& event) {
  if (!event.is_channel_message()) return false;
  const int bit = 1 << event.channel();
  if ((tuning.understood[track] & bit) == 0) return false;
  if (event.kind() == status::kPitchBend) return true;
  if (event.kind() != status::kControl || (tuning.foreign & bit) != 0) return false;
  return event.data1 == controller::kRpn || event.data1 == controller::kRpnFine ||
         event.data1 == controller::kDataEntry || event.data1 == controller::kDataEntryFine;
}

}  // namespace toccata::midi
