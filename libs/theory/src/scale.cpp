// SPDX-License-Identifier: MIT
#include "data.hpp"
#include "scale_table.hpp"
#include "text.hpp"

#include <algorithm>

namespace toccata {
namespace {

bool has(const std::vector<int>& semitones, int wanted) {
  return std::find(semitones.begin(), semitones.end(), wanted) != semitones.end();
}

Scale::Entry read_entry(const Json& json) {
  Scale::Entry entry{detail::text_of(json, "id"),
                     {detail::folded_name(detail::text_of(json, "id"))},
                     detail::integers_of(json, "semitones"),
                     detail::integers_of(json, "letters"),
                     detail::integer_of(json, "fifths"),
                     false};
  // A seven-note scale has each letter once.
  if (entry.letters.empty()) entry.letters = {0, 1, 2, 3, 4, 5, 6};
  for (const auto& alias : detail::texts_of(json, "aliases"))
    entry.folded_names.push_back(detail::folded_name(alias));
  const bool both_thirds = has(entry.semitones, 3) && has(entry.semitones, 4);
  entry.is_minor = both_thirds ? json.find("minor") != nullptr : has(entry.semitones, 3);
  return entry;
}

/// The table, read once; a Scale points into it.
struct Table {
  Table() {
    const Json json = detail::theory_data("scales");
    for (const auto& item : detail::items_of(json, "scales")) entries.push_back(read_entry(item));
    for (const auto& entry : entries) scales.emplace_back(&entry);
  }
  std::vector<Scale::Entry> entries;
  std::vector<Scale> scales;
};

const Table& table() {
  static const Table kTable;
  return kTable;
}

}  // namespace

std::string_view Scale::id() const { return entry_->id; }
std::span<const int> Scale::semitones() const { return entry_->semitones; }
std::span<const int> Scale::letters() const { return entry_->letters; }
bool Scale::is_minor() const { return entry_->is_minor; }
int Scale::fifths_on_c() const { return entry_->fifths; }

bool Scale::contains(int semitones_above_tonic) const {
  return has(entry_->semitones, PitchClass::folded(semitones_above_tonic).number());
}

std::optional<Scale> Scale::find(std::string_view name) {
  constexpr std::size_t kLongestName = 64;
  if (name.size() > kLongestName) return std::nullopt;
  const std::string wanted = detail::folded_name(name);
  for (const Scale scale : all())
    for (const auto& known : scale.entry_->folded_names)
      if (known == wanted) return scale;
  return std::nullopt;
}

std::span<const Scale> Scale::all() { return table().scales; }

}  // namespace toccata
