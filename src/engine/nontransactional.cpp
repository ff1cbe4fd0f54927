#include "engine/nontransactional.hpp"

#include "core/progress.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/attempt.hpp"
#include "engine/clock.hpp"
#include "engine/journal.hpp"
#include "engine/leftovers.hpp"
#include "engine/lock_retries.hpp"
#include "engine/own_locks.hpp"
#include "engine/partial.hpp"
#include "engine/registry.hpp"
#include "engine/selection.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/memory.hpp"
#include "pg/parser.hpp"
#include "pg/report.hpp"
#include "pg/top_level.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using Kind = pg::ConcurrentWork::Kind;
using pg::lock::Fact;
using pg::lock::Span;

constexpr auto at_top_level = pg::SpiSession::Transactions::top_level;

void notice(const std::string &message)
{
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, message);
}

// These wait for others without holding them up, and to give up half-way costs
// all that was done: lock_timeout is not for them.
bool waits_harmlessly(const pg::ConcurrentWork &work)
{
    return work.kind == Kind::build_index || work.kind == Kind::rebuild_index || work.kind == Kind::drop_index;
}

// What other sessions see of the work, as long as no transaction is rolled back.
class Marks {
  public:
    explicit Marks(const Task &task)
        : run_(Fact::run, static_cast<std::uint32_t>(task.run), Span::session),
          migration_(Fact::migration, pg::lock::hash_of_name(task.location.migration), Span::session),
          step_(Fact::step, static_cast<std::uint32_t>(task.number), Span::session),
          steps_(Fact::steps, static_cast<std::uint32_t>(task.total), Span::session),
          statement_(Fact::statement, 0, Span::session), statements_(Fact::statements, 0, Span::session)
    {}

    void set_statements(int count) { statements_.change(static_cast<std::uint32_t>(count)); }
    void set_statement(int number) { statement_.change(static_cast<std::uint32_t>(number)); }

    void renew()
    {
        for (pg::lock::Mark *mark : {&run_, &migration_, &step_, &steps_, &statement_, &statements_})
            mark->renew();
    }

  private:
    pg::lock::Mark run_;
    pg::lock::Mark migration_;
    pg::lock::Mark step_;
    pg::lock::Mark steps_;
    pg::lock::Mark statement_;
    pg::lock::Mark statements_;
};

class NontransactionalRun {
  public:
    NontransactionalRun(Task &task, const std::function<void(const core::Location &)> &announce)
        : task_(task), announce_(announce)
    {}

    BodyResult run()
    {
        std::optional<Marks> marks;
        pg::in_transaction([&] { marks.emplace(task_); }); // from here on nobody can take it from the registry
        open();
        pg::in_transaction([&] { marks->set_statements(total_); });
        BodyReader reader(task_.location, *body_.text);
        while (std::optional<pg::Statement> statement = reader.next())
            if (statement->number > done_)
                run_statement(reader, *statement, *marks);
            else
                restore_session(reader, *statement);
        if (done_ >= total_)
            finish();
        BodyResult result;
        result.statements = total_ - done_;
        result.dropped_tables = describe(effects_.dropped_tables);
        return result;
    }

  private:
    const std::string &name() const { return task_.location.migration; }

    // Reads the text, which from here on is the one that is run and recorded, and
    // how far it was run before.
    void open()
    {
        pg::TopLevelTransaction transaction;
        {
            pg::SpiSession spi(at_top_level);
            hold_own_tables();
            std::optional<Body> body =
                task_.location.direction == core::Direction::up ? read_up(name()) : read_down(name());
            if (!body)
                throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                                  fmt::format("migration \"{}\" was taken away meanwhile", name()), {}, "Call again.");
            body_ = std::move(*body);
            check_may_run_body(task_.location, body_);
            std::optional<Partial> partial = read_partial(name());
            if (body_.transactional && (!partial || partial->done == 0))
                refuse_changed(name());
            role_change_ = role_change(body_.voucher);
            role_ = pg::current_role();
            if (partial && partial->direction == task_.location.direction) {
                done_ = partial->done;
                attempt_ = *partial;
            }
            read_statements();
            set_up_session();
        }
        transaction.commit();
    }

    void set_up_session()
    {
        session_lock_timeout_ = pg::show_guc("lock_timeout");
        pg::set_guc("standard_conforming_strings", "on"); // as when it was registered
        pg::set_guc("application_name", core::progress_application_name(task_.number, task_.total, name()));
        if (pg::settings::lock_timeout() > 0)
            pg::set_guc("lock_timeout", std::to_string(pg::settings::lock_timeout()));
        body_lock_timeout_ = pg::show_guc("lock_timeout");
    }

    // How many there are, and whether those that are done have their text still:
    // one that says otherwise tells lies.
    void read_statements()
    {
        BodyReader reader(task_.location, *body_.text);
        std::vector<std::string> checksums;
        while (std::optional<pg::Statement> statement = reader.next())
            if (statement->number <= done_)
                checksums.push_back(checksum(statement->text));
        total_ = reader.statements();
        std::vector<std::string> changed = changed_statements(name(), checksums);
        if (!changed.empty())
            throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                              fmt::format("{} {} of migration \"{}\" {} done, but changed since",
                                          changed.size() == 1 ? "statement" : "statements", fmt::join(changed, ", "),
                                          name(), changed.size() == 1 ? "is" : "are"),
                              fmt::format("{} of its statements are done; it goes on with the next one.", done_),
                              fmt::format("Put them back, or say how many of the present statements count as done with"
                                          " linkgress.repair({}, done => n).",
                                          core::quote_literal(name())));
    }

    // The worker's statements have no other limit: the session's timer does not run while it waits for the worker.
    TimeLimit limit() const { return time_limit(body_, 0); }

    // What a statement that is done did to the session was lost with it.
    void restore_session(BodyReader &reader, const pg::Statement &statement)
    {
        pg::ParsedStatement parsed = pg::parse_statement(statement.text);
        if (parsed.is_temporary)
            pg::report(pg::Level::warning,
                       fmt::format("statement {} of migration \"{}\" is done, but what it has made was temporary",
                                   statement.number, name()),
                       "It went with the session of that run.",
                       fmt::format("If it is needed, say with linkgress.repair({}, done => n) where to go on from.",
                                   core::quote_literal(name())));
        if (!parsed.sets_session)
            return;
        reader.run(statement, limit(), [&] {
            pg::TopLevelTransaction transaction;
            execute(parsed, statement.text, {});
            transaction.commit();
        });
    }

    void run_statement(BodyReader &reader, const pg::Statement &statement, Marks &marks)
    {
        reader.locate(statement);
        announce_(task_.location);
        pg::in_transaction([&] { marks.set_statement(statement.number); });
        pg::ParsedStatement parsed = pg::parse_statement(statement.text);
        LockRetries retries(task_.location);
        for (;;) {
            std::uint64_t commits = 0;
            try {
                reader.run(statement, limit(), [&] { attempt(statement, parsed, commits); });
                return;
            } catch (core::Error &error) {
                // A procedure does what it had committed once more only if somebody wants it to.
                bool is_partly_done = parsed.is_procedural && pg::commits() != commits;
                if (is_interrupt(error) || is_partly_done || !try_again(retries, error.report()))
                    throw;
            }
            pg::in_transaction([&] { marks.renew(); }); // the failure was a rollback
            retries.pause();
        }
    }

    bool try_again(LockRetries &retries, core::ErrorReport &report)
    {
        bool again = false;
        attempt_at_top_level("the statement is not tried again", [&] { again = retries.try_again(report); });
        return again;
    }

    void attempt(const pg::Statement &statement, const pg::ParsedStatement &parsed, std::uint64_t &commits)
    {
        std::string sql = statement.text;
        bool again = attempt_.attempted == statement.number;
        std::string builds;
        bool is_done = false;
        if (parsed.work.kind != Kind::none || again)
            is_done = prepare(statement, parsed, again, sql, builds);
        try {
            pg::TopLevelTransaction transaction;
            commits = pg::commits();
            if (!is_done)
                execute(parsed, sql, builds);
            pg::check_for_interrupts();
            note(statement, parsed, builds);
            transaction.commit();
        } catch (core::Error &error) {
            tell_leftover(error.report(), builds);
            throw;
        }
    }

    // Cleans up behind an attempt before, and notes that there is going to be
    // another one. Says whether the statement turned out to be done.
    bool prepare(const pg::Statement &statement, const pg::ParsedStatement &parsed, bool again, std::string &sql,
                 std::string &builds)
    {
        if (again) {
            std::vector<std::string> leftovers;
            bool is_done = false;
            {
                pg::TopLevelTransaction transaction;
                {
                    pg::SpiSession spi(at_top_level);
                    builds = attempt_.builds;
                    leftovers = invalid_indexes_left(name(), builds, parsed.work);
                    is_done = is_built(parsed, sql, builds);
                    if (is_detach_pending(parsed.work))
                        sql = fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE", parsed.work.table,
                                          parsed.work.partition);
                    set_lock_timeout(true);
                }
                transaction.commit();
            }
            for (const std::string &index : leftovers)
                drop(index);
            if (is_done)
                return true;
        }
        note_beginning(statement, parsed, builds);
        return false;
    }

    bool is_built(const pg::ParsedStatement &parsed, const std::string &sql, const std::string &builds)
    {
        if (parsed.work.kind != Kind::build_index || builds.empty() || state_of_index(builds) != IndexState::valid ||
            !is_same_definition(sql, parsed.work, builds))
            return false;
        notice(fmt::format("index {} exists with the same definition, statement {} of {} is done", builds,
                           task_.location.statement, name()));
        return true;
    }

    void drop(const std::string &index)
    {
        notice(fmt::format("dropping the invalid index {}, left by the attempt before", index));
        try {
            pg::TopLevelTransaction transaction;
            pg::execute_at_top_level("DROP INDEX CONCURRENTLY IF EXISTS " + index);
            transaction.commit();
        } catch (core::Error &error) {
            error.report().context += fmt::format("{}dropping the invalid index {}, left by the attempt before",
                                                  error.report().context.empty() ? "" : "\n", index);
            throw;
        }
    }

    // An index without a name in the text keeps the one that it was given the first
    // time.
    void note_beginning(const pg::Statement &statement, const pg::ParsedStatement &parsed, std::string &builds)
    {
        pg::TopLevelTransaction transaction;
        {
            pg::SpiSession spi(at_top_level);
            std::string text = checksum(statement.text);
            bool is_same = attempt_.attempted == statement.number && attempt_.attempted_checksum == text;
            if (parsed.work.kind != Kind::build_index)
                builds.clear();
            else if (!is_same || builds.empty())
                builds = name_of_built_index(parsed.work);
            if (parsed.work.kind != Kind::none) {
                note_attempt(task_.location, total_, text, builds);
                attempt_.attempted = statement.number;
                attempt_.attempted_checksum = text;
                attempt_.builds = builds;
            }
            set_lock_timeout(waits_harmlessly(parsed.work));
        }
        transaction.commit();
    }

    // As long as the body has not set another one itself.
    void set_lock_timeout(bool harmless)
    {
        std::string present = pg::show_guc("lock_timeout");
        const std::string &from = harmless ? body_lock_timeout_ : session_lock_timeout_;
        const std::string &to = harmless ? session_lock_timeout_ : body_lock_timeout_;
        if (present == from && from != to)
            pg::set_guc("lock_timeout", to);
    }

    void execute(const pg::ParsedStatement &parsed, const std::string &sql, const std::string &builds)
    {
        std::string index = parsed.work.kind == Kind::build_index && parsed.work.index.empty() ? bare(builds) : "";
        pg::BodyWatch watch(effects_);
        bool is_utility;
        bool changes_role = role_change_ == pg::RoleChange::by_statement && pg::changes_role(sql);
        effects_.fixed_role = role_change_ == pg::RoleChange::never || (pg::is_role_to_gain() && !changes_role);
        if (effects_.fixed_role && parsed.kind == pg::StatementKind::ordinary) {
            pg::SpiSession spi(at_top_level);
            pg::RoleScope role(pg::current_role());
            is_utility = pg::execute_statement(sql);
            effects_.may_have_changed_rows = effects_.may_have_changed_rows || !is_utility;
            finish_statement();
        } else {
            is_utility = pg::execute_at_top_level(sql, index);
            effects_.may_have_changed_rows = effects_.may_have_changed_rows || !is_utility;
            pg::SpiSession spi(at_top_level);
            finish_statement();
        }
        pg::use_server_encoding();
    }

    // Before the commit, which is not under watch.
    void finish_statement()
    {
        pg::check_deferred_constraints(effects_);
        pg::close_cursors(effects_);
        effects_.set_constraints = false;
        effects_.may_have_changed_rows = false;
    }

    std::string bare(const std::string &qualified)
    {
        pg::SpiSession spi(at_top_level);
        return bare_name(qualified);
    }

    // In the transaction of the statement, as the caller, whatever role the body has.
    void note(const pg::Statement &statement, const pg::ParsedStatement &parsed, const std::string &builds)
    {
        pg::SpiSession spi(at_top_level);
        pg::RoleScope role(role_);
        if (!builds.empty())
            check_valid(builds);
        if (waits_harmlessly(parsed.work))
            set_lock_timeout(false);
        if (statement.number < total_)
            note_done(task_.location, total_, checksum(statement.text));
        else
            record();
    }

    // IF NOT EXISTS is content with an index that is of no use.
    void check_valid(const std::string &builds)
    {
        if (state_of_index(builds) == IndexState::invalid)
            throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                              fmt::format("index {} exists, but is invalid", builds), {},
                              fmt::format("Drop it with DROP INDEX CONCURRENTLY {}, then call again.", builds));
    }

    void tell_leftover(core::ErrorReport &report, const std::string &builds)
    {
        if (builds.empty())
            return;
        attempt_at_top_level("what is left behind is not known", [&] {
            if (find_leftover(name()) == builds)
                core::add_hint(report, describe_leftover(builds));
        });
    }

    void record()
    {
        double milliseconds = milliseconds_since(start_);
        if (task_.location.direction == core::Direction::up)
            record_applied(task_.run, Action::apply, name(), milliseconds, task_.out_of_order, checksum(*body_.text));
        else
            record_reverted(task_.run, name(), milliseconds);
        forget_partial(name());
    }

    // There was no statement left.
    void finish()
    {
        pg::TopLevelTransaction transaction;
        {
            pg::SpiSession spi(at_top_level);
            record();
        }
        transaction.commit();
    }

    Task &task_;
    const std::function<void(const core::Location &)> &announce_;
    Clock::time_point start_ = Clock::now();
    Body body_;
    pg::BodyEffects effects_;
    pg::RoleChange role_change_ = pg::RoleChange::never;
    pg::Oid role_ = 0;
    Partial attempt_; // the last one, of this run or one before
    int done_ = 0;    // before this run
    int total_ = 0;   // statements
    std::string session_lock_timeout_;
    std::string body_lock_timeout_;
};

} // namespace

BodyResult run_nontransactional(Task &task, const std::function<void(const core::Location &)> &announce)
{
    return NontransactionalRun(task, announce).run();
}

} // namespace linkgress::engine
