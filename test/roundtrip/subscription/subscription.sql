--- case: added and dropped
--- a
CREATE SUBSCRIPTION old CONNECTION 'host=nowhere dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE);
--- b
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere dbname=x' PUBLICATION p1, "P 2" WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION "S 2" CONNECTION 'host=nowhere dbname=y password=it''s' PUBLICATION p
    WITH (connect = false, slot_name = NONE, binary = true, streaming = true, synchronous_commit = 'remote_apply', two_phase = true, disable_on_error = true);
COMMENT ON SUBSCRIPTION s1 IS 'a comment';

--- case: connection and publications change
--- a
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere dbname=x' PUBLICATION p1, p2 WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere dbname=x' PUBLICATION p1 WITH (connect = false, slot_name = NONE);
--- b
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere dbname=x' PUBLICATION p2, p3 WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION s2 CONNECTION 'host=elsewhere dbname=y' PUBLICATION p1 WITH (connect = false, slot_name = NONE);
--- keep
SELECT array_agg(s.oid ORDER BY subname) FROM pg_subscription s JOIN pg_database d ON d.oid = subdbid AND datname = current_database()

--- case: options change
--- a
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, binary = true, synchronous_commit = 'local');
COMMENT ON SUBSCRIPTION s1 IS 'stays';
--- b
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, streaming = true, disable_on_error = true, synchronous_commit = 'on');
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION s1 IS 'stays';
--- keep
SELECT array_agg(s.oid ORDER BY subname) FROM pg_subscription s JOIN pg_database d ON d.oid = subdbid AND datname = current_database()

--- case: two_phase changes
--- a
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
--- b
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, two_phase = true);

--- case: the name of the slot changes, and is set
--- a
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'one');
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
--- b
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'two');
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'three');

--- case: with the name of a slot, added
--- a
--- b
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'one');

--- case: enabled and disabled
--- a
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'one');
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'two');
ALTER SUBSCRIPTION s2 ENABLE;
--- b
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'one');
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = 'two');
ALTER SUBSCRIPTION s1 ENABLE;

--- case: enabled ones are added, dropped and changed
--- a
CREATE SUBSCRIPTION gone CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION gone ENABLE;
CREATE SUBSCRIPTION stays CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION stays ENABLE;
--- b
CREATE SUBSCRIPTION fresh CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION fresh ENABLE;
CREATE SUBSCRIPTION stays CONNECTION 'host=nowhere port=5433' PUBLICATION p2 WITH (connect = false, slot_name = 'two', binary = true);
ALTER SUBSCRIPTION stays ENABLE;

--- case: without a slot, and disabled for it
--- a
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false);
ALTER SUBSCRIPTION s ENABLE;
--- b
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);

--- case: owner and comment
--- a
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION s IS 'old';
--- b
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION s IS 'new';

--- case: what newer versions have
--- a
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, origin = none, streaming = parallel);
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
--- b
CREATE SUBSCRIPTION s1 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION s2 CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, run_as_owner = true, password_required = false, streaming = parallel);
--- version: 16

--- case: failover
--- a
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE);
--- b
CREATE SUBSCRIPTION s CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false, slot_name = NONE, failover = true);
--- version: 17
