// SPDX-License-Identifier: MIT
// Compressed files and encodings. The files are seeds of the fuzz target.
#include "source_dir.hpp"

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>

#include "musicxml_fixture.hpp"

using namespace toccata;
using namespace toccata::musicxml_fixture;
using musicxml::Fault;

namespace {

Bytes seed(const std::string& name) {
  auto bytes = read_file(test::source_dir() / "tests/fuzz/corpus/musicxml" / name);
  REQUIRE(bytes);
  return *std::move(bytes);
}
Score score_of(const std::string& name) {
  auto read = musicxml::read_musicxml(seed(name));
  if (!read) FAIL(describe(read.error()));
  return std::move(read->score);
}
musicxml::ReadError error_of(const Bytes& bytes) {
  const auto read = musicxml::read_musicxml(bytes);
  REQUIRE_FALSE(read);
  return read.error();
}

}  // namespace

TEST_CASE("MusicXML archives: deflated and stored ones hold what the plain files do") {
  CHECK(score_of("deflated.mxl") == score_of("marks.xml"));
  CHECK(score_of("stored.mxl") == score_of("timewise.xml"));
  CHECK(score_of("marks.xml").parts[0].notes.size() == 1);
}

TEST_CASE("MusicXML archives: sizes that cannot be are refused before anything is unpacked") {
  const auto bomb = error_of(seed("bomb.mxl"));
  CHECK(bomb.fault == Fault::BadArchive);
  CHECK(bomb.found.find("packed ones can hold") != std::string::npos);
  const auto wrong = error_of(seed("wrong-size.mxl"));
  CHECK(wrong.fault == Fault::BadArchive);
  CHECK(wrong.found.find("longer than it says") != std::string::npos);
}

TEST_CASE("MusicXML archives: without a container only a lenient reading finds the score") {
  const Bytes bytes = seed("no-container.mxl");
  CHECK(error_of(bytes).fault == Fault::NoRootFile);
  musicxml::ReadOptions lenient;
  lenient.repair = musicxml::Repair::Lenient;
  const auto read = musicxml::read_musicxml(bytes, lenient);
  REQUIRE(read);
  CHECK(read->repairs.size() == 1);
  CHECK(read->score == score_of("timewise.xml"));
}

TEST_CASE("MusicXML archives: one that is cut anywhere is refused") {
  const Bytes whole = seed("deflated.mxl");
  for (std::size_t size = 4; size < whole.size(); ++size) {
    CAPTURE(size);
    CHECK(error_of(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))).fault ==
          Fault::BadArchive);
  }
}

TEST_CASE("MusicXML archives: a byte that changed in the packed score shows") {
  Bytes bytes = seed("deflated.mxl");
  // In the middle of the score's data, far from both headers.
  bytes[bytes.size() / 2] ^= 0x10;
  CHECK(error_of(bytes).fault == Fault::BadArchive);
}

TEST_CASE("MusicXML encodings: UTF-16 of both orders and a marked UTF-8 say the same") {
  const Bytes plain = seed("harmony.xml"), wide = seed("utf16.xml");
  const Score expected = score_of("harmony.xml");
  CHECK(expected.title == "T");
  CHECK(score_of("utf16.xml") == expected);
  Bytes swapped = wide;
  for (std::size_t i = 0; i + 1 < swapped.size(); i += 2) std::swap(swapped[i], swapped[i + 1]);
  const auto big = musicxml::read_musicxml(swapped);
  REQUIRE(big);
  CHECK(big->score == expected);
  Bytes marked{0xEF, 0xBB, 0xBF};
  marked.insert(marked.end(), plain.begin(), plain.end());
  const auto read = musicxml::read_musicxml(marked);
  REQUIRE(read);
  CHECK(read->score == expected);
}

TEST_CASE("looks_like_musicxml: by the first bytes") {
  CHECK(musicxml::looks_like_musicxml(seed("deflated.mxl")));
  CHECK(musicxml::looks_like_musicxml(seed("utf16.xml")));
  CHECK(musicxml::looks_like_musicxml(seed("marks.xml")));
  CHECK_FALSE(musicxml::looks_like_musicxml(as_bytes("MThd")));
  CHECK_FALSE(musicxml::looks_like_musicxml(as_bytes("{}")));
  CHECK_FALSE(musicxml::looks_like_musicxml({}));
}
