// SPDX-License-Identifier: MIT
#include "modulation.hpp"

#include <algorithm>

#include <toccata/base/rng.hpp>

#include "harmony_words.hpp"

namespace toccata {
namespace {

/// The jins to which the piece goes over: one whose degrees are the maqam's neither up nor down.
std::optional<JinsPlace> draw_jins(const Settings& settings) {
  std::vector<JinsPlace> ajnas;
  for (const JinsPlace& place : settings.maqam->alternatives) {
    const auto degrees = with_jins(*settings.maqam, place).quarter_tones;
    if (degrees != settings.maqam->quarter_tones &&
        degrees != settings.maqam->descending_quarter_tones)
      ajnas.push_back(place);
  }
  if (ajnas.empty()) return std::nullopt;
  Rng rng = Rng(settings.seed).fork("modulation");
  return rng.pick(ajnas);
}

/// The last material to enter that neither begins nor ends the piece.
std::string contrasting_material(const std::vector<SectionPlan>& sections) {
  std::string material;
  std::vector<std::string> known{sections.front().material, sections.back().material};
  for (const SectionPlan& section : sections) {
    if (std::ranges::find(known, section.material) != known.end()) continue;
    known.push_back(section.material);
    material = section.material;
  }
  return material;
}

}  // namespace

std::vector<Modulation> modulations_of(const Settings& settings,
                                       const std::vector<SectionPlan>& sections,
                                       const MeterMap& meter) {
  const int from = settings.genre.harmony.modulation_bars;
  if (settings.maqam == nullptr || from == 0 || settings.bars < from || !settings.chords.empty())
    return {};
  const auto jins = draw_jins(settings);
  if (!jins) return {};
  std::vector<Modulation> modulations;
  const std::string material = contrasting_material(sections);
  const int phrase = settings.genre.melody.phrase_bars;
  for (const SectionPlan& section : sections) {
    if (section.material != material) continue;
    // Its last phrase leads back; the first of three or more leads there.
    const int before = section.bars >= 3 * phrase ? phrase : 0;
    const int after = section.bars >= 2 * phrase ? phrase : 0;
    modulations.push_back({meter.onset_of(section.first + before),
                           meter.onset_of(section.first + (section.bars - after)), *jins,
                           with_jins(*settings.maqam, *jins)});
  }
  return modulations;
}

void put_drones(const Settings& settings, const std::vector<Modulation>& modulations,
                std::vector<ChordSpan>& chords) {
  for (const Modulation& modulation : modulations) {
    const Chord drone = drone_on(modulation.scale, settings.key.tonic, modulation.jins.degree);
    std::vector<ChordSpan> spans;
    for (const ChordSpan& span : chords) {
      const Tick end = span.at + span.duration;
      if (span.at < modulation.from)
        spans.push_back({span.at, std::min(end, modulation.from) - span.at, span.chord});
      if (span.at <= modulation.from && modulation.from < end)
        spans.push_back({modulation.from, modulation.until - modulation.from, drone});
      const Tick after = std::max(span.at, modulation.until);
      if (after < end) spans.push_back({after, end - after, span.chord});
    }
    chords = std::move(spans);
  }
}

}  // namespace toccata
