// SPDX-License-Identifier: MIT
// Any bytes as JSON of ours or of other programs: refused with words, or read to a valid score that
// every writer of text can write.
#include <cstdlib>

#include <toccata/base/bytes.hpp>
#include <toccata/text/interchange.hpp>
#include <toccata/text/svg.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace toccata;
  const auto read = read_any_json(as_text({data, size}));
  if (!read) {
    if (describe(read.error()).empty()) std::abort();
    return 0;
  }
  if (validate(read->score)) std::abort();
  if (write_svg(*read).empty()) std::abort();
  if (write_tone_json(*read).empty()) std::abort();
  if (write_note_sequence(*read).empty()) std::abort();
  return 0;
}
