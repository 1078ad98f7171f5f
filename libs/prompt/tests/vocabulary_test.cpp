// SPDX-License-Identifier: MIT
// Typing slips: which are forgiven, and which words are nobody's slip.
#include "../src/vocabulary.hpp"

#include <doctest/doctest.h>

using namespace toccata::prompt;

namespace {

bool is_read_as(std::string_view typed, std::string_view word) {
  const auto& vocabulary = Vocabulary::get();
  const auto found = vocabulary.corrected(typed);
  if (!found) return false;
  const auto *one = vocabulary.find(*found), *other = vocabulary.find(word);
  const bool is_same = one != nullptr && other != nullptr && one->kind == other->kind;
  return *found == word || (is_same && one->id == other->id);
}

}  // namespace

TEST_CASE("slips: nearly every word is read with any one letter of it missing or two swapped") {
  const auto& vocabulary = Vocabulary::get();
  int tried = 0, read = 0;
  const auto try_slip = [&](const std::string& typed, std::string_view word) {
    if (typed == word || vocabulary.find(typed) != nullptr) return;
    ++tried;
    read += is_read_as(typed, word) ? 1 : 0;
  };
  for (const std::string_view word : vocabulary.forgiving_words())
    for (std::size_t i = 0; i < word.size(); ++i) {
      std::string typed(word);
      typed.erase(i, 1);
      try_slip(typed, word);
      typed = word;
      if (i > 0) std::swap(typed[i], typed[i - 1]);
      try_slip(typed, word);
    }
  CHECK(tried > 15'000);
  CHECK(read > tried * 95 / 100);
}

TEST_CASE("slips: frequent words and names are nobody's slip") {
  for (const char* word : {"france", "adam", "santa", "aigue", "south", "month", "matin", "witch",
                           "morgan", "walt", "terry", "voyage", "youth"})
    CHECK_FALSE(Vocabulary::get().corrected(word));
}

TEST_CASE("slips: behind a note a scale is meant, and rare words yield") {
  const auto& vocabulary = Vocabulary::get();
  CHECK_FALSE(vocabulary.corrected("minuer"));
  CHECK(vocabulary.corrected("minuer", Vocabulary::Behind::Note) == "mineur");
  CHECK(vocabulary.corrected("clainet") == "clarinet");
  CHECK(vocabulary.corrected("clavnet") == "clavinet");
}
