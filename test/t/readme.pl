# Every output in the README's tour is what the server says.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $readme = slurp_file("$FindBin::RealBin/../../README.md");
my ($tour) = $readme =~ /^## A five-minute tour\n(.*?)^## /ms or die 'the README has no tour';
my @steps;
push @steps, { sql => $1, output => $2 } while $tour =~ /^```sql\n(.*?)^```\n```text\n(.*?)^```\n/msg;
cmp_ok(scalar @steps, '>', 10, 'the tour has steps');

# Times and the widths of columns differ from run to run.
sub normalize
{
	my ($text) = @_;
	$text =~ s/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00/TIME/g;
	$text =~ s/\d\d:\d\d:\d\d\.\d+/DURATION/g;
	$text =~ s/\(\d+\.\d+ m?s\)/(DURATION)/g;
	$text =~ s/-{3,}/---/g;
	$text =~ s/ +/ /g;
	$text =~ s/ $//mg;
	$text =~ s/\s+\z//;
	return $text;
}

my $node = PostgreSQL::Test::Cluster->new('readme');
$node->init;
$node->append_conf('postgresql.conf', "timezone = 'UTC'\n");
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE demo');

my $script = join '', map { "\\echo next step\n$_->{sql}" } @steps;
my $output = '';
IPC::Run::run [ 'psql', '-X', $node->connstr('demo') ], '<', \$script, '>', \$output, '2>&1';
my (undef, @outputs) = split /^next step\n/m, $output;
for my $i (0 .. $#steps)
{
	my ($title) = split /\n/, $steps[$i]{sql};
	is(normalize($outputs[$i]), normalize($steps[$i]{output}), $title);
}
$node->stop;
done_testing();
