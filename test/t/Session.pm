# A psql session that can be left at work: what it is sent runs while the test goes on, and its
# answer is asked for later. Errors come with their SQLSTATE.
#
#   my $session = Session->new($node, 'database');
#   $session->send('CALL linkgress.up()');
#   $observer->wait_until(q{SELECT … FROM pg_stat_activity …});
#   my $answer = $session->answer;    # { out => …, err => … }

package Session;

use strict;
use warnings;

use IPC::Run;
use PostgreSQL::Test::Utils;
use Time::HiRes qw(usleep);

# Options: user, connstr (to go elsewhere than the node itself says), settings (a hash of those
# to connect with)
sub new
{
	my ($class, $node, $database, %options) = @_;
	my $connstr = $options{connstr} // $node->connstr($database);
	$connstr .= " user=$options{user}" if $options{user};
	if (my $settings = $options{settings})
	{
		$connstr .= " options='" . join(' ', map { "-c $_=$settings->{$_}" } sort keys %$settings) . "'";
	}
	my $self = bless {
		in => '', out => '', err => '', count => 0,
		timer => IPC::Run::timer($PostgreSQL::Test::Utils::timeout_default),
	}, $class;
	$self->{run} = IPC::Run::start(
		[ 'psql', '-XAtq', '-v', 'VERBOSITY=verbose', '-d', $connstr, '-f', '-' ],
		'<', \$self->{in}, '>', \$self->{out}, '2>', \$self->{err}, $self->{timer});
	my $answer = $self->query('SELECT pg_backend_pid()');
	$self->{pid} = $answer->{out};
	die "no connection: $answer->{err}" unless $self->{pid} =~ /^\d+$/;
	return $self;
}

# The backend's process
sub pid
{
	my ($self) = @_;
	return $self->{pid};
}

# Has psql do something, and does not wait for it.
sub send
{
	my ($self, $sql) = @_;
	my $mark = 'answer ' . ++$self->{count} . ' ends';
	$self->{in} .= "$sql\n;\n\\echo '$mark'\n\\warn '$mark'\n";
	$self->{timer}->start;
	$self->{run}->pump_nb;
	return $self;
}

# Waits for the end of what was sent, or of the connection.
sub answer
{
	my ($self) = @_;
	my $mark = qr/answer $self->{count} ends\n/;
	while ($self->{out} !~ $mark || $self->{err} !~ $mark)
	{
		die "no answer in time; so far: $self->{out}$self->{err}" if $self->{timer}->is_expired;
		last unless $self->{run}->pumpable;
		$self->{run}->pump;
	}
	my %answer = (out => $self->{out}, err => $self->{err});
	s/$mark|\n$mark//, chomp for values %answer;
	$self->{out} = $self->{err} = '';
	return \%answer;
}

# Has it already answered?
sub is_done
{
	my ($self) = @_;
	$self->{run}->pump_nb if $self->{run}->pumpable;
	return $self->{out} =~ /answer $self->{count} ends\n/;
}

# Waits until what was sent has said this on standard error.
sub wait_for_err
{
	my ($self, $pattern) = @_;
	until ($self->{err} =~ $pattern)
	{
		die "not said in time: $pattern; so far: $self->{err}" if $self->{timer}->is_expired;
		$self->{run}->pump;
	}
	return;
}

sub query
{
	my ($self, $sql) = @_;
	return $self->send($sql)->answer;
}

# Runs what must succeed, notices and warnings allowed. Returns the output.
sub safe
{
	my ($self, $sql) = @_;
	my $answer = $self->query($sql);
	die "$sql: $answer->{err}" if $answer->{err} =~ /ERROR|FATAL|PANIC|psql: error/;
	return $answer->{out};
}

# Asks again and again until the answer is the one expected.
sub wait_until
{
	my ($self, $sql, $expected) = @_;
	$expected //= 't';
	my $last = '';
	my $limit = time + $PostgreSQL::Test::Utils::timeout_default;
	while (time < $limit)
	{
		$last = $self->safe($sql);
		return 1 if $last eq $expected;
		usleep(5_000);
	}
	die "$sql: is '$last', not '$expected'";
}

# Waits until another session waits for an advisory lock: the way in which the tests' migrations
# stop at a place.
sub wait_for_gate
{
	my ($self, $other) = @_;
	return $self->wait_until("SELECT wait_event_type = 'Lock' AND wait_event = 'advisory'"
		  . ' FROM pg_stat_activity WHERE pid = ' . $other->pid);
}

# Ends the session, in whatever state it is.
sub quit
{
	my ($self) = @_;
	if ($self->{run}->pumpable)
	{
		$self->{in} .= "\\q\n";
	}
	eval { $self->{run}->finish };
	return;
}

1;
