// SPDX-License-Identifier: MIT
#include "names.hpp"

#include <algorithm>
#include <charconv>

#include <toccata/base/trimmed.hpp>
#include <toccata/plan/brief.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/plan/genre.hpp>
#include <toccata/plan/instruments.hpp>

namespace toccata {
namespace {

using plan_detail::quoted;

constexpr double kHeaviestShare = 1000;

struct NamedDynamics {
  std::string_view name, word;
};
constexpr NamedDynamics kDynamics[] = {{"pp", "pianissimo"},  {"p", "piano"}, {"mp", "mezzo piano"},
                                       {"mf", "mezzo forte"}, {"f", "forte"}, {"ff", "fortissimo"}};
constexpr std::string_view kNoteLengths[] = {"short", "mixed", "long"};

Result<double, std::string> parse_weight(std::string_view text) {
  double weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  const bool is_read = error == std::errc() && end == text.data() + text.size();
  if (!is_read || !(weight > 0) || weight > kHeaviestShare)
    return Unexpected{"the weight " + quoted(text) +
                      " of a genre is not a number over 0 and up to 1000"};
  return weight;
}

Result<GenreShare, std::string> parse_share(std::string_view text) {
  const auto colon = text.find(':');
  GenreShare share;
  share.genre = folded(trimmed(text.substr(0, colon)));
  const auto names = Genre::names();
  if (std::ranges::find(names, share.genre) == names.end())
    return Unexpected{"unknown genre " + quoted(share.genre) + ": allowed are " +
                      plan_detail::joined(names)};
  if (colon != std::string_view::npos) {
    TOCCATA_TRY(share.weight, parse_weight(trimmed(text.substr(colon + 1))));
  }
  return share;
}

/// The last one stays, as none would mean all: the refusal of it is then found to exclude it.
void erase_role(std::vector<Role>& roles, Role role) {
  if (roles != std::vector{role}) std::erase(roles, role);
}
bool has_role(const std::vector<Role>& roles, Role role) {
  return std::ranges::find(roles, role) != roles.end();
}

/// `over` replaces a field where it has one.
template <class Field>
void lay(Field& under, const Field& over) {
  if (over != Field{}) under = over;
}

/// Bars and seconds are one wish: naming either drops what stood under it.
void lay_length(Brief& under, const Brief& over) {
  if (!over.bars && !over.seconds) return;
  under.bars = over.bars;
  under.seconds = over.seconds;
}

/// A mood's word brings its own figures; a figure of its own makes the word under it untrue.
void lay_mood(Brief& under, const Brief& over) {
  if (!over.mood.empty()) {
    under.mood = over.mood;
    under.valence = over.valence;
    under.arousal = over.arousal;
    return;
  }
  if (over.valence || over.arousal) under.mood.clear();
  lay(under.valence, over.valence);
  lay(under.arousal, over.arousal);
}

void lay_ensemble(Brief& under, const Brief& over) {
  const bool changes = over.drums || over.alone || !over.instruments.empty() ||
                       !over.without_instruments.empty() || !over.parts.empty() ||
                       !over.without_parts.empty() || !over.genres.empty();
  if (changes || !over.seats.empty()) under.seats = over.seats;
  if (!over.seats.empty()) {
    under.instruments.clear();
    under.without_instruments.clear();
    under.parts.clear();
    under.without_parts.clear();
    under.drums.reset();
    under.alone = false;
  }
  if (over.drums == false) std::erase(under.instruments, "drums");
  lay(under.instruments, over.instruments);
  lay(under.without_instruments, over.without_instruments);
  for (const auto& id : over.instruments) std::erase(under.without_instruments, id);
  for (const auto& id : over.without_instruments) std::erase(under.instruments, id);
  if (!over.instruments.empty() || over.alone) under.alone = over.alone;
  if (under.instruments.empty()) under.alone = over.alone;
}

/// Drums stand in two fields, so each of them answers the other.
void lay_parts(Brief& under, const Brief& over) {
  lay(under.drums, over.drums);
  if (over.drums == false) erase_role(under.parts, Role::Drums);
  if (over.drums == true && !under.parts.empty() && !has_role(under.parts, Role::Drums))
    under.parts.push_back(Role::Drums);
  lay(under.parts, over.parts);
  lay(under.without_parts, over.without_parts);
  for (const auto role : over.parts) erase_role(under.without_parts, role);
  for (const auto role : over.without_parts) erase_role(under.parts, role);
  // Parts or a kit named above answer drums that were asked for or refused below.
  const bool contradicts = !over.parts.empty() && under.drums == !has_role(over.parts, Role::Drums);
  const bool names_kit = std::ranges::find(over.instruments, "drums") != over.instruments.end();
  if (!over.drums && (contradicts || (names_kit && under.drums == false))) under.drums.reset();
}

}  // namespace

Result<std::vector<GenreShare>, std::string> parse_genres(std::string_view text) {
  std::vector<GenreShare> shares;
  while (true) {
    const auto plus = text.find('+');
    TOCCATA_TRY(auto share, parse_share(text.substr(0, plus)));
    for (const auto& known : shares)
      if (known.genre == share.genre)
        return Unexpected{"the genre " + quoted(share.genre) + " is named twice"};
    shares.push_back(std::move(share));
    if (plus == std::string_view::npos) return shares;
    text.remove_prefix(plus + 1);
  }
}

std::string to_string(const std::vector<GenreShare>& genres) {
  const bool is_plain = std::ranges::all_of(genres, [](const auto& g) { return g.weight == 1; });
  std::string out;
  for (const auto& share : genres) {
    if (!out.empty()) out += '+';
    out += share.genre;
    if (!is_plain) out += ':' + plan_detail::number_text(share.weight);
  }
  return out;
}

Result<SeatAsk, std::string> parse_seat(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos)
    return Unexpected{quoted(text) + " does not say who plays what: \"melody: flute\""};
  const auto role = find_role(trimmed(text.substr(0, colon)));
  if (!role)
    return Unexpected{"unknown part in " + quoted(text) +
                      ": allowed are melody, chords, bass, drums, pad, counter, other"};
  const auto* instrument = InstrumentInfo::find(trimmed(text.substr(colon + 1)));
  if (instrument == nullptr)
    return Unexpected{"unknown instrument in " + quoted(text) +
                      ": allowed are those of data/instruments.json, such as piano"};
  return SeatAsk{*role, instrument->id};
}
std::string to_string(const SeatAsk& seat) {
  return std::string(name_of(seat.role)) + ": " + seat.instrument;
}

std::string_view name_of(Dynamics dynamics) {
  return kDynamics[static_cast<std::size_t>(dynamics)].name;
}
std::optional<Dynamics> find_dynamics(std::string_view name) {
  const std::string wanted = folded(name);
  for (std::size_t i = 0; i < std::size(kDynamics); ++i)
    if (wanted == kDynamics[i].name || wanted == kDynamics[i].word) return static_cast<Dynamics>(i);
  return std::nullopt;
}

std::string_view name_of(NoteLengths lengths) {
  return kNoteLengths[static_cast<std::size_t>(lengths)];
}
std::optional<NoteLengths> find_note_lengths(std::string_view name) {
  const std::string wanted = folded(name);
  for (std::size_t i = 0; i < std::size(kNoteLengths); ++i)
    if (wanted == kNoteLengths[i]) return static_cast<NoteLengths>(i);
  return std::nullopt;
}

Brief overlaid(const Brief& under, const Brief& over) {
  Brief brief = under;
  lay(brief.genres, over.genres);
  lay(brief.tonality, over.tonality);
  lay(brief.tempo_bpm, over.tempo_bpm);
  lay(brief.meter, over.meter);
  lay(brief.rhythm, over.rhythm);
  lay_length(brief, over);
  lay(brief.form, over.form);
  lay_mood(brief, over);
  lay_ensemble(brief, over);
  lay(brief.density, over.density);
  lay(brief.dynamics, over.dynamics);
  lay(brief.note_lengths, over.note_lengths);
  lay(brief.pickup, over.pickup);
  lay_parts(brief, over);
  lay(brief.chords, over.chords);
  lay(brief.seed, over.seed);
  lay(brief.engine, over.engine);
  brief.walk = overlaid(brief.walk, over.walk);
  lay(brief.performance, over.performance);
  return brief;
}

}  // namespace toccata
