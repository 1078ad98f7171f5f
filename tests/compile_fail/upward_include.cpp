// SPDX-License-Identifier: MIT
// Seen from base, the libraries above it do not exist.
#include <toccata/base/result.hpp>
#ifdef TOCCATA_MUST_FAIL
#include <toccata/timeline/tick.hpp>
#endif
