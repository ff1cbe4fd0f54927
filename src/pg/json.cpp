#include "pg/json.hpp"

#include "core/sqlstate.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"
}

namespace linkgress::pg {

std::string json_string(const std::string &text)
{
    StringInfoData buffer;
    call([&]() noexcept {
        initStringInfo(&buffer);
        escape_json(&buffer, text.c_str());
    });
    std::string result(buffer.data, static_cast<std::size_t>(buffer.len));
    pfree(buffer.data);
    return result;
}

namespace {

std::int64_t integer_of(Numeric number)
{
    try {
        return call(
            [&]() noexcept { return DatumGetInt64(DirectFunctionCall1(numeric_int8, NumericGetDatum(number))); });
    } catch (PgError &error) {
        error.report() = core::ErrorReport();
        error.report().sqlstate = core::sqlstate::invalid_parameter_value;
        error.report().message = "number in JSON is out of range";
        throw;
    }
}

void pass_on(const JsonbValue &value, JsonHandler &handler)
{
    switch (value.type) {
    case jbvNull:
        handler.null();
        break;
    case jbvString:
        handler.text({value.val.string.val, static_cast<std::size_t>(value.val.string.len)});
        break;
    case jbvNumeric:
        handler.integer(integer_of(value.val.numeric));
        break;
    case jbvBool:
        handler.boolean(value.val.boolean);
        break;
    default:
        break;
    }
}

} // namespace

void read_json(std::uintptr_t datum, JsonHandler &handler)
{
    Jsonb *document = call([&]() noexcept { return DatumGetJsonbP(datum); });
    handler.start_document(VARSIZE(document));
    JsonbIterator *iterator = call([&]() noexcept { return JsonbIteratorInit(&document->root); });
    bool is_scalar = JB_ROOT_IS_SCALAR(document);
    // One call into the server for many tokens: there are millions in the snapshot of a large schema.
    struct Token {
        JsonbIteratorToken type;
        JsonbValue value;
    };
    std::vector<Token> tokens(256);
    for (bool is_done = false; !is_done;) {
        check_for_interrupts();
        std::size_t count = call([&]() noexcept {
            std::size_t n = 0;
            do {
                tokens[n].type = JsonbIteratorNext(&iterator, &tokens[n].value, false);
            } while (tokens[n++].type != WJB_DONE && n < tokens.size());
            return n;
        });
        for (std::size_t i = 0; i < count; i++) {
            const JsonbValue &value = tokens[i].value;
            switch (tokens[i].type) {
            case WJB_DONE:
                is_done = true;
                break;
            case WJB_KEY:
                handler.key({value.val.string.val, static_cast<std::size_t>(value.val.string.len)});
                break;
            case WJB_VALUE:
            case WJB_ELEM:
                pass_on(value, handler);
                break;
            case WJB_BEGIN_ARRAY:
                if (!is_scalar)
                    handler.start_array();
                break;
            case WJB_END_ARRAY:
                if (!is_scalar)
                    handler.end_array();
                break;
            case WJB_BEGIN_OBJECT:
                handler.start_object();
                break;
            case WJB_END_OBJECT:
                handler.end_object();
                break;
            }
        }
    }
}

// ---- Writing
//
// A container is a header with the number of its values, an entry for each key and each value (its type and its
// length; now and then the offset of its end instead, so that a value is found without adding up all lengths before
// it), then the keys and the values themselves. The keys are sorted, by length first. Containers and numbers start at
// multiples of four bytes, and what is left free before them counts as theirs.

namespace {

void pad(std::string &data)
{
    data.resize(INTALIGN(data.size()));
}

// The entries of one container, one after the other.
class EntryWriter {
  public:
    explicit EntryWriter(std::string &out) : out_(out) {}

    void add(std::uint32_t type, std::size_t size)
    {
        end_ += size;
        if (end_ > JENTRY_OFFLENMASK)
            throw core::Error(core::sqlstate::program_limit_exceeded, "the document is too large for jsonb");
        bool is_offset = count_++ % JB_OFFSET_STRIDE == 0;
        auto entry = static_cast<JEntry>(type | (is_offset ? JENTRY_HAS_OFF | end_ : size));
        out_.append(reinterpret_cast<const char *>(&entry), sizeof entry);
    }

  private:
    std::string &out_;
    std::size_t end_ = 0;
    std::size_t count_ = 0;
};

} // namespace

void JsonBuilder::start(bool is_object)
{
    pad(open_[depth_].data);
    if (++depth_ == open_.size())
        open_.emplace_back();
    // The key belongs to the container as a whole.
    open_[depth_].is_object = is_object;
    keys_.push_back(key_);
}

void JsonBuilder::end()
{
    Container &container = open_[depth_];
    Container &around = open_[--depth_];
    key_ = keys_.back();
    keys_.pop_back();
    std::size_t start = around.data.size();
    close(container, around.data);
    around.entries.push_back({key_, JENTRY_ISCONTAINER, start, around.data.size() - start});
}

void JsonBuilder::add(std::uint32_t type, std::string_view data, bool is_aligned)
{
    Container &container = open_[depth_];
    if (is_aligned)
        pad(container.data);
    container.entries.push_back({key_, type, container.data.size(), data.size()});
    container.data += data;
}

void JsonBuilder::text(std::string_view value)
{
    add(JENTRY_ISSTRING, value, false);
}

void JsonBuilder::boolean(bool value)
{
    add(value ? JENTRY_ISBOOL_TRUE : JENTRY_ISBOOL_FALSE, {}, false);
}

void JsonBuilder::integer(std::int64_t value)
{
    auto found = integers_.find(value);
    if (found == integers_.end()) {
        Numeric number = call([&]() noexcept { return int64_to_numeric(value); });
        found =
            integers_.emplace(value, std::string(reinterpret_cast<const char *>(number), VARSIZE_ANY(number))).first;
        pfree(number);
    }
    add(JENTRY_ISNUMERIC, found->second, true);
}

// Appends the container where it is aligned, and empties it.
void JsonBuilder::close(Container &container, std::string &out)
{
    std::vector<Entry> &entries = container.entries;
    auto is_aligned = [](const Entry &entry) {
        return entry.type == JENTRY_ISCONTAINER || entry.type == JENTRY_ISNUMERIC;
    };
    if (container.is_object)
        std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
            return a.key.size() != b.key.size() ? a.key.size() < b.key.size() : a.key < b.key;
        });
    auto header = static_cast<std::uint32_t>(entries.size() | (container.is_object ? JB_FOBJECT : JB_FARRAY));
    out.append(reinterpret_cast<const char *>(&header), sizeof header);
    EntryWriter writer(out);
    std::size_t position = 0; // in the data: the keys and values so far
    if (container.is_object)
        for (const Entry &entry : entries) {
            writer.add(JENTRY_ISSTRING, entry.key.size());
            position += entry.key.size();
        }
    for (const Entry &entry : entries) {
        check_for_interrupts();
        std::size_t start = is_aligned(entry) ? INTALIGN(position) : position;
        writer.add(entry.type, start + entry.size - position);
        position = start + entry.size;
    }
    if (container.is_object)
        for (const Entry &entry : entries)
            out += entry.key;
    for (const Entry &entry : entries) {
        check_for_interrupts();
        if (is_aligned(entry))
            pad(out);
        out.append(container.data, entry.start, entry.size);
    }
    entries.clear();
    container.data.clear();
    if (container.data.capacity() > 1024 * 1024)
        container.data.shrink_to_fit();
}

std::uintptr_t JsonBuilder::result()
{
    const std::string &document = open_[0].data;
    return call([&]() noexcept {
        auto *result = static_cast<Jsonb *>(palloc(VARHDRSZ + document.size()));
        SET_VARSIZE(result, VARHDRSZ + document.size());
        std::memcpy(VARDATA(result), document.data(), document.size());
        return JsonbPGetDatum(result);
    });
}

} // namespace linkgress::pg
