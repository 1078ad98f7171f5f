// SPDX-License-Identifier: MIT
// Matrices made smaller: bfloat16 or int8 in place of float32; and back.
#pragma once

#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// The same weights with every F32 tensor of two dimensions or more as `element`; all else as it
/// was. Its first dimension counts rows; all others together make a row.
///
/// BF16: rounded to the nearest, half to even: relative error up to 2^-8.
/// I8:   each row divided by its largest magnitude / 127 and rounded to whole numbers, the divisor
///       beside it as tensor "NAME.scale": absolute error up to half of that. Tensors of over
///       kMostInt8Columns columns stay as they are.
/// Range: element F32, BF16 or I8; finite weights. Cost: O(bytes).
Weights quantise(const Weights& weights, Element element);

/// A tensor's numbers as float32, to be changed further: F32 as it is, BF16 widened, which loses
/// nothing, and I8 of two dimensions or more times its rows' scales, tensor "NAME.scale", F32
/// [rows].
///
/// Range: no kAnySize in `shape`. Errors: see TensorError, of the tensor or of its scales.
/// Cost: O(size).
Result<std::vector<float>, TensorError> widened(const Weights& weights, std::string_view name,
                                                std::span<const std::size_t> shape);

}  // namespace toccata::ml
