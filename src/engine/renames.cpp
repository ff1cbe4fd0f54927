#include "engine/renames.hpp"

#include "core/json.hpp"
#include "core/kind.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/journal.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using core::Operation;
using pg::Query;
using pg::Type;

// What can be renamed, by where the catalogs have its name
enum class Place { relation, column, constraint, trigger, policy, rule, type, routine, schema, value };

struct Renamable {
    const char *kind; // as in snapshots; "enum_value" besides
    Place place;
    const char *keyword; // of ALTER
};

constexpr Renamable renamables[] = {
    {"table", Place::relation, "TABLE"},
    {"foreign_table", Place::relation, "FOREIGN TABLE"},
    {"view", Place::relation, "VIEW"},
    {"materialized_view", Place::relation, "MATERIALIZED VIEW"},
    {"sequence", Place::relation, "SEQUENCE"},
    {"index", Place::relation, "INDEX"},
    {"column", Place::column, "TABLE"},
    {"constraint", Place::constraint, "TABLE"},
    {"foreign_key", Place::constraint, "TABLE"},
    {"trigger", Place::trigger, "TRIGGER"},
    {"policy", Place::policy, "POLICY"},
    {"rule", Place::rule, "RULE"},
    {"enum", Place::type, "TYPE"},
    {"composite", Place::type, "TYPE"},
    {"range", Place::type, "TYPE"},
    {"domain", Place::type, "DOMAIN"},
    {"function", Place::routine, "FUNCTION"},
    {"procedure", Place::routine, "PROCEDURE"},
    {"aggregate", Place::routine, "AGGREGATE"},
    {"schema", Place::schema, "SCHEMA"},
    {"enum_value", Place::value, "TYPE"},
};

const Renamable &renamable(const std::string &kind)
{
    for (const Renamable &each : renamables)
        if (kind == each.kind)
            return each;
    std::string kinds;
    for (const Renamable &each : renamables)
        kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", each.kind);
    throw core::Error(core::sqlstate::invalid_parameter_value,
                      fmt::format("objects of kind \"{}\" cannot be renamed", kind),
                      "linkgress.rename has a row of it.", fmt::format("The kinds are: {}.", kinds));
}

// A name in its parts: those of the object that it belongs to, then its own.
struct Name {
    std::vector<std::string> parts;
    std::string arguments; // of a routine

    const std::string &last() const { return parts.back(); }
    std::string schema() const { return parts.size() > 1 ? parts.front() : ""; }
};

// As operations show it (public.users.Email), or as SQL has it (public.users."Email").
Name parse_name(std::string text, bool is_routine)
{
    static Query query("SELECT parse_ident($1)", {Type::text});
    Name name;
    if (std::size_t open = text.find('('); is_routine && open != std::string::npos) {
        name.arguments = text.substr(open + 1, text.rfind(')') - open - 1);
        text.resize(open);
    }
    if (text.find('"') != std::string::npos) {
        pg::SearchPathScope pinned;
        name.parts = query.run({text}).text_array(0, 0);
        return name;
    }
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t end = std::min(text.find('.', begin), text.size());
        name.parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return name;
}

std::size_t parts_of(Place place)
{
    if (place == Place::schema)
        return 1;
    return place == Place::relation || place == Place::type || place == Place::routine ? 2 : 3;
}

[[noreturn]] void refuse(const std::string &name, const std::string &hint)
{
    throw core::Error(core::sqlstate::invalid_parameter_value,
                      fmt::format("\"{}\" is no name for linkgress.rename", name), {}, hint);
}

// With the schema and the table, of the old name where the new one has none
void complete(Name &name, const Name &old, const std::string &text, const Renamable &what)
{
    std::size_t wanted = parts_of(what.place);
    if (what.kind == std::string_view("index") && name.parts.size() == 3) // public.users.users_email_idx
        name.parts.erase(name.parts.begin() + 1);
    if (name.parts.size() == 1 && wanted > 1)
        name.parts.insert(name.parts.begin(), old.parts.begin(), old.parts.end() - 1);
    if (name.parts.size() != wanted)
        refuse(text, wanted == 3 ? "Write schema, table and name, as public.users.email."
                                 : "Write schema and name, as public.users.");
}

// ---- In the model

bool is_in_model(const core::Snapshot &model, const Renamable &what, const Name &name)
{
    core::Object object;
    object.kind = what.place == Place::value ? core::Kind::enum_type : *core::kind_named(what.kind);
    object.schema = name.schema();
    object.arguments = name.arguments;
    object.name = what.place == Place::value ? name.parts[1] : name.last();
    if (what.place != Place::value && name.parts.size() == 3)
        object.parent = name.parts[1];
    if (what.kind == std::string_view("index")) { // which are known by their tables
        for (core::ObjectIndex i = 0; i < model.size(); i++)
            if (model[i].kind == core::Kind::index && model[i].schema == object.schema && model[i].name == object.name)
                return true;
        return false;
    }
    const core::Object *found = model.find_object(core::id(object));
    if (found == nullptr || what.place != Place::value)
        return found != nullptr;
    const core::List &values = found->list("values");
    return std::find(values.begin(), values.end(), name.last()) != values.end();
}

// ---- In the catalogs

Query &finder(Place place)
{
    static Query relation("SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                          " WHERE nspname = $1[1] AND relname = $1[2]",
                          {Type::text_array, Type::text});
    static Query column("SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                        " JOIN pg_attribute ON attrelid = c.oid AND NOT attisdropped"
                        " WHERE nspname = $1[1] AND relname = $1[2] AND attname = $1[3]",
                        {Type::text_array, Type::text});
#define PART(catalog, relation, name)                                                                                  \
    "SELECT p.oid FROM " catalog " p JOIN pg_class c ON c.oid = " relation                                             \
    " JOIN pg_namespace n ON n.oid = relnamespace"                                                                     \
    " WHERE nspname = $1[1] AND relname = $1[2] AND " name " = $1[3]"
    static Query constraint(PART("pg_constraint", "conrelid", "conname"), {Type::text_array, Type::text});
    static Query trigger(PART("pg_trigger", "tgrelid", "tgname"), {Type::text_array, Type::text});
    static Query policy(PART("pg_policy", "polrelid", "polname"), {Type::text_array, Type::text});
    static Query rule(PART("pg_rewrite", "ev_class", "rulename"), {Type::text_array, Type::text});
#undef PART
    static Query type("SELECT t.oid FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace"
                      " WHERE nspname = $1[1] AND typname = $1[2]",
                      {Type::text_array, Type::text});
    static Query routine("SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
                         " WHERE nspname = $1[1] AND proname = $1[2] AND oidvectortypes(proargtypes) = $2",
                         {Type::text_array, Type::text});
    static Query schema("SELECT oid FROM pg_namespace WHERE nspname = $1[1]", {Type::text_array, Type::text});
    static Query value("SELECT e.oid FROM pg_enum e JOIN pg_type t ON t.oid = enumtypid"
                       " JOIN pg_namespace n ON n.oid = typnamespace"
                       " WHERE nspname = $1[1] AND typname = $1[2] AND enumlabel = $1[3]",
                       {Type::text_array, Type::text});
    switch (place) {
    case Place::relation:
        return relation;
    case Place::column:
        return column;
    case Place::constraint:
        return constraint;
    case Place::trigger:
        return trigger;
    case Place::policy:
        return policy;
    case Place::rule:
        return rule;
    case Place::type:
        return type;
    case Place::routine:
        return routine;
    case Place::schema:
        return schema;
    case Place::value:
        break;
    }
    return value;
}

std::optional<pg::Oid> find(Place place, const Name &name)
{
    pg::Rows rows = finder(place).run({std::cref(name.parts), name.arguments});
    return rows.empty() ? std::nullopt : std::optional<pg::Oid>(rows.oid(0, 0));
}

// With $1 the object, $2 its old name, $3 the new one, $4 the new schema. Children of a table have what it has by the
// same name.
#define BELOW                                                                                                          \
    "WITH RECURSIVE below(relation) AS (SELECT $1 UNION SELECT inhrelid FROM pg_inherits JOIN below"                   \
    " ON inhparent = relation) "
#define RENAME_WITH(place, ...)                                                                                        \
    case place: {                                                                                                      \
        static Query queries[] = {__VA_ARGS__};                                                                        \
        return {std::begin(queries), std::end(queries)};                                                               \
    }
#define RENAMING(sql) Query(sql, {Type::oid, Type::text, Type::text, Type::text})

struct Updates {
    Query *first;
    Query *last;
    Query *begin() const { return first; }
    Query *end() const { return last; }
};

Updates updates(Place place)
{
    switch (place) {
        RENAME_WITH(
            Place::relation,
            RENAMING("UPDATE pg_type SET typname = $3::name, typnamespace = $4::regnamespace"
                     " WHERE typrelid = $1 AND $2 IS NOT NULL"),
            RENAMING("UPDATE pg_constraint SET connamespace = $4::regnamespace"
                     " WHERE conrelid = $1 AND $2 || $3 IS NOT NULL"),
            RENAMING("UPDATE pg_class SET relnamespace = $4::regnamespace WHERE $2 || $3 IS NOT NULL"
                     " AND (oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = $1) OR oid IN (SELECT objid"
                     "  FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype IN ('a', 'i')"
                     "  AND refclassid = 'pg_class'::regclass AND refobjid = $1 AND refobjsubid > 0))"),
            RENAMING("UPDATE pg_class SET relname = $3::name, relnamespace = $4::regnamespace"
                     " WHERE oid = $1 AND $2 IS NOT NULL"))
        RENAME_WITH(Place::column,
                    RENAMING(BELOW "UPDATE pg_attribute SET attname = $3::name FROM below"
                                   " WHERE attrelid = relation AND attname = $2::name AND $4 IS NOT NULL"))
        RENAME_WITH(Place::constraint,
                    RENAMING("UPDATE pg_class SET relname = $3::name FROM pg_constraint p WHERE pg_class.oid = conindid"
                             " AND p.oid = $1 AND contype IN ('p', 'u', 'x') AND $2 || $4 IS NOT NULL"),
                    RENAMING("WITH RECURSIVE below(relation) AS (SELECT conrelid FROM pg_constraint WHERE oid = $1"
                             " UNION SELECT inhrelid FROM pg_inherits JOIN below ON inhparent = relation)"
                             " UPDATE pg_constraint SET conname = $3::name FROM below WHERE conrelid = relation"
                             " AND conname = $2::name AND (oid = $1 OR contype = 'c') AND $4 IS NOT NULL"))
        RENAME_WITH(Place::trigger,
                    RENAMING("UPDATE pg_trigger SET tgname = $3::name WHERE (oid = $1 OR tgparentid = $1)"
                             " AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::policy,
                    RENAMING("UPDATE pg_policy SET polname = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::rule,
                    RENAMING("UPDATE pg_rewrite SET rulename = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::type,
                    RENAMING("UPDATE pg_class SET relname = $3::name, relnamespace = $4::regnamespace"
                             " WHERE reltype = $1 AND relkind = 'c' AND $2 IS NOT NULL"),
                    RENAMING("UPDATE pg_type SET typname = $3::name, typnamespace = $4::regnamespace"
                             " WHERE oid = $1 AND $2 IS NOT NULL"))
        RENAME_WITH(Place::routine, RENAMING("UPDATE pg_proc SET proname = $3::name, pronamespace = $4::regnamespace"
                                             " WHERE oid = $1 AND $2 IS NOT NULL"))
        RENAME_WITH(Place::schema,
                    RENAMING("UPDATE pg_namespace SET nspname = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::value,
                    RENAMING("UPDATE pg_enum SET enumlabel = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
    }
    return {nullptr, nullptr};
}
#undef BELOW
#undef RENAME_WITH
#undef RENAMING

// ---- As a statement

std::string qualified(const std::string &schema, const std::string &name)
{
    return pg::quote_identifier(schema) + "." + pg::quote_identifier(name);
}

std::vector<std::string> statements(const Renamable &what, const Name &from, const Name &to)
{
    std::string old_name = pg::quote_identifier(from.last());
    std::string new_name = pg::quote_identifier(to.last());
    std::string arguments = what.place == Place::routine ? fmt::format("({})", from.arguments) : "";
    std::string holder = from.parts.size() == 3 ? qualified(from.parts[0], from.parts[1]) : "";
    switch (what.place) {
    case Place::schema:
        return {fmt::format("ALTER SCHEMA {} RENAME TO {}", old_name, new_name)};
    case Place::column:
        return {fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {}", holder, old_name, new_name)};
    case Place::constraint:
        return {fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", holder, old_name, new_name)};
    case Place::trigger:
    case Place::policy:
    case Place::rule:
        return {fmt::format("ALTER {} {} ON {} RENAME TO {}", what.keyword, old_name, holder, new_name)};
    case Place::value:
        return {fmt::format("ALTER TYPE {} RENAME VALUE {} TO {}", holder, core::quote_literal(from.last()),
                            core::quote_literal(to.last()))};
    default:
        break;
    }
    std::vector<std::string> result;
    if (from.last() != to.last())
        result.push_back(fmt::format("ALTER {} {}{} RENAME TO {}", what.keyword, qualified(from.schema(), from.last()),
                                     arguments, new_name));
    if (from.schema() != to.schema())
        result.push_back(fmt::format("ALTER {} {}{} SET SCHEMA {}", what.keyword, qualified(from.schema(), to.last()),
                                     arguments, pg::quote_identifier(to.schema())));
    return result;
}

std::string joined(const Name &name)
{
    std::string text;
    for (const std::string &part : name.parts)
        text += (text.empty() ? "" : ".") + part;
    return name.arguments.empty() ? text : fmt::format("{}({})", text, name.arguments);
}

Operation operation(const Renamable &what, const Name &from, const Name &to)
{
    Operation operation;
    operation.type = fmt::format("rename_{}", what.kind);
    operation.object = joined(from);
    operation.statements = statements(what, from, to);
    operation.inverse = statements(what, to, from);
    core::JsonWriter json;
    json.open('{');
    json.member("type", operation.type);
    json.member("kind", what.kind);
    json.member("old_name", joined(from));
    json.member("new_name", joined(to));
    json.key("inverse");
    json(operation.inverse);
    json.close('}');
    operation.details = std::move(json.text);
    operation.hazards.push_back(
        {"breaks_clients", fmt::format("Statements that use {} fail from then on. Release the code that uses the new "
                                       "name at the same time.",
                                       joined(from))});
    return operation;
}

// ---- One row

class Renamer {
  public:
    explicit Renamer(const core::Snapshot &model) : model_(model) {}

    void rename(std::int64_t id, const std::string &kind, const std::string &old, const std::string &replacement)
    {
        const Renamable &what = renamable(kind);
        Name from = parse_name(old, what.place == Place::routine);
        complete(from, from, old, what);
        Name to = parse_name(replacement, what.place == Place::routine);
        if (to.arguments.empty())
            to.arguments = from.arguments;
        complete(to, from, replacement, what);
        follow(from);
        follow(to);
        if (parts_of(what.place) == 3 && !std::equal(from.parts.begin(), from.parts.begin() + 2, to.parts.begin()))
            refuse(replacement, "A part of a table or type stays with it.");
        if (!is_in_model(model_, what, from) && is_in_model(model_, what, to))
            rename(id, what, from, to);
    }

    std::vector<Rename> take() { return std::move(renames_); }

  private:
    // What it belongs to has been renamed itself.
    void follow(Name &name) const
    {
        for (const auto &[from, to] : done_)
            if (from.parts.size() < name.parts.size() &&
                std::equal(from.parts.begin(), from.parts.end(), name.parts.begin()))
                std::copy(to.parts.begin(), to.parts.end(), name.parts.begin());
    }

    bool rename(std::int64_t id, const Renamable &what, const Name &from, const Name &to)
    {
        std::optional<pg::Oid> object = find(what.place, from);
        if (!object || find(what.place, to))
            return false;
        std::string schema = pg::quote_identifier(to.schema().empty() ? "pg_catalog" : to.schema());
        for (Query &update : updates(what.place))
            update.run({what.place == Place::column ? relation_of(from) : *object, from.last(), to.last(), schema});
        renames_.push_back({id, operation(what, from, to)});
        done_.emplace_back(from, to);
        if (what.place == Place::column || what.place == Place::relation)
            rename_sequences(id, what.place, from, to, what.place == Place::column ? relation_of(from) : *object);
        return true;
    }

    static pg::Oid relation_of(const Name &column)
    {
        Name relation;
        relation.parts = {column.parts[0], column.parts[1]};
        return find(Place::relation, relation).value_or(0);
    }

    // The sequences that serial columns and identities have bear the names of table and column.
    void rename_sequences(std::int64_t id, Place place, const Name &from, const Name &to, pg::Oid table)
    {
        static Query owned("SELECT s.relname::text, a.attname::text, n.nspname::text FROM pg_depend d"
                           " JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
                           " JOIN pg_namespace n ON n.oid = s.relnamespace"
                           " JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                           " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                           " AND d.deptype IN ('a', 'i') AND d.refobjid = $1 ORDER BY 1",
                           {Type::oid});
        pg::Rows rows = owned.run({table});
        const std::string &old_table = place == Place::column ? from.parts[1] : from.last();
        const std::string &new_table = place == Place::column ? to.parts[1] : to.last();
        for (std::size_t row = 0; row < rows.size(); row++) {
            std::string column = rows.text(row, 1);
            std::string old_column = place == Place::column && column == to.last() ? from.last() : column;
            Name sequence{{rows.text(row, 2), rows.text(row, 0)}, ""};
            Name renamed{{rows.text(row, 2), fmt::format("{}_{}_seq", new_table, column)}, ""};
            if (sequence.last() == fmt::format("{}_{}_seq", old_table, old_column) &&
                sequence.last() != renamed.last() && is_sequence_of_model(renamed))
                rename(id, renamable("sequence"), sequence, renamed);
        }
    }

    bool is_sequence_of_model(const Name &name) const
    {
        if (is_in_model(model_, renamable("sequence"), name))
            return true;
        std::string of_identity = qualified(name.schema(), name.last());
        for (core::ObjectIndex i = 0; i < model_.size(); i++)
            if (model_[i].kind == core::Kind::column && model_[i].text("identity_sequence") == of_identity)
                return true;
        return false;
    }

    const core::Snapshot &model_;
    std::vector<Rename> renames_;
    std::vector<std::pair<Name, Name>> done_;
};

} // namespace

bool is_any_rename_open()
{
    static Query query("SELECT EXISTS (SELECT FROM linkgress.rename WHERE used_at IS NULL)", {});
    pg::OwnerScope owner;
    return query.run().boolean(0, 0);
}

std::vector<Rename> rename_in_catalogs(const core::Snapshot &model)
{
    static Query query("SELECT id, kind, old, new FROM linkgress.rename WHERE used_at IS NULL ORDER BY id", {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    Renamer renamer(model);
    for (std::size_t parts = 1; parts <= 3; parts++) // schemas, what is in them, parts of tables
        for (std::size_t row = 0; row < rows.size(); row++)
            if (std::string kind = rows.text(row, 1); parts_of(renamable(kind).place) == parts)
                renamer.rename(rows.bigint(row, 0), kind, rows.text(row, 2), rows.text(row, 3));
    return renamer.take();
}

void mark_used(const std::vector<Rename> &renames)
{
    static Query query("UPDATE linkgress.rename SET used_at = clock_timestamp() WHERE id = $1", {Type::bigint});
    JournalWrite write;
    for (const Rename &rename : renames)
        query.run({rename.id});
}

} // namespace linkgress::engine
