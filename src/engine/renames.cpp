#include "engine/renames.hpp"

#include "core/kind.hpp"
#include "core/sqlstate.hpp"
#include "engine/journal.hpp"
#include "engine/notice.hpp"
#include "engine/own_locks.hpp"
#include "engine/renamable.hpp"
#include "engine/trust.hpp"
#include "pg/catalog.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;
using namespace std::string_view_literals;

// ---- In the catalogs

// With $1 the parts of the name, $2 the kinds as the catalog knows them, $3 the arguments.
#define FINDING(sql) Query(sql, {Type::text_array, Type::text, Type::text})
#define PART(catalog, relation, condition)                                                                             \
    FINDING("SELECT p.oid FROM " catalog " p JOIN pg_class c ON c.oid = " relation                                     \
            " JOIN pg_namespace n ON n.oid = relnamespace"                                                             \
            " WHERE nspname = $1[1] AND relname = $1[2] AND " condition)

Query &finder(Place place)
{
    static Query relation = FINDING("SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                    " WHERE nspname = $1[1] AND relname = $1[2] AND strpos($2, relkind::text) > 0");
    static Query column = FINDING("SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                                  " JOIN pg_attribute ON attrelid = c.oid AND NOT attisdropped"
                                  " WHERE nspname = $1[1] AND relname = $1[2] AND attname = $1[3]"
                                  " AND relkind IN ('r', 'p', 'f')");
    static Query constraint = PART("pg_constraint", "conrelid", "conname = $1[3] AND strpos($2, contype::text) > 0");
    static Query trigger = PART("pg_trigger", "tgrelid", "tgname = $1[3]");
    static Query policy = PART("pg_policy", "polrelid", "polname = $1[3]");
    static Query rule = PART("pg_rewrite", "ev_class", "rulename = $1[3]");
    static Query type = FINDING("SELECT t.oid FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace"
                                " WHERE nspname = $1[1] AND typname = $1[2] AND strpos($2, typtype::text) > 0");
    static Query routine = FINDING("SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
                                   " WHERE nspname = $1[1] AND proname = $1[2] AND oidvectortypes(proargtypes) = $3"
                                   " AND strpos($2, prokind::text) > 0");
    static Query schema = FINDING("SELECT oid FROM pg_namespace WHERE nspname = $1[1]");
    static Query value = FINDING("SELECT e.oid FROM pg_enum e JOIN pg_type t ON t.oid = enumtypid"
                                 " JOIN pg_namespace n ON n.oid = typnamespace"
                                 " WHERE nspname = $1[1] AND typname = $1[2] AND enumlabel = $1[3]");
    switch (place) {
    case Place::relation:
        return relation;
    case Place::column:
        return column;
    case Place::constraint:
        return constraint;
    case Place::trigger:
        return trigger;
    case Place::policy:
        return policy;
    case Place::rule:
        return rule;
    case Place::type:
        return type;
    case Place::routine:
        return routine;
    case Place::schema:
        return schema;
    case Place::value:
        break;
    }
    return value;
}
#undef PART
#undef FINDING

std::optional<pg::Oid> find(Place place, const char *kinds, const Name &name)
{
    pg::Rows rows = finder(place).run({std::cref(name.parts), std::string(kinds), name.arguments});
    return rows.empty() ? std::nullopt : std::optional<pg::Oid>(rows.oid(0, 0));
}

std::optional<pg::Oid> find(const Renamable &what, const Name &name)
{
    return find(what.place, what.kinds, name);
}

// Of whatever kind, in the way of another one
bool is_taken(const Renamable &what, const Name &name)
{
    constexpr const char *all = "rpfvmSiIcuxntedbawRq";
    return find(what.place, all, name).has_value();
}

// Of the object, or of what it is a part of
bool is_owner(const Renamable &what, const Name &name, pg::Oid role)
{
    static Query relation("SELECT pg_has_role($2, relowner, 'USAGE') FROM pg_class WHERE oid = $1",
                          {Type::oid, Type::oid});
    static Query type("SELECT pg_has_role($2, typowner, 'USAGE') FROM pg_type WHERE oid = $1", {Type::oid, Type::oid});
    static Query routine("SELECT pg_has_role($2, proowner, 'USAGE') FROM pg_proc WHERE oid = $1",
                         {Type::oid, Type::oid});
    static Query schema("SELECT pg_has_role($2, nspowner, 'USAGE') FROM pg_namespace WHERE oid = $1",
                        {Type::oid, Type::oid});
    auto asked = [&](Query &query, std::optional<pg::Oid> object) {
        pg::Rows rows = query.run({object.value_or(0), role});
        return !rows.empty() && rows.boolean(0, 0);
    };
    switch (what.place) {
    case Place::relation:
        return asked(relation, find(what, name));
    case Place::type:
        return asked(type, find(what, name));
    case Place::value:
        return asked(type, find(renamable("enum"), name.holder()));
    case Place::routine:
        return asked(routine, find(what, name));
    case Place::schema:
        return asked(schema, find(what, name));
    default:
        return asked(relation, find(Place::relation, "rpfvm", name.holder()));
    }
}

pg::Oid relation_of(const Name &column)
{
    return find(Place::relation, "rpf", column.holder()).value_or(0);
}

// A partition or child has it from the table above.
bool is_inherited(const Renamable &what, const Name &name)
{
    static Query column("SELECT attinhcount > 0 FROM pg_attribute WHERE attrelid = $1 AND attname = $2::name",
                        {Type::oid, Type::text});
    static Query constraint("SELECT coninhcount > 0 FROM pg_constraint WHERE oid = $1 AND $2 IS NOT NULL",
                            {Type::oid, Type::text});
    static Query trigger("SELECT tgparentid <> 0 FROM pg_trigger WHERE oid = $1 AND $2 IS NOT NULL",
                         {Type::oid, Type::text});
    std::optional<pg::Oid> object = find(what, name);
    if (!object)
        return false;
    switch (what.place) {
    case Place::column:
        return column.run({*object, name.last()}).boolean(0, 0);
    case Place::constraint:
        return constraint.run({*object, name.last()}).boolean(0, 0);
    case Place::trigger:
        return trigger.run({*object, name.last()}).boolean(0, 0);
    default:
        return false;
    }
}

// The types as the catalogs spell them
std::string spelled_out(const std::string &arguments)
{
    static Query query("SELECT string_agg(coalesce(to_regtype(trim(a))::text, trim(a)), ', ' ORDER BY n)"
                       " FROM unnest(string_to_array($1, ',')) WITH ORDINALITY u(a, n)",
                       {Type::text});
    return query.run({arguments}).text(0, 0);
}

std::string arguments_of(pg::Oid routine)
{
    static Query query("SELECT oidvectortypes(proargtypes) FROM pg_proc WHERE oid = $1", {Type::oid});
    return query.run({routine}).text(0, 0);
}

// Returns whether it has not been there. It belongs to who calls.
bool add_schema(const std::string &name, const std::string &owner)
{
    static Query query("INSERT INTO pg_namespace (oid, nspname, nspowner)"
                       " SELECT pg_nextoid('pg_namespace', 'oid', 'pg_namespace_oid_index'), $1::name, oid"
                       " FROM pg_authid WHERE rolname = $2 AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)"
                       " RETURNING oid",
                       {Type::text, Type::text});
    return !query.run({name, owner}).empty();
}

// With $1 the object, $2 its old name, $3 the new one, $4 the new schema. Children of a table have what it has by the
// same name.
#define BELOW                                                                                                          \
    "WITH RECURSIVE below(relation) AS (SELECT $1 UNION SELECT inhrelid FROM pg_inherits JOIN below"                   \
    " ON inhparent = relation) "
#define RENAME_WITH(place, ...)                                                                                        \
    case place: {                                                                                                      \
        static Query queries[] = {__VA_ARGS__};                                                                        \
        return {std::begin(queries), std::end(queries)};                                                               \
    }
#define RENAMING(sql) Query(sql, {Type::oid, Type::text, Type::text, Type::text})

struct Updates {
    Query *first;
    Query *last;
    Query *begin() const { return first; }
    Query *end() const { return last; }
};

Updates updates(Place place)
{
    switch (place) {
        RENAME_WITH(
            Place::relation,
            RENAMING("UPDATE pg_type SET typname = $3::name, typnamespace = $4::regnamespace"
                     " WHERE typrelid = $1 AND $2 IS NOT NULL"),
            RENAMING("UPDATE pg_constraint SET connamespace = $4::regnamespace"
                     " WHERE conrelid = $1 AND $2 || $3 IS NOT NULL"),
            RENAMING("UPDATE pg_class SET relnamespace = $4::regnamespace WHERE $2 || $3 IS NOT NULL"
                     " AND (oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = $1) OR oid IN (SELECT objid"
                     "  FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype IN ('a', 'i')"
                     "  AND refclassid = 'pg_class'::regclass AND refobjid = $1 AND refobjsubid > 0))"),
            RENAMING("UPDATE pg_class SET relname = $3::name, relnamespace = $4::regnamespace"
                     " WHERE oid = $1 AND $2 IS NOT NULL"))
        RENAME_WITH(Place::column,
                    RENAMING(BELOW "UPDATE pg_attribute SET attname = $3::name FROM below"
                                   " WHERE attrelid = relation AND attname = $2::name AND $4 IS NOT NULL"))
        RENAME_WITH(Place::constraint,
                    RENAMING("UPDATE pg_class SET relname = $3::name FROM pg_constraint p WHERE pg_class.oid = conindid"
                             " AND p.oid = $1 AND contype IN ('p', 'u', 'x') AND $2 || $4 IS NOT NULL"),
                    RENAMING("WITH RECURSIVE below(relation) AS (SELECT conrelid FROM pg_constraint WHERE oid = $1"
                             " UNION SELECT inhrelid FROM pg_inherits JOIN below ON inhparent = relation)"
                             " UPDATE pg_constraint SET conname = $3::name FROM below WHERE conrelid = relation"
                             " AND conname = $2::name AND (oid = $1 OR contype = 'c') AND $4 IS NOT NULL"))
        RENAME_WITH(Place::trigger,
                    RENAMING("WITH RECURSIVE below(trigger) AS (SELECT $1 UNION SELECT oid FROM pg_trigger JOIN below"
                             " ON tgparentid = trigger) UPDATE pg_trigger SET tgname = $3::name FROM below"
                             " WHERE oid = trigger AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::policy,
                    RENAMING("UPDATE pg_policy SET polname = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::rule,
                    RENAMING("UPDATE pg_rewrite SET rulename = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::type,
                    RENAMING("UPDATE pg_class SET relname = $3::name, relnamespace = $4::regnamespace"
                             " WHERE reltype = $1 AND relkind = 'c' AND $2 IS NOT NULL"),
                    RENAMING("UPDATE pg_type SET typname = $3::name, typnamespace = $4::regnamespace"
                             " WHERE oid = $1 AND $2 IS NOT NULL"))
        RENAME_WITH(Place::routine, RENAMING("UPDATE pg_proc SET proname = $3::name, pronamespace = $4::regnamespace"
                                             " WHERE oid = $1 AND $2 IS NOT NULL"))
        RENAME_WITH(Place::schema,
                    RENAMING("UPDATE pg_namespace SET nspname = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
        RENAME_WITH(Place::value,
                    RENAMING("UPDATE pg_enum SET enumlabel = $3::name WHERE oid = $1 AND $2 || $4 IS NOT NULL"))
    }
    return {nullptr, nullptr};
}
#undef BELOW
#undef RENAME_WITH
#undef RENAMING

// ---- The rows

struct Request {
    std::int64_t id;
    const Renamable *what;
    Name from;
    Name to;
    std::optional<pg::Oid> routine; // its types may be renamed before
    // By somebody whom the caller can trust. The others are led to nothing, and lead to nothing.
    bool is_trusted = false;
    bool is_done = false;
};

class Renamer {
  public:
    // `caller`: who is going to rename
    Renamer(const core::Snapshot &model, pg::Oid caller, std::string owner)
        : model_(model), caller_(caller), owner_(std::move(owner))
    {}

    void add(std::int64_t id, const std::string &kind, const std::string &old, const std::string &replacement,
             const Voucher &author)
    {
        const Renamable &what = renamable(kind);
        Name from = parse_name(old, what);
        Name to = parse_name(replacement, what, &from);
        if (what.place == Place::routine) {
            from.arguments = spelled_out(from.arguments);
            to.arguments = spelled_out(to.arguments);
        }
        std::optional<pg::Oid> routine = what.place == Place::routine ? find(what, from) : std::nullopt;
        requests_.push_back({id, &what, std::move(from), std::move(to), routine, is_trusted(author)});
    }

    Renames run()
    {
        for (int rank = 0; rank <= last_rank; rank++) {
            for (Request &request : requests_)
                if (pg::check_for_interrupts(); rank_of(request) == rank)
                    prepare(request);
            find_names();
            while (run_rank(rank)) { // one may make room for another
            }
        }
        for (const auto &[table, names] : touched_)
            rename_sequences(table, names);
        for (Request &request : requests_)
            if (!request.is_done && !finish_if_renamed(request)) // with that of the table above
                explain(request);
        return std::move(result_);
    }

  private:
    static constexpr int last_rank = 3;

    // Schemas, what is in them, routines, which have types in their names, parts of tables
    static int rank_of(const Request &request)
    {
        if (request.what->place == Place::routine)
            return 2;
        std::size_t parts = parts_of(request.what->place);
        return parts == 3 ? last_rank : static_cast<int>(parts) - 1;
    }

    // What a table and its columns were called before, by what they are called now
    struct Former {
        std::set<std::string> tables;
        std::map<std::string, std::set<std::string>> columns;
    };

    void prepare(Request &request)
    {
        follow(request.from, request.what->place);
        follow(request.to, request.what->place);
        if (request.routine)
            request.from.arguments = request.to.arguments = arguments_of(*request.routine);
        if (parts_of(request.what->place) == 3 && request.from.holder() != request.to.holder())
            throw core::Error(core::sqlstate::invalid_parameter_value,
                              fmt::format("{} cannot become {}", to_string(*request.what, request.from),
                                          to_string(*request.what, request.to)),
                              "linkgress.rename has a row of it.", "A part of a table or type stays with it.");
        finish_if_renamed(request);
    }

    bool finish_if_renamed(Request &request)
    {
        bool is_renamed = !find(*request.what, request.from) && find(*request.what, request.to);
        if (is_renamed)
            finish(request);
        return is_renamed;
    }

    // What it belongs to has been renamed itself.
    void follow(Name &name, Place place) const
    {
        for (std::size_t size = 1; size < name.parts.size(); size++) {
            std::vector<std::string> holder(name.parts.begin(), name.parts.begin() + static_cast<std::ptrdiff_t>(size));
            follow(holder, size > 1 && place == Place::value);
            std::copy(holder.begin(), holder.end(), name.parts.begin());
        }
    }

    // From one that is done to the next that was done after it
    void follow(std::vector<std::string> &holder, bool is_type) const
    {
        std::size_t next = 0;
        for (auto found = done_.find({is_type, holder}); found != done_.end(); found = done_.find({is_type, holder})) {
            auto done = std::lower_bound(found->second.begin(), found->second.end(), next,
                                         [](const Done &a, std::size_t number) { return a.number < number; });
            if (done == found->second.end())
                return;
            holder = done->request->to.parts;
            next = done->number + 1;
        }
    }

    // Those of one kind and name, by where they lead from and to
    void find_names()
    {
        by_from_.clear();
        by_to_.clear();
        for (Request &request : requests_) {
            by_from_[key_of(request, request.from)].push_back(&request);
            by_to_[key_of(request, request.to)].push_back(&request);
        }
        leads_to_model_.clear();
    }

    // Once each, and again those for which one that is done makes a difference.
    bool run_rank(int rank)
    {
        std::deque<Request *> waiting;
        for (Request &request : requests_)
            if (!request.is_done && rank_of(request) == rank)
                waiting.push_back(&request);
        bool is_any_done = false;
        for (; !waiting.empty(); waiting.pop_front()) {
            pg::check_for_interrupts();
            Request &request = *waiting.front();
            if (request.is_done || !applies(request))
                continue;
            rename(request);
            is_any_done = true;
            for (Request *other : touched_by(request))
                waiting.push_back(other);
        }
        return is_any_done;
    }

    // Those whose new name is free now, or whose old one is there now; and those that may be taken over by the latter
    std::vector<Request *> touched_by(const Request &done) const
    {
        std::vector<Request *> touched;
        auto add = [&](const Requests &requests, const Key &key) {
            if (auto found = requests.find(key); found != requests.end())
                for (Request *other : found->second)
                    if (!other->is_done)
                        touched.push_back(other);
        };
        add(by_to_, key_of(done, done.from));
        add(by_from_, key_of(done, done.to));
        for (std::size_t i = 0, count = touched.size(); i < count; i++)
            if (touched[i]->from == done.to)
                add(by_from_, key_of(*touched[i], touched[i]->to));
        return touched;
    }

    bool applies(const Request &request)
    {
        const Renamable &what = *request.what;
        return (!model_.has(what, request.from) || is_taken_over(request)) && leads_to_model(request) &&
               find(what, request.from) && !is_taken(what, request.to) && !is_inherited(what, request.from);
    }

    // Is its name that of another one in the model, which is to be renamed, too?
    bool is_taken_over(const Request &request) const
    {
        auto found = by_to_.find(key_of(request, request.from));
        return found != by_to_.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](const Request *other) {
                   return !other->is_done && (other->is_trusted || !request.is_trusted) &&
                          !model_.has(*other->what, other->from) && find(*other->what, other->from);
               });
    }

    // Is the new name one of the model, or does it become one by renames that follow?
    bool leads_to_model(const Request &request)
    {
        if (!request.is_trusted) // which its author may not have others look for
            return model_.has(*request.what, request.to);
        std::vector<std::pair<Key, const Key *>> waiting = {{key_of(request, request.to), nullptr}};
        std::map<Key, const Key *> seen; // each with the one that leads to it
        while (!waiting.empty()) {
            pg::check_for_interrupts();
            auto [name, before] = std::move(waiting.back());
            waiting.pop_back();
            auto [found, is_new] = seen.emplace(std::move(name), before);
            if (!is_new)
                continue;
            auto known = leads_to_model_.find(found->first);
            if (known == leads_to_model_.end() ? model_.has(*request.what, found->first.second) : known->second) {
                for (const Key *each = &found->first; each != nullptr; each = seen.at(*each))
                    leads_to_model_[*each] = true;
                return true;
            }
            if (auto next = by_from_.find(found->first); next != by_from_.end() && known == leads_to_model_.end())
                for (const Request *other : next->second)
                    if (!other->is_done && other->is_trusted)
                        waiting.emplace_back(key_of(*other, other->to), &found->first);
        }
        for (const auto &[name, before] : seen)
            leads_to_model_[name] = false;
        return false;
    }

    void finish(Request &request)
    {
        request.is_done = true;
        bool is_type = request.what->place == Place::type;
        // A schema may hold everything, what is no type everything but the values of one.
        done_[{is_type, request.from.parts}].push_back({result_.used.size(), &request});
        result_.used.push_back(request.id);
        leads_to_model_.clear();
    }

    void rename(Request &request)
    {
        const Renamable &what = *request.what;
        check_may_rename(request);
        bool is_new_schema = what.place != Place::schema && add_schema(request.to.schema(), owner_);
        pg::Oid object = what.place == Place::column ? relation_of(request.from) : *find(what, request.from);
        write(what, object, request.from, request.to);
        result_.operations.push_back(rename_operation(what, request.from, request.to, is_new_schema));
        if (what.place == Place::relation)
            touched_[object].tables.insert(request.from.last());
        else if (what.place == Place::column)
            note_column(touched_[object], request.from.last(), request.to.last());
        finish(request);
    }

    // The catalogs are written with more rights than the caller has: only what is the caller's own, and on behalf of
    // somebody whom the caller can trust.
    void check_may_rename(const Request &request) const
    {
        std::string what = fmt::format("{} {}", request.what->kind, to_string(*request.what, request.from));
        if (pg::is_system_schema(request.from.parts.front()) || pg::is_system_schema(request.to.parts.front()))
            throw core::Error(core::sqlstate::insufficient_privilege, fmt::format("{} cannot be renamed", what),
                              "It is, or would be, in a schema of the system's.",
                              "Delete its row in linkgress.rename.");
        if (!is_owner(*request.what, request.from, caller_))
            throw core::Error(core::sqlstate::insufficient_privilege, fmt::format("must be owner of {}", what),
                              "linkgress.rename has a row of it.", "Call as its owner.");
        if (!request.is_trusted)
            throw core::Error(core::sqlstate::insufficient_privilege,
                              fmt::format("{} must not be renamed as role \"{}\"", what, owner_),
                              "Who has registered that may not act as that role.",
                              "If it is right, register it yourself: delete the row in linkgress.rename, and insert it "
                              "again.");
    }

    static void write(const Renamable &what, pg::Oid object, const Name &from, const Name &to)
    {
        std::string schema = pg::quote_identifier(to.schema().empty() ? "pg_catalog" : to.schema());
        for (Query &update : updates(what.place))
            update.run({object, from.last(), to.last(), schema});
    }

    static void note_column(Former &former, const std::string &from, const std::string &to)
    {
        std::set<std::string> names = std::move(former.columns[from]);
        former.columns.erase(from);
        names.insert(from);
        former.columns[to].merge(names);
    }

    // The sequences that serial columns and identities have bear the names of table and column.
    void rename_sequences(pg::Oid table, const Former &former)
    {
        static Query owned("SELECT s.relname::text, a.attname::text, n.nspname::text, t.relname::text FROM pg_depend d"
                           " JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
                           " JOIN pg_namespace n ON n.oid = s.relnamespace"
                           " JOIN pg_class t ON t.oid = d.refobjid"
                           " JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
                           " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                           " AND d.deptype IN ('a', 'i') AND d.refobjid = $1 ORDER BY 1",
                           {Type::oid});
        pg::Rows rows = owned.run({table});
        for (std::size_t row = 0; row < rows.size(); row++) {
            Name from{{rows.text(row, 2), rows.text(row, 0)}, ""};
            Name to{{rows.text(row, 2), sequence_name(rows.text(row, 3), rows.text(row, 1))}, ""};
            const Renamable &what = renamable("sequence");
            if (is_named_after(former, rows.text(row, 3), rows.text(row, 1), from.last()) && from != to &&
                !model_.has(what, from) && model_.has_sequence(to) && !is_taken(what, to)) {
                write(what, *find(what, from), from, to);
                result_.operations.push_back(rename_operation(what, from, to, false));
            }
        }
    }

    static std::string sequence_name(const std::string &table, const std::string &column)
    {
        return fmt::format("{}_{}_seq", table, column);
    }

    static bool is_named_after(const Former &former, const std::string &table, const std::string &column,
                               const std::string &sequence)
    {
        std::set<std::string> tables = former.tables;
        tables.insert(table);
        std::set<std::string> columns = {column};
        if (auto found = former.columns.find(column); found != former.columns.end())
            columns.insert(found->second.begin(), found->second.end());
        return std::any_of(tables.begin(), tables.end(), [&](const std::string &of) {
            return std::any_of(columns.begin(), columns.end(),
                               [&](const std::string &by) { return sequence == sequence_name(of, by); });
        });
    }

    void explain(const Request &request)
    {
        const Renamable &what = *request.what;
        std::string old = to_string(*request.what, request.from);
        std::string replacement = to_string(*request.what, request.to);
        std::string reason;
        if (!find(what, request.from))
            reason = fmt::format("The database has no {}.", old);
        else if (is_taken(what, request.to))
            reason = fmt::format("The database has {} as well.", replacement);
        else if (!model_.has(what, request.to))
            reason = fmt::format("The model has no {}.", replacement);
        else if (model_.has(what, request.from))
            reason = fmt::format("The model has {} still.", old);
        else
            reason = fmt::format("{} is inherited; it is renamed with that of the table above.", old);
        result_.unused.push_back({request.id, fmt::format("{} {} to {}", what.kind, old, replacement), reason});
    }

    bool is_trusted(const Voucher &author)
    {
        auto [known, is_new] = trusted_.try_emplace(author.author, false);
        if (is_new)
            known->second = engine::is_trusted(author, caller_);
        return known->second;
    }

    using Key = std::pair<const Renamable *, Name>;
    using Requests = std::map<Key, std::vector<Request *>>;
    static Key key_of(const Request &request, const Name &name) { return {request.what, name}; }

    struct Done {
        std::size_t number;
        const Request *request;
    };

    ModelNames model_;
    pg::Oid caller_;
    std::string owner_; // its name: the owner of schemas that are made for what is moved there
    std::vector<Request> requests_;
    std::map<std::pair<bool, std::vector<std::string>>, std::vector<Done>> done_; // by old name; of types by themselves
    std::map<pg::Oid, bool> trusted_;
    Requests by_from_;
    Requests by_to_;
    std::map<Key, bool> leads_to_model_; // as far as it is known
    std::map<pg::Oid, Former> touched_;
    Renames result_;
};

} // namespace

bool is_any_rename_open()
{
    static Query query("SELECT EXISTS (SELECT FROM linkgress.rename WHERE used_at IS NULL)", {});
    pg::OwnerScope owner;
    return query.run().boolean(0, 0);
}

Renames rename_in_catalogs(const core::Snapshot &model)
{
    static Query query("SELECT id, kind, old, new, author::oid FROM linkgress.rename WHERE used_at IS NULL"
                       " ORDER BY id",
                       {});
    Renamer renamer(model, pg::current_role(), caller_name());
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    for (std::size_t row = 0; row < rows.size(); row++)
        renamer.add(rows.bigint(row, 0), rows.text(row, 1), rows.text(row, 2), rows.text(row, 3),
                    {rows.oid(row, 4), {}});
    return renamer.run();
}

void tell_unused(const Renames &renames)
{
    for (const UnusedRename &rename : renames.unused)
        notice("not renamed: " + rename.description, rename.reason,
               fmt::format("DELETE FROM linkgress.rename WHERE id = {}, if it is not wanted any more.", rename.id));
}

void hold_renames(const Renames &renames)
{
    for (std::int64_t id : renames.used)
        lock_row({fmt::format("rename {}", id), "rename", std::to_string(id)});
}

void mark_used(const Renames &renames)
{
    static Query query("UPDATE linkgress.rename SET used_at = clock_timestamp() WHERE id = $1", {Type::bigint});
    hold_renames(renames);
    if (renames.used.empty())
        return;
    JournalWrite write;
    for (std::int64_t id : renames.used)
        query.run({id});
}

} // namespace linkgress::engine
