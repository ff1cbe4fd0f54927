#include "core/body_text.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace linkgress::core;

TEST(BodyText, TheLookAlikeNearestBeforeAPlaceIsFound)
{
    std::string text = "SELECT\xC2\xA0"
                       "1,\xE2\x80\x8B 2";
    EXPECT_STREQ(find_look_alike(text, 0, 7)->name, "U+00A0 (no-break space)");
    EXPECT_EQ(find_look_alike(text, 0, 7)->offset, 6u);
    EXPECT_STREQ(find_look_alike(text, 0, text.size())->name, "U+200B (zero width space)");
    EXPECT_STREQ(find_look_alike(text, 7, 8)->name, "U+200B (zero width space)"); // none before, so the next one
    EXPECT_FALSE(find_look_alike("SELECT 'ä', 'é'", 0, 15));
}

TEST(BodyText, EachToolsMarkerIsFound)
{
    for (const char *line : {"-- migrate:down", "--migrate:down transaction:false", "-- +goose Down", "-- +goose DOWN",
                             "-- +migrate Down notransaction", "-- Down Migration", "--- down migration ---",
                             "---- create above / drop below ----", "--//@UNDO", "-- //@UNDO", "\t-- migrate:down\r"}) {
        std::string text = std::string("CREATE TABLE t (id int);\n") + line + "\nDROP TABLE t;\n";
        std::optional<DownMarker> marker = find_down_marker(text, 0);
        ASSERT_TRUE(marker) << line;
        EXPECT_EQ(text.substr(marker->offset, 2), "--") << line;
    }
}

TEST(BodyText, OtherCommentsAreNoMarkers)
{
    for (const char *line : {"-- migrate:up", "-- +goose Up", "-- Up Migration", "-- the way down",
                             "SELECT 1; -- migrate:down", "-- rollback", "--"})
        EXPECT_FALSE(find_down_marker(std::string("SELECT 1;\n") + line + "\n", 0)) << line;
}

TEST(BodyText, ARollbackIsAMarkerInAFileOfLiquibaseOnly)
{
    EXPECT_TRUE(find_down_marker("--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n--rollback SELECT 2;\n", 0));
    EXPECT_FALSE(find_down_marker("--changeset a:1\nSELECT 1;\n--rollback SELECT 2;\n", 0));
}

TEST(BodyText, TheSearchGoesOnBehindAMarker)
{
    std::string text = "-- migrate:down\n-- +goose Down";
    EXPECT_STREQ(find_down_marker(text, 2)->tool, "goose");
}
