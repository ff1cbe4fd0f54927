-- Who may do what. Nothing is granted to PUBLIC.

CREATE FUNCTION linkgress.approve(name text, fingerprint text DEFAULT NULL, kind text DEFAULT 'migration') RETURNS text
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_approve';
COMMENT ON FUNCTION linkgress.approve(text, text, text) IS
'Lets a migration, a hook or a part of the model whose author may not act as the calling role run as that role, as it is now; its fingerprint';

CREATE FUNCTION linkgress.grant_access(role name, level text) RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_grant_access';
COMMENT ON FUNCTION linkgress.grant_access(name, text) IS
'Leaves a role exactly the rights of a viewer, author, operator or backup, of several as author,operator, or none';

-- The end: nothing of all this is anybody's but the owner's, whatever default privileges there are.
CREATE FUNCTION linkgress.keep_to_owner() RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_keep_to_owner';
SELECT linkgress.keep_to_owner();
DROP FUNCTION linkgress.keep_to_owner();
