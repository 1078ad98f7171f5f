// SPDX-License-Identifier: MIT
// Chord symbols, numerals, keys and intervals from hostile text: what is read prints and reads
// back.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <toccata/theory/chord.hpp>

using namespace toccata;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// Errors are one short line, whatever was found.
void require_line(const std::string& error) {
  require(error.size() >= 15 && error.size() <= 600);
  require(error.find('\n') == std::string::npos);
}

void read_symbol(std::string_view text) {
  const auto chord = parse_chord(text);
  if (!chord) return require_line(chord.error());
  const auto again = parse_chord(to_string(*chord));
  require(again && *again == *chord);
}

void read_numeral(std::string_view text, const Key& key) {
  const auto chord = parse_roman(text, key);
  if (!chord) return require_line(chord.error());
  const auto again = parse_roman(to_roman(*chord, key), key);
  require(again && again->pitch_classes() == chord->pitch_classes());
  require(again->bass_class() == chord->bass_class());
}

void read_key(std::string_view text) {
  const auto key = parse_key(text);
  if (!key) return require_line(key.error());
  require(*parse_key(to_string(*key)) == *key);
  read_numeral("V7/ii", *key);
}

void read_interval(std::string_view text) {
  const auto interval = parse_interval(text);
  if (!interval) return require_line(interval.error());
  require(*parse_interval(to_string(*interval)) == *interval);
}

void read_bars(std::string_view text, const Key& key) {
  const auto bars = parse_chord_bars(text, key);
  if (!bars) return require_line(bars.error());
  std::string written;
  for (const auto& bar : *bars) {
    if (!written.empty()) written += " |";
    for (const auto& chord : bar) written += " " + to_string(chord);
  }
  constexpr std::size_t kLongestText = 100'000;  // repeats may write more than is read
  if (written.size() > kLongestText) return;
  const auto again = parse_chord_bars(written);
  require(again && *again == *bars);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Key c_major = *parse_key("C"), g_sharp_minor = *parse_key("G# minor");
  read_symbol(text);
  read_numeral(text, c_major);
  read_numeral(text, g_sharp_minor);
  read_key(text);
  read_interval(text);
  read_bars(text, c_major);
  return 0;
}
