// SPDX-License-Identifier: MIT
// predict: what a note-wise run's models say of given rows.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/learn/note_wise_models.hpp>
#include <toccata/learn/number_rows.hpp>

#include "batch.hpp"
#include "staged.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
namespace fs = std::filesystem;

constexpr std::size_t kFeatures = kNoteWiseFeatures.size();
constexpr std::string_view kAdded[] = {"velocity_predicted", "duration_predicted"};

struct Models {
  ml::Scaler scaler;
  NoteModel velocity, duration;
};

/// A run's folder, or a bundle of its own.
Outcome<Models> read_models(const std::string& name, Learner learner) {
  std::error_code ignored;
  const fs::path path =
      fs::is_directory(name, ignored) ? fs::path(name) / "model.safetensors" : fs::path(name);
  auto bytes = read_file(path);
  if (!bytes) return cannot("--model: " + describe(bytes.error()));
  const auto weights = ml::read_weights(*std::move(bytes));
  const auto fail = [&](const auto& error) {
    return cannot(fmt::format("--model: {}: {}", path.string(), describe(error)));
  };
  if (!weights) return fail(weights.error());
  auto scaler = ml::load_scaler(*weights, kScalerPrefix, kFeatures);
  if (!scaler) return fail(scaler.error());
  auto velocity = load_note_model(*weights, prefix_of(learner, NoteTarget::Velocity), learner,
                                  NoteTarget::Velocity);
  if (!velocity) return fail(velocity.error());
  auto duration = load_note_model(*weights, prefix_of(learner, NoteTarget::Duration), learner,
                                  NoteTarget::Duration);
  if (!duration) return fail(duration.error());
  return Models{*std::move(scaler), *std::move(velocity), *std::move(duration)};
}

/// Where rows are written: beside their place, or aside until all are there if that is stdout.
class RowSink {
 public:
  static Outcome<std::unique_ptr<RowSink>> open(const std::string& name, StagedFiles& files) {
    auto sink = std::make_unique<RowSink>();
    sink->to_stream_ = is_stream(name);
    sink->name_ = name;
    fs::path place;
    if (!sink->to_stream_) {
      TOCCATA_TRY(place, files.reserve(name));
    }
    sink->file_ = sink->to_stream_ ? std::tmpfile() : std::fopen(place.c_str(), "wb");
    if (sink->file_ == nullptr) return sink->failed();
    return sink;
  }
  RowSink() = default;
  RowSink(const RowSink&) = delete;
  RowSink& operator=(const RowSink&) = delete;
  ~RowSink() {
    if (file_ != nullptr) std::fclose(file_);
  }

  Outcome<void> write(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) return failed();
    return {};
  }
  /// All is written; a stream gets it only now.
  Outcome<void> end() {
    if (to_stream_) return copy_to_stream();
    std::FILE* const file = std::exchange(file_, nullptr);
    if (std::fclose(file) != 0) return failed();
    return {};
  }

 private:
  Unexpected<Failure> failed() const {
    return cannot(fmt::format("-o \"{}\": could not be written ({})", name_, std::strerror(errno)));
  }
  Outcome<void> copy_to_stream() {
    std::FILE* const out = name_ == "-" ? stdout : std::fopen(name_.c_str(), "wb");
    if (out == nullptr) return failed();
    std::rewind(file_);
    std::vector<char> room(std::size_t{1} << 20);
    for (std::size_t count = 1; count > 0;) {
      count = std::fread(room.data(), 1, room.size(), file_);
      if (std::fwrite(room.data(), 1, count, out) != count) return failed();
    }
    if ((name_ == "-" ? std::fflush(out) : std::fclose(out)) != 0) return failed();
    return {};
  }

  std::string name_;
  bool to_stream_ = false;
  std::FILE* file_ = nullptr;
};

/// Nine digits at most, which is what a float holds; no locale takes part.
void append_number(std::string& out, double value) {
  char digits[32];
  const auto [end, error] =
      std::to_chars(digits, digits + sizeof digits, static_cast<float>(value));
  out += ',';
  out.append(digits, error == std::errc() ? end : digits);
}

Outcome<std::string> predicted_part(const Models& models, const RowPieces& pieces,
                                    std::string_view piece, std::string_view part) {
  const auto rows = read_number_rows(pieces.layout(), part);
  if (!rows) {
    const auto before = static_cast<std::size_t>(part.data() - piece.data());
    return cannot(describe(pieces.located({before + rows.error().offset, rows.error().what})));
  }
  Table features({kNoteWiseFeatures.begin(), kNoteWiseFeatures.end()}, rows->lines.size());
  for (std::size_t f = 0; f < kFeatures; ++f) {
    const auto column = features.column(f);
    for (std::size_t i = 0; i < column.size(); ++i) column[i] = rows->numbers[i * kFeatures + f];
  }
  const auto velocity = predict(models.velocity, models.scaler, features, 1);
  const auto duration = predict(models.duration, models.scaler, features, 1);
  std::string text;
  constexpr std::size_t kTwoNumbers = 28;
  text.reserve(part.size() + kTwoNumbers * rows->lines.size());
  for (std::size_t i = 0; i < rows->lines.size(); ++i) {
    text += rows->lines[i];
    append_number(text, velocity[i]);
    append_number(text, duration[i]);
    text += '\n';
  }
  return text;
}

/// The next rows with their predictions, on all cores; empty after the last.
Outcome<std::string> predicted_piece(const Models& models, RowPieces& pieces) {
  const auto piece = pieces.next();
  if (!piece) return cannot(describe(piece.error()));
  constexpr std::size_t kPartsPerCore = 4;
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  const auto parts = split_rows(*piece, kPartsPerCore * cores);
  std::vector<std::string> texts(parts.size());
  TOCCATA_CHECK(run_all(parts.size(), [&](std::size_t i) -> Outcome<void> {
    TOCCATA_TRY(texts[i], predicted_part(models, pieces, *piece, parts[i]));
    return {};
  }));
  std::string text;
  for (const std::string& one : texts) text += one;
  return text;
}

Outcome<RowPieces> open_rows(const std::string& name) {
  auto pieces = RowPieces::open(name, kNoteWiseFeatures);
  if (!pieces) return cannot("--rows: " + describe(pieces.error()));
  for (const std::string_view added : kAdded)
    if (std::ranges::find(pieces->layout().columns, added) != pieces->layout().columns.end())
      return cannot(fmt::format("--rows \"{}\": has a column {} already", name, added));
  return *std::move(pieces);
}

struct Request {
  std::string model, rows, output;
  Learner learner = Learner::Forest;
};

Outcome<Request> request_of(const Arguments& arguments) {
  Request request;
  for (const auto& [option, to] :
       {std::pair{"--model", &request.model}, std::pair{"--rows", &request.rows},
        std::pair{"--output", &request.output}}) {
    const auto given = arguments.text(option);
    if (!given || given->empty())
      return wrong_call(
          fmt::format("predict: {} is missing (--model RUN_DIR --rows FILE.csv -o "
                      "OUT.csv)",
                      option));
    *to = *given;
  }
  const std::string name = arguments.text("--learner").value_or("forest");
  const auto learner = find_learner(name);
  if (!learner)
    return wrong_call(fmt::format(
        "--learner \"{}\": unknown, allowed are linear, tree, forest and boosting", name));
  request.learner = *learner;
  std::error_code ignored;
  if (fs::equivalent(request.rows, request.output, ignored))
    return wrong_call(fmt::format(
        "-o \"{}\": this is the input, which is never changed; name another file", request.output));
  if (fs::is_directory(request.output, ignored))
    return cannot(
        fmt::format("-o \"{}\": is a folder, not a file that could be written", request.output));
  return request;
}

Outcome<void> run(const Arguments& arguments) {
  TOCCATA_TRY(const Request request, request_of(arguments));
  TOCCATA_TRY(const Models models, read_models(request.model, request.learner));
  TOCCATA_TRY(RowPieces pieces, open_rows(request.rows));
  StagedFiles files;
  TOCCATA_TRY(const auto sink, RowSink::open(request.output, files));
  TOCCATA_CHECK(sink->write(fmt::format("{},{},{}\n", pieces.header(), kAdded[0], kAdded[1])));
  for (;;) {
    TOCCATA_TRY(const std::string text, predicted_piece(models, pieces));
    if (text.empty()) break;
    TOCCATA_CHECK(sink->write(text));
  }
  TOCCATA_CHECK(sink->end());
  return files.commit();
}

constexpr OptionSpec kOptions[] = {
    {"--model", "RUN_DIR", Takes::OneValue,
     "the folder of a note-wise run, or a model.safetensors"},
    {"--rows", "FILE", Takes::OneValue,
     "a table, .csv or .csv.xz (- is stdin), with the columns pitch, pitch_interval, prev_pitch, "
     "next_pitch, seq_pos, local_density and duration; others are kept"},
    {"-o,--output", "FILE", Takes::OneValue,
     "the table with velocity_predicted and duration_predicted added; - is stdout"},
    {"--learner", "NAME", Takes::OneValue, "linear, tree, forest or boosting (default: forest)"},
};

}  // namespace

Verb predict_verb() {
  return {"predict",
          "Predicts the velocity and duration of notes given as rows.",
          {"", "", PositionalSpec::Count::None},
          kOptions,
          "toccata predict --model run --rows notes.csv -o predicted.csv",
          run};
}

}  // namespace toccata::cli
