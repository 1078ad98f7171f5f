// SPDX-License-Identifier: MIT
#include "samples.hpp"

namespace toccata::cli {

std::string Sample::name_of_real(std::size_t role) const {
  if (real[role].family == nullptr) return "-";
  const bool is_found = real[role].excerpts != nullptr && !real[role].excerpts->empty();
  return std::string(real[role].family) + (is_found ? "" : " (not found)");
}

}  // namespace toccata::cli
