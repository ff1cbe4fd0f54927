-- Runs without a client: in a worker process, and by pg_cron.

CREATE FUNCTION linkgress.launch(
    target text DEFAULT NULL,
    ignore_missing boolean DEFAULT false,
    skip_untrusted boolean DEFAULT false
) RETURNS bigint
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_launch';
COMMENT ON FUNCTION linkgress.launch(text, boolean, boolean) IS
'Starts CALL linkgress.up() in the background and returns the number of the run, NULL when nothing is pending';

CREATE FUNCTION linkgress.schedule(schedule text, target text DEFAULT NULL) RETURNS bigint
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_schedule';
COMMENT ON FUNCTION linkgress.schedule(text, text) IS
'Has pg_cron CALL linkgress.up() as the calling role at the times of a cron expression; returns the number of its job';

CREATE FUNCTION linkgress.unschedule() RETURNS boolean
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_unschedule';
COMMENT ON FUNCTION linkgress.unschedule() IS
'Removes the calling role''s job for this database from pg_cron; false when there is none';
