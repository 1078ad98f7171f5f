// SPDX-License-Identifier: MIT
#include "listen.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include <fmt/format.h>
#include <toccata/compose/verbs.hpp>
#include <toccata/learn/aligned.hpp>
#include <toccata/midi/export.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/sound/loader.hpp>

#include "batch.hpp"
#include "drummers.hpp"
#include "list_option.hpp"
#include "models.hpp"
#include "opening.hpp"
#include "progress.hpp"
#include "sound_output.hpp"
#include "staged.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kLoudness = -23;  // LUFS (EBU R 128): so low that no limiter flattens a piano
constexpr double kOpening = 20;    // seconds

/// Music to be played, with what its composer knew of it.
struct Written {
  std::string title;
  Score score;
  std::optional<Settings> settings;
  std::optional<Plan> plan;
};

/// The players, those whose weights are there. `missing` names the others.
std::vector<std::string> players(std::string& missing) {
  std::vector<std::string> names{"none", "curve"};
  for (const char* model : {"default", "classical"}) {
    if (has_weights(model)) names.emplace_back(model);
    else missing += fmt::format("{}{}", missing.empty() ? "" : ", ", model);
  }
  return names;
}

Outcome<Written> composed(std::size_t index, std::uint64_t seed) {
  constexpr std::array kGenres{"classical", "cinematic", "jazz", "waltz", "blues"};
  Brief brief;
  brief.genres = {{kGenres[index % kGenres.size()], 1.0}};
  brief.instruments = {"piano"};
  brief.drums = false;
  brief.seconds = kOpening;
  brief.seed = Rng(seed).fork("pieces").fork(static_cast<std::uint32_t>(index)).next();
  const auto settled = settle(brief, 0);
  if (!settled) return cannot("listen: " + settled.error());
  auto plan = make_plan(settled->settings);
  if (!plan) return cannot("listen: " + plan.error());
  auto score = compose(settled->settings, *plan, nullptr);
  if (!score) return cannot("listen: " + describe(score.error()));
  return Written{brief.genres.front().genre, *std::move(score), settled->settings,
                 *std::move(plan)};
}

Outcome<std::vector<Written>> composed_pieces(const ListenOptions& options) {
  std::vector<Written> pieces;
  for (std::size_t i = 0; i < options.pieces; ++i) {
    TOCCATA_TRY(Written piece, composed(i, options.seed));
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

/// Openings of scores that no model has learned from, of as many compositions.
Outcome<std::vector<Written>> real_pieces(const ListenOptions& options) {
  const auto tree = learn::FileTree::open(*options.data);
  if (!tree) return cannot(describe(tree.error()));
  auto entries = learn::find_aligned(*tree);
  if (!entries) return cannot(describe(entries.error()));
  std::erase_if(*entries, [](const learn::AlignedEntry& entry) {
    return entry.split && *entry.split != learn::Split::Test;
  });
  Rng rng = Rng(options.seed).fork("pieces");
  std::vector<Written> pieces;
  std::vector<std::string> taken;
  std::vector<learn::DataError> faults;
  for (const std::size_t index : drawn_order(entries->size(), rng)) {
    const learn::AlignedEntry& entry = (*entries)[index];
    if (pieces.size() == options.pieces) break;
    if (std::ranges::find(taken, entry.composition) != taken.end()) continue;
    auto piece = learn::read_aligned(*tree, entry, faults);
    if (!piece || piece->order->notes().empty()) continue;
    taken.push_back(entry.composition);
    pieces.push_back({entry.composition, opening_of(*piece->score, Seconds(kOpening)), {}, {}});
  }
  if (pieces.size() < options.pieces)
    return cannot(
        fmt::format("{}: holds {} scores that no model has learned from, but --pieces "
                    "asks for {}",
                    options.data->string(), pieces.size(), options.pieces));
  return pieces;
}

/// One version of a piece, to be rendered.
struct Order {
  const Written* piece;
  std::string performer;
  fs::path sound;
};

/// Gives by how much the sound is softer than asked for.
Outcome<double> render(const Order& order, std::uint64_t seed, StagedFiles& files) {
  PerformTask task{order.piece->score};
  if (order.piece->settings) task.settings = &*order.piece->settings;
  if (order.piece->plan) task.plan = &*order.piece->plan;
  TOCCATA_TRY(const ComposedPlaying played, play_composed(order.performer, task, seed));
  const auto file = midi::from_score(order.piece->score, played.performance);
  if (!file) return cannot(fmt::format("{}: {}", order.piece->title, describe(file.error())));
  sound::Settings settings;  // no title and no comment: a file must not tell who plays
  settings.loudness_lufs = kLoudness;
  settings.take_file = staging(files);
  const auto report = sound::render_midi(midi::write_midi(*file), order.sound, settings);
  if (!report) return cannot("listen: " + describe(report.error()));
  return report->target_missed_by_lu;
}

/// The folder, made where it is not there. Errors: it holds something, or cannot be made.
Outcome<void> open_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    return cannot(fmt::format("-o \"{}\": is a file, but a folder is needed", folder.string()));
  if (fs::is_directory(folder, error) && !fs::is_empty(folder, error))
    return cannot(
        fmt::format("-o \"{}\": holds files; allowed is a new or empty folder", folder.string()));
  fs::create_directory(folder, error);
  if (error)
    return cannot(
        fmt::format("-o \"{}\": could not be made ({})", folder.string(), error.message()));
  return {};
}

/// Takes the folder away again where nothing came to stand in it.
class MadeFolder {
 public:
  MadeFolder(fs::path folder, bool was_there) : folder_(std::move(folder)), keep_(was_there) {}
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;
  ~MadeFolder() {
    std::error_code ignored;
    if (!keep_ && fs::is_empty(folder_, ignored)) fs::remove(folder_, ignored);
  }

 private:
  fs::path folder_;
  bool keep_;  ///< it was the user's
};

/// Lays out the page and says what is to be rendered for it.
std::vector<Order> lay_out(const std::vector<Written>& pieces, const ListenOptions& options,
                           const std::vector<std::string>& performers, ListenPage& page) {
  Rng rng = Rng(options.seed).fork("order");
  std::vector<Order> orders;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    ListenPiece piece{pieces[i].title, {}};
    for (const std::size_t which : drawn_order(performers.size(), rng)) {
      const std::string sound = fmt::format("{}-{}.wav", i + 1, label_of(piece.versions.size()));
      piece.versions.push_back({performers[which], sound});
      orders.push_back({&pieces[i], performers[which], options.folder / sound});
    }
    page.pieces.push_back(std::move(piece));
  }
  return orders;
}

Outcome<double> render_all(const std::vector<Order>& orders, std::uint64_t seed,
                           StagedFiles& files) {
  ProgressBar bar;
  std::vector<double> missed(orders.size());
  std::atomic<std::size_t> done = 0;
  // One alone first: without a module or a font nothing else need be tried.
  TOCCATA_TRY(missed[0], render(orders[0], seed, files));
  TOCCATA_CHECK(run_all(orders.size() - 1, [&](std::size_t i) -> Outcome<void> {
    TOCCATA_TRY(missed[i + 1], render(orders[i + 1], seed, files));
    bar.report(static_cast<double>(++done) / static_cast<double>(orders.size()), "rendering");
    return {};
  }));
  return *std::ranges::max_element(missed);
}

}  // namespace

Outcome<ListenReport> evaluate_listen(const ListenOptions& options) {
  ListenReport report{options, {}, {options.seed, {}}, {}, 0};
  report.performers = players(report.missing);
  TOCCATA_TRY(const auto pieces, options.data ? real_pieces(options) : composed_pieces(options));
  std::error_code ignored;
  const bool was_there = fs::exists(options.folder, ignored);
  TOCCATA_CHECK(open_folder(options.folder));
  const MadeFolder folder(options.folder, was_there);
  StagedFiles files;
  const auto orders = lay_out(pieces, options, report.performers, report.page);
  TOCCATA_TRY(report.loudness_missed_lu, render_all(orders, options.seed, files));
  Bytes html;
  append_text(html, to_html(report.page));
  TOCCATA_CHECK(files.stage(options.folder / "listen.html", html));
  TOCCATA_CHECK(files.commit());
  return report;
}

std::string to_text(const ListenReport& report) {
  std::string text = fmt::format(
      "seed {}: {} pieces, each by {}, in an order that the page keeps to itself -> {}\n",
      report.options.seed, report.page.pieces.size(), joined(report.performers),
      (report.options.folder / "listen.html").string());
  if (!report.missing.empty())
    text += fmt::format("left out, as their weights are missing: {}\n", report.missing);
  constexpr double kHeard = 0.5;
  if (report.loudness_missed_lu > kHeard)
    text += fmt::format("not equally loud: a sound is softer than asked for by {:.1f} LU\n",
                        report.loudness_missed_lu);
  return text;
}

Json to_json(const ListenReport& report) {
  Json performers = Json::Array{}, pieces = Json::Array{};
  for (const std::string& performer : report.performers) performers.push(performer);
  for (const ListenPiece& piece : report.page.pieces) {
    Json sounds = Json::Array{};
    for (const ListenVersion& version : piece.versions) sounds.push(version.sound);
    pieces.push(Json::Object{{"title", piece.title}, {"sounds", std::move(sounds)}});
  }
  Json json;
  json.add("format", "toccata.listening/1");
  json.add("page", (report.options.folder / "listen.html").string());
  json.add("seed", report.options.seed);
  json.add("loudness_lufs", kLoudness);
  json.add("loudness_missed_lu", report.loudness_missed_lu);
  json.add("performers", std::move(performers));
  json.add("pieces", std::move(pieces));
  return json;
}

}  // namespace toccata::cli
