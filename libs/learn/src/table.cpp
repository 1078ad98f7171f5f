// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/base/assert.hpp>
#include <toccata/learn/table.hpp>

namespace toccata::learn {

Table::Table(std::vector<std::string> names, std::size_t rows)
    : names_(std::move(names)), rows_(rows), values_(names_.size() * rows) {}

std::span<float> Table::column(std::size_t feature) {
  TOCCATA_ASSERT(feature < features());
  return std::span(values_).subspan(feature * rows_, rows_);
}

std::span<const float> Table::column(std::size_t feature) const {
  TOCCATA_ASSERT(feature < features());
  return std::span(values_).subspan(feature * rows_, rows_);
}

std::vector<float> Table::row(std::size_t row) const {
  TOCCATA_ASSERT(row < rows_);
  std::vector<float> out(features());
  for (std::size_t f = 0; f < out.size(); ++f) out[f] = values_[f * rows_ + row];
  return out;
}

Table Table::select(std::span<const std::size_t> rows) const {
  Table out(names_, rows.size());
  for (std::size_t f = 0; f < features(); ++f) {
    const std::span<const float> from = column(f);
    const std::span<float> to = out.column(f);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      TOCCATA_ASSERT(rows[i] < rows_);
      to[i] = from[rows[i]];
    }
  }
  return out;
}

Table Table::select_features(std::span<const std::size_t> features) const {
  std::vector<std::string> names;
  for (const std::size_t f : features) names.push_back(names_.at(f));
  Table out(std::move(names), rows_);
  for (std::size_t i = 0; i < features.size(); ++i) {
    const std::span<const float> from = column(features[i]);
    std::copy(from.begin(), from.end(), out.column(i).begin());
  }
  return out;
}

}  // namespace toccata::learn
