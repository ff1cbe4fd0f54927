#!/usr/bin/env bash
# Does scripts/check-layers find a violation of each of its rules, and nothing else?
set -euo pipefail

check=$(cd "$(dirname "$0")/.." && pwd)/scripts/check-layers
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status=0

# A source tree with one file per layer that includes all it may.
sources() {
	rm -rf "${folder:?}"/*
	mkdir "$folder"/{core,pg,engine,api}
	printf '#include %s\n' '"core/b.hpp"' '<string>' '<fmt/format.h>' '<nlohmann/json.hpp>' >"$folder/core/a.cpp"
	printf '#include %s\n' '"core/error.hpp"' '"pg/postgres.hpp"' '"utils/acl.h"' '<csignal>' >"$folder/pg/a.cpp"
	printf '#include %s\n' '"postgres.h"' >"$folder/pg/postgres.hpp"
	printf '#if PG_VERSION_NUM >= 160000\n' >"$folder/pg/compat.hpp"
	printf '#include %s\n' '"core/b.hpp"' '"pg/a.hpp"' '"engine/b.hpp"' '<vector>' >"$folder/engine/a.cpp"
	printf '#include %s\n' '"core/b.hpp"' '"pg/postgres.hpp"' '"engine/a.hpp"' '"api/b.hpp"' >"$folder/api/a.cpp"
	printf '#include %s\n' '"pg/postgres.hpp"' >"$folder/linkgress.cpp"
}

# finds NUMBER WHAT: check-layers breaks NUMBER rules, and says so by its exit code.
finds() {
	local broken exit_code=0
	broken=$("$check" "$folder") || exit_code=$?
	broken=$(grep -c '^not ok' <<<"$broken" || true)
	if [ "$broken" = "$1" ] && [ $exit_code = $((broken > 0)) ]; then
		echo "ok - $2"
	else
		echo "not ok - $2: broke $broken rules, exit code $exit_code"
		status=1
	fi
}

# violation FILE LINE WHAT
violation() {
	sources
	echo "$2" >>"$folder/$1"
	finds 1 "$3"
}

sources
finds 0 'what is allowed is accepted'
violation core/a.cpp '#include "pg/bridge.hpp"' 'core includes pg'
violation core/a.cpp '#  include <postgres.h>' 'core includes a PostgreSQL header'
violation core/c.hpp '#include "engine/a.hpp"' 'a new header of core includes engine'
violation pg/a.cpp '#include "core/text.hpp"' 'pg includes more of core than errors'
violation pg/a.hpp '#include "engine/a.hpp"' 'pg includes engine'
violation engine/a.cpp '#include "api/a.hpp"' 'engine includes api'
violation engine/a.cpp '#include "utils/acl.h"' 'engine includes a PostgreSQL header'
violation engine/a.cpp '#include "pg/postgres.hpp"' 'engine includes PostgreSQL headers through pg/postgres'
violation pg/a.hpp '#include "pg/postgres.hpp"' 'engine includes PostgreSQL headers through another header of pg'
violation api/a.cpp '#include "fmgr.h"' 'api includes a PostgreSQL header'
violation linkgress.cpp '#include "fmgr.h"' 'the module file includes a PostgreSQL header'
violation engine/a.cpp '#if PG_VERSION_NUM > 150000' 'engine looks at the version'
violation engine/a.cpp 'pg::call_apart(f);' 'engine calls in a broken transaction'
violation api/a.cpp '#include "pg/rollback.hpp"' 'api rolls back by itself'
violation engine/a.cpp $'try {\n} catch (const core::Error &) {\n    go_on();\n}' 'engine goes on after an error'
violation engine/a.cpp $'try {\n} catch (const A &) {\n    throw;\n} catch (const B &) {\n    x();\n}' 'a second handler goes on'

exit $status
