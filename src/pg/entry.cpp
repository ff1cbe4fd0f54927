#include "pg/entry.hpp"

#include "core/sqlstate.hpp"
#include "pg/datum.hpp"

extern "C" {
#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "nodes/execnodes.h"
#include "nodes/parsenodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"
}

namespace linkgress::pg {

bool Arguments::is_null(int index) const
{
    return call_info_->args[index].isnull;
}

std::optional<std::string> Arguments::text(int index) const
{
    if (call_info_->args[index].isnull)
        return std::nullopt;
    return text_from_datum(call_info_->args[index].value);
}

std::string_view Arguments::text_view(int index) const
{
    return view_of_datum(call_info_->args[index].value);
}

std::optional<std::string> Arguments::name(int index) const
{
    if (call_info_->args[index].isnull)
        return std::nullopt;
    return std::string(NameStr(*DatumGetName(call_info_->args[index].value)));
}

std::optional<bool> Arguments::boolean(int index) const
{
    if (call_info_->args[index].isnull)
        return std::nullopt;
    return DatumGetBool(call_info_->args[index].value);
}

std::optional<std::int32_t> Arguments::integer(int index) const
{
    if (call_info_->args[index].isnull)
        return std::nullopt;
    return DatumGetInt32(call_info_->args[index].value);
}

std::optional<std::string> Arguments::interval(int index) const
{
    if (call_info_->args[index].isnull)
        return std::nullopt;
    Datum value = call_info_->args[index].value;
    return std::string(call([&]() noexcept { return DatumGetCString(DirectFunctionCall1(interval_out, value)); }));
}

std::vector<std::string> Arguments::text_array(int index) const
{
    if (call_info_->args[index].isnull)
        return {};
    return texts_from_datum(call_info_->args[index].value);
}

std::vector<std::string> Arguments::name_array(int index) const
{
    std::vector<std::string> names;
    if (call_info_->args[index].isnull)
        return names;
    Datum *values = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    call([&]() noexcept {
        deconstruct_array(DatumGetArrayTypeP(call_info_->args[index].value), NAMEOID, NAMEDATALEN, false, TYPALIGN_CHAR,
                          &values, &nulls, &count);
    });
    for (int i = 0; i < count; i++)
        if (!nulls[i])
            names.emplace_back(NameStr(*DatumGetName(values[i])));
    return names;
}

void Arguments::json(int index, JsonHandler &handler) const
{
    read_json(call_info_->args[index].value, handler);
}

namespace {

std::string required(std::optional<std::string> value, const char *name)
{
    if (!value)
        throw core::Error(core::sqlstate::null_value_not_allowed,
                          fmt::format("argument \"{}\" must not be null", name));
    return *value;
}

} // namespace

std::string required_text(const Arguments &arguments, int index, const char *name)
{
    return required(arguments.text(index), name);
}

std::string required_name(const Arguments &arguments, int index, const char *name)
{
    return required(arguments.name(index), name);
}

Datum text_result(const std::string &text)
{
    return text_to_datum(text);
}

Datum json_result(const std::string &text)
{
    return call([&]() noexcept { return DirectFunctionCall1(jsonb_in, CStringGetDatum(text.c_str())); });
}

Datum bigint_result(std::int64_t value)
{
    return Int64GetDatum(value);
}

Datum boolean_result(bool value)
{
    return BoolGetDatum(value);
}

Datum null_result(FunctionCallInfo call_info)
{
    call_info->isnull = true;
    return 0;
}

ResultSet::ResultSet(FunctionCallInfo call_info) : info_(reinterpret_cast<ReturnSetInfo *>(call_info->resultinfo))
{
    metadata_ = call([&]() noexcept {
        InitMaterializedSRF(call_info, 0);
        return TupleDescGetAttInMetadata(info_->setDesc);
    });
}

void ResultSet::add(const std::vector<std::optional<std::string>> &values)
{
    std::vector<char *> texts;
    for (const std::optional<std::string> &value : values)
        texts.push_back(value ? const_cast<char *>(value->c_str()) : nullptr);
    call([&]() noexcept {
        HeapTuple tuple = BuildTupleFromCStrings(metadata_, texts.data());
        tuplestore_puttuple(info_->setResult, tuple);
        heap_freetuple(tuple);
    });
}

bool may_commit(FunctionCallInfo call_info)
{
    return call_info->context != nullptr && IsA(call_info->context, CallContext) &&
           !castNode(CallContext, call_info->context)->atomic;
}

} // namespace linkgress::pg
