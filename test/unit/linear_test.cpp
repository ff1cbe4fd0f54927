// What a plan costs, in steps: polls are counted, so that no clock is needed.
#include "scenarios.hpp"

#include "core/json_model.hpp"
#include "core/poll.hpp"
#include "core/privilege.hpp"

#include <random>

#include <gtest/gtest.h>

namespace linkgress {
namespace {

std::size_t polls = 0;
std::size_t last_poll = SIZE_MAX; // the one that throws

void count()
{
    if (++polls > last_poll)
        throw core::Error("57014", "enough");
}

class Counted {
  public:
    explicit Counted(std::size_t last = SIZE_MAX)
    {
        polls = 0;
        last_poll = last;
        core::set_poll(count);
    }
    ~Counted() { core::set_poll(nullptr); }
};

std::size_t steps_of(const test::Pair &pair)
{
    Counted counted;
    test::plan_in_every_way(pair);
    return polls;
}

class Linear : public testing::TestWithParam<test::Scenario> {};

TEST_P(Linear, TwiceAsManyTakeTwiceAsLong)
{
    constexpr std::size_t n = 100;
    std::size_t once = steps_of(GetParam().make(n));
    std::size_t twice = steps_of(GetParam().make(2 * n));
    EXPECT_LE(static_cast<double>(twice), 2.3 * static_cast<double>(once)) << once << " steps, " << twice;
}

// It ends where it is told to, and everything that it has made until then is freed.
TEST_P(Linear, CanBeEndedAnywhere)
{
    test::Pair pair = GetParam().make(20);
    steps_of(pair); // makes what is made once only
    std::size_t all = steps_of(pair);
    std::mt19937 random(static_cast<unsigned>(all));
    for (int i = 0; i < 5; i++) {
        Counted counted(random() % all);
        EXPECT_EQ(test::report_of([&] { test::plan_in_every_way(pair); }).sqlstate, "57014");
    }
}

INSTANTIATE_TEST_SUITE_P(All, Linear, testing::ValuesIn(test::all_scenarios()), [](const auto &info) {
    std::string name;
    for (char c : info.param.name)
        if ((c >= 'a' && c <= 'z') || c == ' ')
            name += c == ' ' ? '_' : c;
    return name;
});

// As deep as no stack is
TEST(Depth, Chains)
{
    constexpr std::size_t n = 50000;
    auto other_type = [](core::Object &object, std::size_t) { object.set("type", std::string("y")); };
    auto nothing = [](core::Object &, std::size_t) {};
    test::Pair domains = test::scenarios::chain(n, core::Kind::domain, true, other_type);
    EXPECT_FALSE(core::plan(domains.source, domains.target, test::quote).empty());
    test::Pair partitions = test::scenarios::tree(n, 1, true, true, nothing);
    EXPECT_EQ(core::plan(partitions.target, partitions.source, test::quote).size(), n);
}

// What no database has; documents that say so are refused when they are read.
core::Snapshot tables_below_each_other(core::Kind kind, const char *bound)
{
    core::Snapshot snapshot;
    std::vector<core::ObjectIndex> tables;
    for (const char *name : {"a", "b"}) {
        core::Object table = test::scenarios::object(kind, name);
        if (kind == core::Kind::table)
            table.set("partition_key", std::string("LIST (c)"));
        tables.push_back(snapshot.add(std::move(table)));
    }
    for (std::size_t i : {0, 1}) {
        std::string name = snapshot[tables[i]].name;
        std::string above = snapshot[tables[1 - i]].name;
        snapshot.add(test::scenarios::complete(test::scenarios::object(core::Kind::column, "c", name)));
        core::Object link = test::scenarios::object(core::Kind::inheritance, above, name);
        link.set("of", "s." + above);
        link.set("bound", std::string(bound));
        snapshot.add_dependency(snapshot.add(std::move(link)), tables[1 - i]);
    }
    snapshot.finish();
    return snapshot;
}

TEST(Depth, TablesBelowThemselves)
{
    for (core::Kind kind : {core::Kind::table, core::Kind::foreign_table}) {
        core::Snapshot nothing;
        nothing.finish();
        test::plan_in_every_way(
            {tables_below_each_other(kind, "FOR VALUES IN (1)"), tables_below_each_other(kind, "FOR VALUES IN (2)")});
        test::plan_in_every_way({tables_below_each_other(kind, "FOR VALUES IN (1)"), std::move(nothing)});
    }
}

TEST(Depth, TypesThatHaveThemselvesAsAttributes)
{
    auto type = [](const std::string &attribute) {
        return R"({"objects": [{"kind": "composite", "schema": "s", "name": "c", "attributes": ["a s.c", "b s.c", ")" +
               attribute +
               R"("]}, {"kind": "table", "schema": "s", "name": "t", "columns": [{"name": "v", "type": "s.c",)" +
               R"( "depends": ["composite s.c"]}]}]})";
    };
    core::Snapshot source = test::snapshot_of(type("d integer"));
    core::Snapshot target = test::snapshot_of(type("d text"));
    EXPECT_LE(core::plan(source, target, test::quote).size(), 4U);
}

TEST(Depth, TypesWithinEachOther)
{
    auto types = [](const std::string &innermost) {
        std::string objects =
            R"({"kind": "composite", "schema": "s", "name": "c0", "attributes": [")" + innermost + R"("]})";
        for (int i = 1; i < 20000; i++)
            objects += fmt::format(
                R"(, {{"kind": "composite", "schema": "s", "name": "c{0}", "attributes": ["a s.c{1}"], "depends": ["composite s.c{1}"]}})",
                i, i - 1);
        return R"({"objects": [)" + objects +
               R"(, {"kind": "table", "schema": "s", "name": "t", "columns": [{"name": )" +
               R"("v", "type": "s.c19999", "depends": ["composite s.c19999"]}]}]})";
    };
    core::Snapshot source = test::snapshot_of(types("d integer"));
    core::Snapshot target = test::snapshot_of(types("d text"));
    EXPECT_EQ(test::report_of([&] { core::plan(source, target, test::quote); }).sqlstate, "54001");
}

TEST(LinearModel, Json)
{
    auto steps = [](std::size_t n) {
        std::string labels;
        std::string tables;
        for (std::size_t i = 0; i < n; i++) {
            std::string number = std::to_string(i);
            labels += (i > 0 ? ", \"l" : "\"l") + number + "\"";
            tables += (i > 0 ? ", \"t" : "\"t") + number + R"(": {"schema": "s)" + number +
                      R"(", "fields": {"f": {"type": "enum", "enum": "e", "default": "l)" + number + R"("}}})";
        }
        Counted counted;
        core::statements_of_json(R"({"enums": {"e": [)" + labels + R"(]}, "tables": {)" + tables + "}}", test::quote);
        return polls;
    };
    EXPECT_LE(static_cast<double>(steps(400)), 2.3 * static_cast<double>(steps(200)));
}

} // namespace
} // namespace linkgress
