// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <functional>

#include <toccata/learn/note_wise_run.hpp>

namespace toccata::learn {
namespace {

/// The group a row belongs to, counted from 0; none where that is not known.
using GroupOf = std::function<std::optional<std::size_t>(std::size_t row)>;

struct Division {
  const char* by;
  std::vector<const char*> groups;
  GroupOf group_of;
};

/// 0 under the first bound, 1 under the second ...
std::optional<std::size_t> among(float value, std::initializer_list<float> bounds) {
  if (std::isnan(value)) return std::nullopt;
  return static_cast<std::size_t>(
      std::ranges::count_if(bounds, [&](float bound) { return value >= bound; }));
}

/// The value that three quarters of the rows lie under.
float upper_quarter(const NoteSample& sample, std::span<const std::size_t> rows) {
  std::vector<float> values;
  for (const std::size_t row : rows)
    if (const float value = sample.context[row].unevenness; !std::isnan(value))
      values.push_back(value);
  if (values.empty()) return kUnknown;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 3 / 4);
  std::ranges::nth_element(values, place);
  return *place;
}

std::vector<Division> divisions_of(const NoteSample& sample, std::span<const std::size_t> rows) {
  const bool known = !sample.context.empty();
  const float uneven = known ? upper_quarter(sample, rows) : kUnknown;
  const auto around = [&sample, known](std::size_t row) {
    return known ? sample.context[row] : NoteContext{};
  };
  const auto feature = [&sample](std::size_t number, std::size_t row) {
    return sample.features.column(number)[row];
  };
  const auto jump = [=, &sample](std::size_t row) {
    return std::abs(sample.velocity[row] - around(row).previous_velocity);
  };
  return {
      {"beat",
       {"off the beats", "on weak beats", "on strong beats"},
       [=](auto row) {
         return among(around(row).beat_weight, {0.5F, 0.75F});
       }},
      {"velocity against the note before",
       {"within 20", "over 20 apart"},
       [=](auto row) { return among(jump(row), {20.5F}); }},
      {"steps between onsets",
       {"the evener three quarters", "the unevenest quarter (rubato)"},
       [=](auto row) { return among(around(row).unevenness, {uneven}); }},
      {"velocity",
       {"under 45", "45 to 84", "85 and over"},
       [&sample](auto row) {
         return among(sample.velocity[row], {45, 85});
       }},
      {"interval from the note before",
       {"up to an octave", "over an octave"},
       [=](auto row) { return among(feature(1, row), {12.5F}); }},
      {"pitch",
       {"under C3", "C3 to B5", "C6 and over"},
       [=](auto row) {
         return among(feature(0, row), {48, 84});
       }},
      {"place in the piece",
       {"first twentieth", "between", "last twentieth"},
       [=](auto row) {
         return among(feature(4, row), {0.05F, 0.95F});
       }},
      {"duration",
       {"under 100 ticks (clipped as a target)", "100 ticks and over"},
       [=](auto row) { return among(feature(6, row), {100}); }},
  };
}

}  // namespace

std::vector<ErrorSplit> split_errors(const NoteSample& sample, std::span<const std::size_t> rows,
                                     std::span<const double> predicted) {
  std::vector<ErrorSplit> splits;
  for (const Division& division : divisions_of(sample, rows)) {
    ErrorSplit& split = splits.emplace_back(ErrorSplit{division.by, {}});
    std::vector<ErrorGroup> groups;
    for (const char* name : division.groups) groups.push_back({name, 0, 0, 0});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto at = division.group_of(rows[i]);
      if (!at) continue;
      const double error = predicted[i] - static_cast<double>(sample.velocity[rows[i]]);
      ++groups[*at].rows;
      groups[*at].mae += std::abs(error);
      groups[*at].bias += error;
    }
    for (ErrorGroup& group : groups) {
      if (group.rows == 0) continue;
      group.mae /= static_cast<double>(group.rows);
      group.bias /= static_cast<double>(group.rows);
      split.groups.push_back(group);
    }
  }
  return splits;
}

}  // namespace toccata::learn
