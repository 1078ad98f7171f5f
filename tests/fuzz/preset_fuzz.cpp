// SPDX-License-Identifier: MIT
// Preset files: no crash, no allocation from their numbers; what is read is written and read again.
#include <cstdlib>

#include <toccata/plugins/preset.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace toccata;
  const auto preset = plugins::read_preset({data, size});
  if (!preset) return 0;
  const auto again = plugins::read_preset(plugins::write_preset(*preset));
  if (!again || again->chunks.size() != preset->chunks.size()) std::abort();
  for (std::size_t i = 0; i < again->chunks.size(); ++i)
    if (again->chunks[i].content != preset->chunks[i].content) std::abort();
  return 0;
}
