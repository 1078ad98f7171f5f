// SPDX-License-Identifier: MIT
// The networks as the trainer sees them. LibTorch itself stays in the .cpp files.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <toccata/train_torch/trainer.hpp>

namespace at {
class Tensor;
}

namespace toccata::train_torch {

/// A material on the device.
class Rows;
std::shared_ptr<const Rows> make_rows(const learn::Material& material, Device device);

class Network {
 public:
  virtual ~Network() = default;
  /// What is to become less, as one number on the device.
  virtual at::Tensor loss(const Rows& rows, std::span<const learn::Window> windows) = 0;
  /// [windows, longest, targets] in the targets' units.
  virtual at::Tensor foretold(const Rows& rows, std::span<const learn::Window> windows) = 0;
  /// With dropout or without.
  virtual void set_training(bool is_training) = 0;
  /// What is learned.
  virtual std::vector<at::Tensor> parameters() const = 0;
  /// That and what the material was standardised by, by names below the network's.
  virtual std::map<std::string, at::Tensor> tensors() const = 0;
};

std::unique_ptr<Network> make_network(const learn::NetworkTask& task,
                                      const learn::Material& material,
                                      const TrainerOptions& options);

}  // namespace toccata::train_torch
