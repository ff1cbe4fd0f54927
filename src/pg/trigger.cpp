#include "pg/trigger.hpp"

#include "core/sqlstate.hpp"
#include "pg/datum.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/rel.h"
#include "utils/timestamp.h"
}

namespace linkgress::pg {

namespace {

int column_number(const TriggerData *data, const char *column)
{
    int number = SPI_fnumber(data->tg_relation->rd_att, column);
    if (number <= 0)
        throw core::Error(
            core::sqlstate::internal_error,
            fmt::format("table \"{}\" has no column \"{}\"", RelationGetRelationName(data->tg_relation), column));
    return number;
}

} // namespace

TriggerCall::TriggerCall(FunctionCallInfo call_info)
    : data_(reinterpret_cast<TriggerData *>(call_info->context)), memory_(CurrentMemoryContext)
{
    if (!CALLED_AS_TRIGGER(call_info))
        throw core::Error(core::sqlstate::trigger_protocol_violated, "this function can only be called as a trigger");
    row_ = TRIGGER_FIRED_BY_UPDATE(data_->tg_event) ? data_->tg_newtuple : data_->tg_trigtuple;
}

TriggerCall::Event TriggerCall::event() const
{
    if (TRIGGER_FIRED_BY_INSERT(data_->tg_event))
        return Event::insert;
    if (TRIGGER_FIRED_BY_UPDATE(data_->tg_event))
        return Event::update;
    return TRIGGER_FIRED_BY_DELETE(data_->tg_event) ? Event::remove : Event::truncate;
}

std::string TriggerCall::table() const
{
    return RelationGetRelationName(data_->tg_relation);
}

Datum TriggerCall::value(HeapTuple row, const char *column, bool *null) const
{
    int number = column_number(data_, column);
    auto change = changes_.find(number);
    if (row == row_ && change != changes_.end()) {
        *null = change->second.null;
        return change->second.value;
    }
    return call([&]() noexcept { return heap_getattr(row, number, data_->tg_relation->rd_att, null); });
}

std::optional<std::string> TriggerCall::text(HeapTuple row, const char *column) const
{
    bool null;
    Datum datum = value(row, column, &null);
    if (null)
        return std::nullopt;
    if (SPI_gettypeid(data_->tg_relation->rd_att, column_number(data_, column)) == NAMEOID)
        return std::string(NameStr(*DatumGetName(datum)));
    return text_from_datum(datum);
}

bool TriggerCall::boolean(HeapTuple row, const char *column) const
{
    bool null;
    Datum datum = value(row, column, &null);
    return !null && DatumGetBool(datum);
}

std::optional<std::string> TriggerCall::new_text(const char *column) const
{
    return text(row_, column);
}

std::optional<std::string> TriggerCall::old_text(const char *column) const
{
    return text(data_->tg_trigtuple, column);
}

bool TriggerCall::new_boolean(const char *column) const
{
    return boolean(row_, column);
}

bool TriggerCall::old_boolean(const char *column) const
{
    return boolean(data_->tg_trigtuple, column);
}

bool TriggerCall::is_null(const char *column) const
{
    bool null;
    value(row_, column, &null);
    return null;
}

bool TriggerCall::old_is_null(const char *column) const
{
    bool null;
    value(data_->tg_trigtuple, column, &null);
    return null;
}

bool TriggerCall::is_changed(const char *column) const
{
    bool old_null;
    bool new_null;
    Datum old_value = value(data_->tg_trigtuple, column, &old_null);
    Datum new_value = value(row_, column, &new_null);
    if (old_null || new_null)
        return old_null != new_null;
    Form_pg_attribute attribute = TupleDescAttr(data_->tg_relation->rd_att, column_number(data_, column) - 1);
    return !call(
        [&]() noexcept { return datum_image_eq(old_value, new_value, attribute->attbyval, attribute->attlen); });
}

void TriggerCall::set(const char *column, Datum value, bool null)
{
    changes_[column_number(data_, column)] = {value, null};
}

void TriggerCall::set_null(const char *column)
{
    set(column, 0, true);
}

void TriggerCall::set_name(const char *column, const std::string &value)
{
    auto *name = static_cast<Name>(call([&]() noexcept { return MemoryContextAlloc(memory_, sizeof(NameData)); }));
    namestrcpy(name, value.c_str());
    set(column, NameGetDatum(name), false);
}

void TriggerCall::set_oid(const char *column, Oid value)
{
    set(column, ObjectIdGetDatum(value), false);
}

void TriggerCall::set_boolean(const char *column, bool value)
{
    set(column, BoolGetDatum(value), false);
}

void TriggerCall::set_now(const char *column)
{
    set(column, TimestampTzGetDatum(GetCurrentTransactionStartTimestamp()), false);
}

void TriggerCall::keep_old(const char *column)
{
    bool null;
    Datum old_value = value(data_->tg_trigtuple, column, &null);
    set(column, old_value, null);
}

Datum TriggerCall::result() const
{
    if (changes_.empty())
        return PointerGetDatum(row_);
    std::vector<int> columns;
    std::vector<Datum> values;
    std::unique_ptr<bool[]> nulls(new bool[changes_.size()]);
    for (const auto &[column, change] : changes_) {
        nulls[columns.size()] = change.null;
        columns.push_back(column);
        values.push_back(change.value);
    }
    // Once for all of them: the row may have a text of many megabytes.
    return call([&]() noexcept {
        MemoryContext caller = MemoryContextSwitchTo(memory_);
        HeapTuple row = heap_modify_tuple_by_cols(row_, data_->tg_relation->rd_att, static_cast<int>(columns.size()),
                                                  columns.data(), values.data(), nulls.get());
        MemoryContextSwitchTo(caller);
        return PointerGetDatum(row);
    });
}

} // namespace linkgress::pg
