// SPDX-License-Identifier: MIT
#include "sample_counts.hpp"

#include <charconv>

#include <toccata/base/json.hpp>

namespace toccata::learn {
namespace {

struct Count {
  const char* name;
  std::uint64_t SampleCounts::*member;
};
constexpr Count kCounts[] = {{"files", &SampleCounts::files},
                             {"too_short", &SampleCounts::too_short},
                             {"without", &SampleCounts::without},
                             {"notes", &SampleCounts::notes},
                             {"clipped_velocities", &SampleCounts::clipped_velocities}};

Result<std::uint64_t, DataError> count_in(const ml::Weights& weights, const char* name) {
  const auto found = weights.metadata.find(name);
  if (found == weights.metadata.end())
    return Unexpected{not_rows(std::string("\"") + name + "\" is missing")};
  const std::string& text = found->second;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return Unexpected{not_rows(std::string("\"") + name + "\" must be a number")};
  return number;
}

Result<std::vector<BrokenFile>, DataError> broken_in(const ml::Weights& weights) {
  const auto bad = [] {
    return Unexpected{not_rows("tensor \"broken\" must be pairs of texts as JSON")};
  };
  const ml::Tensor* tensor = weights.find("broken");
  if (tensor == nullptr) return bad();
  const auto json = parse_json(as_text(tensor->bytes));
  if (!json || json->array() == nullptr) return bad();
  std::vector<BrokenFile> broken;
  for (const Json& item : *json->array()) {
    const Json::Array* pair = item.array();
    if (pair == nullptr || pair->size() != 2 || (*pair)[0].text() == nullptr ||
        (*pair)[1].text() == nullptr)
      return bad();
    broken.push_back({*(*pair)[0].text(), *(*pair)[1].text()});
  }
  return broken;
}

}  // namespace

DataError not_rows(const std::string& what) { return {"packed rows", what}; }

void save_counts(const SampleCounts& counts, ml::Weights& weights) {
  for (const Count& count : kCounts)
    weights.metadata[count.name] = std::to_string(counts.*count.member);
  Json list = Json::Array{};
  for (const BrokenFile& broken : counts.broken)
    list.push(Json::Array{Json(broken.file), Json(broken.fault)});
  const std::string text = to_text(list, JsonLayout::Compact);
  const ByteView bytes = as_bytes(text);
  weights.tensors.push_back(ml::make_tensor<std::uint8_t>("broken", {bytes.size()}, bytes));
}

Result<SampleCounts, DataError> load_counts(const ml::Weights& weights) {
  SampleCounts counts;
  for (const Count& count : kCounts) {
    TOCCATA_TRY(counts.*count.member, count_in(weights, count.name));
  }
  TOCCATA_TRY(counts.broken, broken_in(weights));
  return counts;
}

}  // namespace toccata::learn
