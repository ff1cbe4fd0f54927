#include "core/renderer.hpp"

#include "core/error.hpp"
#include "core/hazard.hpp"
#include "core/inheritance.hpp"
#include "core/json.hpp"
#include "core/kind.hpp"
#include "core/kinds/composite_cast.hpp"
#include "core/kinds/options.hpp"
#include "core/poll.hpp"
#include "core/secret.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace linkgress::core {

namespace {

// A domain without its default, which calls a function over the domain
void create_domain_shell(Script &script, const Object &domain, bool replace)
{
    if (replace) {
        script.add("ALTER DOMAIN {} DROP DEFAULT", script.qualified(domain));
        return;
    }
    Object shell = domain;
    shell.remove("default");
    rules_of(Kind::domain).create(script, shell);
}

} // namespace

Renderer::Renderer(const Diff &diff, Quote quote)
    : diff_(diff), quote_(quote), hints_(diff), converter_(diff.source, diff.target, quote, replaced_types_),
      backward_converter_(diff.target, diff.source, quote, none_)
{
    Script names = forward();
    for (const Item &item : diff_.items) {
        poll();
        if (!item.is_retired)
            continue;
        const Object &object = diff_.source[item.from];
        choose_provisional_name(object);
        if (object.has("multirange"))
            choose_provisional_name(multirange_of(object));
        for (ObjectIndex part = item.from + 1; part < diff_.source.end_of_children(item.from); part++)
            if (diff_.source[part].has("identity"))
                choose_provisional_name(identity_sequence(diff_.source[part]));
        replaced_types_.insert(names.qualified(object));
        present_names_.emplace(names.qualified(object), names.qualified(object.schema, provisional_name(object)));
    }
}

Script Renderer::forward() const
{
    Script script(quote_, diff_.source, diff_.target, diff_.source.role);
    script.replaced_types = &present_names_;
    script.converter = &converter_;
    return script;
}

Script Renderer::backward() const
{
    Script script(quote_, diff_.target, diff_.source, diff_.source.role);
    script.converter = &backward_converter_;
    return script;
}

std::vector<const Object *> Renderer::folded_objects(const Step &step, bool of_source) const
{
    std::vector<const Object *> result;
    for (std::size_t index : step.folded) {
        poll();
        const Item &item = diff_.items[index];
        const Object *object = of_source ? diff_.from(item) : diff_.to(item);
        if (object != nullptr && (of_source ? item.drop_through : item.create_through) == SIZE_MAX)
            result.push_back(object);
    }
    return result;
}

// As long as both are there, the old one has this name.
void Renderer::choose_provisional_name(const Object &object)
{
    auto is_taken = [&](const Object &probe) {
        return diff_.source.find(id(probe)) || diff_.target.find(id(probe)) || provisional_.contains(probe.name);
    };
    Object probe = object;
    std::string first = with_suffix(object.name, "_replaced");
    for (int &number = next_numbers_[first];; number++) {
        probe.name = number == 0 ? first : with_suffix(object.name, fmt::format("_replaced{}", number));
        if (!is_taken(probe))
            break;
    }
    provisional_.insert(probe.name);
    provisional_names_.emplace(id(object), probe.name);
}

// A column that a table gets through its parent, or its type, is like the one there; what it has of its own comes
// after that.
void Renderer::complete_columns(Script &script, const Step &step) const
{
    for (std::size_t index : step.folded) {
        poll();
        const Item &item = diff_.items[index];
        if (item.create_through == SIZE_MAX || item.to == no_object || diff_.to(item)->kind != Kind::column)
            continue;
        Object before = *diff_.to(item);
        const Object *above = diff_.to(diff_.items[item.create_through]);
        for (const char *own : {"comment", "grants", "revoked", "labels", "statistics", "options", "identity"})
            before.remove(own);
        for (const char *setting : {"not_null", "storage", "compression"})
            before.remove(setting);
        if (above->flag("not_null") && above->kind == Kind::column)
            before.set("not_null", true);
        rules_of(Kind::column).alter(script, {before, *diff_.to(item)});
    }
}

void Renderer::create(Script &script, const Object &object, const std::vector<const Object *> &folded) const
{
    script.children = folded;
    rules_of(object.kind).create(script, object);
}

// Those that the plan neither drops nor adds
void Renderer::set_columns(Script &script, const Object &table) const
{
    const Snapshot &source = script.source();
    ObjectIndex index = source.index_of(table);
    for (ObjectIndex part = index + 1; part < source.end_of_children(index); part++) {
        const Object *after = script.target().find_object(id(source[part]));
        bool is_column = source[part].kind == Kind::column || source[part].kind == Kind::view_column;
        const Item &item = &source == &diff_.source ? diff_.of_source(part) : diff_.of_target(part);
        if (is_column && after != nullptr && !item.goes())
            script.columns.push_back({source[part], *after});
    }
}

void Renderer::alter(Script &script, const Item &item, const Object &from, const Object &to) const
{
    const KindRules &rules = rules_of(to.kind);
    if (item.is_renamed) {
        if (to.kind == Kind::index)
            script.add("ALTER INDEX {} RENAME TO {}", script.qualified(from), script.quote(to.name));
        else
            script.add("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", script.parent(to), script.quote(from.name),
                       script.quote(to.name));
    }
    script.type_is_replaced = item.type_is_replaced;
    script.is_text_meanwhile = item.takes_detour;
    script.is_through_parent = item.retype_through != SIZE_MAX;
    set_columns(script, from);
    if (rules.alter != nullptr)
        rules.alter(script, {from, to});
    else
        alter_attributes(script, {from, to});
}

void Renderer::create_shell(Script &script, const Object &object, bool replace) const
{
    if (object.kind == Kind::base_type) {
        script.add("CREATE TYPE {}", script.qualified(object));
        return;
    }
    if (object.kind == Kind::domain) {
        create_domain_shell(script, object, replace);
        return;
    }
    const char *create = replace ? "CREATE OR REPLACE" : "CREATE";
    if (object.kind == Kind::view) {
        List columns;
        for (const std::string &column : object.list("column_list")) {
            poll();
            // name type [COLLATE …]
            std::size_t end = column.starts_with('"') ? column.find("\" ", 1) + 1 : column.find(' ');
            std::string type = column.substr(end + 1);
            std::size_t collate = type.find(" COLLATE ");
            columns.push_back(fmt::format("NULL::{} AS {}", type, column.substr(0, end)));
            if (collate != type.npos)
                columns.back() = fmt::format("NULL::{}{} AS {}", type.substr(0, collate), type.substr(collate),
                                             column.substr(0, end));
        }
        script.add("{} VIEW {} AS SELECT {}", create, script.qualified(object), fmt::join(columns, ", "));
        return;
    }
    std::string definition = object.text("definition");
    std::size_t body = std::min(definition.find("\nBEGIN ATOMIC"), definition.find("\nRETURN "));
    script.add_text("SET LOCAL check_function_bodies = off");
    script.add("{}\nAS 'SELECT NULL'", definition.substr(0, body));
}

void Renderer::write(const Step &step, Script &script) const
{
    const Item &item = diff_.items[step.item];
    switch (step.kind) {
    case StepKind::drop_shell:
        create_shell(script, *diff_.from(item), true);
        break;
    case StepKind::drop:
        script.stays_in_children = item.stays_in_children;
        rules_of(diff_.from(item)->kind).drop(script, *diff_.from(item));
        break;
    case StepKind::retire:
        retire(script, *diff_.from(item));
        break;
    case StepKind::alter:
        alter(script, item, *diff_.from(item), *diff_.to(item));
        complete_columns(script, step);
        break;
    case StepKind::shell:
        create_shell(script, *diff_.to(item), false);
        break;
    case StepKind::create:
        script.has_shell = step.has_shell;
        script.is_like_parent = item.is_like_parent;
        create(script, *diff_.to(item), folded_objects(step, false));
        complete_columns(script, step);
        if (has_cast(item))
            create_successor_cast(script, *diff_.to(item), provisional_name(*diff_.from(item)));
        break;
    case StepKind::finish:
        finish(script, item);
        break;
    }
}

void Renderer::write_inverse(const Step &step, Operation &operation) const
{
    const Item &item = diff_.items[step.item];
    Script script = backward();
    switch (step.kind) {
    case StepKind::drop: {
        std::vector<const Object *> folded = folded_objects(step, true);
        create(script, *diff_.from(item), folded);
        for (const Object *child : folded) {
            bool is_there = child->kind == Kind::column || child->kind == Kind::column_default ||
                            (child->kind == Kind::inheritance && !child->has("bound"));
            if (!is_there)
                rules_of(child->kind).create(script, *child);
        }
        break;
    }
    case StepKind::retire: {
        if (diff_.from(item)->kind == Kind::column) {
            operation.irreversible =
                "It is a part of a change of a row type; linkgress.diff(target, source) plans the way back.";
            return;
        }
        Object old = *diff_.from(item);
        old.name = provisional_name(old);
        script.add("ALTER {} {} RENAME TO {}", rules_of(old.kind).keyword, script.qualified(old),
                   script.quote(diff_.from(item)->name));
        break;
    }
    case StepKind::alter: {
        const Object &from = *diff_.from(item);
        const Object &to = *diff_.to(item);
        for (const Attribute *attribute : differences(from, to))
            if (attribute->can_alter != nullptr && !attribute->can_alter({to, from})) {
                operation.irreversible = fmt::format("PostgreSQL cannot take back the change of its {} in place; "
                                                     "linkgress.diff(target, source) plans the way back.",
                                                     attribute->name);
                return;
            }
        alter(script, item, to, from);
        break;
    }
    case StepKind::create:
    case StepKind::shell:
        rules_of(diff_.to(item)->kind).drop(script, *diff_.to(item));
        break;
    case StepKind::finish:
    case StepKind::drop_shell:
        operation.irreversible = "It is a part of a replacement; linkgress.diff(target, source) plans the way back.";
        return;
    }
    operation.inverse = script.statements();
}

std::string Renderer::type_of(const Step &step) const
{
    const Item &item = diff_.items[step.item];
    const KindRules &rules = rules_of(diff_.either(item).kind);
    if (rules.part_of)
        return fmt::format("alter_{}", rules_of(*rules.part_of).name);
    bool is_added =
        rules.kind == Kind::column || rules.kind == Kind::constraint || rules.kind == Kind::domain_constraint;
    switch (step.kind) {
    case StepKind::drop:
    case StepKind::finish:
        return fmt::format("drop_{}", rules.name);
    case StepKind::retire:
        return fmt::format("{}_{}", rules.kind == Kind::column ? "alter" : "rename", rules.name);
    case StepKind::alter:
        return fmt::format("{}_{}", item.is_renamed ? "rename" : "alter", rules.name);
    case StepKind::shell:
    case StepKind::create:
        return fmt::format("{}_{}", is_added ? "add" : "create", rules.name);
    case StepKind::drop_shell:
        break;
    }
    return fmt::format("alter_{}", rules.name);
}

std::string Renderer::details(const Step &step, const Operation &operation) const
{
    const Item &item = diff_.items[step.item];
    const Object &object = diff_.either(item);
    JsonWriter json;
    json.open('{');
    json.member("type", operation.type);
    json.member("kind", rules_of(object.kind).name);
    json.member("schema", object.schema);
    json.member("name", object.name);
    json.member("table", is_child(object.kind) ? object.parent : "");
    if (is_child(object.kind)) {
        const KindRules &rules = rules_of(object.kind);
        json.member(rules_of(rules.part_of.value_or(object.kind)).name, object.name);
    }
    json.member("arguments", object.arguments);
    if (item.is_renamed)
        json.member("old_name", diff_.from(item)->name);
    auto write_values = [&](const char *key, const Object &values, const std::vector<const Attribute *> *only) {
        json.key(key);
        json.open('{');
        for (const auto &[number, value] : values.values) {
            const Attribute &attribute = rules_of(values.kind).attributes[number];
            if (only == nullptr ? attribute.means == Means::nothing
                                : std::find(only->begin(), only->end(), &attribute) == only->end())
                continue;
            json.key(attribute.name);
            std::visit(json, without_secrets(attribute, value));
        }
        json.close('}');
    };
    if (step.kind == StepKind::alter) {
        std::vector<const Attribute *> changed = differences(*diff_.from(item), *diff_.to(item));
        write_values("from", *diff_.from(item), &changed);
        write_values("to", *diff_.to(item), &changed);
    } else if (step.kind == StepKind::create || step.kind == StepKind::shell) {
        write_values("to", *diff_.to(item), nullptr);
    } else {
        write_values("from", *diff_.from(item), nullptr);
    }
    if (!operation.hazards.empty()) {
        json.key("hazards");
        json.open('{');
        for (const Hazard &hazard : operation.hazards)
            json.member(hazard.name, hazard.text);
        json.close('}');
    }
    if (!operation.inverse.empty()) {
        json.key("inverse");
        json(operation.inverse);
    }
    json.member("irreversible", operation.irreversible);
    json.member("hint", operation.hint);
    json.close('}');
    return std::move(json.text);
}

bool Renderer::takes_away(const Step &step) const
{
    const Item &item = diff_.items[step.item];
    Kind kind = diff_.either(item).kind;
    return (kind == Kind::table || kind == Kind::column) &&
           (step.kind == StepKind::drop || step.kind == StepKind::retire || step.kind == StepKind::finish ||
            item.is_retyped);
}

std::string Renderer::changed_table(const Item &item) const
{
    if (item.from == no_object)
        return "";
    ObjectIndex table = diff_.source.parent(item.from) == no_object ? item.from : diff_.source.parent(item.from);
    return diff_.source[table].kind == Kind::table ? forward().qualified(diff_.source[table]) : "";
}

List Renderer::secrets_of(const Step &step) const
{
    List secrets;
    auto add = [&](const Item &item) {
        for (const Object *object : {diff_.from(item), diff_.to(item)})
            if (object != nullptr)
                add_secrets(secrets, *object);
    };
    add(diff_.items[step.item]);
    for (std::size_t folded : step.folded)
        add(diff_.items[folded]);
    return secrets;
}

// What takes the operation back is known from what is stored only.
void Renderer::leave_out_secrets(Rendered &rendered) const
{
    Operation &operation = rendered.operation;
    auto has_secret = [&](const std::string &statement) {
        return without_secrets(statement, operation.secrets) != statement;
    };
    if (std::any_of(operation.statements.begin(), operation.statements.end(), has_secret))
        for (const std::string &statement : operation.statements)
            operation.kept.push_back(without_secrets(statement, operation.secrets));
    for (Statement &statement : rendered.statements)
        if (has_secret(statement.text))
            statement.kept = without_secrets(statement.text, operation.secrets);
    if (std::any_of(operation.inverse.begin(), operation.inverse.end(), has_secret)) {
        operation.inverse.clear();
        operation.irreversible =
            fmt::format("The way back needs secrets of {}, which are not kept; write it by hand.", operation.object);
    }
}

// What is said of it
void Renderer::complete(const Step &step, bool online, Operation &operation) const
{
    operation.hazards = find_hazards(diff_, converter_, step, online);
    if (!operation.irreversible.empty())
        operation.hazards.push_back({"irreversible", operation.irreversible});
    operation.hint = hints_.hint(step);
    if (operation.destructive || takes_away(step))
        operation.table = changed_table(diff_.items[step.item]);
    operation.details = details(step, operation);
}

// Attributes such as "name type" are taken apart; error 22023 for one that somebody has made up.
std::optional<Rendered> Renderer::render(const Step &step, const Online *online) const
try {
    poll();
    Script script = forward();
    script.online = online;
    write(step, script);
    if (script.empty())
        return std::nullopt;
    const Item &item = diff_.items[step.item];
    Operation operation;
    operation.type = type_of(step);
    operation.object = identity(diff_.either(item));
    operation.statements = script.statements();
    operation.role_switches = script.role_switches();
    operation.destructive = is_destructive(diff_, converter_, step);
    write_inverse(step, operation);
    operation.secrets = secrets_of(step);
    Rendered rendered{std::move(operation), script.written()};
    if (!rendered.operation.secrets.empty())
        leave_out_secrets(rendered);
    complete(step, online != nullptr, rendered.operation);
    return rendered;
} catch (const std::out_of_range &) {
    throw Error(sqlstate::invalid_parameter_value,
                fmt::format("{} has an attribute that cannot be read", id(diff_.either(diff_.items[step.item]))), "",
                "Snapshots are compared as linkgress.snapshot() gives them.");
}

} // namespace linkgress::core
