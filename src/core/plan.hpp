// From a diff to operations in an order that works.
//
// Each object that changes has up to three steps:
//
//   before   it is dropped, or retired: given a provisional name
//   after    it is created, or altered
//   finish   what was retired hands over what it holds, and is dropped
//
// What comes before what follows from the dependencies of both sides: an object goes
// before what it depended on in the source, and comes after what it depends on in the
// target. Children that CREATE TABLE and DROP TABLE bring along share the step of their
// parent. A cycle is broken by one of the repairs of plan.cpp, each of which takes
// a piece out of a step and makes it a step of its own.
#pragma once

#include "core/diff.hpp"
#include "core/script.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace linkgress::core {

struct Hazard {
    const char *name; // "table_rewrite"
    std::string text; // what is blocked, for how long, and what to write instead
};

struct Operation {
    std::string type;   // "create_table"
    std::string object; // "public.users"
    std::vector<std::string> statements;
    // The statements that only change the role, by their place: to which, quoted; "" is the one that runs the plan
    std::map<std::size_t, std::string> role_switches;
    std::vector<std::string> kept;    // as they may be stored: without secrets; empty if they have none
    std::vector<std::string> secrets; // those, which its errors are not to tell
    std::vector<std::string> inverse; // statements that take it back; none if there are none
    std::string irreversible;         // why there are none
    std::string hint;                 // what may have been meant instead
    // A table that is there beforehand and is dropped, moved to a new one, or loses something: qualified and quoted
    std::string table;
    bool destructive = false;
    // It brings something, and what it misses may be what another one brings. Not so of what takes something away, and
    // of code that others may run meanwhile.
    bool may_come_later = false;
    // Its place among the steps of its plan, and of each of these those that have to come after it: all others follow
    // from them.
    std::size_t place = 0;
    std::shared_ptr<const std::vector<std::vector<std::size_t>>> followers;
    std::vector<Hazard> hazards;
    std::string details; // JSON, without secrets
    std::string values;  // what was seen of values in rows, which is not to be stored

    std::string sql() const;
    std::string kept_sql() const;      // to be stored
    std::string shown_details() const; // with the values
};

// Statement by statement, in order. Stable: the same snapshots give the same plan.
std::vector<Operation> plan(const Snapshot &source, const Snapshot &target, Quote quote);

} // namespace linkgress::core
