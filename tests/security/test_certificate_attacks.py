"""What somebody tries who wants a credit, a name, a code or a paper that is not theirs to have."""

from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from accounts.choices import Role
from accounts.models import RoleGrant, User
from accounts.services import close_account
from certificates import drawing, files, limits, names, paper
from certificates.choices import Act, ReissueKind
from certificates.errors import ReissueUnderWay
from certificates.models import Certificate, Reissue, ReportingData, Transcript
from certificates.names import NameRefused, Problem
from certificates.queries import holder_of
from certificates.services import reissuing
from certificates.services.corrections import MOST_A_DAY
from certificates.services.retention import erase_due
from courses.choices import CreditType
from courses.models import Module
from tests import factories
from tests.certificates.factories import certificate, completion, offer, sample, sample_credit
from tests.security.conftest import signed_in

pytestmark = pytest.mark.django_db
CLAIM = "/en/certificates/basics/name/"
TOLD = {"printed_name": "Ana Ruiz", "license_number": "RN 1", "license_state": "TX", "paper": "en"}
REPORTED = {"nabp_id": "123456", "birth_month": "02", "birth_day": "29"}
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def pharmacy(**fields):
    return offer("pharmacy", type=CreditType.ACPE, professions=("pharmacist",), needs_nabp=True, **fields)


# Claiming


@pytest.mark.parametrize(
    "address, offers",
    [
        ("?profession=nurse&offer=pharmacy", [pharmacy()]),
        ("?profession=nurse&profession=pharmacist&offer=nursing", [offer()]),
        ("?profession=NURSE&offer=nursing", [offer()]),
        ("?offer=nursing", [offer()]),
        ("?profession=nurse&offer=nursing", [offer(languages=("es",))]),
        ("?profession=nurse&offer=nursing", [offer(ends_on="2026-11-21")]),
        ("?profession=nurse&offer=nursing", [offer(starts_on="2026-11-23")]),
        ("?profession=nurse&offer=another", [offer()]),
        ("?profession=nurse&offer=../completion", [offer()]),
    ],
    ids=["another's", "twice", "capitals", "unsaid", "language", "ended", "not begun", "unknown", "path"],
)
def test_no_field_of_a_claim_earns_what_is_not_offered(address, offers, learner):
    """The form repeats whatever an honest one could hold, and says profession, language and offer once more."""
    completion(learner, content=factories.document(offers=tuple(offers)))
    forged = {"profession": "nurse", "offer": "nursing", "locale": "es", "language": "es", "completed_on": "2026-12-01"}
    response = signed_in(learner).post(f"{CLAIM}{address}", {**TOLD, **REPORTED, **forged})
    assert (response.status_code in (200, 422), Certificate.objects.count()) == (True, 0)


def test_claim_keeps_nothing_that_its_offer_does_not_ask_for(learner):
    content = factories.document(offers=(offer(needs_license=False), pharmacy()))
    completion(learner, content=content)
    signed_in(learner).post(
        f"{CLAIM}?profession=nurse&offer=nursing", {**TOLD, **REPORTED, "demonstration": "", "code": "2"}
    )
    issued = Certificate.objects.get()
    assert (issued.offer, issued.document.license.number, issued.document.profession) == ("nursing", "", "nurse")
    assert not ReportingData.objects.exists()


def test_number_of_another_script_is_no_number_of_a_pharmacist(learner):
    completion(learner, content=factories.document(offers=(pharmacy(),)))
    address = f"{CLAIM}?profession=pharmacist&offer=pharmacy"
    response = signed_in(learner).post(address, {**TOLD, **REPORTED, "nabp_id": "١٢٣٤٥"})
    assert response.context["form"].errors == {"nabp_id": ["An NABP e-Profile ID is a number of 4 to 10 digits."]}


# Names


@pytest.mark.parametrize(
    "name, marks",
    [
        ("A" + "\u0301" * 119, "\u0301"),
        ("\u00c1" + "\u0301" * 2 + "na", "\u0301"),
        ("A" + "\u0301\u0316" * 59, "\u0301\u0316"),
        ("An" + "\u0301\u200d" * 3 + "a", "\u0301"),
        ("ก" + "้" * 3 + "า", "้"),
        ("ก" + "\u0e34" * 3 + "น", "\u0e34"),
        ("ก" + "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47", "\u0e47"),
    ],
)
def test_marks_piled_over_the_paper_are_refused(name, marks):
    with pytest.raises(NameRefused) as refusal:
        names.accepted(name)
    assert (refusal.value.problem, set(refusal.value.letters)) == (Problem.UNPRINTABLE, set(marks))


@pytest.mark.parametrize("name", ["Ẹ̀kọ́ Ọlá", "Nguyễn Thị Ệ", "שָׁלּוֹם", "ปิ่น", "မြွှုံ့", "محمّدٌ"])
def test_names_keep_the_marks_that_their_script_writes(name):
    assert names.accepted(name) == names.tidy(name)


def test_unseen_variation_of_a_letter_is_refused():
    with pytest.raises(NameRefused) as refusal:
        names.accepted("Ana\ufe00 Ruiz")
    assert refusal.value.problem == Problem.INVISIBLE


@pytest.mark.parametrize(
    "text, said",
    [
        ("{name.__class__.__mro__}", "{name.__class__.__mro__}"),
        ("{name!r:>999999999}", "{name!r:>999999999}"),
        ("{{name}}", "{{statement} %s}"),
        ("{settings} %(name)s ${name}", "{settings} %(name)s ${statement} %s"),
        ("{provider}", "{name} Inc"),
    ],
)
def test_braces_of_an_offer_open_nothing_and_are_filled_once(text, said):
    content = factories.document(
        offers=(offer(statement={"en": text, "es": text}, provider={"en": "{name} Inc", "es": "x"}),)
    )
    filled = paper.sample(content, content.offers[0], name="{statement} %s")
    assert paper.page(filled, "en")["says"]["statement"][0].text == said


# Verifying


def test_one_network_of_ipv6_guesses_no_more_than_one_address(rf):
    waits = [limits.wait(rf.get("/", REMOTE_ADDR=f"2001:db8:1:2:{number:x}::{number:x}")) for number in range(1, 32)]
    assert (waits[:30], waits[30] > 0) == ([0] * 30, True)
    assert limits.wait(rf.get("/", REMOTE_ADDR="2001:db8:1:3::1")) == 0


@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "::ffff:c000:207"])
def test_address_in_the_dress_of_ipv6_is_the_same_address(rf, address):
    assert limits.address(rf.get("/", REMOTE_ADDR=address)) == "192.0.2.7"


def test_forwarded_addresses_that_a_visitor_makes_up_give_no_more_guesses():
    statuses = {
        Client().get("/api/v1/certificates/x/", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(32)
    }
    assert statuses == {404, 429}


def test_no_cache_keeps_what_programs_are_told_of_a_code():
    issued = certificate()
    url = f"/api/v1/certificates/{issued.code}/"
    for response in (Client().get(url), Client().get(url.replace(issued.code, "x"))):
        assert "no-store" in response["Cache-Control"]
    assert Client().get(url)["X-Robots-Tag"] == "noindex"


# Papers


@pytest.mark.parametrize(
    "ended",
    [{"replaced_at": LATER}, {"revoked_at": LATER, "revocation_category": "error"}],
    ids=["replaced", "revoked"],
)
def test_ended_certificate_is_not_printed_anew(ended):
    issued = certificate(**ended)
    page = signed_in(issued.issued_by).get(f"/en/certificates/{issued.shown_code}/print/")
    assert (page.status_code, 'class="paper"' in page.text, "data:image" in page.text) == (200, False, False)


def test_one_learner_cannot_fill_the_queue_with_transcripts():
    browser = signed_in(certificate().issued_by)
    for year in range(2022, 2030):
        browser.post(f"/en/transcript/?from={year}")
        browser.post(f"/en/transcript/?to={year + 1}")
        browser.post(f"/en/transcript/?from={year}&to={year + 4}")
    assert Transcript.objects.count() <= 4


@pytest.mark.parametrize("hidden", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_character_that_xml_cannot_hold_leaves_the_file_describable(hidden):
    unseen = sample("Ana Ruiz", credit=sample_credit(provider={"en": f"Elm{hidden} Clinic", "es": "Elm"}))
    described = PdfFileReader(BytesIO(drawing.draw(unseen, "en"))).root["/Metadata"].data
    assert "Elm Clinic" in "".join(ElementTree.fromstring(described).itertext())  # noqa: S314


# Correcting


def test_asking_and_taking_back_without_end_does_not_fill_the_trail():
    issued = certificate()
    browser, address = signed_in(issued.issued_by), f"/en/certificates/{issued.shown_code}/correction/"
    for number in range(8):
        browser.post(address, {"printed_name": f"Ana Ruiz {number}", "reason": "x"})
        page = browser.post(f"{address}withdraw/", follow=True)
    assert issued.correction_requests.count() == MOST_A_DAY == issued.events.filter(act=Act.ASKED).count()
    assert "Nothing was sent: this certificate cannot be corrected now." in page.text


# Reissuing


@pytest.fixture
def administrator() -> User:
    person = factories.user("admin@example.org")
    RoleGrant.objects.create(user=person, role=Role.ADMINISTRATOR)
    return person


def test_reissue_takes_no_field_but_its_own(administrator):
    issued, other = (
        certificate(),
        certificate(factories.user("bea@example.org"), content=factories.document(key="other")),
    )
    forged = {"module": other.completion.enrolment.module_id, "by": issued.issued_by_id, "stopped_at": "2026-01-01"}
    sent = {"kind": "redraw", "reason": "New template", "begin": "1", "release": 1, "certificate": other.pk, **forged}
    signed_in(administrator).post("/en/studio/modules/basics/reissues/", sent)
    begun = Reissue.objects.get()
    assert (begun.module.key, begun.by, begun.stopped_at, begun.release) == ("basics", administrator, None, None)
    assert list(begun.items.values_list("certificate", flat=True)) == [issued.pk]


def test_stopped_reissue_does_not_go_on_beside_another(administrator):
    certificate()
    module = Module.objects.get(key="basics")
    first = reissuing.begin(module=module, kind=ReissueKind.REDRAW, reason="x", by=administrator)
    reissuing.stop(reissue=first, by=administrator)
    reissuing.begin(module=module, kind=ReissueKind.REDRAW, reason="y", by=administrator)
    with pytest.raises(ReissueUnderWay):
        reissuing.retry_failed(reissue=first, by=administrator)
    page = signed_in(administrator).post(f"/en/studio/modules/basics/reissues/{first.pk}/retry/", follow=True)
    first.refresh_from_db()
    assert (first.stopped_at is not None, "Nothing was begun" in page.text) == (True, True)


# Closed accounts


def test_whoever_has_a_closed_accounts_address_now_reaches_nothing_of_it():
    issued = certificate(factories.user("ana@example.org"))
    close_account(user=issued.issued_by, by=issued.issued_by)
    browser = signed_in(factories.user("ana@example.org"))
    pages = [f"/en/certificates/{issued.shown_code}/", "/en/training/", "/en/transcript/", "/en/profile/", CLAIM]
    answers = [browser.get(page) for page in pages]
    assert [answer.status_code for answer in answers] == [404, 200, 200, 200, 302]
    assert [page for page, answer in zip(pages, answers, strict=True) if "María José" in answer.content.decode()] == []


def test_code_of_an_erased_certificate_finds_nobody():
    issued = certificate()
    assert holder_of(issued.code) == issued.issued_by
    Certificate.objects.filter(pk=issued.pk).update(printed_name="", facts={}, erased_at=timezone.now())
    assert holder_of(issued.code) is None


def test_file_that_no_row_tells_of_is_erased_with_its_certificate(settings):
    issued = certificate()
    name = default_storage.save(f"{files.folder(issued)}/en-2-left-by-a-killed-worker.pdf", ContentFile(b"%PDF"))
    close_account(user=issued.issued_by, by=issued.issued_by)
    settings.CERTIFICATE_RETENTION_YEARS = -1
    assert (erase_due(), default_storage.exists(name)) == (1, False)
