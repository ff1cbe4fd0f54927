#include "core/snapshot.hpp"

#include "core/kind.hpp"
#include "core/sqlstate.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

using Names = std::vector<std::string>;

Names ids_of(const Snapshot &snapshot)
{
    Names names;
    for (ObjectIndex i = 0; i < snapshot.size(); i++)
        names.push_back(id(snapshot[i]));
    return names;
}

Names dependencies_of(const Snapshot &snapshot, const std::string &of)
{
    Names names;
    for (ObjectIndex on : snapshot.dependencies(snapshot.find(of).value()))
        names.push_back(id(snapshot[on]));
    return names;
}

Object object_of(Kind kind, const std::string &schema, const std::string &parent, const std::string &name)
{
    Object object;
    object.kind = kind;
    object.schema = schema;
    object.parent = parent;
    object.name = name;
    return object;
}

// What is wrong, and where.
std::string error_in(const std::string &json)
{
    ErrorReport report = report_of([&] { snapshot_of(json); });
    if (!report.message.empty()) {
        EXPECT_EQ(report.sqlstate, sqlstate::invalid_parameter_value);
        EXPECT_FALSE(report.hint.empty());
    }
    constexpr std::string_view prefix = "invalid snapshot: ";
    EXPECT_TRUE(report.message.starts_with(prefix)) << report.message;
    return report.message.substr(std::min(prefix.size(), report.message.size())) + "|" + report.detail;
}

// The same in an object of the list: what its braces hold.
std::string error_in_object(const std::string &members)
{
    return error_in(R"({"objects": [{"kind": "schema", "name": "first"}, {)" + members + "}]}");
}

} // namespace

// ---- From JSON

TEST(Snapshot, MayBeEmpty)
{
    EXPECT_EQ(snapshot_of("{}").size(), 0u);
    EXPECT_EQ(snapshot_of(R"({"objects": []})").size(), 0u);
    EXPECT_EQ(snapshot_of(R"({"objects": null})").size(), 0u);
    EXPECT_EQ(Snapshot().size(), 0u);
}

TEST(Snapshot, KnowsWhereItWasTaken)
{
    Snapshot snapshot = snapshot_of(R"({"format": 1, "server": 150010, "role": "app", "objects": []})");
    EXPECT_EQ(snapshot.server, 150010);
    EXPECT_EQ(snapshot.role, "app");
}

TEST(Snapshot, HasValuesOfEveryType)
{
    Snapshot snapshot = snapshot_of(R"({"objects": [
        {"kind": "table", "schema": "public", "name": "t", "unlogged": true, "comment": "Ä \"b\"\n",
         "options": ["fillfactor=70", "a=b"], "columns": [{"name": "c", "type": "text", "position": -3}]}]})");
    const Object *table = snapshot.find_object("table public.t");
    ASSERT_NE(table, nullptr);
    EXPECT_TRUE(table->flag("unlogged"));
    EXPECT_EQ(table->text("comment"), "Ä \"b\"\n");
    EXPECT_EQ(table->list("options"), (List{"fillfactor=70", "a=b"}));
    EXPECT_EQ(snapshot.find_object("column public.t.c")->number("position"), -3);
}

TEST(Snapshot, DoesNotKeepWhatIsNullFalseOrAnEmptyList)
{
    Snapshot snapshot = snapshot_of(R"({"objects": [
        {"kind": "table", "name": "t", "comment": null, "unlogged": false, "options": []}]})");
    EXPECT_TRUE(snapshot[0].values.empty());
    EXPECT_FALSE(snapshot[0].has("unlogged"));
    EXPECT_EQ(snapshot[0].text("comment"), "");
    EXPECT_EQ(snapshot[0].number("comment", 7), 7);
    EXPECT_TRUE(snapshot[0].list("options").empty());
}

TEST(Snapshot, TakesMembersInAnyOrder)
{
    const char *usual = R"({"format": 1, "objects": [{"kind": "table", "schema": "s", "name": "t", "unlogged": true,
        "options": ["a=b"], "columns": [{"name": "c", "type": "text"}]}]})";
    const char *unusual = R"({"objects": [{"columns": [{"type": "text", "name": "c"}], "options": ["a=b"],
        "unlogged": true, "name": "t", "schema": "s", "kind": "table"}], "format": 1})";
    EXPECT_EQ(snapshot_of(usual).to_json(), snapshot_of(unusual).to_json());
}

TEST(Snapshot, SortsByKindSchemaNameAndArguments)
{
    Snapshot snapshot = snapshot_of(R"({"objects": [
        {"kind": "view", "schema": "a", "name": "v"},
        {"kind": "function", "schema": "b", "name": "f", "arguments": "text"},
        {"kind": "function", "schema": "b", "name": "f", "arguments": "integer"},
        {"kind": "table", "schema": "b", "name": "t"},
        {"kind": "table", "schema": "a", "name": "u"},
        {"kind": "table", "schema": "a", "name": "t"},
        {"kind": "schema", "name": "a"}]})");
    EXPECT_EQ(ids_of(snapshot), (Names{"schema a", "table a.t", "table a.u", "table b.t", "function b.f(integer)",
                                       "function b.f(text)", "view a.v"}));
}

TEST(Snapshot, PutsChildrenBehindTheirParent)
{
    Snapshot snapshot = snapshot_of(R"j({"objects": [
        {"kind": "table", "schema": "s", "name": "t",
         "indexes": [{"name": "i", "definition": "(b)"}],
         "columns": [{"name": "b", "type": "text"}, {"name": "a", "type": "text"}]},
        {"kind": "table", "schema": "s", "name": "empty"}]})j");
    EXPECT_EQ(ids_of(snapshot), (Names{"table s.empty", "table s.t", "column s.t.a", "column s.t.b", "index s.t.i"}));
    EXPECT_EQ(snapshot.parent(0), no_object);
    EXPECT_EQ(snapshot.parent(1), no_object);
    for (ObjectIndex child : {2u, 3u, 4u})
        EXPECT_EQ(snapshot.parent(child), 1u);
    EXPECT_EQ(snapshot.end_of_children(0), 1u);
    EXPECT_EQ(snapshot.end_of_children(1), 5u);
    EXPECT_EQ(snapshot.index_of(snapshot[3]), 3u);
}

TEST(Snapshot, ResolvesDependencies)
{
    Snapshot snapshot = snapshot_of(R"j({"objects": [
        {"kind": "view", "schema": "s", "name": "v",
         "depends": ["table s.t", "column s.t.a", "column s.t.a", "table s.t"]},
        {"kind": "table", "schema": "s", "name": "t",
         "columns": [{"name": "a", "type": "text"}, {"name": "b", "type": "text", "depends": [".a"]}],
         "indexes": [{"name": "i", "definition": "(a)", "depends": [".a", ".b"]}]}]})j");
    EXPECT_EQ(dependencies_of(snapshot, "view s.v"), (Names{"table s.t", "column s.t.a"}));
    EXPECT_EQ(dependencies_of(snapshot, "column s.t.b"), (Names{"column s.t.a"}));
    EXPECT_EQ(dependencies_of(snapshot, "index s.t.i"), (Names{"column s.t.a", "column s.t.b"}));
}

TEST(Snapshot, DropsDependenciesOnWhatIsNotThere)
{
    Snapshot snapshot = snapshot_of(R"({"objects": [
        {"kind": "table", "schema": "s", "name": "t", "depends": [".a", ".", "", "table s.t", "table s.u"],
         "columns": [{"name": "a", "type": "text", "depends": [".z", "table s.t", ".a"]}]}]})");
    EXPECT_TRUE(dependencies_of(snapshot, "table s.t").empty());
    EXPECT_TRUE(dependencies_of(snapshot, "column s.t.a").empty()); // nor on itself, or its parent
}

TEST(Snapshot, RemembersWhatIsOutside)
{
    Snapshot snapshot = snapshot_of(R"({"objects": [
        {"kind": "view", "schema": "s", "name": "a", "outside": true},
        {"kind": "view", "schema": "s", "name": "b", "outside": false}]})");
    EXPECT_TRUE(snapshot.is_outside(0));
    EXPECT_FALSE(snapshot.is_outside(1));
}

TEST(Snapshot, DoesNotTakeTwoObjectsOfOneId)
{
    ErrorReport report = report_of([] {
        snapshot_of(R"({"objects": [{"kind": "table", "schema": "s", "name": "t"},
                                    {"kind": "table", "schema": "s", "name": "t"}]})");
    });
    EXPECT_EQ(report.sqlstate, sqlstate::invalid_parameter_value);
    EXPECT_EQ(report.message, "snapshot has two objects table s.t");
}

TEST(Snapshot, DoesNotTakeTwoTablesOfOneIdWhateverIsInThem)
{
    // Children of either must not come between those of the other while they are sorted.
    std::string columns;
    for (int i = 0; i < 50; i++)
        columns +=
            (i > 0 ? ", " : "") + std::string(R"({"type": "text", "name": "c)") + std::to_string(i * 37 % 50) + "\"}";
    std::string table = R"({"kind": "table", "schema": "s", "name": "t", "columns": [)" + columns + "]}";
    std::string json = R"({"objects": [)" + table + ", " + table + ", " + table + "]}";
    EXPECT_EQ(report_of([&] { snapshot_of(json); }).sqlstate, sqlstate::invalid_parameter_value);
}

// ---- Built by hand, as the catalogs are read

TEST(Snapshot, FindsTheParentsByName)
{
    Snapshot snapshot;
    // A table and a domain of one name cannot be in one database, but in one snapshot.
    snapshot.add(object_of(Kind::column, "s", "t", "a"));
    snapshot.add(object_of(Kind::domain_constraint, "s", "t", "positive"));
    snapshot.add(object_of(Kind::column, "other", "t", "a"));
    snapshot.add(object_of(Kind::domain, "s", "", "t"));
    snapshot.add(object_of(Kind::table, "s", "", "t"));
    snapshot.finish();
    EXPECT_EQ(ids_of(snapshot), (Names{"domain s.t", "domain_constraint s.t.positive", "table s.t", "column s.t.a"}));
    EXPECT_EQ(snapshot.parent(1), 0u);
    EXPECT_EQ(snapshot.parent(3), 2u);
}

TEST(Snapshot, KeepsDependenciesThroughSorting)
{
    Snapshot snapshot;
    ObjectIndex view = snapshot.add(object_of(Kind::view, "s", "", "v"));
    ObjectIndex column = snapshot.add(object_of(Kind::column, "s", "t", "a"));
    ObjectIndex table = snapshot.add(object_of(Kind::table, "s", "", "t"));
    snapshot.set_parent(column, table);
    snapshot.add_dependency(view, column);
    snapshot.add_dependency(view, "table s.t");
    snapshot.set_outside(view);
    snapshot.finish();
    EXPECT_EQ(dependencies_of(snapshot, "view s.v"), (Names{"table s.t", "column s.t.a"}));
    EXPECT_TRUE(snapshot.is_outside(snapshot.find("view s.v").value()));
    EXPECT_FALSE(snapshot.is_outside(snapshot.find("table s.t").value()));
}

TEST(Snapshot, LeavesOutWhatIsIgnoredWithItsChildren)
{
    Snapshot snapshot;
    ObjectIndex view = snapshot.add(object_of(Kind::view, "s", "", "v"));
    snapshot.add(object_of(Kind::column, "s", "ignored", "a"));
    ObjectIndex ignored = snapshot.add(object_of(Kind::table, "s", "", "ignored"));
    snapshot.add(object_of(Kind::table, "s", "", "kept"));
    snapshot.add_dependency(view, ignored);
    snapshot.add_dependency(view, "column s.ignored.a");
    snapshot.add_dependency(view, "table s.kept");
    snapshot.finish([](const Object &object) { return object.name == "ignored"; });
    EXPECT_EQ(ids_of(snapshot), (Names{"table s.kept", "view s.v"}));
    EXPECT_EQ(dependencies_of(snapshot, "view s.v"), (Names{"table s.kept"}));
}

// ---- Ids

TEST(Id, QuotesNamesThatAreNotPlain)
{
    EXPECT_EQ(id(object_of(Kind::table, "s", "", "Users")), "table s.\"Users\"");
    EXPECT_EQ(id(object_of(Kind::column, "s", "a b", "say \"hi\"")), "column s.\"a b\".\"say \"\"hi\"\"\"");
    EXPECT_EQ(id(object_of(Kind::table, "", "", "1a")), "table \"1a\"");
    EXPECT_EQ(id(object_of(Kind::table, "s", "", "select")), "table s.select");
    EXPECT_EQ(id(object_of(Kind::schema, "", "", "s")), "schema s");
}

TEST(Id, HasTheArguments)
{
    Object function = object_of(Kind::function, "s", "", "f");
    EXPECT_EQ(id(function), "function s.f()");
    function.arguments = "integer, text";
    EXPECT_EQ(id(function), "function s.f(integer, text)");
    EXPECT_EQ(identity(function), "s.f(integer, text)");
    Object operation = object_of(Kind::op, "s", "", "+");
    operation.arguments = "integer, integer";
    EXPECT_EQ(id(operation), "operator s.+(integer, integer)");
    Object family = object_of(Kind::operator_family, "s", "", "f");
    family.arguments = "btree";
    EXPECT_EQ(id(family), "operator_family s.f btree");
}

TEST(Id, TellsAllKindsApart)
{
    Names ids;
    for (std::size_t kind = 0; kind < kind_count; kind++)
        ids.push_back(id(object_of(static_cast<Kind>(kind), "s", "", "x")));
    std::sort(ids.begin(), ids.end());
    EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST(Kinds, AreFoundByTheirNames)
{
    for (std::size_t i = 0; i < kind_count; i++) {
        Kind kind = static_cast<Kind>(i);
        ASSERT_NE(rules_of(kind).name, nullptr) << i;
        EXPECT_EQ(rules_of(kind).kind, kind);
        EXPECT_EQ(kind_named(rules_of(kind).name), kind);
        EXPECT_NE(rules_of(kind).create, nullptr);
        EXPECT_NE(rules_of(kind).drop, nullptr);
        if (is_child(kind)) {
            EXPECT_EQ(child_kind_named(rules_of(kind).plural), kind);
        }
    }
    EXPECT_EQ(kind_named("no such kind"), std::nullopt);
    EXPECT_EQ(child_kind_named("table"), std::nullopt);
}

TEST(Kinds, HaveAttributesThatCanBeAltered)
{
    for (std::size_t i = 0; i < kind_count; i++) {
        const KindRules &rules = rules_of(static_cast<Kind>(i));
        EXPECT_LT(rules.attributes.size(), 256u); // AttributeNumber
        for (const Attribute &attribute : rules.attributes) {
            EXPECT_EQ(find_attribute(rules, attribute.name), &attribute) << rules.name << "." << attribute.name;
            // Some differences go away by themselves: those that can_alter lets pass.
            bool can_be_altered =
                attribute.alter != nullptr || rules.alter != nullptr || attribute.can_alter != nullptr;
            EXPECT_TRUE(attribute.means != Means::in_place || can_be_altered) << rules.name << "." << attribute.name;
        }
    }
}

// ---- To JSON

TEST(SnapshotJson, IsThis)
{
    Snapshot snapshot = snapshot_of(R"j({"objects": [
        {"kind": "view", "schema": "s", "name": "v", "definition": "SELECT 1", "depends": ["column s.t.a"], "outside": true},
        {"kind": "table", "schema": "s", "name": "t",
         "indexes": [{"name": "i", "definition": "(a)", "depends": [".a"]}],
         "columns": [{"name": "b", "type": "integer", "position": 2}, {"name": "a", "type": "text", "not_null": true}]},
        {"kind": "enum", "schema": "s", "name": "e", "values": ["x", "y"]}],
        "role": "app", "server": 150010})j");
    EXPECT_EQ(snapshot.to_json(),
              R"({"format": 1, "server": 150010, "role": "app", "objects": [)"
              R"({"kind": "enum", "schema": "s", "name": "e", "values": ["x", "y"]}, )"
              R"({"kind": "table", "schema": "s", "name": "t", "columns": [)"
              R"({"name": "a", "type": "text", "not_null": true}, {"name": "b", "type": "integer", "position": 2}], )"
              R"j("indexes": [{"name": "i", "definition": "(a)", "depends": [".a"]}]}, )j"
              R"({"kind": "view", "schema": "s", "name": "v", "definition": "SELECT 1", "outside": true, )"
              R"("depends": ["column s.t.a"]}]})");
}

TEST(SnapshotJson, OfNothing)
{
    EXPECT_EQ(Snapshot().to_json(), R"({"format": 1, "server": 0, "objects": []})");
    EXPECT_EQ(Snapshot().canonical(), R"({"objects": []})");
}

TEST(SnapshotJson, ComesBackAsItWas)
{
    const char *json = R"j({"objects": [
        {"kind": "schema", "name": "a \"b\" \\ \n \u0001 Ä €"},
        {"kind": "function", "schema": "s", "name": "f", "arguments": "text", "definition": "", "defaults": 0},
        {"kind": "operator", "schema": "s", "name": "+", "arguments": "integer, integer"},
        {"kind": "operator_family", "schema": "s", "name": "f", "arguments": "btree",
         "family_members": [{"name": "OPERATOR 1 (integer)", "arguments": "btree", "definition": "x"}]},
        {"kind": "table", "schema": "s", "name": "t", "depends": ["column s.t.b", "column s.u.a"],
         "columns": [{"name": "b", "type": "text"}], "foreign_keys": [{"name": "k", "depends": [".b", "column s.u.a"]}]},
        {"kind": "table", "schema": "s", "name": "u", "columns": [{"name": "a", "type": "text"}]},
        {"kind": "publication", "name": "p", "tables": [{"name": "s.t"}], "schemas": [{"name": "s"}]},
        {"kind": "server", "name": "s", "user_mappings": [{"name": "PUBLIC", "hidden": true}]}]})j";
    std::string once = snapshot_of(json).to_json();
    EXPECT_EQ(snapshot_of(once).to_json(), once);
    EXPECT_EQ(snapshot_of(once).canonical(), snapshot_of(json).canonical());
}

TEST(SnapshotJson, HasSecretsButNotForTheFingerprint)
{
    const char *read = R"({"objects": [{"kind": "server", "name": "s",
        "user_mappings": [{"name": "a", "options": ["password=x"]}]}]})";
    const char *hidden =
        R"({"objects": [{"kind": "server", "name": "s", "user_mappings": [{"name": "a", "hidden": true}]}]})";
    EXPECT_NE(snapshot_of(read).to_json().find("password=x"), std::string::npos);
    EXPECT_EQ(snapshot_of(read).canonical(), snapshot_of(hidden).canonical());
}

TEST(SnapshotJson, DoesNotDependOnTheOrderOfTheObjects)
{
    std::vector<std::string> objects = {
        R"({"kind": "schema", "name": "s"})",
        R"({"kind": "table", "schema": "s", "name": "t", "columns": [{"name": "a", "type": "text"}]})",
        R"({"kind": "view", "schema": "s", "name": "v", "depends": ["column s.t.a"]})",
        R"({"kind": "function", "schema": "s", "name": "f"})",
    };
    auto json_of = [&] {
        std::string all;
        for (const std::string &object : objects)
            all += (all.empty() ? "" : ", ") + object;
        return snapshot_of((R"({"objects": [)" + all + "]}")).to_json();
    };
    std::string first = json_of();
    std::sort(objects.begin(), objects.end());
    do
        EXPECT_EQ(json_of(), first);
    while (std::next_permutation(objects.begin(), objects.end()));
}

TEST(SnapshotJson, InCanonicalFormHasOnlyWhatMakesADifference)
{
    const char *one = R"({"server": 150010, "role": "app", "objects": [{"kind": "table", "schema": "s", "name": "t",
        "columns": [{"name": "a", "type": "text", "position": 1}, {"name": "b", "type": "text", "position": 2}]}]})";
    const char *other = R"({"server": 170000, "role": "you", "objects": [{"kind": "table", "schema": "s", "name": "t",
        "columns": [{"name": "a", "type": "text", "position": 5}, {"name": "b", "type": "text", "depends": [".a"]}]}]})";
    EXPECT_EQ(snapshot_of(one).canonical(), snapshot_of(other).canonical());
    EXPECT_EQ(snapshot_of(one).canonical(), R"({"objects": [{"kind": "table", "schema": "s", "name": "t", "columns": [)"
                                            R"({"name": "a", "type": "text"}, {"name": "b", "type": "text"}]}]})");
}

// ---- What is no snapshot

TEST(SnapshotError, IfItIsNoObject)
{
    for (const char *json : {"[]", "1", "\"text\"", "true", "null"})
        EXPECT_EQ(error_in(json), "it is not an object|") << json;
    EXPECT_EQ(report_of([] { SnapshotBuilder().take(); }).message, "invalid snapshot: it is not an object");
}

TEST(SnapshotError, IfTheTokensAreOutOfPlace)
{
    EXPECT_EQ(report_of([] { SnapshotBuilder().end_object(); }).message, "invalid snapshot: it ends too early");
    SnapshotBuilder builder;
    builder.start_object();
    EXPECT_EQ(report_of([&] { builder.take(); }).message, "invalid snapshot: it is not an object");
    builder.end_object();
    EXPECT_EQ(report_of([&] { builder.start_object(); }).message,
              "invalid snapshot: there is an object where none should be");
}

TEST(SnapshotError, IfItHasAnotherFormat)
{
    EXPECT_EQ(error_in(R"({"format": 2})"), "its format is not 1|It is at format.");
    EXPECT_EQ(error_in(R"({"format": "1"})"), "its format is not 1|It is at format.");
}

TEST(SnapshotError, IfThereIsAnUnknownMember)
{
    EXPECT_EQ(error_in(R"({"colour": "red"})"), "\"colour\" is not known here|It is at colour.");
    EXPECT_EQ(error_in(R"({"objects": 1})"), "\"objects\" is not known here|It is at objects.");
    EXPECT_EQ(error_in(R"({"role": []})"), "there is a list where none should be|It is at role.");
    EXPECT_EQ(error_in(R"({"objects": {}})"), "there is an object where none should be|It is at objects.");
}

TEST(SnapshotError, IfSomethingElseIsAmongTheObjects)
{
    const char *start = R"({"objects": [{"kind": "schema", "name": "a"}, )";
    for (const char *value : {"1", "\"a\"", "true"})
        EXPECT_EQ(error_in(start + std::string(value) + "]}"),
                  "there is a value where an object should be|It is at objects[1].");
    EXPECT_EQ(error_in(start + std::string("null]}")), "null in a list|It is at objects[1].");
    EXPECT_EQ(error_in(start + std::string("[]]}")), "there is a list where none should be|It is at objects[1].");
}

TEST(SnapshotError, IfThereIsNoKind)
{
    EXPECT_EQ(error_in_object(R"("name": "a")"), "an object without a \"kind\"|It is at objects[1].");
    EXPECT_EQ(error_in_object(R"("kind": null, "name": "a")"), "an object without a \"kind\"|It is at objects[1].");
}

TEST(SnapshotError, IfThereIsNoSuchKind)
{
    EXPECT_EQ(error_in_object(R"("kind": "tabel")"), "there is no kind \"tabel\"|It is at objects[1].kind.");
    EXPECT_EQ(error_in_object(R"("kind": "column")"), "there is no kind \"column\"|It is at objects[1].kind.");
    EXPECT_EQ(error_in_object(R"("kind": 1)"), "it should be a text|It is at objects[1].kind.");
}

TEST(SnapshotError, IfThereIsASecondKind)
{
    // Attributes have been understood as those of the first.
    EXPECT_EQ(error_in_object(R"("kind": "table", "options": ["a=b"], "kind": "schema")"),
              "a second \"kind\"|It is at objects[1].kind.");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "columns": [{"kind": "table", "name": "a"}])"),
              "a second \"kind\"|It is at objects[1].columns[0].kind.");
}

TEST(SnapshotError, IfThereIsNoName)
{
    EXPECT_EQ(error_in_object(R"("kind": "table")"), "an object without a \"name\"|It is at objects[1].");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "")"), "an object without a \"name\"|It is at objects[1].");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "columns": [{"name": "a"}, {"type": "text"}])"),
              "an object without a \"name\"|It is at objects[1].columns[1].");
    for (const char *member : {"name", "schema", "arguments"})
        EXPECT_EQ(error_in_object(R"("kind": "table", ")" + std::string(member) + "\": 1"),
                  "it should be a text|It is at objects[1]." + std::string(member) + ".");
}

TEST(SnapshotError, IfThereIsAnUnknownAttribute)
{
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "colour": "red")"),
              "table has no attribute \"colour\"|It is at objects[1].colour.");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "colours": ["red"])"),
              "table has no attribute \"colours\"|It is at objects[1].colours.");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "columns": [{"name": "a", "colour": 1}])"),
              "column has no attribute \"colour\"|It is at objects[1].columns[0].colour.");
    // Before it is known what it is an attribute of
    EXPECT_EQ(error_in_object(R"("colour": "red", "name": "t", "kind": "table")"),
              "table has no attribute \"colour\"|It is at objects[1].");
}

TEST(SnapshotError, IfAnAttributeIsOfAnotherType)
{
    for (const char *value : {"1", "\"true\"", "[]"})
        EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "unlogged": )" + std::string(value)),
                  "attribute \"unlogged\" is of another type|It is at objects[1].unlogged.");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "options": "a=b")"),
              "attribute \"options\" is of another type|It is at objects[1].options.");
    EXPECT_EQ(
        error_in_object(R"("kind": "table", "name": "t", "columns": [{"name": "a"}, {"name": "b", "type": false}])"),
        "attribute \"type\" is of another type|It is at objects[1].columns[1].type.");
}

TEST(SnapshotError, IfAListHoldsSomethingElseThanTexts)
{
    for (const char *value : {"1", "false"})
        EXPECT_EQ(error_in_object(R"("kind": "enum", "name": "e", "values": ["a", )" + std::string(value) + "]"),
                  "a list of something else than texts|It is at objects[1].values[1].");
    EXPECT_EQ(error_in_object(R"("kind": "enum", "name": "e", "values": ["a", null])"),
              "null in a list|It is at objects[1].values[1].");
    EXPECT_EQ(error_in_object(R"("kind": "enum", "name": "e", "values": ["a", []])"),
              "there is a list where none should be|It is at objects[1].values[1].");
    EXPECT_EQ(error_in_object(R"("kind": "enum", "name": "e", "values": ["a", {}])"),
              "there is an object where none should be|It is at objects[1].values[1].");
    EXPECT_EQ(error_in_object(R"("kind": "enum", "name": "e", "depends": ["a", 1])"),
              "a list of something else than texts|It is at objects[1].depends[1].");
}

TEST(SnapshotError, IfThereIsAnObjectInAnObject)
{
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": {})"),
              "there is an object where none should be|It is at objects[1].name.");
    EXPECT_EQ(error_in_object(R"("kind": "table", "name": "t", "columns": {"name": "a"})"),
              "there is an object where none should be|It is at objects[1].columns.");
}

TEST(SnapshotError, IfAChildHasChildren)
{
    EXPECT_EQ(
        error_in_object(R"("kind": "table", "name": "t", "columns": [{"name": "a", "columns": [{"name": "b"}]}])"),
        "there is an object where none should be|It is at objects[1].columns[0].columns[0].");
}

TEST(SnapshotError, IfAKindHasNoChildrenOfThatKind)
{
    EXPECT_EQ(error_in_object(R"("kind": "schema", "name": "s", "columns": [{"name": "a"}])"),
              "schema has no \"columns\"|It is at objects[1].");
    EXPECT_EQ(error_in_object(R"("user_mappings": [{"name": "a"}], "kind": "table", "name": "t")"),
              "table has no \"user_mappings\"|It is at objects[1].");
}
