// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/plan/plan.hpp>

#include "briefs.hpp"

using namespace toccata;
using test::brief_of;

namespace {
Settings settled(const Brief& brief, std::uint64_t seed = 1) {
  return test::settled(brief, seed).settings;
}
}  // namespace

TEST_CASE("settle: an empty brief becomes a whole piece, with a reason for each field left open") {
  const auto result = settle(Brief(), 7);
  REQUIRE(result);
  CHECK(result->settings.genres[0].genre == "classical");
  CHECK(result->settings.tempo.bpm() == doctest::Approx(120));
  CHECK(result->settings.bars > 0);
  for (const char* field : {"genre", "tempo", "meter", "bars", "form", "density", "instruments"})
    CHECK_MESSAGE(std::ranges::count(result->reasons, field, &Reason::field) == 1, field);
}

TEST_CASE("settle: what is asked stays as asked, in every genre") {
  for (const auto name : Genre::names()) {
    Brief brief = brief_of(std::string(name));
    brief.tonality = *parse_tonality("F# minor");
    brief.tempo_bpm = 97;
    brief.meter = *parse_meter("7/8");
    brief.bars = 21;
    const Settings settings = settled(brief);
    CHECK(to_string(settings.key) == "F# minor");
    CHECK(settings.tempo.bpm() == doctest::Approx(97));
    CHECK(to_string(settings.meter) == "7/8");
    CHECK(settings.bars == 21);
  }
}

TEST_CASE(
    "settle: a length in seconds is kept exactly where the tempo is free, else to the nearest "
    "bar") {
  Brief brief = brief_of("rock");
  brief.seconds = 61;
  const Settings free = settled(brief);
  const double bar = 4.0 * 60 / free.tempo.bpm();
  CHECK(free.bars * bar == doctest::Approx(61).epsilon(1e-4));
  brief.tempo_bpm = 100;
  CHECK(settled(brief).bars == 25);
  brief.bars = 10'000;
  brief.tempo_bpm.reset();
  CHECK_FALSE(settle(brief, 1));  // 10,000 bars in 61 seconds
  brief.bars.reset();
  brief.seconds = 36000;
  const auto too_long = settle(brief, 1);
  REQUIRE_FALSE(too_long);
  CHECK(too_long.error().starts_with("36000 seconds at tempo "));
}

TEST_CASE("settle: the key is heard in given chords, and the piece lasts whole rounds of them") {
  Brief brief = brief_of("jazz");
  brief.chords = "Dm7 G7 | Cmaj7 | Am7";
  const Settings settings = settled(brief);
  CHECK(to_string(settings.key) == "C major");
  CHECK(settings.bars % 3 == 0);
}

TEST_CASE("settle: refused drums are not there, asked ones are") {
  Brief brief = brief_of("rock");
  CHECK(settled(brief).seat(Role::Drums) != nullptr);
  brief.drums = false;
  CHECK(settled(brief).seat(Role::Drums) == nullptr);
  Brief quiet = brief_of("classical");
  CHECK(settled(quiet).seat(Role::Drums) == nullptr);
  quiet.drums = true;
  CHECK(settled(quiet).seat(Role::Drums) != nullptr);
}

TEST_CASE("settle: refused instruments play nothing and refused parts are not written") {
  for (const auto name : Genre::names())
    for (const char* refused : {"piano", "double bass", "flute", "electric guitar"}) {
      Brief brief = brief_of(std::string(name));
      brief.without_instruments = {refused};
      brief.without_parts = {Role::Bass};
      const Settings settings = settled(brief);
      CHECK(settings.seat(Role::Bass) == nullptr);
      CHECK(settings.seat(Role::Melody) != nullptr);
      CHECK(std::ranges::none_of(settings.seats,
                                 [&](const Seat& seat) { return seat.instrument->id == refused; }));
      CHECK(to_brief(settings).without_instruments == brief.without_instruments);
    }
}

TEST_CASE("settle: every asked instrument is seated") {
  for (const auto& asked :
       std::vector<std::vector<std::string>>{{"flute"},
                                             {"piano"},
                                             {"cello", "piano"},
                                             {"oud", "nay", "darbuka"},
                                             {"electric bass", "drums"},
                                             {"violin", "viola", "cello"},
                                             {"trumpet", "piano", "double bass", "jazz kit"},
                                             {"steel guitar", "clavinet"},
                                             {"piano", "church organ"},
                                             {"choir", "piano"}})
    for (const auto name : Genre::names()) {
      Brief brief = brief_of(std::string(name));
      brief.instruments = asked;
      const Settings settings = settled(brief);
      for (const auto& id : asked) {
        CAPTURE(id);
        const auto* info = InstrumentInfo::find(id);
        CHECK(std::ranges::any_of(settings.seats, [&](const Seat& seat) {
          const Instrument seated = seat.instrument->instrument;
          // "Drums" asks for a kit; the genre's own is one.
          return id == "drums" ? seated.is_drums : seated == info->instrument;
        }));
      }
      CHECK(settings.seat(Role::Melody) != nullptr);
    }
}

TEST_CASE("settle: of two players alike each has a seat, and told seats are an ensemble") {
  Brief brief = brief_of("classical");
  brief.alone = true;
  brief.instruments = {"violin", "violin", "viola", "cello"};
  const auto seats = settled(brief).seats;
  const auto plays = [&](std::string_view id) {
    return std::ranges::count_if(seats, [&](const Seat& s) { return s.instrument->id == id; });
  };
  CHECK(seats.size() == 4);
  CHECK(plays("violin") == 2);
  CHECK(seats.front().role == Role::Melody);
  brief.instruments.clear();
  brief.seats = {{Role::Melody, "flute"}, {Role::Bass, "cello"}};
  CHECK(settled(brief).seats.size() == 2);
}

TEST_CASE("settle: parts name what is written, and nothing else is") {
  Brief brief = brief_of("jazz");
  brief.parts = {Role::Melody};
  CHECK(settled(brief).seats.size() == 1);
  brief.parts = {Role::Bass, Role::Drums};
  const Settings rhythm = settled(brief);
  CHECK(rhythm.seats.size() == 2);
  CHECK(rhythm.seat(Role::Bass) != nullptr);
}

TEST_CASE("settle: joy is faster and sorrow slower than usual, where no tempo is asked for") {
  for (const auto genre : Genre::names()) {
    CAPTURE(genre);
    const auto tempo_at = [&](double valence, std::optional<double> bpm) {
      Brief brief;
      brief.genres = {{std::string(genre), 1.0}};
      brief.valence = valence;
      brief.tempo_bpm = bpm;
      return settled(brief).tempo.bpm();
    };
    CHECK(tempo_at(1, {}) > tempo_at(-1, {}));
    CHECK(tempo_at(1, 100) == tempo_at(-1, 100));
  }
}

TEST_CASE("settle: a dark mood chooses the dark scale, a bright one the other; maqamat likewise") {
  for (const double valence : {-0.8, 0.8}) {
    Brief brief = brief_of("classical");
    brief.valence = valence;
    CHECK(settled(brief).key.scale.is_minor() == (valence < 0));
    brief.genres = {{"arabic", 1.0}};
    CHECK(settled(brief).maqam->id == (valence < 0 ? "hijaz" : "rast"));
  }
}

TEST_CASE("make_plan: chords fill the piece without gaps and end on the tonic; sections add up") {
  for (const auto name : Genre::names())
    for (const int bars : {1, 2, 3, 7, 12, 13, 16, 31, 64, 200})
      for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(name);
        CAPTURE(bars);
        Brief brief = brief_of(std::string(name));
        brief.bars = bars;
        const Settings settings = settled(brief, seed);
        const auto plan = make_plan(settings);
        REQUIRE(plan);
        Tick at;
        for (const ChordSpan& span : plan->chords) {
          CHECK(span.at == at);
          CHECK(span.duration > Duration(0));
          at += span.duration;
        }
        CHECK(at == plan->end);
        CHECK(plan->chords.back().chord.root == settings.key.tonic);
        int sum = 0;
        for (const SectionPlan& section : plan->sections) {
          CHECK(section.first.index() == sum);
          sum += section.bars;
        }
        CHECK(sum == bars);
      }
}

TEST_CASE("lay_out_form: labels come as asked, and too few bars are refused by name") {
  const Genre& genre = *Genre::find("classical");
  const auto sections = lay_out_form(*parse_form("A B A' C A"), 20, genre);
  REQUIRE(sections);
  std::string labels;
  for (const SectionPlan& section : *sections) labels += section.label + " ";
  CHECK(labels == "A B A' C A ");
  CHECK((*sections)[2].material == "A");
  CHECK((*sections)[2].varied);
  const auto refused = lay_out_form(*parse_form("aaba"), 3, genre);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().find("at least 4 bars") != std::string::npos);
}

TEST_CASE("make_plan: twelve bars of blues are twelve bars of blues") {
  Brief brief = brief_of("blues");
  brief.bars = 24;
  const auto plan = make_plan(settled(brief));
  REQUIRE(plan);
  const auto root_of_bar = [&](int bar) {
    return plan->chord_at(plan->meter.onset_of(Bar(bar))).chord.root_class().number();
  };
  for (const int chorus : {0, 12}) {
    CHECK(root_of_bar(chorus) == 0);
    CHECK(root_of_bar(chorus + 4) == 5);
    CHECK(root_of_bar(chorus + 6) == 0);
    CHECK(root_of_bar(chorus + 8) == 7);
  }
}

TEST_CASE("settle: twelve-bar forms need twelve bars, and are not drawn where there are fewer") {
  Brief brief = brief_of("blues");
  brief.bars = 11;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto open = settle(brief, seed);
    REQUIRE(open);
    CHECK(open->settings.form.name != "12-bar");
  }
  brief.form = *parse_form("12-bar");
  const auto refused = settle(brief, 1);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() == "form 12-bar needs at least 12 bars, not 11");
  brief.bars = 12;
  CHECK(settle(brief, 1));
}

TEST_CASE("settle: a piece is as long as its quarters allow, however long its bars are") {
  Brief brief = brief_of("rock");
  brief.bars = kMostBars;
  brief.meter = *Meter::make(12, 4);
  CHECK(settle(brief, 1));
  brief.meter = *Meter::make(255, 1);
  const auto refused = settle(brief, 1);
  REQUIRE_FALSE(refused);
  CHECK(refused.error() ==
        "10000 bars of 255/1 are 10200000 quarters, more than the 120000 allowed");
}

TEST_CASE("settle: the key of given chords is the one they say, begun, ended or resolved in") {
  struct Heard {
    const char *chords, *key;
  };
  constexpr Heard kHeard[] = {
      {"C | G | Am | F", "C major"},
      {"Am | F | C | G", "A minor"},
      {"C | Am | F | G", "C major"},
      {"D | A | Bm | G", "D major"},
      {"Dm | Bb | F | C", "D minor"},
      {"F | G | C", "C major"},
      {"Dm7 | G7 | Cmaj7", "C major"},
      {"C | A7 | Dm | G7", "C major"},
      {"Am | Dm | E7 | Am", "A minor"},
      {"Am | Dm | E | Am", "A minor"},
      {"A7 | D7 | A7 | E7", "A major"},
      {"A7 | A7 | A7 | A7 | D7 | D7 | A7 | A7 | E7 | D7 | A7 | E7", "A major"},
      {"Cm7 | F7 | Bbmaj7 | Ebmaj7 | Am7b5 | D7 | Gm6", "G minor"},
      {"Eb | Bb | Cm | Ab", "Eb major"},
      {"C#m | A | E | B", "C# minor"},
      {"G#m | E | B | F#", "G# minor"}};
  for (const Heard& heard : kHeard) {
    CAPTURE(heard.chords);
    Brief brief = brief_of("rock");
    brief.chords = heard.chords;
    CHECK(to_string(settled(brief).key) == heard.key);
  }
}
