# Whatever Linkgress writes down may fail: for each call and each of its tables, a trigger that raises.
# Its message comes out, nothing hangs, nothing is half done, and the next call works.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
# A call that hangs is an error of its own.
$node->append_conf('postgresql.conf', "statement_timeout = '60s'\nautovacuum = off");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION linkgress;
	CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
		RAISE 'fault: % on %', tg_op, tg_table_name USING ERRCODE = 'FA001', DETAIL = 'A detail.', HINT = 'A hint.';
	END $$;
	INSERT INTO linkgress.migration (name, up, down, transactional, down_transactional) VALUES
		('m1', 'CREATE TABLE t1 (i int); CREATE VIEW v1 AS SELECT * FROM t1', 'DROP VIEW v1; DROP TABLE t1', true, true),
		('m2', 'CREATE TABLE t2 (i int); CREATE INDEX CONCURRENTLY i2 ON t2 (i); CREATE INDEX CONCURRENTLY j2 ON t2 (i)',
			'DROP INDEX CONCURRENTLY j2; DROP INDEX CONCURRENTLY i2; DROP TABLE t2', false, false),
		('m3', 'CREATE TABLE t3 ()', 'DROP TABLE t3', true, true);
	INSERT INTO linkgress.hook (name, event, body, managed)
	VALUES ('h', 'after_each', 'CREATE OR REPLACE VIEW h AS SELECT 1 AS one', true)});

my @tables = split ' ', $node->safe_psql('postgres', q{SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class
	WHERE relnamespace = 'linkgress'::regnamespace AND relkind = 'r'});
my @faults;
foreach my $table (@tables)
{
	push @faults, map { [ $table, $_ ] } qw(INSERT UPDATE DELETE);
}

sub trigger
{
	my ($table, $event, $at_commit) = @_;
	return $at_commit
	  ? "CREATE CONSTRAINT TRIGGER fault AFTER $event ON linkgress.$table DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fault();"
	  : "CREATE TRIGGER fault BEFORE $event ON linkgress.$table FOR EACH STATEMENT EXECUTE FUNCTION fault();";
}

# Runs parts of a script in one session; returns what each has written to stderr.
sub errors_of
{
	my (@parts) = @_;
	my $script = "\\set VERBOSITY verbose\nSET client_min_messages = warning;\n";
	$script .= join '', map { "$_\n\\warn ----\n" } @parts;
	my $err = '';
	$node->psql('postgres', $script, stderr => \$err, on_error_stop => 0);
	my @errors = split /^----(?:\n|\z)/m, $err, -1;
	return @errors;
}

# ---- Functions, each in a transaction that is rolled back

my $transactional = q{DELETE FROM linkgress.migration WHERE name = 'm2';};
my $applied = "$transactional SELECT linkgress.migrate();";
my $model = q{CREATE SCHEMA app; SET LOCAL linkgress.managed_schemas = app; CREATE TABLE app.was (i int);
	INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'app.was', 'app.is');
	SELECT linkgress.set_model('CREATE SCHEMA app; CREATE TABLE app.is (i int); CREATE TABLE app.new ()');};

# What it is to be called after, and which writes there are
my %functions = (
	q{linkgress.register('m4', 'SELECT 1')} => [ '', 'migration INSERT' ],
	q{linkgress.approve('m1')} => [ '',
		'history INSERT, migration UPDATE, run INSERT, run UPDATE' ],
	q{linkgress.migrate()} => [ $transactional,
		'history INSERT, hook_object INSERT, journal INSERT, journal UPDATE, run INSERT, run UPDATE' ],
	# A fault of the journal is that of the step, and is in its row.
	q{linkgress.migrate(on_error => 'stop')} => [ $transactional,
		'history INSERT, run INSERT, run UPDATE' ],
	q{linkgress.rollback()} => [ $applied,
		'history INSERT, hook_object INSERT, journal UPDATE, journal DELETE, run INSERT, run UPDATE' ],
	q{linkgress.rollback_to('m1')} => [ $applied,
		'history INSERT, hook_object INSERT, journal UPDATE, journal DELETE, run INSERT, run UPDATE' ],
	q{linkgress.rollback_batch()} => [ $applied,
		'history INSERT, hook_object INSERT, journal UPDATE, journal DELETE, run INSERT, run UPDATE' ],
	q{linkgress.redo()} => [ $applied,
		'history INSERT, hook_object INSERT, journal INSERT, journal UPDATE, journal DELETE, run INSERT, run UPDATE' ],
	q{linkgress.reset()} => [ $applied,
		'history INSERT, hook_object INSERT, journal UPDATE, journal DELETE, run INSERT, run UPDATE' ],
	q{linkgress.baseline('m3')} => [ '',
		'history INSERT, journal INSERT, journal UPDATE, run INSERT, run UPDATE' ],
	q{linkgress.repair('m1', 'mark_applied')} => [ '',
		'history INSERT, journal INSERT, journal UPDATE, partial DELETE, partial_statement DELETE, run INSERT, run UPDATE' ],
	q{linkgress.repair('m1', 'forget')} => [ $applied,
		'history INSERT, journal DELETE, partial DELETE, partial_statement DELETE, run INSERT, run UPDATE' ],
	q{linkgress.repair('m2', done => 1)} => [ '',
		'history INSERT, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE' ],
	q{linkgress.repair('m1', rename_to => 'm0')} => [ $applied,
		'history INSERT, journal UPDATE, migration UPDATE, partial UPDATE, partial_statement UPDATE, run INSERT, run UPDATE' ],
	q{linkgress.set_model('CREATE SCHEMA app; CREATE TABLE app.x ()')} => [ '',
		'materialised INSERT, materialised DELETE, model INSERT, model UPDATE' ],
	q{linkgress.analyze()} => [ $model,
		'' ],
	q{linkgress.sync()} => [ $model,
		'history INSERT, rename UPDATE, run INSERT, run UPDATE' ],
	q{linkgress.ensure_created()} => [ "$model DELETE FROM linkgress.rename;",
		'history INSERT, run INSERT, run UPDATE' ],
	q{linkgress.ensure_deleted('postgres')} => [ $model,
		'history INSERT, rename UPDATE, run INSERT, run UPDATE' ],
	q{linkgress.scaffold('label')} => [ $model,
		'migration INSERT' ],
	q{linkgress.scaffold_empty('label')} => [ '',
		'migration INSERT' ],
	q{linkgress.validate()} => [ $applied, '' ],
	q{linkgress.status()} => [ $applied, '' ],
);

foreach my $call (sort keys %functions)
{
	my ($setup, $expected) = @{ $functions{$call} };
	my @parts;
	foreach my $fault (@faults)
	{
		push @parts, "BEGIN; $setup " . trigger(@$fault), "SELECT $call;",
		  "ROLLBACK; SELECT count(*) FROM linkgress.status();";
	}
	my @errors = errors_of(@parts);
	my (@hits, @wrong);
	foreach my $fault (@faults)
	{
		my ($table, $event) = @$fault;
		my ($before, $error, $after) = splice @errors, 0, 3;
		push @wrong, "$event on $table: $before$error$after"
		  if "$before$after" =~ /ERROR/ || ($error =~ /ERROR/ && $error !~ /ERROR:  FA001: .*fault: $event on $table/);
		push @hits, "$table $event" if $error =~ /fault: $event on $table/;
	}
	is(join("\n", @wrong), '', "$call: the trigger's message comes out, the next call works");
	is(join(', ', @hits), $expected, "$call: these are its writes");
}
is($node->safe_psql('postgres', 'SELECT count(*) FROM linkgress.journal'), '0', 'nothing of it was left');

# ---- Procedures, which commit: at the statement and at the commit

# Reverts all there is.
my $down = "SELECT count(*) AS n, count(*) > 0 AS is_any FROM linkgress.journal \\gset\n\\if :is_any\nCALL linkgress.down(:n);\n\\endif\n";

# What is to be done before the fault, what under it, and what is to work afterwards
my %procedures = (
	'CALL linkgress.up()' => [ '', 'CALL linkgress.up();' ],
	'CALL linkgress.down(3)' => [ 'CALL linkgress.up();', $down ],
	'CALL linkgress.sync_online()' => [
		q{SELECT linkgress.set_model('CREATE SCHEMA app; CREATE TABLE app.c (i int, j int); CREATE INDEX ON app.c (i);
			CREATE TABLE app.d ()');
		CREATE SCHEMA app; CREATE TABLE app.c (i int)}, 'CALL linkgress.sync_online();' ],
	# Failures are noted, and what the hooks did.
	q{CALL linkgress.up('m2_fails')} => [
		q{CALL linkgress.up('m2'); INSERT INTO linkgress.migration (name, up) VALUES ('m2_fails', 'SELECT 1/0')},
		q{DELETE FROM linkgress.migration WHERE name = 'm2_fails'; CALL linkgress.up();} ],
);
# At the statement, and at the commit, where a trigger fires only for rows
my %writes = (
	'CALL linkgress.up()' => [
		'history INSERT, hook_object INSERT, journal INSERT, journal UPDATE, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE',
		'history INSERT, journal INSERT, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE' ],
	'CALL linkgress.down(3)' => [
		'history INSERT, hook_object INSERT, journal UPDATE, journal DELETE, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE',
		'history INSERT, journal DELETE, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE' ],
	'CALL linkgress.sync_online()' => [
		'history INSERT, journal INSERT, journal UPDATE, materialised INSERT, materialised DELETE, migration INSERT, migration DELETE, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE',
		'history INSERT, materialised INSERT, materialised DELETE, migration INSERT, migration DELETE, partial INSERT, partial UPDATE, partial DELETE, partial_statement INSERT, partial_statement DELETE, run INSERT, run UPDATE' ],
	q{CALL linkgress.up('m2_fails')} => [ 'history INSERT, run INSERT, run UPDATE', 'history INSERT, run INSERT, run UPDATE' ],
);
my $restore = qq{DELETE FROM linkgress.model; DELETE FROM linkgress.migration WHERE name !~ '^m\\d\$';\n$down\n
	DROP SCHEMA IF EXISTS app CASCADE;};
my $agrees = q{SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') = coalesce((SELECT string_agg('m' || substr(relname, 2), ' '
	ORDER BY relname) FROM pg_class WHERE relname ~ '^t\d$' AND relname <> 't2'), '') AS agrees FROM linkgress.journal
	WHERE name <> 'm2'};

foreach my $call (sort keys %procedures)
{
	my ($before, $again) = @{ $procedures{$call} };
	my $own = $call =~ /fails/ ? 'division by zero' : undef;
	foreach my $at_commit (0, 1)
	{
		my @parts;
		foreach my $fault (@faults)
		{
			push @parts, "$before;\n" . trigger(@$fault, $at_commit), "$call;",
			  "DROP TRIGGER fault ON linkgress.$fault->[0]; $again", "DO \$\$ BEGIN ASSERT ($agrees); END \$\$; $restore";
		}
		my @errors = errors_of(@parts);
		my (@hits, @wrong);
		foreach my $fault (@faults)
		{
			my ($table, $event) = @$fault;
			my ($setup, $error, $next, $check) = splice @errors, 0, 4;
			my $expected = "fault: $event on $table" . ($own ? "|$own" : '');
			my $said = $error =~ /(ERROR|WARNING):  .*fault: $event on $table/;
			push @wrong, "$event on $table: $setup$error$next$check"
			  if "$setup$next$check" =~ /ERROR/ || ($error =~ /ERROR/ xor $error =~ /ERROR:  .*($expected)/);
			push @hits, "$table $event" if $said;
		}
		my $when = $at_commit ? 'at the commit' : 'at the statement';
		is(join("\n", @wrong), '', "$call, $when: the trigger's message comes out, the next call works");
		is(join(', ', @hits), $writes{$call}[$at_commit], "$call, $when: these are its writes");
	}
}

# ---- Sequences that are behind, as where a logical replica was promoted

$node->safe_psql('postgres', q{SELECT linkgress.set_model('CREATE SCHEMA app; CREATE TABLE app.c ()')});
my $behind = q{SELECT setval('linkgress.run_id_seq', (SELECT min(id) FROM linkgress.run), false);};
foreach my $call ('CALL linkgress.sync_online()', 'CALL linkgress.up()', 'SELECT linkgress.sync()',
	q{SELECT linkgress.migrate('m1')})
{
	my ($before, $error, $next) = errors_of($behind, "$call;", 'SELECT 1;');
	like($error, qr/ERROR:  23505: duplicate key value violates unique constraint "run_pkey"\n/, "$call: the error comes out");
	like($error, qr/HINT:  The sequence linkgress.run_id_seq is behind/, "$call: with what helps");
	is("$before$next", '', "$call: the session goes on");
}
$node->safe_psql('postgres', q{SELECT setval('linkgress.run_id_seq', (SELECT max(id) FROM linkgress.run));
	CALL linkgress.sync_online()});
is($node->safe_psql('postgres', 'SELECT count(*) FROM linkgress.analyze()'), '0', 'and then the call works');

unlike(slurp_file($node->logfile), qr/tried to go on after an error|PANIC|portal snapshots/,
	'nothing went on after an error');

done_testing();
