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
  Network(const learn::NetworkTask& task, const learn::Material& material,
          const TrainerOptions& options);
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  ~Network();

  /// What is to become less, as one number on the device.
  at::Tensor loss(const Rows& rows, std::span<const learn::Window> windows);
  /// [windows, longest, outputs] in the targets' units.
  at::Tensor foretold(const Rows& rows, std::span<const learn::Window> windows);
  /// With dropout or without.
  void set_training(bool is_training);
  /// What is learned.
  std::vector<at::Tensor> parameters() const;
  /// That and what the material was standardised by, by the names of the file.
  std::map<std::string, at::Tensor> tensors() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace toccata::train_torch
