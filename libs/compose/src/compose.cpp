// SPDX-License-Identifier: MIT

#include <toccata/base/json.hpp>
#include <toccata/compose/verbs.hpp>

#include "version.hpp"

namespace toccata {
namespace {

/// "Jazz in D minor", "Jazz and arabic in D bayati".
std::string title_of(const Settings& settings) {
  std::string title;
  for (const GenreShare& share : settings.genres)
    title += (title.empty() ? "" : " and ") + share.genre;
  if (!title.empty() && title.front() >= 'a' && title.front() <= 'z')
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
  const std::string key = settings.maqam != nullptr
                              ? to_string(settings.key.tonic) + " " + settings.maqam->id
                              : to_string(settings.key);
  return title.empty() ? key : title + " in " + key;
}

/// A score with its bars, marks and empty parts: the frame that is filled.
Score make_frame(const Settings& settings, const Plan& plan) {
  Score score;
  score.title = title_of(settings);
  score.tempo = TempoMap(kComposedPpq, {{Tick(0), settings.tempo}});
  score.meter = plan.meter;
  score.end = plan.end;
  score.keys = {{Tick(0), settings.key, settings.maqam != nullptr ? settings.maqam->id : ""}};
  for (const SectionPlan& section : plan.sections)
    score.sections.push_back({plan.meter.onset_of(section.first), section.label});
  for (const ChordSpan& span : plan.chords) score.chords.push_back({span.at, span.chord});
  std::uint16_t id = 0;
  const Seat* kit = settings.seat(Role::Drums);
  for (const Seat& seat : settings.seats) {
    // All drums share a channel, which has one kit.
    const auto* player = seat.role == Role::Drums ? kit->instrument : seat.instrument;
    score.parts.push_back({PartId(++id), seat.name, seat.role, player->instrument, {}, {}});
  }
  return score;
}

Region whole_of(const Score& score) {
  Region region;
  for (const Part& part : score.parts)
    region.cells.push_back({part.id, score.meter.first_bar(), Bar(score.bar_count())});
  return region;
}

/// A tone of a chord as the chord is written, or nothing.
std::optional<SpelledPitch> spelled_in(const Chord& chord, Pitch pitch) {
  for (const ChordTone tone : chord.tones) {
    if (chord.root_class() + tone.semitones != pitch.pitch_class()) continue;
    const SpelledInterval above{tone.degree - 1, tone.semitones};
    if (const auto name = transpose({chord.root, 4}, above)) {
      const int octaves = (pitch.number() - name->sounding_number()) / 12;
      return SpelledPitch{name->name, name->octave + octaves};
    }
  }
  return std::nullopt;
}

/// Notes from outside the key are written as their chord is, others and strangers to both as the
/// key has them.
void spell_notes(Score& score, const Plan& plan, const Key& key) {
  std::array<std::optional<SpelledPitch>, Pitch::kHighest + 1> of_key;  // as they turn up
  for (Part& part : score.parts)
    for (Note& note : part.notes) {
      if (part.instrument.is_drums || note.detune != Cents()) continue;
      note.spelling.reset();
      if (!key.contains(note.pitch.pitch_class()))
        note.spelling = spelled_in(plan.chord_at(note.onset).chord, note.pitch);
      auto& known = of_key[static_cast<std::size_t>(note.pitch.number())];
      if (!known) known = spell(note.pitch, key);
      if (!note.spelling) note.spelling = known;
    }
}

}  // namespace

Result<Score, ComposeError> compose(const Settings& settings, Progress* progress,
                                    const std::stop_token& stop) {
  const auto plan = make_plan(settings);
  if (!plan) return Unexpected{ComposeError{ComposeError::Fault::BadSettings, plan.error()}};
  return compose(settings, *plan, progress, stop);
}

Result<Score, ComposeError> compose(const Settings& settings, const Plan& plan, Progress* progress,
                                    const std::stop_token& stop) {
  const Composer* composer = find_composer(settings.engine);
  if (composer == nullptr)
    return Unexpected{
        ComposeError{ComposeError::Fault::Unknown, "unknown engine \"" + settings.engine + "\""}};
  const Score frame = make_frame(settings, plan);
  const Task task{frame, whole_of(frame), settings, plan};
  TOCCATA_TRY(Score score, fill(*composer, task, Rng(settings.seed), progress, stop));
  spell_notes(score, plan, settings.key);
  score.provenance.push_back({std::string(kVersion),
                              "compose",
                              settings.engine,
                              settings.seed,
                              to_text(to_json(settings.asked), JsonLayout::Compact),
                              {}});
  return score;
}

}  // namespace toccata
