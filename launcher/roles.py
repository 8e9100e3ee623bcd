"""What the runtime role may do with the tables that the owner makes (rule 10 of the design)."""

from __future__ import annotations

from typing import Final, LiteralString

import psycopg
from psycopg import conninfo, sql

from launcher.problems import Lacking

OLDEST_SERVER = 150000

# Ledger and history tables take UPDATE, DELETE and TRUNCATE away again in their own migrations.
# Fill in {owner} and {runtime} with psycopg.sql.Identifier; default privileges hold for one
# database, and a clone inherits those of its template.
RUNTIME_GRANTS: Final[tuple[LiteralString, ...]] = (
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner}"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {runtime}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {runtime}",
)


def grant_runtime(*, owner: str, runtime: str) -> None:
    """Have the owner's future tables open to the runtime role; harmless a second time.

    Raises Lacking when the server cannot be reached or is older than PostgreSQL 15.
    """
    names = [conninfo.conninfo_to_dict(url).get("user") for url in (owner, runtime)]
    identifiers = {
        key: sql.Identifier(str(name))
        for key, name in zip(("owner", "runtime"), names, strict=True)
    }
    try:
        with psycopg.connect(owner, connect_timeout=10) as connection:
            if connection.info.server_version < OLDEST_SERVER:
                raise Lacking(
                    "The server behind OWNER_DATABASE_URL is older than PostgreSQL 15.",
                    mend="use a newer server, or unset DATABASE_URL for the embedded one",
                )
            for statement in RUNTIME_GRANTS:
                connection.execute(sql.SQL(statement).format(**identifiers))
    except psycopg.Error as error:
        raise Lacking(
            f"OWNER_DATABASE_URL does not work: {error}",
            mend="see to the server and its roles as docs/operations.md says",
        ) from error
