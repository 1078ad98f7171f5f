// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>

#include <toccata/learn/number_rows.hpp>

#include "scratch_folder.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

constexpr std::array<std::string_view, 2> kWanted{"b", "a"};

RowLayout layout_of(std::string_view header) {
  auto layout = RowLayout::make(header, kWanted);
  if (!layout) FAIL(describe(layout.error()));
  return *std::move(layout);
}

std::string fault_of(std::string_view text) {
  const auto rows = read_number_rows(layout_of("a,b,c"), text);
  REQUIRE_FALSE(rows.has_value());
  return rows.error().what;
}

/// All numbers of a table, walked through in pieces.
Result<std::vector<float>, DataError> numbers_of(const std::string& path, std::size_t piece) {
  TOCCATA_TRY(RowPieces pieces, RowPieces::open(path, kWanted, piece));
  std::vector<float> numbers;
  for (;;) {
    TOCCATA_TRY(const std::string_view text, pieces.next());
    if (text.empty()) return numbers;
    const auto rows = read_number_rows(pieces.layout(), text);
    if (!rows) return Unexpected{pieces.located(rows.error())};
    numbers.insert(numbers.end(), rows->numbers.begin(), rows->numbers.end());
  }
}

}  // namespace

TEST_CASE("read_number_rows: wanted columns come in the order in which they are wanted") {
  const auto rows =
      read_number_rows(layout_of("a,x,b"), "1,words,-2.5\n1e3,,7\r\n\n0.125,\"q,\"\"\n\",3");
  REQUIRE(rows.has_value());
  CHECK(rows->numbers == std::vector<float>{-2.5F, 1, 7, 1000, 3, 0.125F});
  CHECK(rows->lines ==
        std::vector<std::string_view>{"1,words,-2.5", "1e3,,7", "0.125,\"q,\"\"\n\",3"});
}

TEST_CASE("read_number_rows: what is no row is refused where it begins") {
  CHECK(fault_of("1,2\n") == "2 fields, but 3 columns are named");
  CHECK(fault_of("1,2,3,4\n") == "more fields than 3 columns are named");
  CHECK(fault_of("1,two,3\n") == "b \"two\" is no finite number");
  CHECK(fault_of("1,,3\n") == "b \"\" is no finite number");
  CHECK(fault_of("1,inf,3\n") == "b \"inf\" is no finite number");
  CHECK(fault_of("1,1e300,3\n") == "b \"1e300\" is no finite number");
  CHECK(fault_of("1,\"2,3\n") == "a quote that is never closed");
  CHECK(fault_of("1,\"2\"2,3\n") == "a quote that closes midway");
  const auto rows = read_number_rows(layout_of("a,b"), "1,2\n3,x\n");
  REQUIRE_FALSE(rows.has_value());
  CHECK(rows.error().offset == 4);
}

TEST_CASE("RowLayout: a column that is missing or there twice is named") {
  const auto missing = RowLayout::make("a,c", kWanted);
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().what == "there is no column \"b\"");
  const auto twice = RowLayout::make("a,b,b", kWanted);
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error().what == "the column \"b\" is there twice");
}

TEST_CASE("RowPieces: rows are the same however long the pieces are") {
  ScratchFolder folder;
  std::string text = "a,b,note\n";
  std::vector<float> expected;
  for (int i = 0; i < 200; ++i) {
    text += std::to_string(i) + "," + std::to_string(2 * i) + (i % 7 == 0 ? ",\"a\nb\"\n" : ",x\n");
    expected.insert(expected.end(), {static_cast<float>(2 * i), static_cast<float>(i)});
  }
  folder.add("rows.csv", text);
  for (const std::size_t piece : {16, 37, 100, 5000}) {
    const auto numbers = numbers_of(folder.path() / "rows.csv", piece);
    if (!numbers) FAIL(describe(numbers.error()));
    CHECK(*numbers == expected);
  }
}

TEST_CASE("RowPieces: a fault is told with its line") {
  ScratchFolder folder;
  std::string text = "a,b\n";
  for (int i = 0; i < 50; ++i) text += "1,2\n";
  folder.add("rows.csv", text + "1,two\n");
  const auto numbers = numbers_of(folder.path() / "rows.csv", 64);
  REQUIRE_FALSE(numbers.has_value());
  CHECK(describe(numbers.error()).ends_with("rows.csv: line 52: b \"two\" is no finite number"));
}

TEST_CASE("RowPieces: a row longer than a piece is refused") {
  ScratchFolder folder;
  folder.add("rows.csv", "a,b\n1," + std::string(100, '2') + "\n");
  const auto numbers = numbers_of(folder.path() / "rows.csv", 32);
  REQUIRE_FALSE(numbers.has_value());
  CHECK(numbers.error().what == "line 2: a row of over 32 bytes");
}

TEST_CASE("TextSource: an xz archive is unpacked, and refused when it is cut off or damaged") {
  // printf 'a,b\n1,2\n3,4\n' | xz
  constexpr std::array<unsigned char, 68> kPacked{
      0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46, 0x02, 0x00,
      0x21, 0x01, 0x16, 0x00, 0x00, 0x00, 0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x0b, 0x61,
      0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32, 0x0a, 0x33, 0x2c, 0x34, 0x0a, 0x00, 0x10, 0x55,
      0xe3, 0x96, 0x32, 0x2f, 0x91, 0x5e, 0x00, 0x01, 0x24, 0x0c, 0xa6, 0x18, 0xd8, 0xd8,
      0x1f, 0xb6, 0xf3, 0x7d, 0x01, 0x00, 0x00, 0x00, 0x00, 0x04, 0x59, 0x5a};
  ScratchFolder folder;
  const std::string_view packed(reinterpret_cast<const char*>(kPacked.data()), kPacked.size());
  folder.add("whole.xz", packed);
  const auto numbers = numbers_of(folder.path() / "whole.xz", 4096);
  if (!numbers) FAIL(describe(numbers.error()));
  CHECK(*numbers == std::vector<float>{2, 1, 4, 3});
  folder.add("cut.xz", packed.substr(0, packed.size() - 20));
  CHECK(describe(numbers_of(folder.path() / "cut.xz", 4096).error())
            .ends_with(": the xz archive is cut off"));
  std::string damaged(packed);
  damaged[30] = static_cast<char>(damaged[30] ^ 0x55);
  folder.add("damaged.xz", damaged);
  CHECK(describe(numbers_of(folder.path() / "damaged.xz", 4096).error())
            .ends_with(": the xz archive is damaged"));
}

TEST_CASE("split_rows: parts are whole rows and together the piece") {
  const std::string piece = "1,2\n33,4\n5,666\n7,8";
  for (const std::size_t count : {1, 2, 3, 9}) {
    std::string joined;
    for (const std::string_view part : split_rows(piece, count)) {
      CHECK((part.ends_with('\n') || part.ends_with('8')));
      joined += part;
    }
    CHECK(joined == piece);
  }
  CHECK(split_rows("1,\"\n\"\n2,3\n", 4).size() == 1);
}
