// Publications, subscriptions, event triggers and default privileges.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

namespace linkgress::core {

namespace {

// ---- Publications

struct Option {
    const char *name;
    const char *otherwise;
};

std::string value_of(const Object &object, const Option &option)
{
    return object.has(option.name) ? object.text(option.name) : option.otherwise;
}

constexpr Option publication_options[] = {
    {"publish", "insert, update, delete, truncate"},
    {"publish_via_partition_root", "false"},
    {"publish_generated_columns", "none"},
};

// PostgreSQL 18 has another default for `streaming`.
constexpr Option subscription_options[] = {
    {"binary", "false"}, {"streaming", "off"},          {"synchronous_commit", "off"}, {"disable_on_error", "false"},
    {"origin", "any"},   {"password_required", "true"}, {"run_as_owner", "false"},
};

// Those that differ from the default, or from what they were
template <std::size_t Count> List option_clauses(const Option (&options)[Count], const Object *from, const Object &to)
{
    List clauses;
    for (const Option &option : options)
        if (from == nullptr ? to.has(option.name) : value_of(*from, option) != value_of(to, option))
            clauses.push_back(fmt::format("{} = {}", option.name, quote_literal(value_of(to, option))));
    return clauses;
}

void create_publication(Script &script, const Object &publication)
{
    List clauses = option_clauses(publication_options, nullptr, publication);
    script.add("CREATE PUBLICATION {}{}{}", script.quote(publication.name),
               publication.flag("all_tables") ? " FOR ALL TABLES" : "",
               clauses.empty() ? "" : fmt::format(" WITH ({})", fmt::join(clauses, ", ")));
    add_common(script, publication);
}

void alter_publication(Script &script, const Change &change)
{
    if (List clauses = option_clauses(publication_options, &change.from, change.to); !clauses.empty())
        script.add("ALTER PUBLICATION {} SET ({})", script.quote(change.to.name), fmt::join(clauses, ", "));
    alter_attributes(script, change);
}

void publish_table(Script &script, const Object &table)
{
    script.add("ALTER PUBLICATION {} ADD TABLE ONLY {}{}{}", script.quote(table.parent), table.name,
               table.has("columns") ? fmt::format(" ({})", script.quote_list(table.list("columns"))) : "",
               table.has("where") ? fmt::format(" WHERE ({})", table.text("where")) : "");
}

void unpublish_table(Script &script, const Object &table)
{
    script.add("ALTER PUBLICATION {} DROP TABLE ONLY {}", script.quote(table.parent), table.name);
}

void publish_schema(Script &script, const Object &schema)
{
    script.add("ALTER PUBLICATION {} ADD TABLES IN SCHEMA {}", script.quote(schema.parent), script.quote(schema.name));
}

void unpublish_schema(Script &script, const Object &schema)
{
    script.add("ALTER PUBLICATION {} DROP TABLES IN SCHEMA {}", script.quote(schema.parent), script.quote(schema.name));
}

// ---- Subscriptions. The slot is named after the subscription unless there is a name, which may be "none".

std::string slot_of(const Script &script, const Object &subscription)
{
    const std::string &name = subscription.has("slot_name") ? subscription.text("slot_name") : subscription.name;
    return name == "none" ? "NONE" : script.quote(name);
}

void enable(Script &script, const Object &subscription, bool enabled)
{
    script.add("ALTER SUBSCRIPTION {} {}", script.quote(subscription.name), enabled ? "ENABLE" : "DISABLE");
}

// It does not connect: that would create a slot, and copy rows. A hidden connection is left to be set.
void create_subscription(Script &script, const Object &subscription)
{
    List clauses = option_clauses(subscription_options, nullptr, subscription);
    if (!subscription.has("streaming"))
        clauses.push_back("streaming = off");
    for (const char *flag : {"two_phase", "failover"})
        if (subscription.flag(flag))
            clauses.push_back(fmt::format("{} = true", flag));
    script.add("CREATE SUBSCRIPTION {} CONNECTION {} PUBLICATION {} WITH (connect = false, slot_name = {}, {})",
               script.quote(subscription.name), quote_literal(subscription.text("connection")),
               script.quote_list(subscription.list("publications")), slot_of(script, subscription),
               fmt::join(clauses, ", "));
    add_common(script, subscription);
    if (subscription.flag("enabled"))
        enable(script, subscription, true);
}

// With a slot it could not be dropped in a transaction. The slot stays.
void drop_subscription(Script &script, const Object &subscription)
{
    if (subscription.flag("enabled"))
        enable(script, subscription, false);
    if (subscription.text("slot_name") != "none")
        script.add("ALTER SUBSCRIPTION {} SET (slot_name = NONE)", script.quote(subscription.name));
    drop_by_keyword(script, subscription);
}

void alter_subscription(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    std::string name = script.quote(to.name);
    if (from.flag("enabled") && !to.flag("enabled"))
        enable(script, to, false);
    if (from.text("connection") != to.text("connection") && !from.flag("hidden") && !to.flag("hidden"))
        script.add("ALTER SUBSCRIPTION {} CONNECTION {}", name, quote_literal(to.text("connection")));
    if (from.list("publications") != to.list("publications"))
        script.add("ALTER SUBSCRIPTION {} SET PUBLICATION {} WITH (refresh = false)", name,
                   script.quote_list(to.list("publications")));
    List clauses = option_clauses(subscription_options, &from, to);
    if (from.text("slot_name") != to.text("slot_name"))
        clauses.push_back("slot_name = " + slot_of(script, to));
    if (!clauses.empty())
        script.add("ALTER SUBSCRIPTION {} SET ({})", name, fmt::join(clauses, ", "));
    alter_attributes(script, change);
    if (!from.flag("enabled") && to.flag("enabled"))
        enable(script, to, true);
}

// ---- Event triggers

void set_enabled(Script &script, const Object &trigger)
{
    script.add("ALTER EVENT TRIGGER {} {}", script.quote(trigger.name),
               trigger.has("enabled") ? trigger.text("enabled") : "ENABLE");
}

void change_enabled(Script &script, const Change &change)
{
    set_enabled(script, change.to);
}

void create_event_trigger(Script &script, const Object &trigger)
{
    List tags;
    for (const std::string &tag : trigger.list("tags"))
        tags.push_back(quote_literal(tag));
    script.add("CREATE EVENT TRIGGER {} ON {}{} EXECUTE FUNCTION {}()", script.quote(trigger.name),
               trigger.text("event"), tags.empty() ? "" : fmt::format(" WHEN TAG IN ({})", fmt::join(tags, ", ")),
               trigger.text("function"));
    add_common(script, trigger);
    if (trigger.has("enabled"))
        set_enabled(script, trigger);
}

// ---- Default privileges: nothing but grants

void drop_default_privileges(Script &script, const Object &privileges)
{
    Object bare = privileges;
    bare.values.clear();
    change_privileges(script, {privileges, bare});
}

} // namespace

std::vector<KindRules> publication_kinds()
{
    return {
        {Kind::publication, "publication", nullptr, "PUBLICATION", NameSpace::none,
         with_common({
             flag("all_tables"),
             altered(text("publish"), nullptr),
             altered(text("publish_via_partition_root"), nullptr),
             altered(text("publish_generated_columns"), nullptr),
         }),
         create_publication, drop_by_keyword, alter_publication},
        {Kind::publication_table,
         "publication_table",
         "tables",
         nullptr,
         NameSpace::none,
         {list("columns"), text("where")},
         publish_table,
         unpublish_table,
         nullptr,
         Kind::publication},
        {Kind::publication_schema,
         "publication_schema",
         "schemas",
         nullptr,
         NameSpace::none,
         {},
         publish_schema,
         unpublish_schema,
         nullptr,
         Kind::publication},
        {Kind::subscription, "subscription", nullptr, "SUBSCRIPTION", NameSpace::none,
         with_common({
             secret(altered(text("connection"), nullptr)),
             flag("hidden", Means::nothing),
             altered(list("publications"), nullptr),
             altered(flag("enabled"), nullptr),
             altered(text("slot_name"), nullptr),
             altered(text("binary"), nullptr),
             altered(text("streaming"), nullptr),
             altered(text("synchronous_commit"), nullptr),
             altered(text("disable_on_error"), nullptr),
             altered(text("origin"), nullptr),
             altered(text("password_required"), nullptr),
             altered(text("run_as_owner"), nullptr),
             flag("two_phase"),
             flag("failover"),
         }),
         create_subscription, drop_subscription, alter_subscription},
        {Kind::event_trigger, "event_trigger", nullptr, "EVENT TRIGGER", NameSpace::none,
         with_common({
             text("event"),
             list("tags"),
             text("function"),
             altered(text("enabled"), change_enabled),
         }),
         create_event_trigger, drop_by_keyword},
        {Kind::default_privileges, "default_privileges", nullptr, nullptr, NameSpace::none, with_grants({}),
         add_privileges, drop_default_privileges},
    };
}

} // namespace linkgress::core
