// SPDX-License-Identifier: MIT
// Whatever parse_json accepts, to_text writes so that it reads back as the same value.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <toccata/base/bytes.hpp>
#include <toccata/base/json.hpp>

using namespace toccata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = parse_json(as_text(ByteView(data, size)));
  if (!value) {
    if (describe(value.error()).empty()) std::abort();
    return 0;
  }
  for (const auto layout : {JsonLayout::Compact, JsonLayout::Indented}) {
    const auto again = parse_json(to_text(*value, layout));
    if (!again || *again != *value) std::abort();
  }
  return 0;
}
