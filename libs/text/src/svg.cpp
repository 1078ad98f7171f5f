// SPDX-License-Identifier: MIT
#include "svg_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <toccata/text/svg.hpp>

namespace toccata {
namespace {

using namespace detail;

constexpr std::string_view kInk = "#1f2430", kFaint = "#7a8190", kPaper = "#ffffff";

/// Colours that are told apart by most people, darkened for paper (after Okabe and Ito 2008).
constexpr std::array<std::string_view, 10> kColours = {"#0067a5", "#00805e", "#c24e00", "#505866",
                                                       "#a8588a", "#b07c00", "#5b3fa8", "#2b8cbe",
                                                       "#8c2d04", "#3f7f3a"};

/// Roles get their own colour, a second part of a role the next free one.
std::vector<std::string_view> colours_of(const Score& score) {
  std::vector<std::string_view> colours;
  std::array<int, kColours.size()> uses{};
  for (const Part& part : score.parts) {
    auto index = static_cast<std::size_t>(part.instrument.is_drums ? Role::Drums : part.role);
    if (uses[index] > 0 && !part.instrument.is_drums)
      index = static_cast<std::size_t>(std::ranges::min_element(uses) - uses.begin());
    ++uses[index];
    colours.push_back(kColours[index]);
  }
  return colours;
}

std::string name_of(const Part& part) {
  return part.name.empty() ? std::string(toccata::name_of(part.role)) : part.name;
}

double text_width(std::string_view text, double size) {
  return 0.62 * size * static_cast<double>(character_count(text));
}

class Painter {
 public:
  Painter(const ScoreDocument& document, const SvgOptions& options)
      : score_(document.score),
        performance_(document.performance ? &*document.performance : nullptr),
        colours_(colours_of(document.score)),
        layout_(lay_out(document.score, options)) {
    layout_.header = 66 + 20 * static_cast<double>(legend_rows());
  }

  std::string paint() {
    SvgCanvas canvas(layout_.width, layout_.height());
    canvas.rect({0, 0, layout_.width, layout_.height()}, " fill=\"" + std::string(kPaper) + "\"");
    paint_header(canvas);
    paint_legend(canvas);
    for (std::size_t row = 0; row < layout_.rows.size(); ++row) paint_row(canvas, row);
    paint_notes(canvas);
    paint_foot(canvas);
    return canvas.take();
  }

 private:
  const PictureRow& row_at(std::size_t row) const { return layout_.rows[row]; }

  // ---- the head of the picture

  std::string facts() const {
    std::string text;
    if (!score_.keys.empty()) {
      const KeyMark& mark = score_.keys.front();
      text =
          mark.maqam.empty() ? to_string(mark.key) : to_string(mark.key.tonic) + " " + mark.maqam;
      text += " \xC2\xB7 ";
    }
    const auto bpm = static_cast<int>(std::floor(score_.tempo.tempo_at(Tick(0)).bpm() + 0.5));
    return text + to_string(score_.meter.meter_at(Tick(0))) + " \xC2\xB7 " + std::to_string(bpm) +
           " quarters a minute \xC2\xB7 " + std::to_string(score_.bar_count()) + " bars";
  }
  void paint_header(SvgCanvas& canvas) const {
    const std::string title = score_.title.empty() ? "Untitled" : score_.title;
    canvas.text({layout_.left, 32}, title, {20, kInk, Anchor::Start, true}, 80);
    canvas.text({layout_.left, 52}, facts(), {12, kFaint});
  }

  /// Calls place(part, x, row) for each entry of the legend and gives the number of rows.
  template <class Place>
  int walk_legend(Place place) const {
    double x = layout_.left;
    int row = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(score_.parts.size(), 48); ++i) {
      const double width = 34 + text_width(name_of(score_.parts[i]).substr(0, 28), 12);
      if (x > layout_.left && x + width > layout_.width - layout_.right) {
        x = layout_.left;
        ++row;
      }
      place(i, x, row);
      x += width;
    }
    return row + 1;
  }
  int legend_rows() const {
    return walk_legend([](std::size_t, double, int) {});
  }
  void paint_legend(SvgCanvas& canvas) const {
    walk_legend([&](std::size_t part, double x, int row) {
      const double y = 66 + 20 * row;
      canvas.rect({x, y, 12, 10}, " rx=\"2\" fill=\"" + std::string(colours_[part]) + "\"");
      canvas.text({x + 18, y + 9}, name_of(score_.parts[part]), {12, kInk}, 28);
    });
  }

  // ---- a row's ground

  void paint_row(SvgCanvas& canvas, std::size_t row) const {
    paint_keys(canvas, row);
    paint_lanes(canvas, row);
    paint_bars(canvas, row);
    paint_sections(canvas, row);
    paint_chords(canvas, row);
  }

  double row_width(std::size_t row) const {
    return layout_.x_of(row_at(row).stop, row_at(row)) - layout_.left;
  }

  /// Shades the black keys' heights and names the octaves.
  void paint_keys(SvgCanvas& canvas, std::size_t row) const {
    static constexpr std::array kBlack = {1, 3, 6, 8, 10};
    canvas.rect({layout_.left, layout_.roll_top(row), row_width(row), layout_.roll_height()},
                " fill=\"#f8f9fb\"");
    canvas.begin_group("fill=\"#eef0f4\"");
    for (int number = layout_.lowest; number <= layout_.highest; ++number)
      if (std::ranges::find(kBlack, (number + 24) % 12) != kBlack.end())
        canvas.rect({layout_.left, layout_.y_of(number, row) - layout_.semitone / 2, row_width(row),
                     layout_.semitone});
    canvas.end_group();
    for (int number = layout_.lowest; number <= layout_.highest; ++number)
      if (number % 12 == 0)
        canvas.text({layout_.left - 8, layout_.y_of(number, row) + 3.5},
                    "C" + std::to_string(number / 12 - 1), {10, kFaint, Anchor::End});
  }
  void paint_lanes(SvgCanvas& canvas, std::size_t row) const {
    for (int drum : layout_.drums) {
      const double top = *layout_.lane_top(drum, row);
      canvas.rect({layout_.left, top + 0.5, row_width(row), layout_.lane - 1}, " fill=\"#f3f4f6\"");
      canvas.text({layout_.left - 8, top + layout_.lane - 2}, drum_name(drum),
                  {8.5, kFaint, Anchor::End}, 12);
    }
  }

  /// Bar and beat lines, and bar numbers; every second number where bars are narrow.
  void paint_bars(SvgCanvas& canvas, std::size_t row) const {
    const PictureRow& bars = row_at(row);
    const double top = layout_.roll_top(row), bottom = layout_.row_bottom(row);
    canvas.begin_group("stroke=\"#dfe3ea\"");
    for (Bar bar = bars.first; bar < bars.end; bar = bar + 1) paint_beats(canvas, bar, row);
    canvas.end_group();
    canvas.begin_group("stroke=\"#a9b0bd\"");
    for (Bar bar = bars.first; bar <= bars.end; bar = bar + 1) {
      const double x = layout_.x_of(score_.meter.onset_of(bar), bars);
      const bool last = bar == bars.end && row + 1 == layout_.rows.size();
      canvas.line({x, top - 4}, {x, bottom}, last ? " stroke-width=\"3\"" : "");
    }
    canvas.end_group();
    for (Bar bar = bars.first; bar < bars.end; bar = bar + 1)
      canvas.text({layout_.x_of(score_.meter.onset_of(bar), bars) + 3, top - 4},
                  std::to_string(bar.printed()), {9.5, kFaint});
  }
  void paint_beats(SvgCanvas& canvas, Bar bar, std::size_t row) const {
    const Tick onset = score_.meter.onset_of(bar), end = score_.meter.end_of(bar);
    const auto beats = score_.meter.meter_at(onset).beat_onsets(score_.ppq());
    const double width = layout_.px_per_tick * static_cast<double>((end - onset).ticks());
    if (width / static_cast<double>(beats.size()) < 6) return;
    for (std::size_t beat = 1; beat < beats.size(); ++beat) {
      if (onset + beats[beat] >= end) break;
      const double x = layout_.x_of(onset + beats[beat], row_at(row));
      canvas.line({x, layout_.roll_top(row)}, {x, layout_.row_bottom(row)});
    }
  }

  template <class Marks, class Visit>
  void for_marks_in(const Marks& marks, std::size_t row, Visit visit) const {
    const PictureRow& bars = row_at(row);
    for (const auto& mark : marks)
      if (mark.at >= bars.onset && mark.at < bars.stop) visit(mark);
  }
  void paint_sections(SvgCanvas& canvas, std::size_t row) const {
    for_marks_in(score_.sections, row, [&](const Section& section) {
      if (section.label.empty()) return;
      const double x = layout_.x_of(section.at, row_at(row)), y = layout_.row_top(row);
      const double width = text_width(section.label.substr(0, 24), 11) + 12;
      canvas.rect({x, y, width, 16}, " rx=\"3\" fill=\"#2f3a4f\"");
      canvas.text({x + 6, y + 12}, section.label, {11, kPaper, Anchor::Start, true}, 24);
    });
  }
  /// Symbols from left to right; one that would touch the one before it is left out.
  void paint_chords(SvgCanvas& canvas, std::size_t row) const {
    double free_from = 0;
    for_marks_in(score_.chords, row, [&](const ChordMark& mark) {
      const double x = layout_.x_of(mark.at, row_at(row)) + 3;
      if (x < free_from) return;
      const std::string symbol = to_string(mark.chord);
      const double y = layout_.row_top(row) + (layout_.has_sections ? 19 : 0) + 13;
      canvas.text({x, y}, symbol, {12, kInk, Anchor::Start, true}, 16);
      free_from = x + text_width(symbol, 12) + 2;
    });
  }

  // ---- notes

  std::string opacity_of(const Note& note) const {
    if (performance_ == nullptr) return {};
    const PlayedNote* played = find_played(*performance_, note.id);
    const int velocity = (played != nullptr ? played->velocity : kPlainVelocity).number();
    return " opacity=\"" + svg_number(0.3 + 0.7 * velocity / 127) + "\"";
  }
  std::size_t row_of(Tick at) const {
    const auto after = std::ranges::upper_bound(layout_.rows, at, {}, &PictureRow::onset);
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - layout_.rows.begin(), 1) - 1);
  }
  /// The parts from the ground up: drums and accompaniment below, the melody on top.
  std::vector<std::size_t> painting_order() const {
    static constexpr std::array kHeight = {6, 2, 3, 0, 1, 5, 4};  // by Role
    std::vector<std::size_t> order(score_.parts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
      return kHeight[static_cast<std::size_t>(score_.parts[i].role)];
    });
    return order;
  }
  void paint_notes(SvgCanvas& canvas) {
    for (std::size_t part : painting_order()) {
      if (score_.parts[part].notes.empty()) continue;
      canvas.begin_group("fill=\"" + std::string(colours_[part]) + "\" stroke=\"" +
                         std::string(kPaper) + "\" stroke-width=\".5\"");
      for (const Note& note : score_.parts[part].notes) {
        if (note.onset >= layout_.rows.back().stop || painted_ >= kMostPictureNotes) {
          ++notes_left_out_;
          continue;
        }
        if (score_.parts[part].instrument.is_drums) paint_drum(canvas, note);
        else paint_note(canvas, note, colours_[part]);
      }
      canvas.end_group();
    }
  }
  void paint_drum(SvgCanvas& canvas, const Note& note) {
    const std::size_t row = row_of(note.onset);
    const double x = layout_.x_of(note.onset, row_at(row));
    const double top = *layout_.lane_top(note.pitch.number(), row);
    canvas.rect({x, top + 1, 5, layout_.lane - 2}, " rx=\"1.5\"" + opacity_of(note));
    ++painted_;
  }
  /// One box in each row that the note sounds in.
  void paint_note(SvgCanvas& canvas, const Note& note, std::string_view colour) {
    const double number = note.pitch.number() + note.detune.value() / 100;
    const std::size_t first = row_of(note.onset);
    for (std::size_t row = first; row < layout_.rows.size(); ++row) {
      const PictureRow& bars = row_at(row);
      if (note.end() <= bars.onset || painted_ >= kMostPictureNotes) break;
      const double x = layout_.x_of(note.onset, bars);
      const double width = std::max(layout_.x_of(note.end(), bars) - x, 1.5);
      const double y = layout_.y_of(number, row) - layout_.semitone / 2;
      canvas.rect({x, y, width, layout_.semitone}, " rx=\"1.5\"" + opacity_of(note));
      ++painted_;
    }
    if (note.glide) paint_glide(canvas, note, first, colour);
  }
  /// A line from where the note comes from to where it arrives.
  void paint_glide(SvgCanvas& canvas, const Note& note, std::size_t row, std::string_view colour) {
    const double number = note.pitch.number() + note.detune.value() / 100;
    const double from = std::clamp(number + note.glide->from.value() / 100,
                                   static_cast<double>(layout_.lowest) - 0.5,
                                   static_cast<double>(layout_.highest) + 0.5);
    canvas.line(
        {layout_.x_of(note.onset, row_at(row)), layout_.y_of(from, row)},
        {layout_.x_of(note.onset + note.glide->over, row_at(row)), layout_.y_of(number, row)},
        " stroke=\"" + std::string(colour) + "\" stroke-width=\"2\"");
  }
  void paint_foot(SvgCanvas& canvas) const {
    if (layout_.bars_left_out == 0 && notes_left_out_ == 0) return;
    canvas.text({layout_.left, layout_.height() - 10},
                "not shown: " + std::to_string(layout_.bars_left_out) + " more bars, " +
                    std::to_string(notes_left_out_) + " more notes",
                {12, kFaint});
  }

  const Score& score_;
  const Performance* performance_;
  std::vector<std::string_view> colours_;
  Layout layout_;
  int painted_ = 0;
  std::int64_t notes_left_out_ = 0;
};

}  // namespace

std::string write_svg(const ScoreDocument& document, const SvgOptions& options) {
  return Painter(document, options).paint();
}

}  // namespace toccata
