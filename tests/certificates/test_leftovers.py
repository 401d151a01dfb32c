"""What workers that were stopped leave on disk is dropped by whoever does their job."""

import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.utils import timezone

from certificates import drawing, files, signing
from certificates.errors import NotActive
from certificates.models import Certificate, Drawing
from certificates.services import pictures
from jobs import services as jobs
from jobs.models import Job
from tests.certificates.factories import certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(monkeypatch):
    monkeypatch.setattr(drawing, "draw", lambda *call: b"%PDF")
    monkeypatch.setattr(signing, "sign", lambda content: content)
    return certificate()


def keep(issued, content: bytes) -> None:
    files.keep(certificate=issued, language="en", template=drawing.TEMPLATE, key_id=signing.key_id(), content=content)


def draw(issued) -> Drawing:
    return pictures.draw(certificate_id=issued.pk, language="en")


def stored(settings) -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return [str(file.relative_to(root)) for file in root.rglob("*.pdf")]


def test_job_that_was_stopped_after_publishing_is_tidied_up_when_it_is_done_again(issued, settings, monkeypatch):
    """Rule: every run that sees the drawing drops the rest, also one that finds it drawn (services/pictures.py)."""
    keep(issued, b"%PDF of a worker that was killed")
    with monkeypatch.context() as stopped, pytest.raises(KeyboardInterrupt):
        stopped.setattr(files, "drop_all_but", Mock(side_effect=KeyboardInterrupt))
        draw(issued)
    assert len(stored(settings)) == 2
    again = draw(issued)
    assert stored(settings) == [again.file.name]


def test_drawing_again_without_its_folder_drops_nothing(issued, settings):
    first = draw(issued)
    shutil.rmtree(settings.MEDIA_ROOT)
    assert draw(issued) == first


@pytest.mark.django_db
def test_paper_of_a_certificate_erased_meanwhile_is_not_kept(monkeypatch, settings):
    issued = certificate()

    def draw(row, language):
        Certificate.objects.filter(pk=row.pk).update(printed_name="", facts={}, erased_at=timezone.now())
        return b"%PDF"

    monkeypatch.setattr(drawing, "draw", draw)
    monkeypatch.setattr(signing, "sign", lambda content: content)
    with pytest.raises(NotActive):
        pictures.draw(certificate_id=issued.pk, language="en")
    assert (Drawing.objects.count(), list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == (0, [])


def test_job_for_a_certificate_erased_meanwhile_ends_and_tidies_up(issued, settings):
    """Rule: nothing is drawn of what was erased, and what a stopped worker kept of it goes (services/pictures.py)."""
    keep(issued, b"%PDF of a worker that was killed")
    Certificate.objects.filter(pk=issued.pk).update(printed_name="", facts={}, erased_at=timezone.now())
    jobs.drain()
    assert (Job.objects.get(kind=pictures.DRAW).state, Drawing.objects.count(), stored(settings)) == ("done", 0, [])
