#include "engine/installation.hpp"

#include "pg/entry.hpp"
#include "pg/spi.hpp"

using namespace linkgress;

// The scripts declare these while they need them, and drop them again.

LINKGRESS_FUNCTION(linkgress_refuse_existing_schema)
{
    engine::refuse_existing_schema();
    return 0;
}

LINKGRESS_FUNCTION(linkgress_take_over_schema)
{
    pg::SpiSession spi;
    engine::take_over_schema();
    return 0;
}

LINKGRESS_FUNCTION(linkgress_grant_outside)
{
    pg::SpiSession spi;
    engine::grant_outside(pg::required_text(pg::Arguments(call_info), 0, "statement"));
    return 0;
}

LINKGRESS_FUNCTION(linkgress_keep_to_owner)
{
    pg::SpiSession spi;
    engine::keep_to_owner();
    return 0;
}
