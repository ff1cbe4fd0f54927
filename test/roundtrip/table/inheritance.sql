--- case: added and dropped, with several parents
--- a
CREATE TABLE old_parent (a int);
CREATE TABLE old_child (b int) INHERITS (old_parent);
--- b
CREATE TABLE named (id int NOT NULL, name text DEFAULT 'x' CHECK (name <> ''));
CREATE TABLE dated (day date);
CREATE TABLE event (place text) INHERITS (named, dated);
CREATE TABLE concert (id int NOT NULL, place text DEFAULT 'hall') INHERITS (event);

--- case: a column is added to the parent
--- a
CREATE TABLE parent (a int);
CREATE TABLE child (b int) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
--- b
CREATE TABLE parent (a int, c text DEFAULT 'x' NOT NULL);
CREATE TABLE child (b int) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
--- data
INSERT INTO child VALUES (1, 2);
INSERT INTO grandchild VALUES (3, 4);
--- keep
SELECT a, b FROM child ORDER BY a

--- case: a column is added to the parent that the child has already
--- a
CREATE TABLE parent (a int);
CREATE TABLE child (b int, c text) INHERITS (parent);
--- b
CREATE TABLE parent (a int, c text);
CREATE TABLE child (b int, c text) INHERITS (parent);
--- data
INSERT INTO child VALUES (1, 2, 'c');
--- keep
SELECT a, b, c FROM child

--- case: a column of the parent is dropped, of the child too
--- a
CREATE TABLE parent (a int, c text);
CREATE TABLE child (b int) INHERITS (parent);
--- b
CREATE TABLE parent (a int);
CREATE TABLE child (b int) INHERITS (parent);
--- data
INSERT INTO child VALUES (1, 'c', 2);
--- keep
SELECT a, b FROM child
--- destructive: yes

--- case: a column of the parent is dropped, and the child keeps it
--- a
CREATE TABLE parent (a int, c text);
CREATE TABLE child (b int) INHERITS (parent);
--- b
CREATE TABLE parent (a int);
CREATE TABLE child (b int, c text) INHERITS (parent);
--- data
INSERT INTO child VALUES (1, 'c', 2);
--- keep
SELECT a, b, c FROM child
--- one way
A column that is the child's own cannot become one that it has only from the parent.

--- case: the type, the default and null of an inherited column change
--- a
CREATE TABLE parent (a int, b int DEFAULT 1, c int);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE other_child (b int DEFAULT 5) INHERITS (parent);
--- b
CREATE TABLE parent (a bigint, b int DEFAULT 2, c int NOT NULL);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE other_child (b int DEFAULT 5) INHERITS (parent);
--- data
INSERT INTO child VALUES (1, 2, 3);
INSERT INTO other_child VALUES (4, 5, 6);
--- keep
SELECT * FROM parent ORDER BY a

--- case: only the child's column changes its default
--- a
CREATE TABLE parent (a int DEFAULT 1, b int);
CREATE TABLE child () INHERITS (parent);
--- b
CREATE TABLE parent (a int DEFAULT 1, b int);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child ALTER a SET DEFAULT 2, ALTER b SET NOT NULL;

--- case: begins and ceases to inherit
--- a
CREATE TABLE parent (a int, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE one (a int, b int, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE two (a int, b int, CONSTRAINT positive CHECK (a > 0)) INHERITS (parent);
--- b
CREATE TABLE parent (a int, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE one (a int, b int, CONSTRAINT positive CHECK (a > 0));
ALTER TABLE one INHERIT parent;
CREATE TABLE two (a int, b int, CONSTRAINT positive CHECK (a > 0));
--- data
INSERT INTO one VALUES (1, 2);
INSERT INTO two VALUES (3, 4);
--- keep
SELECT a, b FROM one UNION ALL SELECT a, b FROM two
--- destructive: no

--- case: ceases to inherit what it has only from the parent
--- a
CREATE TABLE parent (a int DEFAULT 1 NOT NULL, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE child (b int) INHERITS (parent);
--- b
CREATE TABLE parent (a int DEFAULT 1 NOT NULL, CONSTRAINT positive CHECK (a > 0));
CREATE TABLE child (a int DEFAULT 1 NOT NULL, b int, CONSTRAINT positive CHECK (a > 0));
--- data
INSERT INTO child VALUES (3, 4);
--- keep
SELECT a, b FROM child
--- one way
A column that is the child's own cannot become one that it has only from the parent.

--- case: another parent
--- a
CREATE TABLE one (a int);
CREATE TABLE two (a int, b int);
CREATE TABLE child (a int, b int, c int) INHERITS (one);
--- b
CREATE TABLE one (a int);
CREATE TABLE two (a int, b int);
CREATE TABLE child (a int, b int, c int) INHERITS (two);
--- data
INSERT INTO child VALUES (1, 2, 3);
--- keep
SELECT a, b, c FROM child

--- case: checks that are inherited, and that are not
--- a
CREATE TABLE parent (a int, b int, CONSTRAINT a_positive CHECK (a > 0), CONSTRAINT b_positive CHECK (b > 0) NO INHERIT);
CREATE TABLE child () INHERITS (parent);
--- b
CREATE TABLE parent (a int, b int, CONSTRAINT a_positive CHECK (a >= 0), CONSTRAINT b_positive CHECK (b > 0), CONSTRAINT sum CHECK (a + b < 100) NO INHERIT);
CREATE TABLE child () INHERITS (parent);
--- data
INSERT INTO child VALUES (1, 2);
--- keep
SELECT * FROM child

--- case: the parent is dropped, the child stays
--- a
CREATE TABLE parent (a int NOT NULL, CHECK (a > 0));
CREATE TABLE child (b int) INHERITS (parent);
--- b
CREATE TABLE child (a int NOT NULL, b int, CONSTRAINT parent_a_check CHECK (a > 0));
--- data
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (2, 3);
--- keep
SELECT a, b FROM child
--- one way
A column that is the child's own cannot become one that it has only from the parent.

--- case: generated columns and identity with inheritance
--- a
CREATE TABLE parent (a int, g int GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE child () INHERITS (parent);
--- b
CREATE TABLE parent (a bigint, g bigint GENERATED ALWAYS AS (a * 3) STORED, h int GENERATED ALWAYS AS (1) STORED);
CREATE TABLE child () INHERITS (parent);
--- data
INSERT INTO child VALUES (1);
--- keep
SELECT a FROM child
