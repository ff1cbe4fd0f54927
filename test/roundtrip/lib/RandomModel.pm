# A schema as a bag of pieces: types, tables, constraints, comments, grants … Each piece says what it
# needs, what it gives to others, and what nobody else may have at the same time (its claims), all as
# plain strings:
#
#   schema S          type S.N           value S.N V         attribute S.N A FAMILY    domain S.N FAMILY
#   relation S.N      table S.N          plain S.N           view S.N   matview S.N    key S.N C,C
#   column S.N C      typed S.N C FAMILY settable S.N C      bare S.N C                function S.F(A) …
#
# So a piece can be taken away or changed without a thought: repair() takes away whatever does not fit
# any more, and in_order() finds the order in which all of it can be created.

package RandomModel;

use strict;
use warnings;

use Storable qw(dclone);

sub new
{
	my ($class) = @_;
	return bless { pieces => {}, claims => {}, count => 0 }, $class;
}

sub copy
{
	my ($self) = @_;
	return dclone($self);
}

# ---- Names

sub quoted
{
	my ($name) = @_;
	return $name =~ /^[a-z][a-z0-9_]*$/ && $name !~ /^(?:order|user|select|table)$/ ? $name : qq{"$name"};
}

# The name in SQL of "schema.name"
sub qualified
{
	my ($key) = @_;
	my ($schema, $name) = split /\./, $key, 2;
	return quoted($schema) . '.' . quoted($name);
}

# ---- Pieces

# A piece has: id, kind, phase (when to create it, if there is a choice), needs, gives, claims, sql.
# A table has columns, parents, partition_of and so on instead of sql: see table_sql().
# Without effect if its names are taken. One of the same id is replaced.
sub add
{
	my ($self, $piece) = @_;
	undef $self->{children};
	my $old = delete $self->{pieces}{ $piece->{id} };
	delete @{ $self->{claims} }{ @{ $old->{claims} // [] } } if $old;
	if (grep { $self->{claims}{$_} } @{ $piece->{claims} // [] })
	{
		$self->_keep($old) if $old;
		return;
	}
	$piece->{order} = $old ? $old->{order} : ++$self->{count};
	$self->_keep($piece);
	return $piece;
}

sub _keep
{
	my ($self, $piece) = @_;
	$self->{pieces}{ $piece->{id} } = $piece;
	$self->{claims}{$_} = $piece->{id} foreach @{ $piece->{claims} // [] };
	return;
}

sub remove
{
	my ($self, $id) = @_;
	undef $self->{children};
	my $piece = delete $self->{pieces}{$id} or return;
	delete @{ $self->{claims} }{ @{ $piece->{claims} // [] } };
	return;
}

sub piece
{
	my ($self, $id) = @_;
	return $self->{pieces}{$id};
}

# All of these kinds, in the order in which they came
sub of_kind
{
	my ($self, @kinds) = @_;
	my %wanted = map { $_ => 1 } @kinds;
	return sort { $a->{order} <=> $b->{order} } grep { !@kinds || $wanted{ $_->{kind} } } values %{ $self->{pieces} };
}

sub is_free
{
	my ($self, @claims) = @_;
	return !grep { $self->{claims}{$_} } @claims;
}

# ---- Tables and what they inherit

sub parents
{
	my ($table) = @_;
	return ($table->{partition_of} // (), @{ $table->{parents} // [] });
}

# Its children, and theirs
sub descendants
{
	my ($self, $key, $only_partitions) = @_;
	my $children = $self->{children} //= $self->_children;
	return map { ($_->{key}, $self->descendants($_->{key}, $only_partitions)) }
	  grep { !$only_partitions || $_->{partition_of} } @{ $children->{$key} // [] };
}

sub _children
{
	my ($self) = @_;
	my %children;
	foreach my $table ($self->of_kind('table'))
	{
		push @{ $children{$_} }, $table foreach parents($table);
	}
	return \%children;
}

# The columns of a table, with those of its parents: [ { name, type, family, … } … ]
sub columns
{
	my ($self, $key) = @_;
	my $relation = $self->piece("relation $key") or return;
	return @{ $relation->{columns} } if $relation->{kind} ne 'table';
	my (@columns, %place);
	foreach my $parent (parents($relation))
	{
		foreach my $column ($self->columns($parent))
		{
			next if exists $place{ $column->{name} };
			$place{ $column->{name} } = @columns;
			# Of a parent's column, a child has neither the identity nor the sequence
			push @columns, { %$column, inherited => 1, identity => undef };
		}
	}
	foreach my $column (@{ $relation->{columns} })
	{
		my $at = $place{ $column->{name} };
		if (defined $at)
		{
			my $merged = $columns[$at] = { %{ $columns[$at] } };
			$merged->{not_null} ||= $column->{not_null};
			$merged->{default} = $column->{default} if $column->{default};
			$merged->{redeclared} = 1;
		}
		else
		{
			push @columns, $column;
		}
	}
	return @columns;
}

# The columns that a unique key of a partitioned table must have: undef if there can be none
sub partition_columns
{
	my ($self, $key) = @_;
	my %columns;
	foreach my $table (map { $self->piece("relation $_") } $key, $self->descendants($key, 1))
	{
		my $by = $table->{partition_by} or next;
		return if $by->{expression};
		$columns{$_} = 1 foreach @{ $by->{columns} };
	}
	return [ sort keys %columns ];
}

sub is_partitioned
{
	my ($self, $key) = @_;
	my $table = $self->piece("relation $key");
	return $table && $table->{kind} eq 'table' && $table->{partition_by};
}

# What a relation gives to others, because of its kind and columns
sub relation_gives
{
	my ($self, $piece) = @_;
	my $key = $piece->{key};
	my @gives = ("relation $key", "type $key");
	push @gives, "$piece->{kind} $key" if $piece->{kind} ne 'table';
	push @gives, "no matview $key" if $piece->{kind} ne 'matview';
	if ($piece->{kind} eq 'table')
	{
		push @gives, "table $key", $piece->{partition_by} ? "partitioned $key" : "plain $key";
		push @gives, "single $key" unless $piece->{partition_by} || parents($piece);
		push @gives, "permanent $key" unless $piece->{unlogged};
		push @gives, "partition key $key " . partition_key($piece) if $piece->{partition_by};
	}
	foreach my $column ($self->columns($key))
	{
		push @gives, "column $key $column->{name}", "typed $key $column->{name} $column->{family}";
		next if $piece->{kind} eq 'view' || $column->{generated};
		push @gives, "settable $key $column->{name}";
		push @gives, "bare $key $column->{name}"
		  unless $column->{default} || $column->{identity} || $column->{serial} || $column->{inherited};
		push @gives, "identity $key $column->{name}" if $column->{identity};
	}
	return @gives;
}

sub partition_key
{
	my ($table) = @_;
	my $by = $table->{partition_by};
	return join ' ', $by->{method}, @{ $by->{families} };
}

# ---- Repair

# Takes away what does not fit together, until all of it does.
sub repair
{
	my ($self) = @_;
	do
	{
		$self->repair_needs;
	} while $self->_repair_cycles;
	return $self;
}

# The same, but for what needs itself: enough to go on with changes
sub repair_needs
{
	my ($self) = @_;
	1 while $self->_repair_once;
	return $self;
}

sub _repair_cycles
{
	my ($self) = @_;
	my ($ordered, $rest) = $self->_ordered;
	undef $self->{children};
	delete $self->{pieces}{ $_->{id} } foreach @$rest;
	return @$rest > 0;
}

sub _repair_once
{
	my ($self) = @_;
	my @pieces = $self->of_kind;
	my @tables = grep { $_->{kind} eq 'table' } @pieces;
	my %given = map { $_ => 1 } map { $self->gives($_) } grep { $_->{kind} ne 'table' } @pieces;
	my $changed = 0;
	$changed |= $self->_repair_table($_, \%given) foreach @tables;
	$given{$_} = 1 foreach map { $self->gives($_) } @tables;

	my %claims;
	foreach my $piece (@pieces)
	{
		my @claims = $self->all_claims($piece);
		if (!(grep { !$given{$_} } $self->needs($piece)) && !(grep { $claims{$_} } @claims) && $self->_fits($piece))
		{
			$claims{$_} = $piece->{id} foreach @claims;
			next;
		}
		undef $self->{children};
		delete $self->{pieces}{ $piece->{id} };
		$changed = 1;
	}
	$self->{claims} = \%claims;
	return $changed;
}

# What a piece gives; for a table that goes by what its parents have.
sub gives
{
	my ($self, $piece) = @_;
	return (
		@{ $piece->{gives} // [] }, $piece->{columns} ? $self->relation_gives($piece) : (),
		map { "object $_" } $piece->{target} // (), @{ $piece->{parts} // [] });
}

sub needs
{
	my ($self, $piece) = @_;
	my @needs = @{ $piece->{needs} // [] };
	if ($piece->{kind} eq 'table')
	{
		foreach my $column (@{ $piece->{columns} })
		{
			push @needs, @{ $column->{needs} // [] };
			# Those on its own columns have been looked at by _repair_table
			push @needs, grep { !/^\w+ \Q$piece->{key}\E / } @{ $column->{$_}{needs} // [] }
			  foreach grep { $column->{$_} } qw(default generated);
		}
		push @needs, map { "relation $_" } parents($piece);
	}
	return @needs;
}

# What is claimed in descendants too
sub all_claims
{
	my ($self, $piece) = @_;
	my @claims = @{ $piece->{claims} // [] };
	return @claims unless $piece->{on};
	push @claims, map { "constraint $_ $piece->{name}" } $self->descendants($piece->{on})
	  if $piece->{kind} eq 'check' && defined $piece->{name};
	push @claims, map { "constraint $_ $piece->{name}" } $self->descendants($piece->{on}, 1)
	  if $piece->{kind} eq 'foreign_key' && defined $piece->{name};
	push @claims, map { "primary key $_" } $self->descendants($piece->{on}, 1) if $piece->{primary};
	# Of two over the same columns, the server may take either for what a foreign key needs, or a partitioned index.
	push @claims, map { "index over $_ $piece->{covers}" } $piece->{on}, $self->descendants($piece->{on}, 1) if $piece->{covers};
	push @claims, map { "trigger $_ $piece->{name}" } $self->descendants($piece->{on}, 1)
	  if $piece->{kind} eq 'trigger';
	return @claims;
}

# What cannot be said as a need
sub _fits
{
	my ($self, $piece) = @_;
	if ($piece->{kind} eq 'table' && $piece->{partition_by})
	{
		my $by = $piece->{partition_by};
		my %column = map { $_->{name} => $_ } $self->columns($piece->{key});
		foreach my $i (0 .. $#{ $by->{columns} })
		{
			my $column = $column{ $by->{columns}[$i] };
			return if !$column || $column->{generated} || $column->{family} ne $by->{families}[$i];
		}
		return if @{ $piece->{parents} // [] } || $piece->{unlogged};
	}
	if ($piece->{kind} eq 'table')
	{
		foreach my $parent (map { $self->piece("relation $_") } parents($piece))
		{
			return if !$parent || $parent->{kind} ne 'table';
			next if $piece->{partition_of};
			# Nothing is inherited from partitioned tables or partitions, nor twice
			return if $parent->{partition_by} || $parent->{partition_of};
		}
		my %seen;
		foreach my $parent (parents($piece))
		{
			return if grep { $seen{ $_->{name} }++ } $self->columns($parent);
		}
	}
	if ($piece->{kind} eq 'matview' && !$piece->{empty})
	{
		return if grep { /^relation (.*)/ && !$self->_is_populated($1) } $self->needs($piece);
	}
	# The server does not find the row of a child
	return if $piece->{whole_row} && !$piece->{no_inherit} && $self->descendants($piece->{on});
	if ($piece->{references})
	{
		# Not between a table and its own partition
		return if grep { $_ eq $piece->{references} } $self->descendants($piece->{on}, 1);
		return if grep { $_ eq $piece->{on} } $self->descendants($piece->{references}, 1);
	}
	if ($piece->{unique} && $self->is_partitioned($piece->{on}))
	{
		return if $piece->{kind} eq 'index' && !$piece->{is_plain_equality};
		my $needed = $self->partition_columns($piece->{on}) or return;
		my %has = map { $_ => 1 } @{ $piece->{unique} };
		return if grep { !$has{$_} } @$needed;
	}
	return 1;
}

# Can it be read, or is there a materialized view without data below, or a view whose owner may not read the tables?
sub _is_populated
{
	my ($self, $key) = @_;
	my $relation = $self->piece("relation $key");
	return 1 if !$relation || $relation->{kind} eq 'table';
	return if $relation->{empty} || ($relation->{kind} eq 'view' && $self->piece("owner $relation->{target}"));
	return !grep { /^relation (.*)/ && !$self->_is_populated($1) } $self->needs($relation);
}

# Columns that have lost their type, and defaults that have lost what they use
sub _repair_table
{
	my ($self, $table, $given) = @_;
	my $changed = 0;
	my %inherited;
	foreach my $parent (parents($table))
	{
		$inherited{ $_->{name} } = $_ foreach $self->columns($parent);
	}
	my @columns;
	foreach my $column (@{ $table->{columns} })
	{
		my $from = $inherited{ $column->{name} };
		my $fits = !grep { /^type / && !$given->{$_} && !$self->piece('relation ' . substr $_, 5) } @{ $column->{needs} // [] };
		if ($from)
		{
			$fits &&= $from->{type} eq $column->{type} && ($from->{collation} // '') eq ($column->{collation} // '')
			  && !$from->{generated} && !$column->{generated} && !$column->{identity} && !$column->{serial};
		}
		elsif ($table->{partition_of})
		{
			$fits = 0;
		}
		if ($fits && $column->{default} && grep { !$given->{$_} } @{ $column->{default}{needs} // [] })
		{
			delete $column->{default};
			$changed = 1;
		}
		$fits ? push @columns, $column : ($changed = 1);
	}
	$table->{columns} = \@columns;

	my %own = map { $_ => 1 } $self->relation_gives($table);
	my @kept = grep { !$_->{generated} || !grep { !$own{$_} && !$given->{$_} } @{ $_->{generated}{needs} } } @columns;
	$changed = 1 if @kept < @columns;
	$table->{columns} = \@kept;
	return $changed;
}

# ---- The order of creation

# Two lists: the pieces in order, and those that nothing leads to
sub _ordered
{
	my ($self) = @_;
	my $number = 0;
	my %place = map { $_->{id} => $number++ } sort { $a->{phase} <=> $b->{phase} || $a->{order} <=> $b->{order} } values %{ $self->{pieces} };
	my (%given, %missing, %waiting, @ready, @ordered);
	foreach my $piece (values %{ $self->{pieces} })
	{
		my %needs = map { $_ => 1 } $self->needs($piece);
		$missing{ $piece->{id} } = keys %needs;
		push @{ $waiting{$_} }, $piece foreach keys %needs;
		$ready[ $place{ $piece->{id} } ] = $piece unless %needs;
	}
	# $ready[place] is set as soon as the piece has all that it needs
	my $at = 0;
	while ($at < @ready)
	{
		my $piece = $ready[$at];
		if (!$piece)
		{
			$at++;
			next;
		}
		undef $ready[$at];
		push @ordered, $piece;
		foreach my $give ($self->gives($piece))
		{
			next if $given{$give}++;
			foreach my $other (@{ $waiting{$give} // [] })
			{
				next if --$missing{ $other->{id} };
				my $place = $place{ $other->{id} };
				$ready[$place] = $other;
				$at = $place if $place < $at;
			}
		}
	}
	return (\@ordered, [ grep { $missing{ $_->{id} } } values %{ $self->{pieces} } ]);
}

# The whole, as statements
sub statements
{
	my ($self) = @_;
	my ($ordered) = $self->_ordered;
	return map { $_->{kind} eq 'table' ? $self->table_sql($_) : $_->{sql} // () } @$ordered;
}

sub table_sql
{
	my ($self, $table) = @_;
	my $name = qualified($table->{key});
	my $by = '';
	if (my $key = $table->{partition_by})
	{
		$by = " PARTITION BY $key->{method} (" . ($key->{expression} // join ', ', map { quoted($_) } @{ $key->{columns} }) . ')';
	}
	if (my $parent = $table->{partition_of})
	{
		if ($table->{attached})
		{
			my @columns = sort { $b->{name} cmp $a->{name} } $self->columns($table->{key});
			return ("CREATE TABLE $name (\n\t" . join(",\n\t", map { column_sql({ %$_, serial => undef }) } @columns) . "\n)$by",
				'ALTER TABLE ' . qualified($parent) . " ATTACH PARTITION $name $table->{bound}");
		}
		my @options = map { quoted($_->{name}) . ' WITH OPTIONS' . options_sql($_) } grep { options_sql($_) ne '' } @{ $table->{columns} };
		my $options = @options ? ' (' . join(', ', @options) . ')' : '';
		return "CREATE TABLE $name PARTITION OF " . qualified($parent) . "$options $table->{bound}$by";
	}
	my $unlogged = $table->{unlogged} ? 'UNLOGGED ' : '';
	my @parents = map { qualified($_) } @{ $table->{parents} // [] };
	my $sql = "CREATE ${unlogged}TABLE $name (" . join(',', map { "\n\t" . column_sql($_) } @{ $table->{columns} }) . "\n)";
	$sql .= ' INHERITS (' . join(', ', @parents) . ')' if @parents;
	$sql .= $by;
	$sql .= " WITH ($table->{options})" if $table->{options} && !$by;
	return $sql;
}

sub column_sql
{
	my ($column) = @_;
	my $type = $column->{serial} // $column->{type};
	my $sql = quoted($column->{name}) . " $type";
	$sql .= " COMPRESSION $column->{compression}" if $column->{compression};
	$sql .= qq{ COLLATE "$column->{collation}"} if $column->{collation};
	return $sql . options_sql($column);
}

sub options_sql
{
	my ($column) = @_;
	my $sql = '';
	$sql .= ' NOT NULL' if $column->{not_null};
	$sql .= " GENERATED $column->{identity}" if $column->{identity};
	$sql .= " DEFAULT $column->{default}{sql}" if $column->{default};
	$sql .= " GENERATED ALWAYS AS ($column->{generated}{sql}) STORED" if $column->{generated};
	return $sql;
}

1;
