#include "core/plan.hpp"

#include "core/sqlstate.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

using Lines = std::vector<std::string>;

std::string json_of(const Lines &objects)
{
    std::string all;
    for (const std::string &object : objects)
        all += (all.empty() ? "" : ", ") + object;
    return R"({"objects": [)" + all + "]}";
}

// An object of the schema s: what comes after its name.
std::string object(const char *kind, const char *name, const std::string &members = "")
{
    return R"({"kind": ")" + std::string(kind) + R"(", "schema": "s", "name": ")" + name + "\"" +
           (members.empty() ? "" : ", ") + members + "}";
}

std::string table(const char *name, const std::string &members = "")
{
    return object("table", name, members);
}

std::string view(const char *name, const char *definition, const std::string &depends = "")
{
    return object("view", name,
                  R"("definition": ")" + std::string(definition) + R"(", "column_list": ["a integer"], "depends": [)" +
                      depends + "]");
}

constexpr const char *column_a = R"("columns": [{"name": "a", "type": "integer"}])";

std::vector<Operation> plan_of(const Lines &source, const Lines &target)
{
    return plan(snapshot_of(json_of(source)), snapshot_of(json_of(target)), quote);
}

Lines types_of(const std::vector<Operation> &operations)
{
    Lines types;
    for (const Operation &operation : operations)
        types.push_back(operation.type + " " + operation.object);
    return types;
}

Lines types_of(const Lines &source, const Lines &target)
{
    return types_of(plan_of(source, target));
}

Lines statements_of(const Lines &source, const Lines &target)
{
    Lines statements;
    for (const Operation &operation : plan_of(source, target))
        statements.insert(statements.end(), operation.statements.begin(), operation.statements.end());
    return statements;
}

// Everything that there is of a plan.
std::string bytes_of(const std::vector<Operation> &operations)
{
    std::string bytes;
    for (const Operation &operation : operations)
        bytes += operation.type + "\n" + operation.object + "\n" + operation.sql() + "\n" + operation.details + "\n";
    return bytes;
}

// Where this is in the plan; the number of operations if it is not.
std::size_t place_of(const Lines &types, const char *type)
{
    return static_cast<std::size_t>(std::find(types.begin(), types.end(), type) - types.begin());
}

} // namespace

// ---- Create, alter, drop

TEST(Plan, OfEqualSnapshotsIsEmpty)
{
    Lines objects = {object("enum", "e", R"("values": ["a"])"), table("t", column_a)};
    EXPECT_TRUE(plan_of({}, {}).empty());
    EXPECT_TRUE(plan_of(objects, objects).empty());
}

TEST(Plan, TakesNoNoticeOfWhatMakesNoDifference)
{
    EXPECT_TRUE(plan_of({table("t", R"("columns": [{"name": "a", "type": "integer", "position": 1}])")},
                        {table("t", R"("columns": [{"name": "a", "type": "integer", "position": 2}])")})
                    .empty());
}

TEST(Plan, CreatesATableWithItsColumnsInTheirOrder)
{
    auto operations = plan_of({}, {table("t", R"(
        "columns": [{"name": "a", "type": "integer", "position": 2},
                    {"name": "id", "type": "bigint", "not_null": true, "position": 1}],
        "defaults": [{"name": "a", "expression": "1", "depends": [".a"]}])")});
    ASSERT_EQ(operations.size(), 1u);
    EXPECT_EQ(operations[0].type, "create_table");
    EXPECT_EQ(operations[0].object, "s.t");
    EXPECT_EQ(operations[0].sql(), "CREATE TABLE s.t (\n    id bigint NOT NULL,\n    a integer DEFAULT 1\n);");
    EXPECT_FALSE(operations[0].destructive);
    EXPECT_TRUE(operations[0].hazards.empty());
}

TEST(Plan, CreatesInTheOrderOfTheDependencies)
{
    Lines types = types_of({}, {view("a", "SELECT b.a FROM s.b", R"("view s.b")"),
                                view("b", "SELECT t.a FROM s.t", R"("column s.t.a")"),
                                table("t", R"j("columns": [{"name": "a", "type": "s.e", "depends": ["enum s.e"]}],
                           "indexes": [{"name": "i", "definition": "USING btree (a)", "depends": [".a"]}])j"),
                                object("enum", "e", R"("values": ["x"])"), R"({"kind": "schema", "name": "s"})"});
    EXPECT_EQ(types, (Lines{"create_schema s", "create_enum s.e", "create_table s.t", "create_index s.t.i",
                            "create_view s.b", "create_view s.a"}));
}

TEST(Plan, DropsInTheReverseOrder)
{
    Lines types = types_of({view("a", "SELECT b.a FROM s.b", R"("view s.b")"),
                            view("b", "SELECT t.a FROM s.t", R"("column s.t.a")"),
                            table("t", R"("columns": [{"name": "a", "type": "s.e", "depends": ["enum s.e"]}])"),
                            object("enum", "e", R"("values": ["x"])"), R"({"kind": "schema", "name": "s"})"},
                           {});
    EXPECT_EQ(types, (Lines{"drop_view s.a", "drop_view s.b", "drop_table s.t", "drop_enum s.e", "drop_schema s"}));
}

TEST(Plan, DropsATableWithAllThatIsInIt)
{
    EXPECT_EQ(statements_of({table("t", R"j("columns": [{"name": "a", "type": "integer"}],
                  "indexes": [{"name": "i", "definition": "USING btree (a)", "depends": [".a"]}],
                  "constraints": [{"name": "c", "definition": "CHECK ((a > 0))", "depends": [".a"]}])j")},
                            {}),
              (Lines{"DROP TABLE s.t"}));
}

TEST(Plan, AddsAltersAndDropsColumns)
{
    Lines statements = statements_of({table("t", R"("columns": [{"name": "changed", "type": "integer"},
                                                                {"name": "gone", "type": "integer"}])")},
                                     {table("t", R"("columns": [{"name": "changed", "type": "bigint"},
                                                                {"name": "new", "type": "text"}])")});
    std::sort(statements.begin(), statements.end());
    EXPECT_EQ(statements,
              (Lines{"ALTER TABLE s.t ADD COLUMN new text", "ALTER TABLE s.t ALTER COLUMN changed TYPE bigint",
                     "ALTER TABLE s.t DROP COLUMN gone"}));
}

TEST(Plan, AltersInPlaceWhatCanBe)
{
    EXPECT_EQ(statements_of({table("t", R"("unlogged": true, "comment": "a")")}, {table("t")}),
              (Lines{"ALTER TABLE s.t SET LOGGED", "COMMENT ON TABLE s.t IS NULL"}));
}

TEST(Plan, QuotesNamesAndTexts)
{
    EXPECT_EQ(statements_of({}, {R"({"kind": "schema", "name": "Say \"hi\"", "comment": "it's"})"}),
              (Lines{"CREATE SCHEMA \"Say \"\"hi\"\"\"", "COMMENT ON SCHEMA \"Say \"\"hi\"\"\" IS 'it''s'"}));
}

TEST(Plan, LeavesAloneWhatIsOutside)
{
    std::string outside = object("view", "v", R"("definition": "SELECT 1", "outside": true)");
    EXPECT_TRUE(plan_of({outside}, {}).empty());
    EXPECT_TRUE(plan_of({}, {outside}).empty());
}

TEST(Plan, WritesEveryStatementWithItsSemicolon)
{
    Operation operation;
    EXPECT_EQ(operation.sql(), "");
    operation.statements = {"SELECT 1", "SELECT 2;"};
    EXPECT_EQ(operation.sql(), "SELECT 1;\nSELECT 2;");
}

// ---- Replace

TEST(Plan, ReplacesWhatCannotBeAltered)
{
    std::string before = table("t", R"j("columns": [{"name": "a", "type": "integer"}],
        "indexes": [{"name": "i", "definition": "USING btree (a)", "depends": [".a"]}])j");
    std::string after = table("t", R"j("columns": [{"name": "a", "type": "integer"}],
        "indexes": [{"name": "i", "definition": "USING hash (a)", "depends": [".a"]}])j");
    EXPECT_EQ(statements_of({before}, {after}), (Lines{"DROP INDEX s.i", "CREATE INDEX i ON s.t USING hash (a)"}));
}

TEST(Plan, ReplacesAViewInPlaceIfItsColumnsStay)
{
    EXPECT_EQ(statements_of({view("v", "SELECT 1 AS a")}, {view("v", "SELECT 2 AS a")}),
              (Lines{"CREATE OR REPLACE VIEW s.v AS\nSELECT 2 AS a"}));
}

TEST(Plan, TakesDependentsAlong)
{
    std::string depends_on_column = R"("column s.t.a")";
    Lines source = {table("t", R"("columns": [{"name": "a", "type": "integer"}])"),
                    view("v", "SELECT t.a FROM s.t", depends_on_column),
                    view("w", "SELECT v.a FROM s.v", R"("view s.v")")};
    Lines target = source;
    target[0] = table("t", R"("columns": [{"name": "a", "type": "bigint"}])");
    EXPECT_EQ(types_of(source, target),
              (Lines{"drop_view s.w", "drop_view s.v", "alter_column s.t.a", "create_view s.v", "create_view s.w"}));
}

TEST(Plan, TakesDependentsAlongOnlyAsFarAsNecessary)
{
    // A new comment disturbs nobody.
    Lines source = {table("t", column_a), view("v", "SELECT t.a FROM s.t", R"("column s.t.a")")};
    Lines target = source;
    target[0] = table("t", R"("comment": "new", "columns": [{"name": "a", "type": "integer"}])");
    EXPECT_EQ(types_of(source, target), (Lines{"alter_table s.t"}));
}

TEST(Plan, DoesNotReplaceWhatIsOutside)
{
    std::string outside =
        object("view", "v", R"("definition": "SELECT t.a", "outside": true, "depends": ["column s.t.a"])");
    ErrorReport report = report_of([&] {
        plan_of({table("t", R"("columns": [{"name": "a", "type": "integer"}])"), outside},
                {table("t", R"("columns": [{"name": "a", "type": "bigint"}])"), outside});
    });
    EXPECT_EQ(report.sqlstate, sqlstate::dependent_objects_still_exist);
    EXPECT_NE(report.message.find("view s.v"), std::string::npos) << report.message;
}

TEST(Plan, NamesWhatItWouldHaveToReplaceOutside)
{
    auto outside = [](const char *kind, const char *on) {
        return R"({"kind": ")" + std::string(kind) +
               R"(", "schema": "rest", "name": "x", "outside": true, "depends": [")" + on + "\"]}";
    };
    std::string before = object("enum", "e", R"("values": ["x", "y"])");
    std::string after = object("enum", "e", R"("values": ["x"])");
    ErrorReport report = report_of([&] { plan_of({before, outside("domain", "enum s.e")}, {after}); });
    EXPECT_EQ(report.sqlstate, sqlstate::dependent_objects_still_exist);
    EXPECT_EQ(report.message, "domain rest.x would have to be replaced, but is not among the compared objects");
    EXPECT_EQ(report.detail, "It depends on enum s.e, which cannot be changed under it.");
    EXPECT_EQ(report.hint, "Take both snapshots with schema rest, too.");

    // The other way round, and where nothing of it is touched, there is no more to do.
    EXPECT_EQ(statements_of({after, outside("domain", "enum s.e")}, {before}),
              (Lines{"ALTER TYPE s.e ADD VALUE 'y' AFTER 'x'"}));
    EXPECT_EQ(
        statements_of({table("t", column_a), outside("view", "column s.t.a")},
                      {table("t", R"("columns": [{"name": "a", "type": "integer"}, {"name": "b", "type": "text"}])")}),
        (Lines{"ALTER TABLE s.t ADD COLUMN b text"}));

    // What goes takes nobody along.
    report = report_of([&] { plan_of({table("t", column_a), outside("view", "column s.t.a")}, {}); });
    EXPECT_EQ(report.sqlstate, sqlstate::dependent_objects_still_exist);
    EXPECT_NE(report.message.find("view rest.x"), std::string::npos) << report.message;
}

TEST(Plan, ReplacesATableAndKeepsItsRows)
{
    auto operations =
        plan_of({table("t", column_a)}, {table("t", R"j("partition_key": "RANGE (a)", )j" + std::string(column_a))});
    EXPECT_EQ(types_of(operations), (Lines{"rename_table s.t", "create_table s.t", "drop_table s.t"}));
    ASSERT_EQ(operations.size(), 3u);
    EXPECT_EQ(operations[0].sql(), "ALTER TABLE s.t RENAME TO t_replaced;");
    EXPECT_EQ(operations[2].sql(), "INSERT INTO s.t (a) SELECT a FROM ONLY s.t_replaced;\nDROP TABLE s.t_replaced;");
}

TEST(Plan, GivesAProvisionalNameThatIsFree)
{
    auto operations =
        plan_of({table("t", column_a), table("t_replaced")},
                {table("t", R"j("partition_key": "RANGE (a)", )j" + std::string(column_a)), table("t_replaced")});
    ASSERT_FALSE(operations.empty());
    EXPECT_EQ(operations[0].sql(), "ALTER TABLE s.t RENAME TO t_replaced1;");
}

// ---- Tables in trees

namespace {

// The table t with one partition, and what it has besides.
Lines partitioned(const char *key, const char *bound, const std::string &more = "")
{
    const char *columns = R"("columns": [{"name": "a", "type": "integer", "position": 1},
        {"name": "b", "type": "integer", "position": 2}])";
    std::string inherited = columns;
    for (std::size_t at = 0; (at = inherited.find("\"position\"", at)) != inherited.npos; at += 30)
        inherited.insert(at, R"("inherited": true, )");
    return {table("t", R"j("partition_key": "RANGE ()j" + std::string(key) + R"j()", "depends": ["column s.t.)j" + key +
                           R"("], )" + columns + more),
            table("p", R"("partition": true, )" + inherited +
                           R"(, "inherits": [{"name": "s.t", "of": "s.t", "bound": ")" + bound +
                           R"(", "depends": ["table s.t"]}])")};
}

} // namespace

TEST(Plan, MovesTheRowsOfPartitionsWithThoseOfTheTable)
{
    const char *bound = "FOR VALUES FROM (0) TO (10)";
    Lines statements = statements_of(partitioned("a", bound), partitioned("b", bound));
    // The old partition stays attached to the old table until its rows have been read from there.
    EXPECT_EQ(statements, (Lines{"ALTER TABLE s.t RENAME TO t_replaced", "ALTER TABLE s.p RENAME TO p_replaced",
                                 "CREATE TABLE s.p (\n    a integer,\n    b integer\n)",
                                 "CREATE TABLE s.t (\n    a integer,\n    b integer\n)\nPARTITION BY RANGE (b)",
                                 "ALTER TABLE ONLY s.t ATTACH PARTITION s.p FOR VALUES FROM (0) TO (10)",
                                 "INSERT INTO s.t (a, b) SELECT a, b FROM s.t_replaced", "DROP TABLE s.t_replaced"}));
}

TEST(Plan, AttachesAPartitionAgainWhoseBoundsAreWider)
{
    EXPECT_EQ(
        statements_of(partitioned("a", "FOR VALUES FROM (0) TO (10)"), partitioned("a", "FOR VALUES FROM (0) TO (20)")),
        (Lines{"ALTER TABLE ONLY s.t DETACH PARTITION s.p",
               "ALTER TABLE ONLY s.t ATTACH PARTITION s.p FOR VALUES FROM (0) TO (20)"}));
}

TEST(Plan, PutsTheRowsOfAPartitionWhoseBoundsAreNarrowerIntoTheTable)
{
    Lines source = partitioned("a", "FOR VALUES FROM (0) TO (20)");
    Lines target = partitioned("a", "FOR VALUES FROM (0) TO (10)");
    EXPECT_EQ(statements_of(source, target),
              (Lines{"ALTER TABLE ONLY s.t DETACH PARTITION s.p", "ALTER TABLE s.p RENAME TO p_replaced",
                     "CREATE TABLE s.p (\n    a integer,\n    b integer\n)",
                     "ALTER TABLE ONLY s.t ATTACH PARTITION s.p FOR VALUES FROM (0) TO (10)",
                     "INSERT INTO s.t (a, b) OVERRIDING SYSTEM VALUE SELECT a, b FROM ONLY s.p_replaced",
                     "DROP TABLE s.p_replaced"}));

    // Triggers would fire: it is attached, or the plan fails.
    std::string trigger = R"(, "triggers": [{"name": "r", "definition": "CREATE TRIGGER r"}])";
    source = partitioned("a", "FOR VALUES FROM (0) TO (20)", trigger);
    target = partitioned("a", "FOR VALUES FROM (0) TO (10)", trigger);
    EXPECT_EQ(statements_of(source, target),
              (Lines{"ALTER TABLE ONLY s.t DETACH PARTITION s.p",
                     "ALTER TABLE ONLY s.t ATTACH PARTITION s.p FOR VALUES FROM (0) TO (10)"}));
}

TEST(Plan, DropsAColumnOfTheParentOnly)
{
    auto child = [](const char *column) {
        return table("c", R"("columns": [{"name": "b", "type": "integer")" + std::string(column) +
                              R"(}], "inherits": [{"name": "s.t", "of": "s.t", "depends": ["table s.t"]}])");
    };
    std::string parent = table("t", R"("columns": [{"name": "b", "type": "integer"}])");
    // The child keeps it for itself, or loses it, too.
    EXPECT_EQ(statements_of({parent, child(R"(, "inherited": true)")}, {table("t"), child("")}),
              (Lines{"ALTER TABLE ONLY s.t DROP COLUMN b"}));
    EXPECT_EQ(statements_of(
                  {parent, child(R"(, "inherited": true)")},
                  {table("t"), table("c", R"("inherits": [{"name": "s.t", "of": "s.t", "depends": ["table s.t"]}])")}),
              (Lines{"ALTER TABLE s.t DROP COLUMN b"}));
}

// ---- Shells

TEST(Plan, CreatesADomainBeforeTheFunctionThatItsDefaultCalls)
{
    std::string bare = object("domain", "d", R"("type": "text")");
    std::string domain = object("domain", "d", R"j("type": "text", "default": "s.f('x'::s.d)",
                                                  "depends": ["function s.f(s.d)"])j");
    std::string function = object("function", "f", R"j("arguments": "s.d", "depends": ["domain s.d"],
        "definition": "CREATE FUNCTION s.f(x s.d) RETURNS text LANGUAGE sql AS 'SELECT x'")j");
    EXPECT_EQ(statements_of({}, {domain, function}),
              (Lines{"CREATE DOMAIN s.d AS text", "SET LOCAL check_function_bodies = off",
                     "CREATE FUNCTION s.f(x s.d) RETURNS text LANGUAGE sql AS 'SELECT x'",
                     "ALTER DOMAIN s.d SET DEFAULT s.f('x'::s.d)"}));
    EXPECT_EQ(statements_of({domain, function}, {}),
              (Lines{"ALTER DOMAIN s.d DROP DEFAULT", "DROP FUNCTION s.f(s.d)", "DROP DOMAIN s.d"}));
}

TEST(Plan, CreatesAFunctionBeforeItCallsItself)
{
    std::string head = "CREATE OR REPLACE FUNCTION s.f(n integer)\\n RETURNS integer\\n LANGUAGE sql\\n";
    std::string body = "BEGIN ATOMIC\\n SELECT s.f((n - 1));\\nEND\\n";
    Lines function = {object("function", "f",
                             R"("arguments": "integer", "has_parsed_body": true, "calls_itself": true,
                                                 "definition": ")" +
                                 head + body + "\"")};
    Lines statements = statements_of({}, function);
    ASSERT_EQ(statements.size(), 3u);
    EXPECT_EQ(statements[0], "SET LOCAL check_function_bodies = off");
    EXPECT_EQ(statements[1],
              "CREATE OR REPLACE FUNCTION s.f(n integer)\n RETURNS integer\n LANGUAGE sql\nAS 'SELECT NULL'");
    EXPECT_EQ(statements[2], "CREATE OR REPLACE FUNCTION s.f(n integer)\n RETURNS integer\n LANGUAGE sql\n"
                             "BEGIN ATOMIC\n SELECT s.f((n - 1));\nEND\n");
    EXPECT_EQ(statements_of(function, {}), (Lines{"DROP FUNCTION s.f(integer)"}));
}

// ---- Provisional names

TEST(Plan, GivesTheConstructorsOfARangeProvisionalNamesToo)
{
    auto range = [](const char *subtype) {
        return object("range", "r",
                      R"("multirange": "rs", "parameters": ["SUBTYPE = )" + std::string(subtype) +
                          R"(", "MULTIRANGE_TYPE_NAME = s.rs"])");
    };
    std::string user = table("t", R"("columns": [{"name": "a", "type": "s.r", "depends": ["range s.r"]}])");
    EXPECT_EQ(statements_of({range("double precision"), user}, {range("numeric"), user}),
              (Lines{"ALTER FUNCTION s.r(double precision, double precision) RENAME TO r_replaced",
                     "ALTER FUNCTION s.r(double precision, double precision, text) RENAME TO r_replaced",
                     "ALTER FUNCTION s.rs() RENAME TO rs_replaced", "ALTER FUNCTION s.rs(s.r) RENAME TO rs_replaced",
                     "ALTER FUNCTION s.rs(s.r[]) RENAME TO rs_replaced", "ALTER TYPE s.rs RENAME TO rs_replaced",
                     "ALTER TYPE s.r RENAME TO r_replaced",
                     "CREATE TYPE s.r AS RANGE (SUBTYPE = numeric, MULTIRANGE_TYPE_NAME = s.rs)",
                     "ALTER TABLE s.t ALTER COLUMN a TYPE s.r USING a::text::s.r", "DROP TYPE s.r_replaced"}));
}

TEST(Plan, GivesProvisionalNamesThatTheServerDoesNotCut)
{
    // The same but for what is cut; and letters of two bytes, which are not cut in the middle.
    std::string stem(54, 'x');
    std::string letters = "x";
    while (letters.size() < 63)
        letters += "ä";
    Lines names = {stem + "_first", stem + "_other", letters};
    Lines source;
    Lines target;
    for (const std::string &name : names) {
        source.push_back(table(name.c_str(), column_a));
        target.push_back(table(name.c_str(), R"j("partition_key": "RANGE (a)", )j" + std::string(column_a)));
    }
    Lines provisional;
    for (const std::string &statement : statements_of(source, target))
        if (std::size_t at = statement.find(" RENAME TO "); at != statement.npos)
            provisional.push_back(statement.substr(at + 11));
    std::sort(provisional.begin(), provisional.end());
    letters.resize(53);
    EXPECT_EQ(provisional,
              (Lines{'"' + letters + "_replaced\"", stem.substr(0, 53) + "_replaced1", stem + "_replaced"}));
}

// ---- Enums

TEST(Plan, AddsValuesToAnEnum)
{
    EXPECT_EQ(statements_of({object("enum", "e", R"("values": ["b", "d"])")},
                            {object("enum", "e", R"("values": ["a", "b", "c", "d", "e"])")}),
              (Lines{"ALTER TYPE s.e ADD VALUE 'a' BEFORE 'b'", "ALTER TYPE s.e ADD VALUE 'c' AFTER 'b'",
                     "ALTER TYPE s.e ADD VALUE 'e' AFTER 'd'"}));
}

TEST(Plan, ReplacesAnEnumThatLosesAValue)
{
    std::string users = table("t", R"("columns": [{"name": "a", "type": "s.e", "depends": ["enum s.e"]}],
        "defaults": [{"name": "a", "expression": "'x'::s.e", "depends": [".a", "enum s.e"]}])");
    auto operations = plan_of({object("enum", "e", R"("values": ["x", "y"])"), users},
                              {object("enum", "e", R"("values": ["x"])"), users});
    Lines statements;
    for (const Operation &operation : operations)
        statements.insert(statements.end(), operation.statements.begin(), operation.statements.end());
    EXPECT_EQ(statements,
              (Lines{"ALTER TABLE ONLY s.t ALTER COLUMN a DROP DEFAULT", "ALTER TYPE s.e RENAME TO e_replaced",
                     "CREATE TYPE s.e AS ENUM ('x')", "ALTER TABLE s.t ALTER COLUMN a TYPE s.e USING a::text::s.e",
                     "ALTER TABLE ONLY s.t ALTER COLUMN a SET DEFAULT 'x'::s.e", "DROP TYPE s.e_replaced"}));
}

TEST(Plan, ReplacesAnEnumWhoseNewValueIsUsedAtOnce)
{
    // A value that was added cannot be used in the same transaction.
    std::string column = R"("columns": [{"name": "a", "type": "s.e", "depends": ["enum s.e"]}])";
    Lines types = types_of({object("enum", "e", R"("values": ["x"])"), table("t", column)},
                           {object("enum", "e", R"("values": ["x", "y"])"),
                            table("t", column + R"(, "defaults": [{"name": "a", "expression": "'y'::s.e",
                                                         "depends": [".a", "enum s.e"]}])")});
    EXPECT_LT(place_of(types, "rename_enum s.e"), place_of(types, "create_enum s.e"));
    EXPECT_LT(place_of(types, "create_enum s.e"), place_of(types, "drop_enum s.e"));
}

// ---- Renames

TEST(Plan, RenamesWhatDiffersInNothingButItsName)
{
    auto with = [](const char *index, const char *constraint, const char *foreign_key) {
        return table("t", R"("columns": [{"name": "a", "type": "integer"}],
            "indexes": [{"name": ")" +
                              std::string(index) + R"j(", "definition": "USING btree (a)", "depends": [".a"]}],
            "constraints": [{"name": ")j" +
                              constraint + R"j(", "definition": "CHECK ((a > 0))", "depends": [".a"]}],
            "foreign_keys": [{"name": ")j" +
                              foreign_key + R"j(", "definition": "FOREIGN KEY (a) REFERENCES s.u(a)",
                              "depends": [".a"]}])j");
    };
    auto operations = plan_of({with("i", "c", "k")}, {with("i2", "c2", "k2")});
    Lines statements;
    for (const Operation &operation : operations) {
        EXPECT_TRUE(operation.hazards.empty()) << operation.type;
        ASSERT_EQ(operation.statements.size(), 1u);
        statements.push_back(operation.statements[0]);
    }
    std::sort(statements.begin(), statements.end());
    EXPECT_EQ(statements, (Lines{"ALTER INDEX s.i RENAME TO i2", "ALTER TABLE s.t RENAME CONSTRAINT c TO c2",
                                 "ALTER TABLE s.t RENAME CONSTRAINT k TO k2"}));
}

TEST(Plan, RenamesAndAlters)
{
    auto with = [](const char *name, const char *comment) {
        return table("t", R"("indexes": [{"name": ")" + std::string(name) + R"j(", "definition": "USING btree (a)",
                         "comment"
                         : ")j" +
                              comment + "\"}]");
    };
    EXPECT_EQ(statements_of({with("i", "a")}, {with("j", "b")}),
              (Lines{"ALTER INDEX s.i RENAME TO j", "COMMENT ON INDEX s.j IS 'b'"}));
}

TEST(Plan, DoesNotRenameWhatIsAnother)
{
    auto with = [](const char *name, const char *definition) {
        return table("t",
                     R"("indexes": [{"name": ")" + std::string(name) + R"(", "definition": ")" + definition + "\"}]");
    };
    Lines types = types_of({with("i", "USING btree (a)")}, {with("j", "USING btree (b)")});
    std::sort(types.begin(), types.end());
    EXPECT_EQ(types, (Lines{"create_index s.t.j", "drop_index s.t.i"}));
}

// ---- Cycles

TEST(Plan, CreatesAndDropsTablesThatReferToEachOther)
{
    auto with = [](const char *name, const char *other) {
        std::string o = other;
        return table(name, R"("columns": [{"name": "a", "type": "integer"}],
            "constraints": [{"name": ")" +
                               std::string(name) + R"j(_key", "definition": "UNIQUE (a)", "has_index": true,
                             "depends": [".a"]}],
            "foreign_keys": [{"name": "k", "definition": "FOREIGN KEY (a) REFERENCES s.)j" +
                               o + R"j((a)",
                              "references": "s.)j" +
                               o + R"(", "depends": [".a", "column s.)" + o + R"(.a", "constraint s.)" + o + "." + o +
                               R"(_key"]}])");
    };
    Lines tables = {with("t", "u"), with("u", "t")};
    Lines types = types_of({}, tables);
    for (const char *key : {"create_foreign_key s.t.k", "create_foreign_key s.u.k"})
        for (const char *first :
             {"create_table s.t", "create_table s.u", "add_constraint s.t.t_key", "add_constraint s.u.u_key"})
            EXPECT_LT(place_of(types, first), place_of(types, key));
    EXPECT_EQ(types.size(), 6u);

    // One of the keys at least goes before either table; the other may go with its own.
    types = types_of(tables, {});
    std::size_t separate =
        std::min(place_of(types, "drop_foreign_key s.t.k"), place_of(types, "drop_foreign_key s.u.k"));
    for (const char *drop : {"drop_table s.t", "drop_table s.u"}) {
        EXPECT_LT(separate, place_of(types, drop));
        EXPECT_LT(place_of(types, drop), types.size());
    }
}

TEST(Plan, CreatesAndDropsViewsThatUseEachOther)
{
    Lines views = {view("v", "SELECT w.a FROM s.w", R"("view s.w")"),
                   view("w", "SELECT v.a FROM s.v", R"("view s.v")")};
    // Either comes first as an empty one, and is replaced at the end.
    Lines statements = statements_of({}, views);
    ASSERT_EQ(statements.size(), 3u);
    bool starts_with_v = statements[0].starts_with("CREATE VIEW s.v");
    EXPECT_EQ(statements,
              (starts_with_v
                   ? Lines{"CREATE VIEW s.v AS SELECT NULL::integer AS a", "CREATE VIEW s.w AS\nSELECT v.a FROM s.v",
                           "CREATE OR REPLACE VIEW s.v AS\nSELECT w.a FROM s.w"}
                   : Lines{"CREATE VIEW s.w AS SELECT NULL::integer AS a", "CREATE VIEW s.v AS\nSELECT w.a FROM s.w",
                           "CREATE OR REPLACE VIEW s.w AS\nSELECT v.a FROM s.v"}));

    // And lets go of the other before that is dropped.
    statements = statements_of(views, {});
    ASSERT_EQ(statements.size(), 3u);
    std::string emptied = statements[0].starts_with("CREATE OR REPLACE VIEW s.v") ? "s.v" : "s.w";
    std::string other = emptied == "s.v" ? "s.w" : "s.v";
    EXPECT_EQ(statements, (Lines{"CREATE OR REPLACE VIEW " + emptied + " AS SELECT NULL::integer AS a",
                                 "DROP VIEW " + other, "DROP VIEW " + emptied}));
}

TEST(Plan, CreatesADefaultAfterTheFunctionThatReadsItsTable)
{
    Lines types =
        types_of({}, {table("t", R"j("columns": [{"name": "a", "type": "integer"}],
                                   "defaults": [{"name": "a", "expression": "s.f()", "depends": [".a", "function s.f()"]}])j"),
                      object("function", "f", R"("definition": "CREATE FUNCTION s.f() RETURNS integer RETURN 1",
                                    "has_parsed_body": true, "depends": ["table s.t"])")});
    EXPECT_EQ(types, (Lines{"create_table s.t", "create_function s.f()", "alter_column s.t.a"}));
}

TEST(Plan, SaysWhatGoesRoundInACircle)
{
    Lines casts = {object("collation", "a", R"("depends": ["collation s.b"])"),
                   object("collation", "b", R"("depends": ["collation s.a"])")};
    ErrorReport report = report_of([&] { plan_of({}, casts); });
    EXPECT_EQ(report.sqlstate, sqlstate::internal_error);
    EXPECT_NE(report.detail.find("create collation s.a"), std::string::npos) << report.detail;
    EXPECT_NE(report.detail.find("create collation s.b"), std::string::npos) << report.detail;
}

// ---- Stable

TEST(Plan, IsTheSameWhateverTheOrderOfTheObjects)
{
    Lines source = {
        table("t", R"("columns": [{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}])"),
        table("gone", column_a),
        view("v", "SELECT t.a FROM s.t", R"("column s.t.a")"),
        object("enum", "e", R"("values": ["x", "y"])"),
    };
    Lines target = {
        table("t",
              R"j("columns": [{"name": "b", "type": "s.e", "depends": ["enum s.e"]}, {"name": "a", "type": "bigint"}],
                      "indexes": [{"name": "j", "definition": "(b)", "depends": [".b"]},
                                  {"name": "i", "definition": "(a)", "depends": [".a"]}])j"),
        view("v", "SELECT t.a FROM s.t", R"("column s.t.a")"),
        view("w", "SELECT v.a FROM s.v", R"("view s.v")"),
        object("enum", "e", R"("values": ["x"])"),
    };
    std::string first = bytes_of(plan_of(source, target));
    EXPECT_FALSE(first.empty());
    EXPECT_EQ(bytes_of(plan_of(source, target)), first);
    std::sort(source.begin(), source.end());
    std::sort(target.begin(), target.end());
    do {
        std::next_permutation(source.begin(), source.end());
        EXPECT_EQ(bytes_of(plan_of(source, target)), first);
    } while (std::next_permutation(target.begin(), target.end()));
}

TEST(Plan, IsTheSameForSnapshotsThatWereWrittenAndReadAgain)
{
    Snapshot source = snapshot_of(json_of({table("t", column_a)}));
    Snapshot target =
        snapshot_of(json_of({table("t", R"("columns": [{"name": "a", "type": "bigint"}])"), table("u", column_a)}));
    EXPECT_EQ(bytes_of(plan(source, target, quote)),
              bytes_of(plan(snapshot_of(source.to_json()), snapshot_of(target.to_json()), quote)));
}

// ---- The way back

TEST(Plan, KnowsTheInverse)
{
    auto only = [](const Lines &source, const Lines &target) {
        auto operations = plan_of(source, target);
        EXPECT_EQ(operations.size(), 1u);
        EXPECT_EQ(operations.at(0).irreversible, "");
        return operations.at(0).inverse;
    };
    EXPECT_EQ(only({}, {table("t", column_a)}), (Lines{"DROP TABLE s.t"}));
    EXPECT_EQ(only({table("t", column_a)}, {}), (Lines{"CREATE TABLE s.t (\n    a integer\n)"}));
    EXPECT_EQ(only({table("t", R"("comment": "a")")}, {table("t", R"("comment": "b")")}),
              (Lines{"COMMENT ON TABLE s.t IS 'a'"}));
    EXPECT_EQ(only({table("t", column_a)}, {table("t", R"("columns": [{"name": "a", "type": "bigint"}])")}),
              (Lines{"ALTER TABLE s.t ALTER COLUMN a TYPE integer"}));
    EXPECT_EQ(only({table("t")}, {table("t", column_a)}), (Lines{"ALTER TABLE s.t DROP COLUMN a"}));
}

TEST(Plan, KnowsTheInverseOfADropWithItsParts)
{
    auto operations = plan_of({table("t", R"j("columns": [{"name": "a", "type": "integer"}],
            "indexes": [{"name": "i", "definition": "USING btree (a)", "depends": [".a"]}])j")},
                              {});
    ASSERT_EQ(operations.size(), 1u);
    EXPECT_EQ(operations[0].inverse,
              (Lines{"CREATE TABLE s.t (\n    a integer\n)", "CREATE INDEX i ON s.t USING btree (a)"}));
}

TEST(Plan, SaysWhatIsIrreversible)
{
    auto operations =
        plan_of({object("enum", "e", R"("values": ["x"])")}, {object("enum", "e", R"("values": ["x", "y"])")});
    ASSERT_EQ(operations.size(), 1u);
    EXPECT_TRUE(operations[0].inverse.empty());
    EXPECT_NE(operations[0].irreversible, "");
    ASSERT_FALSE(operations[0].hazards.empty());
    EXPECT_STREQ(operations[0].hazards.back().name, "irreversible");
    EXPECT_NE(operations[0].details.find("\"irreversible\""), std::string::npos);
}

TEST(Plan, HasDetailsInJson)
{
    for (const Operation &operation :
         plan_of({table("t", column_a), view("Old \\\"one\\\"", "SELECT 'a\\nb'")},
                 {table("t", R"("columns": [{"name": "a", "type": "bigint", "comment": "\"\\"}])"), table("u")})) {
        auto details = nlohmann::json::parse(operation.details);
        EXPECT_TRUE(details.contains("kind"));
        EXPECT_TRUE(details.contains("name"));
        EXPECT_TRUE(details.contains("from") || details.contains("to"));
    }
    auto altered = plan_of({table("t", column_a)}, {table("t", R"("columns": [{"name": "a", "type": "bigint"}])")});
    ASSERT_EQ(altered.size(), 1u);
    auto details = nlohmann::json::parse(altered[0].details);
    EXPECT_EQ(details["kind"], "column");
    EXPECT_EQ(details["schema"], "s");
    EXPECT_EQ(details["table"], "t");
    EXPECT_EQ(details["name"], "a");
    EXPECT_EQ(details["from"]["type"], "integer");
    EXPECT_EQ(details["to"]["type"], "bigint");
    EXPECT_EQ(details["inverse"], (Lines{"ALTER TABLE s.t ALTER COLUMN a TYPE integer"}));
}

// ---- Hazards: each rule by a piece of its text

namespace {

// What is said of this hazard, all operations together.
std::string hazard(const char *name, const Lines &source, const Lines &target)
{
    std::string text;
    for (const Operation &operation : plan_of(source, target))
        for (const Hazard &found : operation.hazards)
            if (std::string_view(found.name) == name)
                text += found.text + "\n";
    return text;
}

bool is_destructive(const Lines &source, const Lines &target)
{
    auto operations = plan_of(source, target);
    return std::any_of(operations.begin(), operations.end(), [](const Operation &o) { return o.destructive; });
}

std::string columns(const std::string &columns)
{
    return table("t", R"("columns": [)" + columns + "]");
}

// The table t with one column and this part.
std::string with(const std::string &part)
{
    return table("t", std::string(column_a) + ", " + part);
}

const Lines empty_table = {table("t")};
const Lines plain_table = {table("t", column_a)};

} // namespace

#define EXPECT_SAYS(text, piece) EXPECT_NE((text).find(piece), std::string::npos) << (text)

// ---- Grants

TEST(Plan, GrantsAsTheGrantorAndGoesBackToWhoItWas)
{
    auto plan_by = [](const char *role) {
        Snapshot source = snapshot_of(json_of({table("t", R"("owner": "o")")}));
        source.role = role;
        Snapshot target = snapshot_of(json_of(
            {table("t", R"("owner": "o", "grants": ["SELECT TO b GRANTED BY a", "SELECT TO a WITH GRANT OPTION"])")}));
        return plan(source, target, quote)[0].statements;
    };
    Lines expected = {"GRANT SELECT ON TABLE s.t TO a WITH GRANT OPTION", "SET LOCAL ROLE a",
                      "GRANT SELECT ON TABLE s.t TO b", "SET LOCAL ROLE \"It is me\""};
    EXPECT_EQ(plan_by("It is me"), expected);
    expected.back() = "SET LOCAL ROLE NONE";
    EXPECT_EQ(plan_by(""), expected);
}

TEST(Plan, SeesToTheGrantsOfColumnsWithThoseOfTheTable)
{
    auto with = [](const char *table_grants, const char *column_grants) {
        return Lines{table("t", R"("owner": "o", "grants": [)" + std::string(table_grants) +
                                    R"(], "columns": [{"name": "a", "type": "text", "grants": [)" + column_grants +
                                    "]}]")};
    };
    EXPECT_EQ(statements_of(with(R"("SELECT TO x")", R"("SELECT TO x")"), with("", R"("SELECT TO x", "UPDATE TO y")")),
              (Lines{"REVOKE SELECT, SELECT (a) ON TABLE s.t FROM x", "GRANT SELECT (a) ON TABLE s.t TO x",
                     "GRANT UPDATE (a) ON TABLE s.t TO y"}));
    EXPECT_EQ(statements_of(with(R"("SELECT TO x")", ""), with(R"("SELECT TO x")", R"("UPDATE TO y")")),
              (Lines{"GRANT UPDATE (a) ON TABLE s.t TO y"}));
}

TEST(Plan, TakesGrantsOfColumnsBackWithThoseOfTheTable)
{
    Lines both = {table("t", R"("owner": "o", "grants": ["SELECT TO x"],
        "columns": [{"name": "a", "type": "text", "grants": ["SELECT TO x"]}])")};
    Lines column = {
        table("t", R"("owner": "o", "columns": [{"name": "a", "type": "text", "grants": ["SELECT TO x"]}])")};
    auto inverse = [](const Lines &source, const Lines &target) {
        return nlohmann::json::parse(plan_of(source, target)[0].details)["inverse"].get<Lines>();
    };
    EXPECT_EQ(inverse(both, column), Lines{"GRANT SELECT ON TABLE s.t TO x"});
    EXPECT_EQ(inverse(column, both),
              (Lines{"REVOKE SELECT, SELECT (a) ON TABLE s.t FROM x", "GRANT SELECT (a) ON TABLE s.t TO x"}));
}

TEST(Plan, KnowsWhatAnotherOwnerHas)
{
    EXPECT_EQ(
        statements_of({table("t", R"("owner": "o", "grants": ["SELECT TO n", "SELECT TO x"])")},
                      {table("t", R"("owner": "n", "grants": ["INSERT TO o"])")}),
        (Lines{"ALTER TABLE s.t OWNER TO n", "REVOKE SELECT ON TABLE s.t FROM x", "GRANT INSERT ON TABLE s.t TO o"}));
}

TEST(Plan, LeavesThePrivilegesOnMembersToTheirExtension)
{
    Lines extension = {R"({"kind": "extension", "name": "x", "in_schema": "s", "version": "1"})"};
    Lines both = extension;
    both.push_back(R"j({"kind": "privileges", "name": "FUNCTION s.f()", "grants": ["EXECUTE TO a"],
                        "depends": ["extension x"]})j");
    EXPECT_EQ(statements_of(both, extension), Lines{"REVOKE EXECUTE ON FUNCTION s.f() FROM a"});
    EXPECT_EQ(statements_of(both, {}), Lines{"DROP EXTENSION x"});
    EXPECT_EQ(types_of({}, both), (Lines{"create_extension x", "create_privileges FUNCTION s.f()"}));
}

TEST(Plan, TakesNoNoticeOfWhatCouldNotBeRead)
{
    auto mapping = [](const char *members) {
        return Lines{R"({"kind": "server", "name": "s", "wrapper": "w", "user_mappings": [{"name": "u", )" +
                     std::string(members) + "}]}"};
    };
    Lines hidden = mapping(R"("hidden": true)");
    Lines read = mapping(R"("options": ["password=x"])");
    EXPECT_EQ(statements_of(hidden, read), Lines{});
    EXPECT_EQ(statements_of(read, hidden), Lines{});
    EXPECT_EQ(statements_of(read, mapping(R"("options": ["password=y"])")),
              Lines{"ALTER USER MAPPING FOR u SERVER s OPTIONS (SET password 'y')"});
}

TEST(Hazard, DropsTable)
{
    EXPECT_SAYS(hazard("data_loss", plain_table, {}), "All rows of s.t are lost");
    EXPECT_TRUE(is_destructive(plain_table, {}));
    EXPECT_EQ(hazard("data_loss", {view("v", "SELECT 1")}, {}), "");
}

TEST(Hazard, DropsColumn)
{
    EXPECT_SAYS(hazard("data_loss", plain_table, empty_table), "The values of column s.t.a are lost");
    EXPECT_TRUE(is_destructive(plain_table, empty_table));
    // A generated column can be had again.
    EXPECT_EQ(hazard("data_loss", {columns(R"({"name": "a", "type": "integer", "generated": "1"})")}, empty_table), "");
}

TEST(Hazard, LeavesColumnsBehind)
{
    Lines source = {columns(R"({"name": "a", "type": "integer"}, {"name": "b", "type": "integer"})")};
    Lines target = {table("t", R"j("partition_key": "RANGE (a)", )j" + std::string(column_a))};
    EXPECT_SAYS(hazard("data_loss", source, target), "The values of column s.t.b are lost");
    EXPECT_TRUE(is_destructive(source, target));
    EXPECT_EQ(hazard("data_loss", plain_table, target), "");
}

TEST(Hazard, DropsSequence)
{
    EXPECT_SAYS(hazard("data_loss", {object("sequence", "q")}, {}), "Where sequence s.q had come to is lost");
    EXPECT_TRUE(is_destructive({object("sequence", "q")}, {}));
}

TEST(Hazard, LosesDigits)
{
    Lines source = {columns(R"j({"name": "a", "type": "numeric(10,2)"})j")};
    Lines target = {columns(R"j({"name": "a", "type": "numeric(10,1)"})j")};
    EXPECT_SAYS(hazard("data_loss", source, target),
                "Some values of s.t.a may be rounded, cut off or read as something else as they become numeric(10,1)");
    EXPECT_TRUE(is_destructive(source, target));
    EXPECT_EQ(hazard("data_loss", target, source), "");
}

TEST(Hazard, BecomesUnlogged)
{
    EXPECT_SAYS(hazard("data_loss", empty_table, {table("t", R"("unlogged": true)")}), "is empty after a crash");
    EXPECT_EQ(hazard("data_loss", {table("t", R"("unlogged": true)")}, empty_table), "");
}

TEST(Hazard, NeedsNoNulls)
{
    Lines target = {columns(R"({"name": "a", "type": "integer", "not_null": true})")};
    EXPECT_SAYS(hazard("may_fail_on_data", plain_table, target), "It fails if there are NULLs in s.t.a");
    EXPECT_EQ(hazard("may_fail_on_data", target, plain_table), "");
}

TEST(Hazard, AddsWithoutDefault)
{
    Lines target = {columns(R"({"name": "a", "type": "integer", "not_null": true})")};
    EXPECT_SAYS(hazard("may_fail_on_data", empty_table, target), "the new column a would be NULL");
    EXPECT_EQ(hazard("may_fail_on_data", {}, target), ""); // a new table has no rows
    EXPECT_EQ(hazard("may_fail_on_data", empty_table, plain_table), "");
    EXPECT_EQ(hazard("may_fail_on_data", empty_table,
                     {table("t", R"("columns": [{"name": "a", "type": "integer", "not_null": true}],
                                    "defaults": [{"name": "a", "expression": "1", "depends": [".a"]}])")}),
              "");
}

TEST(Hazard, NeedsUnique)
{
    std::string index =
        R"j("indexes": [{"name": "i", "definition": "USING btree (a)", "unique": true, "depends": [".a"]}])j";
    std::string key =
        R"j("constraints": [{"name": "c", "definition": "UNIQUE (a)", "has_index": true, "depends": [".a"]}])j";
    EXPECT_SAYS(hazard("may_fail_on_data", plain_table, {with(index)}), "It fails if rows of s.t have the same values");
    EXPECT_SAYS(hazard("may_fail_on_data", plain_table, {with(key)}), "It fails if rows of s.t have the same values");
    EXPECT_EQ(hazard("may_fail_on_data", {}, {with(index)}), "");
    EXPECT_EQ(hazard("may_fail_on_data", plain_table,
                     {with(R"j("indexes": [{"name": "i", "definition": "USING btree (a)", "depends": [".a"]}])j")}),
              "");
}

TEST(Hazard, NeedsCheck)
{
    auto check = [](const char *more) {
        return Lines{with(R"j("constraints": [{"name": "c", "definition": "CHECK ((a > 0))", "depends": [".a"])j" +
                          std::string(more) + "}]")};
    };
    Lines not_valid = check(R"(, "not_valid": true)");
    EXPECT_SAYS(hazard("may_fail_on_data", plain_table, check("")), "rows that do not satisfy c");
    EXPECT_SAYS(hazard("may_fail_on_data", not_valid, check("")), "rows that do not satisfy c");
    EXPECT_EQ(hazard("may_fail_on_data", plain_table, not_valid), "");
    EXPECT_EQ(hazard("may_fail_on_data", {}, check("")), "");
}

TEST(Hazard, NeedsReferences)
{
    auto key = [](const char *more) {
        return Lines{with(R"j("foreign_keys": [{"name": "k", "definition": "FOREIGN KEY (a) REFERENCES s.u(a)",
                              "depends": [".a"])j" +
                          std::string(more) + "}]")};
    };
    Lines not_valid = key(R"(, "not_valid": true)");
    EXPECT_SAYS(hazard("may_fail_on_data", plain_table, key("")), "rows of s.t refer to rows that are not there");
    EXPECT_SAYS(hazard("may_fail_on_data", not_valid, key("")), "rows of s.t refer to rows that are not there");
    EXPECT_EQ(hazard("may_fail_on_data", plain_table, not_valid), "");
}

TEST(Hazard, ConvertsValues)
{
    Lines text = {columns(R"({"name": "a", "type": "text"})")};
    EXPECT_SAYS(hazard("may_fail_on_data", text, plain_table), "a value of s.t.a cannot become integer");
    EXPECT_EQ(hazard("may_fail_on_data", plain_table, text), "");
}

TEST(Hazard, MovesRows)
{
    EXPECT_SAYS(hazard("may_fail_on_data", plain_table,
                       {table("t", R"j("partition_key": "RANGE (a)", )j" + std::string(column_a))}),
                "a row of s.t fits no partition");
}

TEST(Hazard, AttachesPartition)
{
    std::string parent = table("p", R"j("partition_key": "RANGE (a)", )j" + std::string(column_a));
    std::string partition = with(R"j("partition": true, "inherits": [{"name": "s.p", "of": "s.p",
        "bound": "FOR VALUES FROM (1) TO (2)", "depends": ["table s.p"]}])j");
    EXPECT_SAYS(hazard("may_fail_on_data", {parent, plain_table[0]}, {parent, partition}),
                "rows in s.t that are not within its bounds");
    EXPECT_EQ(hazard("may_fail_on_data", {parent}, {parent, partition}), "");
}

TEST(Hazard, NarrowsDomain)
{
    Lines before = {object("domain", "d", R"("type": "integer")")};
    Lines after = {object("domain", "d", R"("type": "integer", "not_null": true)")};
    EXPECT_SAYS(hazard("may_fail_on_data", before, after), "a column of type s.d has NULLs");
    EXPECT_EQ(hazard("may_fail_on_data", after, before), "");
    EXPECT_SAYS(hazard("may_fail_on_data", before, {object("domain", "d", R"j("type": "integer",
                    "domain_constraints": [{"name": "c", "definition": "CHECK ((VALUE > 0))"}])j")}),
                "rows that do not satisfy c");
}

TEST(Hazard, RewritesTable)
{
    Lines bigint = {columns(R"({"name": "a", "type": "bigint"})")};
    EXPECT_SAYS(hazard("table_rewrite", plain_table, bigint), "Every row of s.t is written anew");
    EXPECT_SAYS(hazard("table_rewrite", empty_table, {table("t", R"("unlogged": true)")}), "Every row of s.t");
    EXPECT_SAYS(
        hazard("table_rewrite", empty_table, {columns(R"({"name": "a", "type": "integer", "generated": "1"})")}),
        "Every row of s.t");
    EXPECT_EQ(hazard("table_rewrite", empty_table, plain_table), "");
    EXPECT_EQ(hazard("table_rewrite", {columns(R"j({"name": "a", "type": "character varying(3)"})j")},
                     {columns(R"({"name": "a", "type": "text"})")}),
              "");
}

TEST(Hazard, RewritesTableForAVolatileDefault)
{
    auto with_default = [](const char *expression) {
        return Lines{with(R"("defaults": [{"name": "a", "expression": ")" + std::string(expression) +
                          R"(", "depends": [".a"]}])")};
    };
    EXPECT_SAYS(hazard("table_rewrite", empty_table, with_default("random()")), "Every row of s.t");
    for (const char *constant : {"1", "now()", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP(3)"})
        EXPECT_EQ(hazard("table_rewrite", empty_table, with_default(constant)), "") << constant;
    // A default for a column that is there is for new rows only.
    EXPECT_EQ(hazard("table_rewrite", plain_table, with_default("random()")), "");
}

TEST(Hazard, BlocksWhileRewriting)
{
    Lines bigint = {columns(R"({"name": "a", "type": "bigint"})")};
    EXPECT_SAYS(hazard("blocks_reads", plain_table, bigint), "Nobody can read s.t while it is written anew");
    EXPECT_EQ(hazard("blocks_reads", empty_table, plain_table), "");
}

TEST(Hazard, BlocksWhileChecking)
{
    Lines target = {columns(R"({"name": "a", "type": "integer", "not_null": true})")};
    EXPECT_SAYS(hazard("blocks_reads", plain_table, target), "Nobody can read s.t while all its rows are checked");
    EXPECT_SAYS(
        hazard("blocks_reads", plain_table,
               {with(R"j("constraints": [{"name": "c", "definition": "CHECK ((a > 0))", "depends": [".a"]}])j")}),
        "Nobody can read s.t while all its rows are checked");
}

TEST(Hazard, BuildsIndex)
{
    std::string index = R"j("indexes": [{"name": "i", "definition": "USING btree (a)", "depends": [".a"]}])j";
    std::string key =
        R"j("constraints": [{"name": "c", "definition": "UNIQUE (a)", "has_index": true, "depends": [".a"]}])j";
    EXPECT_SAYS(hazard("blocks_writes", plain_table, {with(index)}), "Use CREATE INDEX CONCURRENTLY.");
    EXPECT_SAYS(hazard("blocks_writes", plain_table, {with(key)}),
                "Use CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... USING INDEX.");
    EXPECT_EQ(hazard("blocks_writes", {}, {with(index)}), "");
    // Of a partitioned table, there is nothing to build but the indexes of the partitions.
    std::string partitioned = R"j("partition_key": "LIST (a)", )j" + std::string(column_a);
    EXPECT_EQ(hazard("blocks_writes", {table("t", partitioned)}, {table("t", partitioned + ", " + index)}), "");
}

TEST(Hazard, ValidatesForeignKey)
{
    auto key = [](const char *more) {
        return Lines{with(R"j("foreign_keys": [{"name": "k", "definition": "FOREIGN KEY (a) REFERENCES s.u(a)",
                              "depends": [".a"])j" +
                          std::string(more) + "}]")};
    };
    EXPECT_SAYS(hazard("blocks_writes", plain_table, key("")), "Nobody can write to s.t or to the table it refers to");
    EXPECT_EQ(hazard("blocks_writes", plain_table, key(R"(, "not_valid": true)")), "");
    EXPECT_EQ(hazard("blocks_writes", {}, key("")), "");
}

TEST(Hazard, DropsWhatClientsUse)
{
    for (const char *kind :
         {"table", "view", "materialized_view", "foreign_table", "sequence", "enum", "composite", "domain", "range"})
        EXPECT_SAYS(hazard("breaks_clients", {object(kind, "x")}, {}), "Statements that use s.x fail");
    EXPECT_SAYS(hazard("breaks_clients", {object("function", "f")}, {}), "Statements that use s.f() fail");
    EXPECT_SAYS(hazard("breaks_clients", plain_table, empty_table), "Statements that use s.t.a fail");
    EXPECT_EQ(hazard("breaks_clients", {object("statistics", "x")}, {}), "");
    // What comes again at once is not missed.
    EXPECT_EQ(hazard("breaks_clients", {object("view", "v", R"("definition": "a", "column_list": ["a integer"])")},
                     {object("view", "v", R"("definition": "b", "column_list": ["b integer"])")}),
              "");
}

TEST(Hazard, ChangesType)
{
    Lines text = {columns(R"({"name": "a", "type": "text"})")};
    EXPECT_SAYS(hazard("breaks_clients", text, plain_table), "Clients that write or expect text in s.t.a may fail");
    EXPECT_EQ(hazard("breaks_clients", plain_table, {columns(R"({"name": "a", "type": "bigint"})")}), "");
}

TEST(Hazard, TakesValuesAway)
{
    Lines before = {object("enum", "e", R"("values": ["x", "y"])")};
    Lines after = {object("enum", "e", R"("values": ["x"])")};
    EXPECT_SAYS(hazard("breaks_clients", before, after), "Clients that use the value y of s.e fail");
    EXPECT_EQ(hazard("breaks_clients", after, before), "");
}

TEST(Hazard, IsInTheDetails)
{
    auto operations = plan_of(plain_table, {});
    ASSERT_EQ(operations.size(), 1u);
    auto details = nlohmann::json::parse(operations[0].details);
    EXPECT_EQ(details["hazards"].size(), operations[0].hazards.size());
    EXPECT_TRUE(details["hazards"].contains("data_loss"));
    EXPECT_TRUE(details["hazards"].contains("breaks_clients"));
}

TEST(Hazard, IsNamedOnceForEachOperation)
{
    // Two rules of one hazard: their texts are put together.
    for (const Operation &operation :
         plan_of(plain_table, {columns(R"({"name": "a", "type": "smallint", "not_null": true})")})) {
        std::vector<std::string> names;
        for (const Hazard &found : operation.hazards)
            names.push_back(found.name);
        std::sort(names.begin(), names.end());
        EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    }
}

TEST(Plan, NamesWhatHasAnAttributeThatNobodyWrites)
{
    Lines made_up = {
        R"({"kind": "text_search_configuration", "schema": "public", "name": "c", "parser": "p", "mappings": ["x"]})"};
    try {
        plan_of({}, made_up);
        FAIL() << "there is a plan";
    } catch (const Error &error) {
        EXPECT_EQ(error.report().sqlstate, sqlstate::invalid_parameter_value);
        EXPECT_NE(error.report().message.find("text_search_configuration public.c"), std::string::npos);
    }
}
