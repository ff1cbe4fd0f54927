#include "pg/entry.hpp"

using namespace linkgress;

LINKGRESS_FUNCTION(linkgress_role_in)
{
    return pg::role_result(pg::parse_role(pg::Arguments(call_info).cstring(0)));
}

LINKGRESS_FUNCTION(linkgress_role_out)
{
    return pg::cstring_result(pg::format_role(pg::Arguments(call_info).role(0)));
}

LINKGRESS_FUNCTION(linkgress_to_role)
{
    return pg::role_result(pg::role_value(pg::Arguments(call_info).oid(0)));
}

LINKGRESS_FUNCTION(linkgress_role_oid)
{
    return pg::oid_result(pg::Arguments(call_info).role(0).role);
}

LINKGRESS_FUNCTION(linkgress_role_name)
{
    return pg::name_result(pg::format_role(pg::Arguments(call_info).role(0)));
}
