#include "core/scaffold.hpp"

#include "core/poll.hpp"
#include "core/secret.hpp"
#include "core/text.hpp"

#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// The statements name everything with its schema.
constexpr const char *prologue = "SET search_path = pg_catalog, pg_temp;\n";

// Line by line, so that nothing of the text gets out of the comment: the scanner ends it at either of the two.
void add_comment(std::string &body, std::string_view text)
{
    body += "-- ";
    Steps steps;
    for (char c : text)
        steps.take(), body += c == '\n' || c == '\r' ? "\n-- " : std::string(1, c);
    body += '\n';
}

// What has secrets, without them, and a statement that fails until somebody has put them in.
void add_secret_operation(std::string &body, const Operation &operation)
{
    std::string what =
        fmt::format("{} {} needs secrets, which are not kept in migrations", operation.type, operation.object);
    add_comment(body, fmt::format("{}: complete what follows, and put it in the place of the DO.", what));
    add_comment(body, operation.kept_sql());
    std::string code = fmt::format(
        "BEGIN RAISE object_not_in_prerequisite_state USING MESSAGE = {}, HINT = {}; END", quote_literal(what),
        quote_literal("The statement is in a comment of the migration: complete it there, or "
                      "run it by hand and remove it."));
    body += fmt::format("DO {};\n", quote_literal(code));
}

void add_operation(std::string &body, const Operation &operation)
{
    poll();
    body += '\n';
    add_comment(body, fmt::format("{} {}", operation.type, operation.object));
    for (const Hazard &hazard : operation.hazards)
        if (std::string_view(hazard.name) != "irreversible")
            add_comment(body, fmt::format("{}: {}", hazard.name, hazard.text));
    if (operation.kept.empty())
        body += operation.sql() + "\n";
    else
        add_secret_operation(body, operation);
}

} // namespace

std::string up_body(const std::vector<Operation> &operations, const std::string &plan)
{
    std::string body;
    add_comment(body, "plan " + plan);
    body += prologue;
    for (const Operation &operation : operations)
        add_operation(body, operation);
    return body;
}

std::string down_body(const std::vector<Operation> &back, const std::vector<Operation> &up)
{
    std::string body;
    for (const Operation &operation : up)
        for (const Hazard &hazard : operation.hazards)
            if (operation.destructive && std::string_view(hazard.name) == "data_loss")
                add_comment(body, "cannot be reverted: " + hazard.text);
    body += prologue;
    for (const Operation &operation : back)
        add_operation(body, operation);
    return body;
}

std::string label_in_name(std::string_view label)
{
    std::string name;
    Steps steps;
    for (char c : label) {
        steps.take();
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (is_upper)
            name += static_cast<char>(c - 'A' + 'a');
        else if (is_kept)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (!name.empty() && name.back() == '_')
        name.pop_back();
    return name;
}

} // namespace linkgress::core
