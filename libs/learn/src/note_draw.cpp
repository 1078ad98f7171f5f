// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>

#include <toccata/base/assert.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/learn/note_sample.hpp>
#include <toccata/midi/read.hpp>

#include "sample_counts.hpp"
#include "workers.hpp"

namespace toccata::learn {
namespace {

constexpr std::size_t kNumbers = 14;  ///< of a drawn note, as a checkpoint keeps it
/// The highest that each of them can be; none is under 0, and only those of the context may be NaN.
constexpr std::array<double, kNumbers> kHighest{127, 127,       127,    127, 1, 13,  INT32_MAX,
                                                127, INT32_MAX, 0x1p53, 127, 1, 1e9, 0x1p53};
constexpr std::size_t kFirstOfContext = 10, kEndOfContext = 13;

bool is_drawn_note(std::span<const double> numbers) {
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const bool may_lack = i >= kFirstOfContext && i < kEndOfContext;
    if (may_lack && std::isnan(numbers[i])) continue;
    if (!(numbers[i] >= 0 && numbers[i] <= kHighest[i])) return false;
  }
  return true;
}

/// Tells one draw from another: a checkpoint is gone on with by the same alone.
std::string identity(std::span<const std::string> files, std::size_t wanted, std::uint64_t seed) {
  std::string all = std::to_string(wanted) + ' ' + std::to_string(seed);
  for (const std::string& file : files) all += '\n' + file;
  return std::to_string(stable_hash(all));
}

/// Items in an order drawn by the seed.
std::vector<std::size_t> shuffled(std::size_t count, Rng rng) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[rng.below(i)]);
  return order;
}

}  // namespace

struct NoteDraw::FileNotes {
  std::vector<NoteRow> rows;
  std::vector<NoteContext> contexts;
  std::optional<std::string> fault;
};

NoteDraw::NoteDraw(std::vector<std::string> files, std::size_t wanted, std::uint64_t seed)
    : files_(std::move(files)), wanted_(wanted), seed_(seed) {
  TOCCATA_ASSERT(wanted >= 1);
}

NoteDraw::FileNotes NoteDraw::read_file_notes(const FileTree& tree, const std::string& name,
                                              std::int32_t number) {
  FileNotes notes;
  const auto bytes = tree.read(name);
  if (!bytes) {
    notes.fault = bytes.error().what;
    return notes;
  }
  const auto read = midi::read_midi(*bytes);
  if (!read) {
    notes.fault = describe(read.error());
    return notes;
  }
  notes.rows = note_wise_rows(read->file, number);
  notes.contexts = note_contexts(read->file, notes.rows);
  return notes;
}

void NoteDraw::take(std::size_t number, FileNotes notes) {
  ++counts_.files;
  if (notes.fault) {
    counts_.broken.push_back({files_[number], *std::move(notes.fault)});
  } else if (notes.rows.empty()) {
    ++counts_.without;
  } else if (notes.rows.size() < kFewestNotes) {
    ++counts_.too_short;
  } else {
    Rng rng = Rng(seed_).fork("notes").fork(number);
    for (std::size_t i = 0; i < notes.rows.size(); ++i) {
      // Vitter 1985, "Random sampling with a reservoir", algorithm R.
      const std::uint64_t place = counts_.notes++;
      const Drawn drawn{notes.rows[i], notes.contexts[i], place};
      if (drawn_.size() < wanted_) {
        drawn_.push_back(drawn);
      } else if (const std::size_t at = rng.below(place + 1); at < wanted_) {
        drawn_[at] = drawn;
      }
    }
  }
}

void NoteDraw::read_next(const FileTree& tree, std::size_t most, unsigned threads) {
  const std::size_t first = done();
  std::vector<FileNotes> notes(std::min(most, files_.size() - first));
  Workers workers(threads);
  workers.run(notes.size(), [&](std::size_t task, std::size_t) {
    const std::size_t number = first + task;
    notes[task] = read_file_notes(tree, files_[number], static_cast<std::int32_t>(number));
  });
  for (std::size_t i = 0; i < notes.size(); ++i) take(first + i, std::move(notes[i]));
}

Result<NoteSample, DataError> NoteDraw::finish() const {
  if (drawn_.size() < kFewestNotes)
    return Unexpected{DataError{
        "data", "of " + std::to_string(counts_.files) + " files " +
                    std::to_string(counts_.broken.size()) + " are broken, and the others give " +
                    std::to_string(drawn_.size()) + " notes; files of at least 10 are needed"}};
  std::vector<Drawn> drawn = drawn_;
  std::ranges::sort(drawn, {}, &Drawn::place);
  NoteSample sample;
  sample.counts = counts_;
  sample.features = Table({kNoteWiseFeatures.begin(), kNoteWiseFeatures.end()}, drawn.size());
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const auto features = features_of(drawn[i].row);
    for (std::size_t f = 0; f < features.size(); ++f) sample.features.column(f)[i] = features[f];
    sample.velocity.push_back(drawn[i].row.velocity);
    sample.duration.push_back(static_cast<float>(clipped(drawn[i].row.duration)));
    sample.context.push_back(drawn[i].context);
  }
  sample.is_test.assign(drawn.size(), 0);
  const auto order = shuffled(drawn.size(), Rng(seed_).fork("split"));
  for (std::size_t i = 0; i < drawn.size() / 5; ++i) sample.is_test[order[i]] = 1;
  return sample;
}

ml::Weights NoteDraw::save() const {
  ml::Weights weights;
  weights.metadata["draw"] = identity(files_, wanted_, seed_);
  save_counts(counts_, weights);
  std::vector<double> numbers;
  for (const Drawn& drawn : drawn_) {
    const NoteRow& row = drawn.row;
    for (const double number :
         {double(row.pitch), double(row.pitch_interval), double(row.prev_pitch),
          double(row.next_pitch), row.seq_pos, double(row.local_density), double(row.duration),
          double(row.velocity), double(row.file), double(row.onset),
          double(drawn.context.previous_velocity), double(drawn.context.beat_weight),
          double(drawn.context.unevenness), double(drawn.place)})
      numbers.push_back(number);
  }
  weights.tensors.push_back(ml::make_tensor<double>("drawn", {drawn_.size(), kNumbers}, numbers));
  return weights;
}

Result<NoteDraw, DataError> NoteDraw::load(const ml::Weights& weights,
                                           std::vector<std::string> files, std::size_t wanted,
                                           std::uint64_t seed) {
  NoteDraw draw(std::move(files), wanted, seed);
  const auto named = weights.metadata.find("draw");
  if (named == weights.metadata.end() || named->second != identity(draw.files_, wanted, seed))
    return Unexpected{not_rows("begun with other files or options")};
  TOCCATA_TRY(draw.counts_, load_counts(weights));
  constexpr std::array<std::size_t, 2> kShape{ml::kAnySize, kNumbers};
  const auto numbers = weights.values<double>("drawn", kShape);
  if (!numbers) return Unexpected{not_rows(describe(numbers.error()))};
  if (draw.counts_.files > draw.files_.size() || numbers->size() > wanted * kNumbers)
    return Unexpected{not_rows("more files or notes than there can be")};
  for (std::size_t at = 0; at < numbers->size(); at += kNumbers) {
    if (!is_drawn_note(std::span(*numbers).subspan(at, kNumbers)))
      return Unexpected{not_rows("a number out of its range in tensor \"drawn\"")};
    const auto in = [&](std::size_t i) { return (*numbers)[at + i]; };
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(in(i)); };
    const NoteRow row{byte(0),
                      byte(1),
                      byte(2),
                      byte(3),
                      in(4),
                      byte(5),
                      static_cast<std::int32_t>(in(6)),
                      byte(7),
                      static_cast<std::int32_t>(in(8)),
                      static_cast<std::int64_t>(in(9))};
    draw.drawn_.push_back(
        {row,
         {static_cast<float>(in(10)), static_cast<float>(in(11)), static_cast<float>(in(12))},
         static_cast<std::uint64_t>(in(13))});
  }
  return draw;
}

std::vector<std::string> draw_files(std::vector<std::string> names, std::size_t most,
                                    std::uint64_t seed) {
  if (names.size() <= most) return names;
  auto order = shuffled(names.size(), Rng(seed).fork("files"));
  order.resize(most);
  std::ranges::sort(order);
  std::vector<std::string> out;
  out.reserve(most);
  for (const std::size_t at : order) out.push_back(std::move(names[at]));
  return out;
}

}  // namespace toccata::learn
