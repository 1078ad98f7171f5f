// SPDX-License-Identifier: MIT
// Forms by name or section by section.
#include "names.hpp"

#include <algorithm>

#include <toccata/plan/brief.hpp>
#include <toccata/plan/fold.hpp>

namespace toccata {
namespace {

using plan_detail::quoted;

constexpr std::size_t kMostSections = 64;

struct NamedForm {
  std::string_view name;
  std::string_view text;  ///< how it is printed
};
constexpr NamedForm kNamedForms[] = {{"aaba", "AABA"},
                                     {"aba", "ABA"},
                                     {"rondo", "rondo"},
                                     {"verse-chorus", "verse-chorus"},
                                     {"12-bar", "12-bar"}};

struct SectionWord {
  std::string_view word, label;
};
constexpr SectionWord kSectionWords[] = {
    {"intro", "Intro"},   {"introduction", "Intro"},  {"verse", "Verse"},
    {"couplet", "Verse"}, {"chorus", "Chorus"},       {"refrain", "Chorus"},
    {"bridge", "Bridge"}, {"pont", "Bridge"},         {"solo", "Solo"},
    {"break", "Break"},   {"interlude", "Interlude"}, {"coda", "Coda"},
    {"outro", "Outro"},   {"build", "Build"},         {"drop", "Drop"},
};

bool is_separator(char c) { return c == ' ' || c == '\t' || c == ',' || c == '-' || c == '|'; }

/// Folded, with the typographic primes as apostrophes.
std::string plain(std::string_view text) {
  std::string out = folded(text);
  for (const std::string_view prime : {"\xE2\x80\xB2", "\xC2\xB4", "`"})
    for (auto at = out.find(prime); at != std::string::npos; at = out.find(prime, at + 1))
      out.replace(at, prime.size(), "'");
  return out;
}

std::string_view section_label(std::string_view word) {
  const auto found = std::ranges::find(kSectionWords, word, &SectionWord::word);
  return found == std::end(kSectionWords) ? std::string_view() : found->label;
}

/// Letters written together ("aaba'"), or none. Each new letter must be the next of the alphabet,
/// so that ordinary words are no forms; a letter that stands alone may be any.
std::vector<std::string> letter_labels(std::string_view word) {
  std::vector<std::string> labels;
  char next = 'a';
  for (const char c : word) {
    if (c == '\'' && !labels.empty()) {
      labels.back() += '\'';
      continue;
    }
    const bool is_alone = labels.empty() && word.find_first_not_of('\'', 1) == std::string::npos;
    if (c < 'a' || c > 'z' || (c > next && !is_alone)) return {};
    if (c == next) ++next;
    labels.emplace_back(1, static_cast<char>(c - 'a' + 'A'));
  }
  return labels;
}

Result<std::vector<std::string>, std::string> parse_labels(std::string_view text) {
  std::vector<std::string> labels;
  for (std::size_t at = 0; at < text.size();) {
    if (is_separator(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && !is_separator(text[end])) ++end;
    const auto word = text.substr(at, end - at);
    at = end;
    if (const auto label = section_label(word); !label.empty()) {
      labels.emplace_back(label);
    } else if (const auto letters = letter_labels(word); !letters.empty()) {
      labels.insert(labels.end(), letters.begin(), letters.end());
    } else {
      return Unexpected{quoted(word) +
                        " is no section: allowed are letters (A, B, A' ...), Intro, Verse, "
                        "Chorus, Bridge, Solo, Break, Interlude, Coda, Outro, Build, Drop"};
    }
    if (labels.size() > kMostSections)
      return Unexpected{std::string("a form has at most 64 sections")};
  }
  return labels;
}

std::string written_together(const std::vector<std::string>& labels) {
  std::string out;
  for (const auto& label : labels) out += label;
  return out;
}

}  // namespace

Result<FormAsk, std::string> parse_form(std::string_view text) {
  const std::string name = plain(text);
  for (const auto& form : kNamedForms)
    if (name == form.name) return FormAsk{name, {}};
  if (name == "12 bar" || name == "12-bar blues" || name == "12 bar blues")
    return FormAsk{"12-bar", {}};
  TOCCATA_TRY(const auto labels, parse_labels(name));
  if (labels.empty())
    return Unexpected{std::string(
        "the form is empty: allowed are aaba, aba, rondo, verse-chorus, 12-bar, or sections such "
        "as \"A B A' C A\"")};
  const std::string together = written_together(labels);
  for (const auto& form : kNamedForms)
    if (together == form.text) return FormAsk{std::string(form.name), {}};
  return FormAsk{"free", labels};
}

std::string to_string(const FormAsk& form) {
  for (const auto& named : kNamedForms)
    if (form.name == named.name) return std::string(named.text);
  std::string out;
  for (const auto& label : form.labels) {
    if (!out.empty()) out += ' ';
    out += label;
  }
  return out;
}

}  // namespace toccata
