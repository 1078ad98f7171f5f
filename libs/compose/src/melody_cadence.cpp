// SPDX-License-Identifier: MIT
// How phrases end, and what leads into them.
#include "melody.hpp"

#include <algorithm>

namespace toccata {
namespace {

/// How often a cadence keeps the rhythm of a motif, and how often up to its last note.
constexpr double kRecallsRhythm = 0.75, kRecallsToTheEnd = 0.45;
constexpr double kFinalOnBar = 0.07;  ///< more often the last phrase rests on the bar line
constexpr int kLeadInRetries = 2;

}  // namespace

Duration MelodyWriter::resting_place(bool final, Rng& rng) const {
  // Where not on the bar line itself, a suspension or a turn comes first, and the rest a beat or
  // two later.
  const double on_bar = settings_.genre.melody.downbeat_close + (final ? kFinalOnBar : 0);
  if (grid_.beats() < 2 || rng.chance(on_bar)) return Duration(0);
  const int latest = std::max(1, (grid_.beats() + 1) / 2);
  const int beat = rng.between(1, rng.chance(0.2) ? grid_.beats() - 1 : latest);
  const Duration onset = grid_.beat_onset(beat);
  return rng.chance(0.25 * settings_.genre.melody.syncopation)
             ? onset - grid_.beat_length(beat - 1) / 2
             : onset;
}

MelodyWriter::Targets MelodyWriter::put_homecoming(Rhythm& rhythm, Duration rest_at,
                                                   Rng& rng) const {
  // The maqam is closed by its own steps (qafla): down through the lower jins, by way of the degree
  // under the tonic where that one is neutral, so that what makes the mode is heard last. A neutral
  // degree that the piece has not touched yet is passed on the way.
  std::vector<int> degrees;
  const Maqam& maqam = *settings_.maqam;
  const int size = maqam.size();
  int highest = rng.between(2, 4), lowest = is_neutral(maqam, size - 1) ? -1 : 0;
  for (int degree = 1; degree < size; ++degree) {
    if (!is_neutral(maqam, degree) || has_heard(degree)) continue;
    const double height =
        home_height() + maqam.quarter_tones[static_cast<std::size_t>(degree)] / 2.0;
    if (height <= lattice_.pitches().back().height) highest = std::max(highest, degree);
    else lowest = std::min(lowest, degree - size);
  }
  for (int degree = highest; degree > 0; --degree) degrees.push_back(degree);
  for (int degree = lowest; degree < 0; ++degree) degrees.push_back(degree);
  // In eighths or sixteenths; where there is no room for so many steps, in thirty-seconds.
  const Duration sixteenth = kComposedPpq.quarter() / 4, room = rest_at % grid_.bar();
  const auto has_room = [&](Duration step) {
    return step * static_cast<std::int64_t>(degrees.size()) <= room;
  };
  // Now and then a step is repeated or turned on its way down.
  for (std::size_t i = 0; i < degrees.size() && has_room(sixteenth); ++i) {
    if (!rng.chance(0.3)) continue;
    const int turned = degrees[i] + rng.between(0, 1);
    ++i;
    degrees.insert(degrees.begin() + static_cast<std::ptrdiff_t>(i), turned);
  }
  const bool in_eighths = rng.chance(0.6) && has_room(sixteenth * 2);
  const Duration step = in_eighths            ? sixteenth * 2
                        : has_room(sixteenth) ? sixteenth
                                              : sixteenth / 2;
  while (!has_room(step) && degrees.size() > 1) degrees.erase(degrees.begin());
  const auto count = static_cast<std::int64_t>(degrees.size());
  std::erase_if(rhythm, [&](const RhythmNote& note) { return note.at >= rest_at - step * count; });
  const double tonic = home_height();
  Targets targets;
  for (std::int64_t i = 0; i < count; ++i) {
    rhythm.push_back({rest_at - step * (count - i), Duration()});
    targets.push_back({lattice_.moved_by_steps(tonic, degrees[static_cast<std::size_t>(i)]), true});
  }
  return targets;
}

bool MelodyWriter::has_heard(int degree) const {
  const TunedPitch tuned = tuned_degree(*settings_.maqam, Intonation::QuarterTone, degree,
                                        settings_.key.tonic.pitch_class().number() + 60);
  return heard_[static_cast<std::size_t>(PitchClass::folded(tuned.number).number())];
}

LineNote::End MelodyWriter::close_of(const Phrase& phrase) const {
  if (phrase.cadence == Cadence::Final) return LineNote::End::Tonic;
  if (phrase.cadence == Cadence::Authentic) return LineNote::End::TonicTriad;
  return settings_.maqam != nullptr ? LineNote::End::Rest : LineNote::End::Chord;
}

void MelodyWriter::write_cadence(const Phrase& phrase, int bar, int bars,
                                 std::span<const Motif> motifs, Theme& theme, Rng& rng) {
  // On the way there a motif is heard once more, if only in its rhythm.
  const Duration origin = grid_.bar() * (phrase.first_bar + bar);
  Rhythm rhythm = draw_rhythm(grid_, bars, onsets_before(theme, origin), manner_, rng);
  const bool recalls = !motifs.empty() && rng.chance(kRecallsRhythm);
  if (recalls) rhythm = motifs[rng.below(motifs.size())].rhythm;
  const bool final = phrase.cadence == Cadence::Final;
  const bool comes_home = final && settings_.maqam != nullptr && grid_.beats() >= 2;
  Duration rest_at = grid_.bar() * (bars - 1) + resting_place(final, rng);
  if (comes_home) rest_at = grid_.bar() * (bars - 1) + grid_.beat_onset((grid_.beats() + 1) / 2);
  std::erase_if(rhythm, [&](const RhythmNote& note) { return note.at >= rest_at; });
  const Targets homeward = comes_home ? put_homecoming(rhythm, rest_at, rng) : Targets();
  const Duration bar_line = rest_at - rest_at % grid_.bar();
  const MelodyStyle& style = settings_.genre.melody;
  const bool to_the_end = recalls && rng.chance(std::max(kRecallsToTheEnd, style.recurs));
  if (!comes_home && !to_the_end && settings_.note_lengths != NoteLengths::Long) {
    std::erase_if(rhythm, [&](const RhythmNote& note) { return note.at >= bar_line; });
    auto before = onsets_before(theme, origin + bar_line);
    for (const RhythmNote& note : rhythm) before.push_back(note.at - bar_line);
    const Duration room = rest_at - bar_line;
    // Two notes to a bar are anybody's: of a few ways there one with more.
    auto lead_in = draw_lead_in(grid_, 0, room, before, room, manner_, rng);
    for (int more = 0; more < kLeadInRetries && lead_in.size() < 2; ++more)
      lead_in = draw_lead_in(grid_, 0, room, before, room, manner_, rng);
    for (const Duration at : lead_in) rhythm.push_back({bar_line + at, Duration()});
  }
  const bool leads = !rhythm.empty() && rhythm.back().at >= bar_line;
  if (rest_at > bar_line && !leads) rhythm.push_back({bar_line, Duration()});
  rhythm.push_back({rest_at, Duration()});
  const Duration length = grid_.bar() * bars, left = length - rest_at;
  const Duration beat = grid_.beat_length(grid_.beats() - 1);
  // A breath before what follows, of half a beat up to most of what is left.
  Duration breath = final ? beat * rng.between(0, 2) : beat * rng.between(1, grid_.beats()) / 2;
  if (!rng.fork("breath").chance(style.breath)) breath = Duration(0);
  if (left - breath < beat) breath = final ? Duration(0) : std::max(Duration(0), left - beat);
  hold_to_next(rhythm, length - breath, grid_.bar());
  Targets targets;
  if (comes_home) {
    // Targets count from the first note of the rhythm: those before the way home are free.
    const std::size_t free = rhythm.size() - 1 - homeward.size();
    const Rhythm before(rhythm.begin(), rhythm.begin() + static_cast<std::ptrdiff_t>(free));
    draw_into(phrase, bar, before, {}, LineNote::End::None, theme, rng);
    rhythm.erase(rhythm.begin(), rhythm.begin() + static_cast<std::ptrdiff_t>(free));
    targets = homeward;
  }
  draw_into(phrase, bar, rhythm, targets, close_of(phrase), theme, rng);
  theme.back().ends_phrase = true;
}

void MelodyWriter::open_before(const SectionPlan& section, Theme& theme) const {
  const Duration length = begin_of(section) - Tick(0);
  if (section.first != Bar(0) || length <= Duration(0)) return;
  Rng rng = rng_.fork("pick-up");
  int first_beat = grid_.beats() - 1;
  while (first_beat > 0 && grid_.bar() - grid_.beat_onset(first_beat) < length) --first_beat;
  auto figure = draw_lead_in(grid_, first_beat, length, {}, length, manner_, rng);
  if (figure.empty() || figure.front() > Duration(0)) figure.insert(figure.begin(), Duration(0));
  // From below the first phrase, up to it.
  const double base = base_height(section, 0);
  const auto count = static_cast<int>(figure.size());
  std::vector<LineNote> line;
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const Duration end = i + 1 < count ? figure[at + 1] : length;
    const double height = lattice_.moved_by_steps(base, i - count);
    line.push_back({Tick(0) + figure[at], end - figure[at], false, height, height});
  }
  const auto drawn = lattice_.draw(line, plan_, {}, vocabulary_, rng);
  for (std::size_t i = 0; i < drawn.size(); ++i)
    theme.push_back({figure[i] - length, line[i].duration, lattice_.pitches()[drawn[i]].height});
}

void MelodyWriter::add_pickup(const SectionPlan& section, Theme& theme, Duration phrase_begin,
                              std::optional<double> goal, Rng& rng) {
  if (theme.empty()) return;
  const Duration beat = grid_.beat_length(grid_.beats() - 1);
  // The last beat or two before the phrase.
  const int first_beat = std::max(0, grid_.beats() - rng.between(1, 2));
  const Duration length = grid_.bar() - grid_.beat_onset(first_beat);
  const Duration begin = phrase_begin - length;
  const auto figure =
      draw_lead_in(grid_, first_beat, length, onsets_before(theme, begin), length, manner_, rng);
  if (figure.empty()) return;
  ThemeNote& last = theme.back();
  if (last.at + beat > begin + figure.front()) return;
  last.duration = std::min(last.duration, begin + figure.front() - last.at - beat / 4);
  // Steps, and at times a skip, towards where the phrase begins: from as far as there are notes
  // where that is known, else up or down from where the last one ended.
  const bool rises = goal ? *goal >= last.height : rng.chance(0.65);
  const int direction = rises ? 1 : -1, count = static_cast<int>(figure.size());
  double height = goal ? lattice_.moved_by_steps(*goal, -direction * (count + 1)) : last.height;
  std::vector<LineNote> line;
  for (std::size_t i = 0; i < figure.size(); ++i) {
    const int steps = rng.chance(0.15) ? -1 : rng.chance(0.25) ? 2 : 1;
    height = lattice_.moved_by_steps(height, direction * steps);
    const Duration at = begin + figure[i];
    const Duration end = i + 1 < figure.size() ? begin + figure[i + 1] : phrase_begin;
    line.push_back({begin_of(section) + at, end - at, false, height, height});
  }
  const auto drawn = lattice_.draw(line, plan_, past_of(theme, section), vocabulary_, rng);
  for (std::size_t i = 0; i < drawn.size(); ++i)
    theme.push_back({begin + figure[i], line[i].duration, lattice_.pitches()[drawn[i]].height});
}

}  // namespace toccata
