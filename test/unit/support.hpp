// What several tests have in common: snapshots from JSON, names quoted without a server.
#pragma once

#include "core/error.hpp"
#include "core/snapshot.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace linkgress::test {

// Hands the tokens of a JSON text to a SnapshotBuilder, as the server's parser does.
class Tokens final : public nlohmann::json_sax<nlohmann::json> {
  public:
    bool null() override { return builder_.null(), true; }
    bool boolean(bool value) override { return builder_.value(value), true; }
    bool number_integer(number_integer_t value) override { return builder_.value(value), true; }
    bool number_unsigned(number_unsigned_t value) override
    {
        if (value > INT64_MAX)
            throw std::invalid_argument("a number that is too large");
        return builder_.value(static_cast<std::int64_t>(value)), true;
    }
    bool number_float(number_float_t, const string_t &) override { throw std::invalid_argument("not an integer"); }
    bool string(string_t &value) override { return builder_.value(value), true; }
    bool binary(binary_t &) override { return false; } // is not in JSON
    bool start_object(std::size_t) override { return builder_.start_object(), true; }
    bool key(string_t &name) override { return builder_.key(name), true; }
    bool end_object() override { return builder_.end_object(), true; }
    bool start_array(std::size_t) override { return builder_.start_array(), true; }
    bool end_array() override { return builder_.end_array(), true; }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &error) override
    {
        throw std::invalid_argument(error.what());
    }

    core::Snapshot take() { return builder_.take(); }

  private:
    core::SnapshotBuilder builder_;
};

// Error 22023 if it is no snapshot; std::invalid_argument if it is no JSON.
inline core::Snapshot snapshot_of(std::string_view json)
{
    Tokens tokens;
    nlohmann::json::sax_parse(json, &tokens);
    return tokens.take();
}

// As quote_ident() does it, but for the keywords.
inline std::string quote(const std::string &name)
{
    bool is_plain = !name.empty() && (name[0] < '0' || name[0] > '9');
    std::string quoted = "\"";
    for (char c : name) {
        is_plain = is_plain && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
        quoted.append(c == '"' ? 2 : 1, c);
    }
    return is_plain ? name : quoted + '"';
}

// The report of the error that the function ends with; empty if there is none.
template <typename Function> core::ErrorReport report_of(const Function &function)
{
    try {
        function();
    } catch (const core::Error &error) {
        return error.report();
    }
    return {};
}

} // namespace linkgress::test
