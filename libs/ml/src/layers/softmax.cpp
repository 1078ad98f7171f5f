// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/softmax.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {

void softmax(std::span<float> x) {
  kernels::exp_less(x, kernels::largest(x));  // the largest becomes 1, so nothing overflows
  kernels::scale(x, 1.0F / kernels::sum(x));
}

}  // namespace toccata::ml
