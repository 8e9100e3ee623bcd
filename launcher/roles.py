"""What the runtime role may do with the tables that the owner makes (rule 10 of the design)."""

from __future__ import annotations

from typing import Final, LiteralString

# Ledger and history tables take UPDATE, DELETE and TRUNCATE away again in their own migrations.
# Fill in {owner} and {runtime} with psycopg.sql.Identifier; default privileges hold for one
# database, and a clone inherits those of its template.
RUNTIME_GRANTS: Final[tuple[LiteralString, ...]] = (
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO"
    " {runtime}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {runtime}",
)
