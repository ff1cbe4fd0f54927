#include "api/procedure.hpp"

#include "core/sqlstate.hpp"

namespace linkgress::api {

void check_may_commit(FunctionCallInfo call_info, const char *procedure, const char *function)
{
    if (!pg::may_commit(call_info))
        throw core::Error(core::sqlstate::active_sql_transaction,
                          fmt::format("linkgress.{}() commits on its way and cannot run inside a transaction"
                                      " block or a function",
                                      procedure),
                          {}, fmt::format("Use SELECT linkgress.{}() there, which is atomic.", function));
}

} // namespace linkgress::api
