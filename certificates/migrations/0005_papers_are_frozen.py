from django.db import migrations

_ALWAYS = ("completion_id", "offer", "code", "locale", "issued_at", "issued_by_id", "replaces_id", "renews_id", "expires_on")
# Wiped together, at the end of retention.
_WORDS = ("printed_name", "facts")
_ONCE = ("replaced_at", "revoked_at", "erased_at")
_PAPER = ("certificate_id", "language", "template", "key_id", "digest", "file", "drawn_at")
_LISTED = ("user_id", "language", "rows", "asked_at")
_DRAWN = ("digest", "file", "drawn_at")


def _changed(columns, differ):
    return "(" + " OR ".join(f"NEW.{column} {differ} OLD.{column}" for column in columns) + ")"


def _taken_back(columns, differ):
    return " OR ".join(f"(OLD.{column} IS NOT NULL AND NEW.{column} {differ} OLD.{column})" for column in columns)


def _certificate(differ, nothing):
    wiped = f"(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.printed_name = '' AND NEW.facts = {nothing})"
    return (
        f"{_changed(_ALWAYS, differ)} OR {_changed(_WORDS, differ)} AND NOT {wiped} OR {_taken_back(_ONCE, differ)}"
        f" OR OLD.revoked_at IS NOT NULL AND ({_changed(('revocation_category',), differ)}"
        f" OR {_changed(('revocation_note',), differ)} AND NEW.revocation_note <> '')"
    )


def _rules(differ, nothing):
    """Trigger → table, and what it refuses."""
    return {
        "certificates_certificate_is_frozen": ("certificates_certificate", _certificate(differ, nothing)),
        "certificates_drawing_is_frozen": (
            "certificates_drawing",
            f"{_changed(_PAPER, differ)} OR {_taken_back(('lost_at',), differ)}",
        ),
        "certificates_transcript_is_frozen": (
            "certificates_transcript",
            f"{_changed(_LISTED, differ)} OR OLD.drawn_at IS NOT NULL AND {_changed(_DRAWN, differ)}",
        ),
    }


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER certificates_certificate_is_frozen ON certificates_certificate")
        for name, (table, refused) in _rules("IS DISTINCT FROM", "'{}'::jsonb").items():
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({refused}) "
                "EXECUTE FUNCTION certificates_issued_is_frozen()"
            )
    else:
        schema_editor.execute("DROP TRIGGER certificates_certificate_is_frozen")
        for name, (table, refused) in _rules("IS NOT", "'{}'").items():
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {refused} "
                "BEGIN SELECT RAISE(ABORT, 'what was issued never changes'); END"
            )


def allow(apps, schema_editor):
    """The certificate's stays as it is here: it refuses all that the one of migration 4 did."""
    for table in ("drawing", "transcript"):
        on = f" ON certificates_{table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER certificates_{table}_is_frozen{on}")


class Migration(migrations.Migration):
    """The last day, the reason of a revocation, papers and transcripts stay too; what is wiped is wiped to nothing."""

    dependencies = [("certificates", "0004_issued_is_frozen")]
    operations = [migrations.RunPython(refuse, allow)]
