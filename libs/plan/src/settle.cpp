// SPDX-License-Identifier: MIT
#include "contradictions.hpp"
#include "heard_key.hpp"
#include "seating.hpp"
#include "settle_walk.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <toccata/base/rng.hpp>
#include <toccata/plan/plan.hpp>

namespace toccata {
namespace {

/// Fills one brief, field by field. Each step may use what the steps before it settled.
class Settler {
 public:
  Settler(const Brief& brief, std::uint64_t seed) : brief_(brief) {
    settings_.seed = brief.seed.value_or(seed);
    settings_.asked = brief;
    settings_.asked.seed = settings_.seed;
  }

  Result<Settled, std::string> run() {
    TOCCATA_CHECK(plan_detail::check_wishes(brief_));
    TOCCATA_CHECK(settle_genre());
    TOCCATA_CHECK(settle_chords());
    settle_mood();
    TOCCATA_CHECK(settle_key());
    TOCCATA_CHECK(settle_rhythm());
    TOCCATA_CHECK(settle_pickup());
    settle_time();
    TOCCATA_CHECK(settle_length());
    TOCCATA_CHECK(settle_form());
    settle_manner();
    TOCCATA_CHECK(seat_ensemble(brief_, settings_, reasons_));
    if (walks()) TOCCATA_CHECK(plan_detail::settle_walk(brief_, settings_));
    TOCCATA_CHECK(plan_detail::check_seats(brief_, settings_.seats));
    TOCCATA_CHECK(check_pickup());
    if (settings_.rhythm != nullptr && settings_.seat(Role::Drums) == nullptr)
      return Unexpected{"the rhythm " + settings_.rhythm->id + " has no drums to play it"};
    return Settled{std::move(settings_), std::move(reasons_)};
  }

 private:
  using Check = Result<void, std::string>;

  void reason(std::string field, std::string value, std::string because) {
    reasons_.push_back({std::move(field), std::move(value), std::move(because)});
  }
  bool walks() const { return settings_.engine == "walk"; }
  std::string usual() const { return "usual for " + to_string(settings_.genres); }

  Check settle_genre() {
    settings_.genres = brief_.genres;
    if (settings_.genres.empty()) {
      const bool maqam = brief_.tonality && !brief_.tonality->maqam.empty();
      const auto rhythm = find_rhythm(brief_.rhythm);
      const bool named = !brief_.rhythm.empty() && rhythm.cycle != nullptr;
      const std::string_view genre = maqam ? "arabic" : named ? rhythm.genre : "classical";
      settings_.genres = {{std::string(genre), 1.0}};
      reason("genre", std::string(genre),
             maqam   ? "a maqam was asked for"
             : named ? "a rhythm of it was asked for"
                     : "no genre was named");
    }
    for (const GenreShare& share : settings_.genres)
      if (Genre::find(share.genre) == nullptr)
        return Unexpected{"unknown genre \"" + share.genre + "\""};
    settings_.genre = blend(settings_.genres);
    settings_.engine = brief_.engine.empty() ? "rules" : brief_.engine;
    settings_.performance = brief_.performance.empty() ? "default" : brief_.performance;
    if (brief_.engine.empty()) reason("engine", settings_.engine, "the default");
    if (brief_.performance.empty()) reason("performance", settings_.performance, "the default");
    return plan_detail::check_walk(brief_, settings_.engine);
  }

  Check settle_chords() {
    if (brief_.chords.empty()) return {};
    TOCCATA_TRY(settings_.chords, parse_chord_bars(brief_.chords));
    return {};
  }

  void settle_mood() {
    settings_.mood = brief_.mood;
    settings_.valence = brief_.valence.value_or(settings_.genre.valence);
    settings_.arousal = brief_.arousal.value_or(settings_.genre.arousal);
    if (!brief_.valence) reason("valence", fmt::format("{:g}", settings_.valence), usual());
    if (!brief_.arousal) reason("arousal", fmt::format("{:g}", settings_.arousal), usual());
  }

  Check settle_key() {
    const Genre& genre = settings_.genre;
    const TonalityAsk ask = brief_.tonality.value_or(TonalityAsk{});
    const bool dark = brief_.valence ? *brief_.valence < 0 : genre.usually_dark;
    const std::string why =
        brief_.valence ? (dark ? "for a dark mood" : "for a bright mood") : usual();
    std::string maqam = ask.maqam;
    const bool open = maqam.empty() && ask.scale.empty() && brief_.chords.empty() && !walks();
    if (open && !genre.maqam.empty()) {
      maqam = brief_.valence && *brief_.valence < 0 ? genre.dark_maqam : genre.maqam;
      reason("maqam", maqam, why);
    }
    if (!maqam.empty()) return settle_maqam(maqam, ask);
    if (!settings_.chords.empty() && !ask.tonic && ask.scale.empty()) {
      settings_.key = plan_detail::heard_key(settings_.chords);
      reason("key", to_string(settings_.key), "heard in the given chords");
      return {};
    }
    const std::string scale = !ask.scale.empty() ? ask.scale : dark ? genre.dark : genre.bright;
    const auto found = Scale::find(scale);
    if (!found) return Unexpected{"unknown scale \"" + scale + "\""};
    settings_.key = {ask.tonic.value_or(genre.tonic), *found};
    if (!ask.tonic) reason("tonic", to_string(settings_.key.tonic), usual());
    if (ask.scale.empty()) reason("scale", scale, why);
    return {};
  }

  Check settle_maqam(const std::string& name, const TonalityAsk& ask) {
    settings_.maqam = Maqam::find(name);
    if (settings_.maqam == nullptr) return Unexpected{"unknown maqam \"" + name + "\""};
    const NoteName tonic = ask.tonic.value_or(settings_.maqam->usual_tonic);
    // On the staff it is minor where its third is the lower one.
    const bool minor =
        settings_.maqam->quarter_tones[2] <= 6 ||
        (settings_.maqam->quarter_tones[2] == 7 && settings_.maqam->quarter_tones[1] < 4);
    settings_.key = {tonic, *Scale::find(minor ? "minor" : "major")};
    if (!ask.tonic) reason("tonic", to_string(tonic), "usual for maqam " + name);
    return {};
  }

  Check settle_rhythm() {
    settings_.meter = brief_.meter.value_or(settings_.genre.meter);
    if (brief_.rhythm.empty()) {
      if (!brief_.meter) reason("meter", to_string(settings_.meter), usual());
      return {};
    }
    settings_.rhythm = find_rhythm(brief_.rhythm).cycle;
    if (settings_.rhythm == nullptr) return Unexpected{"unknown rhythm \"" + brief_.rhythm + "\""};
    const Meter own = settings_.rhythm->meter;
    if (!brief_.meter) {
      settings_.meter = own;
      reason("meter", to_string(own), "the meter of " + settings_.rhythm->id);
    }
    const Rational rounds = settings_.meter.bar_quarters() / own.bar_quarters();
    if (rounds.denominator() == 1 && settings_.meter.unit() == own.unit()) return {};
    return Unexpected{"the rhythm " + settings_.rhythm->id + " is in " + to_string(own) +
                      ", the piece in " + to_string(settings_.meter)};
  }

  /// A pick-up has the last beat of a bar, or its last two. Without a word on it one comes by the
  /// genre's chance, where neither meter nor length in time nor harmony was given.
  Check settle_pickup() {
    const int beats = settings_.meter.beat_count();
    Rng rng = Rng(settings_.seed).fork("pick-up");
    const bool is_open = !brief_.meter && !brief_.seconds && brief_.chords.empty();
    const bool comes = rng.chance(settings_.genre.pickup_bar) && is_open && !walks() && beats > 1;
    if (!brief_.pickup) reason("pickup", comes ? "true" : "false", usual());
    if (!brief_.pickup.value_or(comes)) return {};
    if (walks()) return Unexpected{"the engine walk begins on the bar line, without a pick-up"};
    if (beats < 2)
      return Unexpected{"a bar of " + to_string(settings_.meter) + " has no room for a pick-up"};
    settings_.pickup = settings_.meter.pulses_of_beat(beats - 1);
    if (beats > 2 && rng.chance(0.3)) settings_.pickup += settings_.meter.pulses_of_beat(beats - 2);
    return {};
  }

  /// A pick-up is sung: without a melody at the beginning there is none.
  Check check_pickup() {
    if (settings_.pickup == 0) return {};
    TOCCATA_TRY(const auto plan, make_plan(settings_));
    const bool is_sung = settings_.seat(Role::Melody) != nullptr && plan.sections[0].has_melody;
    if (is_sung) return {};
    if (brief_.pickup) return Unexpected{"a pick-up needs a melody in the first section"};
    settings_.pickup = 0;
    std::erase_if(reasons_, [](const Reason& reason) { return reason.field == "pickup"; });
    reason("pickup", "false", "no melody begins the piece");
    return {};
  }

  void settle_time() {
    const Genre& genre = settings_.genre;
    tempo_bpm_ = genre.tempo_bpm;
    if (brief_.tempo_bpm) {
      tempo_bpm_ = *brief_.tempo_bpm;
    } else {
      // An excited mood goes half of the way to the genre's fastest tempo, a calm one to its
      // slowest, and joy and sorrow a little of it: tempo tells both (Gabrielsson and Lindstrom
      // 2010).
      constexpr double kArousal = 0.5, kValence = 0.15;
      const double away = kArousal * (settings_.arousal - genre.arousal) +
                          kValence * (settings_.valence - genre.valence);
      const double end = away > 0 ? genre.fastest_bpm : genre.slowest_bpm;
      tempo_bpm_ += (end - tempo_bpm_) * std::min(1.0, std::abs(away));
    }
    tempo_bpm_ = std::clamp(tempo_bpm_, kSlowestBpm, kFastestBpm);
    if (!brief_.tempo_bpm) tempo_bpm_ = std::floor(tempo_bpm_ + 0.5);
    settings_.tempo = *Tempo::from_bpm(tempo_bpm_);
  }

  Check settle_length() {
    const double bar_quarters = settings_.meter.bar_quarters().to_double();
    const bool has_mood = brief_.arousal || brief_.valence;
    const std::string tempo_reason = has_mood ? "usual for the genre in that mood" : usual();
    if (brief_.bars) {
      settings_.bars = *brief_.bars;
    } else if (brief_.seconds) {
      settings_.bars = bars_for_seconds(*brief_.seconds, settings_.tempo, settings_.meter);
      // An open tempo gives way, so that all that was asked for has its bars.
      if (!brief_.tempo_bpm) settings_.bars = std::max(settings_.bars, fewest_bars());
      const double bar_seconds = bar_quarters * 60 / settings_.tempo.bpm();
      reason("bars", std::to_string(settings_.bars),
             settings_.bars == 1 && bar_seconds > 1.5 * *brief_.seconds
                 ? "the shortest piece there is"
                 : "to last as long as asked");
    } else {
      settings_.bars = default_bars();
    }
    if (settings_.bars > kMostBars && brief_.seconds && !brief_.bars)
      return Unexpected{
          fmt::format("{:g} seconds at tempo {:.4g} are {} bars, more than the {} allowed",
                      *brief_.seconds, tempo_bpm_, settings_.bars, kMostBars)};
    if (settings_.bars > kMostBars)
      return Unexpected{
          fmt::format("{} bars are more than the {} allowed", settings_.bars, kMostBars)};
    TOCCATA_CHECK(check_length(settings_.bars, settings_.meter));
    TOCCATA_CHECK(check_chords_fit());
    if (brief_.tempo_bpm) return check_times_agree();
    if (!brief_.seconds) {
      reason("tempo", fmt::format("{:g}", tempo_bpm_), tempo_reason);
      return {};
    }
    // The tempo is ours to choose, so the length is kept exactly.
    const double before = bar_quarters * settings_.pickup / settings_.meter.pulses();
    const double exact = (settings_.bars * bar_quarters + before) * 60 / *brief_.seconds;
    if (exact < kSlowestBpm || exact > kFastestBpm)
      return Unexpected{
          fmt::format("{} bars in {:g} seconds need tempo {:.0f}, allowed are {:g} to {:g}",
                      settings_.bars, *brief_.seconds, exact, kSlowestBpm, kFastestBpm)};
    settings_.tempo = *Tempo::from_bpm(exact);
    reason("tempo", fmt::format("{:.2f}", exact), "to last as long as asked");
    return {};
  }

  /// Bars after which the given chords come again; 0 without chords.
  int chord_round() const {
    const auto& bars = settings_.chords;
    for (std::size_t round = 1; round < bars.size(); ++round)
      if (bars.size() % round == 0 &&
          std::equal(bars.begin() + static_cast<std::ptrdiff_t>(round), bars.end(), bars.begin()))
        return static_cast<int>(round);
    return static_cast<int>(bars.size());
  }
  int fewest_bars() const {
    const bool free = brief_.form && brief_.form->name == "free";
    const int sections = free ? static_cast<int>(brief_.form->labels.size()) : 0;
    return std::max({1, chord_round(), sections, brief_.walk.notes ? walk_bars() : 0});
  }

  Check check_chords_fit() const {
    if (chord_round() <= settings_.bars) return {};
    return Unexpected{fmt::format("chords of {} bars do not fit into a piece of {} {}",
                                  settings_.chords.size(), settings_.bars,
                                  settings_.bars == 1 ? "bar" : "bars")};
  }

  /// Bars, seconds and a tempo may all be said where they agree within a bar.
  Check check_times_agree() const {
    if (!brief_.bars || !brief_.seconds) return {};
    const double bar = settings_.meter.bar_quarters().to_double() * 60 / *brief_.tempo_bpm;
    const double lasts = bar * *brief_.bars;
    if (std::abs(lasts - *brief_.seconds) <= bar) return {};
    return Unexpected{fmt::format(
        "{} bars of {} at tempo {:g} last {:.1f} seconds, not {:g}: allowed are two of bars, "
        "seconds and tempo, or three that agree",
        *brief_.bars, to_string(settings_.meter), *brief_.tempo_bpm, lasts, *brief_.seconds)};
  }

  int default_bars() {
    int bars = settings_.genre.bars;
    std::string why = usual();
    if (!settings_.chords.empty()) {
      // Whole rounds of the given chords, so that the piece ends where they do.
      const int round = static_cast<int>(settings_.chords.size());
      const int wanted = std::max(walks() ? walk_bars() : std::min(bars, 16), fewest_bars());
      bars = round * ((wanted + round - 1) / round);
      why = "whole rounds of the given chords";
    } else if (walks()) {
      bars = walk_bars();
      why = brief_.walk.notes ? "for the notes of the walk" : "usual for the walk engine";
    } else if (brief_.form && brief_.form->name == "free") {
      bars = 4 * static_cast<int>(brief_.form->labels.size());
      why = "four for each section";
    } else if (brief_.form && brief_.form->name == "12-bar") {
      bars = 24;
    }
    reason("bars", std::to_string(bars), why);
    return bars;
  }

  int walk_bars() const {
    return plan_detail::bars_for_quarters(brief_.walk.notes.value_or(WalkOptions::kUsualNotes),
                                          settings_.meter);
  }

  Check settle_form() {
    if (walks()) {
      settings_.form = {"free", {"A"}};
      if (!brief_.form) reason("form", "A", "the walk engine has no form");
      return {};
    }
    if (brief_.form) {
      settings_.form = *brief_.form;
      TOCCATA_CHECK(lay_out_form(settings_.form, settings_.bars, settings_.genre));
      return {};
    }
    std::vector<FormAsk> fitting;
    std::vector<double> weights;
    for (const FormChoice& choice : settings_.genre.forms) {
      const auto form = parse_form(choice.form);
      if (!form) return Unexpected{form.error()};
      const auto sections = lay_out_form(*form, settings_.bars, settings_.genre);
      // A section of less than four bars is hardly more than its cadence.
      const bool roomy = sections && static_cast<int>(sections->size()) * 4 <= settings_.bars;
      if (!sections || (!roomy && form->name != "12-bar")) continue;
      if (settings_.pickup > 0 && brief_.pickup && !sections->front().has_melody) continue;
      fitting.push_back(*form);
      weights.push_back(choice.weight);
    }
    Rng rng = Rng(settings_.seed).fork("form");
    settings_.form = fitting.empty() ? FormAsk{"free", {"A"}} : fitting[rng.weighted(weights)];
    reason("form", to_string(settings_.form), fitting.empty() ? "the piece is short" : usual());
    return {};
  }

  void settle_manner() {
    const double calm = brief_.arousal ? *brief_.arousal - settings_.genre.arousal : 0;
    settings_.density = brief_.density.value_or(std::clamp(0.5 + 0.2 * calm, 0.0, 1.0));
    if (!brief_.density)
      reason("density", fmt::format("{:g}", settings_.density),
             brief_.arousal ? "by the mood" : usual());
    const double level = 3.0 + 1.6 * calm + (settings_.genre.arousal > 0.5 ? 0.6 : 0.0);
    settings_.dynamics = brief_.dynamics.value_or(
        static_cast<Dynamics>(std::clamp(static_cast<int>(std::floor(level + 0.5)), 0, 5)));
    if (!brief_.dynamics)
      reason("dynamics", std::string(name_of(settings_.dynamics)),
             brief_.arousal ? "by the mood" : usual());
    settings_.note_lengths = brief_.note_lengths.value_or(NoteLengths::Mixed);
    if (!brief_.note_lengths)
      reason("note_lengths", std::string(name_of(settings_.note_lengths)), "the default");
  }

  const Brief& brief_;
  Settings settings_;
  std::vector<Reason> reasons_;
  double tempo_bpm_ = 120;
};

}  // namespace

const Seat* Settings::seat(Role role) const {
  const auto found = std::ranges::find(seats, role, &Seat::role);
  return found == seats.end() ? nullptr : &*found;
}

Result<Settled, std::string> settle(const Brief& brief, std::uint64_t seed) {
  return Settler(brief, seed).run();
}

std::vector<std::string> unseated_instruments(const Brief& brief) {
  Settings settings;
  std::vector<Reason> reasons;
  const auto classical = std::vector{GenreShare{"classical", 1.0}};
  settings.genre = blend(brief.genres.empty() ? classical : brief.genres);
  if (!seat_ensemble(brief, settings, reasons)) return {};
  return plan_detail::without_seat(brief, settings.seats);
}

}  // namespace toccata
