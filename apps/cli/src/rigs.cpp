// SPDX-License-Identifier: MIT
#include "rigs.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/plan/genre.hpp>
#include <toccata/plan/settings.hpp>

#include "list_option.hpp"

namespace toccata::cli {
namespace {

constexpr std::size_t kLargestRig = std::size_t{1} << 20;

Outcome<sound::Rig> read_rig_file(const std::string& path) {
  const auto bytes = read_file(path, kLargestRig);
  if (!bytes) return cannot("--rig: " + describe(bytes.error()));
  auto rig = sound::read_rig(as_text(*bytes));
  if (!rig) return cannot(fmt::format("{}: {}", path, rig.error()));
  return *std::move(rig);
}

/// The genre that a piece was made in, as its provenance tells; empty where it tells none.
std::string genre_of(const Score& score) {
  if (score.provenance.empty()) return {};
  const auto json = parse_json(score.provenance.back().brief);
  if (!json) return {};
  const auto brief = brief_from_json(*json);
  if (!brief) return {};
  const auto settled = settle(*brief, score.provenance.back().seed);
  if (!settled || settled->settings.genres.empty()) return {};
  const auto& genres = settled->settings.genres;
  return std::ranges::max_element(genres, {}, &GenreShare::weight)->genre;
}

std::string allowed() {
  return fmt::format("allowed are genre, {}, and files ending in .json",
                     joined(sound::rig_names()));
}

/// Nothing where the piece itself has to say it.
Outcome<std::optional<sound::Rig>> named_rig(const std::string& name) {
  if (name == "genre") return std::optional<sound::Rig>();
  if (std::filesystem::path(name).extension() == ".json") {
    TOCCATA_TRY(sound::Rig rig, read_rig_file(name));
    return std::optional(std::move(rig));
  }
  if (const sound::Rig* rig = sound::find_rig(name)) return std::optional(*rig);
  return wrong_call(fmt::format("--rig \"{}\": no such rig, {}", name, allowed()));
}

}  // namespace

Outcome<void> check_rig(const Arguments& arguments) {
  if (const auto name = arguments.text("--rig")) TOCCATA_CHECK(named_rig(*name));
  return {};
}

Outcome<std::optional<sound::Rig>> rig_of(const Arguments& arguments, const Score& score) {
  const auto name = arguments.text("--rig");
  if (!name) return std::optional<sound::Rig>();
  TOCCATA_TRY(auto rig, named_rig(*name));
  if (rig) return rig;
  const std::string id = genre_of(score);
  const Genre* genre = Genre::find(id);
  if (genre == nullptr)
    return cannot("--rig genre: the music does not say what genre it is of; " + allowed());
  const sound::Rig* own = sound::find_rig(genre->rig);
  if (own == nullptr) return cannot(fmt::format("--rig genre: {} has no rig; {}", id, allowed()));
  return std::optional(*own);
}

void apply_rig(const sound::Rig& rig, const Arguments& arguments, sound::Settings& settings) {
  for (const sound::RigPart& part : rig.parts) settings.parts.push_back(part.mix);
  settings.bus = rig.bus;
  if (rig.loudness_lufs && !arguments.has("--loudness"))
    settings.loudness_lufs = *rig.loudness_lufs;
  if (rig.true_peak_dbtp && !arguments.has("--true-peak"))
    settings.true_peak_dbtp = *rig.true_peak_dbtp;
}

}  // namespace toccata::cli
