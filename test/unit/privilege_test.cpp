#include "core/privilege.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace linkgress::core;

namespace {

using Lines = std::vector<std::string>;

Privileges privileges(const char *owner, const Lines &granted, const Lines &revoked = {})
{
    Privileges result;
    result.owner = owner;
    for (const std::string &entry : granted)
        result.granted.push_back(parse_privilege(entry));
    for (const std::string &entry : revoked)
        result.revoked.push_back(parse_privilege(entry));
    return result;
}

std::string text_of(const Privilege &entry)
{
    return entry.right + " TO " + entry.grantee + (entry.with_option ? " WITH GRANT OPTION" : "") +
           (entry.grantor.empty() ? "" : " GRANTED BY " + entry.grantor);
}

// "alice: REVOKE SELECT FROM bob"
Lines steps(const Privileges &from, const Privileges &to)
{
    static constexpr const char *verbs[] = {"REVOKE", "REVOKE OPTION", "GRANT"};
    Lines lines;
    for (const PrivilegeStep &step : privilege_steps(from, to))
        lines.push_back(fmt::format("{}{}{} {} {} {}{}", step.grantor, step.grantor.empty() ? "" : ": ",
                                    verbs[static_cast<std::size_t>(step.verb)], fmt::join(step.rights, ", "),
                                    step.verb == PrivilegeStep::Verb::grant ? "TO" : "FROM", step.grantee,
                                    step.with_option ? " WITH GRANT OPTION" : ""));
    return lines;
}

Lines granted_to(const Privileges &privileges, const char *owner)
{
    Lines lines;
    Privileges after = with_owner(privileges, owner);
    for (const Privilege &entry : after.granted)
        lines.push_back(text_of(entry));
    for (const Privilege &entry : after.revoked)
        lines.push_back("not " + text_of(entry));
    return lines;
}

} // namespace

TEST(Privilege, IsReadFromItsEntry)
{
    EXPECT_EQ(parse_privilege("SELECT TO alice"), (Privilege{"SELECT", "alice", "", false}));
    EXPECT_EQ(parse_privilege("SELECT TO alice WITH GRANT OPTION"), (Privilege{"SELECT", "alice", "", true}));
    EXPECT_EQ(parse_privilege("SELECT TO PUBLIC GRANTED BY bob"), (Privilege{"SELECT", "PUBLIC", "bob", false}));
    EXPECT_EQ(parse_privilege("UPDATE TO a WITH GRANT OPTION GRANTED BY b"), (Privilege{"UPDATE", "a", "b", true}));
    EXPECT_EQ(parse_privilege("EXECUTE FROM PUBLIC"), (Privilege{"EXECUTE", "PUBLIC", "", false}));
}

TEST(Privilege, IsReadWithQuotedNamesThatLookLikeMore)
{
    EXPECT_EQ(parse_privilege(R"(SELECT ("a TO b") TO "c FROM ""d"" GRANTED BY e" GRANTED BY " WITH GRANT OPTION")"),
              (Privilege{R"(SELECT ("a TO b"))", R"("c FROM ""d"" GRANTED BY e")", R"(" WITH GRANT OPTION")", false}));
}

TEST(Privilege, IsReadFromWhatIsNoEntry)
{
    for (const char *entry : {"", "SELECT", " TO ", "SELECT TO", "SELECT FROM ", "\"", "SELECT TO \"", " GRANTED BY "})
        parse_privilege(entry);
    EXPECT_EQ(parse_privilege("SELECT"), (Privilege{"SELECT", "", "", false}));
}

TEST(Privileges, OfOneRoleAreOneStatement)
{
    EXPECT_EQ(
        steps(privileges("o", {"DELETE TO a", "INSERT TO a"}),
              privileges("o", {"SELECT TO a", "UPDATE TO a", "UPDATE TO b WITH GRANT OPTION"})),
        (Lines{"REVOKE DELETE, INSERT FROM a", "GRANT SELECT, UPDATE TO a", "GRANT UPDATE TO b WITH GRANT OPTION"}));
    EXPECT_EQ(steps(privileges("o", {"SELECT TO a"}), privileges("o", {"SELECT TO a"})), Lines{});
}

TEST(Privileges, GoWithoutSayingUnlessTheyAreRevoked)
{
    Privileges usual = privileges("o", {});
    Privileges revoked = privileges("o", {"EXECUTE TO a"}, {"EXECUTE FROM PUBLIC"});
    EXPECT_EQ(steps(usual, revoked), (Lines{"REVOKE EXECUTE FROM PUBLIC", "GRANT EXECUTE TO a"}));
    EXPECT_EQ(steps(revoked, usual), (Lines{"REVOKE EXECUTE FROM a", "GRANT EXECUTE TO PUBLIC"}));
}

TEST(Privileges, GetAndLoseTheGrantOption)
{
    Privileges plain = privileges("o", {"SELECT TO a"});
    Privileges option = privileges("o", {"SELECT TO a WITH GRANT OPTION"});
    EXPECT_EQ(steps(plain, option), Lines{"GRANT SELECT TO a WITH GRANT OPTION"});
    EXPECT_EQ(steps(option, plain), Lines{"REVOKE OPTION SELECT FROM a"});
    // The owner has the right itself in any case.
    EXPECT_EQ(steps(privileges("a", {"SELECT TO a WITH GRANT OPTION"}), privileges("a", {})),
              Lines{"REVOKE OPTION SELECT FROM a"});
    EXPECT_EQ(steps(privileges("a", {"SELECT TO a WITH GRANT OPTION"}), privileges("a", {}, {"SELECT FROM a"})),
              Lines{"REVOKE SELECT FROM a"});
    EXPECT_EQ(steps(privileges("a", {}, {"SELECT FROM a"}), privileges("a", {"SELECT TO a WITH GRANT OPTION"})),
              Lines{"GRANT SELECT TO a WITH GRANT OPTION"});
}

TEST(Privileges, AreGivenAfterTheGrantOptionsTheyRestOnAndTakenBefore)
{
    Privileges chain = privileges("o", {"SELECT TO a WITH GRANT OPTION GRANTED BY b", "SELECT TO c GRANTED BY a",
                                        "SELECT TO b WITH GRANT OPTION"});
    EXPECT_EQ(steps(privileges("o", {}), chain),
              (Lines{"GRANT SELECT TO b WITH GRANT OPTION", "b: GRANT SELECT TO a WITH GRANT OPTION",
                     "a: GRANT SELECT TO c"}));
    EXPECT_EQ(steps(chain, privileges("o", {})),
              (Lines{"a: REVOKE SELECT FROM c", "b: REVOKE SELECT FROM a", "REVOKE SELECT FROM b"}));
}

TEST(Privileges, ThatRestOnWhatIsTakenAreGivenBack)
{
    EXPECT_EQ(steps(privileges("o", {"SELECT TO a WITH GRANT OPTION", "SELECT TO b GRANTED BY a"}),
                    privileges("o", {"SELECT TO c WITH GRANT OPTION", "SELECT TO a WITH GRANT OPTION GRANTED BY c",
                                     "SELECT TO b GRANTED BY a"})),
              (Lines{"a: REVOKE SELECT FROM b", "REVOKE SELECT FROM a", "GRANT SELECT TO c WITH GRANT OPTION",
                     "c: GRANT SELECT TO a WITH GRANT OPTION", "a: GRANT SELECT TO b"}));
}

TEST(Privileges, OfColumnsThatGoWithTheTablesAreGivenBack)
{
    EXPECT_EQ(steps(privileges("o", {"SELECT TO a", "SELECT (x) TO a WITH GRANT OPTION", "SELECT (x) TO b GRANTED BY a",
                                     "UPDATE (x) TO a"}),
                    privileges(
                        "o", {"SELECT (x) TO a WITH GRANT OPTION", "SELECT (x) TO b GRANTED BY a", "UPDATE (x) TO a"})),
              (Lines{"a: REVOKE SELECT (x) FROM b", "REVOKE SELECT, SELECT (x) FROM a",
                     "GRANT SELECT (x) TO a WITH GRANT OPTION", "a: GRANT SELECT (x) TO b"}));
}

TEST(Privileges, OfColumnsRestOnTheTables)
{
    Privileges both = privileges("o", {"SELECT TO a WITH GRANT OPTION", "SELECT (x) TO b GRANTED BY a"});
    EXPECT_EQ(steps(privileges("o", {}), both),
              (Lines{"GRANT SELECT TO a WITH GRANT OPTION", "a: GRANT SELECT (x) TO b"}));
    EXPECT_EQ(steps(both, privileges("o", {"SELECT TO a"})),
              (Lines{"a: REVOKE SELECT (x) FROM b", "REVOKE OPTION SELECT FROM a"}));
}

// The server has no such privileges, but a snapshot may say so.
TEST(Privileges, ThatRestOnEachOtherComeToAnEnd)
{
    Privileges circle =
        privileges("o", {"SELECT TO a WITH GRANT OPTION GRANTED BY b", "SELECT TO b WITH GRANT OPTION GRANTED BY a"});
    EXPECT_EQ(steps(privileges("o", {}), circle).size(), 2u);
    EXPECT_EQ(steps(circle, privileges("o", {})).size(), 2u);
}

TEST(Privileges, OfTheOldOwnerAreTheNewOnes)
{
    EXPECT_EQ(granted_to(privileges("o", {"SELECT TO a", "SELECT TO b"}), "a"), Lines{"SELECT TO b"});
    EXPECT_EQ(granted_to(privileges("o", {"SELECT TO a WITH GRANT OPTION", "SELECT TO b GRANTED BY a"}), "a"),
              (Lines{"SELECT TO a WITH GRANT OPTION", "SELECT TO b"}));
    EXPECT_EQ(granted_to(privileges("o", {"SELECT TO b WITH GRANT OPTION GRANTED BY a", "SELECT TO b"}), "a"),
              Lines{"SELECT TO b WITH GRANT OPTION"});
    EXPECT_EQ(granted_to(privileges("o", {"SELECT TO a GRANTED BY b"}), "a"), Lines{"SELECT TO a GRANTED BY b"});
}

TEST(Privileges, ThatWereRevokedAreSoForTheNewOwner)
{
    EXPECT_EQ(granted_to(privileges("o", {}, {"DELETE FROM o", "INSERT FROM o"}), "a"),
              (Lines{"not DELETE TO a", "not INSERT TO a"}));
    EXPECT_EQ(granted_to(privileges("o", {"DELETE TO a"}, {"DELETE FROM o"}), "a"), Lines{});
    EXPECT_EQ(granted_to(privileges("o", {"EXECUTE TO PUBLIC GRANTED BY a"}, {"EXECUTE FROM PUBLIC"}), "a"), Lines{});
}

TEST(Privileges, ToColumnsDoNotGoWithoutSaying)
{
    EXPECT_EQ(granted_to(privileges("o", {"SELECT (x) TO a", "SELECT TO a"}), "a"), Lines{"SELECT (x) TO a"});
}
