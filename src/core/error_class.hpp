// What kind of error it is, by the class of its SQLSTATE.
#pragma once

#include "core/error.hpp"

namespace linkgress::core {

// Does the error lie in the statement that met it? The others are of the server or
// of the moment: no room, memory, lock or worker, a cancel, a shutdown, a deadlock,
// what is corrupted. The next statement is to meet the same, and it says nothing of
// the text, so they end what tries statements one by one.
bool is_of_statement(const ErrorReport &report);

// May it be that another statement, run before, lets this one through?
bool may_want_another(const ErrorReport &report);

// Did it fail for want of a table, function, type, column or schema?
bool misses_something(const ErrorReport &report);

} // namespace linkgress::core
