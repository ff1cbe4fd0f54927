#include "engine/model.hpp"

#include "core/mention.hpp"
#include "core/object.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/model_path.hpp"
#include "engine/model_subjects.hpp"
#include "engine/own_locks.hpp"
#include "pg/catalog.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/script.hpp"
#include "pg/subtransaction.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using Kind = pg::Definition::Kind;

[[noreturn]] void refuse(const pg::Definition &definition)
{
    if (definition.kind == Kind::shared)
        throw core::Error(
            core::sqlstate::feature_not_supported, fmt::format("{} cannot be part of a model", definition.command),
            "Roles, databases and tablespaces are shared by all databases of the server.", "Put it into a migration.");
    throw core::Error(core::sqlstate::feature_not_supported,
                      fmt::format("{} cannot be part of a model", definition.command),
                      definition.brings_rows ? "It brings rows along; a model is of definitions only."
                                             : "It defines nothing that a schema consists of.",
                      definition.brings_rows
                          ? "Define the table, and put its rows into a migration."
                          : "Put it into a migration, or into a hook (linkgress.hook) if it is to be run again and "
                            "again.");
}

void check_manageable(const std::string &schema)
{
    if (pg::is_system_schema(schema))
        throw core::Error(core::sqlstate::feature_not_supported,
                          fmt::format("schema \"{}\" cannot be managed by a model", schema), {},
                          "Name a schema of your own.");
}

// What it is to say of the client's session, not of the schema
bool is_of_session(const std::string &setting)
{
    return setting == "client_encoding" || setting == "client_min_messages" || setting == "row_security" ||
           setting.ends_with("_timeout");
}

class ModelParser {
  public:
    explicit ModelParser(Model &model) : model_(model), subjects_(pg::settings::managed_schemas()) {}

    void read(std::size_t part)
    {
        part_ = part;
        is_first_ = true;
        path_ = model_.search_path;
        if (model_.parts[part].format == "json")
            read_json();
        else
            read_sql();
    }

    void finish()
    {
        std::vector<std::string> given = pg::settings::managed_schemas();
        model_.schemas = given.empty() ? std::vector<std::string>(named_.begin(), named_.end()) : given;
        std::sort(model_.schemas.begin(), model_.schemas.end());
        std::vector<std::string> path = without_untrusted(model_.search_path, model_.schemas);
        for (const std::string &schema : model_.search_path)
            if (std::find(path.begin(), path.end(), schema) == path.end())
                model_.left_out.push_back(schema);
        model_.search_path = std::move(path);
        model_.in_database = {in_database_.begin(), in_database_.end()};
        model_.owners = {owners_.begin(), owners_.end()};
        model_.created_schemas = {created_schemas_.begin(), created_schemas_.end()};
        subjects_.report(model_);
    }

  private:
    void read_sql()
    {
        ModelStatement statement;
        statement.part = part_;
        pg::Script script(model_.parts[part_].source);
        bool is_read = false;
        try {
            while (std::optional<pg::Statement> next = script.next()) {
                is_read = true;
                statement.number = next->number;
                statement.offset = next->offset;
                add(statement, std::move(next->text));
                is_read = false;
            }
        } catch (core::Error &error) {
            if (!is_read) { // the scanner's
                statement.number = script.statements() + 1;
                statement.offset = script.statement_offset();
                statement.sql.clear();
            }
            locate(error.report(), model_, statement);
            throw;
        }
    }

    void read_json()
    {
        ModelStatement statement;
        statement.part = part_;
        pg::Subtransaction subtransaction; // to tell where it failed takes a conversion, which reads the catalogs
        try {
            for (core::ModelStatement &each :
                 core::statements_of_json(pg::to_utf8(model_.parts[part_].source), pg::quote_identifier)) {
                statement.number++;
                statement.path = std::move(each.path);
                statement.places = std::move(each.places);
                add(statement, pg::from_utf8(each.sql));
            }
            subtransaction.release();
        } catch (core::Error &error) {
            subtransaction.rollback();
            locate(error.report(), model_, statement);
            throw;
        }
    }

    void add(ModelStatement &statement, std::string sql)
    {
        statement.sql = std::move(sql);
        pg::Definition &definition = statement.definition = pg::parse_definition(statement.sql);
        statement.settings = model_.settings[part_].size();
        if (definition.kind == Kind::setting) {
            add_setting(statement);
            return;
        }
        if (definition.kind != Kind::object || definition.brings_rows)
            refuse(definition);
        if (definition.schema == "") // AUTHORIZATION CURRENT_USER
            definition.schema = pg::role_name(pg::current_role());
        if (subjects_.is_left_out(statement, creation_schema(), is_first_))
            return;
        is_first_ = false;
        statement.schema = definition.in_schema && definition.in_schema->empty() ? creation_schema() : "";
        note(definition, statement.schema);
        if (definition.command == "DO")
            note_created(statement.sql);
        if (definition.is_concurrent)
            statement.sql = pg::without_concurrently(statement.sql);
        if (definition.materialized_view) {
            note_rows(definition, statement.schema);
            if (definition.refreshes) // the view is built without rows, and said to have some
                return;
            statement.sql = pg::without_data(statement.sql);
        }
        model_.statements.push_back(statement);
    }

    void add_setting(const ModelStatement &statement)
    {
        const pg::Definition &definition = statement.definition;
        if (definition.search_path)
            path_ = *definition.search_path;
        if (!is_of_session(definition.setting))
            model_.settings[part_].push_back({definition.setting, statement.sql, statement.number, statement.offset});
    }

    // Where the search_path has what is created without a schema's name
    std::string creation_schema() const
    {
        std::string user = current_role();
        for (const std::string &schema : path_)
            if (schema != "$user")
                return schema;
            else if (named_.contains(user) || pg::schema_exists(user))
                return user;
        return "";
    }

    static std::string current_role() { return pg::role_name(pg::current_role()).value_or(""); }

    void note(const pg::Definition &definition, const std::string &unqualified)
    {
        if (definition.in_schema && !definition.subject.is_temporary)
            note_schema(definition.in_schema->empty() ? unqualified : *definition.in_schema);
        if (definition.schema) {
            note_schema(*definition.schema);
            created_schemas_.insert(*definition.schema);
        }
        if (definition.extension && *definition.extension != "linkgress")
            in_database_.insert("extension " + *definition.extension);
        for (const auto &[kind, name] : definition.in_database)
            in_database_.insert(kind + " " + (name.empty() ? current_role() : name));
        if (definition.owner)
            owners_.insert(definition.owner->empty() ? current_role() : *definition.owner);
        model_.says_privileges = model_.says_privileges || definition.says_privileges;
        model_.says_default_privileges = model_.says_default_privileges || definition.says_default_privileges;
    }

    // What a DO block makes counts as what other statements make.
    void note_created(const std::string &block)
    {
        for (const core::CreatedName &created : core::created_names(block)) {
            const auto &[schema, name] = created.name;
            if (name.empty() || pg::is_system_schema(created.is_schema ? name : schema))
                continue;
            if (created.is_schema)
                created_schemas_.insert(name);
            note_schema(created.is_schema ? name : schema.empty() ? creation_schema() : schema);
        }
    }

    void note_rows(const pg::Definition &definition, const std::string &unqualified)
    {
        core::Object view;
        view.kind = core::Kind::materialized_view;
        view.schema = definition.in_schema->empty() ? unqualified : *definition.in_schema;
        view.name = *definition.materialized_view;
        if (definition.has_data)
            model_.without_data.erase(core::id(view));
        else
            model_.without_data.insert(core::id(view));
    }

    void note_schema(const std::string &schema)
    {
        if (schema.empty() || schema.starts_with("pg_temp"))
            return;
        check_manageable(schema);
        named_.insert(schema);
    }

    Model &model_;
    ModelSubjects subjects_;
    std::size_t part_ = 0;
    bool is_first_ = true; // nothing of the part has been added
    std::vector<std::string> path_;
    std::set<std::string> named_;
    std::set<std::string> in_database_;
    std::set<std::string> owners_;
    std::set<std::string> created_schemas_;
};

} // namespace

std::vector<std::string> Model::scope() const
{
    std::vector<std::string> names = schemas;
    names.insert(names.end(), in_database.begin(), in_database.end());
    return names;
}

std::vector<ModelPart> stored_model_parts()
{
    static pg::Query query("SELECT name, source, format, author::oid, approvers::oid[] FROM linkgress.model"
                           " ORDER BY name",
                           {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    std::vector<ModelPart> parts;
    for (std::size_t row = 0; row < rows.size(); row++)
        parts.push_back(
            {rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), {rows.oid(row, 3), rows.oid_array(row, 4)}});
    return parts;
}

std::vector<ModelPart> read_model_parts()
{
    hold_own_tables(Holding::read);
    std::vector<ModelPart> parts = stored_model_parts();
    for (const ModelPart &part : parts)
        check_trust(TextKind::model, part.name, part.voucher);
    return parts;
}

Model parse_model(std::vector<ModelPart> parts)
{
    for (const std::string &schema : pg::settings::managed_schemas())
        check_manageable(schema);
    Model model;
    model.parts = std::move(parts);
    model.settings.resize(model.parts.size());
    model.search_path = initial_search_path();
    pg::SettingScope strings("standard_conforming_strings", "on");
    ModelParser parser(model);
    for (std::size_t part = 0; part < model.parts.size(); part++)
        parser.read(part);
    parser.finish();
    return model;
}

void check_model_part(const std::string &name, const std::string &source, const std::string &format)
{
    parse_model({{name, source, format, {}}});
}

namespace {
int model_writes = 0;
}

ModelWrite::ModelWrite() noexcept
{
    model_writes++;
}

ModelWrite::~ModelWrite()
{
    model_writes--;
}

bool ModelWrite::active() noexcept
{
    return model_writes > 0;
}

const char *store_model_part(const std::string &name, const std::string &source, const std::string &format)
{
    static pg::Query query("INSERT INTO linkgress.model AS m (name, source, format) VALUES ($1, $2, $3)"
                           " ON CONFLICT (name) DO UPDATE SET source = excluded.source, format = excluded.format"
                           " WHERE (m.source, m.format) IS DISTINCT FROM (excluded.source, excluded.format)"
                           " RETURNING xmax = 0",
                           {pg::Type::text, pg::Type::text, pg::Type::text});
    pg::SearchPathScope search_path;
    const char *result = "unchanged";
    naming_holders(describe(TextKind::model, name), [&] {
        pg::Rows rows = query.run({name, source, format});
        if (!rows.empty())
            result = rows.boolean(0, 0) ? "stored" : "replaced";
    });
    return result;
}

void locate(core::ErrorReport &report, const Model &model, const ModelStatement &statement)
{
    const ModelPart &part = model.parts[statement.part];
    bool is_inside = report.internal_position > 0 && report.internal_query == statement.sql;
    int position = is_inside ? report.internal_position : 0;
    std::string place;
    std::string detail = fmt::format("part={}", core::quote_double(part.name));
    if (part.format == "json" && statement.number > 0) {
        std::string path = core::path_at({pg::to_utf8(statement.sql), statement.path, statement.places}, position);
        place = fmt::format(" at {}", path);
        detail += fmt::format(", path={}", core::quote_double(path));
    } else if (statement.number > 0) {
        std::size_t inside = position > 0 ? pg::offset_of_character(statement.sql, position) : 0;
        pg::Place at = pg::place_in(part.source, statement.offset + inside);
        place = fmt::format(" at statement {}, line {}", statement.number, at.line);
        detail += fmt::format(", statement={}, line={}, column={}", statement.number, at.line, at.column);
    }
    if (statement.number > 0) {
        pg::Excerpt excerpt = pg::excerpt(statement.sql, position);
        report.internal_query = excerpt.text;
        report.internal_position = excerpt.position;
    }
    report.position = 0;
    report.message = fmt::format("part \"{}\" of the model failed{}: {}", part.name, place, report.message);
    report.detail += (report.detail.empty() ? "" : "\n") + detail;
}

} // namespace linkgress::engine
