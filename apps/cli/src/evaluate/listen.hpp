// SPDX-License-Identifier: MIT
// A listening test: pieces played by rule, by models and not at all, for people to judge blind.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "failure.hpp"

#include <toccata/base/json.hpp>

#include "listen_page.hpp"

namespace toccata::cli {

struct ListenOptions {
  std::optional<std::filesystem::path> data;  ///< scores; none: pieces are composed
  std::filesystem::path folder;               ///< new or empty
  std::size_t pieces = 6;
  std::uint64_t seed = 1;  ///< of what is drawn, composed and played
};

struct ListenReport {
  ListenOptions options;
  std::vector<std::string> performers;  ///< in no order that tells
  ListenPage page;
  std::string missing;            ///< models that are not there, in words; empty where all are
  double loudness_missed_lu = 0;  ///< the most that a sound is softer than the others
};

/// Writes a page (listen.html) and its sounds into a folder, all at -23 LUFS: openings of scores of
/// the data's test side, about 20 seconds each, or composed piano pieces; each without a performer,
/// by `curve` and by the models that ship.
/// Errors: no module or font to render with; a folder that holds something; no score in the data.
Outcome<ListenReport> evaluate_listen(const ListenOptions& options);
std::string to_text(const ListenReport& report);
/// `toccata.listening/1` (docs/evaluations.md). It does not tell who plays what.
Json to_json(const ListenReport& report);

}  // namespace toccata::cli
