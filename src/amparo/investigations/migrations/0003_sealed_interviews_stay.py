"""A sealed interview does not change, whoever writes to the database; what is added to it does not either.

Triggers, because a constraint sees one state of a row only. Erasure stays possible: it empties sealed words. Whether
feedback was given may still be said. A migration that rebuilds one of these tables on SQLite has to lay its triggers
anew: `lay` does.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = ("why", "place", "asks", "interpreter", "supporter", "account", "corrections")
CLEAR = ("case_id", "person_id", "purpose", "state", "interviewer_id", "qualification", "interpreting", "support",
         "planned_at", "began_at", "ended_at", "recordings", "reviewed_on", "reviewed_how", "sealed_at",
         "sealed_by")  # fmt: skip
ADDED = ("interview_id", "case_id", "person_id", "added_at", "added_by")
SAID = "a sealed interview is never changed"


def _differs(columns: tuple[str, ...], same: str) -> str:
    # PostgreSQL has no equality for json, and does for its text.
    cast = "::text" if same == "IS DISTINCT FROM" else ""
    return " OR ".join(f"NEW.{column}{cast} {same} OLD.{column}{cast}" for column in columns)


def _rewritten(columns: tuple[str, ...], same: str) -> str:
    return " OR ".join(f"(NEW.{name} IS NOT NULL AND NEW.{name} {same} OLD.{name})" for name in columns)


def rules(same: str) -> list[tuple[str, str, str, str]]:
    """Name, moment, table and condition of each trigger; `same` compares so that nothing equals nothing."""
    interview, added = "investigations_interview", "investigations_interviewaddendum"
    changed = f"{_differs(CLEAR, same)} OR {_rewritten(WORDS, same)}"
    rewritten = f"{_differs(ADDED, same)} OR {_rewritten(('words',), same)}"
    return [
        ("investigations_interview_stays", "UPDATE", interview, f"OLD.sealed_at IS NOT NULL AND ({changed})"),
        ("investigations_interview_remains", "DELETE", interview, "OLD.sealed_at IS NOT NULL"),
        ("investigations_addendum_stays", "UPDATE", added, f"({rewritten})"),
        ("investigations_addendum_remains", "DELETE", added, "OLD.added_at IS NOT NULL"),
    ]


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    same = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    for name, moment, table, condition in rules(same):
        if vendor == "postgresql":
            body = (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN"
                f" RAISE EXCEPTION '{SAID}' USING ERRCODE = '23514'; END IF;"
                f" RETURN {'OLD' if moment == 'DELETE' else 'NEW'}; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(body)
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
            )


def lift(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, _moment, table, _condition in rules(""):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("investigations", "0002_interviews")]
    operations = [migrations.RunPython(lay, lift, elidable=False)]
