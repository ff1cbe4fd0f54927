#include "core/expression.hpp"

#include "core/kind.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;

TEST(Settle, LeavesAloneWhatStays)
{
    for (const char *text : {"", "a", "(a > 0)", "(a AND b)", "((a OR b) AND c)", "((a AND b) OR (c AND d))",
                             "lower(name)", "ARRAY[1, 2]", "(a AND (b AND c))"})
        EXPECT_EQ(settle(text), text);
}

TEST(Settle, FlattensAndFromTheLeft)
{
    EXPECT_EQ(settle("((a AND b) AND c)"), "(a AND b AND c)");
    EXPECT_EQ(settle("(((a AND b) AND c) AND d)"), "(a AND b AND c AND d)");
    EXPECT_EQ(settle("(((a > 0) AND (b > 0)) AND (c > 0))"), "((a > 0) AND (b > 0) AND (c > 0))");
}

TEST(Settle, FlattensOrFromTheLeft)
{
    EXPECT_EQ(settle("((a OR b) OR c)"), "(a OR b OR c)");
    EXPECT_EQ(settle("((a AND b) OR c)"), "((a AND b) OR c)");
}

TEST(Settle, FlattensWithinBrackets)
{
    EXPECT_EQ(settle("(NOT ((a AND b) AND c))"), "(NOT (a AND b AND c))");
    EXPECT_EQ(settle("f(((a AND b) AND c), d)"), "f((a AND b AND c), d)");
    EXPECT_EQ(settle("CHECK ((((a OR b) OR c) AND d))"), "CHECK (((a OR b OR c) AND d))");
    EXPECT_EQ(settle("SELECT x FROM t WHERE ((a AND b) AND c);"), "SELECT x FROM t WHERE (a AND b AND c);");
}

TEST(Settle, CastsEveryElementOfAnArray)
{
    EXPECT_EQ(settle("(ARRAY[a, b])::text[]"), "ARRAY[(a)::text, (b)::text]");
    EXPECT_EQ(settle("(ARRAY[a])::double precision[]"), "ARRAY[(a)::double precision]");
    EXPECT_EQ(settle("(x = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"),
              "(x = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))");
    EXPECT_EQ(settle("(ARRAY[a])::public.\"Colour\"[]"), "ARRAY[(a)::public.\"Colour\"]");
}

TEST(Settle, KnowsWhereAnElementEnds)
{
    EXPECT_EQ(settle("(ARRAY[f(a, b), 'x, y'])::text[]"), "ARRAY[(f(a, b))::text, ('x, y')::text]");
    EXPECT_EQ(settle("(ARRAY[m[1, 2], \"p, q\"])::text[]"), "ARRAY[(m[1, 2])::text, (\"p, q\")::text]");
}

TEST(Settle, LeavesOtherCastsAlone)
{
    for (const char *text : {"(ARRAY[a, b])::text", "(a)::text[]", "(ARRAY[a] || b)::text[]"})
        EXPECT_EQ(settle(text), text);
}

TEST(Settle, DoesNotLookIntoQuotes)
{
    for (const char *text : {"'((a AND b) AND c)'", "\"((a AND b) AND c)\"", "('((a AND b) AND c)'::text = x)",
                             "'it''s ((a AND b) AND c)'", "\"a\"\"((a AND b) AND c)\"", "'(ARRAY[a])::text[]'"})
        EXPECT_EQ(settle(text), text);
    EXPECT_EQ(settle("((a = ')' AND b) AND c)"), "(a = ')' AND b AND c)");
    EXPECT_EQ(settle("((a = ' AND ') AND b)"), "((a = ' AND ') AND b)");
    EXPECT_EQ(settle("((\"a)\" AND b) AND c)"), "(\"a)\" AND b AND c)");
}

TEST(Settle, LeavesAloneWhatIsNotBalanced)
{
    for (const char *text : {"(", "((a AND b) AND c", ")", "'", "(ARRAY[a", "(ARRAY[a])::", "(\"", "('a)"})
        EXPECT_EQ(settle(text), text);
}

TEST(Settle, GivesTheFormThatStays)
{
    for (const char *text :
         {"(((a AND b) AND c) AND (((d OR e) OR f) AND g))", "(((a OR b) OR c) OR ((d AND e) AND f))",
          "(x = ANY ((ARRAY[a, (ARRAY[b])::text[]])::text[]))", "((a AND b) AND (x = ANY ((ARRAY['c'])::text[])))",
          "((((a AND b)) AND c) AND d)", "(((a AND b) AND c) = ((d AND e) AND f))"}) {
        std::string once = settle(text);
        EXPECT_EQ(settle(once), once);
    }
}

namespace {

// What becomes of a value of an attribute.
std::string settled(Kind kind, const char *attribute, const std::string &value, bool has_parsed_body = false)
{
    const KindRules &rules = rules_of(kind);
    auto number_of = [&](const char *name) {
        return static_cast<AttributeNumber>(find_attribute(rules, name) - rules.attributes.data());
    };
    Object object;
    object.kind = kind;
    object.set(number_of(attribute), value);
    if (has_parsed_body)
        object.set(number_of("has_parsed_body"), true);
    settle_definition(object);
    return object.text(attribute);
}

} // namespace

TEST(SettleDefinition, IsForWhatTheServerDeparses)
{
    const char *before = "((a AND b) AND c)";
    const char *after = "(a AND b AND c)";
    EXPECT_EQ(settled(Kind::constraint, "definition", before), after);
    EXPECT_EQ(settled(Kind::view, "definition", before), after);
    EXPECT_EQ(settled(Kind::column_default, "expression", before), after);
    EXPECT_EQ(settled(Kind::column, "generated", before), after);
    EXPECT_EQ(settled(Kind::index, "predicate", before), after);
    EXPECT_EQ(settled(Kind::policy, "using", before), after);
    EXPECT_EQ(settled(Kind::policy, "check", before), after);
    EXPECT_EQ(settled(Kind::domain, "default", before), after);
    EXPECT_EQ(settled(Kind::function, "definition", before, true), after);
}

TEST(SettleDefinition, LeavesAloneWhatSomebodyWrote)
{
    const char *text = "((a AND b) AND c)";
    EXPECT_EQ(settled(Kind::function, "definition", text), text);
    EXPECT_EQ(settled(Kind::procedure, "definition", text), text);
    EXPECT_EQ(settled(Kind::table, "comment", text), text);
}
