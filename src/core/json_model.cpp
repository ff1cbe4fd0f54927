#include "core/json_model.hpp"

#include "core/json_model_fields.hpp"
#include "core/json_model_parts.hpp"
#include "core/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// A statement with a list in brackets, item by item.
class ListStatement {
  public:
    ListStatement(std::string start, const std::string &path) : statement_{std::move(start) + " (", path} {}

    void add(const std::string &item, const std::string &path)
    {
        statement_.sql += statement_.places.empty() ? "\n    " : ",\n    ";
        statement_.places.push_back({statement_.sql.size(), path});
        statement_.sql += item;
    }

    ModelStatement take()
    {
        statement_.sql += "\n)";
        return std::move(statement_);
    }

  private:
    ModelStatement statement_;
};

class Writer {
  public:
    Writer(const JsonModel &model, Quote quote) : model_(model), quote_(quote) {}

    std::vector<ModelStatement> write()
    {
        for (const ModelSchema &schema : model_.schemas)
            add("CREATE SCHEMA IF NOT EXISTS " + quote_(schema.name), schema.path);
        for (const ModelEnum &type : model_.enums)
            create_enum(type);
        for (const ModelTable &table : model_.tables)
            create_table(table);
        for (const ModelTable &table : model_.tables)
            create_indexes(table);
        for (const ModelTable &table : model_.tables)
            for (const ModelForeignKey &key : table.foreign_keys)
                add_foreign_key(table, key);
        add_comments();
        return std::move(statements_);
    }

  private:
    void add(std::string sql, const std::string &path) { statements_.push_back({std::move(sql), path}); }

    template <typename Object> std::string qualified(const Object &object) const
    {
        return qualified_name(quote_, object.schema, object.name);
    }

    std::string list(const Names &columns) const
    {
        std::string text;
        for (const std::string &column : columns)
            text += (text.empty() ? "" : ", ") + quote_(column);
        return "(" + text + ")";
    }

    std::string constraint(const std::string &name) const
    {
        return name.empty() ? "" : fmt::format("CONSTRAINT {} ", quote_(name));
    }

    void create_enum(const ModelEnum &type);
    std::string column_sql(const ModelTable &table, const ModelColumn &column) const;
    void create_table(const ModelTable &table);
    void create_indexes(const ModelTable &table);
    std::string index_sql(const ModelTable &table, const ModelIndex &index) const;
    void add_foreign_key(const ModelTable &table, const ModelForeignKey &key);
    void add_comments();
    void add_comment(const std::string &object, const std::optional<std::string> &comment, const std::string &path);

    const JsonModel &model_;
    Quote quote_;
    std::vector<ModelStatement> statements_;
};

void Writer::create_enum(const ModelEnum &type)
{
    std::string labels;
    for (const std::string &label : type.labels)
        labels += (labels.empty() ? "" : ", ") + quote_literal(label);
    add(fmt::format("CREATE TYPE {} AS ENUM ({})", qualified(type), labels), type.path);
}

std::string Writer::column_sql(const ModelTable &table, const ModelColumn &column) const
{
    std::string sql = quote_(column.name) + " " + closed(column.type_sql);
    if (!column.value_sql.empty())
        sql += " " + column.value_sql;
    if (table.primary_key == Names{column.name})
        sql += " PRIMARY KEY";
    else if (column.is_required)
        sql += " NOT NULL";
    return sql + (column.is_unique ? " UNIQUE" : "");
}

void Writer::create_table(const ModelTable &table)
{
    ListStatement statement("CREATE TABLE " + qualified(table), table.path);
    for (const ModelColumn &column : table.columns)
        statement.add(column_sql(table, column), column.path);
    if (table.primary_key.size() > 1)
        statement.add("PRIMARY KEY " + list(table.primary_key), table.path + ".primaryKey");
    for (const ModelUnique &unique : table.uniques)
        statement.add(constraint(unique.name) + "UNIQUE " + list(unique.columns), unique.path);
    for (const ModelCheck &check : table.checks)
        statement.add(fmt::format("{}CHECK ({})", constraint(check.name), closed(check.expression_sql)), check.path);
    statements_.push_back(statement.take());
}

void Writer::create_indexes(const ModelTable &table)
{
    for (const ModelColumn &column : table.columns)
        if (column.is_indexed)
            add(fmt::format("CREATE INDEX ON {} ({})", qualified(table), quote_(column.name)), column.path);
    for (const ModelIndex &index : table.indexes)
        add(index_sql(table, index), index.path);
}

std::string Writer::index_sql(const ModelTable &table, const ModelIndex &index) const
{
    std::string elements;
    for (const std::string &element : index.elements_sql)
        elements += (elements.empty() ? "" : ", ") + element;
    std::string sql = index.is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    if (!index.name.empty())
        sql += quote_(index.name) + " ";
    sql += "ON " + qualified(table);
    if (!index.method.empty())
        sql += " USING " + quote_(index.method);
    sql += " (" + elements + ")";
    if (!index.include.empty())
        sql += " INCLUDE " + list(index.include);
    if (!index.where_sql.empty())
        sql += " WHERE (" + closed(index.where_sql) + ")";
    return sql;
}

void Writer::add_foreign_key(const ModelTable &table, const ModelForeignKey &key)
{
    std::string sql =
        fmt::format("ALTER TABLE {} ADD {}FOREIGN KEY {} REFERENCES {}", qualified(table), constraint(key.name),
                    list(key.columns), qualified_name(quote_, key.target_schema, key.target));
    if (!key.target_columns.empty())
        sql += " " + list(key.target_columns);
    if (!key.on_delete_sql.empty())
        sql += " ON DELETE " + key.on_delete_sql;
    if (!key.on_update_sql.empty())
        sql += " ON UPDATE " + key.on_update_sql;
    add(std::move(sql), key.path);
}

void Writer::add_comments()
{
    for (const ModelEnum &type : model_.enums)
        add_comment("TYPE " + qualified(type), type.comment, type.path);
    for (const ModelTable &table : model_.tables) {
        add_comment("TABLE " + qualified(table), table.comment, table.path);
        for (const ModelColumn &column : table.columns)
            add_comment(fmt::format("COLUMN {}.{}", qualified(table), quote_(column.name)), column.comment,
                        column.path);
    }
}

void Writer::add_comment(const std::string &object, const std::optional<std::string> &comment, const std::string &path)
{
    if (comment)
        add(fmt::format("COMMENT ON {} IS {}", object, quote_literal(*comment)), path + ".comment");
}

// The byte at which the character of that number starts, counted from 1.
std::size_t byte_of(std::string_view text, int position)
{
    std::size_t byte = 0;
    for (int character = 0; byte < text.size(); byte++)
        if ((text[byte] & 0xC0) != 0x80 && ++character == position)
            break;
    return byte;
}

} // namespace

std::string qualified_name(Quote quote, const std::string &schema, const std::string &name)
{
    return (schema.empty() ? "" : quote(schema) + ".") + quote(name);
}

std::vector<ModelStatement> statements_of_json(std::string_view document, Quote quote)
{
    JsonValue root = parse_json(document);
    JsonModel model = read_json_model(JsonNode(root), quote);
    return Writer(model, quote).write();
}

const std::string &path_at(const ModelStatement &statement, int position)
{
    if (position <= 0)
        return statement.path;
    std::size_t byte = byte_of(statement.sql, position);
    const std::string *path = &statement.path;
    for (const ModelPlace &place : statement.places)
        if (place.offset <= byte)
            path = &place.path;
    return *path;
}

} // namespace linkgress::core
