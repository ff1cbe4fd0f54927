// Finds what is asked of rows before a plan: the class behind preconditions().
#pragma once

#include "core/kinds/sequence.hpp"
#include "core/precondition.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace linkgress::core {

class PreconditionFinder {
  public:
    PreconditionFinder(const Snapshot &source, const Snapshot &target, Quote quote);

    std::vector<Precondition> find();

  private:
    struct Condition {
        std::string text; // "((a > 0))"
        List added;       // of the new columns in it, "value AS name"
    };

    void add(std::string query, const char *sqlstate, std::string problem, std::string rest, std::string hint);
    void find_default_partitions();
    bool change_routines() const;

    void check_new(ObjectIndex index);
    void check_column(ObjectIndex index);
    void check_new_column(const Object &column);
    void check_nulls(const Object &column);
    void check_length(const Object &column, const Object &before);
    void check_domain_of(const Object &column, const Object &before);
    void check_domain_nulls(ObjectIndex index);
    void check_domain(ObjectIndex index);
    void check_domain_in(const Object &constraint, const Object &column);
    void check_check(ObjectIndex index);
    void check_key(ObjectIndex index);
    void check_partition(ObjectIndex index);
    void check_foreign_key(ObjectIndex index);
    void check_sequence(const Object &sequence);
    void check_identity(const Object &column, const Object &before);
    void check_position(const std::string &sequence, const SequenceBounds &from, const SequenceBounds &to);

    const Object *table_before(const Object &part) const;
    const Object *domain_of(const Snapshot &snapshot, const Object &column) const;
    std::vector<const Object *> columns_of(const Object &domain) const;
    bool has_value(const Object &column) const;
    std::string value_of(const Object &column) const;
    bool is_as_it_was(ObjectIndex on) const;
    bool stands_on_what_stays(ObjectIndex index) const;
    std::optional<Condition> condition_of(ObjectIndex index) const;
    bool are_unchanged(const Object &table, const List &columns) const;

    const Snapshot &source_;
    const Snapshot &target_;
    Script script_;
    bool routines_change_ = false;
    std::unordered_map<std::string, ObjectIndex> tables_;                // by qualified name
    std::unordered_map<ObjectIndex, const Object *> default_partitions_; // of the source, by its table
    std::vector<Precondition> found_;
};

} // namespace linkgress::core
