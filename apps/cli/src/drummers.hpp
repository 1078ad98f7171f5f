// SPDX-License-Identifier: MIT
// The drummer who was learned, and when he sits in.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "failure.hpp"

#include <toccata/perform/drum_model.hpp>

namespace toccata::cli {

/// A drummer who was learned.
struct NamedDrummer {
  std::shared_ptr<const DrumModel> model;
  std::string name;
  std::string provenance;  ///< "name hash licence"
};
/// The one that ships ("drums") or a file (.safetensors, or a run's folder).
/// Errors: none of that name or file (status 2); a file that is no such model, with the reason.
Outcome<NamedDrummer> load_drummer(const std::string& name);

/// Lets the shipped drummer play the kits of a performance, unless its performer was asked for by
/// the name of one that needs none: none, sine, curve. Gives his provenance; empty where he has
/// nothing to play, or where his weights are not there and the rules play on.
/// Errors: weights that are damaged.
Outcome<std::string> let_drummer_play(const std::string& performer, const PerformTask& task,
                                      const PlayingOptions& options, const Rng& rng,
                                      Performance& performance);

/// How `compose` has a piece played, and who played it.
struct ComposedPlaying {
  Performance performance;
  std::vector<std::string> weights;  ///< provenance of each model
  std::string told;                  ///< for people
};
/// By a performer of that name and, as let_drummer_play says, the drummer: what is written to
/// files, judged by evaluations and heard by listeners alike. Errors: those of performer_named.
Outcome<ComposedPlaying> play_composed(const std::string& performer, const PerformTask& task,
                                       std::uint64_t seed);

/// Reads what play_composed will ask for, on another thread while the piece is thought out: the
/// performer's weights, and the drummer's where there is a kit. What cannot be read, they leave to
/// play_composed to tell. Wait for it by letting it go.
std::future<void> read_performer_ahead(std::string performer);
std::future<void> read_drummer_ahead(const Settings& settings);

/// ", kits by drums" where the score's last provenance names him, else nothing.
std::string kits_told(const Score& score);

}  // namespace toccata::cli
