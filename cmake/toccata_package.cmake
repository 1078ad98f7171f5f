# SPDX-License-Identifier: MIT
# Writes and installs the package that find_package(Toccata) reads: targets toccata::NAME.
include(CMakePackageConfigHelpers)

# Static libraries hand their third-party libraries on to whoever links them, so the package has to
# find these again. toccata_library() has gathered them.
get_property(linked GLOBAL PROPERTY TOCCATA_LINKED)
list(REMOVE_DUPLICATES linked)
set(TOCCATA_FIND_DEPENDENCIES "")
foreach(target IN LISTS linked)
  if(target MATCHES "^PkgConfig::(.+)$")
    string(APPEND TOCCATA_FIND_DEPENDENCIES
           "find_dependency(PkgConfig)\n"
           "pkg_check_modules(${CMAKE_MATCH_1} REQUIRED QUIET IMPORTED_TARGET ${CMAKE_MATCH_1})\n")
  elseif(target MATCHES "^([A-Za-z0-9_]+)::")
    string(APPEND TOCCATA_FIND_DEPENDENCIES "find_dependency(${CMAKE_MATCH_1})\n")
  endif()
endforeach()

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/Toccata")
configure_package_config_file(
  cmake/ToccataConfig.cmake.in "${PROJECT_BINARY_DIR}/ToccataConfig.cmake"
  INSTALL_DESTINATION "${package_folder}" NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/ToccataConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ToccataConfig.cmake"
              "${PROJECT_BINARY_DIR}/ToccataConfigVersion.cmake"
        DESTINATION "${package_folder}")
install(EXPORT toccata_targets NAMESPACE toccata:: DESTINATION "${package_folder}")
