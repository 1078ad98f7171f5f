// SPDX-License-Identifier: MIT
// Bars and lines as one SVG picture of several panels.
#pragma once

#include <string>
#include <vector>

namespace toccata::cli {

/// Horizontal bars: a group for each label, a bar in it for each series.
struct BarPanel {
  struct Series {
    std::string name;
    std::vector<double> values;  ///< one for each label
  };
  std::string title;
  std::vector<std::string> labels;
  std::vector<Series> series;
  int decimals = 2;  ///< of the value printed at each bar
};

/// Lines over a horizontal axis on which equal factors are equally far apart.
struct LinePanel {
  struct Series {
    std::string name;
    std::vector<double> values;  ///< one for each place
  };
  std::string title;
  std::string axis;            ///< what the places are
  std::vector<double> places;  ///< rising, over 0; at least two
  std::vector<Series> series;
};

/// Panels in two columns, in the order in which they were added.
class Figure {
 public:
  explicit Figure(std::string title) : title_(std::move(title)) {}
  void add(const BarPanel& panel);
  void add(const LinePanel& panel);
  std::string svg() const;

 private:
  struct Drawn {
    double height;
    std::string content;
  };
  std::string title_;
  std::vector<Drawn> panels_;
};

}  // namespace toccata::cli
