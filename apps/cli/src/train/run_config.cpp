// SPDX-License-Identifier: MIT
#include "run_config.hpp"

#include <fmt/format.h>

namespace toccata::cli {
namespace {

constexpr const char* kConfig = "config.json";

Unexpected<Failure> damaged(const RunFolder& folder, std::string_view what) {
  return cannot(fmt::format("{}: {}", (folder.path() / kConfig).string(), what));
}

RunConfig config_of(const TrainRequest& request) {
  RunConfig config;
  config.data = request.data;
  config.rows = request.rows;
  if (request.max_files) config.max_files = static_cast<std::size_t>(*request.max_files);
  if (request.sample) config.sample = static_cast<std::size_t>(*request.sample);
  if (request.seed) config.seed = *request.seed;
  return config;
}

std::optional<std::uint64_t> whole_in(const Json& json, std::string_view name) {
  const Json* value = json.find(name);
  return value == nullptr ? std::nullopt : value->whole();
}

Outcome<RunConfig> config_in(const RunFolder& folder) {
  TOCCATA_TRY(const Json json, folder.read_json(kConfig));
  const auto text_in = [&](const char* name) {
    const Json* value = json.find(name);
    const auto* text = value == nullptr ? nullptr : value->text();
    return text == nullptr ? std::nullopt : std::optional(*text);
  };
  if (text_in("protocol") != "notewise")
    return wrong_call(
        fmt::format("--protocol \"notewise\": the run in \"{}\" has \"{}\", allowed is the same",
                    folder.path().string(), text_in("protocol").value_or("none")));
  RunConfig config;
  config.data = text_in("data");
  config.rows = text_in("rows");
  const auto seed = whole_in(json, "seed");
  const auto max_files = whole_in(json, "max_files"), sample = whole_in(json, "sample");
  if (!seed || config.data.has_value() == config.rows.has_value() ||
      (config.data && (!max_files || !sample || *sample == 0)))
    return damaged(folder, "is not a run's");
  config.seed = *seed;
  config.max_files = max_files.value_or(config.max_files);
  config.sample = sample.value_or(config.sample);
  return config;
}

template <class Asked, class Kept>
Outcome<void> check_same(std::string_view option, const std::optional<Asked>& asked,
                         const std::optional<Kept>& kept) {
  if (!asked || (kept && *asked == static_cast<Asked>(*kept))) return {};
  return wrong_call(fmt::format("{} \"{}\": the run to resume has {}, allowed is the same or none",
                                option, *asked, kept ? fmt::format("\"{}\"", *kept) : "none"));
}

}  // namespace

Json to_json(const RunConfig& config) {
  Json json;
  json.add("protocol", "notewise");
  if (config.rows) json.add("rows", *config.rows);
  if (config.data) {
    json.add("data", *config.data);
    json.add("max_files", static_cast<std::int64_t>(config.max_files));
    json.add("sample", static_cast<std::int64_t>(config.sample));
  }
  json.add("seed", config.seed);
  return json;
}

Outcome<RunConfig> config_for(const RunFolder& folder, const TrainRequest& request) {
  if (!folder.has(kConfig)) return config_of(request);
  TOCCATA_TRY(RunConfig config, config_in(folder));
  TOCCATA_CHECK(check_same("--data", request.data, config.data));
  TOCCATA_CHECK(check_same("--rows", request.rows, config.rows));
  TOCCATA_CHECK(check_same("--max-files", request.max_files, std::optional(config.max_files)));
  TOCCATA_CHECK(check_same("--sample", request.sample, std::optional(config.sample)));
  TOCCATA_CHECK(check_same("--seed", request.seed, std::optional(config.seed)));
  return config;
}

}  // namespace toccata::cli
