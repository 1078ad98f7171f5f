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

# JUCE 7 gives plug-ins the host's run loop with a window only, and a renderer has none: those that
# ask for it as they begin (as VST 3.6.8 and later have it) would wait for ever. So one file of it is
# changed on its way to the compiler. A JUCE that lacks these places is taken as it is.
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
string(REGEX MATCHALL "toccataRunLoop" places "${text}")
list(LENGTH places count)
if(count EQUAL 3)
  file(CONFIGURE OUTPUT "${changed}/format_types/juce_VST3PluginFormat.cpp" CONTENT "${text}" @ONLY)
  file(COPY "${modules}/juce_audio_processors.cpp" DESTINATION "${changed}")
  set_source_files_properties("${modules}/juce_audio_processors.cpp" PROPERTIES HEADER_FILE_ONLY ON)
  target_sources(toccata_juce PRIVATE "${changed}/juce_audio_processors.cpp")
  target_include_directories(toccata_juce PRIVATE "${modules}" "${modules}/format_types")
endif()
