// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

#include <toccata/base/trimmed.hpp>
#include <toccata/score/score.hpp>

namespace toccata {
namespace {

constexpr std::array<std::string_view, 7> kRoleNames = {"melody", "chords",  "bass", "drums",
                                                        "pad",    "counter", "other"};

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

bool is_named_as_melody(std::string_view name) {
  const std::string lower = lowered(name);
  return std::ranges::any_of(
      std::array{"melody", "lead", "solo", "theme", "voice"},
      [&](const char* word) { return lower.find(word) != std::string::npos; });
}

double mean_pitch(const Part& part) {
  double sum = 0;
  for (const Note& note : part.notes) sum += note.pitch.number();
  return sum / static_cast<double>(part.notes.size());
}

/// The last mark at or before a tick.
template <class MarkAtTick>
const MarkAtTick* in_force(const std::vector<MarkAtTick>& marks, Tick at) {
  const auto after = std::upper_bound(marks.begin(), marks.end(), at,
                                      [](Tick t, const MarkAtTick& mark) { return t < mark.at; });
  return after == marks.begin() ? nullptr : &*(after - 1);
}

auto note_order(const Note& note) { return std::tuple(note.onset, note.pitch, note.id); }

std::optional<std::string> validate_markings(const Part& part) {
  for (const Marking& marking : part.markings) {
    const std::string where = "a marking (" + std::string(name_of(marking.kind)) + ") of part \"" +
                              part.name + "\" at tick " + std::to_string(marking.at.ticks());
    if (marking.at < Tick(0)) return where + " begins before 0";
    if (is_stretch(marking.kind) ? marking.end <= marking.at : marking.end != marking.at)
      return where + " has another end than its kind";
    if (is_level(marking.kind) != marking.loudness.has_value())
      return where + " has a loudness, or lacks one";
  }
  return std::nullopt;
}

std::optional<std::string> validate_part(const Part& part, std::vector<NoteId>& ids) {
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    const Note& note = part.notes[i];
    const std::string where =
        "note " + std::to_string(note.id.number()) + " of part \"" + part.name + "\"";
    if (note.onset < Tick(0)) return where + " begins before 0";
    if (note.duration <= Duration(0)) return where + " lasts no time";
    if (i > 0 && note_order(note) < note_order(part.notes[i - 1]))
      return where + " is out of order";
    if (note.id == NoteId()) return where + " has no id";
    ids.push_back(note.id);
  }
  return std::nullopt;
}

template <class MarkAtTick>
bool is_sorted(const std::vector<MarkAtTick>& marks) {
  return std::ranges::is_sorted(marks, {}, [](const auto& mark) { return mark.at; });
}

}  // namespace

std::string_view name_of(Role role) { return kRoleNames[static_cast<std::size_t>(role)]; }

std::optional<Role> find_role(std::string_view name) {
  const auto found = std::ranges::find(kRoleNames, name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<Role>(found - kRoleNames.begin());
}

int Score::bar_count() const {
  if (end <= Tick(0)) return 0;
  return std::max(0, meter.bar_at(end - Duration(1)).index() + 1);
}

std::optional<std::string> find_excess_of_bars(const Score& score) {
  constexpr int kMostBarsOfAFile = 100'000;
  if (score.bar_count() <= kMostBarsOfAFile) return std::nullopt;
  return "the score has " + std::to_string(score.bar_count()) + " bars, allowed are up to " +
         std::to_string(kMostBarsOfAFile);
}

const Part* find_part(const Score& score, PartId id) {
  const auto found = std::ranges::find(score.parts, id, &Part::id);
  return found == score.parts.end() ? nullptr : &*found;
}

Part* find_part(Score& score, PartId id) {
  const auto found = std::ranges::find(score.parts, id, &Part::id);
  return found == score.parts.end() ? nullptr : &*found;
}

std::vector<PartId> find_parts(const Score& score, std::string_view name) {
  const std::string wanted = lowered(trimmed(name));
  std::vector<PartId> found;
  for (const Part& part : score.parts)
    if (lowered(trimmed(part.name)) == wanted) found.push_back(part.id);
  return found;
}

std::optional<PartId> find_melody(const Score& score) {
  const Part* best = nullptr;
  const auto rank = [](const Part& part) {
    const int named = is_named_as_melody(part.name) ? 2 : part.role == Role::Melody ? 1 : 0;
    return std::tuple(named, mean_pitch(part));
  };
  for (const Part& part : score.parts) {
    if (part.instrument.is_drums || part.notes.empty()) continue;
    if (best == nullptr || rank(part) > rank(*best)) best = &part;
  }
  return best == nullptr ? std::nullopt : std::optional(best->id);
}

const KeyMark* key_at(const Score& score, Tick at) { return in_force(score.keys, at); }
const ChordMark* chord_at(const Score& score, Tick at) { return in_force(score.chords, at); }

void sort_notes(std::vector<Note>& notes) {
  const auto earlier = [](const Note& a, const Note& b) { return note_order(a) < note_order(b); };
  // Mostly they are in order already, and a stable sort would move each of them all the same.
  if (!std::is_sorted(notes.begin(), notes.end(), earlier))
    std::stable_sort(notes.begin(), notes.end(), earlier);
}

NoteId last_note_id(const Score& score) {
  NoteId last;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) last = std::max(last, note.id);
  return last;
}

std::optional<std::string> validate(const Score& score) {
  std::vector<NoteId> ids;
  for (const Part& part : score.parts) {
    if (auto fault = validate_part(part, ids)) return fault;
    if (auto fault = validate_markings(part)) return fault;
    if (!is_sorted(part.markings)) return "markings of part \"" + part.name + "\" are out of order";
  }
  std::ranges::sort(ids);
  if (const auto twice = std::ranges::adjacent_find(ids); twice != ids.end())
    return "note id " + std::to_string(twice->number()) + " is used twice";
  if (!is_sorted(score.keys) || !is_sorted(score.sections) || !is_sorted(score.chords))
    return "marks are out of order";
  if (score.tempo.ppq() != score.meter.ppq()) return "tempo and meter differ in resolution";
  return std::nullopt;
}

}  // namespace toccata
