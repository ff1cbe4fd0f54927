# Between the stages of a plan, and during those that take long, others find what they find before and afterwards: a key
# keeps duplicates out, a default is there before NOT NULL is, everything can be read. A stage that fails has destroyed
# nothing.

use strict;
use warnings;

use FindBin;
use JSON::PP;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'autovacuum = off');
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE prepared');
$node->safe_psql('prepared', 'CREATE EXTENSION linkgress');

my $databases = 0;
sub new_database
{
	my ($before) = @_;
	my $database = 'holes_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	$node->safe_psql($database, "CREATE SCHEMA s; SET search_path = s; $before");
	return $database;
}

# The SQLSTATE that the session gets, or 'ok'; what it does is undone.
sub outcome
{
	my ($session, $sql) = @_;
	my $answer = $session->query("SET lock_timeout = '200ms'; BEGIN; $sql; ROLLBACK");
	$session->query('ROLLBACK');
	return $answer->{err} =~ /(?:ERROR|FATAL): +(\w+)/ ? $1 : 'ok';
}

# ---- After each stage

my $parts = 'PARTITION BY RANGE (a); CREATE TABLE c1 PARTITION OF c FOR VALUES FROM (0) TO (100); CREATE TABLE c2 PARTITION OF c DEFAULT';
my @unique = ([ 'INSERT INTO s.c (a, b) VALUES (1, 1)', '23505' ]);
my $fill = 'INSERT INTO c SELECT n, n FROM generate_series(1, 200) n';
my %changes = (
	'UNIQUE to PRIMARY KEY' => [ 'CREATE TABLE c (a int NOT NULL UNIQUE, b int)', 'CREATE TABLE c (a int PRIMARY KEY, b int)', @unique ],
	'UNIQUE to PRIMARY KEY, same name' => [ 'CREATE TABLE c (a int NOT NULL CONSTRAINT k UNIQUE, b int)', 'CREATE TABLE c (a int CONSTRAINT k PRIMARY KEY, b int)', @unique ],
	'PRIMARY KEY to UNIQUE' => [ 'CREATE TABLE c (a int PRIMARY KEY, b int)', 'CREATE TABLE c (a int UNIQUE, b int)', @unique ],
	'a primary key of another name' => [ 'CREATE TABLE c (a int CONSTRAINT x PRIMARY KEY, b int NOT NULL)', 'CREATE TABLE c (a int NOT NULL, b int NOT NULL, CONSTRAINT y PRIMARY KEY (a) INCLUDE (b))', @unique ],
	'more columns' => [ 'CREATE TABLE c (a int UNIQUE, b int)', 'CREATE TABLE c (a int, b int, UNIQUE (a, b))', @unique ],
	'fewer columns' => [ 'CREATE TABLE c (a int, b int, UNIQUE (a, b))', 'CREATE TABLE c (a int UNIQUE, b int)', @unique ],
	'constraint to index' => [ 'CREATE TABLE c (a int CONSTRAINT u UNIQUE, b int)', 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX u ON c (a)', @unique ],
	'index to constraint' => [ 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX u ON c (a)', 'CREATE TABLE c (a int CONSTRAINT u UNIQUE, b int)', @unique ],
	'constraint to partial index' => [ 'CREATE TABLE c (a int UNIQUE, b int)', 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX ON c (a) WHERE b IS NOT NULL', @unique ],
	'partial index to constraint' => [ 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX u ON c (a) WHERE b IS NOT NULL', 'CREATE TABLE c (a int CONSTRAINT u UNIQUE, b int)', @unique ],
	'partial to another partial index' => [ 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX u ON c (a) WHERE b IS NOT NULL', 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX u ON c (a) WHERE b > 0', @unique ],
	'partitioned, UNIQUE to PRIMARY KEY' => [ "CREATE TABLE c (a int NOT NULL UNIQUE, b int) $parts", "CREATE TABLE c (a int PRIMARY KEY, b int) $parts", @unique ],
	'partitioned, same name' => [ "CREATE TABLE c (a int NOT NULL CONSTRAINT k UNIQUE, b int) $parts", "CREATE TABLE c (a int CONSTRAINT k PRIMARY KEY, b int) $parts", @unique ],
	'partitioned, more columns' => [ "CREATE TABLE c (a int UNIQUE, b int) $parts", "CREATE TABLE c (a int, b int, UNIQUE (a, b)) $parts", @unique ],
	'partitioned, index' => [ "CREATE TABLE c (a int, b int) $parts; CREATE UNIQUE INDEX u ON c (a)", "CREATE TABLE c (a int, b int) $parts; CREATE UNIQUE INDEX u ON c (a, b)", @unique ],
	'a key that is referred to' => [ 'CREATE TABLE c (a int NOT NULL UNIQUE, b int); CREATE TABLE r (a int REFERENCES c (a))',
		'CREATE TABLE c (a int PRIMARY KEY, b int); CREATE TABLE r (a int REFERENCES c (a))', @unique, [ 'INSERT INTO s.r VALUES (-1)', '23503' ] ],
	'a check' => [ 'CREATE TABLE c (a int, b int CONSTRAINT k CHECK (b > 0))', 'CREATE TABLE c (a int, b int CONSTRAINT k CHECK (b > -1))', [ 'INSERT INTO s.c VALUES (1, -5)', '23514' ] ],
	'a check of another name' => [ 'CREATE TABLE c (a int, b int CONSTRAINT k CHECK (b > 0))', 'CREATE TABLE c (a int, b int CONSTRAINT l CHECK (b > -1))', [ 'INSERT INTO s.c VALUES (1, -5)', '23514' ] ],
	'partitioned, a check' => [ "CREATE TABLE c (a int, b int CONSTRAINT k CHECK (b > 0)) $parts", "CREATE TABLE c (a int, b int CONSTRAINT k CHECK (b > -1)) $parts", [ 'INSERT INTO s.c VALUES (1, -5)', '23514' ] ],
	'a foreign key' => [ 'CREATE TABLE u (a int PRIMARY KEY); INSERT INTO u SELECT generate_series(1, 200); CREATE TABLE c (a int CONSTRAINT k REFERENCES u, b int)',
		'CREATE TABLE u (a int PRIMARY KEY); CREATE TABLE c (a int CONSTRAINT k REFERENCES u ON DELETE CASCADE, b int)', [ 'INSERT INTO s.c VALUES (-1)', '23503' ] ],
	'NOT NULL and a default' => [ 'CREATE TABLE c (a int, b int)', 'CREATE TABLE c (a int, b int NOT NULL DEFAULT 5)', [ 'INSERT INTO s.c (a) VALUES (1)', 'ok' ] ],
	'partitioned, NOT NULL and a default' => [ "CREATE TABLE c (a int, b int) $parts", "CREATE TABLE c (a int, b int NOT NULL DEFAULT 5) $parts", [ 'INSERT INTO s.c (a) VALUES (1)', 'ok' ] ],
	'no NOT NULL and no default' => [ 'CREATE TABLE c (a int, b int NOT NULL DEFAULT 5)', 'CREATE TABLE c (a int, b int)', [ 'INSERT INTO s.c (a) VALUES (1)', 'ok' ] ],
	'another type, NOT NULL and a default' => [ 'CREATE TABLE c (a int, b int)', 'CREATE TABLE c (a int, b bigint NOT NULL DEFAULT 5)', [ 'INSERT INTO s.c (a) VALUES (1)', 'ok' ] ],
	'a materialized view' => [ 'CREATE TABLE c (a int, b int); CREATE MATERIALIZED VIEW m AS SELECT a FROM c; CREATE UNIQUE INDEX i ON m (a)',
		'CREATE TABLE c (a int, b int, x int); CREATE MATERIALIZED VIEW m AS SELECT a, x FROM c; CREATE UNIQUE INDEX i ON m (a)', [ 'SELECT a FROM s.m; REFRESH MATERIALIZED VIEW CONCURRENTLY s.m', 'ok' ] ],
	'a policy of another name' => [ 'CREATE TABLE c (a int, b int); CREATE POLICY p ON c USING (true); ALTER TABLE c ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE ROLE reader; GRANT USAGE ON SCHEMA s TO reader; GRANT SELECT ON c TO reader',
		'GRANT USAGE ON SCHEMA s TO reader; CREATE TABLE c (a int, b int); CREATE INDEX ON c (a); CREATE POLICY q ON c USING (a IS NOT NULL); ALTER TABLE c ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; GRANT SELECT ON c TO reader',
		[ 'SET ROLE reader; SELECT 1 / count(*) FROM s.c', 'ok' ] ],
);

# The schema as it would be
sub wanted
{
	my ($session, $after) = @_;
	return $session->safe("BEGIN; ALTER SCHEMA s RENAME TO before; CREATE SCHEMA s; SET LOCAL search_path = s, public; $after;
		SELECT linkgress.snapshot('{s}'); ROLLBACK");
}

my $number_of_stages = 0;
foreach my $name (sort keys %changes)
{
	my ($before, $after, @probes) = @{ $changes{$name} };
	my $database = new_database("$before; $fill");
	my ($caller, $other) = map { Session->new($node, $database) } 1 .. 2;
	my $wanted = wanted($caller, $after);
	my $plan = decode_json($caller->safe("SELECT json_agg(json_build_array(stage, transactional, sql) ORDER BY ordinal)
		FROM linkgress.online_plan(linkgress.snapshot('{s}'), \$wanted\$$wanted\$wanted\$)"));
	is(outcome($other, $_->[0]), $_->[1], "$name: before: $_->[0]") foreach @probes;
	for (my $i = 0; $i < @$plan; $i++)
	{
		my ($stage, $is_transactional, $sql) = @{ $plan->[$i] };
		my $is_first = $i == 0 || $plan->[ $i - 1 ][0] != $stage;
		my $is_last = $i == $#$plan || $plan->[ $i + 1 ][0] != $stage;
		$caller->safe('BEGIN') if $is_transactional && $is_first;
		$caller->safe($sql);
		$caller->safe('COMMIT') if $is_transactional && $is_last;
		next if $is_transactional && !$is_last;
		$number_of_stages++;
		is(outcome($other, $_->[0]), $_->[1], "$name: after stage $stage: $_->[0]") foreach @probes;
	}
	is($caller->safe("SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{s}'), \$wanted\$$wanted\$wanted\$)"), '0',
		"$name: nothing is left to do");
	$_->quit foreach $caller, $other;
}
cmp_ok($number_of_stages, '>', 2 * keys %changes, 'there are stages to look between');

# ---- A stage that fails

# What there was, is: tables, columns, views, types, functions, keys.
my $inventory = q{SELECT string_agg(what, E'\n' ORDER BY what COLLATE "C") FROM (
	SELECT format('%s %s', relkind, oid::regclass) FROM pg_class WHERE relnamespace = 's'::regnamespace
	UNION ALL SELECT format('column %s.%s', attrelid::regclass, attname) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
		WHERE relnamespace = 's'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
	UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE typnamespace = 's'::regnamespace
	UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE pronamespace = 's'::regnamespace
	UNION ALL SELECT format('constraint %s of %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
		WHERE connamespace = 's'::regnamespace AND contype <> 'n') x (what)};
my $contracts = q{CREATE TABLE gone (a int); CREATE VIEW w AS SELECT a FROM c; CREATE TYPE mood AS ENUM ('x'); CREATE TYPE pair AS (a int);
	CREATE MATERIALIZED VIEW m AS SELECT a FROM gone; CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE q;
	CREATE VIEW over_b AS SELECT b FROM c};
my %failures = (
	'a check' => [ 'CREATE TABLE c (a int, b int CHECK (b > 1))', '23514' ],
	'a unique index' => [ 'CREATE TABLE c (a int, b int); CREATE UNIQUE INDEX ON c (a, (b % 1))', '23505' ],
	'a key' => [ 'CREATE TABLE c (a int UNIQUE, b int)', '23505' ],
	'a foreign key' => [ 'CREATE TABLE u (a int PRIMARY KEY); CREATE TABLE c (a int REFERENCES u, b int)', '23503' ],
	'a type' => [ 'CREATE TABLE c (a int, b smallint)', '22003' ],
	'a materialized view' => [ 'CREATE TABLE c (a int, b int); CREATE MATERIALIZED VIEW n AS SELECT 1 / (a - 1) FROM c', '22012' ],
	'another one' => [ 'CREATE TABLE c (a int, b int); CREATE MATERIALIZED VIEW m AS SELECT 1 / (a - 1) AS a FROM c', '22012' ],
);
foreach my $name (sort keys %failures)
{
	my ($after, $error) = @{ $failures{$name} };
	my $database = new_database("CREATE TABLE c (a int, b int, z int); $contracts; INSERT INTO c VALUES (1, 1, 1), (1, 100000, 2), (2, 3, 4)");
	my $session = Session->new($node, $database);
	$session->safe("SELECT linkgress.set_model('CREATE SCHEMA s; SET search_path = s; $after')");
	my %before = map { $_ => 1 } split /\n/, $session->safe($inventory);
	my $answer = $session->query('CALL linkgress.sync_online(allow_destructive => true)');
	like($answer->{err}, qr/ERROR:  (?:$error): /, "$name fails");
	my %then = map { $_ => 1 } split /\n/, $session->safe($inventory);
	is(join(', ', grep { !$then{$_} } sort keys %before), '', "$name fails: nothing is destroyed");
	$session->safe('DELETE FROM s.c');
	$answer = $session->query('CALL linkgress.sync_online(allow_destructive => true)');
	unlike($answer->{err}, qr/ERROR/, "$name: the next call completes");
	is($session->safe('SELECT count(*) FROM linkgress.analyze()'), '0', "$name: nothing is left to do");
	is($session->safe(q{SELECT string_agg(relname, ' ') FROM pg_class WHERE relname ~ '_(new|replaced)\d*$'}), '', "$name: nothing is left over");
	$session->quit;
}

# ---- While a materialized view is computed

{
	my $database = new_database(q{CREATE TABLE c (a int, b int); INSERT INTO c VALUES (1, 1);
		CREATE MATERIALIZED VIEW m AS SELECT a FROM c; CREATE UNIQUE INDEX i ON m (a);
		CREATE SCHEMA gates; CREATE FUNCTION gates.wait(a int) RETURNS int LANGUAGE plpgsql AS
			'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN a; END'});
	my ($caller, $other, $keeper) = map { Session->new($node, $database) } 1 .. 3;
	$caller->safe(q{SET linkgress.managed_schemas = 's'; SELECT linkgress.set_model('CREATE SCHEMA s; SET search_path = s;
		CREATE TABLE c (a int, b int, x int); CREATE MATERIALIZED VIEW m AS SELECT gates.wait(a) AS a, x FROM c; CREATE UNIQUE INDEX i ON m (a)')});
	$keeper->safe('SELECT pg_advisory_lock(1)');
	$caller->send('CALL linkgress.sync_online()');
	$other->wait_until(q{SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 1 AND NOT granted});
	is(outcome($other, $_), 'ok', "while it is computed: $_")
		foreach 'SELECT * FROM s.c', 'INSERT INTO s.c VALUES (2, 2, 2)', 'SELECT * FROM s.m', 'REFRESH MATERIALIZED VIEW CONCURRENTLY s.m';
	$keeper->safe('SELECT pg_advisory_unlock(1)');
	unlike($caller->answer->{err}, qr/ERROR/, 'it is computed');
	is($other->safe('SELECT * FROM s.m'), '1|', '… and in its place');
	is($caller->safe('SELECT count(*) FROM linkgress.analyze()'), '0', '… with nothing left to do');
	$_->quit foreach $caller, $other, $keeper;
}

$node->stop;
done_testing();
