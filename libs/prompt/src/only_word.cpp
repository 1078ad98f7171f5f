// SPDX-License-Identifier: MIT
#include "only_word.hpp"

namespace toccata::prompt {
namespace {

/// "Que la basse", "je ne veux que le piano"; elsewhere "que" is "that": "je veux que la basse
/// ...".
bool is_french_only(const Reading& reading, int i) {
  if (!reading.is_word(i, "que") || reading.item(i).first != reading.item(i).last) return false;
  if (!is_one_of(reading.item(i + 1).text, {"la", "le", "les", "l"})) return false;
  const int verb = i + 3;  // "que la basse joue fort"
  if (is_one_of(reading.item(verb).text, {"soit", "soient", "joue", "jouent", "reste", "sonne",
                                          "se", "se taise", "se taisent"}))
    return false;
  if (reading.is_pause(i - 1)) return true;
  constexpr int kFarthest = 4;
  for (int j = i - 1; j >= i - kFarthest && !reading.is_pause(j); --j)
    if (reading.is_word(j, "ne") || reading.is_word(j, "n")) return true;
  return false;
}

}  // namespace

bool leaves_others_out(const Reading& reading, int i) {
  return reading.is_free(i, Kind::Only) || reading.is_word(i, "just") ||
         reading.is_word(i, "juste") || is_french_only(reading, i);
}

}  // namespace toccata::prompt
