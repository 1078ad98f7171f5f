// SPDX-License-Identifier: MIT
#include <toccata/train_torch/training.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <numbers>
#include <thread>

#include <fmt/format.h>

#include <toccata/learn/metrics.hpp>
#include <toccata/learn/variation.hpp>
#include <toccata/train_torch/older_past.hpp>

#include "checkpoint.hpp"

namespace toccata::train_torch {
namespace {

using Clock = std::chrono::steady_clock;
using learn::Material;
using learn::PreparedPiece;
using learn::Window;

/// What is left of the highest rate at the end.
constexpr double kLastRate = 0.02;
/// Of each validation piece, between epochs: the figures at the end are of all.
constexpr std::size_t kMostValidated = 3;
constexpr double kSlowest = 1.25;

double rate_at(const TrainingOptions& options, double share) {
  if (share < options.warm_up) return options.rate * (share / options.warm_up + 1e-3);
  const double falling = (share - options.warm_up) / (1 - options.warm_up);
  const double cosine = (1 + std::cos(std::numbers::pi * falling)) / 2;
  return options.rate * (kLastRate + (1 - kLastRate) * cosine);
}

learn::Variation draw_variation(const Augmentation& augmentation, Rng rng) {
  learn::Variation variation;
  if (augmentation.keys) variation.semitones = rng.between(-5, 6);
  if (augmentation.stretch)
    variation.stretch = 1 / kSlowest + (kSlowest - 1 / kSlowest) * rng.uniform();
  if (augmentation.inversion) variation.inverted = rng.chance(0.5);
  return variation;
}

/// One training under way.
class Course {
 public:
  Course(const learn::NetworkTask& task, std::span<const PreparedPiece* const> training,
         std::span<const PreparedPiece* const> validation, const TrainingOptions& options,
         const TrainingEvents& events, const learn::Running& running)
      : task_(task),
        pieces_(training),
        options_(options),
        events_(events),
        running_(running),
        rng_(Rng(options.trainer.seed).fork(learn::name_of(task))),
        held_(learn::gather_material(validation, task, kMostValidated, rng_, running)) {}

  Result<TrainedNetwork, TrainError> run(const Begin& begin) {
    prepare_epoch();
    trainer_.emplace(task_, material_, options_.trainer);
    if (begin.from != nullptr) {
      TOCCATA_TRY(const auto from, with_whole_past(*begin.from, trainer_->weights(), task_));
      TOCCATA_CHECK(trainer_->set_weights(from));
    }
    if (begin.checkpoint != nullptr) TOCCATA_CHECK(restore(*begin.checkpoint));
    while (!is_over()) {
      trainer_->use(material_);
      if (!run_steps()) break;
      // A checkpoint of the middle of an epoch stays as it is: who goes on from it ends the epoch.
      const bool is_whole = progress_.step == steps();
      TOCCATA_CHECK(end_epoch());
      if (!is_whole || !save() || is_over()) break;
      prepare_epoch();
    }
    return TrainedNetwork{std::move(progress_.best), std::move(progress_.epochs),
                          progress_.best_epoch,
                          std::chrono::duration<double>(Clock::now() - begun_).count()};
  }

 private:
  double minutes() const {
    return std::chrono::duration<double, std::ratio<60>>(Clock::now() - begun_).count();
  }

  bool is_time_up() const { return options_.minutes > 0 && minutes() >= options_.minutes; }

  /// There are always weights that were validated.
  bool is_over() const {
    if (progress_.best_epoch > 0 && is_time_up()) return true;
    return progress_.epoch >= options_.epochs ||
           progress_.epoch >= progress_.best_epoch + options_.patience;
  }

  /// Draws what the next epoch's steps are made of: from the seed and its number alone.
  void prepare_epoch() {
    const Rng rng = rng_.fork("epoch").fork(progress_.epoch);
    varied_.clear();
    if (options_.augmentation == Augmentation{}) {
      material_ = learn::gather_material(pieces_, task_, options_.most_performances,
                                         rng.fork("performances"), running_);
    } else {
      vary(rng.fork("variations"));
      std::vector<const PreparedPiece*> pieces;
      for (const auto& piece : varied_) pieces.push_back(piece.get());
      material_ = learn::gather_material(pieces, task_, options_.most_performances,
                                         rng.fork("performances"), running_);
    }
    windows_ = learn::draw_windows(material_, options_.window, rng.fork("windows"));
  }

  void vary(const Rng& rng) {
    varied_.resize(pieces_.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < pieces_.size(); i = next++)
        varied_[i] = learn::varied(*pieces_[i], draw_variation(options_.augmentation, rng.fork(i)));
    };
    const unsigned cores =
        running_.threads != 0 ? running_.threads : std::thread::hardware_concurrency();
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < cores; ++i) others.emplace_back(work);
    work();
  }

  std::size_t steps() const { return (windows_.size() + options_.batch - 1) / options_.batch; }

  double share_done() const {
    const double of_epoch = static_cast<double>(progress_.step) / static_cast<double>(steps());
    const double share =
        (static_cast<double>(progress_.epoch) + of_epoch) / static_cast<double>(options_.epochs);
    return options_.minutes > 0 ? std::clamp(minutes() / options_.minutes, share, 1.0) : share;
  }

  /// The rest of the epoch, or as much of it as there is time for, one step at least. False where
  /// the training was ended from outside.
  bool run_steps() {
    auto saved = Clock::now(), told = saved;
    std::size_t notes = 0;
    for (; progress_.step < steps(); ++progress_.step) {
      if (progress_.step > 0 && is_time_up()) return save();
      const auto now = Clock::now();
      if (std::chrono::duration<double>(now - saved).count() >= options_.checkpoint_seconds) {
        if (!save()) return false;
        saved = now;
      }
      const std::size_t from = progress_.step * options_.batch;
      const auto batch =
          std::span(windows_).subspan(from, std::min(options_.batch, windows_.size() - from));
      const double share = share_done();
      trainer_->step(batch, rate_at(options_, share));
      for (const Window& window : batch) notes += window.rows;
      if (const std::chrono::duration<double> since = Clock::now() - told;
          events_.progress && since.count() > 1) {
        events_.progress(share, last_loss_, static_cast<double>(notes) / since.count());
        told = Clock::now();
        notes = 0;
      }
    }
    return true;
  }

  Result<void, TrainError> end_epoch() {
    EpochReport report;
    report.loss = last_loss_ = trainer_->take_loss();
    if (!std::isfinite(report.loss))
      return Unexpected{TrainError{
          fmt::format("{}: the loss of epoch {} is no number; a lower --rate than {} is needed",
                      learn::name_of(task_), progress_.epoch + 1, options_.rate)}};
    const auto predicted = trainer_->predict(held_);
    double sum = 0, shares = 0;
    for (std::size_t output = 0; output < held_.outputs(); ++output) {
      const auto rows = learn::predicted_rows(held_, output, predicted);
      const double r2 =
          rows.predicted.empty() ? 0 : learn::measure(rows.rows.targets, rows.predicted).r2;
      report.r2.push_back(r2);
      const double share = share_of(task_.targets[held_.target_of(output)]);
      sum += share * (1 - r2);
      shares += share;
    }
    report.validation = sum / shares;
    report.epoch = ++progress_.epoch;
    progress_.step = 0;
    if (progress_.best_epoch == 0 || report.validation < progress_.best_validation) {
      progress_.best_validation = report.validation;
      progress_.best_epoch = report.epoch;
      progress_.best = trainer_->weights();
    }
    progress_.epochs.push_back(report);
    if (events_.epoch) events_.epoch(report);
    return {};
  }

  bool save() {
    if (!events_.checkpoint) return true;
    ml::Weights state = to_weights(progress_);
    trainer_->save_state(state);
    seal(state);
    return events_.checkpoint(state);
  }

  Result<void, TrainError> restore(const ml::Weights& checkpoint) {
    TOCCATA_TRY(progress_, progress_in(checkpoint));
    TOCCATA_CHECK(trainer_->load_state(checkpoint));
    if (!progress_.epochs.empty()) last_loss_ = progress_.epochs.back().loss;
    if (!is_over()) prepare_epoch();
    return {};
  }

  const Clock::time_point begun_ = Clock::now();
  const learn::NetworkTask& task_;
  std::span<const PreparedPiece* const> pieces_;
  const TrainingOptions& options_;
  const TrainingEvents& events_;
  const learn::Running& running_;
  Rng rng_;
  Material held_, material_;
  std::vector<std::unique_ptr<const PreparedPiece>> varied_;
  std::vector<Window> windows_;
  std::optional<Trainer> trainer_;
  TrainingProgress progress_;
  double last_loss_ = std::nan("");
};

}  // namespace

Result<TrainedNetwork, TrainError> train_network(const learn::NetworkTask& task,
                                                 std::span<const PreparedPiece* const> training,
                                                 std::span<const PreparedPiece* const> validation,
                                                 const TrainingOptions& options, const Begin& begin,
                                                 const TrainingEvents& events,
                                                 const learn::Running& running) {
  return Course(task, training, validation, options, events, running).run(begin);
}

}  // namespace toccata::train_torch
