# SPDX-License-Identifier: MIT
include(GNUInstallDirs)

# toccata_library(NAME DEPS lib... LINK target... SOURCES file... TESTS file...)
#   DEPS  libraries of ours this one may include (public); LINK  third-party targets, private
#   TESTS doctest files, one executable per library, run by ctest as NAME
# Each library has its own include root, so an include of a library not named in DEPS is refused.
function(toccata_library name)
  cmake_parse_arguments(arg "" "" "DEPS;LINK;SOURCES;TESTS" ${ARGN})
  add_library(toccata_${name} STATIC ${arg_SOURCES})
  add_library(toccata::${name} ALIAS toccata_${name})
  set_target_properties(toccata_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(
    toccata_${name} PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
                           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                    PRIVATE src)
  target_compile_features(toccata_${name} PUBLIC cxx_std_20)
  list(TRANSFORM arg_DEPS PREPEND toccata_)
  target_link_libraries(toccata_${name} PUBLIC ${arg_DEPS}
                                        PRIVATE $<BUILD_INTERFACE:toccata_warnings> ${arg_LINK})
  set_property(GLOBAL APPEND PROPERTY TOCCATA_LINKED ${arg_LINK}) # read by toccata_package.cmake
  install(TARGETS toccata_${name} EXPORT toccata_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  if(TOCCATA_BUILD_TESTS AND arg_TESTS)
    toccata_test(${name} SOURCES ${arg_TESTS} DEPS ${name})
  endif()
endfunction()

# toccata_test(NAME SOURCES file... DEPS lib... LABELS label...): one doctest executable, one ctest case.
function(toccata_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  find_package(doctest REQUIRED)
  if(NOT TARGET toccata_test_main) # one for all: doctest's own part takes seconds to compile
    add_library(toccata_test_main STATIC ${PROJECT_SOURCE_DIR}/tests/doctest_main.cpp)
    target_compile_features(toccata_test_main PRIVATE cxx_std_20)
    target_compile_definitions(toccata_test_main PRIVATE TOCCATA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_include_directories(toccata_test_main PUBLIC ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(toccata_test_main PRIVATE doctest::doctest)
  endif()
  add_executable(test_${name} ${arg_SOURCES})
  list(TRANSFORM arg_DEPS PREPEND toccata_)
  target_link_libraries(test_${name} PRIVATE ${arg_DEPS} toccata_warnings toccata_test_main
                                             doctest::doctest)
  add_test(NAME ${name} COMMAND test_${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
endfunction()

# toccata_embed(TARGET NAMESPACE-VARIABLE file...): compiles data files into TARGET, so that a
# program needs no data directory; read through embedded::VARIABLE() (see the generated header).
function(toccata_embed target variable)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embedded_${variable}.cpp")
  add_custom_command(
    OUTPUT "${out}"
    COMMAND ${CMAKE_COMMAND} "-DOUT=${out}" "-DVARIABLE=${variable}" "-DFILES=${ARGN}"
            -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
    DEPENDS ${ARGN} "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${out}")
  # Compilers warn of what the standard does not promise; all that we know take it.
  set_source_files_properties("${out}" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
endfunction()
