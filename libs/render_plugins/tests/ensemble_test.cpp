// SPDX-License-Identifier: MIT
#include <fstream>
#include <map>

#include <doctest/doctest.h>
#include <toccata/audio/encode.hpp>
#include <toccata/base/file.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/plugins/preset.hpp>
#include <toccata/render/mix.hpp>
#include <toccata/render_plugins/ensemble.hpp>
#include <unistd.h>

using namespace toccata;
using namespace toccata::render;
namespace fs = std::filesystem;

namespace {

constexpr auto kRate = audio::SampleRate::literal(44100);

/// A folder with a program that stands for MidiRenderer, a plug-in and a preset that look like
/// such. The program notes its arguments, keeps the MIDI file and hands out sound.wav.
class Stage {
 public:
  Stage() {
    fs::create_directories(folder_);
    write("X.vst3", std::string_view("\177ELF GetPluginFactory\0", 23));
    const plugins::Preset preset{*plugins::ClassId::parse(std::string(32, 'A')),
                                 {{"Comp", {1, 2, 3}}}};
    REQUIRE(write_file(folder_ / "Y.vstpreset", plugins::write_preset(preset)));
    audio::Stereo sound(30000);
    for (std::size_t i = 0; i < sound.frames(); ++i) sound.left[i] = sound.right[i] = 0.25F;
    const auto wav = audio::encode(sound.view(), kRate, {.format = audio::SampleFormat::Float32});
    REQUIRE(wav);
    REQUIRE(write_file(folder_ / "sound.wav", *wav));
    script("cp \"$here/sound.wav\" \"$4\"; echo '{\"event\":\"done\"}'");
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage() { fs::remove_all(folder_); }

  fs::path path(const char* name) const { return folder_ / name; }
  void write(const char* name, std::string_view content) const {
    REQUIRE(write_file(folder_ / name, as_bytes(content)));
  }
  void script(const std::string& body) const {
    std::ofstream(path("MidiRenderer"))
        << "#!/bin/sh\nhere=$(dirname \"$0\")\ncp \"$1\" \"$here/part.mid\"\n"
        << "echo \"$@\" >\"$here/arguments\"\n"
        << body << "\n";
    fs::permissions(path("MidiRenderer"), fs::perms::owner_all);
  }
  std::string arguments() const { return std::string(as_text(*read_file(path("arguments")))); }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("toccata-ensemble-" + std::to_string(::getpid()));
};

midi::File a_file() {
  midi::File file;
  for (const char* name : {"Melody", "Bass"}) {
    midi::Track track;
    track.add_meta(Tick(0), midi::meta::kTrackName, as_bytes(name));
    track.add(Tick(0), 0x90, 60, 100);
    track.add(Tick(480), 0x80, 60, 0);
    file.tracks.push_back(std::move(track));
  }
  return file;
}

/// Stands for a sound font: a level of its own for each, counted.
class Fonts {
 public:
  FontBackend factory() {
    return [this](const fs::path& font) -> Result<std::unique_ptr<Backend>, sound::Error> {
      ++made_[font.string()];
      return std::unique_ptr<Backend>(std::make_unique<One>());
    };
  }
  int made(const std::string& font) const {
    const auto found = made_.find(font);
    return found == made_.end() ? 0 : found->second;
  }

 private:
  struct Silent : Renderer {
    void render(std::span<const Message>, audio::StereoSpan, std::span<float>) override {}
    bool is_sounding() const override { return false; }
  };
  struct One : Backend {
    Result<std::unique_ptr<Renderer>, sound::Error> make_renderer(const SongPart&) override {
      return std::unique_ptr<Renderer>(std::make_unique<Silent>());
    }
    std::string name() const override { return "fonts"; }
    fs::path sounds() const override { return "font.sf2"; }
  };
  std::map<std::string, int> made_;
};

sound::Settings settings_of(const Stage& stage, std::vector<sound::Instrument> instruments) {
  sound::Settings settings;
  settings.instruments = std::move(instruments);
  settings.midi_renderer = stage.path("MidiRenderer");
  return settings;
}

Result<Mix, sound::Error> mixed(const Stage& stage, const sound::Settings& settings, Fonts& fonts) {
  const midi::File file = a_file();
  const auto song = make_song(file, kRate);
  REQUIRE(song);
  const auto backend = make_ensemble(file, settings, stage.path(""), fonts.factory());
  if (!backend) return Unexpected{backend.error()};
  return Mix::make(*song, **backend, settings, stage.path(""));
}

sound::Error error_of(const Stage& stage, std::vector<sound::Instrument> instruments) {
  Fonts fonts;
  const auto mix = mixed(stage, settings_of(stage, std::move(instruments)), fonts);
  REQUIRE_FALSE(mix);
  CHECK(mix.error().text.find('\n') == std::string::npos);
  return mix.error();
}

}  // namespace

TEST_CASE("ensemble: a plug-in's sound is mixed where its part is, the others play the font") {
  const Stage stage;
  Fonts fonts;
  auto settings = settings_of(stage, {{"melody", stage.path("X.vst3"), stage.path("Y.vstpreset")}});
  settings.tail_s = 1;
  const auto mix = mixed(stage, settings, fonts);
  REQUIRE(mix);
  CHECK(fonts.made("") == 1);
  auto sound = mix->stem(0);
  CHECK(sound.left[20000] > 0.2F);
  CHECK(sound.left[43000] < 0.05F);
  CHECK(std::abs(mix->stem(1).left[20000]) < 1e-6F);
  const std::string arguments = stage.arguments();
  for (const char* piece :
       {"Y.vstpreset", "X.vst3", "--rate 44100", "--bits 32f", "--block 512", "--tail 1", "--json"})
    CHECK(arguments.find(piece) != std::string::npos);
  const auto part = midi::read_midi(*read_file(stage.path("part.mid")));
  REQUIRE(part);
  CHECK(part->file.tracks.size() == 2);
  for (const auto& entry : fs::directory_iterator(stage.path("")))
    CHECK(entry.path().filename().string().find(".toccata-") == std::string::npos);
}

TEST_CASE("ensemble: one for all parts; no font is needed then; a part may have its own font") {
  const Stage stage;
  Fonts fonts;
  REQUIRE(mixed(stage, settings_of(stage, {{"", stage.path("X.vst3")}}), fonts));
  CHECK(fonts.made("") == 0);
  CHECK(stage.arguments().find(" - ") != std::string::npos);
  stage.write("F.sf2", std::string_view("RIFF\0\0\0\0sfbk", 12));
  const std::string font = stage.path("F.sf2").string();
  REQUIRE(mixed(stage, settings_of(stage, {{"Bass", font}}), fonts));
  CHECK(fonts.made(font) == 1);
  CHECK(fonts.made("") == 1);
}

TEST_CASE("ensemble: plug-in and preset are told apart by what they hold") {
  const Stage stage;
  Fonts fonts;
  REQUIRE(mixed(stage, settings_of(stage, {{"", stage.path("Y.vstpreset"), stage.path("X.vst3")}}),
                fonts));
  const std::string arguments = stage.arguments();
  CHECK(arguments.find("Y.vstpreset") < arguments.find("X.vst3"));
}

TEST_CASE("ensemble: what is wrong is named") {
  const Stage stage;
  using sound::Fault;
  const auto plugin = stage.path("X.vst3"), preset = stage.path("Y.vstpreset");
  const auto names = [](const sound::Error& error, const char* word) {
    return error.text.find(word) != std::string::npos;
  };
  const auto no_part = error_of(stage, {{"Flute", plugin}});
  CHECK((no_part.fault == Fault::BadSettings && names(no_part, "Melody, Bass")));
  CHECK(names(error_of(stage, {{"", "/no/such.vst3#One"}}), "/no/such.vst3"));
  Fonts fonts;
  CHECK(mixed(stage, settings_of(stage, {{"Flute", "/no/such.vst3", {}, {}, true}}), fonts));
  CHECK(names(error_of(stage, {{"", "/no/such.vst3"}}), "/no/such.vst3"));
  CHECK(names(error_of(stage, {{"", stage.path("sound.wav")}}), "sound.wav"));
  CHECK(names(error_of(stage, {{"", plugin, plugin}}), "no preset"));
  CHECK(error_of(stage, {{"", {}, preset}}).fault == Fault::BadSettings);
  stage.write("Z.vstpreset", "VST3 and rubbish");
  const auto damaged = error_of(stage, {{"", plugin, stage.path("Z.vstpreset")}});
  CHECK((damaged.fault == Fault::Plugin && names(damaged, "Z.vstpreset")));
}

TEST_CASE("ensemble: what MidiRenderer says is handed on with the part and the plug-in") {
  const Stage stage;
  const std::vector<sound::Instrument> all = {{"", stage.path("X.vst3")}};
  const auto has = [](const sound::Error& error, std::initializer_list<const char*> words) {
    for (const char* word : words)
      if (error.text.find(word) == std::string::npos) return false;
    return error.fault == sound::Fault::Plugin;
  };
  stage.script("echo 'it stays silent' >&2; exit 1");
  CHECK(has(error_of(stage, all), {"part '", "X.vst3: it stays silent"}));
  stage.script("kill -SEGV $$");
  CHECK(has(error_of(stage, all), {"X.vst3", "signal 11"}));
  stage.script("echo '{\"event\":\"done\"}'");
  CHECK(has(error_of(stage, all), {"X.vst3", "no WAV"}));
  auto settings = settings_of(stage, all);
  settings.midi_renderer.clear();
  Fonts fonts;
  if (const auto mix = mixed(stage, settings, fonts); !mix)
    CHECK(mix.error().text.find("setup vst3") != std::string::npos);
}
