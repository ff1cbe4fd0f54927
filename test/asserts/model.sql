-- A model that is built, compared and made real while no cache lives.
SELECT linkgress.set_model('SET search_path = public; CREATE TABLE a (id int PRIMARY KEY)');
SELECT type, object FROM linkgress.analyze();
SELECT type, object FROM linkgress.sync();
SELECT length(linkgress.fingerprint('{public}'));
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{public}'), '{"format": 1, "objects": []}');
