# Hostile values: what a careless or ill-meaning caller may give to a function, as SQL literals. All texts are
# bytes, for some are no text in any encoding.

package Hostile;

use strict;
use warnings;

use Chance;
use JSON::PP;

my $json = JSON::PP->new->utf8->allow_nonref->max_depth(100_000);

my @names = (
	qw(010_a 020_b 030_c 040_d h1 h2 main part2 public.a app.t1 app.t1.b * ?* migration hook model sql json viewer author
	  operator none before_migrate after_each after_failure raise stop accept forget mark_applied table column app public
	  linkgress fuzz_author fuzz_operator fuzz_viewer), '* * * * *');

my @words = (
	qw(a users public app linkgress pg_catalog pg_temp " "" ' '' \\ $$ $a$ ; -- /* */ ( ) [ ] { } . .. :: text int * ? % %s
	  {} {0} NULL null 0 -1 1e999 99999999999999999999), ',', '#', ' ', "\n", "\r\n", "\t", "\x01", "\x7f",
	"\xc3\xa9", "\xc3\xbc", "\xe6\xbc\xa2\xe5\xad\x97", "\xf0\x9f\x98\x80", "\xe2\x80\xae", "e\xcc\x81", "\xef\xbb\xbf",
	"\xc2\xa0", 'x' x 64, 'y' x 200, "\xc3\xa4" x 63);

# No text in UTF-8
my @broken = ("\xff", "\xc3", "\xed\xa0\x80", "\xc0\x80", "\x80abc");

# What a body may say: # is a small number. Rows of app's tables are not for superusers, since what others have put
# into a default or a trigger would rightly run with their rights.
my @statements = (
	'SELECT 1', q{CREATE TABLE app.t#(a int primary key, b text default 'x')}, 'DROP TABLE IF EXISTS app.t#',
	'ALTER TABLE app.t# ADD COLUMN c# int', 'CREATE INDEX CONCURRENTLY i# ON app.t#(b)', 'VACUUM',
	'CREATE VIEW app.v# AS SELECT 1 AS x', q{DO $$ BEGIN RAISE EXCEPTION 'x#'; END $$},
	'CREATE FUNCTION app.f#() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END', 'SET search_path = app', 'BEGIN',
	'COMMIT', 'ROLLBACK', 'SAVEPOINT a', 'COPY app.t# FROM STDIN', 'SELECT pg_sleep(0.01)', 'CREATE TEMP TABLE tt#(a int)',
	'PREPARE p# AS SELECT 1', 'DECLARE c# CURSOR WITH HOLD FOR SELECT 1', q{CREATE TYPE app.e# AS ENUM ('a', 'b')},
	q{ALTER TYPE app.e# ADD VALUE 'c#'}, 'CREATE SCHEMA app', 'CREATE TABLE app.p#(a int) PARTITION BY LIST (a)',
	'CREATE TABLE app.p#_1 PARTITION OF app.p# FOR VALUES IN (1)', 'SELECT * FROM linkgress.status()',
	'SELECT linkgress.migrate()', 'CALL linkgress.up()', q{SELECT linkgress.repair('010_a', 'forget')},
	'CREATE DOMAIN app.d# AS int CHECK (VALUE > 0)', '\restrict x', '\d', q{SELECT 'unterminated}, 'SELECT $$x',
	'CREATE RULE r AS ON INSERT TO app.t# DO (SELECT 1; SELECT 2)', 'GRANT SELECT ON app.t# TO PUBLIC',
	q{COMMENT ON TABLE app.t# IS 'c'}, 'DISCARD ALL', 'LISTEN x', 'LOCK TABLE app.t#', 'CREATE SEQUENCE app.s#',
	'CREATE MATERIALIZED VIEW app.m# AS SELECT 1 AS a', 'REFRESH MATERIALIZED VIEW app.m#', 'SET CONSTRAINTS ALL DEFERRED',
	'SELECT pg_advisory_lock(1)', 'CREATE POLICY p ON app.t# USING (true)',
	'ALTER TABLE app.t# ALTER COLUMN b TYPE varchar(10)', 'CREATE STATISTICS app.st# ON a, b FROM app.t#',
	'CREATE TRIGGER tr BEFORE INSERT ON app.t# FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
	'CREATE AGGREGATE app.ag#(int) (SFUNC = int4pl, STYPE = int)', 'DROP SCHEMA app CASCADE', 'RESET ALL', 'RESET ROLE',
	q{SET LOCAL lock_timeout = '1ms'}, q{SET statement_timeout = '20ms'}, 'SET standard_conforming_strings = off',
	'DROP EXTENSION linkgress', 'DELETE FROM linkgress.journal', 'ALTER TABLE linkgress.journal DISABLE TRIGGER ALL');

my @of_others = (
	'INSERT INTO app.t# VALUES (1)', 'TRUNCATE app.t#', 'ALTER ROLE fuzz_author SUPERUSER',
	'RESET ROLE; ALTER ROLE fuzz_author SUPERUSER', 'SET SESSION AUTHORIZATION postgres; ALTER ROLE fuzz_author SUPERUSER',
	'SELECT public.become()', 'CREATE TABLE app.t#(a int primary key, b text default public.become())',
	'ALTER TABLE app.t# ADD COLUMN c# text DEFAULT public.become()',
	'CREATE MATERIALIZED VIEW app.m# AS SELECT public.become() AS a', 'CREATE VIEW app.v# AS SELECT public.become() AS x',
	'CREATE FUNCTION app.f#() RETURNS text SECURITY DEFINER LANGUAGE sql AS $$SELECT public.become()$$',
	'CREATE INDEX i# ON app.t# (public.become(b))', q{SELECT set_config('role', 'none', false), public.become()},
	'CREATE TABLE app.t#(a int CHECK (public.become() IS NOT NULL))');

# undef is NULL.
sub literal
{
	my ($text) = @_;
	return 'NULL' unless defined $text;
	$text =~ s/\0//g;
	$text =~ s/(['\\])/$1$1/g;
	return "E'$text'";
}

sub numbered
{
	my ($statement) = @_;
	my $number = between(1, 3);
	$statement =~ s/#/$number/g;
	return $statement;
}

sub body
{
	my ($is_superuser) = @_;
	my $separator = pick('; ', ";\n", ';', ' ');
	my @pool = $is_superuser ? @statements : (@statements, @of_others);
	return join $separator, map { numbered(pick(@pool)) } 1 .. between(1, 5);
}

sub mutated
{
	my ($text) = @_;
	foreach (1 .. between(1, 5))
	{
		my $at = between(0, length $text);
		my $cut = chance(0.6) ? 1 : 0;
		substr($text, $at, $at < length $text ? $cut : 0) = chance(0.3) ? '' : pick(@words);
	}
	return $text;
}

sub nested
{
	return pick('(', '[', '{', '/*', "--\n", q{'}, '$$', 'a ', 'CASE ', 'begin atomic ', '\x', ';', "\xc3\xa9", '((1', '1+',
		'not ', 'SELECT 1;') x pick(10, 300, 5000);
}

sub text
{
	my ($is_superuser) = @_;
	my $kind = rand;
	return undef if $kind < 0.06;
	return pick(@names) if $kind < 0.35;
	return join '', map { pick(@words) } 0 .. between(0, 5) if $kind < 0.53;
	return pick(@words, '') . pick(@broken) if $kind < 0.55;
	return body($is_superuser) if $kind < 0.80;
	return $json->encode(mutated_document(model())) if $kind < 0.90;
	return mutated(body($is_superuser)) if $kind < 0.94;
	return nested() if $kind < 0.97;
	return pick(@words) x pick(1000, 20_000);
}

# ---- Documents

sub model
{
	return { tables => [ { schema => 'app', name => 't' . between(1, 3),
				columns => [ { name => 'a', type => 'integer', nullable => JSON::PP::false }, { name => 'b', type => 'text' } ],
				primary_key => { columns => ['a'] } } ] };
}

my @attributes = qw(kind name schema owner columns depends type definition grants revoked comment parent table arguments
  values options partition_key bound position not_null identity generated expression inherited outside objects format
  server role constraints indexes triggers rules policies hidden validated labels);

sub scalar_value
{
	return pick(undef, JSON::PP::true, JSON::PP::false, 0, -1, 1, 2**31, 2**53, 1.5, '', 'app', 't1', 'integer',
		'table app.t1', pick(@words), [], {}, [ [] ], [undef], [ 1, 2 ], { a => 1 });
}

# Every place in a document, as a reference to the container and the key
sub places
{
	my ($value, $depth) = @_;
	return if $depth > 40;
	return map { [ $value, $_ ], places($value->{$_}, $depth + 1) } sort keys %$value if ref $value eq 'HASH';
	return map { [ $value, $_ ], places($value->[$_], $depth + 1) } 0 .. $#$value if ref $value eq 'ARRAY';
	return;
}

sub deep
{
	my ($value) = @_;
	$value = chance(0.5) ? [$value] : { a => $value } foreach 1 .. pick(3, 50, 600);
	return $value;
}

sub change_list
{
	my ($list, $at, $other) = @_;
	my $kind = rand;
	splice @$list, $at, 1 if $kind < 0.3;
	push @$list, $list->[$at] if $kind >= 0.3 && $kind < 0.6;
	$list->[$at] = $other if $kind >= 0.6;
	return;
}

sub change_object
{
	my ($object, $key, $other) = @_;
	my $kind = rand;
	delete $object->{$key} if $kind < 0.2;
	$object->{ pick(@attributes) } = delete $object->{$key} if $kind >= 0.2 && $kind < 0.35;
	$object->{ pick(@attributes) } = $other if $kind >= 0.35 && $kind < 0.6;
	$object->{$key} = $other if $kind >= 0.6;
	return;
}

# Changes the document that it is given.
sub mutated_document
{
	my ($document) = @_;
	foreach (1 .. pick(1, 1, 1, 2, 3, 8))
	{
		my @places = places($document, 0) or last;
		my ($container, $key) = @{ pick(@places) };
		my ($from, $of) = @{ pick(@places) };
		my $found = ref $from eq 'HASH' ? $from->{$of} : $from->[$of];
		# A copy, or the document might contain itself.
		my $other = pick(scalar_value(), scalar_value(), $json->decode($json->encode($found)));
		$other = deep($other) if chance(0.03);
		ref $container eq 'HASH' ? change_object($container, $key, $other) : change_list($container, $key, $other);
	}
	return $document;
}

# Of a snapshot as JSON, another one.
sub document
{
	my (@snapshots) = @_;
	my $kind = rand;
	return undef if $kind < 0.05;
	return $json->encode(scalar_value()) if $kind < 0.12;
	my $snapshot = @snapshots ? pick(@snapshots) : '{"format": 1, "objects": []}';
	return $snapshot if $kind < 0.25;
	return mutated($snapshot) if $kind < 0.30;
	return $json->encode(mutated_document($json->decode($snapshot)));
}

# ---- Values by type

my %of_type = (
	integer => sub { pick(undef, 0, -1, 1, 2, 3, 100, 2**31 - 1, -2**31) },
	bigint => sub { pick(undef, 0, -1, 1, 2, '9223372036854775807', '-9223372036854775808') },
	boolean => sub { pick(undef, 'true', 'false', 'false') },
	interval => sub {
		pick(undef, '0', '1 ms', '-1 s', '178000000 years', '1 year 2 mons -3 days 04:05:06.789', '1000000 hours');
	},
	'text[]' => sub {
		pick(undef, '{}', '{a,b}', '{NULL}', '{{a,b},{c,d}}', '[5:6]={a,b}', '{"\"","\\\\"}',
			'{' . join(',', ('a') x 5000) . '}');
	},
	'name[]' => sub {
		pick(undef, '{}', '{public}', '{app}', '{public,app}', '{NULL}', '{{public,app},{app,public}}', '{linkgress}',
			'{information_schema}', '{nonexistent}', '{"we\"ird"}', '{pg_temp}', '{pg_toast}',
			'{' . join(',', ('app') x 500) . '}');
	},
	name => sub { my $name = text(@_); defined $name ? substr $name, 0, 60 : undef },
);

# value_of(TYPE, IS_SUPERUSER, SNAPSHOT…): a literal
sub value_of
{
	my ($type, $is_superuser, @snapshots) = @_;
	my $value = $type eq 'jsonb' ? document(@snapshots) : ($of_type{$type} // \&text)->($is_superuser);
	return literal($value) . "::$type";
}

1;
