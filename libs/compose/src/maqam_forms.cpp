// SPDX-License-Identifier: MIT
#include "maqam_forms.hpp"

#include <algorithm>

namespace toccata {
namespace {

double height_of(const Note& note) { return note.pitch.number() + note.detune.value() / 100; }

/// The note's degree as another form of the scale has it; off the maqam's degrees it stays.
void take_form(Note& note, const Settings& settings, const Maqam& scale, Direction direction) {
  const int tonic = settings.key.tonic.pitch_class().number() + 60;
  for (int degree = 0; degree < scale.size(); ++degree) {
    const TunedPitch usual = tuned_degree(*settings.maqam, Intonation::QuarterTone, degree, tonic);
    if (PitchClass::folded(usual.number) != note.pitch.pitch_class() || usual.detune != note.detune)
      continue;
    const TunedPitch form = tuned_degree(scale, Intonation::QuarterTone, degree, tonic, direction);
    note.pitch = Pitch::folded_into_range(note.pitch.number() + form.number - usual.number);
    note.detune = form.detune;
    return;
  }
}

}  // namespace

void sound_descending(std::vector<Note>& line, Falling which, const Settings& settings,
                      const Plan& plan) {
  if (settings.maqam == nullptr) return;
  if (settings.maqam->descending_quarter_tones == settings.maqam->quarter_tones) return;
  for (auto note = line.begin(); note != line.end(); ++note) {
    // Notes have their form before ornaments come between them.
    if (note->marks.has(Mark::Ornament) != (which == Falling::Ornaments)) continue;
    const double height = height_of(*note);
    const auto next = std::find_if(note + 1, line.end(),
                                   [&](const Note& later) { return height_of(later) != height; });
    if (next == line.end() || height_of(*next) > height) continue;
    if (plan.modulation_at(note->onset) != nullptr) continue;
    take_form(*note, settings, *settings.maqam, Direction::Descending);
  }
}

void follow_modulations(std::vector<Note>& notes, const Settings& settings, const Plan& plan) {
  if (plan.modulations.empty()) return;
  for (Note& note : notes)
    if (const Modulation* modulation = plan.modulation_at(note.onset))
      take_form(note, settings, modulation->scale, Direction::Ascending);
}

}  // namespace toccata
