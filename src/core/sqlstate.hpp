// The SQLSTATEs that Linkgress raises itself. They are PostgreSQL's own (appendix A of its manual), so that clients
// need to know nothing new, but for the one that scripts wait for.
#pragma once

namespace linkgress::core::sqlstate {

inline constexpr const char *feature_not_supported = "0A000";
inline constexpr const char *invalid_parameter_value = "22023";
inline constexpr const char *null_value_not_allowed = "22004";
inline constexpr const char *duplicate_json_object_key_value = "22030";
inline constexpr const char *invalid_json_text = "22032";
inline constexpr const char *not_null_violation = "23502";
inline constexpr const char *foreign_key_violation = "23503";
inline constexpr const char *check_violation = "23514";
inline constexpr const char *active_sql_transaction = "25001";
inline constexpr const char *read_only_sql_transaction = "25006";
inline constexpr const char *dependent_objects_still_exist = "2BP01";
inline constexpr const char *invalid_transaction_termination = "2D000";
inline constexpr const char *invalid_sql_statement_name = "26000";
inline constexpr const char *invalid_cursor_name = "34000";
inline constexpr const char *trigger_protocol_violated = "39P01";
inline constexpr const char *serialization_failure = "40001";
inline constexpr const char *insufficient_privilege = "42501";
inline constexpr const char *syntax_error = "42601";
inline constexpr const char *datatype_mismatch = "42804";
inline constexpr const char *duplicate_schema = "42P06";
inline constexpr const char *duplicate_object = "42710";
inline constexpr const char *undefined_object = "42704";
inline constexpr const char *undefined_schema = "3F000";
inline constexpr const char *out_of_memory = "53200";
inline constexpr const char *program_limit_exceeded = "54000";
inline constexpr const char *statement_too_complex = "54001";
inline constexpr const char *object_not_in_prerequisite_state = "55000";
inline constexpr const char *deadlock_detected = "40P01";
inline constexpr const char *configuration_limit_exceeded = "53400";
inline constexpr const char *connection_failure = "08006";
inline constexpr const char *object_in_use = "55006";
inline constexpr const char *lock_not_available = "55P03";
inline constexpr const char *unsafe_new_enum_value_usage = "55P04";
inline constexpr const char *query_canceled = "57014";
inline constexpr const char *no_schema_differences = "LG001";
inline constexpr const char *not_current = "LG002";
inline constexpr const char *internal_error = "XX000";

} // namespace linkgress::core::sqlstate
