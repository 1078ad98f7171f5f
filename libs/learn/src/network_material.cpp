// SPDX-License-Identifier: MIT
#include <toccata/learn/network_material.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include <toccata/learn/target_series.hpp>
#include <toccata/perform/past.hpp>

#include "workers.hpp"

namespace toccata::learn {
namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

/// Columns written side by side into rows.
void put_columns(const NoteFeatures& features, std::size_t rows, float* out, std::size_t stride) {
  for (std::size_t c = 0; c < features.names().size(); ++c) {
    const auto column = features.column(c);
    for (std::size_t row = 0; row < rows; ++row) out[row * stride + c] = column[row];
  }
}

/// Writes, for each note, the past of the first element that is not before it, `stride` numbers
/// apart; none of notes behind the last element. `past`: that of none yet.
void put_past(Past past, Target target, const TargetSeries& series, float* out,
              std::size_t stride) {
  std::vector<float> told(past_names(target).size());
  std::size_t place = 0;
  for (std::size_t element = 0; element < series.places.size(); ++element) {
    past.tell(told);
    for (; place <= series.places[element]; ++place) std::ranges::copy(told, out + place * stride);
    past.add(series.values[element]);
  }
}

/// A performance that was drawn, and where its rows go.
struct Drawn {
  const AlignedPerformance* performance;
  std::size_t played_row;
};

/// `pasts`: of the piece's series, once one was begun.
void put_performance(const PlayingOrder& order, const Drawn& drawn, const NetworkTask& task,
                     std::map<Elements, Past>& pasts, Material& material) {
  const std::size_t stride = material.played_columns(), rows = order.notes().size();
  float* const out = material.played.data() + drawn.played_row * stride;
  if (material.timing != 0)
    put_columns(timing_features(order, drawn.performance->times), rows, out, stride);
  float* past = out + material.timing;
  for (std::size_t t = 0; t < task.targets.size(); ++t) {
    const TargetSeries series = target_series(order, *drawn.performance, task.targets[t]);
    float* const target = out + material.timing + material.past() + t;
    for (std::size_t element = 0; element < series.values.size(); ++element)
      target[series.places[element] * stride] = series.values[element];
    const auto fresh =
        pasts.try_emplace(elements_of(task.targets[t]), order, task.targets[t], series.places);
    put_past(fresh.first->second, task.targets[t], series, past, stride);
    past += material.pasts[t];
  }
}

/// Which performances of a piece are taken.
std::vector<std::size_t> draw_performances(std::size_t count, std::size_t most, Rng rng) {
  std::vector<std::size_t> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = i;
  if (count <= most) return all;
  for (std::size_t i = 0; i < most; ++i) std::swap(all[i], all[i + rng.below(count - i)]);
  all.resize(most);
  return all;
}

}  // namespace

std::size_t Material::past() const {
  return std::accumulate(pasts.begin(), pasts.end(), std::size_t{0});
}

Material gather_material(std::span<const PreparedPiece* const> pieces, const NetworkTask& task,
                         std::size_t most, const Rng& rng, const Running& running) {
  Material material;
  material.piece_columns = piece_columns(task).size();
  material.timing = timing_columns(task).size();
  material.targets = task.targets.size();
  for (const Target target : task.targets) material.pasts.push_back(past_names(target).size());
  std::map<std::string, std::uint32_t> compositions;
  std::vector<std::vector<Drawn>> drawn;  // of each piece
  std::vector<std::size_t> piece_rows;
  std::size_t piece_row = 0, played_row = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const AlignedPiece& piece = pieces[i]->piece;
    const auto taken = draw_performances(piece.performances.size(), most, rng.fork(i));
    const auto composition = static_cast<std::uint32_t>(
        compositions.emplace(piece.composition, compositions.size()).first->second);
    const std::size_t rows = piece.order->notes().size();
    drawn.emplace_back();
    for (const std::size_t which : taken) {
      drawn.back().push_back({&piece.performances[which], played_row});
      material.sequences.push_back({piece_row, played_row, rows, static_cast<std::uint32_t>(i),
                                    composition, 1.0F / static_cast<float>(taken.size())});
      played_row += rows;
    }
    piece_rows.push_back(piece_row);
    piece_row += rows;
  }
  material.pieces.resize(piece_row * material.piece_columns);
  material.played.assign(played_row * material.played_columns(), kNothing);
  Workers workers(running.threads);
  workers.run(pieces.size(), [&](std::size_t i, std::size_t) {
    const std::size_t rows = pieces[i]->piece.order->notes().size();
    float* const out = material.pieces.data() + piece_rows[i] * material.piece_columns;
    put_columns(pieces[i]->score, rows, out, material.piece_columns);
    if (task.inputs != Inputs::Score)
      put_columns(pieces[i]->marks, rows, out + pieces[i]->score.names().size(),
                  material.piece_columns);
    std::map<Elements, Past> pasts;
    for (const Drawn& performance : drawn[i])
      put_performance(*pieces[i]->piece.order, performance, task, pasts, material);
  });
  return material;
}

std::vector<Window> draw_windows(const Material& material, std::size_t length, Rng rng) {
  std::vector<Window> windows;
  for (const Sequence& sequence : material.sequences) {
    const std::size_t count = (sequence.rows + length - 1) / length;
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t from = 0;
      if (i + 1 == count) from = sequence.rows - std::min(sequence.rows, length);
      else if (i > 0) {
        const double share =
            (static_cast<double>(i) + rng.uniform() - 0.5) / static_cast<double>(count - 1);
        from = static_cast<std::size_t>(share * static_cast<double>(sequence.rows - length));
      }
      windows.push_back({sequence.piece_row + from, sequence.played_row + from,
                         std::min(length, sequence.rows), sequence.weight});
    }
  }
  for (std::size_t i = windows.size(); i > 1; --i) std::swap(windows[i - 1], windows[rng.below(i)]);
  return windows;
}

std::vector<Window> whole_sequences(const Material& material) {
  std::vector<Window> windows;
  for (const Sequence& sequence : material.sequences)
    windows.push_back({sequence.piece_row, sequence.played_row, sequence.rows, sequence.weight});
  return windows;
}

PredictedRows predicted_rows(const Material& material, std::size_t output,
                             std::span<const float> predicted) {
  PredictedRows out;
  for (std::size_t s = 0; s < material.sequences.size(); ++s) {
    const Sequence& sequence = material.sequences[s];
    for (std::size_t row = sequence.played_row; row < sequence.played_row + sequence.rows; ++row) {
      const float value = material.targets_of(row)[material.target_of(output)];
      if (std::isnan(value)) continue;
      out.rows.targets.push_back(value);
      out.rows.performance.push_back(static_cast<std::uint32_t>(s));
      out.rows.composition.push_back(sequence.composition);
      out.predicted.push_back(predicted[row * material.outputs() + output]);
    }
  }
  return out;
}

Standard standard_of(std::span<const float> table, std::size_t columns, std::size_t first,
                     std::size_t count) {
  std::vector<double> sums(count), numbers(count), squares(count);
  const auto for_each = [&](const auto& visit) {
    for (std::size_t row = 0; row * columns < table.size(); ++row)
      for (std::size_t c = 0; c < count; ++c)
        if (const float value = table[row * columns + first + c]; !std::isnan(value))
          visit(c, static_cast<double>(value));
  };
  for_each([&](std::size_t c, double value) {
    sums[c] += value;
    numbers[c] += 1;
  });
  const auto mean = [&](std::size_t c) { return numbers[c] > 0 ? sums[c] / numbers[c] : 0.0; };
  for_each(
      [&](std::size_t c, double value) { squares[c] += (value - mean(c)) * (value - mean(c)); });
  Standard standard;
  for (std::size_t c = 0; c < count; ++c) {
    const double deviation = numbers[c] > 0 ? std::sqrt(squares[c] / numbers[c]) : 0;
    standard.mean.push_back(static_cast<float>(mean(c)));
    standard.scale.push_back(deviation > 1e-9 ? static_cast<float>(1 / deviation) : 0.0F);
  }
  return standard;
}

}  // namespace toccata::learn
