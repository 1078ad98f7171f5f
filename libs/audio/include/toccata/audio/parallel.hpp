// SPDX-License-Identifier: MIT
// The same work for many items, on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace toccata::audio {

/// Calls work(0) ... work(count - 1), each once, on up to `threads` threads (0: one a core). An
/// exception that one of them ends with is thrown again here.
void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t)>& work);

}  // namespace toccata::audio
