# SPDX-License-Identifier: MIT
# One place for what every target is compiled with: standard, exact floating point, warnings, sanitizers.
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
find_program(TOCCATA_CCACHE ccache)
if(TOCCATA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # What one checkout has compiled serves every other, at the price that a debugger may open the
  # sources of that one.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_NOHASHDIR=1;${TOCCATA_CCACHE}")
endif()

add_library(toccata_warnings INTERFACE)
target_compile_options(toccata_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                                                  -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Its optimiser takes "text" + std::string for an overlapping copy (GCC bug 105651).
  target_compile_options(toccata_warnings INTERFACE -Wno-restrict)
endif()
if(TOCCATA_WERROR)
  target_compile_options(toccata_warnings INTERFACE -Werror)
endif()

# Nobody puts other functions in place of ours while a program is loaded, so the compiler may inline
# those that a shared library would export (half of a piece's time is calls of a few instructions).
add_compile_options(-fno-semantic-interposition)
# The same bytes on every machine: no contraction of a*b+c, whatever the compiler's default is.
add_compile_options(-ffp-contract=off)
if(TOCCATA_SANITIZE)
  add_compile_options(-fsanitize=${TOCCATA_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TOCCATA_SANITIZE})
endif()
