// SPDX-License-Identifier: MIT
#include <toccata/ml/simd.hpp>

#include "kernels/targets.hpp"

#include <hwy/highway.h>

#include <toccata/base/assert.hpp>

namespace {

/// The instruction sets of this processor and its system, as Highway's bits.
std::int64_t sets_of_this_machine() {
  std::int64_t sets = HWY_ENABLED_BASELINE | HWY_EMU128;
#if HWY_ARCH_X86
  const auto add = [&](std::int64_t set, bool is_there) {
    if (is_there) sets |= set;
    return is_there;
  };
  // Each is taken with all below it. Some of what Highway compiles for with a set (F16C, VAES ...)
  // is not asked for: no processor has come with these and without those.
  add(HWY_SSSE3, __builtin_cpu_supports("ssse3")) &&
      add(HWY_SSE4, __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("aes") &&
                        __builtin_cpu_supports("pclmul")) &&
      add(HWY_AVX2, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                        __builtin_cpu_supports("bmi2")) &&
      add(HWY_AVX3, __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd")) &&
      add(HWY_AVX3_DL,
          __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vbmi2") &&
              __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("gfni") &&
              __builtin_cpu_supports("vpclmulqdq") && __builtin_cpu_supports("avx512vpopcntdq"));
#endif
  return sets;
}

}  // namespace

// Highway is used as headers alone. Its shared library, which has these two functions, measures the
// processor's clock whenever it is loaded: two milliseconds, a fifth of what composing a piece
// takes.
namespace hwy {

ChosenTarget& GetChosenTarget() {
  static ChosenTarget target;
  return target;
}

std::int64_t SupportedTargets() {
  static const std::int64_t sets = sets_of_this_machine();
  return sets;
}

}  // namespace hwy

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
      hwy::GetChosenTarget().Update(bit);
      return;
    }
  TOCCATA_ASSERT(false);
}

void use_best_simd_level() { hwy::GetChosenTarget().Update(hwy::SupportedTargets()); }

}  // namespace toccata::ml
