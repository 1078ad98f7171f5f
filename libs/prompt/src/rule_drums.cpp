// SPDX-License-Identifier: MIT
// Drums, asked for and refused: "no beat", "less drums", "no drums, but percussion is ok".
#include "polarity.hpp"
#include "reading.hpp"

#include <optional>

#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>

namespace toccata::prompt {
namespace {

struct DrumWishes {
  std::optional<Extent> asked, refused;
  bool is_percussion = true;  ///< nothing asked for need be a kit
};

/// "no beat", but not "no beat drop": the word by itself is no wish.
bool is_refused_beat(const Reading& reading, int i) {
  const bool is_beat = reading.is_word(i, "beat") || reading.is_word(i, "beats");
  const bool is_first_half = reading.is(i + 1, Kind::Unknown) || reading.is(i + 1, Kind::Section);
  return is_beat && reading.is(i, Kind::Noun) && !is_first_half && is_refused(reading, i);
}

void find_wishes(Reading& reading, DrumWishes& wishes) {
  for (int i = 0; i < reading.size(); ++i) {
    if (is_refused_beat(reading, i)) wishes.refused = with_degree(reading, i);
    if (!reading.is_free(i, Kind::Drums)) continue;
    reading.use(i);
    const auto extent = with_degree(reading, i);
    if (is_lessened(reading, i)) {
      reading.leave_unmet(extent);
      continue;
    }
    const bool is_refusal = is_refused(reading, i);
    // Without a bass drum there may be the rest of the kit.
    if (is_refusal && reading.is(i, Kind::Drums, "piece")) {
      reading.leave_unmet(extent);
      continue;
    }
    const bool is_without = is_refusal || reading.is(i, Kind::Drums, "refused");
    (is_without ? wishes.refused : wishes.asked) = extent;
    if (!is_without && !reading.is(i, Kind::Drums, "percussion")) wishes.is_percussion = false;
  }
}

/// The hand drum of the genre asked for, where it has one.
const InstrumentInfo* hand_drum(const Reading& reading) {
  const auto& genres = reading.brief.genres;
  const Genre* genre = genres.empty() ? nullptr : Genre::find(genres.front().genre);
  if (genre == nullptr) return nullptr;
  for (const EnsembleSeat& seat : genre->ensemble)
    if (const auto* info = InstrumentInfo::find(seat.instrument); info != nullptr && info->strokes)
      return info;
  return nullptr;
}

/// "No drums, but percussion is ok": no kit.
void settle_percussion(Reading& reading, const DrumWishes& wishes) {
  reading.brief.drums = false;
  reading.explain("drums", "false", *wishes.refused);
  const auto* drum = hand_drum(reading);
  if (drum == nullptr) return reading.leave_unmet(*wishes.asked);
  reading.brief.instruments.push_back(drum->id);
  reading.explain("instruments", drum->id, *wishes.asked);
}

void settle_drums(Reading& reading, const DrumWishes& wishes) {
  if (wishes.asked && wishes.refused && wishes.is_percussion)
    return settle_percussion(reading, wishes);
  if (wishes.asked && wishes.refused)
    return reading.fail(PromptFault::Contradiction, "drums",
                        "drums are both asked for and refused: " + reading.quote(*wishes.asked) +
                            " and " + reading.quote(*wishes.refused));
  const auto& extent = wishes.refused ? wishes.refused : wishes.asked;
  if (!extent) return;
  reading.brief.drums = wishes.asked.has_value();
  reading.explain("drums", wishes.asked ? "true" : "false", *extent);
}

}  // namespace

void read_drums(Reading& reading) {
  DrumWishes wishes;
  find_wishes(reading, wishes);
  settle_drums(reading, wishes);
}

}  // namespace toccata::prompt
