// SPDX-License-Identifier: MIT
#include "musicxml/written.hpp"

#include <algorithm>

#include "musicxml/cursor.hpp"
#include "musicxml/part_list.hpp"

namespace toccata::musicxml::detail {
namespace {

/// The measures of one part, wherever the document keeps them.
struct PartNodes {
  std::string_view id;
  pugi::xml_node node;  ///< to tell where it is
  std::vector<pugi::xml_node> measures;
};

std::vector<PartNodes> parts_of_partwise(pugi::xml_node root) {
  std::vector<PartNodes> parts;
  for (pugi::xml_node part : root.children("part")) {
    parts.push_back({part.attribute("id").value(), part, {}});
    for (pugi::xml_node measure : part.children("measure"))
      parts.back().measures.push_back(measure);
  }
  return parts;
}

/// Measures hold parts there, and the measure's attributes are its parent's.
std::vector<PartNodes> parts_of_timewise(pugi::xml_node root) {
  std::vector<PartNodes> parts;
  std::map<std::string_view, std::size_t> places;
  for (pugi::xml_node measure : root.children("measure"))
    for (pugi::xml_node part : measure.children("part")) {
      const std::string_view id = part.attribute("id").value();
      const auto [place, is_new] = places.try_emplace(id, parts.size());
      if (is_new) parts.push_back({id, part, {}});
      parts[place->second].measures.push_back(part);
    }
  return parts;
}

/// Parts in the order of the list, each with its measures.
Read<std::vector<PartNodes>> match_parts(std::vector<PartNodes> found,
                                         std::vector<WrittenPart>& listed, Reading& reading) {
  std::vector<PartNodes> matched;
  std::vector<WrittenPart> kept;
  for (WrittenPart& part : listed) {
    const auto place = std::ranges::find(found, part.id, &PartNodes::id);
    if (place == found.end()) {
      TOCCATA_CHECK(reading.fault(Fault::MissingPart, {}, part.id));
      continue;
    }
    matched.push_back(std::move(*place));
    found.erase(place);
    kept.push_back(std::move(part));
  }
  for (PartNodes& part : found) {
    TOCCATA_CHECK(reading.fault(Fault::UnknownPart, part.node, part.id));
    WrittenPart made;
    made.id = made.name = part.id;
    kept.push_back(std::move(made));
    matched.push_back(std::move(part));
  }
  listed = std::move(kept);
  return matched;
}

/// All parts as long as the longest.
Check even_out(WrittenScore& score, const std::vector<PartNodes>& nodes, Reading& reading) {
  for (std::size_t i = 0; i < score.parts.size(); ++i) {
    auto& measures = score.parts[i].measures;
    reading.enter(score.parts[i].id, {});
    if (measures.size() != score.parts.front().measures.size())
      TOCCATA_CHECK(
          reading.fault(Fault::UnequalParts, nodes[i].node, std::to_string(measures.size())));
  }
  for (WrittenPart& part : score.parts) part.measures.resize(score.bars.size());
  return {};
}

Check read_parts(WrittenScore& score, const std::vector<PartNodes>& nodes, Reading& reading) {
  std::uint32_t note_index = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const auto& measures = nodes[i].measures;
    if (measures.size() > static_cast<std::size_t>(kMostBars))
      return reading.refuse(Fault::TooLong, nodes[i].node, std::to_string(measures.size()));
    if (score.bars.size() < measures.size()) score.bars.resize(measures.size());
    Cursor cursor{reading, score.parts[i], note_index};
    cursor.is_leader = i == 0;
    score.parts[i].measures.reserve(measures.size());
    for (std::size_t m = 0; m < measures.size(); ++m)
      TOCCATA_CHECK(read_measure(cursor, measures[m], score.bars[m]));
  }
  return even_out(score, nodes, reading);
}

/// A measure in which nothing stands lasts as long as its meter says.
void fill_empty_bars(std::vector<WrittenBar>& bars) {
  Meter meter = kCommonTime;
  for (WrittenBar& bar : bars) {
    if (bar.meter) meter = *bar.meter;
    if (bar.length == Rational(0)) bar.length = meter.bar_quarters();
  }
}

template <class T>
void sort_by_place(std::vector<At<T>>& items) {
  std::ranges::stable_sort(items, {}, &At<T>::at);
}

}  // namespace

Read<WrittenScore> read_written(pugi::xml_node root, Reading& reading) {
  WrittenScore score;
  score.title = read_title(root);
  score.parts = read_part_list(root);
  const bool is_timewise = std::string_view(root.name()) == "score-timewise";
  TOCCATA_TRY(const auto nodes,
              match_parts(is_timewise ? parts_of_timewise(root) : parts_of_partwise(root),
                          score.parts, reading));
  if (nodes.empty() ||
      std::ranges::all_of(nodes, [](const auto& part) { return part.measures.empty(); }))
    return reading.refuse(Fault::NoParts, root, root.name());
  TOCCATA_CHECK(read_parts(score, nodes, reading));
  fill_empty_bars(score.bars);
  for (WrittenBar& bar : score.bars) {
    sort_by_place(bar.tempos);
    sort_by_place(bar.keys);
    sort_by_place(bar.labels);
    sort_by_place(bar.chords);
  }
  return score;
}

}  // namespace toccata::musicxml::detail
