// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <toccata/plan/plan.hpp>

namespace toccata {
namespace {

/// What a section is like by its name; letters not listed are like C.
struct LabelTraits {
  std::string_view label;
  double weight;  ///< its share of the bars
  double energy;
};
constexpr std::array<LabelTraits, 12> kTraits{{{"Intro", 0.5, 0.35},
                                               {"Outro", 0.5, 0.4},
                                               {"Verse", 1, 0.5},
                                               {"Pre-chorus", 0.5, 0.65},
                                               {"Chorus", 1, 0.85},
                                               {"Bridge", 0.75, 0.6},
                                               {"Solo", 1, 0.8},
                                               {"Build", 1, 0.85},
                                               {"Drop", 1, 0.95},
                                               {"Break", 1, 0.22},
                                               {"A", 1, 0.55},
                                               {"B", 1, 0.7}}};
constexpr LabelTraits kOther{"", 1, 0.62};

/// "A" of "A'", "Verse" of "Verse 2".
std::string material_of(std::string_view label) {
  while (!label.empty() && (label.back() == '\'' || label.back() == ' ' ||
                            (label.back() >= '0' && label.back() <= '9')))
    label.remove_suffix(1);
  return std::string(label);
}

const LabelTraits& traits_of(std::string_view material) {
  const auto found = std::ranges::find(kTraits, material, &LabelTraits::label);
  return found == kTraits.end() ? kOther : *found;
}

std::vector<std::string> verse_chorus(int bars) {
  // Four bars each, as far as they reach.
  if (bars >= 32)
    return {"Intro", "Verse", "Chorus", "Verse", "Chorus", "Bridge", "Chorus", "Outro"};
  if (bars >= 24) return {"Intro", "Verse", "Chorus", "Bridge", "Chorus", "Outro"};
  if (bars >= 16) return {"Verse", "Chorus", "Verse", "Chorus"};
  return {"Verse", "Chorus"};
}

std::vector<std::string> labels_of(const FormAsk& form, int bars) {
  if (form.name == "aaba") return {"A", "A", "B", "A"};
  if (form.name == "aba") return {"A", "B", "A"};
  if (form.name == "rondo") return {"A", "B", "A", "C", "A"};
  if (form.name == "verse-chorus") return verse_chorus(bars);
  return form.labels;
}

/// Shares bars out by weight in the largest unit of 8, 4, 2, 1 bars that gives every section one.
/// What returns is as long as before, where that can be.
std::vector<int> share_bars(const std::vector<std::string>& labels, int bars) {
  const auto count = labels.size();
  double total = 0;
  for (const auto& label : labels) total += traits_of(material_of(label)).weight;
  std::vector<int> shares;
  for (int unit : {8, 4, 2, 1}) {
    shares.clear();
    int left = bars;
    std::vector<double> ideal;
    for (const auto& label : labels) {
      ideal.push_back(bars * traits_of(material_of(label)).weight / total);
      shares.push_back(std::max(unit, static_cast<int>(ideal.back() / unit) * unit));
      left -= shares.back();
    }
    if (left < 0) continue;
    const auto is_like = [&](std::size_t a, std::size_t b) {
      return material_of(labels[a]) == material_of(labels[b]);
    };
    // All sections of a material grow together; of two that lack as much, the later one.
    for (;;) {
      std::optional<std::size_t> most;
      for (std::size_t i = 0; i < count; ++i) {
        int members = 0;
        for (std::size_t k = 0; k < count; ++k) members += is_like(i, k) ? 1 : 0;
        const double lack = ideal[i] - shares[i];
        if (members * unit > left || lack <= 0) continue;
        if (!most || lack >= ideal[*most] - shares[*most]) most = i;
      }
      if (!most) break;
      for (std::size_t k = 0; k < count; ++k)
        if (is_like(*most, k)) {
          shares[k] += unit;
          left -= unit;
        }
    }
    shares.back() += left;  // a rest makes the ending longer
    break;
  }
  return shares;
}

/// Choruses of twelve bars; what is left over begins or ends the piece. Range: bars at least 12.
std::vector<SectionPlan> lay_out_choruses(int bars) {
  std::vector<SectionPlan> sections;
  const int choruses = bars / 12, rest = bars % 12;
  const auto add = [&](const std::string& label, int count) {
    sections.push_back(
        {label, material_of(label), label.ends_with('\''), Bar(), count, 0, Cadence::Open});
  };
  const bool intro = rest >= 2 && rest <= 4;
  if (intro) add("Intro", rest);
  static constexpr std::array<const char*, 6> kOrder{"A", "A'", "B", "C", "D", "E"};
  for (int i = 0; i < choruses; ++i)
    add(i > 1 && i + 1 == choruses ? "A" : kOrder[static_cast<std::size_t>(i) % kOrder.size()], 12);
  if (rest > 0 && !intro) add("Outro", rest);
  return sections;
}

Cadence cadence_of(const std::vector<SectionPlan>& sections, std::size_t i) {
  if (i + 1 == sections.size()) return Cadence::Final;
  const std::string& next = sections[i + 1].material;
  if (sections[i].material == "Intro") return Cadence::Open;
  // A chorus comes back as it was, whatever follows it; letters close as their place asks.
  const auto first = std::ranges::find(sections, sections[i].material, &SectionPlan::material);
  const auto origin = static_cast<std::size_t>(first - sections.begin());
  if (origin < i && sections[i].material.size() > 1) return sections[origin].cadence;
  if (sections[i].material == next) return Cadence::Half;
  // A contrasting section that leads back leaves the ear waiting.
  const bool returns =
      std::any_of(sections.begin(), sections.begin() + static_cast<std::ptrdiff_t>(i),
                  [&](const auto& earlier) { return earlier.material == next; });
  return returns ? Cadence::Half : Cadence::Authentic;
}

/// How sections that build up grow, and what a drop has at least.
constexpr double kIntroBegins = 0.2, kBuildupBegins = 0.3, kBuildupReaches = 0.85, kDrop = 0.95;

/// The energy from which all parts of a genre with layers play: its endings have that.
double energy_of_all(const std::vector<Layer>& layers) {
  double energy = 0;
  for (const Layer& layer : layers) energy = std::max(energy, layer.from);
  return energy;
}

/// How strong a section is, by its name, what came before it and what it leads to.
double energy_of(const std::vector<SectionPlan>& sections, std::size_t i, const Genre& genre) {
  const SectionPlan& section = sections[i];
  double energy = traits_of(section.material).energy;
  for (std::size_t k = 0; k < i; ++k)  // each return comes a little stronger
    if (sections[k].material == section.material)
      energy = std::max(energy, sections[k].energy) + 0.06;
  if (section.material == "Outro") energy = std::max(energy, energy_of_all(genre.layers));
  if (section.is_buildup) energy = std::max(energy, kBuildupReaches);
  if (i > 0 && sections[i - 1].is_buildup) energy = std::max(energy, kDrop);
  return std::min(1.0, energy);
}

/// Where the genre layers its sections a contrast leads to a drop; elsewhere what is called so.
bool is_buildup(const std::vector<SectionPlan>& sections, std::size_t i, const Genre& genre) {
  const std::string& material = sections[i].material;
  const bool is_contrast = genre.builds() && (material == "B" || material == "Bridge");
  return (material == "Build" || is_contrast) && i + 1 < sections.size();
}

}  // namespace

Result<void, std::string> check_length(int bars, const Meter& meter) {
  const double quarters = bars * meter.bar_quarters().to_double();
  if (quarters <= kMostQuarters) return {};
  return Unexpected{fmt::format("{} bars of {} are {:.0f} quarters, more than the {:.0f} allowed",
                                bars, to_string(meter), quarters, kMostQuarters)};
}

int bars_for_seconds(double seconds, Tempo tempo, const Meter& meter) {
  const double bar = meter.bar_quarters().to_double() * tempo.micros_per_quarter() * 1e-6;
  return std::max(1, static_cast<int>(std::floor(seconds / bar + 0.5)));
}

Result<std::vector<SectionPlan>, std::string> lay_out_form(const FormAsk& form, int bars,
                                                           const Genre& genre) {
  std::vector<SectionPlan> sections;
  if (form.name == "12-bar") {
    if (bars < 12)
      return Unexpected{"form 12-bar needs at least 12 bars, not " + std::to_string(bars)};
    sections = lay_out_choruses(bars);
  } else {
    const auto labels = labels_of(form, bars);
    if (bars < static_cast<int>(labels.size()))
      return Unexpected{"form " + to_string(form) + " needs at least " +
                        std::to_string(labels.size()) + " bars, not " + std::to_string(bars)};
    const auto shares = share_bars(labels, bars);
    for (std::size_t i = 0; i < labels.size(); ++i)
      sections.push_back({labels[i], material_of(labels[i]), labels[i].ends_with('\''), Bar(),
                          shares[i], 0, Cadence::Open});
  }
  Bar first;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    SectionPlan& section = sections[i];
    section.first = first;
    first = first + section.bars;
    section.cadence = cadence_of(sections, i);
    section.is_layered = genre.builds();
    section.is_buildup = is_buildup(sections, i, genre);
    section.energy = energy_of(sections, i, genre);
    if (section.is_buildup) section.grows_from = kBuildupBegins;
    if (section.material == "Intro" && genre.builds()) section.grows_from = kIntroBegins;
    const bool climbs = section.material == "Build" && genre.builds();
    section.has_melody = section.material != "Intro" && !climbs;
  }
  return sections;
}

}  // namespace toccata
