#include "engine/operation_run.hpp"

#include "core/error_class.hpp"
#include "core/secret.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/body.hpp"
#include "engine/lock_retries.hpp"
#include "pg/body_scope.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_set>

#include <fmt/format.h>

namespace linkgress::engine {

using core::Operation;

namespace {

void locate(core::ErrorReport &report, const Operation &operation, std::size_t ordinal, const std::string &statement)
{
    pg::Excerpt excerpt = pg::excerpt(statement, report.internal_query == statement ? report.internal_position : 0);
    if (!operation.kept.empty()) {
        excerpt = pg::excerpt(core::without_secrets(statement, operation.secrets), 0);
        core::hide_secrets(report, operation.secrets);
    }
    report.internal_query = excerpt.text;
    report.internal_position = excerpt.position;
    report.message =
        fmt::format("operation {} ({} {}) failed: {}", ordinal, operation.type, operation.object, report.message);
    report.detail += fmt::format("{}operation={}, type={}, object={}", report.detail.empty() ? "" : "\n", ordinal,
                                 operation.type, core::quote_double(operation.object));
    name_holders(report);
}

void run_statement(const std::string &statement)
{
    run_within(time_limit(), [&] { pg::execute_statement(statement); });
}

// The role of the plan is fixed. Where the plan itself is to act as another one, that is one which the plan's role
// could become: the session may be a superuser's.
pg::Oid role_to_become(const std::string &identifier)
{
    std::string name = pg::split_identifiers(identifier).value_or(std::vector<std::string>{identifier}).at(0);
    std::optional<pg::Oid> role = pg::find_role(name);
    if (!role)
        throw core::Error(core::sqlstate::undefined_object, fmt::format("role \"{}\" does not exist", name));
    if (!pg::can_act_as(pg::current_role(), *role))
        throw core::Error(core::sqlstate::insufficient_privilege,
                          fmt::format("permission denied to set role \"{}\"", name),
                          "Privileges are revoked and granted by the role that has granted them.",
                          "Call as a role that is a member of it.");
    return *role;
}

// What the plan itself switches to, for what only a grantor can do. As fixed as the role of the plan is.
class SwitchedRole {
  public:
    void become(const std::string &identifier) // "": the role of the plan
    {
        scope_.reset();
        if (!identifier.empty())
            scope_.emplace(role_to_become(identifier));
    }

  private:
    std::optional<pg::RoleScope> scope_;
};

void run_operation(const Operation &operation, std::size_t ordinal)
{
    SwitchedRole role;
    for (std::size_t i = 0; i < operation.statements.size(); i++) {
        pg::check_for_interrupts();
        auto role_switch = operation.role_switches.find(i);
        try {
            if (role_switch == operation.role_switches.end())
                run_statement(operation.statements[i]);
            else
                role.become(role_switch->second);
        } catch (core::Error &error) {
            locate(error.report(), operation, ordinal, operation.statements[i]);
            throw;
        }
    }
}

// An operation that fails needs a subtransaction around it, as a statement of a model does (materialise.cpp): many
// share one, and when one of them fails, those before it are run again without it.
class PatientRun {
  public:
    PatientRun(const std::vector<Operation> &operations, std::size_t first, const Path &path)
        : operations_(operations), first_(first), path_(path), errors_(operations.size())
    {}

    void run()
    {
        std::vector<std::size_t> waiting(operations_.size());
        std::iota(waiting.begin(), waiting.end(), 0);
        while (!waiting.empty()) {
            std::vector<std::size_t> failed = run(waiting);
            if (failed.size() == waiting.size()) {
                if (schemas_)
                    throw core::Error(*errors_[failed.front()]);
                schemas_ = path_();
            }
            waiting = std::move(failed);
        }
    }

  private:
    static constexpr std::size_t first_batch = 16;
    static constexpr std::size_t largest_batch = 256;

    // Those that wait for the others
    std::vector<std::size_t> run(const std::vector<std::size_t> &operations)
    {
        std::vector<std::size_t> failed;
        std::size_t batch = first_batch;
        held_.clear();
        for (std::size_t done = 0; done < operations.size();) {
            if (held_.contains(operations_[operations[done]].place)) {
                failed.push_back(operations[done++]);
                continue;
            }
            std::size_t end = end_of_batch(operations, done, batch);
            std::size_t stopped = run_batch(operations, done, end);
            if (stopped < end) {
                if (stopped > done && run_batch(operations, done, stopped) != stopped) // has just worked
                    throw core::Error(*errors_[operations[stopped]]);
                failed.push_back(operations[stopped]);
                hold(operations_[operations[stopped]]);
            }
            batch = stopped == end ? std::min(batch * 2, largest_batch) : std::max<std::size_t>(1, batch / 4);
            done = stopped + (stopped < end ? 1 : 0);
        }
        return failed;
    }

    std::size_t end_of_batch(const std::vector<std::size_t> &operations, std::size_t begin, std::size_t size) const
    {
        std::size_t end = begin;
        while (end < operations.size() && end < begin + size && !held_.contains(operations_[operations[end]].place))
            end++;
        return end;
    }

    // Where it stopped; then nothing of it is done.
    std::size_t run_batch(const std::vector<std::size_t> &operations, std::size_t begin, std::size_t end)
    {
        std::size_t i = begin;
        pg::Subtransaction subtransaction;
        try {
            if (schemas_)
                pg::set_guc_in_level("search_path", path_with_server());
            for (; i < end; i++)
                run_operation(operations_[operations[i]], first_ + operations[i]);
            subtransaction.release();
        } catch (core::Error &error) {
            if (!operations_[operations[i]].may_come_later || !core::misses_something(error.report()))
                throw;
            subtransaction.rollback();
            std::optional<core::ErrorReport> &known = errors_[operations[i]];
            if (!known)
                known = std::move(error.report());
        }
        return i;
    }

    // What has to come after it waits, too.
    void hold(const Operation &operation)
    {
        std::vector<std::size_t> places = {operation.place};
        while (!places.empty()) {
            pg::check_for_interrupts();
            std::size_t place = places.back();
            places.pop_back();
            if (held_.insert(place).second && operation.followers != nullptr)
                for (std::size_t follower : operation.followers->at(place))
                    places.push_back(follower);
        }
    }

    std::string path_with_server() const
    {
        std::string path = "pg_catalog";
        for (const std::string &schema : *schemas_)
            path += ", " + pg::quote_identifier(schema);
        return path + ", pg_temp";
    }

    const std::vector<Operation> &operations_;
    std::size_t first_;
    const Path &path_;
    std::optional<std::vector<std::string>> schemas_;      // of it, as soon as they are needed
    std::vector<std::optional<core::ErrorReport>> errors_; // the first one of each
    std::unordered_set<std::size_t> held_;                 // the places that wait in this round
};

// The statements name everything with its schema. What they set is undone at the end.
template <typename Work> void run_in_scope(const Work &work)
{
    // Defaults, checks, triggers, functions that these call: what they evaluate is not only the caller's.
    pg::BodyScope scope(pg::RoleChange::never);
    {
        pg::SearchPathScope search_path;
        pg::set_guc_in_level("standard_conforming_strings", "on");
        if (pg::settings::lock_timeout() > 0)
            pg::set_guc_in_level("lock_timeout", std::to_string(pg::settings::lock_timeout()));
        work();
    }
    scope.close();
}

} // namespace

void run_operations(const std::vector<Operation> &operations, std::size_t first)
{
    run_in_scope([&] {
        for (std::size_t i = 0; i < operations.size(); i++)
            run_operation(operations[i], first + i);
    });
}

void run_operations_patiently(const std::vector<Operation> &operations, const Path &path, std::size_t first)
{
    run_in_scope([&] { PatientRun(operations, first, path).run(); });
}

// "  3. drop_column public.users.phone  -- destructive"
std::string numbered_list(const std::vector<Operation> &operations)
{
    std::string list;
    int ordinal = 0;
    for (const Operation &operation : operations)
        list += fmt::format("{}{:>3}. {} {}{}", list.empty() ? "" : "\n", ++ordinal, operation.type, operation.object,
                            operation.destructive ? "  -- destructive" : "") +
                (operation.hint.empty() ? "" : "\n     " + operation.hint) +
                (operation.values.empty() ? "" : "\n     " + operation.values);
    return list;
}

} // namespace linkgress::engine
