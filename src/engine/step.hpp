// A step of a run: one migration that is applied or reverted.
#pragma once

#include "core/selection.hpp"
#include "engine/body.hpp"
#include "engine/clock.hpp"
#include "engine/hooks.hpp"
#include "engine/journal.hpp"
#include "engine/run.hpp"
#include "pg/lock.hpp"

#include <optional>
#include <vector>

namespace linkgress::engine {

// One migration to be applied or reverted, and its place in the run.
struct Step {
    core::Location location;
    std::size_t number = 0;
    std::size_t total = 0;
    bool out_of_order = false;
    bool has_body = true;
    bool transactional = true;
};

std::vector<Step> to_steps(const std::vector<core::Candidate> &selected);
std::vector<Step> to_steps(const std::vector<core::Applied> &selected);
void number_steps(std::vector<Step> &steps);

Action action_of(const Step &step);

// What the hooks of a whole run are told: which way it goes, at first or at last.
core::Location way_of(const Step &step);

// Those of runs of migrations.
Hooks read_hooks(Untrusted untrusted = Untrusted::refuse);

// What other sessions see of a step, while it lives.
class StepMarks {
  public:
    StepMarks(const Step &step, pg::lock::Span span)
        : migration_(pg::lock::Fact::migration, pg::lock::hash_of_name(step.location.migration), span),
          number_(pg::lock::Fact::step, static_cast<std::uint32_t>(step.number), span),
          total_(pg::lock::Fact::steps, static_cast<std::uint32_t>(step.total), span)
    {}

  private:
    pg::lock::Mark migration_;
    pg::lock::Mark number_;
    pg::lock::Mark total_;
};

// Applies or reverts one migration in the present transaction, with its hooks, and records it. Nothing when it is gone
// from the registry, or for a revert from the journal, meanwhile.
std::optional<Outcome> run_step(Step &step, const RunRecord &run, const Hooks &hooks);

// Tells that it is done.
Outcome finish(const Step &step, const BodyResult &result, double milliseconds);

} // namespace linkgress::engine
