# Expressions and queries of any kind, over the columns that there are. Columns are sorted into
# families: types for which the same expressions work. A user's type is a family of its own
# ("enum public.mood"), and so is every array ("integer[]").
#
# What is made here is { sql, needs }: see RandomModel for needs.

package RandomExpression;

use strict;
use warnings;

use Chance;
use RandomModel;

use Exporter 'import';
our @EXPORT = qw(random_type default_of condition value_of row_query is_family families);

# {c} stands for the column. values: what can be made of it, with the family that it has.
my %family = (
	int => {
		types => [qw(smallint integer integer integer bigint bigint)], hash => 1, brin => 1, weight => 8,
		defaults => ['0', '1', '42', '(1 + 2)', '-5'],
		conditions => ['{c} > 0', '{c} BETWEEN 1 AND 100', '{c} IN (1, 2, 3)', '{c} % 2 = 0', '{c} <> ALL (ARRAY[7, 8])',
			'abs({c}) < 1000', '({c} + 1) >= -10', '{c} IS DISTINCT FROM 3'],
		values => [['{c} * 2', 'int'], ['{c} + 1', 'int'], ['abs({c})', 'int'], ['coalesce({c}, 0)', 'int'], ['({c})::text', 'text'],
			['{c} > 10', 'bool'], ['CASE WHEN {c} > 0 THEN 1 ELSE -1 END', 'int'], ['({c})::numeric / 3', 'num']],
	},
	num => {
		types => ['numeric', 'numeric(10,2)', 'numeric(12,4)', 'numeric(8)'], hash => 1, brin => 1, weight => 2, varlena => 1,
		defaults => ['0', '1.5', '0.00'],
		conditions => ['{c} >= 0', '{c} < 1000.5', '{c} <> 0.1'],
		values => [['{c} * 1.5', 'num'], ['round({c}, 1)', 'num'], ['-{c}', 'num']],
	},
	float => {
		types => ['real', 'double precision'], hash => 1, brin => 1, weight => 1,
		defaults => ['0', q{'NaN'}, '2.5'],
		conditions => [q{{c} > 0}, q{{c} < 1e10}],
		values => [['{c} * 2', 'float'], ['floor({c})', 'float']],
	},
	text => {
		types => ['text', 'text', 'text', 'varchar', 'varchar(20)', 'varchar(40)'], hash => 1, brin => 1, weight => 8, varlena => 1,
		collations => ['C', 'POSIX'],
		defaults => [q{''}, q{'it''s'}, q{'new'}, q{upper('x')}, q{E'a\\nb'}, q{('a' || 'b')}],
		conditions => [q{{c} <> ''}, 'length({c}) > 2', q{{c} ~ '^[a-z]+$'}, q{{c} LIKE 'a%'}, 'lower({c}) = {c}', q{{c} IN ('a', 'b', 'it''s')},
			q{{c} IS DISTINCT FROM 'x'}, q{position('x' in {c}) > 0}],
		values => [['lower({c})', 'text'], ['upper({c})', 'text'], [q{{c} || '-x'}, 'text'], ['length({c})', 'int'], ['md5({c})', 'text'],
			['substr({c}, 1, 3)', 'text'], [q{coalesce({c}, '')}, 'text'], [q{{c} = 'a'}, 'bool']],
		opclasses => ['text_pattern_ops'],
	},
	char => {
		types => ['char(5)', 'char(3)'], hash => 1, brin => 1, weight => 1, varlena => 1, collations => ['C'],
		defaults => [q{'x'}, q{'abc'}],
		conditions => [q{{c} <> 'x'}, 'length({c}) > 0'],
		values => [['({c})::text', 'text']],
		opclasses => ['bpchar_pattern_ops'],
	},
	bool => {
		types => ['boolean'], hash => 1, weight => 3,
		defaults => ['true', 'false', '(NOT true)'],
		conditions => ['{c}', 'NOT {c}', '{c} IS TRUE', '{c} IS NOT FALSE'],
		values => [['NOT {c}', 'bool'], [q{CASE WHEN {c} THEN 'yes' ELSE 'no' END}, 'text'], ['({c})::integer', 'int']],
	},
	date => {
		types => ['date'], hash => 1, brin => 1, weight => 2,
		defaults => ['current_date', q{'2020-01-01'}, q{(current_date + 7)}],
		conditions => [q{{c} > '2020-01-01'}, 'extract(year from {c}) > 2000', q{{c} <> 'infinity'}],
		values => [['{c} + 1', 'date'], ['(extract(year from {c}))::integer', 'int']],
	},
	ts => {
		types => ['timestamp', 'timestamp(3)'], hash => 1, brin => 1, weight => 2,
		defaults => ['localtimestamp', q{'2020-01-01 12:00'}],
		conditions => [q{{c} > '2020-01-01 00:00'}, q{{c} < 'infinity'}],
		values => [[q{{c} + interval '1 day'}, 'ts'], ['({c})::date', 'date'], [q{date_trunc('month', {c})}, 'ts']],
	},
	tstz => {
		types => ['timestamptz', 'timestamptz(0)'], hash => 1, brin => 1, weight => 2,
		defaults => ['now()', 'clock_timestamp()', q{'2020-01-01 12:00+00'}],
		conditions => [q{{c} > '2020-01-01 00:00+00'}, '{c} IS NOT NULL'],
		values => [[q{{c} AT TIME ZONE 'UTC'}, 'ts']],
	},
	time => {
		types => ['time', 'time(0)'], hash => 1, brin => 1, weight => 1,
		defaults => [q{'12:00'}], conditions => [q{{c} < '23:00'}], values => [[q{{c} + interval '1 hour'}, 'time']],
	},
	interval => {
		types => ['interval', 'interval day to second'], hash => 1, brin => 1, weight => 1,
		defaults => [q{'1 day'}, q{interval '2 hours'}], conditions => [q{{c} > '0'}], values => [['{c} * 2', 'interval']],
	},
	uuid => {
		types => ['uuid'], hash => 1, brin => 1, weight => 2,
		defaults => ['gen_random_uuid()', q{'00000000-0000-0000-0000-000000000000'}],
		conditions => [q{{c} <> '00000000-0000-0000-0000-000000000000'}], values => [],
	},
	json => { types => ['json'], weight => 1, varlena => 1, no_order => 1, defaults => [q{'{}'}], conditions => ['{c} IS NOT NULL'], values => [[q{{c} ->> 'a'}, 'text']] },
	jsonb => {
		types => ['jsonb'], hash => 1, weight => 2, gin => 1, varlena => 1,
		defaults => [q{'{}'}, q{'{"a": [1, 2]}'}, q{jsonb_build_object('k', 1)}],
		conditions => [q{{c} ? 'a'}, q{jsonb_typeof({c}) = 'object'}, q{({c} ->> 'a') IS NOT NULL}],
		values => [[q{{c} ->> 'a'}, 'text'], [q{{c} -> 'b'}, 'jsonb'], [q{jsonb_typeof({c})}, 'text']],
		gin_opclasses => ['jsonb_path_ops'],
	},
	bytea => { types => ['bytea'], weight => 1, brin => 1, hash => 1, varlena => 1, defaults => [q{'\x00'}], conditions => ['length({c}) > 0'], values => [[q{encode({c}, 'hex')}, 'text']] },
	inet => { types => ['inet'], weight => 1, brin => 1, hash => 1, varlena => 1, defaults => [q{'127.0.0.1'}], conditions => ['family({c}) = 4'], values => [['host({c})', 'text']] },
	bit => { types => ['bit(8)', 'bit varying(16)'], weight => 1, brin => 1, varlena => 1, defaults => [], conditions => ['{c} IS NOT NULL'], values => [] },
	point => { types => ['point'], weight => 1, no_order => 1, gist => 1, defaults => [q{'(0,0)'}], conditions => ['{c} IS NOT NULL'], values => [] },
	box => { types => ['box'], weight => 1, no_order => 1, gist => 1, overlaps => 1, defaults => [], conditions => ['area({c}) > 1'], values => [] },
	irange => {
		types => ['int4range'], weight => 2, hash => 1, gist => 1, overlaps => 1, varlena => 1, defaults => [q{'empty'}, q{'[1,5)'}],
		conditions => ['NOT isempty({c})', 'lower({c}) > 0', '{c} @> 3'], values => [['lower({c})', 'int'], ['isempty({c})', 'bool']],
	},
	drange => { types => ['daterange'], weight => 1, hash => 1, gist => 1, overlaps => 1, varlena => 1, defaults => [], conditions => ['NOT isempty({c})'], values => [['upper({c})', 'date']] },
	multirange => { types => ['int4multirange'], weight => 1, hash => 1, gist => 1, overlaps => 1, varlena => 1, defaults => [q{'{}'}], conditions => ['NOT isempty({c})'], values => [] },
	vector => { types => ['tsvector'], weight => 1, gin => 1, gist => 1, varlena => 1, defaults => [], conditions => ['{c} IS NOT NULL'], values => [['length({c})', 'int']] },
	'integer[]' => {
		types => ['integer[]'], weight => 1, hash => 1, gin => 1, varlena => 1, defaults => [q{'{}'}, 'ARRAY[1, 2]'],
		conditions => ['cardinality({c}) > 0', '1 = ANY ({c})', '{c} @> ARRAY[1]'], values => [['cardinality({c})', 'int'], ['{c}[1]', 'int']],
	},
	'text[]' => {
		types => ['text[]', 'varchar(10)[]'], weight => 1, hash => 1, gin => 1, varlena => 1, defaults => [q{'{}'}, q{ARRAY['a', 'b']}],
		conditions => ['array_length({c}, 1) < 5', q{'a' = ANY ({c})}], values => [['cardinality({c})', 'int'], ['{c}[1]', 'text']],
	},
);
my @weighted = map { ($_) x $family{$_}{weight} } sort keys %family;

# Is the family of this nature: order, hash, gin, gist, brin, varlena, overlaps?
sub is_family
{
	my ($model, $name, $nature) = @_;
	if (my $family = $family{$name})
	{
		return !$family->{no_order} if $nature eq 'order';
		return $family->{$nature};
	}
	return $name !~ /\[\]$/ && $nature =~ /^(?:order|hash)$/ if $name =~ /^enum/;
	return 0;
}

sub families
{
	my ($name) = @_;
	return $family{$name};
}

# { type, family, needs, collation }. Options: family (of which), simple (none of the user's types)
sub random_type
{
	my ($model, %options) = @_;
	my @own = $options{simple} || $options{family} ? () : $model->of_kind('enum', 'domain', 'composite');
	push @own, $model->of_kind('table') if !$options{simple} && !$options{family} && $options{rows} && chance(0.02);
	if (@own && chance(0.25))
	{
		my $piece = pick(@own);
		my $kind = $piece->{kind} eq 'table' ? 'row' : $piece->{kind};
		my $array = chance(0.2) ? '[]' : '';
		return {
			type => RandomModel::qualified($piece->{key}) . $array, family => "$kind $piece->{key}$array",
			needs => ["type $piece->{key}"],
		};
	}
	my $name = $options{family} // pick(@weighted);
	my $family = $family{$name};
	my $type = { type => pick(@{ $family->{types} }), family => $name, needs => [] };
	$type->{collation} = pick(@{ $family->{collations} }) if $family->{collations} && chance(0.12);
	return $type;
}

# What can be said of a user's type, in the way of %family
sub _own_family
{
	my ($model, $name) = @_;
	my ($kind, $key, $array) = $name =~ /^(\w+) (.*?)((?:\[\])?)$/ or return;
	my $type = RandomModel::qualified($key);
	return { conditions => ['cardinality({c}) > 0', '{c} IS NOT NULL'], values => [['cardinality({c})', 'int']], defaults => [[qq{'{}'}]] } if $array;
	my $piece = $model->piece("relation $key") // $model->piece("type $key") or return;
	if ($kind eq 'enum')
	{
		my @values = map { (my $v = $_) =~ s/'/''/g; ["'$v'::$type", "value $key $_"] } @{ $piece->{values} };
		return {
			defaults => [@values],
			conditions => [map { ["{c} $_->[2] $_->[0]", $_->[1]] } map { [@$_, pick('=', '<>', '>')] } @values],
			values => [['{c}::text', 'text', 'volatile'], map { ["{c} = $_->[0]", 'bool', $_->[1]] } @values],
		};
	}
	if ($kind eq 'domain')
	{
		my $base = $family{ $piece->{family} } or return { defaults => [], conditions => ['{c} IS NOT NULL'], values => [] };
		my $need = "domain $key $piece->{family}";
		return {
			defaults => [map { [ref $_ ? @$_ : $_, $need] } @{ $base->{defaults} }],
			conditions => [map { ["($_)", $need] } @{ $base->{conditions} }],
			values => [map { [$_->[0], $_->[1], $need] } @{ $base->{values} }],
		};
	}
	if ($kind eq 'composite')
	{
		my @usable = grep { $family{ $_->{family} } } @{ $piece->{attributes} };
		my (@conditions, @values);
		foreach my $attribute (@usable)
		{
			my $part = '({c}).' . RandomModel::quoted($attribute->{name});
			my $need = "attribute $key $attribute->{name} $attribute->{family}";
			push @values, [$part, $attribute->{family}, $need];
			foreach my $condition (@{ $family{ $attribute->{family} }{conditions} })
			{
				(my $sql = $condition) =~ s/\{c\}/$part/g;
				push @conditions, [$sql, $need];
			}
		}
		return { defaults => [], conditions => [@conditions, '{c} IS NOT NULL'], values => \@values };
	}
	return { defaults => [], conditions => ['{c} IS NOT NULL'], values => [] };
}

sub _about
{
	my ($model, $name) = @_;
	return $family{$name} // _own_family($model, $name);
}

# A default for a column of this family, or undef
sub default_of
{
	my ($model, $name) = @_;
	my @choices = map { ref $_ ? $_ : [$_] } @{ (_about($model, $name) // {})->{defaults} // [] };
	push @choices, map { my $s = $_; ["nextval('" . RandomModel::qualified($s->{key}) . "')", "sequence $s->{key}"] }
	  some(1, $model->of_kind('sequence')) if $name eq 'int';
	push @choices, map { [$_->{call}->(), "function $_->{signature} $_->{returns}"] }
	  some(2, grep { $_->{returns} eq $name && !@{ $_->{arguments} } && $_->{kind} eq 'function' && !$_->{set} } functions($model));
	my $choice = pick(@choices) or return;
	my ($sql, @needs) = @$choice;
	return { sql => $sql, needs => \@needs };
}

# The functions that can be called in expressions, each with a sub that writes the call
sub functions
{
	my ($model) = @_;
	return map {
		my $function = $_;
		+{
			%$function,
			call => sub {
				my @arguments = @_;
				return RandomModel::qualified($function->{key}) . '('
				  . join(', ', map { "($arguments[$_])::$function->{arguments}[$_]{type}" } 0 .. $#arguments) . ')';
			}
		}
	} grep { $_->{returns} } $model->of_kind('function');
}

# Columns of a relation as a scope: { key, prefix, columns, settable (not the generated ones), free (needs nothing) }
sub _column
{
	my ($scope, $column) = @_;
	return ($scope->{prefix} // '') . RandomModel::quoted($column->{name});
}

sub _filled
{
	my ($scope, $column, $template) = @_;
	my $name = _column($scope, $column);
	(my $sql = $template) =~ s/\{c\}/$name/g;
	return $sql;
}

sub need_of
{
	my ($scope, $column) = @_;
	return if $scope->{free};
	return ("typed $scope->{key} $column->{name} $column->{family}",
		$scope->{settable} ? "settable $scope->{key} $column->{name}" : ());
}

# A boolean expression: { sql, needs }, or undef. Options: stable (functions that are not immutable may be called)
sub condition
{
	my ($model, $scope, %options) = @_;
	my @columns = grep { !$scope->{settable} || !$_->{generated} } @{ $scope->{columns} };
	my $column = pick(@columns) or return;
	my @choices = map { ref $_ ? $_ : [$_] } @{ (_about($model, $column->{family}) // {})->{conditions} // ['{c} IS NOT NULL'] };
	push @choices, ['{c} IS NOT NULL'];
	foreach my $function (some(2, grep { ($_->{returns} // '') eq 'bool' && !$_->{set} && @{ $_->{arguments} } == 1
				&& $_->{arguments}[0]{family} eq $column->{family} && ($options{stable} || $_->{volatility} eq 'IMMUTABLE') } functions($model)))
	{
		my $need = "function $function->{signature} bool" . ($options{stable} ? '' : ' immutable');
		push @choices, ([$function->{call}->('{c}'), $need]) x 3;
	}
	my ($template, @needs) = @{ pick(@choices) };
	my $expression = { sql => _filled($scope, $column, $template), needs => [ need_of($scope, $column), @needs ] };
	if (chance(0.2) && (my $other = condition($model, $scope, %options)))
	{
		my $operator = pick('AND', 'OR');
		$expression = { sql => "($expression->{sql}) $operator ($other->{sql})", needs => [ @{ $expression->{needs} }, @{ $other->{needs} } ] };
	}
	return $expression;
}

# An expression over one or two columns: { sql, family, needs }, or undef. Options: stable; family (that it must have)
sub value_of
{
	my ($model, $scope, %options) = @_;
	my @choices;
	my @columns = grep { !$scope->{settable} || !$_->{generated} } @{ $scope->{columns} };
	foreach my $column (some(4, @columns))
	{
		foreach my $value (@{ (_about($model, $column->{family}) // {})->{values} // [] })
		{
			my ($template, $family, @needs) = @$value;
			next if grep { $_ eq 'volatile' } @needs and !$options{stable};
			push @choices, { sql => _filled($scope, $column, $template), family => $family, needs => [ need_of($scope, $column), grep { $_ ne 'volatile' } @needs ] };
		}
		foreach my $function (grep { $_->{returns} && !$_->{set} && @{ $_->{arguments} } == 1 && $_->{arguments}[0]{family} eq $column->{family}
				&& ($options{stable} || $_->{volatility} eq 'IMMUTABLE') } functions($model))
		{
			push @choices, {
				sql => $function->{call}->(_column($scope, $column)), family => $function->{returns},
				needs => [ need_of($scope, $column), "function $function->{signature} $function->{returns}" . ($options{stable} ? '' : ' immutable') ],
			};
		}
	}
	my @numbers = some(2, grep { $_->{family} eq 'int' } @columns);
	push @choices, { sql => _column($scope, $numbers[0]) . ' + ' . _column($scope, $numbers[1]), family => 'int', needs => [ map { need_of($scope, $_) } @numbers ] }
	  if @numbers == 2;
	@choices = grep { $_->{family} eq $options{family} } @choices if $options{family};
	return pick(@choices);
}

# ---- Queries: { sql, columns => [ { name, family } … ], needs, simple (the key of the only relation, if it is updatable so) }

# Columns of a query, from a scope: [ [ sql, name, family, needs … ] … ]
sub _outputs
{
	my ($model, $scope, $count) = @_;
	my @outputs;
	foreach my $column (some($count, @{ $scope->{columns} }))
	{
		push @outputs, [ _column($scope, $column), chance(0.15) ? pick(qw(x y z)) . @outputs : $column->{name}, $column->{family}, need_of($scope, $column) ];
	}
	if (chance(0.35) && (my $value = value_of($model, $scope, stable => 1)))
	{
		push @outputs, [ $value->{sql}, pick(qw(calc total part)), $value->{family}, @{ $value->{needs} } ];
	}
	return @outputs;
}

sub _finished
{
	my ($all, $rest, @needs) = @_;
	my %seen;
	my $outputs = [ grep { !$seen{ $_->[1] }++ } @$all ];
	return {
		sql => 'SELECT ' . join(', ', map { "$_->[0] AS " . RandomModel::quoted($_->[1]) } @$outputs) . "\n$rest",
		columns => [ map { +{ name => $_->[1], family => $_->[2] } } @$outputs ],
		needs => [ @needs, map { @$_[ 3 .. $#$_ ] } @$outputs ],
	};
}

sub _scope
{
	my ($model, $relation, $prefix) = @_;
	return { key => $relation->{key}, prefix => $prefix, columns => [ $model->columns($relation->{key}) ] };
}

# Over some of these relations; undef if nothing came of it
sub row_query
{
	my ($model, @relations) = @_;
	my $relation = pick(@relations) or return;
	my $name = RandomModel::qualified($relation->{key});
	my $scope = _scope($model, $relation, 'a.');
	return unless @{ $scope->{columns} };
	my $way = rand;
	my $where = chance(0.4) ? condition($model, $scope, stable => 1) : undef;
	my @needs = ("relation $relation->{key}", ($where ? @{ $where->{needs} } : ()));
	my $filter = $where ? "\nWHERE $where->{sql}" : '';

	if ($way < 0.4)
	{
		my @outputs = _outputs($model, $scope, between(1, 4)) or return;
		my $query = _finished(\@outputs, "FROM $name a$filter", @needs);
		$query->{simple} = 1 if $relation->{kind} eq 'table' && grep { $_->[0] =~ /^a\./ } @outputs;
		return $query;
	}
	my $other = pick(@relations);
	my $there = _scope($model, $other, 'b.');
	my $other_name = RandomModel::qualified($other->{key});
	if ($way < 0.6)
	{
		my ($left) = some(1, grep { $_->{family} eq 'int' } @{ $scope->{columns} }) or return;
		my ($right) = some(1, grep { $_->{family} eq 'int' } @{ $there->{columns} }) or return;
		my @outputs = (_outputs($model, $scope, between(1, 3)), _outputs($model, $there, between(1, 2)));
		my $join = pick('JOIN', 'LEFT JOIN', 'FULL JOIN');
		return _finished(\@outputs, "FROM $name a\n$join $other_name b ON " . _column($scope, $left) . ' = ' . _column($there, $right) . $filter,
			@needs, "relation $other->{key}", need_of($scope, $left), need_of($there, $right));
	}
	if ($way < 0.75)
	{
		my ($by) = some(1, grep { is_family($model, $_->{family}, 'order') } @{ $scope->{columns} }) or return;
		my @outputs = ([ _column($scope, $by), $by->{name}, $by->{family}, need_of($scope, $by) ], [ 'count(*)', 'n', 'int' ]);
		my ($of) = some(1, grep { $_->{family} =~ /^(?:int|num|text|date|ts)$/ } @{ $scope->{columns} });
		push @outputs, [ 'max(' . _column($scope, $of) . ')', 'highest', $of->{family}, need_of($scope, $of) ] if $of && chance(0.6);
		my $having = chance(0.3) ? "\nHAVING count(*) > 1" : '';
		return _finished(\@outputs, "FROM $name a$filter\nGROUP BY " . _column($scope, $by) . $having, @needs);
	}
	if ($way < 0.83)
	{
		# What is grouped by a primary key depends on that
		my ($key) = grep { $_->{primary} } grep { ($_->{on} // '') eq $relation->{key} } $model->of_kind('key');
		return unless $key;
		my @outputs = _outputs($model, $scope, 3) or return;
		my @by = map { my $name = $_; grep { $_->{name} eq $name } @{ $scope->{columns} } } @{ $key->{unique} };
		my $query = _finished([ @outputs, [ 'count(*)', 'n', 'int' ] ], "FROM $name a$filter\nGROUP BY " . join(', ', map { _column($scope, $_) } @by),
			@needs, 'primary key of ' . "$key->{on} " . join(',', @{ $key->{unique} }));
		return $query;
	}
	if ($way < 0.9)
	{
		my ($left) = some(1, grep { $_->{family} eq 'text' } @{ $scope->{columns} }) or return;
		my ($right) = some(1, grep { $_->{family} eq 'text' } @{ $there->{columns} }) or return;
		return _finished([ [ _column($scope, $left) . '::text COLLATE "C"', 'one', 'text', need_of($scope, $left) ] ],
			"FROM $name a$filter\nUNION ALL\nSELECT " . _column($there, $right) . qq{::text COLLATE "C"\nFROM $other_name b}, @needs, "relation $other->{key}", need_of($there, $right));
	}
	if ($way < 0.95)
	{
		my @outputs = _outputs($model, $scope, 3) or return;
		my ($by) = some(1, grep { is_family($model, $_->{family}, 'order') } @{ $scope->{columns} }) or return;
		return _finished([ @outputs, [ 'row_number() OVER (ORDER BY ' . _column($scope, $by) . ')', 'place', 'int', need_of($scope, $by) ] ], "FROM $name a$filter", @needs);
	}
	my @outputs = _outputs($model, $scope, 2) or return;
	return _finished(\@outputs, "FROM $name a\nWHERE EXISTS (SELECT FROM $other_name b)", @needs, "relation $other->{key}");
}

1;
