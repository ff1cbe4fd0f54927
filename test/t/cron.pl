# pg_cron calls the procedure: what is registered by then is applied, a failure can be seen.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my ($folder) = run_command([ 'pg_config', '--pkglibdir' ]);
plan skip_all => 'there is no pg_cron' unless -f "$folder/pg_cron.so";

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', q{
	shared_preload_libraries = 'pg_cron'
	cron.database_name = 'postgres'
	cron.use_background_workers = on
	max_worker_processes = 20
});
$node->start;

# Both jobs begin with the same minute, each in a database of its own.
$node->safe_psql('postgres', q{
	CREATE DATABASE failing;
	CREATE EXTENSION pg_cron;
	CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up) VALUES ('1', 'CREATE TABLE t1 ()'), ('2', 'CREATE TABLE t2 ()')});
$node->safe_psql('failing', q{
	CREATE EXTENSION linkgress;
	INSERT INTO linkgress.migration (name, up) VALUES ('1', 'CREATE TABLE t1 ()'), ('2', E'SELECT 1;\nSELECT 1/0')});
$node->safe_psql('postgres', q{
	SELECT cron.schedule('up', '* * * * *', 'CALL linkgress.up()');
	SELECT cron.schedule('failing', '* * * * *', 'CALL linkgress.up()');
	SELECT cron.schedule('migrate', '* * * * *', 'SELECT linkgress.migrate()');
	UPDATE cron.job SET database = 'failing' WHERE jobname = 'failing'});

$node->poll_query_until('postgres', q{SELECT count(DISTINCT jobid) = 3 FROM cron.job_run_details
	WHERE status IN ('succeeded', 'failed')}) or die 'no job has been run';

my $outcome = q{SELECT DISTINCT status FROM cron.job_run_details JOIN cron.job USING (jobid) WHERE jobname = };
is($node->safe_psql('postgres', $outcome . q{'up'}), 'succeeded', 'CALL linkgress.up() succeeds as a job');
is($node->safe_psql('postgres', $outcome . q{'migrate'}), 'succeeded', 'SELECT linkgress.migrate(), too');
is($node->safe_psql('postgres', 'SELECT string_agg(name, $$ $$ ORDER BY name) FROM linkgress.applied()'), '1 2',
	'the migrations are applied, once');
is($node->safe_psql('postgres', q{SELECT to_regclass('t1'), to_regclass('t2')}), 't1|t2', 'for real');

is($node->safe_psql('postgres', $outcome . q{'failing'}), 'failed', 'a failure is one of the job');
like($node->safe_psql('postgres', q{SELECT return_message FROM cron.job_run_details JOIN cron.job USING (jobid)
		WHERE jobname = 'failing' LIMIT 1}),
	qr/migration "2" failed at statement 2, line 2: division by zero/, 'whose message says where');
is($node->safe_psql('failing', q{SELECT DISTINCT name, sqlstate, statement, line FROM linkgress.history
		WHERE sqlstate IS NOT NULL}), '2|22012|2|2', 'the history has it, too');
is($node->safe_psql('failing', 'SELECT name, state FROM linkgress.status()'), "1|applied\n2|failed",
	'what was before it stays');

$node->stop;
done_testing();
