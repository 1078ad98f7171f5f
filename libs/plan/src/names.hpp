// SPDX-License-Identifier: MIT
// Names and small text helpers that the readers of this library share.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace toccata::plan_detail {

/// "a, b, c".
std::string joined(std::span<const std::string_view> names);
/// In quotes, cut after 60 bytes, without control characters or bytes that are not UTF-8.
std::string quoted(std::string_view text);
/// The shortest text that reads back as this number: "110", "0.25".
std::string number_text(double number);

}  // namespace toccata::plan_detail
