// SPDX-License-Identifier: MIT
// Reading a file of weights: the header first, each of its numbers held against the bytes at hand.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <toccata/base/json.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::ml {
namespace {

using Fault = WeightsError::Fault;

Unexpected<WeightsError> refuse(Fault fault, std::string where, std::string what) {
  return Unexpected{WeightsError{fault, std::move(where), std::move(what)}};
}

/// Where a tensor lies, as its header says.
struct Entry {
  std::string name;
  Element element = Element::F32;
  std::vector<std::size_t> shape;
  std::size_t begin = 0, end = 0;  ///< bytes from the end of the header
};

std::optional<std::size_t> find_size(const Json& json) {
  const std::int64_t* number = json.integer();
  if (number == nullptr || *number < 0) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

Result<std::vector<std::size_t>, WeightsError> read_sizes(const Json& entry, const char* member,
                                                          const std::string& where) {
  const Json* found = entry.find(member);
  const Json::Array* items = found == nullptr ? nullptr : found->array();
  if (items == nullptr)
    return refuse(Fault::Malformed, where, fmt::format("\"{}\" must be an array", member));
  std::vector<std::size_t> sizes;
  for (const Json& item : *items) {
    const auto size = find_size(item);
    if (!size)
      return refuse(Fault::Malformed, where,
                    fmt::format("\"{}\" may hold whole numbers from 0 on alone", member));
    sizes.push_back(*size);
  }
  return sizes;
}

/// The bytes that a shape needs; none where no 64-bit number holds them.
std::optional<std::size_t> bytes_needed(const Entry& entry) {
  std::size_t bytes = size_of(entry.element);
  for (const std::size_t length : entry.shape)
    if (__builtin_mul_overflow(bytes, length, &bytes)) return std::nullopt;
  return bytes;
}

Result<Entry, WeightsError> read_entry(const std::string& name, const Json& json) {
  const std::string where = "tensor " + name;
  if (json.object() == nullptr) return refuse(Fault::Malformed, where, "must be an object");
  for (const auto& [member, value] : *json.object())
    if (member != "dtype" && member != "shape" && member != "data_offsets")
      return refuse(Fault::Malformed, where, fmt::format("unknown member \"{}\"", member));
  const Json* type = json.find("dtype");
  if (type == nullptr || type->text() == nullptr)
    return refuse(Fault::Malformed, where, "\"dtype\" must be a text");
  const auto element = find_element(*type->text());
  if (!element)
    return refuse(Fault::Unknown, where,
                  fmt::format("elements of type {} are not read", *type->text()));
  TOCCATA_TRY(auto shape, read_sizes(json, "shape", where));
  TOCCATA_TRY(const auto offsets, read_sizes(json, "data_offsets", where));
  if (offsets.size() != 2)
    return refuse(Fault::Malformed, where, "\"data_offsets\" must be two numbers");
  return Entry{name, *element, std::move(shape), offsets[0], offsets[1]};
}

/// That tensors lie one after the other from the first byte to the last, each as large as its
/// shape.
Result<void, WeightsError> check_layout(const std::vector<Entry>& entries, std::size_t bytes) {
  std::size_t at = 0;
  for (const Entry& entry : entries) {
    const std::string where = "tensor " + entry.name;
    if (entry.begin != at || entry.end < entry.begin)
      return refuse(Fault::Layout, where,
                    fmt::format("lies at bytes {} to {}, but the one before ends at {}",
                                entry.begin, entry.end, at));
    const auto needed = bytes_needed(entry);
    if (!needed || *needed != entry.end - entry.begin)
      return refuse(Fault::Layout, where,
                    fmt::format("{} bytes, but its shape needs {}", entry.end - entry.begin,
                                needed ? fmt::format("{}", *needed) : "more than there can be"));
    at = entry.end;
  }
  if (at > bytes)
    return refuse(Fault::Truncated, "data",
                  fmt::format("{} bytes, but the header names {}", bytes, at));
  if (at < bytes)
    return refuse(Fault::Enlarged, "data",
                  fmt::format("{} bytes, but the header names only {}", bytes, at));
  return {};
}

Result<void, WeightsError> read_metadata(const Json& json, Weights& weights) {
  if (json.object() == nullptr)
    return refuse(Fault::Malformed, "__metadata__", "must be an object");
  for (const auto& [key, value] : *json.object()) {
    if (value.text() == nullptr)
      return refuse(Fault::Malformed, "__metadata__",
                    fmt::format("\"{}\" must be a text, not {}", key, value.kind()));
    weights.metadata.emplace(key, *value.text());
  }
  return {};
}

Result<std::size_t, WeightsError> read_header_size(ByteView bytes) {
  if (bytes.size() < 8)
    return refuse(Fault::Truncated, "header",
                  fmt::format("{} bytes, but its size alone takes 8", bytes.size()));
  std::uint64_t size = 0;
  for (std::size_t i = 8; i-- > 0;) size = size << 8 | bytes[i];
  if (size > kLargestHeader)
    return refuse(
        Fault::Malformed, "header",
        fmt::format("its size is {} bytes, at most {} are allowed", size, kLargestHeader));
  if (size > bytes.size() - 8)
    return refuse(Fault::Truncated, "header",
                  fmt::format("{} bytes, but it names {}", bytes.size() - 8, size));
  return static_cast<std::size_t>(size);
}

}  // namespace

std::string describe(const WeightsError& error) { return error.where + ": " + error.what; }

Result<Weights, WeightsError> read_weights(SharedBytes shared) {
  const ByteView bytes = shared.view();
  TOCCATA_TRY(const std::size_t header_size, read_header_size(bytes));
  const auto header = parse_json(as_text(bytes.subspan(8, header_size)), JsonLimits{8, 1'000'000});
  if (!header) return refuse(Fault::NotJson, "header", describe(header.error()));
  if (header->object() == nullptr)
    return refuse(Fault::Malformed, "header",
                  std::string("must be an object, not ") + header->kind());
  Weights weights;
  std::vector<Entry> entries;
  for (const auto& [name, value] : *header->object()) {
    if (name == "__metadata__") {
      TOCCATA_CHECK(read_metadata(value, weights));
    } else {
      TOCCATA_TRY(Entry entry, read_entry(name, value));
      entries.push_back(std::move(entry));
    }
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  const std::size_t data = 8 + header_size;
  TOCCATA_CHECK(check_layout(entries, bytes.size() - data));
  for (Entry& entry : entries)
    weights.tensors.push_back({std::move(entry.name), entry.element, std::move(entry.shape),
                               shared.part(data + entry.begin, entry.end - entry.begin)});
  return weights;
}

}  // namespace toccata::ml
