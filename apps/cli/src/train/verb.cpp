// SPDX-License-Identifier: MIT
// train: models from data of the user's own.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/base/json.hpp>

#include "other_program.hpp"
#include "protocol.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

constexpr std::int64_t kMostFiles = 10'000'000, kMostRows = std::int64_t{1} << 24;

struct Protocol {
  std::string_view name;
  Outcome<void> (*train)(const TrainRequest& request);
};
constexpr Protocol kProtocols[] = {{"pieces", train_pieces}, {"notewise", train_note_wise}};

/// What the run in a folder says of itself; none where there is no run.
std::optional<std::string> said_in(const std::filesystem::path& folder, std::string_view member) {
  const auto bytes = read_file(folder / "config.json");
  if (!bytes) return std::nullopt;
  const auto config = parse_json(as_text(*bytes));
  const Json* value = config ? config->find(member) : nullptr;
  if (value == nullptr || value->text() == nullptr) return std::nullopt;
  return *value->text();
}

/// A run of networks is gone on with by the program that began it.
/// What else was asked for goes along, so that it is held against the run's own.
Outcome<void> go_on_with_networks(const Arguments& arguments, const std::string& folder) {
  std::vector<std::string> texts{"toccata", "train",    "expression", "--learner",
                                 "network", "--resume", "-o",         folder};
  for (const char* option : {"--data", "--seed", "--max-files", "--from"})
    if (const auto value = arguments.text(option)) {
      texts.emplace_back(option);
      texts.push_back(*value);
    }
  for (const char* option : {"--rows", "--sample", "--networks"})
    if (arguments.has(option))
      return wrong_call(
          fmt::format("{}: the run in \"{}\" trains networks, which know no such "
                      "option",
                      option, folder));
  std::vector<const char*> words;
  words.reserve(texts.size());
  for (const std::string& text : texts) words.push_back(text.c_str());
  return become_trainer(static_cast<int>(words.size()), words.data());
}

/// --protocol, else that of the run to resume, else what --rows implies, else pieces.
Outcome<const Protocol*> protocol_of(const Arguments& arguments) {
  const bool rows = arguments.has("--rows");
  const std::string folder = arguments.texts("--output").front();
  const auto kept = arguments.has("--resume") ? said_in(folder, "protocol") : std::nullopt;
  if (arguments.has("--resume") && !kept && !rows && !arguments.has("--data"))
    return wrong_call(fmt::format(
        "--resume: \"{}\" holds no run, and a new one needs --data DIR_OR_ZIP or --rows FILE",
        folder));
  const std::string usual = kept.value_or(rows ? "notewise" : "pieces");
  const std::string asked = arguments.text("--protocol").value_or(usual);
  const auto found = std::ranges::find(kProtocols, asked, &Protocol::name);
  if (found == std::end(kProtocols))
    return wrong_call(
        fmt::format("--protocol \"{}\": unknown, allowed are pieces and notewise", asked));
  if (rows && asked != "notewise")
    return wrong_call("--rows: given rows are learned from by --protocol notewise alone");
  return found;
}

/// Which options belong together, whatever the protocol is.
Outcome<void> check(const Arguments& arguments) {
  const std::string& what = arguments.positionals().front();
  if (what != "expression")
    return wrong_call(fmt::format("train \"{}\": unknown, allowed is expression", what));
  const std::string learner = arguments.text("--learner").value_or("trees");
  if (learner != "trees")
    return wrong_call(
        fmt::format("--learner \"{}\": unknown, allowed are trees and network", learner));
  const auto folders = arguments.texts("--output");
  if (folders.empty() || folders.front().empty())
    return wrong_call("train expression: -o RUN_DIR is missing, the folder for the run");
  if (folders.front() == "-")
    return wrong_call("-o -: a run is a folder, which cannot be written to stdout");
  if (arguments.has("--data") && arguments.has("--rows"))
    return wrong_call("--data and --rows: allowed is one of them");
  if (!arguments.has("--data") && !arguments.has("--rows") && !arguments.has("--resume"))
    return wrong_call("train expression: --data DIR_OR_ZIP (or --rows FILE.csv) is missing");
  for (const std::string_view option : {"--max-files", "--sample"})
    if (arguments.has("--rows") && arguments.has(option))
      return wrong_call(fmt::format(
          "{}: it belongs to --data; given rows are all used, as their is_test says", option));
  return {};
}

Outcome<void> run(const Arguments& arguments) {
  TOCCATA_CHECK(check(arguments));
  const std::string folder = arguments.texts("--output").front();
  if (arguments.has("--resume") && !arguments.has("--learner") &&
      said_in(folder, "learner") == "network")
    return go_on_with_networks(arguments, folder);
  TOCCATA_TRY(const Protocol* protocol, protocol_of(arguments));
  TrainRequest request;
  request.data = arguments.text("--data");
  request.rows = arguments.text("--rows");
  request.folder = folder;
  TOCCATA_TRY(request.max_files, arguments.whole("--max-files", 1, kMostFiles));
  TOCCATA_TRY(request.sample, arguments.whole("--sample", 10, kMostRows));
  TOCCATA_TRY(request.seed, arguments.seed());
  request.from = arguments.text("--from");
  request.networks = arguments.text("--networks");
  request.resume = arguments.has("--resume");
  return protocol->train(request);
}

constexpr OptionSpec kOptions[] = {
    {"--data", "DIR_OR_ZIP", Takes::OneValue,
     "a data set as published: MAESTRO, ASAP, POP909, Groove, or any folder of MIDI files; nothing "
     "is written there"},
    {"--rows", "FILE", Takes::OneValue,
     "notewise: a table of notes, .csv or .csv.xz (- is stdin), with the columns pitch, "
     "pitch_interval, prev_pitch, next_pitch, seq_pos, local_density, duration, velocity, "
     "duration_clipped and is_test, which makes the split"},
    {"-o,--output", "RUN_DIR", Takes::OneValue,
     "a folder that is new or empty: model.json, report.md, report.svg, log.jsonl, "
     "model.safetensors and the packed rows"},
    {"--protocol", "NAME", Takes::OneValue,
     "pieces: split by composition; notewise: notes one by one, split at random, as many reports "
     "have it (default: pieces; with --rows notewise)"},
    {"--learner", "NAME", Takes::OneValue,
     "trees; or network, trained by toccata-train (./toccata setup train), which has options of "
     "its own: see its --help (default: trees; with --from network)"},
    {"--max-files", "N", Takes::OneValue,
     "files drawn from the data, 1 to 10000000 (default of notewise: 500)"},
    {"--sample", "N", Takes::OneValue,
     "notes drawn from those files, 10 to 16777216 (default of notewise: 100000)"},
    {"--seed", "N", Takes::OneValue,
     "0 to 2^64-1; the same seed gives the same models (default: 42)"},
    {"--from", "MODEL", Takes::OneValue,
     "a model whose networks to go on from, with --learner network, which it implies (trees begin "
     "anew)"},
    {"--networks", "FILE", Takes::OneValue,
     "pieces: networks that toccata-train has trained, to be mixed with the trees"},
    {"--resume", "", Takes::Nothing,
     "goes on with the run in RUN_DIR, with its own options; begins one where there is none"},
};

}  // namespace

Verb train_verb() {
  return {
      "train",
      "Trains models of expression from data of your own.",
      {"WHAT", "expression: how loud and how long notes are played", PositionalSpec::Count::One},
      kOptions,
      "toccata train expression --protocol notewise --data maestro-v3.0.0 -o run",
      run};
}

}  // namespace toccata::cli
