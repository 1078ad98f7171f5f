// SPDX-License-Identifier: MIT
#include "genre_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <toccata/base/json_reader.hpp>

namespace toccata {
namespace {

constexpr std::array<std::pair<std::string_view, ChordsIdiom>, 8> kChordsIdioms{{
    {"comp", ChordsIdiom::Comp},
    {"broken", ChordsIdiom::Broken},
    {"arpeggio", ChordsIdiom::Arpeggio},
    {"block", ChordsIdiom::Block},
    {"power", ChordsIdiom::Power},
    {"pad", ChordsIdiom::Pad},
    {"shuffle", ChordsIdiom::Shuffle},
    {"heterophony", ChordsIdiom::Heterophony},
}};
constexpr std::array<std::pair<std::string_view, BassIdiom>, 2> kBassIdioms{{
    {"pattern", BassIdiom::Pattern},
    {"walking", BassIdiom::Walking},
}};

using Reader = JsonReader;

void read_onsets(Reader& from, OnsetProfile& onsets) {
  from.object("onsets", [&](Reader& in) {
    in.share("bar", onsets.bar);
    in.share("middle", onsets.middle);
    in.share("beat", onsets.beat);
    in.share("offbeat", onsets.offbeat);
    in.share("fine", onsets.fine);
  });
}

void read_melody(Reader& in, MelodyStyle& melody) {
  read_onsets(in, melody.onsets);
  in.share("anticipation", melody.anticipation);
  in.share("triplets", melody.triplets);
  in.share("figures", melody.figures);
  in.share("uneven", melody.uneven);
  in.share("syncopation", melody.syncopation);
  in.share("recurs", melody.recurs);
  in.share("downbeat_close", melody.downbeat_close);
  in.share("breath", melody.breath);
  in.number("commonplace", melody.commonplace, 0, 32);
  in.number("common_rhythm", melody.common_rhythm, 0, 32);
  in.share("alike", melody.alike);
  in.share("rest", melody.rest);
  in.share("leap", melody.leap);
  in.share("repeat", melody.repeat);
  in.share("strong_chord_tones", melody.strong_chord_tones);
  in.share("chromatic", melody.chromatic);
  in.share("ornament", melody.ornament);
  in.share("bend", melody.bend);
  in.share("blue", melody.blue);
  in.share("pickup", melody.pickup);
  in.share("call_response", melody.call_response);
  in.number("lift", melody.lift, 0, 24);
  in.whole("span", melody.span, 12, 48);
  in.whole("phrase_bars", melody.phrase_bars, 1, 16);
  in.whole("motif_bars", melody.motif_bars, 1, 4);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// "ii7 V7" as chords, one at least.
std::vector<RomanNumeral> read_chords(Reader& in, const std::string& name, std::string_view text) {
  std::vector<RomanNumeral> chords;
  for (const std::string_view word : words_of(text)) {
    if (const auto chord = parse_roman(word)) chords.push_back(*chord);
    else in.fail(name, "has a " + chord.error());
  }
  if (chords.empty()) in.fail(name, "must name a chord");
  return chords;
}

/// "ii7 V7:3" cut into what is before the colon and a whole weight, 1 where none is given.
std::pair<std::string_view, double> weighted(std::string_view text) {
  const auto colon = text.rfind(':');
  int weight = 1;
  if (colon != std::string_view::npos)
    std::from_chars(text.data() + colon + 1, text.data() + text.size(), weight);
  return {text.substr(0, colon), static_cast<double>(weight)};
}

/// Chords by their names, and from each "IV:3 V:2", to what and how often it leads.
void read_moves(Reader& in, HarmonyMode& mode) {
  std::vector<std::string_view> names;
  std::vector<const std::string*> leads;
  in.members("next", [&](const std::string& from, const Json& to) {
    if (to.text() == nullptr) return in.fail("next." + from, "must be a string");
    const auto chords = read_chords(in, "next", from);
    if (chords.size() != 1) return in.fail("next." + from, "must be named by one chord");
    names.push_back(from);
    leads.push_back(to.text());
    mode.states.push_back(chords.front());
  });
  mode.moves.assign(names.size() * names.size(), 0);
  for (std::size_t from = 0; from < names.size(); ++from)
    for (const std::string_view word : words_of(*leads[from])) {
      const auto [name, weight] = weighted(word);
      const auto to = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
      if (to < names.size()) mode.moves[from * names.size() + to] = weight;
      else
        in.fail("next." + std::string(names[from]),
                "leads to " + std::string(name) + ", which has no place in the table");
    }
}

void read_weighted(Reader& in, const char* name, std::vector<WeightedChords>& items) {
  std::vector<std::string> texts;
  in.texts(name, texts);
  for (const auto& text : texts) {
    const auto [numerals, weight] = weighted(text);
    items.push_back({read_chords(in, name, numerals), weight});
  }
}

void read_mode(Reader& in, HarmonyMode& mode) {
  read_moves(in, mode);
  read_weighted(in, "authentic", mode.authentic);
  read_weighted(in, "half", mode.half);
  read_weighted(in, "approaches", mode.approaches);
}

/// "I7 | IV7 | I7" bar by bar.
void read_scheme(Reader& in, ChordScheme& scheme) {
  in.text("id", scheme.id);
  in.text("mode", scheme.mode);
  in.whole("bars", scheme.bars, 1, 64);
  std::string chords;
  in.text("chords", chords);
  for (std::size_t at = 0; at <= chords.size();) {
    const auto end = std::min(chords.find('|', at), chords.size());
    scheme.chords.push_back(
        read_chords(in, "chords", std::string_view(chords).substr(at, end - at)));
    at = end + 1;
  }
  if (static_cast<int>(scheme.chords.size()) != scheme.bars)
    in.fail("chords", "must fill " + std::to_string(scheme.bars) + " bars");
}

void read_harmony(Reader& in, HarmonyStyle& harmony) {
  in.share("loop", harmony.loop);
  in.share("vamp", harmony.vamp);
  in.share("two_per_bar", harmony.two_per_bar);
  in.share("two_bars", harmony.two_bars);
  in.share("secondary", harmony.secondary);
  in.whole("modulation_bars", harmony.modulation_bars, 0, 128);
  in.object("major", [&](Reader& mode) { read_mode(mode, harmony.major); });
  in.object("minor", [&](Reader& mode) { read_mode(mode, harmony.minor); });
  in.objects("schemes", [&](Reader& item) { read_scheme(item, harmony.schemes.emplace_back()); });
}

void read_drums(Reader& in, DrumStyle& drums) {
  in.text("style", drums.style);
  in.share("fill", drums.fill);
  in.share("variation", drums.variation);
  in.objects("voices", [&](Reader& item) {
    DrumVoice& voice = drums.voices.emplace_back();
    std::string name;  // for the reader of the file
    item.text("name", name);
    item.whole("key", voice.key, 27, 87);
    item.wholes("also", voice.also, 27, 87);
    read_onsets(item, voice.onsets);
    item.share("backbeat", voice.backbeat);
    item.share("skip", voice.skip);
    item.share("from", voice.from);
    item.whole("velocity", voice.velocity, 1, 127);
  });
  in.objects("cycles", [&](Reader& item) {
    RhythmCycle& cycle = drums.cycles.emplace_back();
    std::string meter;
    item.text("id", cycle.id);
    item.text("words", cycle.words);
    item.text("meter", meter);
    item.text("strokes", cycle.strokes);
    item.text("source", cycle.source);
    if (const auto parsed = parse_meter(meter)) cycle.meter = *parsed;
    else item.fail("meter", parsed.error());
  });
}

void read_ensemble(Reader& in, std::vector<EnsembleSeat>& ensemble) {
  in.objects("ensemble", [&](Reader& item) {
    EnsembleSeat seat{Role::Other, "", 0, 0, 0.3};
    std::string role;
    item.text("role", role);
    if (const auto found = find_role(role)) seat.role = *found;
    else item.fail("role", "knows no \"" + role + "\"");
    item.text("instrument", seat.instrument);
    item.number("gain_db", seat.gain_db, -24, 12);
    item.number("pan", seat.pan, -1, 1);
    item.share("reverb", seat.reverb);
    ensemble.push_back(seat);
  });
}

void read_layers(Reader& in, std::vector<Layer>& layers) {
  in.members("layers", [&](const std::string& name, const Json& from) {
    const auto role = find_role(name);
    const auto energy = from.number();
    const bool is_share = energy && *energy >= 0 && *energy <= 1;
    if (role && is_share) layers.push_back({*role, *energy});
    else in.fail("layers." + name, "must be a role with the energy from which it plays, 0 to 1");
  });
}

void read_tonality(Reader& in, Genre& genre) {
  std::string tonic = "C", usually = "bright";
  in.text("tonic", tonic);
  if (const auto name = parse_note_name(tonic)) genre.tonic = *name;
  else in.fail("tonic", name.error());
  in.text("usually", usually);
  genre.usually_dark = usually == "dark";
  in.object("scales", [&](Reader& scales) {
    scales.text("bright", genre.bright);
    scales.text("dark", genre.dark);
  });
  in.object("melody_scales", [&](Reader& scales) {
    scales.text("bright", genre.bright_melody);
    scales.text("dark", genre.dark_melody);
  });
  in.text("maqam", genre.maqam);
  in.text("dark_maqam", genre.dark_maqam);
}

void read_words(Reader& in, Genre& genre) {
  in.text("words", genre.words);
  in.object("said", [&](Reader& said) {
    said.text("english", genre.said_in_english);
    said.text("french", genre.said_in_french);
  });
  in.members("generic", [&](const std::string& name, const Json& instrument) {
    if (instrument.text() != nullptr) genre.generic.push_back({name, *instrument.text()});
    else in.fail("generic." + name, "must be a string");
  });
}

void read_feel(Reader& in, Feel& feel) {
  constexpr double kLongestMs = 100;
  in.share("rubato", feel.rubato);
  in.number("unsteady_ms", feel.unsteady_ms, 0, kLongestMs);
  in.number("laid_back_ms", feel.laid_back_ms, 0, kLongestMs);
  in.number("late_backbeat_ms", feel.late_backbeat_ms, 0, kLongestMs);
  in.number("spread_ms", feel.spread_ms, 0, kLongestMs);
  in.share("melody_held", feel.melody_held);
  in.share("bass_held", feel.bass_held);
  in.flag("pedals", feel.pedals);
  in.flag("ducks", feel.ducks);
}

void read_frame(Reader& in, Genre& genre) {
  in.object("tempo", [&](Reader& tempo) {
    tempo.number("usual", genre.tempo_bpm, kSlowestBpm, kFastestBpm);
    tempo.number("slowest", genre.slowest_bpm, kSlowestBpm, kFastestBpm);
    tempo.number("fastest", genre.fastest_bpm, kSlowestBpm, kFastestBpm);
  });
  std::string meter = "4/4";
  in.text("meter", meter);
  if (const auto parsed = parse_meter(meter)) genre.meter = *parsed;
  else in.fail("meter", parsed.error());
  in.whole("bars", genre.bars, 1, 128);
  in.share("pickup_bar", genre.pickup_bar);
  in.whole("swing_percent", genre.swing_percent, 50, 75);
  in.share("loops", genre.loops);
  in.number("lift", genre.lift, 0, 8);
  read_layers(in, genre.layers);
  in.number("valence", genre.valence, -1, 1);
  in.number("arousal", genre.arousal, -1, 1);
  in.members("forms", [&](const std::string& form, const Json& weight) {
    if (const auto value = weight.number()) genre.forms.push_back({form, *value});
    else in.fail("forms." + form, "must be a number");
  });
}

}  // namespace

Result<Genre, std::string> read_genre(std::string_view id, std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return Unexpected{std::string(id) + ": " + describe(json.error())};
  Genre genre;
  genre.id = id;
  std::string fault;
  Reader in(*json, std::string(id), fault);
  read_words(in, genre);
  read_frame(in, genre);
  read_tonality(in, genre);
  in.text("rig", genre.rig);
  read_ensemble(in, genre.ensemble);
  in.object("melody", [&](Reader& melody) { read_melody(melody, genre.melody); });
  in.object("harmony", [&](Reader& harmony) { read_harmony(harmony, genre.harmony); });
  in.object("chords", [&](Reader& chords) {
    chords.choice("idiom", genre.chords.idiom, kChordsIdioms);
    read_onsets(chords, genre.chords.onsets);
    chords.share("length", genre.chords.length);
    chords.share("figures", genre.chords.figures);
    chords.flag("ninths", genre.chords.ninths);
    chords.share("own", genre.chords.own);
  });
  in.object("counter", [&](Reader& counter) {
    counter.choice("idiom", genre.counter.emplace(), kChordsIdioms);
  });
  in.object("bass", [&](Reader& bass) {
    bass.choice("idiom", genre.bass.idiom, kBassIdioms);
    read_onsets(bass, genre.bass.onsets);
    bass.share("fifth", genre.bass.fifth);
    bass.share("octave", genre.bass.octave);
    bass.share("third", genre.bass.third);
    bass.share("passing", genre.bass.passing);
    bass.share("approach", genre.bass.approach);
    bass.share("figures", genre.bass.figures);
    bass.share("lead", genre.bass.lead);
    bass.share("figure", genre.bass.figure);
    bass.share("own", genre.bass.own);
  });
  in.object("drums", [&](Reader& drums) { read_drums(drums, genre.drums); });
  in.object("feel", [&](Reader& feel) { read_feel(feel, genre.feel); });
  in.finish();
  if (!fault.empty()) return Unexpected{fault};
  return genre;
}

}  // namespace toccata
