# A session that builds a model and is cancelled, terminated or killed in the middle leaves nothing behind: no
# schema, no row of a catalog, no file. Nor does one that gets to its end.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $gate = 4711;    # an advisory lock; the model takes it in its middle

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "restart_after_crash = on\nautovacuum = off");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION linkgress;
	CREATE EXTENSION citext;
	CREATE SCHEMA app;
	CREATE TABLE app.t (id serial PRIMARY KEY, mail citext, note text);
	CREATE VIEW app.v AS SELECT id FROM app.t;
	INSERT INTO app.t (mail) SELECT 'x' || i FROM generate_series(1, 100) i;
	CREATE PUBLICATION p FOR TABLE app.t});

my $model = qq{
	CREATE SCHEMA app;
	CREATE TABLE app.t (id serial PRIMARY KEY, mail public.citext, note text, more text);
	CREATE VIEW app.v AS SELECT id, more FROM app.t;
	CREATE MATERIALIZED VIEW app.m AS SELECT id FROM app.t;
	CREATE PUBLICATION p FOR TABLE app.t;
	DO \$\$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock($gate); END \$\$;
	CREATE INDEX ON app.t (more)};

# Every row of every catalog, but for those of the extension's own tables; statistics; the files of the database.
# The same sums before and after say that nothing is new, and nothing gone.
my $everything = q{
	SELECT format('SELECT %L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM %I.%I t', relname,
		nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
	WHERE relkind = 'r' AND nspname IN ('pg_catalog', 'app')
		AND relname NOT IN ('pg_statistic', 'pg_authid') ORDER BY relname \gexec
	SELECT relid, n_tup_ins, n_tup_upd, n_tup_del, n_live_tup FROM pg_stat_user_tables
		WHERE schemaname <> 'linkgress' ORDER BY relid;
};
my $files = q{SELECT count(*), count(*) FILTER (WHERE f !~ '_(fsm|vm|init)$' AND split_part(f, '.', 1) ~ '^\d+$'
		AND split_part(f, '.', 1)::oid NOT IN (SELECT pg_relation_filenode(oid) FROM pg_class
			WHERE pg_relation_filenode(oid) IS NOT NULL))
	FROM pg_ls_dir((SELECT 'base/' || oid FROM pg_database WHERE datname = current_database())) f};

sub state_of_database
{
	return $node->safe_psql('postgres', $everything);
}

# Files that belong to no relation. A checkpoint removes those of the dropped.
sub strange_files
{
	$node->safe_psql('postgres', 'CHECKPOINT');
	my ($all, $strange) = split /\|/, $node->safe_psql('postgres', $files);
	return $strange;
}

# Fills what is filled at the first use, and settles the files.
$node->safe_psql('postgres', q{SELECT linkgress.set_model('CREATE SCHEMA app')});
my $before = state_of_database();
my $strange_before = strange_files();
is($strange_before, 0, 'files belong to relations');

# A session that has stopped in the middle of a model, and the one that stops it
sub stopped_session
{
	my $holder = Session->new($node, 'postgres');
	$holder->query("SELECT pg_advisory_lock($gate)");
	my $session = Session->new($node, 'postgres');
	$session->send("SELECT linkgress.set_model('" . $model =~ s/'/''/gr . "')");
	$holder->query(q{DO $$ BEGIN
		WHILE NOT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted) LOOP
			PERFORM pg_sleep(0.01);
		END LOOP; END $$});
	return ($session, $holder);
}

sub is_as_before
{
	my ($what) = @_;
	is(state_of_database(), $before, "$what: the catalogs are as before");
	is(strange_files(), 0, "$what: no file is left");
	is($node->safe_psql('postgres', q{SELECT source FROM linkgress.model}), 'CREATE SCHEMA app',
		"$what: the model is the one of before");
	is($node->safe_psql('postgres', q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'}), 0,
		"$what: no lock is left");
	return;
}

{
	my ($session, $holder) = stopped_session();
	is(state_of_database(), $before, 'in the middle: others see nothing');
	$holder->query('SELECT pg_cancel_backend(' . $session->pid . ')');
	my $answer = $session->answer;
	like($answer->{err}, qr/57014: .*canceling statement due to user request/s, 'a cancelled model says so');
	like($session->query('SELECT 1 AS alive')->{out}, qr/^1$/, 'the session goes on');
	$_->quit foreach $session, $holder;
	is_as_before('cancelled');
}

{
	my ($session, $holder) = stopped_session();
	$holder->query('SELECT pg_terminate_backend(' . $session->pid . ', 60000)');
	$_->quit foreach $session, $holder;
	is_as_before('terminated');
}

{
	my ($session, $holder) = stopped_session();
	my $logged = -s $node->logfile;
	kill('KILL', $session->pid) or die "cannot kill: $!";
	$node->wait_for_log('database system is ready to accept connections', $logged);
	$_->quit foreach $session, $holder;
	# The statistics are gone, and what files the crash has left nobody removes; the server has none of the same number.
	my $kept = sub { join "\n", grep { /^pg_|^t\|/ } split /\n/, shift };
	is($kept->(state_of_database()), $kept->($before), 'killed: the catalogs are as before');
	is($node->safe_psql('postgres', q{SELECT source FROM linkgress.model}), 'CREATE SCHEMA app',
		'killed: the model is the one of before');
	$before = state_of_database();
}

# To the end, and several at the same time
{
	my @sessions = map { Session->new($node, 'postgres') } 1 .. 3;
	my $number = 0;
	$_->send("BEGIN; SELECT linkgress.set_model('" . $model =~ s/'/''/gr . "', 'part'); ROLLBACK") foreach @sessions;
	is($_->answer->{err} =~ /ERROR/ ? 1 : 0, 0, 'a model that gets to its end, number ' . ++$number) foreach @sessions;
	$_->quit foreach @sessions;
	is(state_of_database(), $before, 'at the end: the catalogs are as before');
}

$node->stop;
done_testing();
