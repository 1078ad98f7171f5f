// SPDX-License-Identifier: GPL-3.0-or-later
// Bends of channels as tunings of notes, for VST3 plug-ins that can tune each note by itself and
// have at most one bend for all channels. Part of JUCE's file on VST3, in C++17:
// cmake/toccata_juce.cmake.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

namespace toccata::render_juce {

/// What stands between the messages for one plug-in and the events it is handed.
/// Threads: find_out on the first thread, before it plays; the others on the one for sound.
class NoteTuning {
 public:
  void find_out(Steinberg::FUnknown* controller, const juce::StoredMidiMapping& mapping) {
    using Steinberg::Vst::kPitchBend;
    const Steinberg::FUnknownPtr<Controller> notes(controller);
    is_possible_ = notes && tunes_notes(*notes) &&
                   mapping.getMapping(0, kPitchBend) == mapping.getMapping(1, kPitchBend);
    is_needed_ = mapping.getMapping(0, kPitchBend) == Steinberg::Vst::kNoParamId;
  }

  /// The messages that go on as they are. The one bend a plug-in has is used until a second channel
  /// is bent; from there on it stands still and bends are kept back.
  juce::MidiBuffer& take(juce::MidiBuffer& messages) {
    was_bent_.fill(false);
    if (!is_possible_) return messages;
    rest_.clear();
    for (const auto data : messages) {
      const auto message = data.getMessage();
      const bool is_bend = message.isPitchWheel();
      if (is_bend || message.isController()) {
        const auto number = static_cast<std::size_t>(message.getChannel() - 1);
        Channel& channel = channels_[number];
        const double before = cents_of(channel);
        if (is_bend) channel.bend = (message.getPitchWheelValue() - 8192) / 8192.0;
        else control(channel, message.getControllerNumber(), message.getControllerValue());
        was_bent_[number] = was_bent_[number] || cents_of(channel) != before;
        if (message.isAllNotesOff() || message.isAllSoundOff()) forget(static_cast<int>(number));
      }
      if (!is_needed_ && std::count_if(channels_.begin(), channels_.end(), is_bent) > 1) {
        is_needed_ = true;
        was_bent_.fill(true);
        rest_.addEvent(juce::MidiMessage::pitchWheel(1, 8192), data.samplePosition);
      }
      if (!is_bend || !is_needed_) rest_.addEvent(message, data.samplePosition);
    }
    return rest_;
  }

  /// Gives the notes among the events numbers, and tunes these and those that sound.
  void tune(juce::MidiEventList& events) {
    if (!is_possible_) return;
    std::vector<Event> all(static_cast<std::size_t>(events.getEventCount()));
    for (std::size_t i = 0; i < all.size(); ++i)
      events.getEvent(static_cast<Steinberg::int32>(i), all[i]);
    events.clear();
    for (Event& event : all) {
      if (event.type == Event::kNoteOffEvent) end_note(event.noteOff);
      if (event.type == Event::kNoteOnEvent) event.noteOn.noteId = next_id_;
      events.addEvent(event);
      if (event.type != Event::kNoteOnEvent) continue;
      sounding_.push_back({next_id_++, event.noteOn.channel, event.noteOn.pitch});
      if (is_needed_ && is_bent(channel_of(sounding_.back()))) add_tuning(events, sounding_.back());
    }
    for (const Note& note : sounding_)
      if (is_needed_ && was_bent_[static_cast<std::size_t>(note.channel)]) add_tuning(events, note);
  }

 private:
  using Event = Steinberg::Vst::Event;
  using Controller = Steinberg::Vst::INoteExpressionController;
  struct Channel {
    double bend = 0;  ///< -1 to 1
    int range_semitones = 2, range_cents = 0;
    int rpn_high = 127, rpn_low = 127;
  };
  struct Note {
    int id, channel, pitch;
  };

  static bool tunes_notes(Controller& controller) {
    for (int i = 0; i < controller.getNoteExpressionCount(0, 0); ++i) {
      Steinberg::Vst::NoteExpressionTypeInfo info{};
      if (controller.getNoteExpressionInfo(0, 0, i, info) == Steinberg::kResultOk &&
          info.typeId == Steinberg::Vst::kTuningTypeID)
        return true;
    }
    return false;
  }
  static void control(Channel& channel, int number, int value) {
    if (number == 121) channel.bend = 0;  // all controllers are reset
    const bool is_bend_range = channel.rpn_high == 0 && channel.rpn_low == 0;
    if (number == 101) channel.rpn_high = value;
    if (number == 100) channel.rpn_low = value;
    if (number == 99 || number == 98) channel.rpn_high = channel.rpn_low = 127;
    if (number == 6 && is_bend_range) channel.range_semitones = value;
    if (number == 38 && is_bend_range) channel.range_cents = value;
  }
  static double cents_of(const Channel& channel) {
    return channel.bend * (100 * channel.range_semitones + channel.range_cents);
  }
  static bool is_bent(const Channel& channel) { return cents_of(channel) != 0; }
  const Channel& channel_of(const Note& note) const {
    return channels_[static_cast<std::size_t>(note.channel)];
  }
  void forget(int channel) {
    const auto is_its = [&](const Note& note) { return note.channel == channel; };
    sounding_.erase(std::remove_if(sounding_.begin(), sounding_.end(), is_its), sounding_.end());
  }
  /// The oldest of that pitch.
  void end_note(Steinberg::Vst::NoteOffEvent& off) {
    const auto note = std::find_if(sounding_.begin(), sounding_.end(), [&](const Note& one) {
      return one.channel == off.channel && one.pitch == off.pitch;
    });
    if (note == sounding_.end()) return;
    off.noteId = note->id;
    sounding_.erase(note);
  }
  void add_tuning(juce::MidiEventList& events, const Note& note) const {
    constexpr double kWholeRangeCents = 24000;  // ten octaves down to ten octaves up
    Event event{};
    event.type = Event::kNoteExpressionValueEvent;
    event.noteExpressionValue.typeId = Steinberg::Vst::kTuningTypeID;
    event.noteExpressionValue.noteId = note.id;
    event.noteExpressionValue.value =
        std::clamp(0.5 + cents_of(channel_of(note)) / kWholeRangeCents, 0.0, 1.0);
    events.addEvent(event);
  }

  bool is_possible_ = false, is_needed_ = false;
  juce::MidiBuffer rest_;  ///< events point into it
  std::array<Channel, 16> channels_{};
  std::array<bool, 16> was_bent_{};
  std::vector<Note> sounding_;
  int next_id_ = 1;
};

}  // namespace toccata::render_juce
