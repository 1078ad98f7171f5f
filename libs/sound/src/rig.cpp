// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>

#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/base/json_reader.hpp>
#include <toccata/sound/rig.hpp>

namespace toccata::embedded {
std::span<const File> rigs();
}

namespace toccata::sound {
namespace {

constexpr const char* kFormat = "toccata.rig/1";
constexpr std::size_t kMostParts = 256, kMostBands = 16;

constexpr std::array<std::pair<std::string_view, EqKind>, 5> kKinds{{
    {"low cut", EqKind::LowCut},
    {"low shelf", EqKind::LowShelf},
    {"bell", EqKind::Bell},
    {"high shelf", EqKind::HighShelf},
    {"high cut", EqKind::HighCut},
}};

void read_eq(JsonReader& from, std::vector<EqBand>& eq) {
  from.objects("eq", [&](JsonReader& in) {
    EqBand band;
    in.choice("kind", band.kind, kKinds);
    in.number("hertz", band.hertz, 10, 20000);
    in.number("gain_db", band.gain_db, -24, 24);
    in.number("q", band.q, 0.1, 10);
    if (eq.size() == kMostBands) in.fail("", "is one band too many, allowed are 16");
    else eq.push_back(band);
  });
}

void read_compressor(JsonReader& from, std::optional<Compression>& compressor) {
  from.object("compressor", [&](JsonReader& in) {
    Compression& to = compressor.emplace();
    in.number("threshold_db", to.threshold_db, -60, 0);
    in.number("ratio", to.ratio, 1, 20);
    in.number("knee_db", to.knee_db, 0, 24);
    in.number("attack_ms", to.attack_ms, 0.5, 200);
    in.number("release_ms", to.release_ms, 5, 2000);
    in.number("makeup_db", to.makeup_db, -24, 24);
  });
}

void read_instrument(JsonReader& from, RigInstrument& instrument) {
  from.object("instrument", [&](JsonReader& in) {
    in.text("plugin", instrument.plugin);
    in.text("preset", instrument.preset);
    in.text("sound_font", instrument.sound_font);
    if (!instrument.sound_font.empty() && !(instrument.plugin + instrument.preset).empty())
      in.fail("sound_font", "stands alone: allowed beside it is neither plugin nor preset");
  });
}

RigPart read_part(const std::string& name, JsonReader& in) {
  RigPart part;
  part.mix.part = name;
  read_instrument(in, part.instrument);
  in.number("level_lu", part.mix.level_lu, -40, 10);
  in.number("gain_db", part.mix.gain_db, -60, 24);
  in.number("pan", part.mix.pan, -1, 1);
  in.number("reverb", part.mix.reverb_send, 0, 1);
  read_eq(in, part.mix.eq);
  read_compressor(in, part.mix.compressor);
  return part;
}

void read_members(JsonReader& in, Rig& rig) {
  std::string format;
  in.text("format", format);
  if (format != kFormat) in.fail("format", std::string("must be \"") + kFormat + "\"");
  in.text("about", rig.about);
  in.named_objects("parts", [&](const std::string& name, JsonReader& part) {
    const auto is_same = [&](const RigPart& other) { return same_name(other.mix.part, name); };
    if (rig.parts.size() == kMostParts) part.fail("", "is one part too many, allowed are 256");
    else if (std::any_of(rig.parts.begin(), rig.parts.end(), is_same))
      part.fail("", "is there twice, letters' case not regarded");
    else rig.parts.push_back(read_part(name, part));
  });
  in.object("bus", [&](JsonReader& bus) {
    read_eq(bus, rig.bus.eq);
    read_compressor(bus, rig.bus.compressor);
  });
  in.number("loudness_lufs", rig.loudness_lufs, -60, 0);
  in.number("true_peak_dbtp", rig.true_peak_dbtp, -30, 0);
}

using Rigs = std::map<std::string_view, Rig>;

const Rigs& shipped() {
  static const Rigs kRigs = [] {
    Rigs made;
    for (const embedded::File& file : embedded::rigs()) {
      auto rig = read_rig(file.text);
      TOCCATA_ASSERT(rig.has_value());
      made.emplace(file.name, *std::move(rig));
    }
    return made;
  }();
  return kRigs;
}

}  // namespace

Result<Rig, std::string> read_rig(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return Unexpected{describe(json.error())};
  Rig rig;
  std::string fault;
  JsonReader reader(*json, "rig", fault);
  read_members(reader, rig);
  reader.finish();
  if (!fault.empty()) return Unexpected{fault};
  return rig;
}

const Rig* find_rig(std::string_view name) {
  const auto found = shipped().find(name);
  return found == shipped().end() ? nullptr : &found->second;
}

std::vector<std::string_view> rig_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, rig] : shipped()) names.push_back(name);
  return names;
}

}  // namespace toccata::sound
