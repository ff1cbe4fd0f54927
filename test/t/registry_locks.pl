# Whoever may register can also lock Linkgress's rows and tables, for as long as he likes. No call waits for that without
# a name, nor longer than it is told to.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE ROLE author LOGIN;
	CREATE EXTENSION linkgress;
	SELECT linkgress.grant_access('author', 'author');
	CREATE TABLE public.old (a int);
	INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'SELECT 1', 'SELECT 1'), ('2', 'SELECT 1', 'SELECT 1');
	INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_migrate', 'SELECT 1');
	SELECT linkgress.set_model('CREATE TABLE public.new (a int)');
	INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'public.old', 'new')});

my $author = Session->new($node, 'postgres', user => 'author');
my $caller = Session->new($node, 'postgres', settings => { 'linkgress.verbosity' => 'quiet' });
my $holder = qr/pid @{[ $author->pid ]} \(role author, application '[^']*', since [-\d]+ [\d:]+ \w+\)/;

# What an author may lock, and the calls that have to give up.
my %attack = (
	'row of the registry' => [ q{SELECT FROM linkgress.migration WHERE name = '1' FOR UPDATE},
		qr/migration "1"/, 'SELECT linkgress.migrate()', 'CALL linkgress.up()', q{SELECT linkgress.approve('1')},
		q{SELECT linkgress.repair('1', rename_to => '11')}, q{SELECT linkgress.register('1', 'SELECT 2')} ],
	'row that is changed' => [ q{UPDATE linkgress.migration SET description = 'x' WHERE name = '2'},
		qr/migration "2"/, 'SELECT linkgress.migrate()' ],
	'row that is new' => [ q{INSERT INTO linkgress.migration (name, up) VALUES ('3', '')},
		qr/migration "3"/, q{SELECT linkgress.register('3', '')} ],
	'hook' => [ q{SELECT FROM linkgress.hook FOR UPDATE}, qr/hook "h"/, q{SELECT linkgress.approve('h', kind => 'hook')} ],
	'part of the model' => [ q{SELECT FROM linkgress.model FOR UPDATE}, qr/part "main" of the model/,
		q{SELECT linkgress.approve('main', kind => 'model')}, q{SELECT linkgress.set_model('CREATE SCHEMA x')} ],
	'part that is new' => [ q{INSERT INTO linkgress.model (name, source) VALUES ('new', '')},
		qr/part "new" of the model/, q{SELECT linkgress.set_model('', 'new')} ],
	'rename' => [ q{SELECT FROM linkgress.rename FOR UPDATE}, qr/rename 1/, 'SELECT linkgress.sync(true)' ],
	map({ my $table = $_; ("table $table" => [ "LOCK TABLE linkgress.$table", qr/table linkgress\.$table/,
		'SELECT linkgress.migrate()', 'CALL linkgress.up()', 'SELECT linkgress.sync(true)', 'CALL linkgress.sync_online()',
		q{SELECT linkgress.approve('1')}, q{SELECT linkgress.repair('1', 'mark_applied')},
		$table eq 'hook' ? () : ('SELECT linkgress.analyze()', 'SELECT linkgress.validate()') ]) }
		qw(migration hook model)),
);

foreach my $what (sort keys %attack)
{
	my ($lock, $description, @calls) = @{ $attack{$what} };
	$author->safe("BEGIN; $lock");
	foreach my $call (@calls)
	{
		my $whole = $call =~ /linkgress\.(register|set_model)/;
		my $message = $whole ? qr/ERROR:  55P03: could not lock $description\nDETAIL:  .*pid @{[ $author->pid ]} \(role author, application '/s
			: qr/ERROR:  55P03: could not lock $description, held by $holder\n/;
		like($caller->query("SET linkgress.lock_timeout = '100ms'; $call; SET linkgress.lock_timeout = 0")->{err}, $message,
			"$what: $call gives up after linkgress.lock_timeout");
		$caller->query('ROLLBACK; RESET linkgress.lock_timeout');
	}
	like($caller->query("SET linkgress.wait = off; $calls[0]; RESET linkgress.wait")->{err}, qr/ERROR:  55P03/,
		"$what: $calls[0] respects linkgress.wait");
	like($caller->query("SET lock_timeout = '100ms'; $calls[0]; RESET lock_timeout")->{err}, qr/ERROR:  55P03/,
		"$what: $calls[0] respects lock_timeout");
	$author->safe('ROLLBACK');
}

# Without a limit it waits, and says for whom.
$author->safe(q{BEGIN; SELECT FROM linkgress.migration WHERE name = '1' FOR UPDATE});
$caller->send(q{SET linkgress.verbosity = normal; SELECT name, action FROM linkgress.migrate()});
like($node->safe_psql('postgres', q{SELECT 1}), qr/1/, 'others go on');
$caller->wait_for_err(qr/waiting for the lock of migration "1", held by $holder/);
pass('a call that waits says for whom');
$author->safe('COMMIT');
is($caller->answer->{out}, "1|applied\n2|applied", 'and goes on');

# Two that wait for each other: the run gives up.
$caller->query('SET linkgress.verbosity = quiet; SELECT linkgress.reset()');
$author->safe(q{BEGIN; UPDATE linkgress.migration SET description = 'y' WHERE name = '2'});
$caller->safe(q{BEGIN; UPDATE linkgress.migration SET description = 'z' WHERE name = '1'});
$author->send(q{UPDATE linkgress.migration SET description = 'y' WHERE name = '1'});
$node->poll_query_until('postgres', qq{SELECT cardinality(pg_blocking_pids(@{[ $author->pid ]})) = 1});
like($caller->query('SELECT linkgress.migrate()')->{err},
	qr/ERROR:  55P03: could not lock migration "2", held by $holder\nDETAIL:  It waits for this session/, 'no deadlock');
$caller->query('ROLLBACK');
$author->answer;
$author->safe('ROLLBACK');

is($node->safe_psql('postgres', 'SELECT string_agg(name, $$ $$) FROM linkgress.migrate()'), '1 2', 'nothing is left behind');
$author->quit;
$caller->quit;
$node->stop;
done_testing();
