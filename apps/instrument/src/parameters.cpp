// SPDX-License-Identifier: MIT
#include "parameters.hpp"

#include <algorithm>
#include <cmath>

namespace toccata::instrument {
namespace {

/// Source: General MIDI System, Level 1 (MMA 1991), instrument patch map.
constexpr std::array<const char*, 128> kPrograms = {
    "Acoustic Grand Piano", "Bright Acoustic Piano", "Electric Grand Piano", "Honky-tonk Piano",
    "Electric Piano 1", "Electric Piano 2", "Harpsichord", "Clavi", "Celesta", "Glockenspiel",
    "Music Box", "Vibraphone", "Marimba", "Xylophone", "Tubular Bells", "Dulcimer",
    "Drawbar Organ", "Percussive Organ", "Rock Organ", "Church Organ", "Reed Organ", "Accordion",
    "Harmonica", "Tango Accordion", "Acoustic Guitar (nylon)", "Acoustic Guitar (steel)",
    "Electric Guitar (jazz)", "Electric Guitar (clean)", "Electric Guitar (muted)",
    "Overdriven Guitar", "Distortion Guitar", "Guitar Harmonics", "Acoustic Bass",
    "Electric Bass (finger)", "Electric Bass (pick)", "Fretless Bass", "Slap Bass 1",
    "Slap Bass 2", "Synth Bass 1", "Synth Bass 2", "Violin", "Viola", "Cello", "Contrabass",
    "Tremolo Strings", "Pizzicato Strings", "Orchestral Harp", "Timpani", "String Ensemble 1",
    "String Ensemble 2", "Synth Strings 1", "Synth Strings 2", "Choir Aahs", "Voice Oohs",
    "Synth Voice", "Orchestra Hit", "Trumpet", "Trombone", "Tuba", "Muted Trumpet", "French Horn",
    "Brass Section", "Synth Brass 1", "Synth Brass 2", "Soprano Sax", "Alto Sax", "Tenor Sax",
    "Baritone Sax", "Oboe", "English Horn", "Bassoon", "Clarinet", "Piccolo", "Flute", "Recorder",
    "Pan Flute", "Blown Bottle", "Shakuhachi", "Whistle", "Ocarina", "Lead 1 (square)",
    "Lead 2 (sawtooth)", "Lead 3 (calliope)", "Lead 4 (chiff)", "Lead 5 (charang)",
    "Lead 6 (voice)", "Lead 7 (fifths)", "Lead 8 (bass + lead)", "Pad 1 (new age)",
    "Pad 2 (warm)", "Pad 3 (polysynth)", "Pad 4 (choir)", "Pad 5 (bowed)", "Pad 6 (metallic)",
    "Pad 7 (halo)", "Pad 8 (sweep)", "FX 1 (rain)", "FX 2 (soundtrack)", "FX 3 (crystal)",
    "FX 4 (atmosphere)", "FX 5 (brightness)", "FX 6 (goblins)", "FX 7 (echoes)", "FX 8 (sci-fi)",
    "Sitar", "Banjo", "Shamisen", "Koto", "Kalimba", "Bag Pipe", "Fiddle", "Shanai",
    "Tinkle Bell", "Agogo", "Steel Drums", "Woodblock", "Taiko Drum", "Melodic Tom", "Synth Drum",
    "Reverse Cymbal", "Guitar Fret Noise", "Breath Noise", "Seashore", "Bird Tweet",
    "Telephone Ring", "Helicopter", "Applause", "Gunshot"};
constexpr std::array<const char*, 3> kKits = {"Channel 10", "All channels", "No channel"};
constexpr std::array<const char*, 12> kTonics = {"C",  "C#", "D",  "Eb", "E",  "F",
                                                 "F#", "G",  "Ab", "A",  "Bb", "B"};
constexpr std::array<const char*, 2> kScaleKeys = {"One degree a key", "Nearest keys"};
constexpr std::array<const char*, 5> kStatus = {"Not loaded", "Playing", "No sound font",
                                                "Sound font damaged", "Sample rate over 96 kHz"};

using Steps = ParameterInfo::Steps;

constexpr std::array<ParameterInfo, kParameterCount> kInfos = {{
    {"dpf_bypass", "Bypass", "", 0, 1, 0, Steps::Switch, {}},
    {"program", "Program", "", 0, 127, 0, Steps::Whole, kPrograms},
    {"bank", "Bank", "", 0, 127, 0, Steps::Whole, {}},
    {"kit", "Drum kits", "", 0, 2, 0, Steps::Whole, kKits},
    {"program_changes", "Program changes", "", 0, 1, 1, Steps::Switch, {}},
    {"gain", "Gain", "dB", -60, 12, 0, Steps::None, {}},
    {"reverb", "Reverb", "", 0, 1, 0, Steps::None, {}},
    {"room_size", "Room size", "", 0, 1, 0.5F, Steps::None, {}},
    {"damping", "Damping", "", 0, 1, 0.3F, Steps::None, {}},
    {"chorus", "Chorus", "", 0, 1, 0, Steps::None, {}},
    {"brightness", "Brightness", "", -1, 1, 0, Steps::None, {}},
    {"attack", "Attack", "", -1, 1, 0, Steps::None, {}},
    {"release", "Release", "", -1, 1, 0, Steps::None, {}},
    {"touch", "Touch", "", -1, 1, 0, Steps::None, {}},
    {"tuning", "Tuning", "Hz", 400, 480, 440, Steps::None, {}},
    {"tonic", "Scale tonic", "", 0, 11, 0, Steps::Whole, kTonics},
    {"scale_keys", "Scale keys", "", 0, 1, 0, Steps::Whole, kScaleKeys},
    {"status", "Status", "", 0, 4, 0, Steps::Whole, kStatus},
}};

}  // namespace

const ParameterInfo& info_of(Parameter parameter) {
  return kInfos[static_cast<std::size_t>(parameter)];
}

float held_value(Parameter parameter, float value) {
  const ParameterInfo& info = info_of(parameter);
  if (std::isnan(value)) return info.usual;
  value = std::clamp(value, info.lowest, info.highest);
  return info.steps == Steps::None ? value : std::round(value);
}

}  // namespace toccata::instrument
