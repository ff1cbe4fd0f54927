// What current_query() tells while a statement runs inside of another one, and in a worker, which has none of its own:
// audit triggers ask for it.
#pragma once

#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

#include <string>

extern "C" {
#include "tcop/tcopprot.h"
}

namespace linkgress::pg {

class RunningText {
  public:
    explicit RunningText(const std::string &sql) noexcept : before_(std::exchange(debug_query_string, sql.c_str())) {}
    ~RunningText() { debug_query_string = before_; }
    RunningText(const RunningText &) = delete;
    RunningText &operator=(const RunningText &) = delete;

  private:
    const char *before_;
};

} // namespace linkgress::pg
