// SPDX-License-Identifier: MIT
#include "instruments.hpp"
#include "plugin_renderer.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include <toccata/plugins/renderer_program.hpp>
#include <toccata/render/part_files.hpp>
#include <toccata/render_plugins/ensemble.hpp>

namespace toccata::render {
namespace {

namespace fs = std::filesystem;
using sound::Fault;
using sound::Instrument;

class Ensemble : public Backend {
 public:
  Ensemble(std::vector<PartFile> parts, std::vector<Instrument> instruments, PluginRun run,
           FontBackend font_backend)
      : parts_(std::move(parts)),
        instruments_(std::move(instruments)),
        run_(std::move(run)),
        font_backend_(std::move(font_backend)) {}

  Result<std::unique_ptr<Renderer>, sound::Error> make_renderer(const SongPart& part) override {
    const Instrument* instrument = find_instrument(instruments_, part.name);
    if (instrument != nullptr && !instrument->plugin.empty()) {
      const auto file = std::find_if(parts_.begin(), parts_.end(),
                                     [&](const PartFile& one) { return one.name == part.name; });
      if (file == parts_.end())
        return Unexpected{sound::Error{Fault::Backend, "no part '" + part.name + "'"}};
      return render_with_plugin(part.name, file->file, *instrument, run_);
    }
    TOCCATA_TRY(Backend* const fonts,
                backend_of(instrument != nullptr ? instrument->sound_font : fs::path()));
    return fonts->make_renderer(part);
  }

  /// The synthesiser's name and the plug-ins', each once.
  std::string name() const override {
    std::vector<std::string> names;
    for (const auto& [font, backend] : fonts_)
      if (names.empty()) names.push_back(backend->name());
    for (const Instrument& instrument : instruments_)
      if (const std::string plugin = instrument.plugin.stem().string();
          !plugin.empty() && std::find(names.begin(), names.end(), plugin) == names.end())
        names.push_back(plugin);
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
  }
  fs::path sounds() const override {
    if (!fonts_.empty()) return fonts_.begin()->second->sounds();
    return instruments_.empty() ? fs::path() : instruments_.front().plugin;
  }

 private:
  Result<Backend*, sound::Error> backend_of(const fs::path& font) {
    const std::lock_guard lock(guard_);
    auto& backend = fonts_[font];
    if (backend == nullptr) {
      auto made = font_backend_(font);
      if (!made) {
        fonts_.erase(font);
        return Unexpected{std::move(made).error()};
      }
      backend = *std::move(made);
    }
    return backend.get();
  }

  std::vector<PartFile> parts_;
  std::vector<Instrument> instruments_;
  PluginRun run_;
  FontBackend font_backend_;
  std::mutex guard_;
  std::map<fs::path, std::unique_ptr<Backend>> fonts_;
};

Result<fs::path, sound::Error> program_of(const sound::Settings& settings) {
  if (!settings.midi_renderer.empty()) return settings.midi_renderer;
  const auto found = plugins::find_renderer();
  if (!found) return Unexpected{sound::Error{Fault::NoRenderer, describe(found.error())}};
  return *found;
}

}  // namespace

Result<std::unique_ptr<Backend>, sound::Error> make_ensemble(const midi::File& file,
                                                             const sound::Settings& settings,
                                                             const fs::path& folder,
                                                             FontBackend font_backend) {
  std::vector<PartFile> parts = split_parts(file);
  std::vector<std::string_view> names;
  names.reserve(parts.size());
  for (const PartFile& part : parts) names.push_back(part.name);
  TOCCATA_TRY(auto instruments, check_instruments(settings.instruments, names));
  PluginRun run{{}, folder, settings};
  const bool has_plugin = std::any_of(instruments.begin(), instruments.end(),
                                      [](const Instrument& one) { return !one.plugin.empty(); });
  if (has_plugin) {
    TOCCATA_TRY(run.program, program_of(settings));
  }
  return std::unique_ptr<Backend>(std::make_unique<Ensemble>(
      std::move(parts), std::move(instruments), std::move(run), std::move(font_backend)));
}

}  // namespace toccata::render
