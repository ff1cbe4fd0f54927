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

$node->stop;
done_testing();
