-- Every object of the extension has a comment.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) AS object
FROM pg_depend d
WHERE d.refclassid = 'pg_extension'::regclass AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'linkgress')
  AND d.deptype = 'e' AND d.classid NOT IN ('pg_rewrite'::regclass)
  AND NOT (d.classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type t WHERE t.oid = d.objid
      AND (t.typelem <> 0 OR (t.typrelid <> 0 AND (SELECT relkind FROM pg_class c WHERE c.oid = t.typrelid) <> 'c'))))
  AND obj_description(d.objid, d.classid::regclass::name) IS NULL
ORDER BY 1;
SELECT a.attrelid::regclass AS table, a.attname
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'linkgress'::regnamespace AND c.relkind IN ('r', 'c') AND a.attnum > 0 AND NOT a.attisdropped
  AND col_description(a.attrelid, a.attnum) IS NULL
ORDER BY 1, 2;
SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'linkgress'::regnamespace AND obj_description(t.oid, 'pg_trigger') IS NULL;
-- All tables and sequences that hold data are dumped.
SELECT c.oid::regclass FROM pg_class c
WHERE c.relnamespace = 'linkgress'::regnamespace AND c.relkind IN ('r', 'S')
  AND c.relname <> 'materialised' -- is built again
  AND c.oid <> ALL ((SELECT extconfig FROM pg_extension WHERE extname = 'linkgress')::oid[]);
DROP EXTENSION linkgress;
