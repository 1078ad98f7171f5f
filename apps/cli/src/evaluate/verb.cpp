// SPDX-License-Identifier: MIT
// evaluate: what the engine does, measured from the files it writes.
#include <algorithm>

#include <fmt/format.h>

#include "obedience.hpp"
#include "pairs.hpp"
#include "say.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

constexpr std::int64_t kMostPieces = 100'000, kUsualPieces = 200, kUsualPairs = 50;
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

Outcome<void> run(const Arguments& arguments) {
  const std::string& what = arguments.positionals().front();
  if (what != "obedience")
    return wrong_call(fmt::format("evaluate \"{}\": unknown, allowed is obedience", what));
  TOCCATA_TRY(const auto count, arguments.whole("--count", 1, kMostPieces));
  TOCCATA_TRY(const auto seed, arguments.seed());
  TOCCATA_TRY(const auto places, places_of(arguments));
  const bool pairs = arguments.has("--controls");
  const auto pieces = static_cast<std::size_t>(count.value_or(pairs ? kUsualPairs : kUsualPieces));
  TOCCATA_TRY(const Report report,
              (pairs ? evaluate_pairs : evaluate_obedience)(pieces, seed.value_or(kUsualSeed)));
  const std::string text = to_text(report), json = to_text(to_json(report)) + "\n";
  StagedFiles files;
  for (const Place& place : places) {
    Bytes bytes;
    append_text(bytes, place.is_json ? json : text);
    TOCCATA_CHECK(files.stage(place.path, std::move(bytes)));
  }
  TOCCATA_CHECK(files.commit());
  return say(arguments.has("--json") ? json : text);
}

constexpr OptionSpec kOptions[] = {
    {"--count", "N", Takes::OneValue,
     "how many pieces are asked for, 1 to 100000 (default: 200; pairs of pieces for each "
     "control with --controls: 50)"},
    {"--seed", "N", Takes::OneValue,
     "0 to 2^64-1; the same seed asks for the same pieces (default: 1)"},
    {"--controls", "", Takes::Nothing,
     "changes one of density, dynamics, note lengths, valence, arousal and tempo words at a time: "
     "what moves, and what stays"},
    {"--json", "", Takes::Nothing, "the report as JSON (toccata.obedience/1)"},
    {"-o,--output", "FILE", Takes::Repeated,
     "where the report is written too: .json, .txt or .md; may be repeated"},
};

}  // namespace

Verb evaluate_verb() {
  return {"evaluate",
          "Measures what the engine does, from the files it writes.",
          {"WHAT",
           "obedience: random wishes in English and French, each counted as asked, obtained, "
           "refused",
           PositionalSpec::Count::One},
          kOptions,
          "toccata evaluate obedience --count 200 --json",
          run};
}

}  // namespace toccata::cli
