// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/base/json.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/plan/instruments.hpp>

namespace toccata {
namespace embedded {
std::span<const File> plan_data();
}  // namespace embedded

namespace {

// The file is ours and tested whole, so a member that is missing is a broken contract.

const Json& member(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  TOCCATA_ASSERT(found != nullptr);
  return *found;
}
const std::string& text(const Json& json, std::string_view name) {
  return *member(json, name).text();
}
bool flag(const Json& json, std::string_view name) {
  const Json* found = json.find(name);
  return found != nullptr && *found->boolean();
}
PitchRange range(const Json& json, std::string_view name) {
  const auto& ends = *member(json, name).array();
  const auto pitch = [&](std::size_t i) {
    return *Pitch::from_number(static_cast<int>(*ends[i].integer()));
  };
  return {pitch(0), pitch(1)};
}

std::optional<HandStrokes> strokes(const Json& json) {
  const Json* found = json.find("strokes");
  if (found == nullptr) return std::nullopt;
  const auto key = [&](std::string_view name) {
    return static_cast<int>(*member(*found, name).integer());
  };
  return HandStrokes{key("low"), key("high"), key("light")};
}

InstrumentInfo instrument_of(const Json& json) {
  const auto program = static_cast<int>(*member(json, "program").integer());
  InstrumentInfo info{.id = text(json, "id"),
                      .names = {},
                      .french = text(json, "french"),
                      .instrument = {*Program::from_number(program), flag(json, "is_drums")},
                      .range = range(json, "range"),
                      .comfortable = range(json, "comfortable"),
                      .is_polyphonic = flag(json, "is_polyphonic"),
                      .is_bass = flag(json, "is_bass"),
                      .is_distorted = flag(json, "is_distorted"),
                      .breathes = flag(json, "breathes"),
                      .family = text(json, "family"),
                      .kinds = {},
                      .strokes = strokes(json)};
  for (const auto& name : *member(json, "names").array()) info.names.push_back(*name.text());
  if (const Json* kinds = json.find("kinds"))
    for (const auto& kind : *kinds->array()) info.kinds.push_back(*kind.text());
  return info;
}

/// The catalogue and its index, made when first asked for.
struct Catalogue {
  std::vector<InstrumentInfo> instruments;
  std::map<std::string_view, const InstrumentInfo*> by_name;

  Catalogue() {
    for (const auto& file : embedded::plan_data())
      if (file.name == "instruments") read(file.text);
    for (const auto& info : instruments) {
      by_name.emplace(info.id, &info);
      for (const auto& name : info.names) by_name.emplace(name, &info);
    }
  }
  void read(std::string_view json_text) {
    const auto json = parse_json(json_text);
    TOCCATA_ASSERT(json.has_value());
    for (const auto& item : *member(*json, "instruments").array())
      instruments.push_back(instrument_of(item));
  }
};

const Catalogue& catalogue() {
  static const Catalogue kCatalogue;
  return kCatalogue;
}

}  // namespace

const InstrumentInfo* InstrumentInfo::find(std::string_view name) {
  const auto& by_name = catalogue().by_name;
  const auto found = by_name.find(folded(name));
  return found == by_name.end() ? nullptr : found->second;
}

const InstrumentInfo* InstrumentInfo::find(const Instrument& instrument) {
  const auto found = std::ranges::find(all(), instrument, &InstrumentInfo::instrument);
  return found == all().end() ? nullptr : &*found;
}

std::span<const InstrumentInfo> InstrumentInfo::all() { return catalogue().instruments; }

}  // namespace toccata
