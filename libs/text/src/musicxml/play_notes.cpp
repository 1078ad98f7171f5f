// SPDX-License-Identifier: MIT
#include <algorithm>

#include "musicxml/players.hpp"

namespace toccata::musicxml::detail {
namespace {

/// One written note in one pass, on the grid.
struct Played {
  const WrittenNote* written;
  int pass;
  Tick onset, end;
  Tick tie_end;          ///< where what it is tied to begins: of a grace note, the note it leads to
  std::size_t next = 0;  ///< which is tied to this one; 0: none
  bool is_joined = false;  ///< to one before it
};

/// A grace note takes the place before its main note: a thirty-second, or less where the score
/// begins; where there is nothing before it, it begins with the score.
void place_grace(Played& note, Ppq ppq) {
  const std::int64_t count = note.written->grace_count;
  const std::int64_t main = note.onset.ticks();
  std::int64_t each = std::max<std::int64_t>(1, ppq.ticks() / 8);
  std::int64_t first = main - each * count;
  if (first < 0) {
    first = 0;
    if (main >= count) each = main / count;
  }
  note.tie_end = note.onset;
  note.onset = Tick(first + each * note.written->grace_place);
  note.end = note.onset + Duration(each);
}

std::vector<Played> laid_out(const WrittenPart& part, const Grid& grid) {
  std::vector<Played> notes;
  for (const PlayedBar& bar : grid.bars)
    for (const WrittenNote& written : part.measures[static_cast<std::size_t>(bar.measure)].notes) {
      Played note{&written, bar.pass, grid.tick(bar, written.at), {}, {}};
      note.end = std::max(grid.tick(bar, written.at + written.length), note.onset + Duration(1));
      note.tie_end = note.end;
      if (written.is_grace) place_grace(note, grid.ppq);
      notes.push_back(note);
    }
  std::ranges::stable_sort(notes, {}, &Played::onset);
  return notes;
}

/// Joins each note that is tied from before to the note of its pitch that ends there.
class TieJoiner {
 public:
  explicit TieJoiner(std::vector<Played>& notes) : notes_(notes) {}
  void join() {
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      if (notes_[i].written->is_tied_from) find_begin(i);
      if (!notes_[i].written->is_tied_on) continue;
      auto& waiting = open_[key_of(i)];
      // More never sound at once in music, and each is looked at again for each end.
      constexpr std::size_t kMostWaiting = 64;
      if (waiting.size() == kMostWaiting) waiting.erase(waiting.begin());
      waiting.push_back(i);
    }
  }

 private:
  int key_of(std::size_t i) const { return notes_[i].written->pitch.number(); }

  void find_begin(std::size_t stop) {
    auto& waiting = open_[key_of(stop)];
    std::erase_if(waiting, [&](std::size_t i) { return notes_[i].tie_end < notes_[stop].onset; });
    auto best = waiting.end();
    for (auto place = waiting.begin(); place != waiting.end(); ++place) {
      const Played& begin = notes_[*place];
      if (begin.tie_end != notes_[stop].onset ||
          begin.written->detune != notes_[stop].written->detune)
        continue;
      // Of several the one in the same voice.
      if (best == waiting.end() || begin.written->voice == notes_[stop].written->voice)
        best = place;
    }
    if (best == waiting.end()) return;
    notes_[*best].next = stop;
    notes_[stop].is_joined = true;
    waiting.erase(best);
  }

  std::vector<Played>& notes_;
  std::map<int, std::vector<std::size_t>> open_;  ///< notes tied on, by pitch
};

/// Marks of the parts of a tied note: an end counts at its last note, all others at the first.
Marks joined(Marks marks, Marks later) {
  for (Mark mark : {Mark::SlurEnd, Mark::SlurBegin, Mark::Fermata, Mark::Breath})
    if (later.has(mark)) marks.add(mark);
  return marks;
}

}  // namespace

std::vector<Note> play_notes(const WrittenPart& part, const Grid& grid, NoteId& last,
                             std::vector<SourceNote>& sources) {
  std::vector<Played> played = laid_out(part, grid);
  TieJoiner(played).join();
  std::vector<Note> notes;
  std::vector<std::size_t> heads;  // of each note, among the played
  for (std::size_t i = 0; i < played.size(); ++i) {
    if (played[i].is_joined) continue;
    const WrittenNote& written = *played[i].written;
    Note note;
    // For now the place among the heads, by which notes of one onset and pitch keep their order.
    note.id = NoteId(static_cast<std::uint32_t>(heads.size()));
    note.onset = played[i].onset;
    note.pitch = written.pitch;
    note.detune = written.detune;
    note.spelling = written.spelling;
    note.marks = written.marks;
    note.voice = written.voice;
    note.staff = written.staff;
    Tick end = played[i].end;
    for (std::size_t k = played[i].next; k != 0; k = played[k].next) {
      end = std::max(end, played[k].end);
      note.marks = joined(note.marks, played[k].written->marks);
    }
    note.duration = end - note.onset;
    notes.push_back(note);
    heads.push_back(i);
  }
  sort_notes(notes);
  for (Note& note : notes) {
    const std::size_t head = heads[note.id.number()];
    note.id = last = NoteId(last.number() + 1);
    std::size_t k = head;
    do {
      const WrittenNote& written = *played[k].written;
      sources.push_back({note.id, std::string(written.xml_id), played[k].pass, written.index});
      k = played[k].next;
    } while (k != 0);
  }
  return notes;
}

}  // namespace toccata::musicxml::detail
