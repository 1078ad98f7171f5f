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
