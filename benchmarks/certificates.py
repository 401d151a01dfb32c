"""Signed certificates in one warm process: processor time beside the bare libraries', size, rate, and memory."""

import pstats
from cProfile import Profile
from io import BytesIO
from pathlib import Path
from time import process_time

from benchmarks import environment, report

BATCHES, DRAWINGS, WARMING = 5, 20, 3
MANY, LOOKS = 2000, (100, 1000, 2000)
NAMES = ("María José Núñez Ibáñez", "Jordan Lee", "Zoë Łukasiewicz-Ōtani", "Nguyễn Thị Minh Khai")
PARTS = {
    "layout and styles": ("weasyprint/document.py", "_render"),
    "writing the PDF": ("weasyprint/document.py", "write_pdf"),
    "signing": ("signing/signer.py", "sign"),
    "words and template": ("certificates/paper.py", "page"),
}


def main() -> None:
    environment.setup()
    from certificates import signing
    from certificates.drawing import draw

    papers = [_paper(number) for number in range(len(NAMES))]

    def ours(number: int) -> bytes:
        return signing.sign(draw(*papers[number % len(papers)]))

    first = report.cpu_seconds(lambda: ours(0))
    pages = [_page(*paper) for paper in papers]
    bare = _bare(signing.current())
    for number in range(WARMING * len(papers)):
        ours(number), bare(pages[number % len(pages)])

    own, plain = [], []
    for _batch in range(BATCHES):
        own.append(_spent(lambda number: ours(number)))
        plain.append(_spent(lambda number: bare(pages[number % len(pages)])))
    ratios = [mine / its for mine, its in zip(own, plain, strict=True)]
    sizes = [len(ours(number)) / 1000 for number in range(len(papers))]
    report.table(
        "Signed certificates, one warm process",
        ["", "Median (range)"],
        [
            ("CPU ms a certificate", report.spread(own, 0)),
            ("CPU ms of bare WeasyPrint and bare pyHanko, same page", report.spread(plain, 0)),
            ("Ratio (limit 1.25)", report.spread(ratios)),
            ("Certificates a second and core", report.spread([1000 / each for each in own], 1)),
            ("KB a certificate (limit 45)", report.spread(sizes, 1)),
            ("CPU seconds of the first, with all that is loaded for it", f"{first:.1f}"),
        ],
    )
    report.table("Where the time goes", ["", "Share"], _shares(ours))
    report.table("Memory of the process", ["Certificates", "MB"], _memory(ours))


def _paper(number: int) -> tuple:
    from certificates.models import Certificate
    from certificates.paper import sample
    from courses.credit import offers_of
    from courses.models import Release

    content = Release.objects.order_by("-pk").first().content
    certificate: Certificate = sample(content, offers_of(content)[0], NAMES[number])
    certificate.locale = ("en", "es")[number % 2]
    return certificate, certificate.locale


def _page(certificate, language: str) -> tuple[str, str]:
    """The page as the engine is given it."""
    from certificates import drawing, engine

    given, pdf = [], engine.pdf
    engine.pdf = lambda *page: given.append(page) or b""
    drawing.draw(certificate, language)
    engine.pdf = pdf
    return given[0]


def _bare(credential):
    """The libraries alone, as their manuals use them: fonts kept warm, pyHanko's own signer, nothing else."""
    from asn1crypto import keys
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import SimpleSigner, sign_pdf
    from pyhanko_certvalidator.registry import SimpleCertificateStore
    from weasyprint import CSS, HTML

    from certificates import engine

    private = credential.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(
        signing_cert=Certificate.load(credential.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
    about = PdfSignatureMetadata(field_name="Signature", subfilter=SigSeedSubFilter.PADES)

    def draw(page: tuple[str, str]) -> bytes:
        html, styles = page
        shared = {"font_config": engine._fonts, "url_fetcher": engine._fetcher}
        sheets = [engine._styles, CSS(string=styles, **shared)]
        document = HTML(string=html, url_fetcher=engine._fetcher).write_pdf(
            stylesheets=sheets, font_config=engine._fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )
        return sign_pdf(IncrementalPdfFileWriter(BytesIO(document)), about, signer).getvalue()

    return draw


def _spent(work) -> float:
    """CPU milliseconds for one, over a batch."""
    start = process_time()
    for number in range(DRAWINGS):
        work(number)
    return 1000 * (process_time() - start) / DRAWINGS


def _shares(work) -> list[tuple[str, str]]:
    profile = Profile()
    profile.runcall(_spent, work)
    stats = pstats.Stats(profile)
    spent = {
        name: sum(
            row[3] for (file, _line, called), row in stats.stats.items() if file.endswith(path) and called == what
        )
        for name, (path, what) in PARTS.items()
    }
    total = stats.total_tt
    rest = total - sum(spent.values())
    return [(name, f"{each / total:.0%}") for name, each in (*spent.items(), ("the rest", rest))]


def _memory(work) -> list[tuple[int, str]]:
    rows = [(0, f"{_resident():.0f}")]
    for number in range(1, MANY + 1):
        work(number)
        if number in LOOKS:
            rows.append((number, f"{_resident():.0f}"))
    return rows


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
