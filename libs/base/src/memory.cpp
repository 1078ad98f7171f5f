// SPDX-License-Identifier: MIT
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <toccata/base/memory.hpp>

namespace toccata {

void keep_freed_memory() {
#if defined(M_MMAP_THRESHOLD) && defined(M_TRIM_THRESHOLD)
  constexpr int kRoom = 32 << 20, kKept = 512 << 20;
  mallopt(M_MMAP_THRESHOLD, kRoom);
  mallopt(M_TRIM_THRESHOLD, kKept);
#endif
}

}  // namespace toccata
