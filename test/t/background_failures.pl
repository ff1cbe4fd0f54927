# Migrations that are cut off between two of their statements, or in the middle of one: what is
# noted, what is left behind, and that the next run goes on from there.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $gate = 4711;
my $up = 'CALL linkgress.up()';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(allows_streaming => 1);
$node->append_conf('postgresql.conf',
	"restart_after_crash = on\nautovacuum = off\nmax_worker_processes = 2\nmax_logical_replication_workers = 0");
$node->start;

$node->safe_psql('postgres', 'CREATE DATABASE prepared');
$node->safe_psql('prepared', q{
	CREATE EXTENSION linkgress;
	CREATE TABLE ran (what text);
	CREATE TABLE t (a int);
	CREATE TABLE plain (a int);
	INSERT INTO t SELECT generate_series(1, 1000);
	INSERT INTO plain SELECT generate_series(1, 1000);
	CREATE INDEX plain_i ON plain (a);
	CREATE TABLE parent (a int) PARTITION BY LIST (a);
	CREATE TABLE part PARTITION OF parent FOR VALUES IN (1)});

# A new database with a migration of these statements, one per line, and what they have in common
my $databases = 0;
sub new_database
{
	my (@statements) = @_;
	my $database = 'cut_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	my $body = join ";\n", @statements;
	$node->safe_psql($database, "SELECT linkgress.register('f1', \$body\$$body\$body\$)") if @statements;
	return $database;
}

my ($first, $vacuum, $last) = (q{INSERT INTO ran VALUES ('first')}, 'VACUUM ran', q{INSERT INTO ran VALUES ('last')});
my $worker = q{FROM pg_stat_activity WHERE backend_type = 'linkgress' AND datname = current_database()};
my $marks = q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1818848875
	AND database = (SELECT oid FROM pg_database WHERE datname = current_database())};
my $ran = q{SELECT string_agg(what, ' ' ORDER BY what) FROM ran};
my $indexes = q{SELECT coalesce(string_agg(relname || CASE WHEN indisvalid THEN '' ELSE ' (invalid)' END, ' ' ORDER BY relname), '')
	FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'public'::regnamespace};
my $status = q{SELECT state, note FROM linkgress.status()};
my $run_state = 'SELECT state, progress FROM linkgress.runs() LIMIT 1';

# Where a statement can be stopped: by a gate or by somebody's open transaction.
my %place = (
	gate => { sql => "SELECT pg_advisory_lock($gate)", shut => "SELECT pg_advisory_lock($gate)",
		open => "SELECT pg_advisory_unlock($gate)" },
	build => { sql => 'CREATE INDEX CONCURRENTLY t_a ON t (a)', shut => 'BEGIN; INSERT INTO t VALUES (0)', open => 'COMMIT',
		left => 'plain_i t_a (invalid)', then => 'plain_i t_a', dropped => 'public.t_a' },
	'unnamed build' => { sql => 'CREATE UNIQUE INDEX CONCURRENTLY ON t (a)', shut => 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1',
		open => 'COMMIT', left => 'plain_i t_a_idx (invalid)', then => 'plain_i t_a_idx', dropped => 'public.t_a_idx' },
	reindex => { sql => 'REINDEX TABLE CONCURRENTLY plain', shut => 'BEGIN; INSERT INTO plain VALUES (0)', open => 'COMMIT',
		left => 'plain_i plain_i_ccnew (invalid)', dropped => 'public.plain_i_ccnew' },
	'late reindex' => { sql => 'REINDEX INDEX CONCURRENTLY plain_i', shut => 'BEGIN; LOCK TABLE plain IN ACCESS SHARE MODE', open => 'COMMIT',
		left => 'plain_i plain_i_ccold (invalid)', dropped => 'public.plain_i_ccold' },
	drop => { sql => 'DROP INDEX CONCURRENTLY plain_i', shut => 'BEGIN; INSERT INTO plain VALUES (0)', open => 'COMMIT',
		left => 'plain_i (invalid)', then => '' },
	detach => { sql => 'ALTER TABLE parent DETACH PARTITION part CONCURRENTLY', shut => 'BEGIN; LOCK TABLE parent IN ACCESS SHARE MODE',
		open => 'COMMIT' },
);

# Lets a run come to that place. Returns the caller and the session that keeps it there.
sub run_to
{
	my ($database, $place, %options) = @_;
	my ($keeper, $caller, $observer) = map { Session->new($node, $database) } 1 .. 3;
	$keeper->safe($place{$place}{shut});
	$caller->safe($options{setting}) if $options{setting};
	$caller->send($options{call} // $up);
	my $stopped = $place eq 'gate' ? q{wait_event = 'advisory'} : 'pg_blocking_pids(pid) = ARRAY[' . $keeper->pid . ']';
	$observer->wait_until("SELECT coalesce(bool_and($stopped), false) $worker") unless $options{setting};
	return ($caller, $keeper, $observer);
}

# What everything that ends a run must leave: nothing but what is noted
sub check_left
{
	my ($observer, $place, $note, $what) = @_;
	is($observer->safe("SELECT count(*) $worker"), '0', "$what: the worker is gone");
	is($observer->safe($marks), '0', "$what: the lock of the run is free");
	is($observer->safe($status), "partial|$note", "$what: status() says how far it is");
	is($observer->safe($indexes), $place{$place}{left} // 'plain_i', "$what: what is left behind");
	return;
}

sub check_resumed
{
	my ($session, $place, $what) = @_;
	my $answer = $session->query($up);
	unlike($answer->{err}, qr/ERROR|FATAL|WARNING/, "$what: the next run completes");
	is(join(' ', $answer->{err} =~ /dropping the invalid index (\S+), left by the attempt before/g), $place{$place}{dropped} // '',
		"$what: it drops what was left, and says so");
	is($session->safe($indexes), $place{$place}{then} // 'plain_i', "$what: the indexes are right");
	is($session->safe($ran), 'first last', "$what: each statement is done once");
	is($session->safe($status), 'applied|', "$what: it is applied");
	is($session->safe('SELECT count(*) FROM linkgress.partial'), '0', "$what: no note is left");
	return;
}

# ---- A statement and the note that it is done are one transaction

{
	my $database = new_database();
	my $session = Session->new($node, $database);
	$session->safe(q{SELECT linkgress.register('x1', 'CREATE TABLE made (a int);
		CREATE INDEX CONCURRENTLY made_i ON made (a);
		INSERT INTO made VALUES (3);
		CREATE UNIQUE INDEX CONCURRENTLY ON made (a);
		DO $$ BEGIN INSERT INTO made VALUES (0); COMMIT; INSERT INTO made VALUES (5); END $$;
		SELECT 1/0')});
	like($session->query($up)->{err}, qr/ERROR:  22012: migration "x1" failed at statement 6, line 6: division by zero/,
		'the last statement fails');
	is($session->safe(q{SELECT note FROM linkgress.status()}),
		'partial (5 of 6); 22012: migration "x1" failed at statement 6, line 6: division by zero', 'five are noted');
	my %row = (
		1 => q{pg_type WHERE typname = 'made'},
		2 => q{pg_index WHERE indexrelid = 'made_i'::regclass AND indisvalid},
		3 => 'made WHERE a = 3',
		4 => q{pg_index WHERE indexrelid = 'made_a_idx'::regclass AND indisvalid},
		5 => 'made WHERE a = 5',
	);
	is($session->safe("SELECT xmin FROM linkgress.partial_statement WHERE statement = $_"), $session->safe("SELECT xmin FROM $row{$_}"),
		"statement $_: what it did has the transaction of its note") foreach sort keys %row;
	is($session->safe('SELECT count(DISTINCT xmin::text) FROM linkgress.partial_statement'), '5', 'each has one of its own');
	$session->quit;
}

# ---- The second of four statements is cancelled, terminated, out of time

my $by_user = 'canceling statement due to user request';
my %ending = (
	'caller cancelled' => { sql => 'SELECT pg_cancel_backend(%d)', sqlstate => '57014', message => $by_user },
	'caller terminated' => { sql => 'SELECT pg_terminate_backend(%d)' },
	'statement_timeout' => { setting => q{SET statement_timeout = '1500ms'}, sqlstate => '57014',
		message => 'canceling statement due to statement_timeout' }, # of each statement, in the worker
	'worker cancelled' => { sql => "SELECT pg_cancel_backend(pid) $worker", sqlstate => '57014', message => $by_user },
	'worker terminated' => { sql => "SELECT pg_terminate_backend(pid) $worker", sqlstate => '57P01',
		message => 'terminating background worker "linkgress" due to administrator command' },
);
foreach my $place ('gate', 'build')
{
	foreach my $end (sort keys %ending)
	{
		my ($sql, $sqlstate, $message) = @{ $ending{$end} }{qw(sql sqlstate message)};
		my $what = "$end at a $place";
		my $database = new_database($first, $place{$place}{sql}, $vacuum, $last);
		my ($caller, $keeper, $observer) = run_to($database, $place, setting => $ending{$end}{setting});
		$observer->safe(sprintf($sql, $caller->pid)) if $sql;
		my $answer = $caller->answer;
		my $note = 'partial (1 of 4)';
		if ($message)
		{
			my $error = qq{migration "f1" failed at statement 2, line 2: $message};
			like($answer->{err}, qr/ERROR:  $sqlstate: \Q$error\E\n/, "$what: the message says where");
			like($answer->{err}, qr/DETAIL:  (?:.*\n)?migration="f1", direction=up, statement=2, line=2, column=1\n/,
				"$what: so does the detail");
			$note .= "; $sqlstate: $error";
			check_left($observer, $place, $note, $what);
			is($caller->safe('SELECT 1'), '1', "$what: the session can go on");
			is($observer->safe(q{SELECT name, action, sqlstate, statement, line FROM linkgress.history}), "f1|apply|$sqlstate|2|2",
				"$what: the history has it");
			is($observer->safe($run_state), 'failed|0 of 1', "$what: runs() has it");
		}
		else
		{
			like($answer->{err}, qr/FATAL:  57P01: /, "$what: it ends");
			$observer->wait_until('SELECT count(*) FROM pg_stat_activity WHERE pid = ' . $caller->pid, '0');
			check_left($observer, $place, $note, $what);
			is($observer->safe($run_state), 'interrupted|0 of 1', "$what: runs() has it");
		}
		$keeper->safe($place{$place}{open});
		check_resumed($message ? $caller : $observer, $place, $what);
		$_->quit foreach $caller, $keeper, $observer;
	}
}

# ---- The session is interrupted before it has heard how far the worker is

{
	my $database = new_database($place{gate}{sql}, 'SELECT pg_advisory_lock(' . ($gate + 1) . ')', $vacuum);
	my ($caller, $keeper, $observer) = run_to($database, 'gate');
	$keeper->safe('SELECT pg_advisory_lock(' . ($gate + 1) . ')');
	kill 'STOP', $caller->pid;
	$keeper->safe($place{gate}{open});
	$observer->wait_until("SELECT coalesce(bool_and(wait_event = 'advisory' AND query LIKE '%" . ($gate + 1) . "%'), false) $worker");
	$observer->safe('SELECT pg_cancel_backend(' . $caller->pid . ')');
	kill 'CONT', $caller->pid;
	like($caller->answer->{err}, qr/ERROR:  57014: migration "f1" failed at statement 2, line 2: /, 'behind: the message says where');
	is($observer->safe($status), qq{partial|partial (1 of 3); 57014: migration "f1" failed at statement 2, line 2: $by_user},
		'behind: status() agrees');
	$_->quit foreach $caller, $keeper, $observer;
}

# ---- Other statements that leave something behind

foreach my $place ('unnamed build', 'reindex', 'late reindex', 'drop')
{
	my $database = new_database($first, $place{$place}{sql}, $last);
	my ($caller, $keeper, $observer) = run_to($database, $place);
	$observer->safe('SELECT pg_cancel_backend(' . $caller->pid . ')');
	like($caller->answer->{err}, qr/ERROR:  57014: migration "f1" failed at statement 2, line 2: /, "$place: cancelled");
	check_left($observer, $place, qq{partial (1 of 3); 57014: migration "f1" failed at statement 2, line 2: $by_user}, $place);
	$keeper->safe($place{$place}{open});
	check_resumed($caller, $place, $place);
	$_->quit foreach $caller, $keeper, $observer;
}

{
	my $database = new_database($first, $place{detach}{sql}, $last);
	my ($caller, $keeper, $observer) = run_to($database, 'detach');
	my $pending = q{SELECT coalesce(string_agg(inhrelid::regclass || ' ' || inhdetachpending, ''), '') FROM pg_inherits};
	# The one that goes on waits for older snapshots only.
	my $reader = Session->new($node, $database);
	foreach my $what ('detach', 'detach, with FINALIZE')
	{
		$observer->safe('SELECT pg_cancel_backend(' . $caller->pid . ')');
		like($caller->answer->{err}, qr/ERROR:  57014: migration "f1" failed at statement 2, line 2: /, "$what: cancelled");
		check_left($observer, 'detach', qq{partial (1 of 3); 57014: migration "f1" failed at statement 2, line 2: $by_user}, $what);
		is($observer->safe($pending), 'part true', "$what: the partition is detached but for the last step");
		last if $what =~ /FINALIZE/;
		$keeper->safe('COMMIT');
		$reader->safe('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
		$caller->send($up);
		$observer->wait_until('SELECT coalesce(bool_and(pg_blocking_pids(pid) = ARRAY[' . $reader->pid . ']), false) ' . $worker);
		is($observer->safe("SELECT query $worker"), 'ALTER TABLE parent DETACH PARTITION part FINALIZE', 'detach: it goes on with FINALIZE');
	}
	$reader->safe('COMMIT');
	check_resumed($caller, 'detach', 'detach');
	is($observer->safe($pending), '', 'detach: it is no partition any more');
	$_->quit foreach $caller, $keeper, $observer, $reader;
}

# ---- Reverting

{
	my $database = new_database($first, $last);
	$node->safe_psql($database, "$up; UPDATE linkgress.migration SET down =
		\$\$DELETE FROM ran;\n$place{drop}{sql};\n$first;\n$last\$\$");
	my ($caller, $keeper, $observer) = run_to($database, 'drop', call => 'CALL linkgress.down()');
	$observer->safe('SELECT pg_terminate_backend(pid) ' . $worker);
	like($caller->answer->{err}, qr/ERROR:  57P01: migration "f1" failed at statement 2, line 2 of its down body: terminating/,
		'down(): the message says where');
	like($observer->safe($status), qr/^partial\|partial \(1 of 4\) reverted; 57P01: /, 'down(): partly reverted');
	$keeper->safe('COMMIT');
	$caller->safe('CALL linkgress.down()');
	is($observer->safe("$ran; $indexes; SELECT state FROM linkgress.status()"), "first last\n\npending", 'down(): the next one goes on');
	$_->quit foreach $caller, $keeper, $observer;
}

# ---- The worker is in the middle of a notice that the client is slow to read

foreach my $end ('worker cancelled', 'worker terminated', 'caller terminated')
{
	my $what = "$end in a notice";
	my $database = new_database($first, q{DO $$ BEGIN LOOP RAISE NOTICE '%', repeat('x', 100000); END LOOP; END $$}, $vacuum);
	my ($caller, $observer) = map { Session->new($node, $database) } 1 .. 2;
	$caller->send($up);    # and does not read what comes
	$observer->wait_until("SELECT coalesce(bool_and(wait_event = 'MessageQueuePutMessage'), false)
			AND (SELECT wait_event = 'ClientWrite' FROM pg_stat_activity WHERE pid = " . $caller->pid . ") $worker");
	$observer->safe(sprintf($ending{$end}{sql}, $caller->pid));
	if ($end =~ /worker/)
	{
		# FATAL has nowhere to go when the queue is full.
		my $sqlstate = $end =~ /terminated/ ? '57P01|08006' : '57014';
		like($caller->answer->{err}, qr/ERROR:  (?:$sqlstate): migration "f1" failed at statement 2, line 2: /,
			"$what: the message says where");
		is($caller->safe('SELECT 1'), '1', "$what: the session can go on");
	}
	$observer->wait_until('SELECT count(*) FROM pg_stat_activity WHERE pid = ' . $caller->pid, '0') if $end =~ /caller/;
	is($observer->safe("SELECT count(*) $worker; $marks"), "0\n0", "$what: the worker is gone, the lock is free");
	like($observer->safe($status), qr/^partial\|partial \(1 of 3\)/, "$what: status() says how far it is");
	$_->quit foreach $caller, $observer;
}

# ---- The server crashes or is stopped while the third of four statements runs

foreach my $place ('gate', 'build', 'reindex', 'detach')
{
	foreach my $end ('the worker is killed', 'the caller is killed', 'the server is stopped at once')
	{
		next if $end =~ /caller/ && $place ne 'build';
		my $what = "$end at a $place";
		my $database = new_database($first, $vacuum, $place{$place}{sql}, $last);
		my ($caller, @others) = run_to($database, $place);
		my $victim = $end =~ /worker/ ? $others[1]->safe("SELECT pid $worker") : $caller->pid;
		if ($end =~ /stopped/)
		{
			$node->stop('immediate');
			$node->start;
		}
		else
		{
			my $logged = -s $node->logfile;
			kill('KILL', $victim) or die "cannot kill: $!";
			$node->wait_for_log('database system is ready to accept connections', $logged);
		}
		$_->quit foreach $caller, @others;
		my $observer = Session->new($node, $database);
		check_left($observer, $place, 'partial (2 of 4)', $what);
		is($observer->safe($run_state), 'interrupted|0 of 1', "$what: runs() says that it was cut off");
		check_resumed($observer, $place, $what);
		is($observer->safe(q{SELECT string_agg(state, ' ' ORDER BY run) FROM linkgress.runs()}), 'interrupted succeeded',
			"$what: and that the next one succeeded");
		$observer->quit;
	}
}

# What is asked to stop may still note why, or not: both processes are ended at once.
foreach my $place ('gate', 'build')
{
	my $database = new_database($first, $vacuum, $place{$place}{sql}, $last);
	my @sessions = run_to($database, $place);
	$node->stop('fast');
	$_->quit foreach @sessions;
	$node->start;
	my $observer = Session->new($node, $database);
	like($observer->safe($status), qr/^partial\|partial \(2 of 4\)(?:; 57P01: |$)/, "stopped at a $place: status() says how far it is");
	like($observer->safe($run_state), qr/^(?:interrupted|failed)\|0 of 1$/, "stopped at a $place: runs() says that it was cut off");
	check_resumed($observer, $place, "stopped at a $place");
	$observer->quit;
}

# ---- No worker process is free

{
	my @held = map { [ run_to(new_database($first, $vacuum, $place{gate}{sql}, $last), 'gate') ] } 1 .. 2;
	my $session = Session->new($node, new_database());
	$session->safe(q{SELECT linkgress.register('f0', 'CREATE TABLE before ()');
		SELECT linkgress.register('f1', $$INSERT INTO ran VALUES ('first'); VACUUM; INSERT INTO ran VALUES ('last')$$)});
	foreach my $call (1 .. 2)
	{
		my $answer = $session->query($up);
		like($answer->{err}, qr/ERROR:  53400: migration "f1" failed: no background worker process is free\n/, 'no worker: refused');
		like($answer->{err}, qr/HINT:  .*max_worker_processes/, 'no worker: says what to do');
		is($session->safe(q{SELECT name, state FROM linkgress.status()}), "f0|applied\nf1|failed", 'no worker: what came before stays applied');
		is($session->safe(q{SELECT name FROM linkgress.pending()}), 'f1', 'no worker: the rest is still to be done');
		is($session->safe("$ran; SELECT count(*) FROM linkgress.partial; $marks"), "\n0\n0", 'no worker: nothing of it was done');
	}
	foreach my $held (@held)
	{
		my ($caller, $keeper, $observer) = @$held;
		$keeper->safe($place{gate}{open});
		unlike($caller->answer->{err}, qr/ERROR/, 'no worker: those who have one are not disturbed');
		$_->quit foreach @$held;
	}
	unlike($session->query($up)->{err}, qr/ERROR/, 'a worker is free: the next run completes');
	is($session->safe($ran), 'first last', 'a worker is free: each statement is done once');
	$session->quit;
}

# ---- Dumped, and replicated

{
	my $database = new_database($first, $vacuum, 'CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)', $last);
	$node->safe_psql($database, 'INSERT INTO t VALUES (1)');
	$node->psql($database, $up);
	my $note = 'partial (2 of 4); 23505: migration "f1" failed at statement 3, line 3: could not create unique index "t_a"';
	is($node->safe_psql($database, $status), "partial|$note", 'dump: a partial migration');

	$node->safe_psql('postgres', 'CREATE DATABASE restored');
	my $dump = PostgreSQL::Test::Utils::tempdir() . '/dump.sql';
	command_ok([ 'pg_dump', '-d', $node->connstr($database), '-f', $dump ], 'pg_dump');
	command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', $dump, '-d', $node->connstr('restored') ], 'restore');
	is($node->safe_psql('restored', $status), "partial|$note", 'dump: it is as far in the restored database');

	$node->backup('base');
	my $standby = PostgreSQL::Test::Cluster->new('standby');
	$standby->init_from_backup($node, 'base', has_streaming => 1);
	$standby->start;
	is($standby->safe_psql($database, $status), "partial|$note", 'standby: it is as far there');
	my $session = Session->new($standby, $database);
	like($session->query($_)->{err}, qr/ERROR:  25006: cannot execute linkgress\.\w+\(\) on a standby server\n/, "standby: $_ is refused")
	  foreach $up, 'CALL linkgress.down()';
	$session->quit;

	$standby->promote;
	foreach my $there ([ $standby, $database, 'build' ], [ $node, $database, 'build' ], [ $node, 'restored', '' ])
	{
		my ($server, $name, $place) = @$there;
		$session = Session->new($server, $name);
		$session->safe('DELETE FROM t WHERE ctid IN (SELECT max(ctid) FROM t WHERE a = 1)');
		local $place{''} = { then => 'plain_i t_a' };
		check_resumed($session, $place, $server->name . " $name");
		$session->quit;
	}
	$standby->stop;
}

$node->stop;
done_testing();
