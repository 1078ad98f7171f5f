// SPDX-License-Identifier: MIT
// What is wanted of a piece, as compose's options, file and sentence say it.
#pragma once

#include <string>
#include <vector>

#include "arguments.hpp"

#include <toccata/plan/brief.hpp>

namespace toccata::cli {

/// compose's options that say what is wanted: one row for each field of a Brief.
extern const std::span<const OptionSpec> kBriefOptions;

/// A brief and where its fields come from.
struct Wish {
  Brief brief;
  std::vector<Reason> reasons;
  std::vector<std::string> not_understood;
};

/// The wish of a call: --brief FILE, over it the sentence, over it the options.
/// Errors: a value that is not allowed, with those that are; two wishes that exclude each other.
Outcome<Wish> wish_of(const Arguments& arguments);

}  // namespace toccata::cli
