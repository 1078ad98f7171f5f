// SPDX-License-Identifier: GPL-3.0-or-later
#include "find_plugin.hpp"
#include "instance.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <pluginterfaces/vst/ivstcomponent.h>
#include <pluginterfaces/vst/ivsteditcontroller.h>

namespace toccata::render_juce {
namespace {

using juce::AudioProcessor;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

/// What only a VST3 plug-in has.
struct Vst3Access : juce::ExtensionsVisitor {
  const std::function<void(const VST3Client&)>& use;
  bool was_there = false;
  explicit Vst3Access(const std::function<void(const VST3Client&)>& u) : use(u) {}
  void visitVST3Client(const VST3Client& client) override {
    was_there = true;
    use(client);
  }
};
/// False for another kind of plug-in.
bool with_vst3(const juce::AudioPluginInstance& instance,
               const std::function<void(const juce::ExtensionsVisitor::VST3Client&)>& use) {
  Vst3Access access(use);
  instance.getExtensions(access);
  return access.was_there;
}

Bytes vst3_preset(const juce::AudioPluginInstance& instance) {
  Bytes bytes;
  with_vst3(instance, [&](const auto& client) {
    const juce::MemoryBlock block = client.getPreset();
    const auto* first = static_cast<const std::uint8_t*>(block.getData());
    bytes.assign(first, first + block.getSize());
  });
  return bytes;
}

/// Ids of parameters that the plug-in keeps from its users: those for MIDI controllers. JUCE does
/// not tell of them; nothing where the controller is an object of its own, which JUCE keeps to
/// itself.
std::set<std::string> hidden_parameters(const juce::AudioPluginInstance& instance) {
  namespace Vst = Steinberg::Vst;
  std::set<std::string> hidden;
  with_vst3(instance, [&](const auto& client) {
    void* found = nullptr;
    if (client.getIComponentPtr()->queryInterface(Vst::IEditController_iid, &found) !=
        Steinberg::kResultOk)
      return;
    auto* controller = static_cast<Vst::IEditController*>(found);
    for (int i = 0; i < controller->getParameterCount(); ++i) {
      Vst::ParameterInfo info{};
      if (controller->getParameterInfo(i, info) == Steinberg::kResultOk &&
          (info.flags & Vst::ParameterInfo::kIsHidden) != 0)
        hidden.insert(std::to_string(info.id));
    }
    controller->release();
  });
  return hidden;
}

/// It stands in the head of every preset that the plug-in writes.
std::optional<plugins::ClassId> class_id_of(const juce::AudioPluginInstance& instance) {
  constexpr std::size_t kAt = 8, kDigits = 32;
  const Bytes preset = vst3_preset(instance);
  if (preset.size() < kAt + kDigits) return std::nullopt;
  return plugins::ClassId::parse(as_text(ByteView(preset).subspan(kAt, kDigits)));
}

void add_buses(const AudioProcessor& processor, bool is_input, std::vector<BusInfo>& into) {
  for (int i = 0; i < processor.getBusCount(is_input); ++i) {
    const auto* bus = processor.getBus(is_input, i);
    into.push_back(
        {to_std(bus->getName()), bus->getLastEnabledLayout().size(), is_input, bus->isMain()});
  }
}

/// The ones to try, best first: those named so, then instruments.
std::vector<juce::PluginDescription> in_order(const Found& found, const std::string& name) {
  std::vector<juce::PluginDescription> order;
  for (const auto& one : found.descriptions)
    if (name.empty() || lower(to_std(one.name)) == lower(name)) order.push_back(one);
  // LV2 bundles hold effects that count as instruments because they make sounds of their own.
  const auto rank = [](const juce::PluginDescription& one) {
    return one.isInstrument ? (one.numInputChannels == 0 ? 0 : 1) : 2;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return order;
}

/// The instruments a user may mean by their names, without one of them.
std::vector<std::string> others_than(const juce::PluginDescription& chosen, const Found& found) {
  std::vector<std::string> names;
  for (const auto& one : found.descriptions)
    if (one.isInstrument && !one.isDuplicateOf(chosen)) names.push_back(to_std(one.name));
  return names;
}

std::string names_in(const Found& found) {
  std::string names;
  for (const auto& one : found.descriptions)
    names += (names.empty() ? "" : ", ") + to_std(one.name);
  return names;
}

/// Stereo out of the main bus and nothing else, as far as the plug-in agrees.
void choose_layout(juce::AudioPluginInstance& instance) {
  const auto before = instance.getBusesLayout();
  auto wanted = before;
  for (int i = 0; i < wanted.outputBuses.size(); ++i)
    wanted.outputBuses.getReference(i) =
        i == 0 ? juce::AudioChannelSet::stereo() : juce::AudioChannelSet::disabled();
  for (int i = 1; i < wanted.inputBuses.size(); ++i)
    wanted.inputBuses.getReference(i) = juce::AudioChannelSet::disabled();
  if (instance.setBusesLayout(wanted)) return;
  wanted = before;
  if (!wanted.outputBuses.isEmpty() && before.getMainOutputChannelSet().size() > 2) {
    wanted.outputBuses.getReference(0) = juce::AudioChannelSet::stereo();
    if (instance.setBusesLayout(wanted)) return;
  }
  instance.setBusesLayout(before);
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? ""
                                    : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// A number with what may stand after it: "-6.5 dB".
struct Quantity {
  double number;
  double last_place;  ///< what a step of its last digit is worth
  std::string unit;
};
std::optional<Quantity> quantity_in(const std::string& text) {
  Quantity found{0, 1, {}};
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, found.number);
  if (error != std::errc()) return std::nullopt;
  found.unit = trimmed({end, last});
  const std::string digits(text.data(), end);
  if (const auto point = digits.find('.'); point != std::string::npos)
    found.last_place = std::pow(10.0, -static_cast<double>(digits.size() - point - 1));
  // "2nd harmonic" and "12-TET" are names.
  if (end != last && *end != ' ' && *end != '%') return std::nullopt;
  return found;
}

constexpr int kLongestText = 256;
std::string shown_at(const juce::AudioProcessorParameter& parameter, float value) {
  return trimmed(to_std(parameter.getText(value, kLongestText)));
}

/// "37.5%" of the range, where the plug-in itself does not show percents.
std::optional<float> part_of_range(const juce::AudioProcessorParameter& parameter,
                                   const std::string& asked) {
  const auto is_percent = [](const std::string& text) {
    return text.find('%') != std::string::npos;
  };
  const auto quantity = quantity_in(asked);
  if (!quantity || quantity->unit != "%" || is_percent(to_std(parameter.getLabel())) ||
      is_percent(shown_at(parameter, parameter.getValue())))
    return std::nullopt;
  return static_cast<float>(quantity->number / 100);
}

/// The value for a text, if the plug-in shows it as it was asked for. Plug-ins take "abc" for their
/// lowest value and what is too much for their highest.
std::optional<float> value_for(const juce::AudioProcessorParameter& parameter,
                               const std::string& asked) {
  const auto read = [&](const std::string& text) {
    return parameter.getValueForText(juce::String(text));
  };
  const float value = read(asked);
  if (!(value >= 0 && value <= 1)) return std::nullopt;
  const std::string shown = shown_at(parameter, value);
  if (lower(shown) == lower(asked)) return value;
  const auto wanted = quantity_in(asked), got = quantity_in(shown);
  if (!wanted) return std::nullopt;
  if (got) {
    // Values are kept as floats from 0 to 1, so that 0 dB may be shown as "-0.000002".
    const auto low = quantity_in(shown_at(parameter, 0)),
               high = quantity_in(shown_at(parameter, 1));
    const double span = low && high ? std::abs(high->number - low->number) : 0;
    const double slack = 0.501 * got->last_place + 1e-6 * span;
    return std::abs(wanted->number - got->number) <= slack ? std::optional(value) : std::nullopt;
  }
  // A number of one that is shown by name. Beyond the range, its neighbour is the same one.
  if (value > 0 && value < 1) return value;
  constexpr double kLargest = 1e9;
  if (!(std::abs(wanted->number) <= kLargest)) return std::nullopt;
  const double inwards = wanted->number + (value > 0 ? -1 : 1);
  if (read(std::to_string(static_cast<long>(inwards))) == value) return std::nullopt;
  return value;
}

}  // namespace

Result<std::unique_ptr<Plugin>, std::string> Plugin::load(
    Host& host, const plugins::PluginPlace& place, const std::optional<plugins::ClassId>& wanted) {
  TOCCATA_TRY(const Found found, find_plugins(host, place.path));
  const auto order = in_order(found, place.name);
  if (order.empty())
    return Unexpected{"holds no plug-in named \"" + place.name + "\", but " + names_in(found)};
  std::string why = "could not be loaded";
  std::unique_ptr<Plugin> first;
  for (const auto& description : order) {
    juce::String error;
    auto instance = found.format->createInstanceFromDescription(description, 44100.0, 512, error);
    if (instance == nullptr) {
      if (error.isNotEmpty()) why = to_std(error);
      continue;
    }
    auto plugin = std::unique_ptr<Plugin>(
        new Plugin(std::make_unique<Impl>(host, description, std::move(instance))));
    plugin->impl_->others = others_than(description, found);
    if (!wanted || order.size() == 1 || class_id_of(*plugin->impl_->instance) == wanted)
      return plugin;
    if (!first) first = std::move(plugin);
  }
  if (first) return first;  // a preset of another plug-in is told of where it is read
  return Unexpected{why};
}

Plugin::Plugin(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Plugin::~Plugin() = default;

PluginInfo Plugin::info() const {
  const auto& instance = *impl_->instance;
  const auto& about = impl_->description;
  PluginInfo info{to_std(about.name),
                  to_std(about.manufacturerName),
                  to_std(about.version),
                  to_std(about.category),
                  impl_->is_vst3() ? "VST3" : "LV2",
                  to_std(about.fileOrIdentifier),
                  about.isInstrument,
                  instance.acceptsMidi(),
                  {},
                  {},
                  impl_->others};
  if (const auto id = class_id_of(instance)) info.class_id = id->text();
  add_buses(instance, true, info.buses);
  add_buses(instance, false, info.buses);
  // Plug-ins that listen to MIDI controllers keep two thousand parameters for them alone.
  const auto hidden = hidden_parameters(instance);
  for (auto* parameter : instance.getParameters()) {
    const auto* with_id = dynamic_cast<juce::HostedAudioProcessorParameter*>(parameter);
    const std::string id = with_id != nullptr ? to_std(with_id->getParameterID()) : "";
    if (!parameter->isAutomatable() || hidden.contains(id)) continue;
    info.parameters.push_back({id, to_std(parameter->getName(kLongestText)),
                               to_std(parameter->getLabel()), parameter->getValue(),
                               to_std(parameter->getText(parameter->getValue(), kLongestText))});
  }
  return info;
}

Result<void, std::string> Plugin::set_preset(ByteView vstpreset) {
  bool is_taken = false;
  const bool is_vst3 = with_vst3(*impl_->instance, [&](const auto& client) {
    is_taken = client.setPreset({vstpreset.data(), vstpreset.size()});
  });
  if (!is_vst3) return Unexpected{std::string("a .vstpreset is for VST3 plug-ins only")};
  if (!is_taken) return Unexpected{std::string("the plug-in does not take it")};
  impl_->has_preset = true;
  return {};
}

Result<Bytes, std::string> Plugin::preset() {
  if (!impl_->is_vst3())
    return Unexpected{std::string("a .vstpreset can be saved of VST3 plug-ins only")};
  Bytes bytes = vst3_preset(*impl_->instance);
  if (bytes.empty()) return Unexpected{std::string("gives no state that could be saved")};
  return bytes;
}

Result<void, std::string> Plugin::set_parameter(const std::string& name, const std::string& value) {
  for (auto* parameter : impl_->instance->getParameters()) {
    const auto* with_id = dynamic_cast<juce::HostedAudioProcessorParameter*>(parameter);
    const bool is_it = lower(to_std(parameter->getName(kLongestText))) == lower(name) ||
                       (with_id != nullptr && to_std(with_id->getParameterID()) == name);
    if (!is_it) continue;
    const std::string asked = trimmed(value);
    auto set = part_of_range(*parameter, asked);
    if (!set) set = value_for(*parameter, asked);
    if (!set || !(*set >= 0 && *set <= 1))
      return Unexpected{"the parameter \"" + name + "\" does not take \"" + value +
                        "\"; allowed is what the plug-in shows, from \"" + shown_at(*parameter, 0) +
                        "\" to \"" + shown_at(*parameter, 1) + "\", or 0% to 100% of that"};
    parameter->setValueNotifyingHost(*set);
    return {};
  }
  return Unexpected{"has no parameter \"" + name + "\" (check lists them)"};
}

Result<void, std::string> Plugin::prepare(audio::SampleRate rate, std::size_t block) {
  auto& instance = *impl_->instance;
  instance.setNonRealtime(true);
  choose_layout(instance);
  instance.setPlayHead(&impl_->play_head);
  instance.prepareToPlay(rate.hertz(), static_cast<int>(block));
  if (instance.getTotalNumOutputChannels() == 0)
    return Unexpected{std::string("has no audio output")};
  const int channels =
      std::max(instance.getTotalNumInputChannels(), instance.getTotalNumOutputChannels());
  impl_->buffer.setSize(channels, static_cast<int>(block));
  impl_->rate_hz = rate.hertz();
  return {};
}

std::size_t Plugin::latency_frames() const {
  return static_cast<std::size_t>(std::max(0, impl_->instance->getLatencySamples()));
}

bool Plugin::keeps_order() const { return !impl_->is_vst3(); }

void Plugin::select_program(int program) {
  // A preset says which sound is wanted; a number out of General MIDI must not undo it. What is no
  // VST3 plug-in has been handed the message itself.
  if (!impl_->is_vst3() || impl_->has_preset) return;
  if (program >= impl_->instance->getNumPrograms()) return;
  if (impl_->instance->getNumPrograms() > 1) impl_->instance->setCurrentProgram(program);
}

}  // namespace toccata::render_juce
