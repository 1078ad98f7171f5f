// SPDX-License-Identifier: MIT
// Functional harmony as a chain of numerals, drawn phrase by phrase so that each ends in its
// cadence.
#include "harmony_words.hpp"

#include <algorithm>
#include <utility>

#include <toccata/base/sample_path.hpp>
#include <toccata/plan/plan.hpp>

namespace toccata {

Duration chord_onset(const Meter& meter, Duration bar, std::size_t i, std::size_t count) {
  const auto share = [&](int places) {
    const auto all = static_cast<std::size_t>(places);
    return static_cast<int>((i * all + count - 1) / count);
  };
  if (std::cmp_less_equal(count, meter.beat_count())) {
    int pulses = 0;
    for (int beat = share(meter.beat_count()); beat-- > 0;) pulses += meter.pulses_of_beat(beat);
    return meter.pulse_onset(pulses, kComposedPpq);
  }
  if (std::cmp_less_equal(count, meter.pulses()))
    return meter.pulse_onset(share(meter.pulses()), kComposedPpq);
  return bar * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(count);
}

namespace {

/// A chord within a section. Units: ticks from the section's beginning.
struct LocalChord {
  Duration at, duration;
  Chord chord;
};
using Progression = std::vector<LocalChord>;

/// Calls place(i, from, until) for each of a bar's chords.
template <class Place>
void for_each_place(const Meter& meter, Duration bar, std::size_t count, Place place) {
  for (std::size_t i = 0; i < count; ++i)
    place(i, chord_onset(meter, bar, i, count),
          i + 1 == count ? bar : chord_onset(meter, bar, i + 1, count));
}

class Harmoniser {
 public:
  Harmoniser(const Settings& settings, const MeterMap& meter)
      : settings_(settings),
        words_(settings),
        meter_(meter),
        bar_(settings.meter.bar(kComposedPpq)),
        rng_(Rng(settings.seed).fork("harmony")) {
    middle_ = settings.meter.beat_count() >= 2 ? chord_onset(settings.meter, bar_, 1, 2) : bar_;
  }

  std::vector<ChordSpan> write(const std::vector<SectionPlan>& sections) {
    std::vector<ChordSpan> spans;
    for (const SectionPlan& section : sections) {
      const Tick origin = meter_.onset_of(section.first);
      for (const LocalChord& local : progression_of(section)) {
        const Tick at = origin + local.at;
        // What led into a chord that gave way to a close, or to another section, goes with it.
        if (spans.size() > 1 && words_.hangs(spans.back().chord, local.chord)) spans.pop_back();
        if (!spans.empty()) spans.back().duration = at - spans.back().at;
        spans.push_back({at, local.duration, local.chord});
      }
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
    const int loop_bars = std::min(section.bars, rng.chance(style.vamp) ? 2 : 4);
    // What comes round leads back to where it begins.
    const Progression loop = write_phrase(loop_bars, Cadence::Open, {true, {}, words_.home()}, rng);
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
    for_each_place(settings_.meter, bar_, bar.size(),
                   [&](std::size_t i, Duration from, Duration until) {
                     chords.push_back({at + from, until - from, bar[i]});
                   });
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
      ChainEnds ends{bar == 0, {}, {}};
      if (!chords.empty()) ends.before = chords.back().chord;
      for (LocalChord local : write_phrase(length, cadence, std::move(ends), rng)) {
        local.at += bar_ * bar;
        chords.push_back(local);
      }
      bar += length;
    }
    return chords;
  }

  Progression write_phrase(int bars, Cadence cadence, ChainEnds ends, Rng& rng) {
    auto close = words_.cadence(cadence, {}, rng);
    if (!shares_bars(close) || bars < 3) keep_last_two(close);
    Progression slots;
    if (shares_bars(close)) {
      slots = make_slots(bars - 2, rng);
      std::ranges::move(close_slots(close, bar_ * bars), std::back_inserter(slots));
    } else {
      slots = make_slots(bars, rng);
    }
    // What begins says its key before it closes, however short it is.
    const std::size_t kept = ends.begins && slots.size() > 1 ? 1 : 0;
    const std::size_t free =
        slots.size() > close.size() + kept ? slots.size() - close.size() : kept;
    std::vector<bool> weak;
    for (std::size_t i = 0; i < free; ++i) weak.push_back(slots[i].at % bar_ != Duration(0));
    if (!close.empty()) ends.after = close.front();
    const auto chain = free > 0 ? words_.chain(weak, ends, rng) : std::vector<Chord>();
    for (std::size_t i = 0; i < slots.size(); ++i)
      slots[i].chord = i < free ? chain[i] : close[close.size() - (slots.size() - i)];
    join_equal(slots);
    if (!words_.is_modal()) add_approaches(slots, rng);
    return slots;
  }

  /// Closes of three chords and of four have places of their own, in bars that can be halved.
  bool shares_bars(const std::vector<Chord>& close) const {
    return close.size() > 2 && middle_ < bar_;
  }

  static void keep_last_two(std::vector<Chord>& close) {
    if (close.size() > 2) close.erase(close.begin(), close.end() - 2);
  }

  /// The last two bars before `end`: one chord or two in each.
  Progression close_slots(const std::vector<Chord>& close, Duration end) const {
    Progression slots;
    const auto put = [&](Duration bar, std::size_t first, std::size_t count) {
      const Duration split = count > 1 ? middle_ : bar_;
      slots.push_back({bar, split, close[first]});
      if (count > 1) slots.push_back({bar + split, bar_ - split, close[first + 1]});
    };
    put(end - bar_ * 2, 0, 2);
    put(end - bar_, 2, close.size() - 2);
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

  /// Chords are led into as if they were tonics: by what takes the half bar before them, or, where
  /// there are two such chords, the whole bar.
  void add_approaches(Progression& slots, Rng& rng) {
    for (std::size_t i = 0; i + 2 < slots.size(); ++i) {
      const Chord here = slots[i].chord, next = slots[i + 1].chord;
      if (slots[i].duration < bar_ || middle_ >= bar_) continue;
      if (here.is_dominant() || here.root == next.root) continue;
      if (!rng.chance(settings_.genre.harmony.secondary)) continue;
      auto approach = words_.approach_to(next, rng);
      if (approach.empty() || approach.back().root == here.root) continue;
      const bool has_room = i > 0 || slots[i].duration > bar_;
      if (approach.size() > 1 && !has_room) approach.erase(approach.begin());
      const Duration end = slots[i].at + slots[i].duration;
      slots[i].duration -= approach.size() > 1 ? bar_ : bar_ - middle_;
      auto at = slots.begin() + static_cast<std::ptrdiff_t>(i) + 1;
      if (slots[i].duration == Duration(0)) at = slots.erase(at - 1);
      at = slots.insert(at, {end - (bar_ - middle_), bar_ - middle_, approach.back()});
      if (approach.size() > 1) at = slots.insert(at, {end - bar_, middle_, approach.front()});
      i = static_cast<std::size_t>(at - slots.begin());
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
    const Duration end = bar_ * section.bars;
    auto close = closing_chords(chords, section, rng);
    // A short section leaves its first bar to the chord that it begins with.
    const Duration lead = section.bars > 3 ? bar_ : bar_ - middle_;
    const Duration last = end - bar_;
    Progression slots;
    if (close.size() > 2) slots = close_slots(close, end);
    else slots = {{last, bar_, close.back()}};
    if (close.size() == 2) slots.insert(slots.begin(), {last - lead, lead, close.front()});
    const Duration begin = slots.front().at;
    std::erase_if(chords, [&](const LocalChord& local) { return local.at >= begin; });
    if (!chords.empty()) chords.back().duration = begin - chords.back().at;
    std::ranges::move(slots, std::back_inserter(chords));
    return chords;
  }

  std::vector<Chord> closing_chords(const Progression& chords, const SectionPlan& section,
                                    Rng& rng) const {
    const bool final = section.cadence == Cadence::Final;
    if (final && words_.keeps_scheme_ends()) return {words_.closing(rng)};
    std::optional<Chord> before;
    for (const LocalChord& local : chords)
      if (local.at < bar_ * (section.bars - 2)) before = local.chord;
    auto close = words_.cadence(section.cadence, before, rng);
    if (!shares_bars(close) || section.bars <= 3) keep_last_two(close);
    if (section.bars == 1 && close.size() > 1) close.erase(close.begin());
    if (close.empty()) close.push_back(words_.final_tonic());
    if (final) close.back() = words_.closing(rng);
    return close;
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
    for_each_place(settings.meter, length, chords.size(),
                   [&](std::size_t i, Duration from, Duration until) {
                     spans.push_back({line + from, until - from, chords[i]});
                   });
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
