#include "pg/trigger.hpp"

#include "core/sqlstate.hpp"
#include "pg/datum.hpp"
#include "pg/extension.hpp"

extern "C" {
#include "access/xact.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/rel.h"
#include "utils/timestamp.h"
}

namespace linkgress::pg {

TriggerCall::TriggerCall(FunctionCallInfo call_info)
    : data_(reinterpret_cast<TriggerData *>(call_info->context)), memory_(CurrentMemoryContext)
{
    if (!CALLED_AS_TRIGGER(call_info))
        throw core::Error(core::sqlstate::trigger_protocol_violated, "this function can only be called as a trigger");
    if (!is_member(RelationRelationId, RelationGetRelid(data_->tg_relation)))
        refuse("The table is not one of extension \"linkgress\".");
    if (!TRIGGER_FIRED_BEFORE(data_->tg_event))
        refuse("It is not a BEFORE trigger.");
    row_ = TRIGGER_FIRED_BY_UPDATE(data_->tg_event) ? data_->tg_newtuple : data_->tg_trigtuple;
}

void TriggerCall::refuse(std::string detail) const
{
    refuse_other_version();
    throw core::Error(core::sqlstate::trigger_protocol_violated,
                      fmt::format("trigger \"{}\" on table \"{}\" was not made by extension \"linkgress\"",
                                  data_->tg_trigger->tgname, table()),
                      std::move(detail),
                      "Drop the trigger. If it is in schema linkgress, run ALTER EXTENSION linkgress UPDATE.");
}

int TriggerCall::column_number(const char *column) const
{
    int number = SPI_fnumber(data_->tg_relation->rd_att, column);
    if (number <= 0)
        refuse(fmt::format("The table has no column \"{}\".", column));
    return number;
}

::Oid TriggerCall::column_type(const char *column) const
{
    return TupleDescAttr(data_->tg_relation->rd_att, column_number(column) - 1)->atttypid;
}

void TriggerCall::check_type(const char *column, ::Oid type) const
{
    if (column_type(column) != type)
        refuse(fmt::format("The table's column \"{}\" is not of type {}.", column,
                           call([&]() noexcept { return format_type_be(type); })));
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
    if (row == nullptr)
        refuse("It is not fired for each row.");
    int number = column_number(column);
    auto change = changes_.find(number);
    if (row == row_ && change != changes_.end()) {
        *null = change->second.null;
        return change->second.value;
    }
    // Not heap_getattr(): what it inlines with the headers of a later minor version calls functions that the server of
    // an earlier one does not have.
    return call([&]() noexcept { return SPI_getbinval(row, data_->tg_relation->rd_att, number, null); });
}

std::optional<std::string> TriggerCall::text(HeapTuple row, const char *column) const
{
    bool is_name = column_type(column) == NAMEOID;
    if (!is_name)
        check_type(column, TEXTOID);
    bool null;
    Datum datum = value(row, column, &null);
    if (null)
        return std::nullopt;
    return is_name ? std::string(NameStr(*DatumGetName(datum))) : text_from_datum(datum);
}

bool TriggerCall::boolean(HeapTuple row, const char *column) const
{
    check_type(column, BOOLOID);
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
    Form_pg_attribute attribute = TupleDescAttr(data_->tg_relation->rd_att, column_number(column) - 1);
    return !call(
        [&]() noexcept { return datum_image_eq(old_value, new_value, attribute->attbyval, attribute->attlen); });
}

std::optional<RoleValue> TriggerCall::new_role(const char *column) const
{
    check_type(column, role_type());
    bool null;
    Datum datum = value(row_, column, &null);
    return null ? std::nullopt : std::optional<RoleValue>(role_from_datum(datum));
}

std::vector<RoleValue> TriggerCall::new_roles(const char *column) const
{
    check_type(column, roles_type());
    bool null;
    Datum datum = value(row_, column, &null);
    return null ? std::vector<RoleValue>() : roles_from_datum(datum);
}

void TriggerCall::set(const char *column, ::Oid type, Datum value)
{
    check_type(column, type);
    changes_[column_number(column)] = {value, false};
}

void TriggerCall::set_null(const char *column)
{
    changes_[column_number(column)] = {0, true};
}

void TriggerCall::set_name(const char *column, const std::string &value)
{
    auto *name = static_cast<Name>(call([&]() noexcept { return MemoryContextAlloc(memory_, sizeof(NameData)); }));
    namestrcpy(name, value.c_str());
    set(column, NAMEOID, NameGetDatum(name));
}

void TriggerCall::set_role(const char *column, const RoleValue &value)
{
    void *memory = call([&]() noexcept { return MemoryContextAlloc(memory_, sizeof value); });
    std::memcpy(memory, &value, sizeof value);
    set(column, role_type(), PointerGetDatum(memory));
}

void TriggerCall::set_roles(const char *column, const std::vector<RoleValue> &values)
{
    MemoryContext before = MemoryContextSwitchTo(memory_);
    Datum array = roles_to_datum(values);
    MemoryContextSwitchTo(before);
    set(column, roles_type(), array);
}

void TriggerCall::set_boolean(const char *column, bool value)
{
    set(column, BOOLOID, BoolGetDatum(value));
}

void TriggerCall::set_now(const char *column)
{
    set(column, TIMESTAMPTZOID, TimestampTzGetDatum(GetCurrentTransactionStartTimestamp()));
}

void TriggerCall::keep_old(const char *column)
{
    bool null;
    Datum old_value = value(data_->tg_trigtuple, column, &null);
    changes_[column_number(column)] = {old_value, null};
}

Result TriggerCall::result() const
{
    if (changes_.empty())
        return {PointerGetDatum(row_), TRIGGEROID};
    std::vector<int> columns;
    std::vector<Datum> values;
    std::unique_ptr<bool[]> nulls(new bool[changes_.size()]);
    for (const auto &[column, change] : changes_) {
        nulls[columns.size()] = change.null;
        columns.push_back(column);
        values.push_back(change.value);
    }
    // Once for all of them: the row may have a text of many megabytes.
    HeapTuple changed = call([&]() noexcept {
        MemoryContext caller = MemoryContextSwitchTo(memory_);
        HeapTuple row = heap_modify_tuple_by_cols(row_, data_->tg_relation->rd_att, static_cast<int>(columns.size()),
                                                  columns.data(), values.data(), nulls.get());
        MemoryContextSwitchTo(caller);
        return row;
    });
    return {PointerGetDatum(changed), TRIGGEROID};
}

} // namespace linkgress::pg
