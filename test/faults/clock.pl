# The clock is set back in the midst of the work. What was applied last is reverted first, whatever the clock said.

use strict;
use warnings;

use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::RealBin/../t";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

plan skip_all => 'needs libfaketime' unless -f ($ENV{FAKETIME_LIBRARY} // '');

my $clock = abs_path(PostgreSQL::Test::Utils::tempdir()) . '/clock';

sub set_clock
{
	my ($offset) = @_;
	append_to_file("$clock.new", "$offset\n");
	rename "$clock.new", $clock or die "cannot rename: $!";
	return;
}

set_clock('+0d');
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "autovacuum = off\nstatement_timeout = 0");
{
	local $ENV{LD_PRELOAD} = $ENV{FAKETIME_LIBRARY};
	local $ENV{FAKETIME_TIMESTAMP_FILE} = $clock;
	local $ENV{FAKETIME_NO_CACHE} = 1;
	# Waiting must not be led astray, or the server itself does not work.
	local $ENV{FAKETIME_DONT_FAKE_MONOTONIC} = 1;
	$node->start;
}
$node->safe_psql('postgres', q{
	CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up, down, transactional, down_transactional)
	SELECT 'm' || i, format('CREATE TABLE t%s ()', i), format('DROP TABLE t%s', i), i % 2 = 1, i % 2 = 1
	FROM generate_series(1, 6) i});

my $applied = q{SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') FROM linkgress.journal};
my $tables = q{SELECT coalesce(string_agg('m' || substr(relname, 2), ' ' ORDER BY relname), '') FROM pg_class
	WHERE relname ~ '^t\d$'};
my @calls = map { "CALL linkgress.up('m$_')" } 1 .. 6;
foreach my $i (0 .. $#calls)
{
	set_clock('-' . ($i * 2) . 'd');
	$node->safe_psql('postgres', $calls[$i]);
}
is($node->safe_psql('postgres', q{SELECT now() < (SELECT max(applied_at) FROM linkgress.journal) - interval '9 days'}), 't',
	'the clock was set back');
is($node->safe_psql('postgres', $applied), 'm1 m2 m3 m4 m5 m6', 'all are applied');
is($node->safe_psql('postgres', q{SELECT count(*) FROM linkgress.history WHERE duration < interval '0'}), '0',
	'nothing has taken less than no time');
is($node->safe_psql('postgres', q{SELECT count(*) FROM linkgress.validate() WHERE severity = 'error'}), '0', 'nothing is wrong');
foreach my $left (5, 4, 3, 2, 1, 0)
{
	set_clock('-' . (20 + 6 - $left) . 'd');
	my $expected = join ' ', map { "m$_" } 1 .. $left;
	$node->safe_psql('postgres', 'CALL linkgress.down()');
	is($node->safe_psql('postgres', $applied), $expected, "the last one is reverted first: $left are left");
	is($node->safe_psql('postgres', $tables), $expected, 'and the schema agrees');
}

# Set back while it works, and while another session waits for it.
$node->safe_psql('postgres', q{INSERT INTO linkgress.migration (name, up) VALUES ('m7', 'SELECT pg_advisory_xact_lock(1)')});
my ($keeper, $first, $second) = map { Session->new($node, 'postgres') } 1 .. 3;
$keeper->safe('SELECT pg_advisory_lock(1)');
$first->send('CALL linkgress.up()');
$keeper->wait_for_gate($first);
$second->send('CALL linkgress.up()');
set_clock('-90d');
$keeper->safe('SELECT pg_advisory_unlock(1)');
unlike($_->answer->{err}, qr/ERROR/, 'a run, and one that waits for it, come to their end') foreach $first, $second;
$_->quit foreach $keeper, $first, $second;
is($node->safe_psql('postgres', $applied), 'm1 m2 m3 m4 m5 m6 m7', 'all are applied again');

$node->stop;
done_testing();
