"""Which key signs: named by the settings, made for development, or none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.utils import timezone

from certificates import drawing, signing
from certificates.models import Certificate, Drawing, SigningCertificate
from certificates.services import pictures
from certificates.signing import KeyRefused, configured, development, making
from jobs import services as jobs
from jobs.models import Job
from tests.certificates.factories import certificate
from tests.certificates.signatures import credential

NAMES = ("CERTIFICATE_KEY", "CERTIFICATE_KEY_FILE", "CERTIFICATE_CERT", "CERTIFICATE_CERT_FILE")


@pytest.fixture
def no_key(settings) -> None:
    for name in NAMES:
        setattr(settings, name, "")


@pytest.fixture
def made_up(monkeypatch) -> None:
    """The picture is; its signature is not asked for."""
    monkeypatch.setattr(drawing, "draw", lambda certificate, language: b"%PDF")
    monkeypatch.setattr(signing, "sign", lambda content: content)


def use(settings, found: signing.Credential) -> signing.Credential:
    settings.CERTIFICATE_KEY = making.private_pem(found.key).decode()
    settings.CERTIFICATE_CERT = found.pem
    return found


def test_key_from_the_environment_comes_before_the_file(settings):
    assert settings.CERTIFICATE_KEY_FILE
    assert configured.current() == configured.current() != use(settings, credential())
    assert (configured.current().key_id, configured.is_for_development()) == (configured.key_id(), False)


def test_key_id_needs_no_private_key(settings, no_key):
    found = credential()
    settings.CERTIFICATE_CERT = found.pem
    assert configured.key_id() == found.key_id
    with pytest.raises(KeyRefused, match="CERTIFICATE_KEY_FILE is set"):
        configured.current()


def test_chain_follows_its_own_certificate(settings, no_key):
    found, above = use(settings, credential()), credential("An authority")
    settings.CERTIFICATE_CERT += above.pem
    assert (configured.current().key_id, configured.current().chain) == (found.key_id, (above.certificate,))


def test_password_of_the_settings_opens_the_key(settings, no_key):
    found = credential()
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CERT = making.private_pem(found.key, "sesame").decode(), found.pem
    settings.CERTIFICATE_KEY_PASSWORD = "sesame"
    assert configured.current().key_id == found.key_id
    settings.CERTIFICATE_KEY_PASSWORD = "barley"
    with pytest.raises(KeyRefused, match="password"):
        configured.current()


def test_file_that_is_not_there_is_named(settings, no_key, tmp_path):
    settings.CERTIFICATE_KEY_FILE = settings.CERTIFICATE_CERT_FILE = str(tmp_path / "lost.pem")
    with pytest.raises(KeyRefused, match=r"lost\.pem cannot be read"):
        configured.current()


@pytest.mark.parametrize("mode", ["DEMO", "DEBUG"])
def test_development_key_is_made_once_for_its_owner_alone(settings, no_key, tmp_path, mode):
    settings.DATA_DIR = tmp_path
    setattr(settings, mode, True)
    first = configured.current()
    file = tmp_path / "keys" / development.FILE
    assert (configured.current(), configured.key_id(), configured.is_for_development()) == (first, first.key_id, True)
    assert (oct(file.stat().st_mode)[-3:], oct(file.parent.stat().st_mode)[-3:]) == ("600", "700")
    assert "for development only" in first.certificate.subject.rfc4514_string()
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_own_key_is_used_in_a_demonstration_too(settings, no_key, tmp_path):
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    found = use(settings, credential())
    assert (configured.current().key_id, configured.is_for_development()) == (found.key_id, False)
    assert list(tmp_path.iterdir()) == []


def test_half_a_key_is_not_completed_for_development(settings, no_key, tmp_path):
    settings.DATA_DIR, settings.DEMO, settings.CERTIFICATE_KEY = tmp_path, True, "half"
    with pytest.raises(KeyRefused, match="CERTIFICATE_CERT_FILE is set"):
        configured.current()


def test_processes_that_start_at_once_share_one_development_key(tmp_path, monkeypatch):
    ready = Barrier(4)
    make = making.new_key
    monkeypatch.setattr(making, "new_key", lambda: (ready.wait(timeout=10) and None) or make())
    with ThreadPoolExecutor(4) as processes:
        made = set(processes.map(lambda _process: development.pem(tmp_path / "keys"), range(4)))
    assert len(made) == 1


@pytest.mark.django_db
def test_without_a_key_nothing_is_drawn_and_the_job_says_why(no_key, made_up):
    issued = certificate()
    jobs.drain()
    job = Job.objects.get()
    assert (Certificate.objects.count(), Drawing.objects.count(), job.state) == (1, 0, "pending")
    assert "KeyRefused: Neither CERTIFICATE_KEY nor CERTIFICATE_KEY_FILE is set." in job.error
    assert SigningCertificate.objects.count() == 0
    assert str(issued.pk) in job.key


@pytest.mark.django_db
@pytest.mark.parametrize("days, words", [(-2, "expired at"), (2, "is valid only from")])
def test_with_a_certificate_out_of_its_time_nothing_is_drawn(settings, made_up, days, words):
    use(settings, credential(days=1, now=timezone.now() + timedelta(days=days)))
    issued = certificate()
    jobs.drain()
    assert (Drawing.objects.count(), words in Job.objects.get().error) == (0, True)
    found = use(settings, credential())
    assert pictures.draw(certificate_id=issued.pk, language="en").key_id == found.key_id


@pytest.mark.django_db
def test_first_paper_of_a_key_publishes_its_public_half(settings, made_up):
    first = certificate()
    pictures.draw(certificate_id=first.pk, language="en")
    pictures.draw(certificate_id=first.pk, language="es")
    rows = SigningCertificate.objects.values_list("key_id", "pem", "is_development")
    assert list(rows) == [(configured.key_id(), configured.current().pem, False)]


@pytest.mark.django_db
def test_new_key_makes_new_papers_and_the_old_ones_stay(settings, made_up):
    issued = certificate()
    old = pictures.draw(certificate_id=issued.pk, language="en")
    found = use(settings, credential())
    new = pictures.draw(certificate_id=issued.pk, language="en")
    assert (new.key_id, list(issued.drawings.all())) == (found.key_id, [new, old])
    assert {row.key_id for row in SigningCertificate.objects.all()} == {old.key_id, new.key_id}
    assert pictures.as_issued(old) == b"%PDF"


@pytest.mark.django_db
def test_development_key_is_published_as_what_it_is(settings, no_key, made_up, tmp_path):
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    pictures.draw(certificate_id=certificate().pk, language="en")
    assert [row.is_development for row in SigningCertificate.objects.all()] == [True]
