# What the scripts of this folder share: finding PostgreSQL, building, and a private server.
# Sourced, never run.
set -euo pipefail
umask 022

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build
jobs=$(nproc 2>/dev/null || echo 2)

# Nothing of the caller's environment may lead to another server than ours, or to another make.
pg_config_given=${PG_CONFIG:-}
unset "${!PG@}" MAKEFLAGS MFLAGS MAKELEVEL
[ -z "$pg_config_given" ] || export PG_CONFIG=$pg_config_given

say() {
	printf '== %s\n' "$*"
}

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

# ---- PostgreSQL and the build

major_of() {
	"$1" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'
}

# Prints the folder of PostgreSQL's own test programs and modules.
test_tools() {
	echo "$(dirname "$("$1" --pgxs)")/../test"
}

# Has this pg_config's installation all that we need: version, server, headers?
is_complete() {
	[ "$(major_of "$1")" -ge 15 ] && [ -x "$("$1" --bindir)/initdb" ] &&
		[ -f "$("$1" --includedir-server)/postgres.h" ] && [ -f "$("$1" --pgxs)" ]
} 2>/dev/null

# Prints the pg_config to use: the one that was asked for, else the first complete one.
find_pg_config() {
	local candidate
	for candidate in ${pg_config_given:-$(type -p pg_config) $(ls -vr /usr/lib/postgresql/*/bin/pg_config 2>/dev/null)}; do
		if is_complete "$candidate"; then
			type -p "$candidate"
			return
		fi
	done
	return 1
}

# make_in FOLDER [ARGUMENT…]: runs the Makefile for $PG_CONFIG in a folder of its own under build/.
make_in() {
	local folder=$build/$1
	shift
	mkdir -p "$folder"
	make -s -j "$jobs" -C "$folder" -f "$root/Makefile" PG_CONFIG="$PG_CONFIG" ${CXX:+CXX="$CXX"} "$@"
}

# Other versions than this one differ in details, which would be changed to and fro.
find_clang_format() {
	local candidate
	for candidate in clang-format-14 clang-format; do
		if [[ $("$candidate" --version 2>/dev/null) == *' version 14.'* ]]; then
			type -p "$candidate"
			return
		fi
	done
	return 1
}

# ---- Debian's packages, without touching the machine's own

# Where servers of other versions and kinds are kept.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/linkgress

# Prints the Debian mirror that this machine is configured with.
debian_mirror() {
	local mirror
	mirror=$(. /etc/os-release && apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		awk -v name="${VERSION_CODENAME:-none}" '$1 == name || $1 ~ /^(stable|testing|unstable|sid)$/ { print $2; exit }')
	[[ $mirror == */debian/ ]] && echo "$mirror"
}

# private_apt FOLDER TYPE RELEASE: an apt of its own in FOLDER/apt, for packages (TYPE deb) or sources (deb-src),
# which shares only the machine's keys and its way to the network: it knows nothing but that release, and no hook
# of the machine's runs. To be used as apt-get -c FOLDER/apt/apt.conf.
private_apt() {
	local folder=$1/apt
	mkdir -p "$folder/lists" "$folder/cache"
	echo "$2 [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(debian_mirror) $3 main" >"$folder/sources.list"
	cat >"$folder/apt.conf" <<-END
		Dir::Etc::SourceList "$folder/sources.list";
		Dir::Etc::SourceParts "-";
		Dir::State::Lists "$folder/lists";
		Dir::State::Status "/dev/null";
		Dir::Cache "$folder/cache";
		APT::Sandbox::User "";
		#clear APT::Update::Post-Invoke;
		#clear APT::Update::Post-Invoke-Success;
	END
	apt-get -c "$folder/apt.conf" update >"$folder/log" 2>&1
}

# ---- The temp folder: all that a run leaves behind, apart from build/

# In /tmp whatever TMPDIR says: the path of a socket is short, and the server's user must get there.
make_work_folder() {
	work=$(mktemp -d /tmp/linkgress.XXXXXX)
	trap remove_work_folder EXIT
	if [ "$(id -u)" = 0 ]; then
		chown "$server_user" "$work"
	fi
}

# Ends every server that lives in the folder, then the folder. Runs however the script ends: bash
# comes here after a signal too.
remove_work_folder() {
	trap '' INT TERM HUP
	local file pid
	for file in $(find "$work" -name postmaster.pid); do
		pid=$(head -n 1 "$file")
		kill -QUIT "$pid" 2>/dev/null || continue
		for _ in $(seq 100); do
			kill -0 "$pid" 2>/dev/null || break
			sleep 0.1
		done
	done
	rm -rf "$work"
}

# ---- The private server

# A server refuses to run as root; then it runs as the user that PostgreSQL's packages create.
server_user=$(id -un postgres 2>/dev/null || echo nobody)

as_server_user() (
	cd "$work"
	if [ "$(id -u)" = 0 ]; then
		HOME=$work exec runuser -u "$server_user" -- "$@"
	else
		exec "$@"
	fi
)

# Copies the installation that PG_CONFIG names below the temp folder, and lets PG_CONFIG name the
# copy. That needs no rights and leaves the machine's own installation alone. It works because
# PostgreSQL's programs find their files by the way that leads there from their own folder.
private_install() {
	local folder programs
	for folder in "$("$PG_CONFIG" --pkglibdir)" "$("$PG_CONFIG" --sharedir)"; do
		mkdir -p "$work/root${folder%/*}"
		cp -a "$folder" "$work/root$folder"
	done
	rm -f "$work/root$folder/extension/linkgress"*

	folder=$("$PG_CONFIG" --bindir)
	programs=$(cd "$folder" && ls -d postgres initdb psql pg* create{db,user} drop{db,user} 2>/dev/null | sort -u)
	mkdir -p "$work/root$folder"
	(cd "$folder" && cp $programs "$work/root$folder")
	PG_CONFIG=$work/root$folder/pg_config
}

# start_server NAME [SETTING=VALUE…]: a new server, reached only through a socket in the temp
# folder. What is run from here on is connected to it by its environment.
start_server() {
	local data=$work/$1 bindir
	shift
	bindir=$("$PG_CONFIG" --bindir)
	as_server_user "$bindir/initdb" -D "$data" -U postgres -A trust -E UTF8 --no-locale --no-sync >"$work/initdb.log" 2>&1 ||
		die "$(cat "$work/initdb.log")"
	printf '%s\n' "listen_addresses = ''" "unix_socket_directories = '$work'" 'fsync = off' "$@" >>"$data/postgresql.conf"
	as_server_user "$bindir/pg_ctl" -D "$data" -l "$data/server.log" -w -s start ||
		die "$(cat "$data/server.log")"
	export PGHOST=$work PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
	export PATH=$bindir:$PATH
}

stop_server() {
	as_server_user "$("$PG_CONFIG" --bindir)/pg_ctl" -D "$work/$1" -w -s -m fast stop
}
