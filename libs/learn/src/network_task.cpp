// SPDX-License-Identifier: MIT
#include <toccata/learn/network_task.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <toccata/perform/targets.hpp>

namespace toccata::learn {
namespace {

NetworkTask task_of(Inputs inputs) {
  const auto targets = reader_targets(inputs);
  return {inputs, {targets.begin(), targets.end()}};
}

}  // namespace

std::span<const NetworkTask> network_tasks() {
  static const std::vector<NetworkTask> kTasks{task_of(Inputs::Score), task_of(Inputs::Marks),
                                               task_of(Inputs::Timing)};
  return kTasks;
}

std::string name_of(const NetworkTask& task) {
  return fmt::format("network.{}", toccata::name_of(task.inputs));
}

std::string player_name(const NetworkTask& task, Target target) {
  const Inputs inputs = task.inputs == Inputs::Timing ? Inputs::History : task.inputs;
  return fmt::format("player.{}.{}", toccata::name_of(target), toccata::name_of(inputs));
}

std::optional<NetworkTask> find_network_task(std::string_view name) {
  const auto tasks = network_tasks();
  const auto found =
      std::ranges::find_if(tasks, [&](const NetworkTask& task) { return name_of(task) == name; });
  return found == tasks.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> piece_columns(const NetworkTask& task) {
  return columns_of(task.targets.front(),
                    task.inputs == Inputs::Score ? Inputs::Score : Inputs::Marks);
}

std::vector<std::string> timing_columns(const NetworkTask& task) {
  if (task.inputs != Inputs::Timing) return {};
  auto columns = columns_of(task.targets.front(), Inputs::Timing);
  columns.erase(columns.begin(), columns.begin() + std::ssize(piece_columns(task)));
  return columns;
}

}  // namespace toccata::learn
