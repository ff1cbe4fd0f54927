# Runs that are ended from outside: cancelled, terminated, out of time. What was committed stays,
# the rest is rolled back, the next run does it, and nothing is left locked.

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
$node->start;

# The third of five migrations stops at its second statement, on line 3, while the gate is shut.
$node->safe_psql('postgres', 'CREATE DATABASE prepared');
$node->safe_psql('prepared', qq{
	CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up, down)
	SELECT 'm' || i,
		format('CREATE TABLE m%s (id int);', i)
			|| CASE WHEN i = 3 THEN E'\\n\\nSELECT pg_advisory_xact_lock($gate);' ELSE '' END,
		format('DROP TABLE m%s;', i)
	FROM generate_series(1, 5) i});

my $all = 'm1 m2 m3 m4 m5';
my $databases = 0;
sub new_database
{
	my $database = 'run_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	return $database;
}

# What the schema has, and what the journal has
my $state = q{SELECT format('%s / %s',
	(SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relname ~ '^m\d+$'),
	(SELECT string_agg(name, ' ' ORDER BY name) FROM linkgress.journal))};
my $locks = q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 3
	AND database = (SELECT oid FROM pg_database WHERE datname = current_database())};

# Is the state the expected one, and does a run that waits for nobody finish the work?
sub check
{
	my ($observer, $expected, $call, $what) = @_;
	is($observer->safe($locks), '0', "$what: the lock of the run is free");
	is($observer->safe($state), "$expected / $expected", "$what: the right migrations are applied");
	$observer->safe("SELECT pg_advisory_unlock_all(); SET linkgress.wait = off; $call");
	is($observer->safe($state), "$all / $all", "$what: the next run completes");
	return;
}

my %call = (
	up => [ 'CALL linkgress.up()', 'm1 m2' ],
	migrate => [ 'SELECT linkgress.migrate()', '' ],
	"migrate(on_error => 'stop')" => [ q{SELECT linkgress.migrate(on_error => 'stop')}, '' ],
);
my %ending = (
	'cancelled' => [ '', 'SELECT pg_cancel_backend(%d)', '57014', 'canceling statement due to user request' ],
	'terminated' => [ '', 'SELECT pg_terminate_backend(%d)', '57P01', undef ],
	'out of statement_timeout' =>
	  [ q{SET statement_timeout = '3s'}, undef, '57014', 'canceling statement due to statement timeout' ],
	'out of linkgress.statement_timeout' =>
	  [ q{SET linkgress.statement_timeout = '200ms'}, undef, '57014',
		'canceling statement due to linkgress.statement_timeout' ],
	'out of lock_timeout' => [ q{SET lock_timeout = '200ms'}, undef, '55P03', 'canceling statement due to lock timeout' ],
	'out of linkgress.lock_timeout' =>
	  [ q{SET linkgress.lock_timeout = '200ms'}, undef, '55P03', 'canceling statement due to lock timeout' ],
);

foreach my $name (sort keys %call)
{
	foreach my $end (sort keys %ending)
	{
		my ($sql, $expected) = @{ $call{$name} };
		my ($setting, $interrupt, $sqlstate, $message) = @{ $ending{$end} };
		# With 'stop' a failure is an outcome, so what only the statement met with keeps the rest.
		my $is_outcome = $name =~ /stop/ && ($sqlstate eq '55P03' || defined $message && $message =~ /linkgress.statement_timeout/);
		my $what = "$name, $end";
		my $database = new_database();
		my $observer = Session->new($node, $database);
		$observer->safe("SELECT pg_advisory_lock($gate)");

		my $session = Session->new($node, $database);
		$session->safe($setting) if $setting;
		$session->send($sql);
		if ($interrupt)
		{
			$observer->wait_for_gate($session);
			$observer->safe(sprintf($interrupt, $session->pid));
		}
		my $answer = $session->answer;
		if (!defined $message)
		{
			like($answer->{err}, qr/FATAL:  57P01: /, "$what: it ends");
			$session->quit;
		}
		elsif ($is_outcome)
		{
			like($answer->{out}, qr/^\(m3,failed,.*\Q$message\E.*""sqlstate"": ""$sqlstate""/m, "$what: it is reported as an outcome");
			$expected = 'm1 m2';
		}
		else
		{
			like($answer->{err}, qr/ERROR:  $sqlstate: migration "m3" failed at statement 2, line 3: \Q$message\E\n/,
				"$what: the message says where");
			like($answer->{err}, qr/DETAIL:  (?:.*\n)?migration="m3", direction=up, statement=2, line=3/,
				"$what: so does the detail");
			is($session->safe('SELECT 1'), '1', "$what: the session can go on");
		}
		# A backend that was terminated needs a moment to go away.
		$observer->wait_until('SELECT count(*) FROM pg_stat_activity WHERE pid = ' . $session->pid, '0')
		  unless defined $message;
		if ($name eq 'up' && defined $message)
		{
			is($observer->safe(q{SELECT name, action, sqlstate, statement, line FROM linkgress.history
					WHERE sqlstate IS NOT NULL}),
				"m3|apply|$sqlstate|2|3", "$what: the history has it");
			is($observer->safe(q{SELECT name FROM linkgress.status() WHERE state = 'failed'}), 'm3',
				"$what: the status, too");
		}
		check($observer, $expected, $sql, $what);
		$_->quit foreach $session, $observer;
	}
}

# ---- linkgress.statement_timeout limits each statement, not the run

{
	my $database = new_database();
	my $session = Session->new($node, $database, settings => { 'linkgress.statement_timeout' => '300ms' });
	$session->safe(q{INSERT INTO linkgress.migration (name, up)
		SELECT 'p' || i, 'SELECT pg_sleep(0.06); SELECT pg_sleep(0.06); SELECT pg_sleep(0.06)' FROM generate_series(1, 3) i});
	$session->safe('SELECT linkgress.migrate()');
	is($session->safe(q{SELECT count(*), sum(duration) > interval '500ms' FROM linkgress.journal
			WHERE name LIKE 'p%'}), '3|t', 'statements within the limit add up to more than it');
	$session->quit;
}

# ---- Reverting

{
	my $database = new_database();
	$node->safe_psql($database, 'SELECT linkgress.migrate()');
	$node->safe_psql($database, "UPDATE linkgress.migration SET down = E'DROP TABLE m3;\\nSELECT pg_advisory_xact_lock($gate)'
		WHERE name = 'm3'");
	foreach my $case ([ 'SELECT linkgress.rollback(4)', 'm1 m2 m3 m4 m5' ], [ 'CALL linkgress.down(4)', 'm1 m2 m3' ])
	{
		my ($sql, $expected) = @$case;
		my $observer = Session->new($node, $database);
		$observer->safe("SELECT pg_advisory_lock($gate)");
		my $session = Session->new($node, $database);
		$session->send($sql);
		$observer->wait_for_gate($session);
		$observer->safe('SELECT pg_cancel_backend(' . $session->pid . ')');
		like($session->answer->{err},
			qr/ERROR:  57014: migration "m3" failed at statement 2, line 2 of its down body: canceling statement/,
			"$sql: the message says where");
		is($observer->safe($state), "$expected / $expected", "$sql: the right ones are reverted");
		is($observer->safe($locks), '0', "$sql: the lock of the run is free");
		$_->quit foreach $session, $observer;
	}
}

# ---- While waiting for another run

{
	my $database = new_database();
	my $observer = Session->new($node, $database);
	$observer->safe("SELECT pg_advisory_lock($gate)");
	my $runner = Session->new($node, $database);
	$runner->send('CALL linkgress.up()');
	$observer->wait_for_gate($runner);

	foreach my $call ('SELECT linkgress.migrate()', 'CALL linkgress.up()')
	{
		my $waiter = Session->new($node, $database);
		$waiter->send($call);
		$waiter->{run}->pump until $waiter->{err} =~ /waiting for another run/;
		$observer->safe('SELECT pg_cancel_backend(' . $waiter->pid . ')');
		like($waiter->answer->{err}, qr/ERROR:  57014: canceling statement due to user request/,
			"$call: waiting can be cancelled");
		$waiter->send($call);
		$waiter->{run}->pump until $waiter->{err} =~ /waiting for another run/;
		$observer->safe('SELECT pg_terminate_backend(' . $waiter->pid . ')');
		like($waiter->answer->{err}, qr/FATAL:  57P01: /, "$call: a waiting session can be terminated");
		$waiter->quit;

		$waiter = Session->new($node, $database, settings => { statement_timeout => '300ms' });
		like($waiter->query($call)->{err}, qr/ERROR:  57014: canceling statement due to statement timeout/,
			"$call: waiting does not outlast statement_timeout");
		$waiter->quit;
	}
	$observer->safe('SELECT pg_advisory_unlock_all()');
	is($runner->answer->{err} =~ /ERROR|FATAL/ ? 'failed' : 'done', 'done', 'the run itself is not disturbed');
	is($observer->safe($state), "$all / $all", 'and applies all');
	$_->quit foreach $runner, $observer;
}

# ---- In a hook

{
	my $database = new_database();
	my $observer = Session->new($node, $database);
	$observer->safe(qq{SELECT pg_advisory_lock($gate);
		INSERT INTO linkgress.hook (name, event, body) VALUES
			('waits', 'after_each', \$\$SELECT pg_advisory_xact_lock($gate) WHERE current_setting('linkgress.migration') = 'm2'\$\$),
			('told', 'after_failure', 'CREATE TABLE told ()')});
	my $session = Session->new($node, $database);
	$session->send('CALL linkgress.up()');
	$observer->wait_for_gate($session);
	$observer->safe('SELECT pg_cancel_backend(' . $session->pid . ')');
	like($session->answer->{err},
		qr/ERROR:  57014: hook "waits" failed at statement 1, line 1 for migration "m2": canceling statement due to user request/,
		'a hook can be cancelled');
	is($observer->safe(q{SELECT name, action, sqlstate FROM linkgress.history WHERE sqlstate IS NOT NULL}),
		'm2|apply|57014', 'the history has it');
	is($observer->safe(q{SELECT to_regclass('told') IS NULL}), 't', 'no hook is told of a failure that somebody wanted');
	check($observer, 'm1', 'CALL linkgress.up()', 'cancelled in a hook');
	$_->quit foreach $session, $observer;
}

# ---- The server is asked to stop

{
	my $database = new_database();
	my $observer = Session->new($node, $database);
	$observer->safe("SELECT pg_advisory_lock($gate)");
	my $session = Session->new($node, $database);
	$session->send('CALL linkgress.up()');
	$observer->wait_for_gate($session);
	$node->stop('fast');
	$_->quit foreach $session, $observer;
	$node->start;
	$observer = Session->new($node, $database);
	check($observer, 'm1 m2', 'CALL linkgress.up()', 'stopped with the server');
	$observer->quit;
}

$node->stop;
done_testing();
