// Constraints, indexes, triggers, rules and policies.

#include "core/inheritance.hpp"
#include "core/kinds/key.hpp"
#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

namespace linkgress::core {

namespace {

// ---- Constraints

void set_index_tablespace(Script &script, const Change &change)
{
    script.add("ALTER INDEX {} SET TABLESPACE {}", script.qualified(change.to),
               change.to.has("tablespace") ? change.to.text("tablespace") : "pg_default");
}

// The index of a constraint has a comment of its own.
void set_index_comment(Script &script, const Change &change)
{
    const std::string &comment = change.to.text("index_comment");
    script.add("COMMENT ON INDEX {} IS {}", script.qualified(change.to),
               comment.empty() ? "NULL" : quote_literal(comment));
}

void validate(Script &script, const Object &constraint)
{
    bool is_online = script.online != nullptr;
    script.add_text(
        fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", script.parent(constraint), script.quote(constraint.name)),
        is_online ? Phase::after : Phase::main, is_online ? Mode::apart : Mode::together);
}

// Validated under another name, while the old one is there.
void add_constraint_beside(Script &script, const Object &constraint)
{
    std::string table = script.parent(constraint);
    std::string name = script.quote(script.online->provisional);
    script.add_text(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}{} NOT VALID", table, name,
                                constraint.text("definition"),
                                constraint.has("deferrable") ? " " + constraint.text("deferrable") : ""),
                    Phase::before);
    script.add_text(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", table, name), Phase::before, Mode::apart);
    script.add("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", table, name, script.quote(constraint.name));
}

void add_constraint(Script &script, const Object &constraint)
{
    if (script.online != nullptr && !script.online->provisional.empty()) {
        add_constraint_beside(script, constraint);
        return;
    }
    // Of a partitioned table: the indexes of the partitions are attached to it later, each by its name.
    bool only = constraint.flag("has_index") && is_partitioned(script.target(), constraint);
    std::string sql =
        fmt::format("ALTER TABLE {}{} ADD CONSTRAINT {} {}", only ? "ONLY " : "", script.parent(constraint),
                    script.quote(constraint.name), constraint.text("definition"));
    if (constraint.has("options"))
        sql += fmt::format(" WITH ({})", options(script, constraint.list("options")));
    bool is_exclusion = constraint.text("definition").starts_with("EXCLUDE");
    if (constraint.has("tablespace") && !is_exclusion)
        sql += " USING INDEX TABLESPACE " + constraint.text("tablespace");
    if (constraint.has("deferrable"))
        sql += " " + constraint.text("deferrable");
    if (constraint.flag("not_enforced"))
        sql += " NOT ENFORCED";
    else if (constraint.flag("not_valid") || script.online != nullptr)
        sql += " NOT VALID";
    script.add_text(sql);
    if (script.online != nullptr)
        validate(script, constraint);
    if (constraint.has("tablespace") && is_exclusion)
        set_index_tablespace(script, {constraint, constraint});
}

void create_constraint(Script &script, const Object &constraint)
{
    if (script.online != nullptr && constraint.flag("has_index"))
        create_key_online(script, constraint);
    else
        add_constraint(script, constraint);
    add_common(script, constraint);
    if (constraint.has("index_comment"))
        set_index_comment(script, {constraint, constraint});
}

// A foreign key that was a partition's may be gone with what it referred to, when that was detached.
void drop_constraint(Script &script, const Object &constraint)
{
    bool may_be_gone = constraint.kind == Kind::foreign_key && constraint.flag("inherited");
    script.add("ALTER TABLE {} DROP CONSTRAINT {}{}", script.parent(constraint), may_be_gone ? "IF EXISTS " : "",
               script.quote(constraint.name));
}

bool becomes_valid(const Change &change)
{
    return !change.to.flag("not_valid");
}

void validate_constraint(Script &script, const Change &change)
{
    validate(script, change.to);
}

bool is_no_partitioned_index(const Change &change)
{
    return !change.to.flag("partitioned");
}

void set_index_options(Script &script, const Change &change)
{
    for (const std::string &action : option_actions(script, change.from.list("options"), change.to.list("options")))
        script.add("ALTER INDEX {} {}", script.qualified(change.to), action);
}

void defer_foreign_key(Script &script, const Change &change)
{
    script.add("ALTER TABLE {} ALTER CONSTRAINT {} {}", script.parent(change.to), script.quote(change.to.name),
               change.to.has("deferrable") ? change.to.text("deferrable") : "NOT DEFERRABLE");
}

// ---- Indexes

std::string index_definition(const Script &script, const Object &index)
{
    return fmt::format("{}{} {}{}{}{}", is_partitioned(script.target(), index) ? "ONLY " : "", script.parent(index),
                       index.text("definition"),
                       index.has("options") ? fmt::format(" WITH ({})", options(script, index.list("options"))) : "",
                       index.has("tablespace") ? " TABLESPACE " + index.text("tablespace") : "",
                       index.has("predicate") ? fmt::format(" WHERE {}", index.text("predicate")) : "");
}

// Until the new one is there, the old one has the name.
void build_index_online(Script &script, const Object &index)
{
    const Online &online = *script.online;
    const std::string &name = online.provisional.empty() ? index.name : online.provisional;
    script.add_text(fmt::format("CREATE {}INDEX CONCURRENTLY {} ON {}", index.flag("unique") ? "UNIQUE " : "",
                                script.quote(name), index_definition(script, index)),
                    Phase::before, Mode::outside);
    if (!online.retired.empty())
        script.add("ALTER INDEX {} RENAME TO {}", script.qualified(index), script.quote(online.retired));
    if (!online.provisional.empty())
        script.add("ALTER INDEX {} RENAME TO {}", script.qualified(index.schema, name), script.quote(index.name));
    if (!online.retired.empty())
        script.add_text(fmt::format("DROP INDEX CONCURRENTLY {}", script.qualified(index.schema, online.retired)),
                        Phase::after, Mode::outside);
}

// Of a materialized view that nobody reads yet, and that has a provisional name, too.
void build_index_aside(Script &script, const Object &index)
{
    Object aside = index;
    aside.parent = script.online->retired;
    aside.name = script.online->provisional;
    script.add_text(fmt::format("CREATE {}INDEX {} ON {}", index.flag("unique") ? "UNIQUE " : "",
                                script.quote(aside.name), index_definition(script, aside)),
                    Phase::before);
    script.add("ALTER INDEX {} RENAME TO {}", script.qualified(aside), script.quote(index.name));
}

bool is_of_materialized_view(const Script &script, const Object &index)
{
    Object view;
    view.kind = Kind::materialized_view;
    view.schema = index.schema;
    view.name = index.parent;
    return script.target().find(id(view)).has_value();
}

void create_index(Script &script, const Object &index)
{
    bool is_online = script.online != nullptr;
    if (is_online && !script.online->retired.empty() && is_of_materialized_view(script, index))
        build_index_aside(script, index);
    else if (is_online)
        build_index_online(script, index);
    else
        script.add("CREATE {}INDEX {} ON {}", index.flag("unique") ? "UNIQUE " : "", script.quote(index.name),
                   index_definition(script, index));
    for (const std::string &entry : index.list("statistics")) {
        std::size_t separator = entry.find('=');
        script.add("ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {}", script.qualified(index),
                   entry.substr(0, separator), entry.substr(separator + 1));
    }
    add_common(script, index);
}

void drop_index(Script &script, const Object &index)
{
    if (script.online != nullptr)
        script.add_text(fmt::format("DROP INDEX CONCURRENTLY {}", script.qualified(index)), Phase::main, Mode::outside);
    else
        drop_by_keyword(script, index);
}

void set_index_statistics(Script &script, const Change &change)
{
    auto set = [&](const std::string &entry, bool reset) {
        std::size_t separator = entry.find('=');
        script.add("ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {}", script.qualified(change.to),
                   entry.substr(0, separator), reset ? "-1" : entry.substr(separator + 1));
    };
    for (const std::string &entry : only_in(change.from.list("statistics"), change.to.list("statistics")))
        set(entry, true);
    for (const std::string &entry : only_in(change.to.list("statistics"), change.from.list("statistics")))
        set(entry, false);
}

void attach_index(Script &script, const Object &link)
{
    script.add("ALTER INDEX {} ATTACH PARTITION {}", link.text("to"), script.qualified(link));
}

// It goes with the index, or when the partition is detached.
void nothing_to_do(Script &, const Object &) {}

// ---- Triggers, rules, policies

void set_enabled(Script &script, const Object &object, const char *keyword)
{
    const std::string &enabled = object.text("enabled");
    script.add("ALTER TABLE {}{} {} {} {}", object.flag("inherited") ? "ONLY " : "", script.parent(object),
               enabled.empty() ? "ENABLE" : enabled, keyword, script.quote(object.name));
}

void create_trigger(Script &script, const Object &trigger)
{
    if (!trigger.flag("inherited"))
        script.add_text(trigger.text("definition"));
    if (trigger.has("enabled"))
        set_enabled(script, trigger, "TRIGGER");
    add_common(script, trigger);
}

// The trigger whose state that of a partition has, if it has none of its own: the nearest one above
const Object *trigger_above(const Snapshot &snapshot, const Object &trigger)
{
    Object table;
    table.kind = Kind::table;
    table.schema = trigger.schema;
    table.name = trigger.parent;
    Object key = trigger;
    for (std::optional<ObjectIndex> index = snapshot.find(id(table)); index;) {
        std::vector<ObjectIndex> links = links_of(snapshot, *index);
        ObjectIndex above = links.empty() ? no_object : table_above(snapshot, links.front());
        if (above == no_object)
            break;
        key.schema = snapshot[above].schema;
        key.parent = snapshot[above].name;
        if (const Object *found = snapshot.find_object(id(key)))
            return found;
        index = above;
    }
    return nullptr;
}

// One that a partition has from its table stays, in the state of that one.
void drop_trigger(Script &script, const Object &trigger)
{
    if (!trigger.flag("inherited")) {
        drop_by_keyword(script, trigger);
        return;
    }
    const Object *above = trigger_above(script.target(), trigger);
    if (above == nullptr || script.target().find(id(trigger)))
        return;
    Object state = trigger;
    state.remove("enabled");
    if (above->has("enabled"))
        state.set("enabled", above->text("enabled"));
    set_enabled(script, state, "TRIGGER");
}

void enable_trigger(Script &script, const Change &change)
{
    set_enabled(script, change.to, "TRIGGER");
}

void create_rule(Script &script, const Object &rule)
{
    script.add_text(rule.text("definition"));
    if (rule.has("enabled"))
        set_enabled(script, rule, "RULE");
    add_common(script, rule);
}

void replace_rule(Script &script, const Change &change)
{
    std::string sql = change.to.text("definition");
    static constexpr std::string_view create = "CREATE ";
    if (sql.starts_with(create))
        sql.insert(create.size(), "OR REPLACE ");
    script.add_text(sql);
}

void enable_rule(Script &script, const Change &change)
{
    set_enabled(script, change.to, "RULE");
}

void create_policy(Script &script, const Object &policy)
{
    std::string sql = fmt::format("CREATE POLICY {} ON {}", script.quote(policy.name), script.parent(policy));
    if (policy.flag("restrictive"))
        sql += " AS RESTRICTIVE";
    if (policy.has("command"))
        sql += " FOR " + policy.text("command");
    if (policy.has("roles"))
        sql += fmt::format(" TO {}", fmt::join(policy.list("roles"), ", "));
    if (policy.has("using"))
        sql += fmt::format(" USING ({})", policy.text("using"));
    if (policy.has("check"))
        sql += fmt::format(" WITH CHECK ({})", policy.text("check"));
    script.add_text(sql);
    add_common(script, policy);
}

// An expression can be changed, but not taken away.
bool keeps_expressions(const Change &change)
{
    return change.from.has("using") <= change.to.has("using") && change.from.has("check") <= change.to.has("check");
}

void alter_policy(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    std::string sql;
    if (from.list("roles") != to.list("roles"))
        sql += to.has("roles") ? fmt::format(" TO {}", fmt::join(to.list("roles"), ", ")) : " TO PUBLIC";
    if (from.text("using") != to.text("using"))
        sql += fmt::format(" USING ({})", to.text("using"));
    if (from.text("check") != to.text("check"))
        sql += fmt::format(" WITH CHECK ({})", to.text("check"));
    if (!sql.empty())
        script.add("ALTER POLICY {}{}", script.reference(to), sql);
    alter_attributes(script, change);
}

// ---- Statistics objects

void create_statistics(Script &script, const Object &statistics)
{
    script.add("CREATE STATISTICS {} {}", script.qualified(statistics), statistics.text("definition"));
    if (statistics.has("target"))
        script.add("ALTER STATISTICS {} SET STATISTICS {}", script.qualified(statistics), statistics.number("target"));
    add_common(script, statistics);
}

void set_statistics_target(Script &script, const Change &change)
{
    script.add("ALTER STATISTICS {} SET STATISTICS {}", script.qualified(change.to), change.to.number("target", -1));
}

} // namespace

std::vector<KindRules> table_part_kinds()
{
    return {
        {Kind::constraint, "constraint", "constraints", "CONSTRAINT", NameSpace::of_parent,
         with_comment({
             text("definition"),
             text("deferrable"),
             altered(flag("not_valid"), validate_constraint, becomes_valid),
             flag("not_enforced"),
             altered(list("options"), set_index_options, is_no_partitioned_index),
             altered(text("tablespace"), set_index_tablespace),
             altered(text("index_comment"), set_index_comment),
             flag("has_index", Means::nothing),
             flag("partitioned", Means::nothing),
             flag("unsettled", Means::nothing), // the server deparses a copy in another way
             flag("inherited", Means::nothing),
         }),
         create_constraint, drop_constraint},
        {Kind::foreign_key, "foreign_key", "foreign_keys", "CONSTRAINT", NameSpace::of_parent,
         with_comment({
             text("definition"),
             altered(text("deferrable"), defer_foreign_key),
             altered(flag("not_valid"), validate_constraint, becomes_valid),
             flag("not_enforced"),
             text("references", Means::nothing),
             flag("inherited", Means::nothing),
         }),
         create_constraint, drop_constraint},
        {Kind::index, "index", "indexes", "INDEX", NameSpace::relation,
         with_comment({
             flag("unique"),
             text("definition"),
             text("predicate"),
             altered(list("options"), set_index_options, is_no_partitioned_index),
             altered(text("tablespace"), set_index_tablespace),
             altered(list("statistics"), set_index_statistics),
             flag("invalid"),
             flag("partitioned", Means::nothing),
         }),
         create_index, drop_index},
        {Kind::index_attachment,
         "index_attachment",
         "index_attachments",
         nullptr,
         NameSpace::none,
         {text("to")},
         attach_index,
         nothing_to_do,
         nullptr,
         Kind::index},
        {Kind::trigger, "trigger", "triggers", "TRIGGER", NameSpace::of_parent,
         with_comment({text("definition"), altered(text("enabled"), enable_trigger), flag("inherited")}),
         create_trigger, drop_trigger},
        {Kind::rule, "rule", "rules", "RULE", NameSpace::of_parent,
         with_comment({altered(text("definition"), replace_rule), altered(text("enabled"), enable_rule)}), create_rule,
         drop_by_keyword},
        {Kind::policy, "policy", "policies", "POLICY", NameSpace::of_parent,
         with_comment({
             flag("restrictive"),
             text("command"),
             altered(list("roles"), nullptr),
             altered(text("using"), nullptr, keeps_expressions),
             altered(text("check"), nullptr, keeps_expressions),
         }),
         create_policy, drop_by_keyword, alter_policy},
        {Kind::statistics, "statistics", nullptr, "STATISTICS", NameSpace::none,
         with_common({text("definition"), altered(number("target"), set_statistics_target)}), create_statistics,
         drop_by_keyword},
    };
}

} // namespace linkgress::core
