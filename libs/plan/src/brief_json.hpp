// SPDX-License-Identifier: MIT
// What the writer and the reader of toccata.brief/1 share.
#pragma once

#include <string_view>

namespace toccata::plan_detail {

inline constexpr std::string_view kBriefFormat = "toccata.brief/1";

}  // namespace toccata::plan_detail
