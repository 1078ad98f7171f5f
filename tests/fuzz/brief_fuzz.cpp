// SPDX-License-Identifier: MIT
// Whatever brief_from_json accepts, to_json writes so that it reads back as the same brief; the
// readers of genres, keys and forms take any text.
#include <cstdint>
#include <cstdlib>

#include <toccata/base/bytes.hpp>
#include <toccata/plan/brief.hpp>

using namespace toccata;

namespace {

void check_parsers(std::string_view text) {
  if (const auto genres = parse_genres(text))
    if (parse_genres(to_string(*genres)).value_or({}) != *genres) std::abort();
  if (const auto tonality = parse_tonality(text))
    if (parse_tonality(to_string(*tonality)).value_or({}) != *tonality) std::abort();
  if (const auto form = parse_form(text))
    if (parse_form(to_string(*form)).value_or({}) != *form) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(ByteView(data, size));
  check_parsers(text);
  const auto json = parse_json(text);
  if (!json) return 0;
  const auto brief = brief_from_json(*json);
  if (!brief) {
    if (brief.error().empty()) std::abort();
    return 0;
  }
  const auto again = brief_from_json(to_json(*brief));
  if (!again || *again != *brief) std::abort();
  return 0;
}
