// SPDX-License-Identifier: MIT
// Named tensors in one file, as safetensors lays them out: read with every size checked, and
// written.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/assert.hpp>
#include <toccata/base/bytes.hpp>
#include <toccata/base/result.hpp>

namespace toccata::ml {

/// What a tensor's elements are. The format has more (halves, 8-bit floats); those are refused.
enum class Element : std::uint8_t { F32, F64, BF16, I8, I16, I32, I64, U8, U16, U32 };
std::size_t size_of(Element element);       ///< in bytes
std::string_view name_of(Element element);  ///< "F32" ..., as the format writes it
std::optional<Element> find_element(std::string_view name);

/// Bytes that never change: what is read from one file shares them, and a copy costs nothing.
class SharedBytes {
 public:
  SharedBytes() = default;
  SharedBytes(Bytes bytes)
      : size_(bytes.size()), whole_(std::make_shared<const Bytes>(std::move(bytes))) {}
  /// A part of them, which keeps the whole alive. Range: within these bytes.
  SharedBytes part(std::size_t first, std::size_t count) const {
    TOCCATA_ASSERT(first <= size_ && count <= size_ - first);
    SharedBytes part = *this;
    part.first_ += first;
    part.size_ = count;
    return part;
  }
  ByteView view() const {
    return whole_ == nullptr ? ByteView() : ByteView(*whole_).subspan(first_, size_);
  }
  const std::uint8_t* data() const { return view().data(); }
  std::size_t size() const { return view().size(); }
  ByteView::iterator begin() const { return view().begin(); }
  ByteView::iterator end() const { return view().end(); }
  friend bool operator==(const SharedBytes& a, const SharedBytes& b) {
    return std::ranges::equal(a.view(), b.view());
  }

 private:
  std::size_t first_ = 0, size_ = 0;
  std::shared_ptr<const Bytes> whole_;  ///< none: there are no bytes
};

/// One tensor. Elements lie row by row, the last dimension closest together, little-endian.
struct Tensor {
  std::string name;
  Element element = Element::F32;
  std::vector<std::size_t> shape;  ///< none of a single number
  SharedBytes bytes;               ///< size_of(element) times the product of the shape

  std::size_t count() const { return bytes.size() / size_of(element); }
  friend bool operator==(const Tensor&, const Tensor&) = default;
};

/// "BF16 [4, 3]".
std::string describe(const Tensor& tensor);

/// Makes a tensor of C++ numbers. Range: the product of `shape` is values.size().
template <class T>
Tensor make_tensor(std::string name, std::vector<std::size_t> shape, std::span<const T> values);

/// Why a tensor is not what a model needs.
struct TensorError {
  std::string name;
  std::string found;    ///< "BF16 [4, 3]", "nothing"
  std::string allowed;  ///< "F32 [4, 4]"
};
/// "tensor encoder.weight: found BF16 [4, 3], but F32 [4, 4] is needed".
std::string describe(const TensorError& error);

/// A tensor's numbers where they lie, at whatever address. Borrowed from the tensor.
template <class T>
class Elements {
 public:
  explicit Elements(ByteView bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size() / sizeof(T); }
  T operator[](std::size_t index) const {
    TOCCATA_ASSERT(index < size());
    T value;
    std::memcpy(&value, bytes_.data() + index * sizeof(T), sizeof(T));
    return value;
  }

 private:
  ByteView bytes_;
};

/// Tensors by name, and what the file says of itself.
struct Weights {
  std::map<std::string, std::string> metadata;
  std::vector<Tensor> tensors;  ///< in the order of their bytes; names differ

  /// Null where there is none.
  const Tensor* find(std::string_view name) const;
  /// The numbers of a tensor that has to be there with just this element and shape; a dimension
  /// given as kAnySize may have any size. Errors: see TensorError. Cost: O(tensors).
  template <class T>
  Result<Elements<T>, TensorError> elements(std::string_view name,
                                            std::span<const std::size_t> shape) const;
  /// The same as a copy. Cost: O(size).
  template <class T>
  Result<std::vector<T>, TensorError> values(std::string_view name,
                                             std::span<const std::size_t> shape) const;
  friend bool operator==(const Weights&, const Weights&) = default;
};
inline constexpr std::size_t kAnySize = static_cast<std::size_t>(-1);

/// Why bytes are no such file, and where.
struct WeightsError {
  enum class Fault : std::uint8_t {
    Truncated,  ///< shorter than it says
    Enlarged,   ///< longer than it says
    NotJson,    ///< the header
    Malformed,  ///< a header that lacks something or says it wrongly
    Unknown,    ///< an element type that is not read
    Layout      ///< tensors that overlap, leave gaps or differ from their shape in size
  } fault;
  std::string where;  ///< "header", "tensor encoder.weight"
  std::string what;   ///< what was found and what was allowed
};
/// "tensor encoder.weight: 48 bytes for F32 [4, 4], but 64 are needed".
std::string describe(const WeightsError& error);

inline constexpr std::size_t kLargestHeader = std::size_t{16} << 20;

/// Reads a file. Nothing is allocated from a number of the file before that number has been held
/// against the bytes at hand, so memory stays in proportion to them.
///
/// Errors: see WeightsError; bytes that no tensor owns are an error too.
/// Cost:   O(header); the tensors share the bytes.
/// Source: safetensors 0.4, README "Format".
Result<Weights, WeightsError> read_weights(SharedBytes bytes);

/// Writes a file; reading gives the same weights back, and the same weights give the same bytes.
/// Range: tensors' sizes as their shapes say, names distinct and none "__metadata__".
Bytes write_weights(const Weights& weights);

// ---- details ----

template <class T>
struct ElementOf;
template <>
struct ElementOf<float> {
  static constexpr Element kElement = Element::F32;
};
template <>
struct ElementOf<double> {
  static constexpr Element kElement = Element::F64;
};
template <>
struct ElementOf<std::int8_t> {
  static constexpr Element kElement = Element::I8;
};
template <>
struct ElementOf<std::int16_t> {
  static constexpr Element kElement = Element::I16;
};
template <>
struct ElementOf<std::int32_t> {
  static constexpr Element kElement = Element::I32;
};
template <>
struct ElementOf<std::int64_t> {
  static constexpr Element kElement = Element::I64;
};
template <>
struct ElementOf<std::uint8_t> {
  static constexpr Element kElement = Element::U8;
};
template <>
struct ElementOf<std::uint16_t> {
  static constexpr Element kElement = Element::U16;
};
template <>
struct ElementOf<std::uint32_t> {
  static constexpr Element kElement = Element::U32;
};

}  // namespace toccata::ml
