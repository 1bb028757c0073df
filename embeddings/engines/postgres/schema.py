"""The database schema: a list of generations, and a schema for each.

A generation is loaded and made current in one transaction, so a client that dies leaves nothing
behind. What it adds to a base is in its own schema beside the base's.

The owner of the tables sees everything. Other roles see the collections granted in `citera.rights`
by `citera.allow`; a collection is the first folder of a document's path. Row-level security
policies on each table enforce that.
"""

import re
from typing import Final

from corpus.errors import UserError

FORMAT: Final = 1
"""Increase it when older tables can no longer be read."""
TABLES: Final = (
    "documents",
    "built",
    "texts",
    "passages",
    "words",
    "vectors",
    "postings",
    "gone",
    "sizes",
)
"""The tables of a generation whose rows belong to one collection each."""

COMMON: Final = """
CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS citera;
CREATE TABLE IF NOT EXISTS citera.generations (
    name text PRIMARY KEY, digest text NOT NULL, base text, format int NOT NULL,
    manifest text NOT NULL, files text NOT NULL, kept bool NOT NULL, current bool NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS one_current ON citera.generations (current) WHERE current;
CREATE TABLE IF NOT EXISTS citera.told (generation text PRIMARY KEY, manifest text NOT NULL);
CREATE TABLE IF NOT EXISTS citera.rights (
    role name, collection text, PRIMARY KEY (role, collection)
);
ALTER TABLE citera.rights ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON citera.rights;
CREATE POLICY own ON citera.rights FOR SELECT USING (role = current_user);
CREATE OR REPLACE FUNCTION citera.grant_all() RETURNS void LANGUAGE plpgsql AS $$
DECLARE one record;
BEGIN
    FOR one IN SELECT DISTINCT r.role, n.nspname FROM citera.rights r
        JOIN pg_roles k ON k.rolname = r.role, pg_namespace n
        WHERE n.nspname LIKE 'citera\\_%'
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA citera, %I TO %I', one.nspname, one.role);
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', one.nspname, one.role);
        EXECUTE format('GRANT SELECT ON citera.generations, citera.rights TO %I', one.role);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION citera.allow(who name, what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO citera.rights VALUES (who, what) ON CONFLICT DO NOTHING;
    PERFORM citera.grant_all();
END $$;
REVOKE EXECUTE ON FUNCTION citera.grant_all(), citera.allow(name, text) FROM PUBLIC;
"""
"""Tables shared by all generations; `told` has the manifests with all details about documents."""

_TABLES: Final = """
CREATE SCHEMA {0};
CREATE TABLE {0}.documents (
    collection text NOT NULL, id int NOT NULL, path text NOT NULL, digest text NOT NULL,
    title text NOT NULL, published text, language text NOT NULL, url text
);
CREATE TABLE {0}.built (
    collection text NOT NULL, document int NOT NULL, ignored text NOT NULL,
    structure bytea NOT NULL
);
CREATE TABLE {0}.texts (
    collection text NOT NULL, document int NOT NULL, nth int NOT NULL, text bytea NOT NULL
);
ALTER TABLE {0}.built ALTER structure SET STORAGE EXTERNAL;
ALTER TABLE {0}.texts ALTER text SET STORAGE EXTERNAL;
CREATE TABLE {0}.passages (
    collection text NOT NULL, number bigint NOT NULL, document int NOT NULL, start int NOT NULL,
    "end" int NOT NULL, heading text NOT NULL, location text NOT NULL, units text NOT NULL,
    times text NOT NULL
);
CREATE TABLE {0}.words (
    collection text NOT NULL, number bigint NOT NULL, words bytea NOT NULL,
    unit_ends bytea NOT NULL, days bytea NOT NULL, events bytea NOT NULL
);
CREATE TABLE {0}.vectors (
    collection text NOT NULL, number bigint NOT NULL, language text NOT NULL,
    vector halfvec({1}) NOT NULL
);
CREATE TABLE {0}.postings (
    collection text NOT NULL, language text NOT NULL, stem int NOT NULL, title bool NOT NULL,
    numbers bytea NOT NULL, weights bytea NOT NULL
);
ALTER TABLE {0}.postings ALTER numbers SET STORAGE EXTERNAL, ALTER weights SET STORAGE EXTERNAL;
CREATE TABLE {0}.gone (collection text NOT NULL, path text NOT NULL);
CREATE TABLE {0}.sizes (
    collection text NOT NULL, language text NOT NULL, passages bigint NOT NULL
);
CREATE TABLE {0}.files (path text NOT NULL, part int NOT NULL, bytes bytea NOT NULL);
ALTER TABLE {0}.files ALTER bytes SET STORAGE EXTERNAL;
"""
_KEYS: Final = """
ALTER TABLE {0}.documents ADD PRIMARY KEY (id), ADD UNIQUE (path);
ALTER TABLE {0}.built ADD PRIMARY KEY (document);
ALTER TABLE {0}.texts ADD PRIMARY KEY (document, nth);
ALTER TABLE {0}.passages ADD PRIMARY KEY (number);
CREATE INDEX ON {0}.passages (document);
ALTER TABLE {0}.words ADD PRIMARY KEY (number);
ALTER TABLE {0}.vectors ADD PRIMARY KEY (number);
CREATE INDEX ON {0}.vectors (language, collection);
ALTER TABLE {0}.postings ADD PRIMARY KEY (language, stem, title, collection);
ALTER TABLE {0}.gone ADD PRIMARY KEY (path);
ALTER TABLE {0}.files ADD PRIMARY KEY (path, part);
"""
_POLICY: Final = """
ALTER TABLE {0} ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON {0} FOR SELECT USING (
    collection = ANY (ARRAY(
        SELECT r.collection FROM citera.rights r WHERE r.role = current_user
    )) OR EXISTS (
        SELECT 1 FROM citera.rights r WHERE r.role = current_user AND r.collection = '*'
    )
);
"""
NEAR: Final = """
CREATE INDEX ON {0}.vectors USING hnsw (vector halfvec_ip_ops) WITH (ef_construction = 100)
WHERE language = '{1}'
"""
"""The HNSW graph over the passages of a language.

With pgvector's default ef_construction of 64, .966 of the 150 nearest among 229,836 were found in
22 ms of CPU; with this value .981, in twice the build time.
"""
_NAME: Final = re.compile(r"[0-9A-Za-z-]+")


def schema_of(generation: str) -> str:
    """Return the quoted name of a generation's schema."""
    if not _NAME.fullmatch(generation):
        raise UserError("The database contains a generation whose name is not one of citera's.")
    return f'"citera_{generation}"'


def tables_of(schema: str, dimension: int) -> str:
    """Return the SQL for a schema with its tables, without keys."""
    return _TABLES.format(schema, dimension)


def keys_of(schema: str) -> str:
    """Return the SQL for the keys of filled tables and the access policies."""
    policies = "".join(_POLICY.format(f"{schema}.{table}") for table in TABLES)
    return _KEYS.format(schema) + policies + f"ANALYZE {schema}.vectors; ANALYZE {schema}.passages;"
