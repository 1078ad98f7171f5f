// SPDX-License-Identifier: MIT
// Any bytes as a model of expression: refused with a reason, or played by, saved and read again
// the same.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>

#include <toccata/perform/foretelling.hpp>

using namespace toccata;

namespace {

/// Two notes and what is known of them.
struct Notes {
  Score score;
  std::optional<PlayingOrder> order;
  NoteFeatures plain{0}, marked{0}, timed{0};

  Notes() {
    Part part;
    for (const Pitch pitch : {Pitch::literal(48), Pitch::literal(72)}) {
      Note note;
      note.id = NoteId(static_cast<std::uint32_t>(pitch.number()));
      note.pitch = pitch;
      note.duration = Duration(score.ppq().ticks());
      part.notes.push_back(note);
    }
    score.parts.push_back(part);
    score.end = Tick(score.ppq().ticks());
    order.emplace(score);
    plain = score_features(*order);
    marked = plain;
    marked.append(mark_features(*order, nullptr));
    timed = marked;
    timed.append(timing_features(*order, {{0, 0}, {1, 1}}));
  }
};

/// Whatever the numbers are, something is said of each note and drawn within the range.
void play(const ExpressionModel& model) {
  static const Notes kNotes;
  static const std::size_t kPlaces[] = {0, 1};
  for (const Inputs inputs : {Inputs::Score, Inputs::Marks}) {
    Foretelling foretelling(model, inputs, *kNotes.order,
                            inputs == Inputs::Score ? kNotes.plain : kNotes.marked);
    for (const Target target : reader_targets(inputs)) {
      (void)foretelling.of(target, kPlaces);
      const auto* player = model.player(target, inputs);
      for (const double value : foretelling.draw(target, kPlaces, Rng(1)))
        if (!(value >= static_cast<double>(player->low) &&
              value <= static_cast<double>(player->high)))
          std::abort();
    }
  }
  (void)Foretelling(model, Inputs::Timing, *kNotes.order, kNotes.timed)
      .of(Target::NoteVelocity, kPlaces);
  for (const Target target : {Target::NoteVelocity, Target::Articulation}) {
    const bool is_timed = heard_inputs(target, Inputs::History) == Inputs::Timing;
    const float series[] = {64, std::numeric_limits<float>::quiet_NaN()};
    (void)foretell_next(model, ExpressionModel::Learner::Model,
                        {*kNotes.order, is_timed ? kNotes.timed : kNotes.marked, target, kPlaces},
                        series);
  }
}

/// What save() leaves to those who have the file.
void add_networks(const ml::Weights& from, ml::Weights& to) {
  for (const auto& [key, value] : from.metadata) to.metadata.emplace(key, value);
  std::ranges::copy_if(from.tensors, std::back_inserter(to.tensors), [](const ml::Tensor& tensor) {
    return tensor.name.starts_with("network.") || tensor.name.starts_with("player.");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto weights = ml::read_weights(Bytes(data, data + size));
  if (!weights) return 0;
  const auto model = ExpressionModel::load(*weights);
  if (!model) {
    if (describe(model.error()).empty()) std::abort();
    return 0;
  }
  play(*model);
  ml::Weights saved, again;
  model->save(saved);
  add_networks(*weights, saved);
  const auto reread = ExpressionModel::load(saved);
  if (!reread) std::abort();
  reread->save(again);
  add_networks(*weights, again);
  if (!(saved == again)) std::abort();
  return 0;
}
