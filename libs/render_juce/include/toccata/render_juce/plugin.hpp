// SPDX-License-Identifier: GPL-3.0-or-later
// One plug-in, VST3 or LV2, loaded into this process and played offline.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/audio/signal.hpp>
#include <toccata/base/bytes.hpp>
#include <toccata/base/json.hpp>
#include <toccata/plugins/plugin_place.hpp>
#include <toccata/plugins/preset.hpp>
#include <toccata/render/stream.hpp>

namespace toccata::render_juce {

/// What plug-ins expect to find in a process: a message loop, which runs while this is asked to
/// pump, and a thread for their sound. One a process, made and used on its first thread.
class Host {
 public:
  Host();
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// Hands out the messages that wait, and those that come within `milliseconds`.
  void pump(int milliseconds);
  /// Runs work on the thread for sound and waits for it. Messages are handed out meanwhile only
  /// where it takes so long that it may be waiting for one, so that results do not depend on speed.
  void run_on_sound_thread(const std::function<void()>& work);

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

struct BusInfo {
  std::string name;
  int channels = 0;
  bool is_input = false, is_main = false;
};
struct ParameterInfo {
  std::string id, name, unit;
  double value = 0;  ///< 0 to 1
  std::string text;  ///< what the plug-in says of that value
};
struct PluginInfo {
  std::string name, vendor, version, category;
  std::string kind;      ///< "VST3" or "LV2"
  std::string class_id;  ///< 32 hexadecimal digits, or an LV2 plug-in's URI
  bool is_instrument = false, takes_midi = false;
  std::vector<BusInfo> buses;
  std::vector<ParameterInfo> parameters;
  std::vector<std::string> others;  ///< names of the other instruments in its bundle
};
Json to_json(const PluginInfo& info);

class Plugin {
 public:
  /// Without a name, the first instrument of several, else the first; with `wanted`, the class of
  /// that id.
  /// Errors: one line that says what could not be loaded, without the path.
  static Result<std::unique_ptr<Plugin>, std::string> load(
      Host& host, const plugins::PluginPlace& place,
      const std::optional<plugins::ClassId>& wanted = {});
  ~Plugin();

  PluginInfo info() const;
  /// Errors: the plug-in does not take it, or has no presets of this kind (LV2).
  Result<void, std::string> set_preset(ByteView vstpreset);
  /// Errors: LV2 plug-ins have none; the plug-in gives none.
  Result<Bytes, std::string> preset();
  /// By name or id, letters' case not regarded; `value` is what the plug-in shows ("-6 dB", "42" of
  /// what is counted), or a part of the range ("37.5%") where it shows no percents itself.
  /// Errors: none of that name, a value it would not show.
  Result<void, std::string> set_parameter(const std::string& name, const std::string& value);

  /// From here on it can play. Offline mode is told before anything else.
  Result<void, std::string> prepare(audio::SampleRate rate, std::size_t block);
  std::size_t latency_frames() const;
  /// Whether messages that come at one frame keep their order: VST3 keeps no order among
  /// controllers, nor between them and notes.
  bool keeps_order() const;
  /// A program of the plug-in's own list, where it has one.
  void select_program(int program);

  /// The next frames of sound; all messages take effect at the first. A mono plug-in sounds on
  /// both sides, of several output buses the main one is heard.
  /// Threads: on the host's thread for sound. Range: at most the prepared block.
  void process(std::span<const render::Message> messages, const render::Position& position,
               bool is_playing, audio::StereoSpan out);

 private:
  struct Impl;
  explicit Plugin(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace toccata::render_juce
