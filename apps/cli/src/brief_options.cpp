// SPDX-License-Identifier: MIT
#include "brief_options.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/compose/composer.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/plan/mood.hpp>
#include <toccata/plan/settings.hpp>
#include <toccata/prompt/chord_text.hpp>
#include <toccata/prompt/understand.hpp>
#include <toccata/theory/chord.hpp>

#include "list_option.hpp"
#include "models.hpp"
#include "walk_options.hpp"

namespace toccata::cli {
namespace {

const std::string kGenreAbout =
    fmt::format("{}; a mix as jazz:0.6+arabic:0.4; all with --out-dir (default: classical)",
                fmt::join(Genre::names(), ", "));

const OptionSpec kRows[] = {
    {"--genre", "GENRE", Takes::OneValue, kGenreAbout.c_str()},
    {"--key", "KEY", Takes::OneValue,
     "\"D minor\", \"Bb major\", \"D bayati\" (default: the genre's)"},
    {"--tempo", "BPM", Takes::OneValue, "quarters per minute, 20 to 400 (default: the genre's)"},
    {"--meter", "METER", Takes::OneValue, "3/4, 6/8, 2+2+3/8 ... (default: the genre's)"},
    {"--rhythm", "NAME", Takes::OneValue,
     "a rhythm cycle by name, which brings its meter: maqsum, \"sama'i thaqil\" ...; an unknown "
     "one lists all (default: the genre's drums)"},
    {"--pickup", "", Takes::Nothing,
     "begins with a short bar before the first, which --bars doesn't count (default: now and then, "
     "by the genre)"},
    {"--no-pickup", "", Takes::Nothing, "begins on the bar line"},
    {"--bars", "N", Takes::OneValue, "length in bars, 1 to 10000 (default: the genre's)"},
    {"--seconds", "S", Takes::OneValue, "length in real time, 1 to 36000"},
    {"--form", "FORM", Takes::OneValue,
     "AABA, ABA, rondo, verse-chorus, 12-bar, or sections: \"A B A' C A\", \"Intro Verse Chorus\" "
     "(default: one of the genre's)"},
    {"--mood", "WORD", Takes::OneValue, "joyful, calm, sad, tense ... (default: the genre's)"},
    {"--valence", "X", Takes::OneValue, "sad -1 to joyful 1 (default: the mood's)"},
    {"--arousal", "X", Takes::OneValue, "calm -1 to excited 1 (default: the mood's)"},
    {"--chords", "CHORDS", Takes::OneValue,
     "the harmony bar by bar: \"Dm7 G7 | Cmaj7 | %\", \"Lam Fa Do7\", or numerals in the key: "
     "\"ii V I\" (default: composed)"},
    {"--instruments", "NAMES", Takes::OneValue,
     "with commas: \"flute, piano\" (default: the genre's)"},
    {"--seats", "SEATS", Takes::OneValue,
     "who plays what, with commas: \"melody: flute, chords: piano, bass: cello\" (default: as "
     "suits "
     "--instruments)"},
    {"--alone", "", Takes::Nothing, "nobody else plays: --instruments are the whole ensemble"},
    {"--density", "X", Takes::OneValue, "how many notes, 0 to 1 (default: 0.5, the genre's usual)"},
    {"--dynamics", "MARK", Takes::OneValue, "pp, p, mp, mf, f or ff (default: by the mood)"},
    {"--note-lengths", "WORD", Takes::OneValue, "short, mixed or long (default: mixed)"},
    {"--parts", "ROLES", Takes::OneValue,
     "which parts to write, with commas: melody, chords, bass, drums, counter, pad (default: the "
     "genre's)"},
    {"--melody-only", "", Takes::Nothing, "writes the melody alone"},
    {"--no-drums", "", Takes::Nothing, "writes no drums"},
    {"--engine", "NAME", Takes::OneValue, "which composer: rules or walk (default: rules)"},
    {"--performance", "NAME", Takes::OneValue,
     "how it is played: none (velocity 80, as written), sine (velocities of a wave), curve "
     "(phrases, groove, swing), or a model as perform takes it (default: default, which was "
     "learned from freely licensed data)"},
    {"--seed", "N", Takes::OneValue,
     "0 to 2^64-1; the same seed gives the same piece (default: "
     "drawn anew, and printed)"},
    {"--brief", "FILE", Takes::OneValue,
     "wishes from a file (toccata.brief/1); it wins over the sentence, and these options over it"},
};

/// Reads compose's options into a brief, noting which fields they gave.
class OptionsReader {
 public:
  explicit OptionsReader(const Arguments& arguments) : arguments_(arguments) {}

  Outcome<Wish> run() {
    TOCCATA_CHECK(read_style());
    TOCCATA_CHECK(read_time());
    TOCCATA_CHECK(read_mood());
    TOCCATA_CHECK(read_manner());
    TOCCATA_CHECK(read_ensemble());
    TOCCATA_CHECK(read_making());
    TOCCATA_CHECK(read_walk());
    return std::move(wish_);
  }

 private:
  using Check = Outcome<void>;
  Brief& brief() { return wish_.brief; }

  /// The value of an option, noted as the reason for a field.
  std::optional<std::string> take(std::string_view option, std::string_view field) {
    auto value = arguments_.text(option);
    if (value) wish_.reasons.push_back({std::string(field), *value, std::string(option)});
    return value;
  }
  /// What a reader of the engine makes of an option's text.
  template <class T, class Read>
  Check read(std::string_view option, std::string_view field, Read reader, T& into) {
    const auto text = take(option, field);
    if (!text) return {};
    auto value = reader(*text);
    if (!value) return wrong_call(fmt::format("{} \"{}\": {}", option, *text, value.error()));
    into = *std::move(value);
    return {};
  }
  Check number(std::string_view option, std::string_view field, double lowest, double highest,
               std::optional<double>& into) {
    TOCCATA_TRY(into, arguments_.real(option, lowest, highest));
    take(option, field);
    return {};
  }

  Check read_style() {
    if (arguments_.text("--genre") != "all")
      TOCCATA_CHECK(read("--genre", "genre", parse_genres, brief().genres));
    TOCCATA_CHECK(read("--key", "key", parse_tonality, brief().tonality));
    TOCCATA_CHECK(read("--form", "form", parse_form, brief().form));
    const auto chords = [](const std::string& text) -> Result<std::string, std::string> {
      if (auto french = chords_from_french(text)) return *std::move(french);
      // Numerals become chords when the key is known.
      if (chords_from_numerals(text, {}, {})) return text;
      TOCCATA_CHECK(parse_chord_bars(text));
      return text;
    };
    return read("--chords", "chords", chords, brief().chords);
  }

  Check read_time() {
    TOCCATA_CHECK(number("--tempo", "tempo", kSlowestBpm, kFastestBpm, brief().tempo_bpm));
    TOCCATA_CHECK(read("--meter", "meter", parse_meter, brief().meter));
    if (const auto name = take("--rhythm", "rhythm")) {
      const RhythmCycle* cycle = find_rhythm(*name).cycle;
      if (cycle == nullptr)
        return wrong_call(fmt::format("--rhythm \"{}\": unknown rhythm, allowed are {}", *name,
                                      joined(rhythm_names())));
      brief().rhythm = cycle->id;
    }
    for (const char* option : {"--pickup", "--no-pickup"}) {
      if (!arguments_.has(option)) continue;
      if (brief().pickup) return wrong_call("--pickup and --no-pickup: allowed is one of them");
      brief().pickup = option == std::string_view("--pickup");
      wish_.reasons.push_back({"pickup", *brief().pickup ? "true" : "false", option});
    }
    TOCCATA_TRY(const auto bars, arguments_.whole("--bars", 1, kMostBars));
    if (bars) brief().bars = static_cast<int>(*bars);
    take("--bars", "bars");
    TOCCATA_CHECK(
        number("--seconds", "seconds", kShortestSeconds, kLongestSeconds, brief().seconds));
    return {};
  }

  Check read_mood() {
    if (const auto word = take("--mood", "mood")) {
      const Mood* mood = Mood::find(folded(*word));
      if (mood == nullptr) {
        std::vector<std::string_view> known;
        for (const Mood& each : Mood::all()) known.push_back(each.id);
        return wrong_call(fmt::format("--mood \"{}\": allowed are {}", *word, joined(known)));
      }
      brief().mood = mood->id;
      brief().valence = mood->valence;
      brief().arousal = mood->arousal;
    }
    std::optional<double> valence, arousal;
    TOCCATA_CHECK(number("--valence", "valence", -1, 1, valence));
    TOCCATA_CHECK(number("--arousal", "arousal", -1, 1, arousal));
    if (valence) brief().valence = valence;
    if (arousal) brief().arousal = arousal;
    return {};
  }

  Check read_manner() {
    TOCCATA_CHECK(number("--density", "density", 0, 1, brief().density));
    if (const auto mark = take("--dynamics", "dynamics")) {
      brief().dynamics = find_dynamics(*mark);
      if (!brief().dynamics)
        return wrong_call(
            fmt::format("--dynamics \"{}\": allowed are pp, p, mp, mf, f and ff", *mark));
    }
    if (const auto word = take("--note-lengths", "note_lengths")) {
      brief().note_lengths = find_note_lengths(*word);
      if (!brief().note_lengths)
        return wrong_call(
            fmt::format("--note-lengths \"{}\": allowed are short, mixed and long", *word));
    }
    return {};
  }

  Check read_ensemble() {
    if (const auto text = take("--instruments", "instruments")) {
      TOCCATA_TRY(const auto names, items_of("--instruments", *text));
      for (const std::string& name : names) {
        const InstrumentInfo* info = InstrumentInfo::find(name);
        if (info == nullptr)
          return wrong_call(fmt::format(
              "--instruments \"{}\": unknown instrument, allowed are names such as piano, violin, "
              "flute, double bass, electric guitar, oud",
              name));
        brief().instruments.push_back(info->id);
      }
    }
    if (const auto text = take("--seats", "seats")) {
      TOCCATA_TRY(const auto seats, items_of("--seats", *text));
      for (const std::string& seat : seats) {
        auto parsed = parse_seat(seat);
        if (!parsed) return wrong_call("--seats: " + parsed.error());
        brief().seats.push_back(*std::move(parsed));
      }
    }
    if (arguments_.has("--alone")) {
      brief().alone = true;
      wish_.reasons.push_back({"alone", "true", "--alone"});
    }
    if (arguments_.has("--no-drums")) {
      brief().drums = false;
      wish_.reasons.push_back({"drums", "false", "--no-drums"});
    }
    return read_parts();
  }

  Check read_parts() {
    const auto text = take("--parts", "parts");
    if (arguments_.has("--melody-only")) {
      if (text) return wrong_call("--melody-only and --parts: allowed is one of them");
      brief().parts = {Role::Melody};
      wish_.reasons.push_back({"parts", "melody", "--melody-only"});
    }
    if (!text) return {};
    TOCCATA_TRY(const auto names, items_of("--parts", *text));
    for (const std::string& name : names) {
      const auto role = find_role(folded(name));
      if (!role || *role == Role::Other)
        return wrong_call(
            fmt::format("--parts \"{}\": unknown part, allowed are melody, chords, "
                        "bass, drums, counter and pad",
                        name));
      if (std::ranges::find(brief().parts, *role) == brief().parts.end())
        brief().parts.push_back(*role);
    }
    return {};
  }

  Check read_making() {
    if (const auto name = take("--engine", "engine")) {
      brief().engine = folded(*name);
      if (find_composer(brief().engine) == nullptr)
        return wrong_call(fmt::format("--engine \"{}\": unknown engine, allowed are {}", *name,
                                      joined(composer_names())));
    }
    if (const auto name = take("--performance", "performance")) {
      if (auto player = performer_named(*name, kComposing); !player)
        return Unexpected{Failure{player.error().status, "--performance: " + player.error().what}};
      brief().performance = *name;
    }
    TOCCATA_TRY(brief().seed, arguments_.seed());
    take("--seed", "seed");
    return {};
  }

  Check read_walk() {
    TOCCATA_TRY(brief().walk, walk_ask(arguments_));
    for (const OptionSpec& row : kWalkOptions)
      if (arguments_.has(row.names))
        wish_.reasons.push_back({"walk", arguments_.text(row.names).value_or("true"), row.names});
    return {};
  }

  const Arguments& arguments_;
  Wish wish_;
};

Outcome<Wish> wish_from_file(const std::string& name) {
  constexpr std::size_t kLargestBrief = 1 << 20;
  const auto bytes = read_file(name == "-" ? "/dev/stdin" : name, kLargestBrief);
  if (!bytes) return cannot("--brief " + describe(bytes.error()));
  const auto json = parse_json(as_text(*bytes));
  if (!json) return cannot(fmt::format("--brief {}: {}", name, describe(json.error())));
  auto brief = brief_from_json(*json);
  if (!brief) return cannot(fmt::format("--brief {}: {}", name, brief.error()));
  Wish wish{*std::move(brief), {}, {}};
  // One reason for all of it: each member stands in the file as it does in the explanation.
  const Json members = to_json(wish.brief);
  for (const auto& [field, value] : *members.object())
    if (field != "format")
      wish.reasons.push_back(
          {field, value.text() ? *value.text() : to_text(value, JsonLayout::Compact), "--brief"});
  return wish;
}

Outcome<Wish> wish_from_sentence(const Arguments& arguments, const TonalityAsk& key_elsewhere) {
  std::string sentence;
  for (const std::string& word : arguments.positionals())
    sentence += (sentence.empty() ? "" : " ") + word;
  if (arguments.positionals().empty()) return Wish{};
  if (sentence.find_first_not_of(" \t\r\n") == std::string::npos)
    return wrong_call("the sentence is empty: say what you want, as in \"a calm waltz in D\"");
  auto understood = understand(sentence, key_elsewhere);
  if (!understood) return wrong_call("the sentence: " + describe(understood.error()));
  return Wish{std::move(understood->brief), std::move(understood->reasons),
              std::move(understood->not_understood)};
}

enum class Source : std::uint8_t { File, Options };

/// `over` wins field by field, and with it its reasons.
void lay_over(Wish& under, Wish over, Source source) {
  const auto drums_before = under.brief.drums;
  under.brief = overlaid(under.brief, over.brief);
  std::erase_if(under.reasons, [&](const Reason& reason) {
    return std::ranges::find(over.reasons, reason.field, &Reason::field) != over.reasons.end();
  });
  std::ranges::move(over.reasons, std::back_inserter(under.reasons));
  std::ranges::move(over.not_understood, std::back_inserter(under.not_understood));
  if (drums_before && under.brief.drums != drums_before && !over.brief.drums) {
    std::erase_if(under.reasons, [](const Reason& reason) { return reason.field == "drums"; });
    const char* winner = source == Source::File     ? "--brief wins over the sentence"
                         : over.brief.parts.empty() ? "--instruments wins over other wishes"
                                                    : "--parts wins over other wishes";
    under.reasons.push_back({"drums", *drums_before ? "false" : "true", winner});
  }
}

/// Instruments of a sentence whose parts a file or the options leave out.
void leave_out_unseated(Wish& wish, const Brief& over, const char* source) {
  if (over.parts.empty() || !over.instruments.empty()) return;
  for (const std::string& id : unseated_instruments(wish.brief)) {
    std::erase(wish.brief.instruments, id);
    wish.reasons.push_back(
        {"instruments", "without " + id, fmt::format("{} leaves it nothing to play", source)});
  }
}

/// Numerals of --chords, in the key that all wishes together have.
Outcome<void> settle_numerals(Wish& wish, const Brief& options) {
  if (options.chords.empty() || parse_chord_bars(options.chords)) return {};
  Brief& brief = wish.brief;
  const TonalityAsk asked = brief.tonality.value_or(TonalityAsk{});
  auto chords = chords_from_numerals(options.chords, asked, brief.genres);
  if (!chords)
    return wrong_call(fmt::format("--chords \"{}\": numerals have no meaning in {}", options.chords,
                                  to_string(asked)));
  brief.chords = std::move(chords->symbols);
  if (asked == TonalityAsk{}) {
    brief.tonality = chords->key;
    wish.reasons.push_back({"key", to_string(chords->key), "in which --chords stand"});
  }
  return {};
}

}  // namespace

const std::span<const OptionSpec> kBriefOptions = kRows;

Outcome<Wish> wish_of(const Arguments& arguments) {
  Wish filed;
  if (const auto file = arguments.text("--brief")) {
    TOCCATA_TRY(filed, wish_from_file(*file));
  }
  TOCCATA_TRY(Wish options, OptionsReader(arguments).run());
  const Brief said = options.brief;
  const auto key = said.tonality ? said.tonality : filed.brief.tonality;
  TOCCATA_TRY(Wish wish, wish_from_sentence(arguments, key.value_or(TonalityAsk{})));
  const Brief in_file = filed.brief;
  lay_over(wish, std::move(filed), Source::File);
  lay_over(wish, std::move(options), Source::Options);
  leave_out_unseated(wish, overlaid(in_file, said), said.parts.empty() ? "--brief" : "--parts");
  TOCCATA_CHECK(settle_numerals(wish, said));
  if (const auto option = first_walk_option(arguments); option && wish.brief.engine != "walk")
    return wrong_call(fmt::format("{}: allowed with --engine walk only", *option));
  return wish;
}

}  // namespace toccata::cli
