// JSON, written and read by the server, so that it is right in any encoding.
#pragma once

#include "pg/bridge.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkgress::pg {

// The text as a JSON string, quotes included.
std::string json_string(const std::string &text);

// Is told of the parts of a document, in their order.
class JsonHandler {
  public:
    virtual ~JsonHandler() = default;
    virtual void start_document(std::size_t bytes) = 0; // so many, not compressed
    virtual void start_object() = 0;
    virtual void end_object() = 0;
    virtual void start_array() = 0;
    virtual void end_array() = 0;
    virtual void key(std::string_view name) = 0;
    virtual void text(std::string_view value) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void boolean(bool value) = 0;
    virtual void null() = 0;
};

// Makes a datum of type jsonb of the parts of a document, in their order. It writes the format that utils/jsonb.h
// describes: the server's own way there, by a tree of all values, takes several times the document's memory.
class JsonBuilder {
  public:
    JsonBuilder() : open_(1) {}

    void start_object() { start(true); }
    void end_object() { end(); }
    void start_array() { start(false); }
    void end_array() { end(); }
    void key(std::string_view name) { key_ = name; } // lives as long as this; each once in an object
    void text(std::string_view value);
    void integer(std::int64_t value);
    void boolean(bool value);

    std::uintptr_t result();

  private:
    // A value of a container, or the document as the only one.
    struct Entry {
        std::string_view key;
        std::uint32_t type;
        std::size_t start; // in the data
        std::size_t size;
    };
    // The data of the values, each where it is aligned as it will be.
    struct Container {
        bool is_object = false;
        std::vector<Entry> entries = {};
        std::string data = {};
    };

    void start(bool is_object);
    void end();
    void add(std::uint32_t type, std::string_view data, bool is_aligned);
    void close(Container &container, std::string &out);

    std::vector<Container> open_; // around the present place; more, for their memory, behind depth_
    std::size_t depth_ = 0;
    std::string_view key_;
    std::vector<std::string_view> keys_;                     // of the open containers
    std::unordered_map<std::int64_t, std::string> integers_; // as numeric
};

// Reads a datum of type jsonb. Error 22023 for a number that is not a bigint.
void read_json(std::uintptr_t datum, JsonHandler &handler);

} // namespace linkgress::pg
