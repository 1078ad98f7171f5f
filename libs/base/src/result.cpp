// SPDX-License-Identifier: MIT
#include <toccata/base/result.hpp>

namespace toccata {

std::string describe(const RangeError& error) {
  return std::to_string(error.found) + " is not in " + std::to_string(error.lowest) + ".." +
         std::to_string(error.highest);
}

}  // namespace toccata
