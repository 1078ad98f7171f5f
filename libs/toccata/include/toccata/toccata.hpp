// SPDX-License-Identifier: MIT
// All that a program needs to make music with Toccata; it may be included alone.
#pragma once

#include <toccata/analysis/chords.hpp>
#include <toccata/analysis/key.hpp>
#include <toccata/base/file.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/compose/verbs.hpp>
#include <toccata/midi/export.hpp>
#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/update.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/perform/performer.hpp>
#include <toccata/plan/plan.hpp>
#include <toccata/prompt/understand.hpp>
#include <toccata/sound/loader.hpp>
#include <toccata/text/interchange.hpp>
#include <toccata/text/svg.hpp>
#include <toccata/version.hpp>
