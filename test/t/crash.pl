# A backend that is killed at any moment of a run, and a server that is stopped at once: afterwards
# journal and schema agree, and the next run does what is left.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $gate = 4711;    # an advisory lock; a migration that takes it stops while the test holds it
my $count = 8;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "restart_after_crash = on\nautovacuum = off\nwal_level = replica\nmax_wal_senders = 1");
$node->start;

# Migration m1 creates table m1 and so on. Each body can stop at three places: before its first
# statement, after its last, and in a deferred constraint, which is checked when the journal's row
# has been written.
$node->safe_psql('postgres', 'CREATE DATABASE prepared');
$node->safe_psql('prepared', qq{
	CREATE EXTENSION linkgress;
	CREATE TABLE stop (name text, place text);
	CREATE FUNCTION stop_here(here_name text, here text) RETURNS void LANGUAGE plpgsql AS \$\$
	BEGIN
		IF EXISTS (SELECT FROM public.stop WHERE name = here_name AND place = here) THEN
			PERFORM pg_advisory_xact_lock($gate);
		END IF;
	END \$\$;
	CREATE FUNCTION stop_at_constraint() RETURNS trigger LANGUAGE plpgsql AS \$\$
	BEGIN
		PERFORM public.stop_here(tg_table_name, 'constraint');
		RETURN NULL;
	END \$\$;
	INSERT INTO linkgress.migration (name, up, down)
	SELECT name,
		format(\$body\$
			SELECT public.stop_here(%1\$L, 'first');
			CREATE TABLE public.%1\$I (id int PRIMARY KEY);
			CREATE CONSTRAINT TRIGGER stop AFTER INSERT ON public.%1\$I DEFERRABLE INITIALLY DEFERRED
				FOR EACH ROW EXECUTE FUNCTION public.stop_at_constraint();
			INSERT INTO public.%1\$I VALUES (1);
			SELECT public.stop_here(%1\$L, 'last');
		\$body\$, name),
		format(\$body\$
			SELECT public.stop_here(%1\$L, 'revert');
			DROP TABLE public.%1\$I;
			SELECT public.stop_here(%1\$L, 'reverted');
		\$body\$, name)
	FROM (SELECT 'm' || i FROM generate_series(1, $count) i) m(name)});

# Every moment has a database of its own.
my $databases = 0;
sub new_database
{
	my $database = 'moment_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	return $database;
}

# Kills a session's backend, which takes all others along; returns when the server is up again.
sub kill_backend
{
	my ($victim, @others) = @_;
	my $logged = -s $node->logfile;
	kill('KILL', $victim->pid) or die "cannot kill: $!";
	$node->wait_for_log('database system is ready to accept connections', $logged);
	$_->quit foreach $victim, @others;
	return;
}

my $tables = q{SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') FROM pg_class
	WHERE relkind = 'r' AND relname ~ '^m\d+$'};
my $journal = q{SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') FROM linkgress.journal};
my $history = q{SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') FROM linkgress.history
	WHERE action = 'apply' AND sqlstate IS NULL};
my $locks = q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'};
my $all = join ' ', map { "m$_" } 1 .. $count;

# Do schema, journal and history say the same, and is it that? Does the next run finish?
sub check
{
	my ($database, $expected, $call, $moment) = @_;
	my $there = $node->safe_psql($database, $tables);
	is($node->safe_psql($database, $journal), $there, "$moment: the journal has what the schema has");
	is($node->safe_psql($database, $history), $there, "$moment: the history, too");
	is($there, $expected, "$moment: that is what had been committed") if defined $expected;
	is($node->safe_psql($database, $locks), '0', "$moment: no lock is left");
	my ($status, $out, $err) = (0);
	$status = $node->psql($database, "TRUNCATE stop; $call", stdout => \$out, stderr => \$err);
	is($status, 0, "$moment: the next run succeeds") or diag $err;
	is($node->safe_psql($database, "$tables UNION ALL $journal UNION ALL $history"), "$all\n$all\n$all",
		"$moment: and does what was left, each migration once");
	return;
}

my %call = (up => 'CALL linkgress.up()', migrate => 'SELECT linkgress.migrate()');

# Starts a call and lets it come to the place; the observer keeps the gate shut.
sub run_to
{
	my ($database, $call, $name, $place) = @_;
	my $observer = Session->new($node, 'postgres');
	my $victim = Session->new($node, $database);
	# Advisory locks are a database's own.
	my $keeper = Session->new($node, $database);
	$keeper->safe("SELECT pg_advisory_lock($gate); INSERT INTO stop VALUES ('$name', '$place')");
	$victim->send($call);
	$observer->wait_for_gate($victim);
	return ($victim, $keeper, $observer);
}

# ---- Exact moments: where the migration stops, and what has been committed then

my @moments = (
	[ 'up', 'm1', 'first', 0 ],
	[ 'up', 'm1', 'constraint', 0 ],
	[ 'up', 'm3', 'first', 2 ],
	[ 'up', 'm3', 'last', 2 ],
	[ 'up', 'm5', 'constraint', 4 ],
	[ 'up', 'm8', 'last', 7 ],
	[ 'up', 'm8', 'constraint', 7 ],
	[ 'migrate', 'm1', 'first', 0 ],
	[ 'migrate', 'm4', 'last', 0 ],
	[ 'migrate', 'm8', 'last', 0 ],
	[ 'migrate', 'm8', 'constraint', 0 ],    # in the commit itself
);
foreach my $moment (@moments)
{
	my ($call, $name, $place, $committed) = @$moment;
	my $database = new_database();
	my ($victim, @others) = run_to($database, $call{$call}, $name, $place);
	kill_backend($victim, @others);
	check($database, join(' ', map { "m$_" } 1 .. $committed), $call{$call}, "killed in $call(), $name, $place");
}

# ---- After the commit was written, before anybody has heard of it: it waits for a standby
# that is not there

foreach my $call ('up', 'migrate')
{
	my $database = new_database();
	my ($victim, $keeper, $observer) = run_to($database, $call{$call}, 'm3', 'last');
	my $second = Session->new($node, $database, settings => { synchronous_commit => 'local' });
	my $waits = q{SELECT coalesce(wait_event = 'SyncRep', false) FROM pg_stat_activity WHERE pid = };
	$second->safe(q{ALTER SYSTEM SET synchronous_standby_names = 'nobody'});
	$second->safe('SELECT pg_reload_conf()');
	# It takes effect when the checkpointer has heard of it: a commit that waits tells.
	$observer->send(q{DO $$ BEGIN LOOP PERFORM pg_logical_emit_message(true, '', ''); COMMIT; END LOOP; END $$});
	$second->wait_until($waits . $observer->pid);
	$keeper->safe("SET synchronous_commit = local; SELECT pg_advisory_unlock($gate)");
	$second->wait_until($waits . $victim->pid);
	kill_backend($victim, $keeper, $observer, $second);
	$node->safe_psql('postgres', 'ALTER SYSTEM RESET synchronous_standby_names');
	$node->reload;    # lets go of those who wait
	check($database, $call eq 'up' ? 'm1 m2 m3' : $all, $call{$call}, "killed in the commit of $call()");
}

# ---- Any moments

foreach my $i (1 .. 6)
{
	my $call = $i % 2 ? 'up' : 'migrate';
	my $database = new_database();
	# What the victim has come to when it is killed, and so about when that is
	my $reached = 1 + int(rand($count));
	my $observer = Session->new($node, $database);
	my $victim = Session->new($node, $database);
	$victim->send($call{$call});
	$observer->wait_until(
		qq{SELECT coalesce(max((regexp_match(application_name, '^linkgress .(\\d+)'))[1]::int) >= $reached, false)
				OR bool_and(state = 'idle' AND query !~ 'background')
			FROM pg_stat_activity WHERE pid = } . $victim->pid);
	kill_backend($victim, $observer);
	my $there = $node->safe_psql($database, $tables);
	ok($there eq '' || $there eq $all, "killed about m$reached: migrate() is all or nothing") if $call eq 'migrate';
	check($database, undef, $call{$call}, "killed in $call() about m$reached");
}

# ---- While reverting

{
	my $database = new_database();
	$node->safe_psql($database, 'CALL linkgress.up()');
	my ($victim, @others) = run_to($database, 'CALL linkgress.down(4)', 'm6', 'reverted');
	kill_backend($victim, @others);
	my $kept = join ' ', map { "m$_" } 1 .. 6;
	is($node->safe_psql($database, "$tables UNION ALL $journal"), "$kept\n$kept",
		'killed in down(): what was reverted stays so, the rest stays applied');
	$node->safe_psql($database, 'TRUNCATE stop; CALL linkgress.down(6)');
	is($node->safe_psql($database, "$tables UNION ALL $journal"), "\n", 'killed in down(): the next one goes on');
}

# ---- A waiting run is killed, and the one that works along with it

{
	my $database = new_database();
	my ($runner, @others) = run_to($database, $call{up}, 'm2', 'last');
	my $waiter = Session->new($node, $database);
	$waiter->send($call{up});
	$waiter->{run}->pump until $waiter->{err} =~ /waiting for another run/;
	kill_backend($waiter, $runner, @others);
	check($database, 'm1', $call{up}, 'a waiting session was killed');
}

# ---- The whole server

foreach my $call ('up', 'migrate')
{
	my $database = new_database();
	my ($victim, @others) = run_to($database, $call{$call}, 'm4', 'last');
	$node->stop('immediate');
	$node->start;
	$_->quit foreach $victim, @others;
	check($database, $call eq 'up' ? 'm1 m2 m3' : '', $call{$call}, "stopped at once in $call()");
}

$node->stop;
done_testing();
