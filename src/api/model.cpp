#include "engine/model.hpp"

#include "api/authorship.hpp"
#include "engine/journal.hpp"
#include "engine/registry.hpp"
#include "pg/entry.hpp"

using namespace linkgress;
using pg::TriggerCall;

namespace {

bool is_other_text(const TriggerCall &call)
{
    return call.is_changed("name") || call.is_changed("source") || call.is_changed("format");
}

void check_text(const TriggerCall &call)
{
    std::string format = call.new_text("format").value_or("");
    bool is_known = format == "sql" || format == "json"; // or else there is a constraint
    if (is_known && !engine::ModelWrite::active())
        engine::check_model_part(call.new_text("name").value_or(""), call.new_text("source").value_or(""), format);
}

void check_row(TriggerCall &call)
{
    if (call.event() == TriggerCall::Event::remove)
        return;
    if (api::is_restore(call))
        api::warn_only([&] { check_text(call); });
    else if (call.event() == TriggerCall::Event::insert || is_other_text(call))
        check_text(call);
    if (call.event() == TriggerCall::Event::insert)
        api::take_authorship(call);
    else
        api::settle_authorship(call, {"name", "source", "format"});
}

} // namespace

LINKGRESS_FUNCTION(linkgress_model_trigger)
{
    TriggerCall call(call_info);
    pg::SpiSession spi;
    engine::refuse_inside_migration("write the model");
    if (!engine::RegistryWrite::active())
        check_row(call);
    return call.result();
}

LINKGRESS_FUNCTION(linkgress_rename_trigger)
{
    TriggerCall call(call_info);
    pg::SpiSession spi;
    engine::refuse_inside_migration("register renames");
    if (!engine::journal_write_active())
        api::take_author(call);
    return call.result();
}
