# Many sessions run migrations at once: each migration runs exactly once, and nobody gets an error.
# How a run waits for another, and what others see of it meanwhile.

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
my $count = 20;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

# Every migration writes down who ran it, outside of the journal.
my $register = qq{
	CREATE TABLE ran (name text, pid int);
	INSERT INTO linkgress.migration (name, up, down)
	SELECT n, format('CREATE TABLE public.%1\$I (id int);
			INSERT INTO public.ran VALUES (%1\$L, pg_backend_pid());
			SELECT pg_sleep(0.005)', n),
		format('DROP TABLE public.%1\$I; DELETE FROM public.ran WHERE name = %1\$L', n)
	FROM (SELECT 'm' || lpad(i::text, 2, '0') FROM generate_series(1, $count) i) x(n);};
$node->safe_psql('postgres', 'CREATE DATABASE prepared');
$node->safe_psql('prepared', "CREATE EXTENSION linkgress; $register");

my $databases = 0;
sub new_database
{
	my ($template) = @_;
	my $database = 'run_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database" . ($template ? " TEMPLATE $template" : ''));
	return $database;
}

# Sends one command per session, all at once: each session first queues for a lock of the test.
sub at_once
{
	my ($database, @commands) = @_;
	my $starter = Session->new($node, $database);
	$starter->safe("SELECT pg_advisory_lock($gate)");
	my @sessions = map { Session->new($node, $database) } @commands;
	for my $i (0 .. $#commands)
	{
		$sessions[$i]->send("SELECT pg_advisory_lock_shared($gate); $commands[$i]");
	}
	$starter->wait_for_gate($_) foreach @sessions;
	$starter->safe("SELECT pg_advisory_unlock($gate)");
	my @answers = map { $_->answer } @sessions;
	$_->quit foreach @sessions, $starter;
	return @answers;
}

sub errors
{
	my @answers = @_;
	return join "\n", grep { /ERROR|FATAL/ } map { $_->{err} } @answers;
}

my $up = 'CALL linkgress.up()';
my $migrate = 'SELECT name, action FROM linkgress.migrate()';
my $once = qq{SELECT count(*) = $count AND count(DISTINCT name) = $count FROM };

sub check_each_once
{
	my ($database, $what) = @_;
	foreach my $table ('ran', 'linkgress.journal', q{linkgress.history WHERE action = 'apply' AND sqlstate IS NULL})
	{
		is($node->safe_psql($database, $once . $table), 't', "$what: each migration once in $table");
	}
	return;
}

# ---- Everybody at once

my %callers = (
	'8 x migrate()' => [ ($migrate) x 8 ],
	'8 x up()' => [ ($up) x 8 ],
	'4 x migrate(), 4 x up()' => [ ($migrate, $up) x 4 ],
);
foreach my $what (sort keys %callers)
{
	my $database = new_database('prepared');
	my @answers = at_once($database, @{ $callers{$what} });
	is(errors(@answers), '', "$what: no error");
	check_each_once($database, $what);
	my $applied = grep { /\|applied/ } map { split /\n/, $_->{out} } @answers;
	is($applied, $count, "$what: reported once") if $what eq '8 x migrate()';
	is($node->safe_psql($database, 'SELECT count(DISTINCT batch) FROM linkgress.journal'), '1', "$what: one run did it")
	  if $what eq '8 x migrate()';
}

# The very first calls after CREATE EXTENSION, in sessions that have not seen it yet
foreach my $what (sort keys %callers)
{
	my $database = new_database();
	my @sessions = map { Session->new($node, $database) } 1 .. 8;
	$node->safe_psql($database, "CREATE EXTENSION linkgress; $register");
	my @commands = @{ $callers{$what} };
	$sessions[$_]->send($commands[$_]) foreach 0 .. 7;
	my @answers = map { $_->answer } @sessions;
	is(errors(@answers), '', "first calls, $what: no error");
	check_each_once($database, "first calls, $what");
	$_->quit foreach @sessions;
}

# Registering at once, and reverting at once
{
	my $database = new_database('prepared');
	my $same = q{SELECT linkgress.register('r' || i, 'SELECT 1') FROM generate_series(1, 30) i};
	my @answers = at_once($database, ($same) x 8);
	is(errors(@answers), '', 'registering the same at once: no error');
	is((grep { /^registered$/ } map { split /\n/, $_->{out} } @answers), 30, 'registering the same at once: each once');

	$node->safe_psql($database, q{DELETE FROM linkgress.migration WHERE name LIKE 'r%'; SELECT linkgress.migrate()});
	@answers = at_once($database, ('SELECT name, action FROM linkgress.rollback(2)', 'CALL linkgress.down(3)') x 4);
	is(errors(@answers), '', 'reverting at once: no error');
	is($node->safe_psql($database, q{SELECT (SELECT string_agg(name, ' ') FROM linkgress.journal) IS NULL,
			count(*), count(DISTINCT name) FROM linkgress.history WHERE action = 'revert' AND sqlstate IS NULL}),
		"t|$count|$count", 'reverting at once: each migration is reverted once');
	is($node->safe_psql($database, 'SELECT count(*) FROM ran'), '0', 'reverting at once: for real');
}

# ---- One run is held up, others come

my $gated = new_database('prepared');
$node->safe_psql($gated, qq{UPDATE linkgress.migration
	SET up = up || '; SELECT pg_advisory_xact_lock($gate)' WHERE name = 'm03'});

# Starts a run in a copy of that database; returns it and the session that holds it up.
sub start_run
{
	my ($command, $application) = @_;
	my $database = new_database($gated);
	my $keeper = Session->new($node, $database);
	$keeper->safe("SELECT pg_advisory_lock($gate)");
	my $runner = Session->new($node, $database,
		$application ? (settings => { application_name => $application }) : ());
	$runner->send($command);
	$keeper->wait_for_gate($runner);
	return ($database, $keeper, $runner);
}

foreach my $command ($up, $migrate)
{
	my ($database, $keeper, $runner) = start_run($command);
	my $pid = $runner->pid;
	my $what = $command =~ /migrate/ ? 'migrate()' : 'up()';

	# wait = off
	my @others = map { Session->new($node, $database, settings => { 'linkgress.wait' => 'off' }) } 1 .. 7;
	$others[$_]->send($_ % 2 ? $up : $migrate) foreach 0 .. 6;
	my @answers = map { $_->answer } @others;
	is((grep { $_->{err} =~ /ERROR:  55P03: another run is in progress: pid $pid\b/ } @answers), 7,
		"$what holds it, wait = off: 7 others get 55P03 at once");
	is((grep { $_->{err} =~ /NOTICE/ } @answers), 0, "$what holds it, wait = off: they do not say that they wait");
	$_->quit foreach @others;

	# wait = 500 ms
	foreach my $waiting ($up, $migrate)
	{
		my $other = Session->new($node, $database, settings => { 'linkgress.wait' => '500ms' });
		my $start = Time::HiRes::time();
		my $answer = $other->query($waiting);
		cmp_ok(Time::HiRes::time() - $start, '>=', 0.5, "$what holds it, wait = 500ms: it waits");
		like($answer->{err}, qr/NOTICE:  00000: waiting for another run: pid $pid /,
			"$what holds it, wait = 500ms: says for whom");
		like($answer->{err},
			qr/ERROR:  55P03: another run is in progress: pid $pid \(role \w+, application '[^']*m03', since [-0-9]+ [:0-9]+ \w+\)/,
			"$what holds it, wait = 500ms: gives up and says for whom");
		like($answer->{err}, qr/DETAIL:  The setting linkgress.wait is "500ms"\./, "$what holds it, wait = 500ms: and why");
		is($other->safe('SELECT 1'), '1', "$what holds it, wait = 500ms: the session can go on");
		$other->quit;
	}

	# What others see
	my $viewer = Session->new($node, $database, settings => { statement_timeout => '10s' });
	is($viewer->safe(q{SELECT name, note ~ '^by pid }
			. $pid . q{ since [0-9:]+$' FROM linkgress.status() WHERE state = 'running'}),
		'm03|t', "$what: status() shows what is running, and by whom");
	is($viewer->safe('SELECT string_agg(name, $$ $$ ORDER BY name) FROM linkgress.status() WHERE state = $$applied$$'),
		$what eq 'up()' ? 'm01 m02' : '', "$what: status() shows what is committed");
	is($viewer->safe("SELECT application_name FROM pg_stat_activity WHERE pid = $pid"),
		"linkgress [3/$count] m03", "$what: its application_name shows how far it is");
	is($viewer->safe("SELECT count(*) FROM linkgress.pending() WHERE name = 'm03'"), '1',
		"$what: what is running is still pending");
	is($viewer->safe('SELECT count(*) FROM linkgress.validate()'), '0', "$what: validate() does not wait");
	$viewer->quit;

	# Held up no more, it ends as if nothing had been.
	$keeper->safe('SELECT pg_advisory_unlock_all()');
	is(errors($runner->answer), '', "$what: the run itself is not disturbed");
	check_each_once($database, $what);
	is($keeper->safe("SELECT application_name FROM pg_stat_activity WHERE pid = $pid"), 'concurrency.pl',
		"$what: its application_name is what it was");
	is($keeper->safe(q{SELECT count(*) FROM linkgress.status() WHERE state = 'running'}), '0', "$what: nothing runs");
	$_->quit foreach $keeper, $runner;
}

# ---- Other databases are no concern of a run, and no SQL function can take its lock or let go of it

{
	my ($database, $keeper, $runner) = start_run($up);
	my $elsewhere = new_database('prepared');
	is(errors(Session->new($node, $elsewhere, settings => { 'linkgress.wait' => 'off' })->query($migrate)), '',
		'a run in another database does not wait');
	$_->quit foreach $keeper, $runner;

	$database = new_database('prepared');
	$node->safe_psql($database, "UPDATE linkgress.migration SET up = 'SELECT pg_advisory_unlock_all()', down = '' WHERE name = 'm02';
		UPDATE linkgress.migration SET up = 'SELECT pg_advisory_unlock_all(), pg_advisory_xact_lock($gate)', down = ''
		WHERE name = 'm03'");
	foreach my $command ($up, $migrate)
	{
		$keeper = Session->new($node, $database);
		$keeper->safe("SELECT pg_advisory_lock($gate)");
		$runner = Session->new($node, $database);
		$runner->send($command);
		$keeper->wait_for_gate($runner);
		my $other = Session->new($node, $database, settings => { 'linkgress.wait' => 'off' });
		like($other->query($_)->{err}, qr/ERROR:  55P03: another run/,
			'pg_advisory_unlock_all() in a migration lets nobody else in') foreach $up, $migrate;
		$keeper->safe('SELECT pg_advisory_unlock_all()');
		is(errors($runner->answer), '', 'nor does it disturb the run');
		is($keeper->safe($once . 'linkgress.journal'), 't', 'which applies all');
		$keeper->safe('SELECT linkgress.reset()');
		$_->quit foreach $keeper, $runner, $other;
	}
}

# ---- A run that waits must not hold up the one that works

$node->safe_psql($gated, q{CREATE TABLE wanted (); CREATE TABLE wanted_too ();
	UPDATE linkgress.migration SET up = up || '; ALTER TABLE public.wanted ADD COLUMN a int' WHERE name = 'm04'});

foreach my $command ($up, $migrate)
{
	my $what = $command =~ /migrate/ ? 'migrate()' : 'up()';
	foreach my $way ('directly', 'by way of a third session')
	{
		my ($database, $keeper, $runner) = start_run($command);
		my $pid = $runner->pid;
		my $waiter = Session->new($node, $database);
		my $third = Session->new($node, $database);
		# The waiting run holds a lock that the run at work is going to need.
		my $table = $way eq 'directly' ? 'wanted' : 'wanted_too';
		$waiter->safe("BEGIN; LOCK TABLE $table IN ACCESS SHARE MODE");
		if ($way ne 'directly')
		{
			$third->send('BEGIN; LOCK TABLE wanted IN ACCESS SHARE MODE; LOCK TABLE wanted_too; COMMIT');
			$keeper->wait_until(q{SELECT coalesce(wait_event_type = 'Lock', false) FROM pg_stat_activity WHERE pid = }
				  . $third->pid);
		}
		$waiter->send($migrate);
		$waiter->{run}->pump until $waiter->{err} =~ /waiting for another run/;
		$keeper->safe('SELECT pg_advisory_unlock_all()');
		my $answer = $waiter->answer;
		like($answer->{err}, qr/ERROR:  55P03: another run is in progress: pid $pid /, "$what, $way: who waits gives up");
		like($answer->{err}, qr/DETAIL:  It waits for locks/, "$what, $way: says why");
		is(errors($runner->answer), '', "$what, $way: the run at work goes on");
		is($keeper->safe($once . 'linkgress.journal'), 't', "$what, $way: and applies all");
		$_->quit foreach $keeper, $runner, $waiter, $third;
	}
}

$node->stop;
done_testing();
