// SPDX-License-Identifier: MIT
// Tempo, meter, length and form, as a file has them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "checks.hpp"
#include "list_option.hpp"

namespace toccata::cli {
namespace {

constexpr double kTempoTolerance = 1e-4, kCurveTolerance = 0.07, kSecondsTolerance = 0.01;

/// Where the last note ends and the last one begins.
struct Reach {
  Tick last_onset, end;
};
Reach reach_of(const Heard& heard) {
  Reach reach;
  for (const Part& part : heard.score.parts)
    for (const Note& note : part.notes) {
      reach.last_onset = std::max(reach.last_onset, note.onset);
      reach.end = std::max(reach.end, note.end());
    }
  return reach;
}

Bar last_bar(const Heard& heard) { return heard.score.meter.bar_at(reach_of(heard).last_onset); }

std::vector<std::string> heard_labels(const Heard& heard) {
  std::vector<std::string> labels;
  for (const Section& section : heard.score.sections) labels.push_back(section.label);
  return labels;
}

/// Bars of each section up to the next, the last one up to the last note's bar.
std::vector<int> section_bars(const Heard& heard) {
  const auto& sections = heard.score.sections;
  const MeterMap& meter = heard.score.meter;
  std::vector<int> bars;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Bar end =
        i + 1 < sections.size() ? meter.bar_at(sections[i + 1].at) : last_bar(heard) + 1;
    bars.push_back(end - meter.bar_at(sections[i].at));
  }
  return bars;
}

Fault check_choruses(const Heard& heard) {
  const auto labels = heard_labels(heard);
  const auto bars = section_bars(heard);
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] != "Intro" && labels[i] != "Outro" && bars[i] != 12)
      return fmt::format("section {} has {} bars, not 12", labels[i], bars[i]);
  return std::nullopt;
}

/// Verses and choruses must alternate; what stands around them is the genre's.
Fault check_song(const std::vector<std::string>& labels) {
  const auto count = [&](std::string_view label) { return std::ranges::count(labels, label); };
  if (count("Verse") > 0 && count("Chorus") >= count("Verse")) return std::nullopt;
  return joined(labels);
}

}  // namespace

Fault check_tempo(const Brief& brief, const Heard& heard) {
  const double first = heard.performance.tempo.tempo_at(Tick(0)).bpm(), asked = *brief.tempo_bpm;
  if (std::abs(first - asked) > asked * kTempoTolerance)
    return fmt::format("tempo {:.3f} at tick 0", first);
  const Tick end = heard.score.meter.end_of(last_bar(heard));
  const double quarters = static_cast<double>(end.ticks()) / heard.score.ppq().ticks();
  const double mean = 60 * quarters / heard.performance.tempo.seconds_at(end).value();
  if (std::abs(mean - asked) > asked * kCurveTolerance)
    return fmt::format("mean tempo {:.2f}", mean);
  return std::nullopt;
}

Fault check_meter(const Brief& brief, const Heard& heard) {
  const MeterMap& meter = heard.score.meter;
  if (meter.changes().empty()) return "no meter event";
  const Tick first_line = meter.onset_of(Bar(0));
  for (const MeterChange& change : meter.changes())
    if (change.at >= first_line && (change.meter.pulses() != brief.meter->pulses() ||
                                    change.meter.unit() != brief.meter->unit()))
      return fmt::format("{} at tick {}", to_string(change.meter), change.at.ticks());
  return std::nullopt;
}

Fault check_form(const Brief& brief, const Heard& heard) {
  const auto labels = heard_labels(heard);
  for (const Section& section : heard.score.sections)
    if (heard.score.meter.onset_of(heard.score.meter.bar_at(section.at)) != section.at)
      return fmt::format("marker {} at tick {}, off the bar line", section.label,
                         section.at.ticks());
  const std::string& name = brief.form->name;
  if (name == "verse-chorus") return check_song(labels);
  if (name == "12-bar") return check_choruses(heard);
  auto asked = brief.form->labels;
  if (name == "aaba") asked = {"A", "A", "B", "A"};
  if (name == "aba") asked = {"A", "B", "A"};
  if (name == "rondo") asked = {"A", "B", "A", "C", "A"};
  if (labels != asked) return "markers " + joined(labels);
  return std::nullopt;
}

Fault check_bars(const Brief& brief, const Heard& heard) {
  const Reach reach = reach_of(heard);
  const MeterMap& meter = heard.score.meter;
  const Bar last(*brief.bars - 1);
  if (reach.end <= meter.onset_of(last))
    return fmt::format("the last note ends in bar {}", meter.bar_at(reach.end).printed());
  if (reach.last_onset >= meter.end_of(last))
    return fmt::format("a note begins in bar {}", meter.bar_at(reach.last_onset).printed());
  if (reach.end >= meter.end_of(last + 1))
    return fmt::format("a note sounds in bar {}", meter.bar_at(reach.end).printed());
  return std::nullopt;
}

Fault check_seconds(const Brief& brief, const Heard& heard) {
  // The written tempo: a performance may bend it, and is measured under "tempo".
  const Bar last = last_bar(heard);
  const MeterMap& meter = heard.score.meter;
  const double second_ticks =
      heard.performance.tempo.tempo_at(Tick(0)).bpm() / 60 * heard.score.ppq().ticks();
  const double length = static_cast<double>(meter.end_of(last).ticks()) / second_ticks;
  const double bar =
      static_cast<double>((meter.end_of(last) - meter.onset_of(last)).ticks()) / second_ticks;
  const double allowed = *brief.seconds * kSecondsTolerance + (brief.tempo_bpm ? bar / 2 : 0.0);
  if (std::abs(length - *brief.seconds) > allowed) return fmt::format("{:.2f} seconds", length);
  return std::nullopt;
}

}  // namespace toccata::cli
