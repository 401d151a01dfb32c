"""A paper's signature, asked of pyHanko, of Poppler and of OpenSSL."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pyhanko.pdf_utils.reader import PdfFileReader

from certificates import drawing, files, signing
from certificates.models import CertificateEvent, Drawing
from certificates.services import pictures
from certificates.signing import KeyRefused, configured, making, signer
from certificates.signing.credential import read, refuse_out_of_time
from tests.certificates.factories import certificate, sample
from tests.certificates.signatures import by_pdfsig, credential, verdict

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
COMMANDS = site.BASE_DIR / "templates" / "certificates" / "keys.html"


@pytest.fixture(scope="module")
def paper() -> bytes:
    return drawing.draw(sample("Ana Ruiz"), "en")


@pytest.fixture(scope="module")
def signed(paper) -> bytes:
    return signing.sign(paper)


def ours():
    return signing.current().certificate


def changed(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_signature_is_good(signed):
    assert verdict(signed, ours()) == "good"


def test_pdfsig_agrees(signed, tmp_path):
    said = by_pdfsig(signed, tmp_path)
    assert {
        name: said[name] for name in ("Signature Validation", "Signature Type", "Signing Hash Algorithm", "whole")
    } == {
        "Signature Validation": "Signature is Valid.",
        "Signature Type": "ETSI.CAdES.detached",
        "Signing Hash Algorithm": "SHA-256",
        "whole": "yes",
    }
    assert "O=Tests" in said["Signer full Distinguished Name"]


def test_signature_certifies_that_nothing_may_change(signed):
    assert re.search(
        rb"/TransformMethod /DocMDP\s+/TransformParams <<\s+/Type /TransformParams\s+/V /1.2\s+/P 1\b", signed
    )


def test_file_stays_pdf_1_7(signed):
    assert (signed[:8], re.findall(rb"/Version\s*/\d\.\d", signed)) == (b"%PDF-1.7", [])


def test_chain_is_in_the_file(paper):
    authority, own = credential("An authority"), credential()
    given = signing.Credential(own.key, own.certificate, (authority.certificate,))
    signature = PdfFileReader(BytesIO(signer.sign(paper, given))).embedded_signatures[0]
    assert [extra.subject.native["common_name"] for extra in signature.other_embedded_certs] == ["An authority"]


def signed_ranges(content: bytes) -> list[range]:
    numbers = map(int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", content).groups())
    first, length, second, rest = numbers
    return [range(first, first + length), range(second, second + rest)]


@pytest.mark.slow
@pytest.mark.django_db
def test_e8_one_changed_byte_is_found_and_a_file_that_differs_is_refused(signed, tmp_path, caplog):
    """The signature covers every byte but itself; the digest of each file as issued is kept, and what differs is
    neither handed out nor kept quiet: certificates/signing, certificates/files.py, services/pictures.py."""
    before, after = signed_ranges(signed)
    assert (before.start, after.stop) == (0, len(signed))
    for place in (before.start + 20, before.stop // 2, before.stop - 2, after.start + 1, after.stop - 40):
        assert verdict(changed(signed, place), ours()) in ("altered", "damaged"), place
    middle = before.stop // 2
    assert by_pdfsig(changed(signed, middle), tmp_path)["Signature Validation"] == "Digest Mismatch."

    drawn = pictures.draw(certificate_id=certificate().pk, language="en")
    issued = pictures.as_issued(drawn)
    assert drawn.digest == files.digest(issued)
    default_storage.delete(drawn.file.name)
    default_storage.save(drawn.file.name, ContentFile(changed(issued, middle)))
    for _download in range(2):
        with pytest.raises(files.FileDiffers):
            pictures.as_issued(drawn)
    told = CertificateEvent.objects.filter(act="differed").values_list("certificate", "by", "note")
    assert list(told) == [(drawn.certificate_id, None, f"en {drawn.digest}")]
    assert [record.levelname for record in caplog.records if drawn.file.name in record.getMessage()] == ["ERROR"] * 2


def truncated(content: bytes) -> bytes:
    return content[:-200]


def continued(content: bytes) -> bytes:
    return content + b"\n% something more\n"


def signed_by_another(_content: bytes) -> bytes:
    return signer.sign(drawing.draw(sample("Ana Ruiz"), "en"), credential())


def forged(_content: bytes) -> bytes:
    """A page of one's own making, with a certificate that claims our name."""
    return signer.sign(drawing.draw(sample("Mallory"), "en"), credential("Tests"))


def unsigned(_content: bytes) -> bytes:
    return drawing.draw(sample("Ana Ruiz"), "en")


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "harm, said",
    [
        (truncated, {"damaged", "unsigned", "altered"}),
        (continued, {"continued"}),
        (signed_by_another, {"not ours"}),
        (forged, {"not ours"}),
        (unsigned, {"unsigned"}),
    ],
)
def test_false_file_is_known_by_signature_and_by_digest(harm, said):
    drawn = pictures.draw(certificate_id=certificate(name="Ana Ruiz").pk, language="en")
    issued = files.as_issued(drawn)
    false = harm(issued)
    assert verdict(issued, ours()) == "good"
    assert verdict(false, ours()) in said
    assert list(Drawing.objects.filter(digest=files.digest(false))) == []


def commands() -> list[str]:
    codes = re.findall(r'<code class="command">(.*?)</code></li>', COMMANDS.read_text())
    return [code.replace("&gt;", ">") for code in codes]


def check(folder, content: bytes, key: bytes) -> str:
    """The page's own commands, run as they stand there."""
    (folder / "certificate.pdf").write_bytes(content)
    (folder / "key.pem").write_bytes(key)
    look, take_out, cut, verify = commands()
    looked = subprocess.run(["bash", "-c", look], cwd=folder, capture_output=True, text=True).stdout
    _zero, a, b, c = re.search(r"Signed Ranges: \[(\d+) - (\d+)\], \[(\d+) - (\d+)\]", looked).groups()
    cut = cut.replace("-c A", f"-c {a}").replace("-c C", f"-c {c}").replace("B+1", f"{b}+1")
    for command in (take_out, cut):
        subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=True)
    answer = subprocess.run(["bash", "-c", verify], cwd=folder, capture_output=True, text=True)
    return answer.stderr.splitlines()[0]


def test_commands_of_the_page_tell_good_from_false(signed, tmp_path):
    key = making.public_pem(ours())
    middle = signed_ranges(signed)[0].stop // 2
    good, bad, other = (tmp_path / name for name in ("good", "bad", "other"))
    for folder in (good, bad, other):
        folder.mkdir()
    assert check(good, signed, key) == "CMS Verification successful"
    assert check(bad, changed(signed, middle), key) == "CMS Verification failure"
    assert check(other, signed, making.public_pem(credential().certificate)) == "CMS Verification failure"


def pems(key, certificate) -> tuple[bytes, bytes]:
    return making.private_pem(key), making.public_pem(certificate)


def test_key_that_does_not_fit_is_refused():
    with pytest.raises(KeyRefused, match="does not belong"):
        read(*pems(making.new_key(), credential().certificate))


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)], ids=["P-384", "RSA"]
)
def test_other_kinds_of_keys_are_refused(key):
    with pytest.raises(KeyRefused, match="P-256"):
        read(*pems(key, credential().certificate))


def for_use(**usage) -> list[x509.KeyUsage]:
    uses = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    others = ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return [x509.KeyUsage(**dict.fromkeys((*uses, *others), False) | usage)]


@pytest.mark.parametrize(
    "purpose", [[], for_use(digital_signature=True), for_use(content_commitment=True)], ids=["any", "sign", "commit"]
)
def test_certificate_for_signatures_is_taken(purpose, monkeypatch):
    monkeypatch.setattr(making, "_purpose", lambda: purpose)
    found = credential()
    assert read(*pems(found.key, found.certificate)).key_id == found.key_id


def test_certificate_for_other_uses_is_refused(monkeypatch):
    monkeypatch.setattr(making, "_purpose", lambda: for_use(key_encipherment=True))
    found = credential()
    with pytest.raises(KeyRefused, match="key usage"):
        read(*pems(found.key, found.certificate))


@pytest.mark.parametrize("key, cert", [(b"no key", None), (None, b"no certificate"), (b"", None), (None, b"")])
def test_what_is_no_pem_is_refused_without_showing_it(key, cert):
    found = credential()
    with pytest.raises(KeyRefused) as refusal:
        read(
            key if key is not None else making.private_pem(found.key), cert if cert is not None else found.pem.encode()
        )
    assert refusal.value.__cause__ is None
    assert "no key" not in str(refusal.value)


def test_password_opens_the_key():
    found = credential()
    sealed = making.private_pem(found.key, "open sesame")
    assert read(sealed, found.pem.encode(), "open sesame").key_id == found.key_id
    for wrong in ("", "open barley"):
        with pytest.raises(KeyRefused, match="password"):
            read(sealed, found.pem.encode(), wrong)


@pytest.mark.parametrize("days, words", [(-1, "valid only from"), (31, "expired")])
def test_certificate_out_of_its_time_is_refused(days, words):
    found = credential(days=30, now=NOW)
    refuse_out_of_time(found.certificate, NOW)
    with pytest.raises(KeyRefused, match=words):
        refuse_out_of_time(found.certificate, NOW + timedelta(days=days))


def test_credential_does_not_show_its_key():
    assert "key=" not in repr(credential())


def test_key_is_read_once_a_process(settings, tmp_path, paper):
    found = credential()
    file = tmp_path / "key.pem"
    file.write_bytes(making.private_pem(found.key) + found.pem.encode())
    settings.CERTIFICATE_KEY_FILE = settings.CERTIFICATE_CERT_FILE = str(file)
    first = configured.current()
    file.unlink()
    assert (configured.current() is first, first.key_id) == (True, found.key_id)
    signing.sign(paper)
