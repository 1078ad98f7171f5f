// SPDX-License-Identifier: MIT
#include "heard_key.hpp"

namespace toccata::plan_detail {

Key heard_key(const std::vector<std::vector<Chord>>& bars) {
  static constexpr NoteName kTonics[] = {{Step::C, 0},  {Step::D, -1}, {Step::D, 0},  {Step::E, -1},
                                         {Step::E, 0},  {Step::F, 0},  {Step::F, 1},  {Step::G, 0},
                                         {Step::A, -1}, {Step::A, 0},  {Step::B, -1}, {Step::B, 0}};
  Key best{kTonics[0], *Scale::find("major")};
  double best_fit = -1;
  for (const NoteName tonic : kTonics)
    for (const char* scale : {"major", "minor"}) {
      const Key key{tonic, *Scale::find(scale)};
      double fit = 0;
      for (const auto& bar : bars)
        for (const Chord& chord : bar) {
          for (const PitchClass tone : chord.pitch_classes()) fit += key.contains(tone) ? 1 : -0.5;
          const bool dominant =
              chord.is_dominant() && chord.root_class() == tonic.pitch_class() + 7;
          fit += dominant ? 4 : 0;
        }
      const bool ends = bars.back().back().root_class() == tonic.pitch_class();
      const bool begins = bars.front().front().root_class() == tonic.pitch_class();
      const bool same_mode = bars.back().back().is_minor() == key.scale.is_minor();
      fit += (ends && same_mode ? 3.0 : 0.0) + (begins ? 1.0 : 0.0);
      if (fit > best_fit) {
        best_fit = fit;
        best = key;
      }
    }
  return best;
}

}  // namespace toccata::plan_detail
