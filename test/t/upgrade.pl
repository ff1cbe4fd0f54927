# Installing an older version and upgrading it must give what a fresh installation gives: every
# object, its definition, comment and grants, and what pg_dump shall dump of it.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

# Everything that the extension consists of, as lines of text. In this mode pg_dump writes out the
# members of extensions; what it says of OIDs and transaction ids differs from one installation to the
# next, so the configuration tables, which it names by OID, are asked for apart.
sub definitions
{
	my ($database) = @_;
	my $numbers = qr/binary_upgrade_set_next_|binary_upgrade_create_empty_extension|relfrozenxid|^WHERE oid = /;
	my ($dump, $errors) =
	  run_command([ 'pg_dump', '--binary-upgrade', '--schema-only', '--dbname', $node->connstr($database) ]);
	die $errors if $errors;

	my $configuration = $node->safe_psql($database, q{
		SELECT e.extversion, c.oid::regclass, c.filter
		FROM pg_extension e
		LEFT JOIN LATERAL unnest(e.extconfig, e.extcondition) AS c(oid, filter) ON true
		WHERE e.extname = 'linkgress'
		ORDER BY c.oid::regclass::text});
	return [ (grep { !/^$|^--|^\\|$numbers/ } split /\n/, $dump), split /\n/, $configuration ];
}

# A database of this name with the extension in it.
sub install
{
	my ($database, $version) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, 'CREATE EXTENSION linkgress' . ($version ? " VERSION '$version'" : ''));
	return;
}

install('fresh');
my $fresh = definitions('fresh');
my $current = $node->safe_psql('fresh', q{SELECT extversion FROM pg_extension WHERE extname = 'linkgress'});

# Every version that can be installed and has a way to the current one
my @older = split /\n/, $node->safe_psql('postgres', qq{
	SELECT v.version
	FROM pg_available_extension_versions v
	JOIN pg_extension_update_paths('linkgress') p ON p.source = v.version AND p.target = '$current'
	WHERE v.name = 'linkgress' AND p.path IS NOT NULL
	ORDER BY v.version});

foreach my $version (@older)
{
	my $database = 'from_' . ($version =~ s/\W/_/gr);
	install($database, $version);
	$node->safe_psql($database, 'ALTER EXTENSION linkgress UPDATE');
	is_deeply(definitions($database), $fresh, "an upgrade from $version gives what version $current gives");
}

# The comparison itself: it must find no difference between equals, and any difference else.
install('again');
is_deeply(definitions('again'), $fresh, 'two fresh installations are equal');

# A function that nothing else needs
my $function = $node->safe_psql('fresh', q{
	SELECT p.oid::regprocedure
	FROM pg_depend d JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND p.prokind = 'f'
		AND p.pronamespace = 'linkgress'::regnamespace
		AND NOT EXISTS (SELECT FROM pg_depend n WHERE n.refclassid = 'pg_proc'::regclass AND n.refobjid = p.oid)
	ORDER BY p.oid LIMIT 1});
my $table = $node->safe_psql('fresh', q{
	SELECT unnest(extconfig)::regclass FROM pg_extension WHERE extname = 'linkgress' LIMIT 1});

my %difference = (
	'definition of a function' => "ALTER FUNCTION $function COST 4711",
	'setting of a function' => "ALTER FUNCTION $function SET search_path = public",
	'grant' => "GRANT SELECT ON $table TO PUBLIC",
	'comment' => "COMMENT ON FUNCTION $function IS 'something else'",
	'column' => "ALTER TABLE $table ADD COLUMN more integer",
	'constraint' => "ALTER TABLE $table ADD CONSTRAINT more CHECK (true)",
	'object more' => 'CREATE FUNCTION linkgress.more() RETURNS int LANGUAGE sql RETURN 1;'
	  . 'ALTER EXTENSION linkgress ADD FUNCTION linkgress.more()',
	'object less' => "ALTER EXTENSION linkgress DROP FUNCTION $function; DROP FUNCTION $function",
	'table that is not dumped' => q{UPDATE pg_extension SET extconfig = NULL, extcondition = NULL
		WHERE extname = 'linkgress'},
);
foreach my $what (sort keys %difference)
{
	$node->safe_psql('postgres', 'DROP DATABASE again');
	install('again');
	$node->safe_psql('again', $difference{$what});
	isnt(join("\n", @{ definitions('again') }), join("\n", @$fresh), "a different $what is noticed");
}

# ---- From version 1.0, which went into a schema that was there

sub try_sql
{
	my ($database, $sql) = @_;
	my ($out, $err);
	$node->psql($database, "\\set VERBOSITY verbose\n$sql", stdout => \$out, stderr => \$err);
	return $err || $out;
}
$node->safe_psql('postgres', 'CREATE ROLE mallory LOGIN; CREATE ROLE viewer LOGIN; CREATE ROLE defaults LOGIN; CREATE ROLE other SUPERUSER LOGIN');

# Made by the owner of the database, who was granted something by default, too.
$node->safe_psql('postgres', 'CREATE DATABASE squatted OWNER mallory');
$node->safe_psql('squatted', q{
	SET SESSION AUTHORIZATION mallory;
	CREATE SCHEMA linkgress;
	GRANT ALL ON SCHEMA linkgress TO defaults;
	RESET SESSION AUTHORIZATION;
	ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO defaults;
	ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO defaults;
	ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO PUBLIC;
	CREATE EXTENSION linkgress VERSION '1.0';
	GRANT USAGE ON SCHEMA linkgress TO viewer;
	GRANT SELECT ON linkgress.migration, linkgress.journal TO viewer;
	GRANT INSERT (kind) ON linkgress.rename TO viewer;
	GRANT EXECUTE ON FUNCTION linkgress.status() TO viewer});

# Between the new library and the update, every function of the old declarations is called.
my $calls = $node->safe_psql('squatted', q{
	SELECT string_agg(format('%s %s(%s);', CASE prokind WHEN 'p' THEN 'CALL' ELSE 'SELECT * FROM' END, p.oid::regproc,
		(SELECT string_agg('NULL::' || format_type(t, NULL), ', ') FROM unnest(proargtypes::oid[]) t)), E'\n')
	FROM pg_proc p WHERE pronamespace = 'linkgress'::regnamespace AND prorettype <> 'trigger'::regtype});
try_sql('squatted', $calls);
is($node->safe_psql('squatted', 'SELECT 1'), '1', 'the server is up after calls of the old functions in the new library');
like(try_sql('squatted', 'SELECT linkgress.migrate()'),
	qr/ERROR:  55000: extension "linkgress" has version 1\.0 in this database.*HINT:  Run ALTER EXTENSION linkgress UPDATE/s,
	'they say what is to be done');
like(try_sql('squatted', q{INSERT INTO linkgress.migration (name, up) VALUES ('1', 'SELECT 1')}), qr/ERROR:  55000/,
	'and so do the triggers');

# An upgrade by another superuser than the one who has installed it
$node->safe_psql('squatted', 'SET SESSION AUTHORIZATION other; ALTER EXTENSION linkgress UPDATE');
is($node->safe_psql('squatted', q{
		SELECT string_agg(DISTINCT pg_get_userbyid(owner) || ' ' || (owner = extowner), ', ') FROM pg_extension,
			LATERAL (SELECT nspowner FROM pg_namespace WHERE nspname = 'linkgress'
				UNION ALL SELECT relowner FROM pg_class WHERE relnamespace = 'linkgress'::regnamespace
				UNION ALL SELECT proowner FROM pg_proc WHERE pronamespace = 'linkgress'::regnamespace
				UNION ALL SELECT typowner FROM pg_type WHERE typnamespace = 'linkgress'::regnamespace) o(owner)
		WHERE extname = 'linkgress'}),
	$node->safe_psql('postgres', 'SELECT current_user') . ' true', 'all of it belongs to the owner of the extension');
is($node->safe_psql('squatted', q{SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'linkgress'}),
	'pg_catalog', 'the extension is nowhere else');
foreach my $sql ('DROP SCHEMA linkgress CASCADE', 'DROP EXTENSION linkgress', 'ALTER SCHEMA linkgress RENAME TO x',
	'CREATE FUNCTION linkgress.migrate(int) RETURNS int LANGUAGE sql RETURN 1', 'INSERT INTO linkgress.journal DEFAULT VALUES',
	'SELECT linkgress.migrate()')
{
	foreach my $role ('mallory', 'defaults')
	{
		like(try_sql('squatted', "SET SESSION AUTHORIZATION $role; $sql"), qr/ERROR:  42501/, "$role cannot $sql");
	}
}
is($node->safe_psql('squatted', q{
		SELECT has_table_privilege('viewer', 'linkgress.journal', 'SELECT'), has_schema_privilege('viewer', 'linkgress', 'USAGE'),
			has_function_privilege('viewer', 'linkgress.status()', 'EXECUTE'),
			has_column_privilege('viewer', 'linkgress.rename', 'kind', 'INSERT'),
			has_sequence_privilege('defaults', 'linkgress.run_id_seq', 'UPDATE'),
			has_type_privilege('defaults', 'linkgress.outcome', 'USAGE')}),
	't|t|t|t|f|f', 'what has been granted since is there');

# And it is dumped, now with the schema as the extension's.
my ($dump) = run_command([ 'pg_dump', $node->connstr('squatted') ]);
unlike($dump, qr/^CREATE SCHEMA linkgress/m, 'the schema is not dumped');
$node->safe_psql('postgres', 'CREATE DATABASE restored');
my $dump_file = PostgreSQL::Test::Utils::tempdir() . '/dump.sql';
PostgreSQL::Test::Utils::append_to_file($dump_file, $dump);
command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', $dump_file, '-d', $node->connstr('restored') ],
	'the dump is restored');
my $grants = q{
	SELECT o, a.grantee::regrole, a.privilege_type FROM (
		SELECT relname::text, relacl FROM pg_class WHERE relnamespace = 'linkgress'::regnamespace
		UNION ALL SELECT proname, proacl FROM pg_proc WHERE pronamespace = 'linkgress'::regnamespace
		UNION ALL SELECT attname, attacl FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
			WHERE relnamespace = 'linkgress'::regnamespace
		UNION ALL SELECT nspname, nspacl FROM pg_namespace WHERE nspname = 'linkgress') o(o, acl), aclexplode(acl) a
	WHERE a.grantee <> a.grantor ORDER BY 1, 2, 3};
is($node->safe_psql('restored', $grants), $node->safe_psql('squatted', $grants), 'with all grants');
isnt($node->safe_psql('restored', $grants), '', 'of which there are some');

# ---- Objects of others in the schema, or under the extension's own

sub squat
{
	my ($database) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $database OWNER mallory");
	$node->safe_psql($database, q{
		SET SESSION AUTHORIZATION mallory;
		CREATE SCHEMA linkgress;
		CREATE SCHEMA elsewhere;
		CREATE FUNCTION linkgress.format(text, bigint, bigint) RETURNS text LANGUAGE sql RETURN 'x';
		CREATE FUNCTION linkgress.format(text, integer, integer) RETURNS text LANGUAGE sql RETURN 'x';
		CREATE FUNCTION linkgress.format(text, integer, text) RETURNS text LANGUAGE sql RETURN 'x';
		CREATE FUNCTION linkgress.format(text, text, text) RETURNS text LANGUAGE sql RETURN 'x';
		CREATE FUNCTION linkgress.lt(interval, interval) RETURNS boolean LANGUAGE sql RETURN true;
		CREATE OPERATOR linkgress.>= (FUNCTION = linkgress.lt, LEFTARG = interval, RIGHTARG = interval);
		RESET SESSION AUTHORIZATION;
		CREATE EXTENSION linkgress VERSION '1.0'});
	return;
}
squat('strangers');
like(try_sql('strangers', 'ALTER EXTENSION linkgress UPDATE'),
	qr/ERROR:  2BP01: schema "linkgress" has objects that do not belong.*DETAIL:  .*function linkgress\.format\(.*operator linkgress\.>=/s,
	'strangers in the schema are named, and refused');
is($node->safe_psql('strangers', q{SELECT extversion FROM pg_extension WHERE extname = 'linkgress'}), '1.0',
	'and nothing is changed');
squat('moved');
$node->safe_psql('moved', q{
	SET SESSION AUTHORIZATION mallory;
	ALTER FUNCTION linkgress.format(text, bigint, bigint) SET SCHEMA elsewhere;
	ALTER FUNCTION linkgress.format(text, integer, integer) SET SCHEMA elsewhere;
	ALTER FUNCTION linkgress.format(text, integer, text) SET SCHEMA elsewhere;
	ALTER FUNCTION linkgress.format(text, text, text) SET SCHEMA elsewhere;
	ALTER FUNCTION linkgress.lt(interval, interval) SET SCHEMA elsewhere;
	ALTER OPERATOR linkgress.>= (interval, interval) SET SCHEMA elsewhere});
like(try_sql('moved', 'ALTER EXTENSION linkgress UPDATE'),
	qr/ERROR:  2BP01: objects of extension "linkgress" depend on those of others.*DETAIL:  .*elsewhere/s,
	'so are those that have been moved out of it, and are used all the same');
$node->safe_psql('postgres', 'CREATE DATABASE triggered');
$node->safe_psql('triggered', q{
	ALTER DEFAULT PRIVILEGES GRANT TRIGGER ON TABLES TO mallory;
	CREATE EXTENSION linkgress VERSION '1.0';
	GRANT USAGE ON SCHEMA linkgress TO mallory;
	GRANT CREATE ON SCHEMA public TO mallory;
	SET SESSION AUTHORIZATION mallory;
	CREATE FUNCTION public.strike() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
	CREATE TRIGGER strike BEFORE INSERT ON linkgress.journal FOR EACH ROW EXECUTE FUNCTION public.strike()});
like(try_sql('triggered', 'ALTER EXTENSION linkgress UPDATE'), qr/ERROR:  2BP01: .*DETAIL:  They depend on: function public\.strike\(\)/s,
	'and a trigger of somebody who could make one');

$node->stop;
done_testing();
