// SPDX-License-Identifier: MIT
// How a verb fails: one line for the user and an exit status.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <toccata/base/result.hpp>

namespace toccata::cli {

enum class Status : int { Done = 0, Failed = 1, WrongCall = 2 };

struct Failure {
  Status status;
  std::string what;  ///< what, where and what was allowed
};

inline Unexpected<Failure> wrong_call(std::string what) {
  return Unexpected{Failure{Status::WrongCall, std::move(what)}};
}
inline Unexpected<Failure> cannot(std::string what) {
  return Unexpected{Failure{Status::Failed, std::move(what)}};
}

template <class T>
using Outcome = Result<T, Failure>;

/// Valid UTF-8 whatever the text: bytes that are none as \xf2; and control characters but tabs and
/// line breaks as JSON escapes them, as names in files must not drive a terminal.
std::string printable(std::string_view text);

/// One line of at most 600 bytes: printable, with spaces for line breaks and tabs, and a long
/// middle left out.
std::string one_line(std::string_view text);

/// "PROGRAM: ..." as one line on stderr. Gives the failure's exit status.
int tell(std::string_view program, const Failure& failure);

/// What a whole program does, to its exit status. `told` tells a failure, one that was thrown too.
/// A file that may not grow further is a failed write from here on, as on a full disk.
int run_program(const std::function<Outcome<void>()>& program,
                const std::function<int(const Failure&)>& told);

}  // namespace toccata::cli
