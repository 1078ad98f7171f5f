// SPDX-License-Identifier: MIT
#include "maqam_table.hpp"

#include "data.hpp"
#include "letters.hpp"
#include "text.hpp"

#include <toccata/base/assert.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::detail {
namespace {

/// A named note of the Arabic octave.
struct Note {
  std::string id;
  int quarter_tones;  ///< above rast
  double cents;       ///< above rast, in the documented intonation
};

std::vector<Note> read_notes(const Json& json) {
  std::vector<Note> notes;
  for (const auto& item : items_of(json, "notes")) {
    const Json* ratio = item.find("ratio");
    const double measured = ratio ? ratio->number().value_or(1.0) : 1.0;
    notes.push_back(
        {text_of(item, "id"), integer_of(item, "quarter_tones"), 1200.0 * exact_log2(measured)});
  }
  return notes;
}

/// The table of notes under the names by which ajnas and maqamat list them.
class Octave {
 public:
  explicit Octave(const Json& json) : notes_(read_notes(json)) {}

  const Note& note(std::string_view id) const {
    for (const auto& note : notes_)
      if (note.id == id) return note;
    const bool is_listed_in_the_data_file = false;
    TOCCATA_ASSERT(is_listed_in_the_data_file);
    return notes_.front();
  }

  /// Ascending from the first note, which is 0.
  std::vector<int> quarter_tones(const std::vector<std::string>& ids) const {
    std::vector<int> above;
    above.reserve(ids.size());
    for (const auto& id : ids)
      above.push_back(floor_mod(note(id).quarter_tones - note(ids[0]).quarter_tones, 24));
    return above;
  }

  std::vector<double> cents(const std::vector<std::string>& ids) const {
    std::vector<double> above;
    above.reserve(ids.size());
    for (const auto& id : ids) {
      const double up = note(id).cents - note(ids[0]).cents;
      above.push_back(up < 0 ? up + 1200.0 : up);
    }
    return above;
  }

 private:
  std::vector<Note> notes_;
};

JinsPlace read_place(const Json& json) {
  return {text_of(json, "jins"), integer_of(json, "degree")};
}

Station read_station(const Json& json) {
  return {integer_of(json, "from"), integer_of(json, "to"), integer_of(json, "rests")};
}

Maqam read_maqam(const Json& json, const Octave& octave) {
  const auto notes = texts_of(json, "notes");
  const auto descending = texts_of(json, "descending");
  Maqam maqam;
  maqam.id = text_of(json, "id");
  maqam.usual_tonic = parse_note_name(text_of(json, "usual_tonic")).value_or(NoteName{});
  // How far the first note lies from the key its tonic is named by: half-flat in Sikah and Huzam.
  const Note& first = octave.note(notes.front());
  const int key = maqam.usual_tonic.pitch_class().number();
  maqam.tonic_quarter_tones = first.quarter_tones - 2 * key;
  maqam.tonic_documented_cents = maqam.tonic_quarter_tones == 0 ? 0.0 : first.cents - 100.0 * key;
  maqam.quarter_tones = octave.quarter_tones(notes);
  maqam.documented_cents = octave.cents(notes);
  maqam.descending_quarter_tones = octave.quarter_tones(descending.empty() ? notes : descending);
  maqam.descending_documented_cents = octave.cents(descending.empty() ? notes : descending);
  for (int degree = 0; degree < maqam.size(); ++degree) maqam.letters.push_back(degree);
  if (const Json* lower = json.find("lower")) maqam.lower = read_place(*lower);
  if (const Json* upper = json.find("upper")) maqam.upper = read_place(*upper);
  for (const auto& place : items_of(json, "alternatives"))
    maqam.alternatives.push_back(read_place(place));
  maqam.ghammaz = maqam.upper.degree;
  maqam.starts_on = integers_of(json, "starts_on");
  for (const auto& station : items_of(json, "path")) maqam.path.push_back(read_station(station));
  return maqam;
}

MaqamTable read_table() {
  const Json json = theory_data("maqamat");
  const Octave octave(json);
  MaqamTable table;
  for (const auto& item : items_of(json, "ajnas")) {
    const auto notes = texts_of(item, "notes");
    table.ajnas.push_back({text_of(item, "id"), octave.quarter_tones(notes), octave.cents(notes)});
  }
  for (const auto& item : items_of(json, "maqamat")) {
    table.maqamat.push_back(read_maqam(item, octave));
    std::vector<std::string> names{folded_name(text_of(item, "id"))};
    for (const auto& alias : texts_of(item, "aliases")) names.push_back(folded_name(alias));
    table.folded_names.push_back(std::move(names));
  }
  return table;
}

}  // namespace

const MaqamTable& maqam_table() {
  static const MaqamTable kTable = read_table();
  return kTable;
}

}  // namespace toccata::detail
