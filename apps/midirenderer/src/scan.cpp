// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <toccata/plugins/kind.hpp>
#include <toccata/plugins/plugin_place.hpp>

#include "launch.hpp"
#include "verbs.hpp"

namespace toccata::midirenderer {
namespace {

namespace fs = std::filesystem;
using cli::cannot;

bool is_named_bundle(const fs::path& path) {
  const fs::path name = path.has_filename() ? path : path.parent_path();
  return name.extension() == ".vst3" || name.extension() == ".lv2";
}

/// Bundles under a folder; what lies inside one is its own.
void find_bundles(const fs::path& folder, int depth, std::set<fs::path>& into) {
  constexpr int kDeepest = 16;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path& path = entry.path();
    std::error_code ignored;
    if (is_named_bundle(path)) into.insert(path);
    else if (depth < kDeepest && entry.is_directory(ignored) && !entry.is_symlink(ignored))
      find_bundles(path, depth + 1, into);
  }
}

std::string in_full(const plugins::PluginPlace& place) {
  return place.path.string() + (place.name.empty() ? "" : "#" + place.name);
}

/// What a plug-in says of itself, its path first; or its path and the fault.
struct Checked {
  Json json;
  std::optional<Failure> fault;
};
Outcome<Checked> check_one(const plugins::PluginPlace& place, double timeout_s) {
  TOCCATA_TRY(const auto temporary, TemporaryFolder::make());
  Launch launching;
  launching.job = {Job::Task::Check, place.path.string(), place.name};
  launching.timeout_s = timeout_s;
  auto done = launch(std::move(launching), *temporary);
  const std::string path = in_full(place);
  Checked checked{Json::Object{{"path", path}}, {}};
  if (!done) {
    checked.json.add("fault", done.error().what);
    checked.fault = std::move(done).error();
    return checked;
  }
  if (const Json* about = done->find("about"); about != nullptr && about->object() != nullptr)
    for (const auto& [name, value] : *about->object()) checked.json.add(name, value);
  const Json* sounds = checked.json.find("sounds");
  const Json* takes_midi = checked.json.find("takes_midi");
  const bool is_silent = sounds != nullptr && sounds->boolean() && !*sounds->boolean();
  if (is_silent && takes_midi != nullptr && takes_midi->boolean() && *takes_midi->boolean())
    checked.fault =
        Failure{cli::Status::Failed,
                fmt::format("{}: the plug-in stayed silent: none of the notes tried was "
                            "heard in {:g} s (--timeout)",
                            path, timeout_s)};
  return checked;
}

std::string text_of(const Json& json, const char* name) {
  const Json* member = json.find(name);
  return member != nullptr && member->text() != nullptr ? *member->text() : std::string();
}
std::size_t count_of(const Json& json, const char* name) {
  const Json* member = json.find(name);
  return member != nullptr && member->array() != nullptr ? member->array()->size() : 0;
}

std::string in_words(const Checked& checked) {
  if (checked.json.find("fault") != nullptr) return text_of(checked.json, "fault");
  const Json* sounds = checked.json.find("sounds");
  const bool does = sounds != nullptr && sounds->boolean() && *sounds->boolean();
  return fmt::format("{}: {} by {}, {} {}, {} buses, {} parameters, {}",
                     text_of(checked.json, "path"), text_of(checked.json, "name"),
                     text_of(checked.json, "vendor"), text_of(checked.json, "kind"),
                     text_of(checked.json, "class_id"), count_of(checked.json, "buses"),
                     count_of(checked.json, "parameters"), does ? "sounds" : "does not sound");
}

Outcome<void> tell(const Checked& checked, const Call& call) {
  return print(call.is_json ? to_text(checked.json, JsonLayout::Compact)
                            : cli::one_line(in_words(checked)));
}

/// Says what it is about to try, and then what came of it.
Outcome<Checked> try_one(const plugins::PluginPlace& place, const Call& call) {
  if (call.is_json)
    TOCCATA_CHECK(print(to_text(Json(Json::Object{{"event", "trying"}, {"plugin", in_full(place)}}),
                                JsonLayout::Compact)));
  TOCCATA_TRY(Checked checked, check_one(place, call.timeout_s));
  TOCCATA_CHECK(tell(checked, call));
  return checked;
}

}  // namespace

Outcome<void> check(const CheckOptions& options, const Call& call) {
  TOCCATA_TRY(const Checked checked, check_one(options.plugin, call.timeout_s));
  if (call.is_json || !checked.fault) TOCCATA_CHECK(tell(checked, call));
  if (checked.fault) return Unexpected{*checked.fault};
  return {};
}

Outcome<void> scan(const ScanOptions& options, const Call& call) {
  std::set<fs::path> bundles;
  for (const fs::path& folder : options.folders) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
      return cannot(fmt::format("{}: no such folder", folder.string()));
    if (is_named_bundle(folder)) bundles.insert(folder);
    else find_bundles(folder, 0, bundles);
  }
  for (const fs::path& bundle : bundles) {
    TOCCATA_TRY(const Checked first, try_one({bundle}, call));
    const Json* others = first.json.find("others");
    if (others == nullptr || others->array() == nullptr) continue;
    for (const Json& other : *others->array())
      if (other.text() != nullptr) TOCCATA_CHECK(try_one({bundle, *other.text()}, call));
  }
  return {};
}

}  // namespace toccata::midirenderer
