// SPDX-License-Identifier: MIT
#include "rigs.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/plan/settings.hpp>
#include <toccata/plugins/plugin_place.hpp>

#include "list_option.hpp"
#include "shipped.hpp"

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

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
Outcome<std::optional<ChosenRig>> named_rig(const std::string& name) {
  if (name == "genre") return std::optional<ChosenRig>();
  if (fs::path(name).extension() == ".json") {
    TOCCATA_TRY(sound::Rig rig, read_rig_file(name));
    return std::optional(ChosenRig{std::move(rig), fs::path(name).parent_path(), {}});
  }
  if (const sound::Rig* rig = sound::find_rig(name))
    return std::optional(ChosenRig{*rig, {}, name});
  return wrong_call(fmt::format("--rig \"{}\": no such rig, {}", name, allowed()));
}

/// The instrument that the genre's own player of a role has.
const Instrument* usual_instrument(const std::string& genre, Role role) {
  const Genre* found = Genre::find(genre);
  if (found == nullptr) return nullptr;
  const auto seat = std::ranges::find(found->ensemble, role, &EnsembleSeat::role);
  if (seat == found->ensemble.end()) return nullptr;
  const InstrumentInfo* info = InstrumentInfo::find(seat->instrument);
  return info == nullptr ? nullptr : &info->instrument;
}

const sound::RigPart* find_part(const sound::Rig& rig, const std::string& name) {
  const auto find = [&](std::string_view wanted) {
    return std::ranges::find_if(rig.parts, [&](const sound::RigPart& part) {
      return sound::same_name(part.mix.part, wanted);
    });
  };
  auto found = find(name);
  if (found == rig.parts.end()) found = find(sound::kOtherParts);
  return found == rig.parts.end() ? nullptr : &*found;
}

const ShippedPreset* preset_for(const ChosenRig& chosen, const Part& part) {
  const sound::RigPart* rigged = find_part(chosen.rig, part.name);
  const Instrument* usual = usual_instrument(chosen.genre, part.role);
  const bool is_usual = usual != nullptr && *usual == part.instrument;
  if (is_usual && rigged != nullptr && !rigged->instrument.preset.empty())
    return find_preset(rigged->instrument.preset);
  return find_preset_for(part.instrument);
}

using Instruments = std::vector<sound::Instrument>;

/// A genre's instruments; without paths where they are not installed.
Instruments genre_instruments(const ChosenRig& chosen, const Score& score,
                              const std::optional<Shipped>& shipped) {
  Instruments instruments;
  for (const Part& part : score.parts)
    if (const ShippedPreset* preset = preset_for(chosen, part)) {
      sound::Instrument& one = instruments.emplace_back();
      one.part = part.name;
      if (shipped) one.plugin = shipped->plugin, one.preset = shipped->presets / preset->file;
    }
  return instruments;
}

Outcome<sound::Instrument> shipped_instrument(const sound::RigPart& part) {
  const std::string& name = part.instrument.preset;
  const ShippedPreset* preset = find_preset(name);
  if (preset == nullptr)
    return cannot(
        fmt::format("--rig: part \"{}\": no shipped preset is called \"{}\"; with "
                    "\"plugin\" beside it a preset is a file",
                    part.mix.part, name));
  const auto shipped = find_shipped();
  if (!shipped)
    return cannot(
        fmt::format("--rig: part \"{}\": the preset \"{}\" needs the project's plug-in "
                    "and MidiRenderer (./toccata setup vst3)",
                    part.mix.part, name));
  return sound::Instrument{{}, shipped->plugin, shipped->presets / preset->file, {}};
}

/// What a rig file names, its paths beside it.
Outcome<Instruments> file_instruments(const ChosenRig& chosen) {
  Instruments instruments;
  const auto beside = [&](const std::string& path) {
    const bool is_path = !path.empty() && !plugins::parse_plugin_place(path).is_uri;
    return is_path ? chosen.folder / path : fs::path(path);
  };
  for (const sound::RigPart& part : chosen.rig.parts) {
    const sound::RigInstrument& named = part.instrument;
    if (named == sound::RigInstrument{}) continue;
    sound::Instrument instrument{
        {}, beside(named.plugin), beside(named.preset), beside(named.sound_font)};
    if (named.plugin.empty() && named.sound_font.empty()) {
      TOCCATA_TRY(instrument, shipped_instrument(part));
    }
    if (part.mix.part != sound::kOtherParts) instrument.part = part.mix.part;
    instrument.is_optional = true;
    instruments.push_back(std::move(instrument));
  }
  return instruments;
}

/// Without those that the call itself gives an instrument.
Instruments not_named(Instruments instruments, const sound::Settings& settings) {
  const auto is_named = [&](const sound::Instrument& instrument) {
    return std::ranges::any_of(settings.instruments, [&](const sound::Instrument& other) {
      return other.part.empty() || sound::same_name(other.part, instrument.part);
    });
  };
  std::erase_if(instruments, is_named);
  return instruments;
}

}  // namespace

Outcome<void> check_rig(const Arguments& arguments) {
  if (const auto name = arguments.text("--rig")) TOCCATA_CHECK(named_rig(*name));
  return {};
}

Outcome<std::optional<ChosenRig>> rig_of(const Arguments& arguments, const Score& score) {
  const auto name = arguments.text("--rig");
  if (!name) return std::optional<ChosenRig>();
  TOCCATA_TRY(auto chosen, named_rig(*name));
  if (chosen) return chosen;
  const std::string id = genre_of(score);
  const Genre* genre = Genre::find(id);
  if (genre == nullptr)
    return cannot("--rig genre: the music does not say what genre it is of; " + allowed());
  const sound::Rig* own = sound::find_rig(genre->rig);
  if (own == nullptr) return cannot(fmt::format("--rig genre: {} has no rig; {}", id, allowed()));
  return std::optional(ChosenRig{*own, {}, id});
}

Outcome<bool> apply_rig(const ChosenRig& chosen, const Score& score, const Arguments& arguments,
                        sound::Settings& settings) {
  for (const sound::RigPart& part : chosen.rig.parts) settings.parts.push_back(part.mix);
  settings.bus = chosen.rig.bus;
  if (chosen.rig.loudness_lufs && !arguments.has("--loudness"))
    settings.loudness_lufs = *chosen.rig.loudness_lufs;
  if (chosen.rig.true_peak_dbtp && !arguments.has("--true-peak"))
    settings.true_peak_dbtp = *chosen.rig.true_peak_dbtp;
  Instruments instruments;
  bool fell_back = false;
  if (chosen.genre.empty()) {
    TOCCATA_TRY(instruments, file_instruments(chosen));
    instruments = not_named(std::move(instruments), settings);
  } else if (!arguments.has("--sound-font")) {
    const auto shipped = find_shipped();
    instruments = not_named(genre_instruments(chosen, score, shipped), settings);
    fell_back = !shipped && !instruments.empty();
    if (!shipped) instruments.clear();
  }
  settings.instruments.insert(settings.instruments.end(), instruments.begin(), instruments.end());
  return fell_back;
}

std::vector<std::string> rig_notes(const ChosenRig& chosen, const sound::Report& report,
                                   bool fell_back) {
  std::vector<std::string> notes;
  if (fell_back)
    notes.push_back(
        "--rig: mixed as it says but played on the sound font, as its plug-in is not built "
        "(./toccata setup vst3)");
  if (!chosen.genre.empty()) return notes;
  for (const sound::RigPart& part : chosen.rig.parts) {
    const std::string& name = part.mix.part;
    const bool is_there = std::ranges::any_of(
        report.parts, [&](const auto& one) { return sound::same_name(one.part, name); });
    if (!is_there && name != sound::kOtherParts)
      notes.push_back(fmt::format("--rig: the music has no part \"{}\", passed over", name));
  }
  return notes;
}

}  // namespace toccata::cli
