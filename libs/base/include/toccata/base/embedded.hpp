// SPDX-License-Identifier: MIT
// Data files compiled into the program by toccata_embed (cmake/toccata_library.cmake).
#pragma once

#include <span>
#include <string_view>

namespace toccata::embedded {

struct File {
  std::string_view name;  ///< the file's name without folder and extension
  std::string_view text;
};

}  // namespace toccata::embedded
