// SPDX-License-Identifier: MIT
#include "edits.hpp"

#include <set>

#include <fmt/format.h>
#include <toccata/analysis/statistics.hpp>
#include <toccata/base/rng.hpp>

#include "batch.hpp"
#include "progress.hpp"
#include "trials.hpp"

namespace toccata::cli {
namespace {

constexpr const char* kFamilies[] = {"pop909", "nottingham", "asap", "symbtr", "lmms-demos"};
constexpr double kSignificant = 0.01;

/// What one verb made of the pieces of one family.
struct Trials {
  std::string verb, family;
  std::vector<Trial> all;
};

/// Files of different works in an order drawn by the seed.
std::vector<FamilyFile> drawn_files(const Family& family, const EditsOptions& options) {
  auto files = files_of(family, options.data);
  Rng rng = Rng(options.seed).fork("edits").fork(family.id);
  for (std::size_t i = files.size(); i > 1; --i) std::swap(files[i - 1], files[rng.below(i)]);
  std::set<std::string> works;
  std::erase_if(files, [&](const FamilyFile& file) { return !works.insert(file.work).second; });
  return files;
}

/// Pieces of one family that both verbs can be tried on.
struct Tried {
  std::optional<Trial> fill, continued;
};
Tried tried(const FamilyFile& file, std::uint64_t seed) {
  auto music = read_music(file.path.string());
  if (!music) return {};
  music->name = file.work;
  return {try_fill(*music, seed), try_continue(*music, seed)};
}

/// Fills each verb's trials up to `count`, going on in the files from where it stopped.
class Round {
 public:
  Round(const Family& family, const EditsOptions& options)
      : files_(drawn_files(family, options)),
        seed_(options.seed),
        fill_{"fill", family.id, {}},
        continued_{"continue", family.id, {}} {}

  void fill_up(std::size_t count) {
    while (missing(count) > 0 && next_ < files_.size()) {
      const std::size_t batch = std::min(missing(count), files_.size() - next_);
      std::vector<Tried> found(batch);
      const auto done = run_all(batch, [&](std::size_t i) -> Outcome<void> {
        found[i] = tried(files_[next_ + i], seed_ + next_ + i);
        return {};
      });
      if (!done) return;  // no job fails
      for (Tried& piece : found) {
        keep(std::move(piece.fill), fill_, count);
        keep(std::move(piece.continued), continued_, count);
      }
      next_ += batch;
    }
  }
  std::size_t size() const { return std::min(fill_.all.size(), continued_.all.size()); }
  Trials& fill() { return fill_; }
  Trials& continued() { return continued_; }

 private:
  static void keep(std::optional<Trial> trial, Trials& trials, std::size_t count) {
    if (trial && trials.all.size() < count) trials.all.push_back(*std::move(trial));
  }
  std::size_t missing(std::size_t count) const { return count - std::min(size(), count); }

  std::vector<FamilyFile> files_;
  std::size_t next_ = 0;
  std::uint64_t seed_;
  Trials fill_, continued_;
};

/// Takes off what one verb has more than was asked for, as its families may differ in what can be
/// tried.
void trim(std::vector<Trials>& all, std::string_view verb, std::size_t count) {
  std::size_t had = 0;
  for (Trials& trials : all) {
    if (trials.verb != verb) continue;
    if (trials.all.size() > count - had)
      trials.all.erase(trials.all.begin() + static_cast<std::ptrdiff_t>(count - had),
                       trials.all.end());
    had += trials.all.size();
  }
}

/// As many of each verb in each family; what one family lacks others give.
std::vector<Trials> all_trials(const EditsOptions& options) {
  std::vector<Round> rounds;
  rounds.reserve(std::size(kFamilies));
  for (const char* family : kFamilies) rounds.emplace_back(*find_family(family), options);
  ProgressBar progress;
  std::size_t had = 0;
  const auto fill_up = [&](Round& round, std::size_t more) {
    const std::size_t before = round.size();
    round.fill_up(before + more);
    had += round.size() - before;
    progress.report(static_cast<double>(had) / static_cast<double>(options.count));
  };
  for (std::size_t i = rounds.size(); i-- > 0;)  // the smallest collection stands last
    fill_up(rounds[i], (options.count - had + i) / (i + 1));
  for (Round& round : rounds) fill_up(round, options.count - had);
  std::vector<Trials> trials;
  trials.reserve(2 * rounds.size());
  for (Round& round : rounds) trials.push_back(std::move(round.fill()));
  for (Round& round : rounds) trials.push_back(std::move(round.continued()));
  for (const char* verb : {"fill", "continue"}) trim(trials, verb, options.count);
  std::erase_if(trials, [](const Trials& of) { return of.all.empty(); });
  return trials;
}

using Likeness = double (*)(const Stretch&, const Stretch&);

/// Likenesses to what was hidden, a value a piece.
struct Compared {
  std::vector<double> own, others, repeated;

  void add(const Compared& more) {
    own.insert(own.end(), more.own.begin(), more.own.end());
    others.insert(others.end(), more.others.begin(), more.others.end());
    repeated.insert(repeated.end(), more.repeated.begin(), more.repeated.end());
  }
};
/// The other piece is the next one of the family of which the same kind of part was written.
Compared compared(const Trials& trials, Likeness likeness) {
  Compared made;
  const std::size_t count = trials.all.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Trial& own = trials.all[i];
    if (own.refusal) continue;
    for (std::size_t step = 1; step < count; ++step) {
      const Trial& other = trials.all[(i + step) % count];
      if (other.refusal || other.is_drums != own.is_drums) continue;
      made.own.push_back(likeness(own.written, own.hidden));
      made.others.push_back(likeness(other.written, own.hidden));
      made.repeated.push_back(likeness(own.repeated, own.hidden));
      break;
    }
  }
  return made;
}

std::vector<double> differences(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> made;
  for (std::size_t i = 0; i < a.size(); ++i) made.push_back(a[i] - b[i]);
  return made;
}

void add_row(const std::string& verb, const std::string& family, const char* measure,
             const Compared& of, std::uint64_t seed, Table& table) {
  if (of.own.size() < 2) return;
  const PairedTest to_others = test_paired(differences(of.own, of.others), seed);
  const PairedTest to_repeat = test_paired(differences(of.own, of.repeated), seed);
  table.rows.push_back({verb, family, measure, static_cast<std::int64_t>(of.own.size()),
                        *mean_of(of.own), *mean_of(of.others), to_others.mean, to_others.t,
                        to_others.p, *mean_of(of.repeated), to_repeat.mean, to_repeat.t,
                        to_repeat.p, to_others.mean > 0 && to_others.p < kSignificant});
}

Table likeness_table(const std::vector<Trials>& all, std::uint64_t seed) {
  Table table{
      "likeness",
      "Likeness to what was hidden",
      "Pitches: overlap of the histograms of pitch classes (of drums: of keys). Rhythm: onsets, to "
      "a sixteenth from the region's begin, that both have, over the mean of how many they have. "
      "Means over pieces of what was written for this region, of what was written for the region "
      "of another piece of the family, and of the bar before, repeated; t of the paired "
      "differences, p by 10,000 sign flips. Holds when what was written here is more alike than "
      "what was written elsewhere, p under 0.01.",
      {{"verb", "verb"},
       {"family", "family"},
       {"measure", "measure"},
       {"pieces", "pieces"},
       {"own", "written here", Show::FourDigits},
       {"others", "written elsewhere", Show::FourDigits},
       {"more_than_others", "difference", Show::FourDigits},
       {"t_others", "t"},
       {"p_others", "p", Show::FourDigits},
       {"repeated", "bar before", Show::FourDigits},
       {"more_than_repeated", "difference", Show::FourDigits},
       {"t_repeated", "t"},
       {"p_repeated", "p", Show::FourDigits},
       {"holds", "holds"}},
      {}};
  constexpr std::pair<const char*, Likeness> kMeasures[] = {{"pitches", pitch_likeness},
                                                            {"rhythm", rhythm_likeness}};
  for (const char* verb : {"fill", "continue"})
    for (const auto& [name, likeness] : kMeasures) {
      Compared whole;
      std::vector<std::pair<std::string, Compared>> families;
      for (const Trials& trials : all)
        if (trials.verb == verb) {
          families.emplace_back(trials.family, compared(trials, likeness));
          whole.add(families.back().second);
        }
      add_row(verb, "all", name, whole, seed, table);
      for (const auto& [family, of] : families) add_row(verb, family, name, of, seed, table);
    }
  return table;
}

Table edits_table(const std::vector<Trials>& all, std::vector<std::string>& faults) {
  Table table{"edits",
              "Edits made",
              "Same outside: every event outside the region is as it was, tick by tick, in order. "
              "Holds when none was refused and all are the same outside.",
              {{"verb", "verb"},
               {"family", "family"},
               {"asked", "asked"},
               {"refused", "refused"},
               {"same_outside", "same outside"},
               {"hidden_notes", "notes hidden"},
               {"written_notes", "notes written"},
               {"holds", "holds"}},
              {}};
  for (const Trials& trials : all) {
    std::int64_t refused = 0, same = 0, hidden = 0, written = 0;
    for (const Trial& trial : trials.all) {
      refused += trial.refusal ? 1 : 0;
      same += trial.is_rest_same ? 1 : 0;
      hidden += static_cast<std::int64_t>(trial.hidden.notes);
      written += static_cast<std::int64_t>(trial.written.notes);
      if (trial.refusal || !trial.is_rest_same)
        faults.push_back(fmt::format("{} {} {}: {}", trials.verb, trials.family, trial.name,
                                     trial.refusal.value_or("something else changed")));
    }
    const auto asked = static_cast<std::int64_t>(trials.all.size());
    table.rows.push_back({trials.verb, trials.family, asked, refused, same, hidden, written,
                          refused == 0 && same == asked});
  }
  return table;
}

}  // namespace

Outcome<EditsReport> evaluate_edits(const EditsOptions& options) {
  const auto trials = all_trials(options);
  if (trials.empty())
    return cannot(
        "evaluate edits: the folder of data has none of the families pop909, nottingham, "
        "asap, symbtr, lmms-demos");
  EditsReport report{options, {}, {}, {}};
  report.edits = edits_table(trials, report.faults);
  report.likeness = likeness_table(trials, options.seed);
  return report;
}

std::string to_text(const EditsReport& report) {
  std::string text = fmt::format(
      "# fill and continue on real pieces\n\n{} pieces a verb asked for, seed {}. fill: four bars "
      "of one part in the middle are cut out and filled. continue: the last four or eight bars are "
      "hidden and continued. Where bars are short, as many as last twelve quarters.\n\n",
      report.options.count, report.options.seed);
  text += to_text(report.edits) + to_text(report.likeness);
  if (report.faults.empty()) return text;
  text += "## Refused, or changed elsewhere\n\n";
  for (const std::string& fault : report.faults) text += "- " + fault + "\n";
  return text;
}

Json to_json(const EditsReport& report) {
  Json json;
  json.add("format", "toccata.edits/1");
  json.add("count", static_cast<std::int64_t>(report.options.count));
  json.add("seed", report.options.seed);
  json.add("edits", to_json(report.edits));
  json.add("likeness", to_json(report.likeness));
  Json faults = Json::Array{};
  for (const std::string& fault : report.faults) faults.push(fault);
  json.add("faults", std::move(faults));
  return json;
}

}  // namespace toccata::cli
