--- case: added and dropped
--- a
CREATE CONVERSION old FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
--- b
CREATE CONVERSION c1 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE DEFAULT CONVERSION c2 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION c1 IS 'a comment';

--- case: the function, the encodings and DEFAULT change
--- both
CREATE FUNCTION my_conv(int, int, cstring, internal, int, boolean) RETURNS int LANGUAGE c STRICT AS '$libdir/utf8_and_iso8859_1', 'utf8_to_iso8859_1';
--- a
CREATE CONVERSION c1 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE CONVERSION c2 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE CONVERSION c3 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION c1 IS 'stays';
--- b
CREATE CONVERSION c1 FOR 'UTF8' TO 'LATIN1' FROM my_conv;
CREATE CONVERSION c2 FOR 'UTF8' TO 'WIN1252' FROM utf8_to_win;
CREATE DEFAULT CONVERSION c3 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
COMMENT ON CONVERSION c1 IS 'stays';

--- case: DEFAULT moves from one to the other
--- a
CREATE DEFAULT CONVERSION c1 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE CONVERSION c2 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
--- b
CREATE CONVERSION c1 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE DEFAULT CONVERSION c2 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;

--- case: owner, comment, schema, and a function that is new
--- a
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
--- b
CREATE SCHEMA "S x";
CREATE FUNCTION my_conv(int, int, cstring, internal, int, boolean) RETURNS int LANGUAGE c STRICT AS '$libdir/utf8_and_iso8859_1', 'utf8_to_iso8859_1';
CREATE CONVERSION "S x"."C ""y""" FOR 'UTF8' TO 'LATIN1' FROM my_conv;
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
ALTER CONVERSION c OWNER TO alice;
COMMENT ON CONVERSION c IS 'new';
