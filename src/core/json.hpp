// JSON text, member by member. Bytes go through as they are: the text is in the
// encoding of what is put in.
#pragma once

#include "core/object.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linkgress::core {

// The text as a JSON string, with its quotes.
void append_json_string(std::string &json, std::string_view text);

// The same as pieces of text one after the other, which may have megabytes, and escaped as the server's jsonb is when
// it is cast to text. The pieces live as long as the text.
void append_json_pieces(std::vector<std::string_view> &pieces, std::string_view text);

class JsonWriter {
  public:
    void key(std::string_view name)
    {
        separate();
        string(name);
        text += ": ";
    }
    void string(std::string_view value) { append_json_string(text, value); }
    void open(char bracket)
    {
        text += bracket;
        is_first_ = true;
    }
    void close(char bracket)
    {
        text += bracket;
        is_first_ = false;
    }
    void separate()
    {
        if (!is_first_)
            text += ", ";
        is_first_ = false;
    }
    void member(std::string_view name, std::string_view value)
    {
        if (value.empty())
            return;
        key(name);
        string(value);
    }
    void operator()(bool value) { text += value ? "true" : "false"; }
    void operator()(std::int64_t value) { text += std::to_string(value); }
    void operator()(const std::string &value) { string(value); }
    void operator()(const List &values)
    {
        open('[');
        for (const std::string &value : values) {
            separate();
            string(value);
        }
        close(']');
    }

    std::string text;

  private:
    bool is_first_ = true;
};

} // namespace linkgress::core
