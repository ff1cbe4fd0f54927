--- case: all of it, new
--- a
--- b
CREATE TEXT SEARCH PARSER pa (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH PARSER pb (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE te (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE tl (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = te, StopWords = 'english', Accept = false);
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = snowball, Language = german, StopWords = german);
CREATE TEXT SEARCH DICTIONARY d3 (TEMPLATE = ispell, DictFile = ispell_sample, AffFile = ispell_sample, StopWords = english);
CREATE TEXT SEARCH DICTIONARY d4 (TEMPLATE = synonym, Synonyms = synonym_sample, CaseSensitive = true);
CREATE TEXT SEARCH DICTIONARY d5 (TEMPLATE = thesaurus, DictFile = thesaurus_sample, Dictionary = english_stem);
CREATE TEXT SEARCH DICTIONARY d6 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION ca (PARSER = pa);
ALTER TEXT SEARCH CONFIGURATION ca ADD MAPPING FOR asciiword, asciihword, hword_asciipart WITH d5, d4, d3, d2;
ALTER TEXT SEARCH CONFIGURATION ca ADD MAPPING FOR word, hword, hword_part WITH d1, simple;
ALTER TEXT SEARCH CONFIGURATION ca ADD MAPPING FOR int WITH d6;
CREATE TEXT SEARCH CONFIGURATION cb (COPY = english);
CREATE TEXT SEARCH CONFIGURATION empty (PARSER = "default");
COMMENT ON TEXT SEARCH PARSER pa IS 'a parser';
COMMENT ON TEXT SEARCH TEMPLATE te IS 'a template';
COMMENT ON TEXT SEARCH DICTIONARY d1 IS 'a dictionary';
COMMENT ON TEXT SEARCH CONFIGURATION ca IS 'a configuration';

--- case: the options of a dictionary are added, changed and removed
--- a
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple, StopWords = english, Accept = true);
CREATE TEXT SEARCH DICTIONARY d3 (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword WITH d1, d2, d3;
--- b
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple, StopWords = english);
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple, Accept = false);
CREATE TEXT SEARCH DICTIONARY d3 (TEMPLATE = snowball, Language = german, StopWords = german);
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword WITH d1, d2, d3;

--- case: a dictionary changes its template while a configuration uses it
--- a
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, StopWords = english);
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword, word WITH d, simple;
COMMENT ON TEXT SEARCH DICTIONARY d IS 'stays';
--- b
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword, word WITH d, simple;
COMMENT ON TEXT SEARCH DICTIONARY d IS 'stays';

--- case: mappings are added, changed, removed and put in another order
--- both
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
--- a
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d1, d2;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d1;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR email WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'stays';
--- b
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d2, d1;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d1, english_stem;
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR url, host WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'stays';
--- keep
SELECT 'c'::regconfig::oid

--- case: a dictionary is dropped and another one takes its place
--- a
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH d1, simple;
--- b
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH d2, simple;

--- case: the parser of a configuration changes while an index, a column and a trigger use it
--- a
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
CREATE TABLE t (id int PRIMARY KEY, body text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, body)) STORED);
CREATE INDEX i ON t USING gin (to_tsvector('c'::regconfig, body));
CREATE VIEW hits AS SELECT id FROM t WHERE to_tsvector('public.c', body) @@ to_tsquery('public.c', 'x');
--- b
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH simple;
CREATE TABLE t (id int PRIMARY KEY, body text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, body)) STORED);
CREATE INDEX i ON t USING gin (to_tsvector('c'::regconfig, body));
CREATE VIEW hits AS SELECT id FROM t WHERE to_tsvector('public.c', body) @@ to_tsquery('public.c', 'x');
--- data
INSERT INTO t (id, body) VALUES (1, 'x y');
--- keep
SELECT id, body FROM t

--- case: a configuration is used by what is new as well
--- a
--- b
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR asciiword WITH d;
CREATE TABLE t (id int PRIMARY KEY, body text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, body)) STORED);
CREATE INDEX i ON t USING gin (v);
CREATE INDEX j ON t USING gist (to_tsvector('c'::regconfig, body));
CREATE FUNCTION a_search(q text) RETURNS SETOF int BEGIN ATOMIC SELECT id FROM t WHERE v @@ plainto_tsquery('c'::regconfig, q); END;

--- case: parser and template change
--- a
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE t (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
COMMENT ON TEXT SEARCH PARSER p IS 'stays';
COMMENT ON TEXT SEARCH TEMPLATE t IS 'stays';
--- b
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE t (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = t);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p);
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
COMMENT ON TEXT SEARCH PARSER p IS 'stays';
COMMENT ON TEXT SEARCH TEMPLATE t IS 'stays';

--- case: owner, comment and schema
--- both
CREATE SCHEMA s;
--- a
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c1 (COPY = simple);
CREATE TEXT SEARCH CONFIGURATION c2 (COPY = simple);
COMMENT ON TEXT SEARCH CONFIGURATION c1 IS 'old';
--- b
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple);
ALTER TEXT SEARCH DICTIONARY d1 OWNER TO alice;
CREATE TEXT SEARCH DICTIONARY s.d2 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c1 (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c1 OWNER TO bob;
COMMENT ON TEXT SEARCH CONFIGURATION c1 IS 'new';
COMMENT ON TEXT SEARCH DICTIONARY d1 IS 'new';
CREATE TEXT SEARCH CONFIGURATION s.c2 (COPY = simple);

--- case: options with quotes and names with blanks
--- a
--- b
CREATE SCHEMA "My Search";
CREATE TEXT SEARCH TEMPLATE "My Search"."My Template" (LEXIZE = dsimple_lexize, INIT = dsimple_init);
CREATE TEXT SEARCH DICTIONARY "My Search"."My ""D""" (TEMPLATE = "My Search"."My Template", STOPWORDS = 'english', "accept" = 'false');
CREATE TEXT SEARCH CONFIGURATION "My Search"."My C" (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION "My Search"."My C" ALTER MAPPING FOR asciiword WITH "My Search"."My ""D""";

--- case: a configuration that is used gets another dictionary in the place of one that is dropped
--- a
CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH d1, simple;
CREATE TABLE t (id int PRIMARY KEY, body text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, body)) STORED);
CREATE INDEX i ON t USING gin (v);
--- b
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword, word WITH d2, simple;
CREATE TABLE t (id int PRIMARY KEY, body text, v tsvector GENERATED ALWAYS AS (to_tsvector('c'::regconfig, body)) STORED);
CREATE INDEX i ON t USING gin (v);
--- data
INSERT INTO t (id, body) VALUES (1, 'x y');
--- keep
SELECT id, body, v, 'c'::regconfig::oid, 'i'::regclass::oid FROM t
--- operations: create_text_search_dictionary public.d2; alter_text_search_configuration public.c; drop_text_search_dictionary public.d1

--- case: a thesaurus over a dictionary of one's own, by a name that comes later
--- a
CREATE SCHEMA s;
--- b
CREATE SCHEMA s;
CREATE TEXT SEARCH DICTIONARY s.z (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH DICTIONARY z2 (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY a1 (TEMPLATE = thesaurus, DictFile = thesaurus_sample, Dictionary = 's.z');
CREATE TEXT SEARCH DICTIONARY a2 (TEMPLATE = thesaurus, Dictionary = z2, DictFile = thesaurus_sample);

--- case: options in another order
--- a
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, StopWords = english, Accept = true);
--- b
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, Accept = true, StopWords = english);

--- case: a dictionary changes its template and its only user lets go of it
--- a
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH d;
--- b
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR asciiword WITH simple;

--- case: mappings come and go altogether
--- a
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
CREATE TEXT SEARCH CONFIGURATION e (COPY = english);
--- b
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
CREATE TEXT SEARCH CONFIGURATION e (PARSER = "default");
--- operations: alter_text_search_configuration public.c; alter_text_search_configuration public.e

--- case: only the schema that is asked for
--- both
CREATE SCHEMA s;
CREATE SCHEMA other;
--- a
CREATE TEXT SEARCH DICTIONARY s.d (TEMPLATE = simple);
--- b
CREATE TEXT SEARCH DICTIONARY s.d (TEMPLATE = simple, StopWords = english);
CREATE TEXT SEARCH CONFIGURATION s.c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION s.c ADD MAPPING FOR email WITH s.d;
--- schemas: s
