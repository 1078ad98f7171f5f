// SPDX-License-Identifier: MIT
#include "chorus.hpp"

#include <cmath>

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::instrument;

namespace {

constexpr auto kRate = audio::SampleRate::literal(48000);

audio::Stereo answer(const std::vector<float>& send) {
  Chorus chorus(kRate);
  audio::Stereo out(send.size());
  for (std::size_t at = 0; at < send.size(); at += 64)
    chorus.process(std::span(send).subspan(at, 64), out.span().part(at, 64));
  return out;
}

}  // namespace

TEST_CASE("chorus: an impulse comes back after 18 ms, later on the right than on the left") {
  std::vector<float> send(64 * 60);
  send[0] = 1;
  const audio::Stereo out = answer(send);
  const auto place = [](const std::vector<float>& side) {
    double sum = 0, moment = 0;
    for (std::size_t i = 0; i < side.size(); ++i) {
      sum += static_cast<double>(side[i]);
      moment += static_cast<double>(i) * static_cast<double>(side[i]);
    }
    CHECK(sum == doctest::Approx(1).epsilon(0.02));
    return moment / sum / 48;  // ms
  };
  CHECK(place(out.left) == doctest::Approx(18.1).epsilon(0.02));
  CHECK(place(out.right) == doctest::Approx(20.5).epsilon(0.02));
}

TEST_CASE("chorus: the pitch of what is heard goes up and down by some cents") {
  std::vector<float> send(64 * 1500);
  for (std::size_t i = 0; i < send.size(); ++i)
    send[i] = static_cast<float>(std::sin(2 * M_PI * 1000 * static_cast<double>(i) / 48000));
  const audio::Stereo out = answer(send);
  double lowest = 1e9, highest = 0;
  for (std::size_t from = 4800; from + 4800 < send.size(); from += 4800) {
    int crossings = 0;
    double first = 0, last = 0;
    for (std::size_t i = from + 1; i < from + 4800; ++i)
      if (out.left[i - 1] < 0 && out.left[i] >= 0) {
        const double below = static_cast<double>(out.left[i - 1]);
        const double at = static_cast<double>(i) - static_cast<double>(out.left[i]) /
                                                       (static_cast<double>(out.left[i]) - below);
        (crossings++ == 0 ? first : last) = at;
      }
    const double hertz = (crossings - 1) * 48000 / (last - first);
    lowest = std::min(lowest, hertz);
    highest = std::max(highest, hertz);
  }
  CHECK(1200 * std::log2(highest / 1000) == doctest::Approx(14).epsilon(0.25));
  CHECK(1200 * std::log2(lowest / 1000) == doctest::Approx(-14).epsilon(0.25));
}
