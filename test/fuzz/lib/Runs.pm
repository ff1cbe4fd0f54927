# Runs of migrations and syncs that are cancelled or ended at any moment, or whose worker is.

package Runs;

use strict;
use warnings;

use Callers;
use Chance;
use Psql;
use Time::HiRes qw(time sleep);

my $patience = 60;

sub prepare
{
	my ($database) = @_;
	my $psql = Psql->new($database, '/tmp');
	$psql->safe(q{
		DELETE FROM linkgress.migration;
		SET ROLE fuzz_owner;
		CREATE TABLE pairs.t (a int);
		INSERT INTO pairs.t SELECT generate_series(1, 2000)});
	$psql->quit;
	return;
}

# Several sessions register and run; each names its migrations by itself.
sub register
{
	my ($self) = @_;
	my $name = sprintf 'pair_%d_%04d', $self->{number}, ++$self->{count};
	my $table = "pairs.$name";
	my @bodies = chance(0.5)
	  ? ("CREATE TABLE $table (a int); SELECT pg_sleep(0.005)", "DROP TABLE $table")
	  : ("CREATE INDEX CONCURRENTLY ${name}_i ON pairs.t (a); SELECT pg_sleep(0.005); VACUUM pairs.t; CREATE TABLE $table ()",
		"DROP TABLE $table; DROP INDEX CONCURRENTLY pairs.${name}_i");
	$self->{admin}->query("SELECT linkgress.register('$name', '$bodies[0]', '$bodies[1]')");
	return;
}

sub model
{
	my ($self) = @_;
	my $number = ++$self->{count};
	my $source = "CREATE TABLE app.t1 (a int PRIMARY KEY, b text, c$number int); CREATE INDEX ix$number ON app.t1 (b);"
	  . join '', map { "CREATE TABLE app.z${number}_$_ (a int PRIMARY KEY);" } 1 .. 20;
	$self->{admin}->query("INSERT INTO linkgress.model (name, source) VALUES ('main', '$source')"
		  . ' ON CONFLICT (name) DO UPDATE SET source = excluded.source');
	return;
}

my %before = (
	'CALL linkgress.up()' => \&register,
	'SELECT linkgress.launch()' => \&register,
	'SELECT * FROM linkgress.migrate()' => \&register,
	'SELECT * FROM linkgress.rollback(2)' => \&register,
	'CALL linkgress.down(2)' => \&register,
	'CALL linkgress.sync_online(true)' => \&model,
	'SELECT * FROM linkgress.sync(true)' => \&model,
	'SELECT linkgress.analyze_json()' => \&model,
);

my @endings = (
	('SELECT pg_cancel_backend(%d)') x 2, 'SELECT pg_terminate_backend(%d)',
	q{SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'linkgress' AND %d > 0},
	q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE backend_type = 'linkgress' AND %d > 0}, undef);

sub one_run
{
	my ($self, $call) = @_;
	my $kept = $self->{kept};
	my $session = Psql->new($self->{database}, '/tmp');
	my $pid = $session->safe('SELECT pg_backend_pid()');
	$session->send("\\set VERBOSITY verbose\nSET linkgress.wait = '5s'; SET statement_timeout = '30s'; $call;");
	my $ending = pick(@endings);
	print $kept "$call;\n-- ", $ending // '', "\n";
	my $answer = $session->receive(rand() * pick(0.02, 0.1, 0.4, 1));
	$self->{admin}->query(sprintf $ending, $pid) if !$answer && $ending;
	$answer //= $session->receive($patience);
	print $kept '-- outcome: ', Callers::outcome_of($answer), "\n";
	my @complaints = $answer ? Callers::complaint_of($answer) : ("no answer in $patience s");
	$answer ? $session->quit : $session->kill;
	return map { "$_, to $call, " . ($ending // 'not ended') } @complaints;
}

sub work
{
	my ($database, $number, $seconds, $file) = @_;
	my $until = time + $seconds;
	my $self = bless { database => $database, number => $number, count => 0 }, 'Runs';
	$self->{admin} = Psql->new($database, '/tmp');
	$self->{admin}->safe('SET client_min_messages = error');
	open $self->{kept}, '>', $file or die "$file: $!";
	while (time < $until)
	{
		my $call = pick(sort keys %before);
		$before{$call}->($self);
		my @complaints = $self->one_run($call);
		return @complaints if @complaints;
	}
	$self->{admin}->quit;
	return ();
}

1;
