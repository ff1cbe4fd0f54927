# Snapshots while other sessions change the schema: a snapshot is of one moment, or it is an error
# that says to call again; which locks it takes and waits for; who takes it makes no difference.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "autovacuum = off\ndeadlock_timeout = 10ms");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION linkgress; CREATE SCHEMA app');

# ---- Others create, alter and drop

# What is made in one transaction is there together: n of a kind, or none. Two forms of each alternate;
# which one it is must show in all of them.
$node->safe_psql('postgres', q{
	CREATE TYPE app.mood AS ENUM ('x');
	CREATE TABLE app.stays (id int PRIMARY KEY, a text, note text);
	CREATE VIEW app.stays_view AS SELECT id FROM app.stays;
	CREATE FUNCTION app.take_turns(turn int) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE word text := CASE WHEN turn % 2 = 0 THEN 'even' ELSE 'odd' END;
	BEGIN
		DROP VIEW IF EXISTS app.pair_view;
		DROP FUNCTION IF EXISTS app.pair_function;
		DROP TABLE IF EXISTS app.pair_table, app.pair_part;
		DROP DOMAIN IF EXISTS app.pair_domain;
		DROP INDEX IF EXISTS app.pair_index;
		IF turn % 3 > 0 THEN
			EXECUTE format('CREATE DOMAIN app.pair_domain AS text DEFAULT %L CHECK (VALUE <> %1$L)', word);
			EXECUTE format('CREATE TABLE app.pair_table (id int PRIMARY KEY, %I app.pair_domain DEFAULT %1$L,
				twice int GENERATED ALWAYS AS (id * 2) STORED, CHECK (%1$I <> %1$L))', word);
			EXECUTE format('CREATE VIEW app.pair_view AS SELECT %I FROM app.pair_table', word);
			EXECUTE format('CREATE INDEX pair_index ON app.stays (id) WHERE a = %L', word);
			EXECUTE format('CREATE FUNCTION app.pair_function(%I app.pair_table) RETURNS text
				LANGUAGE sql BEGIN ATOMIC SELECT %1$L || $1.%1$I; END', word);
			EXECUTE format('COMMENT ON TABLE app.stays IS %L', word);
			ALTER TABLE app.stays ALTER note TYPE varchar(10);
		ELSE
			ALTER TABLE app.stays ALTER note TYPE text;
			COMMENT ON TABLE app.stays IS NULL;
		END IF;
	END $$});

# Of which turn it is, if it is of one
my $state = q{
	SELECT CASE
		WHEN names = '' AND comment IS NULL AND note = 'text' THEN 'none'
		WHEN names = 'pair_domain pair_function pair_table pair_view' AND note = 'character varying(10)'
			AND has_index AND words = ARRAY[comment] THEN comment
		ELSE 'torn: ' || names || ' ' || words::text || ' ' || coalesce(comment, '-') || ' ' || note END
	FROM (SELECT
		coalesce(string_agg(o ->> 'name', ' ' ORDER BY o ->> 'name') FILTER (WHERE o ->> 'name' LIKE 'pair%'), '') AS names,
		max(o ->> 'comment') FILTER (WHERE o ->> 'name' = 'stays') AS comment,
		bool_or(o ->> 'name' = 'stays' AND o -> 'indexes' @? '$[*] ? (@.name == "pair_index")') AS has_index,
		array(SELECT DISTINCT word FROM jsonb_array_elements(s -> 'objects') p,
			regexp_matches(p::text, '\m(odd|even)\M', 'g') w(m), unnest(m) word
			WHERE p ->> 'name' <> 'take_turns') AS words,
		max(c ->> 'type') FILTER (WHERE c ->> 'name' = 'note') AS note
	FROM jsonb_array_elements(s -> 'objects') o
	LEFT JOIN LATERAL jsonb_array_elements(CASE o ->> 'name' WHEN 'stays' THEN o -> 'columns' END) c ON true) x};

$node->safe_psql('postgres', qq{CREATE FUNCTION state(s jsonb) RETURNS text LANGUAGE sql AS \$\$ $state \$\$;
	-- Many snapshots, each in a transaction of its own: what came of each
	CREATE TABLE outcome (what text);
	CREATE PROCEDURE look(times int) LANGUAGE plpgsql AS \$\$
	DECLARE result text;
	BEGIN
		FOR i IN 1 .. times LOOP
			BEGIN
				result := public.state(linkgress.snapshot('{app}'));
			EXCEPTION WHEN OTHERS THEN
				result := SQLSTATE || ': ' || SQLERRM;
			END;
			INSERT INTO public.outcome VALUES (result);
			COMMIT;
		END LOOP;
	END \$\$});

my $script = PostgreSQL::Test::Utils::tempdir() . '/turns.sql';
append_to_file($script, "\\set turn random(1, 1000000)\nSELECT app.take_turns(:turn);\n");

sub start_turns
{
	my @command = ('pgbench', '-n', '--max-tries=1000', '-c', '1', '-T', '600', '-f', $script, '-d', $node->connstr('postgres'));
	my ($out, $err) = ('', '');
	my $run = IPC::Run::start(\@command, '>', \$out, '2>', \$err);
	my $observer = Session->new($node, 'postgres');
	$observer->wait_until(q{SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE '%take_turns(%' AND pid <> pg_backend_pid()});
	$observer->quit;
	return $run;
}

# No error but this one
my $settles = '40001: the schema is being changed all the time';

{
	my $run = start_turns();
	my $reader = Session->new($node, 'postgres');
	$reader->safe('CALL look(40)');
	my %times = map { split /\|/ } split /\n/,
	  $reader->safe('SELECT what, count(*) FROM outcome GROUP BY 1');
	my @others = grep { !/^(none|even|odd|\Q$settles\E)$/ } sort keys %times;
	is_deeply(\@others, [], 'others create, alter and drop: a snapshot is of one moment');
	note "$_: $times{$_}" foreach sort keys %times;
	cmp_ok(($times{none} // 0) + ($times{even} // 0) + ($times{odd} // 0), '>', 0, 'others create, alter and drop: there are snapshots');

	# Reads of one transaction: it sees what is committed meanwhile, whatever its isolation level.
	my %seen;
	$reader->safe('BEGIN ISOLATION LEVEL REPEATABLE READ');
	$seen{ $reader->query('SAVEPOINT s; SELECT state(linkgress.snapshot($${app}$$)); ROLLBACK TO s')->{out} }++ foreach 1 .. 30;
	$reader->safe('ROLLBACK');
	my @torn = grep { /torn/ } keys %seen;
	is_deeply(\@torn, [], 'within one transaction: each snapshot is of one moment');
	$reader->quit;
	$run->signal('INT');
	eval { $run->finish };
}

# ---- The schema is another each time that it is read

# Reading ends with the table of what is to be ignored: here a view that stops at gate 1, 2, ... in turn.
$node->safe_psql('postgres', q{
	CREATE SEQUENCE gate;
	CREATE FUNCTION pass_gate() RETURNS boolean LANGUAGE plpgsql AS $$
	DECLARE number int := nextval('public.gate');
	BEGIN
		PERFORM pg_advisory_lock(4711, number), pg_advisory_unlock(4711, number);
		RETURN true;
	END $$;
	ALTER TABLE linkgress.ignore RENAME TO ignored;
	CREATE VIEW linkgress.ignore AS SELECT i.pattern, i.kind FROM (SELECT public.pass_gate() OFFSET 0) g
		LEFT JOIN linkgress.ignored i ON true WHERE i.pattern IS NOT NULL;
	CREATE SCHEMA still; CREATE TABLE still.t (id int)});

# Has the schema changed `changes` times while it is read, each time at the end of one reading.
sub snapshot_with_changes
{
	my (@changes) = @_;
	my $keeper = Session->new($node, 'postgres');
	my $reader = Session->new($node, 'postgres');
	$keeper->safe('ALTER SEQUENCE gate RESTART');
	$keeper->safe('SELECT pg_advisory_lock(4711, n) FROM generate_series(1, 20) n');
	$reader->send(q{SELECT linkgress.snapshot('{still}')});
	my $number = 0;
	foreach my $change (@changes)
	{
		$number++;
		$keeper->wait_until("SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $number AND NOT granted");
		$node->safe_psql('postgres', $change);
		$keeper->safe("SELECT pg_advisory_unlock(4711, $number)");
	}
	$keeper->safe('SELECT pg_advisory_unlock_all()');
	my $answer = $reader->answer;
	$answer->{readings} = $keeper->safe('SELECT last_value FROM gate');
	$_->quit foreach $keeper, $reader;
	return $answer;
}

{
	my $answer = snapshot_with_changes();
	is($answer->{err}, '', 'no change: no error');
	is($answer->{readings}, 1, 'no change: it is read once');

	$answer = snapshot_with_changes('ALTER TABLE still.t ADD a int', 'ALTER TABLE still.t ADD b int');
	is($answer->{err}, '', 'two changes: no error');
	is($answer->{readings}, 3, 'two changes: it is read until nothing changes');
	like($answer->{out}, qr/"name": "a".*"name": "b"/, 'two changes: both are in it');

	$answer = snapshot_with_changes(map { "CREATE TABLE public.elsewhere_$_ ()" } 1 .. 2);
	is($answer->{err}, '', 'changes elsewhere: no error');
	is($answer->{readings}, 2, 'changes elsewhere: what is the same twice is it');

	$answer = snapshot_with_changes(map { "ALTER TABLE still.t ADD c$_ int" } 1 .. 9);
	is($answer->{err}, '', 'nine changes: no error');
	is($answer->{readings}, 10, 'nine changes: the tenth reading is it');

	$answer = snapshot_with_changes(map { "ALTER TABLE still.t ADD d$_ int" } 1 .. 10);
	like($answer->{err}, qr/ERROR:  40001: the schema is being changed all the time/, 'ten changes: 40001');
	like($answer->{err}, qr/DETAIL:  It was read 10 times, and was another each time\./, 'ten changes: says why');
	like($answer->{err}, qr/HINT:  Call again when other sessions have finished their changes\./, 'ten changes: says what to do');
	is($answer->{readings}, 10, 'ten changes: it is read ten times');
	is($answer->{out}, '', 'ten changes: no snapshot');

	my $session = Session->new($node, 'postgres');
	like($session->safe(q{SELECT linkgress.snapshot('{still}')}), qr/"name": "d10"/, 'then it can be read again');
	$session->quit;
	$node->safe_psql('postgres', 'DROP VIEW linkgress.ignore; ALTER TABLE linkgress.ignored RENAME TO ignore');
}

# ---- Locks: what it waits for, and who waits for it

$node->safe_psql('postgres', q{
	CREATE DATABASE locks;
	\c locks
	CREATE EXTENSION linkgress;
	CREATE SCHEMA app;
	CREATE TABLE app.plain (id int PRIMARY KEY, a text NOT NULL DEFAULT 'x', CHECK (a <> ''));
	CREATE INDEX ON app.plain (a);
	CREATE TABLE app.child () INHERITS (app.plain);
	CREATE TABLE app.referring (id int REFERENCES app.plain);
	CREATE FUNCTION app.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
	CREATE TRIGGER r AFTER INSERT ON app.plain EXECUTE FUNCTION app.f();
	CREATE STATISTICS app.s ON id, a FROM app.plain;
	CREATE TABLE app.viewed (id int, a text);
	CREATE TABLE app.parted (id int) PARTITION BY LIST (id);
	CREATE TABLE app.part (id int)});

my $reader = Session->new($node, 'locks', settings => { statement_timeout => '10s' });
my $other = Session->new($node, 'locks', settings => { statement_timeout => '10s' });
my $snapshot = q{SELECT linkgress.snapshot('{app}') - 'role'};
my $before = $reader->safe($snapshot);

foreach my $change (
	'CREATE TABLE app.new (id int PRIMARY KEY); CREATE VIEW app.new_view AS SELECT id FROM app.new',
	'CREATE TABLE app.new (id int REFERENCES app.plain)',
	'ALTER TABLE app.plain ADD COLUMN b int',
	'ALTER TABLE app.plain ALTER id TYPE bigint',
	'ALTER TABLE app.plain RENAME TO new',
	'ALTER TABLE app.parted ATTACH PARTITION app.part FOR VALUES IN (1)',
	'DROP TABLE app.plain CASCADE',
	'LOCK TABLE app.plain, app.child, app.referring, app.viewed IN ACCESS EXCLUSIVE MODE',
	'CREATE INDEX ON app.viewed (id)',
	'DROP FUNCTION app.f CASCADE',
	'CREATE SCHEMA new',
	'DROP TABLE app.plain, app.viewed CASCADE')
{
	$other->safe("BEGIN; $change");
	is($reader->query($snapshot)->{out}, $before, "not committed: $change: it is not waited for, nor seen");
	$other->safe('ROLLBACK');
}
# Nor does it keep others from anything, even if its transaction goes on.
$reader->safe("BEGIN; $snapshot");
foreach my $change ('ALTER TABLE app.plain ADD COLUMN b int', 'DROP TABLE app.plain CASCADE', 'DROP SCHEMA app CASCADE')
{
	unlike($other->query("BEGIN; $change")->{err}, qr/ERROR/, "a snapshot was taken: others can do $change");
	$other->safe('ROLLBACK');
}
$reader->safe('COMMIT');

# What the server can only write down when it has opened the table, it waits for, as pg_dump does for
# all tables; but it does not keep them.
$other->safe('CREATE TABLE app.u (id int)');
foreach my $part (
	[ 'a view', 'CREATE VIEW app.x AS SELECT id FROM app.viewed', 'DROP VIEW app.x' ],
	[ 'a materialized view', 'CREATE MATERIALIZED VIEW app.x AS SELECT id FROM app.viewed',
		'DROP MATERIALIZED VIEW app.x' ],
	[ 'a rule', 'CREATE RULE x AS ON INSERT TO app.u DO ALSO DELETE FROM app.viewed', 'DROP RULE x ON app.u' ],
	[ 'a function with a parsed body', 'CREATE FUNCTION app.x() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM app.viewed; END',
		'DROP FUNCTION app.x' ],
	[ 'a policy with a query', 'CREATE POLICY x ON app.u USING (EXISTS (SELECT FROM app.viewed))', 'DROP POLICY x ON app.u' ],
	[ 'a policy', 'CREATE POLICY x ON app.viewed USING (id > 0)', 'DROP POLICY x ON app.viewed' ],
	[ 'a trigger with a condition', q{CREATE TRIGGER x BEFORE INSERT ON app.viewed FOR EACH ROW WHEN (new.id > 0)
		EXECUTE FUNCTION app.f()}, 'DROP TRIGGER x ON app.viewed' ],
	[ 'an index on an expression', 'CREATE INDEX x ON app.viewed ((id + 1))', 'DROP INDEX app.x' ],
	[ 'statistics of an expression', 'CREATE STATISTICS app.x ON (id + 1), a FROM app.viewed', 'DROP STATISTICS app.x' ],
	[ 'a generated column', 'ALTER TABLE app.viewed ADD x int GENERATED ALWAYS AS (id + 1) STORED', 'ALTER TABLE app.viewed DROP x' ],
	[ 'a partition key', q{ALTER TABLE app.viewed RENAME TO was_viewed;
		CREATE TABLE app.viewed (id int) PARTITION BY LIST (id)},
		'DROP TABLE app.viewed; ALTER TABLE app.was_viewed RENAME TO viewed' ])
{
	my ($what, $create, $drop) = @$part;
	$other->safe($create);
	$other->safe('BEGIN; LOCK TABLE app.viewed IN SHARE ROW EXCLUSIVE MODE');
	unlike($reader->query($snapshot)->{err}, qr/ERROR/, "$what: it does not wait for those that only keep writers out");
	$other->safe('LOCK TABLE app.viewed IN ACCESS EXCLUSIVE MODE');
	like($reader->query("SET statement_timeout = '100ms'; $snapshot")->{err},
		qr/ERROR:  57014: canceling statement due to statement timeout/, "$what: it waits for those that keep readers out");

	# What was committed while it waited is in it.
	$reader->safe('RESET statement_timeout');
	$other->safe('ALTER TABLE app.viewed ADD COLUMN added int');
	$reader->send("BEGIN; $snapshot");
	$other->wait_until("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = " . $reader->pid);
	$other->safe('COMMIT');
	my $answer = $reader->answer;
	is($answer->{err}, '', "$what: it goes on when they have committed");
	like($answer->{out}, qr/"name": "added"/, "$what: and has what they did");

	my $change = q{SET lock_timeout = '100ms'; ALTER TABLE app.viewed DROP COLUMN added};
	is($other->query($change)->{err}, '', "$what: others do not wait for the end of its transaction");
	$reader->safe('COMMIT');
	$other->safe('RESET lock_timeout; ALTER TABLE app.viewed DROP COLUMN IF EXISTS added');
	$other->safe($drop);
}
$_->quit foreach $reader, $other;

# ---- A role without rights gets the same

{
	$node->safe_psql('locks', q{
		CREATE ROLE stranger LOGIN;
		SELECT linkgress.grant_access('stranger', 'viewer');
		CREATE ROLE keeper_of_all;
		CREATE SCHEMA secret AUTHORIZATION keeper_of_all;
		SET ROLE keeper_of_all;
		CREATE TYPE secret.mood AS ENUM ('x');
		CREATE DOMAIN secret.d AS text DEFAULT 'y' CHECK (VALUE <> 'z');
		CREATE TABLE secret.t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a secret.d DEFAULT 'q', m secret.mood,
			twice int GENERATED ALWAYS AS (id * 2) STORED);
		CREATE INDEX i ON secret.t (lower(a)) WHERE id > 0;
		CREATE STATISTICS secret.s ON (id + 1), a FROM secret.t;
		CREATE VIEW secret.v AS SELECT a FROM secret.t;
		CREATE MATERIALIZED VIEW secret.mv AS SELECT a FROM secret.t;
		CREATE FUNCTION secret.f(x secret.t) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT $1.a; END;
		CREATE FUNCTION secret.p() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
		REVOKE ALL ON ALL FUNCTIONS IN SCHEMA secret FROM public;
		CREATE TRIGGER r BEFORE UPDATE ON secret.t FOR EACH ROW WHEN (new.id > 3) EXECUTE FUNCTION secret.p();
		CREATE RULE u AS ON INSERT TO secret.v DO INSTEAD NOTHING;
		ALTER TABLE secret.t ENABLE ROW LEVEL SECURITY;
		CREATE POLICY p ON secret.t TO keeper_of_all USING (id > 0);
		CREATE SEQUENCE secret.sq START 5;
		CREATE TABLE secret.pt (id int) PARTITION BY LIST (id);
		CREATE TABLE secret.p1 PARTITION OF secret.pt FOR VALUES IN (1);
		ALTER DEFAULT PRIVILEGES IN SCHEMA secret REVOKE EXECUTE ON FUNCTIONS FROM public});
	my $stranger = Session->new($node, 'locks', user => 'stranger');
	like($stranger->query('SELECT * FROM secret.t')->{err}, qr/42501/, 'the role may not read the tables');
	foreach my $schemas (q{'{secret}'}, q{'{app,secret}'}, 'NULL')
	{
		is($stranger->safe("SELECT linkgress.fingerprint($schemas)"),
			$node->safe_psql('locks', "SELECT linkgress.fingerprint($schemas)"), "a role without rights, $schemas: the same fingerprint");
		is($stranger->safe("SELECT linkgress.snapshot($schemas) - 'role'"),
			$node->safe_psql('locks', "SELECT linkgress.snapshot($schemas) - 'role'"), "a role without rights, $schemas: the same snapshot");
	}
	$stranger->quit;
}

$node->stop;
done_testing();
