// SPDX-License-Identifier: MIT
#include <toccata/learn/file_tree.hpp>

#include <algorithm>

#include <toccata/base/file.hpp>

namespace toccata::learn {
namespace {

namespace fs = std::filesystem;

Result<std::vector<std::string>, DataError> names_below(const fs::path& root) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator at(root, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code unknown;  // a file that vanished meanwhile is no file
    if (at->is_regular_file(unknown))
      names.push_back(at->path().lexically_relative(root).generic_string());
  }
  if (error) return Unexpected{DataError{root.string(), error.message()}};
  std::ranges::sort(names);
  return names;
}

}  // namespace

struct FileTree::Archive {};

std::string describe(const DataError& error) { return error.where + ": " + error.what; }

Result<FileTree, DataError> FileTree::open(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) return Unexpected{DataError{path.string(), "no such file or folder"}};
  if (!fs::is_directory(status))
    return Unexpected{DataError{path.string(), "neither a folder nor a zip archive"}};
  FileTree tree;
  tree.root_ = path;
  TOCCATA_TRY(tree.names_, names_below(path));
  return tree;
}

bool FileTree::has(std::string_view name) const { return std::ranges::binary_search(names_, name); }

Result<Bytes, DataError> FileTree::read(std::string_view name) const {
  if (!has(name))
    return Unexpected{DataError{root_.string(), "holds no file " + std::string(name)}};
  auto bytes = read_file(root_ / fs::path(name));
  if (!bytes) return Unexpected{DataError{(root_ / name).string(), describe(bytes.error())}};
  return *std::move(bytes);
}

}  // namespace toccata::learn
