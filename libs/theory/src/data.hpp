// SPDX-License-Identifier: MIT
// The data files compiled into this library, read as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/json.hpp>

namespace toccata::detail {

/// A compiled-in file ("scales", "maqamat"). The tests hold that it is sound; were it not, null.
Json theory_data(std::string_view name);

/// Members of an object of the data; empty where there is none.
std::string text_of(const Json& object, std::string_view member);
int integer_of(const Json& object, std::string_view member);
std::vector<int> integers_of(const Json& object, std::string_view member);
std::vector<std::string> texts_of(const Json& object, std::string_view member);
const Json::Array& items_of(const Json& object, std::string_view member);

}  // namespace toccata::detail
