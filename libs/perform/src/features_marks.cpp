// SPDX-License-Identifier: MIT
// Columns of what the page says of playing: dynamics, hairpins, accents, articulation, slurs.
#include <algorithm>
#include <array>
#include <map>

#include "feature_columns.hpp"
#include "written_marks.hpp"

namespace toccata {
namespace {

using Kind = Marking::Kind;

constexpr std::array kLevels{Kind::Dynamic};
constexpr std::array kStresses{Kind::Stress};
constexpr std::array kHairpins{Kind::Crescendo, Kind::Diminuendo};
constexpr std::array kTempos{Kind::Slower, Kind::Faster};
constexpr std::array kReturns{Kind::ATempo};
constexpr std::array kPedals{Kind::Pedal};

/// Far enough to say nothing more. Units: quarters.
constexpr double kFar = 64;

/// Whose markings count for a note.
enum class Whose : std::uint8_t { ItsPart, AllParts };

/// The markings of some kinds, asked note by note.
class Said {
 public:
  Said(const PlayingOrder& order, WrittenMarks::Kinds kinds, Whose whose = Whose::ItsPart)
      : order_(order), whose_(whose) {
    if (whose == Whose::AllParts) marks_.emplace_back(order, std::nullopt, 0, kinds);
    else
      for (std::uint32_t part = 0; part < order.score().parts.size(); ++part)
        marks_.emplace_back(order, part, 0, kinds);
  }
  const WrittenMarks::Said* last(std::size_t place, std::size_t back = 0) const {
    return of(place).last(order_.onset(place), back);
  }
  const WrittenMarks::Said* next(std::size_t place) const {
    return of(place).next(order_.onset(place));
  }
  const WrittenMarks::Said* around(std::size_t place) const {
    return of(place).around(order_.onset(place));
  }

 private:
  const WrittenMarks& of(std::size_t place) const {
    return marks_[whose_ == Whose::AllParts ? 0 : order_.notes()[place].part];
  }
  const PlayingOrder& order_;
  Whose whose_;
  std::vector<WrittenMarks> marks_;
};

void add_level_columns(const PlayingOrder& order, NoteFeatures& features) {
  const Said levels(order, kLevels);
  const auto level_of = [](const WrittenMarks::Said* said) {
    return said == nullptr ? kMissing : said->level.value_or(kMissing);
  };
  add_column(features, "dynamic", [&](std::size_t p) { return level_of(levels.last(p)); });
  add_column(features, "dynamic_before",
             [&](std::size_t p) { return level_of(levels.last(p, 1)); });
  add_column(features, "dynamic_next", [&](std::size_t p) { return level_of(levels.next(p)); });
  add_column(features, "dynamic_step",
             [&](std::size_t p) { return level_of(levels.next(p)) - level_of(levels.last(p)); });
  add_column(features, "since_dynamic", [&](std::size_t p) {
    const auto* said = levels.last(p);
    return said == nullptr ? kMissing : std::min(order.onset(p) - said->at, kFar);
  });
  add_column(features, "to_dynamic", [&](std::size_t p) {
    const auto* said = levels.next(p);
    return said == nullptr ? kMissing : std::min(said->at - order.onset(p), kFar);
  });
}

/// The written loudness, hairpins included, of all staves and of the note's own; ahead and behind.
void add_shaped_columns(const PlayingOrder& order, NoteFeatures& features) {
  constexpr std::array<std::pair<const char*, double>, 4> kAround{
      {{"level", 0.0}, {"level_before", -4.0}, {"level_after", 4.0}, {"level_far_after", 16.0}}};
  std::vector<WrittenLevel> levels;
  for (std::uint32_t part = 0; part < order.score().parts.size(); ++part)
    levels.emplace_back(order, part, 0);
  for (const auto& [name, shift] : kAround)
    add_column(features, name, [&, by = shift](std::size_t p) {
      return levels[order.notes()[p].part].at(order.onset(p) + by).value_or(kMissing);
    });
  std::map<std::pair<std::uint32_t, int>, WrittenLevel> staves;
  add_column(features, "level_of_staff", [&](std::size_t p) {
    const PlacedNote& placed = order.notes()[p];
    const std::pair key(placed.part, static_cast<int>(placed.note->staff));
    const auto found = staves.try_emplace(key, order, key.first, key.second).first;
    return found->second.at(order.onset(p)).value_or(kMissing);
  });
}

void add_hairpin_columns(const PlayingOrder& order, NoteFeatures& features) {
  const Said hairpins(order, kHairpins), tempos(order, kTempos, Whose::AllParts),
      returns(order, kReturns, Whose::AllParts);
  const auto share_of = [&](const WrittenMarks::Said* said, std::size_t p, Kind rising) {
    if (said == nullptr) return 0.0;
    const double share = (order.onset(p) - said->at) / (said->end - said->at);
    return said->kind == rising ? 0.1 + share : -0.1 - share;
  };
  add_column(features, "hairpin",
             [&](std::size_t p) { return share_of(hairpins.around(p), p, Kind::Crescendo); });
  add_column(features, "hairpin_left", [&](std::size_t p) {
    const auto* said = hairpins.around(p);
    return said == nullptr ? kMissing : said->end - order.onset(p);
  });
  add_column(features, "since_hairpin", [&](std::size_t p) {
    const auto* said = hairpins.last(p);
    if (said == nullptr || order.onset(p) < said->end) return kMissing;
    const double since = std::min(order.onset(p) - said->end, kFar);
    return said->kind == Kind::Crescendo ? since : -since;
  });
  add_column(features, "written_tempo_change",
             [&](std::size_t p) { return share_of(tempos.around(p), p, Kind::Faster); });
  const auto since = [&](const char* name, const Said& marks) {
    add_column(features, name, [&](std::size_t p) {
      const auto* said = marks.last(p);
      return said == nullptr ? kMissing : std::min(order.onset(p) - said->at, kFar);
    });
  };
  since("since_tempo_change", tempos);
  since("since_a_tempo", returns);
  const Said stresses(order, kStresses), pedals(order, kPedals);
  since("since_stress", stresses);
  add_column(features, "stress", [&](std::size_t p) {
    const auto* said = stresses.last(p);
    return said != nullptr && said->at == order.onset(p) ? said->level.value_or(kMissing)
                                                         : kMissing;
  });
  add_column(features, "written_pedal",
             [&](std::size_t p) { return pedals.around(p) != nullptr ? 1 : 0; });
}

bool has_mark(const PlayingOrder& order, std::size_t place, Mark mark) {
  return order.notes()[place].note->marks.has(mark);
}

void add_note_marks(const PlayingOrder& order, NoteFeatures& features) {
  constexpr std::array<std::pair<const char*, Mark>, 8> kMarks{
      {{"accent", Mark::Accent},
       {"marcato", Mark::Marcato},
       {"staccato", Mark::Staccato},
       {"staccatissimo", Mark::Staccatissimo},
       {"tenuto", Mark::Tenuto},
       {"fermata", Mark::Fermata},
       {"arpeggio", Mark::Arpeggio},
       {"breath", Mark::Breath}}};
  for (const auto& [name, mark] : kMarks)
    add_column(features, name,
               [&, which = mark](std::size_t p) { return has_mark(order, p, which) ? 1 : 0; });
  add_column(features, "ornamented", [&](std::size_t p) {
    constexpr std::array kOrnaments{Mark::Trill, Mark::Mordent,      Mark::InvertedMordent,
                                    Mark::Turn,  Mark::InvertedTurn, Mark::Tremolo};
    return std::ranges::any_of(kOrnaments, [&](Mark mark) { return has_mark(order, p, mark); });
  });
  std::vector<double> accents(order.chords().size());
  for (std::size_t p = 0; p < order.notes().size(); ++p)
    if (has_mark(order, p, Mark::Accent) || has_mark(order, p, Mark::Marcato))
      accents[order.notes()[p].chord] += 1;
  for (const int step : {-1, 0, 1})
    add_column(features, "chord_accent" + std::to_string(step), [&](std::size_t p) {
      const auto index = static_cast<std::ptrdiff_t>(order.notes()[p].chord) + step;
      const bool is_there = index >= 0 && index < std::ssize(accents);
      return is_there ? accents[static_cast<std::size_t>(index)] : 0.0;
    });
}

/// Where in a slur of its line a note lies.
void add_slur_columns(const PlayingOrder& order, NoteFeatures& features) {
  const std::size_t count = order.notes().size();
  std::vector<double> since(count, kMissing), left(count, kMissing);
  std::map<std::uint32_t, double> begun, ends;  // of each line, in quarters
  for (std::size_t p = 0; p < count; ++p) {
    const std::uint32_t line = order.notes()[p].line;
    if (has_mark(order, p, Mark::SlurBegin)) begun[line] = order.onset(p);
    if (begun.contains(line)) since[p] = std::min(order.onset(p) - begun[line], kFar);
    if (has_mark(order, p, Mark::SlurEnd) && !has_mark(order, p, Mark::SlurBegin))
      begun.erase(line);
  }
  for (std::size_t p = count; p-- > 0;) {
    const std::uint32_t line = order.notes()[p].line;
    if (has_mark(order, p, Mark::SlurEnd)) ends[line] = order.onset(p);
    if (ends.contains(line)) left[p] = std::min(ends[line] - order.onset(p), kFar);
    if (has_mark(order, p, Mark::SlurBegin) && !has_mark(order, p, Mark::SlurEnd)) ends.erase(line);
  }
  add_column(features, "since_slur_begin", [&](std::size_t p) { return since[p]; });
  add_column(features, "to_slur_end", [&](std::size_t p) { return left[p]; });
  add_column(features, "slur_begin",
             [&](std::size_t p) { return has_mark(order, p, Mark::SlurBegin) ? 1 : 0; });
  add_column(features, "slur_end",
             [&](std::size_t p) { return has_mark(order, p, Mark::SlurEnd) ? 1 : 0; });
}

/// Velocities that came with the score, by themselves and against those around.
void add_written_velocities(const PlayingOrder& order, const Performance* written,
                            NoteFeatures& features) {
  std::vector<double> velocities(order.notes().size(), kMissing);
  if (written != nullptr)
    for (std::size_t p = 0; p < velocities.size(); ++p)
      if (const PlayedNote* played = find_played(*written, order.notes()[p].note->id))
        velocities[p] = played->velocity.number();
  const auto is_there = [&](std::size_t p) { return std::isnan(velocities[p]) ? 0.0 : 1.0; };
  const RunningSums sums(velocities.size(),
                         [&](std::size_t p) { return is_there(p) > 0 ? velocities[p] : 0.0; });
  const RunningSums counts(velocities.size(), is_there);
  add_column(features, "written_velocity", [&](std::size_t p) { return velocities[p]; });
  for (const double reach : {4.0, 16.0})
    add_column(features, "written_velocity_over_" + std::to_string(static_cast<int>(reach)),
               [&](std::size_t p) {
                 const Places near =
                     places_between(order, order.onset(p) - reach, order.onset(p) + reach);
                 return velocities[p] -
                        sums.over(near.first, near.end) / counts.over(near.first, near.end);
               });
}

void add_page_columns(const PlayingOrder& order, NoteFeatures& features) {
  const std::size_t count = order.notes().size();
  const auto share = [&](const char* name, auto passes) {
    double found = 0;
    for (std::size_t p = 0; p < count; ++p) found += passes(p) ? 1 : 0;
    add_column(features, name, [&](std::size_t) { return found / static_cast<double>(count); });
  };
  share("page_staccato", [&](std::size_t p) { return has_mark(order, p, Mark::Staccato); });
  share("page_accent", [&](std::size_t p) { return has_mark(order, p, Mark::Accent); });
  share("page_slurs", [&](std::size_t p) { return has_mark(order, p, Mark::SlurBegin); });
  double sum = 0, marks = 0;
  for (const Part& part : order.score().parts)
    for (const Marking& direction : part.markings)
      if (direction.kind == Kind::Dynamic && direction.loudness) {
        sum += direction.loudness->number();
        marks += 1;
      }
  add_column(features, "page_dynamics",
             [&](std::size_t) { return marks / static_cast<double>(order.chords().size()); });
  add_column(features, "page_level",
             [&](std::size_t) { return marks > 0 ? sum / marks : kMissing; });
}

}  // namespace

NoteFeatures mark_features(const PlayingOrder& order, const Performance* written) {
  NoteFeatures features(order.notes().size());
  add_level_columns(order, features);
  add_shaped_columns(order, features);
  add_hairpin_columns(order, features);
  add_note_marks(order, features);
  add_slur_columns(order, features);
  add_written_velocities(order, written, features);
  add_page_columns(order, features);
  return features;
}

}  // namespace toccata
