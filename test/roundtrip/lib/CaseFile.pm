# Reads files of cases; their format is described in the README.

package CaseFile;

use strict;
use warnings;

my %is_block = map { $_ => 1 } qw(both a b data keep);
my %is_value = map { $_ => 1 } qw(operations destructive hazards schemas version);

# The cases of a file, each a hash: name, line, the blocks' SQL (both, a, b, data, keep) and
# operations (a list), destructive, hazards (a list), schemas (a list), version, one_way (why).
sub read_cases
{
	my ($path) = @_;
	open my $file, '<', $path or die "$path: $!\n";
	my (@cases, $case, $section);
	while (my $line = <$file>)
	{
		my $place = "$path:$.";
		if ($line =~ /^--- case:\s*(.*?)\s*$/)
		{
			$case = { name => $1, line => $. };
			push @cases, $case;
			$section = undef;
		}
		elsif ($line =~ /^---(?!-)\s*([a-z ]+?)\s*(?::\s*(.*?))?\s*$/)
		{
			my ($name, $value) = ($1, $2);
			die "$place: '$name' before the first case\n" unless $case;
			$name =~ tr/ /_/;
			die "$place: '$name' twice\n" if exists $case->{$name};
			die "$place: '$name' is not known\n"
			  unless $is_block{$name} || $is_value{$name} || $name eq 'one_way';
			die "$place: '$name' has a value\n" if defined $value && !$is_value{$name};
			die "$place: '$name' has no value\n" if !defined $value && $is_value{$name};
			$case->{$name} = $value // '';
			$case->{lines}{$name} = $. + 1;
			$section = $name;
		}
		elsif ($section)
		{
			$case->{$section} .= $is_block{$section} ? $line : " $line";
		}
		elsif ($line !~ /^\s*$/)
		{
			die "$place: belongs to no section\n";
		}
	}
	close $file;
	_check($path, $_) foreach @cases;
	return @cases;
}

sub _check
{
	my ($path, $case) = @_;
	my $place = "$path:$case->{line}";
	foreach my $name (keys %is_value, 'one_way')
	{
		next unless defined $case->{$name};
		$case->{$name} =~ s/\s+/ /g;
		$case->{$name} =~ s/^ | $//g;
	}
	foreach (qw(a b))
	{
		die "$place: has no section '$_'\n" unless defined $case->{$_};
	}
	die "$place: 'destructive' is yes or no\n" if ($case->{destructive} // 'no') !~ /^(?:yes|no)$/;
	die "$place: 'version' is a number\n" if ($case->{version} // 0) !~ /^\d+$/;
	die "$place: 'one way' says why in the line after it\n" if exists $case->{one_way} && $case->{one_way} eq '';
	$case->{operations} = [ split /\s*;\s*/, $case->{operations} ] if defined $case->{operations};
	foreach (qw(hazards schemas))
	{
		$case->{$_} = [ split /\s*,\s*/, $case->{$_} ] if defined $case->{$_};
	}
	return;
}

1;
