"""Tables on which the runtime role may only insert and read (rules 3 and 10 of the design)."""

from __future__ import annotations

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def append_only(table: str) -> RunPython:
    """A migration step: a trigger against UPDATE and DELETE, and no right to them at run time."""

    def forward(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        role = settings.DATABASES["default"]["USER"]
        editor.execute(
            """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END $$""",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {editor.quote_name(table)} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        if role and role != editor.connection.settings_dict["USER"]:
            editor.execute(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {editor.quote_name(table)} "
                f"FROM {editor.quote_name(role)}"
            )

    def backward(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        editor.execute(f"DROP TRIGGER append_only ON {editor.quote_name(table)}")

    return RunPython(forward, backward)
