"""Drawing a certificate and keeping its file."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import RoleGrant
from certificates import drawing, files, signing
from certificates.models import CertificateEvent, Drawing
from certificates.services import pictures, reissuing, transcripts
from certificates.services.redrawing import redraw
from jobs import registry
from jobs import services as jobs
from jobs.models import Job
from tests import factories
from tests.certificates.factories import certificate

pytestmark = pytest.mark.django_db
PDF = b"%PDF of a certificate"


@pytest.fixture(autouse=True)
def _unsigned(monkeypatch) -> None:
    monkeypatch.setattr(signing, "sign", lambda content: content)


@pytest.fixture
def drawn(monkeypatch) -> list:
    """What was drawn, and in which language; the picture itself is made up."""
    calls = []
    monkeypatch.setattr(drawing, "draw", lambda *call: calls.append(call) or PDF)
    return calls


def draw(issued, language: str = "en") -> Drawing:
    return pictures.draw(certificate_id=issued.pk, language=language)


def keep(issued) -> str:
    return files.keep(
        certificate=issued, language="en", template=drawing.TEMPLATE, key_id=signing.key_id(), content=PDF
    )


def stored(folder: str = "certificates") -> list[str]:
    if not default_storage.exists(folder):
        return []
    folders, names = default_storage.listdir(folder)
    below = [file for name in folders for file in stored(f"{folder}/{name}")]
    return sorted([f"{folder}/{name}" for name in names] + below)


def drawing_job() -> Job:
    return Job.objects.get(kind=pictures.DRAW)


def test_job_draws_the_certificate(drawn):
    issued = certificate(locale="es")
    jobs.drain()
    picture = Drawing.objects.get()
    assert (drawn, drawing_job().state) == ([(issued, "es")], "done")
    assert (picture.certificate, picture.language, picture.template) == (issued, "es", drawing.TEMPLATE)
    assert (picture.digest, stored()) == (files.digest(PDF), [picture.file.name])


def test_first_paper_alone_is_told_of_by_mail(drawn):
    issued = certificate()
    for language in ("en", "es", "both"):
        draw(issued, language)
    assert Job.objects.filter(kind="certificates.ready").count() == 1
    told = CertificateEvent.objects.filter(act="drawn").values_list("note", flat=True)
    assert list(told) == ["en", "es", "both"]


def test_draw_twice_draws_once(drawn):
    issued = certificate()
    assert draw(issued) == draw(issued)
    assert (drawn, len(stored())) == ([(issued, "en")], 1)


def test_draw_after_a_worker_was_killed_before_publishing_keeps_one_file(drawn):
    issued = certificate()
    keep(issued)
    draw(issued)
    assert stored() == [Drawing.objects.get().file.name]


def test_draw_after_a_worker_was_killed_before_publishing_drops_what_was_signed_at_another_time(drawn):
    issued = certificate()
    files.keep(
        certificate=issued,
        language="en",
        template=drawing.TEMPLATE,
        key_id=signing.key_id(),
        content=PDF + b" a second earlier",
    )
    other = files.keep(
        certificate=issued,
        language="es",
        template=drawing.TEMPLATE,
        key_id=signing.key_id(),
        content=PDF + b" in Spanish",
    )
    draw(issued)
    assert stored() == sorted([Drawing.objects.get().file.name, other])


def test_draw_after_a_worker_was_killed_while_writing_mends_the_file(drawn):
    issued = certificate()
    name = keep(issued)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(PDF[:5]))
    draw(issued)
    assert (stored(), files.as_issued(Drawing.objects.get())) == ([name], PDF)


def test_draw_that_came_second_leaves_the_first_as_it_is(drawn, monkeypatch):
    issued = certificate()
    first = draw(issued)
    slow = Drawing.objects.filter(pk=None)
    monkeypatch.setattr(Drawing.objects, "filter", lambda **_key: slow)
    monkeypatch.setattr(drawing, "draw", lambda *_call: b"%PDF drawn a little differently")
    assert draw(issued) == first
    assert (stored(), files.as_issued(first)) == ([first.file.name], PDF)


def test_failed_drawing_is_tried_again(monkeypatch):
    def fail(*_call):
        raise OSError("no font")

    monkeypatch.setattr(drawing, "draw", fail)
    certificate()
    jobs.drain()
    assert (drawing_job().state, Drawing.objects.count(), stored()) == ("pending", 0, [])


def test_drawing_that_failed_for_good_begins_anew_when_it_is_ordered_again(drawn):
    issued = certificate()
    Job.objects.filter(kind=pictures.DRAW).update(state="failed", attempts=24, finished_at=timezone.now())
    pictures.order_drawing(issued, "en")
    jobs.drain()
    assert (drawing_job().state, Drawing.objects.count()) == ("done", 1)


def tamper(picture: Drawing) -> None:
    default_storage.delete(picture.file.name)
    default_storage.save(picture.file.name, ContentFile(PDF + b" "))


def lose(picture: Drawing) -> None:
    default_storage.delete(picture.file.name)


@pytest.mark.parametrize("harm", [tamper, lose])
def test_file_that_is_not_as_issued_is_refused_and_reported_once(drawn, caplog, harm):
    picture = draw(certificate())
    harm(picture)
    for _download in range(2):
        with pytest.raises(files.FileDiffers):
            pictures.as_issued(picture)
    logged = [(record.levelname, picture.file.name in record.getMessage()) for record in caplog.records]
    assert logged == [("ERROR", True)] * 2
    told = CertificateEvent.objects.filter(act="differed").values_list("certificate", "by", "note")
    assert list(told) == [(picture.certificate_id, None, f"en {picture.digest}")]


@pytest.mark.parametrize("role", ["", "author", "publisher"])
def test_only_support_orders_another_file(role, drawn):
    issued, person = certificate(), factories.user("somebody@example.org")
    picture = draw(issued)
    lose(picture)
    if role:
        RoleGrant.objects.create(user=person, role=role)
    with pytest.raises(PermissionDenied):
        redraw(drawing=picture, by=person)
    picture.refresh_from_db()
    assert (picture.lost_at, Job.objects.filter(key__contains=":again:").count()) == (None, 0)


@pytest.mark.parametrize("kind", [pictures.DRAW, transcripts.DRAW, reissuing.KIND])
def test_what_is_signed_waits_a_night_for_the_authority(kind):
    """Rule: what needs a time stamp is tried for half a day before somebody has to look (certificates/apps.py)."""
    tries = range(1, registry.get(kind).max_attempts)
    assert sum((jobs.backoff(number) for number in tries), timedelta()) > timedelta(hours=12)
