// SPDX-License-Identifier: MIT
// The table of maqamat and ajnas, read once from data/maqamat.json.
#pragma once

#include <string>
#include <vector>

#include <toccata/theory/maqam.hpp>

namespace toccata::detail {

struct MaqamTable {
  std::vector<Jins> ajnas;
  std::vector<Maqam> maqamat;
  std::vector<std::vector<std::string>> folded_names;  ///< of each maqam, as folded_name makes them
};

const MaqamTable& maqam_table();

}  // namespace toccata::detail
