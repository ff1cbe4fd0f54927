# Linkgress. Building and installing is ordinary PGXS:
#
#   make && sudo make install                  for the pg_config in the PATH
#   make PG_CONFIG=/path/to/pg_config install  for another one
#   make installcheck                          pg_regress and isolation tests, on a running server
#
# These need nothing but make. They install what is missing (on Debian and Ubuntu), build, and
# use a throwaway server of their own:
#
#   make demo               an application's migrations, applied and reverted
#   make check              every test
#   make check-versions     pg_regress, isolation, bridge and unit tests on each supported major version
#   make check-roundtrip    from one schema to another and back, for hundreds of cases and random schemas
#   make check-faults       full disks and tables, killed processes, a clock that is set back
#   make check-sanitizers   the SQL tests under AddressSanitizer and UndefinedBehaviorSanitizer
#   make check-asserts      the SQL tests on a server that checks its assertions, which is built first (minutes)
#   make coverage           lines executed by the SQL tests, for each source file
#   make bench              timings
#   make check-all          all of these, and more of what goes by chance; takes hours
#   make fuzz               a minute of random texts, snapshots, pairs of them, and models; scripts/fuzz SECONDS for longer
#   make fuzz-calls         a minute of hostile calls of every function; scripts/fuzz-calls SECONDS for longer
#   make format             clang-format

scripted = demo check check-all check-versions check-roundtrip check-faults check-sanitizers check-asserts coverage bench fuzz fuzz-calls \
	format
top := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))

ifneq ($(filter $(scripted),$(MAKECMDGOALS)),)

# There may be no pg_config yet, so no PGXS here.
.PHONY: $(MAKECMDGOALS)
.NOTPARALLEL:

$(filter $(scripted),$(MAKECMDGOALS)):
	@$(top)/scripts/$@

$(filter-out $(scripted),$(MAKECMDGOALS)):
	@$(MAKE) --no-print-directory -f $(top)/Makefile $@

else

EXTENSION = linkgress
MODULE_big = linkgress
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(top)/linkgress.control)

# CMakeLists.txt collects the same files in the same way.
sources := $(patsubst $(top)/%,%,$(wildcard $(top)/src/*.cpp $(top)/src/*/*.cpp $(top)/src/*/*/*.cpp))
OBJS = $(sources:.cpp=.o)

# The bridge has a test module of its own: pg, with entry points that misbehave on purpose.
bridge_test = bridge_test$(DLSUFFIX)
bridge_test_objs := $(patsubst $(top)/%.cpp,%.o,$(wildcard $(top)/test/bridge/*.cpp))

# The install script is put together from src/api. Scripts of older versions, and those that lead
# from one version to the next, stay in upgrade/ as they were released.
api_sql := $(patsubst %,$(top)/src/api/%.sql,$(basename $(shell cat $(top)/src/api/order)))
DATA = $(patsubst $(top)/%,%,$(wildcard $(top)/upgrade/*.sql $(top)/upgrade/*.control))
DATA_built = linkgress--$(EXTVERSION).sql

REGRESS = $(basename $(notdir $(wildcard $(top)/sql/*.sql)))
ISOLATION = $(basename $(notdir $(wildcard $(top)/test/isolation/specs/*.spec)))
ISOLATION_OPTS = --inputdir=$(top)/test/isolation

# As system headers, PostgreSQL's are not subject to our warnings.
PG_CPPFLAGS = -I$(top)/src -isystem $(shell $(PG_CONFIG) --includedir-server)
SHLIB_LINK += -lstdc++
EXTRA_CLEAN = $(OBJS:.o=.d) $(bridge_test) $(bridge_test_objs) $(bridge_test_objs:.o=.d) build

# Bitcode is for inlining into queries; no function here is worth it.
override with_llvm = no

PG_CONFIG = pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# Warnings are errors with the compilers that we develop with, g++ 12 and clang++ 14. g++ 13 takes loops
# of {fmt} 9, once inlined, for writes behind the end of an array.
compiler := $(shell $(CXX) -dumpversion)
warnings = -Wall -Wextra
warnings += $(if $(filter 12 14.0.%,$(compiler)),-Werror)
warnings += $(if $(filter 13,$(compiler)),-Wno-array-bounds -Wno-stringop-overflow)

# Instead of PostgreSQL's own flags, which are made for the compiler that it was built with; but COPT and
# PROFILE have the meaning that they have there.
override CXXFLAGS := -std=c++20 -O2 -g $(CFLAGS_SL) -fvisibility=hidden -fno-strict-aliasing -fwrapv \
	-MMD -MP $(warnings) $(COPT) $(PROFILE)

# Look in the source folder for sources only: with VPATH, objects left there by a build in the
# source folder would end up in a build elsewhere.
VPATH =
vpath %.cpp $(top)
vpath %.control $(top)

objects := $(OBJS) $(bridge_test_objs)
$(objects): %.o: %.cpp | $(sort $(dir $(objects)))
	$(COMPILE.cc) -o $@ $<
$(sort $(dir $(objects))):
	$(MKDIR_P) $@
-include $(objects:.o=.d)

$(DATA_built): $(api_sql) $(top)/src/api/order $(top)/linkgress.control
	{ printf '%s\n' '\echo Use "CREATE EXTENSION linkgress" to load this file. \quit'; cat $(api_sql); } >$@

$(bridge_test): $(bridge_test_objs) $(filter src/core/% src/pg/%,$(OBJS))
	$(LINK.shared) -o $@ $^ $(LDFLAGS) $(LDFLAGS_SL) $(SHLIB_LINK)

.PHONY: install-bridge-test installcheck-bridge installcheck-hostile
install-bridge-test: $(bridge_test)
	$(INSTALL_SHLIB) $< '$(DESTDIR)$(pkglibdir)/$<'

installcheck-bridge:
	$(MKDIR_P) bridge
	$(pg_regress_installcheck) --inputdir=$(top)/test/bridge --outputdir=bridge --dbname=bridge_regression \
		$(basename $(notdir $(wildcard $(top)/test/bridge/sql/*.sql)))

# Regression tests in a database that somebody hostile has prepared: those that show nothing of what is in all schemas.
HOSTILE = register migrate rollback repeatable session refusals settings

installcheck-hostile:
	$(MKDIR_P) hostile
	psql -qXc 'DROP DATABASE IF EXISTS hostile_regression' -c 'DROP ROLE IF EXISTS regress_hostile' \
		-c 'CREATE DATABASE hostile_regression TEMPLATE template0' postgres
	psql -qXo /dev/null -f $(top)/test/hostile/environment.sql hostile_regression
	$(pg_regress_installcheck) --inputdir=$(top) --outputdir=hostile --dbname=hostile_regression --use-existing \
		$(HOSTILE)
	$(MKDIR_P) hostile/own
	$(pg_regress_installcheck) --inputdir=$(top)/test/hostile --outputdir=hostile/own --dbname=hostile_regression \
		--use-existing $(basename $(notdir $(wildcard $(top)/test/hostile/sql/*.sql)))

endif
