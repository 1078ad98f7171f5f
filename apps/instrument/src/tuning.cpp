// SPDX-License-Identifier: MIT
#include "tuning.hpp"

#include <toccata/base/elementary.hpp>

namespace toccata::instrument {

Result<void, ScalaError> Tuning::set_scale(std::string_view text) {
  auto scales = std::make_unique<Scales>();
  if (!text.empty()) {
    TOCCATA_TRY(const ScalaScale scale, parse_scala(text));
    for (const auto keys : {ScalaKeys::OneADegree, ScalaKeys::Nearest})
      for (std::size_t tonic = 0; tonic < 12; ++tonic)
        scales->cents[static_cast<std::size_t>(keys)][tonic] =
            key_cents(scale, 60 + static_cast<int>(tonic), keys);
  }
  scales_.offer(std::move(scales));
  return {};
}

void Tuning::set_reference(int tonic, ScalaKeys keys, double a4_hz) {
  tonic_ = static_cast<std::size_t>(tonic);
  keys_ = static_cast<std::size_t>(keys);
  reference_cents_ = 1200 * exact_log2(a4_hz / 440);
}

double Tuning::scale_cents(std::size_t key) const {
  const Scales* scales = scales_.current();
  return scales != nullptr ? scales->cents[keys_][tonic_][key] : 0;
}

}  // namespace toccata::instrument
