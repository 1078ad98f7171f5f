// SPDX-License-Identifier: MIT
// What the table of scales holds for each.
#pragma once

#include <string>
#include <vector>

#include <toccata/theory/scale.hpp>

namespace toccata {

struct Scale::Entry {
  std::string id;
  std::vector<std::string>
      folded_names;  ///< the id and the aliases, as detail::folded_name makes them
  std::vector<int> semitones;
  std::vector<int> letters;
  int fifths;  ///< key signature on C
  bool is_minor;
};

}  // namespace toccata
