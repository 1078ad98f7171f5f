// SPDX-License-Identifier: MIT
// Keys: puts tonics, scales and maqamat together. tonic.cpp tells note names from other words.
#include "polarity.hpp"
#include "reading.hpp"
#include "scale_word.hpp"
#include "tonic.hpp"

#include <toccata/theory/scale.hpp>

namespace toccata::prompt {
namespace {

struct Claims {
  std::vector<Claim<NoteName>> tonics;
  std::vector<Claim<std::string>> scales;
  std::vector<Claim<std::string>> maqams;
};

void claim_mode(Reading& reading, int i, Claims& claims) {
  const Extent extent{i, i};
  auto& list = reading.is(i, Kind::Scale) ? claims.scales : claims.maqams;
  list.push_back({std::string(reading.item(i).id), extent});
  reading.use(i);
}

/// "I don't want a waltz in A but a waltz in B": of two keys the one before "but" is refused with
/// what it belongs to. The refusal's item.
std::optional<int> refused_by_contrast(const Reading& reading, int i, int last) {
  const int but = reading.is_sign(last + 1, ",") ? last + 2 : last + 1;
  if (!reading.is(but, Kind::But)) return std::nullopt;
  constexpr int kFarthest = 12;
  int other = but + 1;
  while (other < but + kFarthest && !reading.is_pause(other) && !find_tonic(reading, other))
    ++other;
  if (!find_tonic(reading, other)) return std::nullopt;
  for (int j = i - 1; j > i - kFarthest && !reading.is_pause(j); --j)
    if (reading.is(j, Kind::Negator)) return j;
  return std::nullopt;
}

void claim_tonics(Reading& reading, Claims& claims) {
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    const auto tonic = find_tonic(reading, i);
    if (!tonic) continue;
    const int end = tonic->mode.value_or(tonic->last);
    auto refusal = refusal_before(reading, i);
    if (!refusal) refusal = refused_by_contrast(reading, i, end);
    if (refusal) {
      reading.leave_unmet({*refusal, end});
      continue;
    }
    claims.tonics.push_back({tonic->name, {i, tonic->mode.value_or(tonic->last)}});
    if (!tonic->scale.empty())
      claims.scales.push_back({std::string(tonic->scale), {i, tonic->last}});
    if (tonic->mode) claim_mode(reading, *tonic->mode, claims);
    reading.use({i, tonic->mode.value_or(tonic->last)});
    if (const auto other = other_tonic_after(reading, tonic->last))
      reading.contradict("key", "two keys", {i, tonic->last}, {*other, *other});
  }
}

/// "not in minor" is major; other scales that are refused have no one opposite.
void claim_refused(Reading& reading, int i, Claims& claims) {
  const auto id = reading.item(i).id;
  if (!reading.is(i, Kind::Scale) || (id != "minor" && id != "major")) return;
  claims.scales.push_back({id == "minor" ? "major" : "minor", with_degree(reading, i)});
  reading.use(i);
}

void claim_modes(Reading& reading, Claims& claims) {
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Scale) && !reading.is_free(i, Kind::Maqam)) continue;
    if (!means_a_scale(reading, i)) continue;
    if (is_refused(reading, i)) {
      claim_refused(reading, i, claims);
    } else {
      claim_mode(reading, i, claims);
    }
  }
}

bool is_general(std::string_view scale) { return scale == "major" || scale == "minor"; }
bool fits(std::string_view general, std::string_view special) {
  if (special == "pentatonic") return true;
  const auto scale = Scale::find(special);
  return scale && scale->is_minor() == (general == "minor");
}

/// "pentatonic" and "minor" are a minor pentatonic; "minor" and "dorian" are dorian.
std::optional<std::string> joined(const std::string& one, const std::string& other) {
  if (one == other) return one;
  const bool first = is_general(one) && fits(one, other);
  if (!first && !(is_general(other) && fits(other, one))) return std::nullopt;
  const auto& general = first ? one : other;
  const auto& special = first ? other : one;
  return special == "pentatonic" ? general + " pentatonic" : special;
}

std::string agreed_scale(Reading& reading, const Claims& claims) {
  std::string scale;
  for (const auto& claim : claims.scales) {
    if (scale.empty()) {
      scale = claim.value;
    } else if (const auto both = joined(scale, claim.value)) {
      scale = *both;
    } else {
      reading.contradict("key", "two scales", claims.scales.front().extent, claim.extent);
    }
  }
  return scale == "pentatonic" ? "major pentatonic" : scale;
}

Extent span_of(const Claims& claims) {
  Extent extent{-1, -1};
  const auto widen = [&](const auto& list) {
    if (list.empty()) return;
    const Extent found = list.front().extent;
    extent.first = extent.first < 0 ? found.first : std::min(extent.first, found.first);
    extent.last = std::max(extent.last, found.last);
  };
  widen(claims.tonics);
  widen(claims.scales);
  widen(claims.maqams);
  return extent;
}

}  // namespace

void read_key(Reading& reading) {
  Claims claims;
  claim_tonics(reading, claims);
  claim_modes(reading, claims);
  TonalityAsk ask;
  ask.tonic = agreed(reading, claims.tonics, "key", "two keys");
  ask.maqam = agreed(reading, claims.maqams, "key", "two maqamat").value_or("");
  // In a maqam "minor" and "major" are only its colour.
  if (ask.maqam.empty()) ask.scale = agreed_scale(reading, claims);
  if (reading.error || ask == TonalityAsk{}) return;
  reading.explain("key", to_string(ask), span_of(claims));
  reading.brief.tonality = std::move(ask);
}

}  // namespace toccata::prompt
