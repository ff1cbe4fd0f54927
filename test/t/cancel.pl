# Planning, reading, checking and hashing, however large what they are given is, end when they are told to: cancelled
# at random moments, out of time, terminated, stopped with the server. How soon is told by what the backend computes
# until then, so that a machine that is busy with something else does not matter.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use POSIX qw(sysconf _SC_CLK_TCK);
use Session;
use Test::More;
use Time::HiRes qw(time usleep);

my $seed = $ENV{CANCEL_SEED} // int(rand(1_000_000));
note "CANCEL_SEED=$seed";
srand($seed);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "max_locks_per_transaction = 1024\nautovacuum = off");
$node->start;

# Documents are read where they are: what the server does to unpack one cannot be cancelled. Those of 100 MB are
# for what comes first, those of 5 MB for what comes later.
$node->safe_psql('postgres', q{
	CREATE EXTENSION linkgress;
	CREATE TABLE text (name text, body text);
	CREATE TABLE document (name text, body jsonb);
	ALTER TABLE text ALTER body SET STORAGE EXTERNAL;
	ALTER TABLE document ALTER body SET STORAGE EXTERNAL;
	CREATE FUNCTION objects(n int, version int) RETURNS jsonb LANGUAGE sql AS $$
		SELECT jsonb_build_object('objects', jsonb_agg(jsonb_build_object('kind', 'table', 'schema', 's', 'name', 't' || i,
			'comment', repeat('c', 100) || version,
			'columns', (SELECT jsonb_agg(jsonb_build_object('name', 'c' || c, 'type', 'integer', 'position', c, 'comment', 'v' || version))
				FROM generate_series(1, 5) c),
			'indexes', jsonb_build_array(jsonb_build_object('name', 'i' || version || '_' || i, 'definition', 'USING btree (c1)',
				'depends', jsonb_build_array('.c1')))))) FROM generate_series(1, n) i
	$$;
	INSERT INTO document SELECT s || v, objects(n, v)
		FROM (VALUES ('large', 160000), ('small', 8000)) d(s, n), generate_series(1, 2) v;
	INSERT INTO text VALUES
		('lines', repeat(E'SELECT ''it is all one'', 1, 2, 3, 4, 5;\r\n', 2500000)),
		('tables', (SELECT string_agg(format('CREATE TABLE t%s (i int);', i), E'\n') FROM generate_series(1, 100000) i));
	DO $$ BEGIN
		FOR i IN 1 .. 500 LOOP
			EXECUTE format('CREATE TABLE public.t%s (a int PRIMARY KEY, b text, c int DEFAULT 1, CHECK (c > 0))', i);
		END LOOP;
	END $$});
cmp_ok($node->safe_psql('postgres', q{SELECT min(pg_column_size(body)) FROM document WHERE name LIKE 'large%'}),
	'>', 90_000_000, 'the large documents are large');

my %call = (
	(map {
		my $size = $_;
		map { ("$_, $size" => qq{SELECT count(*) FROM document a, document b, LATERAL (SELECT linkgress.$_(a.body, b.body)) p
			WHERE a.name = '${size}1' AND b.name = '${size}2'}) } qw(diff plan_id online_plan)
	} qw(large small)),
	snapshot => 'SELECT linkgress.snapshot()',
	fingerprint => 'SELECT linkgress.fingerprint() FROM generate_series(1, 10)',
	analyze => 'SELECT count(*) FROM linkgress.analyze()',
	set_model => q{SELECT linkgress.set_model(body) FROM text WHERE name = 'tables'},
	register => q{SELECT linkgress.register('r', body) FROM text WHERE name = 'lines'},
	checksum => q{SELECT linkgress.checksum(body) FROM text WHERE name = 'lines'},
	status => 'SELECT count(*) FROM linkgress.status(), generate_series(1, 100000)',
);

# Seconds that a process has computed
sub computed
{
	my ($pid) = @_;
	my $stat = slurp_file("/proc/$pid/stat");
	my @fields = split ' ', $stat =~ s/.*\)//r;
	return ($fields[11] + $fields[12]) / sysconf(_SC_CLK_TCK);
}

my $observer = Session->new($node, 'postgres');
$observer->safe(q{SELECT linkgress.set_model((SELECT string_agg(format('CREATE TABLE public.t%s (a bigint PRIMARY KEY, b text);', i), '')
	FROM generate_series(1, 300) i))});

foreach my $name (sort keys %call)
{
	my $session = Session->new($node, 'postgres');
	foreach my $round (1 .. ($name =~ /small/ ? 3 : 2))
	{
		my $moment = rand($name =~ /large|small/ ? 1.5 : 0.5);
		my $what = sprintf('%s, cancelled after %.3f s', $name, $moment);
		my $before = computed($session->pid);
		$session->send($call{$name});
		# What it has computed counts here as well.
		my $limit = time + 60;
		usleep(2_000) while computed($session->pid) - $before < $moment && time < $limit && !$session->is_done;
		next if $session->is_done && $session->answer;
		$before = computed($session->pid);
		$observer->safe('SELECT pg_cancel_backend(' . $session->pid . ')');
		my $answer = $session->answer;
		my $taken = computed($session->pid) - $before;
		if ($answer->{err} =~ /ERROR/)
		{
			like($answer->{err}, qr/ERROR:  57014: (?:.*: )?canceling statement due to user request/, $what);
		}
		cmp_ok($taken, '<=', 0.2, "$what: computes no more than 200 ms until it ends");
		is($session->safe('SELECT 1'), '1', "$what: the session can go on");
	}
	$session->quit;
}

# ---- Other ways to end it

foreach my $name ('diff, large', 'register', 'set_model')
{
	my $session = Session->new($node, 'postgres', settings => { statement_timeout => '300ms' });
	my $before = computed($session->pid);
	like($session->query($call{$name})->{err}, qr/ERROR:  57014: (?:.*: )?canceling statement due to statement timeout/,
		"$name does not outlast statement_timeout");
	cmp_ok(computed($session->pid) - $before, '<=', 0.6, "$name computes no more than 300 ms after that");
	$session->quit;

	$session = Session->new($node, 'postgres');
	$session->send($call{$name});
	$observer->wait_until(q{SELECT state = 'active' FROM pg_stat_activity WHERE pid = } . $session->pid);
	usleep(rand(300_000));
	$observer->safe('SELECT pg_terminate_backend(' . $session->pid . ')');
	like($session->answer->{err}, qr/FATAL:  57P01: /, "$name can be terminated");
	$session->quit;
}

my $session = Session->new($node, 'postgres');
$session->send($call{'diff, large'});
$observer->wait_until(q{SELECT state = 'active' FROM pg_stat_activity WHERE pid = } . $session->pid);
$node->stop('fast');
pass('a server that is told to stop does not wait for a plan');
$_->quit foreach $session, $observer;

done_testing();
