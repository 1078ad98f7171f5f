// SPDX-License-Identifier: MIT
#include "vocabulary.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>
#include <toccata/theory/scale.hpp>

namespace toccata::prompt {
namespace {

/// Calls `take` with each piece between separators.
template <class Take>
void for_each_piece(std::string_view text, char separator, Take take) {
  while (!text.empty()) {
    const auto end = text.find(separator);
    auto piece = text.substr(0, end);
    while (!piece.empty() && piece.front() == ' ') piece.remove_prefix(1);
    while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
    if (!piece.empty()) take(piece);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word)
    if (c >= 'a' && c <= 'z') letters |= 1u << (c - 'a');
  return letters;
}

/// Words that carry no wish need no forgiveness, and short ones are too near to others: of those
/// with four letters only the genres' own names are forgiven.
bool carries_a_wish(Kind kind) {
  switch (kind) {
    case Kind::Genre:
    case Kind::Mood:
    case Kind::Instrument:
    case Kind::Generic:
    case Kind::Ensemble:
    case Kind::Drums:
    case Kind::Tempo:
    case Kind::Dynamics:
    case Kind::Density:
    case Kind::NoteLength:
    case Kind::Scale:
    case Kind::Maqam:
    case Kind::Accidental:
    case Kind::Form:
    case Kind::Section:
    case Kind::Meter:
    case Kind::Parts:
    case Kind::Role:
    case Kind::Unit:
    case Kind::NoteValue:
    case Kind::Cue:
    case Kind::Digits:
    case Kind::Degree:
    case Kind::Negator: return true;
    default: return false;
  }
}

bool is_forgiving(std::string_view word, Kind kind) {
  constexpr std::string_view kNouns[] = {"melody", "melodie", "morceau", "musique", "chanson"};
  if (kind == Kind::Noun) return std::ranges::find(kNouns, word) != std::end(kNouns);
  if (!carries_a_wish(kind)) return false;
  if (word.size() >= 5) return true;
  const auto genres = Genre::names();
  return word.size() == 4 && std::ranges::find(genres, word) != genres.end();
}

/// Words that hardly anybody asks for: they yield to others that are as near ("clainet").
bool is_rare(std::string_view word) { return word == "clavinet" || word == "clavinets"; }

std::string with_spaces(std::string_view name) {
  std::string out(name);
  std::ranges::replace_if(
      out, [](char c) { return c == '-' || c == '\''; }, ' ');
  return out;
}

}  // namespace

bool is_one_slip(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size()) return false;
  if (a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

const Vocabulary& Vocabulary::get() {
  static const Vocabulary kVocabulary;
  return kVocabulary;
}

Vocabulary::Vocabulary() {
  const auto add_rows = [&](std::span<const Row> rows) {
    for (const auto& row : rows)
      for_each_piece(row.phrases, ',', [&](std::string_view phrase) {
        add(phrase, {row.kind, row.id, row.value});
      });
  };
  add_rows(feeling_rows());
  for (const auto name : Genre::names())
    for_each_piece(Genre::find(name)->words, ',', [&](std::string_view phrase) {
      add(phrase, {Kind::Genre, name, 0});
    });
  for (const auto name : Genre::names())
    for (const RhythmCycle& cycle : Genre::find(name)->drums.cycles) {
      add(with_spaces(cycle.id), {Kind::Rhythm, cycle.id, 0});
      for_each_piece(cycle.words, ',', [&](std::string_view phrase) {
        add(phrase, {Kind::Rhythm, cycle.id, 0});
      });
    }
  for (const auto rows : {music_rows(), key_rows(), number_rows(), function_rows()}) add_rows(rows);
  for (const auto& info : InstrumentInfo::all()) {
    const Kind kind = info.id == "drums" ? Kind::Drums : Kind::Instrument;
    add(with_spaces(info.id), {kind, info.id, 0});
    for (const auto& name : info.names) add(with_spaces(name), {kind, info.id, 0});
  }
  for (const auto& scale : Scale::all())
    if (scale.id().find("blues") == std::string_view::npos)  // "a minor blues" is a genre
      add(with_spaces(scale.id()), {Kind::Scale, scale.id(), 0});
  // The words' texts live in the map's keys, which no longer move.
  for (const auto& [phrase, meaning] : phrases_) add_words(phrase, meaning.kind);
  std::ranges::sort(forgiving_, {}, &Word::text);
  const auto is_same = [](const Word& a, const Word& b) { return a.text == b.text; };
  forgiving_.erase(std::unique(forgiving_.begin(), forgiving_.end(), is_same), forgiving_.end());
}

void Vocabulary::add(std::string_view phrase, const Meaning& meaning) {
  // French "de" is elided and runs together with its article: "au lieu du piano".
  if (constexpr std::string_view kDe = " de"; phrase.ends_with(kDe))
    for (const char* contracted : {" d", " du", " des"})
      add(std::string(phrase.substr(0, phrase.size() - kDe.size())) + contracted, meaning);
  if (!phrases_.emplace(phrase, meaning).second) return;  // the first row wins
  const int words = 1 + static_cast<int>(std::ranges::count(phrase, ' '));
  int& longest = longest_[std::string(phrase.substr(0, phrase.find(' ')))];
  longest = std::max(longest, words);
}

void Vocabulary::add_words(std::string_view phrase, Kind kind) {
  for_each_piece(phrase, ' ', [&](std::string_view word) {
    words_.insert(word);
    if (!is_forgiving(word, kind)) return;
    // Of a word that is also one without a wish, a slip would hide another word.
    const auto* alone = find(word);
    if (alone != nullptr && alone->kind != Kind::Noun && !carries_a_wish(alone->kind)) return;
    forgiving_.push_back({word, letters_of(word), alone});
  });
}

bool Vocabulary::means_the_same(const Word& a, const Word& b) {
  return a.meaning != nullptr && b.meaning != nullptr && a.meaning->kind == b.meaning->kind &&
         a.meaning->id == b.meaning->id;
}

const Meaning* Vocabulary::find(std::string_view phrase) const {
  const auto found = phrases_.find(std::string(phrase));
  return found == phrases_.end() ? nullptr : &found->second;
}

int Vocabulary::longest_from(std::string_view word) const {
  const auto found = longest_.find(std::string(word));
  return found == longest_.end() ? 0 : found->second;
}

bool Vocabulary::is_lookalike(std::string_view word) const {
  return std::ranges::binary_search(lookalikes(), word);
}

std::optional<std::string_view> Vocabulary::corrected(std::string_view word, Behind behind) const {
  constexpr std::size_t kShortest = 3, kLongest = 24;
  if (word.size() < kShortest || word.size() > kLongest) return std::nullopt;
  if (words_.contains(word) || is_lookalike(word)) return std::nullopt;
  if (const auto* spelled = with_ph(word)) return spelled->text;
  const std::uint32_t letters = letters_of(word);
  const Word* best = nullptr;
  int best_rank = -1;
  bool is_ambiguous = false;
  for (const auto& candidate : forgiving_) {
    if (std::popcount(candidate.letters ^ letters) > 2 || !is_one_slip(word, candidate.text))
      continue;
    // A word that is a phrase by itself is likelier meant than one that is only part of some; then
    // one with the same ends in which a letter was left out: "violn" is "violin" and no "viola".
    const bool is_gap = word.size() < candidate.text.size() &&
                        word.front() == candidate.text.front() &&
                        word.back() == candidate.text.back();
    const bool is_mode = behind == Behind::Note && candidate.meaning != nullptr &&
                         candidate.meaning->kind == Kind::Scale;
    const int rank = (is_mode ? 8 : 0) + (candidate.meaning != nullptr ? 4 : 0) + (is_gap ? 2 : 0) +
                     (is_rare(candidate.text) ? 0 : 1);
    if (rank < best_rank) continue;
    is_ambiguous = rank == best_rank && (is_ambiguous || !means_the_same(*best, candidate));
    if (rank > best_rank) best = &candidate;
    best_rank = rank;
  }
  return best == nullptr || is_ambiguous ? std::nullopt : std::optional(best->text);
}

const Vocabulary::Word* Vocabulary::with_ph(std::string_view word) const {
  for (auto at = word.find('f'); at != word.npos; at = word.find('f', at + 1)) {
    const std::string spelled =
        std::string(word.substr(0, at)) + "ph" + std::string(word.substr(at + 1));
    const auto found = std::ranges::lower_bound(forgiving_, spelled, {}, &Word::text);
    if (found != forgiving_.end() && found->text == spelled) return &*found;
  }
  return nullptr;
}

std::vector<std::string_view> Vocabulary::forgiving_words() const {
  std::vector<std::string_view> words;
  for (const auto& word : forgiving_) words.push_back(word.text);
  return words;
}

std::vector<std::string_view> Vocabulary::phrases() const {
  std::vector<std::string_view> phrases;
  for (const auto& [phrase, meaning] : phrases_) phrases.push_back(phrase);
  std::ranges::sort(phrases);
  return phrases;
}

}  // namespace toccata::prompt
