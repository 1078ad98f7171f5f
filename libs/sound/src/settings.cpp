// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>

#include <toccata/sound/settings.hpp>

namespace toccata::sound {
namespace {

struct Limit {
  std::string name;
  double value, lowest, highest;
};

std::string plain(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
  return to_text(Json(value), JsonLayout::Compact);
}

std::optional<Error> broken(const Limit& limit) {
  if (limit.value >= limit.lowest && limit.value <= limit.highest) return std::nullopt;
  return Error{Fault::BadSettings, limit.name + ": " + plain(limit.value) + " is not in " +
                                       plain(limit.lowest) + ".." + plain(limit.highest)};
}

void add_limits(const std::string& of, const std::vector<EqBand>& eq,
                const std::optional<Compression>& compressor, std::vector<Limit>& limits) {
  for (const EqBand& band : eq) {
    limits.push_back({of + ": eq hertz", band.hertz, 10, 20000});
    limits.push_back({of + ": eq gain (dB)", band.gain_db, -24, 24});
    limits.push_back({of + ": eq q", band.q, 0.1, 10});
  }
  if (!compressor) return;
  limits.push_back({of + ": compressor threshold (dB)", compressor->threshold_db, -60, 0});
  limits.push_back({of + ": compressor ratio", compressor->ratio, 1, 20});
  limits.push_back({of + ": compressor knee (dB)", compressor->knee_db, 0, 24});
  limits.push_back({of + ": compressor attack (ms)", compressor->attack_ms, 0.5, 200});
  limits.push_back({of + ": compressor release (ms)", compressor->release_ms, 5, 2000});
  limits.push_back({of + ": compressor makeup (dB)", compressor->makeup_db, -24, 24});
}

void add_limits(const PartMix& part, std::vector<Limit>& limits) {
  const std::string of = "part '" + part.part + "'";
  limits.push_back({of + ": gain (dB)", part.gain_db, -60, 24});
  limits.push_back({of + ": pan", part.pan, -1, 1});
  limits.push_back({of + ": reverb send", part.reverb_send, 0, 1});
  limits.push_back({of + ": level (LU)", part.level_lu.value_or(0), -40, 10});
  add_limits(of, part.eq, part.compressor, limits);
}

std::optional<Error> first_broken(const Settings& settings) {
  std::vector<Limit> limits = {{"loudness (LUFS)", settings.loudness_lufs, -60, 0},
                               {"true peak (dBTP)", settings.true_peak_dbtp, -30, 0},
                               {"tail (seconds)", settings.tail_s.value_or(0), 0, 600},
                               {"threads", static_cast<double>(settings.threads), 0, 1024}};
  limits.push_back({"block (frames)", static_cast<double>(settings.block_frames), 16, 8192});
  limits.push_back({"plug-in's time (seconds)", settings.plugin_timeout_s, 0.1, 86400});
  for (const PartMix& part : settings.parts) add_limits(part, limits);
  add_limits("bus", settings.bus.eq, settings.bus.compressor, limits);
  for (const Limit& limit : limits)
    if (auto error = broken(limit)) return error;
  return std::nullopt;
}

Json number(std::optional<double> value) { return value ? Json(*value) : Json(); }

Json parts_json(const std::vector<PartReport>& parts) {
  Json::Array items;
  for (const PartReport& part : parts) {
    Json item;
    item.add("name", part.part);
    item.add("loudness_lufs", number(part.loudness_lufs));
    item.add("gain_db", part.gain_db);
    item.add("reduction_db", part.reduction_db);
    items.push_back(std::move(item));
  }
  return items;
}

Json spectrum_json(const std::vector<BandLevel>& bands) {
  Json::Array items;
  for (const BandLevel& band : bands) {
    Json item;
    item.add("hertz", band.hertz);
    item.add("level_db", band.level_db);
    items.push_back(std::move(item));
  }
  return items;
}

constexpr std::array kRates = {44100, 48000, 88200, 96000};
constexpr std::array kExtensions = {".wav", ".flac", ".ogg", ".mp3"};

}  // namespace

std::optional<Depth> find_depth(std::string_view name) {
  if (name == "16") return Depth::Pcm16;
  if (name == "24") return Depth::Pcm24;
  if (name == "32f") return Depth::Float32;
  return std::nullopt;
}

Json to_json(const Report& report) {
  Json json;
  json.add("loudness_lufs", number(report.loudness_lufs));
  json.add("loudness_range_lu", number(report.loudness_range_lu));
  json.add("true_peak_dbtp", report.true_peak_dbtp);
  json.add("target_missed_by_lu", report.target_missed_by_lu);
  json.add("seconds", report.seconds);
  json.add("gain_db", report.gain_db);
  json.add("reduction_db", report.reduction_db);
  json.add("backend", report.backend);
  json.add("sound_font", report.sound_font.string());
  Json::Array stems;
  for (const auto& stem : report.stems) stems.emplace_back(stem.string());
  json.add("stems", std::move(stems));
  json.add("parts", parts_json(report.parts));
  json.add("bus_reduction_db", report.bus_reduction_db);
  json.add("spectrum", spectrum_json(report.spectrum));
  return json;
}

Result<void, Error> check(const Settings& settings, const std::filesystem::path& out) {
  if (std::find(kRates.begin(), kRates.end(), settings.rate_hz) == kRates.end())
    return Unexpected{Error{Fault::BadSettings, "rate (Hz): " + std::to_string(settings.rate_hz) +
                                                    " is none of 44100, 48000, 88200, 96000"}};
  if (auto error = first_broken(settings)) return Unexpected{*std::move(error)};
  const std::string extension = out.extension().string();
  if (std::find(kExtensions.begin(), kExtensions.end(), extension) == kExtensions.end())
    return Unexpected{Error{Fault::BadSettings, out.string() + ": the extension of a sound file is "
                                                               ".wav, .flac, .ogg or .mp3"}};
  for (const auto& report : settings.reports)
    if (const auto kind = report.extension(); kind != ".json" && kind != ".svg" && kind != ".png")
      return Unexpected{Error{Fault::BadSettings, report.string() +
                                                      ": the extension of a report is "
                                                      ".json, .svg or .png"}};
  const bool is_float_flac = extension == ".flac" && settings.depth == Depth::Float32;
  const bool is_high_mp3 = extension == ".mp3" && settings.rate_hz > 48000;
  if (is_float_flac || is_high_mp3)
    return Unexpected{
        Error{Fault::BadSettings, out.string() + (is_high_mp3 ? ": MP3 has no rate over 48000 Hz"
                                                              : ": FLAC takes 16 or 24 bits")}};
  return {};
}

}  // namespace toccata::sound
