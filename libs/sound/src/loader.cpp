// SPDX-License-Identifier: MIT
#include <cstring>

#include <dlfcn.h>
#include <toccata/sound/loader.hpp>
#include <unistd.h>

namespace toccata::sound {
namespace {

constexpr const char* kModule = "libtoccata_sound.so";
constexpr const char* kInstall =
    "install libfluidsynth3, libsndfile1, libebur128-1, libkissfft-float131, libpng16-16 and "
    "timgm6mb-soundfont, or run ./toccata setup sound";

Unexpected<Error> missing(std::string what) {
  return Unexpected{Error{Fault::ModuleMissing, "no sound: " + std::move(what)}};
}

/// What the system says about a module that is there but does not load.
Unexpected<Error> does_not_load() {
  const char* said = ::dlerror();
  return missing(std::string(said != nullptr ? said : "the module does not load") + "; " +
                 kInstall);
}

std::string listed(std::span<const std::filesystem::path> places) {
  std::string text;
  for (const auto& place : places) text += (text.empty() ? "" : " or ") + place.string();
  return text;
}

Result<void, Error> check_folder(const std::filesystem::path& out) {
  const auto folder = out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
  std::error_code ignored;
  const auto fail = [&](const char* why) {
    return Unexpected{Error{Fault::Output, out.string() + why}};
  };
  if (std::filesystem::is_directory(out, ignored)) return fail(": is a folder, not a file");
  if (!std::filesystem::is_directory(folder, ignored))
    return fail(": the folder it should be in does not exist");
  const bool is_new = !std::filesystem::exists(out, ignored);
  if (::access(is_new ? folder.c_str() : out.c_str(), W_OK) != 0)
    return fail(": not permitted to write there");
  return {};
}

}  // namespace

std::vector<std::filesystem::path> module_places() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const auto folder = program.parent_path();
  return {folder / kModule, (folder / "../lib/toccata" / kModule).lexically_normal()};
}

Result<Module, Error> Module::load(std::span<const std::filesystem::path> places) {
  for (const auto& place : places) {
    std::error_code ignored;
    if (!std::filesystem::exists(place, ignored)) continue;
    void* handle = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return does_not_load();
    const auto abi = reinterpret_cast<AbiFunction>(::dlsym(handle, kAbiSymbol));
    const auto render = reinterpret_cast<RenderFunction>(::dlsym(handle, kRenderSymbol));
    if (abi == nullptr || render == nullptr || std::strcmp(abi(), kAbi) != 0)
      return Unexpected{Error{Fault::ModuleUnlike,
                              place.string() + ": belongs to another version of Toccata; build or "
                                               "install both together"}};
    return Module(render);
  }
  if (TOCCATA_HAS_SOUND_MODULE == 0)
    return missing("this build was made without FluidSynth; run ./toccata setup sound");
  return missing("there is no " + listed(places) + "; " + kInstall);
}

Result<Report, Error> Module::run(const Job& job) const {
  TOCCATA_CHECK(check(job.settings, job.out));
  Outcome outcome;
  render_(job, outcome);
  if (outcome.report) return *std::move(outcome.report);
  return Unexpected{
      outcome.error.value_or(Error{Fault::Backend, "the sound module gave no answer"})};
}

Result<Report, Error> render_midi(ByteView midi, const std::filesystem::path& out,
                                  const Settings& settings) {
  TOCCATA_CHECK(check(settings, out));
  TOCCATA_CHECK(check_folder(out));
  TOCCATA_TRY(const Module module, Module::load(module_places()));
  return module.run({midi, out, settings});
}

}  // namespace toccata::sound
