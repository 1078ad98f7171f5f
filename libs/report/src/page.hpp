// SPDX-License-Identifier: MIT
// The report's picture: what stands where.
#pragma once

#include "canvas.hpp"

#include <toccata/report/report.hpp>

namespace toccata::report {

inline constexpr int kPageWidth = 1600, kPageHeight = 1030;

void draw_page(const Subject& subject, Canvas& canvas);

}  // namespace toccata::report
