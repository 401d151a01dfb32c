"""Every address of the site, asked by everybody for what is somebody else's.

Another's code, ids and names stand in the address and in every field of a form.
"""

import re
from collections.abc import Iterator
from copy import copy
from datetime import date
from typing import NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Profile, RoleGrant, User
from accounts.permissions import ALLOWED, May
from certificates import codes, drawing, files, signing
from certificates.choices import ReissueKind, RevocationCategory
from certificates.document import License
from certificates.models import (
    Certificate,
    CertificateEvent,
    CorrectionRequest,
    Drawing,
    Reissue,
    ReissueItem,
    ReportingData,
    Transcript,
)
from certificates.services.corrections import ask
from certificates.services.issuing import Held, issue
from certificates.services.pictures import draw
from certificates.services.revoking import revoke
from courses.choices import CreditType
from jobs.models import Mail
from learning.models import Attempt, Completion
from tests import factories
from tests.certificates.factories import offer
from tests.security.conftest import signed_in

pytestmark = pytest.mark.django_db

# Who may open what concerns a certificate: its holder, whoever may one of these things in the studio, or nobody by its
# code alone. A new address fails the first test until somebody says here who may use it.
HOLDER = "its holder"
SEE, CORRECT = {May.SEE_LEARNERS}, {May.CORRECT_CERTIFICATES}
REVOKE, REISSUE = {May.REVOKE_CERTIFICATES}, {May.REISSUE_CERTIFICATES}
DOORS: dict[str, str | set[May]] = {
    **dict.fromkeys(["certificates:certificate", "certificates:status", "certificates:file"], HOLDER),
    **dict.fromkeys(["certificates:papers", "certificates:print", "certificates:last-day"], HOLDER),
    **dict.fromkeys(["certificates:correction", "certificates:withdraw-correction", "certificates:renew"], HOLDER),
    **dict.fromkeys(["certificates:transcript-paper", "certificates:transcript-status"], HOLDER),
    **dict.fromkeys(["certificates:transcript-file", "certificates:name-of"], HOLDER),
    **dict.fromkeys(["studio:certificate", "studio:certificate-paper"], SEE),
    **dict.fromkeys(["studio:correct-certificate", "studio:redraw-paper", "studio:decide-correction"], CORRECT),
    "studio:revoke-certificate": REVOKE,
    **dict.fromkeys(
        ["studio:reissue", "studio:reissue-status", "studio:stop-reissue", "studio:retry-reissue"], REISSUE
    ),
}
OPEN = {
    "certificates:name": "names no certificate: it is of whoever asks, and of a module that they completed",
    "certificates:transcript": "names no certificate: it lists those of whoever asks",
    "certificates:transcript-table": "names no certificate: it lists those of whoever asks",
    "certificates:verify-file": "for everybody; says no more than verification does, to who holds the file",
    "certificates:keys": "public keys, for everybody",
    "verify-key": "a public key, for everybody",
    "certificates:verify": "the form of verification, for everybody",
    "certificates:verified": "what anybody may know who holds the code; E3 says what that is",
    "verify": "leads to the form of verification",
    "verify-code": "leads to the verification of a code",
    "ornament": "a drawing that is the same for everybody",
    "interop:certificate": "verification for machines; E3 says what it tells",
    "studio:reissues": "names no certificate; its door is held in tests/studio/test_roles.py",
    "studio:find-certificate": "names no certificate; its door is held in tests/studio/test_roles.py",
    "studio:corrections": "names no certificate; its door is held in tests/studio/test_roles.py",
    "studio:preview-certificate": "issues and shows none; its door is held in tests/studio/test_roles.py",
    "studio:offer-paper": "a sample that nobody holds; its door is held in tests/studio/test_roles.py",
}
CONCERNED = re.compile(
    r"certificat|correction|revoke-cert|verif|transcript|reissue|offer-|paper|key|renew|last-day|ornament"
)
NAME, EMAIL, LICENSE, REASON = "Zoraida Quintanilla", "zoraida@example.org", "RN 884213", "only its holder knows why"
NABP = "7654321"
NOTE = "only those who look after it know why"
SECRETS = (NAME, EMAIL, LICENSE, REASON, NABP)


class Address(NamedTuple):
    """`arguments` are their names, and what stands for those that name nothing of a certificate."""

    name: str
    arguments: tuple[tuple[str, str | int], ...]


def addresses(patterns: list | None = None, namespace: str = "") -> Iterator[Address]:
    """All of the site but the back office, which has tests of its own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inside = f"{pattern.namespace}:" if pattern.namespace else namespace
                yield from addresses(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern) and pattern.name:
            kinds = {name: type(kind).__name__ for name, kind in pattern.pattern.converters.items()}
            others = {name: 1 if kind == "IntConverter" else "nothing" for name, kind in kinds.items()}
            yield Address(f"{namespace}{pattern.name}", tuple(others.items()))


ADDRESSES = sorted(set(addresses()))


class Theirs(NamedTuple):
    """What one learner has, by the names that addresses and forms know it by."""

    certificate: Certificate
    values: dict[str, str | int]

    def url(self, address: Address) -> str:
        return reverse(address.name, kwargs={name: self.values.get(name, other) for name, other in address.arguments})


@pytest.fixture(autouse=True)
def _light_files(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(drawing, "draw", lambda issued, language: f"%PDF {issued.printed_name} {language}".encode())
    monkeypatch.setattr(signing, "sign", lambda content: content)


@pytest.fixture
def theirs(db) -> Theirs:
    """A learner's certificate with everything there can be about one: papers, a request, reporting data, a reissue."""
    pharmacy = offer("pharmacy", type=CreditType.ACPE, professions=("pharmacist",), needs_nabp=True, valid_months=1)
    content = factories.document(offers=(pharmacy,))
    holder = factories.user(EMAIL)
    Profile.objects.filter(user=holder).update(printed_name=NAME)
    row = factories.finish_all(factories.enrolment(by=holder, content=content))
    held = Held("pharmacist", License(number=LICENSE, state="TX"), NABP, "0131")
    certificate = issue(completion=row.completion, offer="pharmacy", printed_name=NAME, by=holder, held=held)
    paper = draw(certificate_id=certificate.pk, language="en")
    request = ask(certificate=certificate, printed_name=f"{NAME} Soto", license=held.license, reason=REASON, by=holder)
    reissue = Reissue.objects.create(module=row.module, kind=ReissueKind.REDRAW, reason="new template")
    ReissueItem.objects.create(reissue=reissue, certificate=certificate, state="failed", error="x")
    kept = default_storage.save("transcripts/theirs.pdf", ContentFile(f"%PDF {NAME}".encode()))
    known = {"file": kept, "digest": files.digest(f"%PDF {NAME}".encode()), "drawn_at": timezone.now()}
    transcript = Transcript.objects.create(user=holder, language="en", rows=[{"name": NAME}], **known)
    ids = {"certificate": certificate.pk, "correction": request.pk, "drawing": paper.pk, "reissue": reissue.pk}
    people = {"learner": holder.pk, "user": holder.pk, "enrolment": row.pk, "attempt": Attempt.objects.first().pk}
    words = {
        "code": certificate.shown_code,
        "module": "basics",
        "language": "en",
        "name": paper.file.name.split("/")[-1][:-4],
    }
    others = {"transcript": transcript.pk, "pk": transcript.pk, "number": 1, "key": "pharmacy"}
    return Theirs(certificate, {**ids, **people, **words, **others})


def nobodys(theirs: Theirs) -> Theirs:
    """The same names for what does not exist: a code that could be one, ids that are none."""
    known = {"code": codes.shown(codes.new())}
    known |= {name: 999_999 for name, value in theirs.values.items() if isinstance(value, int)}
    return theirs._replace(values={**theirs.values, **known})


def person(role: str) -> Client:
    """Somebody who completed the same module, holds a certificate and asks for a correction, like the holder."""
    user = factories.user(f"{role or 'learner'}@example.net")
    if role:
        RoleGrant.objects.create(user=user, role=role, scope="es" if role == Role.TRANSLATOR else "")
    row = factories.finish_all(factories.enrolment(by=user))
    own = issue(completion=row.completion, offer="completion", printed_name="Other Person", by=user)
    ask(certificate=own, printed_name="Other Name", license=License(), reason="x", by=user)
    return signed_in(user)


PEOPLE = ["anonymous", "", *Role]


def somebody(who: str) -> Client:
    return Client(raise_request_exception=False) if who == "anonymous" else person(who)


def may(who: str, address: str) -> bool:
    needed = DOORS.get(address)
    return isinstance(needed, set) and any(who in ALLOWED[what] for what in needed)


def everything_of(theirs: Theirs) -> list:
    """The rows that are the holder's, and what was mailed to them."""
    row = theirs.certificate
    mine = {"certificate": row.pk}
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Certificate.objects.filter(completion=row.completion_id),
            Completion.objects.filter(pk=row.completion_id),
            Drawing.objects.filter(**mine),
            CorrectionRequest.objects.filter(**mine),
            CertificateEvent.objects.filter(**mine),
            ReportingData.objects.filter(**mine),
            Transcript.objects.filter(user=row.completion.enrolment.user_id),
            User.objects.filter(pk=row.completion.enrolment.user_id),
            Mail.objects.filter(recipient=EMAIL),
        )
    ]


def fields(theirs: Theirs) -> dict[str, str | int]:
    """Every name that a form of the site could listen to, holding what is the holder's."""
    names = ["id", "pk", "request", "completion", "holder", "certificate_id", "user_id", "drawing_id", "owner", "by"]
    typed = ["printed_name", "license_number", "nabp_id", "reason", "answer", "note", "text"]
    pressed = {"sure": "on", "approve": "1", "begin": "1", "kind": "redraw", "category": "error"}
    chosen = {"license_state": "OK", "offer": "pharmacy", "paper": "en", "setting": "clinic"}
    return {
        **dict.fromkeys(names, theirs.certificate.pk),
        **dict.fromkeys(typed, "Mallory 1"),
        **pressed,
        **chosen,
        **theirs.values,
        f"correction-{theirs.values['correction']}-answer": "Mallory 1",
    }


class Answer(NamedTuple):
    status: int
    to: str
    body: str


def answer(client: Client, method: str, url: str, data: dict | None = None) -> Answer:
    """Whoever is signed out by it is signed in again for the next, since its rows are taken back too."""
    cookies = copy(client.cookies)
    response = getattr(client, method)(url, data or {})
    client.cookies = cookies
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, response.headers.get("Location", ""), content.decode(errors="replace"))


def without(said: Answer, theirs: Theirs) -> Answer:
    """An answer without what was asked for and without what differs each time."""

    def blank(text: str) -> str:
        text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
        text = re.sub(r'\?[^"\s]*', "?", text).replace(str(theirs.values["code"]), "CODE")
        ids = sorted({str(value) for value in theirs.values.values() if isinstance(value, int)}, key=len, reverse=True)
        return re.sub(rf"/({'|'.join(ids)})(?=/)", "/ID", text)

    return Answer(said.status, blank(said.to), blank(said.body))


def test_table_names_every_address_that_concerns_certificates_and_no_other():
    named = {address.name for address in ADDRESSES}
    concerned = {
        name
        for name in named
        if name.startswith("certificates:") or (CONCERNED.search(name) and not name.startswith("accounts:"))
    }
    assert (concerned - set(DOORS) - set(OPEN), (set(DOORS) | set(OPEN)) - named) == (set(), set())


@pytest.mark.parametrize("who", PEOPLE)
def test_e5_nobody_reads_or_changes_what_is_anothers_through_any_id_in_any_request(who, theirs):
    """E5: no learner or author reads or changes another's certificate or template through any id in any request.

    Whoever may not is answered as if there were no such thing.
    """
    client, absent = somebody(who), nobodys(theirs)
    before, leaks, told_apart = everything_of(theirs), [], []
    for address in (found for found in ADDRESSES if found.name in DOORS and not may(who, found.name)):
        for method in ("get", "post"):
            answers = []
            for whose in (theirs, absent):
                with transaction.atomic():
                    said = answer(client, method, whose.url(address), fields(whose))
                    changed = everything_of(theirs) != before
                    transaction.set_rollback(True)
                answers.append(without(said, whose))
                if changed or any(secret in said.body + said.to for secret in SECRETS):
                    leaks.append((address.name, method))
            if answers[0] != answers[1]:
                told_apart.append((address.name, method))
    assert (leaks, told_apart) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in ALLOWED[May.SEE_LEARNERS]])
def test_e5_no_address_of_the_site_tells_or_changes_what_is_anothers(who, theirs):
    """E5: the same for every address there is; verification alone tells the name, to whoever holds the code."""
    client, before, leaks = somebody(who), everything_of(theirs), []
    for address in ADDRESSES:
        secrets = [secret for secret in SECRETS if secret != NAME or address.name not in OPEN]
        for method in ("get", "post"):
            with transaction.atomic():
                said = answer(client, method, theirs.url(address), fields(theirs))
                changed = everything_of(theirs) != before
                transaction.set_rollback(True)
            if changed or said.status >= 500 or any(secret in said.body for secret in secrets):
                leaks.append((address.name, method, said.status))
    assert leaks == []


@pytest.mark.parametrize("who", [HOLDER, "", "anonymous"])
def test_e6_private_note_of_a_revocation_is_in_no_answer_of_the_site_and_in_no_mail(who, theirs):
    """E6: on the next check everybody may read the category; the note is for those who look after certificates."""
    administrator = factories.user("administrator@example.net")
    RoleGrant.objects.create(user=administrator, role=Role.ADMINISTRATOR)
    row, public = theirs.certificate, str(RevocationCategory.IDENTITY.label)
    revoke(certificate=row, category=RevocationCategory.IDENTITY, note=NOTE, by=administrator)
    client = signed_in(row.completion.enrolment.user) if who == HOLDER else somebody(who)
    leaks, told = [], set()
    for address in ADDRESSES:
        for method in ("get", "post"):
            with transaction.atomic():
                said = answer(client, method, theirs.url(address), fields(theirs))
                transaction.set_rollback(True)
            if any(private in said.body + said.to for private in (NOTE, administrator.email)):
                leaks.append((address.name, method))
            if public in said.body or '"revocation_category":"identity"' in said.body:
                told.add(address.name)
    paper = ContentFile(files.as_issued(row.drawings.get()), "paper.pdf")
    checked = client.post(reverse("certificates:verify-file"), {"file": paper}).content.decode()
    assert (leaks, public in checked, NOTE in checked) == ([], True, False)
    own = {"certificates:certificate", "certificates:print"} if who == HOLDER else set()
    assert told == own | {"certificates:verified", "interop:certificate"}
    mails = list(Mail.objects.filter(recipient=EMAIL))
    assert mails[-1].subject == "About one of your certificates"
    assert [mail for mail in mails if NOTE in f"{mail.subject} {mail.body} {mail.html}"] == []


def test_its_holder_is_let_in_where_the_others_are_not(theirs):
    """The crawl above would pass if nothing worked."""
    client, sent = signed_in(theirs.certificate.completion.enrolment.user), {"language": "es"}
    found = {}
    for address in (found for found in ADDRESSES if DOORS.get(found.name) == HOLDER):
        with transaction.atomic():
            found[address.name] = {
                answer(client, method, theirs.url(address), sent).status for method in ("get", "post")
            }
            transaction.set_rollback(True)
    assert [name for name, statuses in found.items() if not statuses & {200, 302}] == []


def test_those_who_look_after_certificates_are_let_in(theirs):
    client = person("administrator")
    readable = [
        "studio:certificate",
        "studio:certificate-paper",
        "studio:correct-certificate",
        "studio:revoke-certificate",
    ]
    statuses = {
        address.name: client.get(theirs.url(address)).status_code for address in ADDRESSES if address.name in readable
    }
    assert statuses == dict.fromkeys(readable, 200)


def test_expiring_certificate_is_what_the_crawl_asks_for(theirs):
    assert isinstance(theirs.certificate.expires_on, date)
