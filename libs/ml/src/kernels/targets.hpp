// SPDX-License-Identifier: MIT
// Which instruction sets the kernels are built for; comes before any of Highway's headers.
#pragma once

// Vectors of a length that the compiler doesn't know can't be kept in arrays; NEON serves there.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
// AVX-512 with exact 8-bit dot products.
#define HWY_WANT_AVX3_DL
