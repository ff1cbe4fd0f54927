# Runs in the background: they need no client, and linkgress.runs() shows how far they are and how
# they ended. It shows the runs of other sessions, too.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $gate = 4711;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'max_worker_processes = 20');
$node->start;

# The second of three migrations stops at its second statement while the gate is shut. Where it
# cannot run in a transaction, the gate is an old transaction, which the index build waits for.
$node->safe_psql('postgres', q{CREATE DATABASE prepared; CREATE DATABASE prepared_index;
	CREATE ROLE nobody LOGIN; CREATE ROLE viewer LOGIN; CREATE ROLE author LOGIN; CREATE ROLE operator LOGIN});
foreach my $database ('prepared', 'prepared_index')
{
	$node->safe_psql($database, q{
		CREATE EXTENSION linkgress;
		CREATE TABLE t AS SELECT i AS a FROM generate_series(1, 100) i;
		INSERT INTO linkgress.migration (name, up, down)
		SELECT 'm' || i, CASE i WHEN 2 THEN E'CREATE TABLE m2 ();\nSELECT pg_advisory_xact_lock(} . $gate . q{)'
			ELSE format('CREATE TABLE m%s ()', i) END, format('DROP TABLE m%s', i)
		FROM generate_series(1, 3) i});
}
$node->safe_psql('prepared_index', q{UPDATE linkgress.migration
	SET up = E'CREATE TABLE m2 ();\nCREATE INDEX CONCURRENTLY ON t (a)' WHERE name = 'm2'});

my $databases = 0;
my $database;
my ($observer, $keeper);
# Returns the event that the run is going to wait for.
sub new_database
{
	my ($kind) = @_;
	$_->quit foreach grep { defined } $observer, $keeper;
	$database = 'run_' . ++$databases;
	my $template = $kind eq 'index' ? 'prepared_index' : 'prepared';
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE $template");
	$observer = Session->new($node, $database);
	$keeper = Session->new($node, $database);
	$keeper->safe('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM t') if $kind eq 'index';
	$keeper->safe("BEGIN; SELECT pg_advisory_lock($gate)") if $kind eq 'gate';
	return $kind eq 'index' ? 'virtualxid' : 'advisory';
}

sub open_gate
{
	$keeper->safe('SELECT pg_advisory_unlock_all(); COMMIT');
	return;
}

sub session
{
	my (%options) = @_;
	return Session->new($node, $database, %options);
}

sub launch
{
	my ($arguments, %options) = @_;
	my $session = session(%options);
	my $run = $session->safe('SELECT linkgress.launch(' . ($arguments // '') . ')');
	$session->quit;
	return $run;
}

my $waits = q{FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event =};
sub wait_for_gate
{
	my ($event) = @_;
	$observer->wait_until("SELECT count(*) $waits '$event'", '1');
	return;
}

# What runs() has on a run
sub run
{
	my ($run, $columns) = @_;
	return $observer->safe('SELECT ' . ($columns // 'state, progress') . " FROM linkgress.runs() WHERE run = $run");
}

sub wait_for_end
{
	my ($run) = @_;
	$observer->wait_until(
		"SELECT count(*) FROM linkgress.runs() WHERE run = $run AND state IN ('running', 'waiting')", '0');
	return run($run);
}

# Everything that a look at a run at the gate shows
my $at_work = q{state, progress, migration, substr(statement, 1, 1), wait_event, elapsed BETWEEN '0' AND '10min',
	clock_timestamp() - started_at >= '0', message IS NULL};
my $applied = q{SELECT string_agg(name, ' ' ORDER BY id) FROM linkgress.journal};
my $nothing_left = q{SELECT NOT EXISTS (SELECT FROM pg_locks WHERE classid = 1818848875 AND database =
		(SELECT oid FROM pg_database WHERE datname = current_database()))
	AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'linkgress')};
my $runs = 'SELECT count(*) FROM linkgress.run';

# ---- A run survives its client, and others see how far it is

foreach my $kind ('gate', 'index')
{
	foreach my $end ('quit', 'terminate')
	{
		my $what = "$kind, $end";
		my $event = new_database($kind);
		my $session = session();
		my $run = $session->safe('SELECT linkgress.launch()');
		like($run, qr/^\d+$/, "$what: launch() returns the number of the run at once");
		wait_for_gate($event);
		is(run($run, $at_work), "running|2 of 3|m2|2|Lock: $event|t|t|t", "$what: runs() shows how far it is");
		is(run($run, 'call, target, started_by = current_user'), 'linkgress.launch()||t', "$what: runs() shows who began it");
		is(run($run, "pid IN (SELECT pid $waits '$event')"), 't', "$what: runs() shows the process at work");
		is($observer->safe($applied), 'm1', "$what: what is applied is committed");
		if ($end eq 'quit')
		{
			$session->quit;
		}
		else
		{
			$observer->safe('SELECT pg_terminate_backend(' . $session->pid . ')');
		}
		$observer->wait_until('SELECT count(*) FROM pg_stat_activity WHERE pid = ' . $session->pid, '0');
		is(run($run, 'state, migration'), 'running|m2', "$what: it goes on without its client");
		open_gate();
		is(wait_for_end($run), 'succeeded|3 of 3', "$what: it succeeds");
		is(run($run, 'migration, statement, wait_event, pid, message'), '||||', "$what: then it is at nothing");
		is($observer->safe($applied), 'm1 m2 m3', "$what: everything is applied");
		is($observer->safe("SELECT count(*) FROM linkgress.journal WHERE batch = $run"), '3', "$what: by that run");
		$observer->wait_until($nothing_left);
		is(launch(), '', "$what: nothing pending, no run");
		is($observer->safe($runs), '1', "$what: none at all");
		$session->quit;
	}
}

# ---- It waits for another one

{
	new_database('gate');
	my $first = launch(q{'m2'});
	wait_for_gate('advisory');
	my $second = launch();
	$observer->wait_until("SELECT count(*) FROM linkgress.runs() WHERE run = $second AND wait_event = 'Extension: Extension'", '1');
	is(run($second, 'state, progress, migration'), 'waiting||', 'a run waits for another one');
	is(run($first, 'state, target'), 'running|m2', 'which is not disturbed');
	my $third = launch(undef, settings => { 'linkgress.wait' => 'off' });
	is(wait_for_end($third), 'failed|', 'linkgress.wait = off: it does not wait');
	like(run($third, 'message'), qr/^55P03: another run is in progress: pid \d+ /, 'linkgress.wait = off: and says for whom');

	# Cancelled while it waits, and held up when it is about to record that
	my $fourth = $second;
	my $session = session();
	like($session->query('SELECT linkgress.launch()')->{err}, qr/ERROR:  55P03: another launched run is waiting for its turn already/,
		'one run that waits is enough: those behind it take no worker process');
	$session->safe("BEGIN; SELECT FROM linkgress.run WHERE id = $fourth FOR UPDATE");
	$observer->safe("SELECT pg_cancel_backend(pid) FROM linkgress.runs() WHERE run = $fourth");
	wait_for_gate('transactionid');
	isnt(run($fourth, 'state'), 'interrupted', 'a run that is about to record its end is not interrupted');
	$session->safe('COMMIT');
	is(wait_for_end($fourth), 'failed|', 'a run that waits can be cancelled');
	like(run($fourth, 'message'), qr/^57014: canceling statement due to user request/, 'runs() tells that it was cancelled');
	$session->quit;
	$second = launch();
	open_gate();
	is(wait_for_end($first), 'succeeded|2 of 2', 'the first run ends');
	is(wait_for_end($second), 'succeeded|1 of 1', 'then the other one does what is left');
	is($observer->safe(qq{SELECT string_agg(name, ' ' ORDER BY id) FROM linkgress.journal WHERE batch = $second}), 'm3', 'and only that');

	# One that finds nothing to do any more
	new_database('gate');
	my $runner = session();
	$runner->send('CALL linkgress.up()');
	wait_for_gate('advisory');
	is($observer->safe('SELECT call, state, progress, migration, started_by = current_user, pid FROM linkgress.runs()'),
		'linkgress.up()|running|2 of 3|m2|t|' . $runner->pid, "runs() shows another session's up()");
	my $run = launch();
	is(run($run, 'state'), 'waiting', "a run waits for another session's");
	open_gate();
	like(wait_for_end($run), qr/^succeeded\|/, 'a run that finds nothing to do any more succeeds');
	is($observer->safe('SELECT count(DISTINCT batch) FROM linkgress.journal'), '1', 'and does nothing');
	$runner->quit;
}

# ---- It fails

{
	new_database('none');
	$observer->safe(q{UPDATE linkgress.migration SET up = E'SELECT 1;\nSELECT 1/0' WHERE name = 'm2'});
	my $run = launch();
	is(wait_for_end($run), 'failed|1 of 3', 'a run fails');
	is(run($run, 'message'), '22012: migration "m2" failed at statement 2, line 2: division by zero', 'runs() tells why');
	is($observer->safe("SELECT name, sqlstate, statement, line FROM linkgress.history WHERE run = $run ORDER BY id DESC LIMIT 1"),
		'm2|22012|2|2', 'so does the history');
	is($observer->safe($applied), 'm1', 'what is applied stays');
	$observer->wait_until($nothing_left);

	# What can be known before is no failed run, but an error.
	my $before = $observer->safe($runs);
	my $session = session();
	$observer->safe(q{SELECT linkgress.grant_access('author', 'author')});
	like($session->query(q{SELECT linkgress.launch('m7')})->{err}, qr/ERROR:  42704: migration "m7" does not exist/, 'unknown target');
	like($session->query('BEGIN; SELECT linkgress.launch()')->{err}, qr/ERROR:  25001: /, 'in a transaction block');
	$session->safe('ROLLBACK');
	like($session->query('SELECT 1 \; SELECT linkgress.launch()')->{err}, qr/ERROR:  25001: /, 'in an implicit transaction block');
	my $author = session(user => 'author');
	$author->safe(q{SELECT linkgress.register('m4', 'SELECT 1')});
	like($session->query('SELECT linkgress.launch()')->{err}, qr/ERROR:  42501: migration "m4" must not run as role "\w+"/,
		'the author is not trusted');
	is($observer->safe($runs), $before, 'none of them is a run');
	is($observer->safe($nothing_left), 't', 'nor a process');
	$_->quit foreach $session, $author;
}

# ---- It waits for a lock, with the settings of its session

{
	new_database('none');
	$observer->safe(q{UPDATE linkgress.migration SET up = 'ALTER TABLE t ADD COLUMN b int' WHERE name = 'm2'});
	$keeper->safe('BEGIN; SELECT FROM t');
	my $run = launch(undef, settings => { 'linkgress.lock_timeout' => '50ms' });
	$observer->wait_until("SELECT state, wait_event FROM linkgress.runs() WHERE run = $run", 'running|Extension: Extension');
	$keeper->safe('COMMIT');
	is(wait_for_end($run), 'succeeded|3 of 3', 'linkgress.lock_timeout of the session: it is tried again');

	$keeper->safe('BEGIN; SELECT FROM t');
	$observer->safe(q{SELECT linkgress.register('m4', 'ALTER TABLE t ADD COLUMN c int')});
	$run = launch(undef, settings => { 'linkgress.lock_timeout' => '50ms', 'linkgress.lock_retries' => 1 });
	is(wait_for_end($run), 'failed|0 of 1', 'linkgress.lock_retries of the session: it fails');
	my $holder = $keeper->pid;
	is($observer->safe("SELECT sqlstate, detail ~ 'pid $holder\\M', hint ~ 'tried 2 times' FROM linkgress.run WHERE id = $run"),
		'55P03|t|t', 'the run tells who holds the lock');
}

# ---- As the role of the session, in its schemas

{
	new_database('none');
	$observer->safe(q{CREATE SCHEMA app AUTHORIZATION operator; SELECT linkgress.grant_access('operator', 'operator');
		UPDATE linkgress.migration SET up = $$CREATE TABLE made AS SELECT current_setting('work_mem') AS work_mem,
			session_user <> current_user AS is_set, current_schemas(false)$$ WHERE name = 'm2';
		INSERT INTO linkgress.migration (name, up)
		VALUES ('m2b', 'CREATE TABLE made_too (); CREATE INDEX CONCURRENTLY ON made (work_mem)')});
	my $session = session();
	$session->safe(q{SET search_path = app, public; SET work_mem = '7MB'; SET ROLE operator});
	my $run = $session->safe('SELECT linkgress.launch()');
	is(wait_for_end($run), 'succeeded|4 of 4', 'SET ROLE: it succeeds');
	is($observer->safe(q{SELECT relname, relnamespace::regnamespace, relowner::regrole FROM pg_class
			WHERE relname ~ '^m(ade|\d)' ORDER BY 1}),
		join("\n", map { "$_|app|operator" } qw(m1 m3 made made_too made_work_mem_idx)), 'as that role, in that schema');
	is($observer->safe('SELECT * FROM app.made'), '7MB|t|{app,public}', 'with the settings of the session');
	is(run($run, 'started_by'), 'operator', 'runs() shows it');
	is($observer->safe(q{SELECT string_agg(DISTINCT applied_by, ' ') FROM linkgress.journal}), 'operator', 'so does the journal');
	$session->quit;
}

# ---- Who may

{
	new_database('none');
	$observer->safe(q{GRANT USAGE ON SCHEMA linkgress TO nobody; UPDATE linkgress.migration SET up = 'SELECT 1';
		SELECT linkgress.grant_access('viewer', 'viewer'), linkgress.grant_access('operator', 'operator')});
	my %calls = (launch => 'linkgress.launch()', schedule => q{linkgress.schedule('* * * * *')}, unschedule => 'linkgress.unschedule()');
	foreach my $role ('nobody', 'viewer', 'operator')
	{
		my $session = session(user => $role);
		foreach my $call (sort keys %calls)
		{
			my $error = $session->query("SELECT $calls{$call}")->{err};
			like($error, $role ne 'operator' ? qr/ERROR:  42501: permission denied for function $call/
				: $call eq 'launch' ? qr/^$/ : qr/ERROR:  0A000: pg_cron is not installed/, "$role: $call()");
		}
		$observer->wait_until($nothing_left);
		my $seen = $session->query('SELECT state, started_by FROM linkgress.runs()');
		$role eq 'nobody'
		  ? like($seen->{err}, qr/ERROR:  42501: permission denied for function runs/, 'nobody: runs()')
		  : is($seen->{out} . $seen->{err}, $role eq 'operator' ? 'succeeded|operator' : '', "$role: runs()");
		$session->quit;
	}
}

# ---- Ended from outside

foreach my $kind ('gate', 'index')
{
	foreach my $end ('cancel', 'terminate')
	{
		my $what = "$kind, $end";
		my $event = new_database($kind);
		my $run = launch();
		wait_for_gate($event);
		is($observer->safe("SELECT pg_${end}_backend(pid) FROM linkgress.runs() WHERE run = $run"), 't', "$what: by the pid of runs()");
		$observer->wait_until($nothing_left);
		like(run($run), $end eq 'cancel' ? qr/^failed\|1 of 3$/ : qr/^(?:interrupted|failed)\|1 of 3$/, "$what: runs() shows it");
		like(run($run, 'message'), qr/^57014: migration "m2" failed at statement 2, line 2: canceling/, "$what: and why") if $end eq 'cancel';
		is($observer->safe($applied), 'm1', "$what: what is applied stays");
		open_gate();
		is(wait_for_end(launch()), 'succeeded|2 of 2', "$what: the next run completes");
	}
}

# ---- Runs of other sessions that are not committed

{
	new_database('gate');
	$observer->safe(qq{UPDATE linkgress.migration SET down = E'DROP TABLE m2;\\nSELECT pg_advisory_xact_lock($gate)' WHERE name = 'm2'});
	my $session = session();
	my $pid = $session->pid;
	my %calls = ('linkgress.migrate()' => '2 of 3', 'linkgress.rollback(3)' => '2 of 3', 'linkgress.redo(3)' => '2 of 6');
	foreach my $call ('linkgress.migrate()', 'linkgress.redo(3)', 'linkgress.rollback(3)')
	{
		my $name = $call =~ s/\(.*/()/r;
		foreach my $end ('ROLLBACK', 'COMMIT')
		{
			my $before = $observer->safe($runs);
			$keeper->safe("SELECT pg_advisory_lock($gate)");
			$session->send("BEGIN; SELECT count(*) FROM $call");
			wait_for_gate('advisory');
			is($observer->safe("SELECT $at_work, pid FROM linkgress.runs() LIMIT 1"),
				"running|$calls{$call}|m2|2|Lock: advisory|t|t|t|$pid", "$name, $end: runs() shows how far it is");
			$keeper->safe('SELECT pg_advisory_unlock_all()');
			like($session->answer->{out}, qr/^\d$/, "$name, $end: it is not disturbed");
			$session->safe($end);
			is($observer->safe($runs) - $before, $end eq 'COMMIT' ? 1 : 0, "$name, $end: it counts as a run if committed");
			is($observer->safe('SELECT call, state, progress FROM linkgress.runs() LIMIT 1'),
				"$name|succeeded|" . $calls{$call} =~ s/^\d+ of (\d)/$1 of $1/r, "$name, $end: then runs() shows its end") if $end eq 'COMMIT';
		}
	}
	foreach my $call ("linkgress.baseline('m2')", "linkgress.repair('m2', 'forget')")
	{
		my $name = $call =~ s/\(.*/()/r;
		my $before = $observer->safe($runs);
		$session->safe("BEGIN; SELECT count(*) FROM $call");
		is($observer->safe($runs), $before, "$name: not before it is committed");
		$session->safe('COMMIT');
		is($observer->safe('SELECT call, state, started_by = current_user FROM linkgress.runs() LIMIT 1'),
			"$name|succeeded|t", "$name: runs() shows it");
	}
	$session->quit;
}

# ---- The server goes away in the middle

foreach my $kind ('gate', 'index')
{
	foreach my $mode ('immediate', 'fast')
	{
		my $what = "$kind, $mode";
		my $event = new_database($kind);
		my $run = launch();
		wait_for_gate($event);
		$node->stop($mode);
		$node->adjust_conf('postgresql.conf', 'max_worker_processes', $kind eq 'gate' && $mode eq 'fast' ? 0 : 20);
		$node->start;
		$_->quit foreach $observer, $keeper;
		$observer = session();
		is(run($run), 'interrupted|1 of 3', "$what: runs() shows it");
		is($observer->safe('SELECT pid IS NULL, migration IS NULL FROM linkgress.runs()'), 't|t', "$what: it is at nothing");
		is($observer->safe($applied), 'm1', "$what: what is applied stays");
		if ($node->safe_psql('postgres', 'SHOW max_worker_processes') eq '0')
		{
			my $session = session();
			like($session->query('SELECT linkgress.launch()')->{err}, qr/ERROR:  53400: no background worker process is free/,
				'without a worker process launch() fails');
			is($observer->safe($runs), '1', 'and leaves no run');
			is($session->safe('CALL linkgress.up(); SELECT 1'), '1', 'the session can go on');
			$session->quit;
			$node->adjust_conf('postgresql.conf', 'max_worker_processes', 20);
			$_->quit foreach $observer, $keeper;
			$node->restart;
			$observer = session();
			next;
		}
		is(wait_for_end(launch()), 'succeeded|2 of 2', "$what: the next run completes");
		is($observer->safe(q{SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid}), '1',
			"$what: with one index") if $kind eq 'index';
	}
}

$_->quit foreach $observer, $keeper;
$node->stop;
done_testing();
