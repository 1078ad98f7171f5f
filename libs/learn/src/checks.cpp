// SPDX-License-Identifier: MIT
#include <cmath>

#include <fmt/format.h>

#include "checks.hpp"

namespace toccata::learn {

Result<void, FitError> check_targets(std::span<const float> targets, std::size_t rows) {
  using Fault = FitError::Fault;
  if (rows == 0) return Unexpected{FitError{Fault::NoRows, "no rows to learn from"}};
  if (targets.size() != rows)
    return Unexpected{
        FitError{Fault::Mismatch, fmt::format("{} targets for {} rows", targets.size(), rows)}};
  for (std::size_t row = 0; row < rows; ++row)
    if (!std::isfinite(targets[row]))
      return Unexpected{
          FitError{Fault::NotFinite, fmt::format("the target of row {} is {}", row, targets[row])}};
  return {};
}

Result<void, FitError> check_option(const char* name, double value, double lowest, double highest) {
  if (value >= lowest && value <= highest) return {};
  return Unexpected{FitError{FitError::Fault::Option,
                             fmt::format("{} {} is not in {}..{}", name, value, lowest, highest)}};
}

}  // namespace toccata::learn
