#include "core/json_document.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/poll.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace linkgress::core {

namespace {

// Trees are walked and freed recursively. No model needs more than ten levels but in a default.
constexpr std::size_t max_depth = 100;

std::string with_key(const std::string &path, const std::string &key)
{
    bool is_plain = !key.empty() && std::none_of(key.begin(), key.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '.' || c == '[' || c == ']' || c == '"' || c == '\\';
    });
    return path + (path.empty() ? "" : ".") + (is_plain ? key : quote_double(key));
}

std::string with_index(const std::string &path, std::size_t i)
{
    return fmt::format("{}[{}]", path, i);
}

std::string at_path(const std::string &path)
{
    return path.empty() ? " at the top of the document" : " at " + path;
}

const char *describe(JsonKind kind)
{
    switch (kind) {
    case JsonKind::null:
        return "null";
    case JsonKind::boolean:
        return "true or false";
    case JsonKind::number:
        return "a number";
    case JsonKind::string:
        return "a string";
    case JsonKind::array:
        return "an array";
    case JsonKind::object:
        break;
    }
    return "an object";
}

std::string quoted_list(std::initializer_list<std::string_view> texts)
{
    std::string list;
    for (std::string_view text : texts)
        list += (list.empty() ? "" : ", ") + quote_double(text);
    return list;
}

// Line and column, in characters, of a byte of the document; both count from 1.
std::string position_of(std::string_view document, std::size_t byte)
{
    std::string_view before = document.substr(0, std::min(byte, document.size()));
    auto lines = std::count(before.begin(), before.end(), '\n');
    std::string_view line = before.substr(before.rfind('\n') + 1); // npos + 1 is 0
    auto characters = std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return fmt::format("line {}, column {}", lines + 1, characters + 1);
}

// What the parser has to say, without its own number and position, and without the text that it read
// last, which may be long and of any bytes.
std::string reason_of(std::string_view what)
{
    what.remove_prefix(what.find("] ") + 2);
    if (what.starts_with("parse error at"))
        what.remove_prefix(what.find(": ") + 2);
    return std::string(what.substr(0, what.find("; last read:")));
}

// Builds the tree from what the parser finds. The parser's own trees take the last of two equal keys, and
// keep of a number its value only: 0.10 would be 0.1.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::ordered_json> {
  public:
    TreeBuilder(std::string_view document, JsonValue &root) : document_(document), root_(root) {}

    bool null() override { return add(JsonKind::null, "null"); }
    bool boolean(bool value) override { return add(JsonKind::boolean, value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return add(JsonKind::number, std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(JsonKind::number, std::to_string(value)); }
    bool number_float(number_float_t, const string_t &spelled) override { return add(JsonKind::number, spelled); }
    bool string(string_t &value) override
    {
        add(JsonKind::string, value);
        return refuse_nul(value);
    }
    bool binary(binary_t &) override { return false; } // is not in JSON
    bool start_object(std::size_t) override { return open(JsonKind::object); }
    bool start_array(std::size_t) override { return open(JsonKind::array); }
    bool end_array() override { return close(); }

    bool key(string_t &name) override
    {
        poll();
        open_.back()->keys.push_back(name);
        return refuse_nul(name);
    }

    bool end_object() override
    {
        std::vector<std::string_view> keys(open_.back()->keys.begin(), open_.back()->keys.end());
        std::sort(keys.begin(), keys.end(), [](std::string_view a, std::string_view b) { return poll(), a < b; });
        auto twice = std::adjacent_find(keys.begin(), keys.end());
        close();
        if (twice != keys.end())
            throw Error(sqlstate::duplicate_json_object_key_value,
                        fmt::format("key {} is given twice{}", quote_double(*twice), at_path(path())));
        return true;
    }

    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &error) override
    {
        throw Error(sqlstate::invalid_json_text,
                    fmt::format("invalid JSON at {}: {}", position_of(document_, position > 0 ? position - 1 : 0),
                                reason_of(error.what())));
    }

  private:
    bool add(JsonKind kind, std::string text)
    {
        poll();
        JsonValue &value = open_.empty() ? root_ : open_.back()->items.emplace_back();
        value.kind = kind;
        value.text = std::move(text);
        last_ = &value;
        return true;
    }

    bool open(JsonKind kind)
    {
        add(kind, "");
        if (open_.size() == max_depth)
            throw Error(sqlstate::program_limit_exceeded,
                        fmt::format("nested deeper than {} levels{}", max_depth, at_path(path())));
        open_.push_back(last_); // stays where it is: its container gets no other element meanwhile
        return true;
    }

    bool close()
    {
        open_.pop_back();
        return true;
    }

    bool refuse_nul(const std::string &text) const
    {
        if (text.find('\0') != text.npos)
            throw Error(sqlstate::invalid_parameter_value, "a text must not contain U+0000" + at_path(path()));
        return true;
    }

    // Of the value that came last, or of the key.
    std::string path() const
    {
        std::string path;
        for (const JsonValue *container : open_)
            if (container->kind == JsonKind::object)
                path = with_key(path, container->keys.back());
            else
                path = with_index(path, container->items.size() - 1);
        return path;
    }

    std::string_view document_;
    JsonValue &root_;
    JsonValue *last_ = nullptr;
    std::vector<JsonValue *> open_; // outermost first
};

// The characters of a text, one by one, polled for: a single value of it may be as long as all.
class PolledText {
  public:
    class Iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char *;
        using reference = const char &;

        Iterator() = default;
        explicit Iterator(const char *place) : place_(place) {}
        reference operator*() const { return *place_; }
        Iterator &operator++()
        {
            steps_.take();
            place_++;
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const Iterator &other) const { return place_ == other.place_; }

      private:
        const char *place_ = nullptr;
        Steps steps_;
    };

    explicit PolledText(std::string_view text) : text_(text) {}
    Iterator begin() const { return Iterator(text_.data()); }
    Iterator end() const { return Iterator(text_.data() + text_.size()); }

  private:
    std::string_view text_;
};

} // namespace

JsonValue parse_json(std::string_view document)
{
    JsonValue root;
    TreeBuilder builder(document, root);
    PolledText text(document);
    nlohmann::ordered_json::sax_parse(text.begin(), text.end(), &builder);
    return root;
}

void append_json(std::string &json, const JsonValue &value)
{
    poll();
    if (value.kind == JsonKind::string) {
        append_json_string(json, value.text);
        return;
    }
    if (value.kind != JsonKind::array && value.kind != JsonKind::object) {
        json += value.text;
        return;
    }
    bool is_object = value.kind == JsonKind::object;
    json += is_object ? '{' : '[';
    for (std::size_t i = 0; i < value.items.size(); i++) {
        json += i > 0 ? "," : "";
        if (is_object) {
            append_json_string(json, value.keys[i]);
            json += ':';
        }
        append_json(json, value.items[i]);
    }
    json += is_object ? '}' : ']';
}

void JsonNode::fail(const std::string &message, const std::string &hint) const
{
    throw Error(sqlstate::invalid_parameter_value, message + at_path(path_), "", hint);
}

void JsonNode::expect(JsonKind kind) const
{
    if (!is(kind))
        fail(fmt::format("expected {}, found {},", describe(kind), describe(value_->kind)));
}

void JsonNode::expect_keys(std::initializer_list<std::string_view> known) const
{
    expect(JsonKind::object);
    for (const std::string &key : value_->keys)
        if (std::find(known.begin(), known.end(), key) == known.end())
            fail("unknown key " + quote_double(key), fmt::format("The keys here are {}.", quoted_list(known)));
}

const std::string &JsonNode::text() const
{
    expect(JsonKind::string);
    return value_->text;
}

bool JsonNode::boolean() const
{
    expect(JsonKind::boolean);
    return value_->text == "true";
}

std::int64_t JsonNode::integer() const
{
    expect(JsonKind::number);
    std::int64_t number = 0;
    const char *end = value_->text.data() + value_->text.size();
    auto [stop, error] = std::from_chars(value_->text.data(), end, number);
    if (error != std::errc() || stop != end)
        fail(fmt::format("expected an integer, found {},", value_->text));
    return number;
}

const std::string &JsonNode::choice(std::initializer_list<std::string_view> known) const
{
    if (std::find(known.begin(), known.end(), text()) == known.end())
        fail("unknown value " + quote_double(text()), fmt::format("The values here are {}.", quoted_list(known)));
    return text();
}

std::optional<JsonNode> JsonNode::find(std::string_view key) const
{
    auto found = std::find(value_->keys.begin(), value_->keys.end(), key);
    if (found == value_->keys.end())
        return std::nullopt;
    return item(static_cast<std::size_t>(found - value_->keys.begin()));
}

JsonNode JsonNode::at(std::string_view key) const
{
    std::optional<JsonNode> member = find(key);
    if (!member)
        fail(fmt::format("key {} is missing", quote_double(key)));
    return *member;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const
{
    expect(JsonKind::object);
    std::vector<std::pair<std::string, JsonNode>> nodes;
    for (std::size_t i = 0; i < value_->items.size(); i++)
        nodes.emplace_back(value_->keys[i], item(i));
    return nodes;
}

std::vector<JsonNode> JsonNode::items() const
{
    expect(JsonKind::array);
    std::vector<JsonNode> nodes;
    for (std::size_t i = 0; i < value_->items.size(); i++)
        nodes.push_back(item(i));
    return nodes;
}

std::string JsonNode::text_or(std::string_view key, const std::string &fallback) const
{
    std::optional<JsonNode> member = find(key);
    return member ? member->text() : fallback;
}

bool JsonNode::boolean_or(std::string_view key, bool fallback) const
{
    std::optional<JsonNode> member = find(key);
    return member ? member->boolean() : fallback;
}

JsonNode JsonNode::item(std::size_t i) const
{
    poll();
    return JsonNode(value_->items[i], is(JsonKind::object) ? with_key(path_, value_->keys[i]) : with_index(path_, i));
}

} // namespace linkgress::core
