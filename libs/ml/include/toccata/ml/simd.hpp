// SPDX-License-Identifier: MIT
// The instruction sets that the kernels can run on here. Results never depend on them.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace toccata::ml {

/// Those that the kernels were built for and this processor has, the best first: "AVX3", "AVX2",
/// ..., as Highway names them; the last is plain C++ where there is such ("EMU128").
std::vector<std::string> simd_levels();

/// Makes the kernels of this process run on one of simd_levels(), for tests and benchmarks.
/// Range: a name that simd_levels() gave. Threads: not while another runs a kernel.
void use_simd_level(const std::string& level);
/// Goes back to the best one. Threads: as above.
void use_best_simd_level();

}  // namespace toccata::ml
