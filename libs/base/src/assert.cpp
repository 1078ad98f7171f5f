// SPDX-License-Identifier: MIT
#include <toccata/base/assert.hpp>

#include <cstdio>
#include <cstdlib>

namespace toccata::detail {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken contract: %s\n", file, line, condition);
  std::abort();
}

}  // namespace toccata::detail
