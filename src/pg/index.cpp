#include "pg/index.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "access/xact.h"
#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/parser.h"
#include "tcop/dest.h"
#include "tcop/utility.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
}

namespace linkgress::pg {

// As ChooseIndexName() does it, which is not exported: the table, the columns,
// "idx". Only a column that comes twice makes a difference.
std::string choose_index_name(Oid table, const std::vector<std::string> &columns)
{
    std::string joined = fmt::format("{}", fmt::join(columns, "_")).substr(0, NAMEDATALEN - 1);
    const char *name = call([&]() noexcept {
        const char *table_name = get_rel_name(table);
        return table_name == nullptr
                   ? ""
                   : ChooseRelationName(table_name, joined.c_str(), "idx", get_rel_namespace(table), false);
    });
    return name;
}

void create_index_on_temporary_table(const std::string &sql, const std::string &table, const std::string &index)
{
    call([&]() noexcept {
        auto *statement = castNode(IndexStmt, linitial_node(RawStmt, raw_parser(sql.c_str(), RAW_PARSE_DEFAULT))->stmt);
        statement->relation = makeRangeVar(pstrdup("pg_temp"), pstrdup(table.c_str()), -1);
        statement->concurrent = false;
        statement->if_not_exists = false;
        statement->idxname = pstrdup(index.c_str());
        auto *planned = makeNode(PlannedStmt);
        planned->commandType = CMD_UTILITY;
        planned->canSetTag = true;
        planned->utilityStmt = reinterpret_cast<Node *>(statement);
        planned->stmt_location = -1;
        PushActiveSnapshot(GetTransactionSnapshot());
        ProcessUtility(planned, sql.c_str(), false, PROCESS_UTILITY_QUERY, nullptr, nullptr, None_Receiver, nullptr);
        PopActiveSnapshot();
        CommandCounterIncrement();
    });
}

} // namespace linkgress::pg
