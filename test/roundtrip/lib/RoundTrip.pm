# Takes a case through its round trip, in databases made for it.
#
#   RoundTrip::prepare($directory);                  # once: the roles, the database that others are copied from
#   my $trip = RoundTrip->new($directory, 1);        # in each process
#   my $result = $trip->check($case);                # { failures => [texts], plan => text, skipped => why }
#   $trip->quit;
#   RoundTrip::clean_up($directory);

package RoundTrip;

use strict;
use warnings;

use Dump;
use Fcntl qw(:flock);
use JSON::PP;
use Psql;
use Time::HiRes qw(usleep);

my $prefix = "linkgress_roundtrip_$$";
my $template = "${prefix}_template";
my $server_version;

# How each session starts. Date style and the like stay as the databases have them: cases may change them.
sub set_environment
{
	$ENV{PGCLIENTENCODING} = 'UTF8';
	$ENV{PGAPPNAME} = 'roundtrip';
	$ENV{PGOPTIONS} = join ' ', $ENV{PGOPTIONS} // (),
	  map { "-c $_" } 'lc_messages=C', 'client_min_messages=warning', 'statement_timeout=120s', 'jit=off';
	return;
}

sub _admin
{
	my ($directory) = @_;
	return Psql->new($ENV{PGDATABASE} // 'postgres', $directory);
}

sub prepare
{
	my ($directory) = @_;
	set_environment();
	my $psql = _admin($directory);
	$server_version = int($psql->safe('SHOW server_version_num') / 10000);
	foreach my $role (qw(alice bob team), 'b TO "c"')
	{
		my $is_there = $psql->safe("SELECT count(*) FROM pg_roles WHERE rolname = '$role'");
		$psql->safe('CREATE ROLE "' . $role =~ s/"/""/gr . '"') unless $is_there;
	}
	$psql->safe('GRANT team TO alice');
	$psql->safe("CREATE DATABASE $template TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
	$psql->connect($template)->safe('CREATE EXTENSION linkgress');
	$psql->safe('VACUUM ANALYZE');
	# Writes what the sessions in the copies will read at their start.
	$psql->connect($template);
	$psql->quit;
	return;
}

# Options: leave (the databases of cases)
sub clean_up
{
	my ($directory, %options) = @_;
	my $psql = _admin($directory);
	my @databases = $options{leave} ? $template
	  : split /\n/, $psql->safe("SELECT datname FROM pg_database WHERE datname ^@ '${prefix}_'");
	_drop($psql, $_) foreach @databases;
	$psql->quit;
	return;
}

sub _drop
{
	my ($psql, $database) = @_;
	my $answer = $psql->query("DROP DATABASE IF EXISTS $database WITH (FORCE)");
	return unless Psql::failed($answer);
	if ($answer->{err} =~ /subscription/)
	{
		$psql->connect($database)->safe(q{
			SELECT format('ALTER SUBSCRIPTION %1$I DISABLE; ALTER SUBSCRIPTION %1$I SET (slot_name = NONE); DROP SUBSCRIPTION %1$I', subname)
			FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) \gexec
			} =~ s/^\s+//mgr);
		$psql->connect($ENV{PGDATABASE} // 'postgres');
	}
	$psql->safe("DROP DATABASE $database WITH (FORCE)");
	return;
}

# Options: leave (the databases of a case that fails), online (goes by stages), build (builds A and B, and that is all)
sub new
{
	my ($class, $directory, $number, %options) = @_;
	return bless { directory => $directory, databases => 0, number => $number, %options }, $class;
}

# Returns the result, and whether the connection was lost.
sub _try
{
	my ($self, $case, $lock) = @_;
	open my $file, '>>', "$self->{directory}/lock" or die "$self->{directory}: $!";
	flock $file, $lock or die "flock: $!";
	my $result = { failures => [], plan => '' };
	my $lived = eval { $self->_check($case, $result); 1 };
	push @{ $result->{failures} }, $@ unless $lived;
	my $is_lost = $self->_is_lost;
	$self->_wait_for_server if $is_lost;
	return ($result, $is_lost);
}

sub _is_lost
{
	my ($self) = @_;
	return !$self->{psql} || $self->{psql}->is_lost;
}

sub _psql
{
	my ($self) = @_;
	$self->{psql} = _admin($self->{directory}) if $self->_is_lost;
	return $self->{psql};
}

sub quit
{
	my ($self) = @_;
	$self->{psql}->quit if $self->{psql};
	return;
}

sub check
{
	my ($self, $case) = @_;
	return { failures => [], skipped => "needs version $case->{version}" }
	  if ($case->{version} // 0) > $server_version;
	my ($result, $is_lost) = $self->_try($case, LOCK_SH);
	# When a server process crashes, all sessions end. Whose case did it shows when they run alone.
	($result) = $self->_try($case, LOCK_EX) if $is_lost;
	return $result;
}

sub _wait_for_server
{
	my ($self) = @_;
	foreach (1 .. 600)
	{
		usleep(100_000);
		return if eval { $self->_psql; 1 };
	}
	die "the server does not come back\n";
}

sub _check
{
	my ($self, $case, $result) = @_;
	my $psql = $self->_psql;
	my %database = map { $_ => "${prefix}_$self->{number}_$self->{databases}_$_" } qw(a b);
	$self->{databases}++;
	$psql->connect($ENV{PGDATABASE} // 'postgres');
	$psql->safe(join "\n", map { "CREATE DATABASE $_ TEMPLATE $template STRATEGY file_copy;" } values %database);
	eval { $self->_go($case, $result, \%database); 1 } or push @{ $result->{failures} }, $@;
	return if $psql->is_lost;
	if ($self->{leave} && @{ $result->{failures} })
	{
		push @{ $result->{failures} }, "the databases are left: $database{a}, $database{b}";
		return;
	}
	$psql->connect($ENV{PGDATABASE} // 'postgres');
	_drop($psql, $_) foreach values %database;
	return;
}

sub _go
{
	my ($self, $case, $result, $database) = @_;
	my $psql = $self->{psql};
	my $failures = $result->{failures};
	my $schemas = $case->{schemas} ? q{'} . _array(@{ $case->{schemas} }) . q{'} : '';
	my $dump = sub { Dump::take($_[0], directory => $self->{directory}, schemas => $case->{schemas}) };

	# Both, as they are when built directly
	my (%snapshot, %dump);
	foreach my $side (qw(a b))
	{
		foreach my $block ('both', $side)
		{
			next unless $case->{$block};
			$psql->connect($database->{$side});
			$self->_run_block($case, $block);
		}
		$dump{$side} = $dump->($database->{$side});
	}
	my $kept;
	$psql->connect($database->{a});
	$self->_run_block($case, 'data') if $case->{data};
	$kept = $self->_run_block($case, 'keep') if $case->{keep};
	if ($self->{build})
	{
		$result->{plan} = "A and B are the same\n" if $dump{a} eq $dump{b};
		return;
	}
	foreach my $side (qw(b a))
	{
		$psql->connect($database->{$side});
		my $answer = $psql->query("SELECT linkgress.snapshot($schemas)");
		die 'the snapshot of ' . uc($side) . " fails:\n" . _error($answer) if Psql::failed($answer) || $psql->is_lost;
		$snapshot{$side} = $answer->{out};
	}

	foreach my $way ([qw(a b)], [qw(b a)])
	{
		my ($from, $to) = @$way;
		my $title = uc($from) . ' to ' . uc($to);
		next if $from eq 'b' && $case->{one_way};
		$psql->connect($database->{$from});
		my @plan = $self->_diff($title, "@{[ _literal($snapshot{$from}) ]}", _literal($snapshot{$to}));
		my $plan = _text_of_plan(@plan);
		$result->{plan} .= "$title:\n" . ($plan || "    (no operation)\n");
		push @$failures, _expectations($case, @plan) if $from eq 'a';
		my @stages = $self->{online} ? $self->_stages($title, $snapshot{$from}, $snapshot{$to}) : \@plan;
		if ($self->{online})
		{
			$plan = _text_of_stages(@stages);
			$result->{plan} .= "$title, online:\n$plan";
		}
		my $failure;
		foreach my $stage (@stages)
		{
			$failure = $self->_run_stage($title, $plan, @$stage);
			last if $failure;
		}
		if ($failure)
		{
			push @$failures, $failure;
			die $failure if $psql->is_lost;
			next;
		}

		my $said = '';
		my $difference = Dump::difference($self->{directory}, uc($to) . ' built directly', $dump{$to},
			"$title by the plan", $dump->($database->{$from}));
		$said .= "$title: the dumps differ:\n" . _indented($difference) if $difference;
		$psql->connect($database->{$from});
		my @rest = eval { $self->_diff("$title, then nothing", "linkgress.snapshot($schemas)", _literal($snapshot{$to})) };
		$said .= $@ if $@;
		$said .= "$title: something is left to do:\n" . _text_of_plan(@rest) if @rest;
		if ($from eq 'a' && defined $kept)
		{
			my $now = $psql->query($case->{keep});
			$difference = Dump::difference($self->{directory}, 'rows before', "$kept\n", 'rows after', "$now->{out}\n$now->{err}");
			$said .= "$title: what was to be kept is not:\n" . _indented($difference) if $difference;
		}
		push @$failures, $said . "The plan was:\n" . ($plan || "    (no operation)\n") if $said;
	}
	return;
}

sub _array
{
	my @quoted = map { s/(["\\])/\\$1/gr } @_;
	return '{' . join(',', map { qq{"$_"} } @quoted) . '}';
}

sub _literal
{
	my ($text) = @_;
	return q{'} . $text =~ s/'/''/gr . q{'::jsonb};
}

# Runs a block of the case, which must succeed. Returns the output.
sub _run_block
{
	my ($self, $case, $block) = @_;
	my $answer = $self->{psql}->query($case->{$block});
	if (Psql::failed($answer) || $self->{psql}->is_lost)
	{
		# From the line of the block to that of the file
		my $error = $answer->{err} =~ s/^line (\d+)/'line ' . ($1 + $case->{lines}{$block} - 1)/mger;
		die "the case is wrong, in '$block':\n" . _indented("$error\n");
	}
	return $answer->{out};
}

# The operations, each a hash
sub _diff
{
	my ($self, $title, $source, $target) = @_;
	my $answer = $self->{psql}->query("SELECT coalesce(json_agg(o ORDER BY o.ordinal), '[]') FROM linkgress.diff($source, $target) o");
	die "$title: there is no plan:\n" . _error($answer) if Psql::failed($answer) || $self->{psql}->is_lost;
	my $operations = decode_json($answer->{out});
	foreach my $operation (@$operations)
	{
		utf8::encode($operation->{$_}) foreach grep { defined $operation->{$_} } qw(type object sql);
	}
	return @$operations;
}

# Of the plan that does not block: each an array of statements, which have what operations have
sub _stages
{
	my ($self, $title, $source, $target) = @_;
	my ($from, $to) = (_literal($source), _literal($target));
	my $answer = $self->{psql}->query("SELECT coalesce(json_agg(o ORDER BY o.ordinal), '[]') FROM linkgress.online_plan($from, $to) o");
	die "$title: there is no plan:\n" . _error($answer) if Psql::failed($answer) || $self->{psql}->is_lost;
	my @stages;
	foreach my $statement (@{ decode_json($answer->{out}) })
	{
		utf8::encode($statement->{$_}) foreach grep { defined $statement->{$_} } qw(type object sql);
		push @{ $stages[ $statement->{stage} - 1 ] }, $statement;
	}
	return @stages;
}

# Runs operations in one transaction, or statements of a stage as it wants to be run. Returns what fails.
sub _run_stage
{
	my ($self, $title, $plan, @stage) = @_;
	my $psql = $self->{psql};
	my $is_transactional = !@stage || ($stage[0]{transactional} // 1);
	$psql->safe('BEGIN') if $is_transactional;
	foreach my $operation (@stage, $is_transactional ? { type => 'COMMIT', object => '', sql => 'COMMIT' } : ())
	{
		my $answer = $psql->query(($operation->{sql} // '') . "\n;");
		next unless Psql::failed($answer) || $psql->is_lost;
		$psql->query('ROLLBACK') unless $psql->is_lost;
		my $which = join ' ', grep { defined } @{$operation}{qw(ordinal type object)};
		return "$title: fails at $which:\n" . _indented("$operation->{sql}\n")
		  . _error($answer) . "The plan was:\n$plan";
	}
	return;
}

sub _expectations
{
	my ($case, @plan) = @_;
	my @failures;
	if ($case->{operations})
	{
		my $expected = join '; ', @{ $case->{operations} };
		my $is = join '; ', map { "$_->{type} $_->{object}" } @plan;
		push @failures, "the operations are\n    $is\nnot\n    $expected\n" if $is ne $expected;
	}
	if ($case->{destructive})
	{
		my $is = (grep { $_->{destructive} } @plan) ? 'yes' : 'no';
		push @failures, "destructive: $is\nThe plan was:\n" . _text_of_plan(@plan) if $is ne $case->{destructive};
	}
	my %hazards = map { $_ => 1 } map { @{ $_->{hazards} // [] } } @plan;
	my @missing = grep { !$hazards{$_} } @{ $case->{hazards} // [] };
	push @failures, "the hazards lack @missing\nThe plan was:\n" . _text_of_plan(@plan) if @missing;
	return @failures;
}

sub _text_of_plan
{
	my (@plan) = @_;
	my $text = '';
	foreach my $operation (@plan)
	{
		my @notes = ($operation->{destructive} ? 'destructive' : (), @{ $operation->{hazards} // [] });
		$text .= "    $operation->{ordinal} $operation->{type} $operation->{object}" . (@notes ? " [@notes]" : '') . "\n";
		$text .= _indented(_indented(($operation->{sql} // '(no SQL)') . "\n"));
	}
	return $text;
}

sub _text_of_stages
{
	my (@stages) = @_;
	my $text = '';
	foreach my $stage (@stages)
	{
		my $title = $stage->[0]{stage} . ($stage->[0]{transactional} ? '' : ', outside of a transaction');
		$text .= "    -- Stage $title\n" . _text_of_plan(@$stage);
	}
	return $text;
}

# The queries of the extension, if it is they that fail, are too long to be shown.
sub _error
{
	my ($answer) = @_;
	my @lines = split /\n/, $answer->{err};
	splice @lines, 12, @lines - 12, '[…]' if @lines > 13;
	return _indented(join '', map { "$_\n" } @lines);
}

sub _indented
{
	my ($text) = @_;
	$text =~ s/\n+\z/\n/;
	return $text =~ s/^(?=.)/    /mgr;
}

1;
