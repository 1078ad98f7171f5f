// SPDX-License-Identifier: MIT
// Which parts are written: "melody only", "without accompaniment", "no bass line", "only bass and
// drums", "solo piano".
#include "only_word.hpp"
#include "polarity.hpp"
#include "reading.hpp"

#include <algorithm>

namespace toccata::prompt {
namespace {

void add_role(std::vector<Role>& roles, Role role) {
  if (std::ranges::find(roles, role) == roles.end()) roles.push_back(role);
}

void want_melody_only(Reading& reading, Extent extent) {
  reading.brief.parts = {Role::Melody};
  reading.explain("parts", "melody", extent);
  reading.use(extent);
}

void read_phrase(Reading& reading, int i) {
  const auto id = reading.item(i).id;
  if (id == "no melody") {
    add_role(reading.brief.without_parts, Role::Melody);
    reading.explain("without_parts", "melody", {i, i});
    return reading.use(i);
  }
  want_melody_only(reading, {i, i});
  if (id != "voice") return;
  reading.brief.instruments = {"voice"};
  reading.explain("instruments", "voice", {i, i});
}

bool is_melody(const Reading& reading, int i) {
  return reading.is_word(i, "melody") || reading.is_word(i, "melodie") ||
         reading.is(i, Kind::Role, "melody");
}

/// "only a sad melody", "une mélodie triste seule".
void read_only_melody(Reading& reading, int i) {
  int j = i + 1;
  while (reading.is(j, Kind::Article) || reading.is(j, Kind::Function) ||
         reading.is(j, Kind::Mood) || reading.is(j, Kind::Degree))
    ++j;
  if (is_melody(reading, j) && !reading.is(j + 1, Kind::And) && !reading.is_sign(j + 1, ","))
    return want_melody_only(reading, {i, i});
  j = i - 1;
  while (reading.is(j, Kind::Mood) || reading.is(j, Kind::Degree)) --j;
  if (is_melody(reading, j) && !reading.is(j - 1, Kind::And)) want_melody_only(reading, {i, i});
}

std::optional<Role> role_at(const Reading& reading, int i) {
  if (is_melody(reading, i)) return Role::Melody;
  if (reading.is(i, Kind::Drums, "drums") || reading.is(i, Kind::Drums, "percussion"))
    return Role::Drums;
  if (reading.is(i, Kind::Generic, "bass") || reading.is(i, Kind::Role, "bass")) return Role::Bass;
  if (reading.is(i, Kind::Role, "chords")) return Role::Chords;
  return std::nullopt;
}

/// The roles of a list in one direction from `only`: "only melody and bass", "bass and drums only".
struct RoleList {
  std::vector<Role> roles;
  std::vector<int> items;
};
RoleList roles_from(const Reading& reading, int i, int step) {
  RoleList list;
  for (int j = i + step; !reading.is(j, Kind::End); j += step) {
    if (const auto role = role_at(reading, j)) {
      add_role(list.roles, *role);
      list.items.push_back(j);
    } else if (!reading.is(j, Kind::And) && !reading.is(j, Kind::Article) &&
               !reading.is_sign(j, ",") && !reading.is(j, Kind::Function)) {
      if (reading.is(j, Kind::Instrument) || reading.is(j, Kind::Generic)) return {};
      break;
    }
  }
  return list;
}

void take_only(Reading& reading, int i, RoleList list) {
  if (list.roles.empty()) return;
  std::ranges::sort(list.roles);
  std::string names;
  for (const Role role : list.roles)
    names += (names.empty() ? "" : ",") + std::string(name_of(role));
  const auto [least, most] = std::ranges::minmax(list.items);
  reading.explain("parts", names, {std::min(i, least), std::max(i, most)});
  reading.brief.parts = list.roles;
  for (const int item : list.items) reading.use(item);
  reading.use(i);
}

/// "only a guitar".
bool leads_to_player(const Reading& reading, int i) {
  int j = i + 1;
  while (reading.is(j, Kind::Article) || reading.is(j, Kind::Function)) ++j;
  return (reading.is(j, Kind::Instrument) || reading.is(j, Kind::Ensemble) ||
          reading.is(j, Kind::Generic)) &&
         !role_at(reading, j);
}

void read_only_roles(Reading& reading, int i) {
  // "Only" belongs to what stands before it, where nothing follows: "bass only, no melody", and to
  // what follows in "no bass, only guitar".
  const bool is_last = reading.is_pause(i + 1) && !reading.is_pause(i - 1);
  if (leads_to_player(reading, i)) return;
  auto list = is_last ? RoleList{} : roles_from(reading, i, 1);
  if (list.roles.empty()) list = roles_from(reading, i, -1);
  take_only(reading, i, std::move(list));
}

/// "just a bass line", "que la basse": nothing but an article between.
void read_just_roles(Reading& reading, int i) {
  int j = i + 1;
  while (reading.is(j, Kind::Article) || reading.is_word(j, "the") || reading.is_word(j, "la") ||
         reading.is_word(j, "le") || reading.is_word(j, "les"))
    ++j;
  if (role_at(reading, j)) take_only(reading, i, roles_from(reading, i, 1));
}

/// "no bass line", "sans accords"; asked-for parts change nothing, since they are written anyway.
void read_role(Reading& reading, int i) {
  const auto role = find_role(reading.item(i).id);
  if (role && is_refused(reading, i)) {
    add_role(reading.brief.without_parts, *role);
    reading.explain("without_parts", std::string(name_of(*role)), with_degree(reading, i));
  }
  reading.use(i);
}

/// "no melody": the word by itself is no wish.
void read_refused_melody(Reading& reading, int i) {
  const bool is_bare = reading.is(i - 1, Kind::Negator) ||
                       (reading.is(i - 2, Kind::Negator) && reading.is(i - 1, Kind::Function));
  if (!is_bare || !is_melody(reading, i)) return;
  if (!reading.is_pause(i + 1) && !reading.is(i + 1, Kind::But) && !reading.is(i + 1, Kind::Or) &&
      !reading.is(i + 1, Kind::Place))
    return;
  add_role(reading.brief.without_parts, Role::Melody);
  reading.explain("without_parts", "melody", {i - 1, i});
}

}  // namespace

void read_parts(Reading& reading) {
  for (int i = 0; i < reading.size(); ++i) {
    if (reading.is_free(i, Kind::Parts)) read_phrase(reading, i);
    if (reading.is_free(i, Kind::Only)) {
      read_only_melody(reading, i);
      if (!reading.item(i).is_used) read_only_roles(reading, i);
    }
    if (reading.is_free(i, Kind::Solo) && reading.item(i).id == "alone") {
      read_only_melody(reading, i);
      // "batterie seule"
      if (!reading.item(i).is_used) take_only(reading, i, roles_from(reading, i, -1));
    }
    if (leaves_others_out(reading, i) && !reading.is(i, Kind::Only)) read_just_roles(reading, i);
    read_refused_melody(reading, i);
  }
  for (int i = 0; i < reading.size(); ++i)
    if (reading.is_free(i, Kind::Role)) read_role(reading, i);
}

}  // namespace toccata::prompt
