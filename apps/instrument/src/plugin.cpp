// SPDX-License-Identifier: MIT
// The instrument as DPF wants it, which makes a VST3, an LV2 and a CLAP plug-in of it.
#include "player.hpp"

#include <DistrhoPlugin.hpp>
#include <toccata/base/file.hpp>

START_NAMESPACE_DISTRHO

namespace {

using toccata::instrument::Event;
using toccata::instrument::info_of;
using toccata::instrument::kLatency;
using toccata::instrument::kParameterCount;
using toccata::instrument::ParameterInfo;
using toccata::instrument::Player;
using toccata::instrument::put_in_order;
using toccata::instrument::SameFrame;
using InstrumentParameter = toccata::instrument::Parameter;

#ifdef DISTRHO_PLUGIN_TARGET_VST3
constexpr SameFrame kSameFrame = SameFrame::Lost;
#else
constexpr SameFrame kSameFrame = SameFrame::Kept;
#endif

/// As many as the framework hands on at once.
constexpr std::size_t kMostEvents = 4096;

struct StateInfo {
  const char* key;
  const char* label;
  uint32_t hints;
};
constexpr StateInfo kStates[] = {
    {"sound_font", "Sound font", kStateIsFilenamePath | kStateIsOnlyForDSP},
    {"scale", "Scala scale", kStateIsHostWritable | kStateIsOnlyForDSP},
    {"mts", "Tunings received", kStateIsOnlyForDSP},
    {"channels", "Program changes received", kStateIsOnlyForDSP},
};
constexpr std::size_t kMostScaleBytes = std::size_t{1} << 20;

/// The states' texts go through formats that keep UTF-8 only; of what is none, each byte is taken
/// for a Latin-1 character, as old Scala files have it.
std::string as_utf8(std::string_view text) {
  const auto is_continued = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t more = byte >= 0xC2 && byte < 0xE0   ? 1
                             : byte >= 0xE0 && byte < 0xF0 ? 2
                             : byte >= 0xF0 && byte < 0xF5 ? 3
                                                           : 0;
    std::size_t found = 0;
    while (found < more && is_continued(i + 1 + found)) ++found;
    if (byte < 0x80 || (more > 0 && found == more)) {
      out.append(text.substr(i, more + 1));
      i += more;
    } else {
      out += static_cast<char>(0xC0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

class Instrument : public Plugin {
 public:
  Instrument() : Plugin(kParameterCount, 0, std::size(kStates)) {
    setLatency(kLatency);
    events_.resize(kMostEvents);
  }

 protected:
  const char* getLabel() const override { return "toccata"; }
  const char* getDescription() const override { return "Plays sound fonts, in any tuning."; }
  const char* getMaker() const override { return "Toccata"; }
  const char* getLicense() const override { return "MIT"; }
  uint32_t getVersion() const override { return d_version(0, 1, 0); }
  int64_t getUniqueId() const override { return d_cconst('T', 'o', 'c', 'S'); }

  void initParameter(uint32_t index, Parameter& parameter) override {
    const auto which = static_cast<InstrumentParameter>(index);
    if (which == InstrumentParameter::Bypass) {
      parameter.initDesignation(kParameterDesignationBypass);
      return;
    }
    const ParameterInfo& info = info_of(which);
    parameter.symbol = info.symbol;
    parameter.name = info.name;
    parameter.unit = info.unit;
    parameter.ranges = ParameterRanges(info.usual, info.lowest, info.highest);
    parameter.hints =
        which == InstrumentParameter::Status ? kParameterIsOutput : kParameterIsAutomatable;
    if (info.steps != ParameterInfo::Steps::None) parameter.hints |= kParameterIsInteger;
    if (info.steps == ParameterInfo::Steps::Switch) parameter.hints |= kParameterIsBoolean;
    if (info.choices.empty()) return;
    auto* values = new ParameterEnumerationValue[info.choices.size()];  // DPF deletes it
    for (std::size_t i = 0; i < info.choices.size(); ++i) {
      values[i].label = info.choices[i];
      values[i].value = info.lowest + static_cast<float>(i);
    }
    parameter.enumValues.count = static_cast<uint8_t>(info.choices.size());
    parameter.enumValues.restrictedMode = true;
    parameter.enumValues.values = values;
  }

  void initState(uint32_t index, State& state) override {
    state.key = kStates[index].key;
    state.label = kStates[index].label;
    state.hints = kStates[index].hints;
    state.defaultValue = "";
  }

  float getParameterValue(uint32_t index) const override {
    return player_.parameter(static_cast<InstrumentParameter>(index));
  }
  void setParameterValue(uint32_t index, float value) override {
    player_.set_parameter(static_cast<InstrumentParameter>(index), value);
  }

  String getState(const char* key) const override {
    const std::string_view name = key;
    if (name == "sound_font") return String(player_.font().c_str());
    if (name == "scale") return String(player_.scale().c_str());
    if (name == "mts") return String(player_.midi_tuning().received().saved().c_str());
    if (name == "channels") return String(player_.programs().saved().c_str());
    return String();
  }

  /// What cannot be understood changes nothing: a host has no way to be told.
  void setState(const char* key, const char* value) override {
    const std::string_view name = key;
    if (name == "sound_font") player_.set_font(as_utf8(value));
    else if (name == "scale") set_scale(value);
    else if (name == "mts") (void)player_.midi_tuning().received().restore(value);
    else if (name == "channels") (void)player_.programs().restore(value);
    player_.notice_restored();
  }

  void deactivate() override { player_.collect(); }

  void activate() override { player_.activate(getSampleRate()); }

  void run(const float**, float** outputs, uint32_t frames, const MidiEvent* midi,
           uint32_t midi_count) override {
    std::size_t count = 0;
    for (uint32_t i = 0; i < midi_count && count < events_.size(); ++i) {
      const MidiEvent& event = midi[i];
      if (event.size == 0) continue;
      events_[count++] = {event.frame, event.size,
                          event.size > MidiEvent::kDataSize ? event.dataExt : event.data};
    }
    const std::span<Event> events = std::span(events_).first(count);
    put_in_order(events, kSameFrame);
    player_.process(events, {outputs[0], frames}, {outputs[1], frames});
  }

 private:
  /// The text of a .scl file, or the path of one.
  void set_scale(std::string_view value) {
    if (value.empty() || value.front() != '/' || value.find('\n') != std::string_view::npos) {
      (void)player_.set_scale(as_utf8(value));
      return;
    }
    if (const auto bytes = toccata::read_file(std::string(value), kMostScaleBytes))
      (void)player_.set_scale(as_utf8(toccata::as_text(*bytes)));
  }

  Player player_;
  std::vector<Event> events_;

  DISTRHO_DECLARE_NON_COPYABLE_WITH_LEAK_DETECTOR(Instrument)
};

}  // namespace

Plugin* createPlugin() { return new Instrument(); }

END_NAMESPACE_DISTRHO
