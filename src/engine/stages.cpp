#include "engine/stages.hpp"

#include "engine/own_locks.hpp"
#include "engine/partial.hpp"
#include "engine/registry.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"

#include <vector>

#include <fmt/format.h>

namespace linkgress::engine {

void register_stage(const std::string &name, const std::string &up, bool transactional)
{
    static pg::Query query(
        "INSERT INTO linkgress.migration (name, up, stage, transactional, registered_at, registered_by, author)"
        " VALUES ($1, $2, true, $3, clock_timestamp(), $4::linkgress.role::name, $4::linkgress.role)",
        {pg::Type::text, pg::Type::text, pg::Type::boolean, pg::Type::oid});
    pg::Oid role = pg::current_role();
    pg::OwnerScope owner;
    RegistryWrite write;
    query.run({name, up, transactional, role});
}

namespace {

std::vector<std::string> registered_stages()
{
    static pg::Query query("SELECT name FROM linkgress.migration WHERE stage ORDER BY name", {});
    pg::OwnerScope owner;
    return query.run().texts(0);
}

void unregister_stage(const std::string &name)
{
    static pg::Query query("DELETE FROM linkgress.migration WHERE name = $1 AND stage", {pg::Type::text});
    lock_row({fmt::format("stage \"{}\"", name), "migration", name});
    pg::OwnerScope owner;
    RegistryWrite write;
    query.run({name});
}

} // namespace

void forget_stages()
{
    for (const std::string &name : registered_stages()) {
        forget_partial(name);
        unregister_stage(name);
    }
}

} // namespace linkgress::engine
