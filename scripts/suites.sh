# The test suites, for check, check-versions and check-sanitizers. Sourced after lib.sh.

passed=0
failed=0
skipped=0

# count_tests LOG: prints how many tests passed and failed, from the line that TAP, pg_regress
# (before and since it speaks TAP) or GoogleTest has for each.
count_tests() {
	awk '
		/^ok [0-9-]|^(test|   ) .*\.\.\. +ok |^\[ +OK \]/ { passed++ }
		/^not ok [0-9-]|^(test|   ) .*\.\.\. +FAILED |^\[ +FAILED +\].* ms\)$/ { failed++ }
		END { print passed + 0, failed + 0 }' "$1"
}

# run_suite NAME COMMAND…: runs a suite, adds up its tests, shows its output if one failed. A suite
# that fails without naming a test, or runs none, counts as one failed test.
run_suite() {
	local name=$1 log=$build/log/$1 status=0 good bad start=$SECONDS
	shift
	mkdir -p "${log%/*}"
	"$@" >"$log" 2>&1 </dev/null || status=$?
	read -r good bad < <(count_tests "$log")
	if [ "$bad" = 0 ] && { [ "$status" != 0 ] || [ "$good" = 0 ]; }; then
		bad=1
	fi
	[ "$bad" = 0 ] || cat "$log"
	printf '%-24s %5d passed, %d failed (%d s)\n' "$name" "$good" "$bad" $((SECONDS - start))
	passed=$((passed + good))
	failed=$((failed + bad))
}

# skip NAME REASON…
skip() {
	local name=$1
	shift
	printf '%-24s skipped: %s\n' "$name" "$*"
	skipped=$((skipped + 1))
}

# finish [MORE]: the last line of a run, and its exit code
finish() {
	echo "$passed passed, $failed failed${1:-}"
	exit $((failed > 0))
}

# build FOLDER: a build that fails counts as a failed test.
build() {
	say "building for $("$PG_CONFIG" --version)"
	make_in "$1" all bridge_test.so && return
	failed=$((failed + 1))
	return 1
}

# A server with a module that is built with AddressSanitizer and UndefinedBehaviorSanitizer, in build/sanitizers. What
# they find, they write to the server's log.
start_sanitized_server() {
	export COPT='-fsanitize=address,undefined -fno-omit-frame-pointer'
	export ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:detect_stack_use_after_return=0
	export UBSAN_OPTIONS=print_stacktrace=1
	build sanitizers || return
	private_install
	make_in sanitizers install

	# The runtime initialises itself at its first allocation. In a stock server that comes from within
	# gettext, whose lock it then waits for for ever; so a library that is initialised before all others
	# allocates first.
	cat >"$work/first.c" <<-'END'
		#include <stdlib.h>
		__attribute__((constructor)) static void allocate(void) { void *volatile p = malloc(1); free(p); }
	END
	gcc -O0 -shared -fPIC -Wl,-z,initfirst -o "$work/first.so" "$work/first.c"
	LD_PRELOAD="$(gcc -print-file-name=libasan.so) $work/first.so" start_server data "$@"
}

# ---- Suites that need the private server; FOLDER is the one that make_in built in

regress() {
	installcheck "$1" regression.diffs installcheck ISOLATION=
}

isolation() {
	installcheck "$1" output_iso/regression.diffs installcheck REGRESS=
}

bridge() {
	installcheck "$1" bridge/regression.diffs installcheck-bridge
}

# installcheck FOLDER DIFFS TARGET…: with the psql of the PATH, because not every server brings one.
installcheck() {
	local folder=$1 diffs=$build/$1/$2
	shift 2
	rm -f "$diffs"
	make_in "$folder" "$@" EXTRA_REGRESS_OPTS=--bindir= || {
		cat "$diffs" 2>/dev/null
		return 1
	}
}

# From one schema to another and back, for every case that is written down, and for some that chance has made
# with the server's own pg_dump.
roundtrip() {
	PATH=$("$PG_CONFIG" --bindir):$PATH "$root/test/roundtrip/run"
}

random_roundtrip() {
	PATH=$("$PG_CONFIG" --bindir):$PATH "$root/test/roundtrip/random" --pairs "${ROUNDTRIP_PAIRS:-2000}" --brief
}

# clean_log LOG: no crash, no failed assertion, no report of a sanitizer, nothing that a transaction has not given
# back, nothing that the server finds wrong with its own state.
clean_log() {
	local found not_given_back='leak|not closed|not obtained from|nonzero refcount|snapshot .* still active'
	not_given_back+='|registered snapshots|SPI stack|SPITupleTable|own a lock|lock held at commit|locallock table'
	not_given_back+='|problem in|past chunk end|Transaction while in|GUC nest level|cleanup for portal|delete portal'
	found=$(sed -nE \
		-e '/ERROR: AddressSanitizer/,/^SUMMARY/p; /runtime error:/,/LOG:/p' \
		-e '/^TRAP:|was terminated by signal|PANIC: /p' \
		-e "/WARNING: .*($not_given_back)/p" \
		"$1")
	if [ -n "$found" ]; then
		printf '%s\n' "$found"
		return 1
	fi
	echo 'ok - there is nothing wrong in the log'
}

# Every function with hostile values, from several sessions.
fuzz_calls() {
	"$root/test/fuzz/calls" --log "$work/data/server.log" --seconds "${FUZZ_SECONDS:-45}" ${FUZZ_SEED:+--seed "$FUZZ_SEED"}
}

# ---- Suites that bring what they need

unit() {
	cmake -S "$root" -B "$build/cmake" -DLINKGRESS_MODULE=OFF >"$build/log/cmake" &&
		cmake --build "$build/cmake" -j "$jobs" --target unit_tests >>"$build/log/cmake" &&
		"$build/cmake/unit_tests" || {
		cat "$build/log/cmake"
		return 1
	}
}

# The TAP tests start servers of their own, so they run as the server's user, who may have no access to
# the checkout: they get a copy of it, which is also their working directory. tap [FILE…]: all of them, or these.
tap() {
	local copy=$work/checkout tools
	[ $# -gt 0 ] || set -- $(cd "$root" && ls test/t/*.pl)
	tools=$(test_tools "$PG_CONFIG")
	rm -rf "$build/log/tap-logs"
	mkdir "$copy"
	tar -C "$root" --exclude=./build --exclude=./.git -cf - . | tar -C "$copy" -xf -
	[ "$(id -u)" != 0 ] || chown -R "$server_user" "$copy"
	as_server_user env -C "$copy" TMPDIR="$copy" TESTDATADIR=tmp_check TESTLOGDIR=tmp_check/log \
		PG_REGRESS="$tools/regress/pg_regress" timeout "${TAP_TIMEOUT:-900}" \
		prove --verbose --jobs 2 -I "$tools/perl" "$@" || {
		cp -R "$copy/tmp_check/log" "$build/log/tap-logs"
		grep -lE 'not ok|# Looks like' "$build"/log/tap-logs/regress_log_* | xargs -r tail -n 20
		return 1
	}
}
