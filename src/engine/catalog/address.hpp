// Addresses of objects, and what is at them.
#pragma once

#include "pg/spi.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace linkgress::engine::catalog {

// As in pg_depend.
struct Address {
    pg::Oid class_id;
    pg::Oid object_id;
    std::int32_t sub_id;

    bool operator==(const Address &) const = default;
};

// What is at an address. There are some for each column of the database, and most of those that are looked for
// are not there: open addressing, with the addresses side by side.
template <typename Value> class AddressMap {
  public:
    void reserve(std::size_t size)
    {
        places_.assign(std::bit_ceil(2 * size + 1), {});
        size_ = 0;
    }
    // The first of an address counts.
    void add(const Address &address, const Value &value)
    {
        if (2 * (size_ + 1) > places_.size())
            grow();
        Place &place = place_of(address);
        if (place.address.class_id == 0) {
            place = {address, value};
            size_++;
        }
    }
    const Value *find(const Address &address) const
    {
        if (places_.empty())
            return nullptr;
        const Place &place = const_cast<AddressMap *>(this)->place_of(address);
        return place.address.class_id == 0 ? nullptr : &place.value;
    }

  private:
    struct Place {
        Address address{0, 0, 0}; // class 0: free
        Value value{};
    };

    Place &place_of(const Address &address)
    {
        // Oids are given out one after the other, and dependencies stand in about that order: what is needed next
        // is at hand, which a hash that mixes well would prevent.
        std::size_t start = address.object_id + std::size_t{address.class_id} * 7919 +
                            std::size_t{static_cast<std::uint32_t>(address.sub_id)} * 0x9E3779B1;
        for (std::size_t i = start;; i++) {
            Place &place = places_[i & (places_.size() - 1)];
            if (place.address.class_id == 0 || place.address == address)
                return place;
        }
    }

    void grow()
    {
        std::vector<Place> old = std::move(places_);
        reserve(std::max<std::size_t>(old.size(), 512));
        for (const Place &place : old)
            if (place.address.class_id != 0)
                add(place.address, place.value);
    }

    std::vector<Place> places_;
    std::size_t size_ = 0;
};

} // namespace linkgress::engine::catalog
