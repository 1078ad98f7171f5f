// SPDX-License-Identifier: MIT
// Any bytes as a file of weights: refused with a reason, or read so that writing it gives a file
// that reads the same.
#include <cstdlib>

#include <toccata/ml/weights.hpp>

using namespace toccata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = ml::read_weights(ByteView(data, size));
  if (!read) {
    if (describe(read.error()).empty()) std::abort();
    return 0;
  }
  const auto again = ml::read_weights(ml::write_weights(*read));
  if (!again || !(*again == *read)) std::abort();
  return 0;
}
