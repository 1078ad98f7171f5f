// SPDX-License-Identifier: MIT
#include "seating.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace toccata {
namespace {

std::string track_name(Role role) {
  std::string name(name_of(role));
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

constexpr std::array kPitchedRoles{Role::Melody, Role::Chords, Role::Bass, Role::Counter,
                                   Role::Pad};

class Seating {
 public:
  Seating(const Brief& brief, const Genre& genre) : brief_(brief) {
    for (const EnsembleSeat& seat : genre.ensemble)
      if (const auto* info = InstrumentInfo::find(seat.instrument))
        seats_.push_back(
            {seat.role, track_name(seat.role), info, seat.gain_db, seat.pan, seat.reverb});
  }

  Result<std::vector<Seat>, std::string> run() {
    for (const auto& id : brief_.instruments) {
      const auto* info = InstrumentInfo::find(id);
      if (info == nullptr) return Unexpected{"unknown instrument \"" + id + "\""};
      asked_.push_back(info);
    }
    seat_asked();
    // A rhythm cycle is played by a hand drum where the genre has nobody for it.
    if (!brief_.rhythm.empty()) need(Role::Drums, "darbuka");
    if (brief_.drums == true || asks(Role::Drums)) need(Role::Drums, "drums");
    for (Role role : {Role::Melody, Role::Chords, Role::Bass, Role::Counter, Role::Pad})
      if (asks(role)) need(role, role == Role::Bass ? "electric bass" : "piano");
    if (brief_.drums == false)
      std::erase_if(seats_, [&](const Seat& seat) {
        // "No drums, but a darbuka" refuses the kit alone.
        return seat.role == Role::Drums &&
               std::ranges::find(asked_, seat.instrument) == asked_.end();
      });
    if (!brief_.parts.empty())
      std::erase_if(seats_, [&](const Seat& seat) { return !asks(seat.role); });
    leave_out_refused();
    if (seats_.empty())
      return Unexpected{std::string("no part is left to write: all were refused")};
    return std::move(seats_);
  }

 private:
  /// A refused player's seat goes to the first other one that can hold it.
  static std::span<const std::string_view> substitutes(Role role) {
    static constexpr std::array<std::string_view, 4> kMelody{"flute", "violin", "vibraphone",
                                                             "piano"};
    static constexpr std::array<std::string_view, 4> kChords{"piano", "organ", "nylon guitar",
                                                             "strings"};
    static constexpr std::array<std::string_view, 4> kBass{"double bass", "electric bass",
                                                           "synth bass", "cello"};
    static constexpr std::array<std::string_view, 2> kDrums{"drums", "congas"};
    switch (role) {
      case Role::Chords:
      case Role::Pad: return kChords;
      case Role::Bass: return kBass;
      case Role::Drums: return kDrums;
      default: return kMelody;
    }
  }
  bool is_refused(std::string_view id) const {
    return std::ranges::find(brief_.without_instruments, id) != brief_.without_instruments.end();
  }
  void leave_out_refused() {
    std::erase_if(seats_, [&](const Seat& seat) {
      return std::ranges::find(brief_.without_parts, seat.role) != brief_.without_parts.end();
    });
    for (Seat& seat : seats_) {
      if (!is_refused(seat.instrument->id)) continue;
      const auto others = substitutes(seat.role);
      const auto other =
          std::ranges::find_if(others, [&](std::string_view id) { return !is_refused(id); });
      seat.instrument = other != others.end() ? InstrumentInfo::find(*other) : nullptr;
    }
    std::erase_if(seats_, [](const Seat& seat) { return seat.instrument == nullptr; });
  }
  bool asks(Role role) const { return std::ranges::find(brief_.parts, role) != brief_.parts.end(); }
  Seat* seat(Role role) {
    const auto found = std::ranges::find(seats_, role, &Seat::role);
    return found == seats_.end() ? nullptr : &*found;
  }
  void need(Role role, std::string_view instrument) {
    if (seat(role) == nullptr) add(role, InstrumentInfo::find(instrument));
  }
  void add(Role role, const InstrumentInfo* info) {
    if (info != nullptr) seats_.push_back({role, track_name(role), info, -3, 0.2, 0.3});
  }
  void put(Role role, const InstrumentInfo* info) {
    // "Drums" asks for a kit, and the genre's own is one.
    const bool any_kit = info->id == "drums";
    if (Seat* there = seat(role)) there->instrument = any_kit ? there->instrument : info;
    else add(role, info);
    taken_.push_back(role);
  }
  bool is_free(Role role) const { return std::ranges::find(taken_, role) == taken_.end(); }
  /// With parts named, only those are there to be played.
  bool is_written(Role role) const { return brief_.parts.empty() || asks(role); }

  /// A kit drums, a bass plays the bass, the best singer the melody, who can play chords the
  /// chords; what is left doubles as counter-melody and pad.
  void seat_asked() {
    std::vector<const InstrumentInfo*> rest;
    for (const auto* info : asked_) {
      // Who sits in the genre's ensemble already keeps that seat.
      const auto own = std::ranges::find(seats_, info, &Seat::instrument);
      if (own != seats_.end() && is_free(own->role) && is_written(own->role) && asked_.size() > 1) {
        taken_.push_back(own->role);
        continue;
      }
      const bool bass = info->is_bass && !info->is_polyphonic;
      if (info->instrument.is_drums && is_free(Role::Drums)) put(Role::Drums, info);
      else if (bass && asked_.size() > 1 && is_free(Role::Bass) && is_written(Role::Bass))
        put(Role::Bass, info);
      else if (!info->instrument.is_drums) rest.push_back(info);
    }
    std::stable_partition(rest.begin(), rest.end(),
                          [](const auto* i) { return !i->is_polyphonic; });
    for (const auto* info : rest) seat_pitched(*info);
    // One player with two hands needs no other for the chords.
    if (rest.size() == 1 && rest[0]->is_polyphonic) {
      Seat* chords = seat(Role::Chords);
      if (chords != nullptr && is_free(Role::Chords)) chords->instrument = rest[0];
      Seat* bass = seat(Role::Bass);
      if (bass != nullptr && is_free(Role::Bass) && bass->instrument->is_polyphonic)
        bass->instrument = rest[0];
    }
    // A keyboard that is there for the chords plays the bass too where a keyboard would.
    Seat* bass = seat(Role::Bass);
    if (bass != nullptr && is_free(Role::Bass) && !asked_.empty() &&
        bass->instrument->is_polyphonic)
      for (const auto* info : rest)
        if (info->is_polyphonic) bass->instrument = info;
  }

  void seat_pitched(const InstrumentInfo& info) {
    for (Role role : kPitchedRoles) {
      if (!is_free(role) || !is_written(role)) continue;
      if (role == Role::Chords && !info.is_polyphonic) continue;
      if (role == Role::Bass && !info.is_bass && !info.is_polyphonic) continue;
      return put(role, &info);
    }
    add(Role::Other, &info);
  }

  const Brief& brief_;
  std::vector<Seat> seats_;
  std::vector<const InstrumentInfo*> asked_;
  std::vector<Role> taken_;
};

}  // namespace

Result<void, std::string> seat_ensemble(const Brief& brief, Settings& settings,
                                        std::vector<Reason>& reasons) {
  TOCCATA_TRY(settings.seats, Seating(brief, settings.genre).run());
  if (!brief.instruments.empty()) return {};
  std::string names;
  for (const Seat& seat : settings.seats) {
    if (names.find(seat.instrument->id) != std::string::npos) continue;
    names += (names.empty() ? "" : ", ") + seat.instrument->id;
  }
  reasons.push_back({"instruments", names, "usual for " + to_string(settings.genres)});
  if (!brief.drums)
    reasons.push_back({"drums", settings.seat(Role::Drums) != nullptr ? "true" : "false",
                       "usual for " + to_string(settings.genres)});
  return {};
}

}  // namespace toccata
