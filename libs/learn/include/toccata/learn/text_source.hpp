// SPDX-License-Identifier: MIT
// Text that comes piece by piece from a file, a pipe or an xz archive, however long it is.
#pragma once

#include <memory>
#include <span>
#include <string>

#include <toccata/base/result.hpp>
#include <toccata/learn/file_tree.hpp>

namespace toccata::learn {

class TextSource {
 public:
  /// "-" is stdin. What begins as an xz archive does is unpacked. Errors: no such file, a folder,
  /// not permitted.
  static Result<TextSource, DataError> open(const std::string& path);
  TextSource(TextSource&&) noexcept;
  TextSource& operator=(TextSource&&) noexcept;
  ~TextSource();

  /// Fills the room as far as there is text; less than that is the end. Errors: reading fails; an
  /// archive that is damaged, cut off or needs over 256 MiB to unpack.
  Result<std::size_t, DataError> read(std::span<char> room);

 private:
  struct State;
  explicit TextSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace toccata::learn
