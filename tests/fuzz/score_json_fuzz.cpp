// SPDX-License-Identifier: MIT
// Any bytes as a score in JSON: refused with a place, or read to a valid score that is written and
// read back as it is.
#include <cstdlib>

#include <toccata/base/bytes.hpp>
#include <toccata/text/score_json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace toccata;
  const auto read = read_score_json(as_text({data, size}));
  if (!read) {
    if (describe(read.error()).empty()) std::abort();
    return 0;
  }
  if (validate(read->score)) std::abort();
  const auto again = read_score_json(write_score_json(*read));
  if (!again || !(*again == *read)) std::abort();
  return 0;
}
