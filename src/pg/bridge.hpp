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
// portals, SPI levels and half-done catalog changes are still there. It may be
// swallowed only where a pg::Subtransaction around it is rolled back;
// everywhere else it must go on to the boundary.
#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <exception>
#include <new>
#include <optional>
#include <type_traits>

struct ErrorData;

namespace linkgress::pg {

// An error that the server raised. The (sub)transaction around it is broken.
class PgError : public core::Error {
  public:
    using core::Error::Error;

    // Cancel, shutdown and running out of a timeout: never to be retried or
    // swallowed.
    bool is_interrupt() const noexcept;
};

// The whole of a server's report.
core::ErrorReport to_report(const ErrorData &data);

namespace detail {

// Runs function(argument) under PG_TRY; throws PgError when it raised. It is
// not a template, so that sigsetjmp stands in exactly one frame.
void call_guarded(void (*function)(void *), void *argument);

// Keeps a report for raise_kept(), where it outlives the catch block. Static,
// so that the longjmp that follows leaks nothing.
void keep(const core::ErrorReport &report, bool from_server) noexcept;
void keep(const char *sqlstate, const char *message) noexcept;
[[noreturn]] void raise_kept();

} // namespace detail

// Calls into the server. The lambda must be noexcept and hold only trivially
// destructible locals: an error jumps out of it.
template <typename Function> auto call(Function &&function) -> std::invoke_result_t<Function &>
{
    using Result = std::invoke_result_t<Function &>;
    static_assert(noexcept(function()), "a lambda under PG_TRY must be noexcept");
    if constexpr (std::is_void_v<Result>) {
        detail::call_guarded([](void *argument) { (*static_cast<std::remove_reference_t<Function> *>(argument))(); },
                             &function);
    } else {
        static_assert(std::is_trivially_destructible_v<Result>);
        struct Frame {
            std::remove_reference_t<Function> *function;
            Result result;
        } frame{&function, Result{}};
        detail::call_guarded(
            [](void *argument) {
                auto *f = static_cast<Frame *>(argument);
                f->result = (*f->function)();
            },
            &frame);
        return frame.result;
    }
}

// Runs the body of an entry point: an SQL-callable function, a trigger, a
// hook or any other callback. Nothing but its result comes out of it, or a
// PostgreSQL error.
template <typename Body> auto boundary(Body &&body) -> std::invoke_result_t<Body &>
{
    try {
        return body();
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
