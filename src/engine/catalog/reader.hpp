// Puts a snapshot together from what the queries of queries.hpp find.
#pragma once

#include "core/pattern.hpp"
#include "core/snapshot.hpp"
#include "engine/catalog/address.hpp"
#include "pg/deparse.hpp"
#include "pg/spi.hpp"

#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace linkgress::engine::catalog {

class Reader {
  public:
    // As for read_catalog(); the list has to live on.
    explicit Reader(const std::optional<std::vector<std::string>> &schemas) : schemas_(schemas) {}

    // Once. Within a snapshot and an SPI session, with the settings pinned that names and constants depend on.
    core::Snapshot read();

  private:
    struct TableColumn {
        core::ObjectIndex object = core::no_object; // of a dropped one
        pg::Oid type = 0;
        pg::Oid collation = 0;
    };

    // What a column of a query means: in the order of the names in column_of().
    enum class Role {
        class_id,
        object_id,
        sub_id,
        kind,
        schema,
        parent,
        name,
        arguments,
        relation,
        column_number,
        type_id,
        type_modifier,
        collation_id,
        definition_template,
        key,
        collations,
        operator_classes,
        orders,
        referenced,
        referenced_key,
        condition,
        attribute,
    };
    static constexpr std::size_t role_count = static_cast<std::size_t>(Role::attribute);

    struct Column {
        Role role = Role::attribute;
        std::string name;
        pg::Type type = pg::Type::text;
        // The attribute of that name of the kind that it was looked up for last.
        std::optional<core::Kind> kind = {};
        core::AttributeNumber attribute = 0;
    };

    // A result while it is read. What has a role stands at its number; -1 for what there is not.
    struct Source {
        const pg::Rows &rows;
        std::size_t row = 0;
        std::array<int, role_count> place = {};
        std::vector<Column> columns = {};

        int operator[](Role role) const { return place[static_cast<std::size_t>(role)]; }
        bool has(Role role) const { return (*this)[role] >= 0 && !rows.is_null(row, (*this)[role]); }
        std::string text(Role role) const { return (*this)[role] < 0 ? "" : rows.text(row, (*this)[role]); }
        pg::Oid oid(Role role) const { return (*this)[role] < 0 ? 0 : rows.oid(row, (*this)[role]); }
        int integer(Role role) const { return (*this)[role] < 0 ? 0 : rows.integer(row, (*this)[role]); }
    };

    static core::Patterns read_patterns();
    void read_hook_objects();
    void find_other_schemas();

    static Column column_of(const pg::Rows &rows, int number);
    void read_objects(pg::Query &query);
    void read_object(Source &source);
    void read_more(Source &source, core::Object &object);
    void read_attributes(Source &source, core::Object &object);
    void add(const Address &address, core::Object object, core::ObjectIndex parent, const Source &source);
    core::Kind find_kind(std::string_view name);
    void read_attribute(const Source &source, int number, Column &column, core::Object &object);

    // What is put together here instead of by the server
    std::string definition(const Source &source);
    void append_piece(std::string &result, std::string_view name, const Source &source);
    void append_columns(std::string &result, pg::Oid relation, const std::vector<std::int16_t> &numbers);
    void append_index_key(std::string &result, const Source &source);

    pg::Deparser::Column column(pg::Oid relation, int number) const;
    bool is_generated(pg::Oid relation, int number) const;
    const TableColumn &table_column(pg::Oid relation, int number) const;
    const core::ObjectIndex *find_relation(pg::Oid relation) const;
    std::vector<const char *> column_names(pg::Oid relation) const;
    std::string relation_name(pg::Oid relation) const;

    // What depends on what
    void read_aliases();
    core::ObjectIndex find(Address address) const;
    void read_dependencies();
    void read_outsiders(const std::vector<std::pair<Address, core::ObjectIndex>> &outsiders);
    bool is_link(core::ObjectIndex object, core::ObjectIndex on) const;

    const std::optional<std::vector<std::string>> &schemas_;
    std::vector<pg::Oid> others_;
    core::Snapshot snapshot_;
    AddressMap<core::ObjectIndex> objects_;
    AddressMap<Address> aliases_;
    std::unordered_map<pg::Oid, std::vector<TableColumn>> columns_; // of tables, by their numbers from 1 on
    pg::Deparser deparser_{[this](pg::Oid relation) { return column_names(relation); }};
    std::string last_kind_name_;
    core::Kind last_kind_ = core::Kind::schema;
};

} // namespace linkgress::engine::catalog
