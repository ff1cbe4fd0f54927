#include "core/selection.hpp"

#include "core/error.hpp"
#include "core/sqlstate.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;

namespace {

Candidate pending(const std::string &name)
{
    Candidate candidate;
    candidate.name = name;
    return candidate;
}

Candidate repeatable(const std::string &name)
{
    Candidate candidate = pending(name);
    candidate.repeatable = true;
    return candidate;
}

Candidate in_state(const std::string &name, State state)
{
    Candidate candidate = pending(name);
    candidate.state = state;
    candidate.registry_checksum = "checksum-of-registry";
    candidate.journal_checksum = "checksum-of-journal";
    return candidate;
}

Target target(const std::string &name, bool is_applied = false, const std::string &last_applied = "")
{
    Target result;
    result.name = name;
    result.is_known = true;
    result.is_applied = is_applied;
    result.last_applied = last_applied;
    return result;
}

using Names = std::vector<std::string>;

Names selected(const std::vector<Candidate> &candidates, const std::optional<Target> &up_to = std::nullopt,
               bool ignore_missing = false)
{
    Names names;
    for (const Candidate &candidate : select_pending(candidates, up_to, ignore_missing))
        names.push_back(candidate.name);
    return names;
}

template <typename Function> ErrorReport error_of(Function function)
{
    try {
        function();
    } catch (const Error &error) {
        return error.report();
    }
    return {};
}

} // namespace

TEST(ParseState, KnowsTheNamesOfTheOverview)
{
    EXPECT_EQ(parse_state("pending"), State::pending);
    EXPECT_EQ(parse_state("changed"), State::changed);
    EXPECT_EQ(parse_state("missing"), State::missing);
    EXPECT_EQ(parse_state("applied"), State::applied);
}

TEST(SelectPending, TakesAllInTheOrderOfTheirBytes)
{
    EXPECT_EQ(
        selected({pending("b"), pending("a"), pending("10"), pending("2"), pending("B"), pending("é"), pending("_")}),
        (Names{"10", "2", "B", "_", "a", "b", "é"}));
}

TEST(SelectPending, TakesNothingFromNothing)
{
    EXPECT_TRUE(selected({}).empty());
    EXPECT_TRUE(selected({in_state("1", State::applied)}).empty());
}

TEST(SelectPending, TakesRepeatableOnesAfterTheOthers)
{
    EXPECT_EQ(selected({repeatable("a_view"), pending("2"), repeatable("0_function"), pending("1"), pending("z")}),
              (Names{"1", "2", "z", "0_function", "a_view"}));
}

TEST(SelectPending, KeepsWhatItWasTold)
{
    Candidate candidate = pending("1");
    candidate.author = 10;
    candidate.approvers = {20, 30};
    candidate.out_of_order = true;
    std::vector<Candidate> result = select_pending({candidate}, std::nullopt, false);
    ASSERT_EQ(result.size(), 1u);
    EXPECT_EQ(result[0].author, 10u);
    EXPECT_EQ(result[0].approvers, (std::vector<std::uint32_t>{20, 30}));
    EXPECT_TRUE(result[0].out_of_order);
}

TEST(SelectPending, StopsAtTheTarget)
{
    std::vector<Candidate> all = {pending("1"), pending("2"), pending("3"), pending("4"), pending("5")};
    EXPECT_EQ(selected(all, target("3")), (Names{"1", "2", "3"}));
    EXPECT_EQ(selected(all, target("1")), (Names{"1"}));
    EXPECT_EQ(selected(all, target("5")), (Names{"1", "2", "3", "4", "5"}));
}

TEST(SelectPending, HasNothingToDoWhenTheTargetIsTheLastApplied)
{
    EXPECT_TRUE(selected({pending("4"), pending("5")}, target("3", true, "3")).empty());
}

TEST(SelectPending, FillsGapsUpToAnAppliedTarget)
{
    EXPECT_EQ(selected({pending("2"), pending("4")}, target("3", true, "3")), (Names{"2"}));
}

TEST(SelectPending, ReachesAPendingTargetBehindWhatIsApplied)
{
    EXPECT_EQ(selected({pending("3"), pending("5")}, target("3", false, "4")), (Names{"3"}));
}

TEST(SelectPending, RefusesAnAppliedTargetBehindWhatIsApplied)
{
    ErrorReport report = error_of([] { selected({pending("4")}, target("2", true, "3")); });
    EXPECT_EQ(report.sqlstate, sqlstate::object_not_in_prerequisite_state);
    EXPECT_EQ(report.message, "target \"2\" is behind what is applied");
    EXPECT_EQ(report.detail, "The last applied migration is \"3\".");
    EXPECT_NE(report.hint.find("linkgress.rollback_to('2')"), std::string::npos);
}

TEST(SelectPending, RefusesAnUnknownTarget)
{
    Target unknown;
    unknown.name = "nope";
    ErrorReport report = error_of([&] { selected({pending("1")}, unknown); });
    EXPECT_EQ(report.sqlstate, sqlstate::undefined_object);
    EXPECT_EQ(report.message, "migration \"nope\" does not exist");
    EXPECT_NE(report.hint.find("linkgress.status()"), std::string::npos);
}

TEST(SelectPending, LeavesRepeatableOnesOutBeforeAnOrdinaryTarget)
{
    EXPECT_EQ(selected({pending("1"), repeatable("0_view")}, target("1")), (Names{"1"}));
}

TEST(SelectPending, TakesAllOrdinaryOnesBeforeARepeatableTarget)
{
    Target view = target("a_view", true, "9");
    view.repeatable = true;
    EXPECT_EQ(selected({pending("1"), pending("z"), repeatable("a_view"), repeatable("b_view")}, view),
              (Names{"1", "z", "a_view"}));
}

TEST(SelectPending, RefusesAChangedMigration)
{
    ErrorReport report = error_of([] { selected({pending("2"), in_state("1", State::changed)}); });
    EXPECT_EQ(report.sqlstate, sqlstate::object_not_in_prerequisite_state);
    EXPECT_EQ(report.message, "the text of migration \"1\" was changed after it was applied");
    EXPECT_NE(report.detail.find("checksum-of-journal when it was applied"), std::string::npos);
    EXPECT_NE(report.detail.find("checksum-of-registry now"), std::string::npos);
    EXPECT_NE(report.detail.find("Changed in all: \"1\"."), std::string::npos);
    EXPECT_NE(report.hint.find("linkgress.repair('1', 'accept')"), std::string::npos);
}

TEST(SelectPending, RefusesAChangedMigrationBehindTheTargetToo)
{
    EXPECT_EQ(error_of([] {
                  selected({pending("1"), in_state("2", State::changed)}, target("1"));
              }).sqlstate,
              sqlstate::object_not_in_prerequisite_state);
}

TEST(SelectPending, NamesNoMoreThanFive)
{
    std::vector<Candidate> changed;
    for (const char *name : {"1", "2", "3", "4", "5"})
        changed.push_back(in_state(name, State::changed));
    EXPECT_NE(error_of([&] { selected(changed); }).detail.find("\"4\", \"5\"."), std::string::npos);
    changed.push_back(in_state("6", State::changed));
    changed.push_back(in_state("7", State::changed));
    EXPECT_NE(error_of([&] { selected(changed); }).detail.find("\"4\", \"5\" and 2 more."), std::string::npos);
}

TEST(SelectPending, RefusesMissingMigrations)
{
    std::vector<Candidate> candidates = {pending("3"), in_state("1", State::missing), in_state("2", State::missing)};
    ErrorReport report = error_of([&] { selected(candidates); });
    EXPECT_EQ(report.sqlstate, sqlstate::object_not_in_prerequisite_state);
    EXPECT_EQ(report.message, "applied migrations are missing from the registry: \"1\", \"2\"");
    EXPECT_NE(report.hint.find("ignore_missing => true"), std::string::npos);
    EXPECT_NE(report.hint.find("linkgress.repair(name, 'forget')"), std::string::npos);
}

TEST(SelectPending, IgnoresMissingMigrationsOnRequest)
{
    EXPECT_EQ(selected({pending("3"), in_state("1", State::missing)}, std::nullopt, true), (Names{"3"}));
}

TEST(SelectPending, IgnoresMissingMigrationsButNotChangedOnes)
{
    EXPECT_FALSE(error_of([] { selected({in_state("1", State::changed)}, std::nullopt, true); }).message.empty());
}

TEST(SelectPending, SpeaksOfTheTargetFirst)
{
    Target unknown;
    unknown.name = "nope";
    EXPECT_EQ(error_of([&] { selected({in_state("1", State::changed)}, unknown); }).sqlstate,
              sqlstate::undefined_object);
}

TEST(OutOfOrder, AreThoseThatSayIt)
{
    Candidate late = pending("3");
    late.out_of_order = true;
    EXPECT_EQ(out_of_order({late, pending("5")}), (Names{"3"}));
    EXPECT_TRUE(out_of_order({pending("5")}).empty());
    EXPECT_TRUE(out_of_order({}).empty());
}

TEST(Reversible, AreThoseWithADownBody)
{
    Applied with_down;
    with_down.name = "1";
    with_down.has_down = true;
    EXPECT_NO_THROW(check_reversible({with_down}));
    EXPECT_NO_THROW(check_reversible({}));
}

TEST(Reversible, AreRepeatableOnesWithoutADownBody)
{
    Applied view;
    view.name = "a_view";
    view.repeatable = true;
    EXPECT_NO_THROW(check_reversible({view}));
}

TEST(Reversible, IsNotOneWithoutADownBody)
{
    Applied with_down;
    with_down.name = "2";
    with_down.has_down = true;
    Applied without;
    without.name = "1";
    ErrorReport report = error_of([&] { check_reversible({with_down, without}); });
    EXPECT_EQ(report.sqlstate, sqlstate::object_not_in_prerequisite_state);
    EXPECT_EQ(report.message, "migration \"1\" cannot be reverted");
    EXPECT_EQ(report.detail, "It has no down body. Nothing was reverted.");
    EXPECT_NE(report.hint.find("SET down"), std::string::npos);
}
