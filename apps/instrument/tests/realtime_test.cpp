// SPDX-License-Identifier: MIT
// The audio thread neither takes memory nor gives any back, whatever is played: malloc is counted,
// FluidSynth's calls of it too.
#include "player.hpp"
#include "tiny_font.hpp"

#include <cstdlib>

#include <doctest/doctest.h>

namespace {

thread_local bool is_watched = false;
thread_local int calls = 0;

struct Watch {
  Watch() { is_watched = true, calls = 0; }
  ~Watch() { is_watched = false; }
};

}  // namespace

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void __libc_free(void* block);

void* malloc(std::size_t size) {
  if (is_watched) ++calls;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  if (is_watched) ++calls;
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  if (is_watched) ++calls;
  return __libc_realloc(block, size);
}
void free(void* block) {
  if (is_watched && block != nullptr) ++calls;
  __libc_free(block);
}
}

using namespace toccata::instrument;

namespace {

using Messages = std::vector<std::vector<std::uint8_t>>;

/// Calls of malloc and its like while these are played, one each 50 frames.
int calls_during(Player& player, const Messages& messages) {
  std::vector<Event> events;
  for (const auto& message : messages)
    events.push_back({static_cast<std::uint32_t>(50 * events.size()),
                      static_cast<std::uint32_t>(message.size()), message.data()});
  std::vector<float> left(50 * messages.size() + 4096), right(left.size());
  const Watch watch;
  put_in_order(events, SameFrame::Lost);
  player.process(events, left, right);
  return calls;
}

/// Everything that a channel can be sent.
Messages everything() {
  Messages messages;
  for (std::uint8_t channel = 0; channel < 16; ++channel) {
    const auto with = [&](int status) { return static_cast<std::uint8_t>(status | channel); };
    for (int number = 0; number < 128; ++number)
      messages.push_back({with(0xB0), static_cast<std::uint8_t>(number), 64});
    for (std::uint8_t program = 0; program < 128; program += 17)
      messages.push_back({with(0xC0), program});
    for (std::uint8_t key = 30; key < 100; key += 3) {
      messages.push_back({with(0x90), key, 100});
      messages.push_back({with(0xE0), key, key});
      messages.push_back({with(0xA0), key, 80});
      messages.push_back({with(0xD0), key});
      messages.push_back({with(0xF0), 0x7F, 0x7F, 8, 2, 0, 1, key, key, 0x20, 0, 0xF7});
      messages.back()[0] = 0xF0;
    }
    for (std::uint8_t selector = 0; selector < 6; ++selector)
      for (const int number : {101, 100, 6, 38})
        messages.push_back({with(0xB0), static_cast<std::uint8_t>(number),
                            number == 101 ? std::uint8_t{0} : selector});
  }
  messages.push_back({0xF0, 0x7E, 0x7F, 9, 1, 0xF7});
  return messages;
}

}  // namespace

TEST_CASE("realtime: playing takes no memory and gives none back") {
  Player player;
  player.set_font(toccata::sound_font::test::write_tiny_font().string());
  REQUIRE(player.set_scale("half\n2\n600.\n2/1\n"));
  player.activate(48000);
  CHECK(calls_during(player, everything()) == 0);
}

TEST_CASE("realtime: nor do changes of parameters, of the scale and of the font") {
  Player player;
  player.set_font(toccata::sound_font::test::write_tiny_font().string());
  player.activate(48000);
  for (std::size_t i = 0; i < kParameterCount; ++i) {
    const auto parameter = static_cast<Parameter>(i);
    for (const float value : {info_of(parameter).highest, info_of(parameter).lowest}) {
      player.set_parameter(parameter, value);
      CHECK(calls_during(player, {{0x90, 60, 100}, {0x80, 60, 0}}) == 0);
    }
  }
  REQUIRE(player.set_scale("third\n3\n400.\n800.\n2/1\n"));
  CHECK(calls_during(player, {{0x90, 60, 100}}) == 0);
  player.set_font("");
  CHECK(calls_during(player, {{0x90, 60, 100}}) == 0);
}
