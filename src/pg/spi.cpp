#include "pg/spi.hpp"

#include "core/sqlstate.hpp"
#include "pg/datum.hpp"
#include "pg/json.hpp"
#include "pg/postgres.hpp"
#include "pg/rollback.hpp"
#include "pg/running_text.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "tcop/dest.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/snapmgr.h"
}

namespace linkgress::pg {

namespace {

// SPI reports most misuse by a negative code, not by an error.
void check_code(int code, const char *what)
{
    if (code >= 0)
        return;
    switch (code) {
    case SPI_ERROR_COPY:
        throw core::Error(core::sqlstate::feature_not_supported,
                          "COPY FROM STDIN and COPY TO STDOUT have no client to talk to in here");
    case SPI_ERROR_TRANSACTION:
        throw core::Error(core::sqlstate::invalid_transaction_termination,
                          "transaction control statements are not allowed in here");
    default:
        throw core::Error(core::sqlstate::internal_error, fmt::format("{}: {}", what, SPI_result_code_string(code)));
    }
}

::Oid type_oid(Type type)
{
    switch (type) {
    case Type::text:
        return TEXTOID;
    case Type::text_array:
        return TEXTARRAYOID;
    case Type::boolean:
        return BOOLOID;
    case Type::integer:
        return INT4OID;
    case Type::bigint:
        return INT8OID;
    case Type::oid:
        return OIDOID;
    case Type::real:
        return FLOAT8OID;
    case Type::oid_array:
        return OIDARRAYOID;
    case Type::smallint_array:
    case Type::relation:
    case Type::expression:
        break;
    }
    return InvalidOid;
}

Datum text_array_datum(const std::vector<std::string> &texts)
{
    std::vector<Datum> elements;
    elements.reserve(texts.size());
    for (const std::string &text : texts)
        elements.push_back(text_to_datum(text));
    return call([&]() noexcept {
        return PointerGetDatum(
            construct_array(elements.data(), static_cast<int>(elements.size()), TEXTOID, -1, false, TYPALIGN_INT));
    });
}

struct ToDatum {
    Datum operator()(std::monostate) const { return 0; }
    Datum operator()(bool value) const { return BoolGetDatum(value); }
    Datum operator()(std::int32_t value) const { return Int32GetDatum(value); }
    Datum operator()(std::int64_t value) const { return Int64GetDatum(value); }
    Datum operator()(Oid value) const { return ObjectIdGetDatum(value); }
    Datum operator()(double value) const { return Float8GetDatum(value); }
    Datum operator()(std::string_view value) const { return text_to_datum(value); }
    Datum operator()(std::reference_wrapper<const std::vector<std::string>> value) const
    {
        return text_array_datum(value.get());
    }
    Datum operator()(std::reference_wrapper<const std::vector<Oid>> value) const
    {
        std::vector<Datum> elements;
        for (Oid element : value.get())
            elements.push_back(ObjectIdGetDatum(element));
        return call([&]() noexcept {
            return PointerGetDatum(construct_array(elements.data(), static_cast<int>(elements.size()), OIDOID,
                                                   sizeof(::Oid), true, TYPALIGN_INT));
        });
    }
};

// The server names the statement of an SPI call in full, as context. Ours are
// of no interest to the user, and a migration's may have megabytes.
void drop_statement_context(core::ErrorReport &report, std::string_view statement)
{
    std::string line = fmt::format("SQL statement \"{}\"", statement);
    std::size_t found = report.context.find(line);
    if (found == std::string::npos)
        return;
    std::size_t end = found + line.size();
    if (end < report.context.size() && report.context[end] == '\n')
        end++;
    report.context.erase(found, end - found);
    if (!report.context.empty() && report.context.back() == '\n')
        report.context.pop_back();
}

// SPI leaves its session's memory context behind as the current one. What is allocated afterwards, the function's
// result perhaps, shall outlive the session.
template <typename Function> auto call_spi(Function &&function)
{
    MemoryContext caller = CurrentMemoryContext;
    auto result = call(function);
    MemoryContextSwitchTo(caller);
    return result;
}

template <typename Function> int call_with_statement(std::string_view statement, Function &&function)
{
    try {
        return call_spi(function);
    } catch (PgError &error) {
        drop_statement_context(error.report(), statement);
        throw;
    }
}

} // namespace

SpiSession::SpiSession(Transactions transactions) : transactions_(transactions)
{
    int options = transactions == Transactions::may_commit ? SPI_OPT_NONATOMIC : 0;
    MemoryContext caller = CurrentMemoryContext;
    check_code(call([&]() noexcept { return SPI_connect_ext(options); }), "SPI_connect");
    // SPI_finish() frees the context that it has switched to, and with it the
    // result of a function that allocates there.
    if (transactions != Transactions::may_commit)
        MemoryContextSwitchTo(caller);
    // Which elsewhere the portal of the client's statement has.
    if (transactions == Transactions::top_level)
        call([]() noexcept { PushActiveSnapshot(GetTransactionSnapshot()); });
}

SpiSession::~SpiSession()
{
    if (is_broken())
        return;
    if (transactions_ == Transactions::top_level)
        PopActiveSnapshot();
    SPI_finish();
}

void SpiSession::commit()
{
    std::uint32_t before = transaction_number();
    try {
        call([]() noexcept { SPI_commit(); });
    } catch (const PgError &) {
        // The server has rolled the transaction back and begun another one before it raised the error again, unless
        // it did not get that far.
        if (transaction_number() != before && IsTransactionState())
            mend();
        throw;
    }
}

Rows::Rows(void *table, std::size_t count) : table_(table), count_(count) {}

Rows::Rows(Rows &&other) noexcept
    : table_(std::exchange(other.table_, nullptr)), count_(other.count_), row_(other.row_),
      values_(std::move(other.values_)), nulls_(std::move(other.nulls_))
{}

Rows::~Rows()
{
    if (table_ != nullptr && !is_broken())
        SPI_freetuptable(static_cast<SPITupleTable *>(table_));
}

std::uintptr_t Rows::datum(std::size_t row, int column, bool *null) const
{
    if (row != row_)
        take_apart(row);
    *null = nulls_[static_cast<std::size_t>(column)];
    return values_[static_cast<std::size_t>(column)];
}

void Rows::take_apart(std::size_t row) const
{
    check_for_interrupts(); // for all loops over rows
    auto *table = static_cast<SPITupleTable *>(table_);
    if (values_.empty()) {
        values_.resize(static_cast<std::size_t>(columns()));
        nulls_ = std::make_unique<bool[]>(values_.size());
    }
    call([&]() noexcept { heap_deform_tuple(table->vals[row], table->tupdesc, values_.data(), nulls_.get()); });
    row_ = row;
}

namespace {

// Its values are of the same form as those of the type, whose oids stand here with it.
bool has_form_of(::Oid type, Type form)
{
    switch (form) {
    case Type::text:
        return type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type == JSONOID || type == PG_NODE_TREEOID;
    case Type::oid:
        return type == OIDOID || type == REGCLASSOID || type == REGTYPEOID || type == REGPROCOID ||
               type == REGPROCEDUREOID || type == REGROLEOID || type == REGNAMESPACEOID || type == XIDOID;
    case Type::oid_array:
        return type == OIDARRAYOID || type == OIDVECTOROID;
    case Type::smallint_array:
        return type == INT2ARRAYOID || type == INT2VECTOROID;
    case Type::expression:
        return type == PG_NODE_TREEOID;
    case Type::relation:
        return type == REGCLASSOID;
    default:
        return type == type_oid(form);
    }
}

[[noreturn]] void refuse_type(const char *column)
{
    throw core::Error(
        core::sqlstate::datatype_mismatch,
        fmt::format("column \"{}\" of a query of linkgress has another type than its library asks for", column),
        "A table of extension \"linkgress\" has been altered, or is that of another version.",
        "Run ALTER EXTENSION linkgress UPDATE; if that has been done, alter the column back.");
}

// Somebody may have altered the tables: the accessor must fit what the query gives.
void check_form(void *table, int column, Type form)
{
    Form_pg_attribute attribute = TupleDescAttr(static_cast<SPITupleTable *>(table)->tupdesc, column);
    if (!has_form_of(attribute->atttypid, form))
        refuse_type(NameStr(attribute->attname));
}

} // namespace

bool Rows::is_null(std::size_t row, int column) const
{
    bool null;
    datum(row, column, &null);
    return null;
}

std::optional<std::string> Rows::optional_text(std::size_t row, int column) const
{
    check_form(table_, column, Type::text);
    bool null;
    Datum value = datum(row, column, &null);
    if (null)
        return std::nullopt;
    return text_from_datum(value);
}

std::string Rows::text(std::size_t row, int column) const
{
    return optional_text(row, column).value_or(std::string());
}

std::vector<std::string> Rows::texts(int column) const
{
    std::vector<std::string> result;
    for (std::size_t row = 0; row < count_; row++)
        result.push_back(text(row, column));
    return result;
}

bool Rows::boolean(std::size_t row, int column) const
{
    check_form(table_, column, Type::boolean);
    bool null;
    Datum value = datum(row, column, &null);
    return !null && DatumGetBool(value);
}

std::int64_t Rows::bigint(std::size_t row, int column) const
{
    check_form(table_, column, Type::bigint);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? 0 : DatumGetInt64(value);
}

std::int32_t Rows::integer(std::size_t row, int column) const
{
    check_form(table_, column, Type::integer);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? 0 : DatumGetInt32(value);
}

Oid Rows::oid(std::size_t row, int column) const
{
    check_form(table_, column, Type::oid);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? InvalidOid : DatumGetObjectId(value);
}

int Rows::columns() const
{
    return static_cast<SPITupleTable *>(table_)->tupdesc->natts;
}

std::string Rows::column_name(int column) const
{
    return NameStr(TupleDescAttr(static_cast<SPITupleTable *>(table_)->tupdesc, column)->attname);
}

std::optional<Type> Rows::column_type(int column) const
{
    switch (TupleDescAttr(static_cast<SPITupleTable *>(table_)->tupdesc, column)->atttypid) {
    case TEXTOID:
        return Type::text;
    case TEXTARRAYOID:
        return Type::text_array;
    case BOOLOID:
        return Type::boolean;
    case INT4OID:
        return Type::integer;
    case INT8OID:
        return Type::bigint;
    case OIDOID:
        return Type::oid;
    case FLOAT8OID:
        return Type::real;
    case INT2ARRAYOID:
    case INT2VECTOROID:
        return Type::smallint_array;
    case OIDARRAYOID:
    case OIDVECTOROID:
        return Type::oid_array;
    case REGCLASSOID:
        return Type::relation;
    case PG_NODE_TREEOID:
        return Type::expression;
    default:
        return std::nullopt;
    }
}

std::vector<std::string> Rows::text_array(std::size_t row, int column) const
{
    check_form(table_, column, Type::text_array);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? std::vector<std::string>() : texts_from_datum(value);
}

namespace {

// The elements of an array without NULLs.
template <typename Element> std::vector<Element> elements_of(Datum datum)
{
    ArrayType *array = call([&]() noexcept { return DatumGetArrayTypeP(datum); });
    auto *elements = reinterpret_cast<const Element *>(ARR_DATA_PTR(array));
    return {elements, elements + ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))};
}

} // namespace

std::vector<std::int16_t> Rows::smallint_array(std::size_t row, int column) const
{
    check_form(table_, column, Type::smallint_array);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? std::vector<std::int16_t>() : elements_of<std::int16_t>(value);
}

std::vector<Oid> Rows::oid_array(std::size_t row, int column) const
{
    check_form(table_, column, Type::oid_array);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? std::vector<Oid>() : elements_of<Oid>(value);
}

std::string_view Rows::text_view(std::size_t row, int column) const
{
    check_form(table_, column, Type::text);
    bool null;
    Datum value = datum(row, column, &null);
    return null ? std::string_view() : view_of_datum(value);
}

std::uintptr_t Rows::expression(std::size_t row, int column) const
{
    check_form(table_, column, Type::expression);
    bool null;
    return datum(row, column, &null);
}

void Rows::json(std::size_t row, int column, JsonHandler &handler) const
{
    Form_pg_attribute attribute = TupleDescAttr(static_cast<SPITupleTable *>(table_)->tupdesc, column);
    if (attribute->atttypid != JSONBOID)
        refuse_type(NameStr(attribute->attname));
    bool null;
    read_json(datum(row, column, &null), handler);
}

void Query::prepare()
{
    std::vector<::Oid> oids;
    for (Type type : types_)
        oids.push_back(type_oid(type));
    int options = planning_ == Planning::each ? CURSOR_OPT_CUSTOM_PLAN : 0;
    SPIPlanPtr plan = call_spi(
        [&]() noexcept { return SPI_prepare_cursor(sql_, static_cast<int>(oids.size()), oids.data(), options); });
    if (plan == nullptr)
        check_code(SPI_result, "SPI_prepare");
    check_code(call_spi([&]() noexcept { return SPI_keepplan(plan); }), "SPI_keepplan");
    plan_ = plan;
}

Rows Query::execute(std::initializer_list<Value> values, View view)
{
    if (plan_ == nullptr)
        prepare();
    std::vector<Datum> datums;
    std::string nulls;
    for (const Value &value : values) {
        datums.push_back(std::visit(ToDatum{}, value));
        nulls.push_back(std::holds_alternative<std::monostate>(value) ? 'n' : ' ');
    }
    auto *plan = static_cast<SPIPlanPtr>(plan_);
    int code = call_with_statement(sql_, [&]() noexcept {
        if (view == View::latest)
            return SPI_execute_snapshot(plan, datums.data(), nulls.c_str(), GetLatestSnapshot(), InvalidSnapshot, true,
                                        false, 0);
        return SPI_execute_plan(plan, datums.data(), nulls.c_str(), view == View::active, 0);
    });
    check_code(code, "SPI_execute_plan");
    return Rows(SPI_tuptable, SPI_tuptable == nullptr ? 0 : SPI_processed);
}

Rows Query::run(std::initializer_list<Value> values)
{
    return execute(values, View::own);
}

Rows Query::run_with_latest_snapshot(std::initializer_list<Value> values)
{
    return execute(values, View::latest);
}

Rows Query::run_with_active_snapshot(std::initializer_list<Value> values)
{
    return execute(values, View::active);
}

bool execute_statement(const std::string &sql)
{
    SPIExecuteOptions options;
    std::memset(&options, 0, sizeof options);
    options.dest = None_Receiver;
    RunningText running(sql);
    int code = call_with_statement(sql, [&]() noexcept { return SPI_execute_extended(sql.c_str(), &options); });
    check_code(code, "SPI_execute");
    return code == SPI_OK_UTILITY;
}

std::optional<std::string> query_text(const std::string &sql)
{
    int code = call_with_statement(sql, [&]() noexcept { return SPI_execute(sql.c_str(), true, 1); });
    check_code(code, "SPI_execute");
    Rows rows(SPI_tuptable, SPI_processed);
    if (rows.empty() || rows.is_null(0, 0))
        return std::nullopt;
    return rows.text(0, 0);
}

std::string quote_identifier(const std::string &name)
{
    return call([&]() noexcept { return ::quote_identifier(name.c_str()); });
}

} // namespace linkgress::pg
