--- case: added, changed and dropped
--- a
CREATE FUNCTION w1() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE FUNCTION w2() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
--- b
CREATE FUNCTION w2() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_rank';
CREATE FUNCTION w3() RETURNS bigint LANGUAGE internal WINDOW AS 'window_dense_rank';

--- case: used in a view
--- a
CREATE FUNCTION w() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE TABLE t (id int PRIMARY KEY);
CREATE VIEW v AS SELECT id, w() OVER (ORDER BY id) AS n FROM t;
--- b
CREATE FUNCTION w() RETURNS bigint LANGUAGE internal WINDOW COST 5 AS 'window_rank';
CREATE TABLE t (id int PRIMARY KEY);
CREATE VIEW v AS SELECT id, w() OVER (ORDER BY id DESC) AS n FROM t;
