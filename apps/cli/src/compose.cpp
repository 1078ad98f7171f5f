// SPDX-License-Identifier: MIT
// compose: new pieces from a sentence, a file and options.
#include <algorithm>
#include <atomic>

#include <fmt/format.h>

#include "batch.hpp"
#include "drummers.hpp"
#include "edit.hpp"
#include "explain.hpp"
#include "models.hpp"
#include "outputs.hpp"
#include "progress.hpp"
#include "say.hpp"
#include "sound_output.hpp"
#include "verbs.hpp"
#include "walk_options.hpp"
#include "writing.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostPieces = 100'000;

/// One piece to be made: a wish with a seed, and where it goes.
struct Order {
  Wish wish;
  std::vector<Target> targets;
};
struct Made {
  Settled settled;
  Piece piece;
  std::string told;  ///< who plays
};

Outcome<Made> play(Written written) {
  const Settings& settings = written.settled.settings;
  Score& score = written.score;
  const PerformTask task{score, &settings, &written.plan};
  TOCCATA_TRY(ComposedPlaying played, play_composed(settings.performance, task, settings.seed));
  if (!score.provenance.empty()) {
    auto& weights = score.provenance.back().weights;
    weights.insert(weights.end(), played.weights.begin(), played.weights.end());
  }
  return Made{std::move(written.settled),
              {std::move(score), std::move(played.performance), {}},
              std::move(played.told)};
}

std::string summary_line(const Made& made, const std::vector<Target>& targets) {
  const Settings& settings = made.settled.settings;
  const std::string key = settings.maqam != nullptr
                              ? to_string(settings.key.tonic) + " " + settings.maqam->id
                              : to_string(settings.key);
  return fmt::format("seed {}: {}, {}, {:.4g} quarters per minute, {}, {}, played by {} -> {}\n",
                     settings.seed, to_string(settings.genres), key, settings.tempo.bpm(),
                     to_string(settings.meter), counted(settings.bars, "bar"), made.told,
                     names_of(targets));
}

Json strings(const std::vector<std::string>& texts) {
  Json array = Json::Array{};
  for (const std::string& text : texts) array.push(text);
  return array;
}

Json summary_json(const Made& made, const std::vector<Target>& targets,
                  const std::vector<std::string>& notes) {
  Json json;
  json.add("seed", made.settled.settings.seed);
  json.add("bars", made.settled.settings.bars);
  json.add("played_by", made.told);
  Json files = Json::Array{};
  for (const Target& target : targets) files.push(target.path.string());
  json.add("files", std::move(files));
  if (!notes.empty()) json.add("notes", strings(notes));
  return json;
}

std::string summary(const Made& made, const Order& order, const Arguments& arguments,
                    const std::vector<std::string>& notes) {
  const bool json = arguments.has("--json");
  if (arguments.has("--explain")) {
    if (json) {
      Json told = explain_json(order.wish, made.settled);
      if (!notes.empty()) told.add("notes", strings(notes));
      return to_text(told) + "\n";
    }
    return explain(order.wish, made.settled) + summary_line(made, order.targets);
  }
  if (json) return to_text(summary_json(made, order.targets, notes), JsonLayout::Compact) + "\n";
  std::string text = summary_line(made, order.targets);
  for (const std::string& words : order.wish.not_understood)
    text += fmt::format("not understood: {}\n", words);
  return text;
}

/// What a call makes: pieces are staged as they are made, written together, and told about in
/// order.
class Works {
 public:
  Works(std::size_t count, const Arguments& arguments)
      : arguments_(arguments), summaries_(count), notes_(count) {
    if (const auto folder = arguments.text("--out-dir")) files_.add_folder(*folder);
  }

  ProgressBar& bar() { return *bar_; }
  /// Plays and stages the piece of that number. Threads: any.
  Outcome<void> add(std::size_t index, const Order& order, Written written) {
    TOCCATA_TRY(const Made made, play(std::move(written)));
    TOCCATA_TRY(notes_[index], stage_all(made.piece, order.targets, arguments_, files_));
    summaries_[index] = summary(made, order, arguments_, notes_[index]);
    const std::size_t count = summaries_.size();
    if (count > 1) bar_->report(static_cast<double>(++done_) / static_cast<double>(count));
    return {};
  }
  Outcome<void> commit(const std::vector<Target>& targets, const std::string& more = "") {
    bar_.reset();
    std::string text;
    for (const std::string& line : summaries_) text += line;
    std::vector<std::string> notes;
    for (const auto& told : notes_) add_new(notes, told);
    if (!arguments_.has("--json")) text += lines_of(notes) + more;
    return files_.commit([&] { return say(text, targets); });
  }

 private:
  StagedFiles files_;  // first, as threads begun before would be interrupted without tidying up
  const Arguments& arguments_;
  std::vector<std::string> summaries_;
  std::vector<std::vector<std::string>> notes_;
  std::optional<ProgressBar> bar_{std::in_place};  // goes before anything is told
  std::atomic<std::size_t> done_ = 0;
};

/// Begun after the files are staged: see Works.
std::future<void> read_performer_of(const Order& order) {
  const std::string& performer = order.wish.brief.performance;
  return read_performer_ahead(performer.empty() ? kDefaultModel : performer);
}

/// One piece an order.
Outcome<void> fulfil(const std::vector<Order>& orders, const Arguments& arguments) {
  Works works(orders.size(), arguments);
  const auto reading = read_performer_of(orders.front());
  TOCCATA_CHECK(run_all(orders.size(), [&](std::size_t index) -> Outcome<void> {
    const Order& order = orders[index];
    TOCCATA_TRY(Settled settled, settled_of(order.wish.brief));
    const auto drummer = read_drummer_ahead(settled.settings);
    Progress* progress = orders.size() == 1 ? &works.bar() : nullptr;
    TOCCATA_TRY(Written written, write_piece(std::move(settled), progress));
    return works.add(index, order, std::move(written));
  }));
  return works.commit(orders.front().targets);
}

/// piece.mid as piece-0001.mid.
fs::path numbered(const fs::path& path, std::size_t number, std::size_t digits) {
  fs::path name = path.stem();
  name += fmt::format("-{:0{}}", number, digits);
  name += path.extension();
  return path.parent_path() / name;
}

/// What is told of a set besides its pieces; nothing where every seed gave one.
std::string selection_text(const Selection& selection) {
  std::string text;
  if (selection.passed_over > 0)
    text += fmt::format("passed over: {}, too like an earlier melody\n",
                        counted(static_cast<std::int64_t>(selection.passed_over), "seed"));
  if (selection.alike > 0)
    text += fmt::format("no melody of its own: {}, of {} seeds none gave one\n",
                        counted(static_cast<std::int64_t>(selection.alike), "piece"),
                        kMostPassedOver + 1);
  return text;
}

/// `count` pieces of one order, each with a melody of its own.
Outcome<void> fulfil_set(const Order& one, std::size_t count, const Arguments& arguments) {
  if (to_stdout(one.targets))
    return wrong_call("--count: several pieces cannot go to stdout (-o -)");
  const std::size_t digits = std::max<std::size_t>(4, std::to_string(count).size());
  std::vector<Order> orders(count, Order{one.wish, {}});
  for (std::size_t i = 0; i < count; ++i)
    for (const Target& target : one.targets) {
      TOCCATA_TRY(Target own, target_for(numbered(target.path, i + 1, digits)));
      orders[i].targets.push_back(std::move(own));
    }
  Works works(count, arguments);
  const auto reading = read_performer_of(one);
  TOCCATA_TRY(const Selection selection,
              write_set(one.wish.brief, count, [&](std::size_t index, Written piece) {
                orders[index].wish.brief.seed = piece.settled.settings.seed;
                return works.add(index, orders[index], std::move(piece));
              }));
  return works.commit(orders.front().targets, selection_text(selection));
}

/// One piece in each genre, all from one seed.
Outcome<std::vector<Order>> genre_orders(const Order& one, const Arguments& arguments) {
  const fs::path folder = *arguments.text("--out-dir");
  if (arguments.has("--output") || arguments.has("--count"))
    return wrong_call("--genre all writes into --out-dir: allowed is neither -o nor --count");
  TOCCATA_CHECK(check_folder("--out-dir", folder));
  std::error_code ignored;
  const bool is_there = fs::is_directory(folder, ignored);  // else it is made with its files
  std::vector<Order> orders;
  for (const std::string_view genre : Genre::names()) {
    Order order{one.wish, {}};
    order.wish.brief.genres = {{std::string(genre), 1.0}};
    const fs::path path = folder / fmt::format("ai_composition_{}.mid", genre);
    if (is_there) TOCCATA_CHECK(check_place("--out-dir", path));
    order.targets.push_back({path, Format::Midi});
    orders.push_back(std::move(order));
  }
  return orders;
}

/// What the options say besides the wish, checked before any work.
Outcome<Order> order_of(const Arguments& arguments) {
  const bool all = arguments.text("--genre") == "all";
  if (all != arguments.has("--out-dir"))
    return wrong_call("--genre all and --out-dir DIR belong together: allowed are both or neither");
  TOCCATA_CHECK(check_sound_options(arguments));
  const auto needed = arguments.has("--explain") || all ? Needed::No : Needed::Yes;
  Order order;
  TOCCATA_TRY(order.wish, wish_of(arguments));
  TOCCATA_TRY(order.targets, targets_of(arguments, needed));
  Wish& wish = order.wish;
  if (!wish.brief.seed) {
    wish.brief.seed = drawn_seed();
    wish.reasons.push_back({"seed", std::to_string(*wish.brief.seed), "drawn anew"});
  }
  return order;
}

Outcome<void> run(const Arguments& arguments) {
  TOCCATA_TRY(const auto count, arguments.whole("--count", 1, kMostPieces));
  for (const char* option : {"--stems", "--report"})
    if (count && arguments.has(option))
      return wrong_call(fmt::format("{}: tells of one piece, allowed is no --count", option));
  TOCCATA_TRY(Order order, order_of(arguments));
  std::vector<Order> orders;
  if (arguments.text("--genre") == "all") {
    TOCCATA_TRY(orders, genre_orders(order, arguments));
  } else if (order.targets.empty()) {
    TOCCATA_TRY(const Settled settled, settled_of(order.wish.brief));
    return say(arguments.has("--json") ? to_text(explain_json(order.wish, settled)) + "\n"
                                       : explain(order.wish, settled));
  } else if (count) {
    return fulfil_set(order, static_cast<std::size_t>(*count), arguments);
  } else {
    orders.push_back(std::move(order));
  }
  return fulfil(orders, arguments);
}

constexpr OptionSpec kOwnOptions[] = {
    {"--count", "N", Takes::OneValue,
     "writes N pieces, 1 to 100000, as NAME-0001.mid ... under seeds from --seed on, passing over "
     "those whose melody is too like an earlier one's"},
    {"--out-dir", "DIR", Takes::OneValue,
     "with --genre all: one piece in each genre, as DIR/ai_composition_GENRE.mid"},
    {"--explain", "", Takes::Nothing,
     "tells for each field what was understood and why; needs no -o"},
    {"--json", "", Takes::Nothing, "what is told is JSON (with --explain: toccata.brief/1)"},
    kOutputOption,
    kToOption,
    kJsonLayoutOption,
};

std::span<const OptionSpec> options() {
  static const auto kAll = joined_rows({kBriefOptions, kOwnOptions, kWalkOptions, kSoundOptions});
  return kAll;
}

}  // namespace

Verb compose_verb() {
  return {"compose",
          "Composes a new piece from a sentence (in English or French), options, or both.",
          {"SENTENCE", "what you want: \"a joyful waltz in D major, 32 bars\"",
           PositionalSpec::Count::AnyNumber},
          options(),
          "toccata compose \"a calm bossa in F, 16 bars, no drums\" --seed 7 -o bossa.mid",
          run};
}

}  // namespace toccata::cli
