// SPDX-License-Identifier: MIT
#include <toccata/ml/simd.hpp>

#include "kernels/targets.hpp"

#include <hwy/highway.h>

#include <toccata/base/assert.hpp>

namespace toccata::ml {

std::vector<std::string> simd_levels() {
  std::vector<std::string> levels;
  const std::int64_t here = hwy::SupportedTargets() & HWY_TARGETS;
  // A better instruction set has a lower bit.
  for (std::int64_t bit = 1; bit != 0 && bit <= here; bit <<= 1)
    if ((here & bit) != 0) levels.emplace_back(hwy::TargetName(bit));
  return levels;
}

void use_simd_level(const std::string& level) {
  for (std::int64_t bit = 1; bit != 0 && bit <= HWY_TARGETS; bit <<= 1)
    if ((HWY_TARGETS & bit) != 0 && level == hwy::TargetName(bit)) {
      hwy::SetSupportedTargetsForTest(bit);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      return;
    }
  TOCCATA_ASSERT(false);
}

void use_best_simd_level() {
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace toccata::ml
