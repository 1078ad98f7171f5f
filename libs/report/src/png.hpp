// SPDX-License-Identifier: MIT
// Pictures as PNG files.
#pragma once

#include "canvas.hpp"

namespace toccata::report {

/// RGB with 8 bits a colour. The same picture gives the same bytes. Range: at least one pixel.
Bytes encode_png(const Picture& picture);

}  // namespace toccata::report
