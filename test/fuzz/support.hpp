// What the fuzzers have in common: reading, and changes of JSON that leave it JSON.
#pragma once

#include "../unit/support.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t max_size);

namespace linkgress::fuzz {

inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

// Does what may be refused, but with no other error.
template <typename Function> void attempt(const Function &function)
{
    try {
        function();
    } catch (const core::Error &error) {
        require(error.report().sqlstate.size() == 5, "an error without an SQLSTATE");
        require(!error.report().message.empty(), "an error without a message");
    }
}

inline std::optional<core::Snapshot> read(std::string_view json)
{
    try {
        return test::snapshot_of(json);
    } catch (const core::Error &) {
    } catch (const std::invalid_argument &) {
    }
    return std::nullopt;
}

// Every place in a document where a value stands.
inline void collect(nlohmann::json &value, std::vector<nlohmann::json *> &places)
{
    places.push_back(&value);
    if (value.is_structured())
        for (nlohmann::json &part : value)
            collect(part, places);
}

// Puts a value in the place of another, takes one away, or joins two.
inline void change(nlohmann::json &document, std::minstd_rand &random)
{
    std::vector<nlohmann::json *> places;
    collect(document, places);
    nlohmann::json &place = *places[random() % places.size()];
    nlohmann::json other = *places[random() % places.size()];
    switch (random() % 5) {
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
    case 3:
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
        } else if (place.is_boolean()) {
            place = !place.get<bool>();
        }
    }
}

// Changes of bytes seldom leave JSON; so most changes are of values.
template <typename Change>
std::size_t mutate_json(std::uint8_t *data, std::size_t size, std::size_t max_size, unsigned seed, const Change &change)
{
    std::minstd_rand random(seed);
    nlohmann::json document = nlohmann::json::parse(data, data + size, nullptr, false);
    if (document.is_discarded() || random() % 8 == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    for (unsigned changes = random() % 3 + 1; changes > 0; changes--)
        change(document, random);
    std::string text = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (text.size() > max_size)
        return LLVMFuzzerMutate(data, size, max_size);
    std::copy(text.begin(), text.end(), data);
    return text.size();
}

} // namespace linkgress::fuzz
