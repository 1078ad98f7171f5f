// SPDX-License-Identifier: MIT
// What makes sound of MIDI messages: a sound font, a plug-in.
#pragma once

#include <memory>
#include <span>
#include <string>

#include <toccata/audio/signal.hpp>
#include <toccata/render/song.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::render {

/// Frames in which a Renderer is asked for sound: a multiple of every synthesiser's own block.
inline constexpr std::size_t kBlockFrames = 16384;

/// The instrument of one part, from the first frame to the last.
///
/// Threads: one at a time; renderers of one backend run beside each other.
class Renderer {
 public:
  virtual ~Renderer() = default;
  /// Adds the next frames of sound to `out`, and what is to go into the room to `send`. Messages'
  /// frames count from the first of `out`.
  virtual void render(std::span<const Message> messages, audio::StereoSpan out,
                      std::span<float> send) = 0;
  /// False once nothing sounds any more until the next message.
  virtual bool is_sounding() const = 0;
};

/// Makes the instruments of one rendering.
class Backend {
 public:
  virtual ~Backend() = default;
  /// In the state of a synthesiser just switched on. Renderers may outlive each other but not the
  /// backend.
  /// Threads: several at once.
  virtual Result<std::unique_ptr<Renderer>, sound::Error> make_renderer(const SongPart& part) = 0;
  virtual std::string name() const = 0;              ///< with its version
  virtual std::filesystem::path sounds() const = 0;  ///< the file its sounds come from
};

}  // namespace toccata::render
