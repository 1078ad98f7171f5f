// SPDX-License-Identifier: GPL-3.0-or-later
#include <toccata/render_juce/plugin.hpp>

namespace toccata::render_juce {

Json to_json(const PluginInfo& info) {
  Json json;
  json.add("name", info.name);
  json.add("vendor", info.vendor);
  json.add("version", info.version);
  json.add("class_id", info.class_id);
  json.add("kind", info.kind);
  json.add("category", info.category);
  json.add("instrument", info.is_instrument);
  json.add("takes_midi", info.takes_midi);
  Json buses{Json::Array{}}, parameters{Json::Array{}}, others{Json::Array{}};
  for (const BusInfo& bus : info.buses)
    buses.push(Json::Object{{"name", bus.name},
                            {"direction", bus.is_input ? "input" : "output"},
                            {"channels", bus.channels},
                            {"main", bus.is_main}});
  for (const ParameterInfo& parameter : info.parameters)
    parameters.push(Json::Object{{"id", parameter.id},
                                 {"name", parameter.name},
                                 {"unit", parameter.unit},
                                 {"value", parameter.value},
                                 {"text", parameter.text}});
  for (const std::string& other : info.others) others.push(other);
  json.add("buses", std::move(buses));
  json.add("parameters", std::move(parameters));
  json.add("others", std::move(others));
  return json;
}

}  // namespace toccata::render_juce
