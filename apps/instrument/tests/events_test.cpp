// SPDX-License-Identifier: MIT
#include "events.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace toccata::instrument;

namespace {

struct Given {
  std::uint32_t frame;
  std::uint8_t bytes[3];
};

/// The numbers of the given messages in the order in which they take effect.
std::vector<std::size_t> order_of(const std::vector<Given>& given, SameFrame same_frame) {
  std::vector<Event> events;
  for (const Given& one : given) events.push_back({one.frame, 3, one.bytes});
  put_in_order(events, same_frame);
  std::vector<std::size_t> order;
  for (const Event& event : events)
    for (std::size_t i = 0; i < given.size(); ++i)
      if (event.bytes == given[i].bytes) order.push_back(i);
  return order;
}

using Order = std::vector<std::size_t>;

}  // namespace

TEST_CASE("events: frames come in order, and at one frame they stay as they are") {
  const std::vector<Given> given = {
      {5, {0x90, 60, 1}}, {0, {0x90, 61, 1}}, {5, {0xB0, 1, 1}}, {0, {0x80, 61, 1}}};
  CHECK(order_of(given, SameFrame::Kept) == Order{1, 3, 0, 2});
}

TEST_CASE("events: an order that was lost is put right at each frame") {
  const std::vector<Given> given = {{7, {0x90, 60, 1}},  {7, {0xB0, 6, 12}}, {7, {0xB0, 100, 0}},
                                    {7, {0xB0, 101, 0}}, {7, {0xE0, 0, 70}}, {7, {0xC0, 3, 0}},
                                    {7, {0xB0, 0, 1}},   {7, {0x90, 59, 0}}, {2, {0x90, 50, 1}},
                                    {7, {0xF0, 1, 2}}};
  CHECK(order_of(given, SameFrame::Lost) == Order{8, 7, 9, 6, 5, 2, 3, 1, 4, 0});
}

TEST_CASE("events: data entry comes between what it is for and what unsets that again") {
  const std::vector<Given> given = {
      {0, {0xB0, 101, 0}}, {0, {0xB0, 101, 127}}, {0, {0xB0, 100, 0}}, {0, {0xB0, 100, 127}},
      {0, {0xB0, 6, 2}},   {1, {0xB0, 101, 0}},   {0, {0xB1, 101, 0}}};
  CHECK(order_of(given, SameFrame::Lost) == Order{0, 2, 6, 4, 1, 3, 5});
}
