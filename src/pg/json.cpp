#include "pg/json.hpp"

#include "core/sqlstate.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
}

namespace linkgress::pg {

std::string json_string(const std::string &text)
{
    StringInfoData buffer;
    call([&]() noexcept {
        initStringInfo(&buffer);
        escape_json(&buffer, text.c_str());
    });
    std::string result(buffer.data, static_cast<std::size_t>(buffer.len));
    pfree(buffer.data);
    return result;
}

namespace {

std::int64_t integer_of(Numeric number)
{
    try {
        return call(
            [&]() noexcept { return DatumGetInt64(DirectFunctionCall1(numeric_int8, NumericGetDatum(number))); });
    } catch (const PgError &) {
        throw core::Error(core::sqlstate::invalid_parameter_value, "number in JSON is out of range");
    }
}

void pass_on(const JsonbValue &value, JsonHandler &handler)
{
    switch (value.type) {
    case jbvNull:
        handler.null();
        break;
    case jbvString:
        handler.text({value.val.string.val, static_cast<std::size_t>(value.val.string.len)});
        break;
    case jbvNumeric:
        handler.integer(integer_of(value.val.numeric));
        break;
    case jbvBool:
        handler.boolean(value.val.boolean);
        break;
    default:
        break;
    }
}

} // namespace

void read_json(std::uintptr_t datum, JsonHandler &handler)
{
    Jsonb *document = call([&]() noexcept { return DatumGetJsonbP(datum); });
    JsonbIterator *iterator = call([&]() noexcept { return JsonbIteratorInit(&document->root); });
    bool is_scalar = JB_ROOT_IS_SCALAR(document);
    JsonbValue value;
    for (;;) {
        switch (call([&]() noexcept { return JsonbIteratorNext(&iterator, &value, false); })) {
        case WJB_DONE:
            return;
        case WJB_KEY:
            handler.key({value.val.string.val, static_cast<std::size_t>(value.val.string.len)});
            break;
        case WJB_VALUE:
        case WJB_ELEM:
            pass_on(value, handler);
            break;
        case WJB_BEGIN_ARRAY:
            if (!is_scalar)
                handler.start_array();
            break;
        case WJB_END_ARRAY:
            if (!is_scalar)
                handler.end_array();
            break;
        case WJB_BEGIN_OBJECT:
            handler.start_object();
            break;
        case WJB_END_OBJECT:
            handler.end_object();
            break;
        }
    }
}

} // namespace linkgress::pg
