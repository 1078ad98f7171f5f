// SPDX-License-Identifier: MIT
#include <toccata/learn/note_wise_run.hpp>

#include <algorithm>

#include <toccata/base/rng.hpp>

namespace toccata::learn {

NoteWiseRun::NoteWiseRun(const NoteSample& sample, std::uint64_t seed)
    : sample_(sample), seed_(seed), scaler_(fit_note_scaler(sample)) {
  constexpr std::array<std::size_t, 6> kWithoutLeak{0, 1, 2, 3, 4, 5};
  for (const bool test : {false, true}) {
    Side& side = sides_[test ? 1 : 0];
    side.rows = sample.side(test);
    side.features = sample.features.select(side.rows);
    side.without_leak = side.features.select_features(kWithoutLeak);
  }
  Rng rng = Rng(seed).fork("curves");
  for (std::size_t i = 0; i < rows(false); ++i) order_.push_back(i);
  for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[rng.below(i)]);
}

const Table& NoteWiseRun::features(NoteTarget target, bool test) const {
  const Side& side = sides_[test ? 1 : 0];
  return target == NoteTarget::DurationWithoutLeak ? side.without_leak : side.features;
}

std::vector<float> NoteWiseRun::expected(NoteTarget target, bool test) const {
  const auto all = targets_of(sample_, target);
  std::vector<float> out;
  for (const std::size_t row : rows_of(test)) out.push_back(all[row]);
  return out;
}

Result<NoteModel, FitError> NoteWiseRun::fit(NoteTarget target, Learner learner, double share,
                                             const Running& running) const {
  const Table& all = features(target, false);
  const std::vector<float> targets = expected(target, false);
  if (share >= 1) return fit_note_model(all, scaler_, targets, learner, seed_, running);
  const auto count = std::max<std::size_t>(
      1, static_cast<std::size_t>(share * static_cast<double>(order_.size())));
  std::vector<std::size_t> chosen(order_.begin(),
                                  order_.begin() + static_cast<std::ptrdiff_t>(count));
  std::ranges::sort(chosen);
  std::vector<float> some;
  for (const std::size_t row : chosen) some.push_back(targets[row]);
  return fit_note_model(all.select(chosen), scaler_, some, learner, seed_, running);
}

std::vector<double> NoteWiseRun::predict(const NoteModel& model, NoteTarget target, bool test,
                                         unsigned threads) const {
  return learn::predict(model, scaler_, features(target, test), threads);
}

Metrics NoteWiseRun::measure(const NoteModel& model, NoteTarget target, bool test,
                             unsigned threads) const {
  return learn::measure(expected(target, test), predict(model, target, test, threads));
}

}  // namespace toccata::learn
