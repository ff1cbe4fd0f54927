// Aggregates, operators, their classes and families.

#include "core/kinds/options.hpp"
#include "core/script.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

// ---- Aggregates: parameters as "SFUNC = f"

void define_aggregate(Script &script, const Object &aggregate, const char *verb)
{
    std::string signature = aggregate.arguments.empty() ? "*" : aggregate.arguments;
    if (aggregate.has("signature"))
        signature = aggregate.text("signature");
    script.add("{} AGGREGATE {}({}) ({}{})", verb, script.qualified(aggregate), signature,
               fmt::join(aggregate.list("parameters"), ", "), aggregate.flag("hypothetical") ? ", HYPOTHETICAL" : "");
}

void create_aggregate(Script &script, const Object &aggregate)
{
    define_aggregate(script, aggregate, "CREATE");
    add_common(script, aggregate);
}

void replace_aggregate(Script &script, const Change &change)
{
    define_aggregate(script, change.to, "CREATE OR REPLACE");
}

// ---- Operators: parameters as "FUNCTION = f"

// Commutator and negator may come later: until then PostgreSQL puts a shell in their place.
void create_operator(Script &script, const Object &op)
{
    List parameters = op.list("parameters");
    for (const char *estimator : {"restrict", "join"})
        if (op.has(estimator))
            parameters.push_back(fmt::format("{} = {}", estimator, op.text(estimator)));
    script.add("CREATE OPERATOR {}.{} ({})", script.quote(op.schema), op.name, fmt::join(parameters, ", "));
    add_common(script, op);
}

// PostgreSQL would keep the shells for good, and the types and schemas that they depend on.
void drop_operator(Script &script, const Object &op)
{
    drop_by_keyword(script, op);
    for (const std::string &shell : op.list("shells"))
        script.add("DROP OPERATOR IF EXISTS {}", shell);
}

// A shell becomes an operator when that is created, but no operator becomes a shell.
bool has_no_shells(const Change &change)
{
    return !change.to.has("shells");
}

void set_estimator(Script &script, const Change &change, const char *which)
{
    script.add("ALTER OPERATOR {} SET ({} = {})", script.reference(change.to), which,
               change.to.has(which) ? change.to.text(which) : "NONE");
}

void set_restrict(Script &script, const Change &change)
{
    set_estimator(script, change, "restrict");
}

void set_join(Script &script, const Change &change)
{
    set_estimator(script, change, "join");
}

// ---- Families and classes: members as "OPERATOR 1 <(integer,integer)"

void create_family(Script &script, const Object &family)
{
    script.add("CREATE OPERATOR FAMILY {}", script.reference(family));
    add_common(script, family);
}

void create_class(Script &script, const Object &op_class)
{
    List items = op_class.list("members");
    if (op_class.has("storage"))
        items.push_back("STORAGE " + op_class.text("storage"));
    else if (items.empty()) // there has to be something: this one says nothing
        items.push_back("STORAGE " + op_class.text("type"));
    script.add("CREATE OPERATOR CLASS {} {}FOR TYPE {} USING {} FAMILY {} AS {}", script.qualified(op_class),
               op_class.flag("default") ? "DEFAULT " : "", op_class.text("type"), script.quote(op_class.arguments),
               op_class.text("family"), fmt::join(items, ", "));
    add_common(script, op_class);
}

// What is added to the family for the type of the class becomes a member of the class, with these access methods.
// No member can be taken away.
bool only_adds_members(const Change &change)
{
    const auto &[from, to] = change;
    const std::string &type = to.text("type");
    if ((to.arguments != "btree" && to.arguments != "hash") ||
        !only_in(from.list("members"), to.list("members")).empty())
        return false;
    List added = only_in(to.list("members"), from.list("members"));
    return std::all_of(added.begin(), added.end(), [&](const std::string &member) {
        return member.starts_with("OPERATOR ") ? member.ends_with(fmt::format("({0},{0})", type))
                                               : member.find(fmt::format(" ({0}, {0}) ", type)) != member.npos;
    });
}

void add_members(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    script.add("ALTER OPERATOR FAMILY {} USING {} ADD {}", to.text("family"), script.quote(to.arguments),
               fmt::join(only_in(to.list("members"), from.list("members")), ", "));
}

// Of a member of a family that is in no class, the name is what DROP asks for: "OPERATOR 1 (integer, bigint)".
void alter_family(Script &script, const Object &member, const std::string &action)
{
    script.add("ALTER OPERATOR FAMILY {} USING {} {}", script.parent(member), script.quote(member.arguments), action);
}

void add_member(Script &script, const Object &member)
{
    alter_family(script, member, "ADD " + member.text("definition"));
}

void drop_member(Script &script, const Object &member)
{
    alter_family(script, member, "DROP " + member.name);
}

} // namespace

std::vector<KindRules> operator_kinds()
{
    return {
        {Kind::aggregate, "aggregate", nullptr, "AGGREGATE", NameSpace::routine,
         with_common({
             altered(list("parameters"), replace_aggregate),
             text("signature"),
             text("result"),
             flag("hypothetical"),
         }),
         create_aggregate, drop_by_keyword},
        {Kind::op, "operator", nullptr, "OPERATOR", NameSpace::none,
         with_common({
             list("parameters"),
             altered(text("restrict"), set_restrict),
             altered(text("join"), set_join),
             altered(list("shells"), nullptr, has_no_shells),
         }),
         create_operator, drop_operator},
        {Kind::operator_family, "operator_family", nullptr, "OPERATOR FAMILY", NameSpace::none, with_common({}),
         create_family, drop_by_keyword},
        {Kind::operator_class, "operator_class", nullptr, "OPERATOR CLASS", NameSpace::none,
         with_common({
             text("type"),
             flag("default"),
             text("family"),
             altered(list("members"), add_members, only_adds_members),
             text("storage"),
         }),
         create_class, drop_by_keyword},
        {Kind::operator_family_member,
         "operator_family_member",
         "family_members",
         nullptr,
         NameSpace::none,
         {text("definition")},
         add_member,
         drop_member,
         nullptr,
         Kind::operator_family},
    };
}

} // namespace linkgress::core
