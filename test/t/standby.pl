# On a standby everything can be looked at, and what would write says why it cannot.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->start;
$primary->safe_psql('postgres', q{
	CREATE ROLE viewer LOGIN;
	CREATE EXTENSION linkgress;
	SELECT linkgress.grant_access('viewer', 'viewer');
	INSERT INTO linkgress.migration (name, up, down) VALUES
		('1', 'CREATE TABLE t1 ()', 'DROP TABLE t1'),
		('2', 'CREATE TABLE t2 ()', 'DROP TABLE t2'),
		('3', 'SELECT 1/0', 'SELECT 1');
	SELECT linkgress.migrate('2')});

$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->start;
$primary->psql('postgres', 'CALL linkgress.up()');
$primary->wait_for_catchup($standby);

# ---- Looking

foreach my $query ('* FROM linkgress.status()', '* FROM linkgress.pending()', '* FROM linkgress.applied()',
	'* FROM linkgress.validate()', '* FROM linkgress.history', q{linkgress.checksum('a')})
{
	my $expected = $primary->safe_psql('postgres', "SELECT $query");
	isnt($expected, '', "$query shows something on the primary");
	is($standby->safe_psql('postgres', "SELECT $query"), $expected, "$query: the same on the standby");
}
is($standby->safe_psql('postgres', q{SELECT string_agg(state, ' ') FROM linkgress.status()},
		extra_params => [ '-U', 'viewer' ]), 'applied applied failed', 'a viewer may look on the standby, too');

# ---- Writing

my $session = Session->new($standby, 'postgres');
my %name = (
	'SELECT linkgress.migrate()' => 'migrate',
	q{SELECT linkgress.migrate('3', dry_run => true)} => 'migrate',
	'CALL linkgress.up()' => 'up',
	'CALL linkgress.down()' => 'down',
	'SELECT linkgress.rollback()' => 'rollback',
	q{SELECT linkgress.rollback_to('1')} => 'rollback_to',
	'SELECT linkgress.rollback_batch()' => 'rollback_batch',
	'SELECT linkgress.redo()' => 'redo',
	'SELECT linkgress.reset()' => 'reset',
	q{SELECT linkgress.baseline('3')} => 'baseline',
	'SELECT linkgress.repair()' => 'repair',
	# What only writes a row is refused by the server.
	q{SELECT linkgress.approve('3')} => undef,
	q{SELECT linkgress.register('4', 'SELECT 1')} => undef,
);
foreach my $call (sort keys %name)
{
	my $answer = $session->query($call);
	like($answer->{err}, qr/ERROR:  25006: /, "$call: refused with the right SQLSTATE");
	next unless $name{$call};
	like($answer->{err}, qr/ERROR:  25006: cannot execute linkgress\.$name{$call}\(\) on a standby server\n/,
		"$call: says what and why");
	like($answer->{err}, qr/HINT:  .*primary/, "$call: says where it can be done");
}
like($session->query(q{INSERT INTO linkgress.migration (name, up) VALUES ('4', '')})->{err},
	qr/ERROR:  25006: cannot execute INSERT in a read-only transaction/, 'INSERT: refused by the server');

# ---- A read-only transaction on the primary

my $reader = Session->new($primary, 'postgres');
$reader->safe('SET default_transaction_read_only = on');
foreach my $call (sort keys %name)
{
	like($reader->query($call)->{err}, qr/ERROR:  25006: cannot execute .* in a read-only transaction\n/,
		"$call: refused in a read-only transaction");
}
is($reader->safe(q{SELECT string_agg(state, ' ') FROM linkgress.status()}), 'applied applied failed',
	'status() works in a read-only transaction');
$reader->quit;

# ---- The standby becomes a primary: there the migrations go on

$primary->stop;
$standby->promote;
$session->safe(q{UPDATE linkgress.migration SET up = 'CREATE TABLE t3 ()' WHERE name = '3'});
$session->safe('CALL linkgress.up()');
is($session->safe(q{SELECT string_agg(state, ' ') FROM linkgress.status()}), 'applied applied applied',
	'after a promotion, a session that has been there before can run migrations');
is($session->safe('SELECT count(*), count(DISTINCT id) FROM linkgress.journal'), '3|3', 'numbers go on');
$session->quit;

$standby->stop;
done_testing();
