-- The schema is made here, and with it a member of the extension: nobody else owns it, could have put
-- anything into it before, or can drop it. The path leads nowhere but to pg_catalog, in which only
-- superusers create something, and what the bodies below call is found there once and for all.
SET LOCAL search_path = pg_catalog, pg_temp;

CREATE FUNCTION pg_catalog.linkgress_refuse_existing_schema() RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_refuse_existing_schema';
SELECT pg_catalog.linkgress_refuse_existing_schema();
DROP FUNCTION pg_catalog.linkgress_refuse_existing_schema();

CREATE SCHEMA linkgress;
COMMENT ON SCHEMA linkgress IS 'Schema migrations inside the database: the objects of extension linkgress';
