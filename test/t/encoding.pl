# Databases of other encodings: bodies and errors with characters beyond ASCII. The checksum is that
# of the text in UTF-8, so that it is the same in every database that can tell what the text is.

use strict;
use warnings;
use utf8;

use Encode qw(encode);
use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Session;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

my %client = (UTF8 => 'UTF-8', LATIN1 => 'iso-8859-1');
my $body = qq{-- Größe
CREATE TABLE "straße" (größe text DEFAULT 'ü');
INSERT INTO "straße" VALUES ('çé');};
my $failing = qq{SELECT 'ä';\nSELECT 'äöü', "naïve" FROM "straße"};
my $raising = qq{DO \$\$ BEGIN RAISE EXCEPTION 'Überlauf bei %', 'é' USING DETAIL = 'Näheres', HINT = 'Çà'; END \$\$};
# The digest of the body in UTF-8, found without the server
my $digest = do { require Digest::SHA; Digest::SHA::sha256_hex(encode('UTF-8', $body)) };

# Runs the same in a database of one encoding, through a client of another.
foreach my $server ('UTF8', 'LATIN1', 'SQL_ASCII')
{
	my $database = lc $server;
	$node->safe_psql('postgres', "CREATE DATABASE $database ENCODING '$server' LOCALE 'C' TEMPLATE template0");
	$node->safe_psql($database, 'CREATE EXTENSION linkgress');
	foreach my $client ('UTF8', 'LATIN1')
	{
		my $what = "$server database, $client client";
		my $session = Session->new($node, $database, settings => { client_encoding => $client });
		my $query = sub {
			my ($sql) = @_;
			my $answer = $session->query(encode($client{$client}, $sql));
			return { map { $_ => Encode::decode($client{$client}, $answer->{$_}) } keys %$answer };
		};
		my $run = sub {
			my ($sql) = @_;
			my $answer = $query->($sql);
			die "$sql: $answer->{err}" if $answer->{err} =~ /ERROR|FATAL/;
			return $answer->{out};
		};
		my $text = sub { my ($s) = @_; return '$body$' . $s . '$body$' };

		$run->(qq{INSERT INTO linkgress.migration (name, up, down)
			VALUES ('1-größe', } . $text->($body) . q{, 'DROP TABLE "straße"')});
		is($run->('SELECT up FROM linkgress.migration'), $body, "$what: a body comes back as it was");
		is($run->('SELECT checksum FROM linkgress.migration'), $digest, "$what: the checksum is that of UTF-8")
		  unless $server eq 'SQL_ASCII' && $client ne 'UTF8';
		is($query->('SELECT name, action FROM linkgress.migrate()')->{out}, '1-größe|applied', "$what: it is applied");
		is($run->('SELECT * FROM "straße"'), 'çé', "$what: and does what it says");
		is($run->('SELECT name, state FROM linkgress.status()'), '1-größe|applied', "$what: status() shows it");
		is($run->('SELECT linkgress.register($$1-größe$$, ' . $text->($body) . q{, 'DROP TABLE "straße"')}), 'unchanged',
			"$what: the same text is the same");

		# Errors: where they are is counted in characters.
		$run->(q{INSERT INTO linkgress.migration (name, up) VALUES ('2-ö', } . $text->($failing) . ')');
		my $err = $query->('SELECT linkgress.migrate()')->{err};
		like($err, qr/ERROR:  42703: migration "2-ö" failed at statement 2, line 2: column "naïve" does not exist\n/,
			"$what: an error is shown");
		my $column = $server eq 'SQL_ASCII' && $client eq 'UTF8' ? 18 : 15;
		like($err, qr/line=2, column=$column\n/, "$what: its column counts characters");
		like($err, qr/^LINE \d: SELECT 'äöü', "naïve" FROM "straße"\n +\^/m, "$what: it is quoted");
		$run->(q{UPDATE linkgress.migration SET up = } . $text->($raising) . q{ WHERE name = '2-ö'});
		$err = $query->('CALL linkgress.up()')->{err};
		like($err, qr/ERROR:  P0001: migration "2-ö" failed at statement 1, line 1: Überlauf bei é\nDETAIL:  Näheres\n.*\nHINT:  Çà\n/,
			"$what: message, detail and hint of a migration's own error");
		is($run->(q{SELECT substring(message FROM '[^:]*$'), detail ~ 'Näheres', hint FROM linkgress.history WHERE sqlstate IS NOT NULL
				ORDER BY id DESC LIMIT 1}), ' Überlauf bei é|t|Çà', "$what: so has the history");
		like($query->(q{INSERT INTO linkgress.migration (name, up) VALUES ('3', E'SELECT ''ä'';\nSELCT ''é''')})->{err},
			qr/ERROR:  42601: .*SELCT/, "$what: a syntax error is shown at registration");

		$run->(q{DELETE FROM linkgress.migration WHERE name = '2-ö'});
		is($query->('SELECT name, action FROM linkgress.rollback()')->{out}, '1-größe|reverted', "$what: it is reverted");
		$run->('DELETE FROM linkgress.migration');
		$session->quit;
	}
}

# What runs is published through application_name, which has room for 63 bytes of ASCII.
foreach my $name ('größe', 'a' . 'ü' x 40, 'b' x 100)
{
	my $session = Session->new($node, 'utf8', settings => { client_encoding => 'UTF8' });
	$session->safe(encode('UTF-8', qq{INSERT INTO linkgress.migration (name, up)
		VALUES ('$name-1', 'SELECT pg_advisory_xact_lock(1)'), ('$name-2', '')}));
	my $keeper = Session->new($node, 'utf8', settings => { client_encoding => 'UTF8' });
	$keeper->safe('SELECT pg_advisory_lock(1)');
	$session->send('CALL linkgress.up()');
	$keeper->wait_for_gate($session);
	my $what = length($name) . ' characters, ' . length(encode('UTF-8', $name)) . ' bytes';
	like($keeper->safe('SELECT application_name FROM pg_stat_activity WHERE pid = ' . $session->pid),
		qr/^linkgress \[1\/2\] \S+$/, "a name of $what: others see how far the run is");
	is($keeper->safe(q{SELECT string_agg(state, ' ' ORDER BY name) FROM linkgress.status()}), 'running pending',
		"a name of $what: status() tells which one is running");
	$keeper->safe('SELECT pg_advisory_unlock_all()');
	$session->answer;
	$session->safe(q{SELECT linkgress.repair(name, 'forget') FROM linkgress.applied(); DELETE FROM linkgress.migration});
	$_->quit foreach $keeper, $session;
}

# Every encoding that a database can have: a text in it is registered, run and reverted, and a model with it is built.
my %text = (
	(map { ("LATIN$_" => 'ÄÖ') } 1 .. 4), (map { ("LATIN$_" => 'Éô') } 8 .. 9), LATIN5 => 'ğü', LATIN6 => 'Đö', LATIN7 => 'Ģū',
	LATIN10 => 'Șț', ISO_8859_5 => 'Жя', ISO_8859_6 => 'لم', ISO_8859_7 => 'Ωδ', ISO_8859_8 => 'שם', KOI8R => 'Жя',
	KOI8U => 'Її', WIN866 => 'Жя', WIN874 => 'กข', WIN1250 => 'Žł', WIN1251 => 'Жя', WIN1252 => 'Ž€', WIN1253 => 'Ωδ',
	WIN1254 => 'ğü', WIN1255 => 'שם', WIN1256 => 'لم', WIN1257 => 'Ģū', WIN1258 => 'Ăđ', EUC_JP => '日本',
	EUC_JIS_2004 => '日本', EUC_CN => '中国', EUC_KR => '한국', EUC_TW => '中國', UTF8 => '日本', SQL_ASCII => 'Žя');
my @encodings = split /\n/, $node->safe_psql('postgres', q{
	SELECT pg_encoding_to_char(i) FROM generate_series(0, 34) i ORDER BY i}); # the rest is for clients only

foreach my $encoding (@encodings)
{
	my $database = "in_\L$encoding";
	$node->safe_psql('postgres', "CREATE DATABASE $database ENCODING '$encoding' LOCALE 'C' TEMPLATE template0");
	my ($status, undef, $err) = $node->psql($database, 'CREATE EXTENSION linkgress');
	unless ($text{$encoding})
	{
		like($err, qr/ERROR:  default conversion function for encoding "UTF8" to "$encoding" does not exist/,
			"$encoding: CREATE EXTENSION says why not");
		next;
	}
	is($err, '', "$encoding: CREATE EXTENSION");
	my $word = encode('UTF-8', $text{$encoding});
	my $client = $encoding eq 'SQL_ASCII' ? 'SQL_ASCII' : 'UTF8';
	my $answer = $node->safe_psql($database, qq{
		SET client_encoding = $client;
		SET linkgress.verbosity = quiet;
		SELECT linkgress.register('1-$word', 'CREATE TABLE "$word" (a text DEFAULT ''$word'')', 'DROP TABLE "$word"');
		SELECT name, action FROM linkgress.migrate();
		SELECT name, action FROM linkgress.rollback();
		SELECT linkgress.set_model('CREATE TABLE public."$word" (a text CHECK (a <> ''$word''))');
		SELECT linkgress.set_model('{"tables": {"json_$word": {"fields": {"a": "string"}}}}', 'json', 'json');
		SELECT object FROM linkgress.sync() WHERE type = 'create_table' ORDER BY 1;
		SELECT count(*) FROM linkgress.analyze();
		SELECT count(*) FROM linkgress.diff(linkgress.snapshot(), linkgress.snapshot())});
	is($answer, "registered\n1-$word|applied\n1-$word|reverted\nstored\nstored\n"
		  . qq{public."json_$word"\npublic."$word"\n0\n0}, "$encoding: registry and model");
	$node->safe_psql('postgres', "DROP DATABASE $database");
}

$node->stop;
done_testing();
