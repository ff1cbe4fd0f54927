// Cancel and shutdown: they must get through, whoever catches errors on the way.
#include "counted.hpp"
#include "pg/entry.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

using namespace linkgress;
using bridge_test::Counted;
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
LINKGRESS_FUNCTION(retry)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    pg::SpiSession spi;
    for (;;) {
        Counted counted;
        pg::check_for_interrupts();
        pg::Subtransaction subtransaction;
        try {
            pg::execute_statement(sql);
            subtransaction.release();
            return pg::text_result("no error");
        } catch (const pg::PgError &error) {
            if (error.is_interrupt())
                throw;
            subtransaction.rollback();
        }
    }
}

// Does C++ code take the error for an interrupt?
LINKGRESS_FUNCTION(is_interrupt)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    pg::SpiSession spi;
    pg::Subtransaction subtransaction;
    try {
        pg::execute_statement(sql);
    } catch (const pg::PgError &error) {
        subtransaction.rollback();
        return pg::text_result(fmt::format("{}: {}", error.report().sqlstate, error.is_interrupt() ? "yes" : "no"));
    }
    subtransaction.rollback();
    return pg::text_result("no error");
}
