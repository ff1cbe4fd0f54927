# What a run tells while it works.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('notices');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION linkgress;
	SELECT linkgress.register('1_users', 'CREATE TABLE users (id int); CREATE TABLE "Old Users" (id int)',
		'DROP TABLE users; DROP TABLE "Old Users"');
	SELECT linkgress.register('2_rows', 'INSERT INTO users SELECT generate_series(1, 1234)', 'SELECT 1');
	SELECT linkgress.register('3_wide', 'ALTER TABLE users ALTER id TYPE bigint USING id * 2', 'ALTER TABLE users ALTER id TYPE int');});

# The notices of a call, without the times.
sub notices
{
	my ($sql) = @_;
	my ($status, undef, $errors) = $node->psql('postgres', $sql);
	is($status, 0, $sql);
	$errors =~ s/^psql:<stdin>:\d+: //mg;
	$errors =~ s/\(\d+\.\d+ m?s\)/(TIME)/g;
	return $errors;
}

is(notices('CALL linkgress.up()'), <<'END' =~ s/\n\z//r, 'each migration is told with its place in the run');
NOTICE:  [1/3] 1_users applied (TIME)
NOTICE:  [2/3] 2_rows applied (TIME)
NOTICE:  [3/3] 3_wide applied (TIME)
END
is(notices('SELECT linkgress.rollback(3, dry_run => true)'), <<'END' =~ s/\n\z//r,
NOTICE:  [1/3] 3_wide reverted (TIME)
NOTICE:  [2/3] 2_rows reverted (TIME)
NOTICE:  1_users dropped table public.users (1234 rows)
NOTICE:  [3/3] 1_users reverted (TIME)
NOTICE:  dry run: everything was run and rolled back, nothing is applied or reverted
END
	'tables with rows that are dropped are named; empty and rewritten ones are not');
is(notices(q{SET linkgress.verbosity = quiet; CALL linkgress.down(2)}), '', 'quiet');
is(notices(q{SET linkgress.verbosity = verbose; CALL linkgress.up()}), <<'END' =~ s/\n\z//r, 'verbose');
INFO:  2_rows line 1: INSERT INTO users SELECT generate_series(1, 1234)
NOTICE:  [1/2] 2_rows applied (TIME)
INFO:  3_wide line 1: ALTER TABLE users ALTER id TYPE bigint USING id * 2
NOTICE:  [2/2] 3_wide applied (TIME)
END

$node->safe_psql('postgres', 'CREATE DATABASE inherited');
$node->safe_psql('inherited', 'CREATE TABLE legacy (id int); CREATE EXTENSION linkgress; SELECT linkgress.register($$1$$, $$SELECT 1$$)');
my (undef, undef, $first) = $node->psql('inherited', 'CALL linkgress.up()');
like($first, qr/tables in this database that no migration has made: 1\n.*baseline/, 'tables that were there before are told of');

$node->stop;
done_testing();
