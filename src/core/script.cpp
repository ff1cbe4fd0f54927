#include "core/script.hpp"

#include "core/lists.hpp"
#include "core/privilege.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

using namespace std::string_view_literals;

void Script::switch_role(const std::string &other)
{
    const std::string own = role_.empty() ? "NONE" : quote(role_);
    add("SET LOCAL ROLE {}", other.empty() ? own : other);
    statements_.back().switches_role = other;
}

std::vector<const Statement *> Script::in_order() const
{
    std::vector<const Statement *> ordered;
    ordered.reserve(statements_.size());
    for (Phase phase : {Phase::before, Phase::main, Phase::after})
        for (const Statement &statement : statements_)
            if (statement.phase == phase)
                ordered.push_back(&statement);
    return ordered;
}

List Script::statements() const
{
    List texts;
    texts.reserve(statements_.size());
    for (const Statement *statement : in_order())
        texts.push_back(statement->text);
    return texts;
}

std::map<std::size_t, std::string> Script::role_switches() const
{
    std::map<std::size_t, std::string> switches;
    std::size_t place = 0;
    for (const Statement *statement : in_order()) {
        if (statement->switches_role)
            switches.emplace(place, *statement->switches_role);
        place++;
    }
    return switches;
}

const Object *Script::default_of(const Object &column)
{
    if (!defaults_) {
        defaults_.emplace();
        for (const Object *child : children)
            if (poll(); child->kind == Kind::column_default)
                defaults_->try_emplace(child->name, child);
    }
    auto found = defaults_->find(column.name);
    return found == defaults_->end() ? nullptr : found->second;
}

std::string Script::quote_list(const List &names) const
{
    std::string result;
    for (const std::string &name : names)
        result += (result.empty() ? "" : ", ") + quote(name);
    return result;
}

std::string Script::qualified(const std::string &schema, const std::string &name) const
{
    return schema.empty() ? quote(name) : quote(schema) + "." + quote(name);
}

std::string Script::reference(const Object &object) const
{
    switch (object.kind) {
    case Kind::schema:
        return quote(object.name);
    case Kind::function:
    case Kind::procedure:
        return fmt::format("{}({})", qualified(object), object.arguments);
    case Kind::aggregate:
        return fmt::format("{}({})", qualified(object), object.arguments.empty() ? "*" : object.arguments);
    case Kind::op:
        return fmt::format("{}.{} ({})", quote(object.schema), object.name, object.arguments);
    case Kind::operator_class:
    case Kind::operator_family:
        return fmt::format("{} USING {}", qualified(object), quote(object.arguments));
    case Kind::cast:
    case Kind::transform:
        return object.name; // SQL already
    case Kind::column:
    case Kind::view_column:
    case Kind::composite_attribute:
        return fmt::format("{}.{}", parent(object), quote(object.name));
    case Kind::domain_constraint:
        return fmt::format("{} ON DOMAIN {}", quote(object.name), parent(object));
    case Kind::user_mapping:
        return fmt::format("FOR {} SERVER {}", quote(object.name), parent(object));
    case Kind::constraint:
    case Kind::foreign_key:
    case Kind::rule:
    case Kind::trigger:
    case Kind::policy:
        return fmt::format("{} ON {}", quote(object.name), parent(object));
    default:
        return qualified(object);
    }
}

namespace {

bool is_column(const Object &object)
{
    return object.kind == Kind::column || object.kind == Kind::view_column;
}

const char *grant_keyword(Kind kind)
{
    switch (kind) {
    case Kind::table:
    case Kind::foreign_table:
    case Kind::view:
    case Kind::materialized_view:
    case Kind::column:
    case Kind::view_column:
        return "TABLE";
    case Kind::enum_type:
    case Kind::composite_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::base_type:
        return "TYPE";
    case Kind::aggregate:
        return "FUNCTION";
    case Kind::server:
        return "FOREIGN SERVER";
    default:
        return rules_of(kind).keyword;
    }
}

// What GRANT and REVOKE name: of a column, its table.
std::string grant_reference(const Script &script, const Object &object)
{
    if (is_column(object))
        return script.parent(object);
    if (object.kind == Kind::aggregate)
        return fmt::format("{}({})", script.qualified(object), object.arguments);
    return script.reference(object);
}

// What GRANT and REVOKE have before them, and what comes after ON
std::pair<std::string, std::string> grant_frame(const Script &script, const Object &object)
{
    if (object.kind == Kind::privileges)
        return {"", object.name};
    if (object.kind != Kind::default_privileges)
        return {"", fmt::format("{} {}", grant_keyword(object.kind), grant_reference(script, object))};
    return {fmt::format("ALTER DEFAULT PRIVILEGES FOR ROLE {}{} ", script.quote(object.name),
                        object.schema.empty() ? "" : " IN SCHEMA " + script.quote(object.schema)),
            object.arguments};
}

const std::string &owner_of(const Object &object)
{
    bool is_global_default = object.kind == Kind::default_privileges && object.schema.empty();
    return is_global_default ? object.name : object.text("owner");
}

void append_privileges(const Script &script, const Object &object, Privileges &privileges)
{
    std::string column = is_column(object) ? fmt::format(" ({})", script.quote(object.name)) : "";
    auto append = [&](const List &entries, std::vector<Privilege> &to) {
        for (const std::string &entry : entries) {
            poll();
            to.push_back(parse_privilege(entry));
            to.back().right += column;
        }
    };
    append(object.list("grants"), privileges.granted);
    append(object.list("revoked"), privileges.revoked);
}

Privileges privileges_of(const Script &script, const Object &object)
{
    Privileges privileges;
    if (const std::string &owner = owner_of(object); !owner.empty())
        privileges.owner = script.quote(owner);
    append_privileges(script, object, privileges);
    return privileges;
}

// Everyone takes back what he has given.
void run_steps(Script &script, const Object &object, const std::vector<PrivilegeStep> &steps)
{
    if (steps.empty())
        return;
    auto [prefix, target] = grant_frame(script, object);
    std::string role;
    auto become = [&](const std::string &other) {
        if (other != role)
            script.switch_role(other);
        role = other;
    };
    for (const PrivilegeStep &step : steps) {
        static constexpr const char *verbs[] = {"REVOKE", "REVOKE GRANT OPTION FOR", "GRANT"};
        become(step.grantor);
        script.add("{}{} {} ON {} {} {}{}", prefix, verbs[static_cast<std::size_t>(step.verb)],
                   fmt::join(step.rights, ", "), target, step.verb == PrivilegeStep::Verb::grant ? "TO" : "FROM",
                   step.grantee, step.with_option ? " WITH GRANT OPTION" : "");
    }
    become("");
}

void set_comment(Script &script, const Object &object)
{
    const std::string &comment = object.text("comment");
    script.add("COMMENT ON {} {} IS {}", rules_of(object.kind).keyword, script.reference(object),
               comment.empty() ? "NULL" : quote_literal(comment));
}

void set_owner(Script &script, const Object &object)
{
    script.add("ALTER {} {} OWNER TO {}", rules_of(object.kind).keyword, script.reference(object),
               script.quote(object.text("owner")));
}

void set_labels(Script &script, const Object &object, const List &labels, bool remove)
{
    for (const std::string &label : labels) {
        std::size_t separator = label.find('=');
        script.add("SECURITY LABEL FOR {} ON {} {} IS {}", script.quote(label.substr(0, separator)),
                   rules_of(object.kind).keyword, script.reference(object),
                   remove ? "NULL" : quote_literal(label.substr(separator + 1)));
    }
}

// The sequence of a serial column gets the owner of its table.
bool has_owner_of_table(const Script &script, const Object &object)
{
    Object link;
    link.kind = Kind::sequence_owner;
    link.schema = object.schema;
    link.parent = object.name;
    link.name = "owner";
    const Object *before = script.source().find_object(id(link));
    const Object *after = script.target().find_object(id(link));
    return object.kind == Kind::sequence && before != nullptr && after != nullptr && before->values == after->values;
}

void alter_owner(Script &script, const Change &change)
{
    if (!has_owner_of_table(script, change.to))
        set_owner(script, change.to);
    change_privileges(script, change);
}

void alter_comment(Script &script, const Change &change)
{
    set_comment(script, change.to);
}

bool has_same_privileges(const Object &from, const Object &to)
{
    return from.text("owner") == to.text("owner") && from.list("revoked") == to.list("revoked") &&
           from.list("grants") == to.list("grants");
}

// What is taken from a table is taken from its columns, too, and its owner is theirs: then they are seen to with it.
bool is_done_with_table(const Script &script, const Change &change)
{
    if (!is_column(change.to))
        return false;
    const Object *from = table_of(script.source(), change.from);
    const Object *to = table_of(script.target(), change.to);
    return from != nullptr && to != nullptr && !has_same_privileges(*from, *to);
}

// All at once, when the first of these attributes is altered.
void alter_revoked(Script &script, const Change &change)
{
    if (change.from.text("owner") == change.to.text("owner"))
        change_privileges(script, change);
}

void alter_grants(Script &script, const Change &change)
{
    if (change.from.list("revoked") == change.to.list("revoked"))
        alter_revoked(script, change);
}

void alter_labels(Script &script, const Change &change)
{
    const List &from = change.from.list("labels");
    const List &to = change.to.list("labels");
    set_labels(script, change.to, only_in(from, to), true);
    set_labels(script, change.to, only_in(to, from), false);
}

// Of which default privileges objects of this kind get theirs
const char *default_privileges_for(Kind kind)
{
    switch (kind) {
    case Kind::schema:
        return "SCHEMAS";
    case Kind::sequence:
        return "SEQUENCES";
    case Kind::table:
    case Kind::foreign_table:
    case Kind::view:
    case Kind::materialized_view:
        return "TABLES";
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate:
        return "FUNCTIONS";
    case Kind::enum_type:
    case Kind::composite_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::base_type:
        return "TYPES";
    default:
        return nullptr;
    }
}

// Default privileges are altered when everything is created, and dropped before: those of the source
// that the target has, too, are in force.
const Object *default_privileges_in_force(const Script &script, const Object &object, const std::string &schema)
{
    Object key;
    key.kind = Kind::default_privileges;
    key.schema = schema;
    key.name = script.role();
    key.arguments = default_privileges_for(object.kind);
    const Object *found = script.source().find_object(id(key));
    return found != nullptr && script.target().find(id(key)) ? found : nullptr;
}

// What PUBLIC may do with every object of its kind, if nobody takes it away
bool goes_without_saying(Kind kind, const Privilege &entry)
{
    return entry.grantee == "PUBLIC" &&
           (entry.right == "EXECUTE" || (entry.right == "USAGE" && grant_keyword(kind) == "TYPE"sv));
}

// What is granted and revoked by default
Privileges privileges_when_created(const Script &script, const Object &object)
{
    Privileges privileges;
    if (default_privileges_for(object.kind) == nullptr)
        return privileges;
    privileges.owner = script.quote(script.role());
    List schemas = {""}; // those of all schemas, and those of its own
    if (!object.schema.empty())
        schemas.push_back(object.schema);
    for (const std::string &schema : schemas)
        if (const Object *defaults = default_privileges_in_force(script, object, schema))
            append_privileges(script, *defaults, privileges);
    std::erase_if(privileges.granted, [&](const Privilege &entry) {
        return goes_without_saying(object.kind, entry) &&
               std::find(privileges.revoked.begin(), privileges.revoked.end(), entry) == privileges.revoked.end();
    });
    return privileges;
}

bool gets_another_owner(const Script &script, const Object &object)
{
    return object.has("owner") && object.text("owner") != script.role();
}

// And then the owner that it is to have
Privileges privileges_of_new(const Script &script, const Object &object, Privileges privileges)
{
    if (default_privileges_for(object.kind) == nullptr)
        return privileges;
    return with_owner(std::move(privileges), script.quote(object.has("owner") ? object.text("owner") : script.role()));
}

// A routine that nobody but its owner can call
Privileges closed(Privileges privileges)
{
    std::erase_if(privileges.granted, [&](const Privilege &entry) { return entry.grantee != privileges.owner; });
    privileges.revoked = {{.right = "EXECUTE", .grantee = "PUBLIC", .grantor = "", .with_option = false}};
    return privileges;
}

} // namespace

const Object *table_of(const Snapshot &snapshot, const Object &column)
{
    std::optional<ObjectIndex> found = snapshot.find(id(column));
    return found ? &snapshot[snapshot.parent(*found)] : nullptr;
}

void change_privileges(Script &script, const Change &change)
{
    if (is_done_with_table(script, change))
        return;
    Privileges from = privileges_of(script, change.from);
    Privileges to = privileges_of(script, change.to);
    for (const Change &column : script.columns) {
        append_privileges(script, column.from, from);
        append_privileges(script, column.to, to);
    }
    if (from.owner != to.owner)
        from = with_owner(std::move(from), to.owner);
    run_steps(script, change.to, privilege_steps(from, to));
}

void add_privileges(Script &script, const Object &object)
{
    Privileges from = privileges_of_new(script, object, privileges_when_created(script, object));
    run_steps(script, object, privilege_steps(from, privileges_of(script, object)));
}

bool runs_as_owner(const Object &routine)
{
    return routine.text("definition").find("SECURITY DEFINER") != std::string::npos;
}

void close_while(Script &script, const Change &change, const std::function<void()> &alter)
{
    bool has_other_owner = change.from.text("owner") != change.to.text("owner");
    int differences = (change.from.text("definition") != change.to.text("definition")) + has_other_owner +
                      (change.from.list("revoked") != change.to.list("revoked") ||
                       change.from.list("grants") != change.to.list("grants"));
    Privileges from = privileges_of(script, change.from);
    Privileges to = privileges_of(script, change.to);
    if (differences > 1) {
        Privileges less = closed(from);
        run_steps(script, change.to, privilege_steps(from, less));
        from = std::move(less);
    }
    alter();
    if (has_other_owner) {
        set_owner(script, change.to);
        from = with_owner(std::move(from), to.owner);
    }
    run_steps(script, change.to, privilege_steps(from, to));
}

// A routine that runs with the rights of its owner is closed to all others before it gets him.
void add_common(Script &script, const Object &object)
{
    bool is_routine = object.kind == Kind::function || object.kind == Kind::procedure;
    Privileges from = privileges_when_created(script, object);
    bool is_to_be_closed = gets_another_owner(script, object) || object.has("revoked");
    if (is_routine && runs_as_owner(object) && is_to_be_closed) {
        Privileges less = closed(from);
        run_steps(script, object, privilege_steps(from, less));
        from = std::move(less);
    }
    if (gets_another_owner(script, object))
        set_owner(script, object);
    if (object.has("comment"))
        set_comment(script, object);
    from = privileges_of_new(script, object, std::move(from));
    run_steps(script, object, privilege_steps(from, privileges_of(script, object)));
    set_labels(script, object, object.list("labels"), false);
}

std::vector<Attribute> with_comment(std::vector<Attribute> attributes)
{
    attributes.push_back(altered(text("comment"), alter_comment));
    attributes.push_back(altered(list("labels"), alter_labels));
    return attributes;
}

std::vector<Attribute> with_common(std::vector<Attribute> attributes)
{
    attributes = with_comment(std::move(attributes));
    attributes.push_back(altered(text("owner"), alter_owner));
    return with_grants(std::move(attributes));
}

std::vector<Attribute> with_grants(std::vector<Attribute> attributes)
{
    attributes.push_back(altered(list("revoked"), alter_revoked));
    attributes.push_back(altered(list("grants"), alter_grants));
    return attributes;
}

void drop_by_keyword(Script &script, const Object &object)
{
    script.add("DROP {} {}", rules_of(object.kind).keyword, script.reference(object));
}

} // namespace linkgress::core
