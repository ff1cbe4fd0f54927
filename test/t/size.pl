# Large bodies and many migrations: memory stays bounded, messages stay short.

use strict;
use warnings;

use Cwd qw(abs_path);
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
# Memory that all backends share counts for each of them.
$node->append_conf('postgresql.conf', "restart_after_crash = on\nshared_buffers = 16MB\nautovacuum = off\nmax_wal_size = 1GB");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION linkgress; CREATE TABLE large (id int, text text)');

# The most memory that a session's backend has ever used, in MB
sub peak
{
	my ($session) = @_;
	my ($kilobytes) = slurp_file('/proc/' . $session->pid . '/status') =~ /^VmHWM:\s+(\d+) kB/m;
	return int($kilobytes / 1024);
}

# ---- A body of 50 MB in 53,000 statements, each on a line of its own

my $statements = 53_000;
my $file = abs_path(PostgreSQL::Test::Utils::tempdir()) . '/large.sql';
{
	open(my $out, '>', $file) or die $!;
	my $text = join ' ', ('lorem ipsum; dolor') x 48;
	print $out "INSERT INTO large VALUES ($_, '$text');\n" foreach 1 .. $statements;
	print $out "INSERT INTO large VALUES ($_, '$text', 'one too many');\n" foreach $statements + 1;
	close $out;
}
my $size = -s $file;
cmp_ok($size, '>', 50_000_000, 'the body has 50 MB');
my $last = $statements + 1;

SKIP:
{
	skip 'there is no /proc', 1 unless -r "/proc/$$/status";
	my $limit = 250;

	my $session = Session->new($node, 'postgres');
	$session->safe("INSERT INTO linkgress.migration (name, up) VALUES ('large', pg_read_file('$file'))");
	my $peak = peak($session);
	cmp_ok($peak, '<', $limit, "registering it with INSERT takes less than $limit MB");
	note "peak: $peak MB";
	$session->quit;

	$session = Session->new($node, 'postgres');
	is($session->safe("SELECT linkgress.register('large', pg_read_file('$file'))"), 'unchanged', 'it is known again');
	$peak = peak($session);
	cmp_ok($peak, '<', $limit, "register() of it takes less than $limit MB");
	note "peak: $peak MB";
	$session->quit;

	foreach my $call ('SELECT linkgress.migrate()', 'CALL linkgress.up()')
	{
		$session = Session->new($node, 'postgres');
		my $err = $session->query($call)->{err};
		$peak = peak($session);
		like($err, qr/ERROR:  42601: migration "large" failed at statement $last, line $last: INSERT has more expressions/,
			"$call: an error in the last statement says its place");
		cmp_ok(length $err, '<', 2000, "$call: its message is short");
		cmp_ok($peak, '<', $limit, "$call: a failing run takes less than $limit MB");
		note "peak: $peak MB";
		is($session->safe('SELECT count(*) FROM large'), '0', "$call: nothing of it remains");
		$session->quit;
	}
	is($node->safe_psql('postgres', q{SELECT statement, line, octet_length(h::text) < 2000 FROM linkgress.history h}),
		"$last|$last|t", 'so is the row in the history');
}

# Without the last line
$node->safe_psql('postgres', q{UPDATE linkgress.migration SET up = left(up, strpos(up, 'INSERT INTO large VALUES (}
	  . $last . q{,') - 1)});
{
	my $session = Session->new($node, 'postgres');
	my $answer = $session->query('SELECT name, action, statements FROM linkgress.migrate()');
	my $peak = peak($session);
	is($answer->{out}, "large|applied|$statements", 'a large body is applied');
	cmp_ok(length $answer->{err}, '<', 500, 'its notices are short');
	cmp_ok($peak, '<', 250, 'the run takes less than 250 MB');
	note "peak: $peak MB";
	is($session->safe('SELECT count(*), sum(id) FROM large'), $statements . '|' . $statements * ($statements + 1) / 2,
		'with all its rows');
	$session->quit;
}

# What is refused in it says where.
{
	my $session = Session->new($node, 'postgres');
	my $line = $statements + 2;
	foreach my $case ([ 'COMMIT', qr/ERROR:  \w+: .*line $line\b/ ], [ 'SELCT 1', qr/ERROR:  42601: .*line $line\b/ ],
		[ q{SELECT 'open}, qr/ERROR:  42601: .*line $line\b/ ])
	{
		my ($text, $expected) = @$case;
		my $err = $session->query("INSERT INTO linkgress.migration (name, up)
			VALUES ('refused', pg_read_file('$file') || \$\$$text\$\$)")->{err};
		like($err, $expected, "$text at its end is refused with its line");
		cmp_ok(length $err, '<', 2000, "$text at its end: the message is short");
	}
	cmp_ok(peak($session), '<', 400, 'several of them one after another do not add up') if -r "/proc/$$/status";
	$session->quit;
}

# One statement of 50 MB
{
	my $session = Session->new($node, 'postgres');
	$session->safe(q{INSERT INTO linkgress.migration (name, up)
		VALUES ('long', 'SELECT ' || quote_literal(repeat('0123456789', 5000000)) || ', 1/0')});
	my $err = $session->query('SELECT linkgress.migrate()')->{err};
	like($err, qr/ERROR:  22012: migration "long" failed at statement 1, line 1: division by zero/, 'a long statement fails');
	cmp_ok(length $err, '<', 2000, 'the message is short');
	$session->safe(q{DELETE FROM linkgress.migration WHERE name = 'long'});
	$session->quit;
}
$node->safe_psql('postgres', q{SELECT linkgress.repair('large', 'forget'); TRUNCATE large; DELETE FROM linkgress.migration});

# ---- 10,000 migrations

{
	my $session = Session->new($node, 'postgres');
	$session->safe(q{INSERT INTO linkgress.migration (name, up, down)
		SELECT 'm' || lpad(i::text, 5, '0'), format('INSERT INTO large VALUES (%s)', i), format('DELETE FROM large WHERE id = %s', i)
		FROM generate_series(1, 10000) i ORDER BY md5(i::text)});
	is($session->safe('SELECT count(*), min(state), max(state) FROM linkgress.status()'), '10000|pending|pending',
		'10,000 migrations are registered');
	is($session->safe(q{SET linkgress.verbosity = quiet; SELECT count(*) FROM linkgress.migrate('m05000')}), '5000',
		'migrate() applies half of them');
	my $peak = peak($session) if -r "/proc/$$/status";
	$session->safe('CALL linkgress.up()');
	cmp_ok(peak($session), '<', $peak + 20, 'as many again take no more memory') if $peak;
	is($session->safe('SELECT count(*), min(state), max(state) FROM linkgress.status()'), '10000|applied|applied',
		'all are applied');
	is($session->safe(q{SELECT count(*) FROM (SELECT name < lag(name) OVER (ORDER BY id) AS wrong FROM linkgress.journal) x
			WHERE wrong}), '0', 'in the order of their names');
	is($session->safe('SELECT count(*) FROM linkgress.migrate()'), '0', 'there is nothing more to do');
	is($session->query('CALL linkgress.up()')->{err}, '', 'neither for up()');
	is($session->safe('SELECT count(*) FROM linkgress.validate()'), '0', 'and nothing is wrong');
	$session->quit;
}

$node->stop;
done_testing();
