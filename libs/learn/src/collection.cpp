// SPDX-License-Identifier: MIT
#include <toccata/learn/collection.hpp>

#include <algorithm>
#include <map>

#include "layouts.hpp"
#include "pop909.hpp"

namespace toccata::learn {
namespace {

constexpr std::string_view kSplits[] = {"train", "validation", "test"};
constexpr std::string_view kLayouts[] = {"maestro", "asap", "groove", "pop909", "folder"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool is_midi(std::string_view name) {
  const std::string plain = lower(name);
  return plain.ends_with(".mid") || plain.ends_with(".midi") || plain.ends_with(".kar");
}

bool is_maestro(std::string_view name) {
  return name.starts_with("maestro-v") && (name.ends_with(".csv") || name.ends_with(".json"));
}

Collection pop909_of(const FileTree& tree) {
  Collection collection{Layout::Pop909, {}, {}};
  for (const std::string& name : tree.names())
    if (is_pop909_file(name))
      collection.recordings.push_back({name, name.substr(name.size() - 7, 3), {}});
  return collection;
}

Collection folder_of(const FileTree& tree) {
  Collection collection;
  for (const std::string& name : tree.names())
    if (is_midi(name)) collection.recordings.push_back({name, name, {}});
  return collection;
}

Result<Collection, DataError> by_layout(const FileTree& tree) {
  if (const auto table = find_table(tree, is_maestro)) return read_maestro(tree, *table);
  if (const auto table =
          find_table(tree, [](std::string_view name) { return name == "metadata.csv"; })) {
    TOCCATA_TRY(auto found, read_asap(tree, *table));
    if (found) return *std::move(found);
  }
  if (const auto table =
          find_table(tree, [](std::string_view name) { return name == "info.csv"; })) {
    TOCCATA_TRY(auto found, read_groove(tree, *table));
    if (found) return *std::move(found);
  }
  return is_mostly_pop909(tree) ? pop909_of(tree) : folder_of(tree);
}

/// Takes out what is named but not there, and what is named twice.
void tidy(const FileTree& tree, Collection& collection) {
  std::ranges::stable_sort(collection.recordings, {}, &Recording::file);
  auto& recordings = collection.recordings;
  const auto is_same = [](const Recording& a, const Recording& b) { return a.file == b.file; };
  recordings.erase(std::unique(recordings.begin(), recordings.end(), is_same), recordings.end());
  std::erase_if(collection.recordings, [&](const Recording& recording) {
    if (tree.has(recording.file)) return false;
    collection.missing.push_back(recording.file);
    return true;
  });
}

}  // namespace

std::string_view name_of(Split split) { return kSplits[static_cast<std::size_t>(split)]; }
std::optional<Split> find_split(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kSplits); ++i)
    if (kSplits[i] == name) return static_cast<Split>(i);
  return std::nullopt;
}
std::string_view name_of(Layout layout) { return kLayouts[static_cast<std::size_t>(layout)]; }

Result<Collection, DataError> find_recordings(const FileTree& tree) {
  TOCCATA_TRY(Collection collection, by_layout(tree));
  tidy(tree, collection);
  if (collection.recordings.empty())
    return Unexpected{
        DataError{tree.root().string(), collection.missing.empty()
                                            ? "holds no MIDI file (.mid, .midi, .kar)"
                                            : "its table names files, but none of them is there: " +
                                                  collection.missing.front()}};
  return collection;
}

}  // namespace toccata::learn
