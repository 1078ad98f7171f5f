// SPDX-License-Identifier: MIT
// Real files with some of their notes hidden, and whether an edit left everything else alone.
#pragma once

#include <optional>
#include <span>

#include <toccata/analysis/bars.hpp>
#include <toccata/midi/import.hpp>

namespace toccata::cli {

/// The file without these notes; every other event stays.
midi::File without_notes(const midi::File& file, const midi::Import& content,
                         std::span<const Note> notes);
/// The file up to a tick: notes that sound over it end there.
midi::File hidden_from(const midi::File& file, Tick end);

/// True when `after` has all events of `before`, tick by tick and in order, and beside them only
/// messages and a text of provenance within the span, and at its end what ends those notes; and
/// when every note outside sounds as it did. With a place messages are added only in its track, on
/// its channel or on one that the file did not use.
bool is_same_outside(const midi::File& before, const midi::File& after, Span span,
                     std::optional<FilePlace> place);

}  // namespace toccata::cli
