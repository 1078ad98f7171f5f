// SPDX-License-Identifier: MIT
// Which program each channel plays: what the parameters say, until a program change says otherwise.
#pragma once

#include "parameters.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace toccata::instrument {

struct Program {
  int bank = 0;  ///< 128: a kit
  int program = 0;
  friend bool operator==(const Program&, const Program&) = default;
};

/// Threads: the audio thread calls all but saved and restore, which may run meanwhile.
class Programs {
 public:
  /// What the parameters say. Program changes received under others count no more.
  void set_base(int program, int bank, KitChannels kits);
  /// What a channel plays. Realtime: yes.
  Program program_of(std::size_t channel) const;
  bool is_kit(std::size_t channel) const;

  /// Bank select (the upper controller, as GS and General MIDI 2 have it). Realtime: yes.
  void receive_bank(std::size_t channel, std::uint8_t bank);
  void receive_program(std::size_t channel, std::uint8_t program);
  void forget_received();

  /// Program changes received, as text, empty where there are none. Restoring anything else than
  /// such a text changes nothing and gives false.
  std::string saved() const;
  bool restore(std::string_view text);

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t base_number() const;

  int program_ = 0, bank_ = 0;
  KitChannels kits_ = KitChannels::Tenth;
  std::array<std::uint8_t, 16> selected_bank_{};
  std::array<std::atomic<std::uint32_t>, 16> received_ = {
      kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone,
      kNone, kNone, kNone, kNone, kNone, kNone, kNone, kNone};  ///< bank and program
  std::atomic<std::uint32_t> received_under_{0};                ///< which parameters
};

}  // namespace toccata::instrument
