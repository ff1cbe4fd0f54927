# Random schemas: generate() makes one, mutate() makes a changed copy of one. Names come from small pools, so
# that any two schemas have many names in common, for objects of the same kind or of another one.
#
# There is one sub for each kind, new_<kind>(model, fixed): it adds a piece or gives up. `fixed` is of
# the piece that is made anew: its names and where it belongs.

package RandomSchema;

use strict;
use warnings;

use Chance;
use RandomExpression;
use RandomModel;

use Exporter 'import';
our @EXPORT_OK = qw(generate mutate);

my @roles = qw(alice bob);
my %names = (
	schema => ['s1', 's2', 'S 3'],
	enum => [qw(e1 e2 e3 y1 y2), 'Mood'],
	composite => [qw(k1 k2 y1 y2 x1)],
	domain => [qw(d1 d2 d3 y1 y2)],
	sequence => [qw(q1 q2 q3 x1)],
	function => [qw(f1 f2 f3 f4 f5 g1)],
	table => [qw(t1 t2 t3 t4 t5 t6 x1 x2 order), 'Some Table'],
	partition => [qw(p1 p2 p3 p4 p5 p6 t6)],
	view => [qw(v1 v2 v3 v4 x1 x2), 'A view'],
	matview => [qw(m1 m2 x1 x2)],
	index => [qw(ix1 ix2 ix3 ix4 ix5 ix6 ix7 ix8), 'An index'],
	statistics => [qw(st1 st2 st3)],
	column => [qw(id id a b c d e name note user), 'Mixed', 'a b'],
	constraint => [qw(c1 c2 c3 c4 c5), 'Con straint'],
	trigger => [qw(tg1 tg2 tg3)],
	policy => [qw(po1 po2)],
	rule => [qw(r1 r2)],
	argument => [qw(p_a p_b p_c)],
);

sub quoted { return RandomModel::quoted(@_) }
sub qualified { return RandomModel::qualified(@_) }

sub literal
{
	my ($text) = @_;
	$text =~ s/'/''/g;
	return "'$text'";
}

# A "schema.name" that is not taken, or the fixed one
sub free_key
{
	my ($model, $pool, $fixed, @spaces) = @_;
	return $fixed->{key} if $fixed->{key};
	foreach (1 .. 6)
	{
		my $schema = chance(0.4) ? 'public' : pick(map { $_->{name} } $model->of_kind('schema'));
		my $key = "$schema." . pick(@{ $names{$pool} });
		return $key if $model->is_free(map { "name $_ $key" } @spaces);
	}
	return;
}

sub schema_of
{
	my ($key) = @_;
	return (split /\./, $key, 2)[0];
}

sub tables { return $_[0]->of_kind('table') }
sub relations { return $_[0]->of_kind('table', 'view', 'matview') }

sub scope_of
{
	my ($model, $key, %more) = @_;
	return { key => $key, columns => [ $model->columns($key) ], %more };
}

# What this relation can be indexed, grouped and so on by
sub ordered_columns
{
	my ($model, $key) = @_;
	return grep { is_family($model, $_->{family}, 'order') } $model->columns($key);
}

# ---- Schemas and types

sub new_schema
{
	my ($model, $fixed) = @_;
	my $name = $fixed->{name} // pick(@{ $names{schema} });
	return if !$fixed->{name} && $model->piece("schema $name");
	return $model->add({
		id => "schema $name", kind => 'schema', name => $name, phase => 0, gives => ["schema $name"],
		sql => $name eq 'public' ? undef : 'CREATE SCHEMA ' . quoted($name),
		target => 'SCHEMA ' . quoted($name), grants => ['USAGE', 'CREATE', 'ALL'],
	});
}

my @enum_values = ('red', 'green', 'blue', 'dark red', "it's", 'x', 'y');

sub new_enum
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'enum', $fixed, 'type') or return;
	return build_enum($model, { key => $key, values => [ some(between(1, 5), @enum_values) ] });
}

sub build_enum
{
	my ($model, $piece) = @_;
	my $key = $piece->{key};
	return $model->add({
		id => "type $key", kind => 'enum', key => $key, values => $piece->{values}, phase => 1,
		needs => ['schema ' . schema_of($key)], gives => [ "type $key", map { "value $key $_" } @{ $piece->{values} } ],
		claims => ["name type $key"], target => 'TYPE ' . qualified($key), grants => ['USAGE'],
		sql => 'CREATE TYPE ' . qualified($key) . ' AS ENUM (' . join(', ', map { literal($_) } @{ $piece->{values} }) . ')',
	});
}

sub change_enum
{
	my ($model, $piece) = @_;
	my @values = @{ $piece->{values} };
	my %has = map { $_ => 1 } @values;
	my ($new) = some(1, grep { !$has{$_} } @enum_values);
	my $way = rand;
	if ($way < 0.55 && defined $new) { splice @values, int rand(@values + 1), 0, $new }
	elsif ($way < 0.75 && @values > 1) { splice @values, int rand @values, 1 }
	elsif ($way < 0.85) { @values = shuffled(@values) }
	elsif (defined $new) { $values[ int rand @values ] = $new }
	return build_enum($model, { %$piece, values => \@values });
}

sub new_attribute
{
	my ($model, $name, $key) = @_;
	my $type;
	do { $type = random_type($model) } while $type->{family} =~ /^composite|^row/ && $type->{family} =~ / \Q$key\E/;
	return { %$type, name => $name };
}

sub new_composite
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'composite', $fixed, 'type', 'relation') or return;
	return build_composite($model, { key => $key, attributes => [ map { new_attribute($model, $_, $key) } some(between(1, 4), 'a' .. 'e') ] });
}

sub build_composite
{
	my ($model, $piece) = @_;
	my $key = $piece->{key};
	my @attributes = @{ $piece->{attributes} };
	return $model->add({
		id => "type $key", kind => 'composite', key => $key, attributes => \@attributes, phase => 3,
		needs => [ 'schema ' . schema_of($key), map { @{ $_->{needs} } } @attributes ],
		gives => [ "type $key", map { "attribute $key $_->{name} $_->{family}" } @attributes ],
		claims => ["name type $key", "name relation $key"], target => 'TYPE ' . qualified($key), grants => ['USAGE'],
		sql => 'CREATE TYPE ' . qualified($key) . ' AS (' . join(', ', map { RandomModel::column_sql($_) } @attributes) . ')',
	});
}

sub change_composite
{
	my ($model, $piece) = @_;
	my @attributes = @{ $piece->{attributes} };
	my %has = map { $_->{name} => 1 } @attributes;
	my ($new) = some(1, grep { !$has{$_} } 'a' .. 'e');
	my $way = rand;
	if ($way < 0.5 && $new) { push @attributes, new_attribute($model, $new, $piece->{key}) }
	elsif ($way < 0.7 && @attributes > 1) { splice @attributes, int rand @attributes, 1 }
	else
	{
		my $at = int rand @attributes;
		$attributes[$at] = new_attribute($model, $attributes[$at]{name}, $piece->{key});
	}
	return build_composite($model, { %$piece, attributes => \@attributes });
}

sub domain_check
{
	my ($model, $base) = @_;
	my $family = RandomExpression::families($base->{family});
	my $sql = pick('{c} IS NOT NULL', @{ $family ? $family->{conditions} : [] });
	$sql =~ s/\{c\}/VALUE/g;
	return $sql;
}

sub new_domain
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'domain', $fixed, 'type') or return;
	my $base = $fixed->{base} // random_type($model);
	return if grep { $_ eq "type $key" } @{ $base->{needs} };
	my %checks = map { ($_ => domain_check($model, $base)) } some(pick(0, 1, 1, 2), @{ $names{constraint} });
	return build_domain($model, {
		key => $key, base => $base, not_null => chance(0.15), checks => \%checks, default => chance(0.25) ? scalar default_of($model, $base->{family}) : undef,
	});
}

sub build_domain
{
	my ($model, $piece) = @_;
	my ($key, $base, $default) = @$piece{qw(key base default)};
	my $sql = 'CREATE DOMAIN ' . qualified($key) . " AS $base->{type}";
	$sql .= qq{ COLLATE "$base->{collation}"} if $base->{collation};
	$sql .= " DEFAULT $default->{sql}" if $default;
	$sql .= ' NOT NULL' if $piece->{not_null};
	$sql .= ' CONSTRAINT ' . quoted($_) . " CHECK ($piece->{checks}{$_})" foreach sort keys %{ $piece->{checks} };
	return $model->add({
		%$piece, id => "type $key", kind => 'domain', family => $base->{family}, phase => 2,
		needs => [ 'schema ' . schema_of($key), @{ $base->{needs} }, $default ? @{ $default->{needs} } : () ],
		gives => [ "type $key", "domain $key $base->{family}" ],
		claims => ["name type $key"], target => 'DOMAIN ' . qualified($key), grants => ['USAGE'], sql => $sql,
		parts => [ map { 'CONSTRAINT ' . quoted($_) . ' ON DOMAIN ' . qualified($key) } sort keys %{ $piece->{checks} } ],
	});
}

sub change_domain
{
	my ($model, $old) = @_;
	my %piece = %$old;
	my %checks = %{ $piece{checks} };
	my $way = rand;
	if ($way < 0.2) { $piece{not_null} = !$piece{not_null} }
	elsif ($way < 0.4) { $piece{default} = $piece{default} && chance(0.5) ? undef : scalar default_of($model, $piece{base}{family}) }
	elsif ($way < 0.6) { $checks{ pick(@{ $names{constraint} }) } = domain_check($model, $piece{base}) }
	elsif ($way < 0.8 && %checks) { delete $checks{ pick(sort keys %checks) } }
	else { return new_domain($model, { key => $piece{key} }) }
	return build_domain($model, { %piece, checks => \%checks });
}

# ---- Sequences

sub new_sequence
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'sequence', $fixed, 'relation') or return;
	return build_sequence($model, { key => $key, options => {} });
}

sub build_sequence
{
	my ($model, $piece) = @_;
	my $key = $piece->{key};
	my %options = %{ $piece->{options} };
	my @choices = (
		[ as => pick('AS smallint', 'AS integer', '') ], [ increment => pick('INCREMENT BY 2', 'INCREMENT BY 10', '') ],
		[ start => pick('START WITH 100', 'START WITH 7', '') ], [ max => pick('MAXVALUE 1000', 'MAXVALUE 30000', '') ],
		[ min => pick('MINVALUE 5', 'MINVALUE 0', '') ], [ cache => pick('CACHE 5', '') ], [ cycle => pick('CYCLE', '') ],
	);
	$options{ $_->[0] } = $_->[1] foreach some($piece->{id} ? 1 : 2, @choices);
	return $model->add({
		id => "sequence $key", kind => 'sequence', key => $key, options => \%options, phase => 4,
		needs => ['schema ' . schema_of($key)], gives => ["sequence $key"], claims => ["name relation $key"],
		target => 'SEQUENCE ' . qualified($key), grants => ['USAGE', 'SELECT, UPDATE', 'ALL'],
		sql => join(' ', 'CREATE SEQUENCE', qualified($key), grep { $_ ne '' } map { $options{$_} // '' } qw(as increment min max start cache cycle)),
	});
}

sub new_ownership
{
	my ($model, $fixed) = @_;
	my ($sequence) = some(1, $model->of_kind('sequence')) or return;
	# An unlogged table has unlogged sequences when it becomes so, others when it gets them.
	my ($table) = some(1, grep { schema_of($_->{key}) eq schema_of($sequence->{key}) && !$_->{unlogged} } tables($model)) or return;
	my ($column) = some(1, grep { !$_->{identity} } $model->columns($table->{key})) or return;
	return $model->add({
		id => "ownership $sequence->{key}", kind => 'ownership', phase => 45,
		needs => [ "sequence $sequence->{key}", "column $table->{key} $column->{name}", "permanent $table->{key}" ],
		# Its owner is that of the table
		claims => ["owner SEQUENCE " . qualified($sequence->{key})],
		sql => 'ALTER SEQUENCE ' . qualified($sequence->{key}) . ' OWNED BY ' . qualified($table->{key}) . '.' . quoted($column->{name}),
	});
}

# ---- Routines

my %argument_families = map { $_ => 1 } qw(int num text bool date ts jsonb uuid), 'integer[]';

sub new_argument
{
	my ($model, $name) = @_;
	my $type;
	do { $type = random_type($model) } while $type->{family} =~ /^row|^composite.*\[|^domain.*\[/
	  || ($type->{family} !~ / / && !$argument_families{ $type->{family} });
	delete $type->{collation};
	# What is cast to it must stay what it is
	$type->{type} =~ s/\(.*\)// if $type->{family} !~ / /;
	return { %$type, name => $name };
}

my %canonical = (int => 'bigint', num => 'numeric', text => 'text', bool => 'boolean', date => 'date', ts => 'timestamp', jsonb => 'jsonb', float => 'float8', uuid => 'uuid', 'integer[]' => 'integer[]');

sub signature
{
	my ($key, @arguments) = @_;
	return $key . '(' . join(', ', map { $_->{type} } @arguments) . ')';
}

sub new_function
{
	my ($model, $fixed) = @_;
	my @arguments = $fixed->{arguments} ? @{ $fixed->{arguments} }
	  : map { new_argument($model, $_) } some(pick(0, 1, 1, 1, 2), @{ $names{argument} });
	my $key = $fixed->{key} // free_key($model, 'function', {}) or return;
	my $scope = { free => 1, columns => \@arguments };
	my $value;
	foreach (1 .. 5)
	{
		if (@arguments)
		{
			$value = chance(0.4) ? condition($model, $scope, stable => 1) : value_of($model, $scope, stable => 1);
			$value->{family} //= 'bool' if $value;
		}
		else
		{
			my $family = pick(qw(int text bool date));
			$value = default_of($model, $family);
			$value->{family} = $family if $value;
		}
		next if $value && grep { /^function \Q$key\E\(/ } @{ $value->{needs} };
		last if $value && $canonical{ $value->{family} };
	}
	return unless $value && $canonical{ $value->{family} };
	return if grep { /^function \Q$key\E\(/ } @{ $value->{needs} };
	return build_function($model, {
		key => $key, arguments => \@arguments, value => $value, returns => $value->{family},
		returns_sql => $canonical{ $value->{family} }, style => pick(qw(sql sql return atomic plpgsql plpgsql)), volatility => pick('IMMUTABLE', 'IMMUTABLE', 'IMMUTABLE', 'STABLE', 'VOLATILE'),
		options => join('', map { chance(0.12) ? " $_" : '' } 'STRICT', 'SECURITY DEFINER', 'LEAKPROOF', 'PARALLEL SAFE', 'COST 7', 'SET search_path = public', q{SET work_mem = '8MB'}),
	});
}

sub build_function
{
	my ($model, $piece) = @_;
	my ($key, $value, $style) = @$piece{qw(key value style)};
	my @arguments = @{ $piece->{arguments} };
	my $signature = signature($key, @arguments);
	my $result = "($value->{sql})::$piece->{returns_sql}";
	my $body = $style eq 'return' ? "RETURN $result"
	  : $style eq 'atomic' ? "BEGIN ATOMIC\n\tSELECT $result;\nEND"
	  : $style eq 'sql' ? "AS \$\$SELECT $result\$\$" : "AS \$\$BEGIN\n\tRETURN $result;\nEND\$\$";
	my $language = $style eq 'plpgsql' ? 'plpgsql' : 'sql';
	return $model->add({
		%$piece, id => "function $signature", kind => 'function', signature => $signature, phase => 5,
		needs => [ 'schema ' . schema_of($key), (map { @{ $_->{needs} } } @arguments), @{ $value->{needs} } ],
		gives => [ "function $signature $piece->{returns}", $piece->{volatility} eq 'IMMUTABLE' ? "function $signature $piece->{returns} immutable" : () ],
		claims => ["function $signature"], target => 'FUNCTION ' . target_of_routine($key, @arguments), grants => ['EXECUTE'],
		sql => 'CREATE FUNCTION ' . qualified($key) . '(' . join(', ', map { "$_->{name} $_->{type}" } @arguments) . ")\nRETURNS $piece->{returns_sql} LANGUAGE $language $piece->{volatility}$piece->{options}\n$body",
	});
}

sub target_of_routine
{
	my ($key, @arguments) = @_;
	return qualified($key) . '(' . join(', ', map { $_->{type} } @arguments) . ')';
}

sub change_function
{
	my ($model, $piece) = @_;
	my $way = rand;
	return new_function($model, $piece) if $way < 0.4;
	my %changed = (%$piece, set => undef);
	if ($way < 0.6) { $changed{volatility} = pick(qw(IMMUTABLE STABLE VOLATILE)) }
	elsif ($way < 0.75) { $changed{style} = pick(qw(sql return atomic plpgsql)) }
	elsif ($way < 0.85 && @{ $piece->{arguments} })
	{
		# Only the name of an argument: the body must not use it
		$changed{arguments} = [ map { +{ %$_, name => "$_->{name}x" } } @{ $piece->{arguments} } ];
		$changed{value} = { sql => 'NULL', needs => [] };
	}
	else { $changed{options} = pick('', ' STRICT', ' COST 50', ' SECURITY DEFINER PARALLEL RESTRICTED') }
	return build_function($model, \%changed);
}

# A routine that reads tables
sub new_reader
{
	my ($model, $fixed) = @_;
	my ($relation) = some(1, relations($model)) or return;
	my $key = $fixed->{key} // free_key($model, 'function', {}) or return;
	my $name = qualified($relation->{key});
	my @columns = $model->columns($relation->{key});
	my ($arguments, $sql, @needs, @gives, $returns) = ('', undef, "relation $relation->{key}");
	my $atomic = chance(0.6);
	my $body = sub { my ($query) = @_; return $atomic ? "BEGIN ATOMIC\n\t$query;\nEND" : "AS \$\$$query\$\$" };
	my $way = rand;
	my $kind = 'reader';
	my $word = 'FUNCTION';
	my $signature = "$key()";
	if ($way < 0.35)
	{
		# What a string names is not known to come before its use in a default, which may be called at once.
		$sql = '() RETURNS bigint LANGUAGE sql STABLE ' . $body->("SELECT count(*) FROM $name");
		@gives = ("reader $signature") if $atomic;
	}
	elsif ($way < 0.5)
	{
		# Parsed, it would be bound to the order of the columns in the table, which no plan changes.
		$sql = "() RETURNS SETOF $name LANGUAGE sql STABLE ROWS 10 AS \$\$SELECT * FROM $name\$\$";
	}
	elsif ($way < 0.65)
	{
		$signature = "$key($relation->{key})";
		$arguments = $name;
		$sql = "(r $name) RETURNS boolean LANGUAGE sql IMMUTABLE " . $body->('SELECT r IS NOT NULL');
		@gives = ("row function $relation->{key} $key");
	}
	elsif ($way < 0.8)
	{
		my $query = row_query($model, relations($model)) or return;
		return if grep { !$canonical{ $_->{family} } } @{ $query->{columns} };
		return if grep { /^function \Q$key\E\(/ } @{ $query->{needs} };
		push @needs, @{ $query->{needs} };
		my $number = 0;
		$sql = '() RETURNS TABLE (' . join(', ', map { 'o' . ++$number . " $canonical{ $_->{family} }" } @{ $query->{columns} })
		  . ') LANGUAGE sql STABLE ' . $body->('SELECT ' . join(', ', map { quoted($_->{name}) . "::$canonical{ $_->{family} }" } @{ $query->{columns} }) . " FROM ($query->{sql}) q");
	}
	elsif ($way < 0.9)
	{
		return unless $relation->{kind} eq 'table';
		($kind, $word) = ('procedure', 'PROCEDURE');
		push @needs, "table $relation->{key}";
		$sql = '() LANGUAGE sql ' . $body->("DELETE FROM $name");
	}
	else
	{
		($word, $arguments, $signature) = ('AGGREGATE', 'integer', "$key(integer)");
		$kind = 'aggregate';
		@needs = ();
		$sql = '(integer) (SFUNC = ' . pick('int4pl', 'int4larger', 'int4smaller') . ', STYPE = integer' . pick('', ", INITCOND = '0'") . ')';
	}
	return $model->add({
		id => "function $signature", kind => $kind, key => $key, phase => 30, needs => [ 'schema ' . schema_of($key), @needs ], gives => \@gives,
		claims => ["function $signature"], target => "$word " . qualified($key) . "($arguments)", grants => ['EXECUTE'],
		sql => "CREATE $word " . qualified($key) . $sql,
	});
}

sub new_trigger_function
{
	my ($model, $fixed) = @_;
	my $key = $fixed->{key} // free_key($model, 'function', {}) or return;
	my $body = pick('RETURN NEW;', 'RETURN NULL;', q{RAISE NOTICE 'x'; RETURN NEW;}, q{IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;});
	return $model->add({
		id => "function $key()", kind => 'trigger_function', key => $key, phase => 30, needs => ['schema ' . schema_of($key)], gives => ["trigger function $key"],
		claims => ["function $key()"], target => 'FUNCTION ' . qualified($key) . '()', grants => ['EXECUTE'],
		sql => 'CREATE FUNCTION ' . qualified($key) . "() RETURNS trigger LANGUAGE plpgsql AS \$\$BEGIN\n\t$body\nEND\$\$",
	});
}

# ---- Tables

sub new_column
{
	my ($model, $key, $name, $others, %options) = @_;
	my $type = $name eq 'id' && chance(0.85) ? random_type($model, family => 'int') : random_type($model, rows => 1, %options);
	$type = random_type($model, simple => 1) if grep { $_ eq "type $key" } @{ $type->{needs} };
	my $column = { %$type, name => $name };
	decorate_column($model, $key, $column, $others, %options);
	$column->{compression} = 'pglz' if is_family($model, $column->{family}, 'varlena') && chance(0.04);
	return $column;
}

sub decorate_column
{
	my ($model, $key, $column, $others, %options) = @_;
	delete @$column{qw(default generated identity serial)};
	my $way = rand;
	if ($way < 0.12 && $column->{family} eq 'int' && !$options{child})
	{
		$column->{not_null} = 1;
		if (chance(0.5))
		{
			$column->{serial} = { smallint => 'smallserial', integer => 'serial', bigint => 'bigserial' }->{ $column->{type} };
		}
		else
		{
			my $options = join ' ', map { chance(0.2) ? $_ : () } 'START WITH 100', 'INCREMENT BY 5', 'MINVALUE 3', 'MAXVALUE 30000', 'CACHE 3', 'CYCLE';
			$column->{identity} = pick('ALWAYS', 'BY DEFAULT') . ' AS IDENTITY' . ($options eq '' ? '' : " ($options)");
		}
		return;
	}
	if ($way < 0.22 && $others && @$others && !$options{child})
	{
		my $value = value_of($model, { key => $key, columns => [ grep { !$_->{generated} && $_->{name} ne $column->{name} } @$others ], settable => 1 }, family => $column->{family});
		if ($value)
		{
			$column->{generated} = $value;
			delete $column->{collation};
			return;
		}
	}
	$column->{default} = scalar default_of($model, $column->{family}) if $way < 0.5;
	delete $column->{default} unless $column->{default};
	$column->{not_null} = chance(0.3) ? 1 : 0;
	return;
}

sub new_table
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'table', $fixed, 'type', 'relation') or return;
	my $table = { key => $key, columns => [] };
	if (chance(0.15))
	{
		my @parents = some(chance(0.15) ? 2 : 1, grep { $_->{key} ne $key && !$_->{partition_by} && !$_->{partition_of} && !$_->{unlogged} } tables($model));
		my %is_below = map { $_ => 1 } $model->descendants($key);
		$table->{parents} = [ grep { !$is_below{$_} } map { $_->{key} } @parents ];
	}
	my %inherited = map { $_->{name} => $_ } map { $model->columns($_) } @{ $table->{parents} // [] };
	my %seen;
	foreach my $name (some($table->{parents} ? between(0, 3) : between(1, 7), grep { !$seen{$_}++ } @{ $names{column} }))
	{
		if (my $from = $inherited{$name})
		{
			next if $from->{generated};
			my $column = { map { $_ => $from->{$_} } grep { exists $from->{$_} } qw(name type family needs collation) };
			decorate_column($model, $key, $column, undef, child => 1);
			push @{ $table->{columns} }, $column;
			next;
		}
		push @{ $table->{columns} }, new_column($model, $key, $name, $table->{columns});
	}
	if (!$table->{parents} && chance(0.22))
	{
		$table->{partition_by} = scalar partitioning($model, @{ $table->{columns} });
	}
	elsif (!$table->{parents} && chance(0.05))
	{
		$table->{unlogged} = 1;
	}
	$table->{options} = pick('fillfactor=70', 'autovacuum_enabled=false', 'parallel_workers=2') if chance(0.12);
	my $added = build_table($model, $table) or return;
	if ($table->{partition_by})
	{
		new_partition($model, { parent => $key }) foreach 1 .. between(0, 3);
	}
	return $added;
}

sub build_table
{
	my ($model, $piece) = @_;
	my $key = $piece->{key};
	return $model->add({
		%$piece, id => "relation $key", kind => 'table', phase => 20,
		needs => [ 'schema ' . schema_of($key), @{ $piece->{bound_needs} // [] }, $piece->{partition_of} ? "partition key $piece->{partition_of} $piece->{bound_for}" : () ],
		claims => ["name relation $key", "name type $key", $piece->{partition_of} ? "bound $piece->{partition_of} $piece->{slot}" : ()],
		target => 'TABLE ' . qualified($key), grants => ['SELECT', 'INSERT, UPDATE', 'DELETE, TRUNCATE', 'ALL', 'REFERENCES', 'TRIGGER'],
	});
}

# How a table with these columns could be partitioned
sub partitioning
{
	my ($model, @columns) = @_;
	my ($column) = some(1, grep { !$_->{generated} && $_->{family} =~ /^(?:int|date|ts|text|bool|uuid|enum [^\[]*)$/ } @columns) or return;
	my $family = $column->{family};
	my $method = $family =~ /^(?:date|ts)$/ ? 'RANGE' : $family eq 'uuid' ? 'HASH' : $family =~ /^(?:bool|enum)/ ? 'LIST' : pick('RANGE', 'LIST', 'HASH');
	my $by = { method => $method, columns => [ $column->{name} ], families => [$family] };
	if ($family eq 'int' && $method eq 'RANGE' && chance(0.3))
	{
		my ($second) = some(1, grep { $_->{family} eq 'int' && !$_->{generated} && $_->{name} ne $column->{name} } @columns);
		if ($second && chance(0.5))
		{
			push @{ $by->{columns} }, $second->{name};
			push @{ $by->{families} }, 'int';
		}
		else
		{
			$by->{expression} = '(' . quoted($column->{name}) . ' % 1000)';
		}
	}
	return $by;
}

# The bounds that can be had at once: [ slot, bound, needs … ]
sub bounds
{
	my ($model, $by) = @_;
	my ($method, $family) = ($by->{method}, $by->{families}[0]);
	return map { [ $_, "FOR VALUES WITH (MODULUS 4, REMAINDER $_)" ] } 0 .. 3 if $method eq 'HASH';
	my @bounds;
	if ($method eq 'RANGE')
	{
		my @limits = $family eq 'int' ? (0, 100, 200, 300) : $family eq 'date' ? map { "'$_-01-01'" } 2020 .. 2023
		  : $family eq 'ts' ? map { "'$_-01-01 00:00'" } 2020 .. 2023 : map { "'$_'" } qw(a g m s);
		my $second = @{ $by->{columns} } > 1 ? ', 0' : '';
		@bounds = map { [ $_, "FOR VALUES FROM ($limits[$_]$second) TO (" . ($family eq 'int' && chance(0.3) ? $limits[$_] + 50 : $limits[ $_ + 1 ]) . "$second)" ] } 0 .. 2;
		push @bounds, [ 3, "FOR VALUES FROM ($limits[3]$second) TO (MAXVALUE" . ($second && ', MAXVALUE') . ')' ];
	}
	elsif ($family =~ /^enum (.*)/)
	{
		my $enum = $model->piece("type $1");
		@bounds = map { [ $_, 'FOR VALUES IN (' . literal($_) . ')', "value $1 $_" ] } @{ $enum ? $enum->{values} : [] };
	}
	else
	{
		my @lists = $family eq 'int' ? ('1, 2', '3', '4, 5, 6', 'NULL') : $family eq 'bool' ? ('true', 'false') : (q{'a', 'b'}, q{'c'}, q{'it''s'}, 'NULL');
		@bounds = map { [ $_, "FOR VALUES IN ($lists[$_])" ] } 0 .. $#lists;
	}
	return (@bounds, [ 'default', 'DEFAULT' ]);
}

sub new_partition
{
	my ($model, $fixed) = @_;
	my $parent = $fixed->{parent} ? $model->piece("relation $fixed->{parent}") : pick(grep { $_->{partition_by} } tables($model));
	return unless $parent && $parent->{partition_by};
	my $key = free_key($model, 'partition', $fixed, 'type', 'relation') or return;
	my ($bound) = some(1, grep { $model->is_free("bound $parent->{key} $_->[0]") } bounds($model, $parent->{partition_by})) or return;
	my ($slot, $sql, @needs) = @$bound;
	my $table = {
		key => $key, columns => [], partition_of => $parent->{key}, bound => $sql, slot => $slot, bound_needs => \@needs,
		bound_for => RandomModel::partition_key($parent), attached => chance(0.25),
	};
	foreach my $from ($model->columns($parent->{key}))
	{
		next if $from->{generated} || chance(0.85);
		my $column = { map { $_ => $from->{$_} } grep { exists $from->{$_} } qw(name type family needs collation) };
		decorate_column($model, $key, $column, undef, child => 1);
		push @{ $table->{columns} }, $column if $column->{default} || $column->{not_null};
	}
	$table->{partition_by} = scalar partitioning($model, $model->columns($parent->{key})) if chance(0.15);
	build_table($model, $table) or return;
	if ($table->{partition_by})
	{
		new_partition($model, { parent => $key }) foreach 1 .. between(0, 2);
	}
	return 1;
}

sub change_table
{
	my ($model, $piece) = @_;
	my %table = %$piece;
	my @columns = @{ $table{columns} };
	my $way = rand;
	my %has = map { $_->{name} => 1 } $model->columns($table{key});
	if ($way < 0.3 && !$table{partition_of})
	{
		my ($name) = some(1, grep { !$has{$_} } @{ $names{column} });
		push @columns, new_column($model, $table{key}, $name, \@columns) if defined $name;
	}
	elsif ($way < 0.4 && @columns)
	{
		splice @columns, int rand @columns, 1;
	}
	elsif ($way < 0.6 && @columns && !$table{partition_of})
	{
		my $at = int rand @columns;
		my $old = $columns[$at];
		# Often a type of the same family, so that what uses the column stays
		my $family = chance(0.6) && RandomExpression::families($old->{family}) ? $old->{family} : undef;
		my $type = random_type($model, $family ? (family => $family) : ());
		$type = random_type($model, simple => 1) if grep { $_ eq "type $table{key}" } @{ $type->{needs} };
		my $new = { %$old, collation => undef, compression => undef, %$type };
		delete @$new{qw(default generated identity serial)} if $new->{family} ne $old->{family} || ($old->{serial} && $old->{type} ne $new->{type});
		$columns[$at] = $new;
	}
	elsif ($way < 0.85 && @columns)
	{
		my $at = int rand @columns;
		my $new = { %{ $columns[$at] } };
		my $is_child = RandomModel::parents(\%table) && grep { $_->{name} eq $new->{name} && $_->{redeclared} } $model->columns($table{key});
		if (chance(0.4)) { $new->{not_null} = $new->{identity} || $new->{serial} || !$new->{not_null} ? 1 : 0 }
		else { decorate_column($model, $table{key}, $new, [@columns], $is_child ? (child => 1) : ()) }
		$columns[$at] = $new;
	}
	elsif ($way < 0.9 && !$table{partition_of})
	{
		if ($table{parents} && chance(0.5)) { delete $table{parents} }
		elsif (!$table{partition_by})
		{
			my %is_below = map { $_ => 1 } $model->descendants($table{key});
			my ($parent) = some(1, grep { $_->{key} ne $table{key} && !$is_below{ $_->{key} } && !$_->{partition_by} && !$_->{partition_of} } tables($model));
			$table{parents} = [ $parent->{key} ] if $parent;
		}
	}
	elsif ($way < 0.94 && !$table{partition_of} && !$table{parents})
	{
		$table{partition_by} = $table{partition_by} && chance(0.5) ? undef : scalar partitioning($model, @columns);
		delete $table{unlogged} if $table{partition_by};
	}
	elsif ($table{partition_of})
	{
		my $parent = $model->piece("relation $table{partition_of}");
		my ($bound) = some(1, bounds($model, $parent->{partition_by}));
		my @needs;
		(@table{qw(slot bound)}, @needs) = @$bound;
		$table{bound_needs} = \@needs;
	}
	elsif (!$table{partition_by} && chance(0.5)) { $table{unlogged} = $table{unlogged} ? undef : 1 }
	else { $table{options} = pick('fillfactor=50', 'autovacuum_enabled=false', undef) }
	return build_table($model, { %table, columns => \@columns });
}

# ---- Constraints

# A name for a constraint of a table: sometimes none, so that the server finds one
sub constraint_name
{
	my ($model, $fixed, $on, $is_index) = @_;
	return $fixed->{name} if $fixed->{on};
	return if chance(0.2);
	my @names = grep { $model->is_free("constraint $on $_", $is_index ? "name relation " . schema_of($on) . ".$_" : ()) } @{ $names{constraint} };
	return pick(@names);
}

# What all constraints have: id, claims, target
sub constraint
{
	my ($model, $fixed, $on, $name, $kind, $is_index) = @_;
	my $table = qualified($on);
	my $number = 1;
	$number++ while !defined $name && !$fixed->{id} && $model->piece("constraint $on #$number");
	return (
		id => $fixed->{id} // (defined $name ? "constraint $on $name" : "constraint $on #$number"), kind => $kind, on => $on, name => $name, phase => 40,
		claims => [ defined $name ? ("constraint $on $name", $is_index ? 'name relation ' . schema_of($on) . ".$name" : ()) : () ],
		target => defined $name ? 'CONSTRAINT ' . quoted($name) . " ON $table" : undef,
	);
}

sub add_constraint
{
	my ($on, $name, $definition) = @_;
	return 'ALTER TABLE ' . qualified($on) . ' ADD ' . (defined $name ? 'CONSTRAINT ' . quoted($name) . ' ' : '') . $definition;
}

sub new_check
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model)) // return)->{key};
	my $name = constraint_name($model, $fixed, $on);
	return if defined $name && !$fixed->{on} && grep { !$model->is_free("constraint $_ $name") } $model->descendants($on);
	my $condition = condition($model, scope_of($model, $on)) or return;
	my @needs = @{ $condition->{needs} };
	my ($reader) = some(1, $model->of_kind('reader'));
	my $whole_row = 0;
	if ($reader && chance(0.15) && (my ($row_function) = map { /^row function \Q$on\E (.*)/ } @{ $reader->{gives} }))
	{
		$condition = { sql => qualified($row_function) . '(' . quoted((split /\./, $on, 2)[1]) . '.*)' };
		@needs = ("row function $on $row_function");
		$whole_row = 1;
	}
	my $no_inherit = chance(0.1) && !$model->is_partitioned($on);
	my $suffix = ($no_inherit ? ' NO INHERIT' : '') . (chance(0.1) ? ' NOT VALID' : '');
	return $model->add({
		constraint($model, $fixed, $on, $name, 'check'), no_inherit => $no_inherit, whole_row => $whole_row,
		needs => [ $no_inherit ? "plain $on" : "table $on", @needs ], gives => defined $name ? ["constraint $on $name"] : [],
		sql => add_constraint($on, $name, "CHECK ($condition->{sql})$suffix"),
	});
}

sub new_key
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model)) // return)->{key};
	my $primary = $fixed->{on} ? $fixed->{primary} : $model->is_free("primary key $on") && chance(0.75);
	# The server cannot drop NOT NULL of a partitioned table while one of its partitions needs it.
	return if $primary && $model->piece("relation $on")->{partition_of};
	my $required = $model->partition_columns($on) or return;
	my @columns = @$required;
	my %has = map { $_ => 1 } @columns;
	if (!@columns || chance(0.3))
	{
		my @more = grep { !$has{ $_->{name} } } ordered_columns($model, $on);
		my ($id) = grep { $_->{name} eq 'id' } @more;
		push @columns, $id && chance(0.6) ? 'id' : map { $_->{name} } some(pick(1, 1, 1, 2), @more);
	}
	return unless @columns;
	my %is = map { $_->{name} => $_ } $model->columns($on);
	return if grep { !$is{$_} || !is_family($model, $is{$_}{family}, 'order') } @columns;
	my $name = constraint_name($model, $fixed, $on, 1);
	my $deferrable = chance(0.1) ? pick(' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED') : '';
	my $nulls = !$primary && chance(0.15) ? ' NULLS NOT DISTINCT' : '';
	my ($include) = chance(0.1) ? some(1, grep { !grep { $_ eq $is{$_}{name} } @columns } sort keys %is) : ();
	my $include_sql = defined $include ? ' INCLUDE (' . quoted($include) . ')' : '';
	my $with = chance(0.05) ? ' WITH (fillfactor=60)' : '';
	my $list = join ',', @columns;
	my %constraint = constraint($model, $fixed, $on, $name, 'key', 1);
	push @{ $constraint{claims} }, "primary key $on" if $primary;
	my $is_plain = !$deferrable;
	return $model->add({
		%constraint, unique => \@columns, primary => $primary, covers => join(',', sort @columns),
		needs => [ "table $on", (map { "typed $on $_ $is{$_}{family}" } @columns), defined $include ? "column $on $include" : () ],
		gives => [
			$is_plain ? "key $on $list" : (), $primary && $is_plain ? "primary key of $on $list" : (),
			defined $name && $primary && $is_plain ? ("replica index $on $name") : (), defined $name ? ("constraint $on $name", "clusterable $on $name") : (),
		],
		is_plain => $is_plain,
		sql => add_constraint($on, $name, ($primary ? 'PRIMARY KEY' : "UNIQUE$nulls") . ' (' . join(', ', map { quoted($_) } @columns) . ")$include_sql$with$deferrable"),
	});
}

sub new_foreign_key
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model)) // return)->{key};
	my @columns = grep { !$_->{generated} } $model->columns($on);
	foreach my $key (shuffled(grep { $_->{is_plain} } $model->of_kind('key')))
	{
		my %there = map { $_->{name} => $_->{family} } $model->columns($key->{on});
		my (@from, @needs);
		foreach my $name (@{ $key->{unique} })
		{
			my ($column) = some(1, grep { my $c = $_; $c->{family} eq $there{$name} && $c->{family} ne 'text[]' && !grep { $_ eq $c->{name} } @from } @columns) or last;
			push @from, $column->{name};
			push @needs, "typed $on $column->{name} $there{$name}", "settable $on $column->{name}", "typed $key->{on} $name $there{$name}";
		}
		next if @from < @{ $key->{unique} };
		my $is_partitioned = $model->is_partitioned($on);
		my $name = constraint_name($model, $fixed, $on);
		# To partitions, the server makes more of them, which take names of the kind that it generates.
		next if !defined $name && ($is_partitioned || $model->is_partitioned($key->{on}));
		my $actions = join '', map { chance(0.3) ? " $_ " . pick('CASCADE', 'SET NULL', 'RESTRICT', 'SET DEFAULT') : '' } 'ON DELETE', 'ON UPDATE';
		my $match = chance(0.08) ? ' MATCH FULL' : '';
		my $more = chance(0.15) ? pick(' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED', $is_partitioned ? '' : ' NOT VALID') : '';
		push @needs, "plain $on" if $more =~ /NOT VALID/;
		# A permanent table must not reference one that is not
		push @needs, "permanent $key->{on}";
		return $model->add({
			constraint($model, $fixed, $on, $name, 'foreign_key'), phase => 50, references => $key->{on},
			needs => [ "table $on", "key $key->{on} " . join(',', @{ $key->{unique} }), @needs ], gives => defined $name ? ["constraint $on $name"] : [],
			sql => add_constraint($on, $name, 'FOREIGN KEY (' . join(', ', map { quoted($_) } @from) . ') REFERENCES ' . qualified($key->{on})
				  . ' (' . join(', ', map { quoted($_) } @{ $key->{unique} }) . ")$match$actions$more"),
		});
	}
	return;
}

sub new_exclusion
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model)) // return)->{key};
	return if $model->is_partitioned($on);
	my ($column) = some(1, grep { is_family($model, $_->{family}, 'overlaps') || $_->{family} =~ /^(?:int|text)$/ } $model->columns($on)) or return;
	my ($method, $operator) = is_family($model, $column->{family}, 'overlaps') ? ('gist', '&&') : (pick('btree', 'hash'), '=');
	my $name = constraint_name($model, $fixed, $on, 1);
	my $where = chance(0.3) ? condition($model, scope_of($model, $on)) : undef;
	return $model->add({
		constraint($model, $fixed, $on, $name, 'exclusion', 1),
		needs => [ "plain $on", "typed $on $column->{name} $column->{family}", ($where ? @{ $where->{needs} } : ()) ], gives => defined $name ? ["constraint $on $name"] : [],
		sql => add_constraint($on, $name, "EXCLUDE USING $method (" . quoted($column->{name}) . " WITH $operator)" . ($where ? " WHERE ($where->{sql})" : '') . (chance(0.1) ? ' DEFERRABLE' : '')),
	});
}

# ---- Indexes, statistics

sub new_index
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model), tables($model), $model->of_kind('matview')) // return)->{key};
	my $relation = $model->piece("relation $on") or return;
	my @columns = $model->columns($on);
	my (@elements, @needs, @unique, $only_columns);
	my $method = 'btree';
	my $unique = chance(0.2);
	my $is_partitioned = $model->is_partitioned($on);
	my ($special) = some(1, grep { my $c = $_; grep { is_family($model, $c->{family}, $_) } qw(gin gist brin) } @columns);
	if ($special && chance(0.3))
	{
		$method = pick(grep { is_family($model, $special->{family}, $_) } qw(gin gist brin));
		$unique = 0;
		my $family = RandomExpression::families($special->{family});
		@elements = (quoted($special->{name}) . ($method eq 'gin' && $family->{gin_opclasses} && chance(0.4) ? ' ' . pick(@{ $family->{gin_opclasses} }) : ''));
		@needs = ("typed $on $special->{name} $special->{family}");
	}
	elsif (chance(0.06) && (my ($hashed) = some(1, grep { is_family($model, $_->{family}, 'hash') } @columns)))
	{
		$method = 'hash';
		$unique = 0;
		@elements = (quoted($hashed->{name}));
		@needs = ("typed $on $hashed->{name} $hashed->{family}");
	}
	else
	{
		$only_columns = 1;
		my @chosen = some(pick(1, 1, 1, 2, 2, 3), ordered_columns($model, $on));
		if ($unique && $is_partitioned)
		{
			my $required = $model->partition_columns($on) or return;
			my %is = map { $_->{name} => $_ } @columns;
			@chosen = grep { $_ } map { $is{$_} } @$required;
			return if grep { !is_family($model, $_->{family}, 'order') } @chosen;
		}
		foreach my $column (@chosen)
		{
			my $family = RandomExpression::families($column->{family});
			my $sql = quoted($column->{name});
			# The unique key of a partitioned table has to have the very equality that it is partitioned by
			my $is_free = !($unique && $is_partitioned);
			$sql .= ' COLLATE "POSIX"' if $is_free && $column->{family} eq 'text' && chance(0.08);
			$sql .= ' ' . pick(@{ $family->{opclasses} }) if $is_free && $family && $family->{opclasses} && chance(0.15);
			$sql .= pick('', '', '', ' DESC', ' DESC NULLS LAST', ' NULLS FIRST');
			push @elements, $sql;
			push @needs, "typed $on $column->{name} $column->{family}";
			push @unique, $column->{name};
		}
		if (!($unique && $is_partitioned) && chance(0.2) && (my $value = value_of($model, scope_of($model, $on))))
		{
			if (is_family($model, $value->{family}, 'order'))
			{
				push @elements, "($value->{sql})";
				push @needs, @{ $value->{needs} };
				$only_columns = 0;
			}
		}
	}
	return unless @elements;
	my $include = $method eq 'btree' && chance(0.1) ? pick(@columns) : undef;
	my $where = chance(0.15) ? condition($model, scope_of($model, $on)) : undef;
	push @needs, "column $on $include->{name}" if $include;
	push @needs, @{ $where->{needs} } if $where;
	my $with = chance(0.08) ? { btree => 'fillfactor=80', hash => 'fillfactor=60', gist => 'buffering=off', gin => 'fastupdate=off', brin => 'pages_per_range=16' }->{$method} : '';
	my $name = $fixed->{id} ? $fixed->{name} : chance(0.12) ? undef : pick(grep { $model->is_free('name relation ' . schema_of($on) . ".$_") } @{ $names{index} });
	my $key = defined $name ? schema_of($on) . ".$name" : undef;
	my $number = 1;
	$number++ while !defined $name && !$fixed->{id} && $model->piece("index $on #$number");
	my $is_clusterable = defined $name && $method eq 'btree' && !$where;
	return $model->add({
		id => $fixed->{id} // (defined $name ? "index $key" : "index $on #$number"), kind => 'index', on => $on, name => $name, phase => 41, key => $key,
		unique => $unique ? \@unique : undef, covers => join(',', (sort @unique), grep { /^\(/ } @elements), is_plain_equality => "@elements" !~ /COLLATE|_ops/,
		needs => [ ($relation->{kind} eq 'matview' ? "matview $on" : "table $on"), @needs ],
		gives => [ defined $name ? "index $key" : (), $is_clusterable ? "clusterable $on $name" : (), defined $name && $elements[-1] =~ /^\(/ ? "index expression $key " . @elements : () ],
		claims => [ defined $key ? "name relation $key" : () ], target => defined $key ? 'INDEX ' . qualified($key) : undef,
		sql => 'CREATE ' . ($unique ? 'UNIQUE ' : '') . 'INDEX ' . (defined $name ? quoted($name) . ' ' : '') . 'ON ' . qualified($on) . " USING $method (" . join(', ', @elements) . ')'
		  . ($include ? ' INCLUDE (' . quoted($include->{name}) . ')' : '') . ($unique && chance(0.1) ? ' NULLS NOT DISTINCT' : '') . ($with ? " WITH ($with)" : '')
		  . ($where ? " WHERE $where->{sql}" : ''),
	});
}

sub new_statistics
{
	my ($model, $fixed) = @_;
	my ($relation) = some(1, tables($model), $model->of_kind('matview')) or return;
	my $key = free_key($model, 'statistics', $fixed, 'statistics') or return;
	my @columns = some(between(2, 3), ordered_columns($model, $relation->{key}));
	return if @columns < 2;
	my @elements = map { quoted($_->{name}) } @columns;
	my @needs = map { "typed $relation->{key} $_->{name} $_->{family}" } @columns;
	if (chance(0.25) && (my $value = value_of($model, scope_of($model, $relation->{key}))))
	{
		if (is_family($model, $value->{family}, 'order'))
		{
			push @elements, "($value->{sql})";
			push @needs, @{ $value->{needs} };
		}
	}
	my $kinds = pick('', '', ' (ndistinct)', ' (dependencies, mcv)', ' (ndistinct, dependencies)');
	return $model->add({
		id => "statistics $key", kind => 'statistics', key => $key, phase => 42, needs => [ 'schema ' . schema_of($key), "relation $relation->{key}", @needs ],
		gives => ["statistics $key"], claims => ["name statistics $key"], target => 'STATISTICS ' . qualified($key),
		sql => 'CREATE STATISTICS ' . qualified($key) . "$kinds ON " . join(', ', @elements) . ' FROM ' . qualified($relation->{key}),
	});
}

# ---- Views

sub new_view
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'view', $fixed, 'type', 'relation') or return;
	my $query = view_query($model, $key) or return;
	my @options = map { chance(0.1) ? $_ : () } 'security_barrier', 'security_invoker=true';
	my $check = $query->{simple} && chance(0.15) ? pick(' WITH CHECK OPTION', ' WITH LOCAL CHECK OPTION') : '';
	return build_view($model, { key => $key, kind => 'view', query => $query, options => \@options, check => $check });
}

sub new_matview
{
	my ($model, $fixed) = @_;
	my $key = free_key($model, 'matview', $fixed, 'type', 'relation') or return;
	my $query = view_query($model, $key) or return;
	return build_view($model, { key => $key, kind => 'matview', query => $query, options => [ chance(0.1) ? 'fillfactor=70' : () ], check => '', empty => chance(0.3) });
}

# Over what does not need this view itself
sub view_query
{
	my ($model, $key) = @_;
	my $own = $model->piece("relation $key");
	my @relations = relations($model);
	@relations = grep { $_->{order} < $own->{order} } @relations if $own;
	my $query = row_query($model, @relations) or return;
	return unless @{ $query->{columns} };
	return $query;
}

sub build_view
{
	my ($model, $piece) = @_;
	my ($key, $kind, $query) = @$piece{qw(key kind query)};
	my @options = @{ $piece->{options} };
	my $word = $kind eq 'view' ? 'VIEW' : 'MATERIALIZED VIEW';
	return $model->add({
		%$piece, id => "relation $key", columns => $query->{columns}, phase => 60, needs => [ 'schema ' . schema_of($key), @{ $query->{needs} } ],
		claims => ["name relation $key", "name type $key"], target => "$word " . qualified($key), grants => ['SELECT', 'INSERT, UPDATE', 'ALL'],
		sql => "CREATE $word " . qualified($key) . (@options ? ' WITH (' . join(', ', @options) . ')' : '') . " AS\n$query->{sql}$piece->{check}" . ($piece->{empty} ? ' WITH NO DATA' : ''),
	});
}

sub change_view
{
	my ($model, $piece) = @_;
	my $way = rand;
	return $piece->{kind} eq 'view' ? new_view($model, $piece) : new_matview($model, $piece) if $way < 0.4;
	if ($way < 0.75)
	{
		my %query = %{ $piece->{query} };
		return if grep { $_->{name} eq 'extra' } @{ $query{columns} } or $query{sql} =~ /\bUNION\b/;
		$query{sql} =~ s/\nFROM/, 7 AS extra\nFROM/ or return;
		$query{columns} = [ @{ $query{columns} }, { name => 'extra', family => 'int' } ];
		return build_view($model, { %$piece, query => \%query });
	}
	return build_view($model, { %$piece, options => @{ $piece->{options} } ? [] : [ $piece->{kind} eq 'view' ? 'security_barrier' : 'fillfactor=50' ] });
}

# ---- What hangs on relations: triggers, policies, rules

sub new_trigger
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model), tables($model), $model->of_kind('view')) // return)->{key};
	my $relation = $model->piece("relation $on") or return;
	my ($function) = some(1, $model->of_kind('trigger_function')) or return;
	my $name = $fixed->{name} // pick(@{ $names{trigger} });
	return if !$fixed->{name} && grep { !$model->is_free("trigger $_ $name") } $on, $model->descendants($on, 1);
	my $is_view = $relation->{kind} eq 'view';
	my $kind = $is_view ? "view $on" : "table $on";
	my @needs = ($kind, "trigger function $function->{key}");
	my $row = $is_view || chance(0.65);
	my ($event, $extra, $constraint) = (pick('INSERT', 'UPDATE', 'DELETE', 'INSERT OR UPDATE', 'INSERT OR UPDATE OR DELETE'), '', '');
	my $timing = $is_view ? 'INSTEAD OF' : pick('BEFORE', 'AFTER');
	if ($event eq 'UPDATE' && !$is_view && chance(0.3) && (my ($column) = some(1, $model->columns($on))))
	{
		$event = 'UPDATE OF ' . quoted($column->{name});
		push @needs, "column $on $column->{name}";
	}
	elsif (!$row && $timing eq 'AFTER' && $event !~ /OR/ && chance(0.3))
	{
		$extra .= ' REFERENCING ' . ($event eq 'DELETE' ? 'OLD TABLE AS gone' : 'NEW TABLE AS come');
	}
	elsif ($row && $timing eq 'AFTER' && $relation->{kind} eq 'table' && !$relation->{partition_by} && chance(0.15))
	{
		$constraint = 'CONSTRAINT ';
		$extra .= pick(' DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED', ' NOT DEFERRABLE');
		push @needs, "plain $on";
	}
	$extra .= ' FOR EACH ' . ($row ? 'ROW' : 'STATEMENT');
	if ($row && !$is_view && $event =~ /^(?:INSERT|UPDATE|DELETE)$/ && chance(0.3)
		&& (my $when = condition($model, scope_of($model, $on, prefix => $event eq 'DELETE' ? 'OLD.' : 'NEW.', settable => 1))))
	{
		$extra .= " WHEN ($when->{sql})";
		push @needs, @{ $when->{needs} };
	}
	my $arguments = chance(0.2) ? q{'one', 'it''s two'} : '';
	return $model->add({
		id => "trigger $on $name", kind => 'trigger', on => $on, name => $name, phase => 70, needs => \@needs, gives => ["trigger $on $name"], claims => ["trigger $on $name"],
		target => 'TRIGGER ' . quoted($name) . ' ON ' . qualified($on), is_constraint => $constraint ne '',
		sql => "CREATE ${constraint}TRIGGER " . quoted($name) . " $timing $event ON " . qualified($on) . "$extra EXECUTE FUNCTION " . qualified($function->{key}) . "($arguments)",
	});
}

sub new_policy
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model)) // return)->{key};
	my $name = $fixed->{name} // pick(@{ $names{policy} });
	return if !$fixed->{name} && $model->piece("policy $on $name");
	my $condition = condition($model, scope_of($model, $on), stable => 1) or return;
	my @needs = ("table $on", @{ $condition->{needs} });
	my ($other) = some(1, tables($model));
	if (chance(0.15))
	{
		$condition->{sql} = "EXISTS (SELECT FROM " . qualified($other->{key}) . ") OR ($condition->{sql})";
		push @needs, "table $other->{key}";
	}
	my $command = pick('ALL', 'SELECT', 'INSERT', 'UPDATE', 'DELETE');
	my $using = $command eq 'INSERT' ? '' : " USING ($condition->{sql})";
	my $check = $command eq 'INSERT' ? " WITH CHECK ($condition->{sql})" : $command =~ /ALL|UPDATE/ && chance(0.4) ? ' WITH CHECK (true)' : '';
	return $model->add({
		id => "policy $on $name", kind => 'policy', on => $on, name => $name, phase => 71, needs => \@needs, target => 'POLICY ' . quoted($name) . ' ON ' . qualified($on),
		sql => 'CREATE POLICY ' . quoted($name) . ' ON ' . qualified($on) . (chance(0.25) ? ' AS RESTRICTIVE' : '') . " FOR $command TO " . pick('PUBLIC', 'alice', 'alice, bob', 'CURRENT_USER') . "$using$check",
	});
}

sub new_rule
{
	my ($model, $fixed) = @_;
	my $on = $fixed->{on} // (pick(tables($model), $model->of_kind('view')) // return)->{key};
	my $name = $fixed->{name} // pick(@{ $names{rule} });
	return if !$fixed->{name} && $model->piece("rule $on $name");
	my $event = pick('INSERT', 'UPDATE', 'DELETE');
	my $where = chance(0.4) ? condition($model, scope_of($model, $on, prefix => $event eq 'INSERT' ? 'NEW.' : 'OLD.'), stable => 1) : undef;
	my $action = pick('INSTEAD NOTHING', 'ALSO NOTHING', 'ALSO NOTIFY changed', 'INSTEAD SELECT 1');
	my @needs = ($where ? @{ $where->{needs} } : ());
	my ($other) = some(1, tables($model));
	if ($other && $other->{key} ne $on && chance(0.4))
	{
		$action = 'ALSO DELETE FROM ' . qualified($other->{key});
		push @needs, "table $other->{key}";
	}
	$action = 'INSTEAD NOTHING' if $where && $action =~ /NOTIFY/;
	return $model->add({
		id => "rule $on $name", kind => 'rule', on => $on, name => $name, phase => 72, needs => [ "relation $on", "no matview $on", @needs ], target => 'RULE ' . quoted($name) . ' ON ' . qualified($on),
		sql => 'CREATE RULE ' . quoted($name) . " AS ON $event TO " . qualified($on) . ($where ? " WHERE $where->{sql}" : '') . " DO $action",
	});
}

# ---- Settings of what there is

sub new_setting
{
	my ($model, $fixed) = @_;
	my $way = pick(qw(storage statistics options security security replica cluster default default trigger index view statistics_target));
	my $table = pick(tables($model)) or return;
	my $key = $table->{key};
	my $alter = 'ALTER TABLE ' . qualified($key);
	my ($column) = some(1, $model->columns($key));
	my %piece = (kind => 'setting', phase => 80);
	if ($way =~ /^(?:storage|statistics|options)$/ && $column)
	{
		return if $way eq 'storage' && !is_family($model, $column->{family}, 'varlena');
		my $what = $way eq 'storage' ? 'SET STORAGE ' . pick(qw(PLAIN EXTERNAL MAIN EXTENDED)) : $way eq 'statistics' ? 'SET STATISTICS ' . pick(0, 50, 1000) : 'SET (n_distinct=' . pick(5, '-0.5') . ')';
		return if $column->{family} eq 'num' && $way eq 'storage' && $what =~ /PLAIN/;
		return $model->add({ %piece, id => "setting $key $column->{name} $way", needs => [ "table $key", "typed $key $column->{name} $column->{family}" ], sql => "$alter ALTER COLUMN " . quoted($column->{name}) . " $what" });
	}
	if ($way eq 'security')
	{
		my $what = pick('ENABLE', 'ENABLE', 'FORCE');
		return $model->add({ %piece, id => "setting $key $what", needs => ["table $key"], sql => "$alter $what ROW LEVEL SECURITY" });
	}
	if ($way eq 'replica')
	{
		my ($index) = map { /^replica index \Q$key\E (.*)/ } map { @{ $_->{gives} // [] } } $model->of_kind('key');
		my $what = pick('FULL', 'NOTHING', defined $index ? ('USING INDEX ' . quoted($index)) x 2 : ());
		return $model->add({ %piece, id => "setting $key replica", needs => [ "plain $key", $what =~ /USING/ ? "replica index $key $index" : () ], sql => "$alter REPLICA IDENTITY $what" });
	}
	if ($way eq 'cluster')
	{
		my ($on, $index) = map { /^clusterable (\S+?\.\S+|.*) (\S+|An index|Con straint)$/ ? ($1, $2) : () } pick(map { grep { /^clusterable/ } @{ $_->{gives} // [] } } $model->of_kind('index', 'key')) // return;
		return unless defined $index;
		my $relation = $model->piece("relation $on") or return;
		my $word = $relation->{kind} eq 'matview' ? 'MATERIALIZED VIEW' : 'TABLE';
		return $model->add({ %piece, id => "setting $on cluster", needs => [ $word eq 'TABLE' ? "plain $on" : "matview $on", "clusterable $on $index" ], sql => "ALTER $word " . qualified($on) . ' CLUSTER ON ' . quoted($index) });
	}
	if ($way eq 'default')
	{
		# A default that reads a table, perhaps its own
		my ($reader) = some(1, map { /^reader (.*)\(\)/ } map { @{ $_->{gives} } } $model->of_kind('reader')) or return;
		my ($bare) = some(1, grep { $_->{family} eq 'int' && !$_->{default} && !$_->{generated} && !$_->{identity} && !$_->{serial} && !$_->{inherited} } $model->columns($key)) or return;
		return $model->add({ %piece, id => "setting $key $bare->{name} default", phase => 35, needs => [ "bare $key $bare->{name}", "typed $key $bare->{name} int", "reader $reader()" ], sql => "$alter ALTER COLUMN " . quoted($bare->{name}) . ' SET DEFAULT ' . qualified($reader) . '()' });
	}
	if ($way eq 'trigger')
	{
		my ($trigger) = some(1, grep { $_->{sql} !~ /INSTEAD OF/ } $model->of_kind('trigger')) or return;
		return $model->add({
			%piece, id => "setting $trigger->{id}", needs => [ "trigger $trigger->{on} $trigger->{name}", "table $trigger->{on}" ],
			sql => 'ALTER TABLE ' . qualified($trigger->{on}) . ' ' . pick('DISABLE TRIGGER ', 'ENABLE REPLICA TRIGGER ', 'ENABLE ALWAYS TRIGGER ') . quoted($trigger->{name}),
		});
	}
	if ($way eq 'index')
	{
		my ($index, $number) = map { /^index expression (.*) (\d+)$/ ? ($1, $2) : () } pick(map { grep { /^index expression/ } @{ $_->{gives} } } $model->of_kind('index')) // return;
		return $model->add({ %piece, id => "setting index $index", needs => ["index expression $index $number"], sql => 'ALTER INDEX ' . qualified($index) . " ALTER COLUMN $number SET STATISTICS 200" });
	}
	if ($way eq 'statistics_target')
	{
		my ($statistics) = some(1, $model->of_kind('statistics')) or return;
		return $model->add({ %piece, id => "setting $statistics->{id}", needs => ["statistics $statistics->{key}"], sql => 'ALTER STATISTICS ' . qualified($statistics->{key}) . ' SET STATISTICS ' . pick(0, 100) });
	}
	my ($view) = some(1, $model->of_kind('view')) or return;
	my ($of) = some(1, grep { $_->{family} =~ /^(?:int|text)$/ } @{ $view->{columns} }) or return;
	return $model->add({
		%piece, id => "setting $view->{key} $of->{name} default", needs => [ "view $view->{key}", "typed $view->{key} $of->{name} $of->{family}" ],
		sql => 'ALTER VIEW ' . qualified($view->{key}) . ' ALTER COLUMN ' . quoted($of->{name}) . ' SET DEFAULT ' . ($of->{family} eq 'int' ? pick(1, 2) : q{'v'}),
	});
}

# ---- Comments, grants, owners

sub new_comment
{
	my ($model, $fixed) = @_;
	my ($target, @needs) = $fixed->{comment} ? @{ $fixed->{comment} } : ();
	if (!$target && chance(0.4))
	{
		my ($relation) = some(1, relations($model)) or return;
		my ($column) = some(1, $model->columns($relation->{key})) or return;
		($target, @needs) = ('COLUMN ' . qualified($relation->{key}) . '.' . quoted($column->{name}), "column $relation->{key} $column->{name}");
	}
	elsif (!$target)
	{
		my ($piece) = some(1, grep { $_->{target} } $model->of_kind) or return;
		($target, @needs) = ($piece->{target}, "object $piece->{target}");
		if ($piece->{parts} && @{ $piece->{parts} } && chance(0.5))
		{
			my $part = pick(@{ $piece->{parts} });
			($target, @needs) = ($part, "object $part");
		}
	}
	return $model->add({ id => "comment $target", kind => 'comment', comment => [ $target, @needs ], phase => 90, needs => \@needs, sql => "COMMENT ON $target IS " . pick("'a comment'", "'another one'", "E'it''s\\non two lines'", "'Ünï \$\$ ; --'") });
}

sub new_grant
{
	my ($model, $fixed) = @_;
	my ($piece) = some(1, grep { $_->{grants} } $model->of_kind) or return;
	my ($word, $name) = $piece->{target} =~ /^(MATERIALIZED VIEW|\w+) (.*)/s;
	my $privileges = pick(@{ $piece->{grants} });
	my @needs = ("object $piece->{target}");
	$word = 'TABLE' if $word =~ /VIEW/;
	$word = 'FUNCTION' if $word eq 'AGGREGATE';
	if ($word eq 'TABLE' && chance(0.3) && (my ($column) = some(1, $model->columns($piece->{key}))))
	{
		$privileges = pick('SELECT', 'UPDATE', 'INSERT', 'REFERENCES') . ' (' . quoted($column->{name}) . ')';
		push @needs, "column $piece->{key} $column->{name}";
	}
	my $role = pick(@roles, 'PUBLIC');
	if ($word =~ /^(?:FUNCTION|PROCEDURE|TYPE|DOMAIN)$/ && chance(0.3))
	{
		return $model->add({ id => "grant $piece->{target} PUBLIC", kind => 'grant', phase => 96, needs => \@needs, sql => "REVOKE ALL ON $word $name FROM PUBLIC" });
	}
	return $model->add({
		id => "grant $piece->{target} $role", kind => 'grant', phase => 96, needs => \@needs,
		sql => "GRANT $privileges ON $word $name TO $role" . ($role ne 'PUBLIC' && chance(0.15) ? ' WITH GRANT OPTION' : ''),
	});
}

sub new_owner
{
	my ($model, $fixed) = @_;
	my ($piece) = some(1, grep { $_->{target} && ($_->{grants} || $_->{kind} eq 'statistics') && $_->{target} ne 'SCHEMA public' } $model->of_kind) or return;
	my $role = pick(@roles);
	# It is filled with the rights of its owner, who may not be allowed to read what it reads: no dump can be restored then.
	return if $piece->{target} =~ /^MATERIALIZED VIEW/;
	return $model->add({ id => "owner $piece->{target}", kind => 'owner', phase => 95, claims => ["owner $piece->{target}"], needs => ["object $piece->{target}"], sql => "ALTER $piece->{target} OWNER TO $role" });
}

# ---- The whole

my %new = (
	schema => \&new_schema, enum => \&new_enum, composite => \&new_composite, domain => \&new_domain, sequence => \&new_sequence, ownership => \&new_ownership,
	function => \&new_function, reader => \&new_reader, trigger_function => \&new_trigger_function, table => \&new_table, partition => \&new_partition,
	check => \&new_check, key => \&new_key, foreign_key => \&new_foreign_key, exclusion => \&new_exclusion, index => \&new_index, statistics => \&new_statistics,
	view => \&new_view, matview => \&new_matview, trigger => \&new_trigger, policy => \&new_policy, rule => \&new_rule, setting => \&new_setting,
	comment => \&new_comment, grant => \&new_grant, owner => \&new_owner,
);
my %change = (
	enum => \&change_enum, composite => \&change_composite, domain => \&change_domain, sequence => \&build_sequence, function => \&change_function,
	table => \&change_table, view => \&change_view, matview => \&change_view,
	map { $_ => $new{$_} } qw(check key foreign_key exclusion index statistics trigger policy rule comment trigger_function),
);
# How many of each: at least, at most, for each table instead of for the schema
my @amounts = (
	[ schema => 0, 2 ], [ enum => 0, 3 ], [ domain => 0, 2 ], [ composite => 0, 2 ], [ domain => 0, 1 ], [ sequence => 0, 2 ], [ function => 0, 5 ],
	[ table => 2, 6 ], [ partition => 0, 2 ], [ reader => 0, 3 ], [ trigger_function => 0, 2 ], [ key => 0, 2, 1 ], [ check => 0, 2, 1 ], [ exclusion => 0, 1 ],
	[ view => 0, 4 ], [ matview => 0, 2 ], [ reader => 0, 1 ], [ view => 0, 1 ], [ index => 0, 3, 1 ], [ foreign_key => 0, 1, 1 ], [ statistics => 0, 2 ], [ trigger => 0, 3 ], [ policy => 0, 2 ],
	[ rule => 0, 1 ], [ ownership => 0, 1 ], [ setting => 0, 2, 1 ], [ comment => 0, 2, 1 ], [ grant => 0, 1, 1 ], [ owner => 0, 1, 1 ],
);

sub generate
{
	my $model = RandomModel->new;
	new_schema($model, { name => 'public' });
	my $large = chance(0.1);
	foreach my $amount (@amounts)
	{
		my ($kind, $least, $most, $per_table) = @$amount;
		my $count = $per_table ? 0 : between($least, $most);
		$count += between($least, $most) foreach $per_table ? tables($model) : ();
		$count *= 2 if $large;
		$new{$kind}->($model, {}) foreach 1 .. $count;
	}
	return $model->repair;
}

my @additions = (
	qw(schema enum composite domain sequence ownership function reader trigger_function table table partition partition check check key foreign_key foreign_key exclusion),
	qw(index index index statistics view view matview trigger policy rule setting setting comment comment grant grant owner),
);

# A copy with some changes
sub mutate
{
	my ($original) = @_;
	my $model = $original->copy;
	my $changes = pick(between(1, 2), between(1, 4), between(3, 10), between(10, 30));
	foreach (1 .. $changes)
	{
		my $way = rand;
		my $kind = pick(sort keys %change);
		my $piece = $way < 0.35 ? pick(tables($model)) : $way < 0.7 ? pick($model->of_kind($kind)) : undef;
		if ($way >= 0.9)
		{
			my $victim = pick(grep { $_->{id} ne 'schema public' } $model->of_kind);
			$model->remove($victim->{id}) if $victim;
		}
		elsif ($piece) { $change{ $piece->{kind} }->($model, $piece) }
		else { $new{ pick(@additions) }->($model, {}) }
		$model->repair_needs;
	}
	return $model->repair;
}

1;
