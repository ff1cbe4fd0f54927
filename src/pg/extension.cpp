#include "pg/extension.hpp"

#include "core/sqlstate.hpp"
#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "access/genam.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "commands/extension.h"
#include "executor/spi.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
}

namespace linkgress::pg {

namespace {

constexpr const char *extension_name = "linkgress";
constexpr const char *schema_name = "linkgress";
constexpr const char *table_name = "journal"; // any of its tables: one script makes them all

// The default_version of linkgress.control.
constexpr const char *library_version = "1.1";

// Raises errors as the server does: to be called under pg::call.
bool belongs_to_extension(::Oid class_id, ::Oid object) noexcept
{
    ::Oid extension = get_extension_oid(extension_name, true);
    return OidIsValid(extension) && getExtensionOfObject(class_id, object) == extension;
}

// Likewise. A table stays a member for as long as it lives, so it is looked up once.
::Oid own_table() noexcept
{
    static ::Oid known = InvalidOid;
    ::Oid schema = get_namespace_oid(schema_name, true);
    ::Oid table = OidIsValid(schema) ? get_relname_relid(table_name, schema) : InvalidOid;
    if (!OidIsValid(table) || table == known)
        return table;
    if (!belongs_to_extension(RelationRelationId, table))
        return InvalidOid;
    known = table;
    return table;
}

::Oid owner_of(::Oid table) noexcept
{
    HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
    if (!HeapTupleIsValid(tuple))
        return InvalidOid;
    ::Oid owner = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple))->relowner;
    ReleaseSysCache(tuple);
    return owner;
}

struct Installed {
    char *version; // null where it is not installed
    char *owner;
};

// There is no cache of that catalog.
Installed installed_extension() noexcept
{
    Installed installed = {};
    Relation catalog = table_open(ExtensionRelationId, AccessShareLock);
    ScanKeyData key;
    ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ, CStringGetDatum(extension_name));
    SysScanDesc scan = systable_beginscan(catalog, ExtensionNameIndexId, true, nullptr, 1, &key);
    HeapTuple tuple = systable_getnext(scan);
    if (HeapTupleIsValid(tuple)) {
        bool is_null;
        // Not heap_getattr(), see TriggerCall::value().
        Datum version = SPI_getbinval(tuple, catalog->rd_att, Anum_pg_extension_extversion, &is_null);
        installed.version = TextDatumGetCString(version);
        installed.owner = GetUserNameFromId(reinterpret_cast<Form_pg_extension>(GETSTRUCT(tuple))->extowner, false);
    }
    systable_endscan(scan);
    table_close(catalog, AccessShareLock);
    return installed;
}

// An older version's tables need not have what the queries ask for.
void check_version(::Oid table)
{
    static ::Oid checked = InvalidOid;
    if (table == checked)
        return;
    const char *version = call([]() noexcept { return installed_extension().version; });
    if (version == nullptr || std::strcmp(version, library_version) != 0)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("extension \"linkgress\" has version {} in this database, its library has {}",
                                      version == nullptr ? "none" : version, library_version),
                          {}, "Run ALTER EXTENSION linkgress UPDATE; if that has been done, connect anew.");
    checked = table;
}

} // namespace

bool is_member(unsigned int class_id, unsigned int object)
{
    return call([&]() noexcept { return belongs_to_extension(class_id, object); });
}

unsigned int own_schema()
{
    return call([]() noexcept {
        ::Oid table = own_table();
        return OidIsValid(table) ? get_rel_namespace(table) : InvalidOid;
    });
}

void refuse_other_version()
{
    if (own_extension() != 0)
        (void)own_tables_owner();
}

unsigned int own_tables_owner()
{
    ::Oid table = call([]() noexcept { return own_table(); });
    if (table == InvalidOid)
        throw core::Error(core::sqlstate::undefined_object, "extension \"linkgress\" is not installed in this database",
                          {}, "Run CREATE EXTENSION linkgress.");
    check_version(table);
    return call([&]() noexcept { return owner_of(table); });
}

unsigned int own_extension()
{
    return call([]() noexcept { return get_extension_oid(extension_name, true); });
}

std::string own_extension_owner()
{
    return call([]() noexcept { return installed_extension().owner; });
}

bool is_own_script()
{
    return creating_extension && CurrentExtensionObject == own_extension();
}

bool is_own_transaction(unsigned int xmin)
{
    return call([&]() noexcept { return TransactionIdIsCurrentTransactionId(xmin); });
}

void lock_schema(const char *name)
{
    call([&]() noexcept {
        LockDatabaseObject(NamespaceRelationId, get_namespace_oid(name, false), 0, AccessExclusiveLock);
    });
}

void forget_initial_privileges_of_schema(const char *name)
{
    call([&]() noexcept { removeExtObjInitPriv(get_namespace_oid(name, false), NamespaceRelationId); });
}

OutsideScript::OutsideScript()
{
    creating_extension = false;
}

OutsideScript::~OutsideScript()
{
    creating_extension = true;
}

} // namespace linkgress::pg
