#include "core/online.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

using Lines = std::vector<std::string>;

// A snapshot of the schema s with one table, t(a integer), and what else it is to have; others after it
std::string with(const std::string &members, const std::string &others = "")
{
    return R"({"objects": [{"kind": "table", "schema": "s", "name": "t", )" + members + "}" +
           (others.empty() ? "" : ", ") + others + "]}";
}

constexpr const char *column_a = R"("columns": [{"name": "a", "type": "integer"}])";
constexpr const char *table_u = R"({"kind": "table", "schema": "s", "name": "u",
    "columns": [{"name": "a", "type": "integer"}]})";

std::string with_a(const std::string &members = "", const std::string &others = "")
{
    return with(column_a + std::string(members.empty() ? "" : ", ") + members, others);
}

std::string indexes(const std::string &list)
{
    return R"("indexes": [)" + list + "]";
}

std::string index(const std::string &name, const std::string &definition = "USING btree (a)",
                  const std::string &more = "")
{
    return R"({"name": ")" + name + R"(", "definition": ")" + definition + R"(", "depends": [".a"])" + more + "}";
}

std::string constraint(const std::string &definition, const std::string &more = "")
{
    return R"("constraints": [{"name": "c", "definition": ")" + definition + R"(", "depends": [".a"])" + more + "}]";
}

std::string key(const std::string &definition, const std::string &more = "")
{
    return constraint(definition, R"(, "has_index": true)" + more);
}

std::string foreign_key(const std::string &more = "")
{
    return R"j("foreign_keys": [{"name": "k", "definition": "FOREIGN KEY (a) REFERENCES s.u(a)", "references": "s.u",
              "depends": [".a"])j" +
           more + "}]";
}

// The statements, with a line before each stage
Lines plan_of(const std::string &source, const std::string &target)
{
    Lines lines;
    for (const Stage &stage : online_plan(snapshot_of(source), snapshot_of(target), quote)) {
        lines.push_back(stage.transactional ? "-- together" : "-- one by one");
        lines.insert(lines.end(), stage.statements.begin(), stage.statements.end());
    }
    return lines;
}

Lines hazards_of(const std::string &source, const std::string &target)
{
    Lines names;
    for (const Stage &stage : online_plan(snapshot_of(source), snapshot_of(target), quote))
        for (const Operation &operation : stage.operations)
            for (const Hazard &hazard : operation.hazards)
                if (names.empty() || names.back() != hazard.name)
                    names.emplace_back(hazard.name);
    return names;
}

} // namespace

TEST(Online, OfEqualSnapshotsIsEmpty)
{
    EXPECT_TRUE(plan_of(with_a(), with_a()).empty());
}

TEST(Online, WhatIsNewIsCreatedInOneStage)
{
    EXPECT_EQ(plan_of(R"({"objects": []})", with_a(indexes(index("i")))),
              (Lines{"-- together", "CREATE TABLE s.t (\n    a integer\n)", "CREATE INDEX i ON s.t USING btree (a)"}));
}

TEST(Online, BuildsIndexesConcurrently)
{
    std::string target = with_a(indexes(index("i") + ", " + index("j")));
    EXPECT_EQ(plan_of(with_a(), target), (Lines{"-- one by one", "CREATE INDEX CONCURRENTLY i ON s.t USING btree (a)",
                                                "CREATE INDEX CONCURRENTLY j ON s.t USING btree (a)"}));
    EXPECT_TRUE(hazards_of(with_a(), target).empty());
}

TEST(Online, CommentsOnTheIndexWhenItIsThere)
{
    EXPECT_EQ(plan_of(with_a(), with_a(indexes(index("i", "USING btree (a)", R"(, "comment": "x")")))),
              (Lines{"-- one by one", "CREATE INDEX CONCURRENTLY i ON s.t USING btree (a)", "-- together",
                     "COMMENT ON INDEX s.i IS 'x'"}));
}

TEST(Online, DropsIndexesConcurrently)
{
    EXPECT_EQ(plan_of(with_a(indexes(index("i"))), with_a()), (Lines{"-- one by one", "DROP INDEX CONCURRENTLY s.i"}));
}

TEST(Online, DropsIndexesWhenOthersAreThere)
{
    EXPECT_EQ(
        plan_of(with_a(indexes(index("i"))), with_a(indexes(index("j", "USING hash (a)")))),
        (Lines{"-- one by one", "CREATE INDEX CONCURRENTLY j ON s.t USING hash (a)", "DROP INDEX CONCURRENTLY s.i"}));
}

TEST(Online, DropsIndexesBeforeTheirColumns)
{
    EXPECT_EQ(plan_of(with_a(indexes(index("i"))), with(R"("columns": [])")),
              (Lines{"-- one by one", "DROP INDEX CONCURRENTLY s.i", "-- together", "ALTER TABLE s.t DROP COLUMN a"}));
}

TEST(Online, AnIndexIsThereUntilTheOneThatTakesItsPlaceIs)
{
    for (const char *unique : {"", R"(, "unique": true)"}) {
        std::string what = *unique == '\0' ? "" : "UNIQUE ";
        EXPECT_EQ(plan_of(with_a(indexes(index("i", "USING btree (a)", unique))),
                          with_a(indexes(index("i", "USING btree (a DESC)", unique)))),
                  (Lines{"-- one by one", "CREATE " + what + "INDEX CONCURRENTLY i_new ON s.t USING btree (a DESC)",
                         "-- together", "ALTER INDEX s.i RENAME TO i_replaced", "ALTER INDEX s.i_new RENAME TO i",
                         "-- one by one", "DROP INDEX CONCURRENTLY s.i_replaced"}));
    }
}

TEST(Online, ProvisionalNamesAreFree)
{
    std::string sequence = R"({"kind": "sequence", "schema": "s", "name": "i_new"})";
    Lines lines =
        plan_of(with_a(indexes(index("i")), sequence), with_a(indexes(index("i", "USING hash (a)")), sequence));
    EXPECT_EQ(lines[1], "CREATE INDEX CONCURRENTLY i_new2 ON s.t USING hash (a)");
}

TEST(Online, ProvisionalNamesAreNoLongerThanTheServerAllows)
{
    std::string name(63, 'i');
    Lines lines = plan_of(with_a(indexes(index(name))), with_a(indexes(index(name, "USING hash (a)"))));
    EXPECT_EQ(lines[1], "CREATE INDEX CONCURRENTLY " + std::string(59, 'i') + "_new ON s.t USING hash (a)");
}

TEST(Online, IndexesOfPartitionedTablesAreMadeOfThoseOfThePartitions)
{
    auto tables = [](const std::string &of_table, const std::string &of_partition) {
        return with_a(R"j("partition_key": "LIST (a)")j" + std::string(of_table),
                      R"({"kind": "table", "schema": "s", "name": "p", "partition": true,
                          "columns": [{"name": "a", "type": "integer", "inherited": true}],
                          "inherits": [{"name": "s.t", "of": "s.t", "bound": "DEFAULT", "depends": ["table s.t"]}])" +
                          of_partition + "}");
    };
    EXPECT_EQ(plan_of(tables("", ""), tables(", " + indexes(index("i", "USING btree (a)", R"(, "partitioned": true)")),
                                             ", " + indexes(index("j")) +
                                                 R"(, "index_attachments": [{"name": "j", "to": "s.i",
                                                     "depends": ["index s.t.i", ".j"]}])")),
              (Lines{"-- one by one", "CREATE INDEX CONCURRENTLY j ON s.p USING btree (a)", "-- together",
                     "CREATE INDEX i ON ONLY s.t USING btree (a)", "ALTER INDEX s.i ATTACH PARTITION s.j"}));
}

TEST(Online, ChecksAreValidatedAfterwards)
{
    std::string target = with_a(constraint("CHECK ((a > 0))"));
    EXPECT_EQ(plan_of(with_a(), target),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT c CHECK ((a > 0)) NOT VALID", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT c"}));
    EXPECT_EQ(hazards_of(with_a(), target), (Lines{"may_fail_on_data"}));
}

TEST(Online, ForeignKeysAreValidatedAfterwards)
{
    std::string source = with_a("", table_u);
    EXPECT_EQ(plan_of(source, with_a(foreign_key(), table_u)),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.u(a) NOT VALID",
                     "-- together", "ALTER TABLE s.t VALIDATE CONSTRAINT k"}));
    EXPECT_EQ(hazards_of(source, with_a(foreign_key(), table_u)), (Lines{"may_fail_on_data"}));
}

TEST(Online, WhatIsNotToBeValidIsNotValidated)
{
    EXPECT_EQ(plan_of(with_a("", table_u), with_a(foreign_key(R"(, "not_valid": true)"), table_u)),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.u(a) NOT VALID"}));
}

TEST(Online, WhatIsValidatedIsSoInAStageOfItsOwn)
{
    EXPECT_EQ(plan_of(with_a(constraint("CHECK ((a > 0))", R"(, "not_valid": true)")),
                      with(R"("columns": [{"name": "a", "type": "integer", "comment": "x"}], )" +
                           constraint("CHECK ((a > 0))"))),
              (Lines{"-- together", "COMMENT ON COLUMN s.t.a IS 'x'", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT c"}));
}

TEST(Online, AForeignKeyOfAPartitionedTableBlocks)
{
    std::string partitioned = R"j("partition_key": "LIST (a)")j";
    Lines lines = plan_of(with_a(partitioned, table_u), with_a(partitioned + ", " + foreign_key(), table_u));
    EXPECT_EQ(lines, (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.u(a)"}));
    EXPECT_EQ(hazards_of(with_a(partitioned, table_u), with_a(partitioned + ", " + foreign_key(), table_u)),
              (Lines{"may_fail_on_data", "blocks_writes"}));
}

TEST(Online, AConstraintIsThereUntilTheOneThatTakesItsPlaceIs)
{
    EXPECT_EQ(plan_of(with_a(constraint("CHECK ((a > 0))")), with_a(constraint("CHECK ((a > 1))"))),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT c_new CHECK ((a > 1)) NOT VALID", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT c_new", "-- together", "ALTER TABLE s.t DROP CONSTRAINT c",
                     "ALTER TABLE s.t RENAME CONSTRAINT c_new TO c"}));
    std::string cascades = R"j("foreign_keys": [{"name": "k", "references": "s.u", "depends": [".a"],
        "definition": "FOREIGN KEY (a) REFERENCES s.u(a) ON DELETE CASCADE"}])j";
    EXPECT_EQ(
        plan_of(with_a(foreign_key(), table_u), with_a(cascades, table_u)),
        (Lines{"-- together",
               "ALTER TABLE s.t ADD CONSTRAINT k_new FOREIGN KEY (a) REFERENCES s.u(a) ON DELETE CASCADE NOT VALID",
               "-- together", "ALTER TABLE s.t VALIDATE CONSTRAINT k_new", "-- together",
               "ALTER TABLE s.t DROP CONSTRAINT k", "ALTER TABLE s.t RENAME CONSTRAINT k_new TO k"}));
}

TEST(Online, AConstraintOfAnotherNameGoesWhenTheNewOneIsValidated)
{
    std::string of_another_name =
        R"j("constraints": [{"name": "d", "definition": "CHECK ((a > 1))", "depends": [".a"]}])j";
    EXPECT_EQ(plan_of(with_a(constraint("CHECK ((a > 0))")), with_a(of_another_name)),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT d CHECK ((a > 1)) NOT VALID", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT d", "-- together", "ALTER TABLE s.t DROP CONSTRAINT c"}));
}

TEST(Online, WhatOnlyGoesComesAfterWhatMayFail)
{
    std::string source =
        with(R"("columns": [{"name": "a", "type": "integer"}, {"name": "z", "type": "integer"}])", table_u);
    EXPECT_EQ(plan_of(source, with_a(constraint("CHECK ((a > 0))"))),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT c CHECK ((a > 0)) NOT VALID", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT c", "-- together", "DROP TABLE s.u",
                     "ALTER TABLE s.t DROP COLUMN z"}));
}

TEST(Online, WhatMakesWayIsThereAgainIfThatFails)
{
    std::string view = R"({"kind": "view", "schema": "s", "name": "v", "definition": "SELECT a FROM s.t",
                          "column_list": ["a integer"], "depends": ["column s.t.a"]})";
    EXPECT_EQ(plan_of(with_a("", view), with(R"("columns": [{"name": "a", "type": "bigint"}])")),
              (Lines{"-- together", "DROP VIEW s.v", "ALTER TABLE s.t ALTER COLUMN a TYPE bigint"}));
}

TEST(Online, ADefaultIsThereBeforeNotNullIs)
{
    auto table = [](const char *type, const char *more) {
        return with(R"("columns": [{"name": "a", "type": ")" + std::string(type) + "\"" + more);
    };
    std::string with_default =
        R"(, "not_null": true}], "defaults": [{"name": "a", "expression": "0", "depends": [".a"]}])";
    EXPECT_EQ(plan_of(table("integer", "}]"), table("integer", with_default.c_str())),
              (Lines{"-- together", "ALTER TABLE ONLY s.t ALTER COLUMN a SET DEFAULT 0",
                     "ALTER TABLE s.t ADD CONSTRAINT a_is_not_null CHECK (a IS NOT NULL) NOT VALID", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT a_is_not_null", "-- together",
                     "ALTER TABLE s.t ALTER COLUMN a SET NOT NULL", "ALTER TABLE s.t DROP CONSTRAINT a_is_not_null"}));
    EXPECT_EQ(plan_of(table("integer", with_default.c_str()), table("integer", "}]")),
              (Lines{"-- together", "ALTER TABLE ONLY s.t ALTER COLUMN a DROP NOT NULL",
                     "ALTER TABLE ONLY s.t ALTER COLUMN a DROP DEFAULT"}));
    EXPECT_EQ(
        plan_of(table("integer", "}]"), table("bigint", with_default.c_str())),
        (Lines{"-- together", "ALTER TABLE s.t ALTER COLUMN a TYPE bigint",
               "ALTER TABLE s.t ALTER COLUMN a SET NOT NULL", "ALTER TABLE ONLY s.t ALTER COLUMN a SET DEFAULT 0"}));
}

TEST(Online, NotNullIsCheckedByAConstraint)
{
    std::string target = with(R"("columns": [{"name": "a", "type": "integer", "not_null": true}])");
    EXPECT_EQ(plan_of(with_a(), target),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT a_is_not_null CHECK (a IS NOT NULL) NOT VALID",
                     "-- together", "ALTER TABLE s.t VALIDATE CONSTRAINT a_is_not_null", "-- together",
                     "ALTER TABLE s.t ALTER COLUMN a SET NOT NULL", "ALTER TABLE s.t DROP CONSTRAINT a_is_not_null"}));
    EXPECT_EQ(hazards_of(with_a(), target), (Lines{"may_fail_on_data"}));
}

TEST(Online, AColumnOfAnotherTypeIsWrittenAnewAnyway)
{
    std::string target = with(R"("columns": [{"name": "a", "type": "bigint", "not_null": true}])");
    EXPECT_EQ(plan_of(with_a(), target), (Lines{"-- together", "ALTER TABLE s.t ALTER COLUMN a TYPE bigint",
                                                "ALTER TABLE s.t ALTER COLUMN a SET NOT NULL"}));
    EXPECT_EQ(hazards_of(with_a(), target), (Lines{"may_fail_on_data", "table_rewrite", "blocks_reads"}));
}

TEST(Online, WhatTakesLongIsInAStageOfItsOwn)
{
    std::string source = with_a("", table_u);
    std::string target = with(R"("columns": [{"name": "a", "type": "bigint"}], "comment": "x")",
                              R"({"kind": "table", "schema": "s", "name": "u", "comment": "x",
                                  "columns": [{"name": "a", "type": "integer"}]})");
    EXPECT_EQ(plan_of(source, target),
              (Lines{"-- together", "COMMENT ON TABLE s.t IS 'x'", "-- together",
                     "ALTER TABLE s.t ALTER COLUMN a TYPE bigint", "-- together", "COMMENT ON TABLE s.u IS 'x'"}));
}

TEST(Online, KeysGetAnIndexThatIsThere)
{
    EXPECT_EQ(plan_of(with_a(), with_a(key("UNIQUE (a)"))),
              (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY c ON s.t (a)", "-- together",
                     "ALTER TABLE s.t ADD CONSTRAINT c UNIQUE USING INDEX c"}));
    EXPECT_EQ(plan_of(with_a(), with_a(key("UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)",
                                           R"(, "deferrable": "DEFERRABLE", "options": ["fillfactor=70"])"))),
              (Lines{"-- one by one",
                     "CREATE UNIQUE INDEX CONCURRENTLY c ON s.t (a) INCLUDE (b) NULLS NOT DISTINCT WITH "
                     "(fillfactor = '70')",
                     "-- together", "ALTER TABLE s.t ADD CONSTRAINT c UNIQUE USING INDEX c DEFERRABLE"}));
    EXPECT_TRUE(hazards_of(with_a(), with_a(key("UNIQUE (a)"))) == Lines{"may_fail_on_data"});
}

TEST(Online, APrimaryKeyComesAfterItsColumnsAreNotNull)
{
    EXPECT_EQ(plan_of(with_a(), with(R"("columns": [{"name": "a", "type": "integer", "not_null": true}], )" +
                                     key("PRIMARY KEY (a)"))),
              (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT a_is_not_null CHECK (a IS NOT NULL) NOT VALID",
                     "-- together", "ALTER TABLE s.t VALIDATE CONSTRAINT a_is_not_null", "-- together",
                     "ALTER TABLE s.t ALTER COLUMN a SET NOT NULL", "ALTER TABLE s.t DROP CONSTRAINT a_is_not_null",
                     "-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY c ON s.t (a)", "-- together",
                     "ALTER TABLE s.t ADD CONSTRAINT c PRIMARY KEY USING INDEX c"}));
}

TEST(Online, AKeyIsThereUntilTheOneThatTakesItsPlaceIs)
{
    EXPECT_EQ(
        plan_of(with_a(key("UNIQUE (a)")), with_a(key("UNIQUE NULLS NOT DISTINCT (a)"))),
        (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY c_new ON s.t (a) NULLS NOT DISTINCT", "-- together",
               "ALTER TABLE s.t DROP CONSTRAINT c", "ALTER TABLE s.t ADD CONSTRAINT c UNIQUE USING INDEX c_new"}));
}

TEST(Online, AKeyOfAnotherNameGoesWhenTheNewOneIsThere)
{
    auto named = [](const char *name, const char *definition, const char *column = "a") {
        return with_a(R"("constraints": [{"name": ")" + std::string(name) + R"(", "has_index": true, "definition": ")" +
                      definition + R"(", "depends": [".)" + column + "\"]}]");
    };
    EXPECT_EQ(plan_of(named("t_a_key", "UNIQUE (a)"), named("t_pkey", "PRIMARY KEY (a)")),
              (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY t_pkey ON s.t (a)", "-- together",
                     "ALTER TABLE s.t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_pkey",
                     "ALTER TABLE s.t DROP CONSTRAINT t_a_key"}));
    EXPECT_EQ(
        plan_of(named("x", "PRIMARY KEY (a)"), named("y", "PRIMARY KEY (a) INCLUDE (b)")),
        (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY y_new ON s.t (a) INCLUDE (b)", "-- together",
               "ALTER TABLE s.t DROP CONSTRAINT x", "ALTER TABLE s.t ADD CONSTRAINT y PRIMARY KEY USING INDEX y_new"}));
}

TEST(Online, AKeyAndAnIndexTakeEachOthersPlace)
{
    std::string with_key = with_a(key("UNIQUE (a)"));
    std::string with_index = with_a(indexes(
        R"j({"name": "c", "unique": true, "definition": "USING btree (a)", "predicate": "(a > 0)", "depends": [".a"]})j"));
    EXPECT_EQ(plan_of(with_key, with_index),
              (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY c_new ON s.t USING btree (a) WHERE (a > 0)",
                     "-- together", "ALTER TABLE s.t DROP CONSTRAINT c", "ALTER INDEX s.c_new RENAME TO c"}));
    EXPECT_EQ(plan_of(with_index, with_key),
              (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY c_new ON s.t (a)", "-- together",
                     "DROP INDEX s.c", "ALTER TABLE s.t ADD CONSTRAINT c UNIQUE USING INDEX c_new"}));
}

TEST(Online, KeysWithoutSuchAnIndexBlock)
{
    for (const char *definition : {"EXCLUDE USING gist (a WITH =)", "UNIQUE (a, b WITHOUT OVERLAPS)"}) {
        EXPECT_EQ(plan_of(with_a(), with_a(key(definition))),
                  (Lines{"-- together", "ALTER TABLE s.t ADD CONSTRAINT c " + std::string(definition)}));
        EXPECT_EQ(hazards_of(with_a(), with_a(key(definition))), (Lines{"may_fail_on_data", "blocks_writes"}));
    }
}

// ---- While something is replaced

namespace {

std::string view(const std::string &column)
{
    return R"({"kind": "view", "schema": "s", "name": "v", "definition": "SELECT a AS )" + column +
           R"( FROM s.t", "column_list": [")" + column + R"( integer"], "depends": ["column s.t.a"]})";
}

std::string function(const std::string &result)
{
    return R"j({"kind": "function", "schema": "s", "name": "f", "arguments": "integer",
               "definition": "CREATE FUNCTION s.f(integer) RETURNS )j" +
           result + R"(", "result": ")" + result + R"("})";
}

std::string index_on_function(const std::string &more = "")
{
    return indexes(R"j({"name": "i", "definition": "USING btree (s.f(a))",
                       "depends": [".a", "function s.f(integer)"])j" +
                   more + "}");
}

} // namespace

TEST(Online, NoStageEndsWithoutAViewThatIsReplaced)
{
    EXPECT_EQ(plan_of(with_a("", view("a")), with_a(indexes(index("i")), view("b"))),
              (Lines{"-- one by one", "CREATE INDEX CONCURRENTLY i ON s.t USING btree (a)", "-- together",
                     "DROP VIEW s.v", "CREATE VIEW s.v AS\nSELECT a AS b FROM s.t"}));
}

TEST(Online, AnIndexThatIsDroppedForAFunctionIsBuiltConcurrently)
{
    EXPECT_EQ(
        plan_of(with_a(index_on_function(), function("integer")), with_a(index_on_function(), function("bigint"))),
        (Lines{"-- one by one", "DROP INDEX CONCURRENTLY s.i", "-- together", "DROP FUNCTION s.f(integer)",
               "SET LOCAL check_function_bodies = off", "CREATE FUNCTION s.f(integer) RETURNS bigint", "-- one by one",
               "CREATE INDEX CONCURRENTLY i ON s.t USING btree (s.f(a))"}));
}

TEST(Online, WithoutAUniqueIndexNoStageEnds)
{
    std::string unique = index_on_function(R"(, "unique": true)");
    std::string source = with_a(unique, function("integer"));
    std::string target = with_a(unique, function("bigint"));
    EXPECT_EQ(
        plan_of(source, target),
        (Lines{"-- together", "DROP INDEX s.i", "DROP FUNCTION s.f(integer)", "SET LOCAL check_function_bodies = off",
               "CREATE FUNCTION s.f(integer) RETURNS bigint", "CREATE UNIQUE INDEX i ON s.t USING btree (s.f(a))"}));
    EXPECT_EQ(hazards_of(source, target), (Lines{"may_fail_on_data", "blocks_writes"}));
}

TEST(Online, AKeyThatForeignKeysReferToIsBuiltBeforehand)
{
    auto tables = [](const char *columns) {
        return with_a(R"j("foreign_keys": [{"name": "k", "definition": "FOREIGN KEY (a) REFERENCES s.u(a)",
                          "references": "s.u", "depends": [".a", "constraint s.u.c"]}])j",
                      R"({"kind": "table", "schema": "s", "name": "u", "columns": [{"name": "a", "type": "integer"}],
                          "constraints": [{"name": "c", "has_index": true, "definition": ")" +
                          std::string(columns) + R"(", "depends": [".a"]}]})");
    };
    EXPECT_EQ(plan_of(tables("UNIQUE (a)"), tables("UNIQUE (a) INCLUDE (b)")),
              (Lines{"-- one by one", "CREATE UNIQUE INDEX CONCURRENTLY c_new ON s.u (a) INCLUDE (b)", "-- together",
                     "ALTER TABLE s.t DROP CONSTRAINT k", "ALTER TABLE s.u DROP CONSTRAINT c",
                     "ALTER TABLE s.u ADD CONSTRAINT c UNIQUE USING INDEX c_new",
                     "ALTER TABLE s.t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES s.u(a) NOT VALID", "-- together",
                     "ALTER TABLE s.t VALIDATE CONSTRAINT k"}));
}

namespace {

std::string materialized_view(const std::string &query, const std::string &more = "")
{
    return R"({"kind": "materialized_view", "schema": "s", "name": "m", "definition": ")" + query +
           R"(", "depends": ["column s.t.a"], )" +
           indexes(R"j({"name": "i", "unique": true, "definition": "USING btree (a)",
           "depends": ["materialized_view s.m"]})j") +
           more + "}";
}

} // namespace

TEST(Online, AMaterializedViewIsComputedInAStageOfItsOwn)
{
    EXPECT_EQ(plan_of(with("\"columns\": []"), with_a("", materialized_view("SELECT a FROM s.t"))),
              (Lines{"-- together", "ALTER TABLE s.t ADD COLUMN a integer", "-- together",
                     "CREATE MATERIALIZED VIEW s.m AS\nSELECT a FROM s.t\nWITH NO DATA",
                     "REFRESH MATERIALIZED VIEW s.m WITH DATA", "-- together",
                     "CREATE UNIQUE INDEX i ON s.m USING btree (a)"}));
}

TEST(Online, AMaterializedViewIsComputedBesideTheOneWhosePlaceItTakes)
{
    EXPECT_EQ(
        plan_of(with_a("", materialized_view("SELECT a FROM s.t")),
                with_a("", materialized_view("SELECT a + 1 AS a FROM s.t", R"(, "comment": "x")"))),
        (Lines{"-- together", "CREATE MATERIALIZED VIEW s.m_new AS\nSELECT a + 1 AS a FROM s.t\nWITH NO DATA",
               "REFRESH MATERIALIZED VIEW s.m_new WITH DATA", "CREATE UNIQUE INDEX i_new ON s.m_new USING btree (a)",
               "-- together", "DROP MATERIALIZED VIEW s.m", "ALTER MATERIALIZED VIEW s.m_new RENAME TO m",
               "COMMENT ON MATERIALIZED VIEW s.m IS 'x'", "ALTER INDEX s.i_new RENAME TO i"}));
}

TEST(Online, AMaterializedViewWithoutDataIsNotComputed)
{
    EXPECT_EQ(plan_of(with_a(), with_a("", materialized_view("SELECT a FROM s.t", R"(, "unpopulated": true)"))),
              (Lines{"-- together", "CREATE MATERIALIZED VIEW s.m AS\nSELECT a FROM s.t\nWITH NO DATA",
                     "CREATE UNIQUE INDEX i ON s.m USING btree (a)"}));
}

namespace {

std::string policy(const std::string &name)
{
    return R"("policies": [{"name": ")" + name + R"(", "using": "true"}])";
}

} // namespace

TEST(Online, NoStageEndsWithoutAPolicy)
{
    std::string columns = R"("columns": [{"name": "a", "type": "integer"}], )";
    EXPECT_EQ(plan_of(with(columns + policy("p")), with(columns + policy("q") + ", " + indexes(index("i")))),
              (Lines{"-- one by one", "CREATE INDEX CONCURRENTLY i ON s.t USING btree (a)", "-- together",
                     "DROP POLICY p ON s.t", "CREATE POLICY q ON s.t USING (true)"}));
    EXPECT_EQ(plan_of(with_a(), with(R"("row_security": true, )" + columns + policy("q") + ", " + indexes(index("i")))),
              (Lines{"-- together", "ALTER TABLE s.t ENABLE ROW LEVEL SECURITY", "CREATE POLICY q ON s.t USING (true)",
                     "-- one by one", "CREATE INDEX CONCURRENTLY i ON s.t USING btree (a)"}));
}

TEST(Online, OperationsHaveTheStatementsOfTheirStage)
{
    std::vector<Stage> stages = online_plan(snapshot_of(with_a()), snapshot_of(with_a(key("UNIQUE (a)"))), quote);
    ASSERT_EQ(stages.size(), 2u);
    for (const Stage &stage : stages) {
        ASSERT_EQ(stage.operations.size(), 1u);
        EXPECT_EQ(stage.operations[0].type, "add_constraint");
        EXPECT_EQ(stage.operations[0].object, "s.t.c");
        EXPECT_EQ(stage.operations[0].statements, stage.statements);
    }
}
