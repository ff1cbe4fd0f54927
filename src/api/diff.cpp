#include "engine/diff.hpp"

#include "api/operations.hpp"
#include "core/snapshot_writer.hpp"
#include "core/text.hpp"
#include "engine/catalog_reader.hpp"
#include "pg/entry.hpp"

using namespace linkgress;

namespace {

core::Snapshot read(const pg::Arguments &arguments)
{
    std::optional<std::vector<std::string>> schemas;
    if (!arguments.is_null(0))
        schemas = arguments.name_array(0);
    return engine::read_catalog(schemas);
}

// NULL and {} are the empty schema.
core::Snapshot snapshot_in(const pg::Arguments &arguments, int index)
{
    if (arguments.is_null(index))
        return {};
    engine::SnapshotReader reader;
    arguments.json(index, reader);
    return reader.take();
}

} // namespace

LINKGRESS_FUNCTION(linkgress_snapshot)
{
    core::Snapshot snapshot = read(pg::Arguments(call_info));
    pg::JsonBuilder json;
    core::SnapshotWriter(snapshot, json).write();
    return pg::jsonb_result(json.result());
}

LINKGRESS_FUNCTION(linkgress_fingerprint)
{
    return pg::text_result(engine::fingerprint(read(pg::Arguments(call_info))));
}

LINKGRESS_FUNCTION(linkgress_diff)
{
    pg::Arguments arguments(call_info);
    core::Snapshot source = snapshot_in(arguments, 0);
    core::Snapshot target = snapshot_in(arguments, 1);
    std::vector<core::Operation> operations = engine::operations(source, target);
    return api::add_operations(call_info, operations);
}

LINKGRESS_FUNCTION(linkgress_online_plan)
{
    pg::Arguments arguments(call_info);
    core::Snapshot source = snapshot_in(arguments, 0);
    core::Snapshot target = snapshot_in(arguments, 1);
    std::vector<core::Stage> stages = engine::stages(source, target);
    using pg::Column;
    pg::ResultSet rows(call_info, {Column::integer, Column::integer, Column::boolean, Column::text, Column::text,
                                   Column::text, Column::boolean, Column::text_array});
    int ordinal = 0;
    int number = 0;
    for (const core::Stage &stage : stages) {
        number++;
        for (const core::Operation &operation : stage.operations)
            for (const std::string &statement : operation.statements)
                rows.add({std::to_string(++ordinal), std::to_string(number), stage.transactional ? "t" : "f",
                          operation.type, operation.object, core::with_semicolon(statement),
                          operation.destructive ? "t" : "f", api::text_array(operation.hazards)});
    }
    return 0;
}

LINKGRESS_FUNCTION(linkgress_plan_id)
{
    pg::Arguments arguments(call_info);
    core::Snapshot source = snapshot_in(arguments, 0);
    core::Snapshot target = snapshot_in(arguments, 1);
    return pg::text_result(engine::plan_id(source, target, engine::operations(source, target)));
}
