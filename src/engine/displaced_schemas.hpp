// Putting the managed schemas out of the way, to build the model in their place.
#pragma once

#include "engine/model.hpp"

namespace linkgress::engine {

// Gives the schemas of the model other names, and makes empty ones of theirs with the same owners, privileges and
// comments, to which the extensions that live in them are moved; and their default privileges, of which the model may
// not say anything. What is in no schema ("publication p") gets another name too, or is removed where it has none, such
// as casts. Nothing that does not exist is touched.
//
// To be called in a subtransaction that is rolled back. Everything is done by writing the catalogs, as no statement
// could: no lock is taken on any object, so that no other session has to wait, and objects of extensions that ALTER
// EXTENSION would not move are moved.
//
// Raises 42501 unless the caller owns all of it: in schemas that are not theirs users could put functions that others
// call.
void displace_schemas(const Model &model);

} // namespace linkgress::engine
