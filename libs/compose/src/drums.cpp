// SPDX-License-Identifier: MIT
#include "drums.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace toccata {
namespace {

/// Keys of the General MIDI percussion map (MIDI Manufacturers Association, GM 1, table 2).
constexpr int kKick = 36, kSnare = 38, kCrash = 49, kOtherCrash = 57, kRide = 51, kLowTom = 45,
              kMidTom = 47, kHighTom = 50, kSideStick = 37, kClap = 39, kOtherSnare = 40;
constexpr int kHighBongo = 60, kLowConga = 64, kTambourine = 54;

/// Of so many grooves the rarest is a section's own.
constexpr int kTries = 3;
/// How often a light stroke is played on another of its voice's keys (an open hat), at most.
constexpr double kMostOpened = 0.16;
/// How often a place of the groove differs in the last bar.
constexpr double kEndingVaries = 0.4;
/// How much more energy it takes to move to a fuller cymbal.
constexpr double kFullerBy = 0.25;

/// What players put between the strokes of a cycle: light taks where it rests and between, a riqq
/// on the pulse, off it and between.
constexpr double kFilledRest = 0.25, kRoll = 0.13, kRiqqOn = 0.6, kRiqqOff = 0.35, kJingle = 0.16;

/// Where a genre has neither kit nor cycles: a quiet pulse that any music bears.
constexpr std::array<int, 2> kPlainKeys{kKick, 42}, kPlainHandKeys{kLowConga, kHighBongo};

enum class Stroke : std::uint8_t { Low, High, Light };
/// What a key of a kit or of a cycle is among the strokes of two hands: the low ones, the high
/// ones, and cymbals and jingles that mark the time.
Stroke stroke_of(int key) {
  if (key == kKick || key == kLowTom || key == kMidTom || key == kLowConga) return Stroke::Low;
  constexpr std::array kHighs{kSnare, kHighTom, kHighBongo, kSideStick, kClap, kOtherSnare};
  return std::ranges::find(kHighs, key) != kHighs.end() ? Stroke::High : Stroke::Light;
}

/// A kit's or a cycle's key on a hand drum.
int key_on(const HandStrokes& strokes, int key) {
  switch (stroke_of(key)) {
    case Stroke::Low: return strokes.low;
    case Stroke::High: return strokes.high;
    default: return strokes.light;
  }
}

/// A key that stands for an instrument nobody is to play: the jingles of a riqq.
bool is_refused(const Brief& asked, int key) {
  return std::ranges::any_of(asked.without_instruments, [&](const std::string& id) {
    const auto* info = InstrumentInfo::find(id);
    return info != nullptr && info->strokes && info->strokes->high == key;
  });
}

Marks with(Mark mark) {
  Marks marks;
  marks.add(mark);
  return marks;
}

}  // namespace

DrumWriter::DrumWriter(const Settings& settings, const Plan& plan, const Seat* seat,
                       const Rng& band, std::size_t player)
    : settings_(settings),
      plan_(plan),
      seat_(seat),
      grid_(settings.meter),
      rng_(player == 0 ? band : band.fork(player)),
      cycle_(choose_cycle(band)),
      has_kit_(settings.genre.drums.cycles.empty()),
      opens_(kMostOpened * rng_.fork("opens").uniform()),
      voices_(settings.genre.drums.voices) {
  const Rng hand = rng_.fork("hand");
  for (DrumVoice& voice : voices_)
    voice.onsets = leaned(voice.onsets, hand.fork(static_cast<std::uint64_t>(voice.key)));
}

const RhythmCycle* DrumWriter::choose_cycle(const Rng& band) const {
  if (settings_.rhythm != nullptr) return settings_.rhythm;
  std::vector<const RhythmCycle*> fitting;
  for (const RhythmCycle& cycle : settings_.genre.drums.cycles) {
    const Rational bar = settings_.meter.bar_quarters(), own = cycle.meter.bar_quarters();
    if ((bar / own).denominator() == 1 && settings_.meter.unit() == cycle.meter.unit())
      fitting.push_back(&cycle);
  }
  if (fitting.empty()) return nullptr;
  Rng rng = band.fork("cycle");
  return rng.pick(fitting);
}

std::vector<Note> DrumWriter::write(const SectionPlan& section) {
  std::vector<Note> notes;
  Rng rng = rng_.fork(section.material);
  auto known = std::ranges::find(patterns_, section.material, &Pattern::material);
  if (known == patterns_.end()) {
    patterns_.push_back(draw_pattern(section, rng));
    known = patterns_.end() - 1;
  }
  const DrumStyle& style = settings_.genre.drums;
  Rng bars = rng.fork(static_cast<std::uint64_t>(section.first.index()));
  const bool last_section = section.first.index() + section.bars == settings_.bars;
  for (int i = 0; i < section.bars; ++i) {
    const Bar bar = section.first + i;
    if (bar.index() + 1 == settings_.bars) {
      write_last_bar(bar, *known, notes);
      continue;
    }
    // A loop is kept but for its last bar.
    const double loops = settings_.genre.loops;
    Rng own = draws_of_bar(bars, i, loops);
    const bool is_kept = (i + 1) % kLoopBars != 0 && own.chance(loops);
    write_bar(section, bar, *known, is_kept ? 0 : style.variation, notes, own);
    const bool leads_on = i + 1 == section.bars || (last_section && i + 2 == section.bars);
    const bool may_fill = leads_on && i > 0 && !section.is_buildup;
    if (may_fill && bars.chance(style.fill)) write_fill(bar, notes, bars);
  }
  if (section.is_buildup) write_buildup(section, notes);
  const bool is_end = section.first.index() + 1 == settings_.bars;  // which has a cymbal of its own
  const bool opens =
      section.energy_at(section.first) > 0.6 && section.first.index() > 0 && has_kit_ && !is_end;
  if (opens) add(plan_.meter.onset_of(section.first), kCrash, with(Mark::Accent), notes);
  take_in_hand(notes);
  sort_notes(notes);
  return notes;
}

void DrumWriter::take_in_hand(std::vector<Note>& notes) const {
  if (seat_ == nullptr || !seat_->instrument->strokes) return;
  const HandStrokes& strokes = *seat_->instrument->strokes;
  for (Note& note : notes)
    note.pitch = Pitch::folded_into_range(key_on(strokes, note.pitch.number()));
  std::erase_if(notes,
                [&](const Note& note) { return is_refused(settings_.asked, note.pitch.number()); });
  // What a kit strikes at once is one stroke here, the loudest.
  const auto loudness = [](const Note& note) {
    return note.marks.has(Mark::Accent) ? 2 : note.marks.has(Mark::Ghost) ? 0 : 1;
  };
  std::ranges::stable_sort(notes, [&](const Note& a, const Note& b) {
    return std::tuple(a.onset, a.pitch, -loudness(a)) < std::tuple(b.onset, b.pitch, -loudness(b));
  });
  const auto is_one = [](const Note& a, const Note& b) {
    return a.onset == b.onset && a.pitch == b.pitch;
  };
  notes.erase(std::unique(notes.begin(), notes.end(), is_one), notes.end());
}

DrumWriter::Pattern DrumWriter::draw_pattern(const SectionPlan& section, Rng& rng) const {
  Pattern pattern{section.material, section.energy, draw_keys(section, rng), {}, {}};
  pattern.cells =
      cycle_ != nullptr ? cycle_cells(*cycle_) : voice_cells(section, pattern.keys, rng);
  if (pattern.cells.empty()) pattern.cells = plain_cells();
  double least = 2;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::vector<char> is_struck;
    double likely = 1;
    for (const Cell& cell : pattern.cells) {
      is_struck.push_back(rng.chance(cell.chance));
      likely *= is_struck.back() != 0 ? cell.chance : 1 - cell.chance;
    }
    if (likely >= least) continue;
    least = likely;
    pattern.is_struck = std::move(is_struck);
  }
  return pattern;
}

std::vector<DrumWriter::Cell> DrumWriter::plain_cells() const {
  std::vector<Cell> cells;
  const auto& keys = has_kit_ ? kPlainKeys : kPlainHandKeys;
  for (const Place& place : grid_.places()) {
    if (place.kind == PlaceKind::Bar) cells.push_back({place.at, keys[0], false, 1});
    if (place.kind == PlaceKind::Fine) continue;
    const bool is_off = place.kind == PlaceKind::Offbeat;
    cells.push_back({place.at, keys[1], is_off, is_off ? 0.3 : 1});
  }
  return cells;
}

std::vector<int> DrumWriter::draw_keys(const SectionPlan& section, Rng& rng) const {
  std::vector<int> keys;
  for (std::size_t i = 0; i < voices_.size(); ++i) {
    const DrumVoice& voice = voices_[i];
    std::vector<int> all{voice.key};  // from light to full
    all.insert(all.end(), voice.also.begin(), voice.also.end());
    std::size_t least = 0;
    for (const Pattern& weaker : patterns_) {
      if (section.energy - weaker.energy < kFullerBy) continue;
      const auto taken = std::ranges::find(all, weaker.keys[i]) - all.begin();
      least = std::max(least, static_cast<std::size_t>(taken) + 1);
    }
    // A section may keep its time on another cymbal.
    const bool moves = all.size() > 1 && rng.chance(0.2 + 0.5 * section.energy);
    if (least == 0 && moves) least = 1 + rng.below(all.size() - 1);
    else if (least > 0 && least < all.size()) least += rng.below(all.size() - least);
    keys.push_back(all[std::min(least, all.size() - 1)]);
  }
  return keys;
}

std::vector<DrumWriter::Cell> DrumWriter::voice_cells(const SectionPlan& section,
                                                      std::span<const int> keys, Rng& rng) const {
  const double odds = accompaniment_odds(settings_, section.energy);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < voices_.size(); ++i) {
    const DrumVoice& voice = voices_[i];
    for (const Place& place : grid_.places()) {
      double chance = onset_chance(voice.onsets, place.kind, odds);
      if (place.backbeat) chance = voice.backbeat;
      // The skip note answers a backbeat late in its beat.
      const bool after_backbeat = place.last_of_beat && grid_.beats() > 1 && place.beat % 2 == 1;
      if (after_backbeat && voice.skip > 0) chance = voice.skip;
      const bool light = place.kind == PlaceKind::Offbeat || place.kind == PlaceKind::Fine;
      const bool opens = light && !voice.also.empty() && rng.chance(opens_);
      const int struck = opens ? rng.pick(voice.also) : keys[i];
      const bool is_ghost = light && voice.key == kSnare;
      if (chance > 0) cells.push_back({place.at, struck, is_ghost, chance, voice.from});
    }
  }
  return cells;
}

std::vector<DrumWriter::Cell> DrumWriter::cycle_cells(const RhythmCycle& cycle) const {
  // The cycle's own strokes always sound; what players put between them is theirs: light taks where
  // it rests, and a riqq that marks the pulse beside the goblet drum.
  const Rng hand = rng_.fork("hand");
  const double filled_rest = leaned(kFilledRest, hand.fork("rest")),
               roll = leaned(kRoll, hand.fork("roll")),
               riqq_on = leaned(kRiqqOn, hand.fork("riqq")),
               riqq_off = leaned(kRiqqOff, hand.fork("riqq off")),
               jingle = leaned(kJingle, hand.fork("jingle"));
  std::vector<Cell> cells;
  const Duration length = cycle.meter.bar(kComposedPpq);
  const auto count = static_cast<std::int64_t>(cycle.strokes.size());
  const Duration half = length / count / 2;
  for (Duration round; round < grid_.bar(); round += length)
    for (std::int64_t i = 0; i < count; ++i) {
      const Duration at = round + length * i / count;
      const char stroke = cycle.strokes[static_cast<std::size_t>(i)];
      if (stroke == 'D') cells.push_back({at, kLowConga, false, 1});
      else if (stroke == 'T') cells.push_back({at, kHighBongo, false, 1});
      else cells.push_back({at, kHighBongo, true, stroke == 'k' ? 1 : filled_rest});
      cells.push_back({at + half, kHighBongo, true, roll});
      cells.push_back({at, kTambourine, true, i % 2 == 0 ? riqq_on : riqq_off});
      cells.push_back({at + half, kTambourine, true, jingle});
    }
  return cells;
}

void DrumWriter::write_bar(const SectionPlan& section, Bar bar, const Pattern& pattern,
                           double variation, std::vector<Note>& notes, Rng& rng) const {
  const Tick line = plan_.meter.onset_of(bar), carried_until = plan_.carried_until(section);
  for (std::size_t i = 0; i < pattern.cells.size(); ++i) {
    const Cell& cell = pattern.cells[i];
    const bool anew = rng.chance(variation);
    const bool is_struck = anew ? rng.chance(cell.chance) : pattern.is_struck[i] != 0;
    const bool is_hushed = cell.key == kKick && line + cell.at >= carried_until;
    if (is_struck && !is_hushed && section.reaches(cell.from, bar))
      add(line + cell.at, cell.key, cell.ghost ? with(Mark::Ghost) : Marks(), notes);
  }
}

void DrumWriter::write_fill(Bar bar, std::vector<Note>& notes, Rng& rng) const {
  const Tick line = plan_.meter.onset_of(bar);
  const int first_beat =
      rng.between(grid_.beats() / 2, std::max(grid_.beats() / 2, grid_.beats() - 1));
  const Tick begin = line + grid_.beat_onset(first_beat);
  std::erase_if(notes, [&](const Note& note) { return note.onset >= begin; });
  static constexpr std::array<int, 4> kDown{kSnare, kHighTom, kMidTom, kLowTom};
  const bool dense = rng.chance(0.5);
  for (const Place& place : grid_.places()) {
    if (line + place.at < begin) continue;
    if (place.kind == PlaceKind::Fine && !(dense && rng.chance(0.7))) continue;
    if (place.kind == PlaceKind::Offbeat && !rng.chance(0.85)) continue;
    // From the snare down over the toms as the bar ends; hand drums stay on their two strokes.
    const Duration left = grid_.bar() - grid_.beat_onset(first_beat);
    const auto share =
        static_cast<double>((line + place.at - begin).ticks()) / static_cast<double>(left.ticks());
    const auto step =
        std::min<std::size_t>(3, static_cast<std::size_t>(share * 4 + rng.uniform() * 0.8));
    const int key = has_kit_ ? kDown[step] : rng.chance(0.6) ? kHighBongo : kLowConga;
    add(line + place.at, key, rng.chance(0.3) ? with(Mark::Accent) : Marks(), notes);
  }
}

void DrumWriter::write_buildup(const SectionPlan& section, std::vector<Note>& notes) const {
  // A roll that doubles its pace towards the drop: quarters, eighths, sixteenths; soft, then full,
  // then as loud as it can be.
  const int key = has_kit_ ? kSnare : kHighBongo;
  const int roll_bars = std::min(4, section.bars);
  const Tick begin = plan_.meter.onset_of(section.first + (section.bars - roll_bars)),
             end = plan_.meter.onset_of(section.first + section.bars),
             loudest = end - grid_.beat_length(grid_.beats() - 1);
  for (int i = section.bars - roll_bars; i < section.bars; ++i) {
    const Tick line = plan_.meter.onset_of(section.first + i);
    const int from_end = section.bars - i;
    const Duration step = kComposedPpq.quarter() / (from_end > 2 ? 1 : from_end == 2 ? 2 : 4);
    for (Tick at = line; at < line + grid_.bar(); at += step) {
      const bool taken = std::ranges::any_of(
          notes, [&](const Note& note) { return note.onset == at && note.pitch.number() == key; });
      const bool is_soft = at < begin + (end - begin) / 2;
      const Marks marks = is_soft         ? with(Mark::Ghost)
                          : at >= loudest ? with(Mark::Accent)
                                          : Marks();
      if (!taken) add(at, key, marks, notes);
    }
  }
}

void DrumWriter::write_last_bar(Bar bar, const Pattern& pattern, std::vector<Note>& notes) const {
  const Tick line = plan_.meter.onset_of(bar);
  Rng rng = rng_.fork("ending");
  // The groove goes on for half a bar, then a few strokes lead to the last.
  const int last = std::max(1, grid_.beats() - 1);
  const int beat = rng.between(std::max(1, grid_.beats() / 2), last);
  const Duration stroke = grid_.beat_onset(std::min(beat, grid_.beats() - 1));
  const Duration leads_from = rng.chance(0.5) ? stroke : grid_.beat_onset(std::max(0, beat - 1));
  for (std::size_t i = 0; i < pattern.cells.size(); ++i) {
    const Cell& cell = pattern.cells[i];
    const bool is_struck =
        rng.chance(kEndingVaries) ? rng.chance(cell.chance) : pattern.is_struck[i] != 0;
    if (cell.at < leads_from && is_struck)
      add(line + cell.at, cell.key, cell.ghost ? with(Mark::Ghost) : Marks(), notes);
  }
  static constexpr std::array<int, 5> kKit{kSnare, kHighTom, kMidTom, kLowTom, kKick};
  static constexpr std::array<int, 2> kHands{kHighBongo, kLowConga};
  for (const Place& place : grid_.places()) {
    if (place.at < leads_from || place.at >= stroke) continue;
    if (!rng.chance(place.kind == PlaceKind::Fine ? 0.4 : 0.7)) continue;
    add(line + place.at, has_kit_ ? rng.pick(kKit) : rng.pick(kHands), Marks(), notes);
  }
  static constexpr std::array<int, 3> kCymbals{kCrash, kOtherCrash, kRide};
  const Tick at = line + stroke;
  add(at, has_kit_ ? kKick : kLowConga, with(Mark::Accent), notes);
  if (!has_kit_ || rng.chance(0.85))
    add(at, has_kit_ ? rng.pick(kCymbals) : kTambourine, with(Mark::Accent), notes);
  if (has_kit_ && rng.chance(0.35)) add(at, kSnare, with(Mark::Accent), notes);
}

void DrumWriter::add(Tick onset, int key, Marks marks, std::vector<Note>& notes) const {
  Note note;
  note.onset = onset;
  note.duration = kComposedPpq.quarter() / 4;
  note.pitch = Pitch::folded_into_range(key);
  note.marks = marks;
  notes.push_back(note);
}

}  // namespace toccata
