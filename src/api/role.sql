-- Who registered or approved something: a role by its OID here, by its name in a dump (src/pg/role_value.hpp).

CREATE TYPE linkgress.role;
COMMENT ON TYPE linkgress.role IS 'A role: its name as it is now, or in parentheses that of one that is gone, who is nobody';

CREATE FUNCTION linkgress.role_in(cstring) RETURNS linkgress.role
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_in';
COMMENT ON FUNCTION linkgress.role_in(cstring) IS 'I/O';
CREATE FUNCTION linkgress.role_out(linkgress.role) RETURNS cstring
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_out';
COMMENT ON FUNCTION linkgress.role_out(linkgress.role) IS 'I/O';
CREATE TYPE linkgress.role (
    INPUT = linkgress.role_in,
    OUTPUT = linkgress.role_out,
    INTERNALLENGTH = 68,
    ALIGNMENT = int4
);

CREATE FUNCTION linkgress.to_role(oid) RETURNS linkgress.role
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_to_role';
COMMENT ON FUNCTION linkgress.to_role(oid) IS 'The role that has this OID';
CREATE CAST (oid AS linkgress.role) WITH FUNCTION linkgress.to_role(oid);
COMMENT ON CAST (oid AS linkgress.role) IS 'The role that has this OID';

CREATE FUNCTION linkgress.role_oid(linkgress.role) RETURNS oid
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_oid';
COMMENT ON FUNCTION linkgress.role_oid(linkgress.role) IS 'The OID of a role, 0 for one that was unknown';
CREATE CAST (linkgress.role AS oid) WITH FUNCTION linkgress.role_oid(linkgress.role);
COMMENT ON CAST (linkgress.role AS oid) IS 'The OID of the role';

CREATE FUNCTION linkgress.role_name(linkgress.role) RETURNS name
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_name';
COMMENT ON FUNCTION linkgress.role_name(linkgress.role) IS 'The name of a role, as its text has it';
CREATE CAST (linkgress.role AS name) WITH FUNCTION linkgress.role_name(linkgress.role) AS IMPLICIT;
COMMENT ON CAST (linkgress.role AS name) IS 'The name of the role';
