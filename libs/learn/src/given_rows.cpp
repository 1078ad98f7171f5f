// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/learn/bins.hpp>
#include <toccata/learn/note_sample.hpp>
#include <toccata/learn/number_rows.hpp>

namespace toccata::learn {
namespace {

constexpr std::size_t kFeatures = kNoteWiseFeatures.size(), kVelocity = kFeatures,
                      kDuration = kFeatures + 1, kIsTest = kFeatures + 2, kColumns = kFeatures + 3;

std::array<std::string_view, kColumns> wanted_columns() {
  std::array<std::string_view, kColumns> names;
  std::ranges::copy(kNoteWiseFeatures, names.begin());
  names[kVelocity] = "velocity";
  names[kDuration] = "duration_clipped";
  names[kIsTest] = "is_test";
  return names;
}

NoteSample sample_of(std::span<const float> numbers) {
  const std::size_t rows = numbers.size() / kColumns;
  NoteSample sample;
  sample.features = Table({kNoteWiseFeatures.begin(), kNoteWiseFeatures.end()}, rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = numbers.subspan(i * kColumns, kColumns);
    for (std::size_t f = 0; f < kFeatures; ++f) sample.features.column(f)[i] = row[f];
    constexpr float kSoftest = kSoftestUsed, kLoudest = 127;
    sample.velocity.push_back(std::clamp(row[kVelocity], kSoftest, kLoudest));
    if (sample.velocity.back() != row[kVelocity]) ++sample.counts.clipped_velocities;
    constexpr float kShortest = kShortestTarget, kLongest = kLongestTarget;
    sample.duration.push_back(std::clamp(row[kDuration], kShortest, kLongest));
    sample.is_test.push_back(row[kIsTest] != 0 ? 1 : 0);
  }
  sample.counts.notes = rows;
  return sample;
}

Result<std::vector<float>, DataError> numbers_of(RowPieces& pieces, const std::string& path) {
  std::vector<float> numbers;
  for (;;) {
    TOCCATA_TRY(const std::string_view piece, pieces.next());
    if (piece.empty()) return numbers;
    const auto rows = read_number_rows(pieces.layout(), piece);
    if (!rows) return Unexpected{pieces.located(rows.error())};
    for (std::size_t i = 0; i < rows->lines.size(); ++i) {
      const float is_test = rows->numbers[i * kColumns + kIsTest];
      if (is_test != 0 && is_test != 1)
        return Unexpected{
            pieces.located({static_cast<std::size_t>(rows->lines[i].data() - piece.data()),
                            "is_test must be 0 or 1"})};
    }
    numbers.insert(numbers.end(), rows->numbers.begin(), rows->numbers.end());
    if (numbers.size() / kColumns > BinnedTable::kMostRows)
      return Unexpected{DataError{path, "over " + std::to_string(BinnedTable::kMostRows) +
                                            " rows, which is the most that is taken"}};
  }
}

}  // namespace

Result<NoteSample, DataError> read_given_rows(const std::string& path) {
  TOCCATA_TRY(RowPieces pieces, RowPieces::open(path, wanted_columns()));
  TOCCATA_TRY(const auto numbers, numbers_of(pieces, path));
  NoteSample sample = sample_of(numbers);
  for (const bool test : {false, true})
    if (sample.side(test).size() < 2)
      return Unexpected{DataError{path, std::string("at least two rows with is_test ") +
                                            (test ? "1" : "0") + " are needed"}};
  return sample;
}

}  // namespace toccata::learn
