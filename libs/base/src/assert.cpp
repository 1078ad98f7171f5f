// SPDX-License-Identifier: MIT
#include <cstdio>
#include <cstdlib>

#include <toccata/base/assert.hpp>

namespace toccata::detail {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken contract: %s\n", file, line, condition);
  std::abort();
}

}  // namespace toccata::detail
