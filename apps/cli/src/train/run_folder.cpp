// SPDX-License-Identifier: MIT
#include "run_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <unistd.h>

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLog = "log.jsonl";

/// Whether a name is one that a file has until it is placed: NAME.PID-COUNT.part and an ending.
bool is_beside(std::string_view name) {
  constexpr std::string_view kPart = ".part";
  const std::size_t at = name.rfind(kPart);
  if (at == std::string_view::npos) return false;
  const std::string_view ending = name.substr(at + kPart.size());
  if (!ending.empty() && (ending.front() != '.' || ending.rfind('.') != 0)) return false;
  std::string_view numbers = name.substr(0, at);
  numbers.remove_prefix(std::min(numbers.size(), numbers.rfind('.') + 1));
  const std::size_t dash = numbers.find('-');
  const auto is_number = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return dash != std::string_view::npos && is_number(numbers.substr(0, dash)) &&
         is_number(numbers.substr(dash + 1));
}

/// Whether a name is that of a file of a run which write_file() had not ended when it was killed.
bool is_half_made(const std::string& name) {
  constexpr std::string_view kBegins[] = {"card.",      "config.json.", "curve-",   "fitted-",
                                          "log.jsonl.", "model.",       "network.", "packing.",
                                          "pieces.",    "report.",      "rows."};
  return is_beside(name) &&
         std::ranges::any_of(kBegins, [&](auto begin) { return name.starts_with(begin); });
}

/// "2026-01-31T09:30:00Z".
std::string time_of_day() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// An event without what differs between two runs that are alike.
std::string identity_of(const Json& event) {
  Json out = Json::Object{};
  for (const auto& [name, value] : *event.object())
    if (name != "at" && !name.ends_with("seconds") && name != "files_per_second")
      out.add(name, value);
  return to_text(out, JsonLayout::Compact);
}

}  // namespace

RunFolder::RunFolder(fs::path path)
    : path_(std::move(path)), on_interrupt_([this] {
        writing_.lock();  // for ever: the program ends by the signal
        remove_half_made();
      }) {}

Outcome<std::unique_ptr<RunFolder>> RunFolder::open(const fs::path& path, Begin begin) {
  const auto fail = [&](std::string_view what) {
    return cannot(fmt::format("-o \"{}\": {}", path.string(), what));
  };
  std::error_code error;
  const auto status = fs::status(path, error);
  const fs::path above = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::exists(status) && !fs::is_directory(above, error))
    return fail(fmt::format("the folder \"{}\" does not exist", above.string()));
  if (fs::exists(status) && !fs::is_directory(status)) return fail("is a file, not a folder");
  std::unique_ptr<RunFolder> folder(new RunFolder(path));
  folder->was_there_ = fs::exists(status);
  if (!folder->was_there_) return folder;
  folder->remove_half_made();
  const bool is_empty = fs::is_empty(path, error);
  if (error) return fail(error.message());
  if (begin == Begin::Anew && !is_empty)
    return fail(folder->has("config.json")
                    ? "holds a run already; --resume goes on with it, a new run needs a new folder"
                    : "is not empty; a new or an empty folder is needed");
  if (begin == Begin::Anew) return folder;
  if (!is_empty && !folder->has("config.json")) return fail("is not empty and holds no run");
  TOCCATA_CHECK(folder->read_log());
  return folder;
}

bool RunFolder::has(std::string_view name) const {
  std::error_code ignored;
  return fs::is_regular_file(path_ / name, ignored);
}

Outcome<Bytes> RunFolder::read(std::string_view name) const {
  auto bytes = read_file(path_ / name);
  if (!bytes) return cannot(describe(bytes.error()));
  return *std::move(bytes);
}

Outcome<Json> RunFolder::read_json(std::string_view name) const {
  TOCCATA_TRY(const Bytes bytes, read(name));
  auto json = parse_json(as_text(bytes));
  if (!json) return cannot(fmt::format("{}: {}", (path_ / name).string(), describe(json.error())));
  return *std::move(json);
}

Outcome<ml::Weights> RunFolder::read_weights(std::string_view name) const {
  TOCCATA_TRY(Bytes bytes, read(name));
  auto weights = ml::read_weights(std::move(bytes));
  if (!weights)
    return cannot(fmt::format("{}: {}", (path_ / name).string(), describe(weights.error())));
  return *std::move(weights);
}

Outcome<void> RunFolder::make() {
  std::error_code error;
  fs::create_directory(path_, error);
  if (error) return cannot(fmt::format("-o \"{}\": {}", path_.string(), error.message()));
  return {};
}

Outcome<void> RunFolder::write(std::string_view name, ByteView content) {
  const std::lock_guard lock(writing_);
  TOCCATA_CHECK(make());
  const auto written = write_file(path_ / name, content);
  if (!written) return cannot(describe(written.error()));
  return {};
}
Outcome<void> RunFolder::write(std::string_view name, std::string_view text) {
  return write(name, as_bytes(text));
}
Outcome<void> RunFolder::write(std::string_view name, const ml::Weights& weights) {
  return write(name, ml::write_weights(weights));
}

void RunFolder::remove(std::string_view name) {
  std::error_code ignored;
  fs::remove(path_ / name, ignored);
}

void RunFolder::discard() {
  std::error_code ignored;
  for (const char* name : {"config.json", "packing.safetensors", "log.jsonl"}) remove(name);
  if (!was_there_) fs::remove(path_, ignored);
}

Outcome<void> RunFolder::log(Json event) {
  if (!logged_.insert(identity_of(event)).second) return {};
  event.add("at", time_of_day());
  const std::string line = to_text(event, JsonLayout::Compact) + "\n";
  const std::lock_guard lock(writing_);
  TOCCATA_CHECK(make());
  const fs::path file = path_ / kLog;
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const bool done = descriptor >= 0 && ::write(descriptor, line.data(), line.size()) ==
                                           static_cast<ssize_t>(line.size());
  const int code = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done) return cannot(fmt::format("{}: {}", file.string(), std::strerror(code)));
  return {};
}

/// A line that was not written to its end is taken off.
Outcome<void> RunFolder::read_log() {
  if (!has(kLog)) return {};
  TOCCATA_TRY(const Bytes bytes, read(kLog));
  std::string_view text = as_text(bytes);
  const std::string_view whole = text.substr(0, text.rfind('\n') + 1);
  if (whole.size() < text.size()) TOCCATA_CHECK(write(kLog, whole));
  text = whole;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto event = parse_json(text.substr(0, end));
    if (event && event->object() != nullptr) logged_.insert(identity_of(*event));
    text.remove_prefix(end + 1);
  }
  return {};
}

void RunFolder::remove_half_made() const {
  std::error_code ignored;
  for (fs::directory_iterator at(path_, ignored), end; !ignored && at != end; at.increment(ignored))
    if (is_half_made(at->path().filename().string())) fs::remove(at->path(), ignored);
}

}  // namespace toccata::cli
