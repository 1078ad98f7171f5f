// SPDX-License-Identifier: MIT
#include "figures.hpp"
#include "phrase_words.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/plan/instruments.hpp>
#include <toccata/plan/mood.hpp>
#include <toccata/prompt/phrase.hpp>

namespace toccata {
namespace prompt {
namespace {

/// Says one brief, field by field.
class Speaker {
 public:
  Speaker(const Brief& brief, Language language, Rng& rng)
      : brief_(brief), language_(language), rng_(rng) {}

  std::string run() {
    say_music();
    say_manner();
    say_ensemble();
    for (std::size_t i = clauses_.size(); i > 1; --i)
      std::swap(clauses_[i - 1], clauses_[rng_.below(i)]);
    std::string sentence = head();
    // Letters and chords must not run on into what follows, so each ends at a semicolon.
    for (const auto& clause : clauses_) sentence += "; " + clause;
    return sentence + (rng_.chance(0.5) ? "." : "");
  }

 private:
  bool is_english() const { return language_ == Language::English; }
  std::string pick(const std::vector<std::string_view>& ways) {
    return std::string(ways[rng_.below(ways.size())]);
  }
  std::string say(SayingOf kind, std::string_view id) {
    return pick(ways_to_say(kind, id, language_));
  }
  std::string either(std::string_view english, std::string_view french) const {
    return std::string(is_english() ? english : french);
  }
  void add(std::string clause) { clauses_.push_back(std::move(clause)); }
  void add(std::string_view english, std::string_view french) { add(either(english, french)); }

  /// 92.5, or 92,5 in French.
  std::string number(double value) const {
    auto text = number_text(value);
    if (!is_english() && text.find('e') == std::string::npos) std::ranges::replace(text, '.', ',');
    return text;
  }

  std::string head() {
    constexpr std::string_view kEnglish[] = {"Compose", "I want", "Please write", "Give me"};
    constexpr std::string_view kFrench[] = {"Compose", "Je veux", "Je voudrais", "Fais-moi"};
    std::string text(is_english() ? rng_.pick(std::span(kEnglish)) : rng_.pick(std::span(kFrench)));
    text += either(" a", " un morceau");
    const std::string mood = brief_.mood.empty() ? "" : " " + say(SayingOf::Mood, brief_.mood);
    if (is_english()) return text + mood + genres() + " piece";
    return text + mood + (brief_.genres.empty() ? "" : " de") + genres();
  }

  /// " jazz", " 60 % jazz and 40 % blues", " jazz mixed with blues".
  std::string genres() {
    std::string text;
    const bool is_even =
        std::ranges::all_of(brief_.genres, [](const auto& share) { return share.weight == 1; });
    for (const auto& share : brief_.genres) {
      if (!text.empty())
        text += either(is_even ? " mixed with" : " and", is_even ? " mélangé à" : " et");
      const double percent = std::floor(share.weight * 100 + 0.5);
      if (is_even) {
        text += " " + say(SayingOf::Genre, share.genre);
      } else if (percent / 100 == share.weight && share.weight <= 1) {
        text += " " + number_text(percent) + " % " + say(SayingOf::Genre, share.genre);
      } else {
        text += " " + share.genre + ":" + number_text(share.weight);
      }
    }
    return text;
  }

  void say_music() {
    if (brief_.tonality) add(key(*brief_.tonality));
    if (brief_.tempo_bpm) add(tempo(number(*brief_.tempo_bpm)));
    if (brief_.meter) add(either("in ", "en ") + meter(*brief_.meter));
    if (!brief_.rhythm.empty()) add(either("with the rhythm ", "sur le rythme ") + brief_.rhythm);
    if (brief_.bars) add(std::to_string(*brief_.bars) + either(" bars", " mesures"));
    if (brief_.seconds) add(seconds(*brief_.seconds));
    if (brief_.form) add(form(*brief_.form));
    if (!brief_.chords.empty()) add(either("chords: | ", "accords : | ") + brief_.chords + " |");
    if (brief_.seed) add(either("seed ", "graine ") + std::to_string(*brief_.seed));
  }

  std::string key(const TonalityAsk& ask) {
    const std::string mode = ask.maqam.empty() ? say(SayingOf::Scale, ask.scale) : ask.maqam;
    if (!ask.tonic) {
      if (ask.maqam.empty()) return either("in a " + mode + " key", "en mode " + mode);
      return "maqam " + mode;
    }
    const std::string tonic = either("in ", "en ") + tonic_text(*ask.tonic, language_);
    if (ask.maqam.empty() && ask.scale.empty()) return tonic;
    // "en la, gamme de blues": a scale that is a noun stands apart.
    const bool is_noun = mode.starts_with("gamme");
    return tonic + (is_noun ? ", " : " ") + mode;
  }

  std::string tempo(const std::string& bpm) {
    if (is_english()) {
      const std::string ways[] = {bpm + " bpm", "tempo " + bpm, "quarter = " + bpm,
                                  "at " + bpm + " bpm"};
      return rng_.pick(std::span(ways));
    }
    const std::string ways[] = {bpm + " bpm", "tempo " + bpm, "noire = " + bpm,
                                "à " + bpm + " à la noire"};
    return rng_.pick(std::span(ways));
  }

  static std::string meter(const Meter& meter) {
    if (Meter::make(meter.pulses(), meter.unit()).value_or(meter) == meter) return to_string(meter);
    std::string text;
    for (const int group : meter.beats()) text += (text.empty() ? "" : "+") + std::to_string(group);
    return text + "/" + std::to_string(meter.unit());
  }

  std::string seconds(double length) {
    const auto whole = static_cast<int>(length);
    if (length != whole || whole < 60 || whole >= 3600 || rng_.chance(0.3))
      return number(length) + either(" seconds", " secondes");
    const std::string minutes = std::to_string(whole / 60), rest = std::to_string(whole % 60);
    if (whole % 60 == 0) return minutes + either(" minutes", " minutes");
    if (rng_.chance(0.3)) return minutes + ":" + (rest.size() < 2 ? "0" : "") + rest;
    if (rng_.chance(0.3)) return minutes + " min " + rest + " s";
    return minutes + either(" minutes and ", " minutes et ") + rest +
           either(" seconds", " secondes");
  }

  std::string form(const FormAsk& ask) {
    if (ask.name != "free") return say(SayingOf::Form, ask.name);
    return either("form: ", "forme : ") + to_string(ask);
  }

  void say_manner() {
    if (brief_.pickup)
      add(*brief_.pickup ? either("with a pick-up", "avec une anacrouse")
                         : either("without a pick-up", "sans anacrouse"));
    if (brief_.density) add(either("density ", "densité ") + number(*brief_.density));
    if (brief_.dynamics) add(say(SayingOf::Dynamics, name_of(*brief_.dynamics)));
    if (brief_.note_lengths) add(say(SayingOf::NoteLengths, name_of(*brief_.note_lengths)));
    const auto* mood = Mood::find(brief_.mood);
    if (brief_.valence && (mood == nullptr || mood->valence != *brief_.valence))
      add("valence " + number(*brief_.valence));
    if (brief_.arousal && (mood == nullptr || mood->arousal != *brief_.arousal))
      add(either("arousal ", "activation ") + number(*brief_.arousal));
  }

  void say_ensemble() {
    if (brief_.drums == true) add("with drums", "avec batterie");
    if (brief_.drums == false)
      add(rng_.chance(0.5) ? either("no drums", "sans batterie")
                           : either("without drums", "pas de batterie"));
    if (!brief_.instruments.empty())
      add((brief_.alone ? either("only ", "seulement ") : either("for ", "pour ")) +
          list(instrument_names(brief_.instruments), either(" and ", " et ")));
    if (!brief_.without_instruments.empty())
      add(either("without ", "sans ") +
          list(instrument_names(brief_.without_instruments), either(" or ", " ni ")));
    for (const Role role : brief_.without_parts) add(refusal(role));
    if (!brief_.parts.empty()) add(only(brief_.parts));
  }

  std::vector<std::string> instrument_names(const std::vector<std::string>& ids) const {
    std::vector<std::string> names;
    for (const auto& id : ids) {
      const auto* info = InstrumentInfo::find(id);
      // "organ" by itself is a pipe organ where the genre is classical.
      const bool is_hammond = id == "organ";
      names.push_back(is_hammond                        ? either("hammond organ", "orgue hammond")
                      : is_english() || info == nullptr ? id
                                                        : info->french);
    }
    return names;
  }

  static std::string list(const std::vector<std::string>& names, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i > 0) text += i + 1 == names.size() ? last : ", ";
      text += names[i];
    }
    return text;
  }

  std::string refusal(Role role) const {
    if (role == Role::Melody) return "backing track";
    if (role == Role::Bass) return either("no bass line", "sans ligne de basse");
    return either("no chords", "sans accords");
  }

  std::string only(const std::vector<Role>& roles) {
    if (roles == std::vector{Role::Melody})
      return rng_.chance(0.5) ? either("melody only", "mélodie seule")
                              : either("only the melody", "seulement la mélodie");
    std::vector<std::string> names;
    names.reserve(roles.size());
    for (const Role role : roles) names.push_back(say(SayingOf::Role, name_of(role)));
    return either("only ", "seulement ") + list(names, either(" and ", " et "));
  }

  const Brief& brief_;
  Language language_;
  Rng& rng_;
  std::vector<std::string> clauses_;
};

bool is_sayable_role(Role role) {
  return role == Role::Melody || role == Role::Chords || role == Role::Bass || role == Role::Drums;
}

void keep_sayable_roles(std::vector<Role>& roles) {
  std::erase_if(roles, [](Role role) { return !is_sayable_role(role); });
  std::ranges::sort(roles);
}

void fit_mood(Brief& brief) {
  const auto* mood = Mood::find(brief.mood);
  if (mood == nullptr) {
    brief.mood.clear();
    return;
  }
  if (!brief.valence) brief.valence = mood->valence;
  if (!brief.arousal) brief.arousal = mood->arousal;
}

void fit_genres(Brief& brief) {
  const bool has_jazz = std::ranges::any_of(brief.instruments, [](const auto& id) {
    return id.starts_with("jazz ");
  });  // a guitar, a kit
  if (brief.genres.empty() && has_jazz) brief.genres = {{"jazz", 1}};
  const bool has_maqam = brief.tonality && !brief.tonality->tonic && !brief.tonality->maqam.empty();
  if (brief.genres.empty() && has_maqam) brief.genres = {{"arabic", 1}};
  if (brief.genres.size() == 1) brief.genres.front().weight = 1;
  for (const auto& share : brief.genres)
    if (share.genre == "waltz" && !brief.meter) brief.meter = Meter::literal(3, 4);
}

void fit_form(Brief& brief) {
  if (!brief.form || brief.form->name != "free") return;
  const auto& labels = brief.form->labels;
  if (labels.size() < 2) brief.form.reset();
  else if (labels == std::vector<std::string>{"Verse", "Chorus"})
    brief.form = FormAsk{"verse-chorus", {}};
}

void fit_ensemble(Brief& brief) {
  if (std::erase(brief.instruments, "drums") > 0) brief.drums = true;
  if (std::erase(brief.without_instruments, "drums") > 0) brief.drums = false;
  brief.alone = brief.alone && !brief.instruments.empty();
  if (brief.alone && !brief.drums) brief.drums = false;
  keep_sayable_roles(brief.parts);
  keep_sayable_roles(brief.without_parts);
  std::erase(brief.without_parts, Role::Drums);
}

}  // namespace
}  // namespace prompt

std::string phrase(const Brief& brief, Language language, Rng& rng) {
  const Brief said = sayable(brief);
  return prompt::Speaker(said, language, rng).run();
}

Brief sayable(const Brief& brief) {
  Brief said = brief;
  said.engine.clear();
  said.performance.clear();
  said.seats.clear();
  prompt::fit_mood(said);
  prompt::fit_genres(said);
  prompt::fit_form(said);
  prompt::fit_ensemble(said);
  return said;
}

}  // namespace toccata
