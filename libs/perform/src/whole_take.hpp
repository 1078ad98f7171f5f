// SPDX-License-Identifier: MIT
// A take that is worked out at once, since phrases look ahead, and handed out in stretches.
#pragma once

#include <toccata/perform/performer.hpp>

namespace toccata {

class WholeTake final : public PerformTake {
 public:
  WholeTake(const Score& score, Performance whole);
  std::optional<Performance> next(int bars) override;

 private:
  struct Written {
    Tick onset;
    PlayedNote played;
  };
  void sort_by_onset();
  const Score& score_;
  Performance whole_;           ///< notes by id
  std::vector<Written> notes_;  ///< the same by written onset, once a stretch is asked for
  Bar at_;
  Bar end_;
  std::size_t note_ = 0, control_ = 0, change_ = 0;  ///< the first that is not handed out yet
};

}  // namespace toccata
