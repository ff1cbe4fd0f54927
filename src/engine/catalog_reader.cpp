#include "engine/catalog_reader.hpp"

#include "core/error.hpp"
#include "core/expression.hpp"
#include "core/kind.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/catalog/queries.hpp"
#include "pg/catalog.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

// As in pg_depend.
struct Address {
    pg::Oid class_id;
    pg::Oid object_id;
    std::int32_t sub_id;

    bool operator==(const Address &) const = default;
};

struct Hash {
    std::size_t operator()(const Address &address) const
    {
        std::uint64_t hash = (std::uint64_t{address.class_id} << 32) ^ address.object_id;
        hash ^= std::uint64_t{static_cast<std::uint32_t>(address.sub_id)} << 20;
        return static_cast<std::size_t>(hash * 0x9E3779B97F4A7C15ULL);
    }
};

// What the settings of a session may not have a say in: names, and how constants are
// written.
class PinnedSettings {
    pg::SearchPathScope search_path_;
    pg::SettingScope date_style_{"DateStyle", "ISO, MDY"};
    pg::SettingScope interval_style_{"IntervalStyle", "postgres"};
    pg::SettingScope time_zone_{"TimeZone", "UTC"};
    pg::SettingScope digits_{"extra_float_digits", "1"};
    pg::SettingScope bytea_{"bytea_output", "hex"};
    pg::SettingScope quotes_{"quote_all_identifiers", "off"};
};

class Reader {
  public:
    explicit Reader(const std::optional<std::vector<std::string>> &schemas) : schemas_(schemas) {}

    core::Snapshot read()
    {
        for (auto queries : {&catalog::relation_queries, &catalog::table_part_queries, &catalog::view_queries,
                             &catalog::type_queries, &catalog::routine_queries, &catalog::operator_queries,
                             &catalog::language_queries, &catalog::text_search_queries, &catalog::foreign_data_queries,
                             &catalog::publication_queries, &catalog::other_queries})
            for (pg::Query *query : (*queries)())
                read_objects(*query);
        read_aliases();
        read_dependencies();
        std::vector<Pattern> patterns = read_patterns();
        snapshot_.finish([&](const core::Object &object) {
            if (patterns.empty())
                return false;
            std::string name = core::identity(object);
            return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern &pattern) {
                return (!pattern.kind || *pattern.kind == core::rules_of(object.kind).name) &&
                       core::matches(name, pattern.text);
            });
        });
        return std::move(snapshot_);
    }

  private:
    // A row of linkgress.ignore.
    struct Pattern {
        std::string text;
        std::optional<std::string> kind;
    };

    static std::vector<Pattern> read_patterns()
    {
        static pg::Query query("SELECT pattern, kind FROM linkgress.ignore", {});
        pg::OwnerScope owner;
        pg::Rows rows = query.run_with_active_snapshot();
        std::vector<Pattern> patterns;
        for (std::size_t row = 0; row < rows.size(); row++)
            patterns.push_back({rows.text(row, 0), rows.optional_text(row, 1)});
        return patterns;
    }

    // What a column of a query means.
    struct Column {
        enum class Role { class_id, object_id, sub_id, kind, schema, parent, name, arguments, attribute } role;
        std::string name;
        pg::Type type;
    };

    static Column column_of(const pg::Rows &rows, int number)
    {
        static constexpr const char *roles[] = {"classid", "objid",  "objsubid", "kind",
                                                "schema",  "parent", "name",     "arguments"};
        Column column{Column::Role::attribute, rows.column_name(number), pg::Type::text};
        std::optional<pg::Type> type = rows.column_type(number);
        if (!type)
            throw core::Error(core::sqlstate::internal_error,
                              fmt::format("column \"{}\" of a catalog query is of no type of ours", column.name));
        column.type = *type;
        for (std::size_t role = 0; role < std::size(roles); role++)
            if (column.name == roles[role])
                column.role = static_cast<Column::Role>(role);
        return column;
    }

    void read_objects(pg::Query &query)
    {
        pg::Value schemas = schemas_ ? pg::Value(std::cref(*schemas_)) : pg::Value();
        pg::Rows rows = query.run_with_active_snapshot({schemas});
        std::vector<Column> columns;
        for (int number = 0; number < rows.columns(); number++)
            columns.push_back(column_of(rows, number));
        for (std::size_t row = 0; row < rows.size(); row++)
            read_object(rows, row, columns);
    }

    void read_object(const pg::Rows &rows, std::size_t row, const std::vector<Column> &columns)
    {
        core::Object object;
        Address address{0, 0, 0};
        std::optional<core::Kind> kind;
        for (int number = 0; number < static_cast<int>(columns.size()); number++) {
            const Column &column = columns[static_cast<std::size_t>(number)];
            switch (column.role) {
            case Column::Role::class_id:
                address.class_id = rows.oid(row, number);
                break;
            case Column::Role::object_id:
                address.object_id = rows.oid(row, number);
                break;
            case Column::Role::sub_id:
                address.sub_id = rows.integer(row, number);
                break;
            case Column::Role::kind:
                kind = find_kind(rows.text(row, number));
                object.kind = *kind;
                break;
            case Column::Role::schema:
                object.schema = rows.text(row, number);
                break;
            case Column::Role::parent:
                object.parent = rows.text(row, number);
                break;
            case Column::Role::name:
                object.name = rows.text(row, number);
                break;
            case Column::Role::arguments:
                object.arguments = rows.text(row, number);
                break;
            case Column::Role::attribute:
                read_attribute(rows, row, number, column, object);
            }
        }
        core::settle_definition(object);
        core::ObjectIndex index = snapshot_.add(std::move(object));
        objects_.emplace(address, index);
    }

    core::Kind find_kind(const std::string &name)
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

    void read_attribute(const pg::Rows &rows, std::size_t row, int number, const Column &column, core::Object &object)
    {
        if (rows.is_null(row, number) || (column.type == pg::Type::boolean && !rows.boolean(row, number)))
            return;
        const core::KindRules &rules = core::rules_of(object.kind);
        const core::Attribute *attribute = core::find_attribute(rules, column.name);
        if (attribute == nullptr)
            throw core::Error(core::sqlstate::internal_error,
                              fmt::format("{} has no attribute \"{}\"", rules.name, column.name));
        auto place = static_cast<core::AttributeNumber>(attribute - rules.attributes.data());
        switch (column.type) {
        case pg::Type::boolean:
            object.set(place, true);
            break;
        case pg::Type::integer:
            object.set(place, std::int64_t{rows.integer(row, number)});
            break;
        case pg::Type::bigint:
            object.set(place, rows.bigint(row, number));
            break;
        case pg::Type::text_array:
            if (std::vector<std::string> list = rows.text_array(row, number); !list.empty())
                object.set(place, std::move(list));
            break;
        default:
            object.set(place, rows.text(row, number));
        }
    }

    void read_aliases()
    {
        pg::Rows rows = catalog::alias_query().run_with_active_snapshot();
        for (std::size_t row = 0; row < rows.size(); row++)
            aliases_.emplace(address_in(rows, row, 0), address_in(rows, row, 3));
    }

    static Address address_in(const pg::Rows &rows, std::size_t row, int column)
    {
        return {rows.oid(row, column), rows.oid(row, column + 1), rows.integer(row, column + 2)};
    }

    // A column that is no object of its own stands for its relation.
    core::ObjectIndex find(Address address) const
    {
        for (int step = 0; step < 8; step++) {
            auto found = objects_.find(address);
            if (found == objects_.end() && address.sub_id != 0)
                found = objects_.find({address.class_id, address.object_id, 0});
            if (found != objects_.end())
                return found->second;
            auto alias = aliases_.find({address.class_id, address.object_id, 0});
            if (alias == aliases_.end())
                break;
            address = alias->second;
        }
        return core::no_object;
    }

    void read_dependencies()
    {
        pg::Rows rows = catalog::dependency_query().run_with_active_snapshot();
        for (std::size_t row = 0; row < rows.size(); row++) {
            core::ObjectIndex object = find(address_in(rows, row, 0));
            core::ObjectIndex on = find(address_in(rows, row, 3));
            if (object != core::no_object && on != core::no_object && object != on && !is_link(object, on))
                snapshot_.add_dependency(object, on);
        }
    }

    // Said by an object of its own, and of no consequence for these themselves; nor is
    // that everything is in a schema.
    bool is_link(core::ObjectIndex object, core::ObjectIndex on) const
    {
        core::Kind kind = snapshot_[object].kind;
        core::Kind kind_of_other = snapshot_[on].kind;
        auto is_table = [](core::Kind k) { return k == core::Kind::table || k == core::Kind::foreign_table; };
        auto has_index = [](core::Kind k) { return k == core::Kind::index || k == core::Kind::constraint; };
        return (is_table(kind) && is_table(kind_of_other)) || (has_index(kind) && has_index(kind_of_other)) ||
               (kind == core::Kind::sequence && kind_of_other == core::Kind::column) ||
               kind_of_other == core::Kind::schema;
    }

    const std::optional<std::vector<std::string>> &schemas_;
    core::Snapshot snapshot_;
    std::unordered_map<Address, core::ObjectIndex, Hash> objects_;
    std::unordered_map<Address, Address, Hash> aliases_;
    std::string last_kind_name_;
    core::Kind last_kind_ = core::Kind::schema;
};

// The deparser reads the catalogs as they are now, not as the snapshot has them: what was
// dropped meanwhile is an error of its own.
bool is_of_concurrent_change(const core::Error &error)
{
    const std::string &sqlstate = error.report().sqlstate;
    return sqlstate == core::sqlstate::internal_error || sqlstate == core::sqlstate::undefined_object ||
           sqlstate == "42P01" || sqlstate == "42883" || sqlstate == "42703";
}

core::Snapshot read_once(const std::optional<std::vector<std::string>> &schemas)
{
    PinnedSettings pinned;
    pg::LatestSnapshotScope snapshot;
    pg::SpiSession spi;
    return Reader(schemas).read();
}

} // namespace

core::Snapshot read_catalog(const std::optional<std::vector<std::string>> &schemas)
{
    constexpr int attempts = 10;
    std::string before;
    for (int attempt = 1;; attempt++) {
        std::uint64_t changes = pg::catalog_changes();
        pg::Subtransaction subtransaction;
        try {
            core::Snapshot snapshot = read_once(schemas);
            subtransaction.release();
            // Unchanged, or changed in nothing that shows.
            bool is_settled = pg::catalog_changes() == changes;
            std::string text = is_settled ? "" : snapshot.to_json();
            if (is_settled || text == before) {
                snapshot.server = pg::server_version();
                snapshot.role = pg::role_name(pg::current_role()).value_or("");
                return snapshot;
            }
            before = std::move(text);
        } catch (const core::Error &error) {
            if (!is_of_concurrent_change(error) || attempt == attempts || pg::catalog_changes() == changes)
                throw;
            subtransaction.rollback();
        }
        if (attempt == attempts)
            throw core::Error(core::sqlstate::serialization_failure, "the schema is being changed all the time",
                              fmt::format("It was read {} times, and was another each time.", attempts),
                              "Call again when other sessions have finished their changes.");
    }
}

} // namespace linkgress::engine
