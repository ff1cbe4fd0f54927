#include "pg/datum.hpp"

extern "C" {
#include "utils/builtins.h"
}

namespace linkgress::pg {

std::string text_from_datum(Datum datum)
{
    text *packed = call([&]() noexcept { return DatumGetTextPP(datum); });
    std::string result(VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed));
    if (PointerGetDatum(packed) != datum)
        pfree(packed); // a decompressed copy, up to 1 GB
    return result;
}

std::string_view view_of_datum(Datum datum)
{
    text *packed = call([&]() noexcept { return DatumGetTextPP(datum); });
    return {VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed)};
}

Datum text_to_datum(std::string_view text)
{
    return call([&]() noexcept {
        return PointerGetDatum(cstring_to_text_with_len(text.data(), static_cast<int>(text.size())));
    });
}

} // namespace linkgress::pg
