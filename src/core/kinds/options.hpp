// Clauses that several kinds have: storage parameters, options of foreign data,
// tablespaces. Options are lists of key=value.
#pragma once

#include "core/lists.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"

namespace linkgress::core {

// For WITH (…)
std::string options(const Script &script, const List &options);

// The SET (…) and RESET (…) that lead from one to the other
List option_actions(const Script &script, const List &from, const List &to);

// ALTER <keyword> … SET (…), RESET (…)
void set_options(Script &script, const Change &change);
void set_tablespace(Script &script, const Change &change);

// For OPTIONS (…) of what is new, and of what is altered
std::string fdw_options(const Script &script, const List &options);
std::string fdw_option_changes(const Script &script, const List &from, const List &to);

// Those of the changed attributes that have a function of their own
void alter_attributes(Script &script, const Change &change);

// Of an attribute of a composite type, "name type", the name, quoted as it is; and the type
std::string attribute_name(const std::string &attribute);
std::string attribute_type(const std::string &attribute);

// Of a qualified name, the last part, quoted as it is
std::string bare_name(const std::string &qualified);

// Of a quoted name, the name
std::string unquoted(const std::string &name);

// The sequence of an identity column, with what can be granted and revoked
Object identity_sequence(const Object &column);

// A statement that has to see all rows of a table, or to write to it, whatever its row security says: where that is
// forced, it holds for the owner as well, and hides rows without a word.
void add_for_all_rows(Script &script, const Object &table, const std::string &statement);

// The new sequence of a column goes on behind the values that are there. `sequence` is qualified and quoted.
void continue_sequence(Script &script, const std::string &sequence, const Object &column);

// Columns and parents in their order
bool is_before(const Object *a, const Object *b);

// The table that has this name, qualified and quoted
std::optional<ObjectIndex> find_table(const Script &script, const Snapshot &snapshot, const std::string &qualified);

// Is the table that this is a part of partitioned?
bool is_partitioned(const Snapshot &snapshot, const Object &part);

} // namespace linkgress::core
