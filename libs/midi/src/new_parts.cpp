// SPDX-License-Identifier: MIT
#include "new_parts.hpp"

#include <algorithm>

namespace toccata::midi {
namespace {

class NewPartsWriter {
 public:
  NewPartsWriter(const Score& after, const EditPlan& plan, Standing standing)
      : after_(after), plan_(plan), standing_(standing) {}

  Result<NewParts, WriteError> write() {
    for (std::size_t i = 0; i < plan_.parts.size(); ++i)
      if (plan_.parts[i].is_new) collect(i);
    TOCCATA_CHECK(plan_melodic());
    auto melodic = melodic_.begin();
    for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
      if (!plan_.parts[i].is_new) continue;
      write_part(i, after_.parts[i].instrument.is_drums ? drums_of(i) : *melodic++);
    }
    return std::move(out_);
  }

 private:
  void collect(std::size_t part);
  Result<void, WriteError> plan_melodic();
  Voices drums_of(std::size_t part) const {
    return {{part}, plan_.parts[part].added, std::nullopt, {kDrumChannel.number()}};
  }
  void write_part(std::size_t part, Voices voices);
  void begin(const Part& part, const Voices& voices, TrackBuilder& track) const;

  const Score& after_;
  const EditPlan& plan_;
  Standing standing_;
  std::vector<Voices> melodic_;
  int bend_range_ = kUsualBendRange;
  std::optional<Tick> first_onset_;
  NewParts out_;
};

void NewPartsWriter::collect(std::size_t part) {
  const auto& notes = plan_.parts[part].added;
  if (!notes.empty()) first_onset_ = std::min(first_onset_.value_or(notes[0].on), notes[0].on);
  out_.first_onset = first_onset_.value_or(Tick());
  if (!after_.parts[part].instrument.is_drums)
    melodic_.push_back({{part}, notes, std::nullopt, {}});
}

Result<void, WriteError> NewPartsWriter::plan_melodic() {
  for (const Voices& v : melodic_) {
    const auto range = bend_range_for(farthest_bend(v.notes));
    if (!range)
      return Unexpected{
          WriteError{WriteError::Fault::BendTooWide, after_.parts[v.parts.front()].name}};
    bend_range_ = std::max(bend_range_, *range);
  }
  for (Voices& v : melodic_) set_bends(v.notes, bend_range_);
  const auto planned = plan_channels(melodic_, plan_.free_channels, after_.ppq().quarter());
  if (!planned)
    return Unexpected{WriteError{WriteError::Fault::TooManyChannels, {}, planned.error()}};
  for (const Voices& v : melodic_)
    out_.channels.insert(out_.channels.end(), v.channels.begin(), v.channels.end());
  return {};
}

void NewPartsWriter::begin(const Part& part, const Voices& voices, TrackBuilder& track) const {
  if (standing_ == Standing::Alone) track.text(Tick(0), Rank::Name, meta::kTrackName, part.name);
  const bool is_tuned = !part.instrument.is_drums && farthest_bend(voices.notes) != Cents();
  for (int channel : voices.channels) {
    track.program(Tick(0), channel, part.instrument.program.number());
    if (is_tuned)
      track.rpn(Tick(0), channel, rpn::kBendRange, static_cast<std::uint8_t>(bend_range_));
  }
  for (const ControlEvent& control : plan_.performance.controls)
    if (control.part == part.id)
      for (int channel : voices.channels) track.control(control.at, channel, message_of(control));
}

void NewPartsWriter::write_part(std::size_t part, Voices voices) {
  std::vector<TrackBuilder> track(1);
  begin(after_.parts[part], voices, track.front());
  for (SoundingNote& note : voices.notes) note.part = 0;  // there is but this track
  add_bent_notes(track, voices);
  out_.tracks.push_back(std::move(track.front()));
}

}  // namespace

Result<NewParts, WriteError> write_new_parts(const Score& after, const EditPlan& plan,
                                             Standing standing) {
  return NewPartsWriter(after, plan, standing).write();
}

}  // namespace toccata::midi
