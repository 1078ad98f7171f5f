// SPDX-License-Identifier: MIT
// Whole numbers of any size in few bytes, and bytes in fewer.
#pragma once

#include <optional>
#include <string>

#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata::learn {

/// Seven bits a byte, low ones first; the sign in the lowest bit.
void append_whole(Bytes& out, std::int64_t value);
std::optional<std::int64_t> take_whole(ByteReader& reader);

/// An xz stream with a checksum of its content.
Bytes compressed(ByteView bytes);
/// Errors: a stream that is cut, damaged or does not hold just `size` bytes; more than kMostTimes
/// as many bytes as `packed` has, which nothing that was written here comes near to.
inline constexpr std::size_t kMostTimes = 8192;
Result<Bytes, std::string> decompressed(ByteView packed, std::size_t size);

}  // namespace toccata::learn
