// SPDX-License-Identifier: MIT
// Named rhythm cycles: "a sama'i", "rythme maqsoum".
#include "polarity.hpp"
#include "reading.hpp"

namespace toccata::prompt {

void read_rhythm(Reading& reading) {
  std::vector<Claim<std::string>> claims;
  for (int i = 0; i < reading.size(); ++i) {
    if (!reading.is_free(i, Kind::Rhythm) || is_refused(reading, i)) continue;
    reading.use(i);
    claims.push_back({std::string(reading.item(i).id), {i, i}});
  }
  const auto rhythm = agreed(reading, claims, "rhythm", "two rhythms");
  if (!rhythm) return;
  reading.brief.rhythm = *rhythm;
  reading.explain("rhythm", *rhythm, claims.front().extent);
}

}  // namespace toccata::prompt
