// Where does a statement end? At a semicolon that is not inside parentheses
// (CREATE RULE … DO (a; b)) and not inside the body of an SQL-standard function
// (BEGIN ATOMIC a; b; END, with CASE … END in it). Strings, comments and
// dollar quotes are no concern of ours: the scanner returns them whole.
#include "pg/script.hpp"

#include "core/sqlstate.hpp"
#include "pg/postgres.hpp"
#include "pg/text.hpp"

extern "C" {
#include "common/keywords.h"
#include "mb/pg_wchar.h"
#include "parser/parser.h"
#include "parser/scanner.h"
#include "utils/memutils.h"
}

namespace linkgress::pg {

namespace {

// The scanner's number for a keyword. gram.h, which names them, is not
// installed with every server version.
int keyword_token(const char *keyword)
{
    int index = ScanKeywordLookup(keyword, &ScanKeywords);
    return ScanKeywordTokens[index];
}

struct Keywords {
    int create = keyword_token("create");
    int begin = keyword_token("begin");
    int start = keyword_token("start");
    int commit = keyword_token("commit");
    int atomic = keyword_token("atomic");
    int keyword_case = keyword_token("case");
    int end = keyword_token("end");
    int as = keyword_token("as");
};

const Keywords &keywords()
{
    static const Keywords instance;
    return instance;
}

// How deep a statement's tokens are nested.
class Nesting {
  public:
    void add(int token)
    {
        const Keywords &key = keywords();
        bool is_label = previous_ == key.as || previous_ == '.';
        if (first_ == 0)
            first_ = token;
        if (token == '(' || token == '[')
            parentheses_++;
        else if (token == ')' || token == ']')
            parentheses_--;
        else if (token == key.atomic && previous_ == key.begin && first_ == key.create)
            blocks_++;
        else if (token == key.keyword_case && blocks_ > 0 && !is_label)
            blocks_++;
        else if (token == key.end && blocks_ > 0 && !is_label)
            blocks_--;
        previous_ = token;
    }

    int first() const noexcept { return first_; }
    bool at_top() const noexcept { return parentheses_ <= 0 && blocks_ == 0; }

  private:
    int first_ = 0;
    int previous_ = 0;
    int parentheses_ = 0;
    int blocks_ = 0;
};

// Editors write it; in other encodings it cannot have come this far.
void remove_byte_order_mark(std::string &body)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (GetDatabaseEncoding() == PG_UTF8 && body.starts_with(mark))
        body.erase(0, mark.size());
}

bool is_transaction_command(int first_token)
{
    const Keywords &key = keywords();
    return first_token == key.begin || first_token == key.start || first_token == key.commit || first_token == key.end;
}

} // namespace

struct Script::Scanner {
    MemoryContext buffer_context; // the scanner's copy of the body
    MemoryContext token_context;  // what tokens hold, emptied at each statement
    core_yyscan_t yyscanner = nullptr;
    core_yy_extra_type extra;
    YYLTYPE location = 0;
    std::size_t size = 0;

    std::string_view body() const { return {extra.scanbuf, size}; }
};

Script::Script(std::string body)
{
    auto scanner = std::make_unique<Scanner>();
    Scanner *s = scanner.get();
    remove_byte_order_mark(body);
    s->size = body.size();
    // Children of the top context: freed by the destructor, whatever the
    // transaction does meanwhile.
    call([&]() noexcept {
        s->buffer_context = AllocSetContextCreate(TopMemoryContext, "linkgress script", ALLOCSET_DEFAULT_SIZES);
        s->token_context = AllocSetContextCreate(s->buffer_context, "linkgress tokens", ALLOCSET_DEFAULT_SIZES);
        MemoryContext caller = MemoryContextSwitchTo(s->buffer_context);
        s->yyscanner = scanner_init(body.c_str(), &s->extra, &ScanKeywords, ScanKeywordTokens);
        MemoryContextSwitchTo(caller);
    });
    scanner_ = scanner.release();
}

Script::~Script()
{
    MemoryContextDelete(scanner_->buffer_context);
    delete scanner_;
}

int Script::token()
{
    Scanner *s = scanner_;
    core_YYSTYPE value;
    return call([&]() noexcept {
        MemoryContext caller = MemoryContextSwitchTo(s->token_context);
        int token = core_yylex(&value, &s->location, s->yyscanner);
        MemoryContextSwitchTo(caller);
        return token;
    });
}

void Script::skip_meta_command(std::size_t offset, bool inside_statement)
{
    std::size_t end = std::min(scanner_->body().find('\n', offset), scanner_->size);
    // The scanner keeps the character behind a token for itself, with a zero
    // byte in its place: after the next token the command's name ends there.
    token();
    std::string command(scanner_->extra.scanbuf + offset);
    if (inside_statement || !(command == "\\restrict" || command == "\\unrestrict")) {
        statement_offset_ = offset;
        throw core::Error(core::sqlstate::syntax_error, fmt::format("psql meta-command \"{}\" is not SQL", command), {},
                          "Only psql itself understands backslash commands. Write the SQL that it stands for.");
    }
    // Nor may it read the key behind the name, which may be no token at all.
    for (std::size_t i = offset + command.size() + 1; i < end; i++)
        scanner_->extra.scanbuf[i] = ' ';
    skip_until_ = end;
}

Statement Script::statement_until(std::size_t end, int first_token)
{
    std::string_view body = scanner_->body();
    std::string_view skipped = body.substr(counted_until_, statement_offset_ - counted_until_);
    line_ += static_cast<int>(std::count(skipped.begin(), skipped.end(), '\n'));
    counted_until_ = statement_offset_;

    Statement statement;
    statement.text = body.substr(statement_offset_, end - statement_offset_);
    statement.text.erase(statement.text.find_last_not_of(" \t\r\n\f\v") + 1);
    statement.offset = statement_offset_;
    statement.number = ++statements_;
    statement.line = line_;
    statement.is_transaction_command = is_transaction_command(first_token);
    return statement;
}

std::optional<Statement> Script::next()
{
    MemoryContextReset(scanner_->token_context);
    // The statement before may have SET it, and the next one is going to be
    // parsed under it.
    scanner_->extra.standard_conforming_strings = ::standard_conforming_strings;
    Nesting nesting;
    bool started = false;
    for (;;) {
        check_for_interrupts();
        int token = this->token();
        auto offset = static_cast<std::size_t>(scanner_->location);
        if (token != 0 && offset < skip_until_)
            continue;
        if (token == '\\') {
            skip_meta_command(offset, started);
            continue;
        }
        bool ends = token == 0 || (token == ';' && nesting.at_top());
        if (ends && started)
            return statement_until(offset, nesting.first());
        if (token == 0)
            return std::nullopt;
        if (ends)
            continue;
        if (!started)
            statement_offset_ = offset;
        started = true;
        nesting.add(token);
    }
}

// A semicolon in the place of the first dash is a token only where the comment was one.
bool Script::is_comment(std::size_t offset) const
{
    std::string text(body());
    text.at(offset) = ';';
    Script probe(std::move(text));
    for (;;) {
        check_for_interrupts();
        int token = probe.token();
        auto location = static_cast<std::size_t>(probe.scanner_->location);
        if (token == 0 || location >= offset)
            return token == ';' && location == offset;
    }
}

std::string_view Script::body() const
{
    return scanner_->body();
}

} // namespace linkgress::pg
