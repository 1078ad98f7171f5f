// SPDX-License-Identifier: MIT
#include <toccata/train_torch/device.hpp>

#include <dlfcn.h>
#include <fmt/format.h>
#include <malloc.h>
#include <torch/torch.h>

namespace toccata::train_torch {

std::string_view name_of(Device device) { return device == Device::Cpu ? "cpu" : "cuda"; }

std::optional<Device> find_device(std::string_view name) {
  for (const Device device : {Device::Cpu, Device::Cuda})
    if (name_of(device) == name) return device;
  return std::nullopt;
}

Result<void, TrainError> begin(Device device, unsigned threads) {
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, 2'000'000'000);
  torch::set_num_threads(static_cast<int>(threads));
  if (device == Device::Cpu) return {};
  // Nothing of ours calls into it, so no linker keeps it: it makes itself known as it is loaded.
  if (::dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) == nullptr)
    return Unexpected{TrainError{std::string("--device cuda: ") + ::dlerror()}};
  if (!torch::cuda::is_available())
    return Unexpected{TrainError{"--device cuda: LibTorch finds no CUDA device here"}};
  return {};
}

std::string describe(Device device) {
  return fmt::format("LibTorch {}, {}, {} threads", TORCH_VERSION, name_of(device),
                     torch::get_num_threads());
}

}  // namespace toccata::train_torch
