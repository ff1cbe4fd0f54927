#include "core/conversion.hpp"
#include "core/snapshot.hpp"

#include <gtest/gtest.h>

using linkgress::core::Conversion;
using linkgress::core::Converter;
using linkgress::core::Object;
using linkgress::core::parse_type;
using linkgress::core::Snapshot;

namespace {

std::string as_it_is(const std::string &name)
{
    return name;
}

Conversion convert(const std::string &column, const std::string &from, const std::string &to)
{
    static const Snapshot nothing;
    static const std::set<std::string> none;
    return Converter(nothing, nothing, as_it_is, none).convert(column, from, to);
}

// What is true of it, in this order: "fails loses rewrites".
std::string effects(const char *from, const char *to)
{
    auto conversion = convert("c", from, to);
    std::string result;
    auto add = [&](bool is_so, const char *word) {
        if (is_so)
            result += (result.empty() ? "" : " ") + std::string(word);
    };
    add(conversion.is_refusing, "fails");
    add(conversion.loses(), "loses");
    add(conversion.rewrites, "rewrites");
    return result;
}

std::string expression(const char *from, const char *to, const char *column = "c")
{
    return convert(column, from, to).expression;
}

} // namespace

TEST(TypeName, IsTakenApart)
{
    auto plain = parse_type("integer");
    EXPECT_EQ(plain.base, "integer");
    EXPECT_EQ(plain.modifiers, "");
    EXPECT_FALSE(plain.is_array);

    auto array = parse_type("numeric(10,2)[]");
    EXPECT_EQ(array.base, "numeric");
    EXPECT_EQ(array.modifiers, "10,2");
    EXPECT_TRUE(array.is_array);

    auto inside = parse_type("timestamp(3) without time zone");
    EXPECT_EQ(inside.base, "timestamp without time zone");
    EXPECT_EQ(inside.modifiers, "3");
}

TEST(TypeName, KeepsParenthesesOfQuotedNames)
{
    EXPECT_EQ(parse_type("public.\"a(1)\"").base, "public.\"a(1)\"");
    EXPECT_EQ(parse_type("public.\"a(1)\"").modifiers, "");
}

TEST(TypeName, OfNothingIsNothing)
{
    for (const char *odd : {"", "[]", "(", ")", ")("})
        EXPECT_NO_THROW(parse_type(odd)) << odd;
}

TEST(Conversion, OfNumbersIsSafeUpwards)
{
    EXPECT_EQ(effects("smallint", "integer"), "rewrites");
    EXPECT_EQ(effects("integer", "bigint"), "rewrites");
    EXPECT_EQ(effects("bigint", "numeric"), "rewrites");
    EXPECT_EQ(effects("integer", "double precision"), "rewrites");
    EXPECT_EQ(effects("real", "double precision"), "rewrites");
}

TEST(Conversion, OfNumbersMayFailDownwards)
{
    EXPECT_EQ(effects("bigint", "integer"), "fails rewrites");
    EXPECT_EQ(effects("numeric", "integer"), "loses rewrites");
    EXPECT_EQ(effects("double precision", "real"), "loses rewrites");
    EXPECT_EQ(effects("numeric", "double precision"), "loses rewrites");
}

TEST(Conversion, OfLargeWholeNumbersToFloatingPointLosesDigits)
{
    EXPECT_EQ(effects("bigint", "double precision"), "loses rewrites");
    EXPECT_EQ(effects("bigint", "real"), "loses rewrites");
    EXPECT_EQ(effects("integer", "real"), "loses rewrites");
    EXPECT_EQ(effects("real", "numeric"), "loses rewrites");
}

TEST(Conversion, OfNumericLooksAtPrecisionAndScale)
{
    EXPECT_EQ(effects("numeric(10,2)", "numeric(12,2)"), "");
    EXPECT_EQ(effects("numeric(10,2)", "numeric"), "");
    EXPECT_EQ(effects("numeric(10,2)", "numeric(10,2)"), "");
    EXPECT_EQ(effects("numeric(10,2)", "numeric(8,2)"), "fails rewrites");
    EXPECT_EQ(effects("numeric(10,2)", "numeric(9,1)"), "loses rewrites");
    EXPECT_EQ(effects("numeric(10,2)", "numeric(12,4)"), "rewrites");
    EXPECT_EQ(effects("numeric(10,2)", "numeric(10,4)"), "fails rewrites"); // fewer digits before the point
    EXPECT_EQ(effects("numeric", "numeric(10,2)"), "fails loses rewrites");
    EXPECT_EQ(effects("integer", "numeric(5,2)"), "fails rewrites");
}

TEST(Conversion, OfStringsLooksAtTheLength)
{
    EXPECT_EQ(effects("character varying(10)", "character varying(20)"), "");
    EXPECT_EQ(effects("character varying(10)", "character varying"), "");
    EXPECT_EQ(effects("character varying(10)", "text"), "");
    EXPECT_EQ(effects("character varying(20)", "character varying(10)"), "fails rewrites");
    EXPECT_EQ(effects("character varying", "character varying(10)"), "fails rewrites");
    EXPECT_EQ(effects("text", "character varying(10)"), "fails rewrites");
    EXPECT_EQ(effects("character(10)", "text"), "rewrites");
    EXPECT_EQ(effects("character(10)", "character(20)"), "rewrites");
    EXPECT_EQ(effects("character(20)", "character(10)"), "fails rewrites");
}

TEST(Conversion, OfTimesLosesWhatTheNewTypeHasNot)
{
    EXPECT_EQ(effects("date", "timestamp without time zone"), "fails rewrites"); // not as late a day
    EXPECT_EQ(effects("timestamp without time zone", "date"), "loses rewrites");
    EXPECT_EQ(effects("timestamp without time zone", "timestamp with time zone"), "rewrites");
    EXPECT_EQ(effects("time with time zone", "time without time zone"), "loses rewrites");
    EXPECT_EQ(effects("timestamp(3) without time zone", "timestamp without time zone"), "");
    EXPECT_EQ(effects("timestamp(3) without time zone", "timestamp(6) without time zone"), "");
    EXPECT_EQ(effects("timestamp without time zone", "timestamp(0) without time zone"), "loses rewrites");
    EXPECT_EQ(effects("timestamp with time zone", "timestamp(6) with time zone"), "");
    EXPECT_EQ(effects("time without time zone", "time(6) without time zone"), "");
    EXPECT_EQ(effects("interval", "interval day to second"), "rewrites");
    EXPECT_EQ(effects("interval", "interval day to minute"), "loses rewrites");
}

TEST(Conversion, OfDocuments)
{
    EXPECT_EQ(effects("jsonb", "json"), "rewrites");
    EXPECT_EQ(effects("json", "jsonb"), "loses rewrites"); // keys that come twice
}

TEST(Conversion, OfBits)
{
    EXPECT_EQ(effects("bit varying(4)", "bit varying(8)"), "");
    EXPECT_EQ(effects("bit varying(8)", "bit varying(4)"), "fails rewrites");
    EXPECT_EQ(effects("bit(4)", "bit(8)"), "fails rewrites"); // the length has to be the same
}

TEST(Conversion, ToTextNeverFails)
{
    for (const char *type : {"integer", "uuid", "boolean", "date", "public.colour", "jsonb"}) {
        EXPECT_EQ(effects(type, "text"), "rewrites") << type;
        EXPECT_EQ(expression(type, "text"), "") << type;
    }
    EXPECT_EQ(effects("integer", "character varying(3)"), "fails rewrites");
}

TEST(Conversion, WithinAFamilyNeedsNoExpression)
{
    EXPECT_EQ(expression("integer", "bigint"), "");
    EXPECT_EQ(expression("numeric", "integer"), "");
    EXPECT_EQ(expression("text", "character varying(3)"), "");
    EXPECT_EQ(expression("timestamp with time zone", "date"), "");
    EXPECT_EQ(expression("json", "jsonb"), "");
}

TEST(Conversion, FromTextIsACast)
{
    EXPECT_EQ(expression("text", "integer"), "c::integer");
    EXPECT_EQ(expression("character varying(10)", "public.colour"), "c::public.colour");
    EXPECT_EQ(effects("text", "integer"), "fails rewrites");
}

TEST(Conversion, WhereNoCastIsKnownGoesByWayOfText)
{
    EXPECT_EQ(expression("integer", "uuid"), "c::text::uuid");
    EXPECT_EQ(expression("public.colour", "public.shade"), "c::text::public.shade");
    EXPECT_EQ(effects("integer", "uuid"), "fails rewrites");
}

TEST(Conversion, OfFlagsAndIntegersIsACast)
{
    EXPECT_EQ(expression("boolean", "integer"), "c::integer");
    EXPECT_EQ(expression("integer", "boolean"), "c::boolean");
    EXPECT_TRUE(convert("c", "integer", "boolean").loses());
    EXPECT_FALSE(convert("c", "boolean", "integer").loses());
}

TEST(Conversion, BetweenArraysAndTheirElements)
{
    EXPECT_EQ(expression("integer", "integer[]"), "CASE WHEN c IS NOT NULL THEN ARRAY[c]::integer[] END");
    EXPECT_EQ(expression("integer", "character varying(3)[]"),
              "CASE WHEN c IS NOT NULL THEN ARRAY[c]::character varying[] END");
    EXPECT_EQ(expression("text", "integer[]"), "c::integer[]");
    EXPECT_EQ(expression("integer[]", "integer"), "c::text::integer");
    EXPECT_EQ(expression("integer[]", "text"), "");
    EXPECT_TRUE(convert("c", "integer[]", "integer").may_fail());
}

TEST(Conversion, OfArraysIsThatOfTheirElements)
{
    EXPECT_EQ(effects("character varying(10)[]", "character varying(20)[]"), "");
    EXPECT_EQ(effects("integer[]", "bigint[]"), "rewrites");
    EXPECT_EQ(effects("bigint[]", "integer[]"), "fails rewrites");
    EXPECT_EQ(expression("integer[]", "uuid[]"), "c::text[]::uuid[]");
}

TEST(Conversion, TakesTheColumnAsItIsGiven)
{
    EXPECT_EQ(expression("text", "integer", "\"Ä b\""), "\"Ä b\"::integer");
}

TEST(Conversion, LeavesTheLengthToAssignment)
{
    EXPECT_EQ(expression("text", "numeric(5,2)"), "c::numeric");
    EXPECT_EQ(expression("uuid", "bit varying(3)"), "c::text::bit varying");
    EXPECT_EQ(expression("character varying(9)[]", "character varying(5)[]"), "");
}

TEST(Conversion, OfTextIsLostWhereTheTypeReadsLessThanThereIs)
{
    for (const char *type :
         {"date", "time without time zone", "real", "numeric(5,2)", "name", "\"char\"", "tsvector", "bytea", "jsonb"})
        EXPECT_TRUE(convert("c", "text", type).loses()) << type;
    for (const char *type : {"integer", "numeric", "uuid", "boolean", "json", "character varying(3)"})
        EXPECT_FALSE(convert("c", "text", type).loses()) << type;
}

TEST(Conversion, ByTheServersOwnCast)
{
    EXPECT_EQ(expression("bit(8)", "integer"), "c::integer");
    EXPECT_EQ(effects("bit(8)", "integer"), "rewrites");
    EXPECT_EQ(expression("bit varying", "integer"), "c::\"bit\"::integer");
    EXPECT_EQ(expression("integer", "bit(8)"), "c::bit(8)");
    EXPECT_TRUE(convert("c", "integer", "bit(8)").loses());
    EXPECT_FALSE(convert("c", "integer", "bit(32)").loses());
    EXPECT_EQ(expression("money", "numeric"), "");
    EXPECT_EQ(expression("circle", "point"), "c::point");
}

TEST(Conversion, NamesTheSettingThatDecides)
{
    EXPECT_EQ(convert("c", "timestamp without time zone", "timestamp with time zone").setting, "TimeZone");
    EXPECT_EQ(convert("c", "timestamp with time zone", "timestamp without time zone").setting, "TimeZone");
    EXPECT_EQ(convert("c", "numeric", "money").setting, "lc_monetary");
    EXPECT_EQ(convert("c", "integer", "bigint").setting, "");
}
