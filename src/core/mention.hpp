// What texts name: the bodies of functions that the server keeps as texts, and strings in expressions.
//
// The server does not look into them, so that nothing says what has to be there before they run. Names are read as its
// scanner reads them, in strings within strings, too. Some that are found are none, a column or a word of a message,
// and some are not found, as when a name is put together; what follows from them is to be a preference only.
#pragma once

#include "core/snapshot.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkgress::core {

struct MentionedName {
    std::string schema; // "" if it is not qualified
    std::string name;   // of operators, too

    bool operator==(const MentionedName &) const = default;
    auto operator<=>(const MentionedName &) const = default;
};

// Each once, sorted. What is between dollar signs or quotes is read as what is outside.
std::vector<MentionedName> mentioned_names(std::string_view text);

// What statements in the text create: the schema (as name, with an empty schema) or the relation, routine or type. In
// their order
struct CreatedName {
    bool is_schema = false;
    MentionedName name;

    bool operator==(const CreatedName &) const = default;
};
std::vector<CreatedName> created_names(std::string_view text);

// As mentioned_names(), of strings of more than a word only
std::vector<MentionedName> names_in_strings(std::string_view text);

// Who bears the names that the texts of a snapshot mention
class Mentions {
  public:
    struct Name {
        std::vector<ObjectIndex> bearers;
        std::vector<ObjectIndex> mentioned_in;
    };

    // Of the names of those objects that `is_named`; and of tables and types with parts for which that is so.
    Mentions(const Snapshot &snapshot, const std::function<bool(ObjectIndex)> &is_named);

    // Those that are mentioned
    std::vector<const Name *> names() const;

  private:
    void note_bearer(const std::string &schema, const std::string &name, ObjectIndex bearer);
    void note_bearers(ObjectIndex index, const std::function<bool(ObjectIndex)> &is_named);
    void note_mentions(ObjectIndex index);
    Name *find(const std::string &schema, const std::string &name);

    const Snapshot &snapshot_;
    std::unordered_map<std::string, Name> names_; // qualified; behind a dot alone, in any schema
};

} // namespace linkgress::core
