// SPDX-License-Identifier: MIT
// One event as the bytes a file has for it, after its delta time.
#pragma once

#include <toccata/midi/file.hpp>

namespace toccata::midi {

void append_event(Bytes& out, const Event& event, ByteView payload);

inline Bytes bytes_of(const Event& event, ByteView payload) {
  Bytes bytes;
  append_event(bytes, event, payload);
  return bytes;
}

}  // namespace toccata::midi
