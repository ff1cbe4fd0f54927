// Reading from registry and journal what a run is to work on.
#pragma once

#include "core/selection.hpp"
#include "engine/body.hpp"
#include "engine/run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// What is to be applied, in order. Raises every error that can be known before
// anything was run, trust included, and sends the warnings.
std::vector<core::Candidate> read_pending(const ApplyOptions &options);

// Is anything to be applied? Also true when there is an error to be raised.
bool is_anything_pending(const ApplyOptions &options);

// What is to be reverted, in order, with the repeatable migrations that ran
// after something of it. Likewise.
std::vector<core::Applied> read_applied(const RevertOptions &options);

// Raises an error when one of these cannot run in a transaction, naming the
// statement and the call that can do it.
void check_transactional(const std::vector<core::Candidate> &selected);
void check_transactional(const std::vector<core::Applied> &selected);
void check_up_transactional(const std::vector<core::Applied> &selected); // to be applied again

// The body, its row locked against changes until the end of the transaction.
// Nothing when the registry does not have the migration any more.
std::optional<Body> read_up(const std::string &migration);

// The registry's, or where it has lost the migration, the journal's. Nothing
// when the migration is not applied any more.
std::optional<Body> read_down(const std::string &migration);

} // namespace linkgress::engine
