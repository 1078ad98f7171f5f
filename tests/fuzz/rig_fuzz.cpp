// SPDX-License-Identifier: MIT
// Whatever read_rig accepts lies within the limits that a rendering checks; a refusal says why.
#include <cstdint>
#include <cstdlib>

#include <toccata/base/bytes.hpp>
#include <toccata/sound/rig.hpp>
#include <toccata/sound/settings.hpp>

using namespace toccata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto rig = sound::read_rig(as_text(ByteView(data, size)));
  if (!rig) {
    if (rig.error().empty() || rig.error().find('\n') != std::string::npos) std::abort();
    return 0;
  }
  sound::Settings settings;
  settings.bus = rig->bus;
  for (const sound::RigPart& part : rig->parts) settings.parts.push_back(part.mix);
  settings.loudness_lufs = rig->loudness_lufs.value_or(settings.loudness_lufs);
  settings.true_peak_dbtp = rig->true_peak_dbtp.value_or(settings.true_peak_dbtp);
  if (!sound::check(settings, "a.wav")) std::abort();
  return 0;
}
