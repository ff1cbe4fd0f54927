#include "pg/role_value.hpp"

#include "pg/extension.hpp"
#include "pg/role.hpp"

#include <cstring>

extern "C" {
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
}

namespace linkgress::pg {

namespace {

// As CREATE TYPE has it.
constexpr int length = sizeof(RoleValue);
constexpr char alignment = TYPALIGN_INT;

RoleValue make(Oid role, const std::string &name)
{
    RoleValue value{};
    value.role = role;
    int size =
        call([&]() noexcept { return pg_mbcliplen(name.data(), static_cast<int>(name.size()), NAMEDATALEN - 1); });
    std::memcpy(value.name, name.data(), static_cast<std::size_t>(size));
    return value;
}

bool is_within(const std::string &text, char open, char close)
{
    return text.size() >= 2 && text.front() == open && text.back() == close;
}

std::string inside(const std::string &text)
{
    return text.substr(1, text.size() - 2);
}

std::string without_quotes(const std::string &text)
{
    std::string name;
    for (std::size_t i = 0; i < text.size(); i++) {
        name += text[i];
        if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"')
            i++;
    }
    return name;
}

std::string with_quotes(const std::string &name)
{
    std::string text = "\"";
    for (char c : name)
        text += c == '"' ? "\"\"" : std::string(1, c);
    return text + '"';
}

} // namespace

RoleValue parse_role(const std::string &text)
{
    if (is_within(text, '(', ')'))
        return make(0, inside(text));
    return role_value(is_within(text, '"', '"') ? without_quotes(inside(text)) : text);
}

std::string format_role(const RoleValue &value)
{
    std::optional<std::string> name = value.role == 0 ? std::nullopt : role_name(value.role);
    if (!name)
        return "(" + std::string(value.name) + ")";
    bool is_plain = name->front() != '(' && name->front() != '"';
    return is_plain ? *name : with_quotes(*name);
}

RoleValue role_value(Oid role)
{
    return make(role, role_name(role).value_or(""));
}

RoleValue role_value(const std::string &name)
{
    bool is_cut_short = name.size() >= NAMEDATALEN; // perhaps to the name of another one
    return make(is_cut_short ? 0 : find_role(name).value_or(0), name);
}

std::string last_name(const RoleValue &value)
{
    std::optional<std::string> name = value.role == 0 ? std::nullopt : role_name(value.role);
    return name.value_or(value.name);
}

RoleValue role_from_datum(Datum datum)
{
    RoleValue value;
    std::memcpy(&value, DatumGetPointer(datum), sizeof value);
    return value;
}

Datum role_to_datum(const RoleValue &value)
{
    void *memory = call([]() noexcept { return palloc(sizeof(RoleValue)); });
    std::memcpy(memory, &value, sizeof value);
    return PointerGetDatum(memory);
}

std::vector<RoleValue> roles_from_datum(Datum datum)
{
    ::Oid type = role_type();
    Datum *elements = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    call([&]() noexcept {
        deconstruct_array(DatumGetArrayTypeP(datum), type, length, false, alignment, &elements, &nulls, &count);
    });
    std::vector<RoleValue> values;
    for (int i = 0; i < count; i++)
        if (!nulls[i])
            values.push_back(role_from_datum(elements[i]));
    return values;
}

Datum roles_to_datum(const std::vector<RoleValue> &values)
{
    ::Oid type = role_type();
    std::vector<Datum> elements;
    for (const RoleValue &value : values)
        elements.push_back(PointerGetDatum(&value));
    return call([&]() noexcept {
        return PointerGetDatum(
            construct_array(elements.data(), static_cast<int>(elements.size()), type, length, false, alignment));
    });
}

Oid role_type()
{
    ::Oid schema = own_schema();
    return call([&]() noexcept {
        ::Oid type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("role"), ObjectIdGetDatum(schema));
        bool is_ours = OidIsValid(type) && get_typlen(type) == length && get_typisdefined(type);
        return is_ours ? type : InvalidOid;
    });
}

Oid roles_type()
{
    ::Oid type = role_type();
    return call([&]() noexcept { return get_array_type(type); });
}

} // namespace linkgress::pg
