// SPDX-License-Identifier: GPL-3.0-or-later
#include "job.hpp"

namespace toccata::midirenderer {

Json to_json(const Job& job) {
  Json json;
  json.add("task", static_cast<int>(job.task));
  json.add("plugin", job.plugin);
  json.add("name", job.name);
  json.add("ready_s", job.ready_s);
  json.add("rate_hz", job.rate_hz);
  json.add("block", static_cast<std::int64_t>(job.block));
  if (job.tail_s) json.add("tail_s", *job.tail_s);
  json.add("midi", job.midi);
  json.add("preset", job.preset);
  json.add("out", job.out);
  json.add("watch", job.watch);
  Json parameters{Json::Array{}};
  for (const auto& [name, value] : job.parameters) parameters.push(Json::Array{name, value});
  json.add("parameters", std::move(parameters));
  return json;
}

std::optional<Job> parse_job(const std::string& text) {
  const auto json = parse_json(text);
  if (!json) return std::nullopt;
  bool is_whole = true;
  const auto member = [&](const char* name) -> const Json& {
    static const Json kNull;
    const Json* found = json->find(name);
    is_whole = is_whole && found != nullptr;
    return found == nullptr ? kNull : *found;
  };
  const auto whole = [&](const char* name) {
    const std::int64_t* number = member(name).integer();
    is_whole = is_whole && number != nullptr;
    return number == nullptr ? 0 : static_cast<int>(*number);
  };
  const auto words = [&](const char* name) {
    const std::string* found = member(name).text();
    is_whole = is_whole && found != nullptr;
    return found == nullptr ? std::string() : *found;
  };
  Job job;
  job.task = static_cast<Job::Task>(whole("task"));
  job.plugin = words("plugin");
  job.name = words("name");
  job.ready_s = member("ready_s").number().value_or(0);
  job.rate_hz = whole("rate_hz");
  job.block = static_cast<std::size_t>(whole("block"));
  if (const Json* tail = json->find("tail_s")) job.tail_s = tail->number();
  job.midi = whole("midi");
  job.preset = whole("preset");
  job.out = whole("out");
  job.watch = whole("watch");
  if (const Json::Array* parameters = member("parameters").array())
    for (const Json& pair : *parameters)
      if (pair.array() != nullptr && pair.array()->size() == 2 && (*pair.array())[0].text() &&
          (*pair.array())[1].text())
        job.parameters.emplace_back(*(*pair.array())[0].text(), *(*pair.array())[1].text());
  if (!is_whole) return std::nullopt;
  return job;
}

}  // namespace toccata::midirenderer
