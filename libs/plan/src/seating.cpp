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

/// Whoever is left over doubles or fills in: lines, and chords.
constexpr std::array kLineRoles{Role::Counter, Role::Other}, kChordRoles{Role::Pad, Role::Other};
constexpr std::size_t kMostSeats = 32;
/// A wind or a string whose comfortable notes reach this low can carry the lines above it.
constexpr Pitch kCarries = Pitch::literal(50);

/// Where a part stands in a score.
std::ptrdiff_t order_of(Role role) {
  constexpr std::array kOrder{Role::Melody,  Role::Chords, Role::Bass, Role::Drums,
                              Role::Counter, Role::Pad,    Role::Other};
  return std::ranges::find(kOrder, role) - kOrder.begin();
}

class Seating {
 public:
  Seating(const Brief& brief, const Genre& genre) : brief_(brief), genre_(genre) {
    for (const EnsembleSeat& seat : genre.ensemble)
      if (const auto* info = InstrumentInfo::find(seat.instrument))
        usual_.push_back(
            {seat.role, track_name(seat.role), info, seat.gain_db, seat.pan, seat.reverb});
    if (!brief.alone && brief.seats.empty()) seats_ = usual_;
  }

  Result<std::vector<Seat>, std::string> run() {
    for (const auto& id : brief_.instruments) {
      const auto* info = InstrumentInfo::find(id);
      if (info == nullptr) return Unexpected{"unknown instrument \"" + id + "\""};
      asked_.push_back(info);
    }
    if (!brief_.seats.empty()) return seats_as_told();
    seat_asked();
    // A rhythm cycle is played by a hand drum where the genre has nobody for it.
    if (!brief_.rhythm.empty()) need(Role::Drums, "darbuka");
    if (brief_.drums == true || asks(Role::Drums)) need(Role::Drums, "drums");
    if (!brief_.alone)
      for (Role role : {Role::Melody, Role::Chords, Role::Bass, Role::Counter, Role::Pad})
        if (asks(role)) need(role, usual_of(role));
    if (brief_.drums == false)
      std::erase_if(seats_, [&](const Seat& seat) {
        // "No drums, but a darbuka" refuses the kit alone.
        return seat.role == Role::Drums && !is_asked(seat.instrument);
      });
    if (!brief_.parts.empty())
      std::erase_if(seats_, [&](const Seat& seat) { return !asks(seat.role); });
    leave_out_refused();
    give_lone_bass_a_player();
    std::ranges::stable_sort(seats_, {}, [](const Seat& seat) { return order_of(seat.role); });
    if (seats_.empty())
      return Unexpected{std::string("no part is left to write: all were refused")};
    return std::move(seats_);
  }
  const std::vector<Reason>& reasons() const { return reasons_; }

 private:
  Result<std::vector<Seat>, std::string> seats_as_told() {
    if (brief_.seats.size() > kMostSeats)
      return Unexpected{std::to_string(brief_.seats.size()) + " seats are more than the " +
                        std::to_string(kMostSeats) + " allowed"};
    for (const SeatAsk& asked : brief_.seats) {
      const auto* info = InstrumentInfo::find(asked.instrument);
      if (info == nullptr) return Unexpected{"unknown instrument \"" + asked.instrument + "\""};
      const bool is_one = asked.role == Role::Melody || asked.role == Role::Bass;
      if (is_one && seat(asked.role) != nullptr)
        return Unexpected{"the part " + std::string(name_of(asked.role)) + " has two seats"};
      if ((asked.role == Role::Drums) != info->instrument.is_drums)
        return Unexpected{to_string(asked) + ": the part " + std::string(name_of(asked.role)) +
                          " is not for it"};
      add(asked.role, info);
    }
    return std::move(seats_);
  }
  /// Who has a part that the genre has nobody for.
  std::string_view usual_of(Role role) const {
    if (role == Role::Bass) return own_bass();
    if (role == Role::Pad) {
      const auto is_synth = [](const Seat& seat) { return seat.instrument->family == "synth"; };
      return std::ranges::any_of(usual_, is_synth) ? "pad" : "strings";
    }
    const auto lead = std::ranges::find(usual_, Role::Melody, &Seat::role);
    if (role == Role::Counter && lead != usual_.end()) return lead->instrument->id;
    return "piano";
  }
  /// What the genre calls a bass.
  std::string_view own_bass() const {
    const auto own = std::ranges::find(genre_.generic, "bass", &GenericInstrument::name);
    return own == genre_.generic.end() ? "electric bass" : std::string_view(own->instrument);
  }
  /// A keyboard's left hand is one only beside the right one: a bass by itself has a bass player.
  void give_lone_bass_a_player() {
    Seat* bass = seat(Role::Bass);
    if (bass == nullptr || !bass->instrument->is_polyphonic || is_asked(bass->instrument)) return;
    const auto has_other_hand = [&](const Seat& other) {
      return other.role != Role::Bass && other.instrument == bass->instrument;
    };
    if (std::ranges::any_of(seats_, has_other_hand) || is_refused(own_bass())) return;
    bass->instrument = InstrumentInfo::find(own_bass());
  }

  /// A refused player's seat goes to the first other one that can hold it: of those that the genre
  /// knows, then of these.
  static std::span<const std::string_view> substitutes(const Seat& seat) {
    static constexpr std::array<std::string_view, 4> kMelody{"flute", "violin", "vibraphone",
                                                             "piano"};
    static constexpr std::array<std::string_view, 4> kChords{"piano", "organ", "nylon guitar",
                                                             "strings"};
    static constexpr std::array<std::string_view, 4> kBass{"double bass", "electric bass",
                                                           "synth bass", "cello"};
    static constexpr std::array<std::string_view, 2> kKits{"drums", "congas"};
    static constexpr std::array<std::string_view, 2> kHandDrums{"riqq", "congas"};
    switch (seat.role) {
      case Role::Chords:
      case Role::Pad: return kChords;
      case Role::Bass: return kBass;
      case Role::Drums: return seat.instrument->strokes ? std::span(kHandDrums) : std::span(kKits);
      default: return kMelody;
    }
  }
  /// By its own id, or as a kind of what is refused, where it is not asked for by name.
  bool is_refused(const InstrumentInfo* info) const {
    const auto refused = [&](std::string_view id) {
      return std::ranges::find(brief_.without_instruments, id) != brief_.without_instruments.end();
    };
    return refused(info->id) || (!is_asked(info) && std::ranges::any_of(info->kinds, refused));
  }
  bool is_refused(std::string_view id) const { return is_refused(InstrumentInfo::find(id)); }

  /// Whether the genre's own name for an instrument is one that can hold a seat.
  static bool can_hold(Role role, const InstrumentInfo* info) {
    if (info->instrument.is_drums) return false;
    if (role == Role::Bass) return info->is_bass;
    const bool is_for_chords = role == Role::Chords || role == Role::Pad;
    return !info->is_bass && info->is_polyphonic == is_for_chords;
  }
  const InstrumentInfo* substitute(const Seat& seat) const {
    for (const GenericInstrument& own : genre_.generic) {
      const auto* info = InstrumentInfo::find(own.instrument);
      if (info != nullptr && can_hold(seat.role, info) && !is_refused(info)) return info;
    }
    const auto others = substitutes(seat);
    const auto other =
        std::ranges::find_if(others, [&](std::string_view id) { return !is_refused(id); });
    return other != others.end() ? InstrumentInfo::find(*other) : nullptr;
  }
  void leave_out_refused() {
    std::erase_if(seats_, [&](const Seat& seat) { return is_left_out(seat.role); });
    for (Seat& seat : seats_) {
      if (!is_refused(seat.instrument)) continue;
      const auto* other = substitute(seat);
      const std::string& refused = seat.instrument->id;
      reasons_.push_back(other != nullptr
                             ? Reason{"instruments", other->id, "in the place of " + refused}
                             : Reason{std::string(name_of(seat.role)), "false",
                                      refused + " is refused, and nobody else can play them"});
      seat.instrument = other;
    }
    std::erase_if(seats_, [](const Seat& seat) { return seat.instrument == nullptr; });
  }
  bool is_left_out(Role role) const {
    return std::ranges::find(brief_.without_parts, role) != brief_.without_parts.end();
  }
  bool asks(Role role) const { return std::ranges::find(brief_.parts, role) != brief_.parts.end(); }
  Seat* seat(Role role) {
    const auto found = std::ranges::find(seats_, role, &Seat::role);
    return found == seats_.end() ? nullptr : &*found;
  }
  void need(Role role, std::string_view instrument) {
    if (seat(role) == nullptr) add(role, InstrumentInfo::find(instrument));
  }
  bool is_asked(const InstrumentInfo* info) const {
    return std::ranges::find(asked_, info) != asked_.end();
  }
  /// Balanced as the genre's own player of the role is.
  void add(Role role, const InstrumentInfo* info) {
    if (info == nullptr) return;
    const auto own = std::ranges::find(usual_, role, &Seat::role);
    Seat added = own != usual_.end() ? *own : Seat{role, "", info, -3, 0.2, 0.3};
    const auto same = std::ranges::count(seats_, role, &Seat::role);
    added.name = track_name(role) + (same > 0 ? " " + std::to_string(same + 1) : "");
    added.instrument = info;
    seats_.push_back(std::move(added));
  }
  void put(Role role, const InstrumentInfo* info) {
    // "Drums" asks for a kit, and the genre's own is one.
    const auto own = std::ranges::find(usual_, role, &Seat::role);
    if (info->id == "drums" && own != usual_.end()) info = own->instrument;
    if (Seat* there = seat(role)) there->instrument = info;
    else add(role, info);
    taken_.push_back(role);
  }
  bool is_free(Role role) const { return std::ranges::find(taken_, role) == taken_.end(); }
  /// With parts named, only those are there to be played.
  bool is_written(Role role) const {
    return (brief_.parts.empty() || asks(role)) && !is_left_out(role);
  }
  bool is_open(Role role) const { return is_free(role) && is_written(role); }

  using Players = std::vector<const InstrumentInfo*>;
  /// The first of some players that one asks for; null where there is none.
  template <class Wanted>
  static const InstrumentInfo* first_of(const Players& players, const Wanted& wanted) {
    const auto found = std::ranges::find_if(players, wanted);
    return found == players.end() ? nullptr : *found;
  }
  bool usually_plays(Role role, const InstrumentInfo* info) const {
    return std::ranges::any_of(
        usual_, [&](const Seat& seat) { return seat.role == role && seat.instrument == info; });
  }
  static bool sings(const InstrumentInfo* info) { return !info->is_polyphonic && !info->is_bass; }

  /// A kit drums, a bass plays the bass, a singer leads, who can play chords plays the chords; what
  /// is left fills in.
  void seat_asked() {
    Players players;
    for (const auto* info : asked_)
      if (!info->instrument.is_drums) players.push_back(info);
    seat_drummers();
    // One player alone leads, a bass too, where there is a melody.
    const bool may_lead = players.size() == 1 && is_written(Role::Melody);
    if (!may_lead && is_open(Role::Bass)) seat(Role::Bass, bass_among(players), players);
    const auto* leader = is_open(Role::Melody) ? leader_among(players) : nullptr;
    seat(Role::Melody, leader, players);
    if (is_open(Role::Chords)) seat_chords(leader, players);
    if (is_open(Role::Bass)) seat_bass(leader, players);
    for (const auto* info : players) fill_in(info);
  }
  /// One kit, and hand drums beside it: a second kit would strike what the first one does.
  void seat_drummers() {
    Players kits, hands;
    for (const auto* info : asked_)
      if (info->instrument.is_drums) (info->strokes ? hands : kits).push_back(info);
    // "Drums" are any kit that is asked for by name.
    if (kits.size() > 1) std::erase_if(kits, [](const auto* info) { return info->id == "drums"; });
    if (!kits.empty()) put(Role::Drums, kits.front());
    for (const auto* info : hands) {
      const Seat* first = seat(Role::Drums);
      if (is_free(Role::Drums)) put(Role::Drums, info);
      else if (is_written(Role::Drums) && first->instrument != info) add(Role::Drums, info);
    }
  }
  /// Takes a player from those left over: of two violins one.
  void seat(Role role, const InstrumentInfo* info, Players& players) {
    if (info == nullptr) return;
    put(role, info);
    players.erase(std::ranges::find(players, info));
  }

  static const InstrumentInfo* bass_among(const Players& players) {
    return first_of(players, [](const auto* i) { return i->is_bass && !i->is_polyphonic; });
  }
  const InstrumentInfo* leader_among(const Players& players) const {
    const auto* singer = first_of(players, sings);
    const auto* usual =
        first_of(players, [&](const auto* i) { return usually_plays(Role::Melody, i); });
    if (usual != nullptr && (singer == nullptr || !usual->is_polyphonic)) return usual;
    if (singer != nullptr) return singer;
    const auto* other =
        first_of(players, [&](const auto* i) { return !usually_plays(Role::Chords, i); });
    return other != nullptr || players.empty() ? other : players.front();
  }

  void seat_chords(const InstrumentInfo* leader, Players& players) {
    const auto* usual =
        first_of(players, [&](const auto* i) { return usually_plays(Role::Chords, i); });
    const auto* other = first_of(players, [](const auto* i) { return i->is_polyphonic; });
    if (usual != nullptr || other != nullptr)
      return seat(Role::Chords, usual != nullptr ? usual : other, players);
    // One player with two hands needs no other for the chords.
    if (leader != nullptr && leader->is_polyphonic) put(Role::Chords, leader);
  }

  void seat_bass(const InstrumentInfo* leader, Players& players) {
    // A keyboard that is there for the chords plays the bass too where a keyboard would.
    const Seat* chords = seat(Role::Chords);
    const bool has_hands = chords != nullptr && is_asked(chords->instrument);
    const Seat* usual = seat(Role::Bass);
    const bool is_keyboards = usual != nullptr && usual->instrument->is_polyphonic;
    if (has_hands && chords->instrument->is_polyphonic && (brief_.alone || is_keyboards))
      return put(Role::Bass, chords->instrument);
    if (!brief_.alone) return;
    if (leader != nullptr && leader->is_polyphonic) return put(Role::Bass, leader);
    const auto lowest =
        std::ranges::min_element(players, {}, [](const auto* i) { return i->comfortable.lowest; });
    if (lowest != players.end() && (*lowest)->comfortable.lowest <= kCarries)
      seat(Role::Bass, *lowest, players);
  }

  void fill_in(const InstrumentInfo* info) {
    const auto own = std::ranges::find(usual_, info, &Seat::instrument);
    if (own != usual_.end() && is_open(own->role)) return put(own->role, info);
    for (const Role role : info->is_polyphonic ? kChordRoles : kLineRoles) {
      if (!is_written(role)) continue;
      if (role == Role::Other) return add(role, info);
      if (is_free(role)) return put(role, info);
    }
  }

  const Brief& brief_;
  const Genre& genre_;
  std::vector<Reason> reasons_;  ///< of those who play in the place of others
  std::vector<Seat> usual_;      ///< of the genre
  std::vector<Seat> seats_;
  Players asked_;
  std::vector<Role> taken_;
};

}  // namespace

Result<void, std::string> seat_ensemble(const Brief& brief, Settings& settings,
                                        std::vector<Reason>& reasons) {
  Seating seating(brief, settings.genre);
  TOCCATA_TRY(settings.seats, seating.run());
  for (const Reason& reason : seating.reasons()) reasons.push_back(reason);
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
