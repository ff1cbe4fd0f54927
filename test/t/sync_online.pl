# linkgress.sync_online() while others work: nobody waits while it looks at all rows; what it has not
# finished, because of rows, of locks or of somebody who broke it off, the next call does.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $gate = 4711;
my $stop = 4712;
my $sync = 'CALL linkgress.sync_online()';

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init(allows_streaming => 1);
$node->append_conf('postgresql.conf',
	"restart_after_crash = on\nautovacuum = off\nmax_logical_replication_workers = 0\nlog_min_messages = debug1");
$node->start;

# A scan of all rows stops at the one with note 'gate': the first at gate 1, the next at gate 2, ..., as long as somebody keeps it shut.
$node->safe_psql('postgres', 'CREATE ROLE owner LOGIN; CREATE DATABASE prepared');
$node->safe_psql('prepared', qq{
	CREATE EXTENSION linkgress;
	CREATE SCHEMA gates;
	GRANT USAGE ON SCHEMA gates TO PUBLIC;
	CREATE SEQUENCE gates.stop;
	GRANT ALL ON SEQUENCE gates.stop TO PUBLIC;
	CREATE FUNCTION gates.is_open(note text) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS \$\$ BEGIN
		IF note = 'gate' THEN
			PERFORM nextval('gates.stop');
			WHILE NOT pg_try_advisory_xact_lock_shared($gate, currval('gates.stop')::int) LOOP
				PERFORM pg_sleep(0.005);
			END LOOP;
		END IF;
		RETURN true;
	END \$\$;
	CREATE SCHEMA shop;
	CREATE TABLE shop.customer (id int NOT NULL, email text, note text);
	CREATE TABLE shop.purchase (id int PRIMARY KEY, customer int, price int, note text);
	CREATE FUNCTION shop.fill(rows int) RETURNS void LANGUAGE sql AS \$\$
		INSERT INTO shop.customer SELECT n, n || '\@example.org', CASE n WHEN rows / 2 THEN 'gate' ELSE 'n' END FROM generate_series(1, rows) n;
		INSERT INTO shop.purchase SELECT n, n, n, CASE n WHEN rows / 2 THEN 'gate' ELSE 'n' END FROM generate_series(1, rows) n;
	\$\$;
	INSERT INTO linkgress.ignore (pattern) VALUES ('shop.fill*');
});

my $customer = 'CREATE TABLE shop.customer (id int %s, email text %s, note text)';
my $purchase = 'CREATE TABLE shop.purchase (id int PRIMARY KEY, customer int %s, price int %s, note text)';

# A new database with a model of these definitions
my $databases = 0;
sub new_database
{
	my ($rows, @model) = @_;
	my $database = 'online_' . ++$databases;
	$node->safe_psql('postgres', "CREATE DATABASE $database TEMPLATE prepared");
	my $model = join ";\n", 'CREATE SCHEMA shop', @model;
	$node->safe_psql($database, "SELECT shop.fill($rows); SELECT linkgress.set_model(\$model\$$model\$model\$)");
	return $database;
}

sub model { return (sprintf($customer, $_[0] // 'NOT NULL', $_[1] // ''), sprintf($purchase, $_[2] // '', $_[3] // ''), @_[ 4 .. $#_ ]) }

sub errors
{
	my ($answer) = @_;
	return join "\n", grep { /ERROR|FATAL|WARNING/ } split /\n/, $answer->{err};
}

sub wait_for_notice
{
	my ($session, $pattern) = @_;
	until ($session->{err} =~ $pattern || $session->is_done)
	{
		die "it does not say $pattern: $session->{err}" if $session->{timer}->is_expired || !$session->{run}->pumpable;
		$session->{run}->pump;
	}
	return;
}

my $worker = q{FROM pg_stat_activity WHERE backend_type = 'linkgress' AND datname = current_database()};
my $shut = "SELECT pg_advisory_lock($gate, n) FROM generate_series(1, 10) n";
sub at_gate { return "SELECT last_value = $_[0] AND is_called FROM gates.stop" }
my $stages = q{SELECT (SELECT count(*) FROM linkgress.migration) + (SELECT count(*) FROM linkgress.journal)
	+ (SELECT count(*) FROM linkgress.partial) + (SELECT count(*) FROM linkgress.partial_statement)};
my $unfinished = q{SELECT coalesce(string_agg(what, ' ' ORDER BY what), '') FROM (
	SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready
	UNION ALL SELECT conname FROM pg_constraint WHERE NOT convalidated OR conname ~ 'is_not_null'
	UNION ALL SELECT relname FROM pg_class WHERE relname ~ '_(new|replaced)[0-9]*$') x(what)};
my $to_do = 'SELECT count(*) FROM linkgress.analyze()';

# Whatever has happened before: the next call does the rest.
sub check_completes
{
	my ($session, $what) = @_;
	is(errors($session->query($sync)), '', "$what: the next call completes");
	is($session->safe($to_do), '0', "$what: nothing is left to do");
	is($session->safe($unfinished), '', "$what: nothing is left unfinished");
	is($session->safe($stages), '0', "$what: no stage is left");
	return;
}

# ---- Others write all the time

{
	my $gated = 'gates.is_open(note)';
	my $database = new_database(200000, model('PRIMARY KEY', 'NOT NULL UNIQUE', 'REFERENCES shop.customer', 'CHECK (price > 0)',
		"ALTER TABLE shop.purchase ADD CONSTRAINT gated CHECK ($gated)", "CREATE INDEX gated_index ON shop.purchase (($gated))"));
	my ($caller, $keeper, $observer, @writers) = map { Session->new($node, $database) } 1 .. 5;
	# Which locks on the tables does a statement have at its end?
	$observer->safe(q{
		CREATE TABLE gates.held (statement text, modes text[]);
		CREATE SEQUENCE gates.written;
		CREATE FUNCTION gates.note_locks() RETURNS event_trigger LANGUAGE plpgsql AS $$ DECLARE context text; BEGIN
			GET DIAGNOSTICS context = PG_CONTEXT;
			INSERT INTO gates.held SELECT coalesce(substring(context FROM 'SQL statement "((?:ALTER|CREATE|DROP) [^"]*)"'),
					(SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid())),
				array_agg(DISTINCT mode ORDER BY mode) FROM pg_locks JOIN pg_class ON oid = relation
			WHERE pid = pg_backend_pid() AND relnamespace = 'shop'::regnamespace AND relkind = 'r';
		END $$;
		CREATE EVENT TRIGGER note_locks ON ddl_command_end EXECUTE FUNCTION gates.note_locks()});
	$keeper->safe("$shut; SELECT pg_advisory_lock($stop)");
	foreach my $number (1 .. 2)
	{
		$writers[ $number - 1 ]->send(qq{DO \$\$
			DECLARE n int := $number * 1000000;
			BEGIN
				WHILE NOT pg_try_advisory_xact_lock_shared($stop) LOOP
					n := n + 1;
					INSERT INTO shop.customer VALUES (n, n || '\@example.com', 'new');
					INSERT INTO shop.purchase VALUES (n, n, n, 'new');
					UPDATE shop.purchase SET price = price + 1 WHERE id = n - 1000000 * $number;
					PERFORM nextval('gates.written');
					COMMIT;
					PERFORM pg_sleep(0.002);
				END LOOP;
			END \$\$});
	}
	$observer->wait_until('SELECT last_value > 100 FROM gates.written');
	$caller->send($sync);
	foreach my $scan (1 .. 3)
	{
		$observer->wait_until(at_gate($scan));
		my $written = $observer->safe('SELECT last_value FROM gates.written');
		$observer->wait_until("SELECT last_value > $written + 100 FROM gates.written");
		pass("others write on in the middle of scan $scan");
		$keeper->safe("SELECT pg_advisory_unlock($gate, $scan)");
	}
	is(errors($caller->answer), '', 'others write: it succeeds');
	is($observer->safe('SELECT last_value FROM gates.stop'), '3', 'others write: all rows are looked at three times: before the first stage, for a check and for an index');
	$keeper->safe("SELECT pg_advisory_unlock($stop)");
	is(errors($_->answer), '', 'others write: they have no errors') foreach @writers;
	is($observer->safe(q{SELECT statement FROM gates.held WHERE statement ~ 'VALIDATE|CONCURRENTLY'
		AND modes && '{AccessExclusiveLock,ExclusiveLock,ShareRowExclusiveLock,ShareLock}'}), '', 'no scan has a lock that stops writers');
	is($observer->safe(q{SELECT count(*) FROM gates.held WHERE statement ~ 'VALIDATE CONSTRAINT'}), '4',
		'NOT NULL, a foreign key and two checks are validated');
	is($observer->safe(q{SELECT count(*) FROM gates.held WHERE statement ~ 'CREATE (UNIQUE )?INDEX CONCURRENTLY'}), '3',
		'three indexes are built');
	like(slurp_file($node->logfile), qr/existing constraints on column "customer.email" are sufficient to prove/, 'SET NOT NULL scans nothing');
	is($observer->safe($to_do), '0', 'others write: nothing is left to do');
	is($observer->safe($unfinished), '', 'others write: nothing is left unfinished');
	is($observer->safe($stages), '0', 'others write: no stage is left');
	is($observer->safe(q{SELECT name, action, sqlstate, jsonb_array_length(operations) FROM linkgress.history ORDER BY id DESC LIMIT 1}),
		'model|sync||7', 'the history has what was planned');
	is($observer->safe(q{SELECT count(*) > 0, count(sqlstate) FROM linkgress.history WHERE action = 'apply'}), 't|0', '… and the stages');
	$_->quit foreach $caller, $keeper, $observer, @writers;
}

# ---- Somebody has a lock

foreach my $setting (q{SET linkgress.lock_timeout = '100ms'}, '')
{
	my $what = $setting ? 'lock_timeout' : 'no lock_timeout';
	my $database = new_database(10, model(undef, undef, undef, 'CONSTRAINT above_zero CHECK (price > 0)'));
	my ($caller, $keeper, $observer) = map { Session->new($node, $database) } 1 .. 3;
	$caller->safe($setting) if $setting;
	$keeper->safe('BEGIN; SELECT FROM shop.purchase');
	$caller->send($sync);
	wait_for_notice($caller, qr/could not get its locks, trying again .*retry 1 of/);
	is($observer->safe('SELECT call, state FROM linkgress.runs()'), 'linkgress.sync_online()|running', "$what: it tries again");
	is($observer->safe('INSERT INTO shop.purchase VALUES (100, 1, 1) RETURNING id'), '100', "$what: others go on meanwhile");
	$keeper->safe('COMMIT');
	my $answer = $caller->answer;
	is(errors($answer), '', "$what: it succeeds when the lock is free");
	like($answer->{err}, qr/pid ${\ $keeper->pid}/, "$what: it has told who has the lock");
	is($observer->safe("$to_do; $unfinished; $stages"), "0\n\n0", "$what: all is done");
	$_->quit foreach $caller, $keeper, $observer;
}

{
	my $database = new_database(10, model(undef, undef, undef, 'CONSTRAINT above_zero CHECK (price > 0)'));
	my ($caller, $keeper) = map { Session->new($node, $database) } 1 .. 2;
	$keeper->safe('BEGIN; SELECT FROM shop.purchase');
	my $answer = $caller->query("SET linkgress.lock_timeout = '50ms'; SET linkgress.lock_retries = 1; $sync");
	like($answer->{err}, qr/ERROR:  55P03: .*\n.*pid ${\ $keeper->pid}(?s:.*)It was tried 2 times/, 'it gives up in the end');
	is($caller->safe($stages), '0', 'gave up: no stage is left');
	$keeper->safe('COMMIT');
	check_completes($caller, 'gave up');
	$_->quit foreach $caller, $keeper;
}

# ---- Rows that are in the way

my %rows = (
	'duplicates' => {
		model => [ model(undef, 'UNIQUE') ], error => '23505', builds => 1,
		break => q{UPDATE shop.customer SET email = '1@example.org' WHERE id = 2}, mend => q{UPDATE shop.customer SET email = '2@example.org' WHERE id = 2} },
	'duplicates for an index' => {
		model => [ model(undef, undef, undef, undef, 'CREATE UNIQUE INDEX ON shop.customer (lower(email))') ], error => '23505', builds => 1,
		break => q{UPDATE shop.customer SET email = '1@Example.org' WHERE id = 2}, mend => q{UPDATE shop.customer SET email = '2@example.org' WHERE id = 2} },
	'a check' => {
		model => [ model(undef, undef, undef, 'CONSTRAINT above_zero CHECK (price > 0)') ], error => '23514',
		break => 'UPDATE shop.purchase SET price = 0 WHERE id = 3', mend => 'UPDATE shop.purchase SET price = 3 WHERE id = 3' },
	'NULLs' => {
		model => [ model(undef, 'NOT NULL') ], error => '23502|23514',
		break => 'INSERT INTO shop.customer VALUES (100)', mend => 'DELETE FROM shop.customer WHERE id = 100' },
	'orphans' => {
		model => [ model('PRIMARY KEY', undef, 'REFERENCES shop.customer') ], error => '23503',
		break => 'INSERT INTO shop.purchase VALUES (100, 100)', mend => 'DELETE FROM shop.purchase WHERE id = 100' },
);
foreach my $name (sort keys %rows)
{
	my ($model, $error, $break, $mend, $builds) = @{ $rows{$name} }{qw(model error break mend builds)};
	my $database = new_database(10, @$model);
	my ($caller, $other) = map { Session->new($node, $database) } 1 .. 2;
	$other->safe($break);
	my $answer = $caller->query($sync);
	like($answer->{err}, qr/ERROR:  (?:$error): /, "$name: it fails");
	is($other->safe('SELECT count(*) FROM linkgress.history'), '0', "$name: before anything is done");
	like($answer->{err}, qr/DETAIL:  Nothing has been done\.\nHINT: /, "$name: that is said, with what helps");
	is($caller->safe($stages), '0', "$name: no stage is left");
	$other->safe($mend);
	check_completes($caller, $name);
	$_->quit foreach $caller, $other;
	next if $builds; # an index waits until the other transaction has ended

	# After it has looked, and before there is a constraint
	$database = new_database(10, @$model);
	($caller, $other) = map { Session->new($node, $database) } 1 .. 2;
	$other->safe("BEGIN; $break");
	$caller->safe(q{SET linkgress.lock_timeout = '100ms'});
	$caller->send($sync);
	wait_for_notice($caller, qr/retry 1 of/);
	$other->safe('COMMIT');
	$answer = $caller->answer;
	like($answer->{err}, qr/ERROR:  (?:$error): .*\n(?s:.*)CALL linkgress\.sync_online\(\) goes on/, "late $name: it fails");
	isnt($caller->safe($unfinished), '', "late $name: what is done stays");
	is($caller->safe($stages), '0', "late $name: no stage is left");
	like($caller->query($sync)->{err}, qr/ERROR:  (?:$error): /, "late $name: it is seen from then on");
	$other->safe($mend);
	check_completes($caller, "late $name");
	$_->quit foreach $caller, $other;
}

# ---- Somebody breaks it off in the middle of a scan

my %breaks = (
	'cancelled' => 'SELECT pg_cancel_backend(%d)',
	'terminated' => 'SELECT pg_terminate_backend(%d)',
	'worker cancelled' => "SELECT pg_cancel_backend(pid) $worker",
	'worker terminated' => "SELECT pg_terminate_backend(pid) $worker",
	'crash' => undef,
);
my %scans = (
	'index' => 'CREATE INDEX note_index ON shop.purchase (gates.is_open(note))',
	'unique' => 'ALTER TABLE shop.customer ALTER email SET NOT NULL; CREATE UNIQUE INDEX ON shop.customer (email, gates.is_open(note))',
	'check' => 'ALTER TABLE shop.purchase ADD CONSTRAINT gated CHECK (gates.is_open(note))',
);
foreach my $scan (sort keys %scans)
{
	foreach my $break (sort keys %breaks)
	{
		next if $break =~ /worker/ && $scan eq 'check'; # has none
		my $what = "$scan, $break";
		my $database = new_database(10, model(), split(/; /, $scans{$scan}), 'CREATE TABLE shop.last (a int)');
		my ($caller, $keeper, $observer) = map { Session->new($node, $database) } 1 .. 3;
		$keeper->safe($shut);
		$caller->send($sync);
		$observer->wait_until(at_gate(1));
		# Rows are looked at before the first stage; of a check, once.
		my $looks = 0;
		while ($scan eq 'check' ? $looks < 1 : !$observer->safe("SELECT count(*) $worker"))
		{
			$looks++;
			$keeper->safe("SELECT pg_advisory_unlock($gate, $looks)");
			$observer->wait_until(at_gate($looks + 1));
		}
		if ($break eq 'crash')
		{
			kill 'KILL', $scan eq 'check' ? $caller->pid : $observer->safe("SELECT pid $worker");
			$caller->answer;
			$_->quit foreach $keeper, $observer;
			$node->poll_query_until('postgres', 'SELECT 1', '1') or die 'the server does not come back';
		}
		else
		{
			$observer->safe(sprintf($breaks{$break}, $caller->pid));
			my $answer = $caller->answer;
			like($answer->{err}, $break eq 'terminated' ? qr/FATAL:  57P01/ : qr/ERROR:  57(?:014|P01): /, "$what: it ends");
			$observer->wait_until("SELECT count(*) = 0 $worker");
			$observer->wait_until('SELECT count(*) FROM pg_stat_activity WHERE pid = ' . $caller->pid, '0') if $break eq 'terminated';
			is($observer->safe($stages), '0', "$what: no stage is left") unless $break eq 'terminated';
			$_->quit foreach $keeper, $observer;
		}
		$caller->quit;
		$caller = Session->new($node, $database);
		# No run of migrations takes a stage that is left for one of its own.
		if ($scan eq 'index')
		{
			is(errors($caller->query('CALL linkgress.up()')), '', "$what: up() has nothing to do");
			is($caller->safe('SELECT count(*) FROM linkgress.journal'), '0', "$what: up() runs no stage");
			is($caller->safe('SELECT count(*) FROM linkgress.status()'), '0', "$what: status() shows none");
			is($caller->safe(q{SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('shop.note_index') AND indisvalid}), '0',
				"$what: up() builds no index");
		}
		check_completes($caller, $what);
		$caller->quit;
	}
}

# ---- Two at once

{
	my $database = new_database(10, model(), $scans{index});
	my ($caller, $keeper, $observer, $second) = map { Session->new($node, $database) } 1 .. 4;
	$keeper->safe($shut);
	$caller->send($sync);
	$observer->wait_until(at_gate(1));
	like($observer->query("SET linkgress.wait = off; $sync")->{err}, qr/ERROR:  55P03: another run is in progress: pid ${\ $caller->pid}/,
		'two at once: the second fails at once, if so set');
	$second->send($sync);
	wait_for_notice($second, qr/waiting for another run: pid ${\ $caller->pid}/);
	pass('two at once: the second waits and says for whom');
	$keeper->safe('SELECT pg_advisory_unlock_all()');
	is(errors($caller->answer), '', 'two at once: the first succeeds');
	my $answer = $second->answer;
	is(errors($answer), '', 'two at once: so does the second');
	unlike($answer->{err}, qr/applied/, 'two at once: … which finds nothing to do');
	is($observer->safe("$to_do; $unfinished; $stages"), "0\n\n0", 'two at once: all is done');
	is($observer->safe(q{SELECT count(*) FROM linkgress.history WHERE action = 'sync'}), '1', 'two at once: once');
	$_->quit foreach $caller, $keeper, $observer, $second;
}

# ---- By the owner of the schema, no superuser; hooks; a rename

{
	my $database = new_database(1000, model('PRIMARY KEY', 'NOT NULL UNIQUE', 'REFERENCES shop.customer', 'CHECK (price > 0)',
		'CREATE INDEX ON shop.purchase (price)'));
	my $super = Session->new($node, $database);
	$super->safe(q{
		SELECT linkgress.grant_access('owner', 'operator');
		DROP FUNCTION shop.fill;
		ALTER SCHEMA shop OWNER TO owner; ALTER TABLE shop.customer OWNER TO owner; ALTER TABLE shop.purchase OWNER TO owner;
		ALTER TABLE shop.customer RENAME email TO mail;
		ALTER TABLE shop.customer RENAME TO client;
		CREATE TABLE public.told (what text);
		GRANT ALL ON public.told TO owner});
	my $owner = Session->new($node, $database, user => 'owner');
	$super->safe(q{
		INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'shop.client', 'customer'), ('column', 'shop.client.mail', 'email');
		INSERT INTO linkgress.hook (name, event, body) VALUES
			('first', 'before_sync', $$INSERT INTO told VALUES ('before')$$), ('last', 'after_sync', $$INSERT INTO told VALUES ('after')$$),
			('never', 'before_migrate', $$INSERT INTO told VALUES ('migrate')$$)});
	my $answer = $owner->query($sync);
	is(errors($answer), '', 'owner: it succeeds');
	is($super->safe("$to_do; $unfinished; $stages"), "0\n\n0", 'owner: all is done');
	is($super->safe('SELECT count(*) FROM linkgress.rename WHERE used_at IS NULL'), '0', 'owner: the renames are used');
	is($super->safe('SELECT count(*) FROM shop.customer WHERE email IS NOT NULL'), '1000', 'owner: the rows are kept');
	is($super->safe(q{SELECT string_agg(DISTINCT by::text, ' ') FROM linkgress.history}), 'owner', 'owner: the history has the role');
	is($super->safe('SELECT string_agg(what, $$ $$) FROM told'), 'before after', 'owner: the hooks of sync have run, no others');
	is(errors($owner->query($sync)), '', 'owner: again');
	is($super->safe('SELECT string_agg(what, $$ $$) FROM told'), 'before after before after', 'owner: hooks also run when there is nothing to do');
	$_->quit foreach $owner, $super;
}

# ---- A rename that is open: analyze() waits for nobody who has locks on the table only.

{
	my $database = new_database(10, model());
	my ($keeper, $reader) = map { Session->new($node, $database) } 1 .. 2;
	$keeper->safe(q{ALTER TABLE shop.purchase RENAME TO sale;
		INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'shop.sale', 'purchase')});
	foreach my $mode ('ROW EXCLUSIVE', 'ACCESS EXCLUSIVE')
	{
		$keeper->safe("BEGIN; LOCK TABLE shop.sale IN $mode MODE");
		is($reader->safe(q{SET lock_timeout = '10s'; BEGIN; SELECT count(*) FROM linkgress.analyze() WHERE type = 'rename_table'}), '1',
			"analyze() beside $mode");
		is($reader->safe(q{SELECT count(*) FROM pg_locks JOIN pg_class ON oid = relation WHERE pid = pg_backend_pid()
			AND relnamespace = 'shop'::regnamespace AND mode <> 'AccessShareLock'; COMMIT}), '0', "analyze() beside $mode has no lock of its own");
		$keeper->safe('COMMIT');
	}
	$_->quit foreach $keeper, $reader;
}

$node->stop;
done_testing();
