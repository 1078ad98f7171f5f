# SPDX-License-Identifier: MIT
# What rendering audio needs, as PkgConfig::NAME.
# Where one of them is missing the engine is built without sound, as it must be on small systems.
if(TOCCATA_WITH_FLUIDSYNTH)
  find_package(PkgConfig)
  set(missing "")
  foreach(module IN ITEMS fluidsynth sndfile libebur128 kissfft-float libpng)
    if(PkgConfig_FOUND)
      pkg_check_modules(${module} QUIET IMPORTED_TARGET GLOBAL ${module})
    endif()
    if(NOT ${module}_FOUND)
      list(APPEND missing ${module})
    endif()
  endforeach()
  if(missing)
    list(JOIN missing ", " missing)
    message(STATUS "No sound in this build, not found: ${missing} (./toccata setup sound)")
    # Not in the cache, so that the next configuration looks again.
    set(TOCCATA_WITH_FLUIDSYNTH OFF)
  endif()
endif()
