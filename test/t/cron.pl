# pg_cron calls the procedure: what is registered by then is applied, a failure can be seen.
# linkgress.schedule() makes that job.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my ($folder) = run_command([ 'pg_config', '--pkglibdir' ]);
plan skip_all => 'there is no pg_cron' unless -f "$folder/pg_cron.so";

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', q{
	shared_preload_libraries = 'pg_cron'
	cron.database_name = 'postgres'
	cron.use_background_workers = on
	max_worker_processes = 30
});
$node->start;

$node->safe_psql('postgres', q{
	CREATE DATABASE failing;
	CREATE DATABASE together;
	CREATE EXTENSION pg_cron;
	CREATE EXTENSION linkgress;
	CREATE ROLE operator LOGIN;
	GRANT USAGE ON SCHEMA cron TO operator;
	SELECT linkgress.grant_access('operator', 'operator')});
my $one = q{INSERT INTO linkgress.migration (name, up) VALUES ('1', 'CREATE TABLE t1 (a int)')};
my $index = q{E'CREATE TABLE t2 ();\nCREATE INDEX CONCURRENTLY ON t1 (a)'};
$node->safe_psql('failing', qq{CREATE EXTENSION linkgress; $one, ('2', E'SELECT 1;\\nSELECT 1/0')});
$node->safe_psql('together', qq{CREATE EXTENSION linkgress; $one, ('2', 'CREATE TABLE t2 ()')});

# ---- What is scheduled

my $session = Session->new($node, 'postgres');
my $jobs = q{SELECT schedule, command, database, username FROM cron.job WHERE jobname = 'linkgress' ORDER BY username};
is($session->safe('SELECT linkgress.unschedule()'), 'f', 'nothing is scheduled yet');
my $first = $session->safe(q{SELECT linkgress.schedule('0 3 * * *')});
is($session->safe($jobs), '0 3 * * *|CALL linkgress.up()|postgres|' . $session->safe('SELECT current_user'), 'schedule() makes a job');
is($session->safe(q{SELECT jobid FROM cron.job WHERE jobname = 'linkgress'}), $first, 'and returns its number');
like($session->query(q{SELECT linkgress.schedule('now and then')})->{err}, qr/ERROR:  \w{5}: invalid schedule: now and then/,
	'an expression that is none');
is($session->safe(q{SELECT linkgress.schedule('5 3 * * *', 'it''s')}), $first, 'a second schedule() replaces the first');
is($session->safe(q{SELECT schedule, command FROM cron.job WHERE jobname = 'linkgress'}), q{5 3 * * *|CALL linkgress.up('it''s')},
	'its time and its target');

# Each role has its own.
my $operator = Session->new($node, 'postgres', user => 'operator');
is($operator->safe('SELECT linkgress.unschedule()'), 'f', q{another role's job is not removed});
isnt($operator->safe(q{SELECT linkgress.schedule('10 3 * * *')}), $first, 'nor replaced');
is($operator->safe('SELECT linkgress.unschedule(), linkgress.unschedule()'), 't|f', 'who has scheduled it can remove it, once');
is($session->safe('SELECT linkgress.unschedule()'), 't', 'the first one is still there, and removed');
is($session->safe('SELECT linkgress.unschedule()'), 'f', 'then it is gone');
is($session->safe($jobs), '', 'for real');

# In a transaction block it can be taken back.
$session->safe(q{BEGIN; SELECT linkgress.schedule('* * * * *'); ROLLBACK});
is($session->safe($jobs), '', 'rolled back, it is not scheduled');

# Elsewhere the hint has what to call in pg_cron's database.
my $elsewhere = Session->new($node, 'failing');
my $error = $elsewhere->query(q{SELECT linkgress.schedule('* * * * *')})->{err};
like($error, qr/ERROR:  0A000: pg_cron is not installed in this database\n/, 'in another database it is refused');
like($error, qr/DETAIL:  On this server it works in database "postgres"\./, 'the detail tells which one it is');
my ($hint) = $error =~ /HINT:  Run there: (SELECT cron\.schedule_in_database\(.*\));/;
ok($hint, 'the hint names cron.schedule_in_database');
like($elsewhere->query('SELECT linkgress.unschedule()')->{err}, qr/ERROR:  0A000: /, 'there is nothing to unschedule, either');
$_->quit foreach $elsewhere, $operator;

# ---- All jobs begin with the same minute

# The third one is beyond the target.
$session->safe("$one, ('2', $index), ('3', 'CREATE TABLE t3 ()')");
$session->safe(q{SELECT linkgress.schedule('0 0 1 1 *'), linkgress.schedule('* * * * *', '2')});
$session->safe($hint =~ s/\.\.\./'* * * * *'/r);
$session->safe(q{
	SELECT cron.schedule('up', '* * * * *', 'CALL linkgress.up()');
	SELECT cron.schedule('migrate', '* * * * *', 'SELECT linkgress.migrate()');
	UPDATE cron.job SET database = 'together' WHERE jobname IN ('up', 'migrate')});

$session->wait_until(q{SELECT count(DISTINCT jobid) = 4 FROM cron.job_run_details WHERE status IN ('succeeded', 'failed')});

my $outcome = q{SELECT DISTINCT status FROM cron.job_run_details JOIN cron.job USING (jobid) WHERE jobname = };
is($session->safe($outcome . q{'up'}), 'succeeded', 'CALL linkgress.up() succeeds as a job');
is($session->safe($outcome . q{'migrate'}), 'succeeded', 'SELECT linkgress.migrate(), too');
is($node->safe_psql('together', q{SELECT string_agg(name, ' ' ORDER BY name) FROM linkgress.applied()}), '1 2',
	'the migrations are applied, once');
is($node->safe_psql('together', q{SELECT to_regclass('t1'), to_regclass('t2')}), 't1|t2', 'for real');

is($session->safe($outcome . q{'linkgress'}), 'succeeded', 'the job of schedule() succeeds');
is($session->safe(q{SELECT string_agg(name, ' ' ORDER BY name) FROM linkgress.applied()}), '1 2', 'it applies what there is, up to its target');
is($session->safe(q{SELECT to_regclass('t2'), to_regclass('t3'), indexrelid::regclass, indisvalid FROM pg_index
		WHERE indrelid = 't1'::regclass}), 't2||t1_a_idx|t', 'for real, with an index that was built concurrently');
is($session->safe(q{SELECT call, target, state, progress, started_by = current_user FROM linkgress.runs()}),
	'linkgress.up()|2|succeeded|2 of 2|t', 'runs() shows its run');

my $failing = q{'linkgress failing'};
is($session->safe($outcome . $failing), 'failed', 'a failure is one of the job');
like($session->safe("SELECT return_message FROM cron.job_run_details JOIN cron.job USING (jobid) WHERE jobname = $failing LIMIT 1"),
	qr/migration "2" failed at statement 2, line 2: division by zero/, 'whose message says where');
is($node->safe_psql('failing', q{SELECT DISTINCT name, sqlstate, statement, line FROM linkgress.history
		WHERE sqlstate IS NOT NULL}), '2|22012|2|2', 'the history has it, too');
is($node->safe_psql('failing', 'SELECT name, state FROM linkgress.status()'), "1|applied\n2|failed", 'what was before it stays');
is($node->safe_psql('failing', 'SELECT state, progress, message FROM linkgress.runs() ORDER BY run LIMIT 1'),
	'failed|1 of 2|22012: migration "2" failed at statement 2, line 2: division by zero', 'runs() shows it');

is($session->safe('SELECT linkgress.unschedule()'), 't', 'unschedule() removes the job');
is($session->safe('SELECT string_agg(jobname, $$,$$ ORDER BY jobname) FROM cron.job'), 'linkgress failing,migrate,up', 'and no other one');
$session->quit;

$node->stop;
done_testing();
