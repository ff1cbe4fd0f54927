#include "core/inheritance.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

// c inherits from b, then from a, then from what is not there; b from a.
Snapshot family()
{
    return snapshot_of(R"j({"objects": [
        {"kind": "table", "schema": "s", "name": "a", "columns": [
            {"name": "x", "type": "integer"}, {"name": "z", "type": "integer"}],
         "constraints": [{"name": "k", "definition": "CHECK ((x > 0))"}]},
        {"kind": "table", "schema": "s", "name": "b", "columns": [
            {"name": "x", "type": "integer", "inherited": true}, {"name": "y", "type": "integer"}],
         "inherits": [{"name": "s.a", "of": "s.a", "position": 1, "depends": ["table s.a"]}]},
        {"kind": "table", "schema": "s", "name": "c", "columns": [
            {"name": "own", "type": "integer"}, {"name": "x", "type": "integer", "inherited": true},
            {"name": "y", "type": "integer", "inherited": true}, {"name": "z", "type": "integer", "inherited": true}],
         "constraints": [{"name": "k", "definition": "CHECK ((x > 0))", "inherited": true}],
         "inherits": [
            {"name": "s.a", "of": "s.a", "position": 2, "depends": ["table s.a"]},
            {"name": "s.b", "of": "s.b", "position": 1, "depends": ["table s.b"]},
            {"name": "t.gone", "of": "t.gone", "position": 3, "depends": ["table t.gone"]}]}]})j");
}

std::string id_at(const Snapshot &snapshot, ObjectIndex index)
{
    return index == no_object ? "" : id(snapshot[index]);
}

} // namespace

TEST(Inheritance, HasLinksInTheirOrder)
{
    Snapshot snapshot = family();
    std::vector<std::string> tables;
    for (ObjectIndex link : links_of(snapshot, *snapshot.find("table s.c")))
        tables.push_back(id_at(snapshot, table_above(snapshot, link)));
    EXPECT_EQ(tables, (std::vector<std::string>{"table s.b", "table s.a", ""}));
    EXPECT_TRUE(links_of(snapshot, *snapshot.find("table s.a")).empty());
}

TEST(Inheritance, FindsTheSamePartOfAnotherTable)
{
    Snapshot snapshot = family();
    ObjectIndex a = *snapshot.find("table s.a");
    auto found = [&](const char *part) { return id_at(snapshot, counterpart(snapshot, *snapshot.find(part), a)); };
    EXPECT_EQ(found("column s.c.x"), "column s.a.x");
    EXPECT_EQ(found("constraint s.c.k"), "constraint s.a.k");
    EXPECT_EQ(found("column s.c.own"), "");
}

TEST(Inheritance, FindsThePartOfTheFirstTableThatHasIt)
{
    Snapshot snapshot = family();
    auto above = [&](const char *part) { return id_at(snapshot, part_above(snapshot, *snapshot.find(part))); };
    EXPECT_EQ(above("column s.c.x"), "column s.b.x");
    EXPECT_EQ(above("column s.c.y"), "column s.b.y");
    // The first table has no such part, the second has.
    EXPECT_EQ(above("column s.c.z"), "column s.a.z");
    EXPECT_EQ(above("constraint s.c.k"), "constraint s.a.k");
    EXPECT_EQ(above("column s.c.own"), "");
    EXPECT_EQ(above("column s.a.x"), "");
}
