# The sample application rebuilt as a model (demo/model), beside the migrations that made it (demo/migrations).
#
# - Built from nothing it is what the migrations have led to, byte for byte of pg_dump; as SQL in parts, as one
#   dump, and as JSON where JSON can say it.
# - Random edits of it: each is synced in one database; in another, which has its own past, it is scaffolded, applied
#   and reverted. LINKGRESS_MODEL_EDITS (50) says how many, LINKGRESS_MODEL_SEED which.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin, "$FindBin::RealBin/../roundtrip/lib";
use Dump;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use SampleModel;
use Session;
use Test::More;

my $demo = "$FindBin::RealBin/../../demo";
my $edits = $ENV{LINKGRESS_MODEL_EDITS} // 50;
my $seed = $ENV{LINKGRESS_MODEL_SEED} // 1;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\nsynchronous_commit = off");
$node->start;
$ENV{PGHOST} = $node->host;
$ENV{PGPORT} = $node->port;

my $fingerprint = q{SELECT linkgress.fingerprint('{public}')};
my $differences = q{SELECT string_agg(type || ' ' || object, ', ' ORDER BY ordinal) FROM linkgress.analyze()};

sub new_database
{
	my ($name) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $name");
	my $session = Session->new($node, $name);
	$session->safe('SET client_min_messages = warning; CREATE EXTENSION linkgress; SET linkgress.verbosity = quiet');
	return $session;
}

# Stores the parts and builds them with the last one: in one statement, where each result has to outlive the next call.
sub set_model
{
	my ($session, %parts) = @_;
	my @names = sort keys %parts;
	my @calls = map { "linkgress.set_model(\$model\$$parts{$_}\$model\$, '$_', check_it => " . ($_ eq $names[-1] ? 'true' : 'false') . ')' } @names;
	return $session->safe('SELECT ' . join(', ', @calls));
}

# What pg_dump says, but for whose it is
sub dump_of
{
	my ($database) = @_;
	my ($text, $errors) = run_command([ 'pg_dump', '-s', '--no-owner', $node->connstr($database) ]);
	die $errors if $errors;
	return $text =~ s/^\\(?:un)?restrict .*\n//mgr;
}

# ---- Three forms

my $migrated = new_database('migrated');
$node->command_ok([ 'psql', '-Xq1', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('migrated'), '-f', "$demo/application.sql" ],
	'the migrations are registered');
$migrated->safe('SELECT count(*) FROM linkgress.migrate()');
my $wanted = $migrated->safe($fingerprint);
my $dump = dump_of('migrated');

my %parts = map { $_ => slurp_file("$demo/model/$_.sql") } qw(types tables views functions);
my $parts = new_database('parts');
is(set_model($parts, %parts), 'stored|stored|stored|stored', 'the model in parts is stored');
$parts->safe('SELECT count(*) FROM linkgress.ensure_created()');
is($parts->safe($fingerprint), $wanted, 'in parts: the fingerprint is the one of the migrated database');
ok(dump_of('parts') eq $dump, 'in parts: pg_dump says the same, byte for byte');
is($parts->safe($differences), '', 'in parts: nothing is left to do');
$node->command_ok([ 'psql', '-Xq1', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('migrated'), '-c',
		map { "SELECT linkgress.set_model(\$model\$$_\$model\$)" } join "\n", reverse map { $parts{$_} } sort keys %parts ],
	'the model may come in one part, in another order');
is($migrated->safe($differences), '', 'the migrated database is as the model wants it');

my $pasted = new_database('pasted');
set_model($pasted, dump => $dump);
$pasted->safe('SELECT count(*) FROM linkgress.ensure_created()');
is($pasted->safe($fingerprint), $wanted, 'as a dump: the fingerprint is the same');
ok(dump_of('pasted') eq $dump, 'as a dump: pg_dump says the same');
is($pasted->safe($differences), '', 'as a dump: nothing is left to do');

my $json = new_database('json');
my $said = new_database('said');
my @tables = qw(plans subscriptions payments tags users);
set_model($said, types => $parts{types} =~ s/CREATE TYPE post_status.*//r,
	tables => join '', map { $parts{tables} =~ /^(CREATE TABLE $_ \(.*?^\);)/ms ? "$1\n" : die $_ } @tables);
$json->safe(q{SELECT linkgress.set_model($$CREATE DOMAIN email_address AS text CHECK (VALUE ~ '^[^@\s]+@[^@\s]+$')$$, 'domains', check_it => false)});
$json->safe('SELECT linkgress.set_model($$' . <<'END' . q{$$, 'tables', 'json')});
{
  "types": {"number": "integer"},
  "enums": {"role": {"values": ["reader", "author", "editor"], "name": "user_role"}},
  "tables": {
    "users": {
      "fields": {
        "id": {"type": "bigint", "generated": "always identity"},
        "email": {"type": "email_address", "unique": true},
        "givenName": {"type": "string", "name": "given_name"},
        "createdAt": {"type": "date", "name": "created_at", "default": {"sql": "now()"}},
        "role": {"enum": "role", "default": "reader"},
        "familyName": {"type": "string", "name": "family_name", "required": false}
      }
    },
    "tags": {"fields": {"id": {"type": "number", "generated": "always identity"}, "name": {"type": "string", "unique": true}}},
    "plans": {
      "fields": {
        "id": {"type": "number", "generated": "always identity"},
        "name": {"type": "string", "unique": true},
        "price_cents": {"type": "number", "bigint": true}
      },
      "checks": {"plans_price_not_negative": "price_cents >= 0"}
    },
    "subscriptions": {
      "fields": {
        "id": {"type": "bigint", "generated": "always identity"},
        "user": {"type": "bigint", "name": "user_id", "references": {"table": "users", "field": "id", "onDelete": "cascade"}},
        "plan": {"type": "number", "name": "plan_id", "references": {"table": "plans"}},
        "started": {"type": "pg_catalog.date", "name": "started_on"},
        "ended": {"type": "pg_catalog.date", "name": "ended_on", "required": false},
        "period": {"type": "daterange", "required": false, "generated": {"sql": "daterange(started_on, ended_on)"}}
      },
      "checks": {"subscriptions_end_after_start": "ended_on > started_on"},
      "unique": [["user", "started"]]
    },
    "payments": {
      "fields": {
        "id": {"type": "bigint", "generated": "always identity"},
        "subscription_id": {"type": "bigint", "references": {"table": "subscriptions", "onDelete": "cascade"}},
        "amount_cents": "bigint",
        "paid_on": "pg_catalog.date"
      }
    }
  }
}
END
$_->safe('SELECT count(*) FROM linkgress.ensure_created()') foreach $json, $said;
is($json->safe($fingerprint), $said->safe($fingerprint), 'as JSON: the fingerprint is the one of the same tables in SQL');
is(Dump::take($node->connstr('json'), directory => $PostgreSQL::Test::Utils::tmp_check),
	Dump::take($node->connstr('said'), directory => $PostgreSQL::Test::Utils::tmp_check), 'as JSON: pg_dump says the same');
is($json->safe($differences), '', 'as JSON: nothing is left to do');
$_->quit foreach $migrated, $parts, $pasted, $json, $said;

# ---- Random edits

my $rows = q{
	INSERT INTO users (email, given_name, family_name, role)
		SELECT 'u' || n || '@example.org', 'Ada', CASE WHEN n % 3 > 0 THEN 'Berg' END, (ARRAY['reader', 'author'])[1 + n % 2]::user_role
		FROM generate_series(1, 20) n;
	INSERT INTO posts (author_id, slug, title, status) SELECT 1 + n % 20, 'post-' || n, 'Post ' || n,
		(ARRAY['draft', 'published', 'archived'])[1 + n % 3]::post_status FROM generate_series(1, 30) n;
	INSERT INTO tags (name) VALUES ('news'), ('craft');
	INSERT INTO post_tags SELECT n, 1 + n % 2 FROM generate_series(1, 30) n;
	INSERT INTO comments (post_id, author_id, body) SELECT n, 1 + n % 20, 'Thank you' FROM generate_series(1, 30) n;
	INSERT INTO page_views SELECT n, date '2024-01-01' + 9 * n, n FROM generate_series(1, 30) n;
	INSERT INTO plans (name, price_cents) VALUES ('free', 0), ('patron', 1250);
	INSERT INTO subscriptions (user_id, plan_id, started_on) SELECT n, 1 + n % 2, date '2024-01-01' + n FROM generate_series(1, 20) n;
	INSERT INTO payments (subscription_id, amount_cents, paid_on) SELECT n, 1250, '2024-02-01' FROM generate_series(1, 20) n;
	REFRESH MATERIALIZED VIEW author_statistics};
my $counts = q{SELECT concat_ws(' ', (SELECT count(*) FROM users), (SELECT count(*) FROM posts), (SELECT count(*) FROM tags),
	(SELECT count(*) FROM post_tags), (SELECT count(*) FROM comments), (SELECT count(*) FROM page_views),
	(SELECT count(*) FROM plans), (SELECT count(*) FROM subscriptions))};

sub schema_of
{
	my ($database) = @_;
	return Dump::take($node->connstr($database), directory => $PostgreSQL::Test::Utils::tmp_check);
}

# The first lines in which two texts differ
sub difference
{
	my ($before, $after) = @_;
	my %before = map { $_ => 1 } split /\n/, $before;
	my %after = map { $_ => 1 } split /\n/, $after;
	my @lines = ((map { "- $_" } grep { !$after{$_} } split /\n/, $before), map { "+ $_" } grep { !$before{$_} } split /\n/, $after);
	return join "\n", 'dumps differ:', @lines > 20 ? (@lines[ 0 .. 19 ], '…') : @lines;
}

# Runs a statement; what it says is a problem, and if it fails the edit is over.
sub run
{
	my ($problems, $session, $sql) = @_;
	my $answer = $session->query($sql);
	push @$problems, "$sql: $answer->{err}" if $answer->{err};
	die "failed\n" if $answer->{err} =~ /ERROR|FATAL/;
	return $answer->{out};
}

# What is wrong after one edit
sub problems_of
{
	my ($synced, $scaffolded, $number, %changed) = @_;
	my @problems;
	my $run = sub { run(\@problems, @_) };
	eval {
		my $before = $scaffolded->safe($fingerprint);
		my $dump_before = schema_of('scaffolded');
		set_model($_, %changed) foreach $synced, $scaffolded;
		push @problems, 'nothing to do' if $run->($synced, $differences) eq '';
		$run->($synced, 'SELECT count(*) FROM linkgress.sync(allow_destructive => true)');
		my $left = $run->($synced, $differences);
		push @problems, "left after sync: $left" if $left ne '';
		my $after = $run->($synced, $fingerprint);
		my $dump_after = schema_of('synced');

		$run->($scaffolded, "SELECT linkgress.scaffold('edit $number')");
		$run->($scaffolded, 'SELECT count(*) FROM linkgress.migrate()');
		$left = $run->($scaffolded, $differences);
		push @problems, "left after migrate: $left" if $left ne '';
		push @problems, 'fingerprint after migrate' if $run->($scaffolded, $fingerprint) ne $after;
		my $dump = schema_of('scaffolded');
		push @problems, 'after migrate ' . difference($dump_after, $dump) if $dump ne $dump_after;

		$run->($scaffolded, 'SELECT count(*) FROM linkgress.rollback()');
		push @problems, 'fingerprint after rollback' if $run->($scaffolded, $fingerprint) ne $before;
		$dump = schema_of('scaffolded');
		push @problems, 'after rollback ' . difference($dump_before, $dump) if $dump ne $dump_before;
		$run->($scaffolded, 'SELECT count(*) FROM linkgress.migrate()');
		1;
	} or $@ eq "failed\n" or push @problems, $@;
	return @problems;
}

srand $seed;
note "seed $seed, $edits edits";
$node->safe_psql('postgres', 'CREATE ROLE reader');
my $model = SampleModel->new("$demo/model");
my %stored = $model->parts;
my ($synced, $scaffolded) = map { new_database($_) } qw(synced scaffolded);
foreach my $session ($synced, $scaffolded)
{
	set_model($session, %stored);
	$session->safe('SELECT count(*) FROM linkgress.ensure_created()');
	$session->safe($rows);
}
my $expected = $synced->safe($counts);
my %has_rows;
for my $number (1 .. $edits)
{
	my $what = $model->edit;
	my %now = $model->parts;
	my %changed = map { $_ => $now{$_} } grep { $now{$_} ne $stored{$_} } keys %now;
	my @problems = problems_of($synced, $scaffolded, $number, %changed);
	push @problems, 'rows are lost in ' . ($_ == $synced ? 'synced' : 'scaffolded') foreach grep { $_->safe($counts) ne $expected } $synced, $scaffolded;
	is(join("\n", @problems), '', "edit $number of seed $seed: $what") or last;
	%stored = %now;
	foreach my $table (grep { !$has_rows{$_}++ } $model->added_tables)
	{
		$_->safe("INSERT INTO $table DEFAULT VALUES") foreach $synced, $scaffolded;
	}
}
$_->quit foreach $synced, $scaffolded;

done_testing();
