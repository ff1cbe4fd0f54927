# pg_dump and restore: registry, journal, history, their numbers and the grants come along, and the
# restored database goes on where the first stopped.

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
$node->start;

# A database with a past: a revert, a failure, an approval, repeatable migrations, roles with rights.
$node->safe_psql('postgres', q{
	CREATE ROLE author LOGIN; CREATE ROLE operator LOGIN; CREATE ROLE viewer LOGIN;
	CREATE DATABASE source});
$node->safe_psql('source', q{
	CREATE EXTENSION linkgress;
	GRANT CREATE ON SCHEMA public TO operator;
	SELECT linkgress.grant_access('author', 'author');
	SELECT linkgress.grant_access('operator', 'operator');
	SELECT linkgress.grant_access('viewer', 'viewer');
	SET SESSION AUTHORIZATION author;
	INSERT INTO linkgress.migration (name, up, down, description, breaking, estimated_duration, tags) VALUES
		('1', 'CREATE TABLE t1 (id int); INSERT INTO t1 VALUES (11)', 'DROP TABLE t1', 'the first', true, '1 min',
			'{a,"b c"}'),
		('2', 'CREATE TABLE t2 (text text DEFAULT $$it''s
\.
	tab\n$$)', 'DROP TABLE t2', NULL, false, NULL, '{}'),
		('3', 'CREATE TABLE t3 ()', NULL, NULL, false, NULL, '{}');
	SELECT linkgress.register('view', 'CREATE OR REPLACE VIEW v1 AS SELECT id FROM t1', repeatable => true);
	SELECT linkgress.register('always', 'SELECT 1', always => true);
	RESET SESSION AUTHORIZATION;
	SELECT linkgress.approve(name) FROM linkgress.migration;
	INSERT INTO linkgress.hook (name, event, body, position, enabled, managed) VALUES
		('made', 'after_migrate', 'CREATE OR REPLACE FUNCTION made(int) RETURNS int LANGUAGE sql RETURN $1', 1, true, true),
		('off', 'before_each', 'SELECT 1/0', 0, false, false);
	INSERT INTO linkgress.model (name, source, format) VALUES ('part', 'CREATE TABLE t1 ()', 'sql'), ('json', '{}', 'json');
	INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'public.a', 'b');
	INSERT INTO linkgress.migration (name, up, down) VALUES
		('4', 'CREATE TABLE t4 ()', 'DROP TABLE t4'),
		('5', 'SELECT 1/0', NULL),
		('6', 'CREATE TABLE t6 (id int REFERENCES t1k)', 'DROP TABLE t6');
	UPDATE linkgress.migration SET up = 'CREATE TABLE t6 ()' WHERE name = '6';
	SELECT linkgress.migrate('4');
	SELECT linkgress.redo(1)});
$node->psql('source', 'CALL linkgress.up()');
is($node->safe_psql('source', q{SELECT string_agg(name || ' ' || state, ', ' ORDER BY name) FROM linkgress.status()}),
	'1 applied, 2 applied, 3 applied, 4 applied, 5 failed, 6 pending, always pending, view pending',
	'the database to be dumped has migrations in several states');

# Who is no superuser dumps it with the level for that: data, too, and what is not the extension's.
$node->safe_psql('postgres', 'CREATE DATABASE nightly TEMPLATE source');
$node->safe_psql('nightly', q{
	CREATE ROLE backup LOGIN;
	CREATE TABLE plain (id int); GRANT SELECT ON plain TO backup;
	SELECT linkgress.grant_access('backup', 'backup')});
foreach my $options ([], ['-a'], ['-s'], [ '-a', '-t', 'linkgress.*' ], ['-Fc'])
{
	# Other tables are not the level's business.
	my @others = map { ('-T', $_) } qw(t1 t2 t3 t4 v1);
	command_ok([ 'pg_dump', '-d', $node->connstr('nightly'), '-U', 'backup', @others, @$options ], "pg_dump @$options as a role for backups");
}
$node->safe_psql('postgres', 'DROP DATABASE nightly; DROP ROLE backup');

# Everything that is to come along, as text.
my $contents = q{
	SELECT to_jsonb(m) FROM linkgress.migration m ORDER BY name;
	SELECT to_jsonb(j) FROM linkgress.journal j ORDER BY id;
	SELECT to_jsonb(h) FROM linkgress.hook h ORDER BY name;
	SELECT to_jsonb(o) FROM linkgress.hook_object o ORDER BY o;
	SELECT to_jsonb(m) FROM linkgress.model m ORDER BY name;
	SELECT to_jsonb(r) FROM linkgress.rename r ORDER BY id;
	SELECT last_value, is_called FROM linkgress.rename_id_seq;
	SELECT to_jsonb(h) FROM linkgress.history h ORDER BY id;
	SELECT last_value, is_called FROM linkgress.run_id_seq;
	SELECT last_value, is_called FROM linkgress.journal_id_seq;
	SELECT last_value, is_called FROM linkgress.history_id_seq;
	SELECT to_jsonb(s) FROM linkgress.status() s;
	SELECT to_jsonb(s) FROM linkgress.applied() s};
my $rights = q{
	SELECT 'relation ' || relname || coalesce(' ' || array_to_string(ARRAY(SELECT unnest(relacl)::text ORDER BY 1), ' '), '')
		FROM pg_class WHERE relnamespace = 'linkgress'::regnamespace AND relkind IN ('r', 'v', 'S') ORDER BY 1;
	SELECT 'column ' || attrelid::regclass || ' ' || attname || ' ' || array_to_string(attacl, ' ')
		FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
		WHERE c.relnamespace = 'linkgress'::regnamespace AND attacl IS NOT NULL ORDER BY 1;
	SELECT 'routine ' || oid::regprocedure || ' ' || array_to_string(ARRAY(SELECT unnest(proacl)::text ORDER BY 1), ' ')
		FROM pg_proc WHERE pronamespace = 'linkgress'::regnamespace ORDER BY 1;
	SELECT 'schema ' || array_to_string(ARRAY(SELECT unnest(nspacl)::text ORDER BY 1), ' ')
		FROM pg_namespace WHERE nspname = 'linkgress';
	SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text
		FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'linkgress.%' ORDER BY 1};
my $source = $node->safe_psql('source', $contents);
my $source_rights = $node->safe_psql('source', $rights);

sub dump_to
{
	my ($file, @options) = @_;
	command_ok([ 'pg_dump', '-d', $node->connstr('source'), '-f', $file, @options ], "pg_dump @options");
	return;
}
my $tempdir = PostgreSQL::Test::Utils::tempdir();
my $plain = "$tempdir/plain.sql";
my $custom = "$tempdir/custom";
my $inserts = "$tempdir/inserts.sql";
dump_to($plain);
dump_to($custom, '-Fc');
dump_to($inserts, '--column-inserts');

sub psql_file { my ($file) = @_; return ('psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', $file, '-d') }

my %restore = (
	plain => [ psql_file($plain) ],
	inserts => [ psql_file($inserts) ],
	'one transaction' => [ 'psql', '-1', (psql_file($plain))[1 .. 7] ],
	custom => [ 'pg_restore', '--exit-on-error', $custom, '-d' ],
	'two jobs' => [ 'pg_restore', '--exit-on-error', '-j2', $custom, '-d' ],
	'triggers disabled' => [ 'pg_restore', '--exit-on-error', '--disable-triggers', $custom, '-d' ],
);

# Restored, is it the same, and does it go on?
sub check_restored
{
	my ($there, $database, $what) = @_;
	is($there->safe_psql($database, $contents), $source, "$what: registry, journal, history and numbers are the same");
	is($there->safe_psql($database, $rights), $source_rights, "$what: rights are the same");
	is($there->safe_psql($database, q{SELECT count(*) FROM linkgress.migration
			WHERE checksum <> linkgress.checksum(up)}), '0', "$what: checksums fit");
	my ($status, $out, $err);
	$there->psql($database, 'SELECT linkgress.migrate()', stderr => \$err);
	like($err, qr/migration "5" failed at statement 1, line 1: division by zero/, "$what: it is where the first was");
	$there->safe_psql($database, q{UPDATE linkgress.migration SET up = 'SELECT 1' WHERE name = '5'});
	is($there->safe_psql($database, 'SELECT name, action FROM linkgress.migrate()'),
		"5|applied\n6|applied\nalways|applied\nview|applied", "$what: the next run does the rest");
	is($there->safe_psql($database, q{SELECT name FROM linkgress.journal WHERE id > (SELECT max(id) FROM linkgress.journal
			WHERE name <= '4') ORDER BY id}), "5\n6\nalways\nview", "$what: the numbers go on");
	$there->psql($database, 'SELECT name, action FROM linkgress.rollback(2)', stderr => \$err);
	like($err, qr/migration "5" .*down/s, "$what: what has no down is known");
	return;
}

my $number = 0;
foreach my $what (sort keys %restore)
{
	my $database = 'restored_' . ++$number;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	command_ok([ @{ $restore{$what} }, $node->connstr($database) ], "$what: restore");
	check_restored($node, $database, $what);
}

# A dump of the restored database is a dump of the first one.
{
	$node->safe_psql('postgres', 'CREATE DATABASE again');
	command_ok([ psql_file($plain), $node->connstr('again') ], 'restore once more');
	my ($first) = run_command([ 'pg_dump', '-d', $node->connstr('source') ]);
	my ($second) = run_command([ 'pg_dump', '-d', $node->connstr('again') ]);
	s/^\\(un)?restrict .*$//mg foreach $first, $second;
	is($second, $first, 'the restored database is dumped as the first one is');
}

# A role may run what it might have run before, and no more.
{
	my $database = 'restored_1';
	$node->safe_psql($database, q{
		SET SESSION AUTHORIZATION author;
		INSERT INTO linkgress.migration (name, up) VALUES ('7', 'CREATE TABLE t7 ()')});
	my $operator = Session->new($node, $database, user => 'operator');
	like($operator->query('SELECT linkgress.migrate()')->{err},
		qr/ERROR:  42501: migration "7" must not run as role "operator"/, 'trust is what it was');
	like($operator->query(q{INSERT INTO linkgress.migration (name, up) VALUES ('8', '')})->{err},
		qr/ERROR:  42501: permission denied/, 'an operator still may not register');
	is($operator->query('SELECT count(*) FROM linkgress.status()')->{out}, '9', 'but see the status');
	$operator->quit;
}

# ---- The registry has lost what is applied

{
	$node->safe_psql('postgres', 'CREATE DATABASE lost');
	command_ok([ psql_file($plain), $node->connstr('lost') ], 'restore for losing a row');
	$node->safe_psql('lost', q{
		ALTER TABLE linkgress.migration DISABLE TRIGGER USER;
		DELETE FROM linkgress.migration WHERE name IN ('4', '5', '6');
		ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_migration;
		ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_truncate});
	is($node->safe_psql('lost', q{SELECT state FROM linkgress.status() WHERE name = '4'}), 'missing',
		'a lost migration is missing');
	my $err;
	$node->psql('lost', 'SELECT linkgress.migrate()', stderr => \$err);
	like($err, qr/ERROR:  applied migrations are missing from the registry: "4"/, 'migrate() names it and refuses');
	is($node->safe_psql('lost', 'SELECT name, action FROM linkgress.rollback()'), '4|reverted',
		'it is reverted with the down that the journal has');
	is($node->safe_psql('lost', q{SELECT to_regclass('t4') IS NULL}), 't', 'for real');
}

# ---- Another cluster, which does not have the roles

{
	my $superuser = $node->safe_psql('source', 'SELECT current_user');
	my $other = PostgreSQL::Test::Cluster->new('other');
	$other->init;
	$other->start;
	$other->safe_psql('postgres', 'CREATE DATABASE restored');
	# Grants to roles that are not there fail, as for any object; the data must not.
	command_ok([ 'pg_restore', '--exit-on-error', '--no-acl', $custom, '-d', $other->connstr('restored') ],
		'restore where the roles are unknown');
	is($other->safe_psql('restored', q{SELECT name, author, approvers, state
			FROM linkgress.migration JOIN linkgress.status() USING (name) WHERE name IN ('1', '4') ORDER BY name}),
		"1|(author)|{$superuser}|applied\n4|$superuser||applied", 'authors are known by name');
	my $err;
	is($other->safe_psql('restored', q{SELECT name, state FROM linkgress.status() WHERE repeatable ORDER BY 1}),
		"always|pending\nview|pending", 'the state is the same');
	is($other->safe_psql('restored', q{UPDATE linkgress.migration SET up = '' WHERE name = '5';
			SELECT string_agg(name, ' ') FROM linkgress.migrate()}), '5 6 always view',
		'what was approved by a role that exists goes on');

	# An author that does not exist, whom nobody has approved: not to be trusted
	my $unapproved = "$tempdir/unapproved";
	$node->safe_psql('source', q{SET SESSION AUTHORIZATION author;
		INSERT INTO linkgress.migration (name, up) VALUES ('7', 'CREATE TABLE t7 ()')});
	dump_to($unapproved, '-Fc', '--no-acl');
	$other->safe_psql('postgres', 'CREATE DATABASE unapproved');
	command_ok([ 'pg_restore', '--exit-on-error', $unapproved, '-d', $other->connstr('unapproved') ], 'restore that');
	$other->safe_psql('unapproved', q{UPDATE linkgress.migration SET up = '' WHERE name = '5'});
	$other->psql('unapproved', 'SELECT linkgress.migrate()', stderr => \$err);
	like($err, qr/ERROR:  migration "7" must not run as role/, 'a text of an unknown author is not run');
	# Not even when somebody of that name comes up
	$other->safe_psql('unapproved', q{CREATE ROLE author SUPERUSER LOGIN});
	$other->psql('unapproved', 'SELECT linkgress.migrate()', stderr => \$err);
	like($err, qr/ERROR:  migration "7" must not run as role/, 'nor when a new role gets that name');
	is($other->safe_psql('unapproved', q{SELECT linkgress.approve('7') <> ''; SELECT string_agg(name, ' ') FROM linkgress.migrate()}),
		"t\n5 6 7 always view", 'it is when approved');
	$other->stop;
}

# ---- Roles that were renamed, dropped, made anew: names and OIDs lead to nobody else

{
	$node->safe_psql('postgres', q{
		CREATE ROLE hired; CREATE ROLE leaver SUPERUSER; CREATE ROLE "Odd (one)" SUPERUSER;
		CREATE DATABASE staff});
	$node->safe_psql('staff', q{
		CREATE EXTENSION linkgress;
		SELECT linkgress.grant_access('hired', 'author');
		SET ROLE hired; INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'SELECT 1', 'SELECT 1');
		SET ROLE leaver; INSERT INTO linkgress.migration (name, up, down) VALUES ('2', 'SELECT 1', 'SELECT 1');
		SET ROLE "Odd (one)"; INSERT INTO linkgress.migration (name, up, down) VALUES ('3', 'SELECT 1', 'SELECT 1');
		SELECT linkgress.approve(name) FROM linkgress.migration;
		SET ROLE leaver; SELECT linkgress.approve('1');
		RESET ROLE; SELECT linkgress.migrate()});
	$node->safe_psql('postgres', q{
		ALTER ROLE hired RENAME TO promoted; CREATE ROLE hired SUPERUSER;
		DROP ROLE leaver; CREATE ROLE leaver SUPERUSER});
	my $authors = q{SELECT string_agg(concat_ws(' ', name, author, approvers), ', ' ORDER BY name) FROM };
	my $expected = q[1 promoted {"Odd (one)",(leaver)}, 2 (leaver) {"Odd (one)"}, 3 Odd (one) {"Odd (one)"}];
	is($node->safe_psql('staff', "$authors linkgress.$_"), $expected, "$_: roles are known by their present names")
	  foreach qw(migration journal);
	command_ok([ 'pg_dump', '-d', $node->connstr('staff'), '-Fc', '-f', "$tempdir/staff" ], 'dump of a registry of renamed roles');
	command_ok([ 'pg_dump', '-d', $node->connstr('staff'), '-Fc', '--data-only', '-f', "$tempdir/staff_data" ], 'and of its data');
	my %way = (
		'with triggers' => ["$tempdir/staff"],
		'data only' => [ '--data-only', "$tempdir/staff_data" ],
		'data only, triggers disabled' => [ '--data-only', '--disable-triggers', "$tempdir/staff_data" ]);
	foreach my $what (sort keys %way)
	{
		$node->safe_psql('postgres', 'DROP DATABASE IF EXISTS moved; CREATE DATABASE moved');
		$node->safe_psql('moved', 'CREATE EXTENSION linkgress') if $what =~ /data/;
		command_ok([ 'pg_restore', '--exit-on-error', @{ $way{$what} }, '-d', $node->connstr('moved') ], "$what: restore");
		foreach my $table (qw(migration journal))
		{
			is($node->safe_psql('moved', "$authors linkgress.$table"), $expected, "$what: $table has the same roles");
			is($node->safe_psql('moved', "SELECT count(*) FROM linkgress.$table, pg_roles
					WHERE rolname IN ('hired', 'leaver') AND (author::oid = oid OR oid = ANY (approvers::oid[]))"), '0',
				"$what: $table has nobody who has only the name");
		}
		is($node->safe_psql('moved', q{SELECT count(*) FROM linkgress.migration m JOIN linkgress.journal j USING (name)
				WHERE m.fingerprint = linkgress.registration_fingerprint(name)}), '3', "$what: fingerprints are there");
		is($node->safe_psql('moved', q{SELECT string_agg(DISTINCT problem, ' ') FROM linkgress.validate() WHERE severity = 'error'}),
			$what =~ /disabled/ ? 'trigger' : '', "$what: validate() says which triggers the restore has left");
	}
	# In a cluster where that OID is somebody else's, and that name, too.
	my $far = PostgreSQL::Test::Cluster->new('far');
	$far->init;
	$far->start;
	my $oid = $node->safe_psql('staff', q{SELECT max(author::oid::bigint) FROM linkgress.journal});
	$far->safe_psql('postgres', qq{CREATE DATABASE moved;
		DO \$\$ DECLARE last oid := 0; BEGIN
			WHILE last < $oid LOOP
				EXECUTE format('CREATE ROLE r%s SUPERUSER', last);
				SELECT max(oid) INTO last FROM pg_roles;
			END LOOP; END \$\$});
	$far->safe_psql('moved', 'CREATE EXTENSION linkgress');
	command_ok([ 'pg_restore', '--exit-on-error', '--data-only', '--disable-triggers', "$tempdir/staff_data", '-d',
			$far->connstr('moved') ], 'restore elsewhere, triggers disabled');
	is($far->safe_psql('moved', q{SELECT count(*) FROM linkgress.journal WHERE author::oid <> 0}), '0', 'nobody there has registered anything');
	$far->safe_psql('moved', 'ALTER TABLE linkgress.migration DISABLE TRIGGER USER; DELETE FROM linkgress.migration');
	my $err;
	$far->psql('moved', 'SELECT linkgress.rollback()', stderr => \$err);
	like($err, qr/ERROR:  migration "3" must not run as role/, 'and no kept down runs');
	$far->stop;
}

$node->stop;
done_testing();
