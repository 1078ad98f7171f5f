// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <iterator>

#include <nlohmann/json.hpp>
#include <toccata/base/assert.hpp>
#include <toccata/base/json.hpp>

namespace toccata {
namespace {

/// Text that tells how far it has been read: the parser's events come without their place.
class ReadText {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  ReadText(const char* at, std::size_t& count) : at_(at), count_(&count) {}
  const char& operator*() const { return *at_; }
  ReadText& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  friend bool operator==(const ReadText& a, const ReadText& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

/// Builds a Json from the parser's events. The parser keeps its own small stack, so nesting costs
/// no call depth; the values under construction lie on `open_`.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  /// `read`: the bytes that were read when an event comes.
  Builder(const JsonLimits& limits, const std::size_t& read) : limits_(limits), read_(read) {}

  bool null() override { return put(Json()); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(std::int64_t{value}); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) return put(static_cast<double>(value));
    return put(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return fail("binary values are not JSON"); }
  bool start_object(std::size_t) override { return open(Json(Json::Object{})); }
  bool start_array(std::size_t) override { return open(Json(Json::Array{})); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    const auto& members = *open_.back().object();
    if (names_.back().size() < 16) {
      for (const auto& known : members)
        if (known.first == name) return fail("the member \"" + name + "\" is named twice");
    }
    names_.back().push_back(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& e) override {
    std::string what = e.what();
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error ...": keep
    // the end; "[json.exception.out_of_range.406] number overflow ...": what follows the bracket.
    if (const auto bracket = what.find("] "); what.starts_with('[') && bracket != std::string::npos)
      what.erase(0, bracket + 2);
    if (const auto colon = what.find(": "); colon != std::string::npos) what.erase(0, colon + 2);
    if (fault_.what.empty()) fault_ = {position, what};
    return false;
  }

  Json& root() { return root_; }
  const JsonError& fault() const { return fault_; }

 private:
  bool fail(std::string what) {
    fault_ = {read_, std::move(what)};
    return false;
  }
  bool count() {
    if (++values_ > limits_.values)
      return fail("more than " + std::to_string(limits_.values) + " values");
    return true;
  }
  bool open(Json container) {
    if (open_.size() >= limits_.depth)
      return fail("nested deeper than " + std::to_string(limits_.depth) + " levels");
    open_.push_back(std::move(container));
    names_.emplace_back();
    return count();
  }
  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    if (names_.back().size() >= 16 && !all_different(names_.back())) return false;
    names_.pop_back();
    return attach(std::move(done));
  }
  bool all_different(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    return twice == names.end() || fail("the member \"" + *twice + "\" is named twice");
  }
  bool put(Json value) { return count() && attach(std::move(value)); }
  bool attach(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* items = open_.back().array()) {
      items->push_back(std::move(value));
    } else {
      open_.back().object()->emplace_back(names_.back().back(), std::move(value));
    }
    return true;
  }

  JsonLimits limits_;
  const std::size_t& read_;
  std::size_t values_ = 0;
  std::vector<Json> open_;
  std::vector<std::vector<std::string>> names_;
  Json root_;
  JsonError fault_{0, {}};
};

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_plain(const Json& value) { return value.array() == nullptr && value.object() == nullptr; }

bool fits_one_line(const Json& value) {
  if (const auto* items = value.array()) return std::all_of(items->begin(), items->end(), is_plain);
  if (const auto* members = value.object())
    return std::all_of(members->begin(), members->end(),
                       [](const auto& member) { return is_plain(member.second); });
  return true;
}

class Writer {
 public:
  explicit Writer(JsonLayout layout) : indented_(layout == JsonLayout::Indented) {}
  void write(const Json& value, int depth) {
    if (const auto* items = value.array()) {
      write_items('[', ']', *items, value, depth,
                  [&](const Json& item) { write(item, depth + 1); });
    } else if (const auto* members = value.object()) {
      write_items('{', '}', *members, value, depth, [&](const Json::Member& member) {
        out_ += quoted(member.first) + (indented_ ? ": " : ":");
        write(member.second, depth + 1);
      });
    } else {
      write_plain(value);
    }
  }
  std::string take() { return std::move(out_); }

 private:
  template <class Items, class WriteItem>
  void write_items(char opening, char closing, const Items& items, const Json& value, int depth,
                   WriteItem write_item) {
    const bool broken = indented_ && depth < 60 && !(depth > 0 && fits_one_line(value));
    out_ += opening;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += indented_ && !broken ? ", " : ",";
      first = false;
      if (broken) break_line(depth + 1);
      write_item(item);
    }
    if (broken && !items.empty()) break_line(depth);
    out_ += closing;
  }
  void write_plain(const Json& value) {
    if (const auto* text = value.text()) out_ += quoted(*text);
    else if (const auto* flag = value.boolean()) out_ += *flag ? "true" : "false";
    else if (const auto* whole = value.integer()) out_ += std::to_string(*whole);
    else if (const auto real = value.number()) out_ += nlohmann::json(*real).dump();
    else out_ += "null";
  }
  void break_line(int depth) {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
  }

  bool indented_;
  std::string out_;
};

}  // namespace

Json::Json(std::uint64_t value) {
  if (value > static_cast<std::uint64_t>(INT64_MAX)) value_ = std::to_string(value);
  else value_ = static_cast<std::int64_t>(value);
}

std::optional<double> Json::number() const {
  if (const auto* whole = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value_)) return *real;
  return std::nullopt;
}

std::optional<std::uint64_t> Json::whole() const {
  if (const auto* small = integer())
    return *small < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*small));
  const auto* digits = text();
  if (digits == nullptr) return std::nullopt;
  std::uint64_t value = 0;
  const char* const last = digits->data() + digits->size();
  const auto [end, error] = std::from_chars(digits->data(), last, value);
  if (error != std::errc() || end != last) return std::nullopt;
  return value;
}

const Json* Json::find(std::string_view name) const {
  const auto* members = object();
  if (members == nullptr) return nullptr;
  for (const auto& member : *members)
    if (member.first == name) return &member.second;
  return nullptr;
}

void Json::add(std::string name, Json value) {
  if (is_null()) value_ = Object{};
  TOCCATA_ASSERT(object() != nullptr);
  object()->emplace_back(std::move(name), std::move(value));
}

void Json::push(Json value) {
  if (is_null()) value_ = Array{};
  TOCCATA_ASSERT(array() != nullptr);
  array()->push_back(std::move(value));
}

const char* Json::kind() const {
  static constexpr const char* kKinds[] = {
      "null", "true or false", "a whole number", "a number", "a string", "an array", "an object"};
  return kKinds[value_.index()];
}

std::string describe(const JsonError& error) {
  return "byte " + std::to_string(error.byte_offset) + ": " + error.what;
}

Result<Json, JsonError> parse_json(std::string_view text, const JsonLimits& limits) {
  std::size_t read = 0;
  Builder builder(limits, read);
  const ReadText begin(text.data(), read), end(text.data() + text.size(), read);
  if (nlohmann::json::sax_parse(begin, end, &builder)) return std::move(builder.root());
  JsonError fault = builder.fault();
  if (fault.what.empty()) fault.what = "not JSON";
  return Unexpected{std::move(fault)};
}

std::string to_text(const Json& value, JsonLayout layout) {
  Writer writer(layout);
  writer.write(value, 0);
  std::string text = writer.take();
  if (layout == JsonLayout::Indented) text += '\n';
  return text;
}

}  // namespace toccata
