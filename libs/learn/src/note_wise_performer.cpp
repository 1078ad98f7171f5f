// SPDX-License-Identifier: MIT
#include <toccata/learn/note_wise_performer.hpp>

#include <algorithm>
#include <cmath>

#include <toccata/learn/note_wise.hpp>
#include <toccata/perform/foretelling.hpp>

namespace toccata::learn {
namespace {

constexpr double kTicks = 480;  // a quarter has, in the forests' durations
constexpr double kShortest = 200, kLongest = 1920;
constexpr auto kSustain = Controller::literal(64);

/// The pitched notes as the protocol takes them: in the order in which they end, part by part.
struct Rows {
  std::vector<const Note*> notes;
  std::vector<NoteRow> rows;
};

Rows rows_of(const Score& score) {
  Rows out;
  for (const Part& part : score.parts) {
    if (part.instrument.is_drums) continue;
    const auto first = std::ssize(out.notes);
    for (const Note& note : part.notes) out.notes.push_back(&note);
    std::ranges::stable_sort(out.notes.begin() + first, out.notes.end(), {},
                             [](const Note* note) { return note->end(); });
  }
  const double scale = kTicks / static_cast<double>(score.ppq().ticks());
  for (const Note* note : out.notes) {
    NoteRow& row = out.rows.emplace_back();
    row.pitch = static_cast<std::uint8_t>(note->pitch.number());
    const double ticks = static_cast<double>(note->duration.ticks()) * scale;
    row.duration = static_cast<std::int32_t>(std::clamp(ticks + 0.5, 1.0, double{INT32_MAX}));
  }
  set_neighbours(out.rows);
  return out;
}

/// One forest's answers, each as far towards a tree drawn for it as variation says.
std::vector<double> answers_of(const NoteModel& model, const ml::Scaler& scaler,
                               const std::vector<NoteRow>& rows, double variation, Rng rng) {
  Table features({kNoteWiseFeatures.begin(), kNoteWiseFeatures.end()}, rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto numbers = features_of(rows[i]);
    for (std::size_t f = 0; f < numbers.size(); ++f) features.column(f)[i] = numbers[f];
  }
  auto answers = predict(model, scaler, features, 1);
  const auto* forest = std::get_if<ml::Trees>(&model.learned);
  if (variation <= 0 || forest == nullptr) return answers;
  const Table inputs = scaled(features, scaler);
  std::vector<float> row(inputs.features());
  for (std::size_t i = 0; i < answers.size(); ++i) {
    for (std::size_t f = 0; f < row.size(); ++f) row[f] = inputs.column(f)[i];
    const double one = forest->predict_as(rng.below(forest->trees()), row);
    answers[i] += variation * (one - answers[i]);
  }
  return answers;
}

class NoteWise final : public Performer {
 public:
  NoteWise(std::string name, std::shared_ptr<const NoteWiseForests> forests,
           const PlayingOptions& options)
      : name_(std::move(name)), forests_(std::move(forests)), options_(options) {}

  std::string_view name() const override { return name_; }
  std::unique_ptr<PerformTake> begin(const PerformTask& task, const Rng& rng) const override {
    return make_whole_take(task.score, play(task, rng));
  }

 private:
  Performance play(const PerformTask& task, const Rng& rng) const {
    Performance performance = perform_with(*find_performer("curve"), task, options_, rng);
    std::erase_if(performance.controls,
                  [](const ControlEvent& event) { return event.controller == kSustain; });
    const Rows rows = rows_of(task.score);
    const auto answers = [&](const NoteModel& model, const char* name) {
      return answers_of(model, forests_->scaler, rows.rows, options_.variation * options_.spread,
                        rng.fork(name));
    };
    const auto velocities = answers(forests_->velocity, "velocity");
    const auto lengths = answers(forests_->duration, "duration");
    const double scale = static_cast<double>(task.score.ppq().ticks()) / kTicks;
    for (std::size_t i = 0; i < rows.notes.size(); ++i) {
      const Note& note = *rows.notes[i];
      const auto found =
          std::ranges::lower_bound(performance.notes, note.id, {}, &PlayedNote::note);
      if (found == performance.notes.end() || found->note != note.id) continue;
      const double velocity = bounded(velocities[i], Velocity::kLowest, Velocity::kHighest);
      found->velocity = Velocity::clamped(static_cast<int>(std::floor(velocity + 0.5)));
      const double ticks = bounded(lengths[i], kShortest, kLongest) * scale;
      const Duration room = std::max(task.score.end, note.end()) - note.onset;
      found->sounding = std::clamp(Duration(static_cast<std::int64_t>(std::floor(ticks + 0.5))),
                                   Duration(1), std::max(room - found->shift, Duration(1)));
    }
    let_go_in_time(PlayingOrder(task.score), performance);
    return performance;
  }

  std::string name_;
  std::shared_ptr<const NoteWiseForests> forests_;
  PlayingOptions options_;
};

}  // namespace

Result<NoteWiseForests, ml::TensorError> load_note_wise_forests(const ml::Weights& weights) {
  const auto forest = [&](NoteTarget target) {
    return load_note_model(weights, prefix_of(Learner::Forest, target), Learner::Forest, target);
  };
  NoteWiseForests forests;
  TOCCATA_TRY(forests.scaler, ml::load_scaler(weights, kScalerPrefix, kNoteWiseFeatures.size()));
  TOCCATA_TRY(forests.velocity, forest(NoteTarget::Velocity));
  TOCCATA_TRY(forests.duration, forest(NoteTarget::Duration));
  for (const NoteTarget target : {NoteTarget::Velocity, NoteTarget::Duration}) {
    const NoteModel& model = target == NoteTarget::Velocity ? forests.velocity : forests.duration;
    const auto* trees = std::get_if<ml::Trees>(&model.learned);
    if (trees != nullptr && trees->trees() == 0)
      return Unexpected{ml::TensorError{prefix_of(Learner::Forest, target) + "tree_nodes",
                                        "no tree", "at least one"}};
  }
  return forests;
}

std::unique_ptr<Performer> make_note_wise_performer(std::string name,
                                                    std::shared_ptr<const NoteWiseForests> forests,
                                                    const PlayingOptions& options) {
  return std::make_unique<NoteWise>(std::move(name), std::move(forests), options);
}

}  // namespace toccata::learn
