// Any text as a model in JSON: it becomes statements, or an error that says where.

#include "support.hpp"

#include "core/json_document.hpp"
#include "core/json_model.hpp"

using namespace linkgress;
using fuzz::require;

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t max_size,
                                               unsigned seed)
{
    return fuzz::mutate_json(data, size, max_size, seed, fuzz::change);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view text(reinterpret_cast<const char *>(data), size);
    fuzz::attempt([&] {
        core::JsonValue document = core::parse_json(text);
        std::string written;
        core::append_json(written, document);
        std::string again;
        core::append_json(again, core::parse_json(written));
        require(again == written, "JSON that is not the same when it is read again");
    });
    fuzz::attempt([&] {
        for (const core::ModelStatement &statement : core::statements_of_json(text, test::quote)) {
            require(!statement.sql.empty(), "an empty statement");
            for (int position : {0, 1, static_cast<int>(statement.sql.size()), 1000000})
                core::path_at(statement, position);
        }
    });
    return 0;
}
