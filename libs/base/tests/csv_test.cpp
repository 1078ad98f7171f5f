// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <toccata/base/csv.hpp>

using namespace toccata;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// All rows, that of the columns first.
Result<Rows, CsvError> rows_of(std::string_view text) {
  TOCCATA_TRY(CsvReader reader, CsvReader::open(text));
  Rows rows{reader.columns()};
  for (;;) {
    TOCCATA_TRY(const auto* fields, reader.next());
    if (fields == nullptr) return rows;
    rows.emplace_back(fields->begin(), fields->end());
  }
}

}  // namespace

TEST_CASE("CsvReader: fields are what stands between commas, whatever the line ends") {
  const Rows expected{{"a", "b"}, {"1", ""}, {"", "x y"}};
  CHECK(*rows_of("a,b\n1,\n,x y\n") == expected);
  CHECK(*rows_of("\xEF\xBB\xBF"
                 "a,b\r\n1,\r\n\r\n,x y") == expected);
}

TEST_CASE("CsvReader: a quoted field holds commas, line breaks and doubled quotes") {
  CHECK(*rows_of("a,b\n\"x,\"\"y\"\"\nz\",\"\"\n") == Rows{{"a", "b"}, {"x,\"y\"\nz", ""}});
  CHECK(*rows_of("\"a\",b\r\n\"1\",\"2\"\r\n") == Rows{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("CsvReader: a comma at the very end makes an empty last field") {
  CHECK(*rows_of("a,b\n1,") == Rows{{"a", "b"}, {"1", ""}});
}

TEST_CASE("CsvReader: faults name the line where they stand") {
  CHECK(describe(rows_of("").error()) == "line 1: a row that names the columns is missing");
  CHECK(describe(rows_of("a,b\n1,2\n\n1\n").error()) ==
        "line 4: 1 fields, but the first row has 2");
  CHECK(describe(rows_of("a\n\"x\ny").error()) == "line 2: a quote that is never closed");
  CHECK(describe(rows_of("a\n\"x\"y\n").error()) ==
        "line 2: a closed quote with more of the field behind it");
}

TEST_CASE("CsvReader: columns are found by name") {
  const auto reader = CsvReader::open("pitch,velocity\n60,80\n");
  CHECK(reader->find_column("velocity") == 1);
  CHECK_FALSE(reader->find_column("onset").has_value());
}
