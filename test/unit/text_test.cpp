#include "core/text.hpp"

#include <gtest/gtest.h>

#include <string>

using linkgress::core::canonical_pieces;

namespace {

// What the checksum covers.
std::string canonical(std::string_view body)
{
    std::string text;
    for (std::string_view piece : canonical_pieces(body))
        text += piece;
    return text;
}

} // namespace

TEST(CanonicalText, LeavesPlainTextAlone)
{
    EXPECT_EQ(canonical("SELECT 1;\nSELECT 2;"), "SELECT 1;\nSELECT 2;");
    EXPECT_EQ(canonical_pieces("SELECT 1").size(), 1u);
}

TEST(CanonicalText, DropsTheCarriageReturnOfEveryLineEnd)
{
    EXPECT_EQ(canonical("a\r\nb\r\nc"), "a\nb\nc");
    EXPECT_EQ(canonical("\r\na"), "\na");
    EXPECT_EQ(canonical("a\r\n\r\nb"), "a\n\nb");
    EXPECT_EQ(canonical("a\r\nb\nc"), "a\nb\nc");
}

TEST(CanonicalText, KeepsALoneCarriageReturn)
{
    EXPECT_EQ(canonical("a\rb"), "a\rb");
    EXPECT_EQ(canonical("a\r\r\nb"), "a\r\nb");
    EXPECT_EQ(canonical("a\n\rb"), "a\n\rb");
    EXPECT_NE(canonical("a\rb"), canonical("ab"));
}

TEST(CanonicalText, DropsBlanksAtTheEnd)
{
    for (const char *end : {" ", "\t", "\n", "\r\n", "\r", "\f", "\v", " \t\r\n\f\v \n\n"})
        EXPECT_EQ(canonical(std::string("SELECT 1;") + end), "SELECT 1;");
    EXPECT_EQ(canonical("a\r\nb\r\n\r\n"), "a\nb");
}

TEST(CanonicalText, KeepsBlanksElsewhere)
{
    EXPECT_EQ(canonical(" \n a  b \n c"), " \n a  b \n c");
    EXPECT_EQ(canonical("a \r\nb"), "a \nb");
    EXPECT_EQ(canonical("a\xc2\xa0"), "a\xc2\xa0"); // a no-break space is no blank
}

TEST(CanonicalText, IsEmptyForEmptyAndBlankBodies)
{
    EXPECT_EQ(canonical(""), "");
    EXPECT_EQ(canonical(" \t\r\n"), "");
    EXPECT_EQ(canonical("\r\n\r\n"), "");
    EXPECT_EQ(canonical("\r"), "");
}

TEST(CanonicalText, DoesNotStopAtAZeroByte)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(canonical("a\0b\r\n\0c"sv), "a\0b\n\0c"sv);
}

TEST(CanonicalText, PiecesPointIntoTheBody)
{
    std::string body = "a\r\nb";
    for (std::string_view piece : canonical_pieces(body)) {
        EXPECT_GE(piece.data(), body.data());
        EXPECT_LE(piece.data() + piece.size(), body.data() + body.size());
    }
}

TEST(CanonicalText, IsItsOwnCanonicalForm)
{
    for (const char *body : {"", "a", "a\r\nb\r\n", "a\r\r\nb", " a \n"})
        EXPECT_EQ(canonical(canonical(body)).size(), canonical(canonical(canonical(body))).size());
    EXPECT_EQ(canonical(canonical("a\r\nb\n")), canonical("a\r\nb\n"));
}
