// SPDX-License-Identifier: MIT
#include "scratch.hpp"

#include <doctest/doctest.h>
#include <toccata/plugins/kind.hpp>
#include <toccata/plugins/plugin_place.hpp>

using namespace toccata;
using namespace toccata::plugins;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kVst3Module{"\177ELF....GetPluginFactory\0", 25};

}  // namespace

TEST_CASE("kind: files are told apart by what they hold, whatever they are called") {
  const Scratch scratch;
  using namespace std::string_view_literals;
  CHECK(find_kind(scratch.file("a.vst3", "VST3\1\0\0\0..."sv)) == PathKind::Preset);
  CHECK(find_kind(scratch.file("b.vstpreset", kVst3Module)) == PathKind::Vst3);
  CHECK(find_kind(scratch.file("c.wav", "MThd\0\0\0\6"sv)) == PathKind::Midi);
  CHECK(find_kind(scratch.file("d", "RIFF\0\0\0\0RMID"sv)) == PathKind::Midi);
  CHECK(find_kind(scratch.file("e", "RIFF\0\0\0\0sfbk"sv)) == PathKind::SoundFont);
  CHECK(find_kind(scratch.file("f", "\177ELF..clap_entry\0"sv)) == PathKind::Clap);
  CHECK(find_kind(scratch.file("g", "\177ELF..no plug-in"sv)) == PathKind::Other);
  CHECK(find_kind(scratch.file("h.vst3", "")) == PathKind::Other);
  CHECK(find_kind(scratch.file("i.vst3", "GetPluginFactory\0"sv)) == PathKind::Other);
  CHECK(find_kind(scratch.folder / "none") == PathKind::Missing);
}

TEST_CASE("kind: the function's name is found across the border of two readings") {
  const Scratch scratch;
  std::string module = "\177ELF";
  module.resize((std::size_t{1} << 20) - 7, '.');
  module += std::string("GetPluginFactory") + '\0';
  CHECK(find_kind(scratch.file("large.so", module)) == PathKind::Vst3);
}

TEST_CASE("kind: bundles are folders with a module of their kind inside") {
  const Scratch scratch;
  scratch.file("One.vst3/Contents/x86_64-linux/One.so", kVst3Module);
  CHECK(find_kind(scratch.folder / "One.vst3") == PathKind::Vst3);
  scratch.file("two/manifest.ttl", "@prefix lv2:");
  CHECK(find_kind(scratch.folder / "two") == PathKind::Lv2);
  scratch.file("Three.vst3/Contents/x86_64-linux/Three.so", "nothing");
  CHECK(find_kind(scratch.folder / "Three.vst3") == PathKind::Other);
  CHECK(is_plugin(PathKind::Vst3));
  CHECK_FALSE(is_plugin(PathKind::Preset));
}

TEST_CASE("place: a bundle, one of several in it, a URI") {
  const auto in_bundle = plugins::parse_plugin_place("mda.lv2#Piano");
  CHECK((in_bundle.path == "mda.lv2" && in_bundle.name == "Piano" && !in_bundle.is_uri));
  CHECK(plugins::parse_plugin_place("a/X.vst3").name.empty());
  const auto uri = plugins::parse_plugin_place("http://example.org/a#b");
  CHECK((uri.path == "http://example.org/a#b" && uri.is_uri));
  CHECK(plugins::parse_plugin_place("urn:a:b").is_uri);
}
