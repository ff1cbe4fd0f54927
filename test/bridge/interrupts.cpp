// Cancel and shutdown: they must get through, whoever catches errors on the way.
#include "pg/entry.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"
#include "support.hpp"

using namespace linkgress;
using bridge_test::Counted;
using bridge_test::text_from_spi;
using bridge_test::through_frames;

// Computes for ever, without a call into the server.
LINKGRESS_FUNCTION(compute_for_ever)
{
    (void)call_info;
    through_frames(3, [] {
        for (;;)
            pg::check_for_interrupts();
    });
    return 0;
}

// Runs a statement in a subtransaction, over and over as long as it fails with an ordinary error.
static void run_until_it_works(const std::string &sql)
{
    for (;;) {
        Counted counted;
        pg::check_for_interrupts();
        pg::Subtransaction subtransaction;
        try {
            pg::execute_statement(sql);
            subtransaction.release();
            return;
        } catch (const pg::PgError &error) {
            if (error.is_interrupt())
                throw;
            subtransaction.rollback();
        }
    }
}

LINKGRESS_FUNCTION(retry)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    return text_from_spi([&] {
        run_until_it_works(sql);
        return "no error";
    });
}

// Does C++ code take the error for an interrupt?
LINKGRESS_FUNCTION(is_interrupt)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    return text_from_spi([&]() -> std::string {
        try {
            pg::Subtransaction subtransaction;
            pg::execute_statement(sql);
        } catch (const pg::PgError &error) {
            return fmt::format("{}: {}", error.report().sqlstate, error.is_interrupt() ? "yes" : "no");
        }
        return "no error";
    });
}
