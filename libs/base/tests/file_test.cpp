// SPDX-License-Identifier: MIT
#include <filesystem>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <toccata/base/file.hpp>
#include <unistd.h>

using namespace toccata;
namespace fs = std::filesystem;

namespace {
struct Folder {
  fs::path path = fs::temp_directory_path() / ("toccata-file-test-" + std::to_string(::getpid()));
  Folder() { fs::create_directory(path); }
  ~Folder() { fs::remove_all(path); }
};
}  // namespace

TEST_CASE("file: what is written is read back, over an older file too") {
  const Folder folder;
  const auto path = folder.path / "a.bin";
  REQUIRE(write_file(path, as_bytes("a longer first content")));
  REQUIRE(write_file(path, as_bytes("short")));
  const auto content = read_file(path);
  REQUIRE(content);
  CHECK(as_text(*content) == "short");
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);  // no part is left behind
}

TEST_CASE("file: faults are told apart") {
  const Folder folder;
  CHECK(read_file(folder.path / "none").error().fault == FileFault::NotFound);
  CHECK(read_file(folder.path).error().fault == FileFault::IsFolder);
  CHECK(write_file(folder.path, as_bytes("x")).error().fault == FileFault::IsFolder);
  CHECK(write_file(folder.path / "no" / "x", as_bytes("x")).error().fault == FileFault::NoFolder);
  REQUIRE(write_file(folder.path / "big", as_bytes("123456")));
  CHECK(read_file(folder.path / "big", 5).error().fault == FileFault::TooLarge);
}

TEST_CASE("file: a new file replaces nothing, and has the permissions of any new file") {
  const Folder folder;
  const auto path = folder.path / "new";
  REQUIRE(write_new_file(path, as_bytes("first")));
  CHECK(write_new_file(path, as_bytes("second")).error().fault == FileFault::Failed);
  CHECK(as_text(*read_file(path)) == "first");
  CHECK(write_new_file(folder.path / "no" / "x", as_bytes("x")).error().fault ==
        FileFault::NoFolder);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  CHECK(fs::status(path).permissions() == static_cast<fs::perms>(0666 & ~mask));
}

TEST_CASE("file: a full disk is an error and the old file stays whole") {
  if (!fs::exists("/dev/full")) return;
  CHECK(write_file("/dev/full", as_bytes("x")).error().fault == FileFault::Failed);
}
