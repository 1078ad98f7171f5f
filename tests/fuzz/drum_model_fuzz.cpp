// SPDX-License-Identifier: MIT
// Any bytes as a model of a drummer: refused with a reason, or played by, saved and read again the
// same.
#include <cstdlib>

#include <toccata/perform/drum_model.hpp>
#include <toccata/perform/performer.hpp>

using namespace toccata;

namespace {

/// A bar of eighths on a kit.
Score bar_of_drums() {
  Score score;
  Part part;
  part.id = PartId(1);
  part.instrument.is_drums = true;
  for (int i = 0; i < 8; ++i) {
    Note note;
    note.id = NoteId(static_cast<std::uint32_t>(i + 1));
    note.onset = Tick(i * 240);
    note.duration = Duration(120);
    note.pitch = i % 4 == 0   ? Pitch::literal(36)
                 : i % 4 == 2 ? Pitch::literal(38)
                              : Pitch::literal(42);
    part.notes.push_back(note);
  }
  score.end = part.notes.back().end();
  score.parts.push_back(part);
  return score;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto weights = ml::read_weights(Bytes(data, data + size));
  if (!weights) return 0;
  const auto model = DrumModel::load(*weights);
  if (!model) {
    if (describe(model.error()).empty()) std::abort();
    return 0;
  }
  static const Score kScore = bar_of_drums();
  Performance performance = make_plain_performance(kScore);
  play_kits(*model, {kScore}, {}, Rng(1), performance);
  ml::Weights saved, again;
  model->save(saved);
  const auto reread = DrumModel::load(saved);
  if (!reread) std::abort();
  reread->save(again);
  if (!(saved == again)) std::abort();
  return 0;
}
