# Through PgBouncer in transaction mode: a client's transactions run in whatever server session is
# free, so nothing may be left in one of them.

use strict;
use warnings;

use FindBin;
use IPC::Run;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;
use Time::HiRes qw(usleep);

my ($program) = grep { -x } map { "$_/pgbouncer" } split(/:/, $ENV{PATH}), '/usr/sbin', '/usr/local/sbin';
plan skip_all => 'there is no pgbouncer' unless $program;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

my $folder = PostgreSQL::Test::Utils::tempdir_short();
my $port = PostgreSQL::Test::Cluster::get_free_port();
my $server_sessions = 3;
append_to_file("$folder/pgbouncer.ini", join "\n", '[databases]',
	'* = host=' . $node->host . ' port=' . $node->port . ' user=' . getpwuid($<),
	'[pgbouncer]', 'pool_mode = transaction', 'auth_type = any', "listen_addr =", "listen_port = $port",
	"unix_socket_dir = $folder", "logfile = $folder/log",
	"default_pool_size = $server_sessions", 'server_reset_query = DISCARD ALL',
	'ignore_startup_parameters = extra_float_digits', '');
my $output = '';
my $pooler = IPC::Run::start([ $program, '-q', "$folder/pgbouncer.ini" ], '<', \undef, '>&', \$output);
END { local $?; $pooler->signal('TERM') if $pooler }
my $limit = time + $PostgreSQL::Test::Utils::timeout_default;
until (-S "$folder/.s.PGSQL.$port")
{
	die "pgbouncer does not start: $output" if time > $limit || !$pooler->pumpable;
	$pooler->pump_nb;
	usleep(10_000);
}

my $count = 20;
sub client
{
	my ($database) = @_;
	return Session->new(undef, undef, connstr => "host=$folder port=$port dbname=$database");
}

my $register = qq{CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up, down)
	SELECT n, format('SET application_name = hacked; SET search_path = nowhere; CREATE TABLE public.%I ()', n),
		format('DROP TABLE public.%I', n)
	FROM (SELECT 'm' || lpad(i::text, 2, '0') FROM generate_series(1, $count) i) x(n)};
my $databases = 0;
sub new_database
{
	my $database = 'run_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database");
	return $database;
}

# Is nothing left in any server session? These are the ones that clients get.
sub check_left
{
	my ($database, $what) = @_;
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'}), '0',
		"$what: no lock is stranded");
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name ~ 'linkgress|hacked'}), '0',
		"$what: no setting is left behind");
	is($node->safe_psql($database, q{SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND state LIKE 'idle in transaction%'}), '0',
		"$what: no transaction is open");
	return;
}

# ---- One client

{
	my $database = new_database();
	my $client = client($database);
	$client->safe($register);
	is($client->query(q{SELECT count(*) FROM linkgress.migrate('m05')})->{out}, '5', 'migrate() works');
	check_left($database, 'migrate()');
	$client->safe('CALL linkgress.up()');
	is($client->safe('SELECT count(*) FROM linkgress.applied()'), $count, 'up() works');
	check_left($database, 'up()');
	is($client->query('SELECT count(*) FROM linkgress.rollback(3)')->{out}, '3', 'rollback() works');
	$client->safe('CALL linkgress.down(3)');
	is($client->safe('SELECT count(*) FROM linkgress.applied()'), $count - 6, 'down() works');
	check_left($database, 'down()');
	like($client->query('BEGIN; CALL linkgress.up()')->{err}, qr/ERROR:  25001: .*\n.*migrate/s,
		'up() in a transaction block is refused with the way out');
	$client->query('ROLLBACK');

	# Failures leave nothing behind either.
	$client->safe(q{INSERT INTO linkgress.migration (name, up) VALUES ('m99', 'SELECT 1/0')});
	foreach my $call ('SELECT linkgress.migrate()', 'CALL linkgress.up()')
	{
		like($client->query($call)->{err}, qr/ERROR:  22012: migration "m99" failed/, "$call fails");
		check_left($database, "$call failed");
	}
	$client->quit;
}

# ---- 8 clients at once, more than there are server sessions

foreach my $case ([ 'SELECT linkgress.migrate()', ('SELECT linkgress.migrate()') x 7 ],
	[ 'CALL linkgress.up()', ('CALL linkgress.up()') x 7 ],
	[ ('SELECT linkgress.migrate()', 'CALL linkgress.up()') x 4 ])
{
	my $database = new_database();
	my $what = '8 clients, ' . ($case->[0] eq $case->[1] ? $case->[0] : 'both kinds');
	$node->safe_psql($database, $register);
	my @clients = map { client($database) } 1 .. 8;
	$clients[$_]->send($case->[$_]) foreach 0 .. 7;
	my @errors = grep { /ERROR|FATAL/ } map { $_->answer->{err} } @clients;
	is("@errors", '', "$what: no error");
	is($node->safe_psql($database, q{SELECT (SELECT count(*) FROM linkgress.journal),
			count(*), count(DISTINCT name) FROM linkgress.history}), "$count|$count|$count", "$what: each once");
	cmp_ok($node->safe_psql($database, 'SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()'),
		'<=', $server_sessions + 1, "$what: in few server sessions");
	check_left($database, $what);
	$_->quit foreach @clients;
}

# ---- A client that goes away in the middle of a run

{
	my $database = new_database();
	$node->safe_psql($database, $register);
	$node->safe_psql($database, q{UPDATE linkgress.migration SET up = 'SELECT pg_advisory_xact_lock(1)' WHERE name = 'm03'});
	foreach my $call ('CALL linkgress.up()', 'SELECT linkgress.migrate()')
	{
		my $keeper = Session->new($node, $database);
		$keeper->safe('SELECT pg_advisory_lock(1)');
		my $client = client($database);
		$client->send($call);
		$keeper->wait_until(q{SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event = 'advisory'}, '1');
		$client->{run}->signal('KILL');
		# PgBouncer drops the server session with it; the server notices when it is to answer.
		$keeper->safe('SELECT pg_advisory_unlock_all()');
		$keeper->wait_until(q{SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'}, '0');
		$client->quit;
		my $next = client($database);
		$next->safe("SET LOCAL linkgress.wait = off; $call");
		is($keeper->safe('SELECT count(*) FROM linkgress.journal'), $count, "$call: the client went away, another completes");
		check_left($database, "$call, the client went away");
		$keeper->safe(q{SELECT linkgress.repair(name, 'forget') FROM linkgress.applied()}) if $call =~ /up/;
		$keeper->safe(q{DO $$ DECLARE n text; BEGIN FOR n IN SELECT relname FROM pg_class WHERE relname LIKE 'm__'
			LOOP EXECUTE format('DROP TABLE public.%I', n); END LOOP; END $$}) if $call =~ /up/;
		$_->quit foreach $keeper, $next;
	}
}

$pooler->signal('TERM');
$pooler->finish;
undef $pooler;
$node->stop;
done_testing();
