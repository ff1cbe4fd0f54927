#include "engine/registry.hpp"

#include "core/body_text.hpp"
#include "core/json.hpp"
#include "core/naming.hpp"
#include "core/scaffold.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/own_locks.hpp"
#include "pg/body_scope.hpp"
#include "pg/hash.hpp"
#include "pg/memory.hpp"
#include "pg/parser.hpp"
#include "pg/report.hpp"
#include "pg/script.hpp"
#include "pg/spi.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

constexpr std::size_t message_limit = 200; // the scanner quotes the rest of the body

int registry_writes = 0;

struct BodyCheck {
    core::Location &location;
    pg::Script &script;

    // "migration "x", line 3, column 8", for byte `offset` of the body.
    std::string place(std::size_t offset) const
    {
        pg::Place place = script.place(offset);
        location.line = place.line;
        location.column = place.column;
        return fmt::format("{}, line {}, column {}", core::describe_body(location), place.line, place.column);
    }

    [[noreturn]] void refuse(const pg::Statement &statement, std::string what, std::string hint) const
    {
        throw core::Error(core::sqlstate::feature_not_supported, fmt::format("{} in {}", what, place(statement.offset)),
                          {}, std::move(hint));
    }

    // PostgreSQL takes them for letters, so that the error names a word that looks right.
    void name_look_alike(core::ErrorReport &report, std::size_t start, std::size_t offset) const
    {
        if (report.sqlstate != core::sqlstate::syntax_error)
            return;
        std::string_view line = script.body().substr(0, script.body().find('\n', offset));
        if (std::optional<core::LookAlike> found = core::find_look_alike(line, start, offset)) {
            pg::Place place = script.place(found->offset);
            core::add_hint(report,
                           fmt::format("There is {} at line {}, column {}. Replace it by an ordinary character.",
                                       found->name, place.line, place.column));
        }
    }

    // Tells where in the body an error of the scanner or the parser lies.
    // `text` begins at byte `start` of the body, and its position counts there.
    void locate(core::ErrorReport &report, std::string_view text, std::size_t start) const
    {
        int position = report.position > 0 ? report.position : report.internal_position;
        std::size_t offset = start + pg::offset_of_character(text, position);
        report.message = fmt::format("{} in {}", pg::clip(report.message, message_limit), place(offset));
        name_look_alike(report, start, offset);
        pg::Excerpt excerpt = pg::excerpt(text, position);
        report.position = 0;
        report.internal_position = excerpt.position;
        report.internal_query = excerpt.text;
    }
};

// BEGIN and COMMIT around all of a body, as many tools write them.
class Wrapper {
  public:
    // Is the statement one of the two? Raises an error for a COMMIT before it that is not the last statement.
    bool takes(const BodyCheck &check, const pg::Statement &statement, const pg::ParsedStatement &parsed)
    {
        if (last_)
            refuse(check, *last_, "COMMIT");
        if (statement.number == 1 && parsed.begins_transaction)
            first_ = statement;
        else if (first_ && parsed.ends_transaction)
            last_ = statement;
        else
            return false;
        return true;
    }

    // Both, or none.
    std::string describe(const BodyCheck &check) const
    {
        if (first_ && !last_)
            refuse(check, *first_, "BEGIN");
        return first_ ? fmt::format("BEGIN at line {} and COMMIT at line {}", first_->line, last_->line) : "";
    }

    [[noreturn]] static void refuse(const BodyCheck &check, const pg::Statement &statement, const std::string &command)
    {
        check.refuse(
            statement, fmt::format("transaction control ({}) is not allowed", command),
            "Leave it out: Linkgress begins and ends the transaction, together with the journal's. Only BEGIN as"
            " the first statement together with COMMIT as the last one may stay.");
    }

  private:
    std::optional<pg::Statement> first_;
    std::optional<pg::Statement> last_;
};

void check_transaction_control(const BodyCheck &check, const pg::Statement &statement,
                               const pg::ParsedStatement &parsed)
{
    if (parsed.kind == pg::StatementKind::transaction_control)
        Wrapper::refuse(check, statement, parsed.command);
    if (parsed.kind == pg::StatementKind::set_transaction)
        check.refuse(statement, "changing the transaction's mode (SET TRANSACTION) is not allowed",
                     "The caller of the run decides on the transaction's mode.");
}

void check_copy(const BodyCheck &check, const pg::Statement &statement, const pg::ParsedStatement &parsed)
{
    if (parsed.kind == pg::StatementKind::copy_from_stdin)
        check.refuse(statement, "COPY FROM STDIN is not possible",
                     "There is no client that could send rows. Use INSERT, or COPY from a file of the server.");
    if (parsed.kind == pg::StatementKind::copy_to_stdout)
        check.refuse(statement, "COPY TO STDOUT is not possible", "There is no client that could take rows.");
}

// Statement by statement, what is to be known of a body as a whole.
class TraitsFinder {
  public:
    void add(const pg::Statement &statement, const pg::ParsedStatement &parsed)
    {
        if (parsed.kind == pg::StatementKind::outside_transaction && traits_.refused.empty())
            traits_.refused = fmt::format("{} at {}", parsed.command, place(statement));
        find_enum_use(statement);
        if (parsed.created_enum)
            created_enums_.insert(*parsed.created_enum);
        // The values of a type that the same transaction has created can be used at once.
        if (parsed.extended_enum && created_enums_.count(*parsed.extended_enum) == 0)
            added_values_.emplace_back(parsed.enum_value, statement.number);
    }

    const BodyTraits &traits() const noexcept { return traits_; }

  private:
    std::string place(const pg::Statement &statement) const
    {
        return fmt::format("statement {}, line {}", statement.number, statement.line);
    }

    // A literal may be something else than the value; to run by itself does the
    // statement no harm.
    void find_enum_use(const pg::Statement &statement)
    {
        for (const auto &[value, number] : added_values_)
            if (traits_.enum_use.empty() && pg::mentions_literal(statement.text, value))
                traits_.enum_use = fmt::format("the enum value \"{}\" is added at statement {} and used at {}", value,
                                               number, place(statement));
    }

    BodyTraits traits_;
    std::set<std::string> created_enums_;
    std::vector<std::pair<std::string, int>> added_values_;
};

std::optional<pg::Statement> next_statement(const BodyCheck &check)
{
    try {
        return check.script.next();
    } catch (pg::PgError &error) {
        check.locate(error.report(), check.script.body(), 0);
        throw;
    } catch (core::Error &error) {
        error.report().message += " in " + check.place(check.script.statement_offset());
        throw;
    }
}

pg::ParsedStatement check_statement(const BodyCheck &check, const pg::Statement &statement, Wrapper &wrapper)
{
    pg::ParsedStatement parsed;
    try {
        parsed = pg::parse_statement(statement.text);
    } catch (pg::PgError &error) {
        check.locate(error.report(), statement.text, statement.offset);
        throw;
    }
    if (!wrapper.takes(check, statement, parsed))
        check_transaction_control(check, statement, parsed);
    check_copy(check, statement, parsed);
    return parsed;
}

// To run both would apply the migration and take it back.
void check_halves(const BodyCheck &check)
{
    std::size_t from = 0;
    while (std::optional<core::DownMarker> marker = core::find_down_marker(check.script.body(), from)) {
        if (check.script.is_comment(marker->offset))
            throw core::Error(
                core::sqlstate::feature_not_supported,
                fmt::format("both halves of a file of {} in {}", marker->tool, check.place(marker->offset)),
                fmt::format("The line \"{}\" begins the half that reverts.", pg::clip(marker->line, message_limit)),
                "Register what is above that line as up, and what is below it as down.");
        from = marker->offset + marker->line.size();
    }
}

void warn_about_order(const std::string &before, const std::string &after)
{
    std::optional<core::OrderConflict> conflict = core::order_conflict(before, after);
    if (conflict)
        pg::report(pg::Level::warning, fmt::format("migration \"{}\" sorts before \"{}\"", before, after),
                   "The order is that of the names' bytes, not of the numbers in them.",
                   fmt::format("Register \"{}\" as \"{}\", or use UTC times as in 20240115-093000_add_phone.",
                               conflict->should_be_renamed, conflict->padded));
}

void warn_about_similar(const std::string &migration)
{
    static pg::Query similar("SELECT name FROM linkgress.migration"
                             " WHERE linkgress.folded_name(name) COLLATE \"C\" = $1 AND name <> $2 LIMIT 1",
                             {pg::Type::text, pg::Type::text});
    std::string folded = core::folded_name(migration);
    pg::Rows rows = similar.run({folded, migration});
    if (!rows.empty())
        pg::report(pg::Level::warning,
                   fmt::format("migration \"{}\" is easily mistaken for \"{}\"", migration, rows.text(0, 0)),
                   "The names differ only in case or in zeros before the number.");
}

} // namespace

std::string BodyTraits::describe() const
{
    if (refused.empty())
        return "The" + enum_use.substr(std::min<std::size_t>(3, enum_use.size()));
    return refused + " cannot run in a transaction";
}

BodyTraits check_body(core::Location &location, std::string body)
{
    pg::SettingScope strings("standard_conforming_strings", "on"); // as when it is run
    pg::Script script(std::move(body));
    BodyCheck check{location, script};
    TraitsFinder finder;
    Wrapper wrapper;
    while (std::optional<pg::Statement> statement = next_statement(check)) {
        pg::check_for_interrupts();
        finder.add(*statement, check_statement(check, *statement, wrapper));
    }
    if (location.hook.empty())
        check_halves(check);
    BodyTraits traits = finder.traits();
    traits.wrapper = wrapper.describe(check);
    return traits;
}

void check_name(const std::string &migration)
{
    if (std::optional<std::string> problem = core::name_problem(migration))
        throw core::Error(core::sqlstate::check_violation, *problem, {},
                          "A name such as 20240115-093000_add_phone is recommended.");
}

void warn_about_name(const std::string &migration)
{
    // Neighbours are enough: where they are in order, so is all beyond them.
    static pg::Query before("SELECT name FROM linkgress.migration WHERE name < $1 AND name >= '0'"
                            " ORDER BY name DESC LIMIT 1",
                            {pg::Type::text});
    static pg::Query after("SELECT name FROM linkgress.migration WHERE name > $1 AND name < ':'"
                           " ORDER BY name LIMIT 1",
                           {pg::Type::text});
    pg::OwnerScope owner;
    pg::use_indexes(owner); // the plans outlive an empty table's statistics
    warn_about_similar(migration);
    if (core::leading_digits(migration).empty())
        return;
    pg::Rows previous = before.run({migration});
    if (!previous.empty())
        warn_about_order(previous.text(0, 0), migration);
    pg::Rows next = after.run({migration});
    if (!next.empty())
        warn_about_order(migration, next.text(0, 0));
}

void refuse_inside_migration(const std::string &what)
{
    if (pg::BodyWatch::active())
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("cannot {} while a migration is running", what), {},
                          "Do it outside of migrations.");
}

std::optional<std::string> applied_checksum(const std::string &migration)
{
    static pg::Query query("SELECT checksum FROM linkgress.journal WHERE name = $1", {pg::Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = query.run_with_latest_snapshot({migration});
    return rows.empty() ? std::nullopt : rows.optional_text(0, 0);
}

bool is_applied(const std::string &migration)
{
    return applied_checksum(migration).has_value();
}

bool is_any_applied()
{
    static pg::Query query("SELECT FROM linkgress.journal LIMIT 1", {});
    pg::OwnerScope owner;
    return !query.run_with_latest_snapshot().empty();
}

void refuse_change(const std::string &migration, const std::string &change)
{
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("cannot change {} of migration \"{}\", which is applied", change, migration), {},
                      "Register another migration, or revert this one first with linkgress.rollback().");
}

void refuse_delete(const std::string &migration)
{
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("cannot delete migration \"{}\", which is applied", migration), {},
                      fmt::format("Revert it first with linkgress.rollback(), or forget that it was applied with"
                                  " SELECT linkgress.repair({}, 'forget').",
                                  core::quote_literal(migration)));
}

std::string checksum(std::string_view body)
{
    return pg::sha256(core::canonical_pieces(body));
}

std::string digest(const std::vector<std::optional<std::string_view>> &texts)
{
    std::vector<std::string_view> pieces = {"["};
    for (const std::optional<std::string_view> &text : texts) {
        if (pieces.size() > 1)
            pieces.emplace_back(", ");
        if (text)
            core::append_json_pieces(pieces, *text);
        else
            pieces.emplace_back("null");
    }
    pieces.emplace_back("]");
    return pg::sha256(pieces);
}

RegistryWrite::RegistryWrite() noexcept
{
    registry_writes++;
}

RegistryWrite::~RegistryWrite()
{
    registry_writes--;
}

bool RegistryWrite::active() noexcept
{
    return registry_writes > 0;
}

bool take_over(const std::string &migration)
{
    static pg::Query find("SELECT author::oid, approvers::oid[] FROM linkgress.migration WHERE name = $1",
                          {pg::Type::text});
    static pg::Query update(
        "UPDATE linkgress.migration SET author = CASE WHEN $2 THEN author ELSE $3::linkgress.role END,"
        " registered_by = CASE WHEN $2 THEN registered_by ELSE $3::linkgress.role::name END,"
        " registered_at = CASE WHEN $2 THEN registered_at ELSE clock_timestamp() END,"
        " approvers = CASE WHEN cardinality($4) > 0 THEN"
        " ARRAY(SELECT a FROM unnest(approvers) a WHERE a::oid = ANY ($4)) END,"
        " approved_by = (SELECT a::name FROM unnest(approvers) a WHERE a::oid = ANY ($4) LIMIT 1),"
        " approved_at = CASE WHEN cardinality($4) > 0 THEN approved_at END WHERE name = $1",
        {pg::Type::text, pg::Type::boolean, pg::Type::oid, pg::Type::oid_array});
    pg::Oid role = pg::current_role();
    lock_row({describe(TextKind::migration, migration), "migration", migration});
    pg::OwnerScope owner;
    pg::Rows rows = find.run({migration});
    if (rows.empty())
        return false;
    bool keeps_author = pg::can_act_as(role, rows.oid(0, 0));
    std::vector<pg::Oid> approvers = rows.oid_array(0, 1);
    std::size_t before = approvers.size();
    std::erase_if(approvers, [&](pg::Oid approver) { return !pg::can_act_as(role, approver); });
    if (keeps_author && approvers.size() == before)
        return false;
    RegistryWrite write;
    update.run({migration, keeps_author, role, std::cref(approvers)});
    return true;
}

namespace {

template <typename Text> pg::Value optional_value(const std::optional<Text> &text)
{
    if (!text)
        return std::monostate{};
    return std::string_view(*text);
}

pg::Value optional_flag(std::optional<bool> flag)
{
    return flag ? pg::Value(*flag) : pg::Value(std::monostate{});
}

bool insert(const Registration &r)
{
    static pg::Query query("INSERT INTO linkgress.migration"
                           " (name, up, down, description, breaking, estimated_duration, repeatable, always, tags,"
                           " transactional, down_transactional, statement_timeout)"
                           " VALUES ($1, $2, $3, $4, $5, $6::interval, $7, $8, $9, $10, $11, $12::interval)"
                           " ON CONFLICT (name) DO NOTHING RETURNING name",
                           {pg::Type::text, pg::Type::text, pg::Type::text, pg::Type::text, pg::Type::boolean,
                            pg::Type::text, pg::Type::boolean, pg::Type::boolean, pg::Type::text_array,
                            pg::Type::boolean, pg::Type::boolean, pg::Type::text});
    pg::MemoryScope memory;
    return !query
                .run({r.name, optional_value(r.up), optional_value(r.down), optional_value(r.description), r.breaking,
                      optional_value(r.estimated_duration), r.repeatable, r.always, r.tags,
                      optional_flag(r.transactional), optional_flag(r.down_transactional),
                      optional_value(r.statement_timeout)})
                .empty();
}

// What the registry has under that name. The up text is compared by its
// checksum: it may have megabytes, and CRLF makes no difference.
enum class Found { nothing, same, different };

Found find(const Registration &r)
{
    static pg::Query query(
        "SELECT checksum = $10 AND down IS NOT DISTINCT FROM $2 AND description IS NOT DISTINCT FROM $3"
        " AND breaking = $4 AND estimated_duration IS NOT DISTINCT FROM $5::interval AND repeatable = ($6 OR $7)"
        " AND always = $7 AND tags = $8 AND $9 AND transactional = coalesce($11, transactional)"
        // What is not given is found from the text, which is the same.
        " AND down_transactional IS NOT DISTINCT FROM coalesce($12, down_transactional)"
        " AND statement_timeout IS NOT DISTINCT FROM $13::interval FROM linkgress.migration WHERE name = $1",
        {pg::Type::text, pg::Type::text, pg::Type::text, pg::Type::boolean, pg::Type::text, pg::Type::boolean,
         pg::Type::boolean, pg::Type::text_array, pg::Type::boolean, pg::Type::text, pg::Type::boolean,
         pg::Type::boolean, pg::Type::text});
    std::string hash = checksum(r.up.value_or(""));
    pg::Rows rows = query.run({r.name, optional_value(r.down), optional_value(r.description), r.breaking,
                               optional_value(r.estimated_duration), r.repeatable, r.always, r.tags, r.up.has_value(),
                               hash, optional_flag(r.transactional), optional_flag(r.down_transactional),
                               optional_value(r.statement_timeout)});
    if (rows.empty())
        return Found::nothing;
    return rows.boolean(0, 0) ? Found::same : Found::different;
}

void update(const Registration &r)
{
    static pg::Query query("UPDATE linkgress.migration SET up = $2, down = $3, description = $4, breaking = $5,"
                           " estimated_duration = $6::interval, repeatable = $7 OR $8, always = $8, tags = $9,"
                           " transactional = $10, down_transactional = $11, statement_timeout = $12::interval"
                           " WHERE name = $1",
                           {pg::Type::text, pg::Type::text, pg::Type::text, pg::Type::text, pg::Type::boolean,
                            pg::Type::text, pg::Type::boolean, pg::Type::boolean, pg::Type::text_array,
                            pg::Type::boolean, pg::Type::boolean, pg::Type::text});
    pg::MemoryScope memory;
    query.run({r.name, optional_value(r.up), optional_value(r.down), optional_value(r.description), r.breaking,
               optional_value(r.estimated_duration), r.repeatable, r.always, r.tags, optional_flag(r.transactional),
               optional_flag(r.down_transactional), optional_value(r.statement_timeout)});
}

} // namespace

namespace {

const char *insert_or_update(const Registration &registration)
{
    Found found = find(registration);
    // Another session may come first.
    if (found == Found::nothing && insert(registration))
        return "registered";
    if (found == Found::nothing)
        found = find(registration);
    if (found == Found::same)
        return "unchanged";
    update(registration);
    return "replaced";
}

} // namespace

const char *register_migration(const Registration &registration)
{
    pg::SearchPathScope search_path;
    const char *result = nullptr;
    naming_holders(fmt::format("migration \"{}\"", registration.name),
                   [&] { result = insert_or_update(registration); });
    return result;
}

std::string new_migration_name(const std::string &label)
{
    static pg::Query query(
        "WITH RECURSIVE taken AS (SELECT left(name, 15) AS time FROM linkgress.migration"
        "  UNION SELECT left(name, 15) FROM linkgress.journal),"
        " probe(at) AS (SELECT clock_timestamp() UNION ALL SELECT at + interval '1 second' FROM probe"
        "  WHERE to_char(at AT TIME ZONE 'UTC', 'YYYYMMDD-HH24MISS') IN (SELECT time FROM taken))"
        " SELECT to_char(max(at) AT TIME ZONE 'UTC', 'YYYYMMDD-HH24MISS') FROM probe",
        {});
    std::string text = core::label_in_name(label);
    if (text.empty())
        throw core::Error(core::sqlstate::invalid_parameter_value, "the label must have a letter or a digit", {},
                          "Say in a few words what the migration is for.");
    pg::OwnerScope owner;
    return query.run().text(0, 0) + "_" + text;
}

} // namespace linkgress::engine
