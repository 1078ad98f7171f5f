// SPDX-License-Identifier: MIT
#include <toccata/learn/file_tree.hpp>

#include <algorithm>

#include <toccata/base/file.hpp>
#include <toccata/text/zip.hpp>

namespace toccata::learn {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestUnpacked = std::size_t{256} << 20;

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

struct FileTree::Archive {
  Bytes bytes;
  std::vector<ZipEntry> entries;  ///< in the order of the names
};

std::string describe(const DataError& error) { return error.where + ": " + error.what; }

Result<FileTree, DataError> FileTree::open(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) return Unexpected{DataError{path.string(), "no such file or folder"}};
  if (!fs::is_directory(status)) return open_archive(path);
  FileTree tree;
  tree.root_ = path;
  TOCCATA_TRY(tree.names_, names_below(path));
  return tree;
}

Result<FileTree, DataError> FileTree::open_archive(const fs::path& path) {
  const auto fail = [&](std::string what) {
    return Unexpected{DataError{path.string(), std::move(what)}};
  };
  auto bytes = read_file(path);
  if (!bytes) return fail(bytes.error().detail);
  if (!is_zip(*bytes)) return fail("neither a folder nor a zip archive");
  auto entries = list_zip(*bytes);
  if (!entries) return fail("as a zip archive: " + entries.error());
  std::erase_if(*entries, [](const ZipEntry& entry) { return entry.name.ends_with('/'); });
  std::ranges::stable_sort(*entries, {}, &ZipEntry::name);
  const auto twice = std::ranges::adjacent_find(*entries, {}, &ZipEntry::name);
  if (twice != entries->end()) return fail("as a zip archive: two files of one name");
  FileTree tree;
  tree.root_ = path;
  for (const ZipEntry& entry : *entries) tree.names_.push_back(entry.name);
  tree.archive_ = std::make_shared<const Archive>(Archive{*std::move(bytes), *std::move(entries)});
  return tree;
}

bool FileTree::has(std::string_view name) const { return std::ranges::binary_search(names_, name); }

Result<Bytes, DataError> FileTree::read(std::string_view name) const {
  if (!has(name))
    return Unexpected{DataError{root_.string(), "holds no file " + std::string(name)}};
  if (archive_) {
    const auto at = std::ranges::lower_bound(names_, name) - names_.begin();
    auto content = unpack_zip(archive_->bytes, archive_->entries[static_cast<std::size_t>(at)],
                              kLargestUnpacked);
    if (!content)
      return Unexpected{DataError{root_.string() + ": " + std::string(name), content.error()}};
    return *std::move(content);
  }
  auto bytes = read_file(root_ / fs::path(name));
  if (!bytes) return Unexpected{DataError{(root_ / name).string(), describe(bytes.error())}};
  return *std::move(bytes);
}

}  // namespace toccata::learn
