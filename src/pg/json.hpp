// JSON, written and read by the server, so that it is right in any encoding.
#pragma once

#include "pg/bridge.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace linkgress::pg {

// The text as a JSON string, quotes included.
std::string json_string(const std::string &text);

// Is told of the parts of a document, in their order.
class JsonHandler {
  public:
    virtual ~JsonHandler() = default;
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

// Reads a datum of type jsonb. Error 22023 for a number that is not a bigint.
void read_json(std::uintptr_t datum, JsonHandler &handler);

} // namespace linkgress::pg
