// SPDX-License-Identifier: MIT
#include "instruments.hpp"

#include <algorithm>
#include <utility>

#include <toccata/base/file.hpp>
#include <toccata/plugins/kind.hpp>
#include <toccata/plugins/plugin_place.hpp>
#include <toccata/plugins/preset_file.hpp>

namespace toccata::render {
namespace {

using plugins::find_kind;
using plugins::PathKind;
using sound::Fault;
using sound::Instrument;
using sound::same_name;

Unexpected<sound::Error> fail(Fault fault, std::string text) {
  return Unexpected{sound::Error{fault, std::move(text)}};
}

Result<void, sound::Error> check_part(std::string_view part,
                                      std::span<const std::string_view> parts) {
  if (part.empty()) return {};
  std::string names;
  for (const std::string_view known : parts) {
    if (same_name(part, known)) return {};
    names += (names.empty() ? "" : ", ") + std::string(known);
  }
  return fail(Fault::BadSettings,
              "no part '" + std::string(part) + "' in the music; its parts are " + names);
}

std::string what_is(const std::filesystem::path& path, PathKind kind) {
  return path.string() + ": is " + plugins::describe(kind);
}

/// Whichever is which by content, not by place.
void put_in_place(Instrument& instrument) {
  const PathKind plugin = find_kind(instrument.plugin);
  const auto other = plugins::parse_plugin_place(instrument.preset.string());
  if (plugin == PathKind::Preset && (other.is_uri || plugins::is_plugin(find_kind(other.path))))
    std::swap(instrument.plugin, instrument.preset);
  if (plugin == PathKind::SoundFont && instrument.preset.empty())
    instrument.sound_font = std::exchange(instrument.plugin, {});
}

/// All of a font is looked at when it is loaded; this is so that nothing sounds before a wrong one
/// is told.
Result<void, sound::Error> check_font(const std::filesystem::path& path) {
  if (path.empty()) return {};
  const PathKind kind = find_kind(path);
  if (kind == PathKind::Missing)
    return fail(Fault::FontMissing, path.string() + ": no such sound font");
  if (kind != PathKind::SoundFont)
    return fail(Fault::FontDamaged, what_is(path, kind) + ", and no sound font");
  return {};
}

Result<void, sound::Error> check_plugin(const std::filesystem::path& named) {
  const auto place = plugins::parse_plugin_place(named.string());
  if (place.is_uri) return {};
  const PathKind kind = find_kind(place.path);
  if (kind == PathKind::Missing)
    return fail(Fault::Plugin, named.string() + ": no such plug-in" +
                                   (place.path.extension() == ".sf2" ? ", and no sound font" : ""));
  if (!plugins::is_plugin(kind))
    return fail(Fault::Plugin, what_is(place.path, kind) + ", and no plug-in");
  return {};
}

Result<void, sound::Error> check(Instrument& instrument) {
  if (instrument.plugin.empty()) {
    if (!instrument.preset.empty())
      return fail(Fault::BadSettings,
                  instrument.preset.string() + ": a preset needs the plug-in it is for");
    return check_font(instrument.sound_font);
  }
  put_in_place(instrument);
  if (instrument.plugin.empty()) return check_font(instrument.sound_font);
  TOCCATA_CHECK(check_plugin(instrument.plugin));
  if (instrument.preset.empty()) return {};
  const PathKind preset = find_kind(instrument.preset);
  if (preset == PathKind::Missing)
    return fail(Fault::Plugin, instrument.preset.string() + ": no such preset");
  if (preset != PathKind::Preset)
    return fail(Fault::Plugin, what_is(instrument.preset, preset) + ", and no preset");
  if (const auto read = plugins::read_playable_preset(instrument.preset); !read)
    return fail(Fault::Plugin, read.error());
  return {};
}

}  // namespace

Result<std::vector<Instrument>, sound::Error> check_instruments(
    std::span<const Instrument> instruments, std::span<const std::string_view> parts) {
  std::vector<Instrument> checked;
  for (Instrument instrument : instruments) {
    if (const auto known = check_part(instrument.part, parts); !known) {
      if (instrument.is_optional) continue;
      return Unexpected{known.error()};
    }
    TOCCATA_CHECK(check(instrument));
    checked.push_back(std::move(instrument));
  }
  return checked;
}

const Instrument* find_instrument(std::span<const Instrument> instruments, std::string_view part) {
  const Instrument* for_all = nullptr;
  for (const Instrument& instrument : instruments) {
    if (instrument.part.empty()) for_all = &instrument;
    else if (same_name(instrument.part, part)) return &instrument;
  }
  return for_all;
}

}  // namespace toccata::render
