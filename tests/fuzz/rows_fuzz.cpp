// SPDX-License-Identifier: MIT
// Any text as a table of numbers: refused with a reason, or read so that its parts read apart are
// the same rows, and the same whatever lies between two rows.
#include <array>
#include <cstdlib>

#include <toccata/learn/number_rows.hpp>

using namespace toccata;
using namespace toccata::learn;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  constexpr std::array<std::string_view, 2> kWanted{"a", "b"};
  const auto layout = RowLayout::make(text.substr(0, end), kWanted);
  if (!layout) {
    if (describe(layout.error()).empty()) std::abort();
    return 0;
  }
  const std::string_view body = text.substr(end + 1);
  const auto rows = read_number_rows(*layout, body);
  if (!rows) {
    if (rows.error().what.empty() || rows.error().offset > body.size()) std::abort();
    return 0;
  }
  if (rows->numbers.size() != 2 * rows->lines.size()) std::abort();
  std::vector<float> apart;
  for (const std::string_view part : split_rows(body, 3)) {
    const auto some = read_number_rows(*layout, part);
    if (!some) std::abort();
    apart.insert(apart.end(), some->numbers.begin(), some->numbers.end());
  }
  if (apart != rows->numbers) std::abort();
  std::string joined;
  for (const std::string_view line : rows->lines) joined += std::string(line) + "\r\n\n";
  const auto again = read_number_rows(*layout, joined);
  if (!again || again->numbers != rows->numbers) std::abort();
  return 0;
}
