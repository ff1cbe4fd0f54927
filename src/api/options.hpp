// Options that several functions have.
#pragma once

#include "engine/trust.hpp"
#include "pg/entry.hpp"

namespace linkgress::api {

// skip_untrusted
inline engine::Untrusted untrusted_option(const pg::Arguments &arguments, int index)
{
    return arguments.boolean(index).value_or(false) ? engine::Untrusted::skip : engine::Untrusted::refuse;
}

} // namespace linkgress::api
