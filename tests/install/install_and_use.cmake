# SPDX-License-Identifier: MIT
# Called by ctest with BUILD, SOURCE, GENERATOR, COMPILER, BUILD_TYPE and SANITIZE.
set(room "${BUILD}/install_test")
file(REMOVE_RECURSE "${room}")
# The examples are copied so that nothing of our tree can be reached from them by accident.
file(COPY "${SOURCE}/examples" DESTINATION "${room}")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "failed (${status}): ${ARGN}")
  endif()
endfunction()

set(flags "")
if(SANITIZE)
  set(flags "-fsanitize=${SANITIZE}")
endif()
run(${CMAKE_COMMAND} --install "${BUILD}" --prefix "${room}/prefix")
run(${CMAKE_COMMAND} -S "${room}/examples" -B "${room}/build" -G "${GENERATOR}"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}"
    "-DCMAKE_CXX_FLAGS=${flags}" "-DCMAKE_PREFIX_PATH=${room}/prefix")
run(${CMAKE_COMMAND} --build "${room}/build")
run(${CMAKE_CTEST_COMMAND} --test-dir "${room}/build" --output-on-failure --no-tests=error)
