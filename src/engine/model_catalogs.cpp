#include "engine/model_catalogs.hpp"

#include "core/mention.hpp"
#include "core/sqlstate.hpp"
#include "pg/catalog.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

constexpr const char *displaced = "(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^linkgress_displaced_')";

// Of each catalog and view that is filtered: what says where something is, with the place of a schema's oid
const std::map<std::string, std::string> &conditions()
{
    static const std::map<std::string, std::string> all = [] {
        std::map<std::string, std::string> found;
        auto by_schema = [&](const char *catalog, const char *column) {
            found[catalog] = fmt::format("{} NOT IN {}", column, displaced);
        };
        auto by_object = [&](const char *catalog, const char *column, const char *of, const char *schema) {
            found[catalog] =
                fmt::format("{} NOT IN (SELECT oid FROM pg_catalog.{} WHERE {} IN {})", column, of, schema, displaced);
        };
        for (auto [catalog, column] :
             {std::pair("pg_class", "relnamespace"), std::pair("pg_type", "typnamespace"),
              std::pair("pg_proc", "pronamespace"), std::pair("pg_constraint", "connamespace"),
              std::pair("pg_operator", "oprnamespace"), std::pair("pg_collation", "collnamespace"),
              std::pair("pg_conversion", "connamespace"), std::pair("pg_opclass", "opcnamespace"),
              std::pair("pg_opfamily", "opfnamespace"), std::pair("pg_statistic_ext", "stxnamespace"),
              std::pair("pg_ts_config", "cfgnamespace"), std::pair("pg_ts_dict", "dictnamespace"),
              std::pair("pg_namespace", "oid")})
            by_schema(catalog, column);
        for (auto [catalog, column] : {std::pair("pg_attribute", "attrelid"), std::pair("pg_attrdef", "adrelid"),
                                       std::pair("pg_index", "indrelid"), std::pair("pg_trigger", "tgrelid"),
                                       std::pair("pg_policy", "polrelid"), std::pair("pg_rewrite", "ev_class"),
                                       std::pair("pg_inherits", "inhrelid"), std::pair("pg_sequence", "seqrelid")})
            by_object(catalog, column, "pg_class", "relnamespace");
        by_object("pg_enum", "enumtypid", "pg_type", "typnamespace");
        by_object("pg_range", "rngtypid", "pg_type", "typnamespace");
        for (const char *view :
             {"pg_tables", "pg_views", "pg_matviews", "pg_indexes", "pg_sequences", "pg_policies", "pg_rules"})
            found[view] = "schemaname !~ '^linkgress_displaced_'";
        return found;
    }();
    return all;
}

struct Asked {
    std::set<std::string> catalogs;
    std::set<std::string> of_information_schema;
    std::set<std::string> passing; // the filter
};

void note_asked(const std::string &sql, Asked &asked)
{
    for (const core::MentionedName &name : core::mentioned_names(sql)) {
        if (name.schema == "information_schema")
            asked.of_information_schema.insert(name.name);
        else if (!conditions().contains(name.name))
            continue;
        else if (name.schema.empty())
            asked.catalogs.insert(name.name);
        else if (name.schema == "pg_catalog")
            asked.passing.insert(name.name);
    }
}

Asked asked_by(const Model &model)
{
    Asked asked;
    bool has_blocks = false;
    for (const ModelStatement &statement : model.statements)
        has_blocks = has_blocks || statement.definition.command == "DO";
    for (const ModelStatement &statement : model.statements)
        if (has_blocks && (statement.definition.command == "DO" || statement.definition.command == "CREATE FUNCTION" ||
                           statement.definition.command == "CREATE PROCEDURE"))
            note_asked(statement.sql, asked);
    return asked;
}

// No view can have a column of type anyarray.
std::string columns_of(const std::string &schema, const std::string &relation)
{
    static pg::Query query("SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                           " WHERE attrelid = to_regclass($1) AND attnum > 0 AND atttypid <> 'anyarray'::regtype",
                           {pg::Type::text});
    return query.run({fmt::format("{}.{}", schema, pg::quote_identifier(relation))}).text(0, 0);
}

void create_view(const std::string &name, const std::string &of, const std::string &columns,
                 const std::string &condition)
{
    pg::execute_statement(fmt::format("CREATE VIEW {} AS SELECT {} FROM {} WHERE {}", name, columns, of, condition));
    pg::execute_statement(fmt::format("GRANT SELECT ON {} TO PUBLIC", name));
}

// Whatever column has the name of a schema
std::string information_condition(const std::string &view)
{
    static pg::Query query("SELECT string_agg(format('(%1$I IS NULL OR %1$I::text !~ %2$L)', attname,"
                           "  '^linkgress_displaced_'), ' AND ') FROM pg_attribute"
                           " WHERE attrelid = to_regclass($1) AND attnum > 0 AND attname ~ '_schema$|^schema_name$'",
                           {pg::Type::text});
    std::string condition = query.run({fmt::format("information_schema.{}", pg::quote_identifier(view))}).text(0, 0);
    return condition.empty() ? "true" : condition;
}

void filter_information_schema(const std::set<std::string> &views)
{
    static pg::Query rename("UPDATE pg_namespace SET nspname = 'linkgress_displaced_information_schema'"
                            " WHERE nspname = 'information_schema' RETURNING nspowner",
                            {});
    std::map<std::string, std::pair<std::string, std::string>> found; // columns and condition
    for (const std::string &view : views)
        if (std::string columns = columns_of("information_schema", view); !columns.empty())
            found.emplace(view, std::pair(columns, information_condition(view)));
    if (found.empty())
        return;
    pg::create_schema("information_schema", rename.run().oid(0, 0));
    pg::execute_statement("GRANT USAGE ON SCHEMA information_schema TO PUBLIC");
    for (const auto &[view, text] : found)
        create_view("information_schema." + pg::quote_identifier(view),
                    "linkgress_displaced_information_schema." + pg::quote_identifier(view), text.first, text.second);
}

} // namespace

void filter_catalogs(const Model &model)
{
    Asked asked = asked_by(model);
    pg::OwnerScope owner;
    for (const std::string &catalog : asked.catalogs)
        create_view("pg_temp." + catalog, "pg_catalog." + catalog, columns_of("pg_catalog", catalog),
                    conditions().at(catalog));
    if (!asked.of_information_schema.empty())
        filter_information_schema(asked.of_information_schema);
}

void check_block(const ModelStatement &statement)
{
    Asked asked;
    note_asked(statement.sql, asked);
    if (!asked.passing.empty())
        throw core::Error(core::sqlstate::feature_not_supported,
                          fmt::format("a DO block of a model cannot ask pg_catalog.{}", *asked.passing.begin()),
                          "There it finds what the database has beside what the model says.",
                          fmt::format("Write {} without the schema, or IF NOT EXISTS in the statement itself.",
                                      *asked.passing.begin()));
}

} // namespace linkgress::engine
