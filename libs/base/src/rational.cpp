// SPDX-License-Identifier: MIT
#include <toccata/base/rational.hpp>

namespace toccata {

std::string to_string(Rational value) {
  std::string text = std::to_string(value.numerator());
  if (value.denominator() != 1) text += "/" + std::to_string(value.denominator());
  return text;
}

}  // namespace toccata
