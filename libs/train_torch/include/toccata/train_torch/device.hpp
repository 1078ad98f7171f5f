// SPDX-License-Identifier: MIT
// Where networks are trained.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <toccata/base/result.hpp>

namespace toccata::train_torch {

enum class Device : std::uint8_t { Cpu, Cuda };
std::string_view name_of(Device device);  ///< "cpu", "cuda"
std::optional<Device> find_device(std::string_view name);

/// Why there is no training, or no more of it.
struct TrainError {
  std::string what;
};
inline std::string describe(const TrainError& error) { return error.what; }

/// Makes a device ready, with so many threads for what runs on the processor. To be called before
/// anything else here, once. Errors: a device that this machine or this LibTorch does not have.
/// Source: LibTorch counts threads wrongly where OpenMP is not asked, and gives big buffers back to
/// the system at each step unless told not to.
Result<void, TrainError> begin(Device device, unsigned threads);
/// "LibTorch 2.11.0, cpu, 2 threads".
std::string describe(Device device);

}  // namespace toccata::train_torch
