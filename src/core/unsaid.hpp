// What a model does not speak of stays as it is.
#pragma once

#include "core/snapshot.hpp"

namespace linkgress::core {

// How much a model says of who owns things, who may do what with them, and the schemas they are in.
struct Said {
    std::vector<std::string> owners;  // roles that it makes owners somewhere
    bool privileges = false;          // does it grant or revoke anything?
    std::vector<std::string> schemas; // that it creates; in others it only has something
};

// Gives the objects of `target`, a model as it was built by target.role, the owners and privileges that they have in
// `source` where the model leaves them open: whoever builds the model owns what is in it. Nor does a model say that
// a materialized view is to be empty.
void keep_unsaid(Snapshot &target, const Snapshot &source, const Said &said);

} // namespace linkgress::core
