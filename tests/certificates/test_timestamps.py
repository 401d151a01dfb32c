"""Papers with time stamps, from an authority on this machine that answers as RFC 3161 says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.files.storage import default_storage
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from certificates import drawing, signing
from certificates.errors import AuthorityDown
from certificates.models import Drawing, SigningCertificate
from certificates.signing import making, signer
from jobs import services as jobs
from jobs.models import Job
from tests.certificates.conformance import conforms
from tests.certificates.factories import certificate, sample
from tests.certificates.signatures import by_pdfsig

pytestmark = pytest.mark.slow


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(owner: str, key, *extensions: x509.ExtensionType, by: tuple | None = None) -> x509.Certificate:
    """`by` is who signs it, with their key; nobody but its owner unless told."""
    issuer, signs = by or (owner, key)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(owner))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(signs, SHA256())


@pytest.fixture(scope="module")
def stamper() -> DummyTimeStamper:
    key = rsa.generate_private_key(65537, 2048)
    own = _certificate("A time stamp authority", key, x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]))
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(asn1.Certificate.load(own.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(private))


@contextmanager
def serving(reply: Callable[[tsp.TimeStampReq], bytes]) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = reply(tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def authority(stamper, settings) -> Iterator[str]:
    with serving(lambda asked: stamper.request_tsa_response(asked).dump()) as settings.CERTIFICATE_TSA_URL:
        yield settings.CERTIFICATE_TSA_URL


@pytest.fixture
def roots(stamper, settings, tmp_path) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(x509.load_der_x509_certificate(stamper.tsa_cert.dump()).public_bytes(Encoding.PEM))
    settings.CERTIFICATE_TSA_ROOTS = str(file)


def trusted(stamper) -> list[asn1.Certificate]:
    own = making.public_pem(signing.current().certificate)
    return [stamper.tsa_cert, asn1.Certificate.load(x509.load_pem_x509_certificate(own).public_bytes(Encoding.DER))]


def signed() -> bytes:
    return signing.sign(drawing.draw(sample("Ana Ruiz"), "en"))


def test_signature_holds_a_time_stamp(authority, stamper, tmp_path):
    content = signed()
    reader = PdfFileReader(BytesIO(content))
    status = validate_pdf_signature(reader.embedded_signatures[0], ValidationContext(trust_roots=trusted(stamper)))
    assert (status.bottom_line, status.timestamp_validity.trusted, len(reader.embedded_signatures)) == (True, True, 1)
    assert by_pdfsig(content, tmp_path)["Signature Validation"] == "Signature is Valid."


def test_with_the_roots_a_file_holds_all_that_it_is_checked_with(authority, roots, stamper, tmp_path):
    content = signed()
    reader = PdfFileReader(BytesIO(content))
    status = validate_pdf_signature(reader.embedded_signatures[0], ValidationContext(trust_roots=trusted(stamper)))
    (around,) = reader.embedded_timestamp_signatures
    whole = validate_pdf_timestamp(around, ValidationContext(trust_roots=trusted(stamper)))
    assert (status.bottom_line, whole.intact, whole.valid, whole.trusted) == (True,) * 4
    kept = {found.dump() for found in DocumentSecurityStore.read_dss(reader).load_certs()}
    assert kept == {found.dump() for found in trusted(stamper)}
    file = tmp_path / "stamped.pdf"
    file.write_bytes(content)
    assert (conforms("PDFUA-1", file), conforms("PDFA-2A", file)) == ([], [])


def below_an_authority() -> signing.Credential:
    """With a certificate that another one has signed."""
    key, above = making.new_key(), making.new_key()
    authority = _certificate("An authority", above, x509.BasicConstraints(ca=True, path_length=None))
    return signing.Credential(key, _certificate("A provider", key, by=("An authority", above)), (authority,))


def test_with_the_roots_a_file_holds_the_authority_above_its_own_certificate(authority, roots):
    found = below_an_authority()
    content = signer.sign(drawing.draw(sample("Ana Ruiz"), "en"), found)
    kept = {held.dump() for held in DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(content))).load_certs()}
    assert {row.public_bytes(Encoding.DER) for row in (found.certificate, *found.chain)} < kept


def of_something_else(stamper, asked: tsp.TimeStampReq) -> bytes:
    asked["message_imprint"]["hashed_message"] = bytes(32)
    return stamper.request_tsa_response(asked).dump()


def to_another_request(stamper, asked: tsp.TimeStampReq) -> bytes:
    asked["nonce"] = 1
    return stamper.request_tsa_response(asked).dump()


def refusal(stamper, asked: tsp.TimeStampReq) -> bytes:
    return tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()


def no_stamp(stamper, asked: tsp.TimeStampReq) -> bytes:
    return b"<html>Please sign in</html>"


@pytest.mark.parametrize("lie", [of_something_else, to_another_request, refusal, no_stamp])
def test_stamp_that_is_not_what_was_asked_for_is_waited_for(lie, stamper, settings):
    """Rule: a paper takes no stamp but one of its own signature, and that is no fault of the paper's (signing/)."""
    paper = drawing.draw(sample("Ana Ruiz"), "en")
    with serving(lambda asked: lie(stamper, asked)) as settings.CERTIFICATE_TSA_URL, pytest.raises(AuthorityDown):
        signing.sign(paper)


@pytest.mark.django_db
def test_while_the_authority_is_down_nothing_is_published_and_the_job_waits(settings):
    settings.CERTIFICATE_TSA_URL = "http://127.0.0.1:9/"
    certificate()
    jobs.drain()
    job = Job.objects.get()
    assert (job.state, job.attempts, "AuthorityDown" in job.error) == ("pending", 1, True)
    assert (Drawing.objects.count(), SigningCertificate.objects.count()) == (0, 0)
    assert not default_storage.exists("certificates")


@pytest.mark.django_db
def test_papers_are_drawn_once_the_authority_is_back(settings, authority):
    there, settings.CERTIFICATE_TSA_URL = settings.CERTIFICATE_TSA_URL, "http://127.0.0.1:9/"
    certificate()
    jobs.drain()
    settings.CERTIFICATE_TSA_URL = there
    Job.objects.update(run_after="2026-01-01T00:00Z")
    jobs.drain()
    assert [drawn.language for drawn in Drawing.objects.all()] == ["en"]
