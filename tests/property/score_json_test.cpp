// SPDX-License-Identifier: MIT
#include "random_score.hpp"

#include <doctest/doctest.h>
#include <toccata/text/score_json.hpp>

using namespace toccata;

TEST_CASE("random_score: every score is valid and the same seed gives the same") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    Rng rng(seed), again(seed);
    const Score score = property::random_score(rng);
    CHECK_FALSE(validate(score));
    CHECK(property::random_score(again) == score);
  }
}

TEST_CASE("score JSON: what is written is read back as it was") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    Rng rng(seed);
    ScoreDocument document{property::random_score(rng), {}};
    if (rng.chance(0.7)) document.performance = property::random_performance(document.score, rng);
    const std::string text = write_score_json(document);
    const auto read = read_score_json(text);
    if (!read) FAIL(describe(read.error()));
    CHECK(read->score == document.score);
    CHECK(read->performance == document.performance);
    CHECK(write_score_json(*read) == text);
  }
}
