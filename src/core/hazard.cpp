#include "core/hazard.hpp"

#include "core/conversion.hpp"
#include "core/kind.hpp"
#include "core/kinds/options.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// The step, with what the rules ask of it.
class Case {
  public:
    Case(const Diff &diff, const Converter &converter, const Step &step)
        : diff(diff), converter(converter), step(step), item(diff.items[step.item]), object(diff.either(item)),
          kind(object.kind)
    {}

    bool drops(Kind what) const { return kind == what && (step.kind == StepKind::drop); }
    bool creates(Kind what) const { return kind == what && step.kind == StepKind::create; }
    bool alters(Kind what) const { return kind == what && step.kind == StepKind::alter; }
    bool differs(const char *attribute) const
    {
        const Value *from = diff.from(item)->find(attribute);
        const Value *to = diff.to(item)->find(attribute);
        return from == nullptr || to == nullptr ? from != to : *from != *to;
    }
    const Object &from() const { return *diff.from(item); }
    const Object &to() const { return *diff.to(item); }

    // The table that the step works on
    const Item *holder() const
    {
        if (!is_child(kind))
            return &item;
        ObjectIndex parent = item.to != no_object ? diff.target.parent(item.to) : diff.source.parent(item.from);
        if (parent == no_object)
            return nullptr;
        return item.to != no_object ? &diff.of_target(parent) : &diff.of_source(parent);
    }
    // Its rows are somewhere else.
    bool is_foreign() const
    {
        const Item *table = holder();
        return table != nullptr && diff.either(*table).kind == Kind::foreign_table;
    }
    // It has been there before, and may have rows.
    bool has_rows() const
    {
        const Item *table = holder();
        return table == nullptr || (table->from != no_object && !is_foreign());
    }
    bool retypes() const
    {
        return alters(Kind::column) && item.is_retyped && item.retype_through == SIZE_MAX && !is_foreign();
    }
    Conversion conversion() const
    {
        Conversion conversion = converter.convert("", from().text("type"), to().text("type"));
        if (!item.type_is_replaced)
            return conversion;
        conversion.fate = std::max(conversion.fate, Fate::refused);
        conversion.rewrites = conversion.is_refusing = true;
        return conversion;
    }
    std::string table() const { return object.schema + "." + (is_child(kind) ? object.parent : object.name); }

    const Diff &diff;
    const Converter &converter;
    const Step &step;
    const Item &item;
    const Object &object;
    Kind kind;
};

using Text = std::optional<std::string>;

// ---- data_loss

Text drops_table(const Case &c)
{
    if (!c.drops(Kind::table))
        return {};
    return fmt::format("All rows of {} are lost. If they may be needed, rename the table instead, and drop it later.",
                       c.table());
}

Text drops_column(const Case &c)
{
    if (!c.drops(Kind::column) || c.from().has("generated") || c.is_foreign())
        return {};
    return fmt::format("The values of column {} are lost. Stop using it first, and drop it when nobody misses it.",
                       identity(c.object));
}

// Of a table whose rows move into another.
Text leaves_columns_behind(const Case &c)
{
    if (c.kind != Kind::table || c.step.kind != StepKind::finish)
        return {};
    for (ObjectIndex part = c.item.from + 1; part < c.diff.source.end_of_children(c.item.from); part++, poll())
        if (const Object &column = c.diff.source[part];
            column.kind == Kind::column && !column.has("generated") && c.diff.of_source(part).to == no_object)
            return fmt::format("The values of column {} are lost.", identity(column));
    return {};
}

Text drops_attribute(const Case &c)
{
    if (c.kind != Kind::composite_type || c.item.from == no_object || c.item.to == no_object ||
        (c.step.kind != StepKind::alter && c.step.kind != StepKind::finish))
        return {};
    List attributes;
    for (const std::string &attribute : c.to().list("attributes"))
        attributes.push_back(attribute_name(attribute));
    TextSet names(attributes);
    for (const std::string &attribute : c.from().list("attributes"))
        if (!names.contains(attribute_name(attribute)))
            return fmt::format("What columns of type {} have in attribute {} is lost.", identity(c.object),
                               attribute_name(attribute));
    return {};
}

Text drops_sequence(const Case &c)
{
    if (!c.drops(Kind::sequence))
        return {};
    ObjectIndex index = c.item.from;
    if (c.diff.source.end_of_children(index) > index + 1)
        return {}; // its column's values tell where it was
    return fmt::format("Where sequence {} had come to is lost.", identity(c.object));
}

Text loses_digits(const Case &c)
{
    if (!c.retypes() || !c.conversion().loses())
        return {};
    return fmt::format("Some values of {} may be rounded, cut off or read as something else as they become {}. Add a "
                       "second column, fill and compare it, then drop the first.",
                       identity(c.object), c.to().text("type"));
}

// Of a table whose rows move into another, which takes them
Text loses_digits_on_the_way(const Case &c)
{
    if (c.kind != Kind::table || c.step.kind != StepKind::finish || c.item.to == no_object)
        return {};
    for (ObjectIndex part = c.item.to + 1; part < c.diff.target.end_of_children(c.item.to); part++) {
        const Object &column = c.diff.target[part];
        const Object *was = column.kind == Kind::column ? c.diff.source.find_object(id(column)) : nullptr;
        if (was == nullptr || column.has("generated"))
            continue;
        if (c.converter.convert("", was->text("type"), column.text("type")).loses())
            return fmt::format("Some values of {} may be rounded, cut off or read as something else as they become {}.",
                               identity(column), column.text("type"));
    }
    return {};
}

Text becomes_unlogged(const Case &c)
{
    if (!c.alters(Kind::table) || !c.differs("unlogged") || !c.to().flag("unlogged"))
        return {};
    return fmt::format("An unlogged table is empty after a crash, and is not on standbys: {} becomes one.", c.table());
}

// ---- may_fail_on_data

Text needs_no_nulls(const Case &c)
{
    bool sets = c.alters(Kind::column) && c.differs("not_null") && c.to().flag("not_null");
    if (!sets || !c.has_rows())
        return {};
    return fmt::format("It fails if there are NULLs in {}. Fill them in first: UPDATE ... WHERE ... IS NULL.",
                       identity(c.object));
}

Text adds_without_default(const Case &c)
{
    if (!c.creates(Kind::column) || !c.has_rows() || !c.to().flag("not_null") || c.to().has("identity") ||
        c.to().has("generated"))
        return {};
    for (std::size_t folded : c.step.folded)
        if (c.diff.either(c.diff.items[folded]).kind == Kind::column_default)
            return {};
    return fmt::format("It fails if {} has rows: the new column {} would be NULL in them. Give it a default, or add it "
                       "without NOT NULL and fill it first.",
                       c.table(), c.object.name);
}

Text needs_unique(const Case &c)
{
    bool adds =
        (c.creates(Kind::index) && c.to().flag("unique")) || (c.creates(Kind::constraint) && c.to().flag("has_index"));
    if (!adds || !c.has_rows())
        return {};
    return fmt::format(
        "It fails if rows of {} have the same values. Look for them first: GROUP BY ... HAVING count(*) > 1.",
        c.table());
}

Text needs_check(const Case &c)
{
    bool adds = (c.creates(Kind::constraint) && !c.to().flag("has_index") && !c.to().flag("not_valid")) ||
                (c.alters(Kind::constraint) && c.differs("not_valid")) || c.creates(Kind::domain_constraint);
    if (!adds || !c.has_rows())
        return {};
    return fmt::format("It fails if there are rows that do not satisfy {}. Look for them first.", c.object.name);
}

Text needs_references(const Case &c)
{
    bool adds = (c.creates(Kind::foreign_key) && !c.to().flag("not_valid")) ||
                (c.alters(Kind::foreign_key) && c.differs("not_valid"));
    if (!adds || !c.has_rows())
        return {};
    return fmt::format("It fails if rows of {} refer to rows that are not there. Look for them first.", c.table());
}

Text converts_values(const Case &c)
{
    if (!c.retypes() || !c.conversion().is_refusing)
        return {};
    return fmt::format("It fails if a value of {} cannot become {}. Look for such values first.", identity(c.object),
                       c.to().text("type"));
}

Text moves_rows(const Case &c)
{
    if (c.kind != Kind::table || c.step.kind != StepKind::finish)
        return {};
    return fmt::format("It fails if a row of {} fits no partition, or cannot be converted.", c.table());
}

Text attaches_partition(const Case &c)
{
    if (!c.creates(Kind::inheritance) || !c.to().has("bound") || !c.has_rows())
        return {};
    return fmt::format("It fails if there are rows in {} that are not within its bounds.", c.table());
}

Text narrows_domain(const Case &c)
{
    if (!c.alters(Kind::domain) || !c.differs("not_null") || !c.to().flag("not_null"))
        return {};
    return fmt::format("It fails if a column of type {} has NULLs.", identity(c.object));
}

// ---- table_rewrite

bool rewrites(const Case &c)
{
    if (c.retypes())
        return c.conversion().rewrites;
    if (c.alters(Kind::table))
        return c.differs("unlogged") || c.differs("access_method") || c.differs("tablespace");
    if (c.creates(Kind::column) && c.has_rows())
        return c.to().has("generated") || c.to().has("identity");
    return c.kind == Kind::table && c.step.kind == StepKind::finish;
}

bool default_may_be_volatile(const Case &c)
{
    if (!c.creates(Kind::column) || !c.has_rows())
        return false;
    for (std::size_t folded : c.step.folded)
        if (const Object &object = c.diff.either(c.diff.items[folded]); object.kind == Kind::column_default) {
            const std::string &expression = object.text("expression");
            // A call that is not of those whose value is the same for the whole statement
            if (expression.find('(') != expression.npos && !expression.starts_with("now(") &&
                !expression.starts_with("CURRENT_"))
                return true;
        }
    return false;
}

Text rewrites_table(const Case &c)
{
    if (!rewrites(c) && !default_may_be_volatile(c))
        return {};
    return fmt::format(
        "Every row of {} is written anew, with all its indexes; it takes time and space in proportion to "
        "the table. Add a new column, fill it in batches, and change over to it.",
        c.table());
}

// ---- blocks_reads

Text blocks_while_rewriting(const Case &c)
{
    if (!rewrites(c) && !default_may_be_volatile(c))
        return {};
    return fmt::format("Nobody can read {} while it is written anew.", c.table());
}

Text blocks_while_checking(const Case &c)
{
    bool scans = (c.alters(Kind::column) && c.differs("not_null") && c.to().flag("not_null")) ||
                 (c.creates(Kind::constraint) && !c.to().flag("has_index") && !c.to().flag("not_valid"));
    if (!scans || !c.has_rows())
        return {};
    return fmt::format("Nobody can read {} while all its rows are checked. Add a CHECK constraint as NOT VALID, and "
                       "validate it in a transaction of its own; SET NOT NULL then has nothing left to check.",
                       c.table());
}

// ---- blocks_writes

Text builds_index(const Case &c)
{
    bool builds = c.creates(Kind::index) || (c.creates(Kind::constraint) && c.to().flag("has_index"));
    // The index of a partitioned table is nothing but those of the partitions.
    if (!builds || !c.has_rows() || is_partitioned(c.diff.target, c.object))
        return {};
    return fmt::format(
        "Nobody can write to {} while the index is built, in proportion to the table. Use CREATE {}INDEX "
        "CONCURRENTLY{}.",
        c.table(), c.kind == Kind::constraint ? "UNIQUE " : "",
        c.kind == Kind::constraint ? ", then ADD CONSTRAINT ... USING INDEX" : "");
}

Text validates_foreign_key(const Case &c)
{
    if (!c.creates(Kind::foreign_key) || c.to().flag("not_valid") || !c.has_rows())
        return {};
    return fmt::format("Nobody can write to {} or to the table it refers to while all rows are checked. Add it as NOT "
                       "VALID, and validate it in a transaction of its own.",
                       c.table());
}

// ---- breaks_clients

Text drops_what_clients_use(const Case &c)
{
    if (c.step.kind != StepKind::drop || c.item.action != Action::drop)
        return {};
    switch (c.kind) {
    case Kind::table:
    case Kind::foreign_table:
    case Kind::column:
    case Kind::view:
    case Kind::materialized_view:
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate:
    case Kind::sequence:
    case Kind::enum_type:
    case Kind::composite_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::schema:
        return fmt::format("Statements that use {} fail from then on. Release the code that does without it first.",
                           identity(c.object));
    default:
        return {};
    }
}

Text changes_type(const Case &c)
{
    if (!c.alters(Kind::column) || c.from().text("type") == c.to().text("type"))
        return {};
    Conversion conversion = c.conversion();
    if (conversion.fate == Fate::kept && conversion.expression.empty())
        return {};
    return fmt::format("Clients that write or expect {} in {} may fail.", c.from().text("type"), identity(c.object));
}

Text takes_values_away(const Case &c)
{
    if (c.kind != Kind::enum_type || c.step.kind != StepKind::create || c.item.from == no_object)
        return {};
    TextSet values(c.to().list("values"));
    for (const std::string &label : c.from().list("values"))
        if (!values.contains(label))
            return fmt::format("Clients that use the value {} of {} fail from then on.", label, identity(c.object));
    return {};
}

// ---- depends_on_setting

Text depends_on_setting(const Case &c)
{
    std::string setting = c.retypes() ? c.conversion().setting : "";
    if (setting.empty())
        return {};
    return fmt::format("What values of {} become depends on {}. Set it as it was when they were written.",
                       identity(c.object), setting);
}

struct Rule {
    const char *hazard;
    Text (*applies)(const Case &);
    bool is_avoided_online = false;
};

constexpr Rule rules[] = {
    {"data_loss", drops_table},
    {"data_loss", drops_column},
    {"data_loss", leaves_columns_behind},
    {"data_loss", drops_attribute},
    {"data_loss", drops_sequence},
    {"data_loss", loses_digits},
    {"data_loss", loses_digits_on_the_way},
    {"data_loss", becomes_unlogged},
    {"may_fail_on_data", needs_no_nulls},
    {"may_fail_on_data", adds_without_default},
    {"may_fail_on_data", needs_unique},
    {"may_fail_on_data", needs_check},
    {"may_fail_on_data", needs_references},
    {"may_fail_on_data", converts_values},
    {"may_fail_on_data", moves_rows},
    {"may_fail_on_data", attaches_partition},
    {"may_fail_on_data", narrows_domain},
    {"depends_on_setting", depends_on_setting},
    {"table_rewrite", rewrites_table},
    {"blocks_reads", blocks_while_rewriting},
    {"blocks_reads", blocks_while_checking, true},
    {"blocks_writes", builds_index, true},
    {"blocks_writes", validates_foreign_key, true},
    {"breaks_clients", drops_what_clients_use},
    {"breaks_clients", changes_type},
    {"breaks_clients", takes_values_away},
};

} // namespace

std::vector<Hazard> find_hazards(const Diff &diff, const Converter &converter, const Step &step, bool online)
{
    Case found(diff, converter, step);
    std::vector<Hazard> hazards;
    for (const Rule &rule : rules)
        if (Text text = online && rule.is_avoided_online ? Text() : rule.applies(found)) {
            bool is_next_of_same = !hazards.empty() && std::string_view(hazards.back().name) == rule.hazard;
            if (is_next_of_same)
                hazards.back().text += " " + *text;
            else
                hazards.push_back({rule.hazard, *text});
        }
    return hazards;
}

bool is_destructive(const Diff &diff, const Converter &converter, const Step &step)
{
    Case found(diff, converter, step);
    return drops_table(found) || drops_column(found) || leaves_columns_behind(found) || drops_attribute(found) ||
           drops_sequence(found) || loses_digits(found) || loses_digits_on_the_way(found);
}

} // namespace linkgress::core
