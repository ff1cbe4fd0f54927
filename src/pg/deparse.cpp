#include "pg/deparse.hpp"

#include "pg/compat.hpp"
#include "pg/datum.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "catalog/pg_opclass.h"
#include "catalog/pg_type.h"
#include "commands/defrem.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/plannodes.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/ruleutils.h"
#include "utils/syscache.h"
}

#include <cstring>

namespace linkgress::pg {

namespace {

// What the walker finds out about an expression.
struct Survey {
    bool is_plain = true;
    bool has_columns = false;
};

// Of the one relation that the expression is about.
bool is_column(const Var *var)
{
    return var->varno == 1 && var->varattno > 0 && var->varlevelsup == 0 && var->vartype != RECORDOID &&
           (var->varnosyn == 0 || (var->varnosyn == 1 && var->varattnosyn == var->varattno));
}

// Plain is what is deparsed in one line, from the names of columns and from what is in the node itself.
bool survey(Node *node, void *found)
{
    auto *result = static_cast<Survey *>(found);
    if (node == nullptr)
        return false;
    switch (nodeTag(node)) {
    case T_Var:
        result->has_columns = true;
        result->is_plain = is_column(reinterpret_cast<Var *>(node));
        break;
    case T_List:
    case T_Const:
    case T_FuncExpr:
    case T_OpExpr:
    case T_DistinctExpr:
    case T_ScalarArrayOpExpr:
    case T_BoolExpr:
    case T_RelabelType:
    case T_CoerceViaIO:
    case T_ArrayCoerceExpr:
    case T_ArrayExpr:
    case T_CoalesceExpr:
    case T_NullTest:
    case T_BooleanTest:
    case T_CollateExpr:
    case T_SQLValueFunction:
    case T_NextValueExpr:
        break;
    default:
        result->is_plain = false;
    }
    if (!result->is_plain)
        return true;
    return compat::walk_expression(node, survey, result);
}

// A place in the statement that the expression was read from says nothing about the expression.
std::string without_locations(std::string_view tree)
{
    static constexpr std::string_view field = ":location ";
    std::string result;
    result.reserve(tree.size());
    std::size_t start = 0;
    for (std::size_t found = tree.find(field); found != tree.npos; found = tree.find(field, start)) {
        std::size_t number = found + field.size();
        result.append(tree, start, number - start);
        start = std::min(tree.find_first_not_of("-0123456789", number), tree.size());
    }
    result.append(tree, start);
    return result;
}

// The range table of an expression about one relation, as a list of values with these columns: the server looks up
// the columns of a table by itself.
List *context_of(const char *const *columns, std::size_t count)
{
    List *names = NIL;
    for (std::size_t i = 0; i < count; i++)
        names = lappend(names, makeString(const_cast<char *>(columns[i])));
    auto *entry = makeNode(RangeTblEntry);
    entry->rtekind = RTE_VALUES;
    entry->eref = makeAlias("expression", names);
    auto *statement = makeNode(PlannedStmt);
    statement->rtable = list_make1(entry);
    return deparse_context_for_plan_tree(statement, list_make1(const_cast<char *>("expression")));
}

std::string without_memory(char *text)
{
    std::string result(text);
    pfree(text);
    return result;
}

} // namespace

std::string Deparser::expression(std::uintptr_t tree, Oid relation)
{
    std::string_view text = view_of_datum(tree);
    bool has_columns = text.find("{VAR ") != text.npos;
    std::string key = has_columns ? std::string() : without_locations(text);
    if (!has_columns)
        if (auto known = constants_.find(key); known != constants_.end())
            return known->second;

    std::optional<std::string> result = plain(std::string(text).c_str(), relation);
    if (!result)
        result = text_from_datum(
            call([&]() noexcept { return DirectFunctionCall2(pg_get_expr, tree, ObjectIdGetDatum(relation)); }));
    if (!has_columns)
        constants_.emplace(std::move(key), *result);
    return *std::move(result);
}

// Nothing if it is not plain.
std::optional<std::string> Deparser::plain(const char *tree, Oid relation)
{
    std::vector<const char *> columns;
    MemoryContext caller = CurrentMemoryContext;
    auto memory = static_cast<MemoryContext>(memory_.context());
    memory_.reset();
    Survey found;
    Node *node = call([&]() noexcept {
        MemoryContextSwitchTo(memory);
        auto *read = static_cast<Node *>(stringToNode(const_cast<char *>(tree)));
        survey(read, &found);
        MemoryContextSwitchTo(caller);
        return read;
    });
    if (found.is_plain && found.has_columns)
        columns = columns_(relation);
    if (!found.is_plain || found.has_columns != !columns.empty())
        return std::nullopt;
    return std::string(call([&]() noexcept {
        MemoryContextSwitchTo(memory);
        List *context = found.has_columns ? context_of(columns.data(), columns.size()) : NIL;
        const char *text = deparse_expression(node, context, false, false);
        MemoryContextSwitchTo(caller);
        return text;
    }));
}

const std::string &Deparser::type(Oid type, std::int32_t modifier)
{
    std::uint64_t key = (std::uint64_t{type} << 32) | static_cast<std::uint32_t>(modifier);
    auto found = types_.find(key);
    if (found == types_.end())
        found =
            types_
                .emplace(key, without_memory(call([&]() noexcept { return format_type_with_typemod(type, modifier); })))
                .first;
    return found->second;
}

std::string Deparser::key_suffix(Oid type, Oid column_collation, Oid collation, Oid operator_class)
{
    std::uint64_t key = (std::uint64_t{operator_class} << 32) | type;
    auto found = operator_classes_.find(key);
    if (found == operator_classes_.end()) {
        const char *name = call([&]() noexcept -> const char * {
            HeapTuple row = SearchSysCache1(CLAOID, ObjectIdGetDatum(operator_class));
            if (!HeapTupleIsValid(row))
                elog(ERROR, "cache lookup failed for opclass %u", operator_class);
            ::Oid method = reinterpret_cast<Form_pg_opclass>(GETSTRUCT(row))->opcmethod;
            ReleaseSysCache(row);
            return GetDefaultOpClass(type, method) == operator_class ? nullptr : generate_opclass_name(operator_class);
        });
        found = operator_classes_.emplace(key, name == nullptr ? "" : fmt::format(" {}", name)).first;
    }
    if (collation == 0 || collation == column_collation)
        return found->second;
    return " COLLATE " + without_memory(call([&]() noexcept { return generate_collation_name(collation); })) +
           found->second;
}

Deparser::Column Deparser::column(Oid relation, int number)
{
    ::Oid type;
    ::Oid collation;
    std::int32_t modifier;
    char *name = call([&]() noexcept {
        get_atttypetypmodcoll(relation, static_cast<AttrNumber>(number), &type, &modifier, &collation);
        return get_attname(relation, static_cast<AttrNumber>(number), false);
    });
    return {without_memory(name), type, collation};
}

std::string Deparser::relation_name(Oid relation)
{
    return without_memory(
        call([&]() noexcept { return DatumGetCString(DirectFunctionCall1(regclassout, ObjectIdGetDatum(relation))); }));
}

} // namespace linkgress::pg
