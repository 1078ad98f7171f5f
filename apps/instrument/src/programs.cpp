// SPDX-License-Identifier: MIT
#include "programs.hpp"

#include <charconv>

namespace toccata::instrument {
namespace {

constexpr std::size_t kDrumChannel = 9;
constexpr std::uint32_t kMostBase = 1U << 16, kMostProgram = 1U << 14;

std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return value;
}

}  // namespace

std::uint32_t Programs::base_number() const {
  return static_cast<std::uint32_t>(kits_) << 14 | static_cast<std::uint32_t>(bank_) << 7 |
         static_cast<std::uint32_t>(program_);
}

void Programs::set_base(int program, int bank, KitChannels kits) {
  program_ = program;
  bank_ = bank;
  kits_ = kits;
}

void Programs::forget_received() {
  for (auto& received : received_) received.store(kNone);
  received_under_.store(base_number());
}

bool Programs::is_kit(std::size_t channel) const {
  return kits_ == KitChannels::All || (kits_ == KitChannels::Tenth && channel == kDrumChannel);
}

Program Programs::program_of(std::size_t channel) const {
  const std::uint32_t received = received_[channel].load();
  const bool is_valid = received != kNone && received_under_.load() == base_number();
  Program program{bank_, program_};
  if (is_valid) program = {static_cast<int>(received >> 7), static_cast<int>(received & 0x7F)};
  else if (kits_ == KitChannels::Tenth && channel == kDrumChannel)
    program.program = 0;  // the parameter names a melodic instrument: the standard kit
  if (is_kit(channel)) program.bank = 128;
  return program;
}

void Programs::receive_bank(std::size_t channel, std::uint8_t bank) {
  selected_bank_[channel] = bank;
}

void Programs::receive_program(std::size_t channel, std::uint8_t program) {
  if (received_under_.load() != base_number()) forget_received();
  received_[channel].store(static_cast<std::uint32_t>(selected_bank_[channel]) << 7 | program);
}

std::string Programs::saved() const {
  std::string text;
  for (std::size_t channel = 0; channel < received_.size(); ++channel)
    if (const std::uint32_t received = received_[channel].load(); received != kNone)
      text += ' ' + std::to_string(channel) + ' ' + std::to_string(received);
  return text.empty() ? text : std::to_string(received_under_.load()) + text;
}

bool Programs::restore(std::string_view text) {
  std::array<std::uint32_t, 16> restored;
  restored.fill(kNone);
  std::uint32_t under = 0;
  if (!text.empty()) {
    const auto base = take_number(text);
    if (!base || *base >= kMostBase) return false;
    under = *base;
  }
  while (!text.empty()) {
    const auto channel = take_number(text);
    const auto program = channel ? take_number(text) : std::nullopt;
    if (!program || *channel > 15 || *program >= kMostProgram) return false;
    restored[*channel] = *program;
  }
  for (std::size_t channel = 0; channel < 16; ++channel)
    received_[channel].store(restored[channel]);
  received_under_.store(under);
  return true;
}

}  // namespace toccata::instrument
