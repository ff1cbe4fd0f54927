#include "core/kinds/key.hpp"

#include "core/kinds/options.hpp"

namespace linkgress::core {

std::optional<Key> key_of(const Object &constraint)
{
    std::string_view rest = constraint.text("definition");
    auto takes = [&](std::string_view words) {
        bool is_next = rest.starts_with(words);
        rest.remove_prefix(is_next ? words.size() : 0);
        return is_next;
    };
    bool is_primary = takes("PRIMARY KEY ");
    if ((!is_primary && !takes("UNIQUE ")) || rest.find(" WITHOUT OVERLAPS") != rest.npos)
        return std::nullopt;
    bool are_nulls_equal = takes("NULLS NOT DISTINCT ");
    return Key{is_primary, std::string(rest) + (are_nulls_equal ? " NULLS NOT DISTINCT" : "")};
}

void create_key_online(Script &script, const Object &constraint)
{
    const std::string &provisional = script.online->provisional;
    std::string index = script.quote(provisional.empty() ? constraint.name : provisional);
    std::string table = script.parent(constraint);
    Key key = key_of(constraint).value();
    script.add_text(fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} {}{}{}", index, table, key.index,
                                constraint.has("options")
                                    ? fmt::format(" WITH ({})", options(script, constraint.list("options")))
                                    : "",
                                constraint.has("tablespace") ? " TABLESPACE " + constraint.text("tablespace") : ""),
                    Phase::before, Mode::outside);
    script.add("ALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {}{}", table, script.quote(constraint.name),
               key.is_primary ? "PRIMARY KEY" : "UNIQUE", index,
               constraint.has("deferrable") ? " " + constraint.text("deferrable") : "");
}

} // namespace linkgress::core
