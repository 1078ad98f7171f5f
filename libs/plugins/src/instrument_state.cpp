// SPDX-License-Identifier: MIT
#include <toccata/plugins/instrument_state.hpp>

namespace toccata::plugins {
namespace {

// As DPF, the framework of the instrument, lays a state out: names and values in turn, each ended
// by a 0, between marks; then FE and one more 0.
constexpr std::string_view kTextsBegin = "__dpf_state_begin__", kTextsEnd = "__dpf_state_end__",
                           kParametersBegin = "__dpf_parameters_begin__",
                           kParametersEnd = "__dpf_parameters_end__";
constexpr std::uint8_t kEnd = 0xFE;

/// Texts ended by a 0.
class Texts {
 public:
  explicit Texts(ByteView bytes) : left_(as_text(bytes)) {}

  std::optional<std::string_view> next() {
    const std::size_t end = left_.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view text = left_.substr(0, end);
    left_.remove_prefix(end + 1);
    return text;
  }
  bool skip(std::string_view text) { return next() == text; }
  bool at_end_mark() const {
    return !left_.empty() && static_cast<std::uint8_t>(left_.front()) == kEnd;
  }
  /// Names and values up to the mark.
  bool take_until(std::string_view mark, std::vector<InstrumentState::Entry>& entries) {
    while (const auto name = next()) {
      if (*name == mark) return true;
      const auto value = next();
      if (!value) return false;
      entries.emplace_back(*name, *value);
    }
    return false;
  }

 private:
  std::string_view left_;
};

void append(Bytes& out, std::string_view text) {
  append_text(out, text);
  out.push_back(0);
}

void append_all(Bytes& out, std::string_view begin, std::string_view end,
                const std::vector<InstrumentState::Entry>& entries) {
  append(out, begin);
  for (const auto& [name, value] : entries) {
    append(out, name);
    append(out, value);
  }
  append(out, end);
}

}  // namespace

ClassId instrument_class_id() { return *ClassId::parse("2046504473616C6353636F5400000000"); }

void InstrumentState::set_text(std::string_view name, std::string value) {
  for (auto& [known, held] : texts)
    if (known == name) {
      held = std::move(value);
      return;
    }
  texts.emplace_back(name, std::move(value));
}

std::optional<InstrumentState> read_instrument_state(ByteView bytes) {
  InstrumentState state;
  Texts texts(bytes);
  if (!texts.skip(kTextsBegin) || !texts.take_until(kTextsEnd, state.texts) ||
      !texts.skip(kParametersBegin) || !texts.take_until(kParametersEnd, state.parameters) ||
      !texts.at_end_mark())
    return std::nullopt;
  return state;
}

std::optional<InstrumentState> instrument_state_of(const Preset& preset) {
  const Bytes* chunk = preset.find(kComponentChunk);
  if (chunk == nullptr || preset.class_id != instrument_class_id()) return std::nullopt;
  return read_instrument_state(*chunk);
}

Bytes write_instrument_state(const InstrumentState& state) {
  Bytes out;
  append_all(out, kTextsBegin, kTextsEnd, state.texts);
  append_all(out, kParametersBegin, kParametersEnd, state.parameters);
  out.push_back(kEnd);
  out.push_back(0);
  return out;
}

}  // namespace toccata::plugins
