# The session, its worker or the whole server is killed at random moments: afterwards journal and schema agree, and
# the next call goes on. FAULT_ROUNDS says how often; `make check-faults` does it more often than `make check`.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;
use Time::HiRes qw(usleep);

my $rounds = $ENV{FAULT_ROUNDS} // 6;
my $seed = $ENV{FAULT_SEED} // time;
srand $seed;
note "FAULT_SEED=$seed";

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "restart_after_crash = on\nautovacuum = off\nmax_worker_processes = 20");
$node->start;

# Odd ones run in one transaction, even ones statement by statement. Each makes a table and two indexes.
$node->safe_psql('postgres', q{
	CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up, down, transactional, down_transactional)
	SELECT 'm' || i,
		format(CASE WHEN i % 2 = 1 THEN 'CREATE TABLE t%1$s (i int); CREATE INDEX i%1$s ON t%1$s (i); CREATE INDEX j%1$s ON t%1$s (i)'
			ELSE 'CREATE TABLE t%1$s (i int); CREATE INDEX CONCURRENTLY i%1$s ON t%1$s (i);
				CREATE INDEX CONCURRENTLY j%1$s ON t%1$s (i)' END, i),
		format(CASE WHEN i % 2 = 1 THEN 'DROP TABLE t%1$s'
			ELSE 'DROP INDEX CONCURRENTLY j%1$s; DROP INDEX CONCURRENTLY i%1$s; DROP TABLE t%1$s' END, i),
		i % 2 = 1, i % 2 = 1
	FROM generate_series(1, 8) i});

# What there is of each migration, against what the journal says of it
my $disagreeing = q{
	SELECT string_agg(format('%s is %s, %s of 3 done %s, but has %s objects, %s valid', s.name, s.state, p.done, p.direction,
		o.there, o.valid), '; ')
	FROM linkgress.status() s LEFT JOIN linkgress.partial p USING (name),
		LATERAL (SELECT count(*) AS there, count(*) FILTER (WHERE i.indisvalid IS NOT false) AS valid
			FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
			WHERE relname ~ format('^[tij]%s$', substr(s.name, 2)) AND relkind IN ('r', 'i')) o
	WHERE NOT CASE
		WHEN p.direction = 'up' THEN o.valid = p.done
		WHEN p.direction = 'down' THEN o.there = 3 - p.done
		WHEN s.state = 'applied' THEN o.there = 3
		ELSE o.there = 0 END};

sub is_consistent
{
	my ($moment) = @_;
	return is($node->safe_psql('postgres', $disagreeing), '', "$moment: journal and schema agree");
}

sub kill_server
{
	my ($session) = @_;
	my $postmaster = $node->{_pid};
	my @processes = ($postmaster, split ' ', `ps -o pid= --ppid $postmaster`);
	$node->kill9;
	usleep(10_000) while grep { kill 0, $_ } @processes;    # until the last of them has seen it
	$session->quit;
	$node->start;
	return;
}

sub kill_process
{
	my ($pid) = @_;
	my $logged = -s $node->logfile;
	return unless kill('KILL', $pid);
	$node->wait_for_log(qr/database system is ready to accept connections/, $logged);
	return;
}

my @next = ('CALL linkgress.up()', 'CALL linkgress.down(8)');
foreach my $round (1 .. $rounds)
{
	my $call = $next[0];
	my $victim = (qw(session worker server))[ rand 3 ];
	my $moment = "$call, $victim killed in round $round";
	my $session = Session->new($node, 'postgres');
	$session->send($call);
	usleep(int rand 400_000);
	if ($victim eq 'server')
	{
		kill_server($session);
	}
	else
	{
		my $pid = $victim eq 'session' ? $session->pid
		  : $node->safe_psql('postgres', q{SELECT pid FROM pg_stat_activity WHERE backend_type = 'linkgress' LIMIT 1});
		kill_process($pid) if $pid;
		$session->quit;
	}
	is_consistent($moment);
	my ($out, $err) = ('', '');
	# What is half reverted is reverted first, and the other way round.
	my $way = $node->safe_psql('postgres', 'SELECT direction FROM linkgress.partial') || ($call =~ /up/ ? 'up' : 'down');
	my $left = $way eq 'up' ? 'CALL linkgress.up()' :
	  $node->safe_psql('postgres', q{SELECT CASE WHEN count(*) > 0 THEN format('CALL linkgress.down(%s)', count(*)) ELSE 'SELECT 1' END
		FROM linkgress.journal});
	is($node->psql('postgres', $left, stdout => \$out, stderr => \$err), 0, "$moment: the next call goes on") or diag $err;
	is($node->safe_psql('postgres', 'SELECT count(*) FROM linkgress.journal'), $way eq 'up' ? '8' : '0', "$moment: to the end");
	is_consistent("$moment, then finished");
	is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'}), '0', "$moment: no lock is left");
	@next = $way eq 'up' ? ('CALL linkgress.down(8)') : ('CALL linkgress.up()');
}

$node->stop;
done_testing();
