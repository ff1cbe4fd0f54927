# A psql that stays and goes from database to database, since starting one takes longer than most of
# what it is asked.
#
#   my $psql = Psql->new('postgres', $directory);    # the directory is for its scripts
#   my $answer = $psql->query('SELECT 1');           # { out => …, err => … }: texts without the last newline

package Psql;

use strict;
use warnings;

use IO::Select;
use IPC::Open3;
use Symbol qw(gensym);

# For how long psql may be silent
my $patience = 150;

sub new
{
	my ($class, $database, $directory) = @_;
	my $self = bless { count => 0, script => "$directory/psql.$$.sql", err => gensym }, $class;
	$self->{pid} = open3($self->{in}, $self->{out}, $self->{err}, 'psql', '-XAtqw', '-d', $database, '-f', '-');
	$self->{select} = IO::Select->new($self->{out}, $self->{err});
	my $answer = $self->query('');
	die "psql: $answer->{err}\n" if $self->is_lost;
	return $self;
}

# Has the connection, and psql with it, come to an end?
sub is_lost
{
	my ($self) = @_;
	return !$self->{pid};
}

# Goes to another database, or back to a fresh session in the same one.
sub connect
{
	my ($self, $database) = @_;
	my $answer = $self->_answer("\\connect $database");
	die "$database: $answer->{err}\n" if $answer->{err} =~ /error|FATAL/;
	return $self;
}

# Runs what may be many statements. They are in a file of their own, so that whatever is not closed in
# them ends with it.
sub query
{
	my ($self, $sql) = @_;
	open my $file, '>', $self->{script} or die "$self->{script}: $!";
	print $file $sql, "\n";
	close $file;
	my $answer = $self->_answer("\\i $self->{script}");
	$answer->{err} =~ s/^psql:\Q$self->{script}\E:(\d+): /line $1: /mg;
	return $answer;
}

sub failed
{
	my ($answer) = @_;
	return $answer->{err} =~ /^(?:psql: |line \d+: )?(?:ERROR|FATAL|PANIC|error|invalid command)/m;
}

# Runs what must succeed. Returns the output.
sub safe
{
	my ($self, $sql) = @_;
	my $answer = $self->query($sql);
	die "$answer->{err}\nin: $sql\n" if failed($answer) || $self->is_lost;
	return $answer->{out};
}

sub _answer
{
	my ($self, $command) = @_;
	$self->send($command);
	my $answer = $self->receive($patience);
	return $answer if $answer;
	$self->kill;
	return { out => '', err => "FATAL: no answer in $patience seconds" };
}

# Has psql do something, whose answer is asked for later.
sub send
{
	my ($self, $command) = @_;
	die "the connection is lost\n" if $self->is_lost;
	my $mark = 'answer ' . ++$self->{count} . ' ends';
	$self->{mark} = qr/(?:^|\n)\Q$mark\E\n\z/;
	$self->{got} = { out => '', err => '' };
	local $SIG{PIPE} = 'IGNORE';
	my $text = "$command\n\\r\n\\echo '$mark'\n\\warn '$mark'\n";
	my $sent = 0;
	while ($sent < length $text)
	{
		$sent += syswrite($self->{in}, $text, length($text) - $sent, $sent) // last;
	}
	return;
}

# The answer to what was sent last, or what there is of it when the connection is lost; undef if psql is
# silent for so many seconds.
sub receive
{
	my ($self, $seconds) = @_;
	my ($got, $mark) = @$self{qw(got mark)};
	while ($got->{out} !~ $mark || $got->{err} !~ $mark)
	{
		my @ready = $self->{select}->can_read($seconds) or return undef;
		foreach my $handle (@ready)
		{
			my $which = $handle == $self->{out} ? 'out' : 'err';
			sysread $handle, $got->{$which}, 65536, length $got->{$which} or $self->{select}->remove($handle);
		}
		next if $self->{select}->count;
		$self->_end;
		last;
	}
	s/$mark//, s/\n\z// foreach values %$got;
	return $got;
}

sub kill
{
	my ($self) = @_;
	CORE::kill 'KILL', $self->{pid};
	$self->_end;
	return;
}

sub _end
{
	my ($self) = @_;
	waitpid delete $self->{pid}, 0;
	return;
}

sub quit
{
	my ($self) = @_;
	unlink $self->{script};
	return if $self->is_lost;
	close $self->{in};
	$self->_end;
	return;
}

1;
