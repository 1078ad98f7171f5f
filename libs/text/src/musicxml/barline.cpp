// SPDX-License-Identifier: MIT
#include <algorithm>

#include "musicxml/cursor.hpp"

namespace toccata::musicxml::detail {
namespace {

/// "1", "1, 2", "1.2." or "1-3"; empty where it is none of these.
std::vector<int> ending_numbers(std::string_view text) {
  constexpr int kMostPasses = 1'000;
  std::vector<int> numbers;
  int number = 0;
  bool has_digits = false, is_range = false;
  const auto add = [&] {
    if (!has_digits) return;
    const int first = is_range && !numbers.empty() ? numbers.back() + 1 : number;
    for (int n = std::min(first, number); n <= number; ++n) numbers.push_back(n);
    has_digits = is_range = false;
    number = 0;
  };
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      number = std::min(number * 10 + (c - '0'), kMostPasses);
      has_digits = true;
      continue;
    }
    add();
    is_range = c == '-' || (is_range && c == ' ');
  }
  add();
  std::erase(numbers, 0);
  return numbers;
}

Check read_repeat(Cursor& cursor, pugi::xml_node node) {
  FlowSigns& flow = cursor.bar->flow;
  const std::string_view direction = node.attribute("direction").value();
  if (direction == "forward") {
    flow.repeat_begins = true;
    return {};
  }
  int times = 2;
  if (const auto attribute = node.attribute("times")) {
    const auto number = whole_of(attribute.value());
    if (!number || *number < 1) {
      TOCCATA_CHECK(cursor.reading.fault(Fault::BadRepeat, node, attribute.value()));
    } else {
      times = *number;
    }
  }
  flow.repeat_times = times;
  return {};
}

Check read_ending(Cursor& cursor, pugi::xml_node node) {
  FlowSigns& flow = cursor.bar->flow;
  if (std::string_view(node.attribute("type").value()) != "start") {
    flow.ending_ends = true;
    return {};
  }
  const std::string_view written = node.attribute("number").value();
  auto numbers = ending_numbers(written);
  if (numbers.empty()) numbers = ending_numbers(text_of(node));
  if (numbers.empty()) return cursor.reading.fault(Fault::BadRepeat, node, written);
  // What begins at a measure's right end is the next measure's.
  const bool is_right = std::string_view(node.parent().attribute("location").value()) != "left";
  auto& begins = is_right ? cursor.late_ending : flow.ending_numbers;
  if (begins.empty()) begins = std::move(numbers);  // else another part said so
  return {};
}

}  // namespace

Check read_barline(Cursor& cursor, pugi::xml_node node) {
  const bool is_within = std::string_view(node.attribute("location").value()) == "middle";
  if (is_within && (node.child("repeat") || node.child("ending")))
    return cursor.reading.fault(Fault::BadRepeat, node, "within a measure");
  if (const auto repeat = node.child("repeat")) TOCCATA_CHECK(read_repeat(cursor, repeat));
  if (const auto ending = node.child("ending")) TOCCATA_CHECK(read_ending(cursor, ending));
  const bool is_left = std::string_view(node.attribute("location").value()) == "left";
  if (node.child("segno")) (is_left ? cursor.bar->flow.segnos : cursor.late_segnos).emplace_back();
  if (node.child("coda")) (is_left ? cursor.bar->flow.codas : cursor.late_codas).emplace_back();
  return {};
}

}  // namespace toccata::musicxml::detail
