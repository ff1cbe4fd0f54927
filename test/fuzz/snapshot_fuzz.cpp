// Any text as a snapshot: what is none is an error; what is one comes back from its own JSON as it was,
// and there is a plan to it, from it, and none to itself.

#include "support.hpp"

#include "core/plan.hpp"

using namespace linkgress;
using fuzz::require;

namespace {

// Snapshots need not make sense: there may be no order.
void plan(const core::Snapshot &source, const core::Snapshot &target)
{
    fuzz::attempt([&] {
        for (const core::Operation &operation : core::plan(source, target, test::quote))
            require(nlohmann::json::accept(operation.details), "details that are no JSON");
    });
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t max_size,
                                               unsigned seed)
{
    return fuzz::mutate_json(data, size, max_size, seed, fuzz::change);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view json(reinterpret_cast<const char *>(data), size);
    std::optional<core::Snapshot> snapshot = fuzz::read(json);
    if (!snapshot)
        return 0;
    std::string text = snapshot->to_json();
    std::optional<core::Snapshot> again = fuzz::read(text);
    require(again.has_value(), "it cannot be read again");
    require(again->to_json() == text, "it is not the same when it is read again");
    plan(*snapshot, {});
    plan({}, *snapshot);
    require(core::plan(*snapshot, *again, test::quote).empty(), "it differs from itself");

    // Two snapshots with much in common: the second lacks the first object, and others lack an attribute.
    core::Snapshot rest;
    rest.role = snapshot->role;
    for (core::ObjectIndex i = snapshot->size() > 0 ? snapshot->end_of_children(0) : 0; i < snapshot->size(); i++) {
        core::Object object = (*snapshot)[i];
        if (i % 3 == 0 && !object.values.empty())
            object.values.pop_back();
        core::ObjectIndex index = rest.add(std::move(object));
        for (core::ObjectIndex on : snapshot->dependencies(i))
            rest.add_dependency(index, id((*snapshot)[on]));
    }
    rest.finish();
    plan(*snapshot, rest);
    plan(rest, *snapshot);
    return 0;
}
