// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>

#include <toccata/ml/weights.hpp>

using namespace toccata;
using namespace toccata::ml;
using Fault = WeightsError::Fault;

namespace {

Weights small() {
  const std::array<float, 6> numbers{1, 2, 3, 4, 5, 6.5F};
  const std::array<std::int32_t, 2> counts{-1, 7};
  Weights weights;
  weights.metadata = {{"architecture", "test"}, {"licence", "MIT"}};
  weights.tensors.push_back(make_tensor<float>("a", {2, 3}, numbers));
  weights.tensors.push_back(make_tensor<std::int32_t>("b", {2}, counts));
  weights.tensors.push_back(make_tensor<float>("none", {0, 3}, {}));
  return weights;
}

/// A file of this header and so many bytes of zeros.
Bytes file_of(std::string_view header, std::size_t data) {
  Bytes out;
  for (int i = 0; i < 8; ++i)
    out.push_back(static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i) & 0xFF));
  append_text(out, header);
  out.resize(out.size() + data);
  return out;
}

Fault fault_of(const Bytes& bytes) {
  const auto read = read_weights(bytes);
  REQUIRE_FALSE(read.has_value());
  CHECK_FALSE(describe(read.error()).empty());
  return read.error().fault;
}

}  // namespace

TEST_CASE("weights: reading what was written gives the same tensors and metadata") {
  const auto read = read_weights(write_weights(small()));
  REQUIRE(read.has_value());
  CHECK(*read == small());
  CHECK(write_weights(*read) == write_weights(small()));
}

TEST_CASE("weights: a tensor's numbers come back only for its own element and shape") {
  const Weights weights = small();
  const std::array<std::size_t, 2> shape{2, 3}, any{kAnySize, 3}, wrong{3, 2};
  CHECK(weights.values<float>("a", shape)->at(5) == 6.5F);
  CHECK(weights.values<float>("a", any).has_value());
  CHECK(describe(weights.values<float>("a", wrong).error()) ==
        "tensor a: found F32 [2, 3], but F32 [3, 2] is needed");
  CHECK(describe(weights.values<std::int8_t>("a", any).error()) ==
        "tensor a: found F32 [2, 3], but I8 [any, 3] is needed");
  CHECK(describe(weights.values<float>("c", shape).error()) ==
        "tensor c: found nothing, but F32 [2, 3] is needed");
}

TEST_CASE("weights: a file cut anywhere or enlarged is refused") {
  const Bytes whole = write_weights(small());
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(
        read_weights(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)))
            .has_value());
  Bytes longer = whole;
  longer.push_back(0);
  CHECK(fault_of(longer) == Fault::Enlarged);
}

TEST_CASE("weights: sizes that no memory holds are refused before anything is allocated") {
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],)"
                         R"("data_offsets":[0,0]}})",
                         0)) == Fault::Layout);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[1000000000000],)"
                         R"("data_offsets":[0,4000000000000]}})",
                         16)) == Fault::Truncated);
  Bytes huge(8, 0xFF);
  CHECK(fault_of(huge) == Fault::Malformed);
}

TEST_CASE("weights: tensors that overlap, leave a gap or have the wrong size are refused") {
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                         R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                         12)) == Fault::Layout);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", 12)) ==
        Fault::Layout);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8)) ==
        Fault::Layout);
}

TEST_CASE("weights: what the format does not have is refused by name") {
  CHECK(fault_of(file_of("[]", 0)) == Fault::Malformed);
  CHECK(fault_of(file_of("{", 0)) == Fault::NotJson);
  CHECK(fault_of(file_of(R"({"a":3})", 0)) == Fault::Malformed);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}})", 2)) ==
        Fault::Unknown);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4)) ==
        Fault::Malformed);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}})", 4)) ==
        Fault::Malformed);
  CHECK(fault_of(file_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}})", 4)) ==
        Fault::Malformed);
  CHECK(fault_of(file_of(R"({"__metadata__":{"a":1}})", 0)) == Fault::Malformed);
}
