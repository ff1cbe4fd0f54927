#include "core/poll.hpp"
#include "pg/body_scope.hpp"
#include "pg/guc.hpp"
#include "pg/postgres.hpp"

extern "C" {
PG_MODULE_MAGIC;
PGDLLEXPORT void _PG_init(void);

void _PG_init(void)
{
    linkgress::pg::boundary([] {
        linkgress::pg::settings::define();
        linkgress::pg::install_body_hooks();
        linkgress::core::set_poll(linkgress::pg::check_for_interrupts);
    });
}
}
