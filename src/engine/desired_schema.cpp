#include "engine/desired_schema.hpp"

#include "core/secret.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "engine/diff.hpp"
#include "engine/journal.hpp"
#include "engine/materialise.hpp"
#include "engine/model.hpp"
#include "engine/run_lock.hpp"
#include "pg/catalog.hpp"
#include "pg/guc.hpp"
#include "pg/hash.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"
#include "pg/transaction.hpp"

#include <optional>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

// To be changed when the same model would give another snapshot than before.
constexpr const char *format_version = "5";

// Of what is known without reading the texts
std::string key_of(const std::vector<ModelPart> &parts)
{
    std::vector<std::string> pieces = {format_version, std::to_string(pg::server_version()), caller_name()};
    for (const char *setting : {"linkgress.managed_schemas", "default_tablespace", "default_table_access_method",
                                "default_toast_compression", "xmloption"})
        pieces.push_back(pg::show_guc(setting));
    std::vector<std::string_view> views(pieces.begin(), pieces.end());
    for (const ModelPart &part : parts)
        views.insert(views.end(), {part.name, part.format, part.source});
    std::string sizes; // say where each ends; a text may have any character
    for (std::string_view view : views)
        sizes += std::to_string(view.size()) + ' ';
    sizes += '\n';
    views.insert(views.begin(), sizes);
    return pg::sha256(views);
}

// A hash of everything outside the managed schemas that the model may depend on, and of what these have themselves.
// Whatever changes an object writes a row of its catalog anew.
#define OUTSIDE(catalog, column)                                                                                       \
    " UNION ALL SELECT '" catalog "', oid, xmin::text FROM " catalog " WHERE " column " <> ALL (inside.oids)"
std::string environment_of(const std::vector<std::string> &scope)
{
    static Query query(
        "WITH inside AS (SELECT array_agg(oid) AS oids FROM pg_namespace WHERE nspname = ANY ($1) OR nspname ~ '^pg_'"
        " OR nspname IN ('information_schema', 'linkgress'))"
        " SELECT concat_ws(' ', count(*), sum(hashtextextended(concat_ws(' ', r.catalog, r.oid, r.version), 0)))"
        " FROM inside, LATERAL (SELECT 'pg_namespace' AS catalog, oid, concat_ws(' ', nspname, nspowner, nspacl,"
        "  obj_description(oid, 'pg_namespace')) AS version FROM pg_namespace WHERE nspname !~ '^pg_'"
        " UNION ALL SELECT 'pg_extension', oid, concat_ws(' ', extname, extversion, extnamespace,"
        "  obj_description(oid, 'pg_extension')) FROM pg_extension"
        " UNION ALL SELECT 'pg_roles', oid, rolname FROM pg_roles"
        " UNION ALL SELECT 'pg_default_acl', oid, xmin::text FROM pg_default_acl"
        " UNION ALL SELECT 'pg_language', oid, xmin::text FROM pg_language"
        " UNION ALL SELECT 'pg_foreign_data_wrapper', oid, xmin::text FROM pg_foreign_data_wrapper"
        " UNION ALL SELECT 'pg_foreign_server', oid, xmin::text FROM pg_foreign_server"
        " UNION ALL SELECT 'pg_am', oid, xmin::text FROM pg_am"
        " UNION ALL SELECT 'pg_cast', oid, xmin::text FROM pg_cast WHERE oid >= 16384"
        " UNION ALL SELECT 'ignore', 0, concat_ws(' ', pattern, kind) FROM linkgress.ignore"
        " UNION ALL SELECT 'pg_attribute', attrelid, concat_ws(' ', attnum, a.xmin) FROM pg_attribute a"
        "  JOIN pg_class c ON c.oid = attrelid WHERE relnamespace <> ALL (inside.oids)"
        " UNION ALL SELECT 'pg_rewrite', r.oid, r.xmin::text FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class"
        "  WHERE relnamespace <> ALL (inside.oids)"
        " UNION ALL SELECT 'pg_inherits', inhrelid, i.xmin::text FROM pg_inherits i JOIN pg_class c ON c.oid = inhrelid"
        "  WHERE relnamespace <> ALL (inside.oids)"
        " UNION ALL SELECT 'pg_enum', e.oid, e.xmin::text FROM pg_enum e JOIN pg_type t ON t.oid = enumtypid"
        "  WHERE typnamespace <> ALL (inside.oids)" //
        OUTSIDE("pg_class", "relnamespace") OUTSIDE("pg_type", "typnamespace") OUTSIDE("pg_proc", "pronamespace")
            OUTSIDE("pg_operator", "oprnamespace") OUTSIDE("pg_opclass", "opcnamespace")
                OUTSIDE("pg_collation", "collnamespace") OUTSIDE("pg_constraint", "connamespace")
                    OUTSIDE("pg_ts_config", "cfgnamespace") OUTSIDE("pg_ts_dict", "dictnamespace") ") r",
        {Type::text_array});
    pg::OwnerScope owner;
    return query.run_with_latest_snapshot({std::cref(scope)}).text(0, 0);
}
#undef OUTSIDE

std::optional<DesiredSchema> find(const std::string &key)
{
    static Query query(
        "SELECT scope, owners, says_privileges, environment, document, created_schemas FROM linkgress.materialised"
        " WHERE key = $1 ORDER BY stored_at DESC LIMIT 1",
        {Type::text});
    std::optional<pg::OwnerScope> owner;
    owner.emplace();
    pg::Rows rows = query.run({key});
    owner.reset();
    if (rows.empty())
        return std::nullopt;
    DesiredSchema desired;
    desired.scope = rows.text_array(0, 0);
    if (environment_of(desired.scope) != rows.text(0, 3))
        return std::nullopt;
    desired.said = {rows.text_array(0, 1), rows.boolean(0, 2), rows.text_array(0, 5)};
    SnapshotReader reader;
    rows.json(0, 4, reader);
    desired.snapshot = reader.take();
    return desired;
}

// Whoever finds it stored twice takes either: there is no key to wait for in another session.
void store(const std::string &key, const std::string &environment, const DesiredSchema &desired)
{
    static Query insert(
        "INSERT INTO linkgress.materialised (key, scope, owners, says_privileges, environment, document, "
        "created_schemas)"
        " VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)",
        {Type::text, Type::text_array, Type::text_array, Type::boolean, Type::text, Type::text, Type::text_array});
    static Query forget("DELETE FROM linkgress.materialised WHERE ctid = ANY (ARRAY(SELECT ctid FROM"
                        " linkgress.materialised ORDER BY stored_at DESC OFFSET 3 FOR UPDATE SKIP LOCKED))",
                        {});
    std::string document = desired.snapshot.to_json();
    JournalWrite write;
    insert.run({key, std::cref(desired.scope), std::cref(desired.said.owners), desired.said.privileges, environment,
                document, std::cref(desired.said.schemas)});
    forget.run();
}

// It is only a memory: what keeps it from being written must not keep anybody from anything else.
void try_to_store(const std::string &key, const std::string &environment, const DesiredSchema &desired)
{
    pg::Subtransaction subtransaction;
    try {
        store(key, environment, desired);
        subtransaction.release();
    } catch (const core::Error &error) {
        if (is_interrupt(error))
            throw;
        subtransaction.rollback();
        pg::report(pg::Level::warning, "the model is going to be built again: " + error.report().message,
                   error.report().detail, error.report().hint);
    }
}

// With a snapshot of the past, the schemas to be put out of the way would be those of the past.
void check_may_build()
{
    check_may_run("linkgress.set_model()");
    if (pg::snapshot_is_fixed())
        throw core::Error(core::sqlstate::active_sql_transaction,
                          "the model cannot be built in a REPEATABLE READ or SERIALIZABLE transaction", {},
                          "SELECT linkgress.analyze() once in a transaction of its own; then it is known.");
}

} // namespace

// Secrets are not kept: a model that has some is built each time.
DesiredSchema desired_schema()
{
    std::vector<ModelPart> parts = read_model_parts();
    if (parts.empty())
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state, "there is no model", {},
                          "Say what the schema is to be with linkgress.set_model().");
    std::string key = key_of(parts);
    if (std::optional<DesiredSchema> known = find(key))
        return std::move(*known);
    check_may_build();
    Model model = parse_model(std::move(parts));
    DesiredSchema desired;
    desired.scope = model.scope();
    desired.said = {model.owners, model.says_privileges, model.created_schemas};
    std::string environment = environment_of(desired.scope);
    desired.snapshot = materialise(model);
    if (!core::has_secrets(desired.snapshot))
        try_to_store(key, environment, desired);
    return desired;
}

} // namespace linkgress::engine
