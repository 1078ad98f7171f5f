// SPDX-License-Identifier: MIT
#include "network_options.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace toccata::cli {
namespace {

using train_torch::Augmentation;
using train_torch::TrainingOptions;

/// An option that is a number.
struct NumberRow {
  const char* option;
  const char* about;
  double lowest, highest;
  enum class Kind : std::uint8_t { Real, Whole, Shape } kind;  ///< shapes are whole
  double (*get)(const TrainingOptions& options);
  void (*set)(TrainingOptions& options, double value);
};

using enum NumberRow::Kind;
#define TOCCATA_WHOLE(member)                                             \
  [](const TrainingOptions& o) { return static_cast<double>(o.member); }, \
      [](TrainingOptions& o, double value) { o.member = static_cast<std::size_t>(value); }
#define TOCCATA_REAL(member)                         \
  [](const TrainingOptions& o) { return o.member; }, \
      [](TrainingOptions& o, double value) { o.member = value; }

constexpr NumberRow kNumbers[] = {
    {"--epochs", "rounds over the pieces, 1 to 10000 (default: 30)", 1, 10000, Whole,
     TOCCATA_WHOLE(epochs)},
    {"--patience", "rounds without a better validation that end it, 1 to 10000 (default: 6)", 1,
     10000, Whole, TOCCATA_WHOLE(patience)},
    {"--batch", "windows in a step, 1 to 4096 (default: 32)", 1, 4096, Whole, TOCCATA_WHOLE(batch)},
    {"--window", "notes in a window, 8 to 8192 (default: 256)", 8, 8192, Whole,
     TOCCATA_WHOLE(window)},
    {"--performances", "drawn of a piece in each round, 1 to 1000 (default: 8)", 1, 1000, Whole,
     TOCCATA_WHOLE(most_performances)},
    {"--rate", "the highest rate of learning, 1e-6 to 1 (default: 0.003)", 1e-6, 1, Real,
     TOCCATA_REAL(rate)},
    {"--weight-decay", "0 to 1 (default: 0.01)", 0, 1, Real, TOCCATA_REAL(trainer.weight_decay)},
    {"--dropout", "share of activations left out, 0 to 0.9 (default: 0.2)", 0, 0.9, Real,
     TOCCATA_REAL(trainer.dropout)},
    {"--column-dropout", "share of columns left out of a window, 0 to 0.9 (default: 0.3)", 0, 0.9,
     Real, TOCCATA_REAL(trainer.column_dropout)},
    {"--width", "of the embedding, 4 to 1024 (default: 96)", 4, 1024, Shape,
     TOCCATA_WHOLE(trainer.shape.width)},
    {"--hidden", "of the encoder's LSTM each way, 4 to 1024 (default: 96)", 4, 1024, Shape,
     TOCCATA_WHOLE(trainer.shape.hidden)},
    {"--layers", "of that LSTM, 1 to 4 (default: 2)", 1, 4, Shape,
     TOCCATA_WHOLE(trainer.shape.layers)},
    {"--heads", "of the attention, 1 to 16; they divide twice --hidden (default: 4)", 1, 16, Shape,
     TOCCATA_WHOLE(trainer.shape.heads)},
    {"--block", "notes that attend to each other, 2 to 1024 (default: 128)", 2, 1024, Shape,
     TOCCATA_WHOLE(trainer.shape.block)},
    {"--player-hidden", "of a player's LSTM, 4 to 1024 (default: 96)", 4, 1024, Shape,
     TOCCATA_WHOLE(trainer.shape.player_hidden)},
    {"--bins", "of a player's values, 2 to 512 (default: 64)", 2, 512, Shape,
     TOCCATA_WHOLE(trainer.shape.bins)},
    {"--minutes",
     "the most that a network takes, 0 to 100000; its weights then depend on the machine (default: "
     "0, no limit)",
     0, 100000, Real, TOCCATA_REAL(minutes)},
    {"--checkpoint-seconds", "between what is kept for --resume, 0 to 86400 (default: 120)", 0,
     86400, Real, TOCCATA_REAL(checkpoint_seconds)},
};
#undef TOCCATA_WHOLE
#undef TOCCATA_REAL

constexpr OptionSpec kOthers[] = {
    {"--data", "DIR_OR_ZIP", Takes::OneValue,
     "scores with aligned performances in ASAP's layout, or pieces.pack of another run; nothing is "
     "written there"},
    {"-o,--output", "RUN_DIR", Takes::OneValue,
     "a folder that is new or empty: config.json, log.jsonl, report.md, report.svg, card.md, "
     "model.json, model.safetensors and the packed pieces"},
    {"--learner", "network", Takes::OneValue, "what this program trains"},
    {"--protocol", "pieces", Takes::OneValue, "split by composition"},
    {"--only", "NAMES", Takes::OneValue,
     "some of network.score, network.score_marks and network.score_marks_timing, with commas "
     "(default: all); players come with the network that they hear through"},
    {"--max-files", "N", Takes::OneValue, "scores drawn from the data, 1 to 10000000"},
    {"--seed", "N", Takes::OneValue,
     "0 to 2^64-1; on the processor the same seed gives the same weights (default: 42)"},
    {"--from", "MODEL", Takes::OneValue,
     "a model to go on from with a composer's or a player's own recordings: classical, a file of "
     "weights (.safetensors), whole or made smaller, or a run's folder; networks have its shape"},
    {"--augment", "NAMES", Takes::OneValue,
     "keys, stretch and inversion, with commas: pieces in other keys, faster and slower, with loud "
     "and soft exchanged (default: none)"},
    {"--device", "NAME", Takes::OneValue, "cpu or cuda (default: cpu)"},
    {"--threads", "N", Takes::OneValue, "1 to 256 (default: one for each core)"},
    {"--resume", "", Takes::Nothing,
     "goes on with the run in RUN_DIR, with its own options; begins one where there is none"},
};

std::string member_of(const char* option) {
  std::string name(option + 2);
  std::ranges::replace(name, '-', '_');
  return name;
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto comma = text.find(',');
    words.emplace_back(text.substr(0, comma));
    text = comma == std::string_view::npos ? "" : text.substr(comma + 1);
  }
  return words;
}

Outcome<void> read_networks(const std::string& text, NetworkRun& run) {
  run.networks.clear();
  for (const std::string& name : words_in(text)) {
    const auto task = learn::find_network_task(name);
    if (!task) return wrong_call(fmt::format("--only \"{}\": unknown; see --help", name));
    if (std::ranges::find(run.networks, *task) != run.networks.end())
      return wrong_call(fmt::format("--only \"{}\": is named twice", name));
    run.networks.push_back(*task);
  }
  if (run.networks.empty()) return wrong_call("--only: at least one is needed");
  return {};
}

Outcome<void> read_augmentation(const std::string& text, Augmentation& augmentation) {
  for (const std::string& name : words_in(text)) {
    if (name == "keys") augmentation.keys = true;
    else if (name == "stretch") augmentation.stretch = true;
    else if (name == "inversion") augmentation.inversion = true;
    else
      return wrong_call(
          fmt::format("--augment \"{}\": unknown, allowed are keys, stretch and inversion", name));
  }
  return {};
}

std::string to_text(const Augmentation& augmentation) {
  std::string text;
  const auto add = [&](bool is_on, const char* name) {
    if (is_on) text += (text.empty() ? "" : ",") + std::string(name);
  };
  add(augmentation.keys, "keys");
  add(augmentation.stretch, "stretch");
  add(augmentation.inversion, "inversion");
  return text;
}

/// Options that belong together.
Outcome<void> check(const TrainingOptions& training) {
  const auto& shape = training.trainer.shape;
  if (2 * shape.hidden % shape.heads != 0)
    return wrong_call(fmt::format("--heads {}: they must divide twice --hidden, {}", shape.heads,
                                  2 * shape.hidden));
  if (training.window % shape.block != 0)
    return wrong_call(fmt::format("--window {}: allowed is a multiple of --block, {}",
                                  training.window, shape.block));
  return {};
}

/// What is asked for, over what `run` holds already.
Outcome<void> take(const Arguments& arguments, NetworkRun& run) {
  if (const auto learner = arguments.text("--learner"); learner && *learner != "network")
    return wrong_call(fmt::format("--learner \"{}\": this program trains network alone", *learner));
  if (const auto protocol = arguments.text("--protocol"); protocol && *protocol != "pieces")
    return wrong_call(fmt::format("--protocol \"{}\": networks have pieces alone", *protocol));
  if (const auto data = arguments.text("--data")) run.data = *data;
  if (const auto from = arguments.text("--from")) run.from = *from;
  TOCCATA_TRY(const auto files, arguments.whole("--max-files", 1, 10'000'000));
  if (files) run.max_files = files;
  TOCCATA_TRY(const auto seed, arguments.seed());
  if (seed) run.training.trainer.seed = *seed;
  if (const auto names = arguments.text("--only")) TOCCATA_CHECK(read_networks(*names, run));
  if (const auto names = arguments.text("--augment")) {
    run.training.augmentation = {};
    TOCCATA_CHECK(read_augmentation(*names, run.training.augmentation));
  }
  for (const NumberRow& row : kNumbers) {
    TOCCATA_TRY(const auto value, arguments.real(row.option, row.lowest, row.highest));
    if (!value) continue;
    if (row.kind != Real && *value != std::floor(*value))
      return wrong_call(fmt::format("{} \"{}\": allowed is a whole number", row.option,
                                    *arguments.text(row.option)));
    row.set(run.training, *value);
    run.given.insert(row.option);
  }
  return run.from ? Outcome<void>() : check(run.training);
}

Outcome<void> take_machine(const Arguments& arguments, NetworkRun& run) {
  if (const auto name = arguments.text("--device")) {
    const auto device = train_torch::find_device(*name);
    if (!device)
      return wrong_call(fmt::format("--device \"{}\": unknown, allowed are cpu and cuda", *name));
    run.device = *device;
  }
  TOCCATA_TRY(const auto threads, arguments.whole("--threads", 1, 256));
  run.threads = static_cast<unsigned>(threads.value_or(0));
  return {};
}

/// The options that a run's config.json holds, as if they had been asked for.
Outcome<Arguments> arguments_in(const Json& config, const std::string& file) {
  if (const Json* learner = config.find("learner");
      learner == nullptr || *learner != Json("network"))
    return cannot(file + ": holds a run of another learner");
  Arguments arguments;
  for (const auto& [name, value] : *config.object()) {
    std::string option = "--" + name;
    std::ranges::replace(option, '_', '-');
    if (value.is_null()) continue;
    const auto* text = value.text();
    arguments.add(option, {text != nullptr ? *text : toccata::to_text(value, JsonLayout::Compact)});
  }
  return arguments;
}

}  // namespace

std::span<const OptionSpec> network_options() {
  static const std::vector<OptionSpec> kAll = [] {
    std::vector<OptionSpec> rows(std::begin(kOthers), std::end(kOthers));
    for (const NumberRow& row : kNumbers)
      rows.push_back({row.option, "N", Takes::OneValue, row.about});
    return rows;
  }();
  return kAll;
}

Json to_json(const NetworkRun& run) {
  std::string networks;
  for (const auto& task : run.networks)
    networks += (networks.empty() ? "" : ",") + learn::name_of(task);
  Json json;
  json.add("protocol", "pieces");
  json.add("learner", "network");
  json.add("data", run.data);
  json.add("max_files", run.max_files ? Json(*run.max_files) : Json());
  json.add("from", run.from ? Json(*run.from) : Json());
  json.add("seed", run.training.trainer.seed);
  json.add("only", networks);
  json.add("augment", to_text(run.training.augmentation));
  for (const NumberRow& row : kNumbers) {
    const double value = row.get(run.training);
    const Json number = row.kind == Real ? Json(value) : Json(static_cast<std::int64_t>(value));
    const bool is_models = run.from && row.kind == Shape && !run.given.contains(row.option);
    json.add(member_of(row.option), is_models ? Json() : number);
  }
  return json;
}

Outcome<TrainingOptions> options_of(const NetworkRun& run, const learn::NetworkTask& task,
                                    const ml::Weights* from) {
  TrainingOptions options = run.training;
  options.trainer.device = run.device;
  if (from == nullptr) return options;
  const auto shape = train_torch::shape_in(*from, task);
  if (!shape) return cannot(fmt::format("--from {}: {}", *run.from, describe(shape.error())));
  options.trainer.shape = *shape;
  for (const NumberRow& row : kNumbers) {
    if (row.kind != Shape) continue;
    if (run.given.contains(row.option)) row.set(options, row.get(run.training));
    if (const double value = row.get(options); value < row.lowest || value > row.highest)
      return cannot(fmt::format("--from {}: {} has {} {}, allowed is {} to {}", *run.from,
                                learn::name_of(task), row.option, value, row.lowest, row.highest));
  }
  TOCCATA_CHECK(check(options));
  return options;
}

Outcome<NetworkRun> network_run_of(const RunFolder& folder, const Arguments& arguments) {
  NetworkRun run;
  const auto all = learn::network_tasks();
  run.networks.assign(all.begin(), all.end());
  if (!folder.has("config.json")) {
    TOCCATA_CHECK(take(arguments, run));
    if (run.data.empty()) return wrong_call("train expression: --data DIR_OR_ZIP is missing");
  } else {
    TOCCATA_TRY(const Json config, folder.read_json("config.json"));
    TOCCATA_TRY(const Arguments own,
                arguments_in(config, (folder.path() / "config.json").string()));
    TOCCATA_CHECK(take(own, run));
    NetworkRun asked = run;
    TOCCATA_CHECK(take(arguments, asked));
    if (const Json kept = to_json(run), wanted = to_json(asked); kept != wanted)
      for (const auto& [name, value] : *wanted.object())
        if (*kept.find(name) != value)
          return wrong_call(
              fmt::format("{} {}: the run was begun with {}; --resume goes on with the same", name,
                          toccata::to_text(value, JsonLayout::Compact),
                          toccata::to_text(*kept.find(name), JsonLayout::Compact)));
  }
  TOCCATA_CHECK(take_machine(arguments, run));
  return run;
}

}  // namespace toccata::cli
