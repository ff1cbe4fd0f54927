# Chance, from one seed: whoever calls srand() decides all of it. Nothing here may depend on the order
# of a hash.

package Chance;

use strict;
use warnings;

use Exporter 'import';
our @EXPORT = qw(chance pick between some shuffled);

sub chance
{
	my ($probability) = @_;
	return rand() < $probability;
}

sub pick
{
	return $_[ int rand @_ ];
}

sub between
{
	my ($low, $high) = @_;
	return $low + int rand($high - $low + 1);
}

sub shuffled
{
	my @list = @_;
	for (my $i = @list - 1; $i > 0; $i--)
	{
		my $j = int rand($i + 1);
		@list[ $i, $j ] = @list[ $j, $i ];
	}
	return @list;
}

# So many of them, or all if there are fewer, in any order
sub some
{
	my ($count, @list) = @_;
	@list = shuffled(@list);
	$#list = $count - 1 if @list > $count;
	return @list;
}

1;
