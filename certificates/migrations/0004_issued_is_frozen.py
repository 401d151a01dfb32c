from django.db import migrations

_FROZEN = ("completion_id", "offer", "code", "printed_name", "locale", "facts", "issued_at", "issued_by_id", "replaces_id", "renews_id")
# Once written, these stay: nobody is made valid again.
_ONCE = ("replaced_at", "revoked_at", "erased_at")
_EVENT = ("certificate_id", "act", "at", "by_id", "other_id")


def _changed(columns, differ):
    return " OR ".join(f"NEW.{column} {differ} OLD.{column}" for column in columns)


def _taken_back(differ):
    return " OR ".join(f"(OLD.{column} IS NOT NULL AND NEW.{column} {differ} OLD.{column})" for column in _ONCE)


POSTGRESQL = f"""
CREATE FUNCTION certificates_issued_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was issued never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER certificates_certificate_is_frozen BEFORE UPDATE ON certificates_certificate FOR EACH ROW
    WHEN (({_changed(_FROZEN, "IS DISTINCT FROM")}) AND NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
          OR {_taken_back("IS DISTINCT FROM")})
    EXECUTE FUNCTION certificates_issued_is_frozen();
CREATE TRIGGER certificates_certificate_stays BEFORE DELETE ON certificates_certificate FOR EACH ROW
    EXECUTE FUNCTION certificates_issued_is_frozen();
CREATE TRIGGER certificates_event_is_frozen BEFORE UPDATE ON certificates_certificateevent FOR EACH ROW
    WHEN ({_changed(_EVENT, "IS DISTINCT FROM")} OR NEW.note <> '')
    EXECUTE FUNCTION certificates_issued_is_frozen();
CREATE TRIGGER certificates_event_stays BEFORE DELETE ON certificates_certificateevent FOR EACH ROW
    EXECUTE FUNCTION certificates_issued_is_frozen();
"""
SQLITE = (
    f"""
CREATE TRIGGER certificates_certificate_is_frozen BEFORE UPDATE ON certificates_certificate FOR EACH ROW
    WHEN ({_changed(_FROZEN, "IS NOT")}) AND NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
         OR {_taken_back("IS NOT")}
    BEGIN SELECT RAISE(ABORT, 'what was issued never changes'); END
""",
    f"""
CREATE TRIGGER certificates_event_is_frozen BEFORE UPDATE ON certificates_certificateevent FOR EACH ROW
    WHEN {_changed(_EVENT, "IS NOT")} OR NEW.note <> ''
    BEGIN SELECT RAISE(ABORT, 'what was issued never changes'); END
""",
)


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for trigger in SQLITE:
            schema_editor.execute(trigger)


def allow(apps, schema_editor):
    names = ("certificate_is_frozen", "event_is_frozen")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION certificates_issued_is_frozen() CASCADE")
    else:
        for name in names:
            schema_editor.execute(f"DROP TRIGGER certificates_{name}")


class Migration(migrations.Migration):
    """Whoever bypasses the models meets the database. Only the end of retention wipes: the facts, and private notes.

    SQLite keeps no trigger against deleting, which the tests' clean-up needs; there the models alone refuse.
    """

    dependencies = [("certificates", "0003_facts_in_every_language")]
    operations = [migrations.RunPython(refuse, allow)]
