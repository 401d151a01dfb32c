"""Papers with time stamps, from an authority on this machine that answers as RFC 3161 says."""

from collections.abc import Iterator
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
from certificates.models import Drawing, SigningCertificate
from certificates.signing import making
from jobs import services as jobs
from jobs.models import Job
from tests.certificates.conformance import conforms
from tests.certificates.factories import certificate, sample
from tests.certificates.signatures import by_pdfsig

pytestmark = pytest.mark.slow


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@pytest.fixture(scope="module")
def stamper() -> DummyTimeStamper:
    key = rsa.generate_private_key(65537, 2048)
    now = datetime.now(UTC)
    own = (
        x509.CertificateBuilder()
        .subject_name(_name("A time stamp authority"))
        .issuer_name(_name("A time stamp authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(asn1.Certificate.load(own.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(private))


@pytest.fixture
def authority(stamper, settings, tmp_path) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.CERTIFICATE_TSA_URL = f"http://127.0.0.1:{server.server_port}/"
        yield settings.CERTIFICATE_TSA_URL
        server.shutdown()


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


@pytest.mark.django_db
def test_while_the_authority_is_down_nothing_is_published_and_the_job_waits(settings):
    settings.CERTIFICATE_TSA_URL = "http://127.0.0.1:9/"
    certificate()
    jobs.drain()
    job = Job.objects.get()
    assert (job.state, job.attempts, "TimestampRequestError" in job.error) == ("pending", 1, True)
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
