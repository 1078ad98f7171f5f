# SPDX-License-Identifier: MIT
# The target toccata_juce: the part of JUCE that hosts plug-ins, compiled once into a static library.
#
# JUCE is under the GPL-3 here, so what links this target is: libs/render_juce and apps/midirenderer.
find_package(JUCE CONFIG REQUIRED)
find_package(PNG REQUIRED) # Debian's JUCE has no copies of these two of its own
find_package(JPEG REQUIRED)
add_library(toccata_juce STATIC)
target_link_libraries(toccata_juce PRIVATE juce::juce_audio_processors PNG::PNG JPEG::JPEG)
target_compile_definitions(
  toccata_juce
  PUBLIC JUCE_STANDALONE_APPLICATION=1 # this is no plug-in itself
         JUCE_PLUGINHOST_VST3=1 JUCE_PLUGINHOST_LV2=1
         JUCE_WEB_BROWSER=0 JUCE_USE_CURL=0 # a renderer has no use for the network
         JUCE_MODAL_LOOPS_PERMITTED=1 # we pump the message loop between blocks
  INTERFACE $<TARGET_PROPERTY:toccata_juce,COMPILE_DEFINITIONS>)
target_include_directories(toccata_juce SYSTEM
                           INTERFACE $<TARGET_PROPERTY:toccata_juce,INCLUDE_DIRECTORIES>)
# It hands blocks to plug-ins and computes nothing itself; most of it is a user interface nobody sees.
# Its own debugging prints on standard error, also in whoever includes its headers.
target_compile_options(toccata_juce PUBLIC -UDEBUG -U_DEBUG PRIVATE -w -O1)

# Two files of JUCE 7 are changed on their way to the compiler. One that lacks these places is taken
# as it is.
# - It gives plug-ins the host's run loop with a window only, and a renderer has none: those that ask
#   for it as they begin (as VST 3.6.8 and later have it) would wait for ever.
# - Where a plug-in says of no controller which parameter it moves, every one moves parameter 0. Where
#   it says so of the first channel alone, the other channels' are lost.
# - Notes have neither numbers nor tunings: libs/render_juce/juce/note_tuning.hpp.
set(modules "${JUCE_MODULES_DIR}/juce_audio_processors")
set(changed "${CMAKE_BINARY_DIR}/juce")
file(READ "${modules}/format_types/juce_VST3PluginFormat.cpp" text)
string(REPLACE "\r" "" text "${text}")
string(REPLACE "struct VST3HostContext  : public" [[
Steinberg::Linux::IRunLoop* toccataRunLoop();
struct VST3HostContext  : public]] text "${text}")
string(REPLACE [[queryInterface (const TUID iid, void** obj) override
    {
        return testForMultiple (*this,
                                iid,
                                UniqueBase<Vst::IComponentHandler>{},]]
  [[queryInterface (const TUID iid, void** obj) override
    {
        if (doUIDsMatch (iid, Steinberg::Linux::IRunLoop::iid))
        {
            *obj = toccataRunLoop();
            return kResultTrue;
        }
        return testForMultiple (*this,
                                iid,
                                UniqueBase<Vst::IComponentHandler>{},]] text "${text}")
string(REPLACE "struct VST3ModuleHandle  : public" [[
Steinberg::Linux::IRunLoop* toccataRunLoop()
{
    static RunLoop loop;
    return &loop;
}
struct VST3ModuleHandle  : public]] text "${text}")
string(REPLACE [[#include "juce_ARACommon.h"]] [[#include "juce_ARACommon.h"
#include "note_tuning.hpp"]] text "${text}")
string(REPLACE "StoredMidiMapping storedMidiMapping;" [[StoredMidiMapping storedMidiMapping;
    toccata::render_juce::NoteTuning toccataTuning;]] text "${text}")
string(REPLACE "storedMidiMapping.storeMappings (*midiMapping);" [[
storedMidiMapping.storeMappings (*midiMapping);
        toccataTuning.find_out (editController, storedMidiMapping);]] text "${text}")
string(REPLACE [[MidiEventList::hostToPluginEventList (*midiInputs,
                                                  midiBuffer,]]
  [[auto& toccataRest = toccataTuning.take (midiBuffer);
            MidiEventList::hostToPluginEventList (*midiInputs,
                                                  toccataRest,]] text "${text}")
string(REPLACE "destination.inputEvents = midiInputs;" [[toccataTuning.tune (*midiInputs);
        destination.inputEvents = midiInputs;]] text "${text}")
file(READ "${modules}/format_types/juce_VST3Common.h" common)
string(REPLACE "\r" "" common "${common}")
string(REPLACE "channel.resize (Steinberg::Vst::kCountCtrlNumber);"
               "channel.resize (Steinberg::Vst::kCountCtrlNumber, Steinberg::Vst::kNoParamId);"
               common "${common}")
string(REPLACE "storeControllers (mapping, channels[channelIndex], channelIndex);" [[
{
            storeControllers (mapping, channels[channelIndex], channelIndex);
            for (size_t i = 0; i < channels[0].size(); ++i) // toccataFirst
                if (channels[channelIndex][i] == Steinberg::Vst::kNoParamId)
                    channels[channelIndex][i] = channels[0][i];
        }]] common "${common}")
string(REGEX MATCHALL "toccata(RunLoop|Tuning|First)|kCountCtrlNumber, Steinberg" places
             "${text}${common}")
list(LENGTH places count)
if(count EQUAL 9)
  file(CONFIGURE OUTPUT "${changed}/format_types/juce_VST3PluginFormat.cpp" CONTENT "${text}" @ONLY)
  file(CONFIGURE OUTPUT "${changed}/format_types/juce_VST3Common.h" CONTENT "${common}" @ONLY)
  file(COPY "${modules}/juce_audio_processors.cpp" DESTINATION "${changed}")
  set_source_files_properties("${modules}/juce_audio_processors.cpp" PROPERTIES HEADER_FILE_ONLY ON)
  target_sources(toccata_juce PRIVATE "${changed}/juce_audio_processors.cpp")
  target_include_directories(toccata_juce PRIVATE
    "${modules}" "${modules}/format_types" "${PROJECT_SOURCE_DIR}/libs/render_juce/juce")
endif()
