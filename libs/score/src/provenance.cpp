// SPDX-License-Identifier: MIT
#include <toccata/base/json.hpp>
#include <toccata/score/score.hpp>

namespace toccata {
namespace {

constexpr std::string_view kPrefix = "toccata ";

std::string text_of(const Json& object, std::string_view name) {
  const Json* member = object.find(name);
  return member != nullptr && member->text() != nullptr ? *member->text() : std::string();
}

}  // namespace

std::string to_text(const Provenance& provenance) {
  Json object;
  object.add("version", provenance.version);
  object.add("verb", provenance.verb);
  object.add("engine", provenance.engine);
  object.add("seed", provenance.seed);
  if (!provenance.brief.empty()) object.add("brief", provenance.brief);
  if (!provenance.weights.empty()) {
    Json weights = Json::Array{};
    for (const auto& weight : provenance.weights) weights.push(weight);
    object.add("weights", std::move(weights));
  }
  return std::string(kPrefix) + to_text(object, JsonLayout::Compact);
}

std::optional<Provenance> parse_provenance(std::string_view text) {
  if (!text.starts_with(kPrefix)) return std::nullopt;
  const auto object = parse_json(text.substr(kPrefix.size()));
  if (!object || object->object() == nullptr) return std::nullopt;
  const Json* member = object->find("seed");
  const auto seed = member == nullptr ? std::nullopt : member->whole();
  if (!seed) return std::nullopt;
  Provenance provenance{text_of(*object, "version"), text_of(*object, "verb"),
                        text_of(*object, "engine"),  *seed,
                        text_of(*object, "brief"),   {}};
  if (const Json* weights = object->find("weights");
      weights != nullptr && weights->array() != nullptr)
    for (const Json& weight : *weights->array())
      if (weight.text() != nullptr) provenance.weights.push_back(*weight.text());
  return provenance;
}

}  // namespace toccata
