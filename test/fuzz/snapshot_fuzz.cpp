// Any text as a snapshot: what is none is an error; what is one comes back from its own JSON as it was,
// and there is a plan to it, from it, and none to itself.

#include "../unit/support.hpp"

#include "core/plan.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>

using namespace linkgress;

namespace {

std::optional<core::Snapshot> read(std::string_view json)
{
    try {
        return test::snapshot_of(json);
    } catch (const core::Error &) {
    } catch (const std::invalid_argument &) {
    }
    return std::nullopt;
}

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

// How many operations. Snapshots need not make sense: there may be no order.
std::size_t plan(const core::Snapshot &source, const core::Snapshot &target)
{
    try {
        std::size_t statements = 0;
        for (const core::Operation &operation : core::plan(source, target, test::quote)) {
            require(nlohmann::json::accept(operation.details), "details that are no JSON");
            statements += operation.statements.size();
        }
        return statements;
    } catch (const core::Error &) {
        return 0;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view json(reinterpret_cast<const char *>(data), size);
    std::optional<core::Snapshot> snapshot = read(json);
    if (!snapshot)
        return 0;
    std::string text = snapshot->to_json();
    std::optional<core::Snapshot> again = read(text);
    require(again.has_value(), "it cannot be read again");
    require(again->to_json() == text, "it is not the same when it is read again");
    plan(*snapshot, {});
    plan({}, *snapshot);
    require(core::plan(*snapshot, *again, test::quote).empty(), "it differs from itself");

    // Two snapshots with much in common: the second has no first object.
    core::Snapshot rest;
    for (core::ObjectIndex i = snapshot->size() > 0 ? snapshot->end_of_children(0) : 0; i < snapshot->size(); i++) {
        core::ObjectIndex index = rest.add((*snapshot)[i]);
        for (core::ObjectIndex on : snapshot->dependencies(i))
            rest.add_dependency(index, id((*snapshot)[on]));
    }
    rest.finish();
    plan(*snapshot, rest);
    plan(rest, *snapshot);
    return 0;
}
