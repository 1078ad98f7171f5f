// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/analysis/pitch_classes.hpp>

namespace toccata {
namespace {

std::size_t class_index(int pitch_number) { return static_cast<std::size_t>(pitch_number % 12); }

/// A note beginning (+1) or ending (-1).
struct Edge {
  Tick at;
  int pitch;
  int step;
};

std::vector<Edge> edges_of(const Score& score) {
  std::vector<Edge> edges;
  for (const Part& part : score.parts) {
    if (part.instrument.is_drums) continue;
    for (const Note& note : part.notes) {
      edges.push_back({note.onset, note.pitch.number(), 1});
      edges.push_back({note.end(), note.pitch.number(), -1});
    }
  }
  std::ranges::stable_sort(edges, {}, &Edge::at);
  return edges;
}

/// Which pitches sound at a moment of the sweep over all edges.
class Sounding {
 public:
  void apply(const Edge& edge) {
    by_pitch_[static_cast<std::size_t>(edge.pitch)] += edge.step;
    by_class_[class_index(edge.pitch)] += edge.step;
  }
  void add_to(Sonority& sonority, Duration length) const {
    const auto ticks = static_cast<double>(length.ticks());
    for (std::size_t i = 0; i < 12; ++i) sonority.sounding[i] += ticks * by_class_[i];
    const auto lowest = std::ranges::find_if(by_pitch_, [](int count) { return count > 0; });
    if (lowest != by_pitch_.end())
      sonority.lowest[class_index(static_cast<int>(lowest - by_pitch_.begin()))] += ticks;
  }

 private:
  std::array<int, 128> by_pitch_{};
  std::array<int, 12> by_class_{};
};

}  // namespace

bool Sonority::is_silent() const {
  return std::ranges::all_of(sounding, [](double weight) { return weight <= 0; });
}

PitchClassWeights pitch_class_weights(std::span<const Note> notes) {
  PitchClassWeights weights{};
  for (const Note& note : notes)
    weights[class_index(note.pitch.number())] += static_cast<double>(note.duration.ticks());
  return weights;
}

PitchClassWeights pitch_class_weights(const Score& score, BarRange bars) {
  const Span span = span_of(clipped(bars, score.meter), score.meter);
  return sonorities_of(score, std::span(&span, 1)).front().sounding;
}

std::vector<Sonority> sonorities_of(const Score& score, std::span<const Span> slices) {
  const std::vector<Edge> edges = edges_of(score);
  std::vector<Sonority> sonorities(slices.size());
  Sounding now;
  std::size_t next = 0;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const Span& slice = slices[i];
    for (; next < edges.size() && edges[next].at < slice.onset; ++next) now.apply(edges[next]);
    Tick at = slice.onset;
    for (; next < edges.size() && edges[next].at < slice.end; ++next) {
      const Edge& edge = edges[next];
      if (edge.at > at) now.add_to(sonorities[i], edge.at - at);
      at = edge.at;
      now.apply(edge);
      if (edge.step > 0) sonorities[i].begun[class_index(edge.pitch)] += 1;
    }
    if (slice.end > at) now.add_to(sonorities[i], slice.end - at);
  }
  return sonorities;
}

}  // namespace toccata
