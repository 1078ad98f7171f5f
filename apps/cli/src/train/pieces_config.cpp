// SPDX-License-Identifier: MIT
#include "pieces_config.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <toccata/learn/file_tree.hpp>

namespace toccata::cli {
namespace {

/// An option that was given must be the run's own.
template <class T>
Outcome<void> check_same(const char* option, const std::optional<T>& asked, const Json& own) {
  if (!asked || Json(*asked) == own) return {};
  return wrong_call(fmt::format("{} {}: the run was begun with {}; --resume goes on with the same",
                                option, to_text(Json(*asked), JsonLayout::Compact),
                                to_text(own, JsonLayout::Compact)));
}

}  // namespace

Json to_json(const PiecesConfig& config) {
  Json json;
  json.add("protocol", "pieces");
  json.add("data", config.data);
  json.add("seed", config.seed);
  json.add("max_files", config.max_files ? Json(*config.max_files) : Json());
  json.add("networks", config.networks ? Json(*config.networks) : Json());
  return json;
}

Outcome<PiecesConfig> pieces_config(const RunFolder& folder, const TrainRequest& request) {
  if (!folder.has(kPiecesConfig)) {
    if (!request.data) return wrong_call("train expression: --data DIR_OR_ZIP is missing");
    return PiecesConfig{*request.data, request.seed.value_or(kPiecesSeed), request.max_files,
                        request.networks};
  }
  TOCCATA_TRY(const Json found, folder.read_json(kPiecesConfig));
  const auto member = [&](const char* name) {
    const Json* value = found.find(name);
    return value == nullptr ? Json() : *value;
  };
  const Json protocol = member("protocol"), data = member("data");
  const auto seed = member("seed").whole();
  if (protocol != Json("pieces") || data.text() == nullptr || !seed)
    return cannot(fmt::format("{}: holds a run of another protocol",
                              (folder.path() / kPiecesConfig).string()));
  TOCCATA_CHECK(check_same("--data", request.data, data));
  TOCCATA_CHECK(check_same("--seed", request.seed, Json(*seed)));
  TOCCATA_CHECK(check_same("--max-files", request.max_files, member("max_files")));
  const Json networks = member("networks");  // may join later: nothing before them knows of any
  if (networks.text() != nullptr)
    TOCCATA_CHECK(check_same("--networks", request.networks, networks));
  PiecesConfig config{*data.text(), *seed, {}, {}};
  const Json files = member("max_files");
  if (files.integer() != nullptr) config.max_files = *files.integer();
  config.networks = request.networks;
  if (networks.text() != nullptr) config.networks = *networks.text();
  return config;
}

std::string licence_of(const std::string& data) {
  const auto tree = learn::FileTree::open(data);
  for (const char* name : {"LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"}) {
    const auto bytes = tree ? tree->read(name) : Result<Bytes, learn::DataError>(Bytes{});
    if (!bytes || bytes->empty()) continue;
    std::string_view line = as_text(*bytes);
    line.remove_prefix(std::min(line.find_first_not_of("# \r\n"), line.size()));
    return std::string(line.substr(0, std::min<std::size_t>(line.find_first_of("\r\n"), 120)));
  }
  return "unknown licence";
}

}  // namespace toccata::cli
