// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/score/region.hpp>

namespace toccata {
namespace {

using Fault = SpliceError::Fault;

bool is_pinned(const Region& region, NoteId id) {
  return std::ranges::find(region.pinned, id) != region.pinned.end();
}

/// Where the run of cells of this part that holds a bar ends.
Bar end_of_run(const Region& region, PartId part, Bar bar) {
  for (bool further = true; further;) {
    further = false;
    for (const Cell& cell : region.cells) {
      if (cell.part != part || bar < cell.first || bar >= cell.end) continue;
      bar = cell.end;
      further = true;
    }
  }
  return bar;
}

/// Says of the notes of one part's draft whether they keep to the region.
class Checker {
 public:
  Checker(const Score& score, const Region& region, PartId part)
      : score_(score), region_(region), part_(part) {}

  std::optional<SpliceError> operator()(const Note& note) {
    if (note.duration <= Duration(0)) return SpliceError{Fault::EmptyNote, part_, note.onset};
    if (note.onset < begin_ || note.onset >= end_) find_run(note.onset);
    if (note.onset < Tick(0) || begin_ == end_)
      return SpliceError{Fault::OutsideRegion, part_, note.onset};
    if (note.end() > end_ && end_ < score_.end)
      return SpliceError{Fault::Overhangs, part_, note.onset};
    return std::nullopt;
  }

 private:
  void find_run(Tick at) {
    const Bar bar = score_.meter.bar_at(at);
    begin_ = score_.meter.onset_of(bar);
    end_ = score_.meter.onset_of(end_of_run(region_, part_, bar));
  }
  const Score& score_;
  const Region& region_;
  PartId part_;
  Tick begin_, end_;  ///< bars of the region that the note before was found in; empty for none
};

void replace_chords(Score& score, const Region& region, const Draft& draft) {
  if (draft.chords.empty()) return;
  const auto inside = [&](Tick at) {
    const Bar bar = score.meter.bar_at(at);
    return std::ranges::any_of(
        region.cells, [&](const Cell& cell) { return cell.first <= bar && bar < cell.end; });
  };
  std::erase_if(score.chords, [&](const ChordMark& mark) { return inside(mark.at); });
  for (const ChordMark& mark : draft.chords)
    if (inside(mark.at)) score.chords.push_back(mark);
  std::ranges::stable_sort(score.chords, {}, &ChordMark::at);
}

}  // namespace

bool Region::contains(PartId part, Bar bar) const {
  return std::ranges::any_of(cells, [&](const Cell& cell) {
    return cell.part == part && cell.first <= bar && bar < cell.end;
  });
}

std::string describe(const SpliceError& error) {
  const std::string where = "part " + std::to_string(error.part.number()) + ", tick " +
                            std::to_string(error.at.ticks()) + ": ";
  switch (error.fault) {
    case Fault::UnknownPart: return where + "the score has no such part";
    case Fault::OutsideRegion: return where + "a note begins outside the region";
    case Fault::Overhangs: return where + "a note rings past the end of the region";
    case Fault::EmptyNote: return where + "a note lasts no time";
  }
  return where;
}

Result<Score, SpliceError> splice(const Score& score, const Region& region, const Draft& draft) {
  Score spliced = score;
  for (const Cell& cell : region.cells)
    if (find_part(score, cell.part) == nullptr)
      return Unexpected{SpliceError{Fault::UnknownPart, cell.part, Tick()}};
  for (Part& part : spliced.parts)
    std::erase_if(part.notes, [&](const Note& note) {
      return region.contains(part.id, score.meter.bar_at(note.onset)) &&
             !is_pinned(region, note.id);
    });
  std::uint32_t next_id = last_note_id(score).number() + 1;
  for (const PartDraft& part_draft : draft.parts) {
    Part* part = find_part(spliced, part_draft.part);
    if (part == nullptr)
      return Unexpected{SpliceError{Fault::UnknownPart, part_draft.part, Tick()}};
    Checker check(score, region, part->id);
    for (const Note& note : part_draft.notes) {
      if (auto fault = check(note)) return Unexpected{*fault};
      part->notes.push_back(note);
      part->notes.back().id = NoteId(next_id++);
    }
  }
  for (Part& part : spliced.parts) sort_notes(part.notes);
  replace_chords(spliced, region, draft);
  return spliced;
}

Result<Score, RangeError> make_room(const Score& score, const Room& room) {
  constexpr int kMostBars = 100'000, kMostParts = 65'000;
  if (room.bars < 0 || room.bars > kMostBars)
    return Unexpected{RangeError{room.bars, 0, kMostBars}};
  const auto parts = score.parts.size() + room.parts.size();
  if (parts > kMostParts)
    return Unexpected{RangeError{static_cast<std::int64_t>(parts), 0, kMostParts}};
  Score wider = score;
  const Bar last = score.meter.bar_at(score.end > Tick(0) ? score.end - Duration(1) : Tick(0));
  const Bar after = score.end > Tick(0) ? last + 1 : score.meter.first_bar();
  wider.end = score.meter.onset_of(after + room.bars);
  std::uint16_t next = 0;
  for (const Part& part : score.parts) next = std::max(next, part.id.number());
  for (const auto& part : room.parts)
    wider.parts.push_back({PartId(++next), part.name, part.role, part.instrument, {}, {}});
  return wider;
}

}  // namespace toccata
