// SPDX-License-Identifier: MIT
#include "listen_page.hpp"

#include <string_view>

#include <fmt/format.h>
#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/base/json.hpp>

namespace toccata::embedded {
std::span<const File> pages();
}

namespace toccata::cli {
namespace {

/// Text as it may stand in HTML and its attributes.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

/// Source: RFC 4648, section 4.
std::string base64(std::string_view text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < text.size() ? static_cast<std::uint8_t>(text[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k <= text.size() ? kLetters[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

std::string in_both(std::string_view english, std::string_view french) {
  return fmt::format("<span lang=\"en\">{}</span><span lang=\"fr\">{}</span>", english, french);
}

std::string radio(const std::string& group, const std::string& value, const std::string& text) {
  return fmt::format("<label><input type=\"radio\" name=\"{}\" value=\"{}\"> {}</label>\n", group,
                     value, text);
}

std::string version_html(std::size_t number, const std::string& label,
                         const ListenVersion& version) {
  const std::string id = fmt::format("{}-{}", number, label);
  std::string html = fmt::format("<fieldset>\n<legend id=\"version-{}\">{}</legend>\n", id, label);
  html += fmt::format(
      "<audio controls preload=\"metadata\" src=\"{}\" aria-labelledby=\"piece-{} version-{}\">"
      "</audio>\n",
      escaped(version.sound), number, id);
  constexpr int kBest = 5;
  html += "<div>" + in_both("badly played", "mal joué") + "\n";
  for (int rating = 1; rating <= kBest; ++rating)
    html += radio("rating-" + id, std::to_string(rating), std::to_string(rating));
  return html + in_both("well played", "bien joué") + "</div>\n</fieldset>\n";
}

std::string piece_html(std::size_t number, const ListenPiece& piece) {
  std::string labels, versions, choices;
  for (std::size_t place = 0; place < piece.versions.size(); ++place) {
    const std::string label = label_of(place);
    labels += (labels.empty() ? "" : " ") + label;
    versions += version_html(number, label, piece.versions[place]);
    choices += radio(fmt::format("preferred-{}", number), label, label);
  }
  return fmt::format(
      "<section class=\"piece\" data-title=\"{0}\" data-versions=\"{1}\" "
      "aria-labelledby=\"piece-{2}\">\n<h2 id=\"piece-{2}\">{3} {2}: {0}</h2>\n{4}"
      "<fieldset>\n<legend>{5}</legend>\n{6}</fieldset>\n</section>\n",
      escaped(piece.title), labels, number, in_both("Piece", "Pièce"), versions,
      in_both("Which do you prefer?", "Laquelle préférez-vous ?"), choices);
}

/// The template with the text in the place of a word that stands there once.
void put(std::string& html, std::string_view word, std::string_view text) {
  const auto at = html.find(word);
  TOCCATA_ASSERT(at != std::string::npos);  // it was compiled in
  html.replace(at, word.size(), text);
}

}  // namespace

std::string label_of(std::size_t place) { return {static_cast<char>('A' + place)}; }

std::vector<std::size_t> drawn_order(std::size_t count, Rng& rng) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = rng.below(i + 1);
    order[i] = order[at];
    order[at] = i;
  }
  return order;
}

std::string key_of(const ListenPage& page) {
  Json pieces = Json::Array{};
  for (const ListenPiece& piece : page.pieces) {
    Json performers = Json::Array{};
    for (const ListenVersion& version : piece.versions) performers.push(version.performer);
    pieces.push(std::move(performers));
  }
  Json key;
  key.add("seed", std::to_string(page.seed));  // numbers of scripts hold no 64 bits
  key.add("pieces", std::move(pieces));
  return base64(to_text(key, JsonLayout::Compact));
}

std::string to_html(const ListenPage& page) {
  std::string html(embedded::pages().front().text);
  std::string pieces;
  for (std::size_t i = 0; i < page.pieces.size(); ++i) pieces += piece_html(i + 1, page.pieces[i]);
  put(html, "@PIECES@", pieces);
  put(html, "@KEY@", key_of(page));
  return html;
}

}  // namespace toccata::cli
