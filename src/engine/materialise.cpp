// How the model is built.
//
// In a subtransaction the managed schemas are put out of the way and empty ones take their place; the statements of the
// model run there, with the caller's rights; the catalogs are read; the subtransaction is rolled back. Other sessions
// go on with what is committed: they see nothing of it, and what they may have locked is not touched.
//
// Statements may come in any order. One that fails, for want of another perhaps, waits until all others have been
// tried; when a round through all that wait gets no further, one of their errors is the error of the model. An error
// that no other statement can help, as when the lock table or the disk is full, is the error of the model at once. A
// failure needs a subtransaction around it, and one for each of ten thousand statements would cost more than they do.
// Materialized views are built without rows: their queries are not run. So statements are run many at a time: when one
// fails, those before it in the batch are run again without it, and the next batch is smaller.
#include "engine/materialise.hpp"

#include "core/error_class.hpp"
#include "core/mention.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "engine/catalog_reader.hpp"
#include "engine/displaced_schemas.hpp"
#include "engine/model_catalogs.hpp"
#include "engine/model_path.hpp"
#include "pg/body_scope.hpp"
#include "pg/catalog.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

constexpr std::size_t first_batch = 64;
constexpr std::size_t largest_batch = 1024;
constexpr int lock_timeout = 2000; // ms, where linkgress.lock_timeout is 0

std::string quoted_list(const std::vector<std::string> &names)
{
    std::string list;
    for (const std::string &name : names)
        list += (list.empty() ? "" : ", ") + pg::quote_identifier(name);
    return list;
}

// The server's settings that matter, put in force as each part of the model wants them.
class Settings {
  public:
    explicit Settings(const Model &model) : model_(model)
    {
        // What the session has of its own is not in the way.
        set("search_path", (model.search_path.empty() ? "pg_catalog" : quoted_list(model.search_path)) + ", pg_temp");
        set("check_function_bodies", "on");
        set("client_min_messages", "error");
        // What literals and expressions mean must not depend on the session.
        for (auto [name, value] : {std::pair("standard_conforming_strings", "on"), std::pair("DateStyle", "ISO, MDY"),
                                   std::pair("IntervalStyle", "postgres"), std::pair("TimeZone", "UTC"),
                                   std::pair("transform_null_equals", "off"), std::pair("array_nulls", "on")})
            set(name, value);
        // A model that refers to tables outside of its schemas needs locks of them: others must not wait behind it.
        set("lock_timeout",
            std::to_string(pg::settings::lock_timeout() > 0 ? pg::settings::lock_timeout() : lock_timeout));
        for (const std::vector<ModelSetting> &of_part : model.settings)
            for (const ModelSetting &setting : of_part)
                if (!setting.name.empty() && pg::has_guc(setting.name.c_str()))
                    before_.try_emplace(setting.name, pg::show_guc(setting.name.c_str()));
    }

    struct State {
        std::size_t part = 0;
        std::size_t count = 0;
    };

    void apply(const ModelStatement &statement)
    {
        if (statement.part != state_.part || statement.settings < state_.count) {
            for (const auto &[name, value] : before_)
                if (pg::show_guc(name.c_str()) != value)
                    set(name.c_str(), value);
            state_ = {statement.part, 0};
        }
        while (state_.count < statement.settings) {
            const ModelSetting &setting = model_.settings[state_.part][state_.count++];
            failing_ = &setting;
            if (setting.name.empty() || before_.contains(setting.name)) // others this server does not have
                pg::execute_statement(setting.sql);
            if (setting.name == "search_path")
                secure_path();
            failing_ = nullptr;
        }
    }

    static void leave_bodies_unchecked() { set("check_function_bodies", "off"); }

    // The setting that an error is of, if it is of one
    const ModelSetting *take_failing() { return std::exchange(failing_, nullptr); }

    // The schemas that were not to be on the path, as a hint; "" if there are none.
    std::string describe_left_out() const
    {
        std::set<std::string> all = left_out_;
        all.insert(model_.left_out.begin(), model_.left_out.end());
        std::erase_if(all, [](const std::string &schema) { return !pg::schema_exists(schema); });
        return all.empty() ? ""
                           : fmt::format("Schemas in which others may have functions or operators are not on the "
                                         "search_path of a model: {}. Qualify the names of what is in them.",
                                         quoted_list({all.begin(), all.end()}));
    }

    State state() const { return state_; }
    void restore(State state) { state_ = state; } // what a rollback has done to the settings

  private:
    // Leaves out the schemas in which others may have something. Temporary objects are found last: where the path does
    // not say so, they come first, and the session's are no part of the model.
    void secure_path()
    {
        std::vector<std::string> given =
            pg::split_identifiers(pg::show_guc("search_path")).value_or(std::vector<std::string>());
        std::erase(given, "");
        std::vector<std::string> path = without_untrusted(given, model_.schemas);
        for (const std::string &schema : given)
            if (schema != "$user" && std::find(path.begin(), path.end(), schema) == path.end())
                left_out_.insert(schema);
        if (path.empty())
            path.emplace_back("pg_catalog");
        if (std::find(path.begin(), path.end(), "pg_temp") == path.end())
            path.emplace_back("pg_temp");
        set("search_path", quoted_list(path));
    }

    static void set(const char *name, const std::string &value) { pg::set_guc_in_level(name, value); }

    const Model &model_;
    std::map<std::string, std::string> before_;
    const ModelSetting *failing_ = nullptr;
    std::set<std::string> left_out_; // of the search_path
    State state_;
};

ModelStatement as_statement(const ModelSetting &setting, std::size_t part)
{
    ModelStatement statement;
    statement.sql = setting.sql;
    statement.part = part;
    statement.number = setting.number;
    statement.offset = setting.offset;
    return statement;
}

struct Extension {
    std::string version;
    std::string comment;
};

std::optional<Extension> find_extension(const std::string &name)
{
    static pg::Query query(
        "SELECT extversion, obj_description(oid, 'pg_extension') FROM pg_extension WHERE extname = $1",
        {pg::Type::text});
    pg::SearchPathScope pinned;
    pg::Rows rows = query.run({name});
    return rows.empty() ? std::nullopt : std::optional<Extension>({rows.text(0, 0), rows.text(0, 1)});
}

struct Failure {
    core::ErrorReport report;
    const ModelSetting *setting = nullptr; // where it is of a setting before the statement
};

class Builder {
  public:
    explicit Builder(const Model &model) : model_(model), settings_(model), failures_(model.statements.size()) {}

    void build()
    {
        std::vector<std::size_t> of_all; // that is there: last
        std::vector<std::size_t> others;
        for (std::size_t i = 0; i < model_.statements.size(); i++)
            (model_.statements[i].definition.is_of_all ? of_all : others).push_back(i);
        build(std::move(others));
        build(std::move(of_all));
    }

  private:
    void build(std::vector<std::size_t> waiting)
    {
        while (!waiting.empty()) {
            std::vector<std::size_t> failed = run(waiting);
            if (failed.size() == waiting.size()) {
                // Functions may need each other, or what is there only when they are called.
                if (leaves_bodies_unchecked_ || !std::all_of(failed.begin(), failed.end(), misses_something()))
                    fail(failed);
                leaves_bodies_unchecked_ = true;
            }
            waiting = std::move(failed);
        }
    }

    // Those that failed
    std::vector<std::size_t> run(const std::vector<std::size_t> &statements)
    {
        std::vector<std::size_t> failed;
        std::size_t batch = first_batch;
        for (std::size_t done = 0; done < statements.size();) {
            std::size_t end = std::min(done + batch, statements.size());
            std::size_t stopped = run_batch(statements, done, end);
            if (stopped == end) {
                batch = std::min(batch * 2, largest_batch);
                done = end;
                continue;
            }
            if (stopped > done && run_batch(statements, done, stopped) != stopped) // has just worked
                fail({statements[stopped]});
            failed.push_back(statements[stopped]);
            batch = std::max<std::size_t>(1, batch / 4);
            done = stopped + 1;
        }
        return failed;
    }

    // Where it stopped; then nothing of it is done.
    std::size_t run_batch(const std::vector<std::size_t> &statements, std::size_t begin, std::size_t end)
    {
        Settings::State before = settings_.state();
        pg::Subtransaction subtransaction;
        std::size_t i = begin;
        try {
            for (; i < end; i++) {
                pg::check_for_interrupts();
                run(model_.statements[statements[i]]);
            }
            subtransaction.release();
        } catch (core::Error &error) {
            if (is_interrupt(error))
                throw;
            subtransaction.rollback();
            settings_.restore(before);
            failures_[statements[i]] = {std::move(error.report()), settings_.take_failing()};
            if (!core::may_want_another(failures_[statements[i]].report))
                fail({statements[i]});
        }
        return i;
    }

    void run(const ModelStatement &statement)
    {
        settings_.apply(statement);
        if (leaves_bodies_unchecked_)
            Settings::leave_bodies_unchecked();
        const pg::Definition &definition = statement.definition;
        // It would go to the next schema of the search_path.
        if (!statement.schema.empty() && !pg::schema_exists(statement.schema))
            throw core::Error(core::sqlstate::undefined_schema,
                              fmt::format("schema \"{}\" does not exist", statement.schema), {},
                              "Unqualified names of what the model creates lead there.");
        if (definition.schema)
            create_schema(statement);
        else if (definition.extension)
            define_extension(statement);
        else if (definition.command == "DO")
            run_block(statement);
        else
            pg::execute_statement(statement.sql);
    }

    // The empty schema that stands for the one that is out of the way would be in the way of a block that creates it.
    static void make_room_for(const std::string &schema)
    {
        static pg::Query query("SELECT count(*) FROM pg_namespace n WHERE nspname = $1 AND NOT EXISTS (SELECT"
                               " FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = n.oid)"
                               " AND EXISTS (SELECT FROM pg_namespace WHERE nspname ~ '^linkgress_displaced_')",
                               {pg::Type::text});
        pg::OwnerScope owner;
        if (query.run({schema}).bigint(0, 0) > 0)
            pg::execute_statement(fmt::format("DROP SCHEMA {}", pg::quote_identifier(schema)));
    }

    // It sees the catalogs without what is out of the way.
    void run_block(const ModelStatement &statement) const
    {
        check_block(statement);
        for (const core::CreatedName &created : core::created_names(statement.sql))
            if (created.is_schema &&
                std::binary_search(model_.schemas.begin(), model_.schemas.end(), created.name.name))
                make_room_for(created.name.name);
        std::vector<std::string> path =
            pg::split_identifiers(pg::show_guc("search_path")).value_or(std::vector<std::string>());
        std::erase(path, "pg_temp");
        pg::SettingScope filtered("search_path", path.empty() ? "pg_catalog" : quoted_list(path));
        pg::execute_statement(statement.sql);
    }

    // A managed schema that exists is there already, empty.
    void create_schema(const ModelStatement &statement)
    {
        const pg::Definition &definition = statement.definition;
        if (!pg::schema_exists(*definition.schema)) {
            pg::execute_statement(statement.sql);
            return;
        }
        if (definition.has_elements)
            throw core::Error(core::sqlstate::feature_not_supported,
                              fmt::format("schema \"{}\" is created with elements", *definition.schema), {},
                              "Write the elements as statements of their own, with qualified names.");
        if (!definition.schema_owner.empty())
            pg::execute_statement(fmt::format("ALTER SCHEMA {} OWNER TO {}", pg::quote_identifier(*definition.schema),
                                              pg::quote_identifier(definition.schema_owner)));
    }

    // An extension that exists has been brought along. It belongs to whoever has installed it, who need not be the
    // caller.
    void define_extension(const ModelStatement &statement)
    {
        const pg::Definition &definition = statement.definition;
        if (*definition.extension == "linkgress")
            return;
        std::optional<Extension> present = find_extension(*definition.extension);
        if (!present || (definition.comment && *definition.comment != present->comment))
            pg::execute_statement(statement.sql);
        else if (definition.extension_version && *definition.extension_version != present->version)
            pg::execute_statement(fmt::format("ALTER EXTENSION {} UPDATE TO {}",
                                              pg::quote_identifier(*definition.extension),
                                              pg::quote_identifier(*definition.extension_version)));
    }

    // Of a statement that failed
    std::function<bool(std::size_t)> misses_something() const
    {
        return [this](std::size_t i) { return core::misses_something(failures_[i].report); };
    }

    // Of several errors the one that has not come of another: what is missing may be what another statement that failed
    // would have defined.
    [[noreturn]] void fail(const std::vector<std::size_t> &failed)
    {
        auto found = std::find_if_not(failed.begin(), failed.end(), misses_something());
        std::size_t first = found == failed.end() ? failed.front() : *found;
        core::ErrorReport &report = failures_[first].report;
        const ModelStatement &statement = model_.statements[first];
        const ModelSetting *setting = failures_[first].setting;
        locate(report, model_, setting == nullptr ? statement : as_statement(*setting, statement.part));
        if (failed.size() > 1)
            core::add_hint(
                report, fmt::format("{} statements of the model fail; the others may need this one.", failed.size()));
        if (std::string hint = settings_.describe_left_out(); !hint.empty() && misses_something()(first))
            core::add_hint(report, hint);
        throw core::Error(report);
    }

    const Model &model_;
    Settings settings_;
    std::vector<Failure> failures_; // of each statement, the last one
    bool leaves_bodies_unchecked_ = false;
};

bool may_set(const char *setting)
{
    static pg::Query query("SELECT has_parameter_privilege($1, 'SET')", {pg::Type::text});
    pg::SearchPathScope pinned;
    return query.run({std::string_view(setting)}).boolean(0, 0);
}

// Users' event triggers have nothing to do with what is rolled back; where the caller may say so, they do not fire.
void turn_off_event_triggers(std::optional<pg::SettingScope> &scope)
{
    bool has_own_setting = pg::has_guc("event_triggers"); // since PostgreSQL 17
    const char *setting = has_own_setting ? "event_triggers" : "session_replication_role";
    if (may_set(setting))
        scope.emplace(setting, has_own_setting ? "off" : "replica");
}

} // namespace

core::Snapshot materialise(const Model &model)
{
    pg::Subtransaction subtransaction;
    displace_schemas(model);
    filter_catalogs(model);
    {
        std::optional<pg::SettingScope> event_triggers;
        turn_off_event_triggers(event_triggers);
        pg::BodyScope scope(pg::RoleChange::never); // functions that it folds or calls are not its author's alone
        {
            // A model does not set the role. What its statements call is not only that of who stands for it.
            pg::RoleScope fixed(pg::current_role());
            Builder(model).build();
        }
        scope.close();
    }
    core::Snapshot snapshot = read_catalog(model.scope());
    subtransaction.rollback();
    for (core::ObjectIndex i = 0; i < snapshot.size(); i++) // all are built without rows
        if (snapshot[i].flag("unpopulated") && !model.without_data.contains(core::id(snapshot[i])))
            snapshot.building(i).remove("unpopulated");
    return snapshot;
}

} // namespace linkgress::engine
