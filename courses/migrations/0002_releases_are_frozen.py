from django.db import migrations

REFUSE = """
CREATE FUNCTION courses_release_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a release never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER courses_release_is_frozen BEFORE UPDATE OR DELETE ON courses_release
    FOR EACH ROW EXECUTE FUNCTION courses_release_is_frozen();
"""
ALLOW = """
DROP TRIGGER courses_release_is_frozen ON courses_release;
DROP FUNCTION courses_release_is_frozen();
"""


def on_postgresql(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    """Whoever bypasses the model meets the database."""

    dependencies = [("courses", "0001_initial")]
    operations = [migrations.RunPython(on_postgresql(REFUSE), on_postgresql(ALLOW))]
