// SPDX-License-Identifier: MIT
// The VST3 interfaces as C++ classes. Their tables of functions lie in memory as the interface's
// do; numbers and structures come from travesty, DPF's VST3 headers in C (ISC).
#pragma once

#include <cstdint>
#include <cstring>

#include <travesty/audio_processor.h>
#include <travesty/component.h>
#include <travesty/edit_controller.h>
#include <travesty/factory.h>
#include <travesty/host.h>

// NOLINTBEGIN(cppcoreguidelines-virtual-class-destructor): the interface has none.
struct Unknown {
  virtual v3_result query_interface(const v3_tuid id, void** object) = 0;
  virtual std::uint32_t ref() = 0;
  virtual std::uint32_t unref() = 0;
};
struct Stream : Unknown {
  virtual v3_result read(void* buffer, std::int32_t bytes, std::int32_t* done) = 0;
  virtual v3_result write(void* buffer, std::int32_t bytes, std::int32_t* done) = 0;
};
struct PluginBase : Unknown {
  virtual v3_result initialize(Unknown* context) = 0;
  virtual v3_result terminate() = 0;
};
struct Component : PluginBase {
  virtual v3_result get_controller_class_id(v3_tuid id) = 0;
  virtual v3_result set_io_mode(std::int32_t mode) = 0;
  virtual std::int32_t get_bus_count(std::int32_t media, std::int32_t direction) = 0;
  virtual v3_result get_bus_info(std::int32_t media, std::int32_t direction, std::int32_t index,
                                 v3_bus_info* info) = 0;
  virtual v3_result get_routing_info(v3_routing_info* input, v3_routing_info* output) = 0;
  virtual v3_result activate_bus(std::int32_t media, std::int32_t direction, std::int32_t index,
                                 v3_bool state) = 0;
  virtual v3_result set_active(v3_bool state) = 0;
  virtual v3_result set_state(Stream* stream) = 0;
  virtual v3_result get_state(Stream* stream) = 0;
};
struct AudioProcessor : Unknown {
  virtual v3_result set_bus_arrangements(v3_speaker_arrangement* inputs, std::int32_t input_count,
                                         v3_speaker_arrangement* outputs,
                                         std::int32_t output_count) = 0;
  virtual v3_result get_bus_arrangement(std::int32_t direction, std::int32_t index,
                                        v3_speaker_arrangement* arrangement) = 0;
  virtual v3_result can_process_sample_size(std::int32_t size) = 0;
  virtual std::uint32_t get_latency_samples() = 0;
  virtual v3_result setup_processing(v3_process_setup* setup) = 0;
  virtual v3_result set_processing(v3_bool state) = 0;
  virtual v3_result process(v3_process_data* data) = 0;
  virtual std::uint32_t get_tail_samples() = 0;
};
struct EditController : PluginBase {
  virtual v3_result set_component_state(Stream* stream) = 0;
  virtual v3_result set_state(Stream* stream) = 0;
  virtual v3_result get_state(Stream* stream) = 0;
  virtual std::int32_t get_parameter_count() = 0;
  virtual v3_result get_parameter_info(std::int32_t index, v3_param_info* info) = 0;
  virtual v3_result get_parameter_string_for_value(v3_param_id id, double value,
                                                   v3_str_128 text) = 0;
  virtual v3_result get_parameter_value_for_string(v3_param_id id, std::int16_t* text,
                                                   double* value) = 0;
  virtual double normalised_parameter_to_plain(v3_param_id id, double value) = 0;
  virtual double plain_parameter_to_normalised(v3_param_id id, double value) = 0;
  virtual double get_parameter_normalised(v3_param_id id) = 0;
  virtual v3_result set_parameter_normalised(v3_param_id id, double value) = 0;
  virtual v3_result set_component_handler(Unknown* handler) = 0;
  virtual void* create_view(const char* name) = 0;
};
struct MidiMapping : Unknown {
  virtual v3_result get_midi_controller_assignment(std::int32_t bus, std::int16_t channel,
                                                   std::int16_t controller, v3_param_id* id) = 0;
};
/// What a plug-in says of what each note can do; its structure is none of travesty's.
struct NoteExpressionInfo {
  std::uint32_t type_id;
  v3_str_128 title, short_title, units;
  std::int32_t unit_id;
  struct {
    double default_value, least, most;
    std::int32_t step_count;
  } values;
  std::uint32_t parameter;
  std::int32_t flags;
};
struct NoteExpressionController : Unknown {
  virtual std::int32_t get_count(std::int32_t bus, std::int16_t channel) = 0;
  virtual v3_result get_info(std::int32_t bus, std::int16_t channel, std::int32_t index,
                             NoteExpressionInfo* info) = 0;
  virtual v3_result get_text(std::int32_t bus, std::int16_t channel, std::uint32_t type,
                             double value, v3_str_128 text) = 0;
  virtual v3_result get_value(std::int32_t bus, std::int16_t channel, std::uint32_t type,
                              const std::int16_t* text, double* value) = 0;
};
inline constexpr v3_tuid kNoteExpressionControllerId =
    V3_ID(0xB7F8F859, 0x41234872, 0x91169581, 0x4F3721A3);
inline constexpr std::uint32_t kTuningType = 2;
struct TimerHandler : Unknown {
  virtual void on_timer() = 0;
};
struct RunLoop : Unknown {
  virtual v3_result register_event_handler(Unknown* handler, int descriptor) = 0;
  virtual v3_result unregister_event_handler(Unknown* handler) = 0;
  virtual v3_result register_timer(TimerHandler* handler, std::uint64_t milliseconds) = 0;
  virtual v3_result unregister_timer(TimerHandler* handler) = 0;
};
struct Factory : Unknown {
  virtual v3_result get_factory_info(v3_factory_info* info) = 0;
  virtual std::int32_t num_classes() = 0;
  virtual v3_result get_class_info(std::int32_t index, v3_class_info* info) = 0;
  virtual v3_result create_instance(const v3_tuid class_id, const v3_tuid id, void** object) = 0;
  virtual v3_result get_class_info_2(std::int32_t index, v3_class_info_2* info) = 0;
};
struct EventList : Unknown {
  virtual std::int32_t get_event_count() = 0;
  virtual v3_result get_event(std::int32_t index, v3_event* event) = 0;
};
struct ParameterQueue : Unknown {
  virtual v3_param_id get_param_id() = 0;
  virtual std::int32_t get_point_count() = 0;
  virtual v3_result get_point(std::int32_t index, std::int32_t* offset, double* value) = 0;
};
struct ParameterChanges : Unknown {
  virtual std::int32_t get_param_count() = 0;
  virtual ParameterQueue* get_param_data(std::int32_t index) = 0;
};
// NOLINTEND(cppcoreguidelines-virtual-class-destructor)
