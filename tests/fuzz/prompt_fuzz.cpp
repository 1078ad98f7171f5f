// SPDX-License-Identifier: MIT
// Any bytes are a sentence: the brief it gives is a valid one, and what is quoted is valid text.
#include <cstdint>
#include <cstdlib>

#include <toccata/base/bytes.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/plan/fold.hpp>
#include <toccata/prompt/phrase.hpp>
#include <toccata/prompt/understand.hpp>

using namespace toccata;

namespace {

/// On one line and in UTF-8.
void check_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_utf8(text, at);
    if (!next.is_valid || next.code < 0x20) std::abort();
    at += next.bytes;
  }
}

void check_error(const PromptError& error) {
  const auto text = describe(error);
  check_text(text);
  if (text.size() < 15 || text.size() > 600) std::abort();
}

void check(const Understood& understood) {
  const auto again = brief_from_json(to_json(understood.brief));
  if (!again || *again != understood.brief) std::abort();
  for (const auto& word : understood.not_understood) check_text(word);
  for (const auto& reason : understood.reasons) {
    check_text(reason.value);
    check_text(reason.because);
  }
  Rng rng(1);
  check_text(phrase(understood.brief, Language::French, rng));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto understood = understand(as_text(ByteView(data, size)));
  if (understood) {
    check(*understood);
  } else {
    check_error(understood.error());
  }
  return 0;
}
