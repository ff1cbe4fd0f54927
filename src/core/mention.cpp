#include "core/mention.hpp"

#include "core/kind.hpp"
#include "core/poll.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <tuple>

namespace linkgress::core {

namespace {

constexpr int deepest_string = 8;

bool starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool continues_name(char c)
{
    return starts_name(c) || is_digit(c) || c == '$';
}

bool is_of_operator(char c)
{
    return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// Reads a text token by token, as far as names go.
class NameScanner {
  public:
    NameScanner(std::string_view text, int depth, std::vector<MentionedName> &names)
        : text_(text), depth_(depth), names_(names)
    {}

    void scan(bool strings_only)
    {
        while (place_ < text_.size()) {
            steps_.take();
            char c = text_[place_];
            if (starts_name(c) || c == '"')
                read_names(strings_only);
            else if (c == '\'')
                read_string(false, strings_only);
            else if (starts_with("--"))
                skip_line();
            else if (starts_with("/*"))
                skip_comment();
            else if (is_of_operator(c))
                read_operator(strings_only);
            else if (is_digit(c))
                skip_number();
            else
                place_ += std::max<std::size_t>(dollar_quote(), 1);
        }
    }

  private:
    bool starts_with(std::string_view what) const { return text_.substr(place_, what.size()) == what; }

    // The length of $$ or $word$ here; 0 if it is none
    std::size_t dollar_quote()
    {
        if (text_[place_] != '$')
            return 0;
        std::size_t end = place_ + 1;
        while (end < text_.size() && text_[end] != '$' && continues_name(text_[end])) {
            steps_.take();
            end++;
        }
        return end < text_.size() && text_[end] == '$' ? end + 1 - place_ : 0;
    }

    void skip_line()
    {
        std::size_t end = text_.find('\n', place_);
        place_ = end == text_.npos ? text_.size() : end;
    }

    void skip_comment()
    {
        int depth = 0;
        do {
            steps_.take();
            if (starts_with("/*"))
                depth++, place_ += 2;
            else if (starts_with("*/"))
                depth--, place_ += 2;
            else
                place_++;
        } while (depth > 0 && place_ < text_.size());
    }

    void skip_number()
    {
        while (place_ < text_.size() && (continues_name(text_[place_]) || text_[place_] == '.'))
            place_++;
    }

    // The contents, with `quote` said once; the place is behind the other one.
    std::string read_quoted(char quote, bool has_escapes)
    {
        std::string content;
        for (place_++; place_ < text_.size(); place_++) {
            steps_.take();
            char c = text_[place_];
            if (c == '\\' && has_escapes && place_ + 1 < text_.size())
                c = text_[++place_] == quote ? quote : ' ';
            else if (c == quote && text_.substr(place_ + 1, 1) == std::string_view(&quote, 1))
                place_++;
            else if (c == quote)
                break;
            content += c;
        }
        place_++;
        return content;
    }

    // A word alone in an expression is a value.
    void read_string(bool has_escapes, bool may_be_value)
    {
        std::string content = read_quoted('\'', has_escapes);
        if (depth_ >= deepest_string || (may_be_value && std::all_of(content.begin(), content.end(), continues_name)))
            return;
        NameScanner(content, depth_ + 1, names_).scan(false);
    }

    std::string read_name()
    {
        if (text_[place_] == '"')
            return read_quoted('"', false);
        std::string name;
        for (; place_ < text_.size() && continues_name(text_[place_]); place_++) {
            steps_.take();
            char c = text_[place_];
            if (c == '$' && dollar_quote() > 0) // of the body that ends here
                break;
            name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return name;
    }

    std::size_t behind_blanks(std::size_t place)
    {
        while (place < text_.size() && is_blank(text_[place])) {
            steps_.take();
            place++;
        }
        return place;
    }

    // a.b.c: a alone may be a table, a.b may be one in its schema. Of more parts than two the rest are columns.
    void read_names(bool strings_only)
    {
        std::array<std::string, 2> parts;
        for (std::size_t i = 0;; i++) {
            steps_.take();
            std::string name = read_name();
            if (i == 0 && name == "e" && place_ < text_.size() && text_[place_] == '\'') {
                read_string(true, strings_only);
                return;
            }
            if (i < parts.size())
                parts.at(i) = std::move(name);
            std::size_t dot = behind_blanks(place_);
            std::size_t next = dot < text_.size() && text_[dot] == '.' ? behind_blanks(dot + 1) : text_.size();
            if (next >= text_.size() || !(starts_name(text_[next]) || text_[next] == '"'))
                break;
            place_ = next;
        }
        if (strings_only)
            return;
        if (!parts[1].empty())
            names_.push_back({parts[0], parts[1]});
        names_.push_back({"", std::move(parts[0])});
    }

    void read_operator(bool strings_only)
    {
        std::size_t start = place_;
        while (place_ < text_.size() && is_of_operator(text_[place_]) && !starts_with("--") && !starts_with("/*"))
            place_++;
        if (!strings_only)
            names_.push_back({"", std::string(text_.substr(start, place_ - start))});
    }

    std::string_view text_;
    int depth_;
    std::vector<MentionedName> &names_;
    std::size_t place_ = 0;
    Steps steps_;
};

void scan(std::string_view text, bool strings_only, std::vector<MentionedName> &names)
{
    NameScanner(text, 0, names).scan(strings_only);
}

std::vector<MentionedName> each_once(std::vector<MentionedName> names)
{
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

// Texts that are not what the server deparses, or that mean nothing
bool is_no_code(std::string_view attribute)
{
    for (std::string_view other : {"comment", "owner", "grants", "revoked", "labels"})
        if (attribute == other)
            return true;
    return false;
}

std::vector<MentionedName> names_of_texts(const Object &object)
{
    bool is_routine = object.kind == Kind::function || object.kind == Kind::procedure;
    bool strings_only = !is_routine || object.flag("has_parsed_body");
    const KindRules &rules = rules_of(object.kind);
    std::vector<MentionedName> names;
    for (const auto &[number, value] : object.values) {
        const Attribute &attribute = rules.attributes.at(number);
        if (attribute.is_secret || is_no_code(attribute.name))
            continue;
        if (const auto *text = std::get_if<std::string>(&value))
            scan(*text, strings_only, names);
        else if (const auto *list = std::get_if<List>(&value))
            for (const std::string &each : *list)
                scan(each, strings_only, names);
    }
    return each_once(std::move(names));
}

// Can a text name it?
bool has_name(Kind kind)
{
    switch (kind) {
    case Kind::collation:
    case Kind::op:
    case Kind::text_search_parser:
    case Kind::text_search_template:
    case Kind::text_search_dictionary:
    case Kind::text_search_configuration:
    case Kind::server:
        return true;
    default:
        return !is_child(kind) && rules_of(kind).names != NameSpace::none;
    }
}

// Whoever names a table, or a type, may mean this, too.
bool is_named_with_parent(Kind kind)
{
    return kind == Kind::column || kind == Kind::composite_attribute;
}

std::string key_of(const std::string &schema, const std::string &name)
{
    return schema + '.' + name;
}

} // namespace

std::vector<MentionedName> mentioned_names(std::string_view text)
{
    std::vector<MentionedName> names;
    scan(text, false, names);
    return each_once(std::move(names));
}

namespace {

bool is_one_of(const MentionedName &name, std::initializer_list<std::string_view> words)
{
    return name.schema.empty() && std::find(words.begin(), words.end(), name.name) != words.end();
}

} // namespace

// Names as they stand in the text: of s.f, "s.f" comes before "s".
std::vector<CreatedName> created_names(std::string_view text)
{
    std::vector<MentionedName> names;
    scan(text, false, names);
    std::vector<CreatedName> created;
    auto skip = [&](std::size_t i, std::initializer_list<std::string_view> words) {
        while (i < names.size() && is_one_of(names[i], words))
            i++;
        return i;
    };
    for (std::size_t i = 0; i < names.size(); i++) {
        if (poll(); !is_one_of(names[i], {"create"}))
            continue;
        std::size_t kind = skip(i + 1, {"or", "replace", "unlogged", "materialized", "recursive", "foreign"});
        std::size_t name = skip(kind + 1, {"if", "not", "exists"});
        if (name >= names.size() || (names[name].name[0] != '_' && !starts_name(names[name].name[0])))
            continue;
        if (is_one_of(names[kind], {"schema"}) && names[name].schema.empty())
            created.push_back({true, names[name]});
        else if (is_one_of(names[kind], {"table", "view", "sequence", "function", "procedure", "type", "domain"}))
            created.push_back({false, names[name]});
    }
    return created;
}

std::vector<MentionedName> names_in_strings(std::string_view text)
{
    std::vector<MentionedName> names;
    scan(text, true, names);
    return each_once(std::move(names));
}

Mentions::Mentions(const Snapshot &snapshot, const std::function<bool(ObjectIndex)> &is_named) : snapshot_(snapshot)
{
    for (ObjectIndex index = 0; index < snapshot.size(); index++) {
        poll();
        if (has_name(snapshot[index].kind))
            note_bearers(index, is_named);
    }
    for (ObjectIndex index = 0; index < snapshot.size() && !names_.empty(); index++) {
        poll();
        note_mentions(index);
    }
}

void Mentions::note_bearer(const std::string &schema, const std::string &name, ObjectIndex bearer)
{
    for (const std::string &key : {key_of(schema, name), key_of("", name)}) {
        std::vector<ObjectIndex> &bearers = names_[key].bearers;
        if (bearers.empty() || bearers.back() != bearer)
            bearers.push_back(bearer);
    }
}

void Mentions::note_bearers(ObjectIndex index, const std::function<bool(ObjectIndex)> &is_named)
{
    const Object &object = snapshot_[index];
    if (is_named(index))
        note_bearer(object.schema, object.name, index);
    for (ObjectIndex part = index + 1; part < snapshot_.end_of_children(index); part++)
        if (poll(); is_named_with_parent(snapshot_[part].kind) && is_named(part))
            note_bearer(object.schema, object.name, part);
}

Mentions::Name *Mentions::find(const std::string &schema, const std::string &name)
{
    auto found = names_.find(key_of(schema, name));
    return found == names_.end() ? nullptr : &found->second;
}

// What is not qualified is looked for in the schema of whoever mentions it first.
void Mentions::note_mentions(ObjectIndex index)
{
    const Object &object = snapshot_[index];
    for (const MentionedName &mentioned : names_of_texts(object)) {
        poll();
        Name *name = find(mentioned.schema.empty() ? object.schema : mentioned.schema, mentioned.name);
        if (name == nullptr && mentioned.schema.empty())
            name = find("", mentioned.name);
        bool is_its_own = name != nullptr && name->bearers.size() == 1 && name->bearers.front() == index;
        if (name != nullptr && !is_its_own)
            name->mentioned_in.push_back(index);
    }
}

std::vector<const Mentions::Name *> Mentions::names() const
{
    std::vector<const Name *> found;
    for (const auto &[key, name] : names_)
        if (!name.mentioned_in.empty())
            found.push_back(&name);
    // In an order that does not depend on the hashes
    std::sort(found.begin(), found.end(), [](const Name *a, const Name *b) {
        return std::tie(a->bearers, a->mentioned_in) < std::tie(b->bearers, b->mentioned_in);
    });
    return found;
}

} // namespace linkgress::core
