// SPDX-License-Identifier: MIT
// The folder of a run: what is kept of it at each moment is enough to go on from there.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "failure.hpp"
#include "interrupt.hpp"

#include <toccata/base/bytes.hpp>
#include <toccata/base/json.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::cli {

/// Files are written whole or not at all. The folder is made with the first of them.
class RunFolder {
 public:
  enum class Begin : std::uint8_t { Anew, Resumed };

  /// Errors: anew, a folder that holds something; one that may not be read; a file of that name; a
  /// folder above that is missing.
  static Outcome<std::unique_ptr<RunFolder>> open(const std::filesystem::path& path, Begin begin);

  const std::filesystem::path& path() const { return path_; }
  bool has(std::string_view name) const;
  Outcome<Bytes> read(std::string_view name) const;
  Outcome<Json> read_json(std::string_view name) const;
  Outcome<ml::Weights> read_weights(std::string_view name) const;
  Outcome<void> write(std::string_view name, ByteView content);
  Outcome<void> write(std::string_view name, std::string_view text);
  Outcome<void> write(std::string_view name, const ml::Weights& weights);
  /// Takes a file out that is no longer needed; none of that name is no error.
  void remove(std::string_view name);
  /// Takes everything out that this program wrote, and the folder if it made it.
  void discard();

  /// Adds a line to log.jsonl, with the time of day. An event that stands there already, but for
  /// its seconds, is not added again: it was logged before the run was broken off.
  Outcome<void> log(Json event);

 private:
  explicit RunFolder(std::filesystem::path path);
  Outcome<void> make();
  Outcome<void> read_log();
  void remove_half_made() const;

  std::filesystem::path path_;
  bool was_there_ = false;
  std::set<std::string> logged_;
  std::mutex writing_;
  OnInterrupt on_interrupt_;
};

}  // namespace toccata::cli
