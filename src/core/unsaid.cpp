#include "core/unsaid.hpp"

#include "core/kind.hpp"
#include "core/pairing.hpp"
#include "core/poll.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

void keep(Object &object, const Object &present, const char *attribute)
{
    if (find_attribute(rules_of(object.kind), attribute) == nullptr)
        return;
    if (const Value *value = present.find(attribute))
        object.set(attribute, *value);
    else
        object.remove(attribute);
}

} // namespace

void keep_unsaid(Snapshot &target, const Snapshot &source, const Said &said)
{
    bool says_owner = std::find(said.owners.begin(), said.owners.end(), target.role) != said.owners.end();
    Pairing in_source(source);
    for (ObjectIndex i = 0; i < target.size(); i++) {
        poll();
        Object &object = target.building(i);
        std::optional<ObjectIndex> found = in_source.find(object);
        // WITH NO DATA is what pg_dump writes of all of them.
        if (object.flag("unpopulated") && (!found || !source[*found].flag("unpopulated")))
            object.remove("unpopulated");
        if (!found)
            continue;
        const Object &present = source[*found];
        if (!says_owner && object.text("owner") == target.role)
            keep(object, present, "owner");
        if (!said.privileges)
            for (const char *attribute : {"grants", "revoked"})
                keep(object, present, attribute);
    }
}

} // namespace linkgress::core
