// SPDX-License-Identifier: MIT
// The protocol `pieces`: split by composition, notes in the context of their piece.
#include "protocol.hpp"

namespace toccata::cli {

Outcome<void> train_pieces(const TrainRequest&) {
  return cannot(
      "train expression --protocol pieces: cannot be trained yet in this version; allowed is "
      "--protocol notewise");
}

}  // namespace toccata::cli
