// SPDX-License-Identifier: MIT
#include "contradictions.hpp"
#include "seating.hpp"
#include "settle_walk.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <toccata/base/rng.hpp>
#include <toccata/plan/plan.hpp>

namespace toccata {
namespace {

/// The key in which the most tones of a progression lie; its last and first roots weigh more.
Key key_of(const std::vector<std::vector<Chord>>& bars) {
  static constexpr NoteName kTonics[] = {{Step::C, 0},  {Step::D, -1}, {Step::D, 0},  {Step::E, -1},
                                         {Step::E, 0},  {Step::F, 0},  {Step::F, 1},  {Step::G, 0},
                                         {Step::A, -1}, {Step::A, 0},  {Step::B, -1}, {Step::B, 0}};
  Key best{kTonics[0], *Scale::find("major")};
  double best_fit = -1;
  for (const NoteName tonic : kTonics)
    for (const char* scale : {"major", "minor"}) {
      const Key key{tonic, *Scale::find(scale)};
      double fit = 0;
      for (const auto& bar : bars)
        for (const Chord& chord : bar) {
          for (const PitchClass tone : chord.pitch_classes()) fit += key.contains(tone) ? 1 : -0.5;
          const bool dominant =
              chord.is_dominant() && chord.root_class() == tonic.pitch_class() + 7;
          fit += dominant ? 4 : 0;
        }
      const bool ends = bars.back().back().root_class() == tonic.pitch_class();
      const bool begins = bars.front().front().root_class() == tonic.pitch_class();
      const bool same_mode = bars.back().back().is_minor() == key.scale.is_minor();
      fit += (ends && same_mode ? 3.0 : 0.0) + (begins ? 1.0 : 0.0);
      if (fit > best_fit) {
        best_fit = fit;
        best = key;
      }
    }
  return best;
}

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
    settle_time();
    TOCCATA_CHECK(settle_length());
    TOCCATA_CHECK(settle_form());
    settle_manner();
    TOCCATA_CHECK(seat_ensemble(brief_, settings_, reasons_));
    if (walks()) TOCCATA_CHECK(plan_detail::settle_walk(brief_, settings_));
    TOCCATA_CHECK(plan_detail::check_seats(brief_, settings_.seats));
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
    settings_.performance = brief_.performance.empty() ? "curve" : brief_.performance;
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
      settings_.key = key_of(settings_.chords);
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

  void settle_time() {
    const Genre& genre = settings_.genre;
    tempo_bpm_ = genre.tempo_bpm;
    if (brief_.tempo_bpm) {
      tempo_bpm_ = *brief_.tempo_bpm;
    } else if (brief_.arousal) {
      // An excited mood goes half of the way to the genre's fastest tempo, a calm one to its
      // slowest.
      const double away = (*brief_.arousal - genre.arousal) * 0.5;
      const double end = away > 0 ? genre.fastest_bpm : genre.slowest_bpm;
      tempo_bpm_ += (end - tempo_bpm_) * std::min(1.0, std::abs(away));
    }
    tempo_bpm_ = std::clamp(tempo_bpm_, kSlowestBpm, kFastestBpm);
    if (!brief_.tempo_bpm) tempo_bpm_ = std::floor(tempo_bpm_ + 0.5);
    settings_.tempo = *Tempo::from_bpm(tempo_bpm_);
  }

  Check settle_length() {
    const double bar_quarters = settings_.meter.bar_quarters().to_double();
    const std::string tempo_reason = brief_.arousal ? "usual for the genre in that mood" : usual();
    if (brief_.bars) {
      settings_.bars = *brief_.bars;
    } else if (brief_.seconds) {
      settings_.bars = bars_for_seconds(*brief_.seconds, settings_.tempo, settings_.meter);
      // An open tempo gives way, so that all that was asked for has its bars.
      if (!brief_.tempo_bpm) settings_.bars = std::max(settings_.bars, fewest_bars());
      reason("bars", std::to_string(settings_.bars), "to last as long as asked");
    } else {
      settings_.bars = default_bars();
    }
    if (settings_.bars > kMostBars)
      return Unexpected{
          fmt::format("{} bars are more than the {} allowed", settings_.bars, kMostBars)};
    TOCCATA_CHECK(check_chords_fit());
    if (brief_.tempo_bpm) return check_times_agree();
    if (!brief_.seconds) {
      reason("tempo", fmt::format("{:g}", tempo_bpm_), tempo_reason);
      return {};
    }
    // The tempo is ours to choose, so the length is kept exactly.
    const double exact = settings_.bars * bar_quarters * 60 / *brief_.seconds;
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
      const bool roomy = sections && static_cast<int>(sections->size()) * 2 <= settings_.bars;
      if (!roomy && form->name != "12-bar") continue;
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

Brief to_brief(const Settings& settings) {
  Brief brief;
  brief.genres = settings.genres;
  brief.tonality =
      TonalityAsk{settings.key.tonic, settings.maqam ? "" : std::string(settings.key.scale.id()),
                  settings.maqam ? settings.maqam->id : ""};
  brief.tempo_bpm = std::clamp(settings.tempo.bpm(), kSlowestBpm, kFastestBpm);
  brief.meter = settings.meter;
  if (settings.rhythm != nullptr) brief.rhythm = settings.rhythm->id;
  brief.bars = settings.bars;
  brief.form = settings.form;
  brief.mood = settings.mood;
  brief.valence = settings.valence;
  brief.arousal = settings.arousal;
  if (settings.engine == "walk") brief.walk = plan_detail::to_ask(settings);
  else brief.density = settings.density;
  brief.dynamics = settings.dynamics;
  brief.note_lengths = settings.note_lengths;
  for (const Seat& seat : settings.seats) {
    if (std::ranges::find(brief.instruments, seat.instrument->id) == brief.instruments.end())
      brief.instruments.push_back(seat.instrument->id);
    if (std::ranges::find(brief.parts, seat.role) == brief.parts.end())
      brief.parts.push_back(seat.role);
  }
  brief.drums = settings.seat(Role::Drums) != nullptr;
  brief.without_instruments = settings.asked.without_instruments;
  brief.without_parts = settings.asked.without_parts;
  const bool asks_chords = !settings.asked.chords.empty();
  for (const auto& bar : asks_chords ? settings.chords : decltype(settings.chords){}) {
    if (!brief.chords.empty()) brief.chords += " | ";
    for (std::size_t i = 0; i < bar.size(); ++i)
      brief.chords += (i > 0 ? " " : "") + to_string(bar[i]);
  }
  brief.seed = settings.seed;
  brief.engine = settings.engine;
  brief.performance = settings.performance;
  return brief;
}

}  // namespace toccata
