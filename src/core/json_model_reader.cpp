#include "core/json_model_fields.hpp"
#include "core/json_model_parts.hpp"
#include "core/json_types.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr std::size_t max_columns = 1600; // MaxHeapAttributeNumber; and what is looked up here is looked up in lists

// The name in the database: that of the key, if the object does not give another.
std::string name_of(const JsonNode &object, const std::string &key)
{
    std::optional<JsonNode> name = object.find("name");
    return name ? identifier(*name) : identifier(object, key);
}

// Of a constraint or index; "" if PostgreSQL is to choose it.
std::string chosen_name(const JsonNode &object)
{
    std::optional<JsonNode> name = object.find("name");
    return name ? identifier(*name) : "";
}

std::optional<std::string> comment_of(const JsonNode &object)
{
    std::optional<JsonNode> comment = object.find("comment");
    return comment ? std::optional(comment->text()) : std::nullopt;
}

void read_labels(const JsonNode &values, ModelEnum &type)
{
    for (const JsonNode &value : values.items()) {
        if (value.text().size() > max_identifier_size)
            value.fail(fmt::format("a value of an enum must not be longer than {} bytes", max_identifier_size));
        if (!type.label_set.insert(value.text()).second)
            value.fail(fmt::format("value {} is given twice", quote_double(value.text())));
        type.labels.push_back(value.text());
    }
}

const ModelColumn *find_column(const ModelTable &table, const std::string &key)
{
    auto found = std::find_if(table.columns.begin(), table.columns.end(),
                              [&](const ModelColumn &column) { return column.key == key; });
    return found == table.columns.end() ? nullptr : &*found;
}

std::string column_name(const ModelTable &table, const JsonNode &field)
{
    const ModelColumn *column = find_column(table, field.text());
    if (column == nullptr)
        field.fail(fmt::format("table {} has no field {}", quote_double(table.key), quote_double(field.text())));
    return column->name;
}

Names column_names(const ModelTable &table, const JsonNode &fields)
{
    Names names;
    for (const JsonNode &field : fields.items())
        names.push_back(column_name(table, field));
    if (names.empty())
        fields.fail("a list of fields must not be empty");
    return names;
}

std::string action_sql(const JsonNode &reference, std::string_view key)
{
    std::optional<JsonNode> action = reference.find(key);
    if (!action)
        return "";
    std::string sql = action->choice({"cascade", "restrict", "set null", "set default", "no action"});
    std::transform(sql.begin(), sql.end(), sql.begin(),
                   [](char c) { return c == ' ' ? c : static_cast<char>(c - 'a' + 'A'); });
    return sql;
}

[[noreturn]] void refuse_enum_without_values(const JsonNode &type)
{
    type.fail("the values of an enum are missing", R"(Write {"type": "enum", "values": ["a", "b"]}.)");
}

class Reader {
  public:
    Reader(const JsonNode &document, Quote quote) : document_(document), quote_(quote) {}

    JsonModel read();

  private:
    std::string read_schema(const JsonNode &object);
    void claim(const JsonNode &place, const std::string &schema, const std::string &name);

    void read_enum(const std::string &key, const JsonNode &node);
    void read_table(const std::string &key, const JsonNode &node);
    void read_columns(const JsonNode &fields, ModelTable &table);
    ModelColumn read_column(const ModelTable &table, const std::string &key, const JsonNode &field);
    FieldType read_type(const ModelTable &table, const std::string &column, const JsonNode &field);
    FieldType plain_type(const JsonNode &place, const std::string &name) const;
    const ModelEnum &enum_of(const ModelTable &table, const std::string &column, const JsonNode &field);

    static void read_primary_key(const JsonNode &node, ModelTable &table);
    static Names generated_primary_key(const JsonNode &node, const ModelTable &table);
    static void check_primary_key(const JsonNode &fields, ModelTable &table);
    static void read_uniques(const JsonNode &list, ModelTable &table);
    static void read_checks(const JsonNode &checks, ModelTable &table);
    void read_indexes(const JsonNode &list, ModelTable &table) const;
    std::string index_element(const JsonNode &element, const ModelTable &table) const;

    void read_foreign_keys(const JsonNode &node, ModelTable &table) const;
    ModelForeignKey read_reference(const JsonNode &reference, Names columns, const char *target_key) const;
    void read_target(const JsonNode &reference, const char *target_key, ModelForeignKey &key) const;

    const JsonNode &document_;
    Quote quote_;
    TypeMap types_;
    std::string schema_; // where the document does not say otherwise
    JsonModel model_;
    std::map<std::pair<std::string, std::string>, std::string> claimed_; // by schema and name: the path
    std::set<std::string> schemas_;                                      // those that are in the model already
    std::unordered_map<std::string, std::size_t> enums_;                 // those of "enums" by key
    std::unordered_map<std::string, std::size_t> tables_;                // by key
};

JsonModel Reader::read()
{
    document_.expect_keys({"$schema", "schema", "types", "enums", "tables"});
    schema_ = read_schema(document_);
    if (std::optional<JsonNode> types = document_.find("types"))
        types_.override_types(*types);
    if (std::optional<JsonNode> enums = document_.find("enums"))
        for (const auto &[key, node] : enums->members())
            read_enum(key, node);
    std::vector<std::pair<std::string, JsonNode>> tables;
    if (std::optional<JsonNode> member = document_.find("tables"))
        tables = member->members();
    for (const auto &[key, node] : tables) {
        tables_[key] = model_.tables.size();
        read_table(key, node);
    }
    for (std::size_t i = 0; i < tables.size(); i++)
        read_foreign_keys(tables[i].second, model_.tables[i]);
    std::stable_sort(model_.tables.begin(), model_.tables.end(), [](const ModelTable &a, const ModelTable &b) {
        return a.order.value_or(INT64_MAX) < b.order.value_or(INT64_MAX);
    });
    return std::move(model_);
}

std::string Reader::read_schema(const JsonNode &object)
{
    std::optional<JsonNode> node = object.find("schema");
    if (!node)
        return schema_;
    std::string name = identifier(*node);
    if (schemas_.insert(name).second)
        model_.schemas.push_back({name, node->path()});
    return name;
}

// Tables have row types, so that they share their names with the enums.
void Reader::claim(const JsonNode &place, const std::string &schema, const std::string &name)
{
    auto [other, is_new] = claimed_.try_emplace({schema, name}, place.path());
    if (!is_new)
        place.fail(
            fmt::format("name {} is taken by {},", quote_double(qualified_name(quote_, schema, name)), other->second));
}

void Reader::read_enum(const std::string &key, const JsonNode &node)
{
    ModelEnum type{schema_, "", {}, {}, node.path()};
    if (node.is(JsonKind::array)) {
        type.name = identifier(node, key);
        read_labels(node, type);
    } else {
        node.expect_keys({"schema", "name", "values", "comment"});
        type.schema = read_schema(node);
        type.name = name_of(node, key);
        read_labels(node.at("values"), type);
        type.comment = comment_of(node);
    }
    claim(node, type.schema, type.name);
    enums_[key] = model_.enums.size();
    model_.enums.push_back(std::move(type));
}

void Reader::read_table(const std::string &key, const JsonNode &node)
{
    node.expect_keys(
        {"schema", "name", "comment", "order", "fields", "primaryKey", "unique", "checks", "indexes", "foreignKeys"});
    ModelTable table;
    table.key = key;
    table.path = node.path();
    table.schema = read_schema(node);
    table.name = name_of(node, key);
    claim(node, table.schema, table.name);
    table.comment = comment_of(node);
    if (std::optional<JsonNode> order = node.find("order"))
        table.order = order->integer();
    read_columns(node.at("fields"), table);
    read_primary_key(node, table);
    if (std::optional<JsonNode> uniques = node.find("unique"))
        read_uniques(*uniques, table);
    if (std::optional<JsonNode> checks = node.find("checks"))
        read_checks(*checks, table);
    if (std::optional<JsonNode> indexes = node.find("indexes"))
        read_indexes(*indexes, table);
    model_.tables.push_back(std::move(table));
}

void Reader::read_columns(const JsonNode &fields, ModelTable &table)
{
    if (fields.value().items.size() > max_columns)
        fields.fail(fmt::format("a table has at most {} fields", max_columns));
    std::set<std::string> names;
    for (const auto &[key, field] : fields.members()) {
        table.columns.push_back(read_column(table, key, field));
        if (!names.insert(table.columns.back().name).second)
            field.fail(fmt::format("column {} is given twice", quote_double(table.columns.back().name)));
    }
}

ModelColumn Reader::read_column(const ModelTable &table, const std::string &key, const JsonNode &field)
{
    ModelColumn column;
    column.key = key;
    column.path = field.path();
    if (field.is(JsonKind::string)) {
        column.name = identifier(field, key);
        column.type_sql = plain_type(field, field.text()).sql;
        return column;
    }
    field.expect_keys({"name", "type", "bigint", "precision", "scale", "enum", "values", "required", "default",
                       "generated", "primaryKey", "unique", "indexed", "references", "comment"});
    column.name = name_of(field, key);
    FieldType type = read_type(table, column.name, field);
    column.value_sql = value_sql(field, type);
    column.type_sql = type.sql;
    std::optional<JsonNode> generated = field.find("generated");
    column.is_generated_id = generated && !is_expression(*generated);
    column.is_required = field.boolean_or("required", true);
    if (column.is_generated_id && !column.is_required)
        field.at("required").fail("a generated id is always required");
    column.is_unique = field.boolean_or("unique", false);
    column.is_indexed = field.boolean_or("indexed", false) && !column.is_unique;
    if (std::optional<JsonNode> primary = field.find("primaryKey"))
        column.is_primary_key = primary->boolean();
    column.comment = comment_of(field);
    return column;
}

FieldType Reader::read_type(const ModelTable &table, const std::string &column, const JsonNode &field)
{
    bool is_enum = field.find("enum") && !field.find("type");
    std::string name = is_enum ? "enum" : type_name(field);
    auto [element, brackets] = split_array(name);
    if (element == "enum") {
        const ModelEnum &type = enum_of(table, column, field);
        return {qualified_name(quote_, type.schema, type.name) + std::string(brackets), ValueKind::string,
                !brackets.empty(), &type.label_set};
    }
    for (const char *key : {"enum", "values"})
        if (std::optional<JsonNode> member = field.find(key))
            member->fail(R"(only the type "enum" has values)");
    return plain_type(field.at("type"), name);
}

FieldType Reader::plain_type(const JsonNode &place, const std::string &name) const
{
    std::string_view element = split_array(name).element;
    if (element.empty())
        place.fail("a type must not be empty");
    if (element == "enum" || element.starts_with("enum(") || element.starts_with("enum ("))
        refuse_enum_without_values(place);
    return types_.resolve(name);
}

// The reference is good until the next enum is read.
const ModelEnum &Reader::enum_of(const ModelTable &table, const std::string &column, const JsonNode &field)
{
    std::optional<JsonNode> reference = field.find("enum");
    std::optional<JsonNode> values = field.find("values");
    if (!reference && !values)
        refuse_enum_without_values(field.at("type"));
    if (reference && values)
        values->fail(R"(an enum of "enums" has its values there)");
    if (values) {
        ModelEnum type{table.schema, table.name + "_" + column, {}, {}, values->path()};
        read_labels(*values, type);
        identifier(*values, type.name);
        claim(*values, type.schema, type.name);
        return model_.enums.emplace_back(std::move(type));
    }
    const std::string &key = reference->text();
    auto found = enums_.find(key);
    if (found == enums_.end())
        reference->fail(fmt::format("there is no enum {} in \"enums\"", quote_double(key)));
    return model_.enums[found->second];
}

void Reader::read_primary_key(const JsonNode &node, ModelTable &table)
{
    Names marked;
    for (const ModelColumn &column : table.columns)
        if (column.is_primary_key.value_or(false))
            marked.push_back(column.name);
    std::optional<JsonNode> fields = node.find("primaryKey");
    if (fields && !marked.empty())
        fields->fail(fmt::format("field {} is marked as the primary key already", quote_double(marked[0])));
    if (marked.size() > 1)
        node.fail("more than one field is marked as the primary key",
                  "Give the primary key of several fields as \"primaryKey\" of the table.");
    if (fields)
        table.primary_key = fields->items().empty() ? Names() : column_names(table, *fields);
    else
        table.primary_key = marked.empty() ? generated_primary_key(node, table) : marked;
    check_primary_key(node.at("fields"), table);
}

Names Reader::generated_primary_key(const JsonNode &node, const ModelTable &table)
{
    Names names;
    for (const ModelColumn &column : table.columns)
        if (column.is_generated_id && column.is_primary_key.value_or(true))
            names.push_back(column.name);
    if (names.size() > 1)
        node.fail("more than one field is a generated id",
                  "Say which is the primary key, with \"primaryKey\" of the table or of a field.");
    return names;
}

void Reader::check_primary_key(const JsonNode &fields, ModelTable &table)
{
    for (ModelColumn &column : table.columns) {
        if (std::find(table.primary_key.begin(), table.primary_key.end(), column.name) == table.primary_key.end())
            continue;
        if (!column.is_required)
            fields.at(column.key).at("required").fail("a field of the primary key is always required");
        if (table.primary_key.size() == 1)
            column.is_indexed = false; // has the index of the primary key
    }
}

void Reader::read_uniques(const JsonNode &list, ModelTable &table)
{
    for (const JsonNode &node : list.items()) {
        if (node.is(JsonKind::array)) {
            table.uniques.push_back({"", column_names(table, node), node.path()});
            continue;
        }
        node.expect_keys({"fields", "name"});
        table.uniques.push_back({chosen_name(node), column_names(table, node.at("fields")), node.path()});
    }
}

void Reader::read_checks(const JsonNode &checks, ModelTable &table)
{
    if (checks.is(JsonKind::array)) {
        for (const JsonNode &node : checks.items())
            table.checks.push_back({"", sql_of(node), node.path()});
        return;
    }
    for (const auto &[name, node] : checks.members())
        table.checks.push_back({identifier(node, name), sql_of(node), node.path()});
}

void Reader::read_indexes(const JsonNode &list, ModelTable &table) const
{
    for (const JsonNode &node : list.items()) {
        node.expect_keys({"fields", "name", "unique", "method", "include", "where"});
        ModelIndex index;
        index.path = node.path();
        index.name = chosen_name(node);
        index.is_unique = node.boolean_or("unique", false);
        if (std::optional<JsonNode> method = node.find("method"))
            index.method = identifier(*method);
        for (const JsonNode &element : node.at("fields").items())
            index.elements_sql.push_back(index_element(element, table));
        if (index.elements_sql.empty())
            node.at("fields").fail("a list of fields must not be empty");
        if (std::optional<JsonNode> include = node.find("include"))
            index.include = column_names(table, *include);
        if (std::optional<JsonNode> where = node.find("where"))
            index.where_sql = sql_of(*where);
        table.indexes.push_back(std::move(index));
    }
}

std::string Reader::index_element(const JsonNode &element, const ModelTable &table) const
{
    if (element.is(JsonKind::string))
        return quote_(column_name(table, element));
    element.expect_keys({"field", "sql", "operatorClass", "order", "nulls"});
    std::optional<JsonNode> expression = element.find("sql");
    if (expression && element.find("field"))
        expression->fail("either a field or an expression can be indexed, not both,");
    std::string sql =
        expression ? fmt::format("({})", closed(sql_of(*expression))) : quote_(column_name(table, element.at("field")));
    if (std::optional<JsonNode> operators = element.find("operatorClass"))
        sql += " " + closed(sql_of(*operators));
    if (std::optional<JsonNode> order = element.find("order"))
        sql += order->choice({"asc", "desc"}) == "desc" ? " DESC" : "";
    if (std::optional<JsonNode> nulls = element.find("nulls"))
        sql += nulls->choice({"first", "last"}) == "first" ? " NULLS FIRST" : " NULLS LAST";
    return sql;
}

void Reader::read_foreign_keys(const JsonNode &node, ModelTable &table) const
{
    for (const auto &[key, field] : node.at("fields").members())
        if (std::optional<JsonNode> reference = field.find("references"))
            table.foreign_keys.push_back(read_reference(*reference, {find_column(table, key)->name}, "field"));
    std::optional<JsonNode> list = node.find("foreignKeys");
    if (!list)
        return;
    for (const JsonNode &item : list->items()) {
        item.expect_keys({"fields", "references"});
        Names columns = column_names(table, item.at("fields"));
        table.foreign_keys.push_back(read_reference(item.at("references"), std::move(columns), "fields"));
    }
}

ModelForeignKey Reader::read_reference(const JsonNode &reference, Names columns, const char *target_key) const
{
    reference.expect_keys({"table", target_key, "name", "onDelete", "onUpdate"});
    ModelForeignKey key;
    key.path = reference.path();
    key.name = chosen_name(reference);
    key.columns = std::move(columns);
    key.on_delete_sql = action_sql(reference, "onDelete");
    key.on_update_sql = action_sql(reference, "onUpdate");
    read_target(reference, target_key, key);
    if (!key.target_columns.empty() && key.target_columns.size() != key.columns.size())
        reference.at(target_key)
            .fail(fmt::format("{} fields refer to {}", key.columns.size(), key.target_columns.size()));
    return key;
}

// A table of the document by its key, with the keys of its fields; or another as "schema.table", with the
// names of its columns.
void Reader::read_target(const JsonNode &reference, const char *target_key, ModelForeignKey &key) const
{
    JsonNode target = reference.at("table");
    const std::string &name = target.text();
    auto found = tables_.find(name);
    const ModelTable *table = found == tables_.end() ? nullptr : &model_.tables[found->second];
    std::size_t dot = name.find('.');
    if (table == nullptr && (dot == name.npos || dot == 0 || dot + 1 == name.size()))
        target.fail("there is no table " + quote_double(name),
                    R"(Name a table of "tables" by its key, and one outside of the document as "schema.table".)");
    key.target_schema = table != nullptr ? table->schema : identifier(target, name.substr(0, dot));
    key.target = table != nullptr ? table->name : identifier(target, name.substr(dot + 1));
    std::optional<JsonNode> fields = reference.find(target_key);
    if (!fields)
        return;
    for (const JsonNode &field : fields->is(JsonKind::array) ? fields->items() : std::vector{*fields})
        key.target_columns.push_back(table != nullptr ? column_name(*table, field) : identifier(field));
}

} // namespace

JsonModel read_json_model(const JsonNode &document, Quote quote)
{
    return Reader(document, quote).read();
}

} // namespace linkgress::core
