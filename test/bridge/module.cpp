// The bridge's test module: entry points that misbehave on purpose.
#include "pg/entry.hpp"
#include "support.hpp"

using bridge_test::Counted;

extern "C" {
PG_MODULE_MAGIC;
}

// How many counted objects are alive, and how many were made since the last call.
LINKGRESS_FUNCTION(objects)
{
    (void)call_info;
    std::string text = fmt::format("{} alive, {} made", Counted::alive, Counted::made);
    Counted::made = 0;
    return linkgress::pg::text_result(text);
}
