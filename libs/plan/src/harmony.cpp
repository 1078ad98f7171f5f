// SPDX-License-Identifier: MIT
// Functional harmony as a chain of numerals, drawn phrase by phrase so that each ends in its
// cadence.
#include "harmony_words.hpp"

#include <algorithm>

#include <toccata/base/sample_path.hpp>
#include <toccata/plan/plan.hpp>

namespace toccata {
namespace {

/// A chord within a section. Units: ticks from the section's beginning.
struct LocalChord {
  Duration at, duration;
  Chord chord;
};
using Progression = std::vector<LocalChord>;

class Harmoniser {
 public:
  Harmoniser(const Settings& settings, const MeterMap& meter)
      : settings_(settings),
        words_(settings),
        meter_(meter),
        bar_(settings.meter.bar(kComposedPpq)),
        rng_(Rng(settings.seed).fork("harmony")) {
    const auto beats = settings.meter.beat_onsets(kComposedPpq);
    middle_ = beats.size() >= 2 ? beats[(beats.size() + 1) / 2] : bar_;
  }

  std::vector<ChordSpan> write(const std::vector<SectionPlan>& sections) {
    std::vector<ChordSpan> spans;
    for (const SectionPlan& section : sections) {
      const Tick origin = meter_.onset_of(section.first);
      for (const LocalChord& local : progression_of(section))
        spans.push_back({origin + local.at, local.duration, local.chord});
    }
    return spans;
  }

 private:
  /// The chords of a section: those of its first appearance, with a cadence of its own.
  Progression progression_of(const SectionPlan& section) {
    for (const auto& [material, known] : known_)
      if (material == section.material && !known.empty())
        return ended(resized(known, section.bars), section);
    Rng rng = rng_.fork(section.material);
    Progression fresh = write_fresh(section, rng);
    known_.emplace_back(section.material, fresh);
    return ended(std::move(fresh), section);
  }

  Progression write_fresh(const SectionPlan& section, Rng& rng) {
    if (const ChordScheme* scheme = words_.scheme_for(settings_, section.bars, rng_))
      return from_scheme(*scheme);
    const HarmonyStyle& style = settings_.genre.harmony;
    if (words_.is_modal() || !rng.chance(style.loop)) return write_phrases(section.bars, rng);
    const int loop_bars = section.bars >= 4 ? 4 : section.bars;
    const Progression loop = write_phrase(loop_bars, Cadence::Open, true, rng);
    return resized(loop, section.bars);
  }

  Progression from_scheme(const ChordScheme& scheme) {
    Progression chords;
    Duration at;
    for (const auto& bar : words_.bars_of(scheme)) {
      append_bar(chords, at, bar);
      at += bar_;
    }
    return chords;
  }

  void append_bar(Progression& chords, Duration at, const std::vector<Chord>& bar) {
    const auto count = static_cast<std::int64_t>(bar.size());
    for (std::int64_t i = 0; i < count; ++i) {
      const Duration onset = count == 2 ? middle_ * i : bar_ * i / count;
      const Duration end = i + 1 == count ? bar_ : count == 2 ? middle_ : bar_ * (i + 1) / count;
      chords.push_back({at + onset, end - onset, bar[static_cast<std::size_t>(i)]});
    }
  }

  /// Phrases of four bars (the last takes the rest); inner ones end open or halfway.
  Progression write_phrases(int bars, Rng& rng) {
    Progression chords;
    for (int bar = 0; bar < bars;) {
      const int left = bars - bar;
      const int length = left < 8 ? left : 4;
      const bool last = bar + length == bars;
      const Cadence cadence = last              ? Cadence::Authentic
                              : rng.chance(0.6) ? Cadence::Half
                                                : Cadence::Open;
      for (LocalChord local : write_phrase(length, cadence, bar == 0, rng)) {
        local.at += bar_ * bar;
        chords.push_back(local);
      }
      bar += length;
    }
    return chords;
  }

  Progression write_phrase(int bars, Cadence cadence, bool begins, Rng& rng) {
    Progression slots = make_slots(bars, rng);
    const auto close = words_.cadence(cadence, rng);
    // What begins says its key before it closes, however short it is.
    const std::size_t kept = begins && slots.size() > 1 ? 1 : 0;
    const std::size_t free =
        slots.size() > close.size() + kept ? slots.size() - close.size() : kept;
    const auto chain = free > 0 ? words_.chain(free, begins, close, rng) : std::vector<Chord>();
    for (std::size_t i = 0; i < slots.size(); ++i)
      slots[i].chord = i < free ? chain[i] : close[close.size() - (slots.size() - i)];
    join_equal(slots);
    if (!words_.is_modal()) add_secondary_dominants(slots, rng);
    return slots;
  }

  Progression make_slots(int bars, Rng& rng) {
    const HarmonyStyle& style = settings_.genre.harmony;
    Progression slots;
    for (int bar = 0; bar < bars; ++bar) {
      const Duration at = bar_ * bar;
      const bool last = bar + 1 == bars;
      if (!last && bar + 2 < bars && rng.chance(style.two_bars)) {
        slots.push_back({at, bar_ * 2, {}});
        ++bar;
      } else if (!last && middle_ < bar_ && rng.chance(style.two_per_bar)) {
        slots.push_back({at, middle_, {}});
        slots.push_back({at + middle_, bar_ - middle_, {}});
      } else {
        slots.push_back({at, bar_, {}});
      }
    }
    return slots;
  }

  static void join_equal(Progression& slots) {
    for (std::size_t i = 1; i < slots.size();) {
      if (slots[i].chord == slots[i - 1].chord) {
        slots[i - 1].duration += slots[i].duration;
        slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
  }

  /// The second half of a long chord becomes the dominant of the next one.
  void add_secondary_dominants(Progression& slots, Rng& rng) {
    for (std::size_t i = 0; i + 2 < slots.size(); ++i) {
      if (slots[i].duration < bar_ || middle_ >= bar_) continue;
      if (slots[i].chord.is_dominant() || slots[i + 1].chord.root == slots[i].chord.root) continue;
      if (!rng.chance(settings_.genre.harmony.secondary)) continue;
      const auto dominant = words_.dominant_of(slots[i + 1].chord);
      if (!dominant || dominant->root == slots[i].chord.root) continue;
      const Duration kept = slots[i].duration - bar_ + middle_;
      slots.insert(slots.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                   {slots[i].at + kept, slots[i].duration - kept, *dominant});
      slots[i].duration = kept;
      ++i;
    }
  }

  /// The first bars of a progression, or as many rounds of it as are needed.
  Progression resized(const Progression& chords, int bars) const {
    const Duration length = chords.back().at + chords.back().duration, wanted = bar_ * bars;
    Progression sized;
    for (Duration at; at < wanted; at += length)
      for (LocalChord local : chords) {
        local.at += at;
        if (local.at >= wanted) break;
        local.duration = std::min(local.duration, wanted - local.at);
        sized.push_back(local);
      }
    return sized;
  }

  /// Puts the section's cadence into its last bars.
  Progression ended(Progression chords, const SectionPlan& section) {
    if (section.cadence == Cadence::Open) return chords;
    const bool final = section.cadence == Cadence::Final;
    if (!final && words_.keeps_scheme_ends()) return chords;
    Rng rng = rng_.fork(section.material + "/" + std::to_string(section.first.index()));
    auto close = words_.cadence(section.cadence, rng);
    const auto room = static_cast<std::size_t>(std::min(section.bars, 2));
    if (close.size() > room)
      close.erase(close.begin(), close.end() - static_cast<std::ptrdiff_t>(room));
    if (final && words_.keeps_scheme_ends()) close.clear();
    if (final && close.empty()) close.emplace_back();
    if (final) close.back() = words_.closing(rng);
    const Duration end = bar_ * section.bars, last = end - bar_;
    // A short section leaves its first bar to the chord that it begins with.
    const Duration lead = section.bars > 3 ? bar_ : bar_ - middle_;
    const Duration begin = close.size() > 1 ? last - lead : last;
    std::erase_if(chords, [&](const LocalChord& local) { return local.at >= begin; });
    if (!chords.empty()) chords.back().duration = begin - chords.back().at;
    if (close.size() > 1) chords.push_back({begin, lead, close.front()});
    chords.push_back({last, bar_, close.back()});
    return chords;
  }

  const Settings& settings_;
  HarmonyWords words_;
  const MeterMap& meter_;
  Duration bar_, middle_;
  Rng rng_;
  std::vector<std::pair<std::string, Progression>> known_;
};

/// The user's own chords, round and round.
std::vector<ChordSpan> tiled(const Settings& settings, const MeterMap& meter) {
  std::vector<ChordSpan> spans;
  for (int bar = 0; bar < settings.bars; ++bar) {
    const auto& chords = settings.chords[static_cast<std::size_t>(bar) % settings.chords.size()];
    const Tick line = meter.onset_of(Bar(bar));
    const Duration length = meter.end_of(Bar(bar)) - line;
    const auto count = static_cast<std::int64_t>(chords.size());
    for (std::int64_t i = 0; i < count; ++i)
      spans.push_back({line + length * i / count, length * (i + 1) / count - length * i / count,
                       chords[static_cast<std::size_t>(i)]});
  }
  return spans;
}

}  // namespace

std::vector<ChordSpan> harmonise_form(const Settings& settings,
                                      const std::vector<SectionPlan>& sections,
                                      const MeterMap& meter) {
  if (!settings.chords.empty()) return tiled(settings, meter);
  return Harmoniser(settings, meter).write(sections);
}

}  // namespace toccata
