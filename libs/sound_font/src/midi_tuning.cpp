// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/sound_font/midi_tuning.hpp>

namespace toccata::sound_font {
namespace {

constexpr std::uint8_t kDataEntry = 6, kDataEntryLow = 38, kNonRegisteredLow = 98,
                       kNonRegisteredHigh = 99, kRegisteredLow = 100, kRegisteredHigh = 101,
                       kResetControllers = 121;
/// Registered parameters.
constexpr std::uint8_t kBendWidth = 0, kFineTuning = 1, kCoarseTuning = 2, kTuningProgram = 3;

constexpr std::uint8_t kGsReset[] = {0x42, 0x12, 0x40, 0x00, 0x7F, 0x00, 0x41};
constexpr std::uint8_t kXgOn[] = {0x4C, 0x00, 0x00, 0x7E, 0x00};

}  // namespace

bool is_reset(ByteView content) {
  if (content.size() < 4) return false;
  switch (content[0]) {
    case 0x7E: return content.size() == 4 && content[2] == 0x09 && content[3] <= 3;
    case 0x41: return std::ranges::equal(content.subspan(2), kGsReset);
    case 0x43: return std::ranges::equal(content.subspan(2), kXgOn);
    default: return false;
  }
}

Heard MidiTuning::hear(std::uint8_t status, std::uint8_t data1, std::uint8_t data2) {
  const std::size_t channel = status & 0x0F;
  const double before = channel_cents(channel);
  bool is_taken = false;
  if ((status & 0xF0) == 0xE0) channels_[channel].bend = (data1 | data2 << 7) - 8192;
  else if ((status & 0xF0) == 0xB0) is_taken = hear_controller(channel, data1, data2);
  return {is_taken, channel_cents(channel) == before ? Retuned::Nothing : Retuned::AllNotes};
}

bool MidiTuning::hear_controller(std::size_t channel, std::uint8_t number, std::uint8_t value) {
  Channel& on = channels_[channel];
  switch (number) {
    case kRegisteredHigh:
    case kRegisteredLow:
      (number == kRegisteredHigh ? on.parameter_high : on.parameter_low) = value;
      on.is_registered = true;
      return false;
    case kNonRegisteredHigh:
    case kNonRegisteredLow: on.is_registered = false; return false;
    case kDataEntry:
    case kDataEntryLow:
      if (on.is_registered) enter(channel, number == kDataEntry, value);
      return on.is_registered;
    case kResetControllers:
      on.bend = 0;
      on.parameter_high = on.parameter_low = kNoParameter;
      on.is_registered = true;
      return false;
    default: return false;
  }
}

void MidiTuning::enter(std::size_t channel, bool is_upper, std::uint8_t value) {
  Channel& on = channels_[channel];
  if (on.parameter_high != 0) return;
  switch (on.parameter_low) {
    case kBendWidth: (is_upper ? on.bend_semitones : on.bend_cents) = value; break;
    case kFineTuning: {
      const int held = on.fine + 8192;
      on.fine = (is_upper ? value << 7 | (held & 0x7F) : (held & ~0x7F) | value) - 8192;
      break;
    }
    case kCoarseTuning:
      if (is_upper) on.coarse = value - 64;
      break;
    case kTuningProgram:
      if (is_upper) received_.select(channel, value);
      break;
    default: break;
  }
}

Heard MidiTuning::hear_sysex(ByteView content) {
  const Retuned retuned = received_.receive(content);
  return {retuned != Retuned::Nothing, retuned};
}

double MidiTuning::cents(std::size_t channel, std::size_t key, double scale) const {
  return received_.key_cents(channel, key).value_or(scale) + received_.octave_cents(channel, key) +
         channel_cents(channel);
}

}  // namespace toccata::sound_font
