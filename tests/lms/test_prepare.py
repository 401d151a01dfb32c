import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from courses.choices import Act
from courses.models import Change
from lms.management.commands import prepare
from tests import factories
from tests.courses.factories import draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch, settings, tmp_path) -> list[str]:
    """What was done, of the two things that take long."""
    done: list[str] = []
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path
    settings.CONTENT_DIR = tmp_path / "content"
    settings.CONTENT_DIR.mkdir()
    monkeypatch.setattr(prepare, "collect_static", lambda: done.append("static"))
    monkeypatch.setattr(prepare, "load_content", lambda: done.append("content"))
    return done


def change_packages(settings) -> None:
    (settings.CONTENT_DIR / "settings.yaml").write_text("settings: []")


def test_new_site_gets_static_files_and_content(done):
    call_command("prepare")
    assert done == ["static", "content"]


def test_prepared_site_gets_nothing_twice(done):
    call_command("prepare")
    factories.release()
    call_command("prepare")
    assert done == ["static", "content"]


def test_changed_packages_leave_the_drafts_of_a_real_site_alone(done, settings):
    factories.release()
    change_packages(settings)
    call_command("prepare")
    assert done == ["static"]


def test_changed_packages_are_taken_over_in_a_demonstration(done, settings):
    settings.DEMO = True
    factories.release()
    call_command("prepare")
    change_packages(settings)
    call_command("prepare")
    assert done == ["static", "content", "content"]


@pytest.mark.parametrize(("demo", "people"), [(True, 8), (False, 0)])
def test_people_are_made_only_for_a_demonstration(done, settings, demo, people):
    settings.DEMO = demo
    call_command("prepare")
    assert get_user_model().objects.count() == people


def test_draft_that_was_edited_in_the_studio_is_neither_overwritten_nor_published(monkeypatch, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    module = draft(tmp_path / "content")
    calls: list[tuple] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, *arguments, **options: calls.append((name, options)))
    prepare.load_content()
    assert calls == [("import_help", {}), ("import_content", {"spare_edited": True}), ("publish", {})]
    calls.clear()
    Change.objects.create(
        module=module, part="module", row=module.pk, act=Act.EDITED, by=factories.user("author@example.org")
    )
    prepare.load_content()
    assert calls == [("import_help", {}), ("import_content", {"spare_edited": True})]
