// SPDX-License-Identifier: MIT
// fill: some bars of some parts written anew; everything else of the user's file stays.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <toccata/base/utf8.hpp>
#include <toccata/compose/verbs.hpp>

#include "edit.hpp"
#include "list_option.hpp"
#include "say.hpp"
#include "sound_output.hpp"
#include "verbs.hpp"

namespace toccata::cli {
namespace {

struct BarNumbers {
  int first, last;  ///< as printed: from 1, both included
};

std::optional<int> bar_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

/// "5-8" or "5".
Outcome<BarNumbers> bars_of(const Arguments& arguments) {
  const auto text = arguments.text("--bars");
  if (!text) return wrong_call("fill: --bars FROM-TO is missing, as in --bars 5-8");
  const auto dash = text->find('-');
  const auto first = bar_number(std::string_view(*text).substr(0, dash));
  const auto last =
      dash == std::string::npos ? first : bar_number(std::string_view(*text).substr(dash + 1));
  if (!first || !last || *last < *first)
    return wrong_call(
        fmt::format("--bars \"{}\": allowed is a range such as 5-8, bars count from 1", *text));
  return BarNumbers{*first, *last};
}

Outcome<void> check_bars(const BarNumbers& bars, const Music& music) {
  const int count = music.content.score.bar_count();
  if (count == 0) return cannot(music.name + ": has no bars to fill");
  if (bars.last <= count) return {};
  return wrong_call(fmt::format("--bars \"{}-{}\": {} has {}, allowed are 1 to {}", bars.first,
                                bars.last, music.name, counted(count, "bar"), count));
}

/// All parts of that name. A name may hold commas itself.
Outcome<std::vector<PartId>> parts_of(const Arguments& arguments, const Score& score) {
  auto text = arguments.text("--parts");
  if (text) *text = as_utf8(*text);  // as names of tracks are read
  std::vector<PartId> parts;
  if (!text) {
    for (const Part& part : score.parts) parts.push_back(part.id);
    return parts;
  }
  if (parts = find_parts(score, *text); !parts.empty()) return parts;
  TOCCATA_TRY(const auto names, items_of("--parts", *text));
  for (const std::string& name : names) {
    const auto named = find_parts(score, name);
    if (named.empty()) {
      std::vector<std::string> known;
      for (const Part& part : score.parts) known.push_back("\"" + part.name + "\"");
      return wrong_call(fmt::format("--parts \"{}\": no track has that name, allowed are {}", name,
                                    known.empty() ? "none: the file has no notes" : joined(known)));
    }
    for (const PartId id : named)
      if (std::ranges::find(parts, id) == parts.end()) parts.push_back(id);
  }
  return parts;
}

Outcome<void> run(const Arguments& arguments) {
  const std::string& input = arguments.positionals().front();
  TOCCATA_CHECK(check_sound_options(arguments));
  TOCCATA_TRY(const auto targets, targets_of(arguments, Needed::Yes, {input}));
  TOCCATA_TRY(const BarNumbers bars, bars_of(arguments));
  TOCCATA_TRY(const std::uint64_t seed, seed_of(arguments));
  TOCCATA_TRY(const Music music, read_music(input));
  TOCCATA_CHECK(check_bars(bars, music));
  TOCCATA_TRY(auto parts, parts_of(arguments, music.content.score));
  if (parts.empty()) return cannot(input + ": there is no part with notes to be filled");
  const FillAsk ask{Bar::from_printed(bars.first), Bar::from_printed(bars.last) + 1,
                    std::move(parts), seed};
  TOCCATA_TRY(Score score, edit_with_progress(input, [&](Progress* progress) {
                return fill_bars(music.content.score, ask, progress);
              }));
  const Tick until = music.content.score.meter.onset_of(ask.end);
  TOCCATA_TRY(const Piece piece, edited(music, std::move(score), until, seed));
  StagedFiles files;
  TOCCATA_TRY(const auto notes, stage_all(piece, targets, arguments, files));
  const std::string told = fmt::format("seed {}: {}, bars {} to {} -> {}\n", seed, input,
                                       bars.first, bars.last, names_of(targets));
  return files.commit([&] { return say(told + lines_of(notes), targets); });
}

constexpr OptionSpec kOwnOptions[] = {
    {"--bars", "FROM-TO", Takes::OneValue,
     "the bars to write, from 1 to the last one of the piece: 5-8, or 5 alone (required)"},
    {"--parts", "NAMES", Takes::OneValue,
     "the tracks to write them in, by name, with commas (default: all that have notes)"},
    {"--seed", "N", Takes::OneValue, "0 to 2^64-1 (default: drawn anew, and printed)"},
    kOutputOption,
    kToOption,
    kJsonLayoutOption,
};

std::span<const OptionSpec> options() {
  static const auto kAll = joined_rows({kOwnOptions, kSoundOptions});
  return kAll;
}

}  // namespace

Verb fill_verb() {
  return {"fill",
          "Writes some bars of some parts anew, to fit what surrounds them. All else stays.",
          {"IN", "a MIDI file, MusicXML or score JSON; - is stdin", PositionalSpec::Count::One},
          options(),
          "toccata fill song.mid --bars 5-8 --parts Bass --seed 3 -o filled.mid",
          run};
}

}  // namespace toccata::cli
