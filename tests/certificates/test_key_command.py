from io import StringIO

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command

from certificates.signing import configured
from certificates.signing.credential import read


def run(*options: str) -> str:
    out = StringIO()
    call_command("certificate_key", *options, stdout=out)
    return out.getvalue()


def made(folder, *options: str) -> list[str]:
    return run("--make", str(folder), "--organization", "Provider of Texas", *options).split()


def test_made_key_signs_for_its_organization(tmp_path):
    folder = tmp_path / "keys"
    assert made(folder, "--days", "30") == [str(folder / "key.pem"), str(folder / "certificate.pem")]
    found = read((folder / "key.pem").read_bytes(), (folder / "certificate.pem").read_bytes())
    valid = found.certificate.not_valid_after_utc - found.certificate.not_valid_before_utc
    assert (found.certificate.subject.rfc4514_string(), valid.days) == ("CN=Provider of Texas,O=Provider of Texas", 30)
    assert oct((folder / "key.pem").stat().st_mode)[-3:] == "600"


def test_request_is_for_an_authority_to_sign(tmp_path):
    made(tmp_path, "--request")
    request = x509.load_pem_x509_csr((tmp_path / "request.pem").read_bytes())
    assert (request.is_signature_valid, (tmp_path / "certificate.pem").exists()) == (True, False)


def test_password_of_the_settings_protects_the_key(tmp_path, settings):
    settings.CERTIFICATE_KEY_PASSWORD = "open sesame"
    made(tmp_path)
    assert b"ENCRYPTED" in (tmp_path / "key.pem").read_bytes()


def test_nothing_is_written_over(tmp_path):
    made(tmp_path)
    before = (tmp_path / "key.pem").read_bytes()
    with pytest.raises(CommandError, match="exists already"):
        made(tmp_path)
    assert (tmp_path / "key.pem").read_bytes() == before


def test_key_of_nobody_is_not_made(tmp_path):
    with pytest.raises(CommandError, match="whose key"):
        run("--make", str(tmp_path / "keys"))
    assert not (tmp_path / "keys").exists()


def test_key_in_use_is_shown_without_itself():
    said = run()
    assert f"Key          {configured.key_id()}\n" in said
    assert ("O=Tests" in said, "PRIVATE" in said) == (True, False)


def test_what_is_amiss_is_said(settings):
    settings.CERTIFICATE_KEY_FILE = ""
    with pytest.raises(CommandError, match="CERTIFICATE_KEY_FILE is set"):
        run()
