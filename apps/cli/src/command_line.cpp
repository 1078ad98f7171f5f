// SPDX-License-Identifier: MIT
// The one place that knows the parsing library: tables in, arguments or one line of error out.
#include <algorithm>
#include <deque>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <toccata/version.hpp>

#include "arguments.hpp"

namespace toccata::cli {
namespace {

/// The last of "-o,--output": how the program asks for it.
std::string long_name(const OptionSpec& option) {
  const std::string_view names = option.names;
  const auto comma = names.rfind(',');
  return std::string(comma == std::string_view::npos ? names : names.substr(comma + 1));
}

/// Text in lines of at most 100 columns, further lines indented.
std::string wrapped(std::string_view text, std::size_t indent) {
  constexpr std::size_t kColumns = 100;
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const auto space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    if (column > indent && column + 1 + word.size() > kColumns) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text = space == std::string_view::npos ? "" : text.substr(space + 1);
  }
  return out;
}

std::string help_row(std::string_view left, std::string_view about) {
  constexpr std::size_t kLeft = 30;
  std::string row = fmt::format("  {:<{}}", left, kLeft - 2);
  if (row.size() > kLeft) row += "\n" + std::string(kLeft, ' ');
  return row + wrapped(about, kLeft) + "\n";
}

/// A verb's options in the parser's terms; the values land in `slots`.
struct Slot {
  const OptionSpec* spec;
  CLI::Option* option;
  std::vector<std::string> values;
};
struct VerbParser {
  const Verb* verb;
  CLI::App* app;
  CLI::Option* help;
  std::deque<Slot> slots;
  std::vector<std::string> positionals;
};

void declare(VerbParser& parser) {
  CLI::App& app = *parser.app;
  app.set_help_flag();
  parser.help = app.add_flag("-h,--help");
  for (const OptionSpec& spec : parser.verb->options) {
    Slot& slot = parser.slots.emplace_back(Slot{&spec, nullptr, {}});
    if (spec.takes == Takes::Nothing) {
      slot.option = app.add_flag(spec.names);
    } else {
      slot.option = app.add_option(spec.names, slot.values)
                        ->expected(1)
                        ->allow_extra_args(false)
                        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }
  if (parser.verb->positional.count != PositionalSpec::Count::None)
    app.add_option(parser.verb->positional.name, parser.positionals)->expected(0, 1 << 20);
}

Outcome<void> check_positionals(const VerbParser& parser) {
  using Count = PositionalSpec::Count;
  const PositionalSpec& spec = parser.verb->positional;
  const auto found = parser.positionals.size();
  if (found == 0 && (spec.count == Count::One || spec.count == Count::OneOrMore))
    return wrong_call(
        fmt::format("{}: {} is missing ({})", parser.verb->name, spec.name, spec.about));
  if (found > 1 && spec.count == Count::One)
    return wrong_call(fmt::format("{}: one {} is taken, {} were given: \"{}\" is too many",
                                  parser.verb->name, spec.name, found, parser.positionals[1]));
  return {};
}

Outcome<Arguments> arguments_of(VerbParser& parser) {
  Arguments arguments;
  for (Slot& slot : parser.slots) {
    if (slot.option->count() == 0) continue;
    if (slot.option->count() > 1 && slot.spec->takes == Takes::OneValue)
      return wrong_call(fmt::format("{}: {} is given twice (\"{}\" and \"{}\"), allowed is once",
                                    parser.verb->name, long_name(*slot.spec), slot.values[0],
                                    slot.values[1]));
    arguments.add(long_name(*slot.spec), std::move(slot.values));
  }
  TOCCATA_CHECK(check_positionals(parser));
  arguments.add_positionals(std::move(parser.positionals));
  return arguments;
}

/// What the library says of an option without its value, in our words; else as it says it.
std::string words_of(const CLI::ParseError& error, const VerbParser& parser) {
  const std::string_view what = error.what();
  for (const Slot& slot : parser.slots) {
    const std::string name = long_name(*slot.spec);
    if (slot.spec->takes != Takes::Nothing && what.starts_with(name + ":") &&
        what.find("required") != std::string_view::npos)
      return fmt::format("{} {}: the value is missing", slot.spec->names, slot.spec->value);
  }
  return std::string(what);
}

std::string names_of(std::span<const Verb> verbs) {
  std::string names;
  for (const Verb& verb : verbs) names += (names.empty() ? "" : ", ") + std::string(verb.name);
  return names;
}

Outcome<const Verb*> verb_named(std::span<const Verb> verbs, std::string_view name) {
  const auto verb = std::ranges::find(verbs, name, &Verb::name);
  if (verb != verbs.end()) return &*verb;
  return wrong_call(fmt::format("unknown verb \"{}\": allowed are {}", name, names_of(verbs)));
}

}  // namespace

std::string help_of(const Verb& verb) {
  const PositionalSpec& positional = verb.positional;
  using Count = PositionalSpec::Count;
  std::string usage = fmt::format("toccata {}", verb.name);
  if (positional.count == Count::One) usage += fmt::format(" {}", positional.name);
  if (positional.count == Count::OneOrMore) usage += fmt::format(" {}...", positional.name);
  if (positional.count == Count::AnyNumber) usage += fmt::format(" [{}]", positional.name);
  std::string help = fmt::format("{}\n\nUsage: {} [OPTIONS]\n\n", verb.about, usage);
  if (positional.count != Count::None) help += help_row(positional.name, positional.about);
  for (const OptionSpec& option : verb.options) {
    std::string left = option.names;
    std::ranges::replace(left, ',', ' ');
    if (option.takes != Takes::Nothing) left += fmt::format(" {}", option.value);
    help += help_row(left, option.about);
  }
  help += help_row("-h --help", "shows this");
  return help + fmt::format("\nExample: {}\n", verb.example);
}

std::string help_of_all(std::span<const Verb> verbs) {
  std::string help =
      "Toccata composes, performs, continues and renders music on this machine.\n\n"
      "Usage: toccata VERB [OPTIONS]\n\n";
  for (const Verb& verb : verbs) help += help_row(verb.name, verb.about);
  help += help_row("--version", "prints the version");
  return help + "\n`toccata VERB --help` shows a verb's options.\n";
}

Outcome<Parsed> parse_command_line(std::span<const Verb> verbs, int count,
                                   const char* const* arguments) {
  if (count < 2)
    return wrong_call("no verb: one of " + names_of(verbs) + " is needed (see toccata --help)");
  const std::string_view first = arguments[1];
  if (first == "--version") return Parsed{{}, std::string(version()) + "\n"};
  if (first == "help" && count == 3) {
    TOCCATA_TRY(const Verb* asked, verb_named(verbs, arguments[2]));
    return Parsed{{}, help_of(*asked)};
  }
  if (first == "help" && count > 3)
    return wrong_call(fmt::format("help: one verb is taken, \"{}\" is too many", arguments[3]));
  if (first == "--help" || first == "-h" || first == "help") return Parsed{{}, help_of_all(verbs)};
  TOCCATA_TRY(const Verb* verb, verb_named(verbs, first));
  CLI::App app;
  VerbParser parser{verb, &app, nullptr, {}, {}};
  declare(parser);
  try {
    // The library takes words from the end.
    std::vector<std::string> words(arguments + 2, arguments + count);
    std::ranges::reverse(words);
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    if (parser.help->count() == 0)
      return wrong_call(fmt::format("{}: {} (see toccata {} --help)", verb->name,
                                    words_of(error, parser), verb->name));
  }
  if (parser.help->count() > 0) return Parsed{{}, help_of(*verb)};
  TOCCATA_TRY(Arguments parsed, arguments_of(parser));
  return Parsed{Call{verb, std::move(parsed)}, ""};
}

}  // namespace toccata::cli
