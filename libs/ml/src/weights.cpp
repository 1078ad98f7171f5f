// SPDX-License-Identifier: MIT
// Tensors and their sets: names, lookups, and the file they are written to.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toccata/base/assert.hpp>
#include <toccata/base/json.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::ml {
namespace {

static_assert(std::endian::native == std::endian::little, "weights are copied as they lie");

struct ElementRow {
  Element element;
  std::string_view name;
  std::size_t size;
};
constexpr std::array<ElementRow, 10> kElements{{{Element::F32, "F32", 4},
                                                {Element::F64, "F64", 8},
                                                {Element::BF16, "BF16", 2},
                                                {Element::I8, "I8", 1},
                                                {Element::I16, "I16", 2},
                                                {Element::I32, "I32", 4},
                                                {Element::I64, "I64", 8},
                                                {Element::U8, "U8", 1},
                                                {Element::U16, "U16", 2},
                                                {Element::U32, "U32", 4}}};

const ElementRow& row_of(Element element) { return kElements[static_cast<std::size_t>(element)]; }

std::string to_text(std::span<const std::size_t> shape) {
  std::string out = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i != 0) out += ", ";
    out += shape[i] == kAnySize ? "any" : fmt::format("{}", shape[i]);
  }
  return out + "]";
}

bool fits(std::span<const std::size_t> found, std::span<const std::size_t> asked) {
  return std::equal(found.begin(), found.end(), asked.begin(), asked.end(),
                    [](std::size_t a, std::size_t b) { return b == kAnySize || a == b; });
}

}  // namespace

std::size_t size_of(Element element) { return row_of(element).size; }
std::string_view name_of(Element element) { return row_of(element).name; }
std::optional<Element> find_element(std::string_view name) {
  for (const ElementRow& row : kElements)
    if (row.name == name) return row.element;
  return std::nullopt;
}

std::string describe(const Tensor& tensor) {
  return fmt::format("{} {}", name_of(tensor.element), to_text(tensor.shape));
}

std::string describe(const TensorError& error) {
  return fmt::format("tensor {}: found {}, but {} is needed", error.name, error.found,
                     error.allowed);
}

const Tensor* Weights::find(std::string_view name) const {
  const auto at = std::find_if(tensors.begin(), tensors.end(),
                               [&](const Tensor& tensor) { return tensor.name == name; });
  return at == tensors.end() ? nullptr : &*at;
}

template <class T>
Result<Elements<T>, TensorError> Weights::elements(std::string_view name,
                                                   std::span<const std::size_t> shape) const {
  constexpr Element kWanted = ElementOf<T>::kElement;
  const auto refuse = [&](std::string found) {
    return Unexpected{TensorError{std::string(name), std::move(found),
                                  fmt::format("{} {}", name_of(kWanted), to_text(shape))}};
  };
  const Tensor* tensor = find(name);
  if (tensor == nullptr) return refuse("nothing");
  if (tensor->element != kWanted || !fits(tensor->shape, shape)) return refuse(describe(*tensor));
  return Elements<T>(tensor->bytes.view());
}

template <class T>
Result<std::vector<T>, TensorError> Weights::values(std::string_view name,
                                                    std::span<const std::size_t> shape) const {
  TOCCATA_TRY(const Elements<T> elements, this->elements<T>(name, shape));
  std::vector<T> values(elements.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = elements[i];
  return values;
}

template <class T>
Tensor make_tensor(std::string name, std::vector<std::size_t> shape, std::span<const T> values) {
  Bytes bytes(values.size_bytes());
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), values.size_bytes());
  return {std::move(name), ElementOf<T>::kElement, std::move(shape), std::move(bytes)};
}

#define TOCCATA_ML_ELEMENT(T)                                      \
  template Result<Elements<T>, TensorError> Weights::elements<T>(  \
      std::string_view, std::span<const std::size_t>) const;       \
  template Result<std::vector<T>, TensorError> Weights::values<T>( \
      std::string_view, std::span<const std::size_t>) const;       \
  template Tensor make_tensor<T>(std::string, std::vector<std::size_t>, std::span<const T>)
TOCCATA_ML_ELEMENT(float);
TOCCATA_ML_ELEMENT(double);
TOCCATA_ML_ELEMENT(std::int8_t);
TOCCATA_ML_ELEMENT(std::int16_t);
TOCCATA_ML_ELEMENT(std::int32_t);
TOCCATA_ML_ELEMENT(std::int64_t);
TOCCATA_ML_ELEMENT(std::uint8_t);
TOCCATA_ML_ELEMENT(std::uint16_t);
TOCCATA_ML_ELEMENT(std::uint32_t);
#undef TOCCATA_ML_ELEMENT

Bytes write_weights(const Weights& weights) {
  Json header{Json::Object{}};
  if (!weights.metadata.empty()) {
    Json metadata{Json::Object{}};
    for (const auto& [key, value] : weights.metadata) metadata.add(key, value);
    header.add("__metadata__", std::move(metadata));
  }
  std::size_t at = 0;
  for (const Tensor& tensor : weights.tensors) {
    Json shape{Json::Array{}};
    std::size_t size = size_of(tensor.element);
    for (const std::size_t length : tensor.shape) {
      shape.push(static_cast<std::int64_t>(length));
      size *= length;
    }
    TOCCATA_ASSERT(size == tensor.bytes.size());
    Json entry{Json::Object{}};
    entry.add("dtype", name_of(tensor.element));
    entry.add("shape", std::move(shape));
    entry.add("data_offsets",
              Json::Array{static_cast<std::int64_t>(at), static_cast<std::int64_t>(at + size)});
    header.add(tensor.name, std::move(entry));
    at += size;
  }
  std::string text = toccata::to_text(header, JsonLayout::Compact);
  text.resize((text.size() + 7) / 8 * 8, ' ');  // the tensors begin where 8-byte numbers may lie
  Bytes out;
  out.reserve(8 + text.size() + at);
  for (int i = 0; i < 8; ++i)
    out.push_back(static_cast<std::uint8_t>(std::uint64_t{text.size()} >> (8 * i) & 0xFF));
  append_text(out, text);
  for (const Tensor& tensor : weights.tensors)
    out.insert(out.end(), tensor.bytes.begin(), tensor.bytes.end());
  return out;
}

}  // namespace toccata::ml
