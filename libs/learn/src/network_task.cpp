// SPDX-License-Identifier: MIT
#include <toccata/learn/network_task.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <toccata/perform/targets.hpp>

namespace toccata::learn {
namespace {

using Kind = NetworkTask::Kind;

std::vector<Target> all_targets() {
  std::vector<Target> targets;
  for (std::size_t i = 0; i < kTargets; ++i) targets.push_back(static_cast<Target>(i));
  return targets;
}

}  // namespace

std::span<const NetworkTask> network_tasks() {
  static const std::vector<NetworkTask> kTasks{
      {Kind::Reader, {Target::NoteVelocity}, Inputs::Score},
      {Kind::Reader, all_targets(), Inputs::Marks},
      {Kind::Reader, {Target::NoteVelocity}, Inputs::Timing},
      {Kind::Player, {Target::NoteVelocity}, Inputs::Timing},
      {Kind::Player, {Target::NoteVelocity}, Inputs::Marks},
      {Kind::Player, {Target::Articulation}, Inputs::Marks},
      {Kind::Player, {Target::BeatSlowness}, Inputs::Marks},
  };
  return kTasks;
}

std::string name_of(const NetworkTask& task) {
  if (task.kind == Kind::Reader) return fmt::format("network.{}", toccata::name_of(task.inputs));
  const Inputs inputs = task.inputs == Inputs::Timing ? Inputs::History : task.inputs;
  return fmt::format("player.{}.{}", toccata::name_of(task.targets.front()),
                     toccata::name_of(inputs));
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

std::vector<std::string> past_columns(const NetworkTask& task) {
  if (task.kind == Kind::Reader) return {};
  return is_of_notes(task.targets.front()) ? history_names() : series_names();
}

}  // namespace toccata::learn
