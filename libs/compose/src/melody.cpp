// SPDX-License-Identifier: MIT
#include "melody.hpp"
#include "hand.hpp"
#include "maqam_forms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace toccata {
namespace {

LineManner manner_of(const Settings& settings, const Rng& rng) {
  const MelodyStyle& style = settings.genre.melody;
  LineManner manner{style.leap, style.repeat, style.strong_chord_tones, 5.0 * style.span / 21};
  // How a maqam moves is its path's, not the piece's.
  if (settings.maqam != nullptr) manner.contour_width = 3.5;
  else manner.leans = draw_interval_leans(rng.fork("intervals"));
  return manner;
}

constexpr double kMaqamBend = 0.4;  ///< of its contours, beside the usual ones
/// How much likelier each degree on which melodies of a maqam begin is than the next one.
constexpr double kUsualBeginning = 2;

/// A motif of two bars in a phrase that has room for one gives its beginning.
Rhythm within(Rhythm rhythm, Duration length) {
  std::erase_if(rhythm, [&](const RhythmNote& note) { return note.at >= length; });
  for (RhythmNote& note : rhythm) note.duration = std::min(note.duration, length - note.at);
  return rhythm;
}

}  // namespace

Key melody_key(const Settings& settings) {
  const bool minor = settings.key.scale.is_minor();
  const std::string& narrow = minor ? settings.genre.dark_melody : settings.genre.bright_melody;
  const auto id = settings.key.scale.id();
  // Who asks for the blues scale by name gets all of it.
  const bool asks_blues = settings.asked.tonality && settings.asked.tonality->scale == "blues";
  const bool plain = id == "major" || id == "minor" || (id == "blues" && !asks_blues);
  const auto scale = plain && !narrow.empty() ? Scale::find(narrow) : std::nullopt;
  return {settings.key.tonic, scale.value_or(settings.key.scale)};
}

MelodyWriter::MelodyWriter(const Settings& settings, const Plan& plan, PitchRange range,
                           const Rng& rng)
    : settings_(settings),
      plan_(plan),
      grid_(settings.meter),
      lattice_(settings, melody_key(settings), range, manner_of(settings, rng)),
      rng_(rng),
      vocabulary_(settings.genre.melody.commonplace, settings.genre.melody.common_rhythm, rng),
      leans_(draw_figure_leans(rng.fork("figures"))) {}

std::vector<Note> MelodyWriter::write(const SectionPlan& section) {
  if (!section.has_melody) return {};
  Rng rng = rng_.fork(section.material);
  manner_ = manner_in(section, rng);
  const auto known = std::ranges::find(known_, section.material, &Known::material);
  Theme theme;
  if (known != known_.end()) {
    Rng again = rng.fork(static_cast<std::uint64_t>(section.first.index()));
    theme = returned(*known, section, again);
  } else {
    theme = write_fresh(section, rng);
    Theme known_theme = theme;
    std::erase_if(known_theme, [](const ThemeNote& note) { return note.at < Duration(0); });
    known_.push_back(
        {section.material, std::move(known_theme), section.bars, section.cadence, section.first});
  }
  lead_on(theme, section);
  past_ = past_of(theme, section);
  return to_notes(theme, section);
}

std::vector<PastNote> MelodyWriter::past_of(const Theme& theme, const SectionPlan& section) const {
  std::vector<PastNote> past = past_;
  const std::size_t kept = std::min(theme.size(), Vocabulary::kRun);
  for (const ThemeNote& note : std::span(theme).last(kept))
    past.push_back({begin_of(section) + note.at, note.height});
  if (past.size() > Vocabulary::kRun)
    past.erase(past.begin(), past.end() - static_cast<std::ptrdiff_t>(Vocabulary::kRun));
  return past;
}

void MelodyWriter::lead_on(Theme& theme, const SectionPlan& section) {
  const auto next =
      std::ranges::find(plan_.sections, section.first + section.bars, &SectionPlan::first);
  if (next == plan_.sections.end() || !next->has_melody) return;
  Rng rng = rng_.fork("lead on").fork(static_cast<std::uint64_t>(section.first.index()));
  if (!rng.chance(settings_.genre.melody.pickup)) return;
  const auto known = std::ranges::find(known_, next->material, &Known::material);
  const bool is_known = known != known_.end() && !known->theme.empty();
  const auto goal = is_known ? std::optional(known->theme.front().height) : std::nullopt;
  add_pickup(section, theme, grid_.bar() * section.bars, goal, rng);
}

Tick MelodyWriter::begin_of(const SectionPlan& section) const {
  return plan_.meter.onset_of(section.first);
}

std::vector<Duration> MelodyWriter::onsets_before(const Theme& theme, Duration at) {
  std::vector<Duration> onsets;
  for (const ThemeNote& note : std::span(theme).last(std::min(theme.size(), Vocabulary::kRun)))
    onsets.push_back(note.at - at);
  return onsets;
}

RhythmManner MelodyWriter::manner_in(const SectionPlan& section, Rng& rng) const {
  const MelodyStyle& style = settings_.genre.melody;
  const double lengths = settings_.note_lengths == NoteLengths::Long    ? 0.25
                         : settings_.note_lengths == NoteLengths::Short ? 1.2
                                                                        : 1.0;
  // Sections differ in how busy they are, so that they are told apart by rhythm too.
  const double odds = density_odds(settings_.density) * lengths * (0.7 + 0.55 * section.energy) *
                      (0.8 + 0.5 * rng.uniform());
  RhythmManner manner{style.onsets,
                      odds,
                      style.anticipation,
                      style.triplets,
                      style.rest,
                      style.figures,
                      style.uneven,
                      style.syncopation,
                      style.recurs,
                      settings_.genre.swing_percent > 50,
                      leans_,
                      &vocabulary_};
  if (settings_.note_lengths == NoteLengths::Long) {
    // Long notes begin where they have room.
    manner.onsets.bar = 1;
    manner.rest = manner.anticipation = manner.triplets = manner.figures = manner.uneven = 0;
  }
  return manner;
}

MelodyWriter::Theme MelodyWriter::write_fresh(const SectionPlan& section, Rng& rng) {
  const int usual = std::min(settings_.genre.melody.phrase_bars, section.bars);
  std::vector<Motif> motifs;
  Theme theme;
  open_before(section, theme);
  for (int bar = 0; bar < section.bars;) {
    int bars = std::min(usual, section.bars - bar);
    if (section.bars - bar - bars < std::min(2, usual)) bars = section.bars - bar;
    const bool last = bar + bars == section.bars;
    const Cadence cadence = last ? section.cadence : bar == 0 ? Cadence::Half : Cadence::Open;
    write_phrase(make_phrase(section, bar, bars, cadence, rng), motifs, theme, rng);
    bar += bars;
  }
  return theme;
}

double MelodyWriter::base_height(const SectionPlan& section, int first_bar) const {
  if (settings_.maqam == nullptr) {
    const double contrast = section.material == "A" || section.material == "Verse" ? -1.0 : 1.5;
    return lattice_.middle() +
           width() * (contrast - 2.5 + settings_.genre.melody.lift * (section.energy - 0.5));
  }
  const Station& station = station_at(section, first_bar);
  return (height_of(station.from) + height_of(station.to)) / 2;
}

const Station& MelodyWriter::station_at(const SectionPlan& section, int bar) const {
  const std::vector<Station>& path = settings_.maqam->path;
  const auto at = static_cast<std::size_t>(section.first.index() + bar);
  return path[at * path.size() / static_cast<std::size_t>(settings_.bars)];
}

double MelodyWriter::height_of(int degree) const {
  return lattice_.moved_by_steps(home_height(), degree);
}

MelodyWriter::Targets MelodyWriter::beginning(const SectionPlan& section, Rng& rng) const {
  if (settings_.maqam == nullptr || section.first != Bar(0)) return {};
  std::vector<double> weights;
  for (double weight = 1; weights.size() < settings_.maqam->starts_on.size();
       weight /= kUsualBeginning)
    weights.push_back(weight);
  return {{height_of(settings_.maqam->starts_on[rng.weighted(weights)]), true}};
}

double MelodyWriter::width() const {
  constexpr double kUsualSpan = 21;
  return settings_.genre.melody.span / kUsualSpan;
}

double MelodyWriter::home_height() const {
  // The lowest tonic that has the degree below it in range.
  int height = settings_.key.tonic.pitch_class().number();
  while (height < lattice_.pitches().front().height || lattice_.nearest(height) == 0) height += 12;
  return height;
}

MelodyWriter::Phrase MelodyWriter::make_phrase(const SectionPlan& section, int first_bar, int bars,
                                               Cadence cadence, Rng& rng) {
  const double share = static_cast<double>(first_bar + bars) / section.bars;
  // The climax lies in the phrase around two thirds of a section; in a maqam where its path has it.
  const bool rises = settings_.maqam == nullptr && share > 0.5 && share < 0.95;
  const double climax = rises ? 1.5 * width() : 0.0;
  // In a maqam a phrase stays about the degree where its path dwells.
  const double bend = settings_.maqam != nullptr ? kMaqamBend : width();
  const double arch = bend * (rng.chance(0.75) ? 2.0 + 3.0 * rng.uniform() : -1.5);
  const double tilt = bend * (-3.0 + 5.0 * rng.uniform());
  return {section, first_bar, bars, cadence, base_height(section, first_bar) + climax, arch, tilt};
}

void MelodyWriter::write_phrase(const Phrase& phrase, std::vector<Motif>& motifs, Theme& theme,
                                Rng& rng) {
  const MelodyStyle& style = settings_.genre.melody;
  const int unit = std::min(style.motif_bars, std::max(1, phrase.bars / 2));
  const Duration begin = grid_.bar() * phrase.first_bar;
  if (phrase.first_bar > 0 && rng.chance(style.pickup))
    add_pickup(phrase.section, theme, begin, std::nullopt, rng);
  // A call leaves the end of its phrase to the other parts.
  const bool answers = phrase.cadence != Cadence::Final && phrase.bars >= 4 &&
                       settings_.seat(Role::Chords) != nullptr && rng.chance(style.call_response);
  const int sung = answers ? phrase.bars - rng.between(1, phrase.bars / 2) : phrase.bars;
  int bar = 0;
  const int cadence_bars = std::min(unit, sung);
  while (bar + unit <= sung - cadence_bars) {
    write_unit(phrase, bar, unit, motifs, bar == 0, theme, rng);
    bar += unit;
  }
  write_cadence(phrase, bar, sung - bar, motifs, theme, rng);
}

void MelodyWriter::write_unit(const Phrase& phrase, int bar, int bars, std::vector<Motif>& motifs,
                              bool opens, Theme& theme, Rng& rng) {
  const MelodyStyle& style = settings_.genre.melody;
  const bool first = motifs.empty();
  if (first || (!opens && rng.chance(0.25) && motifs.size() < 3)) {
    const auto before = onsets_before(theme, grid_.bar() * (phrase.first_bar + bar));
    Motif motif{draw_rhythm(grid_, bars, before, manner_, rng), {}};
    if (!first && rng.fork("recurs").chance(style.recurs))
      motif.rhythm = within(motifs.front().rhythm, grid_.bar() * bars);
    const std::size_t from = theme.size();
    const Targets start = first ? beginning(phrase.section, rng) : Targets();
    draw_into(phrase, bar, motif.rhythm, start, LineNote::End::None, theme, rng);
    for (std::size_t i = from; i < theme.size(); ++i) motif.heights.push_back(theme[i].height);
    motifs.push_back(std::move(motif));
    return;
  }
  // A phrase that opens takes up the first motif; within it the newest is spun on.
  const Motif& motif = opens ? motifs.front() : motifs.back();
  static constexpr std::array<double, 5> kInside{0.6, 3.0, 0.9, 0.5, 1.4};
  static constexpr std::array<double, 5> kOpening{3.0, 1.2, 0.5, 0.3, 0.6};
  const auto echo = static_cast<Echo>(rng.weighted(opens ? kOpening : kInside));
  const Duration length = grid_.bar() * bars;
  const Rhythm rhythm =
      within(echo == Echo::Augmented ? augmented(motif.rhythm, length) : motif.rhythm, length);
  const Targets targets = targets_of(motif, echo, rhythm, phrase, bar, rng);
  draw_into(phrase, bar, rhythm, targets, LineNote::End::None, theme, rng);
}

MelodyWriter::Targets MelodyWriter::targets_of(const Motif& motif, Echo echo, const Rhythm& rhythm,
                                               const Phrase& phrase, int bar, Rng& rng) const {
  Targets targets;
  if (echo == Echo::RhythmOnly || motif.heights.empty()) return targets;
  const double share = (bar + 0.5) / phrase.bars;
  const double contour = phrase.base + phrase.tilt * share + phrase.arch * 4 * share * (1 - share);
  int steps =
      echo == Echo::Exact ? 0 : rng.between(1, 2) * (contour < motif.heights.front() ? -1 : 1);
  if (std::abs(contour - motif.heights.front()) > 7) steps *= 2;
  const Tick begin = begin_of(phrase.section) + grid_.bar() * (phrase.first_bar + bar);
  for (std::size_t i = 0; i < std::min(motif.heights.size(), rhythm.size()); ++i) {
    const double height = motif.heights[i];
    const double turned = echo == Echo::Inversion ? 2 * motif.heights.front() - height : height;
    const double target = lattice_.moved_by_steps(turned, steps);
    const bool exact = echo == Echo::Exact && fits(begin + rhythm[i].at, rhythm[i], target);
    targets.push_back({target, exact});
  }
  return targets;
}

void MelodyWriter::draw_into(const Phrase& phrase, int bar, const Rhythm& rhythm,
                             const Targets& targets, LineNote::End end, Theme& theme, Rng& rng) {
  std::vector<LineNote> notes;
  const Duration origin = grid_.bar() * (phrase.first_bar + bar);
  const double length = static_cast<double>((grid_.bar() * phrase.bars).ticks());
  for (std::size_t i = 0; i < rhythm.size(); ++i) {
    const Duration at = origin + rhythm[i].at;
    const double share =
        static_cast<double>((at - grid_.bar() * phrase.first_bar).ticks()) / length;
    LineNote note{begin_of(phrase.section) + at, rhythm[i].duration};
    note.strong = is_strong(rhythm[i]);
    note.contour = phrase.base + phrase.tilt * share + phrase.arch * 4 * share * (1 - share);
    if (i < targets.size()) {
      note.target = targets[i].height;
      note.exact = targets[i].exact;
    }
    if (i + 1 == rhythm.size()) note.end = end;
    if (note.end == LineNote::End::Rest)
      note.target =
          height_of(station_at(phrase.section, phrase.first_bar).rests % settings_.maqam->size());
    notes.push_back(note);
  }
  const auto drawn = lattice_.draw(notes, plan_, past_of(theme, phrase.section), vocabulary_, rng);
  for (std::size_t i = 0; i < drawn.size(); ++i)
    theme.push_back(
        {origin + rhythm[i].at, rhythm[i].duration, lattice_.pitches()[drawn[i]].height});
}

bool MelodyWriter::is_strong(const RhythmNote& note) const {
  const PlaceKind kind = grid_.nearest(note.at % grid_.bar()).kind;
  return kind == PlaceKind::Bar || kind == PlaceKind::Middle ||
         note.duration >= kComposedPpq.quarter() * 3 / 2;
}

bool MelodyWriter::fits(Tick onset, const RhythmNote& note, double height) const {
  if (settings_.maqam != nullptr || !is_strong(note)) return true;
  const int number = lattice_.pitches()[lattice_.nearest(height)].number;
  return plan_.chord_at(onset).chord.contains(PitchClass::folded(number));
}

std::vector<Note> MelodyWriter::to_notes(const Theme& theme, const SectionPlan& section) {
  std::vector<Note> notes;
  const Tick begin = begin_of(section);
  for (const ThemeNote& note : theme) {
    const LinePitch& pitch = lattice_.pitches()[lattice_.nearest(note.height)];
    Note written;
    written.onset = begin + note.at;
    written.duration = note.duration;
    written.pitch = Pitch::folded_into_range(pitch.number);
    written.detune = pitch.detune;
    if (settings_.note_lengths == NoteLengths::Short) {
      written.duration = shortened(note.duration);
      written.marks.add(Mark::Staccato);
    }
    notes.push_back(written);
  }
  sound_descending(notes, Falling::Notes, settings_, plan_);
  for (const Note& note : notes)
    if (note.detune != Cents() && plan_.modulation_at(note.onset) == nullptr)
      heard_[static_cast<std::size_t>(note.pitch.pitch_class().number())] = true;
  return notes;
}

}  // namespace toccata
