// SPDX-License-Identifier: MIT
#include "music.hpp"

#include <map>

#include <fmt/format.h>
#include <toccata/plan/genre.hpp>

#include "list_option.hpp"
#include "music_tables.hpp"
#include "progress.hpp"
#include "writing.hpp"

namespace toccata::cli {

namespace {

/// Forms that are asked for beside the usual ones.
constexpr const char* kForms[] = {"aaba", "aba", "rondo", "verse-chorus", "A B A' C A"};
constexpr std::size_t kShareOfForm = 4;  ///< a fourth as many pieces of each

Brief usual_brief(const std::string& genre, int bars, std::uint64_t seed) {
  Brief brief;
  brief.genres = {{genre, 1}};
  brief.bars = bars;
  brief.seed = seed;
  return brief;
}

struct ComposedSet {
  std::vector<Excerpt> pieces;
  std::size_t passed_over = 0;  ///< seeds
};

/// What is to be composed, and the pieces: sets as `compose --count` writes them.
class Workshop {
 public:
  /// A set of pieces of a brief. Sets are composed in one go, and come back by their numbers.
  std::size_t order(Brief brief, std::size_t count) {
    orders_.push_back({std::move(brief), {std::vector<Excerpt>(count)}});
    return orders_.size() - 1;
  }
  Outcome<void> compose_all() {
    ProgressBar progress;
    for (std::size_t i = 0; i < orders_.size(); ++i) {
      Order& order = orders_[i];
      auto made = write_set(
          order.brief, order.set.pieces.size(),
          [&](std::size_t index, Written piece) -> Outcome<void> {
            order.set.pieces[index] = {order.brief.genres.front().genre, std::move(piece.score)};
            return {};
          });
      if (!made) return cannot("evaluate music: " + made.error().what);
      order.set.passed_over = made->passed_over;
      progress.report(static_cast<double>(i + 1) / static_cast<double>(orders_.size()));
    }
    return {};
  }
  ComposedSet take(std::size_t order) { return std::move(orders_[order].set); }

 private:
  struct Order {
    Brief brief;
    ComposedSet set;
  };
  std::vector<Order> orders_;
};

/// Real pieces, read once for each family and length.
class Library {
 public:
  explicit Library(const MusicOptions& options) : options_(options) {}

  RealPieces find(const char* family, Rational quarters) {
    if (family == nullptr || !options_.data) return {family, nullptr};
    const auto key = std::pair(std::string(family), to_ticks(quarters));
    if (const auto known = read_.find(key); known != read_.end()) return {family, &known->second};
    auto drawn = draw_excerpts(*find_family(family), *options_.data, quarters, options_.seeds,
                               options_.seed);
    return {family, &read_.emplace(key, std::move(drawn)).first->second};
  }

 private:
  static std::int64_t to_ticks(Rational quarters) { return kComposedPpq.nearest(quarters).ticks(); }
  const MusicOptions& options_;
  std::map<std::pair<std::string, std::int64_t>, std::vector<Excerpt>> read_;
};

std::vector<Sample> samples_of(const MusicOptions& options, Library& library, Workshop& workshop,
                               const std::vector<std::size_t>& orders) {
  std::vector<Sample> samples;
  std::size_t next = 0;
  ProgressBar progress;
  for (const std::string& genre : options.genres)
    for (const int bars : options.bars) {
      progress.report(static_cast<double>(next) / static_cast<double>(orders.size()));
      ComposedSet set = workshop.take(orders[next++]);
      Sample sample{genre, bars, std::move(set.pieces), {}, set.passed_over};
      if (const Counterparts* parts = find_counterparts(genre)) {
        const Rational quarters = Genre::find(genre)->meter.bar_quarters() * Rational(bars);
        const char* const families[] = {parts->melody, parts->chords, parts->bass, parts->drums};
        for (std::size_t i = 0; i < sample.real.size(); ++i)
          sample.real[i] = library.find(families[i], quarters);
      }
      samples.push_back(std::move(sample));
    }
  return samples;
}

Table families_table(const MusicOptions& options) {
  Table table{
      "families",
      "Real pieces",
      "Where each family is looked for, in the folder of data; files of one title are one "
      "work. A genre's families are the nearest there are: docs/evaluations.md.",
      {{"family", "family"}, {"folder", "folder"}, {"files", "files"}, {"licence", "licence"}},
      {}};
  for (const Family& family : all_families()) {
    const auto files = options.data ? files_of(family, *options.data).size() : std::size_t{0};
    table.rows.push_back({family.id, family.folder,
                          files == 0 ? Json("not found") : Json(static_cast<std::int64_t>(files)),
                          family.licence});
  }
  return table;
}

Table claims_table(const std::vector<Table>& tables) {
  Table claims{"claims",
               "What holds",
               "Rows of each table below that hold, of those that can be judged.",
               {{"table", "table"}, {"held", "held"}, {"rows", "rows"}},
               {}};
  for (const Table& table : tables) {
    const Held held = held_in(table);
    claims.rows.push_back(
        {table.key, static_cast<std::int64_t>(held.held), static_cast<std::int64_t>(held.rows)});
  }
  return claims;
}

}  // namespace

Outcome<MusicReport> evaluate_music(const MusicOptions& options) {
  Workshop workshop;
  std::vector<std::size_t> orders;
  for (const std::string& genre : options.genres)
    for (const int bars : options.bars)
      orders.push_back(workshop.order(usual_brief(genre, bars, options.seed), options.seeds));
  std::vector<std::pair<ReturnsSample, std::size_t>> forms;
  const std::size_t fewer = std::max<std::size_t>(options.seeds / kShareOfForm, 1);
  for (const std::string& genre : options.genres)
    for (const char* form : kForms) {
      Brief brief = usual_brief(genre, options.bars.back(), options.seed);
      brief.form = *parse_form(form);
      forms.push_back({{genre, form, {}}, workshop.order(std::move(brief), fewer)});
    }
  TOCCATA_CHECK(workshop.compose_all());
  Library library(options);
  const auto samples = samples_of(options, library, workshop, orders);
  std::vector<ReturnsSample> returns;
  for (const Sample& sample : samples)
    if (sample.bars == options.bars.back()) returns.push_back({sample.genre, "usual", sample.ours});
  for (auto& [sample, order] : forms) {
    sample.ours = workshop.take(order).pieces;
    returns.push_back(std::move(sample));
  }
  MusicReport report{options, families_table(options), {}, {}};
  report.tables = {uniqueness_table(samples), equal_bars_table(samples), returns_table(returns),
                   texture_table(samples)};
  report.claims = claims_table(report.tables);
  return report;
}

std::string to_text(const MusicReport& report) {
  std::vector<std::string> bars;
  for (const int count : report.options.bars) bars.push_back(std::to_string(count));
  std::string text = fmt::format(
      "# Composed pieces beside real ones\n\n{} pieces of each genre and length, seeds "
      "from {}; {} bars.\n\n",
      report.options.seeds, report.options.seed, joined(bars));
  text += to_text(report.claims);
  for (const Table& table : report.tables) text += to_text(table);
  return text + to_text(report.families);
}

Json to_json(const MusicReport& report) {
  Json json;
  json.add("format", "toccata.music/1");
  json.add("seeds", static_cast<std::int64_t>(report.options.seeds));
  json.add("seed", report.options.seed);
  Json bars = Json::Array{};
  for (const int count : report.options.bars) bars.push(count);
  json.add("bars", std::move(bars));
  for (const Table* table : {&report.claims, &report.families})
    json.add(table->key, to_json(*table));
  for (const Table& table : report.tables) json.add(table.key, to_json(table));
  return json;
}

}  // namespace toccata::cli
