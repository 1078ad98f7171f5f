// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/analysis/bars.hpp>
#include <toccata/analysis/copy_check.hpp>
#include <toccata/analysis/phrases.hpp>
#include <toccata/analysis/statistics.hpp>

#include "music_tables.hpp"

namespace toccata::cli {
namespace {

constexpr std::size_t kRun = 4;
constexpr double kRecognised = 0.2;         ///< least likeness of a return to its origin
constexpr double kEnoughRecognised = 0.95;  ///< of the pieces

/// A section of the form with the runs of its melody.
struct Statement {
  std::string material;  ///< "A" of A, A' and A2
  StepRuns runs{kRun};
};

std::string material_of(std::string label) {
  while (!label.empty() && (label.back() == '\'' || (label.back() >= '0' && label.back() <= '9')))
    label.pop_back();
  return label;
}

/// Those that open or close a piece may use any material.
bool is_frame(const std::string& material) {
  return material == "Intro" || material == "Outro" || material == "Coda";
}

std::vector<Statement> sections_of(const Excerpt& excerpt) {
  const Score& score = excerpt.score;
  const auto notes = notes_of(excerpt, Role::Melody);
  std::vector<Statement> sections;
  for (std::size_t i = 0; i < score.sections.size(); ++i) {
    const Tick end = i + 1 < score.sections.size() ? score.sections[i + 1].at : score.end;
    Statement section{material_of(score.sections[i].label)};
    if (is_frame(section.material)) continue;
    const auto line = melody_line(notes_within(notes, {score.sections[i].at, end}));
    section.runs.add(steps_of(line, score.ppq(), MatchBy::IntervalsAndRhythm));
    if (section.runs.size() > 0) sections.push_back(std::move(section));
  }
  return sections;
}

/// What one piece's form sounds like.
struct Form {
  std::vector<double> returns;    ///< each later section of a material with its first
  std::vector<double> contrasts;  ///< each two sections of different material
};
Form form_of(const std::vector<Statement>& sections) {
  Form form;
  for (std::size_t j = 0; j < sections.size(); ++j) {
    bool is_first = true;
    for (std::size_t i = 0; i < j; ++i) {
      const double likeness = likeness_of(sections[i].runs, sections[j].runs);
      if (sections[i].material != sections[j].material) form.contrasts.push_back(likeness);
      else if (std::exchange(is_first, false)) form.returns.push_back(likeness);
    }
  }
  return form;
}

/// Sums over pieces.
struct Counts {
  std::int64_t pieces = 0, alike = 0, closest = 0, recognised = 0;
  std::vector<double> returns, contrasts;

  void add(const Form& form) {
    if (form.returns.empty() || form.contrasts.empty()) return;
    ++pieces;
    const double least = *std::ranges::min_element(form.returns);
    const double most = *std::ranges::max_element(form.contrasts);
    alike += *mean_of(form.returns) > *mean_of(form.contrasts) ? 1 : 0;
    closest += least > most ? 1 : 0;
    recognised += least > most && least >= kRecognised ? 1 : 0;
    returns.insert(returns.end(), form.returns.begin(), form.returns.end());
    contrasts.insert(contrasts.end(), form.contrasts.begin(), form.contrasts.end());
  }
};

}  // namespace

Table returns_table(std::span<const ReturnsSample> samples) {
  Table table{
      "returns",
      "Sections that return",
      "Likeness of melodies (as above) between a section and its first statement (A and A', Verse "
      "and Verse), and between sections of different letters; openings and closings apart. Alike: "
      "returns are more alike than contrasts, on average over the piece. Closest: every return is "
      "more like its origin than any two contrasting sections are to each other. Recognised: that, "
      "and each return has a fifth of its runs from its origin. Holds when all pieces are alike "
      "and 95 % recognised.",
      {{"genre", "genre"},
       {"form", "form"},
       {"pieces", "pieces"},
       {"alike", "alike", Show::Percent},
       {"closest", "closest", Show::Percent},
       {"recognised", "recognised", Show::Percent},
       {"return_p5", "returns: 5th", Show::TwoDigits},
       {"return_median", "median", Show::TwoDigits},
       {"contrast_median", "contrasts: median", Show::TwoDigits},
       {"contrast_p95", "95th", Show::TwoDigits},
       {"holds", "holds"}},
      {}};
  for (const ReturnsSample& sample : samples) {
    Counts counts;
    for (const Excerpt& excerpt : sample.ours) counts.add(form_of(sections_of(excerpt)));
    if (counts.pieces == 0) continue;
    const auto share = [&](std::int64_t count) {
      return static_cast<double>(count) / static_cast<double>(counts.pieces);
    };
    const Distribution returns(counts.returns), contrasts(counts.contrasts);
    table.rows.push_back(
        {sample.genre, sample.form, counts.pieces, share(counts.alike), share(counts.closest),
         share(counts.recognised), returns.quantile(0.05), returns.quantile(0.5),
         contrasts.quantile(0.5), contrasts.quantile(0.95),
         counts.alike == counts.pieces && share(counts.recognised) >= kEnoughRecognised});
  }
  return table;
}

}  // namespace toccata::cli
