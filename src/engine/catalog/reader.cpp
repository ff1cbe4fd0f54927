#include "engine/catalog/reader.hpp"

#include "core/error.hpp"
#include "core/expression.hpp"
#include "core/kind.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/catalog/queries.hpp"
#include "pg/catalog.hpp"
#include "pg/role.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::engine::catalog {

namespace {

core::AttributeNumber attribute_number(core::Kind kind, std::string_view name)
{
    const core::KindRules &rules = core::rules_of(kind);
    const core::Attribute *attribute = core::find_attribute(rules, name);
    if (attribute == nullptr)
        throw core::Error(core::sqlstate::internal_error, fmt::format("{} has no attribute \"{}\"", rules.name, name));
    return static_cast<core::AttributeNumber>(attribute - rules.attributes.data());
}

void set(core::Object &object, std::string_view attribute, std::string value)
{
    object.set(attribute_number(object.kind, attribute), std::move(value));
}

Address address_in(const pg::Rows &rows, std::size_t row, int column)
{
    return {rows.oid(row, column), rows.oid(row, column + 1), rows.integer(row, column + 2)};
}

} // namespace

namespace {

// The server's own schemas, and ours, have something for most queries.
bool asks_for_system(const std::optional<std::vector<std::string>> &schemas)
{
    return schemas && std::any_of(schemas->begin(), schemas->end(), [](const std::string &schema) {
               return schema.starts_with("pg_") || schema == "information_schema" || schema == "linkgress";
           });
}

} // namespace

core::Snapshot Reader::read()
{
    Queries all;
    // Relations before their parts. Views may have defaults, too.
    for (auto queries :
         {&view_queries, &relation_queries, &table_part_queries, &type_queries, &routine_queries, &operator_queries,
          &language_queries, &text_search_queries, &foreign_data_queries, &publication_queries, &other_queries})
        all.insert(all.end(), (*queries)().begin(), (*queries)().end());
    find_other_schemas();
    for (pg::Query *query : asks_for_system(schemas_) ? queries_of(all) : needed_queries(all))
        read_objects(*query);
    read_aliases();
    read_dependencies();
    read_hook_objects();
    core::Patterns patterns = read_patterns();
    snapshot_.finish([&](const core::Object &object) { return !patterns.empty() && patterns.match(object); });
    return std::move(snapshot_);
}

core::Patterns Reader::read_patterns()
{
    static pg::Query query("SELECT pattern, kind FROM linkgress.ignore", {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run_with_active_snapshot();
    core::Patterns patterns;
    for (std::size_t row = 0; row < rows.size(); row++)
        patterns.add(rows.text(row, 0), rows.optional_text(row, 1));
    return patterns;
}

void Reader::read_hook_objects()
{
    pg::OwnerScope owner;
    pg::Rows rows = hook_object_query().run_with_active_snapshot();
    for (std::size_t row = 0; row < rows.size(); row++)
        if (core::ObjectIndex object = find(address_in(rows, row, 0)); object != core::no_object)
            snapshot_.set_of_hook(object);
}

void Reader::find_other_schemas()
{
    pg::Value schemas = schemas_ ? pg::Value(std::cref(*schemas_)) : pg::Value();
    pg::Rows rows = other_schemas_query().run_with_active_snapshot({schemas});
    for (std::size_t row = 0; row < rows.size(); row++)
        others_.push_back(rows.oid(row, 0));
}

Reader::Column Reader::column_of(const pg::Rows &rows, int number)
{
    static constexpr const char *roles[role_count] = {"classid",
                                                      "objid",
                                                      "objsubid",
                                                      "kind",
                                                      "schema",
                                                      "parent",
                                                      "name",
                                                      "arguments",
                                                      "relation",
                                                      "column_number",
                                                      "type_id",
                                                      "type_modifier",
                                                      "collation_id",
                                                      "definition_template",
                                                      "key",
                                                      "collations",
                                                      "operator_classes",
                                                      "orders",
                                                      "referenced",
                                                      "referenced_key",
                                                      "condition"};
    Column column{.name = rows.column_name(number)};
    std::optional<pg::Type> type = rows.column_type(number);
    if (!type)
        throw core::Error(core::sqlstate::internal_error,
                          fmt::format("column \"{}\" of a catalog query is of no type of ours", column.name));
    column.type = *type;
    for (std::size_t role = 0; role < role_count; role++)
        if (column.name == roles[role])
            column.role = static_cast<Role>(role);
    return column;
}

void Reader::read_objects(pg::Query &query)
{
    pg::Value schemas = schemas_ ? pg::Value(std::cref(*schemas_)) : pg::Value();
    pg::Rows rows = query.run_with_active_snapshot({schemas, std::cref(others_)});
    Source source{rows};
    source.place.fill(-1);
    for (int number = 0; number < rows.columns(); number++) {
        source.columns.push_back(column_of(rows, number));
        if (Role role = source.columns.back().role; role != Role::attribute)
            source.place[static_cast<std::size_t>(role)] = number;
    }
    // There are about as many other objects as columns, which come early and are the most.
    if (rows.size() > snapshot_.size())
        snapshot_.reserve(snapshot_.size() + 2 * rows.size());
    for (; source.row < rows.size(); source.row++)
        read_object(source);
}

void Reader::read_object(Source &source)
{
    Address address{source.oid(Role::class_id), source.oid(Role::object_id), source.integer(Role::sub_id)};
    if (source[Role::kind] < 0) {
        if (const core::ObjectIndex *found = objects_.find(address))
            read_more(source, snapshot_.building(*found));
        return;
    }
    core::Object object;
    object.values.reserve(4);
    core::ObjectIndex parent = core::no_object;
    if (source[Role::relation] < 0) {
        object.schema = source.text(Role::schema);
        object.parent = source.text(Role::parent);
    } else if (const core::ObjectIndex *found = find_relation(source.oid(Role::relation))) {
        parent = *found;
        object.schema = snapshot_[parent].schema;
        object.parent = snapshot_[parent].name;
    } else {
        return;
    }
    object.kind = find_kind(source.rows.text_view(source.row, source[Role::kind]));
    if (source[Role::column_number] < 0)
        object.name = source.text(Role::name);
    else if (!is_generated(source.oid(Role::relation), source.integer(Role::column_number)))
        object.name = column(source.oid(Role::relation), source.integer(Role::column_number)).name;
    else
        return;
    object.arguments = source.text(Role::arguments);
    read_attributes(source, object);
    add(address, std::move(object), parent, source);
}

void Reader::read_more(Source &source, core::Object &object)
{
    core::Object more;
    more.kind = object.kind;
    read_attributes(source, more);
    for (auto &[attribute, value] : more.values)
        object.set(attribute, std::move(value));
}

void Reader::read_attributes(Source &source, core::Object &object)
{
    for (int number = 0; number < source.rows.columns(); number++)
        if (Column &column = source.columns[static_cast<std::size_t>(number)]; column.role == Role::attribute)
            read_attribute(source, number, column, object);
    if (source.has(Role::type_id))
        set(object, "type", deparser_.type(source.oid(Role::type_id), source.integer(Role::type_modifier)));
    if (source.has(Role::definition_template))
        set(object, "definition", definition(source));
    core::settle_definition(object);
}

void Reader::add(const Address &address, core::Object object, core::ObjectIndex parent, const Source &source)
{
    core::ObjectIndex index = snapshot_.add(std::move(object));
    objects_.add(address, index);
    if (parent != core::no_object)
        snapshot_.set_parent(index, parent);
    if (source.has(Role::type_id)) {
        std::vector<TableColumn> &columns = columns_[address.object_id];
        auto number = static_cast<std::size_t>(address.sub_id);
        if (columns.size() < number)
            columns.resize(number);
        columns[number - 1] = {index, source.oid(Role::type_id), source.oid(Role::collation_id)};
    }
}

core::Kind Reader::find_kind(std::string_view name)
{
    if (name != last_kind_name_) {
        std::optional<core::Kind> kind = core::kind_named(name);
        if (!kind)
            throw core::Error(core::sqlstate::internal_error, fmt::format("there is no kind \"{}\"", name));
        last_kind_ = *kind;
        last_kind_name_ = name;
    }
    return last_kind_;
}

void Reader::read_attribute(const Source &source, int number, Column &column, core::Object &object)
{
    const pg::Rows &rows = source.rows;
    std::size_t row = source.row;
    if (rows.is_null(row, number) || (column.type == pg::Type::boolean && !rows.boolean(row, number)))
        return;
    if (column.kind != object.kind) {
        column.attribute = attribute_number(object.kind, column.name);
        column.kind = object.kind;
    }
    switch (column.type) {
    case pg::Type::boolean:
        object.set(column.attribute, true);
        break;
    case pg::Type::integer:
        object.set(column.attribute, std::int64_t{rows.integer(row, number)});
        break;
    case pg::Type::bigint:
        object.set(column.attribute, rows.bigint(row, number));
        break;
    case pg::Type::text_array:
        if (std::vector<std::string> list = rows.text_array(row, number); !list.empty())
            object.set(column.attribute, std::move(list));
        break;
    case pg::Type::relation:
        object.set(column.attribute, relation_name(rows.oid(row, number)));
        break;
    case pg::Type::expression:
        object.set(column.attribute, deparser_.expression(rows.expression(row, number), source.oid(Role::relation)));
        break;
    default:
        object.set(column.attribute, rows.text(row, number));
    }
}

// The template, filled in. There are no braces in it but those.
std::string Reader::definition(const Source &source)
{
    std::string_view text = source.rows.text_view(source.row, source[Role::definition_template]);
    std::string result;
    for (;;) {
        std::size_t open = text.find('{');
        std::size_t close = text.find('}', open);
        result += text.substr(0, open);
        if (open == text.npos || close == text.npos)
            return result;
        append_piece(result, text.substr(open + 1, close - open - 1), source);
        text.remove_prefix(close + 1);
    }
}

void Reader::append_piece(std::string &result, std::string_view name, const Source &source)
{
    if (name == "condition")
        result += deparser_.expression(source.rows.expression(source.row, source[Role::condition]),
                                       source.oid(Role::relation));
    else if (name == "referenced")
        result += relation_name(source.oid(Role::referenced));
    else if (name == "referenced_key")
        append_columns(result, source.oid(Role::referenced),
                       source.rows.smallint_array(source.row, source[Role::referenced_key]));
    else if (source.has(Role::operator_classes))
        append_index_key(result, source);
    else
        append_columns(result, source.oid(Role::relation), source.rows.smallint_array(source.row, source[Role::key]));
}

void Reader::append_columns(std::string &result, pg::Oid relation, const std::vector<std::int16_t> &numbers)
{
    const char *separator = "";
    for (int number : numbers) {
        result += separator + pg::quote_identifier(column(relation, number).name);
        separator = ", ";
    }
}

void Reader::append_index_key(std::string &result, const Source &source)
{
    std::vector<std::int16_t> key = source.rows.smallint_array(source.row, source[Role::key]);
    std::vector<std::int16_t> orders = source.rows.smallint_array(source.row, source[Role::orders]);
    std::vector<pg::Oid> collations = source.rows.oid_array(source.row, source[Role::collations]);
    std::vector<pg::Oid> classes = source.rows.oid_array(source.row, source[Role::operator_classes]);
    for (std::size_t i = 0; i < key.size(); i++) {
        pg::Deparser::Column of_key = column(source.oid(Role::relation), key[i]);
        result += (i > 0 ? ", " : "") + pg::quote_identifier(of_key.name) +
                  deparser_.key_suffix(of_key.type, of_key.collation, collations[i], classes[i]);
        bool is_descending = (orders[i] & 1) != 0;
        bool nulls_are_first = (orders[i] & 2) != 0;
        result += is_descending ? " DESC" : "";
        if (is_descending != nulls_are_first)
            result += nulls_are_first ? " NULLS FIRST" : " NULLS LAST";
    }
}

// Columns of views are not among the objects.
pg::Deparser::Column Reader::column(pg::Oid relation, int number) const
{
    if (!columns_.contains(relation))
        return pg::Deparser::column(relation, number);
    const TableColumn &column = table_column(relation, number);
    return {snapshot_[column.object].name, column.type, column.collation};
}

bool Reader::is_generated(pg::Oid relation, int number) const
{
    return columns_.contains(relation) && snapshot_[table_column(relation, number).object].has("generated");
}

const Reader::TableColumn &Reader::table_column(pg::Oid relation, int number) const
{
    return columns_.at(relation)[static_cast<std::size_t>(number - 1)];
}

const core::ObjectIndex *Reader::find_relation(pg::Oid relation) const
{
    return objects_.find({pg::class_of_relations, relation, 0});
}

std::vector<const char *> Reader::column_names(pg::Oid relation) const
{
    std::vector<const char *> names;
    if (auto found = columns_.find(relation); found != columns_.end())
        for (const TableColumn &column : found->second)
            names.push_back(column.object == core::no_object ? "" : snapshot_[column.object].name.c_str());
    return names;
}

std::string Reader::relation_name(pg::Oid relation) const
{
    const core::ObjectIndex *found = find_relation(relation);
    if (found == nullptr)
        return pg::Deparser::relation_name(relation);
    const core::Object &object = snapshot_[*found];
    return pg::quote_identifier(object.schema) + "." + pg::quote_identifier(object.name);
}

void Reader::read_aliases()
{
    pg::Rows rows = alias_query().run_with_active_snapshot();
    aliases_.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); row++)
        aliases_.add(address_in(rows, row, 0), address_in(rows, row, 3));
}

// A column that is no object of its own stands for its relation.
core::ObjectIndex Reader::find(Address address) const
{
    for (int step = 0; step < 8; step++) {
        const core::ObjectIndex *found = objects_.find(address);
        if (found == nullptr && address.sub_id != 0)
            found = objects_.find({address.class_id, address.object_id, 0});
        if (found != nullptr)
            return *found;
        const Address *alias = aliases_.find({address.class_id, address.object_id, 0});
        if (alias == nullptr)
            break;
        address = *alias;
    }
    return core::no_object;
}

void Reader::read_dependencies()
{
    pg::Rows rows = dependency_query().run_with_active_snapshot();
    std::vector<std::pair<Address, core::ObjectIndex>> outsiders; // and what they depend on
    for (std::size_t row = 0; row < rows.size(); row++) {
        Address address = address_in(rows, row, 0);
        core::ObjectIndex object = find(address);
        if (object == core::no_object && (!schemas_ || !rows.boolean(row, 6)))
            continue;
        core::ObjectIndex on = find(address_in(rows, row, 3));
        if (on == core::no_object || object == on)
            continue;
        if (object == core::no_object)
            outsiders.emplace_back(address, on);
        else if (!is_link(object, on))
            snapshot_.add_dependency(object, on);
    }
    if (!outsiders.empty())
        read_outsiders(outsiders);
}

// What is in none of the schemas asked for, but would not survive if something in them were replaced.
void Reader::read_outsiders(const std::vector<std::pair<Address, core::ObjectIndex>> &outsiders)
{
    std::vector<std::string> addresses;
    for (const auto &[address, on] : outsiders)
        addresses.push_back(fmt::format("{} {} {}", address.class_id, address.object_id, address.sub_id));
    pg::Rows rows = outsider_query().run_with_active_snapshot({std::cref(addresses), std::cref(*schemas_)});
    std::unordered_map<std::string, core::ObjectIndex> known;
    auto add = [&](core::Object object) {
        auto [found, is_new] = known.try_emplace(core::id(object), core::no_object);
        if (is_new) {
            found->second = snapshot_.add(std::move(object));
            snapshot_.set_outside(found->second);
        }
        return found->second;
    };
    for (std::size_t row = 0; row < rows.size(); row++) {
        core::Object object;
        object.kind = find_kind(rows.text(row, 1));
        object.schema = rows.text(row, 2);
        object.name = rows.text(row, 3);
        object.arguments = rows.text(row, 4);
        core::ObjectIndex index = add(object);
        if (std::optional<std::string> foreign_key = rows.optional_text(row, 5)) {
            object.kind = core::Kind::foreign_key;
            object.parent = object.name;
            object.name = *foreign_key;
            index = add(object);
        }
        snapshot_.add_dependency(index, outsiders[static_cast<std::size_t>(rows.integer(row, 0)) - 1].second);
    }
}

// Said by an object of its own, and of no consequence for these themselves; nor is
// that everything is in a schema.
bool Reader::is_link(core::ObjectIndex object, core::ObjectIndex on) const
{
    core::Kind kind = snapshot_[object].kind;
    core::Kind kind_of_other = snapshot_[on].kind;
    auto is_table = [](core::Kind k) { return k == core::Kind::table || k == core::Kind::foreign_table; };
    auto has_index = [](core::Kind k) { return k == core::Kind::index || k == core::Kind::constraint; };
    return (is_table(kind) && is_table(kind_of_other)) || (has_index(kind) && has_index(kind_of_other)) ||
           (kind == core::Kind::sequence && kind_of_other == core::Kind::column) || kind_of_other == core::Kind::schema;
}

} // namespace linkgress::engine::catalog
