#include "engine/remade_tables.hpp"

#include "core/error.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/renames.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using core::Kind;
using core::ObjectIndex;

// As elements of a list that is not empty
std::string names_of(const core::Snapshot &snapshot, ObjectIndex table, std::initializer_list<Kind> kinds)
{
    std::string names = "''";
    for (ObjectIndex part = table + 1; part < snapshot.end_of_children(table); part++)
        for (Kind kind : kinds)
            if (snapshot[part].kind == kind)
                names += ", " + core::quote_literal(snapshot[part].name);
    return names;
}

// The tables of the snapshot, qualified as regclass writes them here, where nothing is on the search path
std::string known_tables(const core::Snapshot &snapshot)
{
    std::string names = "''";
    for (ObjectIndex i = 0; i < snapshot.size(); i++)
        if (core::is_table(snapshot[i].kind))
            names += ", " + core::quote_literal(snapshot[i].schema + "." + snapshot[i].name);
    return names;
}

std::string query_for(const core::Snapshot &snapshot, ObjectIndex index, bool rows_move)
{
    const core::Object &table = snapshot[index];
    std::string oid =
        fmt::format("pg_catalog.to_regclass({})",
                    core::quote_literal(pg::quote_identifier(table.schema) + "." + pg::quote_identifier(table.name)));
    std::string parts = fmt::format(
        "SELECT 'column ' || attname AS part FROM pg_attribute WHERE attrelid = {0} AND attnum > 0 AND NOT "
        "attisdropped "
        "AND attname NOT IN ({1}) UNION ALL "
        "SELECT 'index ' || relname FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid WHERE indrelid = {0} "
        "AND relname NOT IN ({2}) UNION ALL "
        "SELECT 'constraint ' || conname FROM pg_constraint WHERE conrelid = {0} AND contype IN ('c', 'f', 'p', 'u', "
        "'x') "
        "AND conparentid = 0 AND conname NOT IN ({2}) UNION ALL "
        "SELECT 'trigger ' || tgname FROM pg_trigger WHERE tgrelid = {0} AND NOT tgisinternal AND tgparentid = 0 "
        "AND tgname NOT IN ({3}) UNION ALL "
        "SELECT 'policy ' || polname FROM pg_policy WHERE polrelid = {0} AND polname NOT IN ({4})",
        oid, names_of(snapshot, index, {Kind::column}),
        names_of(snapshot, index, {Kind::index, Kind::constraint, Kind::foreign_key}),
        names_of(snapshot, index, {Kind::trigger}), names_of(snapshot, index, {Kind::policy}));
    if (!rows_move)
        parts += fmt::format(
            " UNION ALL SELECT 'partition ' || n.nspname || '.' || c.relname FROM pg_inherits JOIN pg_class "
            "AS c ON c.oid = inhrelid JOIN pg_namespace AS n ON n.oid = relnamespace WHERE inhparent = {} "
            "AND c.relispartition AND n.nspname || '.' || c.relname NOT IN ({})",
            oid, known_tables(snapshot));
    return fmt::format("SELECT pg_catalog.string_agg(part, ', ' ORDER BY part COLLATE \"C\") FROM ({}) AS parts",
                       parts);
}

void refuse_losing_parts(const core::Snapshot &source, const core::Snapshot &target, const std::string &name)
{
    for (ObjectIndex i = 0; i < source.size(); i++) {
        if (source[i].kind != Kind::table || core::identity(source[i]) != name)
            continue;
        const core::Object *after = target.find_object(core::id(source[i]));
        bool rows_move = after != nullptr && after->text("partition_key") != source[i].text("partition_key");
        if (std::optional<std::string> parts = pg::query_text(query_for(source, i, rows_move)))
            throw core::Error(core::sqlstate::dependent_objects_still_exist,
                              fmt::format("table {} would have to be made anew, and would lose what is ignored", name),
                              fmt::format("It has {}.", *parts),
                              "Take them into the model, drop them first, or change the table by a migration.");
    }
}

void refuse_losing_parts(const Comparison &comparison, std::size_t first)
{
    pg::SearchPathScope search_path;
    for (std::size_t i = first; i < comparison.operations.size(); i++)
        if (comparison.operations[i].type == "rename_table")
            refuse_losing_parts(comparison.source, comparison.target, comparison.operations[i].object);
}

} // namespace

void refuse_losing_ignored(const Comparison &comparison)
{
    std::size_t renames = comparison.renames.operations.size();
    bool remakes =
        std::any_of(comparison.operations.begin() + static_cast<std::ptrdiff_t>(renames), comparison.operations.end(),
                    [](const core::Operation &operation) { return operation.type == "rename_table"; });
    if (!remakes)
        return;
    if (renames == 0) {
        refuse_losing_parts(comparison, renames);
        return;
    }
    pg::Subtransaction subtransaction; // the tables are asked for by their new names
    rename_in_catalogs(comparison.target);
    refuse_losing_parts(comparison, renames);
    subtransaction.rollback();
}

} // namespace linkgress::engine
