# Dumps of pg_dump -s in a form in which two of them are equal if the schemas are, but for the order of
# the columns of tables.

package Dump;

use strict;
use warnings;

# Returns the normal form; dies with what pg_dump says if it fails. Options: directory (for its
# messages), schemas (a list: only these)
sub take
{
	my ($database, %options) = @_;
	my $errors = "$options{directory}/pg_dump.$$";
	my @command = ('pg_dump', '-s', '-w', '-E', 'UTF8');
	push @command, '-n', qq{"$_"} foreach map { s/"/""/gr } @{ $options{schemas} // [] };
	# Whatever the database says: pg_dump sets the others itself.
	local $ENV{PGOPTIONS} = ($ENV{PGOPTIONS} // '') . ' -c timezone=UTC -c bytea_output=hex';
	my $pid = open my $pipe, '-|';
	die "fork: $!" unless defined $pid;
	if (!$pid)
	{
		open STDERR, '>', $errors;
		exec @command, $database;
	}
	my $text = join '', <$pipe>;
	my $succeeded = close $pipe;
	open my $file, '<', $errors or die "$errors: $!";
	my $said = join '', <$file>;
	close $file;
	unlink $errors;
	# None of the schemas is there: nothing to dump.
	return '' if $said =~ /no matching schemas were found/;
	# Warnings are of what it cannot put into a good order, foreign keys of data for example.
	die $said || "pg_dump failed\n" unless $succeeded;
	return normal_form($text);
}

# The statements without settings, each with its heading, in the order of the headings.
sub normal_form
{
	my ($text) = @_;
	$text =~ s/^\\(?:un)?restrict .*\n//mg;
	my ($preamble, @parts) = split /^--\n-- (Name: .*; Type: .*)\n--\n/m, $text;
	my @entries;
	while (my ($heading, $body) = splice @parts, 0, 2)
	{
		$body =~ s/^--\n-- PostgreSQL database dump complete\n--\n\s*\z//m;
		$body =~ s/^SET default_\w+ = .*;\n//mg;
		$body =~ s/^\n+|\n+\z//g;
		my ($type) = $heading =~ /; Type: ([^;]*);/;
		push @entries, "-- $heading\n" . _normal_entry($type, $body) . "\n";
	}
	return join "\n", sort @entries;
}

sub _normal_entry
{
	my ($type, $body) = @_;
	if ($type eq 'TABLE' || $type eq 'FOREIGN TABLE')
	{
		# The list of columns, if there is one; the one of a foreign table may have options in it.
		my $end = $type eq 'TABLE' ? qr/\n\)(?=[\n;])/ : qr/\n\)(?=\n(?:INHERITS|SERVER))/;
		$body =~ s/^(CREATE [^\n]*TABLE [^\n]* \(\n)(.*?)($end)/$1 . _sorted(",\n", $2) . $3/mse;
		my ($create, @others) = split /(?<=;)\n+/, $body;
		$body = join "\n", _without_order_of_options($create), sort map { _without_order_of_options($_) } @others;
	}
	elsif ($type eq 'ACL')
	{
		$body = join "\n", sort split /\n+/, $body;
	}
	elsif ($type =~ /^(?:INDEX|CONSTRAINT|VIEW|MATERIALIZED VIEW|FOREIGN DATA WRAPPER|SERVER|USER MAPPING)$/)
	{
		$body = _without_order_of_options($body);
	}
	elsif ($type eq 'STATISTICS')
	{
		# Columns are named in the order they have in the table.
		$body =~ s/ ON (.*) FROM / ' ON ' . _sorted(', ', $1) . ' FROM '/e;
	}
	elsif ($type eq 'OPERATOR CLASS' || $type eq 'OPERATOR FAMILY')
	{
		# In the order of their numbers, and those of the same number in any
		$body =~ s/( (?:AS|ADD)\n)(.*?);/$1 . _sorted(" ,\n", $2) . ';'/se;
	}
	elsif ($type eq 'PUBLICATION TABLE')
	{
		$body =~ s/(TABLE ONLY [^\n]*? \()([^()]*)(\))/$1 . _sorted(', ', $2) . $3/e;
	}
	return $body;
}

sub _sorted
{
	my ($separator, $text) = @_;
	return join $separator, sort split /\Q$separator\E/, $text;
}

# What was set later stands behind.
sub _without_order_of_options
{
	my ($text) = @_;
	$text =~ s/\b(WITH|SET) \(([^()]*)\)/"$1 (" . _sorted(', ', $2) . ')'/ge;
	$text =~ s/\bOPTIONS \(\n(.*?)\n\)/"OPTIONS (\n" . _sorted(",\n", $1) . "\n)"/gse;
	return $text;
}

# The unified difference of two texts, '' if there is none.
sub difference
{
	my ($directory, $left_name, $left, $right_name, $right) = @_;
	return '' if $left eq $right;
	my @files = map { "$directory/dump.$$.$_" } qw(left right);
	foreach my $part ([ $files[0], $left ], [ $files[1], $right ])
	{
		open my $file, '>', $part->[0] or die "$part->[0]: $!";
		print $file $part->[1];
		close $file;
	}
	open my $pipe, '-|', 'diff', '-U', '6', '--label', $left_name, '--label', $right_name, @files or die "diff: $!";
	my $difference = join '', <$pipe>;
	close $pipe;
	unlink @files;
	return $difference;
}

1;
