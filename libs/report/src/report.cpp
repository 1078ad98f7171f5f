// SPDX-License-Identifier: MIT
#include "page.hpp"
#include "png_canvas.hpp"
#include "svg_canvas.hpp"

#include <toccata/report/report.hpp>

namespace toccata::report {

Bytes make_report(const Subject& subject, const std::filesystem::path& path) {
  if (path.extension() == ".json") {
    Bytes bytes;
    append_text(bytes, to_text(to_json(subject.figures)));
    return bytes;
  }
  if (path.extension() == ".svg") {
    SvgCanvas canvas(kPageWidth, kPageHeight);
    draw_page(subject, canvas);
    return canvas.finish();
  }
  PngCanvas canvas(kPageWidth, kPageHeight);
  draw_page(subject, canvas);
  return canvas.finish();
}

}  // namespace toccata::report
