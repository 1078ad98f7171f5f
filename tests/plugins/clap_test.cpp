// SPDX-License-Identifier: MIT
// The CLAP plug-in of our own instrument in the least host there can be, on CLAP's own interface.
#include "renderer.hpp"
#include "tiny_font.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <dlfcn.h>

#include <clap/entry.h>
#include <clap/ext/audio-ports.h>
#include <clap/ext/note-ports.h>
#include <clap/ext/state.h>
#include <clap/plugin-factory.h>
#include <doctest/doctest.h>
#include <toccata/plugins/instrument_state.hpp>

using namespace toccata;
using namespace toccata::test;

namespace {

constexpr int kRate = 48000;

struct CloseLibrary {
  void operator()(void* library) const { dlclose(library); }
};
struct Destroy {
  void operator()(const clap_plugin_t* plugin) const { plugin->destroy(plugin); }
};

/// A channel message, or a SysEx with its F0 and F7, at a frame.
struct Sent {
  std::size_t frame;
  Bytes bytes;
};

/// What a block is given of them, in CLAP's form.
class Events {
 public:
  Events(const std::vector<Sent>& sent, std::size_t first, std::size_t frames) {
    for (const Sent& one : sent) {
      if (one.frame < first || one.frame >= first + frames) continue;
      Event event{};
      const auto at = static_cast<std::uint32_t>(one.frame - first);
      if (one.bytes.front() == 0xF0) {
        event.sysex = {{sizeof event.sysex, at, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_MIDI_SYSEX, 0},
                       0,
                       one.bytes.data(),
                       static_cast<std::uint32_t>(one.bytes.size())};
      } else {
        event.midi = {
            {sizeof event.midi, at, CLAP_CORE_EVENT_SPACE_ID, CLAP_EVENT_MIDI, 0}, 0, {0, 0, 0}};
        std::copy(one.bytes.begin(), one.bytes.end(), event.midi.data);
      }
      events_.push_back(event);
    }
  }
  clap_input_events_t list() {
    return {this,
            [](const clap_input_events_t* events) {
              return static_cast<std::uint32_t>(own(events).size());
            },
            [](const clap_input_events_t* events, std::uint32_t index) {
              return static_cast<const clap_event_header_t*>(&own(events)[index].header);
            }};
  }

 private:
  union Event {
    clap_event_header_t header;
    clap_event_midi_t midi;
    clap_event_midi_sysex_t sysex;
  };
  static std::vector<Event>& own(const clap_input_events_t* events) {
    return static_cast<Events*>(events->ctx)->events_;
  }
  std::vector<Event> events_;
};

class ClapInstrument {
 public:
  ClapInstrument() {
    REQUIRE_MESSAGE(library_, dlerror());
    entry_ = static_cast<const clap_plugin_entry_t*>(dlsym(library_.get(), "clap_entry"));
    REQUIRE(entry_ != nullptr);
    REQUIRE(entry_->init(TOCCATA_CLAP));
    const auto* factory =
        static_cast<const clap_plugin_factory_t*>(entry_->get_factory(CLAP_PLUGIN_FACTORY_ID));
    REQUIRE(factory != nullptr);
    REQUIRE(factory->get_plugin_count(factory) == 1);
    descriptor_ = factory->get_plugin_descriptor(factory, 0);
    plugin_.reset(factory->create_plugin(factory, &host_, descriptor_->id));
    REQUIRE(plugin_);
    REQUIRE(plugin_->init(plugin_.get()));
  }
  ClapInstrument(const ClapInstrument&) = delete;
  ClapInstrument& operator=(const ClapInstrument&) = delete;
  ~ClapInstrument() {
    plugin_.reset();
    if (entry_ != nullptr) entry_->deinit();
  }

  const clap_plugin_descriptor_t& descriptor() const { return *descriptor_; }
  template <typename Extension>
  const Extension& extension(const char* id) const {
    const void* found = plugin_->get_extension(plugin_.get(), id);
    REQUIRE_MESSAGE(found != nullptr, id);
    return *static_cast<const Extension*>(found);
  }
  const clap_plugin_t* plugin() const { return plugin_.get(); }

  /// Range: the stream gives `piece` bytes at a time.
  bool load(Bytes state, std::size_t piece) {
    struct Reader {
      Bytes bytes;
      std::size_t piece, at = 0;
    } reader{std::move(state), piece};
    const clap_istream_t stream{
        &reader, [](const clap_istream_t* from, void* buffer, std::uint64_t size) -> std::int64_t {
          auto& own = *static_cast<Reader*>(from->ctx);
          const std::size_t count =
              std::min({static_cast<std::size_t>(size), own.piece, own.bytes.size() - own.at});
          std::memcpy(buffer, own.bytes.data() + own.at, count);
          own.at += count;
          return static_cast<std::int64_t>(count);
        }};
    return extension<clap_plugin_state_t>(CLAP_EXT_STATE).load(plugin(), &stream);
  }
  Bytes saved() const {
    Bytes bytes;
    const clap_ostream_t stream{&bytes,
                                [](const clap_ostream_t* to, const void* data, std::uint64_t size) {
                                  // As a full pipe does, it takes a little at a time.
                                  const std::uint64_t taken = std::min<std::uint64_t>(size, 100);
                                  const auto* begin = static_cast<const std::uint8_t*>(data);
                                  auto& into = *static_cast<Bytes*>(to->ctx);
                                  into.insert(into.end(), begin, begin + taken);
                                  return static_cast<std::int64_t>(taken);
                                }};
    CHECK(extension<clap_plugin_state_t>(CLAP_EXT_STATE).save(plugin(), &stream));
    return bytes;
  }

  Wav play(const std::vector<Sent>& sent, std::size_t frames, std::size_t block) {
    Wav wav{kRate, 32, std::vector<float>(frames), std::vector<float>(frames)};
    REQUIRE(plugin_->activate(plugin(), kRate, 1, static_cast<std::uint32_t>(block)));
    REQUIRE(plugin_->start_processing(plugin()));
    for (std::size_t first = 0; first < frames; first += block)
      play_block(sent, wav, first, std::min(block, frames - first));
    plugin_->stop_processing(plugin());
    plugin_->deactivate(plugin());
    return wav;
  }

 private:
  void play_block(const std::vector<Sent>& sent, Wav& wav, std::size_t first, std::size_t frames) {
    Events events(sent, first, frames);
    const clap_input_events_t in = events.list();
    const clap_output_events_t out{
        nullptr, [](const clap_output_events_t*, const clap_event_header_t*) { return true; }};
    float* channels[] = {wav.left.data() + first, wav.right.data() + first};
    clap_audio_buffer_t output{channels, nullptr, 2, 0, 0};
    clap_process_t process{};
    process.steady_time = static_cast<std::int64_t>(first);
    process.frames_count = static_cast<std::uint32_t>(frames);
    process.audio_outputs = &output;
    process.audio_outputs_count = 1;
    process.in_events = &in;
    process.out_events = &out;
    CHECK(plugin_->process(plugin(), &process) != CLAP_PROCESS_ERROR);
  }

  clap_host_t host_{CLAP_VERSION_INIT,
                    nullptr,
                    "test",
                    "Toccata",
                    "",
                    "1",
                    [](const clap_host_t*, const char*) -> const void* { return nullptr; },
                    [](const clap_host_t*) {},
                    [](const clap_host_t*) {},
                    [](const clap_host_t*) {}};
  std::unique_ptr<void, CloseLibrary> library_{dlopen(TOCCATA_CLAP, RTLD_NOW | RTLD_LOCAL)};
  const clap_plugin_entry_t* entry_ = nullptr;
  const clap_plugin_descriptor_t* descriptor_ = nullptr;
  std::unique_ptr<const clap_plugin_t, Destroy> plugin_;
};

Bytes tiny_state() {
  plugins::InstrumentState state;
  state.set_text("sound_font", sound_font::test::write_tiny_font().string());
  return plugins::write_instrument_state(state);
}

double cents_from(const Wav& wav, std::size_t frame, double pitch) {
  const double hertz = hertz_between(wav, frame + kRate / 20, frame + kRate / 4);
  return cents_between(hertz, hertz_of(pitch));
}

}  // namespace

TEST_CASE("CLAP: it says what it is: an instrument with a note port and two channels") {
  const ClapInstrument instrument;
  CHECK(std::string(instrument.descriptor().name) == "Toccata");
  bool is_instrument = false;
  for (const char** feature = instrument.descriptor().features; *feature != nullptr; ++feature)
    is_instrument = is_instrument || std::string(*feature) == CLAP_PLUGIN_FEATURE_INSTRUMENT;
  CHECK(is_instrument);
  const auto& audio = instrument.extension<clap_plugin_audio_ports_t>(CLAP_EXT_AUDIO_PORTS);
  REQUIRE(audio.count(instrument.plugin(), false) == 1);
  clap_audio_port_info_t port{};
  REQUIRE(audio.get(instrument.plugin(), 0, false, &port));
  CHECK(port.channel_count == 2);
  const auto& notes = instrument.extension<clap_plugin_note_ports_t>(CLAP_EXT_NOTE_PORTS);
  CHECK(notes.count(instrument.plugin(), true) == 1);
}

TEST_CASE("CLAP: pitch, onset, program, tuning by SysEx; the same in blocks of any size") {
  constexpr std::size_t kFirst = 4801, kSecond = 24000, kThird = 48000;
  const std::vector<Sent> sent = {
      {kFirst, {0x90, 69, 100}},
      {kFirst + 14400, {0x80, 69, 0}},
      {kSecond, {0xF0, 0x7F, 0x7F, 8, 2, 0, 1, 62, 62, 0x40, 0, 0xF7}},  // 62 is 50 cents higher
      {kSecond, {0x90, 62, 100}},
      {kSecond + 14400, {0x80, 62, 0}},
      {kThird, {0xC0, 1}},  // rings on for seconds
      {kThird, {0x90, 60, 100}},
      {kThird + 14400, {0x80, 60, 0}}};
  std::vector<float> first_heard;
  for (const std::size_t block : {512U, 1U, 333U, 8192U}) {
    CAPTURE(block);
    ClapInstrument instrument;
    REQUIRE(instrument.load(tiny_state(), 1000));
    const Wav wav = instrument.play(sent, 76800, block);
    const auto heard = std::find_if(wav.left.begin(), wav.left.end(),
                                    [](float sample) { return std::abs(sample) > 1e-5F; });
    CHECK(std::abs(heard - wav.left.begin() - static_cast<std::ptrdiff_t>(kFirst)) < kRate / 1000);
    CHECK(std::abs(cents_from(wav, kFirst, 69)) < 1);
    CHECK(std::abs(cents_from(wav, kSecond, 62.5)) < 1);
    CHECK(std::abs(cents_from(wav, kThird, 60)) < 1);
    CHECK(std::abs(cents_from(wav, kThird + 14400, 60)) < 1);
    if (first_heard.empty()) first_heard = wav.left;
    CHECK(wav.left == first_heard);
  }
}

TEST_CASE("CLAP: a state that is saved, loaded in pieces of any size and saved again is the same") {
  ClapInstrument instrument;
  REQUIRE(instrument.load(tiny_state(), 1));
  const Bytes saved = instrument.saved();
  const auto state = plugins::read_instrument_state(saved);
  REQUIRE(state);
  CHECK(state->texts ==
        plugins::read_instrument_state(plugins::write_instrument_state(*state))->texts);
  for (const std::size_t piece : {1U, 7U, 511U, 100000U}) {
    ClapInstrument other;
    REQUIRE(other.load(saved, piece));
    CAPTURE(piece);
    CHECK(other.saved() == saved);
  }
}
