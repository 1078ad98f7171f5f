// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include <toccata/sound_font/mts.hpp>

namespace toccata::sound_font {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr std::uint8_t kNonRealTime = 0x7E, kRealTime = 0x7F, kTuning = 0x08;
constexpr std::size_t kNameSize = 16, kKeySize = 3, kMostNoteSize = 4;
constexpr double kCentsOfStep = 100.0 / 8192;

/// Three bytes of a pitch; "no change" gives nothing.
std::optional<std::uint32_t> pitch_of(std::span<const std::uint8_t> bytes) {
  if (bytes[0] == 0x7F && bytes[1] == 0x7F && bytes[2] == 0x7F) return std::nullopt;
  return static_cast<std::uint32_t>(bytes[0]) << 14 | static_cast<std::uint32_t>(bytes[1]) << 7 |
         bytes[2];
}

/// Words of a saved text: hexadecimal numbers with letters before them.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  std::string_view next() {
    const std::string_view word = text_.substr(0, text_.find(' '));
    text_.remove_prefix(std::min(text_.size(), word.size() + 1));
    return word;
  }

 private:
  std::string_view text_;
};

std::optional<std::uint32_t> parse_hex(std::string_view word) {
  std::uint32_t value = 0;
  const char* end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, value, 16);
  if (word.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return value;
}

void append_hex(std::string& text, char kind, std::uint32_t value) {
  char digits[8];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, 16).ptr;
  if (!text.empty()) text += ' ';
  text += kind;
  text.append(digits, end);
}

}  // namespace

void MtsTunings::clear() {
  for (auto& program : programs_)
    for (auto& key : program) key.store(kUntuned, kRelaxed);
  for (auto& channel : selected_) channel.store(0, kRelaxed);
  for (auto& channel : octaves_)
    for (auto& degree : channel) degree.store(kMiddle, kRelaxed);
}

Retuned MtsTunings::receive(Content message) {
  if (message.size() < 6 || message[2] != kTuning) return Retuned::Nothing;
  const bool is_now = message[0] == kRealTime;
  if (!is_now && message[0] != kNonRealTime) return Retuned::Nothing;
  if (std::any_of(message.begin(), message.end(), [](std::uint8_t byte) { return byte > 127; }))
    return Retuned::Nothing;
  const std::uint8_t kind = message[3];
  const Content content = message.subspan(4);
  // Kinds with a tuning bank: only bank 0 is held.
  const bool has_bank = kind == 4 || kind == 5 || kind == 6 || kind == 7;
  if (has_bank && (content[0] != 0 || content.size() < 2)) return Retuned::Nothing;
  const Content programmed = has_bank ? content.subspan(1) : content;
  bool done = false;
  switch (kind) {
    case 1:
    case 4: done = receive_dump(programmed[0], programmed.subspan(1)); break;
    case 2:
    case 7: done = receive_notes(programmed[0], programmed.subspan(1)); break;
    case 5: done = receive_octave_program(programmed[0], programmed.subspan(1), 1); break;
    case 6: done = receive_octave_program(programmed[0], programmed.subspan(1), 2); break;
    case 8: done = receive_octave(content, 1); break;
    case 9: done = receive_octave(content, 2); break;
    default: break;
  }
  if (!done) return Retuned::Nothing;
  return is_now ? Retuned::AllNotes : Retuned::NextNotes;
}

/// A name, three bytes a key; the checksum, which senders compute in several ways, is passed over.
bool MtsTunings::receive_dump(std::uint8_t program, Content keys) {
  if (keys.size() < kNameSize + 128 * kKeySize) return false;
  for (std::size_t key = 0; key < 128; ++key)
    if (const auto pitch = pitch_of(keys.subspan(kNameSize + key * kKeySize, kKeySize)))
      programs_[program][key].store(*pitch, kRelaxed);
  return true;
}

/// How many, then each with its key.
bool MtsTunings::receive_notes(std::uint8_t program, Content notes) {
  const std::size_t count = notes.empty() ? 0 : notes[0];
  if (count == 0 || notes.size() < 1 + count * kMostNoteSize) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const Content note = notes.subspan(1 + i * kMostNoteSize, kMostNoteSize);
    if (const auto pitch = pitch_of(note.subspan(1)))
      programs_[program][note[0]].store(*pitch, kRelaxed);
  }
  return true;
}

namespace {

/// The place of one of twelve degrees, of one byte or two, in 8192ths of 100 cents from 0 on.
std::uint16_t degree_of(std::span<const std::uint8_t> degrees, std::size_t index,
                        std::size_t width) {
  if (width == 2)
    return static_cast<std::uint16_t>(degrees[2 * index] << 7 | degrees[2 * index + 1]);
  // Whole cents around 64.
  return static_cast<std::uint16_t>(std::lround(0x2000 + (degrees[index] - 64) / kCentsOfStep));
}

}  // namespace

bool MtsTunings::receive_octave_program(std::uint8_t program, Content degrees, std::size_t width) {
  if (degrees.size() < kNameSize + 12 * width) return false;
  for (std::size_t key = 0; key < 128; ++key) {
    const int off = degree_of(degrees.subspan(kNameSize), key % 12, width) - kMiddle;
    const int pitch = static_cast<int>(key << 14) + 2 * off;  // 16384ths of a semitone
    programs_[program][key].store(static_cast<std::uint32_t>(std::max(pitch, 0)), kRelaxed);
  }
  return true;
}

/// Three bytes of channels: 15 and 16, 8 to 14, 1 to 7.
bool MtsTunings::receive_octave(Content content, std::size_t width) {
  if (content.size() < 3 + 12 * width) return false;
  const unsigned channels =
      static_cast<unsigned>(content[0]) << 14 | static_cast<unsigned>(content[1]) << 7 | content[2];
  for (std::size_t channel = 0; channel < 16; ++channel)
    if ((channels >> channel & 1) != 0)
      for (std::size_t i = 0; i < 12; ++i)
        octaves_[channel][i].store(degree_of(content.subspan(3), i, width), kRelaxed);
  return true;
}

void MtsTunings::select(std::size_t channel, std::uint8_t program) {
  selected_[channel].store(program & 0x7F, kRelaxed);
}

std::optional<double> MtsTunings::key_cents(std::size_t channel, std::size_t key) const {
  const std::uint32_t pitch = programs_[selected_[channel].load(kRelaxed)][key].load(kRelaxed);
  if (pitch == kUntuned) return std::nullopt;
  return pitch * (100.0 / 16384) - 100.0 * static_cast<double>(key);
}

double MtsTunings::octave_cents(std::size_t channel, std::size_t key) const {
  return (octaves_[channel][key % 12].load(kRelaxed) - kMiddle) * kCentsOfStep;
}

std::string MtsTunings::saved() const {
  std::string text;
  for (std::uint32_t program = 0; program < 128; ++program)
    for (std::uint32_t key = 0; key < 128; ++key)
      if (const auto pitch = programs_[program][key].load(kRelaxed); pitch != kUntuned) {
        append_hex(text, 'k', program << 7 | key);
        append_hex(text, 'p', pitch);
      }
  for (std::uint32_t channel = 0; channel < 16; ++channel) {
    if (const auto program = selected_[channel].load(kRelaxed); program != 0)
      append_hex(text, 's', channel << 7 | program);
    for (std::uint32_t degree = 0; degree < 12; ++degree)
      if (const auto off = octaves_[channel][degree].load(kRelaxed); off != kMiddle) {
        append_hex(text, 'o', channel << 4 | degree);
        append_hex(text, 'd', off);
      }
  }
  return text;
}

bool MtsTunings::restore(std::string_view text) {
  struct Change {
    char kind;
    std::uint32_t where, what;
  };
  std::vector<Change> changes;
  Words words(text);
  while (!words.at_end()) {
    const std::string_view word = words.next();
    const auto number = word.empty() ? std::nullopt : parse_hex(word.substr(1));
    if (!number) return false;
    const char kind = word.front();
    if (kind == 's' && *number < 16U << 7) {
      changes.push_back({kind, *number >> 7, *number & 0x7F});
      continue;
    }
    const std::string_view second = words.next();
    if (second.empty()) return false;
    const auto what = parse_hex(second.substr(1));
    const bool is_key = kind == 'k' && *number < 1U << 14 && second.front() == 'p';
    const bool is_degree =
        kind == 'o' && *number < 16U << 4 && (*number & 15) < 12 && second.front() == 'd';
    if (!what || !((is_key && *what < 1U << 21) || (is_degree && *what < 1U << 14))) return false;
    changes.push_back({kind, *number, *what});
  }
  clear();
  for (const Change& change : changes) {
    if (change.kind == 's') select(change.where, static_cast<std::uint8_t>(change.what));
    else if (change.kind == 'k') programs_[change.where >> 7][change.where & 0x7F] = change.what;
    else octaves_[change.where >> 4][change.where & 15] = static_cast<std::uint16_t>(change.what);
  }
  return true;
}

}  // namespace toccata::sound_font
