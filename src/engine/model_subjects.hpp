// What a model says of things that it does not manage: left out, and told.
#pragma once

#include "engine/model.hpp"

#include <set>
#include <string>

namespace linkgress::engine {

class ModelSubjects {
  public:
    // `managed`: linkgress.managed_schemas
    explicit ModelSubjects(const std::vector<std::string> &managed);

    // Is it about linkgress alone, which a dump has with its extension? Does a dump take away what may be there, before
    // it makes anything? Or, where the managed schemas are given, is it about another one that exists? `path` is where
    // unqualified names lead; `is_first`: of its part.
    bool is_left_out(const ModelStatement &statement, const std::string &path, bool is_first);

    // Tells in one NOTICE of all that is not planned.
    void report(const Model &model) const;

  private:
    bool is_unmanaged(const pg::Subject &subject, const std::string &path) const;

    std::set<std::string> managed_;
    std::set<std::string> unmanaged_; // left out
};

} // namespace linkgress::engine
