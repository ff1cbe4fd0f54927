#include "engine/model_subjects.hpp"

#include "engine/notice.hpp"
#include "pg/catalog.hpp"
#include "pg/spi.hpp"
#include "pg/text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace linkgress::engine {

namespace {

constexpr const char *own_schema = "linkgress";
constexpr std::size_t told = 10; // statements

// What is done to its own objects is refused where it is done.
bool is_of_linkgress(const pg::Definition &definition)
{
    const pg::Subject &subject = definition.subject;
    return !subject.has_others && !subject.only_drops && !definition.in_schema &&
           std::all_of(subject.schemas.begin(), subject.schemas.end(),
                       [](const std::string &schema) { return schema == own_schema; }) &&
           std::all_of(subject.in_database.begin(), subject.in_database.end(),
                       [](const auto &object) {
                           return object == std::pair<std::string, std::string>("extension", own_schema);
                       }) &&
           !(subject.schemas.empty() && subject.in_database.empty());
}

// In words, what of its subject the model does not manage; "" if it is none.
std::string unmanaged_subject(const Model &model, const ModelStatement &statement)
{
    const pg::Subject &subject = statement.definition.subject;
    if (subject.is_temporary)
        return "a temporary object";
    std::vector<std::string> found;
    for (const std::string &schema : subject.schemas)
        if (!schema.empty() && !std::binary_search(model.schemas.begin(), model.schemas.end(), schema))
            found.push_back("schema " + pg::quote_identifier(schema));
    for (const auto &[kind, name] : subject.in_database)
        if (!std::binary_search(model.in_database.begin(), model.in_database.end(), kind + " " + name))
            found.push_back(kind + " " + pg::quote_identifier(name));
    return fmt::format("{}", fmt::join(found, ", "));
}

std::string place_of(const Model &model, const ModelStatement &statement)
{
    const ModelPart &part = model.parts[statement.part];
    if (part.format == "json")
        return fmt::format("part \"{}\", {}", part.name, statement.path);
    return fmt::format("part \"{}\", statement {}, line {}", part.name, statement.number,
                       pg::place_in(part.source, statement.offset).line);
}

} // namespace

ModelSubjects::ModelSubjects(const std::vector<std::string> &managed) : managed_(managed.begin(), managed.end()) {}

bool ModelSubjects::is_unmanaged(const pg::Subject &subject, const std::string &path) const
{
    if (managed_.empty() || subject.schemas.empty() || subject.has_others || !subject.in_database.empty())
        return false;
    return std::all_of(subject.schemas.begin(), subject.schemas.end(), [&](const std::string &schema) {
        const std::string &name = schema.empty() ? path : schema;
        return !name.empty() && !managed_.contains(name) && pg::schema_exists(name);
    });
}

bool ModelSubjects::is_left_out(const ModelStatement &statement, const std::string &path, bool is_first)
{
    const pg::Subject &subject = statement.definition.subject;
    if (is_of_linkgress(statement.definition) || (is_first && subject.only_drops && subject.if_exists))
        return true;
    if (subject.is_temporary || !is_unmanaged(subject, path))
        return false;
    for (const std::string &schema : subject.schemas)
        unmanaged_.insert(schema.empty() ? path : schema);
    return true;
}

void ModelSubjects::report(const Model &model) const
{
    if (!unmanaged_.empty()) {
        std::vector<std::string> names;
        for (const std::string &schema : unmanaged_)
            names.push_back(pg::quote_identifier(schema));
        notice(fmt::format("the model has something in schemas that are not managed: {}", fmt::join(names, ", ")),
               "It is not planned.", "Add them to linkgress.managed_schemas, if they are to be managed.");
    }
    std::vector<std::string> lines;
    std::size_t count = 0;
    for (const ModelStatement &statement : model.statements)
        if (std::string what = unmanaged_subject(model, statement); !what.empty() && ++count <= told)
            lines.push_back(
                fmt::format("{}: {}, of {}", place_of(model, statement), statement.definition.command, what));
    if (count > told)
        lines.push_back(fmt::format("and {} more", count - told));
    if (count > 0)
        notice("the model says something of what it does not manage", fmt::format("{}", fmt::join(lines, "\n")),
               "It is not planned. Put it into a migration, or have the model create the object or manage the schema "
               "(linkgress.managed_schemas).");
}

} // namespace linkgress::engine
