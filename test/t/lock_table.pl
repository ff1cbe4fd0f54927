# A transaction over very many migrations needs a lock for each of their tables, and the server's
# lock table is finite. Then nothing remains, and the hint names the way that needs only one
# migration's locks at a time.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

# Smaller than by default, so that it does not take long.
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "max_connections = 10\nmax_locks_per_transaction = 20\nautovacuum = off");
$node->start;

my $count = 1500;
$node->safe_psql('postgres', qq{
	CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up, down)
	SELECT n, format('CREATE TABLE %I (id int PRIMARY KEY, text text)', n), format('DROP TABLE %I', n)
	FROM (SELECT 'm' || lpad(i::text, 4, '0') FROM generate_series(1, $count) i) x(n)});

my $tables = q{SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname ~ '^m[0-9]+$'};
my $journal = 'SELECT count(*) FROM linkgress.journal';
my $session = Session->new($node, 'postgres', settings => { 'linkgress.verbosity' => 'quiet' });

sub check_refused
{
	my ($call, $way_out, $remaining) = @_;
	my $err = $session->query($call)->{err};
	like($err, qr/ERROR:  53200: migration "m\d+" failed at statement 1, line 1.*: out of shared memory\n/,
		"$call: fails in one of the migrations");
	like($err, qr/HINT:  .*max_locks_per_transaction.*\Q$way_out\E/, "$call: the hint names $way_out");
	is($session->safe($tables), $remaining, "$call: the schema is as before");
	is($session->safe($journal), $remaining, "$call: the journal, too");
	is($session->safe(q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'}), '0', "$call: nothing is locked");
	return;
}

check_refused('SELECT linkgress.migrate()', 'CALL linkgress.up()', 0);
check_refused(q{SELECT linkgress.migrate(dry_run => true)}, 'CALL linkgress.up()', 0);
is($session->query('CALL linkgress.up()')->{err}, '', 'up() applies them all');
is($session->safe($tables), $count, 'up(): the schema has them');
is($session->safe($journal), $count, 'up(): the journal, too');

check_refused("SELECT linkgress.rollback($count)", 'CALL linkgress.down()', $count);
check_refused('SELECT linkgress.reset()', 'CALL linkgress.down()', $count);
is($session->query("CALL linkgress.down($count)")->{err}, '', 'down() reverts them all');
is($session->safe($tables), 0, 'down(): from the schema');
is($session->safe($journal), 0, 'down(): from the journal');

# A step at a time is possible as well.
is($session->safe(q{SELECT count(*) FROM linkgress.migrate('m0050')}), '50', 'migrate() to a target before it');

# on_error => 'stop' keeps what was before the failure.
{
	my $answer = $session->query(q{SELECT action, count(*), max(error ->> 'sqlstate'),
			bool_and(error ->> 'hint' ~ 'linkgress.up')
		FROM linkgress.migrate(on_error => 'stop') GROUP BY action ORDER BY action});
	like($answer->{out} || $answer->{err}, qr/^applied\|(\d+)\|\|\nfailed\|1\|53200\|t$/, q{on_error => 'stop' reports it});
	my ($applied) = $answer->{out} =~ /^applied\|(\d+)/;
	is($session->safe($tables), 50 + ($applied // 0), 'what was before it stays in the schema');
	is($session->safe($journal), 50 + ($applied // 0), 'and in the journal');
}
# A model that needs more locks than there are is given up at once: to try its other statements would keep the table full,
# and would not help.
{
	my $statements = join '; ', map { "CREATE TABLE model.t$_ (id int PRIMARY KEY, text text)" } 1 .. $count;
	my $last = $count + 1;
	my $logged = -s $node->logfile;
	my $err = $session->query(
		"SELECT linkgress.set_model('CREATE SCHEMA model; $statements; CREATE TABLE model.t$last (id no_such_type)')")->{err};
	like($err, qr/ERROR:  53200: part "main" of the model failed at statement \d+, line 1: out of shared memory\n/,
		'a model that is too large: the error is that of the lock table');
	unlike($err, qr/the others may need this one/, 'and does not speak of other statements');
	unlike(slurp_file($node->logfile, $logged), qr/FATAL/, 'nobody was turned away');
	is($session->safe('SELECT 1'), '1', 'the session goes on');
}
$session->quit;

$node->stop;
done_testing();
