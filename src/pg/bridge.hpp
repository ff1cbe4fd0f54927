// The bridge between C++ exceptions and PostgreSQL errors.
//
// PostgreSQL raises an error with siglongjmp, which runs no C++ destructor; a
// C++ exception that reaches a PostgreSQL frame ends the process. Neither may
// cross into the other's territory, so there are two gates:
//
//   call      C++ -> server. Runs one lambda under PG_TRY. An error becomes a
//             PgError that carries the whole report, and the server's error
//             state is flushed.
//   boundary  server -> C++. Runs an entry point's body and catches whatever
//             comes out. The error is raised only after the catch block was
//             left, when no C++ object is alive in the frame any more.
//
// What a caught PgError does not undo is the state of the transaction: locks,
// portals, SPI levels, half-done catalog changes, lightweight locks and buffers
// in the middle of being written. The server's own rule is that nothing but the
// abort comes after an error, and the bridge keeps it. The first PgError breaks
// the transaction, or the subtransaction, in which it was raised. From there on
// call() does not reach the server: it throws that first error again, so that
// whoever tries goes on up with what happened, and says so in the server's log.
// The rollback mends it, and nothing else does:
//
//   Subtransaction, TopLevelTransaction   rolled back by hand or by destructor
//   the server's abort                    of the statement, a savepoint, an
//                                         EXCEPTION block of PL/pgSQL
//   SpiSession::commit()                  which the server itself rolls back
//                                         when it fails, and begins anew
//
// An exception of our own (core::Error, std::bad_alloc) breaks nothing: the
// destructors on its way put back what they stand for, as they do at the end of
// a block. They ask is_broken(), not whether there is an exception: after an
// error of the server they leave it all to the abort. What the abort does not
// undo, such as prepared statements and locks of the session, waits for it in
// after_rollback() (pg/rollback.hpp). An exception of our own may have left work
// half done; whoever goes on after one needs a rolled-back Subtransaction, too,
// unless what has thrown only looks.
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <type_traits>

struct ErrorData;

namespace linkgress::pg {

// An error that the server raised. The (sub)transaction around it is broken
// until it is rolled back.
class PgError : public core::Error {
  public:
    using core::Error::Error;

    // Cancel, shutdown and running out of a timeout: never to be retried or
    // swallowed.
    bool is_interrupt() const noexcept;
};

// The whole of a server's report.
core::ErrorReport to_report(const ErrorData &data);

// Has the server raised an error in this (sub)transaction?
bool is_broken() noexcept;

namespace detail {

// Which calls may be made in a transaction that is broken.
enum class Gate {
    ordinary, // not this one
    apart,    // it has no part in the transaction
    rollback, // it ends the transaction
};

// Runs function(argument) under PG_TRY; throws PgError when it raised. It is
// not a template, so that sigsetjmp stands in exactly one frame.
void call_guarded(Gate gate, void (*function)(void *), void *argument);

// Keeps a report for raise_kept(), where it outlives the catch block. Static,
// so that the longjmp that follows leaks nothing.
void keep(const core::ErrorReport &report, bool from_server) noexcept;
void keep(const char *sqlstate, const char *message) noexcept;
void keep_first_error() noexcept; // the one that broke the transaction
[[noreturn]] void raise_kept();

template <Gate gate, typename Function> auto call_through(Function &function) -> std::invoke_result_t<Function &>
{
    using Result = std::invoke_result_t<Function &>;
    static_assert(noexcept(function()), "a lambda under PG_TRY must be noexcept");
    if constexpr (std::is_void_v<Result>) {
        call_guarded(
            gate, [](void *argument) { (*static_cast<Function *>(argument))(); }, &function);
    } else {
        static_assert(std::is_trivially_destructible_v<Result>);
        struct Frame {
            Function *function;
            Result result;
        } frame{&function, Result{}};
        call_guarded(
            gate,
            [](void *argument) {
                auto *f = static_cast<Frame *>(argument);
                f->result = (*f->function)();
            },
            &frame);
        return frame.result;
    }
}

} // namespace detail

// Calls into the server. The lambda must be noexcept and hold only trivially
// destructible locals: an error jumps out of it. In a broken transaction it is
// not called, and the error that broke it is thrown again.
template <typename Function> auto call(Function &&function) -> std::invoke_result_t<Function &>
{
    return detail::call_through<detail::Gate::ordinary>(function);
}

// The same for what may be called at any time, because it touches nothing that an
// abort has to put right: to be used with a comment that says why.
template <typename Function> auto call_apart(Function &&function) -> std::invoke_result_t<Function &>
{
    return detail::call_through<detail::Gate::apart>(function);
}

// Runs the body of an entry point: an SQL-callable function, a trigger, a
// hook or any other callback. Nothing but its result comes out of it, or a
// PostgreSQL error; no result where it has left the transaction broken.
template <typename Body> auto boundary(Body &&body) -> std::invoke_result_t<Body &>
{
    bool was_broken = is_broken();
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Body &>>) {
            body();
            if (was_broken || !is_broken())
                return;
        } else {
            auto result = body();
            if (was_broken || !is_broken())
                return result;
        }
        detail::keep_first_error();
    } catch (const PgError &error) {
        detail::keep(error.report(), true);
    } catch (const core::Error &error) {
        detail::keep(error.report(), false);
    } catch (const std::bad_alloc &) {
        detail::keep("53200", "out of memory");
    } catch (const std::exception &error) {
        detail::keep("XX000", error.what());
    } catch (...) {
        detail::keep("XX000", "unknown C++ exception");
    }
    detail::raise_kept();
}

// Lets a cancel or shutdown request take effect. To be called in every loop
// that is not bounded by something small.
void check_for_interrupts();

} // namespace linkgress::pg
