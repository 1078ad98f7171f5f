// SPDX-License-Identifier: MIT
// Scala files: no crash and no hang; what is read puts every key at a finite pitch.
#include <cmath>
#include <cstdlib>

#include <toccata/base/bytes.hpp>
#include <toccata/theory/scala.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace toccata;
  const auto scale = parse_scala(as_text({data, size}));
  if (!scale) return describe(scale.error()).empty() ? std::abort(), 0 : 0;
  for (const auto keys : {ScalaKeys::OneADegree, ScalaKeys::Nearest})
    for (const double cents : key_cents(*scale, 60, keys))
      if (!std::isfinite(cents)) std::abort();
  return 0;
}
