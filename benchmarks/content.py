"""Importing and publishing the content folder, into a new database that the other benchmarks then use."""

from io import StringIO

from benchmarks import environment, report


def main() -> None:
    environment.fresh_database()
    environment.setup()
    from django.conf import settings
    from django.core.management import call_command

    from courses.models import Release

    quiet = StringIO()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("import_help", settings.CONTENT_DIR / "help.yaml", stdout=quiet)

    def load() -> None:
        call_command("import_content", settings.CONTENT_DIR, stdout=quiet)

    def publish() -> None:
        call_command("publish", stdout=quiet)

    rows = [
        ("Import, into empty tables", f"{report.cpu_seconds(load):.2f}"),
        ("Publish, a new release", f"{report.cpu_seconds(publish):.2f}"),
        ("Import again, nothing changed", report.spread([report.cpu_seconds(load) for _round in range(3)])),
        ("Publish again, nothing changed", report.spread([report.cpu_seconds(publish) for _round in range(3)])),
    ]
    report.table("The content folder", ["", "CPU seconds"], rows)
    release = Release.objects.get()
    report.note(f"The release document has {len(release.document.encode()) / 1024:.0f} KiB.")
    large()


def large() -> None:
    """A module as large as one may become; taken back, since the other benchmarks want the content folder alone."""
    from django.db import transaction

    from courses.packages.archive import open_package, pack
    from courses.packages.exporter import export
    from courses.services.importing import import_package, stored_settings
    from courses.services.releases import publish
    from tests.courses.large import large_module

    with transaction.atomic():
        module = large_module()
        rows = [("Publish, a new release", f"{report.cpu_seconds(lambda: publish(module=module, by=None)):.2f}")]
        rows.append(("Export", f"{report.cpu_seconds(lambda: export(module)):.2f}"))
        archive = pack(module.key, export(module))
        rows.append(("Read the package", f"{report.cpu_seconds(lambda: open_package(archive, stored_settings())):.2f}"))
        package, _problems = open_package(archive, stored_settings())
        again = f"{report.cpu_seconds(lambda: import_package(package=package, by=None)):.2f}"
        rows.append(("Import, nothing changed", again))
        transaction.set_rollback(True)
    report.table("A module with 200 steps and 1,000 questions", ["", "CPU seconds"], rows)


if __name__ == "__main__":
    main()
