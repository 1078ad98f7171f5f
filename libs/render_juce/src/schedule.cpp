// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <bitset>

#include <toccata/render_juce/schedule.hpp>

namespace toccata::render_juce {
namespace {

using render::Message;

bool is_note_on(const Message& message) {
  return message.sysex == nullptr && message.kind() == 0x90 && message.data2 > 0;
}
bool is_for_one_note(const Message& message) {
  return message.sysex == nullptr && message.kind() <= 0xA0;
}

/// Banks, programs, registered parameters and their data: each means something else after another.
bool is_in_sequence(const Message& message) {
  if (message.kind() == 0xC0) return true;
  if (message.kind() != 0xB0) return false;
  const int number = message.data1;
  return number == 0 || number == 32 || number == 6 || number == 38 ||
         (number >= 96 && number <= 101) || number >= 120;
}

/// Which of the messages of one frame may go side by side.
class Gate {
 public:
  bool admits(const Message& message) {
    if (message.sysex != nullptr) return admits_sysex();
    Channel& channel = channels_[static_cast<std::size_t>(message.channel())];
    if (channel.is_closed) return false;
    channel.is_closed = !may_pass(message, channel);
    return !channel.is_closed;
  }

 private:
  struct Channel {
    bool is_closed = false;
    bool has_control = false, has_sequence = false;
    std::bitset<8 * 128> seen;  ///< kinds of control, controllers by number
  };

  static bool may_pass(const Message& message, Channel& channel) {
    if (is_note_on(message)) return !channel.has_control;
    if (is_for_one_note(message)) return true;
    const bool is_ordered = is_in_sequence(message);
    const bool is_controller = message.kind() == 0xB0;
    const std::size_t which =
        (message.kind() >> 4 & 7) * 128U + (is_controller ? message.data1 : 0U);
    if (channel.seen.test(which) || (is_ordered && channel.has_sequence)) return false;
    channel.seen.set(which);
    channel.has_control = true;
    channel.has_sequence = channel.has_sequence || is_ordered;
    return true;
  }
  /// It may be about anything, so it goes alone.
  bool admits_sysex() {
    const bool is_first = std::none_of(channels_.begin(), channels_.end(), [](const Channel& one) {
      return one.is_closed || one.has_control;
    });
    for (Channel& channel : channels_) channel.is_closed = true;
    return is_first;
  }

  std::array<Channel, 16> channels_{};
};

}  // namespace

Schedule::Schedule(const render::Stream& stream, std::size_t block, bool keeps_order)
    : stream_(stream), block_(block), keeps_order_(keeps_order) {
  const auto& messages = stream_.messages;
  while (set_up_end_ < messages.size() && messages[set_up_end_].frame == 0 &&
         !is_note_on(messages[set_up_end_]))
    ++set_up_end_;
  for (const render::TempoPoint& point : stream_.tempi)
    tempo_frames_.push_back(stream_.rate.frames(point.seconds));
}

std::vector<Message> Schedule::take_due(std::size_t end) {
  std::vector<Message> due, left;
  Gate gate;
  const auto sort_out = [&](const Message& message) {
    (keeps_order_ || gate.admits(message) ? due : left).push_back(message);
  };
  for (const Message& message : waiting_) sort_out(message);
  for (; next_ < end; ++next_) sort_out(stream_.messages[next_]);
  waiting_ = std::move(left);
  return due;
}

std::vector<Message> Schedule::next_set_up() { return take_due(set_up_end_); }

Schedule::Step Schedule::next(std::size_t most) {
  const auto& messages = stream_.messages;
  std::size_t end = next_;
  while (end < messages.size() && messages[end].frame <= at_) ++end;
  Step step{at_, std::min(most, block_), take_due(end)};
  if (!waiting_.empty()) step.frames = 1;
  if (next_ < messages.size()) step.frames = std::min(step.frames, messages[next_].frame - at_);
  const auto tempo = std::upper_bound(tempo_frames_.begin(), tempo_frames_.end(), at_);
  if (tempo != tempo_frames_.end()) step.frames = std::min(step.frames, *tempo - at_);
  at_ += step.frames;
  return step;
}

}  // namespace toccata::render_juce
