#include "engine/hooks.hpp"

#include "api/authorship.hpp"
#include "engine/registry.hpp"
#include "pg/entry.hpp"

using namespace linkgress;
using pg::TriggerCall;

namespace {

void check_text(const TriggerCall &call)
{
    std::string name = call.new_text("name").value_or("");
    if (std::optional<std::string> body = call.new_text("body"))
        engine::check_hook_body(name, std::move(*body));
}

void on_insert(TriggerCall &call)
{
    if (api::is_restore(call))
        api::warn_only([&] { check_text(call); });
    else
        check_text(call);
    api::take_authorship(call);
}

void update_objects(const TriggerCall &call)
{
    std::string name = *call.old_text("name");
    if (call.is_changed("managed") && !call.new_boolean("managed"))
        engine::forget_hook_objects(name);
    if (call.is_changed("name") && !call.is_null("name"))
        engine::rename_hook_objects(name, *call.new_text("name"));
}

void on_update(TriggerCall &call)
{
    if (call.is_changed("body"))
        check_text(call);
    api::settle_authorship(call, {"name", "event", "body", "position", "enabled", "managed"});
    update_objects(call);
}

void check_row(TriggerCall &call)
{
    switch (call.event()) {
    case TriggerCall::Event::insert:
        return on_insert(call);
    case TriggerCall::Event::update:
        return on_update(call);
    case TriggerCall::Event::remove:
        return engine::forget_hook_objects(*call.old_text("name"));
    case TriggerCall::Event::truncate:
        return engine::forget_all_hook_objects();
    }
}

} // namespace

LINKGRESS_FUNCTION(linkgress_hook_trigger)
{
    TriggerCall call(call_info);
    pg::SpiSession spi;
    engine::refuse_inside_migration("write the hooks");
    if (!engine::RegistryWrite::active())
        check_row(call);
    return call.result();
}
