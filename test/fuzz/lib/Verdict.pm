# What must be so after a round, whatever was called in it.

package Verdict;

use strict;
use warnings;

use Psql;

# What the log of a server must not have
my $wrong = qr{
	^TRAP: | was\ terminated\ by\ signal | PANIC: | all\ server\ processes\ terminated
	| ERROR:\ AddressSanitizer | runtime\ error:
	| WARNING:\ .*(?:leak | not\ closed | nonzero\ refcount | snapshot\ .*\ still\ active | registered\ snapshots
		| SPI\ stack | SPITupleTable | own\ a\ lock | lock\ held\ at\ commit | locallock\ table | problem\ in
		| past\ chunk\ end | Transaction\ while\ in | GUC\ nest\ level | cleanup\ for\ portal | delete\ portal)
}x;

# `$resumes`: nothing was called that a run could not go on from.
sub new
{
	my ($class, $log, $database, $admin, $resumes) = @_;
	return bless {
		log => $log, resumes => $resumes, size => -s $log, database => $database, admin => $admin,
		started => $admin->safe('SELECT pg_postmaster_start_time()'),
	}, $class;
}

sub in_log
{
	my ($self) = @_;
	open my $log, '<', $self->{log} or return "$self->{log}: $!";
	seek $log, $self->{size}, 0;
	my @lines = <$log>;
	my @found = grep { $lines[$_] =~ $wrong } 0 .. $#lines;
	return () unless @found;
	my $last = $found[0] + 25 > $#lines ? $#lines : $found[0] + 25;
	return @lines[ $found[0] .. $last ];
}

# Waits for what needs a moment after the end of a session.
sub becomes
{
	my ($psql, $query, $expected) = @_;
	my $answer = '';
	foreach (1 .. 300)
	{
		$answer = $psql->safe($query);
		return 1 if $answer eq $expected;
		select undef, undef, undef, 0.1;
	}
	return 0;
}

my @at_rest = (
	'somebody has become superuser',
	q{SELECT count(*) FROM pg_roles WHERE rolsuper AND oid <> 10},
	'a worker is left',
	q{SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'linkgress' AND datname = current_database()},
	'a session does not end',
	q{SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database()
		AND pid <> pg_backend_pid()},
	'a lock is left',
	q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())});

# The migrations pair_1, pair_2, ... are never named by anybody, so but for what has been recorded without being run,
# or forgotten, each is applied if and only if its table is there.
my $pairs = q{
	SELECT string_agg(coalesce(j.name, relname), ' ')
	FROM (SELECT name FROM linkgress.journal WHERE name LIKE 'pair\_%' AND NOT baseline) j
	FULL JOIN (SELECT relname FROM pg_class WHERE relnamespace = 'pairs'::regnamespace AND relkind = 'r'
		AND relname LIKE 'pair\_%') t ON t.relname = j.name
	WHERE (j.name IS NULL OR t.relname IS NULL) AND NOT EXISTS (SELECT FROM linkgress.history h
		WHERE h.name IN (j.name, relname) AND h.action NOT IN ('apply', 'revert'))};

# Then everything that was put there by chance goes, and a run does what it has to.
my $next_run = q{
	SET linkgress.out_of_order = 'allow';
	SET linkgress.wait = off;
	SET client_min_messages = error;
	DELETE FROM linkgress.hook;
	DELETE FROM linkgress.model;
	SELECT linkgress.repair(name, 'forget') FROM linkgress.status() WHERE state IN ('changed', 'missing', 'partial');
	DELETE FROM linkgress.migration WHERE name NOT LIKE 'pair\_%' AND name NOT IN (SELECT name FROM linkgress.journal);
	INSERT INTO linkgress.migration (name, up) VALUES ('the last one', 'CREATE TABLE pairs.last ()');
	CALL linkgress.up();
	SELECT 'pairs.last'::regclass};

sub in_database
{
	my ($self) = @_;
	my $psql = Psql->new($self->{database}, '/tmp');
	my @found;
	for (my $i = 0; $i < @at_rest; $i += 2)
	{
		push @found, $at_rest[$i] unless becomes($psql, $at_rest[ $i + 1 ], '0');
	}
	push @found, resumed($psql) if $self->{resumes};
	my $differ = $psql->safe($pairs);
	push @found, "journal and schema differ: $differ" if $differ ne '';
	push @found, $self->of_next_run($psql);
	$psql->quit;
	return @found;
}

# What was ended is brought to an end.
sub resumed
{
	my ($psql) = @_;
	my $answer = $psql->query('SET linkgress.out_of_order = allow; SET linkgress.wait = off; CALL linkgress.up()');
	return "a run cannot go on: $answer->{err}" if Psql::failed($answer);
	my $left = $psql->safe(q{
		SELECT string_agg(name || ' is ' || state, ', ') FROM linkgress.status() WHERE state <> 'applied'
		UNION ALL
		SELECT string_agg(indexrelid::regclass || ' is invalid', ', ') FROM pg_index WHERE NOT indisvalid});
	return $left =~ /\w/ ? "after the run, $left" : ();
}

sub of_next_run
{
	my ($self, $psql) = @_;
	return () if $psql->safe(q{SELECT count(*) FROM pg_extension WHERE extname = 'linkgress'}) eq '0';
	my $answer = $psql->query($next_run);
	return Psql::failed($answer) ? "the next run fails: $answer->{err}" : ();
}

sub complaints
{
	my ($self) = @_;
	my @found = $self->in_log;
	my $started = eval { Psql->new('postgres', '/tmp')->safe('SELECT pg_postmaster_start_time()') };
	push @found, 'the server is gone' unless defined $started;
	push @found, 'the server was restarted' if defined $started && $started ne $self->{started};
	return @found if @found;
	return ($self->in_database, $self->in_log);
}

1;
