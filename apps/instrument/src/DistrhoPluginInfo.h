// SPDX-License-Identifier: MIT
// What DPF, the plug-in framework, builds the instrument with; the name is DPF's.
#pragma once

#define DISTRHO_PLUGIN_BRAND "Toccata"
#define DISTRHO_PLUGIN_NAME "Toccata"
#define DISTRHO_PLUGIN_URI "urn:toccata:instrument"
#define DISTRHO_PLUGIN_CLAP_ID "toccata.instrument"
#define DISTRHO_PLUGIN_HAS_UI 0
#define DISTRHO_PLUGIN_IS_SYNTH 1
#define DISTRHO_PLUGIN_IS_RT_SAFE 1
#define DISTRHO_PLUGIN_NUM_INPUTS 0
#define DISTRHO_PLUGIN_NUM_OUTPUTS 2
#define DISTRHO_PLUGIN_WANT_LATENCY 1
#define DISTRHO_PLUGIN_WANT_MIDI_INPUT 1
#define DISTRHO_PLUGIN_WANT_STATE 1
#define DISTRHO_PLUGIN_WANT_FULL_STATE 1
#define DISTRHO_PLUGIN_LV2_CATEGORY "lv2:InstrumentPlugin"
#define DISTRHO_PLUGIN_VST3_CATEGORIES "Instrument|Sampler|Stereo"
#define DISTRHO_PLUGIN_CLAP_FEATURES "instrument", "sampler", "stereo"
