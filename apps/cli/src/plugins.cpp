// SPDX-License-Identifier: MIT
// plugins: which plug-ins there are, what they are and whether they sound. MidiRenderer loads them.
#include <algorithm>
#include <cstdlib>
#include <map>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/plugins/renderer_program.hpp>

#include "say.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kTimeout = 60, kMostTimeout = 86400;

/// Where what scans found is kept: the user's cache, or nowhere.
fs::path cache_path() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return fs::path(cache) / "toccata/plugins.jsonl";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return fs::path(home) / ".cache/toccata/plugins.jsonl";
  return {};
}

std::string text_of(const Json& json, std::string_view name) {
  const Json* member = json.find(name);
  return member != nullptr && member->text() != nullptr ? *member->text() : std::string();
}
std::size_t count_of(const Json& json, std::string_view name) {
  const Json* member = json.find(name);
  return member != nullptr && member->array() != nullptr ? member->array()->size() : 0;
}

bool is_uri(const std::string& name) {
  return name.find("://") != std::string::npos || name.rfind("urn:", 0) == 0;
}
/// The name that a plug-in is kept by: from wherever the program is run, it is the same one.
std::string whole_name(const std::string& name) {
  std::error_code ignored;
  return is_uri(name) ? name : fs::absolute(name, ignored).lexically_normal().string();
}
/// Whether the bundle of such a name, which may be BUNDLE#NAME, still exists.
bool is_there(const std::string& name) {
  std::error_code ignored;
  return is_uri(name) || fs::exists(name, ignored) ||
         (name.find('#') != std::string::npos &&
          fs::exists(name.substr(0, name.rfind('#')), ignored));
}

/// What is known of each plug-in, by its path.
using Known = std::map<std::string, Json>;

Known read_cache() {
  Known known;
  const auto bytes = read_file(cache_path());
  if (!bytes) return known;  // nothing was scanned yet
  std::string_view left = as_text(*bytes);
  while (!left.empty()) {
    const auto end = left.find('\n');
    const auto json = parse_json(left.substr(0, end));
    left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    if (json && !text_of(*json, "path").empty())
      known.insert_or_assign(text_of(*json, "path"), *json);
  }
  return known;
}

/// A cache that cannot be written is none: what was found has been told.
void write_cache(const Known& known) {
  const fs::path path = cache_path();
  if (path.empty()) return;
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  std::string text;
  for (const auto& [name, json] : known) text += to_text(json, JsonLayout::Compact) + "\n";
  (void)write_file(path, as_bytes(text));
}

std::string in_words(const Json& json) {
  if (json.find("fault") != nullptr) return text_of(json, "fault") + "\n";
  const Json* sounds = json.find("sounds");
  const bool does = sounds != nullptr && sounds->boolean() != nullptr && *sounds->boolean();
  return fmt::format("{}: {} by {}, {} {}, {} buses, {} parameters, {}\n", text_of(json, "path"),
                     text_of(json, "name"), text_of(json, "vendor"), text_of(json, "kind"),
                     text_of(json, "class_id"), count_of(json, "buses"),
                     count_of(json, "parameters"), does ? "sounds" : "does not sound");
}

struct Request {
  std::string action;
  std::vector<std::string> paths;
  double timeout_s = kTimeout;
  bool is_json = false;
};

Outcome<Request> request_of(const Arguments& arguments) {
  Request request;
  const auto& words = arguments.positionals();
  request.action = words.front();
  request.paths.assign(words.begin() + 1, words.end());
  request.is_json = arguments.has("--json");
  TOCCATA_TRY(const auto timeout, arguments.real("--timeout", 0.1, kMostTimeout));
  request.timeout_s = timeout.value_or(kTimeout);
  const auto wrong = [&](const char* allowed) {
    return wrong_call(
        fmt::format("plugins {}: {} (see toccata plugins --help)", request.action, allowed));
  };
  if (request.action == "scan" && request.paths.empty()) return wrong("a folder is needed");
  if (request.action == "check" && request.paths.size() != 1) return wrong("one plug-in is needed");
  if (request.action == "list" && !request.paths.empty()) return wrong("nothing more is taken");
  if (request.action != "scan" && request.action != "check" && request.action != "list")
    return wrong("unknown, allowed are scan, list and check");
  return request;
}

Outcome<void> tell(const Json& json, const Request& request) {
  return say(request.is_json ? to_text(json, JsonLayout::Compact) + "\n" : in_words(json));
}

Outcome<void> list(const Request& request) {
  const Known known = read_cache();
  for (const auto& [path, json] : known) {
    if (is_there(path)) TOCCATA_CHECK(tell(json, request));
  }
  if (known.empty() && !request.is_json)
    return say("no plug-in is known yet: toccata plugins scan DIR looks for some\n");
  return {};
}

/// A plug-in's faults are part of the answer of a scan, and the end of a check.
Outcome<void> ask(const Request& request) {
  const auto program = plugins::find_renderer();
  if (!program) return cannot(describe(program.error()));
  Known known = read_cache();
  Outcome<void> told;
  plugins::RunOptions options;
  options.arguments = {request.action};
  options.arguments.insert(options.arguments.end(), request.paths.begin(), request.paths.end());
  for (const std::string& word :
       {std::string("--json"), std::string("--timeout"), fmt::format("{}", request.timeout_s)})
    options.arguments.push_back(word);
  // Each plug-in has the limit until it sounds and half of it while it plays, so that a scan ends
  // by itself.
  constexpr double kSpare = 5;
  options.limit_s = options.quiet_s = 1.5 * request.timeout_s + kSpare;
  bool has_answer = false;
  std::string tried = request.action == "check" ? request.paths.front() : "";
  options.on_line = [&](const Json& line) {
    if (text_of(line, "event") == "trying") tried = text_of(line, "plugin");
    if (text_of(line, "path").empty()) return;
    has_answer = true;
    const std::string whole = whole_name(text_of(line, "path"));
    Json kept = Json::Object{{"path", whole}};
    for (const auto& [name, value] : *line.object())
      if (name != "path") kept.add(name, value);
    known.insert_or_assign(whole, std::move(kept));
    const bool is_shown =
        request.action == "scan" || request.is_json || line.find("fault") == nullptr;
    if (told && is_shown) told = tell(line, request);
  };
  const auto run = plugins::run_program(*program, options);
  if (has_answer) write_cache(known);
  if (!run) {
    const bool is_wrong = run.error().fault == plugins::RunFault::WrongCall;
    const bool is_late = run.error().fault == plugins::RunFault::TimedOut;
    return Unexpected{
        Failure{is_wrong ? Status::WrongCall : Status::Failed,
                (is_late && !tried.empty() ? tried + ": " : "") + describe(run.error())}};
  }
  return told;
}

Outcome<void> run(const Arguments& arguments) {
  TOCCATA_TRY(const Request request, request_of(arguments));
  return request.action == "list" ? list(request) : ask(request);
}

constexpr OptionSpec kOptions[] = {
    {"--timeout", "S", Takes::OneValue,
     "so long a plug-in may take to load and to sound, 0.1 to 86400 (default: 60)"},
    {"--json", "", Takes::Nothing,
     "one JSON value a plug-in and line: path, name, vendor, class_id, kind, buses, parameters, "
     "sounds; or path and fault"},
};

}  // namespace

Verb plugins_verb() {
  return {"plugins",
          "Finds VST3 and LV2 plug-ins, tells what they are and whether they sound.",
          {"ACTION",
           "scan DIR: all in a folder, each tried in a process of its own; list: what scans found; "
           "check PLUGIN: one",
           PositionalSpec::Count::OneOrMore},
          kOptions,
          "toccata plugins check /usr/lib/vst3/Piano.vst3 --timeout 20",
          run};
}

}  // namespace toccata::cli
