#include "pg/catalog.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_namespace.h"
#include "storage/sinval.h"
#include "utils/guc.h"
#include "utils/inval.h"
#include "utils/snapmgr.h"
}

namespace linkgress::pg {

const unsigned int class_of_relations = RelationRelationId;

std::uint64_t catalog_changes()
{
    call([]() noexcept { AcceptInvalidationMessages(); });
    return SharedInvalidMessageCounter;
}

LatestSnapshotScope::LatestSnapshotScope()
{
    call([]() noexcept {
        CommandCounterIncrement();
        PushActiveSnapshot(GetLatestSnapshot());
    });
}

LatestSnapshotScope::~LatestSnapshotScope()
{
    if (!is_broken()) // else the abort does it
        PopActiveSnapshot();
}

unsigned int create_schema(const std::string &name, unsigned int owner)
{
    return call([&]() noexcept {
        ::Oid schema = NamespaceCreate(name.c_str(), owner, false);
        CommandCounterIncrement();
        return schema;
    });
}

bool schema_exists(const std::string &name)
{
    return call([&]() noexcept { return OidIsValid(get_namespace_oid(name.c_str(), true)); });
}

bool is_system_schema(const std::string &name)
{
    return name.starts_with("pg_") || name == "information_schema" || name == "linkgress";
}

int server_version()
{
    return call([]() noexcept { return std::atoi(GetConfigOption("server_version_num", false, false)); });
}

} // namespace linkgress::pg
