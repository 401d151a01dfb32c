"""Drawing a certificate and keeping its file."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from certificates import drawing, files, services
from certificates.models import Drawing
from jobs import services as jobs
from jobs.models import Job
from tests.certificates.factories import certificate

pytestmark = pytest.mark.django_db
PDF = b"%PDF of a certificate"


@pytest.fixture
def drawn(monkeypatch) -> list:
    """The certificates that were drawn; the picture itself is made up."""
    calls = []
    monkeypatch.setattr(drawing, "draw", lambda certificate: calls.append(certificate) or PDF)
    return calls


def stored() -> list[str]:
    folder = "certificates"
    if not default_storage.exists(folder):
        return []
    return [
        f"{folder}/{part}/{name}"
        for part in default_storage.listdir(folder)[0]
        for name in default_storage.listdir(f"{folder}/{part}")[1]
    ]


def test_job_draws_the_certificate(drawn):
    issued = certificate(locale="es")
    jobs.drain()
    picture = Drawing.objects.get()
    assert (drawn, Job.objects.get().state) == ([issued], "done")
    assert (picture.certificate, picture.language, picture.template) == (issued, "es", drawing.TEMPLATE)
    assert (picture.digest, stored()) == (files.digest(PDF), [picture.file.name])


def test_draw_twice_draws_once(drawn):
    issued = certificate()
    assert services.draw(certificate_id=issued.pk) == services.draw(certificate_id=issued.pk)
    assert (drawn, len(stored())) == ([issued], 1)


def test_draw_after_a_worker_was_killed_before_publishing_keeps_one_file(drawn):
    issued = certificate()
    files.keep(certificate=issued, template=drawing.TEMPLATE, content=PDF)
    services.draw(certificate_id=issued.pk)
    assert stored() == [Drawing.objects.get().file.name]


def test_draw_after_a_worker_was_killed_while_writing_mends_the_file(drawn):
    issued = certificate()
    name = files.keep(certificate=issued, template=drawing.TEMPLATE, content=PDF)
    default_storage.delete(name)
    default_storage.save(name, ContentFile(PDF[:5]))
    services.draw(certificate_id=issued.pk)
    assert (stored(), files.as_issued(Drawing.objects.get())) == ([name], PDF)


def test_draw_that_came_second_leaves_the_first_as_it_is(drawn, monkeypatch):
    issued = certificate()
    first = services.draw(certificate_id=issued.pk)
    slow = Drawing.objects.filter(pk=None)
    monkeypatch.setattr(Drawing.objects, "filter", lambda **_key: slow)
    monkeypatch.setattr(drawing, "draw", lambda _certificate: b"%PDF drawn a little differently")
    assert services.draw(certificate_id=issued.pk) == first
    assert (stored(), files.as_issued(first)) == ([first.file.name], PDF)


def test_failed_drawing_is_tried_again(monkeypatch):
    def fail(_certificate):
        raise OSError("no font")

    monkeypatch.setattr(drawing, "draw", fail)
    certificate()
    jobs.drain()
    assert (Job.objects.get().state, Drawing.objects.count(), stored()) == ("pending", 0, [])


def tamper(picture: Drawing) -> None:
    default_storage.delete(picture.file.name)
    default_storage.save(picture.file.name, ContentFile(PDF + b" "))


def lose(picture: Drawing) -> None:
    default_storage.delete(picture.file.name)


@pytest.mark.parametrize("harm", [tamper, lose])
def test_file_that_is_not_as_issued_is_refused_and_reported(drawn, caplog, harm):
    picture = services.draw(certificate_id=certificate().pk)
    harm(picture)
    with pytest.raises(files.FileDiffers):
        files.as_issued(picture)
    assert [(record.levelname, str(picture.pk) in record.getMessage()) for record in caplog.records] == [
        ("ERROR", True)
    ]
