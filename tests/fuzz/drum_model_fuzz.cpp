// SPDX-License-Identifier: MIT
// Any bytes as a model of a drummer: refused with a reason, or saved and read again the same.
#include <cstdlib>

#include <toccata/perform/drum_model.hpp>

using namespace toccata;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto weights = ml::read_weights(ByteView(data, size));
  if (!weights) return 0;
  const auto model = DrumModel::load(*weights);
  if (!model) {
    if (describe(model.error()).empty()) std::abort();
    return 0;
  }
  ml::Weights saved, again;
  model->save(saved);
  const auto reread = DrumModel::load(saved);
  if (!reread) std::abort();
  reread->save(again);
  if (!(saved == again)) std::abort();
  return 0;
}
