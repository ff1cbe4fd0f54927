// Two documents, {"a": ..., "b": ...}, neither of which need be of any database: every way from the one to the other is
// planned or refused, both ways.

#include "support.hpp"

#include "core/online.hpp"
#include "core/plan.hpp"
#include "core/precondition.hpp"
#include "core/scaffold.hpp"
#include "core/subset.hpp"
#include "core/unsaid.hpp"

using namespace linkgress;
using fuzz::attempt;
using fuzz::require;

namespace {

void change_pair(nlohmann::json &document, std::minstd_rand &random)
{
    bool is_pair = document.is_object() && document.contains("a") && document.contains("b");
    switch (is_pair ? random() % 16 : 16) {
    case 0:
        document["a"] = document["b"];
        break;
    case 1:
        std::swap(document["a"], document["b"]);
        break;
    default:
        fuzz::change(document, random);
    }
}

void scaffold(const core::Snapshot &source, const core::Snapshot &target)
{
    std::vector<core::Operation> up = core::plan(source, target, test::quote);
    std::vector<core::Operation> down = core::plan(target, source, test::quote);
    std::string body = core::up_body(up, "plan") + core::down_body(down, up);
    for (const core::Operation &operation : up) {
        require(nlohmann::json::accept(operation.details), "details that are no JSON");
        require(!operation.statements.empty(), "an operation without a statement");
        require(body.find(operation.sql()) != body.npos, "an operation that the scaffold lacks");
        core::label_in_name(operation.object);
    }
}

void plan(const core::Snapshot &source, const core::Snapshot &target)
{
    attempt([&] { scaffold(source, target); });
    attempt([&] { core::online_plan(source, target, test::quote); });
    attempt([&] { core::preconditions(source, target, test::quote); });
    attempt([&] { core::plan(source, core::with_missing(source, target).snapshot, test::quote); });
    attempt([&] { core::plan(source, core::with_old_indexes(source, target), test::quote); });
    for (bool cascade : {false, true})
        attempt([&] {
            core::plan(source, core::without_named(source, target, cascade, test::quote).snapshot, test::quote);
        });
    attempt([&] {
        core::Snapshot kept = target;
        core::keep_unsaid(kept, source, core::Said());
        core::plan(source, kept, test::quote);
    });
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t max_size,
                                               unsigned seed)
{
    return fuzz::mutate_json(data, size, max_size, seed, change_pair);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    nlohmann::json document = nlohmann::json::parse(data, data + size, nullptr, false);
    if (!document.is_object() || !document.contains("a") || !document.contains("b"))
        return 0;
    auto text_of = [&](const char *key) {
        return document[key].dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    std::optional<core::Snapshot> a = fuzz::read(text_of("a"));
    std::optional<core::Snapshot> b = fuzz::read(text_of("b"));
    if (!a || !b)
        return 0;
    plan(*a, *b);
    plan(*b, *a);
    return 0;
}
