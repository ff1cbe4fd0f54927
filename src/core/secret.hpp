// What of a schema not everyone may read: the attributes that are declared so (kind.hpp). A plan uses them when it
// runs. What is stored of it, and what is said of its errors, does without.
#pragma once

#include "core/error.hpp"
#include "core/kind.hpp"
#include "core/snapshot.hpp"

namespace linkgress::core {

// In the place of a secret
inline constexpr const char *not_kept = "<not kept>";

// The values of an object's secret attributes; of options, those of each of them. What options there are is no secret.
void add_secrets(List &secrets, const Object &object);
bool has_secrets(const Snapshot &snapshot);

// The value of an attribute as it may be stored
Value without_secrets(const Attribute &attribute, const Value &value);

// A statement as it may be stored
std::string without_secrets(const std::string &statement, const List &secrets);

// No part of the report has a secret, or a piece of one: of "host=a password=b", both values are such.
void hide_secrets(ErrorReport &report, const List &secrets);

} // namespace linkgress::core
