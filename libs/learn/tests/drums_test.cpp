// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <toccata/learn/drum_figures.hpp>
#include <toccata/learn/quantise.hpp>

using namespace toccata;
using namespace toccata::learn;

namespace {

constexpr double kSeconds = 0.5;  // a quarter

/// Strokes at these places of each of some quarters, each a little off by a generator.
std::vector<Struck> strokes_at(const std::vector<double>& places, int quarters, double unsteady,
                               std::uint64_t seed = 1) {
  Rng rng(seed);
  std::vector<Struck> strokes;
  for (int quarter = 0; quarter < quarters; ++quarter)
    for (const double place : places)
      strokes.push_back(
          {std::max(quarter + place + unsteady * rng.normal(), 0.0), Drum::ClosedHat, 80});
  return strokes;
}

/// A take of which the loudness is given: soft off the beat, hat alone, if `shaped`.
DrumTake take(std::uint64_t seed, bool shaped) {
  DrumTake take{{}, {}, {}, {}, 0};
  take.entry.split = Split::Train;
  Rng rng(seed);
  take.pattern.bars = 8;
  for (std::int64_t i = 0; i < 128; ++i) {
    const std::int64_t place = i * 6;
    const bool with_kick = rng.chance(0.5);
    if (with_kick) {
      take.pattern.hits.push_back({place, place / 96, place % 96, Drum::Kick});
      take.velocities.push_back(90);
      take.lateness.push_back(0);
    }
    take.pattern.hits.push_back({place, place / 96, place % 96, Drum::ClosedHat});
    // A hat with a kick below it is loud: what the place of the bar alone cannot tell.
    const double level = shaped && with_kick ? 100 : 50;
    take.velocities.push_back(static_cast<float>(level + 5 * rng.normal()));
    take.lateness.push_back(static_cast<float>(rng.normal()));
  }
  return take;
}

std::vector<const DrumTake*> pointers(const std::vector<DrumTake>& takes) {
  std::vector<const DrumTake*> all;
  for (const DrumTake& take : takes) all.push_back(&take);
  return all;
}

}  // namespace

TEST_CASE("quantise: unsteady sixteenths come back to sixteenths, with what they were off by") {
  const auto strokes = strokes_at({0, 0.25, 0.5, 0.75}, 16, 0.02);
  const Quantised grid = quantise(strokes, kSeconds);
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    CHECK(grid.places[i] == static_cast<std::int64_t>(i) * 6);
    const double away = strokes[i].at - static_cast<double>(grid.places[i]) / 24;
    CHECK(grid.lateness[i] ==
          doctest::Approx(away - (i % 2 == 1 ? (grid.sixteenth_swing - 0.5) / 2 : 0)));
  }
  CHECK(grid.sixteenth_swing < 0.53);
}

TEST_CASE("quantise: triplets and thirty-seconds are found where they are played") {
  const Quantised triplets = quantise(strokes_at({0, 1.0 / 3, 2.0 / 3}, 16, 0.015), kSeconds);
  for (std::size_t i = 0; i < triplets.places.size(); ++i)
    CHECK(triplets.places[i] == static_cast<std::int64_t>(i) * 8);
  const Quantised fine =
      quantise(strokes_at({0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875}, 16, 0.008), kSeconds);
  for (std::size_t i = 0; i < fine.places.size(); ++i)
    CHECK(fine.places[i] == static_cast<std::int64_t>(i) * 3);
}

TEST_CASE("quantise: swung sixteenths are sixteenths, and their swing is no lateness") {
  const auto strokes = strokes_at({0, 0.29, 0.5, 0.79}, 32, 0.01);
  const Quantised grid = quantise(strokes, kSeconds);
  double late = 0;
  for (std::size_t i = 0; i < strokes.size(); ++i) {
    CHECK(grid.places[i] == static_cast<std::int64_t>(i) * 6);
    late += grid.lateness[i];
  }
  CHECK(grid.sixteenth_swing == doctest::Approx(0.58).epsilon(0.02));
  CHECK(std::fabs(late / static_cast<double>(strokes.size())) < 0.005);
}

TEST_CASE("quantise: off-beats a little behind the half are eighths that swing") {
  const Quantised grid = quantise(strokes_at({0, 0.57}, 32, 0.01), kSeconds);
  for (std::size_t i = 0; i < grid.places.size(); ++i)
    CHECK(grid.places[i] == static_cast<std::int64_t>(i) * 12);
  CHECK(grid.eighth_swing == doctest::Approx(0.57).epsilon(0.02));
}

TEST_CASE("fit_drums: company that the means cannot know is learned, and only where it is there") {
  for (const bool shaped : {true, false}) {
    std::vector<DrumTake> training, held;
    for (std::uint64_t seed = 0; seed < 12; ++seed) training.push_back(take(seed, shaped));
    for (std::uint64_t seed = 100; seed < 106; ++seed) held.push_back(take(seed, shaped));
    const auto fit = [&](DrumTarget target) {
      auto fitted = fit_drums(pointers(training), pointers(held), target, Rng(1));
      REQUIRE(fitted.has_value());
      return drum_learner(std::move(fitted->trees), pointers(training), pointers(held), target);
    };
    const DrumModel model(fit(DrumTarget::HitVelocity), fit(DrumTarget::Lateness));
    const DrumFigures figures =
        drum_figures(model, pointers(held), DrumTarget::HitVelocity, Rng(1));
    CAPTURE(shaped);
    CHECK((figures.gain > 0.3) == shaped);
    CHECK((figures.gain_ci95[0] > 0.3) == shaped);
    CHECK(figures.gain == doctest::Approx(figures.model.r2 - figures.means.r2));
    CHECK(model.of(DrumTarget::HitVelocity).spreads[4].deviation ==
          doctest::Approx(5).epsilon(0.2));
  }
}

TEST_CASE("agreement: scale and level do not matter, order does") {
  HeardRows rows{{10, 20, 30, 60, 70, 80}, {0, 0, 0, 1, 1, 1}, {0, 0, 0, 1, 1, 1}};
  const std::vector<double> scaled{1, 2, 3, 6, 7, 8}, constant(6, 5.0);
  CHECK(agreement(rows, scaled).r2_linear == doctest::Approx(1));
  CHECK(agreement(rows, scaled).correlation_within == doctest::Approx(1));
  CHECK(agreement(rows, constant).r2_linear == 0);
  const std::vector<double> turned{3, 2, 1, 8, 7, 6};
  CHECK(agreement(rows, turned).correlation_within == doctest::Approx(-1));
}
