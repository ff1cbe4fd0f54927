// What is made of two snapshots, a database and a model: what is missing, what is left, what is kept, what is asked
// for.
#include "core/plan.hpp"
#include "core/precondition.hpp"
#include "core/scaffold.hpp"
#include "core/subset.hpp"
#include "core/unsaid.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

namespace linkgress::core {
namespace {

using test::quote;
using test::snapshot_of;

Snapshot schema_of(const std::string &objects)
{
    return snapshot_of(R"({"format": 1, "server": 150000, "role": "app", "objects": [)" + objects + "]}");
}

std::string table(const std::string &name, const std::string &columns, const std::string &rest = "")
{
    return R"({"kind": "table", "schema": "s", "name": ")" + name + R"(", "owner": "app", "columns": [)" + columns +
           "]" + rest + "}";
}

const std::string id_column = R"({"name": "id", "type": "integer", "position": 1})";
const std::string note_column = R"(, {"name": "note", "type": "text", "position": 2})";
const std::string required_note = R"(, {"name": "note", "type": "text", "not_null": true, "position": 2})";

std::vector<std::string> types_of(const std::vector<Operation> &operations)
{
    std::vector<std::string> types;
    for (const Operation &operation : operations)
        types.push_back(operation.type + " " + operation.object);
    return types;
}

using Strings = std::vector<std::string>;

TEST(Missing, TablesAreAddedAndColumnsAreToldOf)
{
    Snapshot source = schema_of(table("a", id_column));
    Snapshot target = schema_of(table("a", id_column + note_column) + ", " + table("b", id_column));
    Addition addition = with_missing(source, target);
    EXPECT_EQ(addition.differs, Strings{"column s.a.note"});
    EXPECT_EQ(types_of(plan(source, addition.snapshot, quote)), Strings{"create_table s.b"});
}

TEST(Missing, WhatDependsOnAMissingColumnIsLeftOut)
{
    Snapshot source = schema_of(table("a", id_column));
    Snapshot target = schema_of(table("a", id_column + note_column) +
                                R"(, {"kind": "view", "schema": "s", "name": "v", "definition": "SELECT note FROM s.a",
                      "depends": ["column s.a.note"]})");
    Addition addition = with_missing(source, target);
    EXPECT_EQ(addition.differs, (Strings{"column s.a.note", "view s.v"}));
    EXPECT_TRUE(plan(source, addition.snapshot, quote).empty());
}

TEST(Missing, ANameThatIsTakenCannotBeAdded)
{
    Snapshot source = schema_of(R"({"kind": "view", "schema": "s", "name": "a", "definition": "SELECT 1"})");
    Snapshot target = schema_of(table("a", id_column));
    EXPECT_TRUE(plan(source, with_missing(source, target).snapshot, quote).empty());
}

TEST(Removal, WhatElseDependsOnItIsNamed)
{
    Snapshot source = schema_of(table("a", id_column) +
                                R"(, {"kind": "view", "schema": "s", "name": "v", "definition": "SELECT id FROM s.a",
                                    "depends": ["column s.a.id"]})");
    Snapshot target = schema_of(table("a", id_column));
    EXPECT_EQ(without_named(source, target, false, quote).dependents, Strings{"view s.v"});
    Removal removal = without_named(source, target, true, quote);
    EXPECT_EQ(types_of(plan(source, removal.snapshot, quote)), (Strings{"drop_view s.v", "drop_table s.a"}));
}

TEST(Unsaid, OwnersAndGrantsStayUnlessTheModelSpeaksOfThem)
{
    Snapshot source = schema_of(
        R"({"kind": "table", "schema": "s", "name": "a", "owner": "dba", "grants": ["SELECT TO web"], "columns": []})");
    Snapshot silent = schema_of(table("a", ""));
    keep_unsaid(silent, source, {});
    EXPECT_TRUE(plan(source, silent, quote).empty());
    Snapshot speaking = schema_of(table("a", ""));
    keep_unsaid(speaking, source, {{"app"}, true});
    EXPECT_FALSE(plan(source, speaking, quote).empty());
}

TEST(OldIndexes, AreBuiltAndDroppedLast)
{
    std::string index = R"x(, "indexes": [{"name": "i", "definition": "USING btree (id)", "depends": [".id"]}])x";
    Snapshot source = schema_of(table("a", id_column));
    Snapshot target = schema_of(table("a", id_column, index));
    EXPECT_TRUE(plan(source, with_old_indexes(source, target), quote).empty());
    EXPECT_TRUE(plan(target, with_old_indexes(target, source), quote).empty());
}

TEST(Precondition, NullsUnderANewNotNull)
{
    Snapshot source = schema_of(table("a", id_column + note_column));
    Snapshot target = schema_of(table("a", id_column + required_note));
    std::vector<Precondition> found = preconditions(source, target, quote);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].query, "SELECT count(*)::text FROM s.a WHERE note IS NULL");
    EXPECT_EQ(found[0].problem, "column s.a.note is NULL in ");
    EXPECT_TRUE(preconditions(target, source, quote).empty());
}

TEST(Precondition, RowsWithoutWhatAForeignKeyRefersTo)
{
    std::string columns = id_column + R"x(, {"name": "a, b\"(", "type": "integer", "position": 2})x";
    std::string key = R"x(, "foreign_keys": [{"name": "f",
        "definition": "FOREIGN KEY (\"a, b\"\"(\") REFERENCES s.a(id) ON DELETE CASCADE"}])x";
    Snapshot source = schema_of(table("a", id_column) + ", " + table("b", columns));
    Snapshot target = schema_of(table("a", id_column) + ", " + table("b", columns, key));
    std::vector<Precondition> found = preconditions(source, target, quote);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].query, R"(SELECT count(*)::text FROM s.b f WHERE f."a, b""(" IS NOT NULL AND NOT EXISTS )"
                              R"((SELECT FROM s.a r WHERE r.id = f."a, b""("))");
}

TEST(Scaffold, LabelsBecomeNames)
{
    EXPECT_EQ(label_in_name("Add phone numbers!"), "add_phone_numbers");
    EXPECT_EQ(label_in_name("  --x-- "), "x");
    EXPECT_EQ(label_in_name("ärger"), "ärger");
    EXPECT_EQ(label_in_name("?!"), "");
}

TEST(Scaffold, NoTextGetsOutOfAComment)
{
    Operation operation;
    operation.type = "drop_table";
    operation.object = "s.a\nDROP TABLE s.b\rDROP TABLE s.c";
    operation.statements = {"DROP TABLE s.x"};
    EXPECT_EQ(up_body({operation}, "1"), "-- plan 1\nSET search_path = pg_catalog, pg_temp;\n\n"
                                         "-- drop_table s.a\n-- DROP TABLE s.b\n-- DROP TABLE s.c\nDROP TABLE s.x;\n");
}

TEST(RenameHint, OnlyWhereThereIsNoDoubt)
{
    auto column = [](const std::string &name) {
        return R"({"name": ")" + name + R"(", "type": "text", "position": 1})";
    };
    auto hint = [&](const std::string &columns) {
        return plan(schema_of(table("a", column("x"))), schema_of(table("a", columns)), quote).front().hint;
    };
    EXPECT_EQ(hint(column("y")),
              "If it is renamed: INSERT INTO linkgress.rename (kind, old, new) VALUES ('column', 's.a.x', 's.a.y')");
    EXPECT_EQ(hint(column("y") + ", " + column("z")), "");
}

} // namespace
} // namespace linkgress::core
