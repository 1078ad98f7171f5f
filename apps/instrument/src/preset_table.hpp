// SPDX-License-Identifier: MIT
// The presets that come with the instrument, from the table that lists them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata::instrument {

struct PresetFile {
  std::string file;  ///< "instruments/cello", without its extension
  Bytes content;     ///< a .vstpreset
};

/// The files that presets.json asks for: parameters that an entry does not name are at their usual
/// values. Errors: one line, where the table is no JSON or names what is not there.
Result<std::vector<PresetFile>, std::string> make_presets(std::string_view table);

}  // namespace toccata::instrument
