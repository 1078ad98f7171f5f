// SPDX-License-Identifier: MIT
// Any bytes as a file of weights: refused with a reason, or read so that writing it gives a file
// that reads the same. What can be a matrix is multiplied with.
#include <cstdlib>

#include <toccata/ml/matrix.hpp>

using namespace toccata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = ml::read_weights(Bytes(data, data + size));
  if (!read) {
    if (describe(read.error()).empty()) std::abort();
    return 0;
  }
  const auto again = ml::read_weights(ml::write_weights(*read));
  if (!again || !(*again == *read)) std::abort();
  for (const ml::Tensor& tensor : read->tensors) {
    const auto matrix = ml::Matrix::load(*read, tensor.name, ml::kAnySize, ml::kAnySize);
    if (!matrix) continue;
    std::vector<float> x(matrix->cols(), 0.5F), y(matrix->rows());
    matrix->multiply(x, {}, y);
  }
  return 0;
}
