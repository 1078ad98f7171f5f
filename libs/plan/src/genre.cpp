// SPDX-License-Identifier: MIT
#include "genre_reader.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>

#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/plan/genre.hpp>

namespace toccata {
namespace embedded {
std::span<const File> genres();
}
namespace {

/// Both values weighed; the numbers of a genre are meant to be mixed like this.
struct Mixer {
  double share;  ///< of the second
  double operator()(double a, double b) const { return a + (b - a) * share; }
  OnsetProfile operator()(const OnsetProfile& a, const OnsetProfile& b) const {
    return {(*this)(a.bar, b.bar), (*this)(a.middle, b.middle), (*this)(a.beat, b.beat),
            (*this)(a.offbeat, b.offbeat), (*this)(a.fine, b.fine)};
  }
};

MelodyStyle mixed(const MelodyStyle& a, const MelodyStyle& b, const Mixer& mix) {
  MelodyStyle m = mix.share >= 0.25 ? b : a;
  m.onsets = mix(a.onsets, b.onsets);
  for (double MelodyStyle::*field : {&MelodyStyle::anticipation,
                                     &MelodyStyle::triplets,
                                     &MelodyStyle::figures,
                                     &MelodyStyle::uneven,
                                     &MelodyStyle::syncopation,
                                     &MelodyStyle::recurs,
                                     &MelodyStyle::downbeat_close,
                                     &MelodyStyle::breath,
                                     &MelodyStyle::commonplace,
                                     &MelodyStyle::common_rhythm,
                                     &MelodyStyle::alike,
                                     &MelodyStyle::rest,
                                     &MelodyStyle::leap,
                                     &MelodyStyle::repeat,
                                     &MelodyStyle::strong_chord_tones,
                                     &MelodyStyle::chromatic,
                                     &MelodyStyle::ornament,
                                     &MelodyStyle::bend,
                                     &MelodyStyle::blue,
                                     &MelodyStyle::pickup,
                                     &MelodyStyle::call_response,
                                     &MelodyStyle::lift})
    m.*field = mix(a.*field, b.*field);
  m.span = static_cast<int>(std::lround(mix(a.span, b.span)));
  return m;
}

Feel mixed(const Feel& a, const Feel& b, const Mixer& mix) {
  Feel m = a;
  for (double Feel::*field :
       {&Feel::rubato, &Feel::unsteady_ms, &Feel::laid_back_ms, &Feel::late_backbeat_ms,
        &Feel::spread_ms, &Feel::melody_held, &Feel::bass_held})
    m.*field = mix(a.*field, b.*field);
  return m;
}

/// From which share of a genre of cycles on they take the kit's place.
constexpr double kPlaysCycles = 0.4;

Genre mixed(const Genre& a, const Genre& b, double share_of_b) {
  const Mixer mix{share_of_b};
  Genre g = a;
  g.tempo_bpm = mix(a.tempo_bpm, b.tempo_bpm);
  g.slowest_bpm = mix(a.slowest_bpm, b.slowest_bpm);
  g.fastest_bpm = mix(a.fastest_bpm, b.fastest_bpm);
  g.swing_percent = static_cast<int>(std::lround(mix(a.swing_percent, b.swing_percent)));
  g.valence = mix(a.valence, b.valence);
  g.arousal = mix(a.arousal, b.arousal);
  g.lift = mix(a.lift, b.lift);
  g.pickup_bar = mix(a.pickup_bar, b.pickup_bar);
  g.melody = mixed(a.melody, b.melody, mix);
  g.feel = mixed(a.feel, b.feel, mix);
  g.chords.onsets = mix(a.chords.onsets, b.chords.onsets);
  g.bass.onsets = mix(a.bass.onsets, b.bass.onsets);
  if (share_of_b < 0.25) return g;
  const auto seat_from_b = [&](Role role) {
    for (EnsembleSeat& seat : g.ensemble)
      for (const EnsembleSeat& other : b.ensemble)
        if (seat.role == role && other.role == role) seat = other;
  };
  seat_from_b(Role::Melody);
  if (!b.maqam.empty() && a.maqam.empty()) {
    // The chords stay where they are; the melody over them takes the maqam's colour, and from two
    // fifths on the cycles are played.
    g.bright_melody = b.bright_melody;
    g.dark_melody = b.dark_melody;
    if (share_of_b >= kPlaysCycles && !g.drums.voices.empty()) {
      g.drums = b.drums;
      seat_from_b(Role::Drums);
    }
  }
  if (g.drums.voices.empty() && g.drums.cycles.empty()) {
    g.drums = b.drums;
    for (const EnsembleSeat& other : b.ensemble)
      if (other.role == Role::Drums) g.ensemble.push_back(other);
  }
  return g;
}

struct Loaded {
  std::string_view name;
  std::optional<Genre> genre;
};

std::vector<Loaded>& cache() {
  static std::vector<Loaded> loaded = [] {
    std::vector<Loaded> all;
    for (const auto& file : embedded::genres()) all.push_back({file.name, std::nullopt});
    std::ranges::sort(all, {}, &Loaded::name);
    return all;
  }();
  return loaded;
}

}  // namespace

std::vector<std::string_view> Genre::names() {
  std::vector<std::string_view> names;
  for (const Loaded& entry : cache()) names.push_back(entry.name);
  return names;
}

const Genre* Genre::find(std::string_view id) {
  // A genre is read when it is first asked for: a program that writes one piece reads one file.
  static std::mutex reading;
  const std::lock_guard lock(reading);
  for (Loaded& entry : cache()) {
    if (entry.name != id) continue;
    if (!entry.genre) {
      for (const auto& file : embedded::genres())
        if (file.name == id) {
          auto genre = read_genre(file.name, file.text);
          TOCCATA_ASSERT(genre.has_value());
          if (genre) entry.genre = *std::move(genre);
        }
    }
    return entry.genre ? &*entry.genre : nullptr;
  }
  return nullptr;
}

namespace {

/// "sama'i" as "sama i".
std::string plain(std::string_view name) {
  std::string text = folded(name);
  std::ranges::replace_if(
      text, [](char c) { return c == '-' || c == '\''; }, ' ');
  return text;
}

bool is_called(const RhythmCycle& cycle, const std::string& name) {
  if (plain(cycle.id) == name) return true;
  const std::string list = ", " + cycle.words + ",";
  return name.find(',') == std::string::npos && list.find(", " + name + ",") != std::string::npos;
}

}  // namespace

NamedRhythm find_rhythm(std::string_view name) {
  const std::string wanted = plain(name);
  for (const auto genre : Genre::names())
    for (const RhythmCycle& cycle : Genre::find(genre)->drums.cycles)
      if (is_called(cycle, wanted)) return {genre, &cycle};
  return {};
}

std::vector<std::string_view> rhythm_names() {
  std::vector<std::string_view> names;
  for (const auto genre : Genre::names())
    for (const RhythmCycle& cycle : Genre::find(genre)->drums.cycles) names.push_back(cycle.id);
  return names;
}

Genre blend(std::span<const GenreShare> shares) {
  TOCCATA_ASSERT(!shares.empty());
  std::vector<GenreShare> sorted(shares.begin(), shares.end());
  std::ranges::stable_sort(sorted, std::greater(), &GenreShare::weight);
  Genre blended = *Genre::find(sorted.front().genre);
  double weight = sorted.front().weight;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    weight += sorted[i].weight;
    blended = mixed(blended, *Genre::find(sorted[i].genre), sorted[i].weight / weight);
  }
  return blended;
}

}  // namespace toccata
