// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <toccata/audio/level.hpp>
#include <toccata/audio/limiter.hpp>
#include <toccata/audio/master.hpp>
#include <toccata/audio/parallel.hpp>

namespace toccata::audio {
namespace {

constexpr double kClose = 0.02;      ///< LU to the target at which the search ends
constexpr int kMostRounds = 8;       ///< of the search
constexpr double kMarginDb = 0.1;    ///< under the ceiling: for dither, and meters unlike ours
constexpr double kShortGainDb = 24;  ///< for what is too short to have a loudness

/// A signal on its way: its peaks are found once, the gain is searched for.
struct Work {
  StereoView signal;
  SampleRate rate;
  std::vector<float> peaks;
  LimiterSettings limiter;
  double full_gain_db;  ///< brings the highest peak to the ceiling
  /// Would reach the loudness without a limiter; nothing where there is no loudness.
  std::optional<double> first_gain_db;
};

/// The factor of each frame: gain and limiter.
std::vector<float> factors_at(const Work& work, double gain_db, int threads) {
  const double gain = factor_of_db(gain_db);
  auto factors = limiter_gains(work.peaks, gain, work.rate, work.limiter, threads);
  for (float& factor : factors) factor *= static_cast<float>(gain);
  return factors;
}

struct Found {
  double gain_db;
  std::vector<float> factors;
};

/// The limiter takes loudness away, so the gain is raised by what is missing, again and again.
Found find_gain(const Work& work, const MasterSettings& settings) {
  const double highest_db = work.full_gain_db + settings.most_reduction_db;
  const auto first = work.first_gain_db;
  double gain_db = first ? std::min(*first, highest_db) : std::min(work.full_gain_db, kShortGainDb);
  auto factors = factors_at(work, gain_db, settings.threads);
  for (int round = 0; first && round < kMostRounds; ++round) {
    const auto lufs = integrated_loudness(work.signal, factors, work.rate, settings.threads);
    if (!lufs) break;
    const double missing = settings.loudness_lufs - *lufs;
    const double next = std::min(gain_db + missing, highest_db);
    if (std::abs(missing) < kClose || next == gain_db) break;
    gain_db = next;
    factors = factors_at(work, gain_db, settings.threads);
  }
  return {gain_db, std::move(factors)};
}

void multiply(StereoSpan signal, std::span<const float> factors) {
  for (std::size_t i = 0; i < factors.size(); ++i) {
    signal.left[i] *= factors[i];
    signal.right[i] *= factors[i];
  }
}

std::optional<SignalFault> find_fault(StereoView signal) {
  const Inspection found = inspect(signal);
  if (found.not_finite)
    return SignalFault{SignalFault::Kind::NotFinite, *found.not_finite, found.peak};
  if (found.peak < kSilentPeak) return SignalFault{SignalFault::Kind::Silent, 0, found.peak};
  return std::nullopt;
}

/// Measured at full level, since the gate of the measure leaves out what is quiet.
std::optional<double> first_gain(StereoView signal, SampleRate rate, double full_gain_db,
                                 const MasterSettings& settings) {
  const std::vector<float> full(signal.frames(), static_cast<float>(factor_of_db(full_gain_db)));
  const auto lufs = integrated_loudness(signal, full, rate, settings.threads);
  if (!lufs) return std::nullopt;
  return full_gain_db + settings.loudness_lufs - *lufs;
}

Work make_work(StereoView signal, SampleRate rate, const MasterSettings& settings) {
  const double ceiling_db = settings.true_peak_dbtp - kMarginDb;
  const double full_gain_db = ceiling_db - db_of_factor(true_peak(signal, settings.threads));
  const double highest_db = full_gain_db + settings.most_reduction_db;
  const auto of_interest = static_cast<float>(factor_of_db(ceiling_db - highest_db));
  Work work{signal,       rate, {}, LimiterSettings{.ceiling = factor_of_db(ceiling_db)},
            full_gain_db, {}};
  work.first_gain_db = first_gain(signal, rate, full_gain_db, settings);
  work.peaks = peak_curve(signal, of_interest, settings.threads);
  return work;
}

}  // namespace

std::string describe(const SignalFault& fault) {
  if (fault.kind == SignalFault::Kind::NotFinite)
    return "not a number at frame " + std::to_string(fault.frame);
  if (fault.peak < 1e-10) return "silent: nothing sounds";
  return fmt::format("silent: its highest sample is at {:.1f} dBFS", db_of_factor(fault.peak));
}

Result<Mastered, SignalFault> master(StereoSpan signal, SampleRate rate,
                                     const MasterSettings& settings) {
  if (const auto fault = find_fault(signal)) return Unexpected{*fault};
  const Work work = make_work(signal, rate, settings);
  const Found found = find_gain(work, settings);
  multiply(signal, found.factors);
  Mastered done{};
  double peak = 0;
  for_each_index(2, settings.threads, [&](std::size_t task) {
    if (task == 0) done.loudness = measure_loudness(signal, rate);
    else peak = true_peak(signal, settings.threads);
  });
  if (peak > work.limiter.ceiling) {
    peak = hold_ceiling(signal, work.limiter.ceiling, settings.threads);
    done.loudness = measure_loudness(signal, rate);
  }
  done.true_peak_dbtp = db_of_factor(peak);
  done.gain_db = found.gain_db;
  const float lowest = *std::min_element(found.factors.begin(), found.factors.end());
  done.reduction_db = std::max(0.0, found.gain_db - db_of_factor(lowest));
  if (done.loudness)
    done.target_missed_by_lu = missed_by_lu(settings.loudness_lufs, done.loudness->integrated_lufs);
  return done;
}

}  // namespace toccata::audio
