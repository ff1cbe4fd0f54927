#include "core/secret.hpp"

#include "core/online.hpp"
#include "core/plan.hpp"
#include "core/scaffold.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

constexpr const char *secret = "hunter's\\2";

// An object of this kind, with what it needs, and this in all its secret attributes
Object object_with(Kind kind, const std::string &value)
{
    Object object;
    object.kind = kind;
    object.name = "n";
    object.parent = is_child(kind) ? "p" : "";
    for (const Attribute &attribute : rules_of(kind).attributes)
        if (attribute.is_secret && attribute.type == ValueType::list)
            object.set(attribute.name, List{"user=x", "password=" + value});
        else if (attribute.is_secret)
            object.set(attribute.name, "host=x password=" + value);
    return object;
}

// Every kind that has secrets
std::vector<Kind> kinds_with_secrets()
{
    std::vector<Kind> kinds;
    for (std::size_t number = 0; number < kind_count; number++)
        for (const Attribute &attribute : rules_of(static_cast<Kind>(number)).attributes)
            if (attribute.is_secret)
                kinds.push_back(static_cast<Kind>(number));
    return kinds;
}

Snapshot snapshot_with(Kind kind, const std::string &value)
{
    Snapshot snapshot;
    if (is_child(kind)) {
        Object parent;
        parent.name = "p";
        for (std::size_t number = 0; number < kind_count; number++)
            if (can_have(static_cast<Kind>(number), kind))
                parent.kind = static_cast<Kind>(number);
        snapshot.add(parent);
    }
    if (!value.empty())
        snapshot.add(object_with(kind, value));
    snapshot.finish();
    return snapshot;
}

void expect_not_stored(const Operation &operation)
{
    std::string stored = operation.kept_sql() + operation.details + operation.irreversible + operation.hint;
    for (const std::string &statement : operation.inverse)
        stored += statement;
    for (const Hazard &hazard : operation.hazards)
        stored += hazard.text;
    stored += up_body({operation}, "id") + down_body({operation}, {operation});
    EXPECT_EQ(stored.find("hunter"), std::string::npos) << stored;
}

std::vector<Operation> operations_of(const std::vector<Stage> &stages)
{
    std::vector<Operation> operations;
    for (const Stage &stage : stages)
        operations.insert(operations.end(), stage.operations.begin(), stage.operations.end());
    return operations;
}

TEST(Secret, there_are_some)
{
    EXPECT_EQ(kinds_with_secrets(), (std::vector<Kind>{Kind::user_mapping, Kind::subscription}));
}

TEST(Secret, nothing_that_is_stored_has_one)
{
    for (Kind kind : kinds_with_secrets())
        for (const auto &[from, to] : {std::pair("", secret), std::pair(secret, ""), std::pair("hunter1", secret)}) {
            Snapshot source = snapshot_with(kind, from);
            Snapshot target = snapshot_with(kind, to);
            std::vector<Operation> operations = plan(source, target, quote);
            EXPECT_FALSE(operations.empty());
            for (const Operation &operation : operations)
                expect_not_stored(operation);
            for (const Operation &operation : operations_of(online_plan(source, target, quote)))
                expect_not_stored(operation);
        }
}

TEST(Secret, what_is_run_has_it)
{
    for (Kind kind : kinds_with_secrets()) {
        std::vector<Operation> operations = plan(snapshot_with(kind, ""), snapshot_with(kind, secret), quote);
        ASSERT_EQ(operations.size(), 1U);
        EXPECT_NE(operations[0].sql().find("hunter"), std::string::npos);
        EXPECT_NE(operations[0].kept_sql().find(not_kept), std::string::npos);
    }
}

TEST(Secret, the_way_back_says_that_it_cannot_have_it)
{
    for (Kind kind : kinds_with_secrets()) {
        std::vector<Operation> operations = plan(snapshot_with(kind, secret), snapshot_with(kind, ""), quote);
        ASSERT_EQ(operations.size(), 1U);
        EXPECT_TRUE(operations[0].inverse.empty());
        EXPECT_NE(operations[0].irreversible.find("not kept"), std::string::npos);
    }
}

TEST(Secret, a_scaffold_fails_where_it_is_needed)
{
    Operation operation =
        plan(snapshot_with(Kind::user_mapping, ""), snapshot_with(Kind::user_mapping, secret), quote)[0];
    std::string body = up_body({operation}, "id");
    EXPECT_NE(body.find("\nDO "), std::string::npos) << body;
    EXPECT_NE(body.find("-- CREATE USER MAPPING FOR n SERVER p OPTIONS (user '<not kept>', password '<not kept>')"),
              std::string::npos)
        << body;
    EXPECT_EQ(body.find("\nCREATE"), std::string::npos) << body;
}

TEST(Secret, an_error_tells_neither_it_nor_a_part_of_it)
{
    ErrorReport report;
    report.message = R"(missing "=" after "hunter2" in connection info string)";
    report.context = "SQL statement \"ALTER SUBSCRIPTION s CONNECTION 'host=a password=hunter2'\"";
    hide_secrets(report, {"host=a password=hunter2"});
    EXPECT_EQ(report.message, R"(missing "=" after "<not kept>" in connection info string)");
    EXPECT_EQ(report.context, "SQL statement \"ALTER SUBSCRIPTION s CONNECTION '<not kept>'\"");
}

TEST(Secret, a_snapshot_says_whether_it_has_some)
{
    EXPECT_TRUE(has_secrets(snapshot_with(Kind::user_mapping, secret)));
    EXPECT_FALSE(has_secrets(snapshot_with(Kind::user_mapping, "")));
}

} // namespace
