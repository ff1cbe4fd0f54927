#include "pg/entry.hpp"

#include "core/sqlstate.hpp"
#include "pg/datum.hpp"
#include "pg/extension.hpp"

extern "C" {
#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "nodes/execnodes.h"
#include "nodes/parsenodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"
}

namespace linkgress::pg {

namespace {

std::string describe_function(FunctionCallInfo call_info)
{
    return call([&]() noexcept { return format_procedure(call_info->flinfo->fn_oid); });
}

[[noreturn]] void refuse_declaration(FunctionCallInfo call_info, std::string detail)
{
    refuse_other_version();
    throw core::Error(
        core::sqlstate::datatype_mismatch,
        fmt::format("function {} is not declared as the library of linkgress has it", describe_function(call_info)),
        std::move(detail), "Run ALTER EXTENSION linkgress UPDATE; if that has been done, connect anew.");
}

std::string type_name(::Oid type)
{
    return call([&]() noexcept { return format_type_be(type); });
}

} // namespace

void check_call(FunctionCallInfo call_info)
{
    if (call_info->flinfo == nullptr || !OidIsValid(call_info->flinfo->fn_oid))
        throw core::Error(core::sqlstate::internal_error, "function of linkgress is not called as an SQL function");
}

Datum checked_result(FunctionCallInfo call_info, const Result &result)
{
    if (call_info->isnull)
        return 0;
    ::Oid declared = call([&]() noexcept { return get_func_rettype(call_info->flinfo->fn_oid); });
    if (OidIsValid(result.type())) {
        if (declared != result.type())
            refuse_declaration(call_info, fmt::format("It returns {}.", type_name(result.type())));
        return result.value();
    }
    auto *set = reinterpret_cast<ReturnSetInfo *>(call_info->resultinfo);
    bool has_rows = set != nullptr && IsA(set, ReturnSetInfo) && set->returnMode == SFRM_Materialize;
    if (declared != VOIDOID && !has_rows)
        refuse_declaration(call_info, "It returns nothing.");
    return result.value();
}

Arguments::Arguments(FunctionCallInfo call_info) : call_info_(call_info)
{
    ::Oid *types = nullptr;
    int count = 0;
    call([&]() noexcept { get_func_signature(call_info->flinfo->fn_oid, &types, &count); });
    types_.assign(types, types + std::min<int>(count, call_info->nargs));
}

const NullableDatum &Arguments::argument(int index, ::Oid type) const
{
    if (static_cast<std::size_t>(index) >= types_.size())
        refuse_declaration(call_info_, fmt::format("It has more than {} arguments.", types_.size()));
    if (types_[static_cast<std::size_t>(index)] != type)
        refuse_declaration(call_info_, fmt::format("Its argument {} is of type {}.", index + 1, type_name(type)));
    return call_info_->args[index];
}

bool Arguments::is_null(int index) const
{
    return static_cast<std::size_t>(index) >= types_.size() || call_info_->args[index].isnull;
}

std::optional<std::string> Arguments::text(int index) const
{
    const NullableDatum &value = argument(index, TEXTOID);
    return value.isnull ? std::nullopt : std::optional<std::string>(text_from_datum(value.value));
}

std::string_view Arguments::text_view(int index) const
{
    return view_of_datum(required(index, TEXTOID));
}

std::optional<std::string> Arguments::name(int index) const
{
    const NullableDatum &value = argument(index, NAMEOID);
    return value.isnull ? std::nullopt : std::optional<std::string>(NameStr(*DatumGetName(value.value)));
}

std::optional<bool> Arguments::boolean(int index) const
{
    const NullableDatum &value = argument(index, BOOLOID);
    return value.isnull ? std::nullopt : std::optional<bool>(DatumGetBool(value.value));
}

std::optional<std::int32_t> Arguments::integer(int index) const
{
    const NullableDatum &value = argument(index, INT4OID);
    return value.isnull ? std::nullopt : std::optional<std::int32_t>(DatumGetInt32(value.value));
}

std::optional<std::string> Arguments::interval(int index) const
{
    const NullableDatum &value = argument(index, INTERVALOID);
    if (value.isnull)
        return std::nullopt;
    return std::string(
        call([&]() noexcept { return DatumGetCString(DirectFunctionCall1(interval_out, value.value)); }));
}

std::vector<std::string> Arguments::text_array(int index) const
{
    const NullableDatum &value = argument(index, TEXTARRAYOID);
    return value.isnull ? std::vector<std::string>() : texts_from_datum(value.value);
}

std::vector<std::optional<std::string>> Arguments::nullable_text_array(int index) const
{
    const NullableDatum &value = argument(index, TEXTARRAYOID);
    return value.isnull ? std::vector<std::optional<std::string>>() : nullable_texts_from_datum(value.value);
}

std::vector<std::string> Arguments::name_array(int index) const
{
    std::vector<std::string> names;
    const NullableDatum &value = argument(index, NAMEARRAYOID);
    if (value.isnull)
        return names;
    Datum *values = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    call([&]() noexcept {
        deconstruct_array(DatumGetArrayTypeP(value.value), NAMEOID, NAMEDATALEN, false, TYPALIGN_CHAR, &values, &nulls,
                          &count);
    });
    for (int i = 0; i < count; i++)
        if (!nulls[i])
            names.emplace_back(NameStr(*DatumGetName(values[i])));
    return names;
}

void Arguments::json(int index, JsonHandler &handler) const
{
    read_json(argument(index, JSONBOID).value, handler);
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

Result text_result(const std::string &text)
{
    return {text_to_datum(text), TEXTOID};
}

Datum Arguments::required(int index, ::Oid type) const
{
    const NullableDatum &value = argument(index, type);
    if (value.isnull)
        throw core::Error(core::sqlstate::null_value_not_allowed,
                          fmt::format("argument {} must not be null", index + 1));
    return value.value;
}

std::string Arguments::cstring(int index) const
{
    return DatumGetCString(required(index, CSTRINGOID));
}

::Oid Arguments::oid(int index) const
{
    return DatumGetObjectId(required(index, OIDOID));
}

RoleValue Arguments::role(int index) const
{
    return role_from_datum(required(index, role_type()));
}

Result cstring_result(const std::string &text)
{
    return {CStringGetDatum(call([&]() noexcept { return pstrdup(text.c_str()); })), CSTRINGOID};
}

Result oid_result(::Oid value)
{
    return {ObjectIdGetDatum(value), OIDOID};
}

Result role_result(const RoleValue &value)
{
    return {role_to_datum(value), role_type()};
}

Result name_result(const std::string &text)
{
    return {call([&]() noexcept { return DirectFunctionCall1(namein, CStringGetDatum(text.c_str())); }), NAMEOID};
}

Result json_result(const std::string &text)
{
    return jsonb_result(call([&]() noexcept { return DirectFunctionCall1(jsonb_in, CStringGetDatum(text.c_str())); }));
}

Result jsonb_result(Datum document)
{
    return {document, JSONBOID};
}

Result bigint_result(std::int64_t value)
{
    return {Int64GetDatum(value), INT8OID};
}

Result boolean_result(bool value)
{
    return {BoolGetDatum(value), BOOLOID};
}

Result null_result(FunctionCallInfo call_info)
{
    call_info->isnull = true;
    return 0;
}

namespace {

::Oid type_oid(Column column)
{
    switch (column) {
    case Column::text:
        return TEXTOID;
    case Column::text_array:
        return TEXTARRAYOID;
    case Column::boolean:
        return BOOLOID;
    case Column::integer:
        return INT4OID;
    case Column::bigint:
        return INT8OID;
    case Column::interval:
        return INTERVALOID;
    case Column::jsonb:
        return JSONBOID;
    }
    return InvalidOid;
}

bool has_columns(TupleDesc row, std::initializer_list<Column> columns)
{
    if (static_cast<std::size_t>(row->natts) != columns.size())
        return false;
    int number = 0;
    for (Column column : columns) {
        Form_pg_attribute attribute = TupleDescAttr(row, number++);
        if (attribute->attisdropped || attribute->atttypid != type_oid(column))
            return false;
    }
    return true;
}

[[noreturn]] void refuse_columns(FunctionCallInfo call_info, std::initializer_list<Column> columns)
{
    std::string types;
    for (Column column : columns)
        types += (types.empty() ? "" : ", ") + type_name(type_oid(column));
    refuse_declaration(call_info, fmt::format("The columns of its result are of the types {}.", types));
}

} // namespace

ResultSet::ResultSet(FunctionCallInfo call_info, std::initializer_list<Column> columns)
    : info_(reinterpret_cast<ReturnSetInfo *>(call_info->resultinfo))
{
    TupleDesc row = nullptr;
    TypeFuncClass kind = call([&]() noexcept { return get_call_result_type(call_info, nullptr, &row); });
    if (kind != TYPEFUNC_COMPOSITE || !has_columns(row, columns))
        refuse_columns(call_info, columns);
    metadata_ = call([&]() noexcept {
        InitMaterializedSRF(call_info, 0);
        return TupleDescGetAttInMetadata(info_->setDesc);
    });
}

void ResultSet::add(const std::vector<std::optional<std::string>> &values)
{
    check_for_interrupts();
    if (values.size() != static_cast<std::size_t>(info_->setDesc->natts))
        throw core::Error(core::sqlstate::internal_error, "a row has not the columns of its result");
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
