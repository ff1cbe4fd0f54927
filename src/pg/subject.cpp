#include "pg/subject.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_class.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "nodes/value.h"
}

#include <cstring>
#include <optional>

namespace linkgress::pg {

namespace {

template <typename T> const T *as(const Node *node)
{
    return reinterpret_cast<const T *>(node);
}

// The schema in a name of which the last parts are of something in it
std::string schema_in(const List *names, int parts)
{
    int place = list_length(names) - parts - 1;
    return place >= 0 ? strVal(list_nth(names, place)) : "";
}

std::string schema_in(const RangeVar *name)
{
    return name == nullptr || name->schemaname == nullptr ? "" : name->schemaname;
}

const char *kind_in_database(ObjectType type)
{
    switch (type) {
    case OBJECT_EXTENSION:
        return "extension";
    case OBJECT_LANGUAGE:
        return "language";
    case OBJECT_FOREIGN_SERVER:
        return "server";
    case OBJECT_FDW:
        return "foreign_data_wrapper";
    case OBJECT_PUBLICATION:
        return "publication";
    case OBJECT_SUBSCRIPTION:
        return "subscription";
    case OBJECT_EVENT_TRIGGER:
        return "event_trigger";
    case OBJECT_ACCESS_METHOD:
        return "access_method";
    default:
        return nullptr;
    }
}

class SubjectReader {
  public:
    Subject take() { return std::move(subject_); }

    void read(const Node *node)
    {
        switch (nodeTag(node)) {
        case T_GrantStmt:
            read_grant(as<GrantStmt>(node));
            break;
        case T_CommentStmt:
            add(as<CommentStmt>(node)->objtype, as<CommentStmt>(node)->object);
            break;
        case T_SecLabelStmt:
            add(as<SecLabelStmt>(node)->objtype, as<SecLabelStmt>(node)->object);
            break;
        case T_DropStmt:
            read_drop(as<DropStmt>(node));
            break;
        case T_AlterTableStmt:
            read_alter_table(as<AlterTableStmt>(node));
            break;
        case T_AlterOwnerStmt:
            add(as<AlterOwnerStmt>(node)->objectType, as<AlterOwnerStmt>(node)->relation,
                as<AlterOwnerStmt>(node)->object);
            break;
        case T_RenameStmt:
            add(as<RenameStmt>(node)->renameType, as<RenameStmt>(node)->relation, as<RenameStmt>(node)->object);
            break;
        case T_AlterObjectSchemaStmt:
            add(as<AlterObjectSchemaStmt>(node)->objectType, as<AlterObjectSchemaStmt>(node)->relation,
                as<AlterObjectSchemaStmt>(node)->object);
            break;
        case T_AlterFunctionStmt:
            add(OBJECT_FUNCTION, reinterpret_cast<const Node *>(as<AlterFunctionStmt>(node)->func));
            break;
        case T_AlterExtensionStmt:
            add_named(OBJECT_EXTENSION, as<AlterExtensionStmt>(node)->extname);
            break;
        case T_CreateSchemaStmt:
            if (const char *name = as<CreateSchemaStmt>(node)->schemaname; name != nullptr)
                add(name);
            break;
        case T_CreateStmt:
            add_created(as<CreateStmt>(node)->relation);
            break;
        case T_ViewStmt:
            add_created(as<ViewStmt>(node)->view);
            break;
        case T_CreateSeqStmt:
            add_created(as<CreateSeqStmt>(node)->sequence);
            break;
        case T_CreateTableAsStmt:
            add_created(as<CreateTableAsStmt>(node)->into->rel);
            break;
        case T_AlterDefaultPrivilegesStmt:
            read_default_privileges(as<AlterDefaultPrivilegesStmt>(node));
            break;
        default:
            read_alter(node);
        }
    }

  private:
    void read_alter(const Node *node)
    {
        switch (nodeTag(node)) {
        case T_AlterTSConfigurationStmt:
            add(schema_in(as<AlterTSConfigurationStmt>(node)->cfgname, 1));
            break;
        case T_AlterTSDictionaryStmt:
            add(schema_in(as<AlterTSDictionaryStmt>(node)->dictname, 1));
            break;
        case T_AlterDomainStmt:
            add(schema_in(as<AlterDomainStmt>(node)->typeName, 1));
            break;
        case T_AlterTypeStmt:
            add(schema_in(as<AlterTypeStmt>(node)->typeName, 1));
            break;
        case T_AlterOperatorStmt:
            add(schema_in(as<AlterOperatorStmt>(node)->opername->objname, 1));
            break;
        case T_AlterOpFamilyStmt:
            add(schema_in(as<AlterOpFamilyStmt>(node)->opfamilyname, 1));
            break;
        case T_AlterCollationStmt:
            add(schema_in(as<AlterCollationStmt>(node)->collname, 1));
            break;
        case T_AlterStatsStmt:
            add(schema_in(as<AlterStatsStmt>(node)->defnames, 1));
            break;
        case T_AlterPolicyStmt:
            add(schema_in(as<AlterPolicyStmt>(node)->table));
            break;
        default:
            subject_.has_others = true;
        }
    }

    void add(std::string schema) { subject_.schemas.insert(std::move(schema)); }

    void add_created(const RangeVar *relation)
    {
        add(schema_in(relation));
        subject_.is_temporary =
            relation->relpersistence == RELPERSISTENCE_TEMP || schema_in(relation).starts_with("pg_temp");
    }

    void add(ObjectType type, const RangeVar *relation, const Node *object)
    {
        if (relation != nullptr)
            add(schema_in(relation));
        else
            add(type, object);
    }

    void add(ObjectType type, const Node *object)
    {
        if (object == nullptr)
            subject_.has_others = true;
        else if (IsA(object, RangeVar))
            add(schema_in(as<RangeVar>(object)));
        else if (IsA(object, ObjectWithArgs))
            add(schema_in(as<ObjectWithArgs>(object)->objname, 1));
        else if (IsA(object, TypeName))
            add(schema_in(as<TypeName>(object)->names, 1));
        else if (IsA(object, String))
            add_named(type, strVal(object));
        else if (IsA(object, List))
            add_in_list(type, as<List>(object));
        else
            subject_.has_others = true;
    }

    void add_named(ObjectType type, const char *name)
    {
        if (type == OBJECT_SCHEMA)
            add(name);
        else if (const char *kind = kind_in_database(type))
            subject_.in_database.emplace(kind, name);
        else
            subject_.has_others = true;
    }

    void add_in_list(ObjectType type, const List *names)
    {
        const Node *first = static_cast<const Node *>(linitial(names));
        if (IsA(first, TypeName)) // of a constraint of a domain
            add(schema_in(as<TypeName>(first)->names, 1));
        else if (!IsA(first, String))
            subject_.has_others = true;
        else if (type == OBJECT_COLUMN || type == OBJECT_TABCONSTRAINT || type == OBJECT_TRIGGER ||
                 type == OBJECT_POLICY || type == OBJECT_RULE)
            add(schema_in(names, 2));
        else if (type == OBJECT_OPCLASS || type == OBJECT_OPFAMILY)
            add(list_length(names) > 2 ? schema_in(names, 1) : "");
        else
            add(schema_in(names, 1));
    }

    void add_each(ObjectType type, const List *objects)
    {
        ListCell *cell;
        foreach (cell, objects)
            add(type, static_cast<const Node *>(lfirst(cell)));
    }

    void read_grant(const GrantStmt *statement)
    {
        add_each(statement->targtype == ACL_TARGET_ALL_IN_SCHEMA ? OBJECT_SCHEMA : statement->objtype,
                 statement->objects);
    }

    void read_drop(const DropStmt *statement)
    {
        subject_.only_drops = true;
        subject_.if_exists = statement->missing_ok;
        add_each(statement->removeType, statement->objects);
    }

    void read_alter_table(const AlterTableStmt *statement)
    {
        add(schema_in(statement->relation));
        subject_.only_drops = true;
        subject_.if_exists = statement->missing_ok;
        ListCell *cell;
        foreach (cell, statement->cmds) {
            auto *command = lfirst_node(AlterTableCmd, cell);
            bool drops = command->subtype == AT_DropConstraint || command->subtype == AT_DropNotNull ||
                         (command->subtype == AT_ColumnDefault && command->def == nullptr);
            subject_.only_drops = subject_.only_drops && drops;
        }
    }

    void read_default_privileges(const AlterDefaultPrivilegesStmt *statement)
    {
        ListCell *cell;
        foreach (cell, statement->options) {
            auto *option = lfirst_node(DefElem, cell);
            if (std::strcmp(option->defname, "schemas") == 0)
                add_each(OBJECT_SCHEMA, reinterpret_cast<const List *>(option->arg));
        }
        subject_.has_others = subject_.schemas.empty();
    }

    Subject subject_;
};

} // namespace

Subject subject_of(const Node *statement)
{
    SubjectReader reader;
    reader.read(statement);
    return reader.take();
}

} // namespace linkgress::pg
