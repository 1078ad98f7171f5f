// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>

#include "listen_page.hpp"
#include "opening.hpp"

using namespace toccata;
using namespace toccata::cli;

namespace {

ListenPage two_pieces() {
  return {7,
          {{"A <waltz>", {{"curve", "1-A.wav"}, {"none", "1-B.wav"}}},
           {"Fugue", {{"classical", "2-A.wav"}, {"curve", "2-B.wav"}, {"none", "2-C.wav"}}}}};
}

std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("listening page: each version has a sound and five ratings, each piece a preference") {
  const std::string html = to_html(two_pieces());
  CHECK(count_of(html, "<audio") == 5);
  CHECK(count_of(html, "name=\"rating-") == 25);
  CHECK(count_of(html, "name=\"preferred-1\"") == 2);
  CHECK(count_of(html, "name=\"preferred-2\"") == 3);
  for (const char* sound : {"1-A.wav", "1-B.wav", "2-A.wav", "2-B.wav", "2-C.wav"})
    CHECK(count_of(html, "src=\"" + std::string(sound) + "\"") == 1);
  CHECK(html.find("data-versions=\"A B C\"") != std::string::npos);
  CHECK(html.find("A &lt;waltz&gt;") != std::string::npos);
  CHECK(html.find("<waltz>") == std::string::npos);
}

TEST_CASE("listening page: nothing that is shown names a performer, and nothing is fetched") {
  const std::string html = to_html(two_pieces());
  for (const char* performer : {"curve", "classical", "\"none\"", ">none", "default"})
    CHECK(html.find(performer) == std::string::npos);
  for (const char* word : {"http:", "https:", "//cdn", "<link", "@import", "fetch(", "@PIECES@"})
    CHECK(html.find(word) == std::string::npos);
}

TEST_CASE("listening page: the key is base64 of the performers in the page's order") {
  const ListenPage page{3, {{"x", {{"none", "1-A.wav"}, {"curve", "1-B.wav"}}}}};
  // {"seed":"3","pieces":[["none","curve"]]}, by another encoder
  CHECK(key_of(page) == "eyJzZWVkIjoiMyIsInBpZWNlcyI6W1sibm9uZSIsImN1cnZlIl1dfQ==");
  CHECK(to_html(page).find(key_of(page)) != std::string::npos);
}

TEST_CASE("listening page: the same words stand in English and in French") {
  const std::string html = to_html(two_pieces());
  CHECK(count_of(html, "lang=\"en\"") > 10);
  // The page itself is begun in English, and its style names each once.
  CHECK(count_of(html, "<span lang=\"en\"") == count_of(html, "<span lang=\"fr\""));
}

TEST_CASE("drawn_order: a permutation that follows from the seed and takes all orders") {
  Rng first(1), again(1);
  CHECK(drawn_order(6, first) == drawn_order(6, again));
  Rng rng(2);
  std::vector<int> begins(3);
  for (int i = 0; i < 3000; ++i) {
    auto order = drawn_order(3, rng);
    ++begins[order[0]];
    std::ranges::sort(order);
    REQUIRE(order == std::vector<std::size_t>{0, 1, 2});
  }
  for (const int count : begins) CHECK(count > 900);
}

TEST_CASE("opening_of: whole bars up to the length, held notes end there, later things go") {
  Score score;
  score.tempo = TempoMap(kComposedPpq, {{Tick(0), *Tempo::from_bpm(120)}});
  score.meter = MeterMap(kComposedPpq, {{Tick(0), kCommonTime}});
  score.end = Tick(4 * 1920);  // four bars of two seconds
  score.sections = {{Tick(0), "A"}, {Tick(2 * 1920), "B"}};
  Part part;
  for (int bar = 0; bar < 4; ++bar) {
    Note note;
    note.id = NoteId(static_cast<std::uint32_t>(bar + 1));
    note.onset = Tick(std::int64_t{1920} * bar + 480);
    note.duration = Duration(bar < 3 ? 1920 : 1440);
    part.notes.push_back(note);
  }
  score.parts.push_back(part);
  const Score opening = opening_of(score, Seconds(5));
  CHECK(opening.end == Tick(2 * 1920));
  REQUIRE(opening.parts[0].notes.size() == 2);
  CHECK(opening.parts[0].notes[0].end() == Tick(480 + 1920));
  CHECK(opening.parts[0].notes[1].end() == Tick(2 * 1920));
  CHECK(opening.sections.size() == 1);
  CHECK(opening_of(score, Seconds(0.1)).end == Tick(1920));
  CHECK(opening_of(score, Seconds(100)) == score);
}
