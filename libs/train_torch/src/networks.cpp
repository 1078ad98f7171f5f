// SPDX-License-Identifier: MIT
#include "networks.hpp"

#include <algorithm>
#include <cmath>

#include <torch/torch.h>

namespace toccata::train_torch {
namespace {

using learn::Material;
using learn::NetworkTask;
using learn::Standard;
using learn::Window;
using torch::Tensor;

/// Standardised numbers are let through up to here: what lies beyond is an oddity of one piece.
constexpr double kFarthest = 6;
/// Of logits of notes that are not there. Infinity would make a block without any note NaN.
constexpr double kNever = -1e9;
/// How much the mean loss of the players counts against the reader's: by validation pieces 3 was
/// better than 1, and 1 than 0.3. What one player does says more of a note than the mean of all.
constexpr double kOfPlayers = 3;

torch::Device device_of(Device device) {
  return device == Device::Cuda ? torch::kCUDA : torch::kCPU;
}

std::int64_t whole(std::size_t value) { return static_cast<std::int64_t>(value); }

Tensor tensor_of(const std::vector<float>& values) {
  return torch::tensor(values, torch::kFloat32);
}

/// [z; m] of rows that may lack numbers.
Tensor standardised(const Tensor& rows, const Tensor& mean, const Tensor& scale) {
  const Tensor missing = rows.isnan();
  const Tensor z = ((rows - mean) * scale).clamp(-kFarthest, kFarthest).masked_fill(missing, 0);
  return torch::cat({z, missing.to(torch::kFloat32)}, -1);
}

struct AttentionImpl : torch::nn::Module {
  std::int64_t heads, block;
  torch::nn::Linear in_proj{nullptr}, out_proj{nullptr};

  AttentionImpl(std::int64_t width, std::int64_t heads_, std::int64_t block_)
      : heads(heads_), block(block_) {
    in_proj = register_module("in_proj", torch::nn::Linear(width, 3 * width));
    out_proj = register_module("out_proj", torch::nn::Linear(width, width));
  }

  /// x: [sequences, rows, width]; there: [sequences, rows].
  Tensor forward(const Tensor& x, const Tensor& there) {
    namespace F = torch::nn::functional;
    const std::int64_t count = x.size(0), rows = x.size(1), width = x.size(2);
    const std::int64_t lacking = (block - rows % block) % block;
    const auto in_blocks = F::pad(x, F::PadFuncOptions({0, 0, 0, lacking}));
    const Tensor mask = F::pad(there, F::PadFuncOptions({0, lacking})).reshape({-1, 1, 1, block});
    const auto parts = in_proj(in_blocks).reshape({-1, block, 3, heads, width / heads});
    const auto part = [&](std::int64_t which) { return parts.select(2, which).transpose(1, 2); };
    const double size = std::sqrt(static_cast<double>(width / heads));
    Tensor likeness = torch::matmul(part(0), part(1).transpose(-1, -2)) / size;
    likeness = likeness.masked_fill(mask.logical_not(), kNever);
    const Tensor mixed = torch::matmul(likeness.softmax(-1), part(2)).transpose(1, 2);
    return out_proj(mixed.reshape({count, rows + lacking, width})).slice(1, 0, rows);
  }
};
TORCH_MODULE(Attention);

/// Windows of one length, which those that are shorter are filled up to.
struct Batch {
  Tensor rows, past, targets, there, lengths;
  Tensor weights;  ///< [sequences, 1]
};

struct EncoderImpl : torch::nn::Module {
  torch::nn::Linear embed{nullptr};
  torch::nn::LayerNorm embed_norm{nullptr}, attention_norm{nullptr};
  torch::nn::LSTM lstm{nullptr};
  Attention attention{nullptr};
  torch::nn::Dropout dropout{nullptr};
  Tensor mean, scale;
  double column_dropout;

  EncoderImpl(const Standard& columns, const TrainerOptions& options)
      : column_dropout(options.column_dropout) {
    const NetworkShape& shape = options.shape;
    const auto width = whole(shape.width), both = whole(2 * shape.hidden);
    mean = register_buffer("mean", tensor_of(columns.mean));
    scale = register_buffer("scale", tensor_of(columns.scale));
    embed = register_module("embed", torch::nn::Linear(2 * mean.size(0), width));
    embed_norm =
        register_module("embed_norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({width})));
    auto how = torch::nn::LSTMOptions(width, whole(shape.hidden))
                   .num_layers(whole(shape.layers))
                   .batch_first(true)
                   .bidirectional(true);
    if (shape.layers > 1) how.dropout(options.dropout);
    lstm = register_module("lstm", torch::nn::LSTM(how));
    attention =
        register_module("attention", Attention(both, whole(shape.heads), whole(shape.block)));
    attention_norm = register_module("attention_norm",
                                     torch::nn::LayerNorm(torch::nn::LayerNormOptions({both})));
    dropout = register_module("dropout", torch::nn::Dropout(options.dropout));
  }

  /// While it learns, some columns of each window say nothing, so that none is leant on alone; the
  /// others speak up for them, so that all together are no news later.
  Tensor thinned(const Tensor& in) const {
    if (!is_training() || column_dropout == 0) return in;
    const Tensor drawn = torch::rand({in.size(0), 1, mean.size(0)}, in.options());
    const Tensor kept = (drawn >= column_dropout).to(torch::kFloat32) / (1 - column_dropout);
    return in * torch::cat({kept, torch::ones_like(kept)}, -1);
  }

  /// Sequences of one length are read as they are; others are packed, so that the way back begins
  /// at each one's own end.
  Tensor heard(const Tensor& x, const Batch& batch) {
    namespace rnn = torch::nn::utils::rnn;
    if (batch.lengths.min().item<std::int64_t>() == x.size(1)) return std::get<0>(lstm(x));
    const auto packed = rnn::pack_padded_sequence(x, batch.lengths, true, false);
    const auto out = std::get<0>(lstm->forward_with_packed_input(packed));
    return std::get<0>(rnn::pad_packed_sequence(out, true, 0.0, x.size(1)));
  }

  Tensor forward(const Batch& batch) {
    const Tensor in = thinned(standardised(batch.rows, mean, scale));
    const Tensor h = heard(dropout(embed_norm(embed(in)).relu()), batch);
    return attention_norm(h + dropout(attention(h, batch.there)));
  }
};
TORCH_MODULE(Encoder);

/// Hears of each note what the encoder says of it, and the past.
struct PlayerImpl : torch::nn::Module {
  torch::nn::LSTM lstm{nullptr};
  torch::nn::Linear head{nullptr};
  torch::nn::Dropout dropout{nullptr};
  Tensor past_mean, past_scale, range;

  PlayerImpl(Target target, const Standard& past, const TrainerOptions& options) {
    const NetworkShape& shape = options.shape;
    past_mean = register_buffer("past_mean", tensor_of(past.mean));
    past_scale = register_buffer("past_scale", tensor_of(past.scale));
    const auto ends = range_of(target);
    range = register_buffer("range", tensor_of({ends[0], ends[1]}));
    const auto inputs = whole(2 * shape.hidden) + 2 * past_mean.size(0);
    lstm = register_module(
        "lstm", torch::nn::LSTM(
                    torch::nn::LSTMOptions(inputs, whole(shape.player_hidden)).batch_first(true)));
    head =
        register_module("head", torch::nn::Linear(whole(shape.player_hidden), whole(shape.bins)));
    dropout = register_module("dropout", torch::nn::Dropout(options.dropout));
  }

  std::int64_t bins() const { return head->options.out_features(); }

  Tensor logits(const Tensor& encoded, const Tensor& past) {
    const Tensor in = torch::cat({dropout(encoded), standardised(past, past_mean, past_scale)}, -1);
    return head(dropout(std::get<0>(lstm(in))));
  }

  /// value: [sequences, rows]; weights: [sequences, 1].
  Tensor loss(const Tensor& encoded, const Tensor& past, const Tensor& value,
              const Tensor& weights) {
    const Tensor heard = value.isnan().logical_not();
    const Tensor share = (value - range[0]) / (range[1] - range[0]);
    const Tensor bin = (share * bins())
                           .floor()
                           .masked_fill(heard.logical_not(), 0)
                           .clamp(0, static_cast<double>(bins() - 1))
                           .to(torch::kInt64);
    const Tensor each =
        -logits(encoded, past).log_softmax(-1).gather(-1, bin.unsqueeze(-1)).squeeze(-1);
    const Tensor counted = heard.to(torch::kFloat32) * weights;
    return (each * counted).sum() / counted.sum().clamp_min(1e-6);
  }

  Tensor foretold(const Tensor& encoded, const Tensor& past) {
    const Tensor places = torch::arange(bins(), range.options()) + 0.5;
    const Tensor middles = range[0] + places * (range[1] - range[0]) / bins();
    return logits(encoded, past).softmax(-1).matmul(middles).unsqueeze(-1);
  }
};
TORCH_MODULE(Player);

struct ReaderImpl : EncoderImpl {
  torch::nn::Linear head{nullptr};
  Tensor target_mean, target_scale, shares;

  ReaderImpl(const NetworkTask& task, const Standard& columns, const Standard& targets,
             const TrainerOptions& options)
      : EncoderImpl(columns, options) {
    head = register_module(
        "head", torch::nn::Linear(whole(2 * options.shape.hidden), whole(task.targets.size())));
    std::vector<float> deviations, of_targets;
    for (std::size_t i = 0; i < task.targets.size(); ++i) {
      deviations.push_back(targets.scale[i] > 0 ? 1 / targets.scale[i] : 1);
      of_targets.push_back(static_cast<float>(share_of(task.targets[i])));
    }
    target_mean = register_buffer("target_mean", tensor_of(targets.mean));
    target_scale = register_buffer("target_scale", tensor_of(deviations));
    shares = tensor_of(of_targets);
  }

  Tensor out(const Tensor& encoded) { return head(dropout(encoded)); }

  Tensor loss(const Tensor& encoded, const Batch& batch) {
    const Tensor heard = batch.targets.isnan().logical_not();
    const Tensor wanted = ((batch.targets - target_mean) / target_scale)
                              .clamp(-kFarthest, kFarthest)
                              .masked_fill(heard.logical_not(), 0);
    const Tensor weights = heard.to(torch::kFloat32) * batch.weights.unsqueeze(-1);
    const Tensor errors = (out(encoded) - wanted).square() * weights;
    const Tensor each = errors.flatten(0, 1).sum(0) / weights.flatten(0, 1).sum(0).clamp_min(1e-6);
    const Tensor of = shares.to(each.device());
    return (each * of).sum() / of.sum();
  }

  Tensor foretold(const Tensor& encoded) { return out(encoded) * target_scale + target_mean; }
};
TORCH_MODULE(Reader);

void add_tensors(const torch::nn::Module& module, const std::string& prefix,
                 std::map<std::string, Tensor>& named) {
  for (const auto& entry : module.named_parameters()) named[prefix + entry.key()] = entry.value();
  for (const auto& entry : module.named_buffers()) named[prefix + entry.key()] = entry.value();
}

}  // namespace

/// Batches are cut from it.
class Rows {
 public:
  Rows(const Material& material, torch::Device device)
      : device_(device),
        timing_(whole(material.timing)),
        past_(whole(material.past())),
        pieces_(moved(material.pieces, material.piece_columns)),
        played_(moved(material.played, material.played_columns())) {}

  Batch cut(std::span<const Window> windows) const {
    std::vector<std::int64_t> from_piece, from_played, lengths;
    std::vector<float> weights;
    for (const Window& window : windows) {
      from_piece.push_back(whole(window.piece_row));
      from_played.push_back(whole(window.played_row));
      lengths.push_back(whole(window.rows));
      weights.push_back(window.weight);
    }
    const Tensor length = torch::tensor(lengths);
    const std::int64_t longest = *std::ranges::max_element(lengths);
    const Tensor there = torch::arange(longest).unsqueeze(0) < length.unsqueeze(1);
    const Tensor step =
        torch::minimum(torch::arange(longest).unsqueeze(0), length.unsqueeze(1) - 1);
    const auto taken = [&](const Tensor& table, const std::vector<std::int64_t>& from) {
      const Tensor at = (torch::tensor(from).unsqueeze(1) + step).flatten().to(device_);
      return table.index_select(0, at).reshape({length.size(0), longest, -1});
    };
    const Tensor piece = taken(pieces_, from_piece), played = taken(played_, from_played);
    Batch batch;
    batch.there = there.to(device_);
    batch.lengths = length;
    batch.rows = torch::cat({piece, played.slice(2, 0, timing_)}, 2);
    batch.past = played.slice(2, timing_, timing_ + past_);
    batch.targets = played.slice(2, timing_ + past_)
                        .masked_fill(batch.there.logical_not().unsqueeze(-1), std::nan(""));
    batch.weights = tensor_of(weights).to(device_).unsqueeze(1);
    return batch;
  }

 private:
  Tensor moved(const std::vector<float>& table, std::size_t columns) const {
    const auto rows = whole(table.size() / columns);
    return torch::from_blob(const_cast<float*>(table.data()), {rows, whole(columns)},
                            torch::kFloat32)
        .to(device_, torch::kFloat32, false, true);
  }

  torch::Device device_ = torch::kCPU;
  std::int64_t timing_ = 0, past_ = 0;
  Tensor pieces_, played_;
};

std::shared_ptr<const Rows> make_rows(const Material& material, Device device) {
  return std::make_shared<const Rows>(material, device_of(device));
}

struct Network::Inside {
  NetworkTask task;
  Reader reader{nullptr};
  std::vector<Player> players;
  std::vector<std::size_t> pasts;  ///< of each

  template <class Visit>
  void for_each_module(const Visit& visit) {
    visit(*reader, learn::name_of(task) + ".");
    for (std::size_t i = 0; i < players.size(); ++i)
      visit(*players[i], learn::player_name(task, task.targets[i]) + ".");
  }

  /// Calls `visit` with each player, its past in the batch and the number of its target.
  template <class Visit>
  void for_each_player(const Batch& batch, const Visit& visit) {
    std::int64_t first = 0;
    for (std::size_t i = 0; i < players.size(); ++i) {
      const auto count = whole(pasts[i]);
      visit(players[i], batch.past.slice(2, first, first + count), whole(i));
      first += count;
    }
  }
};

Network::Network(const NetworkTask& task, const Material& material, const TrainerOptions& options)
    : inside_(std::make_unique<Inside>()) {
  torch::manual_seed(options.seed);
  const auto of_played = [&](std::size_t first, std::size_t count) {
    return learn::standard_of(material.played, material.played_columns(), first, count);
  };
  Standard columns =
      learn::standard_of(material.pieces, material.piece_columns, 0, material.piece_columns);
  const Standard timing = of_played(0, material.timing);
  columns.mean.insert(columns.mean.end(), timing.mean.begin(), timing.mean.end());
  columns.scale.insert(columns.scale.end(), timing.scale.begin(), timing.scale.end());
  const Standard targets = of_played(material.timing + material.past(), material.targets);
  Inside& in = *inside_;
  in.task = task;
  in.reader = Reader(task, columns, targets, options);
  in.pasts = material.pasts;
  std::size_t first = material.timing;
  for (std::size_t i = 0; i < in.pasts.size(); ++i) {
    const Standard past = of_played(first, in.pasts[i]);
    in.players.emplace_back(task.targets[i], past, options);
    first += in.pasts[i];
  }
  in.for_each_module(
      [&](torch::nn::Module& module, const std::string&) { module.to(device_of(options.device)); });
}

Network::~Network() = default;

Tensor Network::loss(const Rows& rows, std::span<const Window> windows) {
  Inside& in = *inside_;
  const Batch batch = rows.cut(windows);
  const Tensor encoded = in.reader->forward(batch);
  Tensor of_players = torch::zeros({}, encoded.options());
  in.for_each_player(batch, [&](Player& player, const Tensor& past, std::int64_t target) {
    of_players += player->loss(encoded, past, batch.targets.select(2, target), batch.weights);
  });
  return in.reader->loss(encoded, batch) +
         kOfPlayers * of_players / static_cast<double>(in.players.size());
}

Tensor Network::foretold(const Rows& rows, std::span<const Window> windows) {
  Inside& in = *inside_;
  const Batch batch = rows.cut(windows);
  const Tensor encoded = in.reader->forward(batch);
  std::vector<Tensor> outputs{in.reader->foretold(encoded)};
  in.for_each_player(batch, [&](Player& player, const Tensor& past, std::int64_t) {
    outputs.push_back(player->foretold(encoded, past));
  });
  return torch::cat(outputs, -1);
}

void Network::set_training(bool is_training) {
  inside_->for_each_module(
      [&](torch::nn::Module& module, const std::string&) { module.train(is_training); });
}

std::vector<Tensor> Network::parameters() const {
  std::vector<Tensor> all;
  inside_->for_each_module([&](const torch::nn::Module& module, const std::string&) {
    const auto own = module.parameters();
    all.insert(all.end(), own.begin(), own.end());
  });
  return all;
}

std::map<std::string, Tensor> Network::tensors() const {
  std::map<std::string, Tensor> named;
  inside_->for_each_module([&](const torch::nn::Module& module, const std::string& prefix) {
    add_tensors(module, prefix, named);
  });
  return named;
}

}  // namespace toccata::train_torch
