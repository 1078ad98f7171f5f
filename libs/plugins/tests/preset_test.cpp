// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/plugins/preset.hpp>

using namespace toccata;
using namespace toccata::plugins;

namespace {

constexpr std::string_view kId = "0123456789ABCDEF0123456789ABCDEF";

Bytes bytes_of(std::string_view text) {
  const ByteView view = as_bytes(text);
  return {view.begin(), view.end()};
}

/// Written out by hand, as the SDK's PresetFile does: header, "state", "view", list.
Bytes hand_made() {
  using namespace std::string_view_literals;
  return bytes_of(
      "VST3\x01\0\0\0"
      "0123456789ABCDEF0123456789ABCDEF"
      "\x39\0\0\0\0\0\0\0"
      "stateview"
      "List\x02\0\0\0"
      "Comp\x30\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0"
      "Cont\x35\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0"sv);
}

PresetFault fault_of(const Bytes& bytes) {
  const auto preset = read_preset(bytes);
  REQUIRE_FALSE(preset);
  CHECK(describe(preset.error()).size() > 10);
  return preset.error().fault;
}

Bytes with(std::size_t at, std::uint8_t value) {
  Bytes bytes = hand_made();
  bytes.at(at) = value;
  return bytes;
}

constexpr std::size_t kListAt = 57, kFirstEntry = kListAt + 8, kSecondEntry = kFirstEntry + 20;

}  // namespace

TEST_CASE("preset: a file made by hand is read, and written back to the byte") {
  const auto preset = read_preset(hand_made());
  REQUIRE(preset);
  CHECK(preset->class_id.text() == kId);
  REQUIRE(preset->chunks.size() == 2);
  CHECK(*preset->find(kComponentChunk) == bytes_of("state"));
  CHECK(*preset->find("Cont") == bytes_of("view"));
  CHECK(preset->find(kInfoChunk) == nullptr);
  CHECK(write_preset(*preset) == hand_made());
}

TEST_CASE("preset: chunks may lie in any order and after the list") {
  using namespace std::string_view_literals;
  const Bytes bytes = bytes_of(
      "VST3\x01\0\0\0"
      "0123456789abcdef0123456789abcdef"
      "\x30\0\0\0\0\0\0\0"
      "List\x02\0\0\0"
      "Info\x61\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0"
      "Comp\x60\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0"
      "cii"sv);
  const auto preset = read_preset(bytes);
  REQUIRE(preset);
  CHECK(preset->class_id.text() == kId);
  CHECK(*preset->find(kComponentChunk) == bytes_of("c"));
  CHECK(*preset->find(kInfoChunk) == bytes_of("ii"));
}

TEST_CASE("preset: every kind of damage has its name") {
  CHECK(fault_of({}) == PresetFault::NoPreset);
  CHECK(fault_of(bytes_of("MThd")) == PresetFault::NoPreset);
  CHECK(fault_of(bytes_of("VST3")) == PresetFault::CutOff);
  CHECK(fault_of(with(4, 2)) == PresetFault::Version);
  CHECK(fault_of(with(8, 'G')) == PresetFault::ClassId);
  CHECK(fault_of(with(40, 0)) == PresetFault::CutOff);     // the list in the header
  CHECK(fault_of(with(47, 0x80)) == PresetFault::CutOff);  // a place below zero
  CHECK(fault_of(with(40, 58)) == PresetFault::List);
  CHECK(fault_of(with(kListAt + 4, 3)) == PresetFault::CutOff);         // one more than there are
  CHECK(fault_of(with(kListAt + 7, 0xFF)) == PresetFault::List);        // 4 thousand million
  CHECK(fault_of(with(kFirstEntry + 4, 10)) == PresetFault::Chunk);     // in the header
  CHECK(fault_of(with(kFirstEntry + 11, 0xFF)) == PresetFault::Chunk);  // a place below zero
  CHECK(fault_of(with(kFirstEntry + 19, 0x7F)) == PresetFault::Chunk);  // longer than any file
  CHECK(fault_of(with(kFirstEntry + 12, 6)) == PresetFault::Chunk);     // over the next one
  CHECK(fault_of(with(kSecondEntry + 12, 5)) == PresetFault::Chunk);    // over the list
  CHECK(fault_of(with(kFirstEntry + 1, 'x')) == PresetFault::NoContent);
  Bytes twice = hand_made();
  for (std::size_t i = 0; i < 4; ++i) twice[kSecondEntry + i] = twice[kFirstEntry + i];
  CHECK(fault_of(twice) == PresetFault::Chunk);
}

TEST_CASE("preset: no part of a file is taken for the whole") {
  const Bytes whole = hand_made();
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(read_preset(ByteView(whole).first(size)));
}

TEST_CASE("preset: its information is XML whatever the name holds") {
  const Bytes info =
      write_preset_info({"Rock & \"Roll\" <1>", "Toccata", "Toccata", "Guitar|Distortion"});
  const auto text = as_text(info);
  CHECK(text.find("value=\"Rock &amp; &quot;Roll&quot; &lt;1&gt;\"") != std::string_view::npos);
  CHECK(text.find("id=\"MediaType\" value=\"VstPreset\"") != std::string_view::npos);
}
