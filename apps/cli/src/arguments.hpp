// SPDX-License-Identifier: MIT
// What a verb accepts, declared as tables, and what it was called with.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "failure.hpp"

namespace toccata::cli {

enum class Takes : std::uint8_t { Nothing, OneValue, Repeated };

/// A row of a verb's options.
struct OptionSpec {
  const char* names;  ///< "-o,--output"
  const char* value;  ///< what the help shows for its value: "FILE"
  Takes takes;
  const char* about;  ///< with range and default
};

/// The rows of several tables as one, for a verb that shares some with others.
std::vector<OptionSpec> joined_rows(std::initializer_list<std::span<const OptionSpec>> tables);

/// What stands without a dash.
struct PositionalSpec {
  const char* name;  ///< "IN"; empty when the verb takes none
  const char* about;
  enum class Count : std::uint8_t { None, One, OneOrMore, AnyNumber } count;
};

/// The arguments of one call, as text.
class Arguments {
 public:
  bool has(std::string_view option) const { return values_.contains(option); }
  /// The one value of an option.
  std::optional<std::string> text(std::string_view option) const;
  /// All values of a repeated option.
  std::vector<std::string> texts(std::string_view option) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

  /// A number within a range. Errors: no finite number, or one outside.
  Outcome<std::optional<double>> real(std::string_view option, double lowest, double highest) const;
  Outcome<std::optional<std::int64_t>> whole(std::string_view option, std::int64_t lowest,
                                             std::int64_t highest) const;
  Outcome<std::optional<std::uint64_t>> seed() const;

  /// Used by the parser alone.
  void add(std::string_view option, std::vector<std::string> values);
  void add_positionals(std::vector<std::string> values) { positionals_ = std::move(values); }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> positionals_;
};

/// A verb: its table and what it does.
struct Verb {
  const char* name;
  const char* about;
  PositionalSpec positional;
  std::span<const OptionSpec> options;
  const char* example;
  Outcome<void> (*run)(const Arguments&);
};

struct Call {
  const Verb* verb;
  Arguments arguments;
};

/// The text of `VERB --help`.
std::string help_of(const Verb& verb);
/// The text of `--help`.
std::string help_of_all(std::span<const Verb> verbs);

/// Reads a command line. What is to be shown instead of run (help, version) comes as text.
struct Parsed {
  std::optional<Call> call;
  std::string show;
};
Outcome<Parsed> parse_command_line(std::span<const Verb> verbs, int count,
                                   const char* const* arguments);

}  // namespace toccata::cli
