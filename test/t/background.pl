# What cannot run in a transaction is run by a worker: among sessions that write, with many callers
# at once, and as the caller's double in roles, settings and texts.

use strict;
use warnings;
use utf8;

use Encode qw(decode encode);
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $gate = 4711;
my $up = 'CALL linkgress.up()';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
# Its snapshots would be among those that a concurrent build waits for.
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;

# An event trigger writes down every index that is made, as the bodies do what they do.
$node->safe_psql('postgres', q{CREATE DATABASE prepared ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0});
$node->safe_psql('prepared', q{
	CREATE EXTENSION linkgress;
	CREATE TABLE ran (what text, pid int DEFAULT pg_backend_pid());
	CREATE FUNCTION note_index() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS
	$$ BEGIN INSERT INTO public.ran SELECT object_identity FROM pg_event_trigger_ddl_commands(); END $$;
	CREATE EVENT TRIGGER note_index ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION note_index();
	CREATE TABLE t (a int);
	INSERT INTO t SELECT generate_series(1, 1000)});

my $databases = 0;
sub new_database
{
	my $database = 'worker_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	return $database;
}

# Waits until the database's worker is in the state that the condition tells of.
sub wait_for_worker
{
	my ($observer, $condition) = @_;
	return $observer->wait_until("SELECT coalesce(bool_and($condition), false) FROM pg_stat_activity
		WHERE backend_type = 'linkgress' AND datname = current_database()");
}

sub errors
{
	my @answers = @_;
	return join "\n", grep { /ERROR|FATAL|PANIC|WARNING/ } map { $_->{err} } @answers;
}

my $ran = q{SELECT string_agg(what, ' ' ORDER BY what) FROM ran};

# ---- Indexes of a table that others write to all the time

{
	my $database = new_database();
	my ($observer, $opener, $reader, $caller, @writers) = map { Session->new($node, $database) } 1 .. 7;
	$observer->safe(q{
		CREATE EXTENSION amcheck;
		CREATE TABLE busy (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, writer int, n int, touched int);
		INSERT INTO busy (writer, n, touched) SELECT 0, i, i FROM generate_series(1, 5000) i;
		CREATE TABLE stop (x int);
		CREATE PROCEDURE write_on(me int) LANGUAGE plpgsql AS $$
		DECLARE
			i int := 0;
		BEGIN
			LOOP
				i := i + 1;
				INSERT INTO busy (writer, n, touched) VALUES (me, i, 0);
				UPDATE busy SET touched = i WHERE id = 1 + (i * me) % 5000;
				DELETE FROM busy WHERE id = lastval() AND i % 10 = 0;
				COMMIT;
				EXIT WHEN EXISTS (SELECT FROM stop);
			END LOOP;
		END $$;
		SELECT linkgress.register('b1', E'CREATE INDEX CONCURRENTLY busy_touched ON busy (touched);\n'
			'CREATE UNIQUE INDEX CONCURRENTLY busy_key ON busy (writer, n);\nREINDEX INDEX CONCURRENTLY busy_touched')});
	my $blocked_by = 'pg_blocking_pids(pid) = ARRAY[%d]';

	$opener->safe('BEGIN; INSERT INTO busy (writer, n, touched) VALUES (99, 1, 1)');
	$writers[$_ - 1]->send("CALL write_on($_)") foreach 1 .. 3;
	$caller->send($up);
	wait_for_worker($observer, sprintf($blocked_by, $opener->pid) . q{ AND query LIKE 'CREATE INDEX CONCURRENTLY busy_touched%'});
	is($observer->safe('SELECT backend_xmin IS NULL AND backend_xid IS NULL FROM pg_stat_activity WHERE pid = ' . $caller->pid),
		't', 'while it waits, the caller holds no snapshot');
	is($observer->safe(q{SELECT state, progress, migration, statement FROM linkgress.runs()}), 'running|1 of 1|b1|1 of 3',
		'runs() shows the statement');
	my $last = $observer->safe('SELECT max(id) FROM busy');
	ok($observer->wait_until("SELECT max(id) > $last + 300 AND count(DISTINCT writer) = 3 FROM busy WHERE id > $last"),
		'the writers are not held up by a build that waits');

	$reader->safe('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM busy');
	$opener->safe('COMMIT');
	ok(wait_for_worker($observer, sprintf($blocked_by, $reader->pid)), 'then it waits for a snapshot');
	$reader->safe('COMMIT');
	is(errors($caller->answer), '', 'the build ends without a deadlock');
	$observer->safe('INSERT INTO stop VALUES (1)');
	is(errors(map { $_->answer } @writers), '', 'no writer has met with an error');

	is($observer->safe(q{SELECT string_agg(relname || ' ' || indisvalid || ' ' || indisready, ', ' ORDER BY relname)
			FROM pg_index JOIN pg_class ON oid = indexrelid WHERE indrelid = 'busy'::regclass}),
		'busy_key true true, busy_pkey true true, busy_touched true true', 'the indexes are valid, and there are no others');
	$observer->safe(q{SELECT bt_index_check(indexrelid, true) FROM pg_index WHERE indrelid = 'busy'::regclass});
	pass('every row is in every index');
	is($observer->safe(q{SELECT count(*) FROM (SELECT writer FROM busy WHERE writer BETWEEN 1 AND 3
			GROUP BY writer HAVING count(*) <> max(n) / 10 * 9 + max(n) % 10 AND count(*) <> max(n)) wrong}), '0',
		'the writers lost nothing');
	is($observer->safe($ran), 'public.busy_key public.busy_touched', 'each index was built once');
	$_->quit foreach $observer, $opener, $reader, $caller, @writers;
}

# ---- Eight callers while the build waits

my $body = join ";\n", q{INSERT INTO ran VALUES ('first')}, 'VACUUM t', (map { "CREATE INDEX CONCURRENTLY t_$_ ON t (a)" } 10 .. 29),
	q{INSERT INTO ran VALUES ('last')};
my $each_once = join ' ', 'first', 'last', map { "public.t_$_" } 10 .. 29;

sub check_each_once
{
	my ($database, $what) = @_;
	is($node->safe_psql($database, $ran), $each_once, "$what: each statement once");
	is($node->safe_psql($database, 'SELECT count(DISTINCT pid) FROM ran'), '1', "$what: by one worker");
	is($node->safe_psql($database, q{SELECT string_agg(action || coalesce(sqlstate, ''), ' ') FROM linkgress.history}), 'apply',
		"$what: the history has it once");
	is($node->safe_psql($database, q{SELECT count(*), bool_and(indisvalid) FROM pg_index WHERE indrelid = 't'::regclass}), '20|t',
		"$what: the indexes are valid");
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'linkgress'}), '0',
		"$what: no worker is left");
	return;
}

{
	my $database = new_database();
	my ($observer, $opener, $runner, @others) = map { Session->new($node, $database) } 1 .. 10;
	$observer->safe("SELECT linkgress.register('c1', \$\$$body\$\$)");
	$opener->safe('BEGIN; INSERT INTO t VALUES (0)');
	$runner->send($up);
	wait_for_worker($observer, 'pg_blocking_pids(pid) = ARRAY[' . $opener->pid . ']');
	my %call = map { $_ => ($up, 'SELECT linkgress.migrate()')[ $_ % 2 ] } 0 .. 6;
	$others[$_]->send($call{$_}) foreach 0 .. 6;
	foreach my $i (0 .. 6)
	{
		$others[$i]{run}->pump until $others[$i]{err} =~ /waiting for another run: pid (\d+)/;
		is($1, $runner->pid, "$call{$i} waits for the session, not for its worker");
	}
	$opener->safe('COMMIT');
	is(errors($runner->answer), '', 'the run that was first is not disturbed');
	foreach my $i (0 .. 6)
	{
		my $answer = $others[$i]->answer;
		if ($i % 2)    # its snapshot is in the way
		{
			like($answer->{err}, qr/ERROR:  55P03: another run is in progress.*\n.*DETAIL:  It waits for locks or a snapshot/,
				'migrate() gives up, lest the build wait for it');
			is(errors($others[$i]->query($call{$i})), '', 'and finds it done when it is called again');
		}
		else
		{
			is(errors($answer), '', 'up() waits');
		}
	}
	check_each_once($database, 'callers at a build that waits');
	$_->quit foreach $observer, $opener, $runner, @others;
}

# ---- All at once

foreach my $case ([ '4 x up(), 4 x migrate()', ($up, 'SELECT linkgress.migrate()') x 4 ], [ '16 x up()', ($up) x 16 ])
{
	my ($what, @calls) = @$case;
	my $database = new_database();
	my $starter = Session->new($node, $database);
	$starter->safe("SELECT linkgress.register('c1', \$\$$body\$\$); SELECT pg_advisory_lock($gate)");
	my @sessions = map { Session->new($node, $database) } @calls;
	$sessions[$_]->send("SELECT pg_advisory_lock_shared($gate); $calls[$_]") foreach 0 .. $#calls;
	$starter->wait_for_gate($_) foreach @sessions;
	$starter->safe('SELECT pg_advisory_unlock_all()');
	foreach my $i (0 .. $#calls)
	{
		my $error = errors($sessions[$i]->answer);
		if ($calls[$i] eq $up)
		{
			is($error, '', "$what: up() succeeds");
		}
		else
		{
			# It came first, it came in between, or it came last.
			like($error, qr/ERROR:  25001: migration "c1" cannot be applied|ERROR:  55P03: another run is in progress|^$/,
				"$what: migrate() says why not");
		}
	}
	check_each_once($database, $what);
	$_->quit foreach @sessions, $starter;
}

# ---- Roles

{
	my $database = new_database();
	my $admin = Session->new($node, $database);
	$admin->safe(q{
		CREATE ROLE app NOLOGIN; CREATE ROLE deployer LOGIN IN ROLE app; CREATE ROLE stranger LOGIN;
		CREATE SCHEMA app AUTHORIZATION app;
		SELECT linkgress.grant_access('app', 'author,operator'), linkgress.grant_access('deployer', 'author,operator');
		SELECT linkgress.grant_access('stranger', 'author')});
	my $deployer = Session->new($node, $database, user => 'deployer');
	my $stranger = Session->new($node, $database, user => 'stranger');

	$deployer->safe('SET ROLE app');
	$deployer->safe(q{SELECT linkgress.register('r1', 'CREATE TABLE app.who AS SELECT current_user::text AS effective, session_user::text AS login, pg_backend_pid() AS pid;
		CREATE INDEX CONCURRENTLY who_i ON app.who (login);
		VACUUM app.who;
		DO $$ BEGIN INSERT INTO app.who VALUES (current_user, session_user); END $$')});
	$deployer->safe($up);
	is($deployer->safe('SELECT DISTINCT effective, login FROM app.who'), 'app|deployer', 'the body has the roles of the session');
	is($deployer->safe('SELECT count(*) FROM app.who WHERE pid = pg_backend_pid()'), '0', 'in another process');
	is($admin->safe(q{SELECT DISTINCT relowner::regrole FROM pg_class WHERE relname IN ('who', 'who_i')}), 'app',
		'what it makes belongs to the role that was set');
	is($admin->safe(q{SELECT applied_by FROM linkgress.applied()}), 'app', 'the journal has that role');

	# The role app may not act as deployer.
	foreach my $statement ('RESET ROLE', 'SET ROLE NONE', 'SET SESSION AUTHORIZATION DEFAULT',
		q{SELECT set_config('role', 'none', false)}, q{DO $$ BEGIN PERFORM set_config('role', 'none', false); END $$},
		q{DO $$ BEGIN COMMIT; RESET ROLE; END $$})
	{
		my $quoted = $statement =~ s/'/''/gr;
		$deployer->safe("SELECT linkgress.register('r2', 'VACUUM app.who; $quoted; CREATE TABLE app.mine ()')");
		like($deployer->query($up)->{err}, qr/ERROR:  (?:42501|2D000): migration "r2" failed at statement 2, line 1: /,
			"$statement: refused to an author who may not act as the session's role");
		is($deployer->safe(q{SELECT current_user}), 'app', "$statement: the session is who it was");
	}
	# One who may is not kept from it.
	$deployer->safe(q{RESET ROLE; SELECT linkgress.register('r2', 'VACUUM app.who; RESET ROLE; INSERT INTO app.who VALUES (current_user)');
		SET ROLE app});
	$deployer->safe($up);
	is($deployer->safe(q{SELECT count(*) FROM app.who WHERE effective = 'deployer'}), '1', 'an author who may is not kept from it');
	is($deployer->safe('SELECT count(*) FROM linkgress.applied() WHERE applied_by = current_user'), '2', 'the note is still by the caller');

	$stranger->safe(q{SELECT linkgress.register('r3', 'VACUUM; CREATE TABLE app.theirs ()')});
	like($deployer->query($up)->{err}, qr/ERROR:  42501: migration "r3" must not run as role "app"/, 'a text of a stranger is not run');
	is($admin->safe(q{SELECT state FROM linkgress.status() WHERE name = 'r3'}), 'pending', 'nothing of it');
	# Nor the rest of one that was begun
	$deployer->safe(q{RESET ROLE; SET ROLE app; SELECT linkgress.approve('r3')});
	$stranger->safe(q{SELECT linkgress.register('r3', 'VACUUM; SELECT 1/0')});
	$deployer->safe(q{SELECT linkgress.approve('r3')});
	like($deployer->query($up)->{err}, qr/ERROR:  22012/, 'approved, it is run');
	$stranger->safe(q{SELECT linkgress.register('r3', 'VACUUM; CREATE TABLE app.theirs ()')});
	like($deployer->query($up)->{err}, qr/ERROR:  42501: migration "r3" must not run as role "app"/,
		'what a stranger puts in the place of the rest is not');
	is($admin->safe(q{SELECT to_regclass('app.theirs') IS NULL, (SELECT note ~ '^partial .1 of 2.' FROM linkgress.status() WHERE name = 'r3')}),
		't|t', 'nothing of that, either');
	$_->quit foreach $admin, $deployer, $stranger;
}

# ---- Settings

{
	my $database = new_database();
	$node->safe_psql($database, qq{ALTER DATABASE $database SET work_mem = '9MB'; ALTER DATABASE $database SET my.other = 'base'});
	my $session = Session->new($node, $database, settings => { 'DateStyle' => 'SQL,DMY', client_min_messages => 'warning' });
	$session->safe(encode('UTF-8', q{
		CREATE SCHEMA "Größe";
		CREATE TABLE "Größe".seen (name text, setting text);
		SELECT linkgress.register('s1', 'VACUUM; DO $x$ BEGIN END $x$; INSERT INTO seen SELECT name, setting FROM pg_settings;
			INSERT INTO seen SELECT n, current_setting(n, true) FROM unnest(ARRAY[''my.setting'', ''my.other'', ''my.late'', ''role'']) n');
		SET search_path = "Größe", pg_temp; SET work_mem = '4MB'; SET my.setting = 'it''s "ö" '; SET my.other = 'mine'; SET lock_timeout = '7s';
		SET TimeZone = '+03:30'; SET linkgress.lock_retries = 3; SET session_replication_role = replica;
		SET plpgsql.extra_warnings = 'shadowed_variables'; SET statement_timeout = '100s';
		DO $$ BEGIN PERFORM set_config('my.late', '', false); END $$}));
	$session->safe($up);
	is($session->safe(q{SELECT p.name, p.setting, s.setting FROM pg_settings p FULL JOIN (SELECT * FROM seen WHERE name !~ '^my|^role$') s
			USING (name) WHERE p.setting IS DISTINCT FROM s.setting AND name <> 'application_name' ORDER BY 1}), '',
		'all settings of the session are those of the worker');
	is($session->safe(q{SELECT setting FROM seen WHERE name = 'application_name'}), 'linkgress [1/1] s1', 'but for application_name');
	is($session->safe(q{SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM seen
			WHERE name IN ('search_path', 'work_mem', 'lock_timeout', 'DateStyle')}),
		encode('UTF-8', 'DateStyle=SQL, DMY,lock_timeout=7000,search_path="Größe", pg_temp,work_mem=4096'),
		'among them those that matter');
	is($session->safe(q{SELECT name || '=' || coalesce(setting, 'NULL') FROM seen WHERE name ~ '^my|^role$' ORDER BY name}),
		encode('UTF-8', qq{my.late=\nmy.other=mine\nmy.setting=it's "ö" \nrole=none}), 'settings that nobody has defined, too');
	$session->quit;
}

# Anybody may make the setting of a library that is not loaded yet. When it is, it is looked at whether he may.
{
	my $database = new_database();
	my $admin = Session->new($node, $database);
	$admin->safe(q{CREATE ROLE setter LOGIN; CREATE SCHEMA setter AUTHORIZATION setter;
		CREATE TABLE setter.seen (value text); ALTER TABLE setter.seen OWNER TO setter;
		SELECT linkgress.grant_access('setter', 'author,operator')});
	my $seen = sub {
		my ($name, $as) = @_;
		my $session = Session->new($node, $database, user => 'setter', settings => { client_min_messages => 'error' });
		$session->safe("SET $_") foreach @$as, q{plpgsql.variable_conflict = 'use_column'};
		$session->safe(qq{SELECT linkgress.register('$name', 'VACUUM setter.seen;
			DO \$\$ BEGIN INSERT INTO setter.seen VALUES (current_setting(''plpgsql.variable_conflict'')); END \$\$;
			INSERT INTO setter.seen VALUES (current_setting(''plpgsql.variable_conflict''))')});
		$session->safe($up);
		$session->quit;
		my $values = $admin->safe("SELECT string_agg(DISTINCT value, ',') FROM setter.seen");
		$admin->safe('TRUNCATE setter.seen');
		return $values;
	};
	is($seen->('p1', []), 'error', 'a setting that the session may not make is not made in the worker');
	$admin->safe('GRANT SET ON PARAMETER plpgsql.variable_conflict TO setter');
	is($seen->('p2', []), 'use_column', 'one that it may make is');
	$admin->safe('REVOKE SET ON PARAMETER plpgsql.variable_conflict FROM setter');
	is($admin->safe(q{SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname = 'setter'}), 'f', 'nobody is superuser');
	$admin->quit;
}

# ---- Texts: another encoding, notices on the way, whole errors

sub latin1 { my ($text) = @_; return encode('iso-8859-1', $text) }
sub from_latin1 { my ($bytes) = @_; return decode('iso-8859-1', $bytes) }

{
	my $database = new_database();
	my $observer = Session->new($node, $database);
	my $session = Session->new($node, $database, settings => { client_encoding => 'LATIN1' });
	$session->safe(latin1(qq{SELECT linkgress.register('größe', \$body\$CREATE TABLE "straße" ("größe" text CONSTRAINT "prüfung" CHECK ("größe" <> 'ä'));
VACUUM "straße";
DO \$\$ BEGIN RAISE NOTICE 'Überlauf %', 'é' USING DETAIL = 'Näheres', HINT = 'Çà'; END \$\$;
SELECT pg_advisory_lock($gate);
DO \$\$ BEGIN RAISE WARNING 'spät'; FOR i IN 1..20000 LOOP RAISE NOTICE 'ü %', i; END LOOP; RAISE NOTICE '%', repeat('ö', 300000); END \$\$;
INSERT INTO "straße" VALUES ('ä')\$body\$)}));
	$observer->safe("SELECT pg_advisory_lock($gate)");
	$session->send($up);
	$session->{run}->pump until $session->{err} =~ /NOTICE:  00000: .*berlauf.*HINT:  \S+\n/s;
	wait_for_worker($observer, q{wait_event = 'advisory'});
	ok(!$session->is_done, 'a notice comes while the migration runs');
	like(from_latin1($session->{err}), qr/NOTICE:  00000: Überlauf é\nDETAIL:  Näheres\nHINT:  Çà\n/, 'in the client\'s encoding');
	$observer->safe('SELECT pg_advisory_unlock_all()');
	my $error = from_latin1($session->answer->{err});
	like($error, qr/WARNING:  01000: spät\n/, 'warnings come, too');
	is(join(' ', $error =~ /NOTICE:  00000: ü (\d+)\n/g), join(' ', 1 .. 20000), 'any number of notices, in order');
	ok($error =~ /NOTICE:  00000: (ö+)\n/ && length $1 == 300_000, 'of any length');
	my ($report) = $error =~ /(ERROR:  .*)/s;
	like($report, qr/^ERROR:  23514: migration "größe" failed at statement 6, line 6: new row for relation "straße" violates check constraint "prüfung"\n/,
		'an error comes with its SQLSTATE');
	like($report, qr/^DETAIL:  Failing row contains \(ä\)\.\nmigration="größe", direction=up, statement=6, line=6, column=1\n/m, 'with its detail');
	like($report, qr/^SCHEMA NAME:  public\nTABLE NAME:  straße\nCONSTRAINT NAME:  prüfung\n/m, 'with the names of what is concerned');

	$session->safe(latin1(qq{SELECT linkgress.register('größe', replace(up, \$\$INSERT INTO "straße" VALUES ('ä')\$\$, \$body\$DO \$\$ BEGIN
	RAISE EXCEPTION USING ERRCODE = 'LG042', MESSAGE = 'Fehlschläge', DETAIL = 'Näheres', HINT = 'Çà', SCHEMA = 'ä', TABLE = 'ö',
		COLUMN = 'ü', DATATYPE = 'ß', CONSTRAINT = 'é'; END \$\$\$body\$)) FROM linkgress.migration}));
	$error = from_latin1($session->query($up)->{err});
	like($error, qr/^(?:psql:\S+ )?ERROR:  LG042: migration "größe" failed at statement 6, line 6: Fehlschläge
DETAIL:  Näheres\nmigration="größe", direction=up, statement=6, line=6, column=1\nHINT:  Çà\n(?:QUERY:  .*?)?CONTEXT:  PL\/pgSQL function inline_code_block line 2 at RAISE
SCHEMA NAME:  ä\nTABLE NAME:  ö\nCOLUMN NAME:  ü\nDATATYPE NAME:  ß\nCONSTRAINT NAME:  é\n/s, 'an error that a body raises is whole');
	is($observer->safe(q{SELECT sqlstate, message, detail, hint, context, statement FROM linkgress.history ORDER BY id DESC LIMIT 1}),
		encode('UTF-8', qq{LG042|migration "größe" failed at statement 6, line 6: Fehlschläge|Näheres
migration="größe", direction=up, statement=6, line=6, column=1|Çà|PL/pgSQL function inline_code_block line 2 at RAISE|6}), 'and so it is in the history');
	$_->quit foreach $observer, $session;
}

# ---- Large bodies

{
	my $database = new_database();
	my $session = Session->new($node, $database);
	$session->safe(q{
		CREATE TABLE large (id int, x text);
		SELECT linkgress.register('l1', 'VACUUM large; INSERT INTO large VALUES (0, ' || quote_literal(repeat('x', 2000000)) || ') /* '
			|| repeat('comment ', 125000) || ' */');
		SELECT linkgress.register('l2', string_agg(format('INSERT INTO large VALUES (%s, %L)', i, repeat('y', 1000)), E';\n' ORDER BY i),
			transactional => false) FROM generate_series(1, 3000) i;
		SELECT linkgress.register('l3', 'VACUUM; SELECT ' || quote_literal(repeat('x', 3000000)) || '::int')});
	my $answer = $session->query($up);
	like($answer->{err}, qr/ERROR:  22P02: migration "l3" failed at statement 2, line 1: invalid input syntax for type integer: "x+/,
		'a large statement that fails says so');
	cmp_ok(length $answer->{err}, '<', 10_000, 'with an excerpt of the statement');
	is($session->safe('SELECT length(x) FROM large WHERE id = 0'), '2000000', 'a large statement is run');
	is($session->safe(q{SELECT count(*), count(DISTINCT id), min(length(x)), max(id) FROM large WHERE id > 0}), '3000|3000|1000|3000', 'many statements are run');
	is($session->safe(q{SELECT count(DISTINCT xmin::text) FROM large WHERE id > 0}), '3000', 'each in a transaction of its own');
	is($session->safe(q{SELECT count(*) FROM linkgress.partial_statement WHERE name <> 'l3'}), '0', 'no note is left');
	$session->quit;
}

# ---- The registry while a worker is at the first statement, with nothing noted yet

{
	my $database = new_database();
	my ($observer, $keeper, $caller) = map { Session->new($node, $database) } 1 .. 3;
	$observer->safe(qq{INSERT INTO linkgress.migration (name, up, down, transactional)
		VALUES ('m', 'SELECT pg_advisory_lock($gate); INSERT INTO ran VALUES (''m'')', '', false)});
	$keeper->safe("SELECT pg_advisory_lock($gate)");
	$caller->send($up);
	wait_for_worker($observer, q{wait_event = 'advisory'});
	foreach my $change ("UPDATE linkgress.migration SET up = 'SELECT 1'", "UPDATE linkgress.migration SET down = 'SELECT 1'",
		"UPDATE linkgress.migration SET name = 'n'", "SELECT linkgress.register('m', 'SELECT 1')",
		'DELETE FROM linkgress.migration', 'TRUNCATE linkgress.migration')
	{
		like($observer->query($change)->{err}, qr/ERROR:  55006: cannot .* (which is running|while a run is in progress)/,
			"$change is refused while a worker runs the migration");
	}
	is($observer->query("UPDATE linkgress.migration SET description = 'running'")->{err}, '', 'what it is for can be said');
	is($observer->safe('SELECT count(*) FROM linkgress.validate()'), '0', 'there is nothing to be mended about it');
	$keeper->safe("SELECT pg_advisory_unlock($gate)");
	is(errors($caller->answer), '', 'the run is not disturbed');
	is($observer->safe($ran), 'm', 'what was registered is what was run');
	is($observer->safe('SELECT name, state FROM linkgress.status()'), 'm|applied', 'and recorded');
	$_->quit foreach $observer, $keeper, $caller;
}

$node->stop;
done_testing();
