// SPDX-License-Identifier: MIT
// Forms: "AABA", "A B A C A", "form: aba", "verse chorus", "couplet-refrain-pont", "rondo".
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>
#include <set>

#include <toccata/plan/brief.hpp>

namespace toccata::prompt {
namespace {

using Claims = std::vector<Claim<FormAsk>>;

/// A section that no form can have: the others around it stay a form.
bool is_pre_chorus(const Reading& reading, int i) {
  return reading.is(i, Kind::Idiom, "pre-chorus");
}

void claim(Reading& reading, FormAsk form, Extent extent, Claims& claims) {
  reading.use(extent);
  for (int i = extent.first; i <= extent.last; ++i)
    if (is_pre_chorus(reading, i)) reading.leave_unmet({i, i});
  claims.push_back({std::move(form), extent});
}

bool is_list_sign(const Reading& reading, int i) {
  return reading.is_sign(i, "-") || reading.is_sign(i, ",") || reading.is_sign(i, "/") ||
         reading.is_sign(i, "'");
}

/// "intro, verse, chorus then bridge": two or more sections in a row.
int read_sections(Reading& reading, int i, Claims& claims) {
  std::string labels;
  int last = i, count = 0;
  for (int j = i; j < reading.size();) {
    const bool is_section =
        reading.is_free(j, Kind::Section) || (count > 0 && reading.is(j, Kind::Solo, "solo"));
    if (!is_section && !is_pre_chorus(reading, j)) break;
    if (is_section) {
      labels += std::string(reading.is(j, Kind::Solo) ? "Solo" : reading.item(j).id) + " ";
      ++count;
      last = j;
    }
    ++j;
    while (is_list_sign(reading, j) || reading.is_word(j, "then") || reading.is_word(j, "puis") ||
           reading.is_sign(j, "|") ||
           (count >= 2 && reading.is(j, Kind::And) && reading.is(j + 1, Kind::Section)))
      ++j;
  }
  if (count < 2) return i;
  if (labels == "Verse Chorus ") labels = "verse-chorus";
  if (auto form = parse_form(labels)) {
    claim(reading, *std::move(form), {i, last}, claims);
  } else {
    reading.fail(PromptFault::OutOfRange, "form", form.error());
  }
  return last;
}

bool are_letters(const Reading& reading, int i) {
  const auto& token = reading.first_token(i);
  return token.kind == TokenKind::Word && reading.item(i).first == reading.item(i).last &&
         token.text.size() <= 64 &&
         std::ranges::all_of(token.text, [](char c) { return c >= 'a' && c <= 'h'; });
}

/// A label of a form: letters, or after a cue a section's name.
bool is_label(const Reading& reading, int i, bool has_cue) {
  const bool is_section = reading.is(i, Kind::Section) || reading.is(i, Kind::Solo, "solo") ||
                          is_pre_chorus(reading, i);
  if (has_cue && is_section) return true;
  if (!are_letters(reading, i)) return false;
  const auto& token = reading.first_token(i);
  if (token.text.size() == 1 && !has_cue && !token.is_capital) return false;
  // "form A B A, D minor": the D is a key's.
  const int next = reading.over_dash(i + 1);
  return !reading.is(next, Kind::Scale) && !reading.is(next, Kind::Accidental) &&
         !reading.is(next, Kind::Maqam) && !reading.is_sign(i + 1, "#");
}

/// The last item of a run of labels: "A B A' C A", "ABA'CA", "Intro, A, B". Commas part either all
/// labels or none.
int end_of_labels(const Reading& reading, int i, bool has_cue) {
  constexpr int kMost = 80;  // more than a form may have, so that it is refused for its length
  int last = i - 1;
  std::optional<bool> by_commas;
  for (int j = i, count = 0; is_label(reading, j, has_cue) && count < kMost; ++count) {
    last = j;
    while (reading.is_sign(last + 1, "'") && reading.touches_next(last)) ++last;
    j = last + 1;
    const bool is_comma = reading.is_sign(j, ",");
    if (is_label(reading, is_comma ? j + 1 : j, has_cue) && !by_commas) by_commas = is_comma;
    if (is_comma && by_commas == false) break;
    if (is_list_sign(reading, j) || reading.is_sign(j, "|")) ++j;
  }
  return last;
}

/// What makes letters a form without "form" before them: three or more, one of which returns.
bool is_plainly_a_form(const FormAsk& form) {
  if (form.name != "free") return true;
  std::set<std::string> different;  // A' is A again
  for (const std::string& label : form.labels) different.insert(label.substr(0, label.find('\'')));
  return form.labels.size() >= 3 && different.size() >= 2 && different.size() < form.labels.size();
}

/// As typed, with separators as parse_form knows them.
std::string letters_text(const Reading& reading, Extent extent) {
  std::string text;
  for (int j = extent.first; j <= extent.last; ++j) {
    const auto& token = reading.first_token(j).text;
    if (is_pre_chorus(reading, j)) continue;
    if (reading.is(j, Kind::Section)) {
      text += " " + std::string(reading.item(j).id);
    } else if (token == "'") {
      text += token;
    } else {
      text += is_list_sign(reading, j) || token == "|" ? " " : " " + token;
    }
  }
  return text;
}

/// "ABA'CA" stands together; a space before letters that follow a prime is only a space.
int read_letters(Reading& reading, int i, bool has_cue, Claims& claims) {
  const int last = end_of_labels(reading, i, has_cue);
  if (last < i) return i;
  auto text = letters_text(reading, {i, last});
  auto form = parse_form(text);
  if (!form) {
    std::erase(text, ' ');
    form = parse_form(text);
  }
  if (!form && has_cue && last - i > 64)
    reading.fail(PromptFault::OutOfRange, "form", form.error());
  if (form && has_cue && form->name == "free" && form->labels.size() < 2) return i;
  if (form && *form == parse_form("Verse, Chorus").value_or(FormAsk{}))
    form = FormAsk{"verse-chorus", {}};
  if (!form) return last - i > 64 ? last : i;
  if (!has_cue && (!is_plainly_a_form(*form) || reading.is_word(i, "abba"))) return i;
  claim(reading, *std::move(form), {i, last}, claims);
  return last;
}

bool is_form_cue(const Reading& reading, int i) { return reading.is(i, Kind::Cue, "form"); }

/// "form: aaba", "en forme ABA": the first item after the name.
int after_cue(const Reading& reading, int i) {
  int j = i + 1;
  while (reading.is_sign(j, ":") || reading.is_sign(j, "=") || reading.is_word(j, "of") ||
         reading.is_word(j, "de") || reading.is_word(j, "en") || reading.is_word(j, "is"))
    ++j;
  return j;
}

void read_named(Reading& reading, int i, Claims& claims) {
  if (auto form = parse_form(reading.item(i).id)) claim(reading, *std::move(form), {i, i}, claims);
}

/// A refrain that returns after each episode: "ABACA", "ABACADA".
bool is_rondo_in_letters(const FormAsk& form) {
  if (form.name != "free" || form.labels.size() < 5 || form.labels.size() % 2 == 0) return false;
  for (std::size_t i = 0; i < form.labels.size(); ++i)
    if ((form.labels[i][0] == 'A') != (i % 2 == 0)) return false;
  return true;
}

/// In "rondo ABACA" the letters say which rondo: the name adds nothing.
void settle_rondo(Claims& claims) {
  const auto is_spelled = [](const auto& claim) { return is_rondo_in_letters(claim.value); };
  if (std::ranges::any_of(claims, is_spelled))
    std::erase_if(claims, [](const auto& claim) { return claim.value.name == "rondo"; });
}

/// "In A AABA": the first letter is a key's.
bool is_key_before_letters(const Reading& reading, int i) {
  const bool is_led = reading.is_word(i - 1, "in") || reading.is_word(i - 1, "en");
  return is_led && are_letters(reading, i) && are_letters(reading, i + 1) &&
         reading.first_token(i).text.size() == 1 && reading.first_token(i + 1).text.size() > 2;
}

/// "not a rondo", "no bridge", "not AABA": it says nothing of the form that is meant.
std::optional<int> leave_refused(Reading& reading, int i, Claims& claims) {
  const auto first = is_form_cue(reading, i) ? after_cue(reading, i) : i;
  auto refusal = refusal_before(reading, first);
  if (!refusal && first != i) refusal = refusal_before(reading, i);
  if (!refusal) return std::nullopt;
  int last = first;
  if (are_letters(reading, first)) {
    const std::size_t known = claims.size();
    last = read_letters(reading, first, first != i, claims);
    if (claims.size() == known) return std::nullopt;
    claims.pop_back();
  } else if (!reading.is(first, Kind::Form) && !reading.is(first, Kind::Section)) {
    return std::nullopt;
  }
  reading.leave_unmet({*refusal, last});
  return last;
}

}  // namespace

void read_form(Reading& reading) {
  Claims claims;
  for (int i = 0; i < reading.size() && !reading.error; ++i) {
    if (reading.item(i).is_used || is_key_before_letters(reading, i)) continue;
    if (const auto last = leave_refused(reading, i, claims)) {
      i = *last;
      continue;
    }
    if (reading.is(i, Kind::Form)) {
      read_named(reading, i, claims);
    } else if (reading.is(i, Kind::Section)) {
      i = read_sections(reading, i, claims);
    } else if (is_form_cue(reading, i)) {
      const int first = after_cue(reading, i);
      if (is_label(reading, first, true)) i = read_letters(reading, first, true, claims);
    } else if (are_letters(reading, i)) {
      i = read_letters(reading, i, false, claims);
    }
  }
  settle_rondo(claims);
  auto form = agreed(reading, claims, "form", "two forms");
  if (!form) return;
  if (reading.brief.form && *reading.brief.form != *form)
    return reading.fail(PromptFault::Contradiction, "form",
                        "two forms are asked for: 12-bar and " +
                            reading.quote(claims.front().extent));
  reading.explain("form", to_string(*form), claims.front().extent);
  reading.brief.form = std::move(form);
}

}  // namespace toccata::prompt
