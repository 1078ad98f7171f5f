// SPDX-License-Identifier: MIT
#include "playing.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <toccata/perform/learned.hpp>

#include "progress.hpp"

namespace toccata::cli {
namespace {

constexpr std::size_t kMostOfAPiece = 6;  ///< performances by each: famous pieces have dozens

void add(const PlayingOrder& order, const learn::AlignedPerformance& performance,
         std::uint32_t composition, PlayedBy& by) {
  by.rows.traits.push_back(learn::traits_of(order, performance));
  by.rows.composition.push_back(composition);
}

Json number(double value) { return std::isnan(value) ? Json() : Json(value); }

}  // namespace

std::vector<PlayedBy> play_all(const ExpressionModel& model, const learn::PreparedSet& set,
                               std::uint64_t seed) {
  // Borrowed for as long as this lasts.
  const std::shared_ptr<const ExpressionModel> borrowed(&model, [](const ExpressionModel*) {});
  const auto learned = make_learned_performer("model", borrowed, {});
  std::vector<PlayedBy> all{{"people", {}}, {"model", {}}, {"curve", {}}};
  const Performer* performers[] = {learned.get(), find_performer("curve")};
  std::map<std::string, std::uint32_t> compositions;
  ProgressBar bar;
  const auto pages = set.of(learn::Form::Page);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const learn::AlignedPiece& piece = pages[i]->piece;
    const auto composition = static_cast<std::uint32_t>(
        compositions.emplace(piece.composition, compositions.size()).first->second);
    const std::size_t count = std::min(kMostOfAPiece, piece.performances.size());
    for (std::size_t n = 0; n < count; ++n) {
      add(*piece.order, piece.performances[n], composition, all[0]);
      const Rng rng = Rng(seed).fork(piece.score_file).fork(n);
      for (std::size_t who = 0; who < std::size(performers); ++who) {
        const Performance played = perform(*performers[who], PerformTask{*piece.score}, rng);
        add(*piece.order, learn::as_heard(*piece.order, played), composition, all[who + 1]);
      }
    }
    bar.report(static_cast<double>(i + 1) / static_cast<double>(pages.size()), "playing");
  }
  return all;
}

std::string to_text(std::span<const PlayedBy> players, std::uint64_t seed) {
  std::string text = "| trait |", rule = "|---|";
  for (const PlayedBy& by : players) {
    text += fmt::format(" {} |", by.name);
    rule += "---|";
  }
  for (std::size_t who = 1; who < players.size(); ++who) {
    text += fmt::format(" {} from {} |", players[who].name, players[0].name);
    rule += "---|";
  }
  text += "\n" + rule + "\n";
  for (std::size_t i = 0; i < learn::kTraits; ++i) {
    const auto trait = static_cast<learn::Trait>(i);
    text += fmt::format("| {} |", name_of(trait));
    for (const PlayedBy& by : players) {
      const auto figures = learn::figures_of(by.rows, trait, Rng(seed));
      text += figures.performances == 0 ? " none |"
                                        : fmt::format(" {:.3g} ({:.3g} to {:.3g}) |", figures.mean,
                                                      figures.ci95[0], figures.ci95[1]);
    }
    for (const PlayedBy& by : players.subspan(1)) {
      const double apart = learn::distance(players[0].rows, by.rows, trait);
      text += std::isnan(apart) ? " none |" : fmt::format(" {:.2f} |", apart);
    }
    text += "\n";
  }
  return text;
}

Json to_json(std::span<const PlayedBy> players, std::uint64_t seed) {
  Json json{Json::Object{}};
  for (std::size_t i = 0; i < learn::kTraits; ++i) {
    const auto trait = static_cast<learn::Trait>(i);
    Json row{Json::Object{}};
    for (const PlayedBy& by : players) {
      const auto figures = learn::figures_of(by.rows, trait, Rng(seed));
      Json one;
      one.add("mean", number(figures.mean));
      one.add("ci95", Json::Array{number(figures.ci95[0]), number(figures.ci95[1])});
      one.add("performances", static_cast<std::int64_t>(figures.performances));
      if (&by != &players[0])
        one.add("distance", number(learn::distance(players[0].rows, by.rows, trait)));
      row.add(by.name, std::move(one));
    }
    json.add(std::string(name_of(trait)), std::move(row));
  }
  return json;
}

}  // namespace toccata::cli
