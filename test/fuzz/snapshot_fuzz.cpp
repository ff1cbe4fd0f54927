// Any text as a snapshot: what is none is an error; what is one comes back from its own JSON as it was,
// and there is a plan to it, from it, and none to itself.

#include "../unit/support.hpp"

#include "core/plan.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>

using namespace linkgress;

namespace {

std::optional<core::Snapshot> read(std::string_view json)
{
    try {
        return test::snapshot_of(json);
    } catch (const core::Error &) {
    } catch (const std::invalid_argument &) {
    }
    return std::nullopt;
}

void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

// Snapshots need not make sense: there may be no order.
void plan(const core::Snapshot &source, const core::Snapshot &target)
{
    try {
        for (const core::Operation &operation : core::plan(source, target, test::quote))
            require(nlohmann::json::accept(operation.details), "details that are no JSON");
    } catch (const core::Error &) {
    }
}

// Every place in a document where a value stands.
void collect(nlohmann::json &value, std::vector<nlohmann::json *> &places)
{
    places.push_back(&value);
    if (value.is_structured())
        for (nlohmann::json &part : value)
            collect(part, places);
}

} // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t max_size);

// Changes of bytes seldom leave JSON; so most changes put a value in the place of another, or take one away.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t max_size,
                                               unsigned seed)
{
    std::minstd_rand random(seed);
    nlohmann::json document = nlohmann::json::parse(data, data + size, nullptr, false);
    if (document.is_discarded() || random() % 8 == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    for (unsigned changes = random() % 3 + 1; changes > 0; changes--) {
        std::vector<nlohmann::json *> places;
        collect(document, places);
        nlohmann::json &place = *places[random() % places.size()];
        nlohmann::json other = *places[random() % places.size()];
        switch (random() % 4) {
        case 0:
            place = other;
            break;
        case 1:
            if (place.is_array())
                place.insert(place.begin() + random() % (place.size() + 1), other);
            else if (place.is_string() && other.is_string())
                place = place.get<std::string>() + other.get<std::string>();
            break;
        case 2:
            if (place.is_structured() && !place.empty())
                place.erase(std::next(place.begin(), random() % place.size()));
            break;
        default:
            if (place.is_string()) {
                std::string text = place;
                text.resize(random() % (text.size() + 1));
                place = text;
            } else if (place.is_object() && other.is_object()) {
                place.update(other);
            }
        }
    }
    std::string text = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (text.size() > max_size)
        return LLVMFuzzerMutate(data, size, max_size);
    std::copy(text.begin(), text.end(), data);
    return text.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string_view json(reinterpret_cast<const char *>(data), size);
    std::optional<core::Snapshot> snapshot = read(json);
    if (!snapshot)
        return 0;
    std::string text = snapshot->to_json();
    std::optional<core::Snapshot> again = read(text);
    require(again.has_value(), "it cannot be read again");
    require(again->to_json() == text, "it is not the same when it is read again");
    plan(*snapshot, {});
    plan({}, *snapshot);
    require(core::plan(*snapshot, *again, test::quote).empty(), "it differs from itself");

    // Two snapshots with much in common: the second lacks the first object, and others lack an attribute.
    core::Snapshot rest;
    rest.role = snapshot->role;
    for (core::ObjectIndex i = snapshot->size() > 0 ? snapshot->end_of_children(0) : 0; i < snapshot->size(); i++) {
        core::Object object = (*snapshot)[i];
        if (i % 3 == 0 && !object.values.empty())
            object.values.pop_back();
        core::ObjectIndex index = rest.add(std::move(object));
        for (core::ObjectIndex on : snapshot->dependencies(i))
            rest.add_dependency(index, id((*snapshot)[on]));
    }
    rest.finish();
    plan(*snapshot, rest);
    plan(rest, *snapshot);
    return 0;
}
