// SPDX-License-Identifier: MIT
// evaluate: what the engine does, measured from what it writes.
#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>
#include <toccata/plan/genre.hpp>

#include "drums.hpp"
#include "edits.hpp"
#include "expression.hpp"
#include "list_option.hpp"
#include "listen.hpp"
#include "music.hpp"
#include "obedience.hpp"
#include "pairs.hpp"
#include "say.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

constexpr std::int64_t kMostPieces = 100'000, kUsualPieces = 200, kUsualPairs = 50;
constexpr std::int64_t kFewestSeeds = 2, kMostSeeds = 1000, kUsualSeeds = 100;
constexpr std::int64_t kMostHeardPieces = 100;
constexpr int kMostMeasuredBars = 512;
constexpr std::uint64_t kUsualSeed = 1;

/// A report goes to a text file or a JSON file; -o - is not needed, as it goes to stdout anyway.
struct Place {
  std::filesystem::path path;
  bool is_json;
};
Outcome<std::vector<Place>> places_of(const Arguments& arguments) {
  std::vector<Place> places;
  for (const std::string& name : arguments.texts("--output")) {
    const std::filesystem::path path = name;
    const std::string ending = path.extension().string();
    if (ending != ".json" && ending != ".txt" && ending != ".md")
      return wrong_call(fmt::format("-o \"{}\": a report is written to .json, .txt or .md", name));
    places.push_back({path, ending == ".json"});
  }
  return places;
}

/// --data, else what TOCCATA_DATA names, else nothing.
Outcome<std::optional<std::filesystem::path>> data_of(const Arguments& arguments) {
  const char* variable = std::getenv("TOCCATA_DATA");
  const auto asked = arguments.text("--data");
  if (!asked && (variable == nullptr || *variable == 0)) return {std::nullopt};
  const std::filesystem::path folder = asked ? *asked : std::string(variable);
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {folder};
  return cannot(fmt::format("{} \"{}\": no folder; allowed is one with unpacked corpora",
                            asked ? "--data" : "TOCCATA_DATA", folder.string()));
}

/// A report in both forms.
struct Told {
  std::string text, json;
};
template <class Report>
Told told(const Report& report) {
  return {to_text(report), to_text(to_json(report)) + "\n"};
}

Outcome<Told> tell_obedience(const Arguments& arguments) {
  TOCCATA_TRY(const auto count, arguments.whole("--count", 1, kMostPieces));
  TOCCATA_TRY(const auto seed, arguments.seed());
  const bool pairs = arguments.has("--controls");
  const auto pieces = static_cast<std::size_t>(count.value_or(pairs ? kUsualPairs : kUsualPieces));
  TOCCATA_TRY(const Report report,
              (pairs ? evaluate_pairs : evaluate_obedience)(pieces, seed.value_or(kUsualSeed)));
  return told(report);
}

Outcome<std::vector<std::string>> genres_of(const Arguments& arguments) {
  const std::string asked = arguments.text("--genre").value_or("all");
  const auto names = Genre::names();
  std::vector<std::string> all(names.begin(), names.end());
  if (asked == "all") return all;
  TOCCATA_TRY(auto genres, items_of("--genre", asked));
  for (const std::string& genre : genres)
    if (std::ranges::find(all, genre) == all.end())
      return wrong_call(
          fmt::format("--genre \"{}\": unknown, allowed are all, {}", genre, joined(all)));
  return genres;
}

Outcome<std::vector<int>> bars_of(const Arguments& arguments) {
  const std::string asked = arguments.text("--bars").value_or("16,32");
  TOCCATA_TRY(const auto items, items_of("--bars", asked));
  std::vector<int> bars;
  for (const std::string& item : items) {
    int number = 0;
    const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), number);
    if (error != std::errc() || end != item.data() + item.size() || number < 8 ||
        number > kMostMeasuredBars)
      return wrong_call(fmt::format("--bars \"{}\": allowed are numbers from 8 to {}, with commas",
                                    item, kMostMeasuredBars));
    bars.push_back(number);
  }
  return bars;
}

Outcome<Told> tell_music(const Arguments& arguments) {
  MusicOptions options;
  TOCCATA_TRY(options.genres, genres_of(arguments));
  TOCCATA_TRY(options.bars, bars_of(arguments));
  TOCCATA_TRY(const auto seeds, arguments.whole("--seeds", kFewestSeeds, kMostSeeds));
  TOCCATA_TRY(const auto seed, arguments.seed());
  TOCCATA_TRY(options.data, data_of(arguments));
  options.seeds = static_cast<std::size_t>(seeds.value_or(kUsualSeeds));
  options.seed = seed.value_or(kUsualSeed);
  TOCCATA_TRY(const MusicReport report, evaluate_music(options));
  return told(report);
}

Outcome<Told> tell_edits(const Arguments& arguments) {
  EditsOptions options;
  TOCCATA_TRY(const auto count, arguments.whole("--count", 2, kMostPieces));
  TOCCATA_TRY(const auto seed, arguments.seed());
  TOCCATA_TRY(const auto data, data_of(arguments));
  if (!data)
    return wrong_call("evaluate edits: --data DIR is missing, and TOCCATA_DATA names no folder");
  options.count = static_cast<std::size_t>(count.value_or(kUsualPieces));
  options.seed = seed.value_or(kUsualSeed);
  options.data = *data;
  TOCCATA_TRY(const EditsReport report, evaluate_edits(options));
  return told(report);
}

Outcome<Told> tell_expression(const Arguments& arguments) {
  ExpressionOptions options;
  TOCCATA_TRY(const auto seed, arguments.seed());
  TOCCATA_TRY(const auto data, data_of(arguments));
  if (!data)
    return wrong_call(
        "evaluate expression: --data DIR is missing, and TOCCATA_DATA names no folder");
  options.data = *data;
  if (std::filesystem::is_directory(*data / "asap")) options.data /= "asap";
  const bool drums = holds_drums(options.data);
  options.model = arguments.text("--model").value_or(drums ? "drums" : options.model);
  options.seed = seed.value_or(kUsualSeed);
  if (drums) {
    TOCCATA_TRY(const DrumReport report, evaluate_drums(options));
    return told(report);
  }
  TOCCATA_TRY(const ExpressionReport report, evaluate_expression(options));
  return told(report);
}

Outcome<Told> tell_listen(const Arguments& arguments) {
  ListenOptions options;
  const auto folders = arguments.texts("--output");
  if (folders.size() != 1 || folders.front().empty() || folders.front() == "-")
    return wrong_call("evaluate listen: -o DIR is needed, once: a new or empty folder");
  TOCCATA_TRY(const auto pieces, arguments.whole("--pieces", 1, kMostHeardPieces));
  TOCCATA_TRY(const auto seed, arguments.seed());
  if (arguments.has("--data")) {
    TOCCATA_TRY(options.data, data_of(arguments));
    if (std::filesystem::is_directory(*options.data / "asap")) *options.data /= "asap";
  }
  options.folder = folders.front();
  options.pieces =
      static_cast<std::size_t>(pieces.value_or(static_cast<std::int64_t>(options.pieces)));
  options.seed = seed.value_or(kUsualSeed);
  TOCCATA_TRY(const ListenReport report, evaluate_listen(options));
  return told(report);
}

/// What -o names.
enum class Output : std::uint8_t { Report, Folder };
/// What can be evaluated, and which options belong to it alone.
struct Subject {
  const char* name;
  Outcome<Told> (*tell)(const Arguments& arguments);
  std::vector<std::string_view> options;
  Output output = Output::Report;
};
const std::vector<Subject>& subjects() {
  static const std::vector<Subject> kSubjects{
      {"obedience", tell_obedience, {"--count", "--controls"}},
      {"music", tell_music, {"--genre", "--seeds", "--bars", "--data"}},
      {"edits", tell_edits, {"--count", "--data"}},
      {"expression", tell_expression, {"--data", "--model"}},
      {"listen", tell_listen, {"--data", "--pieces"}, Output::Folder},
  };
  return kSubjects;
}

Outcome<const Subject*> subject_of(const Arguments& arguments) {
  const std::string& what = arguments.positionals().front();
  std::vector<std::string> names;
  const Subject* found = nullptr;
  for (const Subject& subject : subjects()) {
    names.emplace_back(subject.name);
    if (subject.name == what) found = &subject;
  }
  if (found == nullptr)
    return wrong_call(fmt::format("evaluate \"{}\": unknown, allowed are {}", what, joined(names)));
  for (const Subject& subject : subjects())
    for (const std::string_view option : subject.options)
      if (arguments.has(option) &&
          std::ranges::find(found->options, option) == found->options.end())
        return wrong_call(
            fmt::format("evaluate {}: {} does not belong to it, allowed are {}, --seed, --json, -o",
                        what, option, joined(found->options)));
  return found;
}

Outcome<void> run(const Arguments& arguments) {
  TOCCATA_TRY(const Subject* subject, subject_of(arguments));
  std::vector<Place> places;
  if (subject->output == Output::Report) {
    TOCCATA_TRY(places, places_of(arguments));
  }
  TOCCATA_TRY(const Told report, subject->tell(arguments));
  StagedFiles files;
  for (const Place& place : places) {
    Bytes bytes;
    append_text(bytes, place.is_json ? report.json : report.text);
    TOCCATA_CHECK(files.stage(place.path, bytes));
  }
  return files.commit([&] { return say(arguments.has("--json") ? report.json : report.text); });
}

constexpr OptionSpec kOptions[] = {
    {"--count", "N", Takes::OneValue,
     "obedience: how many pieces are asked for, 1 to 100000 (default: 200; pairs of pieces for "
     "each control with --controls: 50); edits: how many real pieces, 2 to 100000 (default: 200)"},
    {"--controls", "", Takes::Nothing,
     "obedience: changes one of density, dynamics, note lengths, valence, arousal and tempo words "
     "at a time: what moves, and what stays"},
    {"--genre", "NAMES", Takes::OneValue, "music: all, or genres with commas (default: all)"},
    {"--seeds", "N", Takes::OneValue,
     "music: how many pieces of each genre and length, 2 to 1000 (default: 100)"},
    {"--bars", "N,N", Takes::OneValue,
     "music: how long they are, each 8 to 512; forms are judged at the last (default: 16,32)"},
    {"--data", "DIR", Takes::OneValue,
     "music, edits: a folder of corpora (docs/evaluations.md; default: what TOCCATA_DATA names; "
     "without one, music measures ours alone); expression: scores and performances in ASAP's "
     "layout, POP909, or takes of drummers in Groove's; listen: pieces likewise (default: pieces "
     "are composed)"},
    {"--pieces", "N", Takes::OneValue, "listen: how many pieces, 1 to 100 (default: 6)"},
    {"--model", "NAME", Takes::OneValue,
     "expression: as perform takes it (default: classical; of drummers, drums)"},
    {"--seed", "N", Takes::OneValue,
     "0 to 2^64-1; the same seed gives the same report (default: 1)"},
    {"--json", "", Takes::Nothing, "the report as JSON"},
    {"-o,--output", "FILE", Takes::Repeated,
     "where the report is written too: .json, .txt or .md; may be repeated; listen: the folder for "
     "its page and sounds, which is new or empty"},
};

}  // namespace

Verb evaluate_verb() {
  return {
      "evaluate",
      "Measures what the engine does, from what it writes.",
      {"WHAT",
       "obedience: random wishes in English and French, each counted as asked, obtained, "
       "refused; music: composed pieces of each genre beside real ones; edits: fill and "
       "continue on "
       "real pieces with bars hidden; expression: what a model foretells of performances; listen: "
       "a page on which people judge blind how pieces are played",
       PositionalSpec::Count::One},
      kOptions,
      "toccata evaluate obedience --count 200 --json",
      run};
}

}  // namespace toccata::cli
