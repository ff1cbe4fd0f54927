// The only way in to PostgreSQL's headers, for the .cpp files of this folder
// and for api's entry points (through pg/entry.hpp). Standard headers come
// first because postgres.h redefines snprintf and others as macros.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

extern "C" {
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
}

// PostgreSQL 15 leaves PGDLLEXPORT empty, and the module is built with
// -fvisibility=hidden: only what carries this mark can be called by the server.
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
