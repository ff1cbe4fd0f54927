// Whose code a plan runs, and with whose rights.

#include "core/plan.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

using Lines = std::vector<std::string>;

// An object of the schema s: what comes after its name
std::string object(const char *kind, const char *name, const std::string &members)
{
    return R"({"kind": ")" + std::string(kind) + R"(", "schema": "s", "name": ")" + name + "\", " + members + "}";
}

std::string table(const char *name, const std::string &members)
{
    return object("table", name, members);
}

std::vector<Operation> plan_of(const Lines &source, const Lines &target)
{
    auto snapshot = [](const Lines &objects) {
        std::string all;
        for (const std::string &each : objects)
            all += (all.empty() ? "" : ", ") + each;
        return snapshot_of(R"({"objects": [)" + all + "]}");
    };
    return plan(snapshot(source), snapshot(target), quote);
}

Lines types_of(const Lines &source, const Lines &target)
{
    Lines types;
    for (const Operation &operation : plan_of(source, target))
        types.push_back(operation.type + " " + operation.object);
    return types;
}

Lines statements_of(const Lines &source, const Lines &target)
{
    Lines statements;
    for (const Operation &operation : plan_of(source, target))
        statements.insert(statements.end(), operation.statements.begin(), operation.statements.end());
    return statements;
}

constexpr const char *function_of_a_member =
    R"j({"kind": "function", "schema": "s", "name": "f", "definition": "CREATE f 1", "owner": "member"})j";
constexpr const char *function_of_mine =
    R"j({"kind": "function", "schema": "s", "name": "f", "definition": "CREATE f 2", "owner": "me"})j";

std::string checked_table(const std::string &type, const std::string &more = "")
{
    return table("t", R"j("columns": [{"name": "a", "type": ")j" + type + R"j("}], "constraints": [{"name": "c",
        "definition": "CHECK (s.f(a))", "depends": [".a", "function s.f()"]}])j" +
                          more);
}

TEST(Plan, a_function_is_altered_before_the_check_of_a_table_that_stays_can_call_it)
{
    EXPECT_EQ(
        statements_of({checked_table("integer"), function_of_a_member}, {checked_table("bigint"), function_of_mine})
            .back(),
        "ALTER TABLE s.t ALTER COLUMN a TYPE bigint");
}

TEST(Plan, a_function_is_altered_before_anything_since_a_body_may_call_it)
{
    Lines types = types_of({table("t", R"("columns": [{"name": "a", "type": "integer"}])"), function_of_a_member},
                           {table("t", R"("columns": [{"name": "a", "type": "bigint"}])"), function_of_mine});
    EXPECT_EQ(types, (Lines{"alter_function s.f()", "alter_column s.t.a"}));
}

TEST(Plan, what_an_altered_function_needs_comes_before_it_and_what_else_is_altered_after_it)
{
    Lines types = types_of(
        {table("t", R"("columns": [{"name": "a", "type": "integer"}])"), function_of_a_member},
        {R"({"kind": "enum", "schema": "s", "name": "e", "values": ["x"]})",
         table("t", R"("columns": [{"name": "a", "type": "bigint"}])"),
         R"j({"kind": "function", "schema": "s", "name": "f", "definition": "CREATE f 2", "depends": ["enum s.e"]})j"});
    EXPECT_EQ(types, (Lines{"create_enum s.e", "alter_function s.f()", "alter_column s.t.a"}));
}

TEST(Plan, a_materialized_view_is_filled_when_it_has_its_owner)
{
    EXPECT_EQ(
        statements_of(
            {}, {object("materialized_view", "m", R"("definition": "SELECT 1;", "owner": "member", "comment": "x")")}),
        (Lines{"CREATE MATERIALIZED VIEW s.m AS\nSELECT 1\nWITH NO DATA", "ALTER MATERIALIZED VIEW s.m OWNER TO member",
               "COMMENT ON MATERIALIZED VIEW s.m IS 'x'", "REFRESH MATERIALIZED VIEW s.m WITH DATA"}));
}

TEST(Plan, a_materialized_view_that_gets_rows_and_an_owner_gets_the_owner_first)
{
    auto with = [](const std::string &more) {
        return object("materialized_view", "m", R"("definition": "SELECT 1;", )" + more);
    };
    EXPECT_EQ(statements_of({with(R"("owner": "member", "unpopulated": true)")}, {with(R"("owner": "other")")}),
              (Lines{"ALTER MATERIALIZED VIEW s.m OWNER TO other", "REFRESH MATERIALIZED VIEW s.m WITH DATA"}));
}

TEST(Plan, what_runs_with_its_owners_rights_is_closed_before_it_has_its_owner)
{
    EXPECT_EQ(statements_of({}, {object("function", "f",
                                        R"j("owner": "member", "definition": "CREATE f SECURITY DEFINER",
                                            "has_parsed_body": true)j")}),
              (Lines{"CREATE f SECURITY DEFINER", "REVOKE EXECUTE ON FUNCTION s.f() FROM PUBLIC",
                     "ALTER FUNCTION s.f() OWNER TO member", "GRANT EXECUTE ON FUNCTION s.f() TO PUBLIC"}));
}

} // namespace
