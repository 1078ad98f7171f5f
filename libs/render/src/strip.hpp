// SPDX-License-Identifier: MIT
// The mix's settings in the words of audio.
#pragma once

#include <span>
#include <vector>

#include <toccata/audio/compressor.hpp>
#include <toccata/audio/equaliser.hpp>
#include <toccata/sound/mix.hpp>

namespace toccata::render {

inline std::vector<audio::Band> bands_of(std::span<const sound::EqBand> bands) {
  static_assert(static_cast<int>(audio::BandKind::HighCut) ==
                static_cast<int>(sound::EqKind::HighCut));
  std::vector<audio::Band> found;
  for (const sound::EqBand& band : bands)
    found.push_back({static_cast<audio::BandKind>(band.kind), band.hertz, band.gain_db, band.q});
  return found;
}

inline audio::CompressorSettings compressor_of(const sound::Compression& from) {
  return {from.threshold_db, from.ratio,      from.knee_db,
          from.attack_ms,    from.release_ms, from.makeup_db};
}

}  // namespace toccata::render
