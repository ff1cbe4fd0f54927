// Comparing schemas: snapshots from their JSON form, and the plan between them.
#pragma once

#include "core/online.hpp"
#include "core/plan.hpp"
#include "core/snapshot.hpp"
#include "pg/json.hpp"

namespace linkgress::engine {

// Takes the parts of a snapshot's JSON form.
class SnapshotReader final : public pg::JsonHandler {
  public:
    // Most objects take twice as many bytes as this thinks.
    void start_document(std::size_t bytes) override { builder_.reserve(bytes / 64); }
    void start_object() override { builder_.start_object(); }
    void end_object() override { builder_.end_object(); }
    void start_array() override { builder_.start_array(); }
    void end_array() override { builder_.end_array(); }
    void key(std::string_view name) override { builder_.key(name); }
    void text(std::string_view value) override { builder_.value(std::string(value)); }
    void integer(std::int64_t value) override { builder_.value(value); }
    void boolean(bool value) override { builder_.value(value); }
    void null() override { builder_.null(); }

    core::Snapshot take() { return builder_.take(); }

  private:
    core::SnapshotBuilder builder_;
};

std::vector<core::Operation> operations(const core::Snapshot &source, const core::Snapshot &target);

// The same, in the way that does not block.
std::vector<core::Stage> stages(const core::Snapshot &source, const core::Snapshot &target);

// The plan's id, 64 hexadecimal digits: the first 16 are of what it starts from, the next 16 of what it leads to, the
// others of its SQL.
std::string plan_id(const core::Snapshot &source, const core::Snapshot &target,
                    const std::vector<core::Operation> &operations);

// The SHA-256 of what makes a difference, as 64 hexadecimal digits.
std::string fingerprint(const core::Snapshot &snapshot);

} // namespace linkgress::engine
