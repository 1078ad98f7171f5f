// SPDX-License-Identifier: MIT
// A VST3 instrument that plays pure tones, and what real ones do wrong: compiled once for each
// BEHAVIOUR. A tone is a cosine from the very frame of its note on, so that pitch and onset can be
// measured; its size is velocity/127 * Volume.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <thread>
#include <vector>

#include <unistd.h>

#include "behaviour.hpp"
#include "plug_factory.hpp"
#include "vst3_interfaces.hpp"

namespace {

constexpr Behaviour kBehaviour = TOCCATA_BEHAVIOUR;
constexpr const char* kName = TOCCATA_NAME;
constexpr int kLatency = 1000;
constexpr double kLateSeconds = 1.5;

constexpr v3_param_id kVolume = 0, kTune = 1, kFirstMidi = 1000;
// 128 controllers and what VST3 adds: pressure and bend.
constexpr int kControllers = 130, kBend = 129, kData = 6, kRpnLow = 100, kRpnHigh = 101;
constexpr double kPi = 3.14159265358979323846;

[[noreturn]] void hang() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}
[[noreturn]] void crash() { std::abort(); }

void copy_text(v3_str_128 to, const char* text) {
  int i = 0;
  for (; text[i] != 0 && i < 127; ++i) to[i] = text[i];
  to[i] = 0;
}

struct Voice {
  int channel, pitch;
  double phase, size;
  int id;
  double semitones = 0;  ///< its own tuning
};
struct Channel {
  double bend = 0, bend_range = 2;
  int rpn_high = 127, rpn_low = 127;
};

class Plug final : public Component,
                   public AudioProcessor,
                   public EditController,
                   public MidiMapping,
                   public NoteExpressionController,
                   public TimerHandler {
 public:
  Plug() {
    static int count = 0;
    number_ = ++count;
  }

  v3_result query_interface(const v3_tuid id, void** object) override {
    const auto give = [&](void* as) {
      *object = as;
      ++references_;
      return V3_OK;
    };
    if (v3_tuid_match(id, v3_component_iid) || v3_tuid_match(id, v3_plugin_base_iid) ||
        v3_tuid_match(id, v3_funknown_iid))
      return give(static_cast<Component*>(this));
    if (v3_tuid_match(id, v3_audio_processor_iid)) return give(static_cast<AudioProcessor*>(this));
    if (v3_tuid_match(id, v3_edit_controller_iid)) return give(static_cast<EditController*>(this));
    if (v3_tuid_match(id, v3_midi_mapping_iid) && kBehaviour != NoMapping)
      return give(static_cast<MidiMapping*>(this));
    if (v3_tuid_match(id, kNoteExpressionControllerId) && kBehaviour == PerNote)
      return give(static_cast<NoteExpressionController*>(this));
    if (v3_tuid_match(id, v3_timer_handler_iid)) return give(static_cast<TimerHandler*>(this));
    *object = nullptr;
    return V3_NO_INTERFACE;
  }
  std::uint32_t ref() override { return static_cast<std::uint32_t>(++references_); }
  std::uint32_t unref() override {
    const int left = --references_;
    if (left == 0) delete this;
    return static_cast<std::uint32_t>(left);
  }

  v3_result initialize(Unknown* context) override {
    void* loop = nullptr;
    if (kBehaviour == NeedsLoop && context != nullptr &&
        context->query_interface(v3_run_loop_iid, &loop) == V3_OK) {
      loop_ = static_cast<RunLoop*>(loop);
      loop_->register_timer(this, 10);
    }
    return V3_OK;
  }
  v3_result terminate() override {
    if (loop_ != nullptr) loop_->unregister_timer(this);
    loop_ = nullptr;
    return V3_OK;
  }
  void on_timer() override { was_called_ = true; }

  v3_result get_controller_class_id(v3_tuid) override { return V3_NOT_IMPLEMENTED; }
  v3_result set_io_mode(std::int32_t) override { return V3_OK; }
  std::int32_t get_bus_count(std::int32_t media, std::int32_t direction) override {
    if (media == V3_EVENT) return direction == V3_INPUT && kBehaviour != Effect ? 1 : 0;
    return direction == V3_INPUT ? 0 : kBehaviour == Buses ? 2 : 1;
  }
  v3_result get_bus_info(std::int32_t media, std::int32_t direction, std::int32_t index,
                         v3_bus_info* info) override {
    if (index >= get_bus_count(media, direction)) return V3_INVALID_ARG;
    *info = {media,
             direction,
             media == V3_EVENT ? 16 : channels(),
             {},
             index == 0 ? V3_MAIN : V3_AUX,
             V3_DEFAULT_ACTIVE};
    copy_text(info->bus_name, media == V3_EVENT ? "Notes" : index == 0 ? "Main" : "Noise");
    return V3_OK;
  }
  v3_result get_routing_info(v3_routing_info*, v3_routing_info*) override {
    return V3_NOT_IMPLEMENTED;
  }
  v3_result activate_bus(std::int32_t, std::int32_t, std::int32_t, v3_bool) override {
    return V3_OK;
  }
  v3_result set_active(v3_bool) override { return V3_OK; }
  v3_result set_state(Stream* stream) override {
    float values[2] = {};
    std::int32_t done = 0;
    if (stream->read(values, sizeof values, &done) != V3_OK || done != sizeof values)
      return V3_INTERNAL_ERR;
    volume_ = values[0];
    tune_ = values[1];
    return V3_OK;
  }
  v3_result get_state(Stream* stream) override {
    float values[2] = {static_cast<float>(volume_), static_cast<float>(tune_)};
    std::int32_t done = 0;
    return stream->write(values, sizeof values, &done);
  }

  v3_result set_bus_arrangements(v3_speaker_arrangement*, std::int32_t,
                                 v3_speaker_arrangement* outputs, std::int32_t count) override {
    return count == get_bus_count(V3_AUDIO, V3_OUTPUT) && outputs[0] == arrangement() ? V3_OK
                                                                                      : V3_FALSE;
  }
  v3_result get_bus_arrangement(std::int32_t direction, std::int32_t index,
                                v3_speaker_arrangement* found) override {
    if (index >= get_bus_count(V3_AUDIO, direction)) return V3_INVALID_ARG;
    *found = arrangement();
    return V3_OK;
  }
  v3_result can_process_sample_size(std::int32_t size) override {
    return size == V3_SAMPLE_32 ? V3_OK : V3_NOT_IMPLEMENTED;
  }
  std::uint32_t get_latency_samples() override { return kBehaviour == Latent ? kLatency : 0; }
  v3_result setup_processing(v3_process_setup* setup) override {
    rate_ = setup->sample_rate;
    return V3_OK;
  }
  v3_result set_processing(v3_bool) override { return V3_OK; }
  std::uint32_t get_tail_samples() override { return 0; }

  v3_result process(v3_process_data* data) override {
    is_playing_ = data->ctx != nullptr && (data->ctx->state & V3_PROCESS_CTX_PLAYING) != 0;
    take_parameters(reinterpret_cast<ParameterChanges*>(data->input_params));
    auto* events = reinterpret_cast<EventList*>(data->input_events);
    const std::int32_t count = events == nullptr ? 0 : events->get_event_count();
    std::int32_t next = 0;
    v3_event event{};
    for (std::int32_t frame = 0; frame < data->nframes; ++frame) {
      for (;
           next < count && events->get_event(next, &event) == V3_OK && event.sample_offset <= frame;
           ++next)
        take(event);
      if (kBehaviour == ShowsTime) show_time(*data, frame);
      else if (kBehaviour == PerNote) write_apart(*data, frame);
      else write(*data, frame, next_sample());
    }
    return V3_OK;
  }

  v3_result set_component_state(Stream* stream) override { return set_state(stream); }
  std::int32_t get_parameter_count() override { return 2 + 16 * kControllers; }
  v3_result get_parameter_info(std::int32_t index, v3_param_info* info) override {
    *info = {};
    info->param_id = static_cast<v3_param_id>(index);
    info->default_normalised_value = 0.5;
    info->flags = V3_PARAM_CAN_AUTOMATE;
    if (index == kVolume) copy_text(info->title, "Volume");
    if (index == kTune) copy_text(info->title, "Tune");
    if (index < 2) return V3_OK;
    info->param_id = kFirstMidi + static_cast<v3_param_id>(index - 2);
    info->flags = V3_PARAM_IS_HIDDEN;
    copy_text(info->title, "MIDI");
    return V3_OK;
  }
  v3_result get_parameter_string_for_value(v3_param_id, double value, v3_str_128 text) override {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.2f", value);
    copy_text(text, digits);
    return V3_OK;
  }
  /// As many do: what is no number is the lowest value, what is too much the highest.
  v3_result get_parameter_value_for_string(v3_param_id, std::int16_t* text,
                                           double* value) override {
    char digits[32] = {};
    for (int i = 0; i < 31 && text[i] != 0; ++i) digits[i] = static_cast<char>(text[i]);
    *value = std::clamp(std::atof(digits), 0.0, 1.0);
    return V3_OK;
  }
  double normalised_parameter_to_plain(v3_param_id, double value) override { return value; }
  double plain_parameter_to_normalised(v3_param_id, double value) override { return value; }
  double get_parameter_normalised(v3_param_id id) override {
    return id == kVolume ? volume_ : id == kTune ? tune_ : 0;
  }
  v3_result set_parameter_normalised(v3_param_id id, double value) override {
    if (id == kVolume) volume_ = value;
    if (id == kTune) tune_ = value;
    return V3_OK;
  }
  v3_result set_component_handler(Unknown*) override { return V3_OK; }
  void* create_view(const char*) override { return nullptr; }

  v3_result get_midi_controller_assignment(std::int32_t, std::int16_t channel,
                                           std::int16_t controller, v3_param_id* id) override {
    if (controller >= kControllers) return V3_FALSE;
    if (kBehaviour == PerNote && channel > 0) return V3_FALSE;
    *id = kFirstMidi + static_cast<v3_param_id>(channel * kControllers + controller);
    return V3_OK;
  }

  std::int32_t get_count(std::int32_t, std::int16_t) override { return 1; }
  v3_result get_info(std::int32_t, std::int16_t, std::int32_t, NoteExpressionInfo* info) override {
    *info = {};
    info->type_id = kTuningType;
    info->values = {0.5, 0, 1, 0};
    return V3_OK;
  }
  v3_result get_text(std::int32_t, std::int16_t, std::uint32_t, double, v3_str_128) override {
    return V3_NOT_IMPLEMENTED;
  }
  v3_result get_value(std::int32_t, std::int16_t, std::uint32_t, const std::int16_t*,
                      double*) override {
    return V3_NOT_IMPLEMENTED;
  }

 private:
  static int channels() { return kBehaviour == Mono ? 1 : 2; }
  static v3_speaker_arrangement arrangement() {
    return kBehaviour == Mono ? V3_SPEAKER_M : V3_SPEAKER_L | V3_SPEAKER_R;
  }

  void take_parameters(ParameterChanges* changes) {
    for (std::int32_t i = 0; changes != nullptr && i < changes->get_param_count(); ++i) {
      ParameterQueue* queue = changes->get_param_data(i);
      std::int32_t offset = 0;
      double value = 0;
      if (queue->get_point(queue->get_point_count() - 1, &offset, &value) != V3_OK) continue;
      const v3_param_id id = queue->get_param_id();
      if (id < kFirstMidi) set_parameter_normalised(id, value);
      else
        control(static_cast<int>(id - kFirstMidi) / kControllers,
                static_cast<int>(id - kFirstMidi) % kControllers, value);
    }
  }
  void control(int number, int controller, double value) {
    Channel& channel = midi_[number];
    const int data = static_cast<int>(std::lround(value * 127));
    if (controller == kBend) channel.bend = std::round(value * 16383) / 8192 - 1;
    if (controller == kRpnHigh) channel.rpn_high = data;
    if (controller == kRpnLow) channel.rpn_low = data;
    if (controller == kData && channel.rpn_high == 0 && channel.rpn_low == 0)
      channel.bend_range = data;
    if (controller == 7 && kBehaviour == PerNote) volume_ = value;
    if (controller == 123)
      std::erase_if(voices_, [&](const Voice& v) { return v.channel == number; });
  }
  void take(const v3_event& event) {
    if (event.type == V3_EVENT_NOTE_OFF)
      std::erase_if(voices_, [&](const Voice& voice) {
        return voice.channel == event.note_off.channel && voice.pitch == event.note_off.pitch &&
               voice.id == event.note_off.note_id;
      });
    for (Voice& voice : voices_) {
      if (event.type == V3_EVENT_NOTE_EXP_VALUE && voice.id == event.note_exp_value.note_id)
        voice.semitones = 240 * (event.note_exp_value.value - 0.5);
      if (event.type == V3_EVENT_POLY_PRESSURE && voice.pitch == event.poly_pressure.pitch &&
          voice.channel == event.poly_pressure.channel)
        voice.size = event.poly_pressure.pressure;
    }
    if (event.type != V3_EVENT_NOTE_ON) return;
    // Hosts that try notes first do so with the transport at rest, and are let pass.
    if (kBehaviour == CrashPlaying && is_playing_) crash();
    if (kBehaviour == HangPlaying && is_playing_) hang();
    if (kBehaviour == StartsChild) start_child();
    if (kBehaviour == EndsProcess) std::exit(0);
    voices_.push_back({event.note_on.channel, event.note_on.pitch, 0, event.note_on.velocity,
                       event.note_on.note_id});
  }
  static void start_child() {
    if (::fork() == 0) {
      ::execlp("sleep", "sleep", "987", nullptr);
      ::_exit(1);
    }
    hang();
  }

  double next_sample(Voice& voice) {
    const Channel& channel = midi_[kBehaviour == PerNote ? 0 : voice.channel];
    const double pitch = voice.pitch + channel.bend * channel.bend_range + (tune_ - 0.5) * 2;
    const double sample = voice.size * std::cos(2 * kPi * voice.phase);
    voice.phase += 440 * std::exp2((pitch + voice.semitones - 69) / 12) / rate_;
    return sample;
  }
  double next_sample() {
    double sum = 0;
    for (Voice& voice : voices_) sum += next_sample(voice);
    sum *= volume_;
    switch (kBehaviour) {
      case Silent: return 0;
      case Late: return seconds_since_made() < kLateSeconds ? 0 : sum;
      case NeedsLoop: return was_called_ ? sum : 0;
      case NotANumber: return is_playing_ ? std::numeric_limits<double>::quiet_NaN() : sum;
      case TooLoud: return 200 * sum;
      case Hot: return 4 * sum;
      case Denormal: return 1e-40;
      case Random: return sum / number_;
      case Latent: return delayed(sum);
      default: return sum;
    }
  }
  void write_apart(v3_process_data& data, std::int32_t frame) {
    double sums[2] = {};
    for (Voice& voice : voices_) sums[voice.channel == 0 ? 0 : 1] += next_sample(voice);
    for (int side = 0; side < 2; ++side)
      data.outputs[0].channel_buffers_32[side][frame] = static_cast<float>(sums[side] * volume_);
  }
  void show_time(v3_process_data& data, std::int32_t frame) {
    const v3_process_context& now = *data.ctx;
    const bool is_heard = is_playing_ || !voices_.empty();
    const auto set = [&](int channel, double value) {
      data.outputs[0].channel_buffers_32[channel][frame] = static_cast<float>(value);
    };
    set(0, is_heard ? now.bpm / 1000 : 0);
    set(1, is_heard ? (now.project_time_quarters - now.bar_position_quarters) / 10 : 0);
  }
  double delayed(double sample) {
    std::swap(line_[line_at_], sample);
    line_at_ = (line_at_ + 1) % kLatency;
    return sample;
  }
  double seconds_since_made() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - made_).count();
  }
  void write(v3_process_data& data, std::int32_t frame, double sample) {
    for (std::int32_t bus = 0; bus < data.num_output_buses; ++bus) {
      const auto& out = data.outputs[bus];
      noise_ = noise_ * 1664525 + 1013904223;
      for (std::int32_t channel = 0; channel < out.num_channels; ++channel)
        if (out.channel_buffers_32 != nullptr && out.channel_buffers_32[channel] != nullptr)
          out.channel_buffers_32[channel][frame] =
              bus == 0 ? static_cast<float>(sample)
                       : static_cast<float>(noise_) / static_cast<float>(1U << 31) - 1;
    }
  }

  RunLoop* loop_ = nullptr;
  std::atomic<int> references_ = 1;
  std::atomic<bool> was_called_ = false;
  const std::chrono::steady_clock::time_point made_ = std::chrono::steady_clock::now();
  int number_ = 0;
  bool is_playing_ = false;
  double rate_ = 44100, volume_ = 0.5, tune_ = 0.5;
  std::uint32_t noise_ = 1;
  std::vector<Voice> voices_;
  Channel midi_[16];
  double line_[kLatency] = {};
  int line_at_ = 0;
};

}  // namespace

#define TOCCATA_EXPORT extern "C" __attribute__((visibility("default")))
TOCCATA_EXPORT bool ModuleEntry(void*) {
  if (kBehaviour == CrashAtLoad) crash();
  if (kBehaviour == HangAtLoad) hang();
  return true;
}
TOCCATA_EXPORT bool ModuleExit() { return true; }
TOCCATA_EXPORT void* GetPluginFactory() {
  static PlugFactory<Plug> factory(kBehaviour, kName, kBehaviour == Pair ? "Second" : nullptr);
  return static_cast<Factory*>(&factory);
}
