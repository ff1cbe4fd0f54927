# A session that calls the functions of the extension, and writes its tables, with hostile values.

package Callers;

use strict;
use warnings;

use Chance;
use Hostile;
use Psql;
use Time::HiRes qw(time sleep);

# For how long a call may take that is out of time after ten seconds, or cancelled
my $patience = 60;

my @roles = qw(postgres fuzz_operator fuzz_author fuzz_operator fuzz_viewer fuzz_author fuzz_plain);

# By these a superuser may rightly give his rights to somebody else's text.
my $superusers_choice = qr/^linkgress\.(?:approve|repair|scaffold|squash|adopt|mirror)\(/;

my @writes = (
	'INSERT INTO linkgress.migration (name, up, down, repeatable, always, transactional, statement_timeout, tags)'
	  . ' VALUES (<text>, <text>, <text>, <boolean>, <boolean>, <boolean>, <interval>, <text[]>)',
	'UPDATE linkgress.migration SET up = <text> WHERE name = <text>', 'DELETE FROM linkgress.migration WHERE name = <text>',
	'DELETE FROM linkgress.migration WHERE name NOT LIKE ' . q{'pair\_%'},
	'INSERT INTO linkgress.hook (name, event, body, position, enabled, managed)'
	  . q{ VALUES (<text>, 'after_each', <text>, <integer>, <boolean>, <boolean>)},
	'INSERT INTO linkgress.hook (name, event, body) VALUES (<text>, <text>, <text>)',
	'DELETE FROM linkgress.hook', 'INSERT INTO linkgress.model (name, source, format) VALUES (<text>, <text>, <text>)',
	'DELETE FROM linkgress.model', 'INSERT INTO linkgress.rename (kind, old, new) VALUES (<text>, <text>, <text>)',
	q{INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'app.t1', 'app.t2'), ('table', 'app.t2', 'app.t1')},
	'DELETE FROM linkgress.rename', 'INSERT INTO linkgress.ignore VALUES (<text>)', 'DELETE FROM linkgress.ignore',
	'TRUNCATE linkgress.migration',
	q{INSERT INTO linkgress.model (name, source) VALUES ('main',
		'CREATE TABLE app.t1(a int primary key, b text); CREATE TABLE app.t2(a int references app.t1)')
		ON CONFLICT (name) DO UPDATE SET source = excluded.source},
	'INSERT INTO linkgress.journal (name, batch) VALUES (<text>, <bigint>)', 'DELETE FROM linkgress.journal',
	'UPDATE linkgress.history SET message = <text>', 'SELECT setval(<text>, <bigint>)');
my @writes_of_others = (
	'UPDATE linkgress.migration SET name = <text> WHERE name = <text>',
	'UPDATE linkgress.migration SET transactional = <boolean>, always = <boolean> WHERE name = <text>',
	'UPDATE linkgress.hook SET event = <text>, body = <text>', 'UPDATE linkgress.model SET source = <text>');

my @settings = (
	"linkgress.wait = '100ms'", "linkgress.lock_timeout = '50ms'", 'linkgress.lock_retries = 1',
	"linkgress.statement_timeout = '500ms'", 'linkgress.statement_timeout = 0', "linkgress.managed_schemas = 'app'",
	"linkgress.managed_schemas = ''", "linkgress.out_of_order = 'error'", 'linkgress.protected = on',
	'linkgress.protected = off', "linkgress.verbosity = 'verbose'", "linkgress.verbosity = 'quiet'", "search_path = ''",
	"search_path = 'linkgress,pg_temp'", "search_path = 'pg_temp,pg_catalog'", 'standard_conforming_strings = off',
	"DateStyle = 'German'", "IntervalStyle = 'iso_8601'", "client_encoding = 'LATIN1'", "client_encoding = 'UTF8'",
	"client_encoding = 'SQL_ASCII'", "plan_cache_mode = 'force_generic_plan'",
	"default_transaction_isolation = 'serializable'", "default_transaction_isolation = 'read committed'",
	'default_transaction_read_only = on', 'default_transaction_read_only = off', "work_mem = '64kB'",
	'quote_all_identifiers = on', "bytea_output = 'escape'", 'row_security = off', "lock_timeout = '100ms'",
	'check_function_bodies = off', 'array_nulls = off', "max_stack_depth = '100kB'", "max_stack_depth = '2MB'",
	'transform_null_equals = on', "xmloption = 'document'", 'enable_seqscan = off', "role = 'none'");

# ---- What there is before

sub create_roles
{
	my ($psql) = @_;
	foreach my $role (qw(fuzz_operator fuzz_author fuzz_viewer fuzz_plain fuzz_owner))
	{
		$psql->safe("DO \$\$BEGIN CREATE ROLE $role LOGIN; EXCEPTION WHEN duplicate_object THEN END\$\$");
	}
	$psql->safe("GRANT fuzz_owner TO fuzz_operator, fuzz_author");
	return;
}

sub prepare
{
	my ($database) = @_;
	my $psql = Psql->new($database, '/tmp');
	$psql->safe(qq{
		SET client_min_messages = error;
		GRANT CREATE ON DATABASE $database TO fuzz_owner, fuzz_operator, fuzz_author;
		GRANT CREATE ON SCHEMA public TO PUBLIC;
		CREATE EXTENSION linkgress;
		CREATE SCHEMA app AUTHORIZATION fuzz_owner;
		CREATE SCHEMA pairs AUTHORIZATION fuzz_owner;
		SELECT linkgress.grant_access('fuzz_operator', 'operator'), linkgress.grant_access('fuzz_author', 'author'),
			linkgress.grant_access('fuzz_viewer', 'viewer');
		INSERT INTO linkgress.migration (name, up, down)
		SELECT format('pair_%s', i), format('CREATE TABLE pairs.pair_%s (); SELECT pg_sleep(0.005)', i),
			format('DROP TABLE pairs.pair_%s', i) FROM generate_series(1, 6) i});
	$psql->safe(q{
		SET SESSION AUTHORIZATION fuzz_author;
		CREATE FUNCTION public.become(text DEFAULT '') RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
		BEGIN
			PERFORM set_config('role', 'none', false);
			EXECUTE 'ALTER ROLE fuzz_author SUPERUSER';
			RETURN '';
		EXCEPTION WHEN OTHERS THEN
			RETURN '';
		END$$;
		SET ROLE fuzz_owner;
		CREATE TABLE app.t1 (a int PRIMARY KEY, b text);
		CREATE VIEW app.v1 AS SELECT a FROM app.t1;
		CREATE TYPE app.e1 AS ENUM ('a', 'b');
		CREATE TABLE app.p1 (a int) PARTITION BY LIST (a);
		CREATE TABLE app.p1_1 PARTITION OF app.p1 FOR VALUES IN (1)});
	$psql->quit;
	return;
}

# ---- One session

# An answer whose session is cancelled or terminated after a while, if chance says so; undef if there is none in
# time.
sub answer_of
{
	my ($self, $sql) = @_;
	$self->{session}->send($sql);
	return $self->{session}->receive($patience) unless chance(0.25);
	my $answer = $self->{session}->receive(pick(0.001, 0.003, 0.01, 0.03, 0.1, 0.5) * rand(2));
	return $answer if $answer;
	my $pid = $self->{pid};
	$self->{admin}->query(pick(("SELECT pg_cancel_backend($pid)") x 8, "SELECT pg_terminate_backend($pid)",
			map { "SELECT $_(pid) FROM pg_stat_activity WHERE backend_type = 'linkgress'" }
			  qw(pg_cancel_backend pg_terminate_backend)));
	return $self->{session}->receive($patience);
}

sub connect_again
{
	my ($self) = @_;
	foreach (1 .. 50)
	{
		$self->{session} = eval { Psql->new("dbname=$self->{database} user=$self->{role}", '/tmp') };
		last if $self->{session};
		sleep 0.1;
	}
	die "no connection: $@" unless $self->{session};
	$self->{pid} = $self->{session}->safe('SELECT pg_backend_pid()');
	$self->set_up;
	return;
}

sub set_up
{
	my ($self) = @_;
	my $session = $self->{session};
	$session->send("\\set VERBOSITY verbose\n\\o /dev/null\nSET statement_timeout = '10s';"
		  . " SET client_min_messages = error; SET linkgress.wait = '1s';");
	$session->receive($patience);
	return;
}

sub values_for
{
	my ($self, $statement) = @_;
	my $is_superuser = $self->{role} eq 'postgres';
	$statement =~ s/<(.*?)>/Hostile::value_of($1, $is_superuser, @{$self->{snapshots}})/ge;
	# What a superuser writes into others' tables has what they have put there run with his rights.
	$statement =~ s/\bapp\b/own/g if $is_superuser && $statement =~ /\b(?:register|INSERT INTO linkgress.migration)/;
	return $statement;
}

sub call
{
	my ($self) = @_;
	my ($name, $kind, $types, $defaults) = @{ pick(@{ $self->{functions} }) };
	my $count = between(@$types - $defaults, scalar @$types);
	my $call = "$name(" . join(', ', map { "<$_>" } @$types[ 0 .. $count - 1 ]) . ')';
	return pick("SELECT $call", "SELECT * FROM $call", "SELECT count(*) FROM $call x") if $kind ne 'p';
	return "CALL $call";
}

sub statement
{
	my ($self) = @_;
	my $kind = rand;
	return 'SET ' . pick(@settings) if $kind < 0.08;
	return 'RESET ALL' if $kind < 0.10;
	return pick('BEGIN', 'ROLLBACK', 'COMMIT', 'SAVEPOINT a', 'ROLLBACK TO a') if $kind < 0.13;
	return $self->values_for(pick(@writes, $self->{role} eq 'postgres' ? () : @writes_of_others)) if $kind < 0.27;
	return $self->values_for($self->call);
}

# With others at work, the server itself may say so of what has been dropped or altered meanwhile.
my $of_concurrency = qr/tuple concurrently|cache lookup failed|could not open relation|could not find tuple|deadlock/;

sub complaint_of
{
	my ($answer) = @_;
	return () unless $answer->{err} =~ /(ERROR|FATAL|PANIC):  XX...: (.*)/;
	return $2 =~ $of_concurrency ? () : ("an internal error: $2");
}

# For the record of what was sent
sub outcome_of
{
	my ($answer) = @_;
	return "no answer in $patience s" unless $answer;
	return $answer->{err} =~ /(?:ERROR|FATAL|PANIC):  (\w{5}):/ ? $1 : $answer->{err} =~ /error:/ ? 'lost' : 'ok';
}

sub functions
{
	my ($psql) = @_;
	my @rows = map { [ split /\|/, $_, -1 ] } split /\n/, $psql->safe(q{
		SELECT format('linkgress.%I', proname), prokind,
			(SELECT string_agg(format_type(t, NULL), ' ' ORDER BY o) FROM unnest(proargtypes) WITH ORDINALITY u(t, o)),
			pronargdefaults
		FROM pg_proc WHERE pronamespace = 'linkgress'::regnamespace AND prorettype <> 'trigger'::regtype
		ORDER BY proname, oid});
	return map { [ $_->[0], $_->[1], [ split ' ', $_->[2] ], $_->[3] ] } @rows;
}

sub new
{
	my ($class, $database, $number) = @_;
	my $self = bless { database => $database, role => $roles[ $number % @roles ] }, $class;
	$self->{admin} = Psql->new('postgres', '/tmp');
	my $psql = Psql->new($database, '/tmp');
	$self->{functions} = [ grep { $self->{role} ne 'postgres' || "$_->[0](" !~ $superusers_choice } functions($psql) ];
	$self->{snapshots} = [ $psql->safe("SELECT linkgress.snapshot('{app}')"), $psql->safe('SELECT linkgress.snapshot()') ];
	$psql->quit;
	$self->connect_again;
	return $self;
}

# Does so for so long; keeps what it has sent in a file; returns complaints.
sub work
{
	my ($database, $number, $seconds, $file) = @_;
	my $self = Callers->new($database, $number);
	my $until = time + $seconds;
	open my $kept, '>', $file or die "$file: $!";
	$kept->autoflush;
	while (time < $until)
	{
		$self->connect_again if $self->{session}->is_lost;
		my $sql = $self->statement;
		print $kept "-- $self->{role}\n$sql;\n";
		my $answer = $self->answer_of("$sql\n;");
		print $kept '-- outcome: ', outcome_of($answer), "\n";
		return "no answer in $patience s to: " . substr($sql, 0, 2000) unless $answer;
		my @complaints = complaint_of($answer);
		return (@complaints, 'as ' . $self->{role} . ': ' . substr($sql, 0, 2000)) if @complaints;
		next if $self->{session}->is_lost;
		$self->set_up if $sql eq 'RESET ALL';
		$self->{session}->query('ROLLBACK') if $answer->{err} =~ /25P02/ && chance(0.5);
	}
	$self->{session}->quit;
	$self->{admin}->quit;
	return ();
}

1;
