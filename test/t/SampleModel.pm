# The model of the sample application, taken apart into its statements, and random edits of it as a team
# would make them over the years. Chance decides all of it (see Chance.pm): the same seed gives the same edits.
#
#   my $model = SampleModel->new("$root/demo/model");
#   my $what = $model->edit;       # 'add_column posts.x_1, change_view popular_posts'
#   my %parts = $model->parts;     # name => SQL
#
# What is added has a name that nothing else has, x_1, x_2, …: what is dropped takes along whatever names it.

package SampleModel;

use strict;
use warnings;

use Chance;

my @part_names = qw(types tables views functions grants);

sub new
{
	my ($class, $folder) = @_;
	my $self = bless { pieces => [], count => 0, waiting => [] }, $class;
	foreach my $part (@part_names)
	{
		next unless -e "$folder/$part.sql";
		open my $file, '<', "$folder/$part.sql" or die "$part: $!";
		my $text = do { local $/; <$file> };
		$text =~ s/^--.*\n//mg;
		while ($text =~ /\G\s*(CREATE (?:FUNCTION|PROCEDURE) .*?(?:^\$\$|^END|^RETURN [^;]*)|[^;\s][^;]*);\n/msgc)
		{
			push @{ $self->{pieces} }, _piece($part, $1);
		}
		die "$part: " . substr $text, pos $text if $text =~ /\G\s*\S/gc;
	}
	# Once a model says who may do what, it says it of everything; so it has to from the beginning.
	$self->_add('grants', "GRANT SELECT ON published_posts TO reader");
	return $self;
}

# The SQL of each part by its name
sub parts
{
	my ($self) = @_;
	my %parts = map { $_ => '' } @part_names;
	$parts{ $_->{part} } .= _sql($_) . ";\n\n" foreach @{ $self->{pieces} };
	return %parts;
}

# The names of the tables that have been added
sub added_tables
{
	my ($self) = @_;
	return grep { /^x_/ } map { $_->{name} } $self->_of('table');
}

# ---- Statements

# A table knows its columns and constraints, an enum its values; the others are texts.
sub _piece
{
	my ($part, $text) = @_;
	my $piece = { part => $part, text => $text };
	if ($text =~ /^CREATE TABLE (\w+) \(\n(.*)\n\)(.*)\z/s)
	{
		my ($name, $lines, $end) = ($1, $2, $3);
		return { part => $part, kind => 'table', name => $name, end => $end,
			lines => [ map { _line(s/^\s+//r) } split /,\n/, $lines ] };
	}
	if ($text =~ /^CREATE TYPE (\w+) AS ENUM \((.*)\)\z/s)
	{
		return { part => $part, kind => 'enum', name => $1, values => [ split /, /, $2 ] };
	}
	($piece->{kind}, $piece->{name}) = ('partition', $1) if $text =~ /^CREATE TABLE (\w+) PARTITION OF/;
	($piece->{kind}, $piece->{name}) = (lc $1, $2)
	  if $text =~ /^CREATE (?:UNIQUE |MATERIALIZED )?(INDEX|VIEW|FUNCTION|PROCEDURE|TRIGGER|POLICY|DOMAIN|SEQUENCE|STATISTICS) (\w+)/;
	($piece->{kind}, $piece->{name}) = ('comment', $1) if $text =~ /^COMMENT ON (.*?) IS /;
	($piece->{kind}, $piece->{name}) = ('grant', $1) if $text =~ /^(GRANT .*)/;
	($piece->{kind}, $piece->{name}) = ('alter', $1) if $text =~ /^(ALTER TABLE .*)/;
	die "what is this? $text" unless $piece->{kind};
	$piece->{table} = $1 if $piece->{kind} =~ /index|trigger|policy/ && $text =~ / ON (\w+)/;
	return $piece;
}

sub _line
{
	my ($text) = @_;
	return { text => $text } if $text =~ /^(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\b/;
	my ($name, $type, $rest) = $text =~ /^(\w+)\s+(\S+)\s*(.*)\z/s;
	# No row of it is NULL.
	my $is_full = $rest =~ /NOT NULL|PRIMARY KEY/;
	return { column => $name, type => $type, rest => $rest, full => $is_full };
}

sub _sql
{
	my ($piece) = @_;
	if ($piece->{kind} eq 'table')
	{
		my @lines = map { $_->{column} ? "$_->{column} $_->{type} $_->{rest}" =~ s/ +\z//r : $_->{text} } @{ $piece->{lines} };
		return "CREATE TABLE $piece->{name} (\n    " . join(",\n    ", @lines) . "\n)$piece->{end}";
	}
	return "CREATE TYPE $piece->{name} AS ENUM (" . join(', ', @{ $piece->{values} }) . ')' if $piece->{kind} eq 'enum';
	return $piece->{text};
}

sub _add
{
	my ($self, $part, $text) = @_;
	my $piece = _piece($part, $text);
	push @{ $self->{pieces} }, $piece;
	return $piece;
}

sub _of
{
	my ($self, @kinds) = @_;
	my %wanted = map { $_ => 1 } @kinds;
	return grep { $wanted{ $_->{kind} } } @{ $self->{pieces} };
}

sub _named
{
	my ($self, $name) = @_;
	my ($found) = grep { $_->{name} eq $name } @{ $self->{pieces} };
	return $found;
}

sub _new_name
{
	my ($self) = @_;
	return 'x_' . ++$self->{count};
}

# Drops what has the name or the one of a column (as table.column), and all that cannot be without.
sub _drop
{
	my ($self, $name) = @_;
	my @dropped = ($name);
	while (defined(my $next = shift @dropped))
	{
		my @kept;
		foreach my $piece (@{ $self->{pieces} })
		{
			if ($piece->{kind} eq 'table' && $piece->{name} ne $next)
			{
				my @lines = grep { ($_->{column} ? "$_->{column} $_->{rest}" : $_->{text}) !~ /\b$next\b/ } @{ $piece->{lines} };
				my %stays = map { $_ => 1 } map { $_->{column} // () } @lines;
				push @dropped, grep { /^x_/ && !$stays{$_} && $_ ne $next } map { $_->{column} // () } @{ $piece->{lines} };
				$piece->{lines} = \@lines;
				push @kept, $piece;
			}
			elsif (_sql($piece) !~ /\b$next\b/)
			{
				push @kept, $piece;
			}
			elsif ($piece->{name} =~ /^\w+\z/ && $piece->{name} ne $next)
			{
				push @dropped, $piece->{name};
			}
		}
		$self->{pieces} = \@kept;
	}
	return;
}

# ---- What there is to be edited

sub _table
{
	my ($self) = @_;
	return pick($self->_of('table'));
}

# Columns for which the condition holds, as pairs of table and column
sub _column
{
	my ($self, $condition) = @_;
	my @found;
	foreach my $table ($self->_of('table'))
	{
		my ($primary_key) = map { $_->{text} // '' } grep { ($_->{text} // '') =~ /^PRIMARY KEY/ } @{ $table->{lines} };
		foreach my $column (grep { $_->{column} } @{ $table->{lines} })
		{
			next if ($primary_key // '') =~ /\b$column->{column}\b/ || $column->{rest} =~ /PRIMARY KEY/;
			local $_ = $column;
			push @found, [ $table, $column ] if $condition->($table, $column);
		}
	}
	return @found ? @{ pick(@found) } : ();
}

# One that every row has a number in
sub _key
{
	my ($table) = @_;
	return { post_tags => 'tag_id', page_views => 'views' }->{ $table->{name} } // 'id';
}

# What a unique constraint has to begin with
sub _unique_key
{
	my ($table) = @_;
	return { post_tags => 'post_id, tag_id', page_views => 'post_id, day' }->{ $table->{name} } // 'id';
}

my %defaults = (
	integer => [qw(0 7)],
	bigint => [qw(0 12345678901)],
	text => [q{''}, q{'active'}, q{'ACTIVE'}, q{'it''s'}],
	'varchar(20)' => [q{'a'}, q{'B'}],
	'numeric(10,2)' => [ '0', '1.50' ],
	timestamptz => [ 'now()', q{'2024-01-01 00:00:00+00'} ],
	date => [ 'CURRENT_DATE', q{'2024-02-29'} ],
	boolean => [qw(false true)],
	'text[]' => [ q{'{}'}, q{ARRAY['a', 'b']}, q{'{}'::text[]} ],
	jsonb => [ q{'{}'}, q{'{"a": [1, 2]}'} ],
	uuid => ['gen_random_uuid()'],
	interval => [ q{'1 day'}, q{'90 minutes'} ],
	user_role => [q{'reader'}],
	email_address => [q{'nobody@example.org'}],
);

# Into what a column of this type can be changed, with its default and the rows that it has
my %wider = (
	integer => [ 'bigint', 'numeric(10,2)', 'text' ],
	bigint => [ 'numeric(20,0)', 'text' ],
	text => ['varchar(5000)'],
	'varchar(20)' => [ 'varchar(100)', 'text' ],
	'varchar(100)' => [ 'varchar(120)', 'varchar(90)' ],
	'varchar(5000)' => ['text'],
	'numeric(10,2)' => [ 'numeric(12,4)', 'text' ],
	timestamptz => [ 'date', 'timestamp' ],
	date => ['timestamptz'],
	boolean => ['text'],
	'text[]' => ['varchar(30)[]'],
	jsonb => [ 'json', 'text' ],
	uuid => ['text'],
	interval => ['text'],
	user_role => ['text'],
	email_address => [ 'text', 'varchar(100)' ],
);

# ---- Edits: each says what it has done, or nothing where there was nothing for it

my %edits;

$edits{add_column} = sub {
	my ($self) = @_;
	my ($table, $name, $type) = ($self->_table, $self->_new_name, pick(sort keys %defaults));
	my $default = chance(0.6) ? 'DEFAULT ' . pick(@{ $defaults{$type} }) : '';
	my $not_null = $default && chance(0.6) ? ' NOT NULL' : '';
	my $at = chance(0.5) ? between(0, scalar @{ $table->{lines} }) : @{ $table->{lines} };
	splice @{ $table->{lines} }, $at, 0, { column => $name, type => $type, rest => "$default$not_null", full => $default ne '' };
	return "$table->{name}.$name $type $default$not_null";
};

$edits{add_reference} = sub {
	my ($self) = @_;
	my ($table, $name) = ($self->_table, $self->_new_name);
	my $on = pick('', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' ON UPDATE CASCADE', ' DEFERRABLE INITIALLY DEFERRED');
	push @{ $table->{lines} }, { column => $name, type => 'bigint', rest => 'REFERENCES ' . pick(qw(users posts comments)) . " (id)$on" };
	return "$table->{name}.$name$on";
};

$edits{add_generated} = sub {
	my ($self) = @_;
	my ($table, $name) = ($self->_table, $self->_new_name);
	my $expression = _key($table) . ' * ' . between(2, 9);
	push @{ $table->{lines} }, { column => $name, type => 'bigint', rest => "GENERATED ALWAYS AS ($expression) STORED", full => 1 };
	return "$table->{name}.$name $expression";
};

$edits{change_generated} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{rest} =~ /STORED/ && $_->{column} =~ /^x_/ }) or return;
	$column->{rest} =~ s/(?<=\* )\d+/between(10, 99)/e;
	return "$table->{name}.$column->{column}";
};

$edits{drop_column} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub {
		my ($table) = @_;
		"$table->{name}.$_->{column}" =~ /\.x_|^payments.paid_on$|^users.created_at$/ }) or return;
	if ($column->{column} =~ /^x_/)
	{
		$self->_drop($column->{column});
	}
	else
	{
		$self->_drop($_->{name}) foreach grep { $_->{text} =~ /\b$column->{column}\b/ && ($_->{table} // '') eq $table->{name} } $self->_of('index');
		$self->{pieces} = [ grep { _sql($_) !~ /\b$table->{name}\.$column->{column}\b/ } @{ $self->{pieces} } ];
		$table->{lines} = [ grep { ($_->{column} // $_->{text}) !~ /\b$column->{column}\b/ } @{ $table->{lines} } ];
	}
	return "$table->{name}.$column->{column}";
};

$edits{change_type} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub {
		my ($table) = @_;
		$wider{ $_->{type} } && $_->{rest} !~ /REFERENCES|GENERATED/
		  && ($_->{column} =~ /^x_/ || "$table->{name}.$_->{column}" =~ /^(?:users.given_name|comments.body|payments.amount_cents|plans.price_cents|tags.name)$/) }) or return;
	my $type = $column->{type};
	$column->{type} = pick(@{ $wider{$type} });
	# Not those of the other type
	$column->{rest} =~ s/::text\[\]//;
	return "$table->{name}.$column->{column} $type to $column->{type}";
};

$edits{change_default} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $defaults{ $_->{type} } && $_->{rest} !~ /GENERATED|REFERENCES/ }) or return;
	my $before = $column->{rest};
	$column->{rest} =~ s/DEFAULT (?:'(?:[^']|'')*'(?:::\S+)?|ARRAY\[.*?\]|\S+) *// or $before = '';
	# A column of every row may go on without.
	$column->{rest} = 'DEFAULT ' . pick(@{ $defaults{ $column->{type} } }) . " $column->{rest}" if $before eq '' || chance(0.7);
	return "$table->{name}.$column->{column} $column->{rest}";
};

$edits{set_not_null} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{full} && $_->{rest} !~ /NOT NULL|REFERENCES/ }) or return;
	$column->{rest} = "NOT NULL $column->{rest}";
	return "$table->{name}.$column->{column}";
};

$edits{drop_not_null} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{rest} =~ /NOT NULL/ }) or return;
	$column->{rest} =~ s/NOT NULL *//;
	return "$table->{name}.$column->{column}";
};

$edits{add_index} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{type} !~ /^(?:tsvector|daterange|json|jsonb|text\[\]|varchar\(30\)\[\])$/ }) or return;
	my ($name, $c, $key) = ($self->_new_name, $column->{column}, _unique_key($table));
	my $is_text = $column->{type} =~ /^(?:text|varchar)/;
	my $of = pick("($c)", "($c DESC NULLS LAST)", "($key, $c)", "($c) INCLUDE ($key)", "($c) WHERE $c IS NOT NULL",
		$is_text ? ("(lower($c))", "($c text_pattern_ops)", qq{($c COLLATE "C")}, "USING hash ($c)") : "((($c)::text))");
	$of = "($c, $key)" if $of =~ /::text/ && $column->{type} !~ /^(?:integer|bigint|numeric|uuid)/;
	my $unique = $of eq "($key, $c)" && chance(0.5) ? 'UNIQUE ' : '';
	$self->_add('tables', "CREATE ${unique}INDEX $name ON $table->{name} $of");
	return "$name $unique$table->{name} $of";
};

$edits{change_index} = sub {
	my ($self) = @_;
	my $index = pick(grep { $_->{text} =~ /^CREATE INDEX \w+ ON \w+ \([a-z]\w*\)$/ } $self->_of('index')) or return;
	$index->{text} =~ s/(\w+)\)$/$1 DESC) WITH (fillfactor = @{[between(50, 90)]})/;
	return $index->{text};
};

$edits{drop_index} = sub {
	my ($self) = @_;
	my $index = pick($self->_of('index')) or return;
	$self->_drop($index->{name});
	return $index->{name};
};

$edits{add_unique} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{type} !~ /^(?:tsvector|json)$/ }) or return;
	my $name = $self->_new_name;
	push @{ $table->{lines} }, { text => "CONSTRAINT $name UNIQUE (" . _unique_key($table) . ", $column->{column})"
		  . pick('', '', ' DEFERRABLE') };
	return "$table->{name} $table->{lines}[-1]{text}";
};

$edits{add_check} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { 1 }) or return;
	my ($name, $key) = ($self->_new_name, _key($table));
	my $condition = pick("$key > -1", "$column->{column} IS NULL OR $key > 0", "$key <> ALL (ARRAY[-1, -2])");
	push @{ $table->{lines} }, { text => "CONSTRAINT $name CHECK ($condition)" };
	return "$table->{name} $name $condition";
};

$edits{change_check} = sub {
	my ($self) = @_;
	my @checks;
	foreach my $table ($self->_of('table'))
	{
		push @checks, map { [ $table, $_ ] } grep { ($_->{text} // '') =~ /^CONSTRAINT \w+ CHECK/ } @{ $table->{lines} };
	}
	my ($table, $line) = @{ pick(@checks) // return };
	$line->{text} =~ s/CHECK \((.*)\)$/'CHECK ((' . $1 . ') OR ' . _key($table) . ' > ' . between(100, 999) . ')'/e;
	return "$table->{name} $line->{text}";
};

$edits{drop_constraint} = sub {
	my ($self) = @_;
	my @tables = grep { grep { ($_->{text} // '') =~ /^CONSTRAINT x_/ } @{ $_->{lines} } } $self->_of('table');
	my $table = pick(@tables) or return;
	my $line = pick(grep { ($_->{text} // '') =~ /^CONSTRAINT x_/ } @{ $table->{lines} });
	my ($name) = $line->{text} =~ /CONSTRAINT (\w+)/;
	$self->_drop($name);
	return "$table->{name} $name";
};

$edits{change_reference} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{rest} =~ /REFERENCES/ }) or return;
	my $old = $column->{rest};
	my @ways = ('', ' ON DELETE CASCADE', ' ON DELETE RESTRICT', ' ON UPDATE CASCADE', ' ON DELETE CASCADE ON UPDATE RESTRICT');
	push @ways, ' ON DELETE SET NULL' unless $old =~ /NOT NULL/;
	my $way = pick(grep { $old !~ /\(id\)\Q$_\E$/ } @ways);
	$column->{rest} =~ s/(\(id\)).*/$1$way/;
	return "$table->{name}.$column->{column}$way";
};

$edits{change_identity} = sub {
	my ($self) = @_;
	my @tables = grep { $_->{lines}[0]{rest} && $_->{lines}[0]{rest} =~ /IDENTITY/ } $self->_of('table');
	my $table = pick(@tables) or return;
	my $old = $table->{lines}[0]{rest};
	do
	{
		$table->{lines}[0]{rest} = 'GENERATED ' . pick('ALWAYS', 'BY DEFAULT') . ' AS IDENTITY'
		  . pick('', ' (INCREMENT BY 5)', ' (CACHE 20)', ' (MAXVALUE 100000 CYCLE)') . ' PRIMARY KEY';
	} while $table->{lines}[0]{rest} eq $old;
	return "$table->{name} $table->{lines}[0]{rest}";
};

$edits{add_enum_value} = sub {
	my ($self) = @_;
	my $enum = pick($self->_of('enum'));
	my $value = pick("'" . $self->_new_name . "'", "'It''s " . $self->_new_name . "'");
	splice @{ $enum->{values} }, between(0, scalar @{ $enum->{values} }), 0, $value;
	return "$enum->{name} " . join ', ', @{ $enum->{values} };
};

$edits{drop_enum_value} = sub {
	my ($self) = @_;
	my $enum = pick(grep { grep { /x_/ } @{ $_->{values} } } $self->_of('enum')) or return;
	my $value = pick(grep { /x_/ } @{ $enum->{values} });
	$enum->{values} = [ grep { $_ ne $value } @{ $enum->{values} } ];
	return "$enum->{name} $value";
};

$edits{add_enum} = sub {
	my ($self) = @_;
	my $enum = $self->_add('types', 'CREATE TYPE ' . $self->_new_name . " AS ENUM ('a', 'B', 'c c')");
	push @{ $self->_table->{lines} },
	  { column => $self->_new_name, type => $enum->{name}, rest => q{DEFAULT 'B' NOT NULL}, full => 1 };
	return $enum->{name};
};

$edits{change_domain} = sub {
	my ($self) = @_;
	my $domain = pick($self->_of('domain')) or return;
	return "$domain->{text}" if $domain->{text} =~ s/\n    CONSTRAINT x_.*//;
	$domain->{text} .= "\n    CONSTRAINT " . $self->_new_name . ' CHECK (length(VALUE) < ' . between(100, 500) . ')';
	return $domain->{text};
};

$edits{change_view} = sub {
	my ($self) = @_;
	my ($view) = $self->_named('published_posts') // return;
	my $change = between(1, 4);
	if ($change == 1)
	{
		$view->{text} =~ s/\nFROM posts/",\n       length(posts.body) AS " . $self->_new_name . "\nFROM posts"/e;
	}
	elsif ($change == 2)
	{
		$view->{text} =~ s/(posts\.title,\n)/"$1       upper(posts.slug) AS " . $self->_new_name . ",\n"/e;
	}
	elsif ($change == 3)
	{
		$view->{text} =~ s/(WHERE posts\.status .*)/$1 AND posts.id <> @{[between(1000, 9999)]}/s;
	}
	elsif ($view->{text} !~ s/ WITH \(security_invoker = true\)//)
	{
		$view->{text} =~ s/ AS\n/ WITH (security_invoker = true) AS\n/;
	}
	return "published_posts, way $change";
};

$edits{change_upper_view} = sub {
	my ($self) = @_;
	my ($view) = $self->_named('popular_posts') // return;
	$view->{text} =~ s/(sum|max|min)\(page_views\.views\)/($1 eq 'sum' ? 'max' : $1 eq 'max' ? 'min' : 'sum') . '(page_views.views)'/e;
	return $view->{text} =~ /(\w+)\(page_views/ ? $1 : '';
};

$edits{change_materialized_view} = sub {
	my ($self) = @_;
	my ($view) = $self->_named('author_statistics') // return;
	$view->{text} =~ s/\nFROM posts/",\n       count(*) AS " . $self->_new_name . "\nFROM posts"/e;
	return $view->{name};
};

$edits{add_view} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { $_->{column} =~ /^(?:x_|body|name|amount_cents)/ }) or return;
	my $name = $self->_new_name;
	$self->_add('views', "CREATE VIEW $name AS\nSELECT " . _key($table) . ", $column->{column} FROM $table->{name}");
	return "$name of $table->{name}.$column->{column}";
};

$edits{change_function} = sub {
	my ($self) = @_;
	my $change = between(1, 4);
	my $function = $self->_named({ 1 => 'posts_set_search', 2 => 'current_user_id', 3 => 'search_posts', 4 => 'unpublish' }->{$change}) // return;
	$function->{text} =~ s/(?<=')(english|simple)(?=')/$1 eq 'english' ? 'simple' : 'english'/ge if $change == 1;
	$function->{text} =~ s/\b(STABLE|VOLATILE)\b/$1 eq 'STABLE' ? 'VOLATILE' : 'STABLE'/e if $change == 2;
	$function->{text} =~ s/(?<=DEFAULT )(\d+)/$1 + between(1, 50)/e if $change == 3;
	$function->{text} =~ s/(?=WHERE posts.slug = post_slug;\n)/", body = posts.body || '" . $self->_new_name . "'\n    "/e if $change == 4;
	return "$function->{name}";
};

$edits{add_function} = sub {
	my ($self) = @_;
	my $name = $self->_new_name;
	my ($arguments, $returns) = @{ pick([ 'a integer', 'bigint' ], [ 'a integer, b integer DEFAULT 3', 'bigint' ], [ '', 'integer' ]) };
	$self->_add('functions', "CREATE FUNCTION $name($arguments) RETURNS $returns\nLANGUAGE sql AS \$\$ SELECT "
		  . between(1, 99) . " \$\$");
	return "$name($arguments)";
};

$edits{change_added_function} = sub {
	my ($self) = @_;
	my $function = pick(grep { $_->{name} =~ /^x_/ && $_->{text} =~ /LANGUAGE sql/ } $self->_of('function')) or return;
	my $change = between(1, 3);
	$function->{text} =~ s/RETURNS (?:bigint|integer|numeric)/'RETURNS ' . ($function->{text} =~ m{RETURNS numeric} ? 'bigint' : 'numeric')/e if $change == 1;
	$function->{text} =~ s/SELECT \d+/'SELECT ' . between(100, 999)/e if $change == 2;
	$function->{text} =~ s/LANGUAGE sql (?:\w+ )*AS/'LANGUAGE sql ' . ($function->{text} =~ m{STRICT} ? 'IMMUTABLE AS' : 'STRICT COST 7 AS')/e if $change == 3;
	return "$function->{name}, way $change";
};

$edits{drop_added} = sub {
	my ($self) = @_;
	my $piece = pick(grep { $_->{name} =~ /^x_/ } $self->_of(qw(function view trigger policy sequence statistics partition))) or return;
	$self->_drop($piece->{name});
	return "$piece->{kind} $piece->{name}";
};

$edits{add_trigger} = sub {
	my ($self) = @_;
	my ($table, $name, $function) = ($self->_table, $self->_new_name, $self->_new_name);
	$self->_add('functions', "CREATE FUNCTION $function() RETURNS trigger\nLANGUAGE plpgsql AS \$\$\nBEGIN\n    RETURN NEW;\nEND;\n\$\$");
	my $when = pick('BEFORE INSERT', 'AFTER UPDATE', 'BEFORE UPDATE OR DELETE', 'AFTER INSERT OR UPDATE');
	$self->_add('tables', "CREATE TRIGGER $name\n    $when ON $table->{name}\n    FOR EACH " . pick(qw(ROW STATEMENT))
		  . " EXECUTE FUNCTION $function()");
	return "$name $when ON $table->{name}";
};

$edits{change_trigger} = sub {
	my ($self) = @_;
	my $trigger = pick(grep { $_->{text} =~ /    (?:BEFORE|AFTER) / } $self->_of('trigger')) or return;
	if ($trigger->{name} eq 'posts_set_search')
	{
		$trigger->{text} =~ s/ OF [\w, ]+ ON/pick(' OF title ON', ' OF body, slug ON', ' OF title, body, author_id ON')/e;
	}
	else
	{
		$trigger->{text} =~ s/    .* ON (\w+)/"    " . pick('AFTER INSERT', 'AFTER DELETE', 'BEFORE UPDATE') . " ON $1"/e;
	}
	return $trigger->{text} =~ /\n\s+(.*)/ ? "$trigger->{name} $1" : '';
};

$edits{comment} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { 1 });
	my $on = pick("TABLE $table->{name}", "COLUMN $table->{name}.$column->{column}", 'VIEW published_posts', 'TYPE user_role',
		'FUNCTION current_user_id()', 'CONSTRAINT posts_pkey ON posts', 'TRIGGER posts_set_search ON posts', 'POLICY posts_own ON posts',
		'DOMAIN email_address', map { "INDEX $_->{name}" } ($self->_of('index'))[0]);
	my $comment = $self->_named($on);
	if ($comment && chance(0.5))
	{
		$self->{pieces} = [ grep { $_ != $comment } @{ $self->{pieces} } ];
		return "on $on dropped";
	}
	$comment //= $self->_add('tables', "COMMENT ON $on IS ''");
	$comment->{text} = "COMMENT ON $on IS 'It''s number " . $self->_new_name . "'";
	return "on $on";
};

$edits{add_table} = sub {
	my ($self) = @_;
	my $name = $self->_new_name;
	my $table = $self->_add('tables', "CREATE TABLE $name (\n"
		  . '    id ' . pick('bigint GENERATED ALWAYS AS IDENTITY', 'integer GENERATED BY DEFAULT AS IDENTITY', 'serial') . " PRIMARY KEY,\n"
		  . '    ' . $self->_new_name . " bigint REFERENCES users (id) ON DELETE CASCADE,\n"
		  . '    ' . $self->_new_name . " text,\n    created_at timestamptz NOT NULL DEFAULT now()\n)");
	my ($reference) = $table->{lines}[1]{column};
	$self->_add('tables', 'CREATE INDEX ' . $self->_new_name . " ON $name ($reference)");
	return $name;
};

$edits{drop_table} = sub {
	my ($self) = @_;
	my $table = pick(grep { $_->{name} =~ /^(?:x_|payments)/ } $self->_of('table')) or return;
	$self->_drop($table->{name});
	return $table->{name};
};

$edits{add_sequence} = sub {
	my ($self) = @_;
	my $name = $self->_new_name;
	$self->_add('types', "CREATE SEQUENCE $name" . pick('', ' AS integer', ' AS smallint CYCLE') . pick('', ' INCREMENT BY 3 START WITH 10'));
	return $name;
};

$edits{change_sequence} = sub {
	my ($self) = @_;
	my $sequence = pick($self->_of('sequence')) or return;
	$sequence->{text} = "CREATE SEQUENCE $sequence->{name}" . pick(' CACHE ', ' INCREMENT BY ', ' MINVALUE 1 MAXVALUE ') . between(100, 9999);
	return $sequence->{text};
};

$edits{add_policy} = sub {
	my ($self) = @_;
	my ($table, $name) = ($self->_table, $self->_new_name);
	$self->_add('tables', "CREATE POLICY $name ON $table->{name}" . pick('', ' AS RESTRICTIVE') . pick(' FOR SELECT', ' FOR ALL')
		  . pick('', ' TO reader') . ' USING (' . _key($table) . ' > ' . between(0, 99) . ')');
	my $alter = "ALTER TABLE $table->{name} ENABLE ROW LEVEL SECURITY";
	$self->_add('tables', $alter) unless $self->_named($alter);
	return "$name ON $table->{name}";
};

$edits{change_policy} = sub {
	my ($self) = @_;
	my $policy = pick($self->_of('policy')) or return;
	$policy->{text} =~ s/USING \((.*?)\)(\n|\z)/'USING ((' . $1 . ') IS NOT ' . pick('FALSE', 'UNKNOWN') . ")$2"/e;
	$policy->{text} =~ s/ FOR SELECT/ FOR UPDATE/ if chance(0.3);
	return $policy->{name};
};

$edits{change_row_security} = sub {
	my ($self) = @_;
	my $alter = 'ALTER TABLE ' . $self->_table->{name} . ' FORCE ROW LEVEL SECURITY';
	my $present = $self->_named($alter);
	if ($present)
	{
		$self->{pieces} = [ grep { $_ != $present } @{ $self->{pieces} } ];
		return "not $alter";
	}
	$self->_add('tables', $alter);
	return $alter;
};

$edits{add_partition} = sub {
	my ($self) = @_;
	my $name = $self->_new_name;
	my $year = 3000 + $self->{count};
	$self->_add('tables', "CREATE TABLE $name PARTITION OF page_views\n    FOR VALUES FROM ('$year-01-01') TO ('$year-07-01')");
	return $name;
};

$edits{change_partition} = sub {
	my ($self) = @_;
	my $partition = pick(grep { $_->{name} =~ /^x_/ } $self->_of('partition')) or return;
	my $old = $partition->{text};
	$partition->{text} =~ s/\d\d-01'\)$/pick('07', '10', '12') . "-01')"/e while $partition->{text} eq $old;
	return $partition->{text};
};

$edits{add_grant} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { 1 });
	my $text = 'GRANT ' . pick('SELECT', 'INSERT, UPDATE', 'ALL', "UPDATE ($column->{column})") . " ON $table->{name} TO "
	  . pick('reader', 'reader WITH GRANT OPTION', 'PUBLIC');
	$text = pick('GRANT EXECUTE ON FUNCTION current_user_id() TO reader', 'GRANT USAGE ON TYPE user_role TO reader') if chance(0.2);
	return if $self->_named($text);
	$self->_add('grants', $text);
	return $text;
};

$edits{drop_grant} = sub {
	my ($self) = @_;
	my (undef, @grants) = $self->_of('grant');
	my $grant = pick(@grants) or return;
	$self->{pieces} = [ grep { $_ != $grant } @{ $self->{pieces} } ];
	return $grant->{text};
};

$edits{set_storage} = sub {
	my ($self) = @_;
	my ($table, $column) = $self->_column(sub { my ($table) = @_; $table->{end} eq '' }) or return;
	my $text = "ALTER TABLE $table->{name} " . pick('SET (fillfactor = ' . between(50, 99) . ')',
		'SET (autovacuum_vacuum_scale_factor = 0.0' . between(1, 9) . ')',
		"ALTER COLUMN $column->{column} SET STATISTICS " . between(101, 999));
	$self->_add('tables', $text);
	return $text;
};

$edits{add_statistics} = sub {
	my ($self) = @_;
	my $name = $self->_new_name;
	my $of = pick('author_id, status FROM posts', 'post_id, author_id FROM comments', 'plan_id, started_on FROM subscriptions');
	$self->_add('tables', "CREATE STATISTICS $name ON $of");
	return "$name ON $of";
};

# Every kind of edit in turn, in an order of chance; sometimes two or three at once. Returns what it was.
sub edit
{
	my ($self) = @_;
	my %before = $self->parts;
	my @done;
	my $wanted = chance(0.25) ? between(2, 3) : 1;
	for (my $tries = 0; @done < $wanted || $tries == 0; $tries++)
	{
		die 'no edit is possible' if $tries > 1000;
		$self->{waiting} = [ shuffled(sort keys %edits) ] unless @{ $self->{waiting} };
		my $kind = shift @{ $self->{waiting} };
		my $what = $edits{$kind}->($self);
		push @done, "$kind $what" if defined $what;
		my %after = $self->parts;
		pop @done if @done == 1 && $wanted == 1 && !grep { $before{$_} ne $after{$_} } keys %after;
	}
	return join '; ', map { s/\s+/ /gr } @done;
}

1;
