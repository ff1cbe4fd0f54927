// Snapshots in which something is not there that others refer to: the table above a partition, the table of a foreign
// key, the function of a trigger, the owner of a sequence, the server of a mapping. Each of the fuzzer's documents
// loses one object after the other, and changes otherwise; each such pair is planned in every way there is.

#include "core/online.hpp"
#include "core/plan.hpp"
#include "core/precondition.hpp"
#include "core/sqlstate.hpp"
#include "core/subset.hpp"

#include "support.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

using Json = nlohmann::json;

std::vector<Json> documents()
{
    std::vector<Json> all;
    std::filesystem::path folder = std::filesystem::path(LINKGRESS_FUZZ_CORPUS) / "snapshot";
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        all.push_back(Json::parse(std::ifstream(entry.path())));
    return all;
}

// The same, with other attributes; what things are called and refer to stays.
void change(Json &value)
{
    for (auto &[name, member] : value.items()) {
        bool is_name = name == "name" || name == "kind" || name == "schema" || name == "arguments" ||
                       name == "depends" || name == "of" || name == "to" || name == "references";
        if (is_name)
            continue;
        if (member.is_string())
            member = member.get<std::string>() + " changed";
        else if (member.is_number())
            member = member.get<int>() + 1;
        else if (member.is_array() && !member.empty() && member[0].is_object())
            for (Json &child : member)
                change(child);
    }
}

Json changed(Json document)
{
    for (Json &object : document["objects"])
        change(object);
    return document;
}

Json without(Json document, std::size_t object)
{
    document["objects"].erase(object);
    return document;
}

// Without the object's children of one kind
Json without(Json document, std::size_t object, const std::string &children)
{
    document["objects"][object].erase(children);
    return document;
}

// An error says what is wrong with the documents; an internal one, that something is wrong with us.
template <typename Function> void expect_no_mistake(const Function &function, const std::string &about)
{
    ErrorReport report = report_of(function);
    EXPECT_FALSE(report.sqlstate == sqlstate::internal_error && report.message.starts_with("an object is asked for"))
        << report.message << "\n"
        << about;
    EXPECT_FALSE(report.sqlstate == sqlstate::internal_error && report.message.starts_with("there is no object"))
        << report.message << "\n"
        << about;
}

void plan_all(const Json &from, const Json &to, const std::string &about)
{
    Snapshot source = snapshot_of(from.dump());
    Snapshot target = snapshot_of(to.dump());
    expect_no_mistake([&] { plan(source, target, quote); }, "plan " + about);
    expect_no_mistake([&] { online_plan(source, target, quote); }, "online plan " + about);
    expect_no_mistake([&] { preconditions(source, target, quote); }, "preconditions " + about);
    expect_no_mistake([&] { plan(source, with_missing(source, target).snapshot, quote); }, "with_missing " + about);
    expect_no_mistake([&] { plan(source, with_old_indexes(source, target), quote); }, "with_old_indexes " + about);
    expect_no_mistake([&] { without_named(source, target, true, quote); }, "without_named " + about);
}

void plan_both_ways(const Json &a, const Json &b, const std::string &about)
{
    plan_all(a, b, about);
    plan_all(b, a, about + ", back");
}

void plan_with_less(const Json &document, const Json &less, const std::string &about)
{
    Json other = changed(less);
    plan_both_ways(document, less, about);
    plan_both_ways(less, other, about + ", all changed");
    plan_both_ways(changed(document), less, about + ", the other changed");
}

TEST(Dangling, any_object_of_a_document)
{
    for (const Json &document : documents())
        for (std::size_t i = 0; i < document["objects"].size(); i++) {
            const Json &object = document["objects"][i];
            std::string name = object["kind"].get<std::string>() + " " + object["name"].get<std::string>();
            plan_with_less(document, without(document, i), "without " + name);
            for (const auto &[member, value] : object.items())
                if (value.is_array() && !value.empty() && value[0].is_object())
                    plan_with_less(document, without(document, i, member), "without " + member + " of " + name);
        }
}

TEST(Dangling, two_objects_of_a_document)
{
    for (const Json &document : documents())
        for (std::size_t i = 0; i < document["objects"].size(); i++)
            for (std::size_t j = 0; j < i; j++)
                plan_with_less(document, without(without(document, i), j), "");
}

// ---- What the plan says then

Json partition(const std::string &bound, const std::string &depends = "")
{
    return Json::parse(R"j({"objects": [{"kind": "table", "schema": "app", "name": "c", "partition": true,
        "columns": [{"name": "a", "type": "integer", "inherited": true}],
        "inherits": [{"name": "public.p", "of": "public.p", "bound": ")j" +
                       bound + R"j(")j" + (depends.empty() ? "" : R"j(, "depends": [")j" + depends + R"j("])j") +
                       "}]}]}");
}

TEST(Dangling, a_partition_changes_its_bounds_by_the_name_of_its_table)
{
    List statements;
    Snapshot source = snapshot_of(partition("FOR VALUES FROM (1) TO (9)", "table public.p").dump());
    Snapshot target = snapshot_of(partition("FOR VALUES FROM (1) TO (5)", "table public.p").dump());
    for (const Operation &operation : plan(source, target, quote))
        statements.push_back(operation.sql());
    EXPECT_EQ(statements, (List{"ALTER TABLE ONLY public.p DETACH PARTITION app.c;",
                                "ALTER TABLE ONLY public.p ATTACH PARTITION app.c FOR VALUES FROM (1) TO (5);"}));
}

TEST(Dangling, an_index_of_nothing_is_an_internal_error)
{
    Snapshot snapshot = snapshot_of(partition("DEFAULT").dump());
    auto size = static_cast<ObjectIndex>(snapshot.size());
    for (ObjectIndex index : {no_object, size}) {
        EXPECT_EQ(report_of([&] { snapshot[index]; }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.end_of_children(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.parent(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.dependencies(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.is_outside(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.is_of_hook(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.depends(index, 0); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.building(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.set_outside(index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.set_parent(0, index); }).sqlstate, sqlstate::internal_error);
        EXPECT_EQ(report_of([&] { snapshot.add_dependency(0, index); }).sqlstate, sqlstate::internal_error);
    }
}

Json table(const std::string &name, const std::string &above)
{
    return {{"kind", "table"},
            {"schema", "s"},
            {"name", name},
            {"inherits", {{{"name", "s." + above}, {"of", "s." + above}, {"depends", {"table s." + above}}}}}};
}

TEST(Dangling, tables_that_inherit_from_each_other_are_no_snapshot)
{
    Json document = {{"objects", {table("a", "b"), table("b", "c"), table("c", "a")}}};
    EXPECT_EQ(report_of([&] { snapshot_of(document.dump()); }).sqlstate, sqlstate::invalid_parameter_value);
}

TEST(Dangling, nor_are_those_over_too_many_levels)
{
    Json document = {{"objects", Json::array()}};
    for (int i = 0; i < 2000; i++)
        document["objects"].push_back(table("t" + std::to_string(i), "t" + std::to_string(i + 1)));
    EXPECT_EQ(report_of([&] { snapshot_of(document.dump()); }).sqlstate, sqlstate::invalid_parameter_value);
}

// Each level names two tables of the one above: as many ways up as there are subsets.
TEST(Dangling, many_ways_to_the_same_table_are_one)
{
    Json document = {{"objects", Json::array()}};
    auto link = [](const std::string &above) {
        return Json{
            {"name", "s." + above}, {"of", "s." + above}, {"bound", "DEFAULT"}, {"depends", {"table s." + above}}};
    };
    for (int level = 0; level < 60; level++)
        for (const char *side : {"a", "b"}) {
            Json object = {{"kind", "table"},
                           {"schema", "s"},
                           {"name", side + std::to_string(level)},
                           {"partition_key", "LIST (x)"}};
            if (level > 0)
                object["inherits"] = {link("a" + std::to_string(level - 1)), link("b" + std::to_string(level - 1))};
            document["objects"].push_back(object);
        }
    plan_both_ways(document, changed(document), "");
}

} // namespace
