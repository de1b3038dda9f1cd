"""The agency of a release; and what is written beside a sealed examination can't be taken away or moved into one.

The triggers of 0002 keep what is in a sealed record. These keep addenda and answers about consent, which stand beside
it, from being removed, and refuse that a row of another examination is moved into a sealed one.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAID = "a sealed examination is never changed"
BESIDE = ("forensics_addendum", "forensics_itemconsent")
INSIDE = ("forensics_section", "forensics_finding", "forensics_examphoto", "forensics_specimen")


def _sealed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM forensics_examination e WHERE e.id = {row}.exam_id AND e.sealed_at IS NOT NULL)"


def rules() -> list[tuple[str, str, str, str]]:
    """Name, moment, table and condition of each trigger."""
    kept = [(f"{table}_remove", "DELETE", table, _sealed("OLD")) for table in BESIDE]
    moved = f"NEW.exam_id <> OLD.exam_id AND {_sealed('NEW')}"
    return [*kept, *((f"{table}_into", "UPDATE", table, moved) for table in INSIDE)]


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, moment, table, condition in rules():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN"
                f" RAISE EXCEPTION '{SAID}' USING ERRCODE = '23514'; END IF;"
                f" RETURN {'OLD' if moment == 'DELETE' else 'NEW'}; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, _moment, table, _condition in rules():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("forensics", "0002_sealed_stays")]
    operations = [
        migrations.AddField("release", "agency_id", models.UUIDField(null=True)),
        migrations.RunPython(lay, lift, elidable=False),
    ]
