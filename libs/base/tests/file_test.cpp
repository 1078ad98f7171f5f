// SPDX-License-Identifier: MIT
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/resource.h>
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

TEST_CASE("file: a pending one has no name until it is placed, and replaces what is there") {
  const Folder folder;
  const auto path = folder.path / "a.txt";
  const auto names = [&] { return std::distance(fs::directory_iterator(folder.path), {}); };
  {
    auto file = PendingFile::create(path);
    REQUIRE(file);
    REQUIRE(file->append(as_bytes("first, ")));
    CHECK(names() == 0);  // the temporary folder's file system has such files
    // Others write it by its open path, through and not beside.
    CHECK(is_written_through(file->open_path()));
    REQUIRE(write_file(file->open_path(), as_bytes("second")));
    CHECK(names() == 0);
    REQUIRE(file->place());
    CHECK(as_text(*read_file(path)) == "second");
  }
  auto dropped = PendingFile::create(path);
  REQUIRE(dropped->append(as_bytes("third")));
  dropped->discard();
  CHECK(as_text(*read_file(path)) == "second");
  auto placed = PendingFile::create(path);
  REQUIRE(placed->append(as_bytes("fourth")));
  REQUIRE(placed->place());
  CHECK(as_text(*read_file(path)) == "fourth");
  CHECK(names() == 1);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  CHECK(fs::status(path).permissions() == static_cast<fs::perms>(0666 & ~mask));
}

TEST_CASE("file: more may be pending than descriptors; what is not placed is gone") {
  const Folder folder;
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit few{300, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  {
    std::vector<PendingFile> files;
    for (int i = 0; i < 400; ++i) {
      auto file = PendingFile::create(folder.path / (std::to_string(i) + ".txt"));
      REQUIRE(file);
      REQUIRE(file->append(as_bytes(std::to_string(i))));
      files.push_back(*std::move(file));
    }
    for (int i = 0; i < 400; i += 2) REQUIRE(files[static_cast<std::size_t>(i)].place());
  }
  ::setrlimit(RLIMIT_NOFILE, &before);
  CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 200);
  for (int i = 0; i < 400; i += 2)
    CHECK(as_text(*read_file(folder.path / (std::to_string(i) + ".txt"))) == std::to_string(i));
}

TEST_CASE("file: through a symbolic link it is its target that is written") {
  const Folder folder;
  fs::create_directory(folder.path / "there");
  fs::create_symlink("there/a.txt", folder.path / "link.txt");
  for (const char* text : {"new", "again"}) {
    REQUIRE(write_file(folder.path / "link.txt", as_bytes(text)));
    CHECK(fs::is_symlink(folder.path / "link.txt"));
    CHECK(as_text(*read_file(folder.path / "there" / "a.txt")) == text);
  }
}

TEST_CASE("file: a full disk is an error and the old file stays whole") {
  if (!fs::exists("/dev/full")) return;
  CHECK(write_file("/dev/full", as_bytes("x")).error().fault == FileFault::Failed);
}
