# A tablespace that is full, and a full pg_wal: the error comes out and names the migration, nothing waits for ever,
# and when there is room again the next call works.

use strict;
use warnings;

use Cwd qw(abs_path);
use FindBin;
use lib "$FindBin::RealBin/../t";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

plan skip_all => 'needs the library that scripts/check-faults builds' unless $ENV{FULL_DISK_LIBRARY};

my $full = abs_path(PostgreSQL::Test::Utils::tempdir()) . '/full';
my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "autovacuum = off\nstatement_timeout = '60s'\nwal_recycle = off\nmin_wal_size = '32MB'");

sub start
{
	local $ENV{LD_PRELOAD} = $ENV{FULL_DISK_LIBRARY};
	local $ENV{FULL_DISK} = $full;
	$node->start;
}

sub fill
{
	my (@places) = @_;
	open my $file, '>', "$full.new" or die "cannot write: $!";
	print $file "$_\n" foreach @places;
	close $file;
	rename "$full.new", $full or die "cannot rename: $!";
}

start();
my $folder = abs_path(PostgreSQL::Test::Utils::tempdir());
$node->safe_psql('postgres', "CREATE TABLESPACE small LOCATION '$folder'");
my $count = 0;
my $wide = 'SELECT repeat(md5(i::text), 60) FROM generate_series(1, 1000) i';

# A database in which the calls have something to do, on a disk of its own
sub prepare
{
	my $database = 'small_' . ++$count;
	$node->safe_psql('postgres', "CREATE DATABASE $database TABLESPACE small");
	$node->safe_psql($database, qq{
		CREATE EXTENSION linkgress;
		INSERT INTO linkgress.migration (name, up, down, transactional, down_transactional) VALUES
			('m1', 'CREATE TABLE t1 (i text); INSERT INTO t1 $wide', 'DROP TABLE t1', true, true),
			('m2', 'CREATE TABLE t2 (i text); INSERT INTO t2 $wide; CREATE INDEX CONCURRENTLY i2 ON t2 (i); VACUUM t2',
				'DROP TABLE t2', false, true),
			('m3', 'CREATE TABLE t3 (i text); INSERT INTO t3 $wide', 'DROP TABLE t3', true, true);
		CREATE SCHEMA app;
		CREATE TABLE app.c (i text);
		INSERT INTO app.c $wide;
		SELECT linkgress.set_model('CREATE SCHEMA app; CREATE TABLE app.c (i text, j int); CREATE INDEX ON app.c (i)')});
	return $database;
}

sub run_call
{
	my ($database, $call) = @_;
	my ($out, $err) = ('', '');
	my $status = $node->psql($database, "\\set VERBOSITY verbose\n$call", stdout => \$out, stderr => \$err, timed_out => \my $hangs,
		timeout => 120);
	return $hangs ? 'it hangs' : $err;
}

my $no_room = qr/ERROR:  53100: .*(could not extend file|could not write|No space left)/;
my $agrees = q{SELECT string_agg(j.name, ' ' ORDER BY j.name) IS NOT DISTINCT FROM (SELECT string_agg('m' || substr(relname, 2), ' '
	ORDER BY relname) FROM pg_class WHERE relname ~ '^t\d$' AND relkind = 'r') FROM linkgress.journal j};

# ---- Full from the beginning: the tables of a fresh database have no page yet to write to

my %finish = (
	up => [ 'CALL linkgress.up()', $agrees ],
	migrate => [ q{SELECT linkgress.migrate('m1')}, q{SELECT count(*) = 1 FROM linkgress.journal} ],
	launch => [ q{SELECT linkgress.launch()}, undef ],
	sync => [ 'SELECT linkgress.sync()', 'SELECT count(*) = 0 FROM linkgress.analyze()' ],
	sync_online => [ 'CALL linkgress.sync_online()', 'SELECT count(*) = 0 FROM linkgress.analyze()' ],
	register => [ q{SELECT linkgress.register('m4', (SELECT string_agg(format('SELECT %L', md5(i::text)), ';')
		FROM generate_series(1, 2000) i))}, undef ],
);
foreach my $name (sort keys %finish)
{
	my ($call, $check) = @{ $finish{$name} };
	my $database = prepare();
	fill($folder);
	like(run_call($database, $call), $no_room, "$name on a full disk: the error comes out");
	like(run_call($database, 'CALL linkgress.up()'), $no_room, "$name on a full disk: nobody waits behind it");
	like(run_call($database, 'CALL linkgress.sync_online()'), $no_room, "$name on a full disk: nor in sync_online()");
	unlink $full;
	is(run_call($database, $call) =~ s/^.*NOTICE.*\n(DETAIL|LOCATION).*\n//gmr =~ /ERROR/ ? 'error' : 'none', 'none',
		"$name: it works when there is room");
	is($node->safe_psql($database, $check), 't', "$name: all is done") if $check;
}

# ---- Full at some moment of a run

my $rounds = $ENV{FAULT_ROUNDS} // 5;
foreach my $round (1 .. $rounds)
{
	my $database = prepare();
	my $call = (map { $finish{$_}[0] } qw(up sync_online migrate sync))[ $round % 4 ];
	my $session = Session->new($node, $database);
	$session->send($call);
	select(undef, undef, undef, rand(0.3));
	fill($folder);
	my $answer = $session->answer;
	my $moment = "$call, full at moment $round";
	like($answer->{err}, qr/^$|53100|^(?!.*ERROR)/s, "$moment: no error but that of the disk");
	is($node->safe_psql($database, 'SELECT 1'), '1', "$moment: the server is up");
	unlink $full;
	is($node->safe_psql($database, $agrees), 't', "$moment: journal and schema agree") if $call !~ /up/;
	unlike(run_call($database, $call), qr/ERROR/, "$moment: the next call goes on");
	is($node->safe_psql($database, $agrees), 't', "$moment: all is done");
	$session->quit;
}

# ---- pg_wal is full: the server ends, and when there is room it comes back with what had been committed

foreach my $name (qw(up sync_online))
{
	my ($call, $check) = @{ $finish{$name} };
	my $database = prepare();
	fill('/pg_wal/');
	my $err = run_call($database, "CREATE TABLE filler AS SELECT repeat('x', 1000) FROM generate_series(1, 100000); $call");
	unlike($err, qr/hangs/, "$name with a full pg_wal: it ends");
	unlink $full;
	$node->stop('immediate', fail_ok => 1);
	start();
	unlike(run_call($database, $call), qr/ERROR/, "$name with a full pg_wal: works when there is room");
	is($node->safe_psql($database, $check), 't', "$name: all is done");
}

unlike(slurp_file($node->logfile), qr/tried to go on after an error|portal snapshots/, 'nothing went on after an error');
$node->stop;

done_testing();
