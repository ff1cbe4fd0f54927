// A JSON text as a tree, and the places in it, which errors name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkgress::core {

enum class JsonKind { null, boolean, number, string, array, object };

struct JsonValue {
    JsonKind kind = JsonKind::null;
    std::string text;              // of a string; else as it is spelled: "true", "0.10", "null"
    std::vector<std::string> keys; // of an object
    std::vector<JsonValue> items;  // of an array; the values of an object, in the order of its keys
};

// Of a text in UTF-8. Errors: 22032 with line and column if it is no JSON; 22030 if an object has a
// key twice, 22023 if a text has U+0000 in it, 54000 if it is nested too deeply, these with the path.
JsonValue parse_json(std::string_view document);

// The value as JSON, without blanks.
void append_json(std::string &json, const JsonValue &value);

// A value and the path to it: tables.users.indexes[0]. Refers to the value. What reads it in a form
// in which it is not raises error 22023 with the path.
class JsonNode {
  public:
    explicit JsonNode(const JsonValue &value, std::string path = {}) : value_(&value), path_(std::move(path)) {}

    const JsonValue &value() const { return *value_; }
    const std::string &path() const { return path_; }
    bool is(JsonKind kind) const { return value_->kind == kind; }

    // Error 22023 at this place.
    [[noreturn]] void fail(const std::string &message, const std::string &hint = {}) const;

    void expect(JsonKind kind) const;
    // An object with no other keys than these.
    void expect_keys(std::initializer_list<std::string_view> known) const;

    const std::string &text() const;
    bool boolean() const;
    std::int64_t integer() const;
    // One of these texts.
    const std::string &choice(std::initializer_list<std::string_view> known) const;

    std::optional<JsonNode> find(std::string_view key) const;
    JsonNode at(std::string_view key) const;
    std::vector<std::pair<std::string, JsonNode>> members() const; // of an object
    std::vector<JsonNode> items() const;                           // of an array

    // Of members that may be missing.
    std::string text_or(std::string_view key, const std::string &fallback) const;
    bool boolean_or(std::string_view key, bool fallback) const;

  private:
    JsonNode item(std::size_t i) const;

    const JsonValue *value_;
    std::string path_;
};

} // namespace linkgress::core
