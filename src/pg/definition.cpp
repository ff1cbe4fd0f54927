#include "pg/definition.hpp"

#include "core/sqlstate.hpp"
#include "pg/memory.hpp"
#include "pg/postgres.hpp"
#include "pg/role.hpp"
#include "pg/text.hpp"

#include <array>
#include <cstring>

extern "C" {
#include "commands/defrem.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/parse_type.h"
#include "parser/parser.h"
#include "parser/scanner.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
}

namespace linkgress::pg {

namespace {

std::string text_or_empty(const char *text)
{
    return text == nullptr ? "" : text;
}

// The schema in a name of several parts
std::string schema_of(const List *names)
{
    return list_length(names) > 1 ? strVal(list_nth(names, list_length(names) - 2)) : "";
}

std::string schema_of(const RangeVar *name)
{
    return name == nullptr ? "" : text_or_empty(name->schemaname);
}

template <typename T> const T *as(const Node *node)
{
    return reinterpret_cast<const T *>(node);
}

// A role as it is said: CURRENT_USER and the like are "".
std::string role_in(const RoleSpec *role)
{
    return role != nullptr && role->roletype == ROLESPEC_CSTRING ? role->rolename : "";
}

// ---- Where something is created

std::optional<std::string> schema_of_table_statement(const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateStmt:
        return schema_of(as<CreateStmt>(node)->relation);
    case T_CreateForeignTableStmt:
        return schema_of(as<CreateForeignTableStmt>(node)->base.relation);
    case T_CreateTableAsStmt:
        return schema_of(as<CreateTableAsStmt>(node)->into->rel);
    case T_SelectStmt: // INTO
        return schema_of(as<SelectStmt>(node)->intoClause->rel);
    case T_ViewStmt:
        return schema_of(as<ViewStmt>(node)->view);
    case T_IndexStmt:
        return schema_of(as<IndexStmt>(node)->relation);
    case T_CreateSeqStmt:
        return schema_of(as<CreateSeqStmt>(node)->sequence);
    case T_AlterSeqStmt:
        return schema_of(as<AlterSeqStmt>(node)->sequence);
    case T_AlterTableStmt:
        return schema_of(as<AlterTableStmt>(node)->relation);
    case T_CreateTrigStmt:
        return schema_of(as<CreateTrigStmt>(node)->relation);
    case T_RuleStmt:
        return schema_of(as<RuleStmt>(node)->relation);
    case T_CreatePolicyStmt:
        return schema_of(as<CreatePolicyStmt>(node)->table);
    default:
        return std::nullopt;
    }
}

std::optional<std::string> schema_of_statement(const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateFunctionStmt:
        return schema_of(as<CreateFunctionStmt>(node)->funcname);
    case T_DefineStmt:
        return schema_of(as<DefineStmt>(node)->defnames);
    case T_CompositeTypeStmt:
        return schema_of(as<CompositeTypeStmt>(node)->typevar);
    case T_CreateEnumStmt:
        return schema_of(as<CreateEnumStmt>(node)->typeName);
    case T_AlterEnumStmt:
        return schema_of(as<AlterEnumStmt>(node)->typeName);
    case T_CreateRangeStmt:
        return schema_of(as<CreateRangeStmt>(node)->typeName);
    case T_CreateDomainStmt:
        return schema_of(as<CreateDomainStmt>(node)->domainname);
    case T_CreateOpClassStmt:
        return schema_of(as<CreateOpClassStmt>(node)->opclassname);
    case T_CreateOpFamilyStmt:
        return schema_of(as<CreateOpFamilyStmt>(node)->opfamilyname);
    case T_CreateStatsStmt:
        return schema_of(as<CreateStatsStmt>(node)->defnames);
    case T_CreateConversionStmt:
        return schema_of(as<CreateConversionStmt>(node)->conversion_name);
    default:
        return schema_of_table_statement(node);
    }
}

using InDatabase = std::vector<std::pair<std::string, std::string>>;

// Default privileges of all schemas, by the roles whose objects they are about
InDatabase default_privileges(const AlterDefaultPrivilegesStmt *statement)
{
    InDatabase of_roles;
    ListCell *cell;
    foreach (cell, statement->options) {
        auto *option = lfirst_node(DefElem, cell);
        if (std::strcmp(option->defname, "schemas") == 0)
            return {};
        ListCell *role;
        if (std::strcmp(option->defname, "roles") == 0)
            foreach (role, reinterpret_cast<List *>(option->arg))
                of_roles.emplace_back("default_privileges", role_in(lfirst_node(RoleSpec, role)));
    }
    if (of_roles.empty())
        of_roles.emplace_back("default_privileges", "");
    return of_roles;
}

// A type as the catalogs call it, if there is one of that name already
std::optional<std::string> existing_type(const TypeName *name)
{
    SearchPathScope pinned;
    const char *text = call([&]() noexcept -> const char * {
        Oid type = LookupTypeNameOid(nullptr, name, true);
        return OidIsValid(type) ? format_type_be(type) : nullptr;
    });
    return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

// Those of other types are found by their types.
InDatabase cast_of_existing_types(const CreateCastStmt *statement)
{
    std::optional<std::string> source = existing_type(statement->sourcetype);
    std::optional<std::string> target = existing_type(statement->targettype);
    if (!source || !target)
        return {};
    return {{"cast", fmt::format("({} AS {})", *source, *target)}};
}

InDatabase created_in_database(const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreatePublicationStmt:
        return {{"publication", as<CreatePublicationStmt>(node)->pubname}};
    case T_CreateSubscriptionStmt:
        return {{"subscription", as<CreateSubscriptionStmt>(node)->subname}};
    case T_CreateEventTrigStmt:
        return {{"event_trigger", as<CreateEventTrigStmt>(node)->trigname}};
    case T_CreateFdwStmt:
        return {{"foreign_data_wrapper", as<CreateFdwStmt>(node)->fdwname}};
    case T_CreateForeignServerStmt:
        return {{"server", as<CreateForeignServerStmt>(node)->servername}};
    case T_CreatePLangStmt:
        return {{"language", as<CreatePLangStmt>(node)->plname}};
    case T_CreateAmStmt:
        return {{"access_method", as<CreateAmStmt>(node)->amname}};
    case T_CreateCastStmt:
        return cast_of_existing_types(as<CreateCastStmt>(node));
    case T_AlterDefaultPrivilegesStmt:
        return default_privileges(as<AlterDefaultPrivilegesStmt>(node));
    default:
        return {};
    }
}

// ---- Settings

std::string string_in(const Node *node)
{
    if (!IsA(node, A_Const))
        return "";
    auto *constant = as<A_Const>(node);
    return !constant->isnull && IsA(&constant->val, String) ? constant->val.sval.sval : "";
}

// SELECT set_config('name', 'value', …), as pg_dump writes it
const FuncCall *set_config_call(const Node *node)
{
    if (!IsA(node, SelectStmt))
        return nullptr;
    auto *select = as<SelectStmt>(node);
    if (select->fromClause != NIL || select->whereClause != nullptr || list_length(select->targetList) != 1)
        return nullptr;
    const Node *value = linitial_node(ResTarget, select->targetList)->val;
    if (!IsA(value, FuncCall))
        return nullptr;
    auto *call = as<FuncCall>(value);
    return std::strcmp(strVal(llast(call->funcname)), "set_config") == 0 && list_length(call->args) == 3 ? call
                                                                                                         : nullptr;
}

void describe_setting(const VariableSetStmt *statement, Definition &definition)
{
    definition.kind = statement->kind == VAR_SET_MULTI ? Definition::Kind::other : Definition::Kind::setting;
    definition.setting = text_or_empty(statement->name);
    if (definition.setting != "search_path" || statement->kind != VAR_SET_VALUE)
        return;
    definition.search_path.emplace();
    ListCell *cell;
    foreach (cell, statement->args)
        definition.search_path->push_back(string_in(static_cast<const Node *>(lfirst(cell))));
}

void describe_set_config(const FuncCall *function, Definition &definition)
{
    definition.kind = Definition::Kind::setting;
    definition.setting = string_in(static_cast<const Node *>(linitial(function->args)));
    if (definition.setting == "search_path")
        definition.search_path = split_identifiers(string_in(static_cast<const Node *>(lsecond(function->args))));
}

// ---- Everything else that matters

bool is_shared(ObjectType type)
{
    return type == OBJECT_DATABASE || type == OBJECT_ROLE || type == OBJECT_TABLESPACE || type == OBJECT_PARAMETER_ACL;
}

bool is_shared(const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateRoleStmt:
    case T_AlterRoleStmt:
    case T_AlterRoleSetStmt:
    case T_DropRoleStmt:
    case T_GrantRoleStmt:
    case T_CreatedbStmt:
    case T_AlterDatabaseStmt:
    case T_AlterDatabaseSetStmt:
    case T_DropdbStmt:
    case T_CreateTableSpaceStmt:
    case T_DropTableSpaceStmt:
    case T_AlterTableSpaceOptionsStmt:
    case T_AlterSystemStmt:
    case T_ReassignOwnedStmt:
    case T_DropOwnedStmt:
        return true;
    case T_CommentStmt:
        return is_shared(as<CommentStmt>(node)->objtype);
    case T_GrantStmt:
        return is_shared(as<GrantStmt>(node)->objtype);
    case T_RenameStmt:
        return is_shared(as<RenameStmt>(node)->renameType);
    case T_AlterOwnerStmt:
        return is_shared(as<AlterOwnerStmt>(node)->objectType);
    default:
        return false;
    }
}

void describe_schema(const CreateSchemaStmt *statement, Definition &definition)
{
    definition.schema_owner = role_in(statement->authrole);
    definition.schema = statement->schemaname != nullptr ? statement->schemaname : definition.schema_owner;
    definition.has_elements = statement->schemaElts != NIL;
    if (statement->authrole != nullptr)
        definition.owner = definition.schema_owner;
}

void describe_extension(const CreateExtensionStmt *statement, Definition &definition)
{
    definition.extension = statement->extname;
    ListCell *cell;
    foreach (cell, statement->options) {
        auto *option = lfirst_node(DefElem, cell);
        if (std::strcmp(option->defname, "new_version") == 0)
            definition.extension_version = call([&]() noexcept { return defGetString(option); });
    }
}

void describe_owner(const AlterTableStmt *statement, Definition &definition)
{
    ListCell *cell;
    foreach (cell, statement->cmds) {
        auto *command = lfirst_node(AlterTableCmd, cell);
        if (command->subtype == AT_ChangeOwner)
            definition.owner = role_in(command->newowner);
    }
}

void describe_materialized_view(const Node *node, Definition &definition)
{
    if (IsA(node, RefreshMatViewStmt)) {
        auto *refresh = as<RefreshMatViewStmt>(node);
        definition.in_schema = schema_of(refresh->relation);
        definition.materialized_view = refresh->relation->relname;
        definition.refreshes = true;
        definition.has_data = !refresh->skipData;
    } else if (IsA(node, CreateTableAsStmt) && as<CreateTableAsStmt>(node)->objtype == OBJECT_MATVIEW) {
        const IntoClause *into = as<CreateTableAsStmt>(node)->into;
        definition.materialized_view = into->rel->relname;
        definition.has_data = !into->skipData;
    }
}

void describe_object(const Node *node, Definition &definition)
{
    if (IsA(node, CreateSchemaStmt))
        describe_schema(as<CreateSchemaStmt>(node), definition);
    else if (IsA(node, CreateExtensionStmt))
        describe_extension(as<CreateExtensionStmt>(node), definition);
    else if (IsA(node, CommentStmt) && as<CommentStmt>(node)->objtype == OBJECT_EXTENSION) {
        definition.extension = strVal(as<CommentStmt>(node)->object);
        definition.comment = text_or_empty(as<CommentStmt>(node)->comment);
    } else if (IsA(node, AlterOwnerStmt))
        definition.owner = role_in(as<AlterOwnerStmt>(node)->newowner);
    else if (IsA(node, AlterTableStmt))
        describe_owner(as<AlterTableStmt>(node), definition);
    definition.says_default_privileges = IsA(node, AlterDefaultPrivilegesStmt);
    definition.says_privileges = IsA(node, GrantStmt) || definition.says_default_privileges;
    definition.is_of_all = IsA(node, GrantStmt) && as<GrantStmt>(node)->targtype == ACL_TARGET_ALL_IN_SCHEMA;
    definition.is_concurrent = IsA(node, IndexStmt) && as<IndexStmt>(node)->concurrent;
    definition.brings_rows = IsA(node, SelectStmt) ||
                             (IsA(node, CreateTableAsStmt) && as<CreateTableAsStmt>(node)->objtype == OBJECT_TABLE &&
                              !as<CreateTableAsStmt>(node)->into->skipData);
    definition.in_schema = schema_of_statement(node);
    describe_materialized_view(node, definition);
    definition.subject = subject_of(node);
    if (definition.in_schema) {
        definition.subject.schemas = {*definition.in_schema};
        definition.subject.has_others = false;
    }
    definition.in_database = created_in_database(node);
}

Definition describe(Node *node)
{
    Definition definition;
    bool is_definition = call([&]() noexcept {
        return IsA(node, DoStmt) || IsA(node, RefreshMatViewStmt) || GetCommandLogLevel(node) == LOGSTMT_DDL;
    });
    definition.command = call([&]() noexcept { return GetCommandTagName(CreateCommandTag(node)); });
    if (IsA(node, VariableSetStmt))
        describe_setting(as<VariableSetStmt>(node), definition);
    else if (const FuncCall *function = set_config_call(node))
        describe_set_config(function, definition);
    else if (is_shared(node))
        definition.kind = Definition::Kind::shared;
    else if (is_definition)
        describe_object(node, definition);
    else
        definition.kind = Definition::Kind::other;
    return definition;
}

} // namespace

Definition parse_definition(const std::string &sql)
{
    MemoryScope memory; // a parse tree may be many times the size of its text
    List *trees = call([&]() noexcept { return raw_parser(sql.c_str(), RAW_PARSE_DEFAULT); });
    if (list_length(trees) != 1)
        throw core::Error(core::sqlstate::syntax_error,
                          fmt::format("one statement was expected, not {}", list_length(trees)));
    return describe(linitial_node(RawStmt, trees)->stmt);
}

namespace {

// Calls `take` with the place of each token until that is enough for it.
template <typename Take> void scan_tokens(const std::string &sql, const Take &take)
{
    static_assert(noexcept(take(0)));
    call([&]() noexcept {
        core_yy_extra_type extra;
        core_YYSTYPE value;
        YYLTYPE location;
        core_yyscan_t scanner = scanner_init(sql.c_str(), &extra, &ScanKeywords, ScanKeywordTokens);
        while (core_yylex(&value, &location, scanner) != 0)
            if (!take(static_cast<std::size_t>(location)))
                break;
        scanner_finish(scanner);
        return 0;
    });
}

bool is_word_at(const std::string &sql, std::size_t place, const char *word, std::size_t length) noexcept
{
    return pg_strncasecmp(sql.c_str() + place, word, length) == 0;
}

} // namespace

std::string without_concurrently(const std::string &sql)
{
    MemoryScope memory;
    std::string text = sql;
    constexpr std::size_t length = std::char_traits<char>::length("concurrently");
    // The grammar has it before any name.
    scan_tokens(sql, [&](std::size_t place) noexcept {
        bool is_found = is_word_at(sql, place, "concurrently", length);
        if (is_found)
            std::memset(text.data() + place, ' ', length);
        return !is_found;
    });
    return text;
}

std::string without_data(const std::string &sql)
{
    MemoryScope memory;
    std::array<std::size_t, 2> last = {0, 0}; // the places of the last two words
    scan_tokens(sql, [&](std::size_t place) noexcept {
        last = {last[1], place};
        return true;
    });
    // The grammar has it at the end, where a query alone cannot have both words.
    std::string text = sql;
    if (is_word_at(sql, last[0], "no", 2) && is_word_at(sql, last[1], "data", 4))
        return text;
    if (is_word_at(sql, last[0], "with", 4) && is_word_at(sql, last[1], "data", 4))
        text.replace(last[0], last[1] + 4 - last[0], last[1] + 4 - last[0], ' ');
    return text + "\nWITH NO DATA";
}

} // namespace linkgress::pg
