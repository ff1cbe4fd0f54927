#include "pg/datum.hpp"

extern "C" {
#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
}

namespace linkgress::pg {

namespace {

text *unpacked(Datum datum)
{
    auto *packed = reinterpret_cast<text *>(DatumGetPointer(datum));
    if (VARATT_IS_COMPRESSED(packed) || VARATT_IS_EXTERNAL(packed))
        packed = call([&]() noexcept { return DatumGetTextPP(datum); });
    return packed;
}

} // namespace

std::string text_from_datum(Datum datum)
{
    text *packed = unpacked(datum);
    std::string result(VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed));
    if (PointerGetDatum(packed) != datum)
        pfree(packed); // a decompressed copy, up to 1 GB
    return result;
}

std::string_view view_of_datum(Datum datum)
{
    text *packed = unpacked(datum);
    return {VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed)};
}

Datum text_to_datum(std::string_view text)
{
    return call([&]() noexcept {
        return PointerGetDatum(cstring_to_text_with_len(text.data(), static_cast<int>(text.size())));
    });
}

std::vector<std::optional<std::string>> nullable_texts_from_datum(Datum datum)
{
    std::vector<std::optional<std::string>> texts;
    Datum *values = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    call([&]() noexcept {
        deconstruct_array(DatumGetArrayTypeP(datum), TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
    });
    for (int i = 0; i < count; i++)
        texts.push_back(nulls[i] ? std::nullopt : std::optional<std::string>(text_from_datum(values[i])));
    return texts;
}

std::vector<std::string> texts_from_datum(Datum datum)
{
    std::vector<std::string> texts;
    for (std::optional<std::string> &text : nullable_texts_from_datum(datum))
        if (text)
            texts.push_back(std::move(*text));
    return texts;
}

} // namespace linkgress::pg
