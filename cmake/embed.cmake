# SPDX-License-Identifier: MIT
# Writes a C++ file that holds data files as string literals: embedded::VARIABLE() lists {name, text}.
# A raw literal is limited to 64 KiB by some compilers, so each text is cut into pieces.
set(body "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" text)
  string(LENGTH "${text}" length)
  set(pieces "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(FIND "${piece}" "\n" cut REVERSE)  # at a line's end, so that no UTF-8 character is cut
    if(cut GREATER 0)
      math(EXPR cut "${cut} + 1")
      string(SUBSTRING "${text}" ${at} ${cut} piece)
    else()
      set(cut 8000)
    endif()
    string(APPEND pieces "R\"~~~~(${piece})~~~~\"\n")
    math(EXPR at "${at} + ${cut}")
  endwhile()
  string(APPEND body "    {\"${name}\", std::string_view(${pieces})},\n")
endforeach()
file(WRITE "${OUT}.new"
"// Made by cmake/embed.cmake from data files; change those instead.
#include <toccata/base/embedded.hpp>

namespace toccata::embedded {
namespace {
constexpr File kFiles[] = {
${body}};
}  // namespace
std::span<const File> ${VARIABLE}() { return kFiles; }
}  // namespace toccata::embedded
")
file(COPY_FILE "${OUT}.new" "${OUT}" ONLY_IF_DIFFERENT)
file(TOUCH "${OUT}")
