// SPDX-License-Identifier: MIT
#include "svg_layout.hpp"

#include <algorithm>
#include <array>

namespace toccata::detail {
namespace {

/// Bars that the picture shows: those of the score and those in which notes still sound.
int bars_to_show(const Score& score) {
  Tick end = score.end;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) end = std::max(end, note.onset + Duration(1));
  if (end <= Tick(0)) return 1;
  return score.meter.bar_at(end - Duration(1)) - score.meter.first_bar() + 1;
}

int bars_per_row(int bars, int asked) {
  if (asked > 0) return std::min(asked, 64);
  if (bars <= 8) return std::max(bars, 4);
  return bars <= 96 ? 8 : bars <= 240 ? 12 : 16;
}

void place_rows(Layout& layout, const Score& score, int asked) {
  const int bars = bars_to_show(score);
  const int shown = std::min(bars, kMostPictureBars);
  layout.bars_left_out = bars - shown;
  const int a_row = bars_per_row(shown, asked);
  const Bar last = score.meter.first_bar() + shown;
  Duration longest(1);
  for (Bar bar = score.meter.first_bar(); bar < last; bar = bar + a_row) {
    const Bar end = std::min(bar + a_row, last);
    const PictureRow row{bar, end, score.meter.onset_of(bar), score.meter.onset_of(end)};
    longest = std::max(longest, row.stop - row.onset);
    layout.rows.push_back(row);
  }
  if (layout.rows.size() == 1 && shown < a_row)  // a short piece keeps the usual width of bars
    longest = Duration(longest.ticks() * a_row / shown);
  layout.px_per_tick =
      (layout.width - layout.left - layout.right) / static_cast<double>(longest.ticks());
}

void place_pitches(Layout& layout, const Score& score) {
  int lowest = Pitch::kHighest, highest = Pitch::kLowest;
  for (const Part& part : score.parts) {
    for (const Note& note : part.notes) {
      if (part.instrument.is_drums) {
        layout.drums.push_back(note.pitch.number());
      } else {
        lowest = std::min(lowest, note.pitch.number());
        highest = std::max(highest, note.pitch.number());
      }
    }
  }
  std::ranges::sort(layout.drums);
  layout.drums.erase(std::unique(layout.drums.begin(), layout.drums.end()), layout.drums.end());
  if (highest < lowest) return;
  layout.lowest = lowest - 1;
  layout.highest = highest + 1;
  const int missing = 14 - (layout.highest - layout.lowest);
  if (missing > 0) {
    layout.lowest -= missing / 2;
    layout.highest += missing - missing / 2;
  }
  layout.semitone = std::clamp(230.0 / (layout.highest - layout.lowest + 1), 3.5, 8.0);
}

}  // namespace

double Layout::x_of(Tick at, const PictureRow& row) const {
  const Tick inside = std::clamp(at, row.onset, row.stop);
  return left + px_per_tick * static_cast<double>((inside - row.onset).ticks());
}

std::optional<double> Layout::lane_top(int drum, std::size_t row) const {
  const auto found = std::ranges::lower_bound(drums, drum);
  if (found == drums.end() || *found != drum) return std::nullopt;
  return drums_top(row) + lane * static_cast<double>(drums.end() - found - 1);
}

Layout lay_out(const Score& score, const SvgOptions& options) {
  Layout layout;
  layout.width = std::clamp(options.width_px, 400, 8000);
  layout.has_sections = !score.sections.empty();
  layout.has_chords = !score.chords.empty();
  layout.labels = (layout.has_sections ? 19 : 0) + (layout.has_chords ? 17 : 0);
  place_rows(layout, score, options.bars_per_row);
  place_pitches(layout, score);
  return layout;
}

std::string drum_name(int key) {
  // General MIDI Level 1 percussion key map (MIDI Manufacturers Association 1991), keys 35 to 81.
  static constexpr std::array<std::string_view, 47> kNames = {
      "Kick 2",        "Kick",         "Side stick",  "Snare",         "Clap",       "Snare 2",
      "Low floor",     "Closed hat",   "High floor",  "Pedal hat",     "Low tom",    "Open hat",
      "Low-mid tom",   "High-mid tom", "Crash",       "High tom",      "Ride",       "China",
      "Ride bell",     "Tambourine",   "Splash",      "Cowbell",       "Crash 2",    "Vibraslap",
      "Ride 2",        "High bongo",   "Low bongo",   "Mute conga",    "Open conga", "Low conga",
      "High timbale",  "Low timbale",  "High agogo",  "Low agogo",     "Cabasa",     "Maracas",
      "Short whistle", "Long whistle", "Short guiro", "Long guiro",    "Claves",     "High block",
      "Low block",     "Mute cuica",   "Open cuica",  "Mute triangle", "Triangle"};
  if (key < 35 || key > 81) return "Key " + std::to_string(key);
  return std::string(kNames[static_cast<std::size_t>(key - 35)]);
}

}  // namespace toccata::detail
