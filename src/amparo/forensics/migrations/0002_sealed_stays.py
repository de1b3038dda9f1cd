"""A sealed examination does not change, whoever writes to the database.

Triggers, because a constraint sees one state of a row only. Erasure is the one thing that stays possible: it empties the
sealed words of a row and changes nothing else that counts. A migration that rebuilds one of these tables on SQLite has to
lay its triggers anew: `lay` does.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Table, the column whose emptying is an erasure, and the columns that even an erasure leaves as they are.
PARTS = (
    ("forensics_section", "words", ("exam_id", "code", "compartment", "done")),
    ("forensics_finding", "words", ("exam_id", "number")),
    ("forensics_examphoto", "details", ("exam_id", "number", "address", "has_scale", "consent_id")),
    ("forensics_specimen", "words", ("exam_id", "number", "item_id", "compartment", "is_kit")),
)
OWN = ("code", "state", "person_id", "examiner_id", "started_at", "ended_at", "sealed_at", "record_sha256",
       "clinical_sha256")  # fmt: skip
SAID = "a sealed examination is never changed"


def _differs(columns: tuple[str, ...], same: str) -> str:
    return " OR ".join(f"NEW.{column} {same} OLD.{column}" for column in columns)


def _sealed(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM forensics_examination e WHERE e.id = {row}.exam_id AND e.sealed_at IS NOT NULL)"


def rules(same: str) -> list[tuple[str, str, str, str]]:
    """Name, moment, table and condition of each trigger; `same` compares so that nothing equals nothing."""
    found = []
    for table, words, columns in PARTS:
        changed = f"NEW.{words} IS NOT NULL OR {_differs(columns, same)}"
        found += [
            (f"{table}_add", "INSERT", table, _sealed("NEW")),
            (f"{table}_change", "UPDATE", table, f"{_sealed('OLD')} AND ({changed})"),
            (f"{table}_remove", "DELETE", table, _sealed("OLD")),
        ]
    own = f"NEW.attestation IS NOT NULL OR {_differs(OWN, same)}"
    signed = f"NEW.words IS NOT NULL OR {_differs(('exam_id', 'number', 'signed_at', 'signed_by', 'sha256'), same)}"
    added = f"NEW.text IS NOT NULL OR {_differs(('exam_id', 'number', 'added_at', 'added_by', 'sha256'), same)}"
    said = f"NEW.words IS NOT NULL OR {_differs(('exam_id', 'seq', 'item', 'answer', 'asked_at', 'basis_id'), same)}"
    return [
        *found,
        ("forensics_exam_change", "UPDATE", "forensics_examination", f"OLD.sealed_at IS NOT NULL AND ({own})"),
        ("forensics_exam_remove", "DELETE", "forensics_examination", "OLD.sealed_at IS NOT NULL"),
        ("forensics_opinion_change", "UPDATE", "forensics_opinion", f"OLD.signed_at IS NOT NULL AND ({signed})"),
        ("forensics_opinion_remove", "DELETE", "forensics_opinion", "OLD.signed_at IS NOT NULL"),
        ("forensics_addendum_change", "UPDATE", "forensics_addendum", f"({added})"),
        ("forensics_consent_change", "UPDATE", "forensics_itemconsent", f"({said})"),
    ]


def lay(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    vendor = schema_editor.connection.vendor
    same = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    for name, moment, table, condition in rules(same):
        if vendor == "postgresql":
            # PostgreSQL's condition can't look into another table, so it stands in a function of its own.
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
    dependencies = [("forensics", "0001_initial")]
    operations = [migrations.RunPython(lay, lift, elidable=False)]
