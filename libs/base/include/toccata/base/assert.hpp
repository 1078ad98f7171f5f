// SPDX-License-Identifier: MIT
// The check for a caller's broken contract; input from outside can never reach one.
#pragma once

namespace toccata::detail {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}  // namespace toccata::detail

#ifdef NDEBUG
#define TOCCATA_ASSERT(condition) static_cast<void>(0)
#else
#define TOCCATA_ASSERT(condition)     \
  ((condition) ? static_cast<void>(0) \
               : ::toccata::detail::assertion_failed(#condition, __FILE__, __LINE__))
#endif
