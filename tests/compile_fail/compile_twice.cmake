# SPDX-License-Identifier: MIT
# Called by ctest with COMPILER, FILE and INCLUDES (separated by commas).
string(REPLACE "," ";" includes "${INCLUDES}")
list(TRANSFORM includes PREPEND "-I")
set(compile "${COMPILER}" -std=c++20 -fsyntax-only ${includes})

execute_process(COMMAND ${compile} "${FILE}" RESULT_VARIABLE status ERROR_VARIABLE words)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "The half that must compile does not:\n${words}")
endif()
execute_process(COMMAND ${compile} -DTOCCATA_MUST_FAIL "${FILE}" RESULT_VARIABLE status
                ERROR_VARIABLE words)
if(status EQUAL 0)
  message(FATAL_ERROR "The half that must not compile does")
endif()
message(STATUS "refused as it should be:\n${words}")
