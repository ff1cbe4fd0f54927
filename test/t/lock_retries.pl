# A migration that does not get its lock in time lets go of everything and tries again after a
# pause: whoever only reads is never held up for long, and what is applied is not run again.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;
use Time::HiRes;

my $gate = 4711;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'max_prepared_transactions = 2');
$node->start;

# Every migration writes down that it was run, outside of the journal.
$node->safe_psql('postgres', 'CREATE ROLE keeper LOGIN; CREATE DATABASE prepared');
$node->safe_psql('prepared', q{
	CREATE EXTENSION linkgress;
	CREATE TABLE ran (name text);
	CREATE TABLE t (a int PRIMARY KEY, b text);
	INSERT INTO t SELECT i, i FROM generate_series(1, 1000) i;
	CREATE TABLE two ();
	GRANT ALL ON t, two TO keeper;
	CREATE TABLE p (a int) PARTITION BY LIST (a);
	CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
	GRANT ALL ON p TO keeper;
	INSERT INTO linkgress.migration (name, up, down)
	SELECT 'm' || i, format('INSERT INTO ran VALUES (%L)', 'm' || i), 'SELECT 1' FROM generate_series(1, 3) i});

my $databases = 0;
my $database;
sub new_database
{
	my ($up, $transactional) = @_;
	$database = 'run_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	$node->safe_psql($database, "UPDATE linkgress.migration SET up = up || \$up\$;\n$up\$up\$, transactional = "
		  . ($transactional // 'NULL') . q{ WHERE name = 'm2'}) if $up;
	return;
}

# A session that has done something in a transaction that stays open
sub hold
{
	my ($sql, $begin) = @_;
	my $holder = Session->new($node, $database, user => 'keeper');
	$holder->safe("SET application_name = 'night report'; " . ($begin // 'BEGIN') . "; $sql");
	return $holder;
}

sub runner
{
	my ($lock_timeout, $retries, %settings) = @_;
	$settings{'linkgress.lock_timeout'} = $lock_timeout if $lock_timeout;
	$settings{'linkgress.lock_retries'} = $retries if defined $retries;
	return Session->new($node, $database, settings => \%settings);
}

# Until a session has said something, or has nothing more to say
sub wait_for_notice
{
	my ($session, $pattern) = @_;
	until ($session->{err} =~ $pattern || $session->is_done)
	{
		die "it does not say $pattern: $session->{err}" if $session->{timer}->is_expired || !$session->{run}->pumpable;
		$session->{run}->pump;
	}
	return;
}

# Until something is so, unless a session is done before
sub wait_while_at_work
{
	my ($session, $observer, $sql) = @_;
	Time::HiRes::usleep(5_000) until $session->is_done || $observer->safe($sql) eq 't';
	return;
}

sub errors
{
	my ($answer) = @_;
	return join "\n", grep { /ERROR|FATAL/ } split /\n/, $answer->{err};
}

# How often a holder is named, as the one who has a lock on something
sub named
{
	my ($text, $holder, $object) = @_;
	my $pid = $holder->pid;
	my $time = qr/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+/;
	return scalar(() = $text =~
		  /$object.*pid $pid \(role keeper, application 'night report', idle in transaction, last query since $time\)/g);
}

sub retries
{
	my ($text) = @_;
	return [ $text =~ /NOTICE:  00000: m2 could not get its locks, trying again in (.*)/g ];
}

my $alter = 'ALTER TABLE t ADD COLUMN c int';
my $read = 'SELECT count(*) FROM t';
my $table = qr/table public\.t\b/;
my $applied = q{SELECT string_agg(name, ' ' ORDER BY id) FROM linkgress.journal};
my $ran = q{SELECT string_agg(name, ' ') FROM ran};
my $waits = 'FROM pg_stat_activity WHERE datname = current_database() AND';
my $no_worker = q{SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'linkgress')};
my $nothing_left = $no_worker . q{ AND NOT EXISTS (SELECT FROM pg_locks WHERE classid = 1818848875 AND database =
		(SELECT oid FROM pg_database WHERE datname = current_database()))};

# ---- Readers go on reading while a migration tries again and again

{
	new_database($alter);
	my $observer = Session->new($node, $database);
	$observer->safe("CREATE TABLE reader (reads int, longest interval); SELECT pg_advisory_lock($gate)");
	my @readers = map { Session->new($node, $database) } 1 .. 3;
	# Each read in a transaction of its own; the pause is for the other tests' sake.
	$_->send(qq{DO \$\$
		DECLARE
			start timestamptz; reads int := 0; longest interval := '0';
		BEGIN
			WHILE NOT pg_try_advisory_xact_lock_shared($gate) LOOP
				start := clock_timestamp();
				PERFORM count(*) FROM t;
				longest := greatest(longest, clock_timestamp() - start);
				reads := reads + 1;
				COMMIT;
				PERFORM pg_sleep(0.005);
			END LOOP;
			INSERT INTO reader VALUES (reads, longest);
		END \$\$}) foreach @readers;
	my $holder = hold($read);
	my $runner = runner('200ms');
	my $start = Time::HiRes::time();
	$runner->send('CALL linkgress.up()');
	wait_for_notice($runner, qr/retry 6 of 10/);
	my $held = Time::HiRes::time() - $start;
	is($observer->safe($applied), 'm1', 'while it tries again, the migration before it is applied, the one after it is not');
	is($observer->safe(q{SELECT state, progress, migration FROM linkgress.runs()}), 'running|2 of 3|m2',
		'runs() shows what is being tried');
	$holder->safe('COMMIT');
	my $answer = $runner->answer;
	is(errors($answer), '', 'it succeeds when the lock is free');
	is_deeply(retries($answer->{err}),
		[ map { my $i = $_; (qw(- 100.0 200.0 400.0 800.0 1.60 3.20))[$i] . ($i < 5 ? ' ms' : ' s') . " (retry $i of 10)" } 1 .. 6 ],
		'each retry is told, with a pause that grows');
	cmp_ok($held, '>=', 6 * 0.2 + 0.1 + 0.2 + 0.4 + 0.8 + 1.6 - 0.05, 'it does pause so long');
	is(named($answer->{err}, $holder, $table), 6, 'each retry tells who holds which lock');
	$observer->safe('SELECT pg_advisory_unlock_all()');
	$_->answer foreach @readers;
	is($observer->safe(q{SELECT count(*), min(reads) > 100 FROM reader}), '3|t', 'readers read all the time');
	cmp_ok($observer->safe('SELECT max(extract(epoch FROM longest)) FROM reader'), '<', 1.5,
		"they never wait for long while the lock is held for $held s");
	is($observer->safe($applied), 'm1 m2 m3', 'the migrations are applied in their order');
	is($observer->safe($ran), 'm1 m2 m3', 'each once');
	is($observer->safe('SELECT count(*), count(sqlstate) FROM linkgress.history'), '3|0', 'the history has no failure');
	is($observer->safe('SELECT state, progress FROM linkgress.runs()'), 'succeeded|3 of 3', 'the run has none, either');
	$_->quit foreach @readers, $holder, $runner, $observer;
}

# ---- It gives up in the end

my $index = "CREATE INDEX CONCURRENTLY ON t (b);\n$alter";
my %bodies = (
	'in a transaction' => [ $alter, undef, 2, 'failed', 'm1 m1' ],
	'in none' => [ $alter, 'false', 2, 'partial', 'm1 m2' ],
	'after an index' => [ $index, undef, 3, 'partial', 'm1 m2' ],
);
foreach my $body (sort keys %bodies)
{
	my ($up, $transactional, $statement, $state) = @{ $bodies{$body} };
	new_database($up, $transactional);
	my $observer = Session->new($node, $database);
	my $holder = hold($read);
	foreach my $retries (2, 0)
	{
		my $what = "$body, $retries retries";
		my $runner = runner('50ms', $retries);
		my $answer = $runner->query('CALL linkgress.up()');
		like($answer->{err}, qr/ERROR:  55P03: migration "m2" failed at statement $statement, line \d: canceling statement due to lock timeout/,
			"$what: gives up");
		is(@{ retries($answer->{err}) }, $retries, "$what: after so many");
		my ($detail) = $answer->{err} =~ /ERROR: .*\n(DETAIL: [^\0]*)HINT: /;
		is(named($detail, $holder, $table), 1, "$what: the detail tells who holds the lock");
		my $hint = $retries ? 'It was tried 3 times' : 'With linkgress.lock_retries it would be tried again';
		like($answer->{err}, qr/HINT:  $hint/, "$what: the hint tells how often it was tried");
		is($observer->safe(q{SELECT name, action, sqlstate, statement, message = 'canceling statement due to lock timeout'
				OR message LIKE '%canceling statement due to lock timeout', detail ~ 'pid }
				. $holder->pid . qq{ ', hint ~ '$hint' FROM linkgress.history ORDER BY id DESC LIMIT 1}),
			"m2|apply|55P03|$statement|t|t|t", "$what: the history has it");
		is($observer->safe(q{SELECT name, state, note ~ '55P03' FROM linkgress.status() WHERE name IN ('m1', 'm2')}),
			"m1|applied|\nm2|$state|t", "$what: the status shows it, and what stays");
		is($observer->safe('SELECT state, progress FROM linkgress.runs() LIMIT 1'),
			$retries ? 'failed|1 of 3' : 'failed|0 of 2', "$what: so does runs()");
		is($runner->safe('SELECT 1'), '1', "$what: the session can go on");
		is($observer->safe($nothing_left), 't', "$what: nothing is left");
		$runner->quit;
	}
	$holder->safe('COMMIT');
	$observer->safe('CALL linkgress.up()');
	is($observer->safe($applied), 'm1 m2 m3', "$body: the next run completes");
	is($observer->safe($ran), 'm1 m2 m3', "$body: what is done is not done again");
	is($observer->safe(q{SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass}), $body =~ /index/ ? '2' : '1',
		"$body: nor is an index built again");

	# The other way: back, and retried there.
	my $revert = $transactional ? "SELECT 1;\nALTER TABLE t DROP COLUMN c" : $up =~ s/$alter/ALTER TABLE t DROP COLUMN c/r;
	$observer->safe("UPDATE linkgress.migration SET down = \$down\$$revert\$down\$, down_transactional = "
		  . ($transactional // 'NULL') . q{ WHERE name = 'm2'});
	$holder = hold($read);
	my $runner = runner('50ms', 1);
	my $answer = $runner->query('CALL linkgress.down(2)');
	like($answer->{err}, qr/ERROR:  55P03: migration "m2" failed .*: canceling statement due to lock timeout/, "$body: down() gives up, too");
	is(named($answer->{err}, $holder, $table), 2, "$body: down() tells who holds the lock");
	is($observer->safe($applied), 'm1 m2', "$body: what it did before stays");
	$runner->send('CALL linkgress.down()');
	wait_for_notice($runner, qr/retry 1 of 1/);
	$holder->safe('COMMIT');
	is(errors($runner->answer), '', "$body: down() tries again");
	is($observer->safe($applied), 'm1', "$body: down() succeeds when the lock is free");
	$_->quit foreach $observer, $holder, $runner;
}

# ---- What else may be in the way

my $update = q{UPDATE t SET b = 'new' WHERE a = 1};
my %locks = (
	'NOWAIT' => [ 'SELECT FROM t WHERE a = 1 FOR UPDATE NOWAIT', $update, qr/could not obtain lock on row in relation "t"/ ],
	'a row' => [ $update, $update, qr/pid/ ],
	'a prepared transaction' => [ $alter, "$read; PREPARE TRANSACTION 'forgotten'", qr/table public\.t\b.*prepared transaction/ ],
);
foreach my $lock (sort keys %locks)
{
	my ($up, $sql, $pattern) = @{ $locks{$lock} };
	foreach my $transactional ('true', 'false')
	{
		my $what = "$lock, transactional => $transactional";
		new_database($up, $transactional);
		my $holder = hold($sql);
		my $runner = runner($lock eq 'NOWAIT' ? undef : '50ms');
		$runner->send('CALL linkgress.up()');
		wait_for_notice($runner, qr/retry 2 of 10/);
		$holder->safe($lock =~ /prepared/ ? q{COMMIT PREPARED 'forgotten'} : 'COMMIT');
		my $answer = $runner->answer;
		is(errors($answer), '', "$what: it succeeds in the end");
		cmp_ok(scalar @{ retries($answer->{err}) }, '>=', 2, "$what: after retries");
		is(named($answer->{err}, $holder, ''), scalar @{ retries($answer->{err}) }, "$what: who holds it is told") if $lock eq 'a row';
		like($answer->{err}, qr/$pattern/, "$what: the retry tells of it") if $pattern;
		is($runner->safe($ran), 'm1 m2 m3', "$what: each is run once");
		$_->quit foreach $holder, $runner;
	}
}

# A deadlock: who waits last is the one that finds it, as the other never looks.
foreach my $transactional ('true', 'false')
{
	my $what = "deadlock, transactional => $transactional";
	new_database("DO \$\$ BEGIN LOCK TABLE t; PERFORM pg_advisory_xact_lock($gate); LOCK TABLE two; END \$\$", $transactional);
	my $observer = Session->new($node, $database);
	$observer->safe("SELECT pg_advisory_lock($gate)");
	my $holder = Session->new($node, $database, settings => { deadlock_timeout => '1h' });
	$holder->safe('BEGIN; LOCK TABLE two');
	my $runner = runner(undef, undef, deadlock_timeout => '50ms');
	$runner->send('CALL linkgress.up()');
	$observer->wait_until("SELECT count(*) $waits wait_event = 'advisory'", '1');
	$holder->send('LOCK TABLE t; COMMIT');
	$observer->wait_until("SELECT count(*) $waits wait_event = 'relation' AND pid = " . $holder->pid, '1');
	$observer->safe("SELECT pg_advisory_unlock_all()");
	my $answer = $runner->answer;
	is(errors($answer) . errors($holder->answer), '', "$what: no error");
	is_deeply(retries($answer->{err}), ['100.0 ms (retry 1 of 10)'], "$what: the victim is tried again");
	my $pid = $holder->pid;
	like($answer->{err}, qr/retry 1 of 10\)\nDETAIL:  migration .*deadlock detected\n.*blocked by process $pid\b/, "$what: with whom is told");
	is($observer->safe($ran), 'm1 m2 m3', "$what: each is run once");
	$_->quit foreach $observer, $holder, $runner;
}

# ---- A function cannot let go of its locks

{
	new_database($alter);
	my $holder = hold($read);
	my $runner = runner('50ms');
	foreach my $call ('SELECT linkgress.migrate()', q{SELECT linkgress.migrate(on_error => 'stop')})
	{
		my $answer = $runner->query($call);
		my $text = $answer->{out} . $answer->{err};
		like($text, qr/canceling statement due to lock timeout/, "$call fails");
		like($text, qr/55P03/, "$call fails with the right SQLSTATE");
		is(@{ retries($text) }, 0, "$call fails at once");
		# Without stop nothing can be asked for any more: the transaction is broken.
		is($call =~ /stop/ ? named($text =~ s/''/'/gr, $holder, $table) : $text =~ /is held by pid ${\ $holder->pid}\./, 1,
			"$call tells who holds the lock");
	}
	$_->quit foreach $holder, $runner;
}

# ---- Ended in the pause

foreach my $transactional ('true', 'false')
{
	foreach my $whose ('session cancel', 'session terminate', $transactional eq 'false' ? 'worker cancel' : ())
	{
		my $what = "$whose in the pause, transactional => $transactional";
		my ($end) = $whose =~ /(\w+)$/;
		new_database($alter, $transactional);
		my $observer = Session->new($node, $database);
		my $holder = hold($read);
		my $runner = runner('50ms');
		$runner->send('CALL linkgress.up()');
		wait_for_notice($runner, qr/retry 5 of 10/); # a pause of 1.6 s
		wait_while_at_work($runner, $observer, "SELECT bool_or(wait_event_type = 'Extension') $waits backend_type = "
			  . ($transactional eq 'true' ? q{'client backend'} : q{'linkgress'}));
		is($observer->safe("SELECT count(l.pid), count(backend_xmin) FROM pg_stat_activity a LEFT JOIN pg_locks l"
			  . " ON l.pid = a.pid AND l.locktype IN ('relation', 'tuple', 'transactionid')"
			  . ' WHERE backend_type = $$linkgress$$ OR a.pid = ' . $runner->pid), '0|0', "$what: nothing is held");
		$observer->safe("SELECT pg_${end}_backend(" . ($whose =~ /worker/ ? "pid) $waits backend_type = 'linkgress'" : $runner->pid . ')'));
		my $answer = $runner->answer;
		is(@{ retries($answer->{err}) }, 5, "$what: no further try");
		if ($end eq 'cancel')
		{
			like($answer->{err}, qr/ERROR:  57014: migration "m2" failed .*: canceling statement due to user request/,
				"$what: the message says where");
			is($runner->safe('SELECT 1'), '1', "$what: the session can go on");
		}
		else
		{
			like($answer->{err}, qr/FATAL:  57P01: /, "$what: it ends");
		}
		$observer->wait_until('SELECT count(*) FROM pg_stat_activity WHERE pid = ' . $runner->pid, '0') if $end eq 'terminate';
		$observer->wait_until($no_worker);
		is($observer->safe($nothing_left), 't', "$what: nothing is left locked");
		is($observer->safe($applied), 'm1', "$what: what is applied stays");
		is($observer->safe('SELECT state, progress, message FROM linkgress.runs()'), $end eq 'cancel'
			? 'failed|1 of 3|57014: migration "m2" failed at statement 2, line 2: canceling statement due to user request'
			: 'interrupted|1 of 3|', "$what: runs() shows it");
		is($observer->safe(q{SELECT name, sqlstate, statement FROM linkgress.history WHERE sqlstate IS NOT NULL}),
			$end eq 'cancel' ? 'm2|57014|2' : '', "$what: so does the history");
		$holder->safe('COMMIT');
		is(errors($observer->query('SET linkgress.wait = off; CALL linkgress.up()')), '', "$what: the next run succeeds");
		is($observer->safe($ran), 'm1 m2 m3', "$what: the next run completes");
		$_->quit foreach $observer, $holder, $runner;
	}
}

# ---- What waits without holding anybody up has all the time it needs

my @concurrent = (
	'CREATE INDEX CONCURRENTLY t_b ON t (b)', 'REINDEX INDEX CONCURRENTLY t_b', 'REINDEX TABLE CONCURRENTLY t',
	'DROP INDEX CONCURRENTLY t_b');
new_database();
{
	my $observer = Session->new($node, $database);
	my $runner = runner('200ms', 0);
	foreach my $sql (@concurrent)
	{
		$observer->safe("SELECT linkgress.register('n' || (SELECT count(*) FROM linkgress.migration), '$sql')");
		my $holder = hold($read, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
		$runner->send('CALL linkgress.up()');
		wait_while_at_work($runner, $observer, "SELECT count(*) = 1 $waits backend_type = 'linkgress' AND wait_event = 'virtualxid'"
			  . q{ AND clock_timestamp() - query_start > interval '600ms'});
		$holder->safe('COMMIT');
		is(errors($runner->answer), '', "$sql waits longer than linkgress.lock_timeout");
		$holder->quit;
	}
	is($observer->safe('SELECT count(*) FROM linkgress.status() WHERE state = $$applied$$'), 3 + @concurrent, 'all are applied');

	# This one waits with a lock that holds up others. What the first try has left is completed by the next.
	$observer->safe(q{SELECT linkgress.register('o', 'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY')});
	my $holder = hold('SELECT FROM p', 'BEGIN ISOLATION LEVEL REPEATABLE READ');
	$runner->safe('SET linkgress.lock_retries = 10');
	$runner->send('CALL linkgress.up()');
	wait_for_notice($runner, qr/retry 2 of 10/);
	$holder->safe('COMMIT');
	is(errors($runner->answer), '', 'DETACH PARTITION CONCURRENTLY is tried again');
	is($observer->safe(q{SELECT count(*) FROM pg_inherits WHERE inhparent = 'p'::regclass}), '0', 'and completed');
	$_->quit foreach $observer, $runner, $holder;
}

# ---- Hooks that do not get their locks: with their migration, or by themselves

{
	new_database();
	my $observer = Session->new($node, $database);
	$observer->safe(qq{INSERT INTO linkgress.hook (name, event, body) VALUES
		('each', 'after_each', \$body\$DO \$\$ BEGIN
			IF current_setting('linkgress.migration') = 'm2' THEN $alter; END IF;
		END \$\$\$body\$),
		('last', 'after_migrate', 'DROP TABLE two')});
	my $holder = hold($read);
	my $second = hold('SELECT FROM two');
	my $runner = runner('200ms');
	$runner->send('CALL linkgress.up()');
	wait_for_notice($runner, qr/m2 could not get its locks, .*retry 2 of 10/);
	is($observer->safe($applied), 'm1', 'a migration is tried again when its hook does not get its locks');
	$holder->safe('COMMIT');
	wait_for_notice($runner, qr/hook last could not get its locks, .*retry 2 of 10/);
	is($observer->safe($applied), 'm1 m2 m3', 'a hook that has a transaction of its own is tried again by itself');
	$second->safe('COMMIT');
	is(errors($runner->answer), '', 'both succeed when the locks are free');
	is($observer->safe($ran), 'm1 m2 m3', 'each migration was run once');
	is($observer->safe(q{SELECT to_regclass('two') IS NULL}), 't', 'so was the hook');
	is($observer->safe('SELECT count(*), count(sqlstate) FROM linkgress.history'), '3|0', 'the history has no failure');
	$_->quit foreach $observer, $runner, $holder, $second;
}

$node->stop;
done_testing();
