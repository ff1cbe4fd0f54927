// What a body's text may have in it that its author does not see, or did not mean for it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace linkgress::core {

// A character (in UTF-8) that looks like white space, like nothing, or like a quote, and is none to PostgreSQL.
struct LookAlike {
    std::size_t offset = 0;
    const char *name = nullptr; // "U+00A0 (no-break space)"
};
// The last one that begins at or before byte `offset`, but not before byte `from`; else the first one behind.
std::optional<LookAlike> find_look_alike(std::string_view text, std::size_t from, std::size_t offset);

// A line with which another tool's file ends the half that applies, and begins the one that reverts.
struct DownMarker {
    std::size_t offset = 0; // of its first dash
    std::string_view line;
    const char *tool = nullptr;
};
// The first one at or behind byte `from`. It looks at lines only: whether it is in a literal is for the scanner to say.
std::optional<DownMarker> find_down_marker(std::string_view text, std::size_t from);

} // namespace linkgress::core
